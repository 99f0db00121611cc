"""The configuration of the `ioda` source for a replay server."""

from bot.errors import RecordingError
from bot.model.entity import EntityKind
from bot.model.signal import Signal
from bot.replay.ioda_api import ioda_codes
from bot.sources.ioda.signals import catalogue
from bot.sources.recording.recording import Recording, assemble_recording


def servable_part(recording: Recording) -> Recording:
    """Return the part of `recording` that the `ioda` source can request.

    Raises:
        RecordingError: no signal is one of IODA's, or one of IODA's signals was recorded
            in a form that IODA's API cannot express.
    """
    ioda_signals = {d.signal.id: d.signal for d in catalogue().values()}
    signals = tuple(s for s in recording.signals if s.id in ioda_signals)
    if not signals:
        raise RecordingError(
            f"no signal of this recording is one of IODA's ({', '.join(ioda_signals)}):"
            " the recording cannot be served; play it with `outagewire replay`"
        )
    for signal in signals:
        _check_same_form(signal, ioda_signals[signal.id])
    # Only lines of these signals are kept. Entities without such lines are left out.
    ids = {signal.id for signal in signals}
    lines = [row for row in recording.lines if row.signal in ids]
    return assemble_recording(recording, signals, lines)


def source_section(recording: Recording, base_url: str) -> dict[str, object]:
    """Return the section `[sources.ioda]` for a replay server at `base_url`.

    Signals that the `ioda` source does not have are left out. Steps, lags, units,
    minimums, credits and licences are taken from `recording`. The numbers of its
    regions are those of the replay server, not IODA's (see `ioda_codes`).

    Raises:
        RecordingError: for the same reasons as `servable_part`.
    """
    part = servable_part(recording)
    names = {d.signal.id: name for name, d in catalogue().items()}
    codes = ioda_codes(recording.entities)
    watched = {code: e for code, e in codes.items() if e in part.entities}
    codes_of = {
        kind: [e.code for e in watched.values() if e.kind is kind]
        for kind in EntityKind
    }
    return {
        "base_url": base_url,
        "countries": sorted(codes_of[EntityKind.COUNTRY]),
        "regions": {
            e.code: code for code, e in watched.items() if e.kind is EntityKind.REGION
        },
        "networks": sorted(int(code) for code in codes_of[EntityKind.ASN]),
        "datasources": [names[s.id] for s in part.signals],
        # The server is local, so there is no rate limit to respect.
        "min_interval": "0s",
        "timeout": "10s",
        "signals": {s.id: _override(s) for s in part.signals},
        **({"reconstruction": True} if recording.reconstruction else {}),
    }


def _override(signal: Signal) -> dict[str, object]:
    return {
        "step": f"{signal.step_s}s",
        "lag": f"{int(signal.lag.total_seconds())}s",
        "unit": signal.unit,
        "minimum": signal.minimum,
        "credit": signal.credit,
        "licence": signal.licence,
    }


def _check_same_form(signal: Signal, ioda_signal: Signal) -> None:
    """Raise RecordingError if IODA's API would change the meaning of the readings."""
    difference = None
    if signal.phase:
        difference = (
            f"its bins begin {int(signal.phase.total_seconds())} s later than IODA's"
        )
    elif signal.family is not ioda_signal.family:
        difference = (
            f"its family is {signal.family}, and IODA's is {ioda_signal.family}"
        )
    elif signal.snapshot != ioda_signal.snapshot:
        difference = "its values are snapshots, and IODA's are means"
    if difference:
        raise RecordingError(
            f"{signal.id} cannot be served as IODA would: {difference};"
            " play it with `outagewire replay`"
        )

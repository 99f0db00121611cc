"""How the `ioda` source must be configured to be driven by a recording."""

from bot.errors import RecordingError
from bot.model.entity import EntityKind
from bot.model.signal import Signal
from bot.replay.ioda_api import ioda_codes
from bot.sources.ioda.signals import catalogue
from bot.sources.recording.recording import Recording, assemble


def served(recording: Recording) -> Recording:
    """The part of `recording` that the `ioda` source can ask for.

    Raises:
        RecordingError: there is none, or IODA's form cannot carry a signal as it is.
    """
    known = {d.signal.id: d.signal for d in catalogue().values()}
    signals = tuple(s for s in recording.signals if s.id in known)
    if not signals:
        raise RecordingError(
            f"no signal of this recording is one of IODA's ({', '.join(known)}):"
            " it cannot be served; play it with `outagewire replay`"
        )
    for signal in signals:
        _refuse_odd(signal, known[signal.id])
    ids = {signal.id for signal in signals}
    lines = [row for row in recording.lines if row.signal in ids]
    return assemble(recording, signals, lines)


def section(recording: Recording, base_url: str) -> dict[str, object]:
    """The `[sources.ioda]` section for a replay server of `recording` at `base_url`.

    Signals that the `ioda` source does not know are left out; steps, lags, credit
    and licence are the recording's, and so are the numbers of regions.

    Raises:
        RecordingError: as `served`.
    """
    part = served(recording)
    names = {d.signal.id: name for name, d in catalogue().items()}
    codes = ioda_codes(recording.entities)
    watched = {code: e for code, e in codes.items() if e in part.entities}
    of = {
        kind: [e.code for e in watched.values() if e.kind is kind]
        for kind in EntityKind
    }
    return {
        "base_url": base_url,
        "countries": sorted(of[EntityKind.COUNTRY]),
        "regions": {
            e.code: code for code, e in watched.items() if e.kind is EntityKind.REGION
        },
        "networks": sorted(int(code) for code in of[EntityKind.ASN]),
        "datasources": [names[s.id] for s in part.signals],
        "min_interval": "0s",
        "timeout": "10s",
        "signals": {s.id: _override(s) for s in part.signals},
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


def _refuse_odd(signal: Signal, known: Signal) -> None:
    """Refuse what the API cannot tell: it would be read as something else."""
    odd = None
    if signal.phase:
        odd = f"its bins begin {int(signal.phase.total_seconds())} s off the grid"
    elif signal.family is not known.family:
        odd = f"its family is {signal.family}, and IODA's is {known.family}"
    elif signal.snapshot != known.snapshot:
        odd = "its values are snapshots, and IODA's are means"
    if odd:
        raise RecordingError(
            f"{signal.id} cannot be served as IODA would: {odd};"
            " play it with `outagewire replay`"
        )

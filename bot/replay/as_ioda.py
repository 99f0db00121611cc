"""How the `ioda` source must be configured to be driven by a recording."""

from bot.model.entity import EntityKind
from bot.sources.ioda_signals import catalogue
from bot.sources.recorded import Recording


def section(recording: Recording, base_url: str) -> dict[str, object]:
    """The `[sources.ioda]` section for a replay server at `base_url`.

    Signals that the `ioda` source does not know are left out; steps, lags, credit
    and licence are the recording's.
    """
    known = {d.signal.id: name for name, d in catalogue().items()}
    served = [s for s in recording.signals if s.id in known]
    watched = {e for s in served for e in recording.rows[s.id]}
    return {
        "base_url": base_url,
        "countries": sorted(e.code for e in watched if e.kind is EntityKind.COUNTRY),
        "networks": sorted(int(e.code) for e in watched if e.kind is EntityKind.ASN),
        "datasources": [known[s.id] for s in served],
        "min_interval": "0s",
        "timeout": "10s",
        "signals": {
            s.id: {
                "step": f"{s.step_s}s",
                "lag": f"{int(s.lag.total_seconds())}s",
                "unit": s.unit,
                "minimum": s.minimum,
                "credit": s.credit,
                "licence": s.licence,
            }
            for s in served
        },
    }

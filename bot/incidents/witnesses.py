"""Whose word counts for the end of an incident: those who saw its beginning.

Restored needs positive readings of the families that opened it; a family that says
nothing is not back (P5). Telescope and telemetry may stay silent, not down.
"""

from bot.model.entity import EntityKind
from bot.model.incident import Incident
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import Finding, Mark, Scope, Verdict

_MAY_BE_SILENT = frozenset({Family.TELESCOPE, Family.TELEMETRY})
_SERVICE = frozenset({Family.ACTIVE_PROBING, Family.TRAFFIC})
"""Families that see people's connections; routes may return without service."""
_STRONG = _SERVICE | {Family.CONTROL_PLANE}
_MOST = 0.9


def witnesses(incident: Incident, verdict: Verdict) -> tuple[Finding, ...]:
    """The findings that may end the incident.

    Those of the place itself for a national one, those of its parts where only
    parts fell, or where the place has no series of its own.
    """
    own = tuple(f for f in verdict.own if f.family in incident.families)
    parts = tuple(
        f
        for f in verdict.parts
        if f.entity in incident.networks and f.family in incident.families
    )
    wide = incident.scope is Scope.NATIONAL
    return own if own and wide else own + parts


def is_back(incident: Incident, verdict: Verdict) -> bool:
    """Whether those who saw it begin read ordinary again, for their hold time."""
    heard = [
        f
        for f in witnesses(incident, verdict)
        if f.state is not Mark.UNKNOWN or f.family not in _MAY_BE_SILENT
    ]
    own = [f for f in heard if f.entity == incident.place]
    parts = [f for f in heard if f.entity != incident.place]
    if not any(f.state is Mark.ORDINARY for f in heard):
        return False
    if strong_fallen(verdict) or any(f.state is not Mark.ORDINARY for f in own):
        return False
    back = sum(f.state is Mark.ORDINARY for f in parts)
    return back >= _needed(parts)


def _needed(parts: list[Finding]) -> float:
    """All networks; of regions, which are many and noisy, nine in ten."""
    networks = sum(f.entity.kind is EntityKind.ASN for f in parts)
    return networks + _MOST * (len(parts) - networks)


def last_return(incident: Incident, verdict: Verdict) -> Interval:
    """When the last witness came back, as an interval."""
    returns = [
        f.recovered
        for f in witnesses(incident, verdict)
        if f.recovered is not None and f.recovered.until >= incident.onset.until
    ]
    if not returns:
        return Interval(incident.changed_at, max(verdict.at, incident.changed_at))
    return max(returns, key=lambda interval: (interval.until, interval.since))


def strong_fallen(verdict: Verdict) -> tuple[Family, ...]:
    """The families that may speak first and read dropped at the place itself."""
    return tuple(
        f.family for f in verdict.own if f.state is Mark.DROPPED and f.family in _STRONG
    )


def returned(incident: Incident, verdict: Verdict) -> tuple[Family, ...]:
    """Families that see service, were told as dropped, and are back again.

    Empty unless another of the place's families is still down: a partial return.
    """
    told = set(incident.told_families)
    back = tuple(
        f.family
        for f in verdict.own
        if f.state is Mark.ORDINARY and f.family in _SERVICE & told
    )
    down = any(f.state is Mark.DROPPED for f in verdict.own)
    return back if down else ()

"""Whose word counts for the end of an incident: those who saw its beginning.

Restored needs positive readings of the families that opened it; a family that says
nothing is not back (P5). Telescope and telemetry may stay silent, not down.
"""

from datetime import timedelta

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
    if not has_returned(incident, verdict) and not verdict.revised:
        return False  # ordinary, yet nobody saw it come back: its memory is lost
    if strong_fallen(verdict) or any(f.state is not Mark.ORDINARY for f in own):
        return False
    back = sum(f.state is Mark.ORDINARY for f in parts)
    return back >= _needed(parts)


def _needed(parts: list[Finding]) -> float:
    """All networks; of regions, which are many and noisy, nine in ten."""
    networks = sum(f.entity.kind is EntityKind.ASN for f in parts)
    return networks + _MOST * (len(parts) - networks)


def has_returned(incident: Incident, verdict: Verdict) -> bool:
    """Whether a witness was seen to come back since it began."""
    return any(
        f.recovered is not None and f.recovered.until >= incident.onset.until
        for f in witnesses(incident, verdict)
    )


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
    """The families that may speak first and firmly read dropped at the place."""
    return tuple(
        f.family
        for f in verdict.own
        if f.state is Mark.DROPPED and f.firm and f.family in _STRONG
    )


def returned(
    incident: Incident, verdict: Verdict, after: timedelta
) -> tuple[Family, ...]:
    """Families that see service, were told as dropped, and are back again.

    Empty unless another strong family of the place is still down and was seen so
    for `after` since: families report at different delays, and a full return would
    else look partial while the slowest is awaited.
    """
    fallen = [f for f in verdict.own if f.state is Mark.DROPPED]
    down = [f for f in fallen if f.family in _STRONG]
    if not down:
        return ()
    seen = min(f.as_of for f in down)
    return tuple(
        f.family
        for f in verdict.own
        if f.state is Mark.ORDINARY
        and f.family in _SERVICE & set(incident.told_families)
        and f.recovered is not None
        and f.recovered.until + after <= seen
    )

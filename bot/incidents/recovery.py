"""Whose word counts for the end of an incident: those who saw its beginning.

Restored needs positive readings of the families that opened it; a family that says
nothing is not back (P5). Telescope and telemetry may stay silent, not down.
"""

from datetime import datetime, timedelta

from bot.model.entity import Entity, EntityKind
from bot.model.incident import Incident, State
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import Finding, Outcome, Scope, SeriesState, Verdict

_MAY_BE_SILENT = frozenset({Family.TELESCOPE, Family.TELEMETRY})
_SERVICE = frozenset({Family.ACTIVE_PROBING, Family.TRAFFIC})
"""Families that see people's connections; routes may return without service."""
_STRONG = _SERVICE | {Family.CONTROL_PLANE}
_MOST = 0.9
_FORGOTTEN = timedelta(days=28)
"""What was ordinary before then is in no baseline any more."""


def witnesses(incident: Incident, verdict: Verdict) -> tuple[Finding, ...]:
    """The findings that may end the incident.

    Those of the place itself for a national one, those of its parts where only
    parts fell, where the place has no series of its own, or where only parts were
    still down when it was last told of.
    """
    own, parts = _concerned(incident, verdict)
    named = tuple(f for f in parts if f.entity in incident.networks)
    return own if _alone(incident, own) else own + named


def _concerned(
    incident: Incident, verdict: Verdict
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings of the place, and of its parts, in the families that fell."""
    own = tuple(f for f in verdict.own if f.family in incident.families)
    return own, tuple(f for f in verdict.parts if f.family in incident.families)


def _alone(incident: Incident, own: tuple[Finding, ...]) -> bool:
    """Whether the place itself speaks, and not its parts."""
    wide = incident.scope is Scope.NATIONAL and not _left(incident, own)
    return wide and bool(own)


def _left(incident: Incident, own: tuple[Finding, ...]) -> bool:
    """Whether the place itself was back already when people were last told."""
    return incident.state is State.PARTLY_RESTORED and all(
        f.state is SeriesState.ORDINARY
        and f.recovered is not None
        and f.recovered.until <= incident.changed_at
        for f in own
    )


def is_back(incident: Incident, verdict: Verdict) -> bool:
    """Whether those who saw it begin read ordinary again, for their hold time.

    What would open an incident anew, in some of its parts, is not over.
    """
    if _parts_go_on(verdict):
        return False
    heard = [
        f
        for f in witnesses(incident, verdict)
        if f.state is not SeriesState.UNKNOWN or f.family not in _MAY_BE_SILENT
    ]
    own = [f for f in heard if f.entity == incident.place]
    parts = [f for f in heard if f.entity != incident.place]
    if not any(f.state is SeriesState.ORDINARY for f in heard):
        return False
    if not (has_returned(incident, verdict) or is_unmade(incident, verdict)):
        return False  # ordinary, yet nobody saw it come back: its memory is lost
    if strong_fallen(verdict) or any(f.state is not SeriesState.ORDINARY for f in own):
        return False
    back = sum(f.state is SeriesState.ORDINARY for f in parts)
    return back >= _needed(parts)


def is_unmade(incident: Incident, verdict: Verdict) -> bool:
    """Whether readings were revised and no witness has any fall in it on record."""
    falls = [f.last_onset for f in witnesses(incident, verdict) if f.last_onset]
    known = any(fall.until >= incident.onset.since for fall in falls)
    return verdict.revised and not known


def has_lapsed(incident: Incident, verdict: Verdict) -> bool:
    """Whether a fall has become the ordinary level: long ago, and nobody came back."""
    heard = witnesses(incident, verdict)
    known = [f for f in heard if f.state is not SeriesState.UNKNOWN]
    ordinary = bool(known) and all(f.state is SeriesState.ORDINARY for f in known)
    long_ago = verdict.at - incident.onset.until >= _FORGOTTEN
    return ordinary and long_ago and not has_returned(incident, verdict)


def _parts_go_on(verdict: Verdict) -> bool:
    told = verdict.outcome in {Outcome.SUSPECTED, Outcome.CONFIRMED}
    return told and bool(verdict.fallen_parts)


def only_parts_left(incident: Incident, verdict: Verdict) -> bool:
    """Whether the place itself is back, some parts are not, and nobody was told."""
    own = tuple(f for f in verdict.own if f.family in incident.families)
    back = bool(own) and all(f.state is SeriesState.ORDINARY for f in own)
    return back and _parts_go_on(verdict) and not _left(incident, own)


def networks_back(
    incident: Incident, verdict: Verdict, after: timedelta
) -> tuple[Entity, ...]:
    """Networks that people were told are down, and that read ordinary again.

    Empty unless another part was seen to be still down for `after` since (as with
    families, see `returned`).
    """
    seen = min((f.as_of for f in verdict.fallen_parts), default=None)
    if seen is None:
        return ()
    told = (e for e in incident.told_parts if e.kind is EntityKind.ASN)
    return tuple(e for e in told if _is_up(e, verdict, seen - after))


def _is_up(network: Entity, verdict: Verdict, since: datetime) -> bool:
    """Whether all that may speak first of a network read ordinary since then."""
    mine = [f for f in verdict.parts if f.entity == network and f.family in _STRONG]
    returns = [f.recovered.until for f in mine if f.recovered is not None]
    ordinary = all(f.state is SeriesState.ORDINARY for f in mine)
    return ordinary and bool(returns) and max(returns) <= since


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
    """When the last that fell in it came back, named or not, as an interval."""
    own, parts = _concerned(incident, verdict)
    returns = [
        f.recovered
        for f in (own if _alone(incident, own) else own + parts)
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
        if f.state is SeriesState.DROPPED and f.firm and f.family in _STRONG
    )


def returned(
    incident: Incident, verdict: Verdict, after: timedelta
) -> tuple[Family, ...]:
    """Families that see service, were told as dropped, and are back again.

    Empty unless another strong family of the place is still down and was seen so
    for `after` since: families report at different delays, and a full return would
    else look partial while the slowest is awaited.
    """
    fallen = [f for f in verdict.own if f.state is SeriesState.DROPPED]
    down = [f for f in fallen if f.family in _STRONG]
    if not down:
        return ()
    seen = min(f.as_of for f in down)
    return tuple(
        f.family
        for f in verdict.own
        if f.state is SeriesState.ORDINARY
        and f.family in _SERVICE & set(incident.told_families)
        and f.recovered is not None
        and f.recovered.until + after <= seen
    )

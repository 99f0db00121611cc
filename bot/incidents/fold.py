"""Computes the state of an incident from its events."""

from operator import attrgetter

from bot.incidents.timeline.series import lowest_of
from bot.model.entity import Entity
from bot.model.event import Facts, IncidentEvent
from bot.model.incident import EventKind, Incident, Phase, State
from bot.model.signal import Family
from bot.model.verdict import SeriesState, Severity, severity_of


def incident_after(incident_before: Incident | None, event: IncidentEvent) -> Incident:
    """Return the incident after `event`, made from `incident_before` and `event` alone.

    `incident_before` is the incident before the event; None if the event opens the
    incident.
    """
    facts = event.facts
    confirmed = incident_before.confirmed_at if incident_before else None
    if confirmed is None and facts.state is State.CONFIRMED:
        confirmed = event.at
    named = tuple(level.entity for level in facts.parts.affected_series)
    earlier = incident_before.networks if incident_before else ()
    return Incident(
        id=event.incident,
        place=facts.place,
        state=facts.state,
        scope=facts.scope,
        severity=_worst_severity(incident_before, facts),
        onset=facts.timing.onset,
        confirmed_at=confirmed,
        restored=facts.timing.restored,
        level_min=_lowest_published(incident_before, facts),
        families=facts.sources.opened_by,
        networks=tuple(dict.fromkeys((*earlier, *named))),
        told_level=facts.levels.now,
        told_families=_reported_families(incident_before, event),
        changed_at=event.at,
        seq=event.seq,
        phases=(
            *facts.phases,
            Phase(event.kind, event.at, facts.scope, facts.severity),
        ),
        told_parts=_reported_parts(incident_before, event),
        principal=None if facts.levels.part else facts.levels.principal,
        timeline=facts.timeline,
        rule=incident_before.rule if incident_before else facts.rule,
    )


def _worst_severity(incident_before: Incident | None, facts: Facts) -> Severity:
    """Return the worst severity of the incident so far."""
    seen = [facts.severity]
    if facts.levels.lowest is not None:
        seen.append(severity_of(facts.levels.lowest))
    # At a correction, the earlier severity does not count: it may come from a level
    # that the correction withdraws.
    if incident_before is not None and facts.wrong_claims is None:
        seen.append(incident_before.severity)
    return max(seen, key=attrgetter("rank"))


def _lowest_published(incident_before: Incident | None, facts: Facts) -> float | None:
    """Return the lowest level that was published of the place or a part of it."""
    # At a correction, the earlier lowest level does not count, because the correction
    # may withdraw it.
    earlier = (
        incident_before.level_min
        if incident_before and facts.wrong_claims is None
        else None
    )
    parts = (s.level for s in facts.parts.affected_series)
    return lowest_of(earlier, facts.levels.lowest, facts.levels.now, *parts)


def _reported_families(
    incident_before: Incident | None, event: IncidentEvent
) -> tuple[Family, ...]:
    """Return the families last reported as down at the place itself.

    An update does not report a family's return, so an update removes no family.
    """
    own = (
        s.family for s in event.facts.levels.series if s.state is SeriesState.DROPPED
    )
    down = tuple(dict.fromkeys(own)) if event.facts.sources.families else ()
    if incident_before is None or event.kind is not EventKind.UPDATED:
        return down
    return tuple(dict.fromkeys((*incident_before.told_families, *down)))


def _reported_parts(
    incident_before: Incident | None, event: IncidentEvent
) -> tuple[Entity, ...]:
    """Return the networks and regions last reported as down.

    An update removes only the networks whose return it reports, and no regions.
    """
    facts = event.facts
    down = tuple(s.entity for s in facts.parts.affected_series)
    if incident_before is None or event.kind is not EventKind.UPDATED:
        return down
    back = {s.entity for s in facts.parts.back}
    reported = dict.fromkeys((*incident_before.told_parts, *down))
    return tuple(e for e in reported if e not in back)

"""The scope and the severity that an event publishes."""

from operator import attrgetter
from statistics import median_high

from bot.incidents.recovery import has_strong_return
from bot.model.incident import Incident
from bot.model.timeline import SeriesLevel
from bot.model.verdict import NARROW_SCOPES, Scope, Severity, Verdict, severity_of


def widest_scope(incident_before: Incident | None, verdict: Verdict) -> Scope:
    """Return the widest scope so far; once a strong family is back, the scope stays."""
    if incident_before is not None and has_strong_return(incident_before, verdict):
        return incident_before.scope
    scopes = [
        s
        for s in (incident_before.scope if incident_before else None, verdict.scope)
        if s
    ]
    return max(scopes, key=attrgetter("rank"), default=Scope.NATIONAL)


def present_severity(
    incident_before: Incident | None,
    verdict: Verdict,
    level: float | None,
    parts: tuple[SeriesLevel, ...],
) -> Severity:
    """Return the severity of the published level.

    If single networks are down (scope operator or mobile), the median of their levels
    counts instead. If no level is known, the result is the severity of the verdict, or
    else that of the incident.

    Args:
        incident_before: the incident before this event; None if the event opens it.
        verdict: the present verdict.
        level: the published level of the place; None if unknown.
        parts: the parts that the event names.
    """
    if widest_scope(incident_before, verdict) in NARROW_SCOPES:
        levels = [s.level for s in parts if s.level is not None]
        level = median_high(levels) if levels else level
    if level is not None:
        return severity_of(level)
    return verdict.severity or (
        incident_before.severity if incident_before else Severity.MINOR
    )


def worst_severity(incident_before: Incident | None, lowest: float | None) -> Severity:
    """Return the worst severity of an incident that is over."""
    seen = [incident_before.severity] if incident_before else []
    seen += [severity_of(lowest)] if lowest is not None else []
    return max(seen, key=attrgetter("rank"), default=Severity.MINOR)

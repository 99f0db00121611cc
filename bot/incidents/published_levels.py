"""Compares a series with what the last event of its incident published about it."""

from bot.incidents.recovery import reads_low
from bot.model.incident import Incident
from bot.model.timeline import SeriesTimeline
from bot.model.verdict import Finding, Scope


def is_down_anew(incident: Incident, finding: Finding) -> bool:
    """Whether a series reads low, but was not in a drop at the last event.

    A series that fell silent in a drop counts as still in that drop.
    """
    series = published_series(incident, finding)
    was_back = not series or not series.drops or series.drops[-1].ended is not None
    return reads_low(finding) and was_back


def is_reported(incident: Incident, finding: Finding | None) -> bool:
    """Whether a level of the finding's series was published before.

    If not, the series cannot show that a published level got worse. In a national
    incident the result is false for a part: its level does not show that the whole
    place got worse. Without a finding or a stored timeline, the result is true.
    """
    # Incidents have no timeline if an earlier version of the program stored them.
    if finding is None or not incident.timeline:
        return True
    if incident.scope is Scope.NATIONAL and finding.entity != incident.place:
        return False
    series = published_series(incident, finding)
    return series is not None and series.reported


def level_change_of(incident: Incident, finding: Finding) -> float:
    """Return how far a series rose since the last event, as a fraction of the baseline.

    The result is negative for a fall, and 0.0 if one of the two levels is unknown.
    """
    now, then = finding.smoothed_level, published_level(incident, finding)
    return 0.0 if now is None or then is None else now - then


def published_level(incident: Incident, finding: Finding) -> float | None:
    """Return the level of a finding's series at the last event; None if unknown."""
    # Incidents that an earlier version of the program stored have no timeline.
    if not incident.timeline:
        own = finding.key == (incident.place, incident.principal)
        return incident.told_level if own else None
    series = published_series(incident, finding)
    return series.level if series else None


def published_series(incident: Incident, finding: Finding) -> SeriesTimeline | None:
    """Return a finding's series in the last event's timeline; None if it is missing."""
    return next((s for s in incident.timeline if s.key == finding.key), None)

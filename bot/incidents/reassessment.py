"""Compares what was published with what revised readings show now (P11).

What was published never changes; a correction states what was wrong. A place is
compared only if a revision changed the result for a drop of the place
(`Verdict.revised`).
"""

from dataclasses import replace

from bot.incidents.recovery import shows_no_drop_after_revision
from bot.incidents.timeline.series import lowest_in_drops as lowest_in
from bot.model.event import CorrectedClaims
from bot.model.incident import EventKind, Incident, State
from bot.model.interval import Interval
from bot.model.timeline import SeriesTimeline
from bot.model.verdict import Finding, Outcome, SeriesState, Verdict

REVISED = "readings-were-revised"
"""The reason of corrections and retractions that follow from revised readings."""
_NO_RETURN_YET = frozenset(
    {
        EventKind.SUSPECTED,
        EventKind.CONFIRMED,
        EventKind.ESCALATED,
        EventKind.UPDATED,
        EventKind.CORRECTED,
    }
)
"""Kinds of events that report no return.

If an incident has only events of these kinds, no return was published yet.
"""


def is_drop_revised_away(incident: Incident, verdict: Verdict) -> bool:
    """Whether revised readings no longer show the drop of a restored incident."""
    over = incident.state is State.RESTORED and verdict.outcome is Outcome.ORDINARY
    return over and shows_no_drop_after_revision(incident, verdict)


def with_onset_of_its_series(incident: Incident | None, verdict: Verdict) -> Verdict:
    """Return the verdict, with a later onset if its own is from an earlier incident.

    A part may still be in a drop that began in an earlier incident. Then the onset of
    the verdict is too early, and the earliest onset of the open incident's series
    replaces it.
    """
    if incident is None or not incident.is_open or verdict.onset is None:
        return verdict
    keys = {s.key for s in incident.timeline}
    own = [f.onset for f in verdict.findings if f.onset and f.key in keys]
    if not own or verdict.onset.since >= min(own).since:
        return verdict
    return replace(verdict, onset=min(own))


def corrected_claims(
    incident: Incident, verdict: Verdict, least_error: float
) -> CorrectedClaims | None:
    """Return the published claims of an open incident that are wrong; None if none is.

    The result is also None if no late or revised reading changed the result for a drop
    (see `Verdict.revised`), or if a published event already reported that service
    returned, in part or fully.

    Args:
        incident: the incident as it was published.
        verdict: the verdict on the revised readings.
        least_error: the least error for which a published level is corrected, as a fraction
            of the baseline.
    """
    kinds = {phase.kind for phase in incident.phases}
    if not (verdict.revised and kinds <= _NO_RETURN_YET):
        return None
    lowest = _wrong_lowest(incident, verdict, least_error)
    onset = _wrong_onset(incident, verdict)
    if lowest is None and onset is None:
        return None
    first = incident.phases[0].at if incident.phases else incident.changed_at
    return CorrectedClaims(first, lowest, onset)


def _wrong_lowest(
    incident: Incident, verdict: Verdict, least_error: float
) -> float | None:
    """Return the published lowest level if it is wrong (too low), or None.

    It is too low if the lowest level is higher now, by at least `least_error`. The
    result is None too if the two levels belong to different series.
    """
    now = verdict.principal
    # A level of another series cannot be compared with the published level.
    if now is None or now.signal != incident.principal:
        return None
    if now.entity != incident.place or now.lowest is None:
        return None
    published = lowest_in(s for s in incident.timeline if _is_of(s, now) and s.reported)
    if published is None:
        return None
    return published if now.lowest - published >= least_error else None


def _is_of(series: SeriesTimeline, finding: Finding) -> bool:
    return series.key == finding.key


def _wrong_onset(incident: Incident, verdict: Verdict) -> Interval | None:
    """Return the published onset if it does not overlap the present onset, or None.

    The result is None too if there is no present onset, and in two other cases:

    - The published onset may be that of another drop, which is over. This may be so if
      the scope has changed, if a published family is not down now, if a series fell
      more than once, or if a series that is back fell first.
    - The present drop may have begun after the first event. Then that event cannot have
      reported this drop.
    """
    now, published = verdict.onset, incident.onset
    scopes = {phase.scope for phase in incident.phases} | {verdict.scope}
    down = {f.family for f in verdict.own if f.state is SeriesState.DROPPED}
    if now is None or len(scopes) > 1 or not set(incident.told_families) <= down:
        return None
    if any(len(series.drops) > 1 for series in incident.timeline):
        return None
    # A series that is back may have fallen first, at the published onset. Then the
    # published onset is not wrong.
    back = (f.last_onset for f in verdict.findings if f.state is SeriesState.ORDINARY)
    if any(o and published.since <= o.since and o.until <= now.since for o in back):
        return None
    if incident.phases and now.until > incident.phases[0].at:
        return None
    # Two intervals that overlap may mean the same instant, so they show no error.
    apart = now.until <= published.since or published.until <= now.since
    return published if apart else None

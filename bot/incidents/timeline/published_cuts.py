"""The cuts of an incident as its events publish them, and how long they lasted."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.incidents.timeline.cuts import cuts_of
from bot.incidents.timeline.series import Timeline, timed_series
from bot.model.interval import DurationRange, Interval, duration_range_between
from bot.model.signal import NOISY_FAMILIES
from bot.model.timeline import Cut, SeriesTimeline
from bot.model.verdict import Scope

_IMPRECISE = timedelta(hours=3)
"""An onset at least this wide is imprecise: it may be the onset of an earlier cut.

Also, series that fall more than this time after the onset did not begin the incident.
"""
_NOTHING = timedelta(0)


def published_cuts(
    subject: Timeline,
    timeline: Timeline,
    scope: Scope,
    onset: Interval,
    restored: Interval | None,
) -> tuple[Cut, ...]:
    """Return the cuts of an incident from its published onset to its end.

    Args:
        subject: the subject of the incident.
        timeline: every series that fell in the incident.
        scope: the scope of the incident.
        onset: the published onset.
        restored: when the incident ended; None if it is not over.
    """
    timed = timed_series(subject, timeline, scope)
    fallen = tuple(s for s in timeline if s.family not in NOISY_FAMILIES)
    if _all_fell_later(timed, onset):
        timed = fallen
    times = cuts_from(onset, cuts_of(timed, restored))
    if restored is None or not times:
        return times
    # A part may have failed alone after the place was back.
    others = [s for s in fallen if s not in timed]
    later = _later_cuts_of_parts(times, others, restored)
    return _with_end_of_incident(times + later, restored)


def _all_fell_later(timed: Timeline, onset: Interval) -> bool:
    """Whether all of these series fell hours after the onset of the incident.

    If they did, other series fell at the onset. For example, a part fell first, and later
    the incident was reopened because the whole place fell.
    """
    began = [drop.onset for series in timed for drop in series.drops]
    return bool(began) and min(began).since > onset.until + _IMPRECISE


def cuts_from(onset: Interval, cuts: tuple[Cut, ...]) -> tuple[Cut, ...]:
    """Return the cuts that end after `onset`; the first begins at `onset`.

    Args:
        onset: the published onset.
        cuts: the cuts, oldest first.
    """
    # Texts give the onset together with the duration, so the duration counts from the
    # onset. Some parts may have fallen earlier: if only parts fell, the onset is the
    # time by which a quarter of them had fallen.
    later = [c for c in cuts if c.ended is None or c.ended.until > onset.until]
    if not later:
        return ()
    # If an earlier cut was left out, and `onset` is hours wide, `onset` may be when the
    # earlier cut began. Then the subject may have been back between the earlier cut and
    # the first returned cut. So `unseen` of the first returned cut is set to `onset`.
    unsure = len(later) < len(cuts) and onset.width >= _IMPRECISE
    unseen = onset if unsure else later[0].unseen
    return (replace(later[0], began=onset, unseen=unseen), *later[1:])


def _later_cuts_of_parts(
    times: tuple[Cut, ...], parts: Iterable[SeriesTimeline], restored: Interval
) -> tuple[Cut, ...]:
    """Return the cuts of `parts` that begin after the last cut in `times` ended."""
    last = times[-1].ended
    if last is None:
        return ()
    later = (c for c in cuts_of(parts, restored) if c.began.since >= last.until)
    return tuple(replace(c, silent_before=None) for c in later)


def _with_end_of_incident(
    times: tuple[Cut, ...], restored: Interval
) -> tuple[Cut, ...]:
    """Return the cuts; move the end of the last cut to the incident's end if that is later.

    An incident may end later than its last cut, because the series that returned last may
    belong to a part whose drop is in none of the cuts.
    """
    if not times or (end := times[-1].ended) is None:
        return times
    later = Interval(max(end.since, restored.since), max(end.until, restored.until))
    return (*times[:-1], replace(times[-1], ended=later))


def time_down(cuts_of_incident: Sequence[Cut], as_of: datetime) -> DurationRange:
    """Return how long the cuts lasted together; the time between them does not count.

    Args:
        cuts_of_incident: the cuts of an incident. A silence before a cut counts in the
            longest duration, because it may hide a cut.
        as_of: the time of the newest reading; aware, UTC. A cut that is not over lasted
            at least until it was last seen low, and at most until `as_of`.
    """
    spans = [
        duration_range_between(c.began, c.ended or _possible_end(c, as_of))
        for c in cuts_of_incident
    ]
    seen = (
        max(
            timedelta(0), span.shortest - (cut.unseen.width if cut.unseen else _NOTHING)
        )
        for span, cut in zip(spans, cuts_of_incident, strict=True)
    )
    # The subject may have been down in a time without readings before a cut, so this
    # time counts in the longest duration.
    hidden = (c.silent_before.width for c in cuts_of_incident if c.silent_before)
    longest = sum((s.longest for s in spans), _NOTHING) + sum(hidden, _NOTHING)
    return DurationRange(sum(seen, _NOTHING), longest)


def _possible_end(cut: Cut, as_of: datetime) -> Interval:
    """Return the interval in which a cut may have ended; its end was not seen yet."""
    return Interval(min(cut.seen_low or as_of, as_of), as_of)

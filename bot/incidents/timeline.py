"""The timeline of an incident, from which the numbers of its events are computed (P4).

A number is the present level, the lowest level or the duration of what the incident is
about: its subject. That is the place, if its own series fell, or else the parts of it
that fell.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.entity import Entity
from bot.model.incident import Cut, Drop, SeriesTimeline
from bot.model.interval import Interval, Span, span_between
from bot.model.signal import Family
from bot.model.verdict import Finding

Timeline = tuple[SeriesTimeline, ...]
SeriesKey = tuple[Entity, str]
"""The entity and the id of the signal."""

_ROUGH = timedelta(hours=1)
"""A time that is known less precisely is a rough one."""
_BACK_FOR = timedelta(hours=3)
"""After so long without a low reading, a new drop of another series is another cut."""
_NOISY = frozenset({Family.TELESCOPE, Family.TELEMETRY})


def extend(
    before: Timeline,
    findings: Iterable[Finding],
    drops: Mapping[SeriesKey, tuple[Drop, ...]],
    *,
    revised: bool = False,
) -> Timeline:
    """Return the timeline after an event: every series that fell in the incident.

    Args:
        before: the timeline at the last event; () for a new incident.
        findings: the present ones of the place and of its parts.
        drops: of each series, those that belong to the incident.
        revised: whether the readings changed, so that earlier drops may be wrong.
    """
    extended = {(s.entity, s.signal): s for s in before}
    for f in findings:
        key = (f.entity, f.signal)
        earlier = extended[key].drops if key in extended else ()
        joined = _joined(earlier, drops.get(key, ()), revised=revised)
        if joined:
            extended[key] = SeriesTimeline(
                entity=f.entity,
                signal=f.signal,
                family=f.family,
                drops=joined,
                state=f.state,
                level=f.level,
                as_of=f.as_of,
            )
    return tuple(extended.values())


def _joined(
    earlier: tuple[Drop, ...], newer: tuple[Drop, ...], *, revised: bool
) -> tuple[Drop, ...]:
    """Return all drops, oldest first, each once."""
    over = tuple(drop for drop in earlier if drop.ended is not None)
    if revised:
        over = tuple(d for d in over if not any(_overlap(new, d) for new in newer))
    # Detection keeps only a limited number of drops apart, and merges the oldest. So
    # drops that had ended by the last event are kept here as they were.
    return over + tuple(d for d in newer if not any(_overlap(d, old) for old in over))


def _overlap(drop: Drop, other: Drop) -> bool:
    """Whether two drops have a time in common; False while `other` is not over."""
    ends = drop.ended is None or other.onset.until <= drop.ended.since
    return ends and other.ended is not None and drop.onset.until <= other.ended.since


def subject(timeline: Timeline, place: Entity, *, narrow: bool) -> Timeline:
    """Return the series that the incident is about.

    Args:
        timeline: every series that fell in the incident.
        place: the place of the incident.
        narrow: whether the incident is about single networks, whatever the place itself
            reads.
    """
    own = tuple(s for s in timeline if s.entity == place)
    steady = tuple(s for s in own if s.family not in _NOISY)
    parts = tuple(s for s in timeline if s.entity != place)
    if narrow and parts:
        return parts
    return steady or parts or own


def lowest(series: Iterable[SeriesTimeline]) -> float | None:
    """Return the lowest level in any drop of these series, or None."""
    return lowest_of(*(drop.lowest for s in series for drop in s.drops))


def lowest_of(*levels: float | None) -> float | None:
    """Return the lowest of the levels that are known, or None."""
    return min((level for level in levels if level is not None), default=None)


def cuts(
    series: Iterable[SeriesTimeline], restored: Interval | None
) -> tuple[Cut, ...]:
    """Return the times in which any of these series was down, oldest first.

    Args:
        series: the subject of the incident.
        restored: when the incident ended, if it is over: a drop of a series that has
            been silent since then counts as ended, too.
    """
    ordered = sorted(
        (
            Cut(d.onset, d.ended or restored, d.seen_low)
            for s in series
            for d in s.drops
        ),
        key=lambda cut: (cut.began.until, cut.began.since),
    )
    joined: list[Cut] = []
    for cut in ordered:
        if joined and _meets(joined[-1], cut.began):
            joined[-1] = _join(joined[-1], cut)
        else:
            if joined:
                joined[-1] = _ended_by(joined[-1], cut.began)
            joined.append(cut)
    return tuple(joined)


def _join(cut: Cut, other: Cut) -> Cut:
    """Return the cut that two overlapping ones make together."""
    seen = [c.seen_low for c in (cut, other) if c.seen_low is not None]
    return Cut(
        _earliest(cut.began, other.began),
        _latest(cut.ended, other.ended),
        max(seen, default=None),
    )


def _meets(cut: Cut, began: Interval) -> bool:
    """Whether a drop with the onset `began` probably began before the cut ended.

    An onset or an end that is known to hours only is that of a series which was silent,
    or mostly back. A drop that begins later in the end of a cut is another one.
    """
    since = max(began.since, began.until - _ROUGH)
    if cut.ended is None:
        return cut.seen_low is None or since < cut.seen_low + _BACK_FOR
    return since < min(cut.ended.until, cut.ended.since + _ROUGH)


def _ended_by(cut: Cut, next_began: Interval) -> Cut:
    """Return a cut that had ended when the next one began."""
    if cut.ended is None:
        since = cut.seen_low or next_began.since
        return Cut(cut.began, Interval(min(since, next_began.until), next_began.until))
    if cut.ended.until <= next_began.until:
        return cut
    return Cut(cut.began, Interval(cut.ended.since, next_began.until))


def _earliest(first: Interval, second: Interval) -> Interval:
    # Of onsets that end together, the narrowest is the most precise.
    return min(first, second, key=lambda i: (i.until, -i.since.timestamp()))


def _latest(first: Interval | None, second: Interval | None) -> Interval | None:
    if first is None or second is None:
        return None
    return Interval(max(first.since, second.since), max(first.until, second.until))


def from_onset(onset: Interval, times: tuple[Cut, ...]) -> tuple[Cut, ...]:
    """Return the cuts; the first begins at the published onset if that is not later."""
    if not times or onset.until > times[0].began.until:
        return times
    return (replace(times[0], began=onset), *times[1:])


def until_end(times: tuple[Cut, ...], restored: Interval | None) -> tuple[Cut, ...]:
    """Return the cuts; if the incident is over, the last one covers both ends.

    The end of the series that returned last may differ from the end of the last cut,
    because series have bins of different lengths.
    """
    if restored is None or not times or (end := times[-1].ended) is None:
        return times
    both = Interval(
        max(times[-1].began.since, min(end.since, restored.since)),
        max(end.until, restored.until),
    )
    return (*times[:-1], replace(times[-1], ended=both))


def time_down(times: Sequence[Cut], as_of: datetime) -> Span:
    """Return how long the cuts lasted together; the time between them does not count.

    Args:
        times: the cuts of an incident.
        as_of: the time of the newest reading; aware, UTC. A cut that is not over lasts
            until then, or at least until it was last seen to.
    """
    spans = [span_between(c.began, c.ended or _until_now(c, as_of)) for c in times]
    return Span(
        sum((s.shortest for s in spans), timedelta(0)),
        sum((s.longest for s in spans), timedelta(0)),
    )


def _until_now(cut: Cut, as_of: datetime) -> Interval:
    """Return from when on a cut that is not over may have ended."""
    return Interval(min(cut.seen_low or as_of, as_of), as_of)

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
    spans = sorted(
        ((d.onset, d.ended or restored) for s in series for d in s.drops),
        key=lambda span: (span[0].until, span[0].since),
    )
    joined: list[Cut] = []
    for began, ended in spans:
        if joined and _meets(joined[-1], began):
            joined[-1] = Cut(
                _earliest(joined[-1].began, began), _latest(joined[-1].ended, ended)
            )
        else:
            joined.append(Cut(began, ended))
    return tuple(joined)


def cuts_from(onset: Interval, times: tuple[Cut, ...]) -> tuple[Cut, ...]:
    """Return the cuts from the published onset on, with which the first one begins."""
    # Parts may have fallen before the onset, which is that of a quarter of them. A text
    # gives the onset and the duration together, so the duration counts from the onset.
    later = [c for c in times if c.ended is None or c.ended.until > onset.until]
    return (replace(later[0], began=onset), *later[1:]) if later else ()


def _meets(cut: Cut, began: Interval) -> bool:
    """Whether a drop with the onset `began` may have begun before the cut ended."""
    return cut.ended is None or began.since < cut.ended.until


def _earliest(first: Interval, second: Interval) -> Interval:
    # Of onsets that end together, the narrowest is the most precise.
    return min(first, second, key=lambda i: (i.until, -i.since.timestamp()))


def _latest(first: Interval | None, second: Interval | None) -> Interval | None:
    if first is None or second is None:
        return None
    return max(first, second, key=lambda i: (i.until, i.since))


def time_down(times: Sequence[Cut], as_of: datetime) -> Span:
    """Return how long the cuts lasted together; the time between them does not count.

    Args:
        times: the cuts of an incident.
        as_of: until when a cut that is not over is known to last; aware, UTC.
    """
    spans = [span_between(c.began, c.ended or Interval(as_of, as_of)) for c in times]
    return Span(
        sum((s.shortest for s in spans), timedelta(0)),
        sum((s.longest for s in spans), timedelta(0)),
    )

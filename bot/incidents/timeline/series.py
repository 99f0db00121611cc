"""The timeline of an incident, from which the numbers of its events are computed (P4).

A number is the present level, the lowest level or the duration of what the incident is
about: its subject. That is the place, if its own series fell, or else the parts of it
that fell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.entity import Entity, SeriesKey
from bot.model.interval import Interval
from bot.model.signal import NOISY_FAMILIES
from bot.model.timeline import Drop, SeriesTimeline
from bot.model.verdict import Finding, Scope, whole_percent

Timeline = tuple[SeriesTimeline, ...]

_LONG_GAP = timedelta(hours=2)
_CLEARLY = 0.1
"""Levels of two families that lie farther apart than this differ by more than noise."""


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
    extended = {s.key: s for s in before}
    for f in findings:
        key = f.key
        stored = extended.get(key)
        earlier = stored.drops if stored else ()
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
                reported=stored is not None and stored.reported,
                silences=stored.silences if stored else (),
            )
    return tuple(extended.values())


def with_silences(
    timeline: Timeline, silences: Mapping[SeriesKey, tuple[Interval, ...]]
) -> Timeline:
    """Return the timeline with the times without readings of each series added."""
    return tuple(_with_silences(s, silences.get(s.key, ())) for s in timeline)


def _with_silences(
    series: SeriesTimeline, newer: tuple[Interval, ...]
) -> SeriesTimeline:
    if not newer or not series.drops:
        return series
    began = series.drops[0].onset.until
    earlier = (i for i in series.silences if i.until <= newer[0].since)
    later = (i for i in newer if i.until > began)
    return replace(series, silences=(*earlier, *later))


def _joined(
    earlier: tuple[Drop, ...], newer: tuple[Drop, ...], *, revised: bool
) -> tuple[Drop, ...]:
    """Return all drops, oldest first, each once."""
    # The series may have fallen silent in a drop before the last one.
    over = (*earlier[:-1], *(d for d in earlier[-1:] if d.ended is not None))
    if earlier and earlier[-1].ended is None and not revised:
        newer = _as_published(earlier[-1], newer)
        newer = tuple(_from_its_onset(earlier[-1], drop) for drop in newer)
    if revised:
        over = tuple(d for d in over if not any(_overlap(new, d) for new in newer))
    # Detection keeps only a limited number of drops apart, and merges the oldest. So
    # drops that had ended by the last event are kept here as they were.
    return over + tuple(d for d in newer if not any(_overlap(d, old) for old in over))


def _as_published(open_: Drop, newer: tuple[Drop, ...]) -> tuple[Drop, ...]:
    """Return drops of which the first is not divided within what was published as one.

    Weeks later there are fewer readings for the baseline, so that a level which was low
    then may look higher.
    """
    until = open_.seen_low
    if until is None:
        return newer
    parts = [d for d in newer if open_.onset.since <= d.onset.since < until]
    if len(parts) < 2:
        return newer
    whole = replace(
        parts[-1],
        onset=parts[0].onset,
        lowest=lowest_of(*(part.lowest for part in parts)),
    )
    return (whole, *(d for d in newer if d.onset.since >= until))


def _from_its_onset(open_: Drop, drop: Drop) -> Drop:
    """Return a drop; one that joins an open one to earlier ones begins with the open one.

    Later readings may show that a return between two drops was a partial one. It was
    published as a return, unless the series was silent then.
    """
    was_seen = open_.onset.width <= _LONG_GAP
    began_before = was_seen and drop.onset.until <= open_.onset.since
    lasts = drop.ended is None or drop.ended.since >= open_.onset.until
    return replace(drop, onset=open_.onset) if began_before and lasts else drop


def _overlap(drop: Drop, other: Drop) -> bool:
    """Whether two drops have a time in common; `other` is over, or was last seen low."""
    begins = drop.onset.until <= _last(other)
    return begins and (drop.ended is None or other.onset.until <= _last(drop))


def _last(drop: Drop) -> datetime:
    """Return the last time at which a drop is known to last."""
    last = drop.ended.since if drop.ended else drop.seen_low
    # A drop of one bin may have begun and ended in the same interval.
    return max(drop.onset.until, last or drop.onset.until)


def subject(timeline: Timeline, place: Entity, *, narrow: bool) -> Timeline:
    """Return the series that the incident is about.

    Args:
        timeline: every series that fell in the incident.
        place: the place of the incident.
        narrow: whether the incident is about single networks, whatever the place itself
            reads.
    """
    own = tuple(s for s in timeline if s.entity == place)
    steady = tuple(s for s in own if s.family not in NOISY_FAMILIES)
    parts = tuple(s for s in timeline if s.entity != place)
    if narrow and parts:
        return parts
    return steady or parts or own


def timed_series(about: Timeline, timeline: Timeline, scope: Scope) -> Timeline:
    """Return the series from which the cuts of an event are computed.

    A regional incident lasts as long as its parts are down, whatever the place reads.

    Args:
        about: the subject of the event.
        timeline: every series that fell in the incident.
        scope: of the event.
    """
    if scope is not Scope.REGIONAL:
        return about
    return (
        *about,
        *(s for s in timeline if s not in about and s.family not in NOISY_FAMILIES),
    )


def lowest(series: Iterable[SeriesTimeline]) -> float | None:
    """Return the lowest level in any drop of these series, or None."""
    return lowest_of(*(drop.lowest for s in series for drop in s.drops))


def publishable_lowest(about: Timeline, published: float | None) -> float | None:
    """Return the lowest level of the series that were reported on.

    None if an earlier event published a lower level: beside that level, this one would
    read as an error. None as well if another series fell lower while these were unseen.

    Args:
        about: the series that the incident is about.
        published: the lowest level that earlier events published, or None.
    """
    reported = [s for s in about if s.reported]
    now, of_any = lowest(reported), lowest(about)
    if now is None or of_any is None:
        return None
    if any(map(was_unseen, reported)) and now > of_any + _CLEARLY:
        return None
    if published is not None and whole_percent(now) > whole_percent(published):
        return None
    return now


def was_unseen(series: SeriesTimeline) -> bool:
    """Whether any drop of a series ended, or may have, in hours without a reading of it."""
    return any(
        (
            drop.ended.width
            if drop.ended
            else series.as_of - (drop.seen_low or series.as_of)
        )
        > _LONG_GAP
        for drop in series.drops
    )


def lowest_of(*levels: float | None) -> float | None:
    """Return the lowest of the levels that are known, or None."""
    return min((level for level in levels if level is not None), default=None)

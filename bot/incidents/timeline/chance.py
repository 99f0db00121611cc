"""Removes drops of traffic that may be chance: other series were back at that time.

In this module, a steady series is a series of routes or probing.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bot.model.interval import Interval
from bot.model.timeline import Drop, SeriesTimeline
from bot.model.verdict import SeriesState

_SHALLOW = 0.6
"""A drop of traffic may be chance if its lowest level is at least this."""
_IMPRECISE = timedelta(hours=3)
"""A return whose interval is at least this wide is too imprecise to be used."""


def without_chance(
    source: SeriesTimeline, steady: Iterable[SeriesTimeline]
) -> SeriesTimeline:
    """Return a series of traffic without the shallow drops that may be chance.

    After a partial return, traffic may read a little low by chance. So a shallow drop
    is removed if a steady series was back during the whole drop.

    Args:
        source: the series of traffic.
        steady: the steady series of the same incident.
    """
    drops = (
        drop
        for drop in source.drops
        if drop.lowest is None
        or drop.lowest < _SHALLOW
        or not any(_was_back_in(s, drop) for s in steady)
    )
    return replace(source, drops=tuple(drops))


def _was_back_in(source: SeriesTimeline, other: Drop) -> bool:
    """Whether a steady series fell before `other`, and was back while `other` lasted.

    Args:
        source: the steady series.
        other: a drop of another series.
    """
    if other.ended is None or source.as_of < other.ended.until:
        return False
    before = [d for d in source.drops if d.onset.until <= other.onset.since]
    later = source.drops[len(before) :]
    lasted = Interval(other.onset.since, other.ended.until)
    if any(i.since < lasted.until and lasted.since < i.until for i in source.silences):
        return False
    if not before or (later and later[0].onset.since < other.ended.until):
        return False
    return _was_back_by(source, before[-1], other.onset, last=not later)


def _was_back_by(
    source: SeriesTimeline, drop: Drop, began: Interval, *, last: bool
) -> bool:
    """Whether readings show that a steady series was back before another series fell.

    Args:
        source: the steady series.
        drop: the last drop of `source` before the other series fell.
        began: the onset of the other series.
        last: whether `source` has no later drop.
    """
    if drop.ended is not None:
        return drop.ended.width < _IMPRECISE and drop.ended.until <= began.until
    # The drop has no end, so the series is still below normal. It is mostly back if it
    # was last seen low before the other series fell.
    low = drop.seen_low
    here = last and source.state is not SeriesState.UNKNOWN
    return here and low is not None and low < began.since

"""Drops of traffic that may be chance, because steady series show none."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bot.model.interval import Interval
from bot.model.timeline import Drop, SeriesTimeline
from bot.model.verdict import SeriesState

_SHALLOW = 0.6
"""A drop of traffic to this level or above may be chance."""
_IMPRECISE = timedelta(hours=3)
"""A return that is known to so many hours does not show when the series was back."""


def without_chance(
    source: SeriesTimeline, steady: Iterable[SeriesTimeline]
) -> SeriesTimeline:
    """Return the series of traffic without the shallow drops that are chance.

    Traffic that is partly back reads a little low by chance.
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
    """Whether a series fell, but was back all through a later drop of another series."""
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
    """Whether readings show a series back from a drop before another series fell."""
    if drop.ended is not None:
        return drop.ended.width < _IMPRECISE and drop.ended.until <= began.until
    # It is below normal still, but mostly back.
    low = drop.seen_low
    here = last and source.state is not SeriesState.UNKNOWN
    return here and low is not None and low < began.since

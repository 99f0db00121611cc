"""Removes drops of traffic that may be chance: another series was back at that time.

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


def without_chance_drops(
    traffic_series: SeriesTimeline, steady: Iterable[SeriesTimeline]
) -> SeriesTimeline:
    """Return a series of traffic without the shallow drops that may be chance.

    After a partial return, traffic may read a little low by chance. So a shallow drop
    is removed if a series of routes or probing was back during the whole drop.

    Args:
        traffic_series: the series of traffic.
        steady: the series of routes and probing of the same incident.
    """
    drops = (
        drop
        for drop in traffic_series.drops
        if drop.lowest is None
        or drop.lowest < _SHALLOW
        or not any(_was_back_in(s, drop) for s in steady)
    )
    return replace(traffic_series, drops=tuple(drops))


def _was_back_in(steady_series: SeriesTimeline, other_drop: Drop) -> bool:
    """Whether a series fell before another drop, and was back while that drop lasted.

    Args:
        steady_series: the series; the result is False if it fell during `other_drop`.
        other_drop: a drop of another series.
    """
    if other_drop.ended is None or steady_series.as_of < other_drop.ended.until:
        return False
    before = [d for d in steady_series.drops if d.onset.until <= other_drop.onset.since]
    later = steady_series.drops[len(before) :]
    lasted = Interval(other_drop.onset.since, other_drop.ended.until)
    if any(
        i.since < lasted.until and lasted.since < i.until
        for i in steady_series.silences
    ):
        return False
    if not before or (later and later[0].onset.since < other_drop.ended.until):
        return False
    return _was_back_by(
        steady_series, before[-1], other_drop.onset, is_last_drop=not later
    )


def _was_back_by(
    steady_series: SeriesTimeline,
    drop: Drop,
    other_onset: Interval,
    *,
    is_last_drop: bool,
) -> bool:
    """Whether readings show that one series was back before another series fell.

    Args:
        steady_series: the series that may have been back.
        drop: the last drop of `steady_series` before the other series fell.
        other_onset: the onset of the other series.
        is_last_drop: whether `steady_series` has no later drop.
    """
    if drop.ended is not None:
        return drop.ended.width < _IMPRECISE and drop.ended.until <= other_onset.until
    # The drop has no end, so the series is not yet normal. It still counts as back if its
    # last low reading came before the other series fell.
    low = drop.seen_low
    here = is_last_drop and steady_series.state is not SeriesState.UNKNOWN
    return here and low is not None and low < other_onset.since

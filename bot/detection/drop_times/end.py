"""When a series returned, and in which bins of a drop it was low."""

import statistics
from datetime import datetime, timedelta

from bot.detection.drop_times.levels import (
    BACK_FOR,
    PLATEAU_BINS,
    TraceLevels,
    interval_of_bin,
    last_known_before,
    spread_at,
    with_earlier_start,
)
from bot.model.incident import Trace
from bot.model.interval import Interval
from bot.model.signal import Family, Signal

_MOSTLY_BACK = {Family.ACTIVE_PROBING: 0.87, Family.CONTROL_PLANE: 0.9}
_MOSTLY_BACK_ELSE = 0.8
"""The least level that may count as mostly back, for families not in `_MOSTLY_BACK`.

This limit and those in `_MOSTLY_BACK` are below 1.0, because the baseline of traffic
may be wrong by up to a fifth, and a few routes and addresses may never return.
"""
_REMAINING = 0.45
"""A series that is mostly back has at most this share of its deepest loss left."""
_LOW_AGAIN = 0.7
"""The smallest value of the limit below which a returned series counts as low again.

By chance, traffic seldom reads lower than this.
"""
LEAST_BACK = 3
"""The fewest readings that show a return; with fewer, the series counts as silent."""
_WIDE = timedelta(hours=3)
"""A bin of this length or longer is wide: a whole cut may lie within it."""


def precise_return(
    trace: Trace, signal: Signal, return_interval: Interval, first_low_end: datetime
) -> Interval:
    """Return the interval in which a series returned, as precisely as readings show it.

    Normally this is `return_interval`. There are two exceptions:

    - If the level of the last low bin is already raised, the series returned suddenly
      within this bin. Then the result is this bin.
    - If the series was mostly back before it was normal, it may have returned earlier.
      Then the result runs from the rise of the series to its first normal bin.

    Args:
        trace: the trace of the series, from some hours before the return.
        signal: the signal of the series.
        return_interval: the interval from the end of the last low bin to the end of the
            first normal bin.
        first_low_end: the end of the first low bin of the drop; aware, UTC.
    """
    levels, first = trace.levels, signal.bin_at(trace.first)
    last = signal.bin_at(return_interval.since) - (not signal.snapshot) - first
    if not 0 < last < len(levels) or levels[last] is None:
        return return_interval
    noise = spread_at(trace, last)
    fallen = min(last, max(0, signal.bin_at(first_low_end) - 1 - first))
    low = min(
        _last_clearly_low(levels, last, noise),
        max(low_positions(levels, (fallen, last + 1), signal), default=last),
    )
    low = _last_low_before_plateau(levels, low, noise, fallen)
    if low < last:
        # In the bins after the bin `low`, the series may have been back already.
        bin_ = low + first
        since = (
            signal.last_instant_of(bin_) if signal.snapshot else signal.start_of(bin_)
        )
        return Interval(since, return_interval.until)
    before = last_known_before(levels, last)
    earlier = last_known_before(levels, before)
    if signal.snapshot or earlier < 0 or before < 0:
        return return_interval
    shape = (levels[last] or 0.0, levels[before] or 0.0, levels[earlier] or 0.0)
    return _return_by_last_levels(shape, noise, signal, return_interval)


def _return_by_last_levels(
    last_levels: tuple[float, float, float],
    noise: float,
    signal: Signal,
    return_interval: Interval,
) -> Interval:
    """Return when a series returned, judged by the levels of its last low bins.

    If the last low bin is not higher than the two bins before it, the series returned
    after that bin, or so shortly before its end that the noise hides the return. If the
    last low bin is much higher, the series returned within it. In three cases the
    series may have returned within the last low bin or after it:

    - The last low bin is only a little higher.
    - The two bins before it differ: the drop is too short to know its depth, or its
      level was rising slowly.
    - The bins last `_WIDE` or longer, so that their levels do not show the time.

    Args:
        last_levels: the levels of the last low bin and of the two bins with a level before
            it, newest first.
        noise: the spread, as a share of the baseline.
        signal: the signal of the series.
        return_interval: the interval from the end of the last low bin to the end of the
            first normal bin.
    """
    level, low, lower = last_levels
    last = signal.bin_at(return_interval.since) - 1
    steady = abs(low - lower) <= noise
    if steady and level <= low + noise and signal.step < _WIDE:
        return with_earlier_start(return_interval, signal, noise / max(noise, 1 - low))
    if not steady or signal.step >= _WIDE or level <= low + 3 * noise:
        return Interval(signal.start_of(last), return_interval.until)
    return interval_of_bin(signal, last)


def _last_clearly_low(levels: TraceLevels, position: int, noise: float) -> int:
    """Return the last position up to `position` with a level too low to be noise.

    Only the last `PLATEAU_BINS` bins are searched. If none of them is low enough, as in
    a shallow drop, the result is `position`.
    """
    clear = (
        n
        for n in range(position, max(-1, position - PLATEAU_BINS), -1)
        if (level := levels[n]) is not None and level < 1 - 3 * noise
    )
    return next(clear, position)


def _last_low_before_plateau(
    levels: TraceLevels, position: int, noise: float, first_low: int
) -> int:
    """Return the last position up to `position` with a level clearly below later ones.

    After a partial return, a level may waver around the limit of low bins. Then some
    low bins lie after the return, and are skipped. The later levels are the next
    `PLATEAU_BINS` levels after `position`. A level is clearly below them if it is below
    their median by more than the noise, or by more than a quarter of the depth of the
    drop.

    Args:
        levels: the levels of the trace.
        position: the position of the last low bin.
        noise: the spread, as a share of the baseline.
        first_low: the position of the first low bin; the result is not before it.
    """
    after = [v for v in levels[position + 1 :] if v is not None][:PLATEAU_BINS]
    inside = [v for v in levels[first_low : position + 1] if v is not None]
    if not after or not inside:
        return position
    level, least = statistics.median(after), (1 - min(inside)) / 4
    limit = level - min(noise, least)
    while position > first_low and not _is_below(levels[position], limit):
        position -= 1
    return position


def low_positions(
    levels: TraceLevels, positions: tuple[int, int], signal: Signal
) -> list[int]:
    """Return the positions in a drop at which the series was low.

    A low level is below the limit at which a series is mostly back (see `_MOSTLY_BACK`
    and `_REMAINING`). In addition, one of these is true:

    - The level is less than a third of the way from the lowest level up to normal.
    - The level is less than half of the way up, and the previous known level is low.
    - The median of this level and the next two is below the same limit.

    So a single noisy reading does not count as low. Positions that are low by chance
    after a return are left out (see `_without_chance`).

    Args:
        levels: the levels of the trace.
        positions: the positions [first, end) of the drop.
        signal: the signal of the series.
    """
    inside = levels[positions[0] : positions[1]]
    lowest = min((level for level in inside if level is not None), default=None)
    if lowest is None:
        return []
    limit = max(
        _MOSTLY_BACK.get(signal.family, _MOSTLY_BACK_ELSE),
        1 - _REMAINING * (1 - lowest),
    )
    third, halfway = lowest + (1 - lowest) / 3, (1 + lowest) / 2
    low: list[int] = []
    for n in range(positions[0], min(positions[1], len(levels))):
        level = levels[n]
        if level is None or level >= limit:
            continue
        after_low = bool(low) and low[-1] == last_known_before(levels, n)
        if level < (halfway if after_low else third) or _median_from(levels, n) < limit:
            low.append(n)
    deep = max(third, _LOW_AGAIN)
    return _without_chance(low, levels, deep, -(-BACK_FOR // signal.step))


def _without_chance(
    low: list[int], levels: TraceLevels, low_again_level: float, return_bins: int
) -> list[int]:
    """Return `low` without the positions that are low by chance after a return.

    After a return, the series counts as low again from the first level below
    `low_again_level` on. The low positions between the return and this level are left
    out.

    Args:
        low: the low positions, ascending.
        levels: the levels of the trace.
        low_again_level: the level below which a series is low again.
        return_bins: the series has returned if at least this many bins in a row are not
            low and some of them have readings (see `_returned_between`).
    """
    runs: list[list[int]] = []
    for n in low:
        if runs and not _returned_between(levels, runs[-1][-1], n, return_bins):
            runs[-1].append(n)
        else:
            runs.append([n])
    again = [
        run[
            next(
                (k for k, n in enumerate(run) if _is_below(levels[n], low_again_level)),
                len(run),
            ) :
        ]
        for run in runs[1:]
    ]
    return [n for run in (*runs[:1], *again) for n in run]


def _returned_between(
    levels: TraceLevels, first_low: int, next_low: int, return_bins: int
) -> bool:
    """Whether the readings between two low positions show that the series was back.

    Args:
        levels: the levels of the trace.
        first_low: the first low position.
        next_low: the next low position.
        return_bins: how many bins must lie between the two positions.
    """
    readings = [
        level for level in levels[first_low + 1 : next_low] if level is not None
    ]
    return next_low - first_low > return_bins and len(readings) >= min(
        return_bins, LEAST_BACK
    )


def _is_below(level: float | None, limit: float) -> bool:
    return level is not None and level < limit


def _median_from(levels: TraceLevels, position: int) -> float:
    """Return the median of the levels in the bin at `position` and the next two bins.

    Bins without a level are left out.
    """
    known_levels = [v for v in levels[position : position + 3] if v is not None]
    return statistics.median(known_levels)

"""When the fall of a series began."""

import math
import statistics
from datetime import timedelta

from bot.detection.drop_times.levels import (
    BACK_FOR,
    PLATEAU_BINS,
    TraceLevels,
    interval_of_bin,
    last_known_before,
    local_noise,
    spread_at,
    with_earlier_start,
)
from bot.model.incident import Trace
from bot.model.interval import Interval
from bot.model.signal import Signal

_LONGEST_UNSEEN = timedelta(days=7)
"""How far back the search goes for an earlier fall to just above the threshold."""
_LEAST_FALL = 0.03
"""How far a level must be below normal (1.0) to have fallen."""


def precise_onset(trace: Trace, signal: Signal, onset: Interval) -> Interval:
    """Return the interval in which a fall began, as precisely as the readings show it.

    Normally this is `onset`. There are two exceptions:

    - A fall that takes hours begins well before the drop is deep enough to be detected.
      Then the result begins at the start or the end of the last bin at the level from
      which the series fell.
    - A sudden fall that begins late in a bin lowers this bin only a little. Then the
      result is this bin.

    Args:
        trace: the trace of the series, from some days before the onset.
        signal: the signal of the series.
        onset: the onset as detection knows it: from the end of the last bin that was
            not low to the end of the first low bin.
    """
    levels, first = trace.levels, signal.bin_at(trace.first)
    # The good bin is the last one that was not low. `onset.since` is its end, or for a
    # snapshot its start.
    good = signal.bin_at(onset.since) - (not signal.snapshot) - first
    if not 0 < good < len(levels) or levels[good] is None:
        return onset
    noise, most = spread_at(trace, good), round(_LONGEST_UNSEEN / signal.step)
    if (lower := _earlier_low_bin(levels, good, noise, signal)) is not None:
        good = last_known_before(levels, lower)
        onset = Interval(
            signal.last_instant_of(good + first), signal.last_instant_of(lower + first)
        )
    if (fell := _earlier_fall(levels, good, noise, most)) is not None:
        since, until = (signal.last_instant_of(n + first) for n in fell)
        return _onset_by_earlier_bins(
            levels, fell[0], noise, signal, Interval(since, until)
        )
    return _onset_by_earlier_bins(levels, good, noise, signal, onset)


def _onset_by_earlier_bins(
    levels: TraceLevels,
    last_not_low: int,
    noise: float,
    signal: Signal,
    onset: Interval,
) -> Interval:
    """Return when a fall began, judged by the bins up to the last one that was not low.

    Args:
        levels: the levels of the trace.
        last_not_low: the position of the last bin that was not low.
        noise: the spread at this bin, as a share of the baseline.
        signal: the signal of the series.
        onset: the interval from the end of this bin to the end of the first low bin.
    """
    start, last = levels[last_not_low] or 0.0, last_known_before(levels, last_not_low)
    first = signal.bin_at(onset.since) - (not signal.snapshot) - last_not_low
    before = levels[last]
    # In a slow fall, each bin is lower than the one before by about the same amount. In
    # a sudden fall, the bin after `last_not_low` is far lower.
    if (
        before is not None
        and start - _next_level(levels, last_not_low) > 1.5 * (before - start) + noise
    ):
        local = local_noise(levels, last)
        least = min(noise, 3 * local)
        sudden = _sudden_onset(before - start, least, noise, signal, onset)
        unseen = 3 * min(noise, local) / (start - _next_level(levels, last_not_low))
        return with_earlier_start(onset, signal, unseen) if sudden == onset else sudden
    peak = _peak_before(levels, last_not_low, noise)
    top = levels[peak]
    # If the level at `last_not_low` is well below normal, the noise is measured from the
    # levels before it. Those levels may vary far less than the normal levels from which the
    # spread is computed.
    steady = noise if start > 1 - 2 * noise else 3 * local_noise(levels, last)
    if top is None or top - start < min(noise, steady):
        return onset
    if start > 1 - 2 * noise or top - start < 3 * noise:
        # The bins from the peak to `last_not_low` are a little lower than the peak, so the
        # fall may have begun in them.
        return Interval(signal.last_instant_of(peak + first), onset.until)
    below = (
        n
        for n in range(peak + 1, last_not_low + 1)
        if (level := levels[n]) is not None and level < top - 3 * noise
    )
    # The fall may have begun within the peak bin, too slowly to show in its level. So
    # the interval begins with this bin.
    since, until = (
        signal.last_instant_of(peak - 1 + first),
        signal.last_instant_of(next(below) + first),
    )
    return Interval(since, until)


def _earlier_low_bin(
    levels: TraceLevels, last_not_low: int, noise: float, signal: Signal
) -> int | None:
    """Return the first low bin before `last_not_low`, if the series was not normal in between.

    A series may fall briefly, return in part, and be detected as dropped only when it
    falls again. Here a bin is low if its level is below a limit: the level after
    `last_not_low`, plus a third of the distance from that level to 1.0. The result is a
    position; None if no bin within `BACK_FOR` before `last_not_low` is low.

    Args:
        levels: the levels of the trace.
        last_not_low: the position of the last bin before the detected drop.
        noise: the spread at this bin, as a share of the baseline.
        signal: the signal of the series.
    """
    normal, first = 1 - 3 * noise, None
    third = (1 + 2 * _next_level(levels, last_not_low)) / 3
    for n in range(last_not_low, max(0, last_not_low - BACK_FOR // signal.step), -1):
        level = levels[n]
        if level is not None and level >= normal:
            break
        if n < last_not_low and level is not None and level < third:
            first = n
    return first


def _earlier_fall(
    levels: TraceLevels, last_not_low: int, noise: float, max_bins: int
) -> tuple[int, int] | None:
    """Return the positions before and after a fall that ended just above the threshold.

    Hours after such a fall, noise alone may bring the level below the threshold. The
    result is None if the level at `last_not_low` is almost normal, or falls further in
    the next bins. It is None too if no level after `last_not_low` is known, or if none
    of the `max_bins` bins before it has a clearly higher level.

    Args:
        levels: the levels of the trace.
        last_not_low: the position of the last bin before the detected drop.
        noise: the spread at this bin, as a share of the baseline.
        max_bins: how many bins to search.
    """
    start = levels[last_not_low] or 0.0
    after = [level for level in levels[last_not_low + 1 :] if level is not None][
        :PLATEAU_BINS
    ]
    if not after or start - statistics.median(after) > noise:
        return None
    # If the next bin is far lower, the drop begins in that bin. If `last_not_low` is
    # nearly normal, nothing fell before it. In both cases there is no earlier fall.
    if start - after[0] > 3 * noise or 1 - start < _LEAST_FALL:
        return None
    # A level counts as before the fall if it is above `start` by three times the noise, or,
    # if the noise is large, by three quarters of the distance from `start` to normal.
    rise = 3 * min(noise, (1 - start) / 4)
    low = last_not_low
    for n in range(last_not_low - 1, max(-1, last_not_low - max_bins - 1), -1):
        level = levels[n]
        if level is None:
            continue
        if level > start + rise:
            return n, _first_at_most(levels, n, low, (level + start) / 2)
        low = n
    return None


def _first_at_most(
    levels: TraceLevels, high_position: int, low_position: int, limit: float
) -> int:
    """Return the first position after `high_position` with a level of at most `limit`.

    `low_position` is the next position after `high_position` with a level. It is
    returned if no level is at most `limit`. Its own level can be above `limit`, if the
    level at `high_position` was high only by chance and the fall came hours later.
    """
    below = (
        n
        for n in range(high_position + 1, len(levels))
        if (level := levels[n]) is not None and level <= limit
    )
    return next(below, low_position)


def _sudden_onset(
    lowering: float,
    least_lowering: float,
    noise: float,
    signal: Signal,
    onset: Interval,
) -> Interval:
    """Return when a sudden fall began, judged by the level of the last good bin.

    The last good bin is the bin before the first low one. If it is lower than the bin
    before it by less than `least_lowering`, or if the signal is a snapshot, the fall
    began after the last good bin. If it is lower by three times the noise or more, the
    fall began within it. If it is lower by an amount in between, the fall began within
    it or after it.

    Args:
        lowering: how much lower the last good bin is than the level before it.
        least_lowering: the least difference that may be due to the fall.
        noise: the spread, as a share of the baseline.
        signal: the signal of the series.
        onset: the interval from the end of the last good bin to the end of the next
            bin.
    """
    if signal.snapshot or lowering < least_lowering:
        return onset
    good = signal.bin_at(onset.since) - 1
    if lowering < 3 * noise:
        return Interval(signal.start_of(good), onset.until)
    return interval_of_bin(signal, good)


def _next_level(levels: TraceLevels, position: int) -> float:
    """Return the first known level after `position`; infinity if there is none."""
    after = levels[position + 1 :]
    return next((level for level in after if level is not None), math.inf)


def _peak_before(levels: TraceLevels, position: int, noise: float) -> int:
    """Return the position of the last bin at the level from which a series fell.

    The search goes back from `position`. It ends at a level that is normal, or after
    `PLATEAU_BINS` bins in a row without a higher level.
    """
    peak, highest, misses = position, levels[position] or 0.0, 0
    for n in range(position - 1, -1, -1):
        level = levels[n]
        if level is None:
            continue
        if level > highest + noise / 2:
            peak, highest, misses = n, level, 0
        else:
            misses += 1
        if misses == PLATEAU_BINS or highest > 1 - noise:
            break
    return peak

"""When the fall of a series began."""

import math
import statistics
from datetime import timedelta

from bot.detection.drop_times.levels import (
    BACK_FOR,
    PLATEAU_BINS,
    TraceLevels,
    earlier_by,
    known_before,
    local_noise,
    spread_at,
    within_bin,
)
from bot.model.incident import Trace
from bot.model.interval import Interval
from bot.model.signal import Signal

_LONGEST_UNSEEN = timedelta(days=7)
"""How long a series may stay just above the threshold before its drop is detected."""
_LEAST_FALL = 0.03
"""How far a level must be below normal (1.0) to have fallen."""


def precise_onset(trace: Trace, signal: Signal, onset: Interval) -> Interval:
    """Return the interval in which a fall began, as precisely as the readings show it.

    A drop is detected once it is deep enough. A fall that takes hours begins well
    before its drop is detected. In this case the interval begins in the last bin at the
    level from which the series fell, or after that bin. A sudden fall that begins late
    in a bin lowers that bin only a little. In this case the interval is that bin.

    Args:
        trace: the trace of the series, from some days before the onset.
        signal: the signal of the series.
        onset: the onset as detection knows it: from the end of the last bin that was
            not low to the end of the first low bin.
    """
    levels, first = trace.levels, signal.bin_of(trace.first)
    # `onset.since` is the end of the last good bin, or for a snapshot its start.
    good = signal.bin_of(onset.since) - (not signal.snapshot) - first
    if not 0 < good < len(levels) or levels[good] is None:
        return onset
    noise, most = spread_at(trace, good), round(_LONGEST_UNSEEN / signal.step)
    if (lower := _lower_before(levels, good, noise, signal)) is not None:
        good = known_before(levels, lower)
        onset = Interval(signal.seen_at(good + first), signal.seen_at(lower + first))
    if (fell := _fall_before(levels, good, noise, most)) is not None:
        since, until = (signal.seen_at(n + first) for n in fell)
        return _onset_after(levels, fell[0], noise, signal, Interval(since, until))
    return _onset_after(levels, good, noise, signal, onset)


def _onset_after(
    levels: TraceLevels,
    good: int,
    noise: float,
    signal: Signal,
    onset: Interval,
) -> Interval:
    """Return when a fall began, judged by the bins up to the last one that was not low.

    Args:
        levels: the levels of the trace.
        good: the position of the last bin that was not low.
        noise: the spread at this bin, as a share of the baseline.
        signal: the signal of the series.
        onset: the interval from the end of this bin to the end of the first low bin.
    """
    start, last = levels[good] or 0.0, known_before(levels, good)
    first = signal.bin_of(onset.since) - (not signal.snapshot) - good
    before = levels[last]
    # If the fall is slow, the next bin is lower by about as much as the last good bin
    # was. If the fall is sudden, the next bin is far lower.
    if (
        before is not None
        and start - _next(levels, good) > 1.5 * (before - start) + noise
    ):
        local = local_noise(levels, last)
        least = min(noise, 3 * local)
        sudden = _sudden_onset(before - start, least, noise, signal, onset)
        unseen = 3 * min(noise, local) / (start - _next(levels, good))
        return earlier_by(onset, signal, unseen) if sudden == onset else sudden
    peak = _peak_before(levels, good, noise)
    top = levels[peak]
    # If the level is low already, the noise is taken from the levels before: they may
    # vary far less than the spread, which is that of normal levels.
    steady = noise if start > 1 - 2 * noise else 3 * local_noise(levels, last)
    if top is None or top - start < min(noise, steady):
        return onset
    if start > 1 - 2 * noise or top - start < 3 * noise:
        # The bins from the peak to `good` are a little lower than the peak, so the fall
        # may have begun in them.
        return Interval(signal.seen_at(peak + first), onset.until)
    below = (
        n
        for n in range(peak + 1, good + 1)
        if (level := levels[n]) is not None and level < top - 3 * noise
    )
    # The interval begins with the peak bin, because the fall may have begun within this
    # bin, too slowly to show in its level.
    since, until = signal.seen_at(peak - 1 + first), signal.seen_at(next(below) + first)
    return Interval(since, until)


def _lower_before(
    levels: TraceLevels, good: int, noise: float, signal: Signal
) -> int | None:
    """Return the first low bin before `good`, if the series was not normal in between.

    A series may fall a little for a short time, return in part, and be detected as
    dropped only when it falls again. Here, a bin is low if its level is less than a
    third of the way from the level after `good` up to normal. The result is the
    position of a bin; it is None if no bin within `BACK_FOR` before `good` is low.
    """
    normal, first = 1 - 3 * noise, None
    third = (1 + 2 * _next(levels, good)) / 3
    for n in range(good, max(0, good - BACK_FOR // signal.step), -1):
        level = levels[n]
        if level is not None and level >= normal:
            break
        if n < good and level is not None and level < third:
            first = n
    return first


def _fall_before(
    levels: TraceLevels, good: int, noise: float, most: int
) -> tuple[int, int] | None:
    """Return the positions before and after a fall to just above the threshold.

    Hours after such a fall, noise alone may take the level below the threshold. The
    result is None if the level at `good` is almost normal, if the level falls after
    `good`, or if no level in the `most` bins before `good` is clearly higher.
    """
    start = levels[good] or 0.0
    after = [level for level in levels[good + 1 :] if level is not None][:PLATEAU_BINS]
    if not after or start - statistics.median(after) > noise:
        return None
    # If only the next bin is far lower, the drop is one bin long and begins in that
    # bin, so there is no earlier fall.
    if start - after[0] > 3 * noise or 1 - start < _LEAST_FALL:
        return None
    # The level before the fall must be higher by three times the noise. If the noise is
    # large, a share of the depth of the fall is used instead.
    rise = 3 * min(noise, (1 - start) / 4)
    low = good
    for n in range(good - 1, max(-1, good - most - 1), -1):
        level = levels[n]
        if level is None:
            continue
        if level > start + rise:
            return n, _lower_after(levels, n, low, (level + start) / 2)
        low = n
    return None


def _lower_after(levels: TraceLevels, high: int, low: int, limit: float) -> int:
    """Return the first position after `high` with a level of at most `limit`.

    If a level falls in steps, the level at `high` may be high by chance, hours before
    the fall. So the result need not be the next position with a level, which is `low`.
    If no level is at most `limit`, the result is `low`.
    """
    below = (
        n
        for n in range(high + 1, len(levels))
        if (level := levels[n]) is not None and level <= limit
    )
    return next(below, low)


def _sudden_onset(
    sunk: float, least: float, noise: float, signal: Signal, onset: Interval
) -> Interval:
    """Return when a sudden fall began, judged by how much lower the last good bin is.

    The good bins are those before the first low bin. A fall that begins late in a bin
    lowers that bin only a little. If the last good bin is lower by less than `least`,
    the fall began after that bin. If it is lower by at least three times the noise, the
    fall began within that bin. Otherwise the fall may have begun within it or after it.

    Args:
        sunk: how much lower the last good bin is than the level before it.
        least: the least difference that may be due to the fall.
        noise: the spread, as a share of the baseline.
        signal: the signal of the series.
        onset: the interval from the end of the last good bin to the end of the next
            bin.
    """
    if signal.snapshot or sunk < least:
        return onset
    good = signal.bin_of(onset.since) - 1
    if sunk < 3 * noise:
        return Interval(signal.start_of(good), onset.until)
    return within_bin(signal, good)


def _next(levels: TraceLevels, position: int) -> float:
    """Return the first known level after `position`; infinity if there is none."""
    after = levels[position + 1 :]
    return next((level for level in after if level is not None), math.inf)


def _peak_before(levels: TraceLevels, position: int, noise: float) -> int:
    """Return the position of the last bin at the level from which a series fell.

    The search goes back from `position`. It ends once `PLATEAU_BINS` bins in a row have
    brought no higher level, or once the highest level is normal.
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

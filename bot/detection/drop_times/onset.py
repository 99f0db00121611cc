"""When a fall began."""

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

_LONGEST_UNSEEN = timedelta(hours=12)
"""So long a drop may stay just above the limit before it is detected."""
_LEAST_FALL = 0.03
"""A level that lies less than this below normal has not fallen yet."""


def precise_onset(trace: Trace, signal: Signal, onset: Interval) -> Interval:
    """Return the interval in which a fall began, as precisely as its readings show it.

    A drop is detected once it is deep enough. A fall over hours has begun well before
    that: in the last bin of the level that it fell from, or after it. A sudden fall that
    began late in a bin lowers that bin only a little: then it began within it.

    Args:
        trace: the series, from some days before the onset.
        signal: what is measured.
        onset: the bins between which the drop was detected.
    """
    levels, first = trace.levels, signal.bin_of(trace.first)
    # `seen_at` is the end of a bin, or its start for a snapshot.
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
    """Return when a fall began of which `good` is the last bin that was not low."""
    start, last = levels[good] or 0.0, known_before(levels, good)
    first = signal.bin_of(onset.since) - (not signal.snapshot) - good
    before = levels[last]
    # A slow fall goes on as it began; a sudden one is far lower in the next bin.
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
    # A level that is low already may lie far steadier than the spread of normal ones.
    steady = noise if start > 1 - 2 * noise else 3 * local_noise(levels, last)
    if top is None or top - start < min(noise, steady):
        return onset
    if start > 1 - 2 * noise or top - start < 3 * noise:
        # The last good bins had sunk a little: the fall may have begun in them.
        return Interval(signal.seen_at(peak + first), onset.until)
    below = (
        n
        for n in range(peak + 1, good + 1)
        if (level := levels[n]) is not None and level < top - 3 * noise
    )
    # Within the last bin of that level the fall may have begun too slowly to show.
    since, until = signal.seen_at(peak - 1 + first), signal.seen_at(next(below) + first)
    return Interval(since, until)


def _lower_before(
    levels: TraceLevels, good: int, noise: float, signal: Signal
) -> int | None:
    """Return the first low bin before `good`, if the series was not normal in between.

    A short and shallow drop with a partial return may be called a drop only after that.
    None if there is no such bin within `BACK_FOR` before `good`.
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
    """Return the bins before and after a fall that ended just above what is called a drop.

    Noise may take such a level below that limit hours later, where nothing falls. None
    if the level falls at `good`, or if it was not higher in the `most` bins before.
    """
    start = levels[good] or 0.0
    after = [level for level in levels[good + 1 :] if level is not None][:PLATEAU_BINS]
    if not after or start - statistics.median(after) > noise:
        return None
    # A drop of one bin is followed by higher ones.
    if start - after[0] > 3 * noise or 1 - start < _LEAST_FALL:
        return None
    # Where the spread is wide, a fall within it is told by its depth.
    rise = 3 * min(noise, (1 - start) / 4)
    low = good
    for n in range(good - 1, max(-1, good - most - 1), -1):
        level = levels[n]
        if level is None:
            continue
        if level > start + rise:
            return n, low
        low = n
    return None


def _sudden_onset(
    sunk: float, least: float, noise: float, signal: Signal, onset: Interval
) -> Interval:
    """Return when a sudden fall began, by how much the last good bin had sunk.

    Late in a bin an outage lowers it only a little. If it had sunk by `least` or more,
    but that does not stand out from the noise, the fall may have begun in this bin or
    the next.
    """
    if signal.snapshot or sunk < least:
        return onset
    good = signal.bin_of(onset.since) - 1
    if sunk < 3 * noise:
        return Interval(signal.start_of(good), onset.until)
    return within_bin(signal, good)


def _next(levels: TraceLevels, position: int) -> float:
    """Return the next known level; infinity if there is none."""
    after = levels[position + 1 :]
    return next((level for level in after if level is not None), math.inf)


def _peak_before(levels: TraceLevels, position: int, noise: float) -> int:
    """Return where the level from which a fall came was last reached.

    The search ends where a few bins in a row bring no higher level.
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

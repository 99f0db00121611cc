"""When a series returned, and at which of its bins it was low."""

import statistics
from datetime import datetime, timedelta

from bot.detection.drop_times.levels import (
    BACK_FOR,
    PLATEAU_BINS,
    TraceLevels,
    earlier_by,
    known_before,
    spread_at,
    within_bin,
)
from bot.model.incident import Trace
from bot.model.interval import Interval
from bot.model.signal import Family, Signal

_MOSTLY_BACK = {Family.ACTIVE_PROBING: 0.87, Family.CONTROL_PLANE: 0.9}
_MOSTLY_BACK_ELSE = 0.8
"""From this level on a series may be back.

The baseline of traffic is off by up to a fifth, and a few routes and addresses may stay
away for good."""
_REMAINING = 0.45
"""A series is not back while it lacks more than this share of what it had lost."""
_LOW_AGAIN = 0.7
"""Traffic seldom reads so low by chance."""
LEAST_BACK = 3
"""So many readings show that a series was mostly back; with fewer it was silent."""
_WIDE = timedelta(hours=3)
"""A bin of this length may hold a whole cut."""


def precise_return(
    trace: Trace, signal: Signal, recovered: Interval, fell: datetime
) -> Interval:
    """Return the interval in which a series returned, as precisely as its readings show it.

    A sudden return within the last low bin raises that bin a little: then it happened
    within it, and not after it. A series that is mostly back may be back: then it
    returned between its rise and its first normal bin.

    Args:
        trace: the series, from some hours before the return.
        signal: what is measured.
        recovered: from the end of the last low bin to that of the first normal one.
        fell: the end of the first low bin of this drop; aware, UTC.
    """
    levels, first = trace.levels, signal.bin_of(trace.first)
    last = signal.bin_of(recovered.since) - (not signal.snapshot) - first
    if not 0 < last < len(levels) or levels[last] is None:
        return recovered
    noise = spread_at(trace, last)
    fallen = min(last, max(0, signal.bin_of(fell) - 1 - first))
    low = min(
        _last_clearly_low(levels, last, noise),
        max(low_positions(levels, (fallen, last + 1), signal), default=last),
    )
    low = _before_plateau(levels, low, noise, fallen)
    if low < last:
        # The bins after it may have been normal, but for the noise.
        bin_ = low + first
        since = signal.seen_at(bin_) if signal.snapshot else signal.start_of(bin_)
        return Interval(since, recovered.until)
    before = known_before(levels, last)
    earlier = known_before(levels, before)
    if signal.snapshot or earlier < 0 or before < 0:
        return recovered
    shape = (levels[last] or 0.0, levels[before] or 0.0, levels[earlier] or 0.0)
    return _sudden_return(shape, noise, signal, recovered)


def _sudden_return(
    shape: tuple[float, float, float], noise: float, signal: Signal, recovered: Interval
) -> Interval:
    """Return when a series returned, by the levels of its last three low bins, last first.

    The last low bin rose: within it. It did not: after it. In between, either may be true:
    of a drop of one or two bins it is not known how low it would have been; and where the
    level had risen before, too, a slow return may have ended in either bin. A wide
    bin shows nothing of this.
    """
    level, low, lower = shape
    last = signal.bin_of(recovered.since) - 1
    steady = abs(low - lower) <= noise
    if steady and level <= low + noise and signal.step < _WIDE:
        return earlier_by(recovered, signal, noise / max(noise, 1 - low))
    if not steady or signal.step >= _WIDE or level <= low + 3 * noise:
        return Interval(signal.start_of(last), recovered.until)
    return within_bin(signal, last)


def _last_clearly_low(levels: TraceLevels, position: int, noise: float) -> int:
    """Return the last position up to `position` whose level no noise explains.

    It is `position` itself if none of the few bins before it has such a level, as in a
    shallow drop.
    """
    clear = (
        n
        for n in range(position, max(-1, position - PLATEAU_BINS), -1)
        if (level := levels[n]) is not None and level < 1 - 3 * noise
    )
    return next(clear, position)


def _before_plateau(
    levels: TraceLevels, position: int, noise: float, fallen: int
) -> int:
    """Return the last position up to `position` whose level is below that after it.

    A partial return to just the level that is called low wavers around it.
    """
    after = [v for v in levels[position + 1 :] if v is not None][:PLATEAU_BINS]
    inside = [v for v in levels[fallen : position + 1] if v is not None]
    if not after or not inside:
        return position
    level, least = statistics.median(after), (1 - min(inside)) / 4
    limit = level - min(noise, least)
    while position > fallen and not _is_below(levels[position], limit):
        position -= 1
    return position


def low_positions(
    levels: TraceLevels, within: tuple[int, int], signal: Signal
) -> list[int]:
    """Return the positions in a drop at which the series was not mostly back.

    A level below a third of the way up is low. A level below halfway is low after
    another low one, and any level is if the next ones are as well, so that no single
    noisy reading counts.
    """
    inside = levels[within[0] : within[1]]
    lowest = min((level for level in inside if level is not None), default=None)
    if lowest is None:
        return []
    limit = max(
        _MOSTLY_BACK.get(signal.family, _MOSTLY_BACK_ELSE),
        1 - _REMAINING * (1 - lowest),
    )
    third, halfway = lowest + (1 - lowest) / 3, (1 + lowest) / 2
    low: list[int] = []
    for n in range(within[0], min(within[1], len(levels))):
        level = levels[n]
        if level is None or level >= limit:
            continue
        after_low = bool(low) and low[-1] == known_before(levels, n)
        if level < (halfway if after_low else third) or _median_from(levels, n) < limit:
            low.append(n)
    deep = max(third, _LOW_AGAIN)
    return _without_chance(low, levels, deep, -(-BACK_FOR // signal.step))


def _without_chance(
    low: list[int], levels: TraceLevels, deep: float, apart: int
) -> list[int]:
    """Return low positions without those after a return that are only a little low.

    Args:
        low: the low positions.
        levels: all levels.
        deep: a series is low again only from a bin below this level on.
        apart: so many bins without a low one are a return, if some have readings.
    """
    runs: list[list[int]] = []
    for n in low:
        if runs and not _returned_between(levels, runs[-1][-1], n, apart):
            runs[-1].append(n)
        else:
            runs.append([n])
    again = [
        run[
            next(
                (k for k, n in enumerate(run) if _is_below(levels[n], deep)), len(run)
            ) :
        ]
        for run in runs[1:]
    ]
    return [n for run in (*runs[:1], *again) for n in run]


def _returned_between(levels: TraceLevels, before: int, n: int, apart: int) -> bool:
    """Whether readings between two low ones show that the series was back."""
    readings = [level for level in levels[before + 1 : n] if level is not None]
    return n - before > apart and len(readings) >= min(apart, LEAST_BACK)


def _is_below(level: float | None, limit: float) -> bool:
    return level is not None and level < limit


def _median_from(levels: TraceLevels, position: int) -> float:
    """Return the median of the level at a position and the next two."""
    known_levels = [v for v in levels[position : position + 3] if v is not None]
    return statistics.median(known_levels)

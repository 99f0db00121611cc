"""Helpers for the levels of a trace: the last level, the noise, and times of bins."""

import statistics
from collections.abc import Sequence
from datetime import timedelta

from bot.model.incident import Trace
from bot.model.interval import Interval
from bot.model.signal import Signal

TraceLevels = Sequence[float | None]
"""The level of each bin of a trace; None where it is not known."""
_FIVE_MINUTES = timedelta(minutes=5)
_LEAST_NOISE = 0.005
"""The least noise that is assumed, as a share of the baseline."""
BACK_FOR = timedelta(hours=3)
"""How long a series must be mostly back, or silent, to divide a drop in two."""
PLATEAU_BINS = 4
"""How many bins in a row show a steady level before a fall or after a return."""


def last_known_before(levels: TraceLevels, position: int) -> int:
    """Return the position of the last level before `position` that is not None.

    If there is no such level, the result is `position - 1`, which may be negative.
    """
    positions = (
        n
        for n in range(min(position, len(levels)) - 1, -1, -1)
        if levels[n] is not None
    )
    return next(positions, position - 1)


def spread_at(trace: Trace, position: int) -> float:
    """Return the spread at a bin as a share of the baseline; 0.01 if not known."""
    spread, expected = trace.spread[position], trace.expected[position]
    return spread / expected if spread and expected else 0.01


def local_noise(levels: TraceLevels, position: int) -> float:
    """Return the standard deviation of the last few levels up to `position`.

    The result is at least `_LEAST_NOISE`.
    """
    recent = levels[max(0, position - 2 * PLATEAU_BINS) : position + 1]
    known_levels = [level for level in recent if level is not None]
    if not known_levels:
        return _LEAST_NOISE
    return max(_LEAST_NOISE, statistics.pstdev(known_levels))


def interval_of_bin(signal: Signal, index: int) -> Interval:
    """Return the interval of bin `index`: from the start of the bin to its end."""
    return Interval(signal.start_of(index), signal.start_of(index + 1))


def with_earlier_start(change: Interval, signal: Signal, share: float) -> Interval:
    """Return the interval with its start moved earlier by a share of a bin.

    A change may begin in the bin before the one in which it shows: if it begins late in
    a bin, it moves the mean of this bin by less than the noise. A snapshot describes an
    instant and has no mean, so for a snapshot `change` is unchanged.

    Args:
        change: the interval in which a change shows, between two bins.
        signal: the signal of the series.
        share: how much earlier, in bins, at most 1; the time is rounded to five
            minutes.
    """
    if signal.snapshot:
        return change
    unseen = round(min(1.0, share) * signal.step / _FIVE_MINUTES) * _FIVE_MINUTES
    return Interval(change.since - unseen, change.until)

"""The levels of a trace, and which of them noise explains."""

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
"""As a share of the baseline."""
BACK_FOR = timedelta(hours=3)
"""For so long a series must be mostly back, or silent, between two parts of a drop."""
PLATEAU_BINS = 4
"""So many bins in a row without a higher level are the level before a fall."""


def known_before(levels: TraceLevels, position: int) -> int:
    """Return the position of the last known level before `position`."""
    positions = (
        n
        for n in range(min(position, len(levels)) - 1, -1, -1)
        if levels[n] is not None
    )
    # Without one, the bin before is the least that can be said.
    return next(positions, position - 1)


def spread_at(trace: Trace, position: int) -> float:
    """Return the spread at a bin as a share of the baseline."""
    spread, expected = trace.spread[position], trace.expected[position]
    return spread / expected if spread and expected else 0.01


def local_noise(levels: TraceLevels, position: int) -> float:
    """Return how much the last levels up to `position` vary, as a standard deviation."""
    recent = levels[max(0, position - 2 * PLATEAU_BINS) : position + 1]
    known_levels = [level for level in recent if level is not None]
    if not known_levels:
        return _LEAST_NOISE
    return max(_LEAST_NOISE, statistics.pstdev(known_levels))


def within_bin(signal: Signal, index: int) -> Interval:
    """Return the whole of a bin, for what happened within it."""
    return Interval(signal.start_of(index), signal.start_of(index + 1))


def earlier_by(when: Interval, signal: Signal, share: float) -> Interval:
    """Return an interval that begins earlier by a share of a bin, to five minutes.

    What changes so late in a bin that it moves the bin's mean by less than the noise
    does not show. A snapshot has no bin before it.

    Args:
        when: the interval between two bins.
        signal: what is measured.
        share: of a bin, 0 to 1.
    """
    if signal.snapshot:
        return when
    unseen = round(min(1.0, share) * signal.step / _FIVE_MINUTES) * _FIVE_MINUTES
    return Interval(when.since - unseen, when.until)

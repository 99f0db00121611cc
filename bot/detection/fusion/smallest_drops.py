"""The smallest drop of a whole place that the rules could notice in one of its series.

This is what a drop must have at least, so it promises nothing: also a larger drop may go
unnoticed, for example in a source that is not believed, or if an artefact check fails.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.detection.fusion.corroboration import LONE_TRAFFIC, TOGETHER
from bot.detection.thresholds import LEAST_BASELINE, Thresholds
from bot.model.incident import Trace
from bot.model.signal import STRONG_FAMILIES, Family, Signal

SHALLOW_TIME = TOGETHER
"""How long traffic and another family must be in a shallow drop together."""
_SUSTAINED = 2
"""How many low bins make a drop sustained (`Finding.sustained`)."""


@dataclass(frozen=True, slots=True)
class LeastDrop:
    """What a drop must have at least to count.

    Attributes:
        least, most: how far below the baseline, as a share of it, in the bins with the
            smallest and the largest spread. At least 1 means: no reading is so low.
        bins: how many low bins it takes.
        span: the time that these bins cover.
    """

    least: float
    most: float
    bins: int
    span: timedelta


@dataclass(frozen=True, slots=True)
class SmallestDrops:
    """The smallest drops of one series of a place.

    Attributes:
        joint: what counts if another family is in a drop too.
        alone: what can open an incident without another family; None if nothing can.

    Smaller drops count too if traffic and another family are in a shallow drop together
    for `SHALLOW_TIME`.
    """

    joint: LeastDrop
    alone: LeastDrop | None


def smallest_drops(
    signal: Signal, trace: Trace, thresholds: Thresholds
) -> SmallestDrops | None:
    """Return the smallest drops of a series, from the spread of its baseline.

    A bin is low if it is below the limit of its signal, and by several spreads below its
    baseline (see `kernel.assessment`). The result is None if no bin has a baseline with a
    spread.

    Args:
        signal: the signal of the series.
        trace: the baseline and its spread in some bins.
        thresholds: the thresholds in force.
    """
    spreads = _relative_spreads(signal, trace)
    if not spreads:
        return None
    limit = 1 - thresholds.limit_of(signal).on
    bins = thresholds.low_bins_to_open(signal)
    spread = spreads[0] * thresholds.spreads, spreads[-1] * thresholds.spreads
    joint = _least_drop(signal, limit, spread, bins)
    if signal.family not in STRONG_FAMILIES:
        return SmallestDrops(joint, None)
    if signal.family is Family.TRAFFIC:
        limit = max(limit, 1 - LONE_TRAFFIC)
    return SmallestDrops(
        joint, _least_drop(signal, limit, spread, max(bins, _SUSTAINED))
    )


def _relative_spreads(signal: Signal, trace: Trace) -> Sequence[float]:
    """Return the spread of each bin as a share of its baseline, smallest first.

    A baseline that is too small to be assessed has an infinite spread.
    """
    least = max(signal.minimum, LEAST_BASELINE)
    pairs = zip(trace.expected, trace.spread, strict=True)
    return sorted(
        spread / expected if expected >= least else float("inf")
        for expected, spread in pairs
        if expected is not None and spread is not None
    )


def _least_drop(
    signal: Signal, limit: float, spread: tuple[float, float], bins: int
) -> LeastDrop:
    least, most = (max(limit, share) for share in spread)
    return LeastDrop(least, most, bins, bins * signal.step)

"""Computes the spread of a bin's samples around the baseline, after removing the trend."""

import math

from bot.compilation import compiled, compiled_inline
from bot.detection.kernel.baselines import (
    DAILY,
    DAYS,
    WEEKLY,
    WEEKS,
    Samples,
    column_ago,
    larger,
    sample_at,
    sort_and_median,
)
from bot.detection.kernel.inputs import KernelInputs, SignalParams

_MAD_TO_SIGMA = 1.4826


@compiled
def spread(
    inputs: KernelInputs,
    bin_: tuple[int, int],
    baseline: tuple[float, int, int],
    lift: float,
    params: SignalParams,
    samples: Samples,
) -> float:
    """Return the spread of the samples about the baseline; the samples are overwritten.

    The samples include neighbouring bins, whose readings differ by the trend: the usual
    change from bin to bin at this time of day. In a steep morning rise, the trend alone
    would make the spread so large that not even a reading of zero would be low. So the
    trend is removed first.

    Args:
        inputs: the readings.
        bin_: the number of the series, and the column.
        baseline: the result of `baseline_from_samples` for this bin.
        lift: the value that was passed to `baseline_from_samples`.
        params: the parameters of the signal.
        samples: the samples, as `baseline_from_samples` left them.
    """
    level, method, count = baseline
    if method == WEEKLY:
        count = _residuals(inputs, bin_, params.week, (level, lift), params, samples)
    elif method == DAILY:
        count = _residuals(inputs, bin_, params.day, (level, 1.0), params, samples)
    else:
        for n in range(count):
            samples[n] = abs(samples[n] - level)
    deviation = _MAD_TO_SIGMA * sort_and_median(samples, count)
    measured = larger(deviation, params.floor * level)
    # Counts vary by chance: their spread is at least their square root (Poisson).
    return larger(measured, math.sqrt(abs(level))) if params.poisson else measured


@compiled_inline
def _residuals(
    inputs: KernelInputs,
    bin_: tuple[int, int],
    period: int,
    scale: tuple[float, float],
    params: SignalParams,
    samples: Samples,
) -> int:
    """Replace each sample by its distance from the baseline, with the trend removed.

    Returns:
        How many samples there are.
    """
    (row, column), (level, lift) = bin_, scale
    trend, count = _trend(inputs, bin_, period, params, samples), 0
    for k in range(1, (WEEKS if period == params.week else DAYS) + 1):
        nearest = column_ago(inputs, row, column, k * period, params)
        for near in range(nearest - params.pool, nearest + params.pool + 1):
            value = sample_at(inputs, row, near)
            if not math.isnan(value):
                samples[count] = abs(lift * (value - trend * (near - nearest)) - level)
                count += 1
    return count


@compiled_inline
def _trend(
    inputs: KernelInputs,
    bin_: tuple[int, int],
    period: int,
    params: SignalParams,
    samples: Samples,
) -> float:
    """Return the median change from bin to bin at this time of past days or weeks."""
    (row, column), count = bin_, 0
    # If `params.pool` is 0, a rise is the difference of a sample from itself, so each
    # rise and the trend are zero. The rise is divided by the width, so the width must
    # not be zero.
    width = larger(1, 2 * params.pool)
    for k in range(1, (WEEKS if period == params.week else DAYS) + 1):
        nearest = column_ago(inputs, row, column, k * period, params)
        rise = sample_at(inputs, row, nearest + params.pool) - sample_at(
            inputs, row, nearest - params.pool
        )
        if not math.isnan(rise):
            samples[count] = rise / width
            count += 1
    return sort_and_median(samples, count) if count > 0 else 0.0

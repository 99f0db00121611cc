"""Counts samples to find readings that are not low, without computing a baseline.

For example, let a drop begin below 80 %. The reading is compared with 80 % of each
sample, and the samples that it reaches are counted. If they are more than half, the
reading is at least 80 % of the median of all samples, which is the baseline. Counting
needs no sorting, and handles hours of a series at once. For nearly all readings,
counting is enough.
"""

import math
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.compilation import compiled, compiled_inline
from bot.detection.kernel.baselines import (
    DAYS,
    WEEKS,
    column_ago,
    larger,
    sample_at,
    smaller,
)
from bot.detection.kernel.inputs import (
    KernelInputs,
    Numbers,
    SignalParams,
    Span,
    Values,
)

Codes = npt.NDArray[np.int8]


class PrefilterCode(IntEnum):
    """What the prefilter, which only counts samples, shows about a reading."""

    UNDECIDED = 0
    """The reading may be low; only the baseline can decide."""
    NORMAL = 1
    """The reading is not low."""
    WEAK = 2
    """The reading is not low, but so weak that its source may be unhealthy."""
    TOO_SMALL = 3
    """The baseline is too small to assess the reading."""
    NO_BASELINE = 4
    """The history is too short for a baseline."""


UNDECIDED = PrefilterCode.UNDECIDED.value
NORMAL = PrefilterCode.NORMAL.value
WEAK = PrefilterCode.WEAK.value
TOO_SMALL = PrefilterCode.TOO_SMALL.value
NO_BASELINE = PrefilterCode.NO_BASELINE.value


class PrefilterScratch(NamedTuple):
    """Memory that `prefilter` writes to, for as many columns as it handles at once.

    Attributes:
        past: the samples; shape (periods, columns and their neighbours). A period is a
            week or a day, or for a flat baseline an hour.
        tally: shape (3, columns): three counts for each reading: its known samples; the
            samples against which it is not low; and those against which it is not weak
            (see `_count_samples`).
        codes: the result: a `PrefilterCode` for each column.
    """

    past: Values
    tally: Numbers
    codes: Codes


def allocate_prefilter_scratch(columns: int, params: SignalParams) -> PrefilterScratch:
    """Allocate the memory to prefilter up to `columns` columns at once."""
    past = _max_periods(params), columns + 2 * params.pool
    return PrefilterScratch(
        past=np.empty(past, dtype=np.float32),
        tally=np.empty((3, columns), dtype=np.int32),
        codes=np.empty(columns, dtype=np.int8),
    )


def _max_periods(params: SignalParams) -> int:
    """Return how many periods can have samples: seven days, or the hours of three days.

    Only a flat signal has samples from hours, and only if its history is shorter than
    three days. The `young` newest bins are not among them.
    """
    if not params.flat:
        return DAYS
    return max(DAYS, (3 * params.day - params.young) // params.hour)


@compiled
def prefilter(
    inputs: KernelInputs,
    row: int,
    span: Span,
    lift: float,
    params: SignalParams,
    space: PrefilterScratch,
) -> None:
    """Write the `PrefilterCode` of each column of a span to `space.codes`.

    If enough samples are known (see `_count_samples`), and a reading is high enough
    compared with more than half of them, it is not low compared with the baseline. The test
    whether a reading is weak works in the same way, with the limit `params.ill_level`.

    Args:
        inputs: the readings.
        row: the number of the series.
        span: the columns, at most `SignalParams.young` of them and within one day, so
            that none of them is a sample of another.
        lift: the factor that corrects a weekly baseline.
        params: the parameters of the signal.
        space: memory for samples and counts, and for the result.
    """
    first, until = span
    # A history of less than three days is too short for a daily or a weekly baseline.
    # An hour is added, because a clock change may move the samples by an hour.
    early = until + params.pool + params.hour < 3 * params.day
    if early and not params.flat:
        for n in range(until - first):
            space.codes[n] = NO_BASELINE
        return
    if early:
        shape, few = _gather_hours(inputs, row, span, params, space)
    else:
        shape, few = _gather_periods(inputs, row, span, params, space)
    # Weekly baselines are corrected by `lift`, as in `baselines.baseline_from_samples`.
    # The limits are adjusted to `lift`, instead of each sample.
    weekly = until + params.pool >= 2 * params.week
    factor = lift if weekly else 1.0
    # The array is indexed in two steps, so that numba knows that the slice is
    # contiguous.
    now = inputs.values[inputs.rows[row]][first:until]
    shares = np.float32(params.on * factor), np.float32(params.ill_level * factor)
    smallest = np.float32(params.minimum / factor)
    _count_samples(now, shape, shares, smallest, space)
    for n in range(until - first):
        space.codes[n] = _prefilter_code(space, n, few, now[n])
        if space.codes[n] == UNDECIDED and _is_too_small(
            space.past, shape, n, smallest
        ):
            space.codes[n] = TOO_SMALL


@compiled_inline
def _gather_periods(
    inputs: KernelInputs,
    row: int,
    span: Span,
    params: SignalParams,
    space: PrefilterScratch,
) -> tuple[tuple[int, int], int]:
    """Collect samples of past weeks, or of past days if no second week is known yet.

    The samples are written to `space.past`.

    Returns:
        The number of periods and the number of samples in each period; and a limit:
        more known samples than this are surely enough for a baseline.
    """
    (first, until), width = span, 2 * params.pool + 1
    # A baseline needs samples from at least three days, or from at least two weeks. Two
    # days, or one week, have at most `few * width` samples. So more samples than this
    # come from enough days or weeks for a baseline.
    daily = until + params.pool < 2 * params.week
    period, periods, few = (params.day, DAYS, 2) if daily else (params.week, WEEKS, 1)
    values, masks = (
        inputs.values[inputs.rows[row]],
        (inputs.since[row], inputs.until[row]),
    )
    begin, end = first - params.pool, until - 1 + params.pool
    for k in range(periods):
        past = space.past[k][: until - first + width - 1]
        then = column_ago(inputs, row, begin, (k + 1) * period, params)
        if then - begin == column_ago(inputs, row, end, (k + 1) * period, params) - end:
            _copy_unmasked(values, masks, inputs.first, then, past)
        else:
            # The clocks changed within the span, so each bin has its own offset.
            for n in range(len(past)):
                then = column_ago(inputs, row, begin + n, (k + 1) * period, params)
                past[n] = sample_at(inputs, row, then)
    return (periods, width), few * width


@compiled_inline
def _gather_hours(
    inputs: KernelInputs,
    row: int,
    span: Span,
    params: SignalParams,
    space: PrefilterScratch,
) -> tuple[tuple[int, int], int]:
    """Collect one sample per hour, as for a flat baseline.

    The samples are written to `space.past`.

    Returns:
        The pair (number of hours, samples in each hour: always 1), and a limit: a
        baseline needs more known samples than this.
    """
    first, until = span
    hours = (until - 1 - params.young) // params.hour + 1
    hours = larger(1, smaller(len(space.past), hours))
    values, masks = (
        inputs.values[inputs.rows[row]],
        (inputs.since[row], inputs.until[row]),
    )
    for k in range(hours):
        past = space.past[k][: until - first]
        begin = first - params.young - k * params.hour
        _copy_unmasked(values, masks, inputs.first, begin, past)
    return (hours, 1), larger(4, params.day // params.hour // 2) - 1


@compiled_inline
def _prefilter_code(space: PrefilterScratch, n: int, few: int, value: float) -> int:
    samples = space.tally[0, n]
    not_low, not_weak = space.tally[1, n], space.tally[2, n]
    if math.isnan(value) or samples <= few or 2 * not_low <= samples:
        return UNDECIDED
    return WEAK if 2 * not_weak <= samples else NORMAL


@compiled_inline
def _is_too_small(
    past: Values, shape: tuple[int, int], first_sample: int, smallest: np.float32
) -> bool:
    """Whether more than half of a reading's samples are below `smallest`.

    Missing samples count as samples that are not below it.

    Args:
        past: see `PrefilterScratch`.
        shape: the number of periods, and of samples in each.
        first_sample: the position of the reading's first sample in each period.
        smallest: the least baseline that can be assessed.
    """
    small = 0
    for k in range(shape[0]):
        for n in range(first_sample, first_sample + shape[1]):
            small += past[k, n] < smallest
    return 2 * small > shape[0] * shape[1]


@compiled
def _copy_unmasked(
    values: Values,
    masks: tuple[Numbers, Numbers],
    first_bin: int,
    begin: int,
    past: Values,
) -> None:
    """Fill `past` with the readings that begin at column `begin`.

    Bins that are masked or lie outside the panel become NaN.

    Args:
        values: the readings of the series.
        masks: the starts and ends of its masked spans.
        first_bin: the number of the bin in column 0.
        begin: the column of the first reading to copy.
        past: receives the readings.
    """
    first, until = larger(0, -begin), smaller(len(past), len(values) - begin)
    for n in range(len(past)):
        past[n] = np.nan
    for n in range(first, until):
        past[n] = values[begin + n]
    for mask in range(len(masks[1])):
        since, end = masks[0][mask] - first_bin, masks[1][mask] - first_bin
        if masks[1][mask] == 0:
            break
        for n in range(larger(0, since - begin), smaller(len(past), end - begin)):
            past[n] = np.nan


@compiled_inline
def _count_samples(
    now: Values,
    shape: tuple[int, int],
    shares: tuple[np.float32, np.float32],
    smallest: np.float32,
    space: PrefilterScratch,
) -> None:
    """Make three counts of samples for each reading.

    They are: all known samples, the samples against which the reading is not low, and the
    samples against which it is not weak.

    A reading is low against a sample if it is below `shares[0]` times the sample. It is
    weak if it is below `shares[1]` times the sample. The counts are written to
    `space.tally`.

    Args:
        now: the readings.
        shape: the number of periods, and of samples in each.
        shares: the two shares.
        smallest: the least sample that can be assessed; a smaller sample counts only as
            known.
        space: has the samples, and receives the counts.
    """
    past = space.past
    for n in range(len(now)):
        for kind in range(3):
            space.tally[kind, n] = 0
    samples, not_low, not_weak = space.tally[0], space.tally[1], space.tally[2]
    for k in range(shape[0]):
        for near in range(shape[1]):
            # The innermost loop runs over the columns, so that it is vectorised.
            for n in range(len(now)):
                then = past[k, near + n]
                samples[n] += then == then  # noqa: PLR0124 - the fast "is not NaN"
                assessable = then >= smallest
                not_low[n] += assessable & (shares[0] * then <= now[n])
                not_weak[n] += assessable & (shares[1] * then <= now[n])


@compiled_inline
def prefetch_samples(
    inputs: KernelInputs, rows: Span, column: int, params: SignalParams
) -> float:
    """Read samples of many rows at once, so that they are in the processor's cache.

    One sample of this week and of each past week is read from each row. These reads do
    not depend on each other, so the processor makes them at the same time. Without
    this, `prefilter` would wait for each read in turn.

    Returns:
        The sum of the samples, so that the compiler keeps the reads.
    """
    total = 0.0
    for row in range(rows[0], rows[1]):
        source = inputs.rows[row]
        for k in range(WEEKS + 1):
            then = column - params.pool - k * params.week
            if 0 <= then < inputs.values.shape[1]:
                total += inputs.values[source, then]
    return total

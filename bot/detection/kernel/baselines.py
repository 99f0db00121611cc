"""The baseline of a bin and its spread: the same local time of the week, in past weeks.

The samples of a bin are the readings 1, 2, 3 and 4 weeks earlier by local time, each
together with its neighbours within an hour. The baseline is the median of the samples.
The spread is 1.4826 times their median absolute deviation; for normally distributed
noise this equals the standard deviation. This is the weekly method. If fewer than two
of these weeks have samples, the first of the following methods that has enough samples
is used:

- daily: the same time on the past seven days, if at least three days have samples;
- flat: for signals without a strong daily cycle, one bin per hour of the last week;
- thin: the same time in a single past week; this is used late in a long outage;
- kept: a baseline from before the drop, for a drop so long that the other methods have
  no samples (see `baseline_to_keep` and `keep_hourly_baselines`).

A weekly or thin baseline is multiplied by `StateRow.lift`: the ratio of the last normal
day to the same day in past weeks. No reading younger than half a day is a sample.

The method is that of seasonal medians, as in the IODA and Trinocular literature.
"""

import math
from enum import IntEnum
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from bot.compilation import compiled, compiled_inline
from bot.detection.kernel.columns import HOURS
from bot.detection.kernel.inputs import KernelInputs, SignalParams

WEEKS = 4
DAYS = 7


class BaselineMethodCode(IntEnum):
    """How a baseline was computed."""

    NONE = 0
    FLAT = 1
    DAILY = 2
    WEEKLY = 3
    THIN = 4
    KEPT = 5


FLAT = BaselineMethodCode.FLAT.value
DAILY = BaselineMethodCode.DAILY.value
WEEKLY = BaselineMethodCode.WEEKLY.value
THIN = BaselineMethodCode.THIN.value
KEPT = BaselineMethodCode.KEPT.value

METHODS = ("none", "flat", "daily", "weekly", "thin", "kept")
"""The published name of each `BaselineMethodCode`."""
MAX_SAMPLES = 400
"""The space for the samples of one baseline; none has more than 168."""
_BUSY = 0.9
"""The quantile of a week's hourly readings that is kept as baseline for a long drop.

Only signals with a strong daily cycle use it, and only for the hours of the week for
which `keep_hourly_baselines` kept nothing. The quantile is high, so that it is the
reading of a busy hour. With the median, a busy hour of the outage could read normal.
"""
_A_DAY_OF_HOURS = 24
_SORTED_AT_ONCE = 40
"""The most samples for which a plain insertion sort is fastest."""
Number = TypeVar("Number", int, float)
Samples = npt.NDArray[np.float64]
Columns = npt.NDArray[np.int64]


@compiled
def larger(a: Number, b: Number) -> Number:
    """Return the larger of two numbers of one type; compiles faster than `max`."""
    return b if b > a else a  # noqa: FURB136


@compiled
def smaller(a: Number, b: Number) -> Number:
    """Return the smaller of two numbers of one type; compiles faster than `min`."""
    return b if b < a else a  # noqa: FURB136


@compiled
def sample_at(inputs: KernelInputs, row: int, column: int) -> float:
    """Return the reading in a column; NaN if missing, masked or outside the panel."""
    if column < 0 or column >= inputs.values.shape[1]:
        return np.nan
    index = inputs.first + column
    for n in range(inputs.since.shape[1]):
        # A row has its masked spans first, then zeros. So the first zero ends the spans.
        if inputs.until[row, n] == 0:
            break
        if inputs.since[row, n] <= index < inputs.until[row, n]:
            return np.nan
    return float(inputs.values[inputs.rows[row], column])


@compiled
def column_ago(
    inputs: KernelInputs, row: int, column: int, bins: int, params: SignalParams
) -> int:
    """Return the column that lies `bins` bins before `column` in local time (P9)."""
    zone = inputs.zone[row]
    # The offset of most zones does not change; for these, no look-up is needed.
    if not inputs.moves[zone]:
        return column - bins
    now, then = (
        _offset_column(inputs, column, params),
        _offset_column(inputs, column - bins, params),
    )
    moved = np.int64(inputs.east[zone, now]) - np.int64(inputs.east[zone, then])
    return column - bins + moved  # type: ignore[return-value]  # numba: int64


@compiled_inline
def _offset_column(inputs: KernelInputs, column: int, params: SignalParams) -> int:
    """Return a bin's column in `inputs.east` (UTC offsets), or the nearest existing."""
    hour = ((inputs.first + column) * params.step_s + params.phase_s) // 3600
    # mypy does not know the type of numpy's shape.
    return larger(0, smaller(hour - inputs.hour, inputs.east.shape[1] - 1))  # type: ignore[no-any-return]


@compiled
def sort_and_median(samples: Samples, count: int) -> float:
    """Return the median of the first `count` samples, and sort these in place.

    The function has its own Shellsort, because numpy's sort takes seconds to compile.
    """
    gap = 1
    while count > _SORTED_AT_ONCE and 9 * gap < count:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(gap, count):
            value, place = samples[i], i
            while place >= gap and samples[place - gap] > value:
                samples[place] = samples[place - gap]
                place -= gap
            samples[place] = value
        gap //= 3
    return float((samples[(count - 1) // 2] + samples[count // 2]) / 2)


@compiled
def _collect_past_periods(
    inputs: KernelInputs,
    row: int,
    column: int,
    period: int,
    params: SignalParams,
    samples: Samples,
) -> tuple[int, int]:
    """Write samples of past weeks or days to `samples`.

    `period` is the number of bins in a week or in a day.

    Returns:
        How many samples there are, and how many weeks or days have at least one.
    """
    periods = WEEKS if period == params.week else DAYS
    count, used = 0, 0
    for k in range(1, periods + 1):
        # If this sum is negative, these samples and all older ones lie before the first
        # column, even if a clock change moves them (by less than a day).
        if column - k * period + params.pool + params.day < 0:
            break
        nearest, before = column_ago(inputs, row, column, k * period, params), count
        for near in range(nearest - params.pool, nearest + params.pool + 1):
            value = sample_at(inputs, row, near)
            if not math.isnan(value):
                samples[count] = value
                count += 1
        if count > before:
            used += 1
    return count, used


@compiled_inline
def _collect_past_hours(
    inputs: KernelInputs,
    row: int,
    column: int,
    params: SignalParams,
    samples: Samples,
) -> int:
    """Write one sample per hour from half a day to a week ago; return their number."""
    count = 0
    for past in range(column - params.young, column - params.week, -params.hour):
        value = sample_at(inputs, row, past)
        if not math.isnan(value):
            samples[count] = value
            count += 1
    return count


@compiled_inline
def baseline_to_keep(
    inputs: KernelInputs,
    row: int,
    column: int,
    params: SignalParams,
    samples: Samples,
) -> float:
    """Return the baseline to keep for a drop that may outlast the history.

    It is computed from one reading per hour of the last week, without masked bins. For
    signals without a strong daily cycle, the result is the median of these readings.
    For other signals, it is the reading of a busy hour (see `_BUSY`). The result is NaN
    if there are fewer than 24 such readings.
    """
    count = _collect_past_hours(inputs, row, column, params, samples)
    if count < _A_DAY_OF_HOURS:
        return np.nan
    median = sort_and_median(samples, count)
    return median if params.flat else float(samples[np.int64(_BUSY * (count - 1))])


@compiled
def _local_seconds(
    inputs: KernelInputs, row: int, column: int, params: SignalParams
) -> int:
    """Return when a bin begins by local time, in seconds since 1970 (P9)."""
    east = np.int64(
        inputs.east[inputs.zone[row], _offset_column(inputs, column, params)]
    )
    local = inputs.first + column + east
    return local * params.step_s + params.phase_s  # type: ignore[return-value]  # numba: int64


@compiled
def keep_hourly_baselines(
    inputs: KernelInputs,
    row: int,
    column: int,
    lift: float,
    params: SignalParams,
    samples: Samples,
) -> None:
    """Keep the baseline of each hour of the week before `column`, for a long drop.

    The baseline of an hour is `lift` times the median of the readings around this hour
    in that week, as in the "thin" method. It is NaN if there is no such reading. The
    baselines are written to `inputs.hours`. For signals without a strong daily cycle,
    nothing is written: the result of `baseline_to_keep` is used for all hours.
    """
    if params.flat:
        return
    for hour in range(HOURS):
        inputs.hours[row, hour] = np.nan
    first = column - params.week
    # Move `first` to the last bin that begins at or before the next full hour.
    first += -_local_seconds(inputs, row, first, params) % 3600 // params.step_s
    for nearest in range(first, first + params.week, params.hour):
        count = 0
        for near in range(nearest - params.pool, nearest + params.pool + 1):
            value = sample_at(inputs, row, near)
            if not math.isnan(value):
                samples[count] = value
                count += 1
        if count > 0:
            hour = _local_seconds(inputs, row, nearest, params) // 3600 % HOURS
            inputs.hours[row, hour] = lift * sort_and_median(samples, count)


@compiled
def kept_baseline(
    inputs: KernelInputs, row: int, column: int, kept: float, params: SignalParams
) -> float:
    """Return the baseline of a bin, from the kept baselines of the time before a drop.

    The result is interpolated between the kept baselines of the bin's hour and of the next
    hour. It is the argument `kept` if no baseline was kept for the bin's hour, or if the
    signal has no strong daily cycle.
    """
    if params.flat:
        return kept
    seconds = _local_seconds(inputs, row, column, params)
    before = float(inputs.hours[row, seconds // 3600 % HOURS])
    after = float(inputs.hours[row, (seconds // 3600 + 1) % HOURS])
    if math.isnan(before):
        return kept
    share = seconds % 3600 / 3600
    return before if math.isnan(after) else before + share * (after - before)


@compiled
def baseline_from_samples(
    inputs: KernelInputs,
    row: int,
    column: int,
    lift: float,
    params: SignalParams,
    samples: Samples,
) -> tuple[float, int, int]:
    """Return the baseline of a series in a column; leave its samples in `samples`.

    The samples are sorted, and multiplied by `lift` if the baseline is weekly or thin.

    Returns:
        The baseline, its `BaselineMethodCode`, and the number of its samples; NaN, 0
        and 0 if there is no baseline.
    """
    method = WEEKLY
    count, weeks = _collect_past_periods(
        inputs, row, column, params.week, params, samples
    )
    if weeks < 2:
        method = DAILY
        count, days = _collect_past_periods(
            inputs, row, column, params.day, params, samples
        )
        if days < 3:
            method, count = FLAT, 0
            if params.flat:
                count = _collect_past_hours(inputs, row, column, params, samples)
            # A flat baseline needs at least half a day of hourly readings.
            if count < larger(4, params.day // params.hour // 2):
                method = THIN
                count, weeks = _collect_past_periods(
                    inputs, row, column, params.week, params, samples
                )
    if count == 0:
        return np.nan, 0, 0
    # Only WEEKLY and THIN samples are corrected by `lift`. The other methods use
    # readings of the last week, which show the present level already.
    if method in (WEEKLY, THIN):
        for n in range(count):
            samples[n] *= lift
    return sort_and_median(samples, count), method, count


@compiled
def _median_of_day(
    inputs: KernelInputs, row: int, column: int, params: SignalParams, samples: Samples
) -> float:
    """Return the median reading of the day that ends before a column.

    One bin every three hours is used, as in `day_ratio`.
    """
    count, stride = 0, larger(1, smaller(3 * params.hour, params.day // 4))
    for near in range(column - params.day, column, stride):
        value = sample_at(inputs, row, near)
        if not math.isnan(value):
            samples[count] = value
            count += 1
    return sort_and_median(samples, count)


@compiled_inline
def day_ratio(
    inputs: KernelInputs,
    row: int,
    column: int,
    params: SignalParams,
    samples: Samples,
) -> float:
    """Return the ratio of the last day's readings to those of this day in past weeks.

    The last day ends before the column; one bin every three hours is used. For a signal
    with a strong daily cycle, each reading is divided by the readings of the same bin
    in past weeks, and the result is the median of these ratios. (The median of the
    readings themselves would be unsteady: it lies between the day's high and its low,
    where readings change fastest.) For other signals, the median of the last day's
    readings is divided by the median of the readings of the same bins in past weeks.
    The result is NaN if too few bins have readings.
    """
    today, count, stride = 0, 0, larger(1, smaller(3 * params.hour, params.day // 4))
    for near in range(column - params.day, column, stride):
        value = sample_at(inputs, row, near)
        if math.isnan(value):
            continue
        today += 1
        for k in range(1, WEEKS + 1):
            then = column_ago(inputs, row, near, k * params.week, params)
            before = sample_at(inputs, row, then)
            if not math.isnan(before) and before > 0:
                samples[count] = before if params.flat else value / before
                count += 1
    enough = 4 * today * stride >= 3 * params.day
    if not enough or 2 * count * stride < WEEKS * params.day:
        return np.nan
    typical = sort_and_median(samples, count)
    return (
        _median_of_day(inputs, row, column, params, samples) / typical
        if params.flat
        else typical
    )

"""A second baseline for traffic, from the past days that are most similar to today.

Traffic varies with holidays, school terms and months of fasting. A baseline from the
same time of the week does not show this. So a reading of a series in no drop counts as
low only if it is also low compared with the readings at the same time of six earlier days.
If fewer days can be compared, the baseline alone decides. These six are those of the past
28 days that are most similar to today. Days are compared by 24 hours, which end before the
present low readings begin. The measure of similarity is the mean absolute difference of
one reading per hour. The numbers six and 28 are Cloudflare Radar's published choice.
"""

import math

import numpy as np

from bot.compilation import compiled, compiled_inline
from bot.detection.kernel.baselines import (
    Samples,
    column_ago,
    sample_at,
    sort_and_median,
)
from bot.detection.kernel.inputs import KernelInputs, SignalParams

DAYS = 28
ALIKE = 6


@compiled_inline
def _distance(
    inputs: KernelInputs, row: int, until: int, days: int, params: SignalParams
) -> float:
    """Return the mean absolute difference between the readings of two days.

    The first day ends before column `until`; the second day lies `days` days earlier.
    The result is infinite if too few bins have readings in both days.
    """
    total, count = 0.0, 0
    # Only one bin per hour is compared: it is faster, and enough to compare two days.
    first = until - params.hour
    for column in range(first, first - params.day, -params.hour):
        now = sample_at(inputs, row, column)
        then = sample_at(
            inputs, row, column_ago(inputs, row, column, days * params.day, params)
        )
        if not (math.isnan(now) or math.isnan(then)):
            total += abs(now - then)
            count += 1
    # A day with few readings could look similar by chance, so it is never chosen.
    enough = 4 * count >= 3 * (params.day // params.hour)
    return total / count if enough else np.inf


@compiled_inline
def _nearest(distances: Samples) -> int:
    """Return the index of the least distance.

    numpy's sort is not used, because it takes seconds to compile.
    """
    nearest = 0
    for day in range(1, len(distances)):
        if distances[day] < distances[nearest]:
            nearest = day
    return nearest


@compiled
def expected_on_similar_days(
    inputs: KernelInputs,
    row: int,
    column: int,
    until: int,
    params: SignalParams,
    samples: Samples,
) -> float:
    """Return the median reading at this time on the days most similar to today.

    Args:
        inputs: the readings.
        row: the number of the series.
        column: the column of the bin whose reading is expected.
        until: the column at which the present low readings begin. Days are compared by
            the 24 hours before this column.
        params: the parameters of the signal.
        samples: memory for intermediate results.

    Returns:
        The median; NaN if fewer than `ALIKE` days can be compared.
    """
    # The samples of six days fill `samples` from the front. So its end is free for the
    # distances.
    distances = samples[len(samples) - DAYS :]
    for days in range(1, DAYS + 1):
        distances[days - 1] = _distance(inputs, row, until, days, params)
    count = 0
    for _ in range(ALIKE):
        day = _nearest(distances)
        if math.isinf(distances[day]):
            return np.nan
        distances[day] = np.inf
        then = column_ago(inputs, row, column, (day + 1) * params.day, params)
        for near in range(then - params.pool, then + params.pool + 1):
            value = sample_at(inputs, row, near)
            if not math.isnan(value):
                samples[count] = value
                count += 1
    return sort_and_median(samples, count) if count > 0 else np.nan

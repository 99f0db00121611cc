"""A second baseline for traffic: the days most similar to today.

Traffic varies with holidays, school terms and months of fasting, which the time of the
week does not show. Before a reading counts as low, it is compared with the readings at
the same time on six of the past 28 days. These are the days on which the 24 hours
before this time were most like the last 24 hours. The six, the 28 and the distance
(mean absolute difference) are Cloudflare Radar's published choice.
"""

import math

import numpy as np

from bot.compilation import compiled, inlined
from bot.detection.kernel.baselines import Samples, ago, middle, sample
from bot.detection.kernel.inputs import KernelInputs, SignalParams

DAYS = 28
ALIKE = 6


@inlined
def _distance(
    inputs: KernelInputs, row: int, until: int, days: int, params: SignalParams
) -> float:
    """Return the mean absolute difference between the readings of two days.

    The first day ends before column `until`; the second day lies `days` days earlier.
    The result is infinite if too few bins are known in both days.
    """
    total, count = 0.0, 0
    # One bin an hour shows the shape of a day with a fraction of the work.
    first = until - params.hour
    for column in range(first, first - params.day, -params.hour):
        now = sample(inputs, row, column)
        then = sample(inputs, row, ago(inputs, row, column, days * params.day, params))
        if not (math.isnan(now) or math.isnan(then)):
            total += abs(now - then)
            count += 1
    # A day with few readings could look similar by chance, so it is never chosen.
    enough = 4 * count >= 3 * (params.day // params.hour)
    return total / count if enough else np.inf


@inlined
def _nearest(distances: Samples) -> int:
    """Return the index of the least distance; numpy's sort takes seconds to compile."""
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
        until: the column where the present low readings begin; the day before this
            column is compared.
        params: the parameters of the signal.
        samples: scratch space.

    Returns:
        The median; NaN where fewer than `ALIKE` days can be compared.
    """
    # The samples of six days fill the scratch space from the front and leave its end
    # free.
    distances = samples[len(samples) - DAYS :]
    for days in range(1, DAYS + 1):
        distances[days - 1] = _distance(inputs, row, until, days, params)
    count = 0
    for _ in range(ALIKE):
        day = _nearest(distances)
        if math.isinf(distances[day]):
            return np.nan
        distances[day] = np.inf
        then = ago(inputs, row, column, (day + 1) * params.day, params)
        for near in range(then - params.pool, then + params.pool + 1):
            value = sample(inputs, row, near)
            if not math.isnan(value):
                samples[count] = value
                count += 1
    return middle(samples, count) if count > 0 else np.nan

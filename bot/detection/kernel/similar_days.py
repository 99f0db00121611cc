"""Days alike: what a traffic-like series read on the days most similar to today.

Traffic has holidays, school terms and fasting months that no time of the week tells.
Before a fall is believed it is held against the six of the past 28 days whose last 24
hours resemble today's most; the six, the 28 and the distance (mean absolute
difference) are Cloudflare Radar's published choice.
"""

import math

import numpy as np

from bot.compilation import compiled, inlined
from bot.detection.kernel.baselines import Room, ago, middle, sample
from bot.detection.kernel.inputs import KernelInputs, SignalParams

DAYS = 28
ALIKE = 6


@inlined
def _distance(g: KernelInputs, r: int, until: int, days: int, m: SignalParams) -> float:
    """How unlike the day before column `until` was so many days ago."""
    total, known = 0.0, 0
    for column in range(until - m.hour, until - m.hour - m.day, -m.hour):
        one = sample(g, r, column)
        other = sample(g, r, ago(g, r, column, days * m.day, m))
        if not (math.isnan(one) or math.isnan(other)):
            total += abs(one - other)
            known += 1
    enough = 4 * known >= 3 * (m.day // m.hour)
    return total / known if enough else np.inf


@inlined
def _least(distances: Room) -> int:
    """The place of the first least element; numpy's sort takes seconds to compile."""
    least = 0
    for place in range(1, len(distances)):
        if distances[place] < distances[least]:
            least = place
    return least


@compiled
def on_days_alike(
    g: KernelInputs, r: int, at: int, until: int, m: SignalParams, into: Room
) -> float:
    """The median reading at this time of the days most like the one before `until`.

    Args:
        g: what is judged.
        r: the series.
        at: the column to expect.
        until: where the present fall, which must not count, begins.
        m: the numbers of the signal.
        into: room for samples.

    Returns:
        NaN where fewer than `ALIKE` days can be compared.
    """
    distances = into[len(into) - DAYS :]
    for days in range(1, DAYS + 1):
        distances[days - 1] = _distance(g, r, until, days, m)
    count = 0
    for _ in range(ALIKE):
        nearest = _least(distances)
        if math.isinf(distances[nearest]):
            return np.nan
        distances[nearest] = np.inf
        same = ago(g, r, at, (nearest + 1) * m.day, m)
        for column in range(same - m.pool, same + m.pool + 1):
            value = sample(g, r, column)
            if not math.isnan(value):
                into[count] = value
                count += 1
    return middle(into, count) if count > 0 else np.nan

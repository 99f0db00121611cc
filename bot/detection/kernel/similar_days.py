"""Days alike: what a traffic-like series read on the days most similar to today.

Traffic has holidays, school terms and fasting months that no time of the week tells.
Before a fall is believed it is held against the six of the past 28 days whose last 24
hours resemble today's most; the six, the 28 and the distance (mean absolute
difference) are Cloudflare Radar's published choice.
"""

import numpy as np

from bot.compilation import compiled
from bot.detection.kernel.baselines import Room, ago, middle, sample
from bot.detection.kernel.inputs import KernelInputs, SignalParams

DAYS = 28
ALIKE = 6


@compiled
def _distance(g: KernelInputs, r: int, until: int, days: int, m: SignalParams) -> float:
    """How unlike the day before column `until` was so many days ago."""
    total, known = 0.0, 0
    for column in range(until - m.hour, until - m.hour - m.day, -m.hour):
        one = sample(g, r, column)
        other = sample(g, r, ago(g, r, column, days * m.day, m))
        if not (np.isnan(one) or np.isnan(other)):
            total += abs(one - other)
            known += 1
    enough = 4 * known >= 3 * (m.day // m.hour)
    return total / known if enough else np.inf


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
    distances = np.empty(DAYS, dtype=np.float64)
    for days in range(1, DAYS + 1):
        distances[days - 1] = _distance(g, r, until, days, m)
    count = 0
    for nearest in np.argsort(distances, kind="mergesort")[:ALIKE]:
        if np.isinf(distances[nearest]):
            return np.nan
        same = ago(g, r, at, (nearest + 1) * m.day, m)
        for column in range(same - m.pool, same + m.pool + 1):
            value = sample(g, r, column)
            if not np.isnan(value):
                into[count] = value
                count += 1
    return middle(into, count) if count > 0 else np.nan

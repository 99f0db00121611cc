"""Medians of many rows at once, with what is missing left out."""

import numpy as np

from bot.model.signal import Values


def median(samples: Values) -> Values:
    """The median of each row, NaN left out; every row has a number.

    The mean of the two middle values; much quicker than numpy's own with NaN.
    """
    ordered = np.sort(samples, axis=1)  # NaN goes last
    count = (~np.isnan(samples)).sum(axis=1)
    row = np.arange(len(samples))
    low = ordered[row, (count - 1) // 2]
    high = ordered[row, count // 2]
    return np.asarray((low + high) / 2, dtype=np.float32)

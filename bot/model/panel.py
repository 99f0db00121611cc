"""Many series of one signal, side by side: what detection works on."""

from dataclasses import dataclass

import numpy as np

from bot.model.entity import Entity
from bot.model.signal import Signal, Values


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The readings of one signal.

    Attributes:
        signal: what all rows measure.
        entities: one for each row.
        first: the number of the bin in column 0.
        values: shape (rows, bins), float32; NaN is missing (P5).
    """

    signal: Signal
    entities: tuple[Entity, ...]
    first: int
    values: Values

    @property
    def last(self) -> int:
        """The number of the last column's bin."""
        return self.first + int(self.values.shape[1]) - 1

    def column(self, index: int) -> Values:
        """All rows at bin `index`; NaN where the panel does not reach."""
        at = index - self.first
        if 0 <= at < self.values.shape[1]:
            return np.asarray(self.values[:, at], dtype=np.float32)
        return np.full(len(self.entities), np.nan, dtype=np.float32)

    def row(self, row: int, since: int, until: int) -> Values:
        """A copy of one row over the bins [since, until); NaN beyond the panel."""
        told = np.full(until - since, np.nan, dtype=np.float32)
        first, end = max(since, self.first), min(until, self.last + 1)
        if first < end:
            seen = self.values[row, first - self.first : end - self.first]
            told[first - since : end - since] = seen
        return told

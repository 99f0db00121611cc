"""What the compiled loops of detection work on."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]
Record = Any
"""One record of a table, or the whole: type checkers do not know their fields."""
Bundle = Any
"""Arrays that travel together."""
Offsets = npt.NDArray[np.int16]


class Ground(NamedTuple):
    """What bins are judged on: readings, what is spoilt in them, and the clocks.

    Attributes:
        values: shape (series, columns); NaN is missing.
        first: the number of the bin in column 0.
        rows: for each judged series its row in `values`.
        since, until: shape (judged series, `SPANS`): the bins [since, until) that a
            drop spoilt; an unused place is empty (since = until = 0).
        zone: for each judged series its row in `east`.
        east: shape (zones, hours): how far the clocks stand ahead of UTC, in bins.
        moves: by zone, whether its clocks were set within `east`.
        hour: the hour since 1970 of the first column of `east`.
    """

    values: Values
    first: int
    rows: Numbers
    since: Numbers
    until: Numbers
    zone: Numbers
    east: Offsets
    moves: npt.NDArray[np.bool_]
    hour: int

"""Plain loops over numbers, compiled: as quick on one bin as on a year of them.

Detection is written for one reading of one series, as it would be explained on
paper; the compiler makes it quick. What is compiled is kept beside the code (or in
the user's cache), so that only the first start pays for it.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

Compiled = TypeVar("Compiled", bound=Callable[..., object])
Values = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]
Record = Any
"""One record of a table, or the whole: type checkers do not know their fields."""
Bundle = Any
"""Arrays that travel together."""
Offsets = npt.NDArray[np.int16]


def compiled(function: Compiled) -> Compiled:
    """The same function, compiled at its first call.

    Numbers are kept as the standard says (no fast math): a result must not depend on
    how many bins were judged in one go (P14).
    """
    return cast("Compiled", numba.njit(cache=True)(function))


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

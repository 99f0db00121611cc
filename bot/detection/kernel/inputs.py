"""All that the compiled loops go by, for one signal, as plain numbers."""

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


class KernelInputs(NamedTuple):
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


STILL_BINS = 3
"""So often in a row a reading repeats itself before a whole source is asked."""


class SignalParams(NamedTuple):
    """Bins are counted in `Signal.bin_of`; shares are fractions of ordinary.

    Attributes:
        step_s, phase_s: to find the hour of a bin.
        hour, day, week: lengths in bins; pool: bins on either side of one.
        young: within so many bins a flat sample might still turn out to be spoilt.
        flat: whether any time of day may stand for any other.
        alike: whether a fall is held against days alike, too.
        floor, poisson: the least spread (a share; and the root of a count).
        minimum: the least expected reading that can be judged.
        on, off, spreads: where a drop begins and ends; new: where one begins while no
            weekend is known.
        settled, settle: at and after how many bins a drop ends below `off`.
        shallow, shift: a drop that never went below is the new level after so many bins.
        opens, closes, stale: numbers of bins.
        rise: how far above its lowest level a drop is easing.
        freezes: whether readings that repeat themselves are disbelieved.
        frozen, busy: after how many bins; from which reading on.
        lift: how far a level is followed upwards.
        basket, ill_share, ill_level, ill_revision: see `Thresholds`.
    """

    step_s: int
    phase_s: int
    hour: int
    day: int
    week: int
    pool: int
    young: int
    flat: bool
    alike: bool
    floor: float
    poisson: bool
    minimum: float
    on: float
    new: float
    off: float
    spreads: float
    settled: float
    settle: int
    shallow: float
    shift: int
    opens: int
    closes: int
    stale: int
    rise: float
    freezes: bool
    frozen: int
    busy: float
    lift: float
    basket: int
    ill_share: float
    ill_level: float
    ill_revision: float


_KINDS = {int: np.int64, float: np.float64, bool: np.bool_}
_ROW = np.dtype([(n, _KINDS[kind]) for n, kind in SignalParams.__annotations__.items()])


def record(m: SignalParams) -> Record:
    """The same numbers as a record, which compiled functions pass on as one pointer.

    As a tuple each call would pass them one by one; that takes a sixth of all the time
    of compiling.
    """
    return np.array([tuple(m)], dtype=_ROW)[0]

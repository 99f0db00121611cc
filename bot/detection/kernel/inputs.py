"""The input of the compiled loops: the readings of one signal, and its parameters."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Record = Any
"""One record of a numpy table, or the whole table.

The type is `Any`, because type checkers do not know the fields."""
Offsets = npt.NDArray[np.int16]
Span = tuple[int, int]
"""A range of bins or of columns: the first, and the one after the last."""


class KernelInputs(NamedTuple):
    """The readings of a signal, the bins masked in them, and the UTC offsets of places.

    Attributes:
        values: the readings; shape (series, columns), one column per bin; NaN is
            missing.
        first: the number of the bin in column 0.
        rows: for each assessed series its row in `values`.
        since, until: shape (assessed series, `SPANS`): the bins [since, until) of each
            drop. They are masked: no baseline uses them. An unused entry is 0, 0.
        hours: shape (assessed series, `HOURS`): the baselines that were kept from before a
            long drop, for each hour of the local week; NaN where none was kept. Only for
            signals with a daily cycle; see `baselines.keep_hourly_baselines`.
        in_outage: for each assessed series, whether its place has a confirmed outage.
            If it has, the level of a drop is never accepted as the new normal level.
        zone: for each assessed series its time zone, as a row number of `east`.
        east: shape (zones, hours): the offset of local time from UTC, in bins.
        moves: for each zone whether its offset changes within `east`.
        hour: the first column of `east`, in hours since 1970.
    """

    values: Values
    first: int
    rows: Numbers
    since: Numbers
    until: Numbers
    hours: Values
    in_outage: Flags
    zone: Numbers
    east: Offsets
    moves: Flags
    hour: int


# This limit is for many places together: without a fault, the series of many places do
# not repeat a reading this often at the same time. A single series may do so, so the
# limit for one series, `SignalParams.frozen`, is larger.
STILL_BINS = 3
"""How many repetitions of a reading in a row count as a sign of an unhealthy source."""


class SignalParams(NamedTuple):
    """The parameters of a signal; durations are in bins, and 1.0 is the normal level.

    Attributes:
        step_s, phase_s: the length of a bin and the offset of the bin grid, in seconds.
        hour, day, week: the number of bins in an hour, a day and a week.
        pool: how many neighbouring bins on either side are pooled with a sample.
        young: bins younger than this enter no baseline: a drop that is detected later
            may still mask them.
        flat: whether the signal has no strong daily cycle.
        alike: whether a low reading is also compared with similar days.
        floor: the least spread, as a share of the baseline.
        poisson: whether the spread is also at least the square root of the baseline.
        minimum: the least baseline that can be assessed, in the signal's unit.
        on, off: the levels at which a drop begins and ends.
        new: the level at which a drop begins while the series has a daily baseline.
        spreads: how many spreads below the baseline a low reading must be.
        settled, settle: a drop also ends after `settle` bins at the level `settled` or
            above.
        shallow, shift: a drop whose level was never below `shallow` is accepted as the
            new normal level after `shift` bins.
        opens: how many low bins in a row begin a drop.
        closes: how many normal bins in a row end a drop.
        stale: how many bins in a row may lack an assessment before a series is unknown.
        rise: a series is recovering if its level is at least this far above the lowest
            level of its drop.
        freezes: whether readings that stay the same are rejected as frozen.
        frozen: how often a reading must be repeated to be frozen.
        busy: the least reading that can be frozen, in the signal's unit.
        lift: the largest factor by which a weekly or thin baseline is corrected.
        basket: see `Thresholds.control_basket`.
        ill_share, ill_level, ill_revision: see `Thresholds`.
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
# The dtype has the fields of `SignalParams` in the same order.
_ROW = np.dtype([(n, _KINDS[kind]) for n, kind in SignalParams.__annotations__.items()])


def params_record(params: SignalParams) -> Record:
    """Return the parameters as a record, which compiled functions pass as one pointer.

    A tuple would be passed field by field, which would take a sixth of the compile
    time.
    """
    return np.array([tuple(params)], dtype=_ROW)[0]

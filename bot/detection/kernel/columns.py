"""The table of series states: one record per series, and the codes stored in it."""

from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

# Bins are counted from 1970, so no bin with a reading has a negative number.
NEVER = -1
"""The bin number that means "there was no such bin"."""
# The largest int32, so that an open span contains every later bin.
OPEN = 2**31 - 1
"""The end of a masked span (the bins of a drop) while the drop is not over."""
SPANS = 16
"""How many masked spans a series has at most.

A masked span is the bins of a drop, which no baseline uses. If there is no space for a
new span, the two oldest are merged."""
HOURS = 168
"""How many hours a week has."""


class UnknownReasonCode(IntEnum):
    """Why a bin cannot be assessed; NONE if it can be."""

    NONE = 0
    MISSING = 1
    NO_BASELINE = 2
    TOO_SMALL = 3
    SOURCE_ILL = 4
    FROZEN = 5


# Compiled functions use plain integers, because they compile faster than enum members.
ASSESSED = UnknownReasonCode.NONE.value
MISSING = UnknownReasonCode.MISSING.value
NO_BASELINE = UnknownReasonCode.NO_BASELINE.value
TOO_SMALL = UnknownReasonCode.TOO_SMALL.value
SOURCE_ILL = UnknownReasonCode.SOURCE_ILL.value
FROZEN = UnknownReasonCode.FROZEN.value

UNKNOWN_REASONS = ("", "missing", "no-baseline", "too-small", "source-ill", "frozen")
"""The published name of each `UnknownReasonCode`."""


_NAN = float("nan")


class StateRow(NamedTuple):
    """The state of one series after a bin.

    Bins are numbered as in `Signal.bin_at`; the number is `NEVER` if there was no such
    bin. A bin is assessed if its reading could be compared with a baseline, and its
    source is healthy. An assessed bin may be low or normal, as in `Assessment`; between
    the two thresholds it is neither.

    Attributes:
        dropped: 1 while the series is in a drop, else 0.
        run: outside a drop, how many of the newest assessed bins in a row were low. In
            a drop, how many of the newest assessed bins in a row were normal.
        silent: how many of the newest bins in a row could not be assessed.
        same: how often in a row the last reading (`value`) was repeated.
        risen: in a drop, how many of the newest assessed bins in a row had a level well
            above the lowest level of the drop.
        calm: in a drop, how many of the newest assessed bins in a row had a level of
            `SignalParams.settled` or above.
        calm_first: the first of these `calm` bins.
        calm_bad: the last assessed bin before `calm_first`.
        low: the last low bin.
        good: the last assessed bin that was not low.
        first: the first bin of the present `run`.
        onset_bad: the first low bin of the last drop.
        onset_good: the last bin before `onset_bad` that was assessed and not low.
        bad: in a drop, the last assessed bin that was not normal.
        back_good: the first bin of the last return from a drop: the first of the normal
            (or calm) bins that ended it.
        back_bad: the last assessed bin before `back_good`. It is the value that `bad` or
            `calm_bad` had when that drop ended.
        last: the last assessed bin.
        before: the assessed bin before `last`.
        why: the `UnknownReasonCode` of the last bin.
        lowest: the lowest level of the last drop, or of a later run of low bins.
        value: the last reading.
        lift: the factor that corrects a weekly or thin baseline (see `baselines`).
        held: the value that `lift` had when the last drop began.
        kept: the baseline from before the last drop (see `baselines.baseline_to_keep`);
            NaN if none was kept for this drop.
        level: the level in the bin `last`.
        previous: the level in the bin `before`.
        method: the baseline method of the bin `last`. `method`, `level` and `previous`
            are known only if states are recorded (see `context.StateHistory`), and are
            never stored.
    """

    dropped: int = 0
    run: int = 0
    silent: int = 0
    same: int = 0
    risen: int = 0
    calm: int = 0
    low: int = NEVER
    good: int = NEVER
    first: int = NEVER
    onset_good: int = NEVER
    onset_bad: int = NEVER
    bad: int = NEVER
    back_bad: int = NEVER
    back_good: int = NEVER
    calm_bad: int = NEVER
    calm_first: int = NEVER
    last: int = NEVER
    before: int = NEVER
    why: int = ASSESSED
    lowest: float = _NAN
    value: float = _NAN
    lift: float = 1.0
    held: float = _NAN
    kept: float = _NAN
    level: float = _NAN
    previous: float = _NAN
    method: int = 0


class Assessment(NamedTuple):
    """How one bin of a series compares with its baseline.

    Attributes:
        why: an `UnknownReasonCode`; if it is not NONE, `low` and `normal` are False.
        level: the reading divided by the baseline; NaN if `why` is not NONE.
        method: a `BaselineMethodCode`.
        low: whether the reading is below the threshold at which a drop begins, and not
            within the noise. Traffic outside a drop must also be low compared with
            similar days.
        normal: whether the reading is above the threshold at which a drop ends.
        weak: whether the reading is below the level at which an unhealthy source is
            suspected.
        below_entry: whether the level is below `SignalParams.on`, even if the reading
            is within the noise.
        prefiltered: whether the module `prefilter` showed that the reading is not low.
            If so, only `weak` is set besides this field.
    """

    why: int = ASSESSED
    level: float = 0.0
    method: int = 0
    low: bool = False
    normal: bool = False
    weak: bool = False
    below_entry: bool = False
    prefiltered: bool = False


_KINDS = {int: np.int32, float: np.float32, bool: np.bool_}
ROW = np.dtype([(n, _KINDS[kind]) for n, kind in StateRow.__annotations__.items()])
ASSESSMENT = np.dtype(
    [(n, _KINDS[kind]) for n, kind in Assessment.__annotations__.items()]
)
Table = npt.NDArray[Any]
Floats = npt.NDArray[np.float32]

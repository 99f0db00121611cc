"""The record that detection keeps of every series, and its codes."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

NEVER = -1
"""The bin number that stands for "not yet"."""


OPEN = 2**31 - 1
"""The end of a spoilt stretch that goes on."""


SPANS = 16
"""So many stretches are kept of a series; beyond them the two oldest become one."""


WHYS = ("", "missing", "no-baseline", "too-small", "source-ill", "frozen")


MISSING, NO_BASELINE, TOO_SMALL, SOURCE_ILL, FROZEN = 1, 2, 3, 4, 5


_NAN = float("nan")


class StateRow(NamedTuple):
    """What is known of one series after a bin; bins are those of `Signal.bin_of`.

    - dropped: 1 while the series is in a drop;
    - run: how many known low bins in a row (or ordinary ones, in a drop);
    - silent: how many bins in a row said nothing that could be judged;
    - same: how many bins in a row repeated the reading before, `value`;
    - risen: how many known bins in a row a drop has stood well above its lowest;
    - calm, calm_first, calm_bad: how many known bins in a row a drop of routes has
      stood halfway back, the first of them, and the last known bin before it;
    - low: the last known low bin; good: the last known bin that was not low;
    - first: the first bin of the present run, low (or ordinary, in a drop);
    - onset_good, onset_bad: last good and first bad bin of the last drop;
    - bad: the last known bin that was not ordinary, in a drop;
    - back_bad, back_good: the same pair for the last return;
    - last, before: the last two known bins;
    - why: index into WHYS: why the last bin could not be judged;
    - lowest: the lowest level of the last drop;
    - lift: see `baselines`; held: the lift when the last drop began; kept: in a drop,
      see `baselines.keep`;
    - level, previous, method: of the bins `last` and `before`, and of `last`; only
      where they were asked for (see `walking.follow`), and not stored.
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
    why: int = 0
    lowest: float = _NAN
    value: float = _NAN
    lift: float = 1.0
    held: float = _NAN
    kept: float = _NAN
    level: float = _NAN
    previous: float = _NAN
    method: int = 0


_KINDS = {int: np.int32, float: np.float32}


ROW = np.dtype([(n, _KINDS[kind]) for n, kind in StateRow.__annotations__.items()])


Table = npt.NDArray[Any]


Floats = npt.NDArray[np.float32]

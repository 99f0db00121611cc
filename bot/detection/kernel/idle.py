"""Series of which nothing need be asked for hours: they are counted, not visited.

In nearly every bin nearly every series of the world is in no drop and reads plainly
ordinary. All that such a bin does to it can be written down once, at the end of a
stretch of them; in between only its source's health asks after it, and that by number.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.compilation import inlined
from bot.detection.kernel.inputs import (
    STILL_BINS,
    KernelInputs,
    Numbers,
    Record,
    SignalParams,
)
from bot.detection.kernel.prefilter import BELOW, ORDINARY, PrefilterResult
from bot.model.signal import Values


class IdleSeries(NamedTuple):
    """Who is at rest in a stretch of bins.

    Attributes:
        calm: for each series whether it is.
        again: shape (series, bins): whether a reading of a calm one repeats itself
            so that its source is asked (see `drops.repeats`).
        lows, stirs: for each bin how many calm series stand below the level at which
            a source's health is asked, and how many repeat themselves.
        known: for each place how many of its series are calm.
    """

    calm: npt.NDArray[np.bool_]
    again: npt.NDArray[np.bool_]
    lows: Numbers
    stirs: Numbers
    known: Numbers


def idle_series(count: int, places: int, columns: int) -> IdleSeries:
    """Room for so many series, of so many places, in stretches of so many bins."""
    return IdleSeries(
        calm=np.zeros(count, dtype=np.bool_),
        again=np.zeros((count, columns), dtype=np.bool_),
        lows=np.zeros(columns, dtype=np.int32),
        stirs=np.zeros(columns, dtype=np.int32),
        known=np.zeros(places, dtype=np.int32),
    )


@inlined
def mark_idle(
    g: KernelInputs,
    table: Record,
    span: tuple[int, int],
    m: SignalParams,
    plainly: tuple[PrefilterResult, Numbers],
    it: IdleSeries,
) -> None:
    """Find out which series are at rest in the columns of a span.

    Args:
        g: what is judged.
        table: the states before the first of these bins.
        span: the columns [first, until).
        m: the numbers of the signal.
        plainly: what `plainly` said of these bins, and the number of the place that
            each row belongs to.
        it: the answer.
    """
    (plain, groups), (at, until) = plainly, span
    width = until - at
    clear(it)
    whole = at >= 0 and until <= g.values.shape[1]
    for r in range(len(table)):
        calm = whole and _plain_throughout(table[r], plain[r], width)
        if calm and m.freezes:
            now = g.values[g.rows[r]][at:until]
            calm = _moves(table[r], now, m, it.again[r])
        it.calm[r] = calm
        if calm:
            it.known[groups[r]] += 1
            for place in range(width):
                it.lows[place] += plain[r, place] == BELOW
                it.stirs[place] += it.again[r, place]


@inlined
def clear(it: IdleSeries) -> None:
    """Forget all numbers of a stretch."""
    for place in range(len(it.lows)):
        it.lows[place], it.stirs[place] = 0, 0
    for place in range(len(it.known)):
        it.known[place] = 0


@inlined
def _plain_throughout(s: Record, plain: PrefilterResult, width: int) -> bool:
    if s.dropped != 0 or s.run != 0:
        return False
    other = 0
    for place in range(width):
        other += (plain[place] != ORDINARY) & (plain[place] != BELOW)
    return other == 0


@inlined
def _moves(
    s: Record, now: Values, m: SignalParams, again: npt.NDArray[np.bool_]
) -> bool:
    """Whether no reading is so old a repetition that it is not believed."""
    same, value = s.same, s.value
    for place in range(len(now)):
        repeated = now[place] == value and now[place] >= m.busy
        if repeated and same >= m.frozen:
            return False
        again[place] = repeated and same + 1 >= STILL_BINS
        same = same + 1 if now[place] == value else 0
        value = now[place]
    return True


@inlined
def apply_skipped(s: Record, t: int, now: Values) -> None:
    """What `drops.stay` does in all the bins before bin `t`, whose readings are `now`."""
    count = len(now)
    if count == 0:
        return
    alike = 0
    while alike < count - 1 and now[count - 1 - alike] == now[count - 2 - alike]:
        alike += 1
    went_on = alike == count - 1 and now[0] == s.value
    s.same = alike + s.same + 1 if went_on else alike
    s.why, s.silent, s.value, s.good = 0, 0, now[count - 1], t - 1
    s.before, s.last = t - 2 if count > 1 else s.last, t - 1

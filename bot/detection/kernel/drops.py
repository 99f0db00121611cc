"""One bin of one series: how it reads, and when a drop opens, deepens and ends.

A drop opens after two known low bins in a row and ends after the series has read
ordinary for a hold time; in between lies a band that changes nothing. A bin that
says nothing neither opens nor closes (P5). A drop of routes ends also where they have
stood halfway back for a day: some never come back as they were. A drop that was never
deep and has lasted until nothing else is remembered is the new level: it is over, and
nothing has come back.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bot.compilation import compiled, inlined
from bot.detection.kernel.baselines import DAILY, KEPT, Room, expected, smaller, spread
from bot.detection.kernel.columns import (
    FROZEN,
    MISSING,
    NO_BASELINE,
    OPEN,
    SOURCE_ILL,
    TOO_SMALL,
)
from bot.detection.kernel.inputs import (
    STILL_BINS,
    KernelInputs,
    Numbers,
    Record,
    SignalParams,
)
from bot.detection.kernel.prefilter import BELOW as IS_BELOW
from bot.detection.kernel.prefilter import NOTHING, SMALL, Scratch
from bot.detection.kernel.similar_days import on_days_alike
from bot.model.signal import Values

Spoilt = tuple[Numbers, Numbers]

# A bin reads: why it cannot be judged (0: it can); its level (NaN: not asked for);
# the method; whether it is low; whether back; whether below the level at which an
# ill source is suspected; whether below the entry, however likely by chance; and
# whether it is plainly ordinary, so that nothing but WHY was asked.
WHY, LEVEL, METHOD, LOW, BACK, BELOW, FALLEN, PLAINLY = range(8)
LOOKS = 8


class KernelWorkspace(NamedTuple):
    """Where a bin is looked at.

    Attributes:
        out: shape (series, `LOOKS`): how each of them reads.
        into: room for samples.
        scratch: room for `plainly`.
    """

    out: Values
    into: Room
    scratch: Scratch


@dataclass(frozen=True, slots=True, eq=False)
class BinReadings:
    """One bin of every series: reading, what was expected, and its spread.

    All in the signal's unit; NaN is missing, or not to be judged.
    """

    read: Values
    expected: Values
    spread: Values


@compiled
def look(
    g: KernelInputs, s: Record, r: int, at: int, m: SignalParams, desk: KernelWorkspace
) -> None:
    """Hold one reading against its baseline; the answer lies in `desk.out`.

    Args:
        g: what is judged.
        s: the state of the series before this bin.
        r: the series.
        at: the column.
        m: the numbers of the signal.
        desk: see there.
    """
    out = desk.out[r]
    clear(out)
    out[LEVEL] = np.nan
    read = float(g.values[g.rows[r], at]) if 0 <= at < g.values.shape[1] else np.nan
    if math.isnan(read):
        out[WHY] = MISSING
        return
    _look_closely(g, s, r, at, m, desk)
    if stands_still(s, read, m) and out[WHY] == 0 and out[LOW] == 0:
        out[WHY], out[LEVEL], out[BACK] = FROZEN, np.nan, 0.0


@inlined
def clear(out: Values) -> None:
    """Forget how a series looked."""
    for place in range(LOOKS):
        out[place] = 0.0


@inlined
def believe(out: Values, plain: int) -> None:
    """Take what could be said without a closer look (see `plainly`)."""
    clear(out)
    if plain == SMALL:
        out[WHY], out[LEVEL] = TOO_SMALL, np.nan
    elif plain == NOTHING:
        out[WHY], out[LEVEL] = NO_BASELINE, np.nan
    else:
        out[PLAINLY] = 1.0
        out[BELOW] = plain == IS_BELOW


@inlined
def _look_closely(
    g: KernelInputs, s: Record, r: int, at: int, m: SignalParams, desk: KernelWorkspace
) -> None:
    out = desk.out[r]
    usual, method, count = usually(g, s, r, at, m, desk.into)
    out[METHOD] = method
    if method == 0:
        out[WHY] = NO_BASELINE
    elif usual < m.minimum:
        out[WHY] = TOO_SMALL
    else:
        read = float(g.values[g.rows[r], at])
        out[LEVEL] = np.float32(read / usual)
        out[FALLEN] = read < m.on * usual
        out[BELOW] = read < m.ill_level * usual
        out[BACK] = read > m.off * usual
        low = read < (m.new if method == DAILY else m.on) * usual
        if low and count > 0:
            low = usual - read > m.spreads * spread(usual, count, m, desk.into)
        if low and m.alike and s.dropped == 0:
            low = _low_on_days_alike(g, s, r, at, m, desk.into)
        out[LOW] = low


@inlined
def usually(
    g: KernelInputs, s: Record, r: int, at: int, m: SignalParams, into: Room
) -> tuple[float, int, int]:
    """What to expect (see `baselines.expected`), or what was kept for a long drop."""
    usual, method, count = expected(g, r, at, np.float64(s.lift), m, into)
    if method == 0 and s.dropped == 1 and not math.isnan(s.kept):
        usual, method, count = np.float64(s.kept), KEPT, 0
    return usual, method, count


@inlined
def _low_on_days_alike(
    g: KernelInputs, s: Record, r: int, at: int, m: SignalParams, into: Room
) -> bool:
    """Whether the reading is low for a day like this, too; True if none is known."""
    until = s.first - g.first if s.run > 0 else at
    usual = on_days_alike(g, r, at, until, m, into)
    return not g.values[g.rows[r], at] >= m.on * usual


@compiled
def step(
    s: Record, spoilt: Spoilt, t: int, read: float, o: Values, m: SignalParams
) -> None:
    """Take the state of one series over bin `t`.

    Args:
        s: its record (see `SeriesStates`), which is changed.
        spoilt: its spoilt stretches, changed where a drop opens or ends.
        t: the number of the bin after the last judged one.
        read: the reading; NaN is missing.
        o: how it looks.
        m: the numbers of the signal.
    """
    since, until = spoilt
    onset_good, back_bad, calm_bad = s.good, s.bad, s.calm_bad
    s.why = np.int64(o[WHY])
    if o[WHY] == 0:
        _known(s, t, o, m)
    else:
        s.silent += 1
        if s.silent > m.stale and s.dropped == 0:
            s.run = 0
    s.same = s.same + 1 if read == s.value else 0
    if not math.isnan(read):
        s.value = read
    if s.dropped == 0 and s.run >= m.opens:
        s.dropped, s.run, s.risen, s.calm, s.held = 1, 0, 0, 0, s.lift
        s.onset_good, s.onset_bad, s.bad, s.calm_bad = onset_good, s.first, t, t
        _open(since, until, s.first)
    elif s.dropped == 1 and s.run >= m.closes:
        _end(s, until, back_bad, s.first)
    elif s.dropped == 1 and s.calm >= m.settle:
        _end(s, until, calm_bad, s.calm_first)


@inlined
def stands_still(s: Record, read: float, m: SignalParams) -> bool:
    """Whether a busy count has not changed for so long that it is not believed."""
    return m.freezes and s.same >= m.frozen and read == s.value and read >= m.busy


@inlined
def repeats(s: Record, read: float, m: SignalParams) -> bool:
    """Whether a reading has repeated itself so often that its source is asked."""
    return m.freezes and s.same + 1 >= STILL_BINS and read == s.value and read >= m.busy


@inlined
def stay(s: Record, t: int, read: float) -> None:
    """What `step` does for a series in no drop whose reading is plainly ordinary."""
    s.why, s.silent, s.same = 0, 0, s.same + 1 if read == s.value else 0
    s.value, s.good = read, t
    s.before, s.last = s.last, t


@inlined
def _known(s: Record, t: int, o: Values, m: SignalParams) -> None:
    """A bin that can be judged."""
    low, back, level = o[LOW] != 0, o[BACK] != 0, np.float32(o[LEVEL])
    deeper = s.dropped == 1 or (low and s.run > 0)
    if deeper:
        s.lowest = level if math.isnan(s.lowest) else smaller(s.lowest, level)
    elif low:
        s.lowest = level
    towards = back if s.dropped == 1 else low
    s.run = s.run + 1 if towards else 0
    if s.run == 1:
        s.first = t
    s.silent = 0
    s.before, s.last = s.last, t
    if low:
        s.low = t
    else:
        s.good = t
    if s.dropped == 1:
        _in_a_drop(s, t, o, m)


@inlined
def _in_a_drop(s: Record, t: int, o: Values, m: SignalParams) -> None:
    level = np.float32(o[LEVEL])
    if o[BACK] == 0:
        s.bad = t
    s.risen = s.risen + 1 if level >= s.lowest + m.rise else 0
    s.calm = s.calm + 1 if level >= m.settled else 0
    if s.calm == 1:
        s.calm_first = t
    if s.calm == 0:
        s.calm_bad = t


@inlined
def _end(s: Record, until: Numbers, bad: int, good: int) -> None:
    """The drop is over: its last bad bin and its first good one are known."""
    s.dropped, s.run, s.risen, s.calm, s.kept = 0, 0, 0, 0, np.nan
    s.back_bad, s.back_good = bad, good
    for place in range(len(until)):
        if until[place] == OPEN:
            until[place] = good


@inlined
def settle(s: Record, since: Numbers, until: Numbers) -> None:
    """The level of a drop is the ordinary one from now on: nothing came back.

    The bins of the drop are what there is to compare with, and spoil nothing.
    """
    s.dropped, s.run, s.risen, s.calm, s.kept, s.lift = 0, 0, 0, 0, np.nan, 1.0
    for place in range(len(until)):
        if until[place] == OPEN:
            until[place] = since[place]


@inlined
def _open(since: Numbers, until: Numbers, first: int) -> None:
    """Begin a spoilt stretch; where all places are taken, the two oldest become one."""
    used = 0
    while used < len(until) and until[used] != 0:
        used += 1
    if used == len(until):
        until[0] = until[1]
        for place in range(1, used - 1):
            since[place], until[place] = since[place + 1], until[place + 1]
        used -= 1
    since[used], until[used] = first, OPEN


@inlined
def forget(since: Numbers, until: Numbers, before: int) -> None:
    """Forget the spoilt stretches that lie wholly before bin `before`."""
    kept = 0
    for place in range(len(until)):
        if until[place] > before:
            since[kept], until[kept] = since[place], until[place]
            kept += 1
    for place in range(kept, len(until)):
        since[place], until[place] = 0, 0


@inlined
def disbelieve(out: Values) -> None:
    """Take an answer back: its source is ill."""
    if out[WHY] == 0:
        clear(out)
        out[WHY], out[LEVEL] = SOURCE_ILL, np.nan

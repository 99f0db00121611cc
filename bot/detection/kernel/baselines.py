"""The expected reading and its spread: the same local time of the week, in past weeks.

For bin b the samples are the bins at b minus 1, 2, 3 and 4 weeks, by the clocks of the
place, pooled with their nearest neighbours (within an hour). The baseline is their
median, the spread 1.4826 times their median absolute deviation, which equals the
standard deviation for normal noise. While fewer than two weeks are known, the same
time of the past seven days serves (three known at least); before that, for signals
without a strong daily cycle, the median of up to a week, one bin an hour ("flat");
and deep in a long outage the same time of a single week ("thin"). An outage that has
lasted longer than that is held against what was kept of the week before it ("kept",
see `keep`). Else: no baseline.

A weekly baseline is corrected by how the last ordinary day compared with the same day
in past weeks (`lift`). Nothing younger than half a day enters a baseline.

Method and fall-backs: seasonal medians, as in the IODA and Trinocular literature.
"""

import math
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from bot.compilation import compiled, inlined
from bot.detection.kernel.inputs import KernelInputs, Numbers, SignalParams, record
from bot.model.signal import Values

WEEKS = 4
DAYS = 7
METHODS = ("none", "flat", "daily", "weekly", "thin", "kept")
FLAT, DAILY, WEEKLY, THIN, KEPT = 1, 2, 3, 4, 5
ROOM = 400
"""Space for the samples of one baseline: a week of hours, and then some."""
_MAD_TO_SIGMA = 1.4826
_BUSY = 0.9
"""Of what follows the day of people, the hours above this share of all are kept: a
night in a long outage must not read as a return."""
_A_DAY_OF_HOURS = 24
_SORTED_AT_ONCE = 40
"""Up to so many samples are sorted by insertion alone."""
Number = TypeVar("Number", int, float)
Room = npt.NDArray[np.float64]
Columns = npt.NDArray[np.int64]


@compiled
def larger(a: Number, b: Number) -> Number:
    """The larger of two numbers of one kind: it compiles in less time than `max`."""
    return b if b > a else a  # noqa: FURB136


@compiled
def smaller(a: Number, b: Number) -> Number:
    """The smaller of two numbers of one kind; see `larger`."""
    return b if b < a else a  # noqa: FURB136


@compiled
def sample(g: KernelInputs, r: int, column: int) -> float:
    """The reading of series `r` in a column; NaN outside, and where it is spoilt."""
    if column < 0 or column >= g.values.shape[1]:
        return np.nan
    number = g.first + column
    for place in range(g.since.shape[1]):
        if g.until[r, place] == 0:
            break
        if g.since[r, place] <= number < g.until[r, place]:
            return np.nan
    return float(g.values[g.rows[r], column])


@compiled
def ago(g: KernelInputs, r: int, at: int, back: int, m: SignalParams) -> int:
    """The column `back` bins before column `at`, by the clocks of the place (P9)."""
    zone = g.zone[r]
    if not g.moves[zone]:
        return at - back
    now, then = _hour(g, at, m), _hour(g, at - back, m)
    moved = np.int64(g.east[zone, now]) - np.int64(g.east[zone, then])
    return at - back + moved  # type: ignore[return-value]


@inlined
def _hour(g: KernelInputs, column: int, m: SignalParams) -> int:
    hour = ((g.first + column) * m.step_s + m.phase_s) // 3600 - g.hour
    return larger(0, smaller(hour, g.east.shape[1] - 1))  # type: ignore[no-any-return]


@compiled
def middle(samples: Room, count: int) -> float:
    """The median of the first `count` samples, which are put in order.

    Shell's sort: it is written out, since numpy's takes seconds to compile.
    """
    gap = 1
    while count > _SORTED_AT_ONCE and 9 * gap < count:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(gap, count):
            value, place = samples[i], i
            while place >= gap and samples[place - gap] > value:
                samples[place] = samples[place - gap]
                place -= gap
            samples[place] = value
        gap //= 3
    return float((samples[(count - 1) // 2] + samples[count // 2]) / 2)


@compiled
def _periods(
    g: KernelInputs, r: int, at: int, back: int, m: SignalParams, into: Room
) -> tuple[int, int]:
    """Samples of past weeks, or days, as `back` is the length of a week or of a day.

    Returns:
        How many samples there are, and of how many periods.
    """
    periods = WEEKS if back == m.week else DAYS
    count, of = 0, 0
    for k in range(1, periods + 1):
        if at - k * back + m.pool + m.day < 0:
            break  # older than the panel, however the clocks were set
        nearest, before = ago(g, r, at, k * back, m), count
        for column in range(nearest - m.pool, nearest + m.pool + 1):
            value = sample(g, r, column)
            if not math.isnan(value):
                into[count] = value
                count += 1
        if count > before:
            of += 1
    return count, of


@inlined
def _flat(g: KernelInputs, r: int, at: int, m: SignalParams, into: Room) -> int:
    """One bin an hour, from half a day ago back to a week ago."""
    count = 0
    for column in range(at - m.young, at - m.week, -m.hour):
        value = sample(g, r, column)
        if not math.isnan(value):
            into[count] = value
            count += 1
    return count


@inlined
def keep(g: KernelInputs, r: int, at: int, m: SignalParams, into: Room) -> float:
    """What to hold a drop against that outlasts its past: of the week before `at`.

    The median for signals without a strong day, else the level of its busy hours; NaN
    where less than a day is known.
    """
    count = _flat(g, r, at, m, into)
    if count < _A_DAY_OF_HOURS:
        return np.nan
    usual = middle(into, count)
    return usual if m.flat else float(into[np.int64(_BUSY * (count - 1))])


@compiled
def expected(
    g: KernelInputs, r: int, at: int, lift: float, m: SignalParams, into: Room
) -> tuple[float, int, int]:
    """What to expect of series `r` in column `at`.

    Returns:
        The reading, NaN where there is no baseline; the method, then 0; and how many
        samples, raised by `lift` where that applies, now lie in order in `into`.
    """
    method = WEEKLY
    count, weeks = _periods(g, r, at, m.week, m, into)
    if weeks < 2:
        method = DAILY
        count, days = _periods(g, r, at, m.day, m, into)
        if days < 3:
            method, count = FLAT, _flat(g, r, at, m, into) if m.flat else 0
            if count < larger(4, m.day // m.hour // 2):
                method = THIN
                count, weeks = _periods(g, r, at, m.week, m, into)
    if count == 0:
        return np.nan, 0, 0
    if method in (WEEKLY, THIN):
        for place in range(count):
            into[place] *= lift
    return middle(into, count), method, count


@inlined
def spread(level: float, count: int, m: SignalParams, into: Room) -> float:
    """The spread of the samples about their median `level`; they are lost."""
    for i in range(count):
        into[i] = abs(into[i] - level)
    measured = larger(_MAD_TO_SIGMA * middle(into, count), m.floor * level)
    # A count is no quieter than chance allows (Poisson).
    return larger(measured, math.sqrt(abs(level))) if m.poisson else measured


@inlined
def lifted(g: KernelInputs, r: int, at: int, m: SignalParams, into: Room) -> float:
    """How the day before column `at` compares with the same day in past weeks.

    A ratio of medians, one bin every three hours, of which both days are known; NaN
    where too little is.
    """
    count, stride = 0, larger(1, smaller(3 * m.hour, m.day // 4))
    for column in range(at - m.day, at, stride):
        value = sample(g, r, column)
        if not math.isnan(value):
            into[count] = value
            count += 1
    if 4 * count * stride < 3 * m.day:
        return np.nan
    today, count = middle(into, count), 0
    for k in range(1, WEEKS + 1):
        for column in range(at - m.day, at, stride):
            value = sample(g, r, ago(g, r, column, k * m.week, m))
            # An hour that is not known today would tilt the day of past weeks.
            if not (math.isnan(value) or math.isnan(sample(g, r, column))):
                into[count] = value
                count += 1
    if 2 * count * stride < WEEKS * m.day:
        return np.nan
    usual = middle(into, count)
    return today / usual if usual > 0 else np.nan


@compiled
def _expect(
    g: KernelInputs,
    at: tuple[Numbers, Columns],
    settings: tuple[float, float],
    m: SignalParams,
    into: Room,
    out: Values,
) -> None:
    (rows, columns), (lift, least) = at, settings
    for place in range(len(columns)):
        r: Any = np.int64(rows[place])
        usual, _, count = expected(g, r, columns[place], lift, m, into)
        out[0, place] = usual if usual >= least else np.nan
        out[1, place] = spread(usual, count, m, into) if count else np.nan


def expect(
    ground: KernelInputs,
    at: tuple[Numbers, Columns],
    lift: float,
    least: float,
    m: SignalParams,
) -> tuple[Values, Values]:
    """Expected reading and spread of many bins; NaN without a baseline.

    Args:
        ground: what is judged.
        at: for each bin its series and its column.
        lift: see `expected`.
        least: a smaller expected reading is given as NaN.
        m: the numbers of the signal.
    """
    out = np.empty((2, len(at[1])), dtype=np.float32)
    settings = float(lift), float(least)
    _expect(ground, at, settings, record(m), np.empty(ROOM), out)
    return out[0], out[1]


def expect_row(
    ground: KernelInputs, r: int, columns: Columns, lift: float, m: SignalParams
) -> tuple[Values, Values]:
    """Expected reading and spread of series `r` in many columns; NaN without one."""
    rows = np.full(len(columns), r, dtype=np.int32)
    return expect(ground, (rows, columns), lift, -np.inf, m)

"""What can be said of many readings at once, without computing one baseline.

Whether a reading lies below a share of a median is a matter of counting: it does where
it lies below that share of most samples. Counting takes no sorting and can be done for
hours of a series in one sweep; nearly all readings of the world are settled by it.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.compilation import compiled, inlined
from bot.detection.kernel.baselines import DAYS, WEEKS, ago, larger, sample, smaller
from bot.detection.kernel.inputs import KernelInputs, Numbers, SignalParams
from bot.model.signal import Values

Counts = npt.NDArray[np.int32]
PrefilterResult = npt.NDArray[np.int8]
UNSURE, ORDINARY, BELOW, SMALL, NOTHING = 0, 1, 2, 3, 4
"""What one can say of a reading without a closer look: nothing; that it is not low;
that nevertheless it stands below the level at which a source's health is asked; and
that it cannot be judged, since so little is expected, or since nothing is known."""


class Scratch(NamedTuple):
    """Room for `prefilter`; each has as many columns as may be asked about at once.

    Attributes:
        past: the samples: shape (periods, columns and their neighbours); where any
            hour may stand for any other, periods are hours as well.
        tally: for each column how many samples are known, and beside how many the
            reading stands well, by either share.
        said: the answers.
    """

    past: Values
    tally: Counts
    said: PrefilterResult


def scratch(columns: int, m: SignalParams) -> Scratch:
    """Room for so many columns at once."""
    return Scratch(
        past=np.empty((_most(m), columns + 2 * m.pool), dtype=np.float32),
        tally=np.empty((3, columns), dtype=np.int32),
        said=np.empty(columns, dtype=np.int8),
    )


def _most(m: SignalParams) -> int:
    """How many periods are collected at most: days, or the hours of three of them."""
    return max(DAYS, (3 * m.day - m.young) // m.hour) if m.flat else DAYS


@compiled
def prefilter(
    g: KernelInputs,
    r: int,
    span: tuple[int, int],
    lift: float,
    m: SignalParams,
    room: Scratch,
) -> None:
    """Which readings are not low, without a closer look; the answers lie in `room`.

    A reading is not, if enough periods are known and more than half of the samples are
    big enough to be judged, yet none of these stands so far above it that the reading
    is low beside it. In the same way it is found out whether one counts against the
    source's health.

    Args:
        g: what is judged.
        r: the series.
        span: the columns [first, until), all of the panel; no midnight, and no more
            than `SignalParams.young`, may lie between them: what is found in one of them
            enters the baseline of no other.
        lift: see `baselines.expected`.
        m: the numbers of the signal.
        room: see there.
    """
    first, until = span
    # Days are too few, and weeks there are none: clocks may be set by an hour.
    early = until + m.pool + m.hour < 3 * m.day
    if early and not m.flat:
        for place in range(until - first):
            room.said[place] = NOTHING
        return
    if early:
        shape, few = _gather_hours(g, r, span, m, room)
    else:
        shape, few = _gather_periods(g, r, span, m, room)
    weekly = until + m.pool >= 2 * m.week
    raised = lift if weekly else 1.0
    now = g.values[g.rows[r]][first:until]  # in two steps: known to be dense
    shares = np.float32(m.on * raised), np.float32(m.ill_level * raised)
    smallest = np.float32(m.minimum / raised)
    _count(now, shape, shares, smallest, room)
    for place in range(until - first):
        room.said[place] = _answer(room, place, few, now[place])
        if room.said[place] == UNSURE and _too_small(room.past, shape, place, smallest):
            room.said[place] = SMALL


@inlined
def _gather_periods(
    g: KernelInputs, r: int, span: tuple[int, int], m: SignalParams, room: Scratch
) -> tuple[tuple[int, int], int]:
    """Collect past weeks; past days where no second week is known yet.

    Returns:
        How many periods of how many samples lie in `room`, and how many known ones
        are too few.
    """
    (first, until), width = span, 2 * m.pool + 1
    daily = until + m.pool < 2 * m.week
    back, periods, few = (m.day, DAYS, 2) if daily else (m.week, WEEKS, 1)
    row, spoilt = g.values[g.rows[r]], (g.since[r], g.until[r])
    at, end = first - m.pool, until - 1 + m.pool
    for k in range(periods):
        past = room.past[k][: until - first + width - 1]
        begin = ago(g, r, at, (k + 1) * back, m)
        if begin - at == ago(g, r, end, (k + 1) * back, m) - end:
            _recollect(row, spoilt, g.first, begin, past)
        else:  # clocks were set in between
            for place in range(len(past)):
                past[place] = sample(g, r, ago(g, r, at + place, (k + 1) * back, m))
    return (periods, width), few * width


@inlined
def _gather_hours(
    g: KernelInputs, r: int, span: tuple[int, int], m: SignalParams, room: Scratch
) -> tuple[tuple[int, int], int]:
    """Collect one bin an hour (see `baselines`, "flat"); returns as above."""
    first, until = span
    hours = larger(1, smaller(len(room.past), (until - 1 - m.young) // m.hour + 1))
    row, spoilt = g.values[g.rows[r]], (g.since[r], g.until[r])
    for k in range(hours):
        past = room.past[k][: until - first]
        _recollect(row, spoilt, g.first, first - m.young - k * m.hour, past)
    return (hours, 1), larger(4, m.day // m.hour // 2) - 1


@inlined
def _answer(room: Scratch, place: int, few: int, read: float) -> int:
    known, high, well = room.tally[0, place], room.tally[1, place], room.tally[2, place]
    if math.isnan(read) or known <= few or 2 * high <= known:
        return UNSURE
    return BELOW if 2 * well <= known else ORDINARY


@inlined
def _too_small(
    past: Values, shape: tuple[int, int], first: int, smallest: np.float32
) -> bool:
    """Whether more than half of the samples are known, yet too small to be judged."""
    small = 0
    for k in range(shape[0]):
        for place in range(first, first + shape[1]):
            small += past[k, place] < smallest
    return 2 * small > shape[0] * shape[1]


@compiled
def _recollect(
    row: Values,
    spoilt: tuple[Numbers, Numbers],
    first: int,
    begin: int,
    past: Values,
) -> None:
    """The readings of a row from column `begin` on; NaN as `sample`."""
    least, most = larger(0, -begin), smaller(len(past), len(row) - begin)
    for place in range(len(past)):
        past[place] = np.nan
    for place in range(least, most):
        past[place] = row[begin + place]
    for span in range(len(spoilt[1])):
        since, until = spoilt[0][span] - first, spoilt[1][span] - first
        if spoilt[1][span] == 0:
            break
        for place in range(larger(0, since - begin), smaller(len(past), until - begin)):
            past[place] = np.nan


@inlined
def _count(
    now: Values,
    shape: tuple[int, int],
    shares: tuple[np.float32, np.float32],
    smallest: np.float32,
    room: Scratch,
) -> None:
    """Count for each reading the known samples, and those beside which it stands well.

    Args:
        now: the readings.
        shape: periods, and samples of each.
        shares: of a sample; a reading above it stands well beside it.
        smallest: samples below that cannot be judged.
        room: the samples, and the counts.
    """
    past = room.past
    for place in range(len(now)):
        for kind in range(3):
            room.tally[kind, place] = 0
    known, high, well = room.tally[0], room.tally[1], room.tally[2]
    for k in range(shape[0]):
        for near in range(shape[1]):
            for place in range(len(now)):
                then = past[k, near + place]
                known[place] += then == then  # noqa: PLR0124 - the quick "not NaN"
                fit = then >= smallest
                high[place] += fit & (shares[0] * then <= now[place])
                well[place] += fit & (shares[1] * then <= now[place])

"""Is the source itself ill? Asked before any of its bins is judged (P6).

Places that have nothing to do with each other do not fall in the same bin, nor do
they all repeat themselves, nor is what was told of many of them told otherwise later:
where that happens, the source has a fault. An ill signal is unknown, for everybody.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.compilation import inlined
from bot.detection.kernel.baselines import larger
from bot.detection.kernel.columns import FROZEN
from bot.detection.kernel.drops import BELOW, FALLEN, LOW, WHY, repeats
from bot.detection.kernel.inputs import Bundle, Numbers, SignalParams

Flags = npt.NDArray[np.bool_]
UNTOLD, WELL, FELL, SANK, STOOD, REWROTE = -1, 0, 1, 2, 3, 4
ASK = -2
"""What a glance answers where every place has to be asked."""


class HealthScratch(NamedTuple):
    """What is asked of the rows in one bin.

    Attributes:
        known: whether the row can be judged, and was in no drop before.
        below: whether it reads below `SignalParams.ill_level`.
        fell: whether it reads low; stood: whether it repeats itself.
        seen: room, one element a place.
    """

    known: Flags
    below: Flags
    fell: Flags
    stood: Flags
    seen: Numbers


def health_scratch(count: int, places: int) -> HealthScratch:
    """Room for so many rows of so many places."""
    known, below, fell, stood = np.zeros((4, count), dtype=np.bool_)
    return HealthScratch(known, below, fell, stood, np.zeros(places, dtype=np.int32))


def rewrote(told: Numbers, known: Numbers, m: SignalParams) -> bool:
    """Whether a source has told otherwise what it had said of many places.

    Args:
        told: the number of the place of each row that was rewritten.
        known: the number of the place of each row that was ever heard of.
        m: the numbers of the signal.
    """
    places = len(np.unique(known))
    return places >= m.basket and len(np.unique(told)) > max(2.0, m.ill_share * places)


@inlined
def collect(
    it: HealthScratch, told: Bundle, rows: tuple[Numbers, int], m: SignalParams
) -> tuple[int, int]:
    """Ask some rows.

    What has dropped before says nothing new. Small places count too: a common fall
    shows in many small ones, each within its own noise.

    Args:
        it: where the answers lie.
        told: of all rows the states before the bin, how they look (see
            `drops.LOOKS`), and the readings.
        rows: the numbers of those that are asked, and how many there are.
        m: the numbers of the signal.

    Returns:
        How many of them are below, and how many fell or stand still.
    """
    (table, out, reads), (who, count) = told, rows
    known, below, fell, stood = it.known, it.below, it.fell, it.stood
    lows, stirs = 0, 0
    for n in range(count):
        r = np.int64(who[n])
        # Who has repeated itself for hours is unknown, and tells of its source still.
        why = out[r, WHY]
        judged = why == 0 or why == FROZEN  # noqa: PLR1714 - compiles in less time
        known[r] = table[r].dropped == 0 and judged
        below[r] = known[r] and out[r, BELOW] != 0
        fell[r] = known[r] and out[r, FALLEN] != 0
        stood[r] = known[r] and out[r, LOW] == 0 and repeats(table[r], reads[r], m)
        lows += below[r]
        stirs += fell[r] or stood[r]
    return lows, stirs


@inlined
def known_places(
    it: HealthScratch, rows: tuple[Numbers, int], groups: Numbers, others: Numbers
) -> int:
    """How many places have a known row: some rows were asked, others are known.

    Args:
        it: what the rows answered.
        rows: their numbers, and how many there are.
        groups: the number of the place that each row belongs to.
        others: for each place how many other rows are known there.
    """
    (who, many), seen, known = rows, it.seen, it.known
    for place in range(len(seen)):
        seen[place] = others[place]
    for n in range(many):
        seen[groups[who[n]]] += known[who[n]]
    count = 0
    for place in range(len(seen)):
        count += seen[place] > 0
    return count


@inlined
def screen(lows: int, stirs: int, places: int, m: SignalParams) -> int:
    """What numbers alone tell of the source: `ASK` where it may be ill.

    Args:
        lows: how many rows are below.
        stirs: how many fell or stand still.
        places: how many have a known row.
        m: the numbers of the signal.
    """
    if places < m.basket:
        return UNTOLD
    return ASK if stirs > _many(places, m) or 2 * lows > places else WELL


@inlined
def _many(places: int, m: SignalParams) -> float:
    return larger(2.0, m.ill_share * places)


@inlined
def _places(marked: Flags, groups: Numbers, seen: Numbers) -> int:
    """How many places have a marked row; `seen` is room, one element a place."""
    for place in range(len(seen)):
        seen[place] = 0
    count = 0
    for r in range(len(groups)):
        if marked[r] and seen[groups[r]] == 0:
            seen[groups[r]] = 1
            count += 1
    return count


@inlined
def _sunk(it: HealthScratch, groups: Numbers) -> int:
    """How many places are low in most of their rows: one place, one voice.

    Counted by rows, the counties of one country would outvote all other countries.
    """
    for place in range(len(it.seen)):
        it.seen[place] = 0
    for r in range(len(groups)):
        if it.known[r]:
            it.seen[groups[r]] += 1 if it.below[r] else -1
    count = 0
    for place in range(len(it.seen)):
        count += it.seen[place] > 0
    return count


@inlined
def diagnose(
    it: HealthScratch, groups: Numbers, stirs: int, places: int, m: SignalParams
) -> int:
    """Compare the places with each other in one bin, after every row was asked.

    Args:
        it: what they answered.
        groups: the number of the place that each row belongs to.
        stirs: how many rows fell or stand still.
        places: how many places have a known row.
        m: the numbers of the signal.

    Returns:
        One of the codes above.
    """
    many = _many(places, m)
    if stirs > many and _places(it.fell, groups, it.seen) > many:
        return FELL
    if 2 * _sunk(it, groups) > places:
        return SANK
    still = stirs > many and _places(it.stood, groups, it.seen) > many
    return STOOD if still else WELL

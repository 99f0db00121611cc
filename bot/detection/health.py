"""Is the source itself ill? Asked before any of its bins is judged (P6).

Places that have nothing to do with each other do not fall in the same bin, nor do
they all repeat themselves: where many do, the source has a fault. An ill signal is
unknown, for everybody.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.compiling import compiled
from bot.detection.baselines import Room
from bot.detection.drops import BELOW, FALLEN, LOW, WHY, repeats
from bot.detection.ground import Bundle, Numbers, Record
from bot.detection.measure import Measure
from bot.detection.state import FROZEN

UNTOLD, WELL, FELL, SANK, STOOD = -1, 0, 1, 2, 3
_REASONS = {
    UNTOLD: "too few places to compare",
    WELL: "",
    FELL: "many unrelated places fell at once",
    SANK: "the median of all places is low",
    STOOD: "many places repeat the same reading",
}


@dataclass(frozen=True, slots=True)
class Health:
    """Whether a signal can be believed in one bin.

    `ill` is None where too few places are watched to tell.
    """

    ill: bool | None
    reason: str = ""


def health(code: int) -> Health:
    """What the answer of `examine` means."""
    return Health(None if code == UNTOLD else code > WELL, _REASONS[code])


@compiled
def _places(marked: npt.NDArray[np.bool_], groups: Numbers, seen: Numbers) -> int:
    """How many places have a marked row; `seen` is room, one element a place."""
    seen[:] = 0
    count = 0
    for r in range(len(groups)):
        if marked[r] and seen[groups[r]] == 0:
            seen[groups[r]] = 1
            count += 1
    return count


@compiled
def _sunk(
    below: npt.NDArray[np.bool_],
    known: npt.NDArray[np.bool_],
    groups: Numbers,
    tally: Numbers,
) -> int:
    """How many places are low in most of their rows: one place, one voice.

    Counted by rows, the counties of one country would outvote all other countries.
    """
    tally[:] = 0
    for r in range(len(groups)):
        if known[r]:
            tally[groups[r]] += 1 if below[r] else -1
    count = 0
    for place in range(len(tally)):
        count += tally[place] > 0
    return count


@compiled
def examine(
    table: Record, out: Bundle, reads: Room, groups: Numbers, seen: Numbers, m: Measure
) -> int:
    """Compare the places with each other in one bin.

    What has dropped before says nothing new. Small places count too: a common fall
    shows in many small ones, each within its own noise.

    Args:
        table: the states before the bin.
        out: how each series looks (see `drops.LOOKS`).
        reads: its reading.
        groups: the number of the place that each row belongs to.
        seen: room, one element a place.
        m: the numbers of the signal.

    Returns:
        One of the codes above.
    """
    count = len(groups)
    known = np.zeros(count, dtype=np.bool_)
    amiss = np.zeros((2, count), dtype=np.bool_)
    below = np.zeros(count, dtype=np.bool_)
    lows, stirs = 0, 0
    for r in range(count):
        # Who has repeated itself for hours is unknown, and tells of its source still.
        if (out[r, WHY] not in (0, FROZEN)) or table[r].dropped != 0:
            continue
        known[r] = True
        below[r] = out[r, BELOW] != 0
        lows += below[r]
        amiss[0, r] = out[r, FALLEN] != 0
        amiss[1, r] = out[r, LOW] == 0 and repeats(table[r], reads[r], m)
        stirs += amiss[0, r] or amiss[1, r]
    places = _places(known, groups, seen)
    if places < m.basket:
        return UNTOLD
    many = max(2.0, m.ill_share * places)
    if stirs > many and _places(amiss[0], groups, seen) > many:
        return FELL
    if 2 * lows > places and 2 * _sunk(below, known, groups, seen) > places:
        return SANK
    still = stirs > many and _places(amiss[1], groups, seen) > many
    return STOOD if still else WELL

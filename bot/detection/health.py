"""Is the source itself ill? Asked before any of its bins is judged (P6).

Places that have nothing to do with each other do not fall in the same bin, nor do
they all repeat themselves: where many do, the source has a fault. An ill signal is
unknown, for everybody.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.detection.baselines import Room
from bot.detection.compiled import Bundle, Numbers, Record, compiled
from bot.detection.drops import BELOW, FALLEN, LOW, WHY, stands_still
from bot.detection.measure import Measure

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
    known, fallen = np.empty((2, count), dtype=np.bool_)
    still = np.empty(count, dtype=np.bool_)
    below, rows = 0, 0
    for r in range(count):
        known[r] = out[r, WHY] == 0 and table[r].dropped == 0
        fallen[r] = known[r] and out[r, FALLEN] != 0
        still[r] = known[r] and out[r, LOW] == 0 and stands_still(table[r], reads[r], m)
        rows += known[r]
        below += known[r] and out[r, BELOW] != 0
    places = _places(known, groups, seen)
    if places < m.basket:
        return UNTOLD
    many = max(2.0, m.ill_share * places)
    if _places(fallen, groups, seen) > many:
        return FELL
    if 2 * below > rows:
        return SANK
    return STOOD if _places(still, groups, seen) > many else WELL

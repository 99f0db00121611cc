"""Decides whether a source itself has failed, before a drop begins or ends (P6).

The source has a fault if many unrelated places fall in the same bin, if most places
read a little low, or if the readings of many places are repeated or revised later. Then
the signal is unknown for every place.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from bot.compilation import compiled_inline
from bot.detection.kernel.assessment import is_still
from bot.detection.kernel.baselines import Samples, larger
from bot.detection.kernel.columns import ASSESSED, FROZEN
from bot.detection.kernel.inputs import Flags, Numbers, Record, SignalParams


class HealthCode(IntEnum):
    """The health of a source in one bin; every code above HEALTHY is a fault."""

    UNKNOWN = -1
    """Too few places have a series that can be compared."""
    HEALTHY = 0
    MANY_FELL = 1
    MOST_WEAK = 2
    MANY_STILL = 3
    MANY_REVISED = 4


# Compiled functions use plain integers, as in `columns`.
UNKNOWN = HealthCode.UNKNOWN.value
HEALTHY = HealthCode.HEALTHY.value
MANY_FELL = HealthCode.MANY_FELL.value
MOST_WEAK = HealthCode.MOST_WEAK.value
MANY_STILL = HealthCode.MANY_STILL.value
MANY_REVISED = HealthCode.MANY_REVISED.value
UNDECIDED = -2
"""Returned by `screen_by_counts` if counts alone cannot decide; never stored."""


class HealthScratch(NamedTuple):
    """What each series shows about the health of its source in one bin.

    The arrays have one element per series, except `by_place`.

    Attributes:
        comparable: whether the series was assessed or frozen in the bin, and in no drop
            before.
        weak: whether the series is comparable and below `SignalParams.ill_level`.
        fell: whether the series is comparable and below the level at which a drop
            begins.
        still: whether the series is comparable, not low, and repeats its reading (see
            `assessment.is_still`).
        by_place: memory for counts, one element per place.
    """

    comparable: Flags
    weak: Flags
    fell: Flags
    still: Flags
    by_place: Numbers


def allocate_health_scratch(count: int, places: int) -> HealthScratch:
    """Allocate a `HealthScratch` for `count` series of `places` places."""
    comparable, weak, fell, still = np.zeros((4, count), dtype=np.bool_)
    return HealthScratch(
        comparable, weak, fell, still, np.zeros(places, dtype=np.int32)
    )


@compiled_inline
def collect_series_health(
    scratch: HealthScratch,
    states: Record,
    assessments: Record,
    values: Samples,
    rows: tuple[Numbers, int],
    params: SignalParams,
) -> tuple[int, int]:
    """Collect what some series show about the health of their source in a bin.

    A series that was in a drop before the bin shows nothing new and is not comparable.
    A fall counts even within the noise: a fall of many small places at once may stay
    within the noise of each.

    Args:
        scratch: receives the result.
        states: the states of all series before the bin.
        assessments: the assessments of all series in the bin.
        values: the readings of all series.
        rows: the numbers of the series to use, and how many of these numbers to use.
        params: the parameters of the signal.

    Returns:
        How many of the series are weak; and how many fell or repeat their reading.
    """
    comparable, weak = scratch.comparable, scratch.weak
    fell, still = scratch.fell, scratch.still
    weak_count, suspect_count = 0, 0
    for n in range(rows[1]):
        row = np.int64(rows[0][n])
        # A frozen series cannot be assessed, but shows that its source repeats
        # readings. So it counts as comparable.
        why = assessments[row].why
        assessed = why == ASSESSED or why == FROZEN  # noqa: PLR1714 - compiles faster
        comparable[row] = states[row].dropped == 0 and assessed
        weak[row] = comparable[row] and assessments[row].weak
        fell[row] = comparable[row] and assessments[row].below_entry
        still[row] = (
            comparable[row]
            # A low series that repeats its reading has dropped to a constant. This is a
            # real drop, so it does not count here.
            and not assessments[row].low
            and is_still(states[row], values[row], params)
        )
        weak_count += weak[row]
        suspect_count += fell[row] or still[row]
    return weak_count, suspect_count


@compiled_inline
def count_comparable_places(
    scratch: HealthScratch,
    rows: tuple[Numbers, int],
    place_numbers: Numbers,
    idle_by_place: Numbers,
) -> int:
    """Return how many places have a comparable series.

    Args:
        scratch: what the series show, as `collect_series_health` left it.
        rows: the numbers of the series that were collected, and how many there are.
        place_numbers: for each series the number of its place.
        idle_by_place: for each place how many idle series it has (see the module
            `idle`); these are comparable too.
    """
    by_place = scratch.by_place
    for place in range(len(by_place)):
        by_place[place] = idle_by_place[place]
    for n in range(rows[1]):
        row = rows[0][n]
        by_place[place_numbers[row]] += scratch.comparable[row]
    count = 0
    for place in range(len(by_place)):
        count += by_place[place] > 0
    return count


@compiled_inline
def screen_by_counts(
    weak_count: int, suspect_count: int, places: int, params: SignalParams
) -> int:
    """Return the `HealthCode` of the source by counts of series, or `UNDECIDED`.

    Args:
        weak_count: how many series are weak.
        suspect_count: how many series fell or repeat their reading.
        places: how many places have a comparable series.
        params: the parameters of the signal.
    """
    if places < params.basket:
        return UNKNOWN
    # If only few series are weak or suspect, they lie in few places. Then
    # `diagnose_by_places`, which counts the places, would find no fault either.
    suspect = (
        suspect_count > _most_suspect_places(places, params) or 2 * weak_count > places
    )
    return UNDECIDED if suspect else HEALTHY


@compiled_inline
def diagnose_by_places(
    scratch: HealthScratch,
    place_numbers: Numbers,
    suspect_count: int,
    places: int,
    params: SignalParams,
) -> int:
    """Return the `HealthCode` of the source by comparing all its places in one bin.

    Args:
        scratch: what each series shows in this bin, such as whether it fell.
        place_numbers: for each series the number of its place.
        suspect_count: how many series fell or repeat their reading.
        places: how many places have a comparable series.
        params: the parameters of the signal.
    """
    many = _most_suspect_places(places, params)
    if (
        suspect_count > many
        and _places_with(scratch.fell, place_numbers, scratch.by_place) > many
    ):
        return MANY_FELL
    if 2 * _weak_places(scratch, place_numbers) > places:
        return MOST_WEAK
    still = suspect_count > many and (
        _places_with(scratch.still, place_numbers, scratch.by_place) > many
    )
    return MANY_STILL if still else HEALTHY


@compiled_inline
def _most_suspect_places(places: int, params: SignalParams) -> float:
    """Return how many places may fall or repeat readings at once in a healthy source."""
    return larger(2.0, params.ill_share * places)


@compiled_inline
def _places_with(marked: Flags, place_numbers: Numbers, by_place: Numbers) -> int:
    """Return how many places have a series that `marked` marks."""
    for place in range(len(by_place)):
        by_place[place] = 0
    count = 0
    for row in range(len(place_numbers)):
        if marked[row] and by_place[place_numbers[row]] == 0:
            by_place[place_numbers[row]] = 1
            count += 1
    return count


@compiled_inline
def _weak_places(scratch: HealthScratch, place_numbers: Numbers) -> int:
    """Return how many places are weak: most of their comparable series are weak.

    Series are not counted directly: the many counties of one country could outvote all
    other places.
    """
    by_place = scratch.by_place
    for place in range(len(by_place)):
        by_place[place] = 0
    for row in range(len(place_numbers)):
        if scratch.comparable[row]:
            by_place[place_numbers[row]] += 1 if scratch.weak[row] else -1
    count = 0
    for place in range(len(by_place)):
        count += by_place[place] > 0
    return count

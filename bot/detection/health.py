"""Is the source itself ill? Asked before any of its bins is judged (P6).

Places that have nothing to do with each other do not fall in the same bin: where
many do, the source has a fault. An ill signal is unknown, for everybody.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bot.detection.drops import Look
from bot.detection.state import WHYS, SeriesStates
from bot.detection.thresholds import Thresholds
from bot.model.signal import Family, Signal


@dataclass(frozen=True, slots=True)
class Health:
    """Whether a signal can be believed in one bin.

    `ill` is None where too few places are watched to tell.
    """

    ill: bool | None
    reason: str = ""


def examine(
    signal: Signal,
    seen: Look,
    states: SeriesStates,
    groups: npt.NDArray[np.int64],
    thresholds: Thresholds,
) -> Health:
    """Compare the places with each other in one bin.

    Args:
        signal: whose source it is.
        seen: how the bin reads.
        states: before the bin: what has dropped already says nothing new.
        groups: the number of the place each row belongs to.
        thresholds: see `control_basket`, `ill_share` and `ill_level`.
    """
    fresh = (seen.why == 0) & (states.dropped == 0)
    places = np.unique(groups[fresh])
    if len(places) < thresholds.control_basket:
        return Health(None, "too few places to compare")
    # Small places too: a common fall shows in many small ones, each within its noise.
    with np.errstate(invalid="ignore"):
        fallen = seen.level < thresholds.limit(signal).on
    low = np.unique(groups[fresh & fallen])
    if len(low) > max(2.0, thresholds.ill_share * len(places)):
        return Health(ill=True, reason="many unrelated places fell at once")
    steady = signal.family is Family.CONTROL_PLANE
    least = thresholds.ill_routes if steady else thresholds.ill_level
    if float(np.median(seen.level[fresh])) < least:
        return Health(ill=True, reason="the median of all places is low")
    return Health(ill=False)


def disbelieve(seen: Look) -> Look:
    """The same look with every answer taken back: the source is ill."""
    nobody = np.zeros(len(seen.low), dtype=np.bool_)
    why = np.where(seen.why == 0, WHYS.index("source-ill"), seen.why)
    return replace(
        seen, level=np.full_like(seen.level, np.nan), low=nobody, back=nobody, why=why
    )

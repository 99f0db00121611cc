"""Source health: whether a signal can be believed in a bin, and why not (P6)."""

from dataclasses import dataclass
from enum import StrEnum

from bot.detection.kernel.health import HealthCode


class HealthReason(StrEnum):
    """Why a signal cannot be believed in a bin; stored in gaps and checks."""

    NOT_ASSESSED = "not assessed yet"
    TOO_FEW_PLACES = "too few places to compare"
    FELL_TOGETHER = "many unrelated places fell at once"
    MEDIAN_LOW = "the median of all places is low"
    REPEATED = "many places repeat the same reading"
    REVISED = "many places were told otherwise afterwards"


_REASONS = {
    HealthCode.UNKNOWN: HealthReason.TOO_FEW_PLACES,
    HealthCode.HEALTHY: None,
    HealthCode.MANY_FELL: HealthReason.FELL_TOGETHER,
    HealthCode.MOST_WEAK: HealthReason.MEDIAN_LOW,
    HealthCode.MANY_STILL: HealthReason.REPEATED,
    HealthCode.MANY_REVISED: HealthReason.REVISED,
}


@dataclass(frozen=True, slots=True)
class Health:
    """Whether a signal can be believed in one bin.

    Attributes:
        unhealthy: True if the signal cannot be believed, False if it can. None if no
            bin was assessed yet, or if too few places can be compared.
        reason: why the signal is unhealthy, or why its health is unknown; None for a
            healthy signal.
    """

    unhealthy: bool | None
    reason: HealthReason | None = None


def health_of_code(code: int) -> Health:
    """Return the health for a `HealthCode` of the kernel.

    Raises:
        ValueError: `code` is not a `HealthCode`.
    """
    return Health(
        None if code == HealthCode.UNKNOWN else code > HealthCode.HEALTHY,
        _REASONS[HealthCode(code)],
    )

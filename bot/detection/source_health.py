"""Whether a signal can be believed in a bin, and why not."""

from dataclasses import dataclass

from bot.detection.kernel.health import HealthCode

_REASONS = {
    HealthCode.UNKNOWN: "too few places to compare",
    HealthCode.HEALTHY: "",
    HealthCode.MANY_FELL: "many unrelated places fell at once",
    HealthCode.MOST_WEAK: "the median of all places is low",
    HealthCode.MANY_STILL: "many places repeat the same reading",
    HealthCode.MANY_REVISED: "many places were told otherwise afterwards",
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
    return Health(
        None if code == HealthCode.UNKNOWN else code > HealthCode.HEALTHY,
        _REASONS[HealthCode(code)],
    )

"""Source health: whether a signal can be believed in a bin, and why not (P6)."""

from dataclasses import dataclass

from bot.detection.kernel.health import FELL, REWROTE, SANK, STOOD, UNTOLD, WELL

_REASONS = {
    UNTOLD: "too few places to compare",
    WELL: "",
    FELL: "many unrelated places fell at once",
    SANK: "the median of all places is low",
    STOOD: "many places repeat the same reading",
    REWROTE: "many places were told otherwise afterwards",
}


@dataclass(frozen=True, slots=True)
class Health:
    """Whether a signal can be believed in one bin.

    Attributes:
        ill: None where too few places are watched to compare.
        reason: why it is unhealthy or unknown; "" where it can be believed.
    """

    ill: bool | None
    reason: str = ""


def health(code: int) -> Health:
    """Return the health that a code of the kernel means (see `kernel.health`).

    Raises:
        KeyError: there is no such code.
    """
    return Health(None if code == UNTOLD else code > WELL, _REASONS[code])

"""Whether a signal can be believed in a bin, and why not."""

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

    `ill` is None where too few places are watched to tell.
    """

    ill: bool | None
    reason: str = ""


def health(code: int) -> Health:
    """What the answer of `examine` means."""
    return Health(None if code == UNTOLD else code > WELL, _REASONS[code])

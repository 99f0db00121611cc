"""What the operator sets for alerts and for the calendar of expected drops."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

# `artefacts` imports numpy. Commands that use no readings should start without numpy.
if TYPE_CHECKING:
    from bot.detection.artefacts import ExpectedEvent


class CapStatus(StrEnum):
    """How alerts are meant; the operator chooses. Alerts of drills are exercises."""

    TEST = "test"
    RESTRICTED = "restricted"
    ACTUAL = "actual"


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """The settings of `cap/` and `calendar.ics`.

    Attributes:
        status: how alerts are meant.
        restriction: for whom alerts are; only for the status `RESTRICTED`.
        sender: the sender of alerts; None: the host of the site's address.
        windows: the times in which a drop is expected, as the public may see them.
    """

    status: CapStatus = CapStatus.TEST
    restriction: str | None = None
    sender: str | None = None
    windows: "tuple[ExpectedEvent, ...]" = ()

"""What evidence bundles need from the configuration."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

# `thresholds` loads numpy, which commands that write no page do not need.
if TYPE_CHECKING:
    from bot.detection.thresholds import Thresholds
    from bot.incidents.steps import EventTiming


@dataclass(frozen=True, slots=True)
class EvidenceSettings:
    """What evidence bundles need from the configuration.

    Attributes:
        thresholds: the thresholds in force; None: those that are built in.
        timing: when an incident makes an event; None: the default.
        key: the operator's secret key in minisign's format, as text; None: nothing is
            signed.
    """

    thresholds: "Thresholds | None" = None
    timing: "EventTiming | None" = None
    key: str | None = field(default=None, repr=False)

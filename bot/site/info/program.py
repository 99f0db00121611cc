"""What the pages that explain the program need to know of it."""

from dataclasses import dataclass
from datetime import timedelta

from bot.detection.fusion.rules import VerdictRule
from bot.detection.thresholds import Thresholds
from bot.incidents.steps import EventTiming
from bot.model.signal import Signal
from bot.policy.publication_rules import Policy


@dataclass(frozen=True, slots=True)
class ProgramSettings:
    """The rules and settings in force; none of them is a secret or an address.

    Attributes:
        thresholds, timing, table, policy: what decides, see there.
        signals: the signals that are read, in the order of their sources.
        poll: the time from the start of one tick to the start of the next.
        history: how many past days baselines use.
        grace: how long a missing reading is waited for once it is due.
        has_heartbeat: whether an outside service is told of each tick.
        version: the version of the program.
        licence: the licence of texts and pictures; None if the operator states none.
        reconstruction: whether the readings are made from published facts.
    """

    thresholds: Thresholds
    timing: EventTiming
    table: tuple[VerdictRule, ...]
    policy: Policy
    signals: tuple[Signal, ...]
    poll: timedelta
    history: timedelta
    grace: timedelta
    has_heartbeat: bool
    version: str
    licence: str | None = None
    reconstruction: bool = False

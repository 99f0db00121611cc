"""The steps of an incident, and how often they are taken."""

from dataclasses import dataclass
from datetime import timedelta

from bot.model.entity import Entity
from bot.model.event import CorrectedClaims
from bot.model.incident import EventKind, State
from bot.model.interval import Interval
from bot.model.verdict import Verdict

NEARLY_NORMAL = 0.95
"""The level from which a series in a drop counts as nearly back (1.0 is normal)."""


@dataclass(frozen=True, slots=True)
class EventTiming:
    """When an incident makes an event, and how often.

    Attributes:
        reopen_within: a drop seen within this time after the restoration belongs to
            the same incident.
        update_every: after this time without an event, an update says that a confirmed
            incident lasts. The update waits while the level rises or falls, and is not
            made if the verdict is neither suspected nor confirmed.
        least_between: the least time between an event and the next event that reports a
            partial return, single networks, or the risen level of a suspected incident.
        ease_after: the return of a family or network is reported while others are still
            down, but only if each of these was seen down at least this long after the
            return.
        max_state_changes_per_day: how many escalations, partial returns and reopenings
            an incident may have within 24 hours. Once it has so many, it reports only a
            confirmation, a correction, its end, its retraction, that it lasts, and that
            it reopens. The same number limits updates: after so many updates within 24
            hours, the incident makes no update about single networks.
        level_step: the least change of the level that makes an event (1.0 is the
            baseline).
    """

    reopen_within: timedelta = timedelta(hours=24)
    update_every: timedelta = timedelta(hours=24)
    least_between: timedelta = timedelta(hours=1)
    ease_after: timedelta = timedelta(hours=2)
    max_state_changes_per_day: int = 6
    level_step: float = 0.25


@dataclass(frozen=True, slots=True)
class Step:
    """The next step of an incident.

    Attributes:
        reason: stored with the event; kebab case, never renamed.
        restored: the interval in which service returned; None unless the step is a
            restoration.
        back: the networks whose return the event reports.
        wrong: the published claims that the step withdraws; None unless the step is a
            correction.
    """

    kind: EventKind
    state: State
    reason: str
    restored: Interval | None = None
    back: tuple[Entity, ...] = ()
    wrong: CorrectedClaims | None = None


@dataclass(frozen=True, slots=True)
class NoStep:
    """The decision to take no step, with its reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Transition:
    """A step, or the decision to take no step, with the verdict that led to it."""

    verdict: Verdict
    step: Step | NoStep

"""Publish, review or hold: for each event and channel, with a reason (P17)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.model.draft import Action, Decision
from bot.model.entity import Entity
from bot.model.incident import EventKind, IncidentEvent, State
from bot.policy import flood_control as flood
from bot.policy.flood_control import Flood

_DOUBTS = frozenset({"level-shift", "population"})
"""Failed checks that leave a verdict as it is, and yet want a person's eye (P16)."""


@dataclass(frozen=True, slots=True)
class PolicyRule:
    """What to do with events that match; an empty tuple matches all.

    Attributes:
        name: the reason that is stored when this rule decides.
        confirmed: True for incidents that were ever confirmed, False for those
            that never were, None for both.
    """

    name: str
    action: Action
    states: tuple[State, ...] = ()
    kinds: tuple[EventKind, ...] = ()
    channels: tuple[str, ...] = ()
    confirmed: bool | None = None

    def matches(self, event: IncidentEvent, channel: str) -> bool:
        """Whether it speaks of this event on this channel."""
        return (
            (not self.states or event.facts.state in self.states)
            and (not self.kinds or event.kind in self.kinds)
            and (not self.channels or channel in self.channels)
            and self.confirmed in {None, event.confirmed}
        )


@dataclass(frozen=True, slots=True)
class Policy:
    """Rules in order; the first that matches decides, and none means review (P16).

    Attributes:
        stale_after: an event found out later than that is held: it is history,
            not news. None switches this off (replay).
        flood: when what a rule lets out waits for a person after all.
    """

    rules: tuple[PolicyRule, ...] = ()
    stale_after: timedelta | None = timedelta(hours=6)
    flood: Flood = field(default_factory=Flood)


def decide(
    policy: Policy,
    event: IncidentEvent,
    channel: str,
    now: datetime,
    beside: Collection[Entity] = (),
) -> Decision:
    """What happens with `event` on `channel`, and why.

    `beside` are the places of a possible flood (see `Flood.holds`).
    """
    if policy.stale_after is not None and now - event.at > policy.stale_after:
        return Decision(event.key, channel, Action.HOLD, "found-out-too-late", now)
    for rule in policy.rules:
        if not rule.matches(event, channel):
            continue
        look = _wants_a_look(policy, event, beside)
        if look and rule.action is Action.PUBLISH:
            return Decision(event.key, channel, Action.REVIEW, look, now)
        return Decision(event.key, channel, rule.action, rule.name, now)
    return Decision(event.key, channel, Action.REVIEW, "no-rule-lets-it-out", now)


def _wants_a_look(
    policy: Policy, event: IncidentEvent, beside: Collection[Entity]
) -> str:
    """Why a person should look at what would go out by itself; else nothing."""
    if policy.flood.holds(event, beside):
        return flood.REASON
    failed = [c.name for c in event.facts.checks if c.passed is False]
    return next((f"check-failed-{name}" for name in failed if name in _DOUBTS), "")

"""Publish, review or hold: for each event and channel, with a reason (P17)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.model.draft import SITE, Action, Decision, DraftState, Release
from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind, Facts, IncidentEvent, State
from bot.model.verdict import CheckName
from bot.policy import flood_control as flood
from bot.policy.channel_rules import CORRECTIONS
from bot.policy.flood_control import Flood

_DOUBTS = frozenset({CheckName.LEVEL_SHIFT, CheckName.POPULATION})
"""Failed checks that leave a verdict as it is, and yet want a person's eye (P16)."""


@dataclass(frozen=True, slots=True)
class PolicyRule:
    """What to do with events that match; an empty tuple matches all.

    Attributes:
        name: the reason that is stored when this rule decides.
        channels: names of channels, and `SITE` for the report site.
        places: a country stands for its regions too. A rule that holds back also
            matches an event that only names the place beside others (P12).
        confirmed: True for incidents that were ever confirmed, False for those
            that never were, None for both.
    """

    name: str
    action: Action
    states: tuple[State, ...] = ()
    kinds: tuple[EventKind, ...] = ()
    channels: tuple[str, ...] = ()
    confirmed: bool | None = None
    places: tuple[Entity, ...] = ()

    def matches(self, event: IncidentEvent, channel: str) -> bool:
        """Whether it speaks of this event on this channel."""
        return (
            (not self.states or event.facts.state in self.states)
            and (not self.kinds or event.kind in self.kinds)
            and (not self.channels or channel in self.channels)
            and self.confirmed in {None, event.confirmed}
            and (not self.places or self._concerns(event.facts))
        )

    def _concerns(self, facts: Facts) -> bool:
        """Whether one of the places is the event's, or is to be held and is named."""
        shown = {facts.place}
        if self.action is not Action.PUBLISH:
            named = (*facts.series, *facts.networks, *facts.regions, *facts.parts_back)
            shown |= {series.entity for series in named}
            shown |= {facts.part} if facts.part else set()
        return any(_lies_in(one, place) for one in shown for place in self.places)


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


def withheld(
    policy: Policy, event: IncidentEvent, now: datetime, beside: Collection[Entity] = ()
) -> Decision | None:
    """The decision that keeps an event off the report site; None: it may be shown.

    Review does not keep it off: the page shows what was measured, not the words that
    wait. What was found out late is no news, and stays on record there all the same.
    """
    decision = decide(replace(policy, stale_after=None), event, SITE, now, beside)
    return decision if decision.action is Action.HOLD else None


def released(steps: Sequence[Release]) -> tuple[int, ...]:
    """The numbers of an incident's steps that the report site may show, in order.

    A step may be shown once it is decided and policy does not hold it, or once a
    person or a rule let it out on a channel: its post links to the page. A correction
    goes where the claim is (P11).
    """
    shown: list[int] = []
    for step in steps:
        decided = step.draft is not None
        let_out = step.draft is DraftState.APPROVED or not step.held
        owed = bool(shown) and step.kind in CORRECTIONS
        if decided and (let_out or owed):
            shown.append(step.seq)
    return tuple(shown)


def _lies_in(entity: Entity, place: Entity) -> bool:
    if place.kind is EntityKind.ASN or entity.kind is EntityKind.ASN:
        return entity == place
    return f"{entity.code}/".startswith(f"{place.code}/")


def _wants_a_look(
    policy: Policy, event: IncidentEvent, beside: Collection[Entity]
) -> str:
    """Why a person should look at what would go out by itself; else nothing."""
    if policy.flood.holds(event, beside):
        return flood.REASON
    failed = [c.name for c in event.facts.checks if c.passed is False]
    return next((f"check-failed-{name}" for name in failed if name in _DOUBTS), "")

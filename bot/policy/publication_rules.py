"""Decide to publish, review or hold each event on each channel, with a reason (P17)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.model.draft import SITE, Action, Decision, DraftState, Release
from bot.model.entity import Entity, EntityKind
from bot.model.event import Facts, IncidentEvent
from bot.model.incident import CORRECTION_KINDS, EventKind, State
from bot.model.verdict import CheckName
from bot.policy.flood_control import FloodLimit
from bot.policy.reasons import DecisionReason

_REVIEW_IF_FAILED = {
    CheckName.LEVEL_SHIFT: DecisionReason.LEVEL_SHIFT,
    CheckName.POPULATION: DecisionReason.POPULATION,
}
"""Checks whose failure does not change the verdict, but requires a review (P16)."""


@dataclass(frozen=True, slots=True)
class PolicyRule:
    """The action for all events that match a condition.

    A field that is an empty tuple matches everything.

    Attributes:
        name: the reason that is stored when this rule decides.
        channels: names of channels, and `SITE` for the report site.
        confirmed: True: only incidents that were confirmed at some time; False: only
            incidents that were never confirmed; None: all incidents.
        places: the places of the events; a country includes its regions. A rule that
            does not publish also matches an event that only mentions one of these
            places (P12).
    """

    name: str
    action: Action
    states: tuple[State, ...] = ()
    kinds: tuple[EventKind, ...] = ()
    channels: tuple[str, ...] = ()
    confirmed: bool | None = None
    places: tuple[Entity, ...] = ()

    def matches(self, event: IncidentEvent, channel: str) -> bool:
        """Return whether the rule applies to an event on a channel."""
        return (
            (not self.states or event.facts.state in self.states)
            and (not self.kinds or event.kind in self.kinds)
            and (not self.channels or channel in self.channels)
            and self.confirmed in {None, event.is_confirmed}
            and (not self.places or self._concerns_places(event.facts))
        )

    def _concerns_places(self, facts: Facts) -> bool:
        """Return whether the event is about one of the rule's places.

        For a rule that does not publish, it is enough that the event mentions such a
        place. For a rule that publishes, it is not: the rule would publish events of
        other places too.
        """
        entities = {facts.place}
        if self.action is not Action.PUBLISH:
            named = (*facts.listed_series, *facts.parts.back)
            entities |= {series.entity for series in named}
            entities |= {facts.levels.part} if facts.levels.part else set()
        return any(
            _lies_in(entity, place) for entity in entities for place in self.places
        )


@dataclass(frozen=True, slots=True)
class Policy:
    """The publication rules: the first rule that matches an event decides.

    An event that no rule matches goes to review (P16).

    Attributes:
        stale_after: an event is held, as old news, if it was recorded more than this
            time after it happened; None: no event is too old.
        flood: the limit on the number of places with new incidents. Above the limit,
            events that a rule would publish go to review.
    """

    rules: tuple[PolicyRule, ...] = ()
    stale_after: timedelta | None = timedelta(hours=6)
    flood: FloodLimit = field(default_factory=FloodLimit)


def decide(
    policy: Policy,
    event: IncidentEvent,
    channel: str,
    now: datetime,
    opened_places: Collection[Entity] = (),
) -> Decision:
    """Return the decision to publish, review or hold `event` on `channel`.

    Args:
        policy: the publication rules.
        event: the event.
        channel: the name of a channel, or `SITE`.
        now: the time of the decision, which is when the event was recorded; aware.
        opened_places: the places where other incidents opened lately (see
            `FloodLimit.is_exceeded`).
    """
    # The age of the event is tested first, so that no rule publishes old news.
    if policy.stale_after is not None and now - event.at > policy.stale_after:
        reason = DecisionReason.FOUND_OUT_TOO_LATE
        return Decision(event.key, channel, Action.HOLD, reason, now)
    for rule in policy.rules:
        if not rule.matches(event, channel):
            continue
        doubt = _review_reason(policy, event, opened_places)
        # A reason for review changes only the action publish. An event that a rule
        # holds stays held.
        if doubt and rule.action is Action.PUBLISH:
            return Decision(event.key, channel, Action.REVIEW, doubt, now)
        return Decision(event.key, channel, rule.action, rule.name, now)
    # Without a matching rule nothing is published until a person decides (P16).
    reason = DecisionReason.NO_MATCHING_RULE
    return Decision(event.key, channel, Action.REVIEW, reason, now)


def decide_for_site(
    policy: Policy,
    event: IncidentEvent,
    now: datetime,
    on_channels: Sequence[Decision],
    opened_places: Collection[Entity] = (),
) -> Decision:
    """Return the decision to show `event` on the report site, review it or hold it (P12).

    The site shows every event that a channel publishes, because the post links to its
    page (P15). If no channel publishes the event, the site is decided on like a channel:

    - If no rule matches the event on the site, the rules for the channels decide. The
      site shows the event if a rule publishes it on a channel, even if a later stage
      changed the decision there. It holds the event if rules hold it on all channels.
      In all other cases the event goes to review.
    - The site also shows old events, so `Policy.stale_after` is ignored: without them,
      a page would not say how its incident went on.
    - If the facts do not support a text of the draft, a person looks before the page
      says the same (P16).

    Args:
        policy: the publication rules.
        event: the event.
        now: when the event was recorded, aware.
        on_channels: the final decision for each public channel.
        opened_places: the places where other incidents opened lately.
    """
    published = [d for d in on_channels if d.action is Action.PUBLISH]
    if published:
        return replace(published[0], channel=SITE)
    without_limit = replace(policy, stale_after=None)
    own, *others = (
        decide(without_limit, event, name, now, opened_places)
        for name in (SITE, *(d.channel for d in on_channels))
    )
    if own.reason == DecisionReason.NO_MATCHING_RULE:
        own = _as_on_channels(own, others)
    reason = DecisionReason.CLAIMS_UNBACKED
    if own.action is Action.PUBLISH and any(d.reason == reason for d in on_channels):
        return replace(own, action=Action.REVIEW, reason=reason)
    return own


def _as_on_channels(own: Decision, others: Sequence[Decision]) -> Decision:
    """Return the decision for the site, if no rule matches the event there.

    It is to publish if a rule publishes on a channel, to hold if rules hold on all
    channels, or else `own`.

    Args:
        own: the decision for the site, which no rule made: a review.
        others: what the rules alone decide for the channels, without an age limit.
    """
    held = [d for d in others if d.action is Action.HOLD]
    published = [d for d in others if d.action is Action.PUBLISH]
    followed = published or (held if len(held) == len(others) else [])
    return replace(followed[0], channel=SITE) if followed else own


def released_events(releases: Sequence[Release]) -> tuple[int, ...]:
    """Return the numbers of an incident's events that the report site may show.

    Only events with a draft are shown. During a pause of all channels, of the events that
    were not released before it only corrections and retractions are (P16). An event is
    shown in one of these cases:

    - a channel publishes the event, or its draft was approved: its post links to the
      page (P15);
    - the event is neither a correction nor a retraction (these name what they
      withdraw), no editor has rejected its draft, and the last decision for the site is
      to publish it, or is missing: versions that stored no such decision showed the
      event;
    - the event is a retraction, and an earlier event is shown (P11);
    - the event is a correction, the event that it corrects is shown, and no editor has
      rejected the correction (P11).
    """
    shown: list[int] = []
    claim_is_shown = False
    for step in releases:
        if step.kind in CORRECTION_KINDS:
            may_show = bool(shown) and _may_correct(step, claim_is_shown=claim_is_shown)
        else:
            # An earlier version stored no decision for the site when an editor rejected.
            is_rejected = step.draft is DraftState.REJECTED
            may_show = step.site in {Action.PUBLISH, None} and not is_rejected
        is_new_claim = step.is_paused and step.kind not in CORRECTION_KINDS
        may_show = (may_show or _has_post(step)) and not is_new_claim
        is_shown = may_show and step.draft is not None
        if is_shown:
            shown.append(step.seq)
        if step.kind not in CORRECTION_KINDS:
            # A correction is about the newest event before it that is neither a
            # correction nor a retraction.
            claim_is_shown = is_shown
    return tuple(shown)


def _may_correct(step: Release, *, claim_is_shown: bool) -> bool:
    """Return whether a correction or retraction may follow events that are shown."""
    if step.kind is EventKind.RETRACTED:
        return True
    return claim_is_shown and step.draft is not DraftState.REJECTED


def _has_post(step: Release) -> bool:
    """Return whether a post about the event may go out, which links to the page."""
    return step.is_on_channel or step.draft is DraftState.APPROVED


def events_for_operator(releases: Sequence[Release]) -> tuple[int, ...]:
    """Return the numbers of the events that are released, or may still be.

    These are the released events, and all others with a draft that was not rejected.
    """
    shown = released_events(releases)
    return tuple(
        step.seq
        for step in releases
        if step.seq in shown or step.draft not in {None, DraftState.REJECTED}
    )


def _lies_in(entity: Entity, place: Entity) -> bool:
    # A network's code does not contain its country, so a network lies only in itself.
    if place.kind is EntityKind.ASN or entity.kind is EntityKind.ASN:
        return entity == place
    # The slashes keep "KZ/Alma" from matching "KZ/Almaty".
    return f"{entity.code}/".startswith(f"{place.code}/")


def _review_reason(
    policy: Policy, event: IncidentEvent, opened_places: Collection[Entity]
) -> DecisionReason | None:
    """Return why a person must review an event that a rule would publish, or None."""
    if policy.flood.is_exceeded(event, opened_places):
        return DecisionReason.MANY_PLACES
    failed = (check.name for check in event.facts.checks if check.passed is False)
    reasons = (_REVIEW_IF_FAILED.get(name) for name in failed)
    return next((reason for reason in reasons if reason), None)

"""The stages that decide, for one event on one channel: publish, review or hold.

Each stage gets the decision of the previous stage. It returns this decision unchanged,
or a new decision with another action and the reason. So every outcome has a named
reason (P17).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from bot.model.draft import Action, Decision, Draft
from bot.model.entity import Entity
from bot.model.event import IncidentEvent
from bot.model.incident import Evidence
from bot.policy import channel_rules
from bot.policy.channel_rules import ChannelRules
from bot.policy.publication_rules import Policy, decide
from bot.policy.reasons import DecisionReason
from bot.ports import ClaimLinter


@dataclass(frozen=True, slots=True)
class DecisionCase:
    """One event, with all data that the stages use.

    Attributes:
        evidence: the data from which the draft's picture was drawn.
        recorded_at: when the event was stored; aware, UTC.
        recently_opened_places: the places whose incidents opened shortly before this
            incident or at the same time. Many such places are a flood (see `Flood.holds`).
        posted_channels: the channels where an earlier post of the incident is or may be
            published.
    """

    event: IncidentEvent
    draft: Draft
    evidence: Evidence
    recorded_at: datetime
    recently_opened_places: Collection[Entity] = ()
    posted_channels: Collection[str] = ()


class DecisionStage(Protocol):
    """One stage of the decision for an event on a channel."""

    def apply(self, decision: Decision, case: DecisionCase) -> Decision:
        """Return `decision`, or a decision with another action and its reason."""
        ...


@dataclass(frozen=True, slots=True)
class PublicationRuleStage:
    """Decides by the publication rules, whatever was decided before."""

    policy: Policy

    def apply(self, decision: Decision, case: DecisionCase) -> Decision:
        """Return the decision of the publication rules for the channel of `decision`."""
        return decide(
            self.policy,
            case.event,
            decision.channel,
            case.recorded_at,
            case.recently_opened_places,
        )


@dataclass(frozen=True, slots=True)
class ChannelRuleStage:
    """Holds the events that a channel's rules exclude.

    A channel that has carried an incident needs its corrections too. So if the rules of
    the policy would hold a correction on this channel, it goes to review instead.

    Attributes:
        rules: the channel rules, by name of the channel; a channel without an entry has
            no rules.
    """

    rules: Mapping[str, ChannelRules] = field(default_factory=dict)

    def apply(self, decision: Decision, case: DecisionCase) -> Decision:
        """Return `decision`, changed by the rules of its channel."""
        return channel_rules.with_channel_rules(
            # A channel without rules must also get every correction of its posts (P11).
            self.rules.get(decision.channel, ChannelRules()),
            case.event,
            decision,
            has_earlier_post=decision.channel in case.posted_channels,
        )


@dataclass(frozen=True, slots=True)
class ClaimStage:
    """Sends a text to review if the facts do not support it or its alt text (P16)."""

    checker: ClaimLinter

    def apply(self, decision: Decision, case: DecisionCase) -> Decision:
        """Return a review instead of a publication if a claim is not supported.

        In all other cases, return `decision`.
        """
        text = case.draft.text_for(decision.channel)
        # A text that is not published at once is checked when a person approves it.
        if decision.action is not Action.PUBLISH or text is None:
            return decision
        picture = case.draft.picture_description(text, case.evidence)
        # No attributions are passed: a text that nobody has read must not name a cause
        # (P8).
        if not self.checker.check(case.event, text, picture=picture):
            return decision
        return replace(
            decision, action=Action.REVIEW, reason=DecisionReason.CLAIMS_UNBACKED
        )


class LanguageStage:
    """Sends a text to review if no person has reviewed the language's texts (P16)."""

    def apply(self, decision: Decision, case: DecisionCase) -> Decision:
        """Return a review instead of a publication if no person reviewed the language.

        In all other cases, return `decision`.
        """
        text = case.draft.text_for(decision.channel)
        if text is None or not text.machine_draft:
            return decision
        return channel_rules.with_review_first(decision)


def make_stages(
    policy: Policy, rules: Mapping[str, ChannelRules], checker: ClaimLinter
) -> tuple[DecisionStage, ...]:
    """Return the stages in the order in which they apply.

    The publication rules come first, because they would replace the decision of an earlier
    stage. The stages of claims and language come last, because they concern only what would
    be published otherwise. If both would send a text to review, the claim stage gives the
    reason.
    """
    return (
        PublicationRuleStage(policy),
        ChannelRuleStage(rules),
        ClaimStage(checker),
        LanguageStage(),
    )


def run_stages(
    stages_in_order: Sequence[DecisionStage], case: DecisionCase, channel: str
) -> Decision:
    """Return the decision for `channel` after all stages."""
    # If no stage replaces this decision, a person decides (P16).
    decision = Decision(
        case.event.key,
        channel,
        Action.REVIEW,
        DecisionReason.UNDECIDED,
        case.recorded_at,
    )
    for stage in stages_in_order:
        decision = stage.apply(decision, case)
    return decision

"""Each stage changes a decision for a named reason, or leaves the decision alone."""

from dataclasses import replace

import pytest

from bot.editorial import decision_stages
from bot.editorial.decision_stages import (
    ChannelRuleStage,
    ClaimStage,
    DecisionCase,
    LanguageStage,
    PublicationRuleStage,
)
from bot.model.draft import (
    Action,
    ClaimKind,
    Decision,
    Draft,
    DraftState,
    Objection,
    ObjectionWeight,
    OutletText,
)
from bot.model.event import IncidentEvent
from bot.model.incident import EventKind, Evidence
from bot.policy.channel_rules import (
    ChannelFilter,
    ChannelRules,
)
from bot.policy.publication_rules import Policy, PolicyRule
from bot.policy.reasons import DecisionReason
from tests.contract.stored import T0, change
from tests.fakes import FakeRenderer

EVENT = change(1).event
RETRACTION = replace(change(2).event, kind=EventKind.RETRACTED)
PUBLISH_ALL = Policy((PolicyRule("all-out", Action.PUBLISH),), stale_after=None)
NO_CONFIRMED = {"x": ChannelRules(ChannelFilter(kinds=(EventKind.UPDATED,)))}
OBJECTION = Objection(
    0, 3, "KZ-", ClaimKind.CAUSE, ObjectionWeight.BLOCK, "Nobody knows."
)


def a_case(
    event: IncidentEvent = EVENT, *, machine_draft: bool = False, **changes
) -> DecisionCase:
    text = OutletText("x", "en", "Words.", 6, machine_draft=machine_draft)
    draft = Draft(
        event.key, event.incident, event.key, (text,), None, DraftState.WAITING, 1, T0
    )
    return DecisionCase(event, draft, Evidence(()), T0, **changes)


def a_decision(action: Action, reason: str = "before") -> Decision:
    return Decision(EVENT.key, "x", action, reason, T0)


def decided(stage, action: Action, case: DecisionCase) -> tuple[Action, str]:
    """Return action and reason after `stage` was applied to a decision for `action`."""
    decision = stage.apply(a_decision(action), case)
    return decision.action, decision.reason


def objecting() -> FakeRenderer:
    renderer = FakeRenderer()
    renderer.objections["Words."] = (OBJECTION,)
    return renderer


def test_without_stages_an_event_is_reviewed():  # P16
    decision = decision_stages.run_stages((), a_case(), "x")
    assert decision == Decision(
        EVENT.key, "x", Action.REVIEW, DecisionReason.UNDECIDED, T0
    )


def test_stages_apply_in_their_listed_order():
    stages = decision_stages.make_stages(PUBLISH_ALL, {}, FakeRenderer())
    assert [type(stage) for stage in stages] == [
        PublicationRuleStage,
        ChannelRuleStage,
        ClaimStage,
        LanguageStage,
    ]


@pytest.mark.parametrize("action", list(Action))
def test_publication_rules_replace_any_earlier_decision(action):
    assert decided(PublicationRuleStage(PUBLISH_ALL), action, a_case()) == (
        Action.PUBLISH,
        "all-out",
    )


def test_channel_holds_what_it_does_not_carry():
    stage = ChannelRuleStage(NO_CONFIRMED)
    assert decided(stage, Action.PUBLISH, a_case()) == (
        Action.HOLD,
        DecisionReason.NOT_CARRIED,
    )


def test_channel_follows_an_incident_it_posted():
    stage = ChannelRuleStage(NO_CONFIRMED)
    case = a_case(posted_channels={"x"})
    assert decided(stage, Action.PUBLISH, case) == (Action.PUBLISH, "before")


def test_retraction_goes_only_where_something_was_posted():  # P11
    stage = ChannelRuleStage()
    case = a_case(RETRACTION)
    assert decided(stage, Action.PUBLISH, case) == (
        Action.HOLD,
        DecisionReason.NOTHING_TO_CORRECT,
    )


def test_claim_without_support_goes_to_review():  # P16
    stage = ClaimStage(objecting())
    assert decided(stage, Action.PUBLISH, a_case()) == (
        Action.REVIEW,
        DecisionReason.CLAIMS_UNBACKED,
    )


@pytest.mark.parametrize("stage", [ClaimStage(objecting()), LanguageStage()])
@pytest.mark.parametrize("action", [Action.REVIEW, Action.HOLD])
def test_later_stages_leave_unpublished_decisions_alone(stage, action):
    case = a_case(machine_draft=True)
    assert decided(stage, action, case) == (action, "before")


def test_machine_draft_is_reviewed_for_its_language():  # P16
    case = a_case(machine_draft=True)
    expected = (Action.REVIEW, DecisionReason.MACHINE_DRAFT)
    assert decided(LanguageStage(), Action.PUBLISH, case) == expected
    reviewed = (Action.PUBLISH, "before")
    assert decided(LanguageStage(), Action.PUBLISH, a_case()) == reviewed


def test_claims_give_the_reason_before_language():
    stages = decision_stages.make_stages(PUBLISH_ALL, {}, objecting())
    decision = decision_stages.run_stages(stages, a_case(machine_draft=True), "x")
    assert (decision.action, decision.reason) == (
        Action.REVIEW,
        DecisionReason.CLAIMS_UNBACKED,
    )

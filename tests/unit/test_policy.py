"""Policy: the first matching rule decides; without one, a person does (P16)."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.model.draft import SITE, Action, Decision, DraftState, Release
from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind, State
from bot.model.verdict import Check, CheckName
from bot.policy.flood_control import FloodLimit
from bot.policy.publication_rules import (
    Policy,
    PolicyRule,
    decide,
    decide_for_site,
    released_events,
)
from bot.policy.reasons import DecisionReason, DelayReason, DropReason
from tests import builders
from tests.builders import phase

EVENT = builders.event()
NOW = EVENT.at


def decide_event(*rules, event=EVENT, channel="x", late=timedelta(0), **policy):
    decision = decide(Policy(rules, **policy), event, channel, NOW + late)
    return decision.action, decision.reason


def test_without_rules_everything_goes_to_review():
    assert decide_event() == (Action.REVIEW, DecisionReason.NO_MATCHING_RULE)


def test_the_first_rule_that_matches_decides_and_names_itself():  # P17
    rules = (
        PolicyRule("elsewhere", Action.HOLD, channels=("masto",)),
        PolicyRule("confirmed-goes-out", Action.PUBLISH, states=(State.CONFIRMED,)),
        PolicyRule("the-rest-waits", Action.HOLD),
    )
    assert decide_event(*rules) == (Action.PUBLISH, "confirmed-goes-out")
    assert decide_event(*rules, channel="masto") == (Action.HOLD, "elsewhere")


def test_a_rule_for_other_kinds_does_not_match():
    rule = PolicyRule("updates", Action.PUBLISH, kinds=(EventKind.UPDATED,))
    assert decide_event(rule)[0] is Action.REVIEW


def test_confirmed_incident_counts_as_confirmed_forever():
    rule = PolicyRule("never-confirmed", Action.HOLD, confirmed=False)
    suspected = builders.event(EventKind.SUSPECTED, facts=builders.suspected())
    phases = (phase(EventKind.CONFIRMED, "2022-01-04 17:00"),)
    later = builders.event(
        EventKind.PARTLY_RESTORED, facts=builders.facts(phases=phases)
    )
    assert decide_event(rule, event=suspected)[0] is Action.HOLD
    assert decide_event(rule)[0] is Action.REVIEW
    assert decide_event(rule, event=later)[0] is Action.REVIEW


def test_stale_event_is_held_whatever_the_rules():
    rule = PolicyRule("all-out", Action.PUBLISH)
    hours = timedelta(hours=6)
    assert decide_event(rule, late=hours)[0] is Action.PUBLISH
    late = decide_event(rule, late=hours + timedelta(seconds=1))
    assert late == (Action.HOLD, DecisionReason.FOUND_OUT_TOO_LATE)
    assert decide_event(rule, late=hours * 99, stale_after=None)[0] is Action.PUBLISH


def places(count):
    return [Entity(EntityKind.COUNTRY, f"A{letter}") for letter in "BCDEFGH"[:count]]


def test_many_places_within_an_hour_go_to_review():  # P1, P6
    policy = Policy((PolicyRule("all-out", Action.PUBLISH),), flood=FloodLimit(above=4))
    few = decide(policy, EVENT, "x", NOW, places(3))
    many = decide(policy, EVENT, "x", NOW, places(4))
    assert (few.action, few.reason) == (Action.PUBLISH, "all-out")
    assert (many.action, many.reason) == (Action.REVIEW, DecisionReason.MANY_PLACES)


def test_a_place_that_opened_twice_counts_once():
    policy = Policy((PolicyRule("all-out", Action.PUBLISH),), flood=FloodLimit(above=4))
    twice = (*places(3), *places(3), EVENT.facts.place)
    assert decide(policy, EVENT, "x", NOW, twice).action is Action.PUBLISH


def test_flood_publishes_nothing_that_a_rule_holds():  # P16
    policy = Policy((PolicyRule("not-here", Action.HOLD),), flood=FloodLimit(above=1))
    decision = decide(policy, EVENT, "x", NOW, places(4))
    assert (decision.action, decision.reason) == (Action.HOLD, "not-here")


@given(
    st.lists(st.sampled_from([Action.HOLD, Action.REVIEW])),
    st.sampled_from(list(builders.EVERY_KIND)),
)
def test_nothing_is_published_unless_a_rule_says_so(actions, kind):  # P16
    rules = tuple(PolicyRule(f"r{n}", a) for n, a in enumerate(actions))
    event = builders.event(kind, facts=builders.EVERY_KIND[kind]())
    decision = decide(Policy(rules), event, "x", event.at)
    assert decision.action is not Action.PUBLISH


def test_failed_check_sends_a_publishable_event_to_review():  # P16, P17
    rule = PolicyRule("all-out", Action.PUBLISH)
    for name, reason in (
        (CheckName.POPULATION, DecisionReason.POPULATION),
        (CheckName.LEVEL_SHIFT, DecisionReason.LEVEL_SHIFT),
    ):
        doubted = builders.event(
            facts=builders.facts(checks=(Check(name, passed=False),))
        )
        assert decide_event(rule, event=doubted) == (Action.REVIEW, reason)
        passed = builders.event(
            facts=builders.facts(checks=(Check(name, passed=True),))
        )
        assert decide_event(rule, event=passed)[0] is Action.PUBLISH


def test_failed_check_publishes_nothing_that_a_rule_holds():
    rule = PolicyRule("all-held", Action.HOLD)
    facts = builders.facts(checks=(Check(CheckName.POPULATION, passed=False),))
    assert decide_event(rule, event=builders.event(facts=facts)) == (
        Action.HOLD,
        "all-held",
    )


KZ, ALMATY = builders.KZ, Entity(EntityKind.REGION, "KZ/Almaty")
NETWORK = Entity(EntityKind.ASN, "29355")
IN_ALMATY = builders.event(facts=builders.facts(place=ALMATY))
NAMES_ALMATY = builders.event(
    facts=builders.facts(regions=(builders.series(entity=ALMATY),))
)
NAMES_NETWORK = builders.event(facts=builders.mobile())


def is_held(place, event):
    """Return whether a rule that holds `place` holds `event`."""
    rule = PolicyRule("do-no-harm", Action.HOLD, places=(place,))
    return decide_event(rule, event=event)[0] is Action.HOLD


def is_published(place, event):
    """Return whether a rule that publishes `place` publishes `event`."""
    rule = PolicyRule("let-out", Action.PUBLISH, places=(place,))
    return decide_event(rule, event=event)[0] is Action.PUBLISH


def test_rule_for_a_country_applies_to_its_regions():  # P12
    assert is_held(KZ, EVENT)
    assert is_held(KZ, IN_ALMATY)
    assert not is_held(builders.IR, EVENT)
    assert not is_held(ALMATY, EVENT)
    assert not is_held(Entity(EntityKind.REGION, "KZ/Alma"), IN_ALMATY)


def test_hold_rule_applies_to_events_that_name_the_place():  # P12
    assert is_held(ALMATY, NAMES_ALMATY)
    assert is_held(NETWORK, NAMES_NETWORK)


def test_publish_rule_ignores_places_that_are_only_named():  # P16
    assert is_published(ALMATY, IN_ALMATY)
    assert not is_published(ALMATY, NAMES_ALMATY)
    assert not is_published(NETWORK, NAMES_NETWORK)


def on_site(*rules, late=timedelta(0), channels=("x", "masto"), stages=()):
    """Decide for the site; `stages` replaces decisions of the policy for channels."""
    policy = Policy(rules)
    now = NOW + late
    decisions = [decide(policy, EVENT, name, now) for name in channels]
    final = {d.channel: d for d in (*decisions, *stages)}
    decision = decide_for_site(policy, EVENT, now, [*final.values()])
    assert decision.channel == SITE
    return decision.action, decision.reason


def test_rule_without_channels_applies_to_the_site():  # P12, P17
    for action in Action:
        assert on_site(PolicyRule("everywhere", action)) == (action, "everywhere")


def test_without_rules_the_site_waits_for_a_person():  # P12, P16
    assert on_site() == (Action.REVIEW, DecisionReason.NO_MATCHING_RULE)


def test_site_shows_what_a_rule_publishes_on_a_channel():  # P12, P15
    masto = PolicyRule("masto-only", Action.PUBLISH, channels=("masto",))
    assert on_site(masto) == (Action.PUBLISH, "masto-only")
    assert on_site(masto, channels=("x",)) == (
        Action.REVIEW,
        DecisionReason.NO_MATCHING_RULE,
    )
    # A post links to its page, so a rule for the site alone cannot hide the page.
    page = PolicyRule("not-yet-on-site", Action.HOLD, channels=(SITE,))
    assert on_site(page, masto) == (Action.PUBLISH, "masto-only")


def test_site_waits_if_the_facts_do_not_support_a_text():  # P12, P16
    out = PolicyRule("all-out", Action.PUBLISH)
    reason = DecisionReason.CLAIMS_UNBACKED
    stopped = [
        Decision(EVENT.key, n, Action.REVIEW, reason, NOW) for n in ("x", "masto")
    ]
    assert on_site(out, stages=stopped) == (Action.REVIEW, reason)
    # The page of a post that goes out exists, whatever waits beside it (P15).
    assert on_site(out, stages=stopped[:1]) == (Action.PUBLISH, "all-out")
    held = PolicyRule("do-no-harm", Action.HOLD)
    assert on_site(held, stages=stopped) == (Action.HOLD, "do-no-harm")


def test_site_shows_an_event_whose_language_waits_for_review():
    out = PolicyRule("all-out", Action.PUBLISH)
    reason = DecisionReason.MACHINE_DRAFT
    waiting = [
        Decision(EVENT.key, n, Action.REVIEW, reason, NOW) for n in ("x", "masto")
    ]
    assert on_site(out, stages=waiting) == (Action.PUBLISH, "all-out")


def test_event_held_on_one_channel_is_shown_with_the_others():
    not_on_x = PolicyRule("not-on-x", Action.HOLD, channels=("x",))
    assert on_site(not_on_x) == (Action.REVIEW, DecisionReason.NO_MATCHING_RULE)
    out = PolicyRule("all-out", Action.PUBLISH)
    assert on_site(not_on_x, out) == (Action.PUBLISH, "all-out")


def test_site_holds_what_rules_hold_on_all_channels():
    held = PolicyRule("not-suspected", Action.HOLD, channels=("x", "masto"))
    assert on_site(held) == (Action.HOLD, "not-suspected")
    assert on_site(held, channels=()) == (
        Action.REVIEW,
        DecisionReason.NO_MATCHING_RULE,
    )


def test_rule_can_publish_on_the_site_alone():
    page = PolicyRule("page-only", Action.PUBLISH, channels=(SITE,))
    rest = PolicyRule("no-posts", Action.HOLD)
    assert on_site(page, rest) == (Action.PUBLISH, "page-only")
    assert decide_event(page, rest) == (Action.HOLD, "no-posts")


def test_stale_event_is_shown_on_the_site():
    late = timedelta(days=3)
    out = PolicyRule("all-out", Action.PUBLISH)
    assert on_site(out, late=late) == (Action.PUBLISH, "all-out")
    wire = PolicyRule("wire-only", Action.PUBLISH, channels=("x",))
    assert on_site(wire, late=late) == (Action.PUBLISH, "wire-only")
    held = PolicyRule("do-no-harm", Action.HOLD)
    assert on_site(held, late=late) == (Action.HOLD, "do-no-harm")


def release(seq, draft=DraftState.HELD, *, site=Action.HOLD, kind=EventKind.UPDATED):
    return Release(seq, kind, draft, site)


def test_event_is_released_by_its_decision_or_its_approval():  # P12
    waiting, publish = DraftState.WAITING, Action.PUBLISH
    steps = (
        release(1),
        release(2, None, site=publish),
        release(3, site=publish),
        release(4, DraftState.APPROVED),
        release(5, waiting, site=Action.REVIEW),
        release(6, waiting, site=publish),
        release(7, DraftState.REJECTED, site=Action.REVIEW),
        release(8, DraftState.APPROVED, site=Action.REVIEW),
    )
    assert released_events(steps) == (3, 4, 6, 8)


def test_event_that_a_channel_publishes_is_released():  # P15
    step = Release(
        1, EventKind.UPDATED, DraftState.HELD, Action.HOLD, is_on_channel=True
    )
    assert released_events((step,)) == (1,)


def test_retraction_of_an_unreleased_claim_is_not_released():  # P12
    """It would name the place of a report that nobody has seen."""
    claim = release(1, DraftState.REJECTED)
    retraction = release(2, site=Action.PUBLISH, kind=EventKind.RETRACTED)
    assert released_events((claim, retraction)) == ()


def test_correction_of_an_unreleased_claim_is_not_released():  # P12
    """It would show the state that waits for review."""
    shown = release(1, site=Action.PUBLISH)
    claim = release(2, DraftState.WAITING, site=Action.REVIEW)
    correction = release(
        3, DraftState.WAITING, site=Action.PUBLISH, kind=EventKind.CORRECTED
    )
    assert released_events((shown, claim, correction)) == (1,)
    released = release(2, DraftState.APPROVED)
    assert released_events((shown, released, correction)) == (1, 2, 3)


def test_rejected_correction_is_not_released_but_a_retraction_is():  # P11
    claim = release(1, site=Action.PUBLISH)
    rejected = DraftState.REJECTED
    correction = release(2, rejected, kind=EventKind.CORRECTED)
    assert released_events((claim, correction)) == (1,)
    retraction = release(2, rejected, kind=EventKind.RETRACTED)
    assert released_events((claim, retraction)) == (1, 2)


def test_events_of_earlier_versions_without_a_decision_stay_shown():
    assert released_events((release(1, DraftState.WAITING, site=None),)) == (1,)
    assert released_events((release(1, DraftState.REJECTED, site=None),)) == ()


def test_a_held_correction_is_released_after_the_claim_alone():  # P11
    claim = release(1, site=Action.PUBLISH)
    for kind in (EventKind.CORRECTED, EventKind.RETRACTED):
        assert released_events((claim, release(2, kind=kind))) == (1, 2)
        assert released_events((release(1), release(2, kind=kind))) == ()
        assert released_events((claim, release(2, None, kind=kind))) == (1,)


def test_stored_reasons_keep_their_values():  # P17
    """Stored decisions and delivery notes contain these strings, so none may change."""
    assert [*DecisionReason, *DelayReason, *DropReason] == [
        "no-stage-decided",
        "found-out-too-late",
        "no-rule-lets-it-out",
        "many-places-at-once",
        "check-failed-level-shift",
        "check-failed-population",
        "not-carried-there",
        "nothing-to-correct-there",
        "it-was-told-there",
        "language-is-a-machine-draft",
        "claims-not-backed",
        "no-channel-is-configured",
        "held-by-an-editor",
        "rejected-by-an-editor",
        "quiet hours",
        "the month's budget is spent",
        "posts on this incident a day",
        "posts a day",
        "the channel is not configured",
        "the incident was retracted before this was out",
        "a more urgent post of the incident was due before this was allowed",
    ]

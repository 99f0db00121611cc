"""Policy: the first rule that matches decides, and none means a person does (P16)."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.model.draft import Action
from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind, State
from bot.model.verdict import Check
from bot.policy.flood_control import Flood
from bot.policy.publication_rules import Policy, PolicyRule, decide
from tests import builders
from tests.builders import phase

EVENT = builders.event()
NOW = EVENT.at


def decided(*rules, event=EVENT, channel="x", late=timedelta(0), **policy):
    decision = decide(Policy(rules, **policy), event, channel, NOW + late)
    return decision.action, decision.reason


def test_without_rules_everything_goes_to_review():
    assert decided() == (Action.REVIEW, "no-rule-lets-it-out")


def test_the_first_rule_that_matches_decides_and_names_itself():  # P17
    rules = (
        PolicyRule("elsewhere", Action.HOLD, channels=("masto",)),
        PolicyRule("confirmed-goes-out", Action.PUBLISH, states=(State.CONFIRMED,)),
        PolicyRule("the-rest-waits", Action.HOLD),
    )
    assert decided(*rules) == (Action.PUBLISH, "confirmed-goes-out")
    assert decided(*rules, channel="masto") == (Action.HOLD, "elsewhere")


def test_a_rule_for_other_kinds_does_not_match():
    rule = PolicyRule("updates", Action.PUBLISH, kinds=(EventKind.UPDATED,))
    assert decided(rule)[0] is Action.REVIEW


def test_once_confirmed_an_incident_counts_as_confirmed_for_ever():
    rule = PolicyRule("never-confirmed", Action.HOLD, confirmed=False)
    suspected = builders.event(EventKind.SUSPECTED, facts=builders.suspected())
    phases = (phase(EventKind.CONFIRMED, "2022-01-04 17:00"),)
    later = builders.event(
        EventKind.PARTLY_RESTORED, facts=builders.facts(phases=phases)
    )
    assert decided(rule, event=suspected)[0] is Action.HOLD
    assert decided(rule)[0] is Action.REVIEW
    assert decided(rule, event=later)[0] is Action.REVIEW


def test_what_was_found_out_too_late_is_held_whatever_the_rules():
    rule = PolicyRule("all-out", Action.PUBLISH)
    hours = timedelta(hours=6)
    assert decided(rule, late=hours)[0] is Action.PUBLISH
    late = decided(rule, late=hours + timedelta(seconds=1))
    assert late == (Action.HOLD, "found-out-too-late")
    assert decided(rule, late=hours * 99, stale_after=None)[0] is Action.PUBLISH


def places(count):
    return [Entity(EntityKind.COUNTRY, f"A{letter}") for letter in "BCDEFGH"[:count]]


def test_beyond_the_first_few_places_of_an_hour_a_person_looks_first():  # P1, P6
    policy = Policy((PolicyRule("all-out", Action.PUBLISH),), flood=Flood(above=4))
    few = decide(policy, EVENT, "x", NOW, places(3))
    many = decide(policy, EVENT, "x", NOW, places(4))
    assert (few.action, few.reason) == (Action.PUBLISH, "all-out")
    assert (many.action, many.reason) == (Action.REVIEW, "many-places-at-once")


def test_a_place_that_opened_twice_counts_once():
    policy = Policy((PolicyRule("all-out", Action.PUBLISH),), flood=Flood(above=4))
    twice = (*places(3), *places(3), EVENT.facts.place)
    assert decide(policy, EVENT, "x", NOW, twice).action is Action.PUBLISH


def test_a_flood_lets_nothing_out_that_a_rule_holds():  # P16
    policy = Policy((PolicyRule("not-here", Action.HOLD),), flood=Flood(above=1))
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


def test_a_doubtful_check_sends_to_a_person_what_would_go_out():  # P16, P17
    rule = PolicyRule("all-out", Action.PUBLISH)
    for name in ("population", "level-shift"):
        doubted = builders.event(
            facts=builders.facts(checks=(Check(name, passed=False),))
        )
        assert decided(rule, event=doubted) == (Action.REVIEW, f"check-failed-{name}")
        passed = builders.event(
            facts=builders.facts(checks=(Check(name, passed=True),))
        )
        assert decided(rule, event=passed)[0] is Action.PUBLISH


def test_a_doubt_lets_out_nothing_that_a_rule_holds():
    rule = PolicyRule("all-held", Action.HOLD)
    facts = builders.facts(checks=(Check("population", passed=False),))
    assert decided(rule, event=builders.event(facts=facts)) == (Action.HOLD, "all-held")

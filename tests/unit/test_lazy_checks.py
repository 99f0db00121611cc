"""Expensive artefact checks run once, and only before an event is reported."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.detection.fusion.place_findings import PlaceFindings
from bot.detection.fusion.verdict import verdict_of, with_checks
from bot.detection.thresholds import Thresholds
from bot.incidents.steps import EventTiming, NoStep, Step, Transition
from bot.incidents.transitions import next_transition
from bot.model.incident import EventKind, State
from bot.model.verdict import Check, CheckName, Outcome, SeriesState
from tests.unit.test_transitions import BACK, DOWN, a_finding, an_incident
from tests.unit.test_verdicts import ALPHA, AT, KZ, PROBING, ROUTES, WATCH
from tests.unit.test_verdicts import a_finding as a_series


class CountedChecks:
    """Stands in for the expensive checks: returns a given verdict and counts its calls."""

    def __init__(self, verdict):
        self.verdict = verdict
        self.runs = 0

    def __call__(self):
        self.runs += 1
        return self.verdict


def advance_incident(incident, verdict, after) -> tuple[Transition, int]:
    """Return the transition, and how often the checks ran.

    The checks turn `verdict` into `after`.
    """
    checks = CountedChecks(after)
    return next_transition(incident, verdict, EventTiming(), checks), checks.runs


def test_checks_do_not_run_without_a_step():
    transition, runs = advance_incident(an_incident(), DOWN, BACK)
    assert (transition, runs) == (Transition(DOWN, NoStep("no-change")), 0)


def test_checks_run_once_before_a_report():
    checked = replace(DOWN, checks=(Check(CheckName.GEOLOCATION, passed=True),))
    transition, runs = advance_incident(None, DOWN, checked)
    assert runs == 1
    assert transition.verdict is checked
    assert isinstance(transition.step, Step)
    assert transition.step.kind is EventKind.CONFIRMED


def test_failed_check_turns_confirmation_into_suspicion():  # P1
    held = replace(DOWN, outcome=Outcome.SUSPECTED, rule="held-back-by-geolocation")
    transition, runs = advance_incident(None, DOWN, held)
    assert runs == 1
    assert transition.step == Step(
        EventKind.SUSPECTED, State.SUSPECTED, "held-back-by-geolocation"
    )


def test_failed_check_keeps_suspected_incident_as_it_is():  # P1, P17
    held = replace(DOWN, outcome=Outcome.SUSPECTED, rule="held-back-by-geolocation")
    transition, runs = advance_incident(an_incident(State.SUSPECTED), DOWN, held)
    assert transition == Transition(held, NoStep("no-change"))
    assert runs == 1


@pytest.mark.parametrize("passed", [True, None])
def test_return_is_reported_while_its_source_is_not_high(passed):
    checked = replace(BACK, checks=(Check(CheckName.SOURCE_RISE, passed=passed),))
    transition, _ = advance_incident(an_incident(), BACK, checked)
    assert isinstance(transition.step, Step)
    assert transition.step.kind is EventKind.RESTORED


def test_return_waits_while_its_source_rises_everywhere():  # P6
    high = replace(BACK, checks=(Check(CheckName.SOURCE_RISE, passed=False),))
    transition, runs = advance_incident(an_incident(), BACK, high)
    assert transition == Transition(high, NoStep("a-source-rises-everywhere"))
    assert runs == 1


def test_rising_source_does_not_hold_back_a_drop():
    high = replace(DOWN, checks=(Check(CheckName.SOURCE_RISE, passed=False),))
    transition, _ = advance_incident(None, DOWN, high)
    assert isinstance(transition.step, Step)


def results(*names):
    """Return a strategy for results of these checks, each at most once, in this order."""
    outcomes = st.sampled_from([True, False, None, "not run"])
    return st.tuples(*[outcomes] * len(names)).map(
        lambda passed: tuple(
            Check(name, outcome)
            for name, outcome in zip(names, passed, strict=True)
            if outcome != "not run"
        )
    )


@given(
    health=results(CheckName.SOURCE_HEALTH),
    expensive=results(
        CheckName.GEOLOCATION,
        CheckName.RENUMBERING,
        CheckName.SEASON,
        CheckName.CLOCK_CHANGE,
        CheckName.POPULATION,
        CheckName.SOURCE_RISE,
    ),
    calendar=results(CheckName.EXPECTED_EVENT),
    states=st.tuples(*[st.sampled_from(SeriesState)] * 3),
)
def test_checks_added_later_give_the_same_verdict(health, expensive, calendar, states):
    """Checks added to a verdict give the same result as checks known from the start."""
    own = (a_series(PROBING, states[0]), a_series(ROUTES, states[1]))
    parts = (a_series(PROBING, states[2], entity=ALPHA),)

    def verdict(*checks):
        return verdict_of(
            PlaceFindings(KZ, AT, own, parts, checks), WATCH, Thresholds()
        )

    at_once = verdict(*health, *expensive, *calendar)
    assert with_checks(verdict(*health, *calendar), expensive) == at_once


def test_unreported_deepening_runs_no_checks():
    deeper = replace(DOWN, own=(a_finding(level=0.05), *DOWN.own[1:]))
    _, runs = advance_incident(an_incident(), deeper, BACK)
    assert runs == 0

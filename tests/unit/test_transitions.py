"""Transitions: a verdict gives the next step of an incident, or the reason for none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.incidents.steps import EventTiming, NoStep, Step
from bot.incidents.transitions import next_transition
from bot.model.entity import parse_entity
from bot.model.incident import EventKind, Incident, Phase, State
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import (
    BaselineMethod,
    Finding,
    Outcome,
    Scope,
    SeriesState,
    Severity,
    Verdict,
)

AT = datetime(2026, 1, 8, 20, tzinfo=UTC)
KZ = parse_entity("country:KZ")
ONSET = Interval(AT - timedelta(hours=10), AT - timedelta(hours=9))
PROBING, TRAFFIC, ROUTES = Family.ACTIVE_PROBING, Family.TRAFFIC, Family.CONTROL_PLANE
TIMING = EventTiming()


def a_finding(
    family=PROBING, state=SeriesState.DROPPED, level=0.1, **changes
) -> Finding:
    down = state is SeriesState.DROPPED
    finding = Finding(
        entity=KZ,
        signal=f"t.{family}",
        family=family,
        state=state,
        level=level,
        smoothed_level=level,
        lowest=level if down else None,
        onset=ONSET if down else None,
        recovered=None
        if down
        else Interval(AT - timedelta(hours=5), AT - timedelta(hours=4)),
        as_of=AT,
        method=BaselineMethod.WEEKLY,
    )
    return replace(finding, **changes)


def a_verdict(*own, outcome=Outcome.CONFIRMED, **changes) -> Verdict:
    fallen = tuple(f for f in own if f.state is SeriesState.DROPPED)
    verdict = Verdict(
        place=KZ,
        at=AT,
        outcome=outcome,
        rule="a-rule",
        own=own,
        parts=(),
        scope=Scope.NATIONAL if fallen else None,
        severity=Severity.NEAR_TOTAL if fallen else None,
        principal=own[0] if own else None,
        onset=ONSET if fallen else None,
        families=tuple(f.family for f in fallen),
        checks=(),
    )
    return replace(verdict, **changes)


def an_incident(state=State.CONFIRMED, **changes) -> Incident:
    incident = Incident(
        id="KZ-2026-0108",
        place=KZ,
        state=state,
        scope=Scope.NATIONAL,
        severity=Severity.NEAR_TOTAL,
        onset=ONSET,
        confirmed_at=None if state is State.SUSPECTED else AT - timedelta(hours=2),
        restored=None,
        level_min=0.1,
        families=(PROBING, TRAFFIC),
        networks=(),
        told_level=0.1,
        told_families=(PROBING, TRAFFIC),
        changed_at=AT - timedelta(hours=2),
        seq=2,
        phases=(),
        principal=a_finding().signal,
    )
    return replace(incident, **changes)


def step(incident, verdict) -> EventKind | str:
    """Return the kind of the next step, or the reason for none."""
    result = next_step(incident, verdict)
    return result.kind if isinstance(result, Step) else result.reason


def next_step(incident, verdict) -> Step | NoStep:
    """Return the next step on a verdict that its checks leave unchanged."""
    return next_transition(incident, verdict, TIMING, lambda: verdict).step


DOWN = a_verdict(a_finding(), a_finding(TRAFFIC))
BACK = a_verdict(
    a_finding(state=SeriesState.ORDINARY, level=1.0),
    a_finding(TRAFFIC, state=SeriesState.ORDINARY, level=1.0),
    outcome=Outcome.ORDINARY,
)


@pytest.mark.parametrize(
    "outcome", [Outcome.ORDINARY, Outcome.DOUBTFUL, Outcome.UNKNOWN]
)
def test_only_suspected_or_confirmed_verdicts_open_an_incident(outcome):  # P5
    assert step(None, replace(DOWN, outcome=outcome)) == "a-rule"


def test_new_incident_is_suspected_or_confirmed():  # P7
    assert step(None, DOWN) is EventKind.CONFIRMED
    assert step(None, replace(DOWN, outcome=Outcome.SUSPECTED)) is EventKind.SUSPECTED


def test_repeated_verdict_gives_no_step_and_a_reason():  # P17
    assert step(an_incident(), DOWN) == "no-change"


def test_suspected_incident_is_confirmed_once():
    assert step(an_incident(State.SUSPECTED), DOWN) is EventKind.CONFIRMED
    assert step(an_incident(), DOWN) == "no-change"


def test_return_of_all_families_restores_with_interval():  # P9
    result = next_step(an_incident(), BACK)
    assert isinstance(result, Step)
    assert result.kind is EventKind.RESTORED
    assert result.restored == Interval(AT - timedelta(hours=5), AT - timedelta(hours=4))


def test_unknown_family_does_not_count_as_back():  # P5
    probing = a_finding(state=SeriesState.ORDINARY, level=1.0)
    verdict = a_verdict(
        probing, a_finding(TRAFFIC, SeriesState.UNKNOWN), outcome=Outcome.ORDINARY
    )
    assert step(an_incident(), verdict) == "no-change"


def test_unknown_telescope_does_not_delay_the_end():
    silent = a_finding(Family.TELESCOPE, SeriesState.UNKNOWN)
    incident = an_incident(families=(PROBING, Family.TELESCOPE))
    probing = a_finding(state=SeriesState.ORDINARY, level=1.0)
    verdict = a_verdict(probing, silent, outcome=Outcome.ORDINARY)
    assert step(incident, verdict) is EventKind.RESTORED


def test_traffic_back_without_probing_is_partial():
    back = a_finding(TRAFFIC, SeriesState.ORDINARY, level=1.0)
    verdict = a_verdict(a_finding(), back, outcome=Outcome.SUSPECTED)
    assert step(an_incident(), verdict) is EventKind.PARTLY_RESTORED


def test_returned_routes_alone_restore_no_service():
    incident = an_incident(families=(PROBING, ROUTES), told_families=(PROBING, ROUTES))
    back = a_finding(ROUTES, SeriesState.ORDINARY, level=1.0)
    assert step(incident, a_verdict(a_finding(), back)) == "no-change"


def test_fresh_return_waits_for_slower_families():
    fresh = Interval(AT - timedelta(minutes=60), AT - timedelta(minutes=30))
    back = a_finding(TRAFFIC, SeriesState.ORDINARY, level=1.0, recovered=fresh)
    assert step(an_incident(), a_verdict(a_finding(), back)) == "no-change"


def test_sustained_rise_of_the_level_is_partial():
    risen = a_finding(level=0.5, recovering=True)
    verdict = a_verdict(risen, a_finding(TRAFFIC), severity=Severity.MODERATE)
    assert step(an_incident(), verdict) is EventKind.PARTLY_RESTORED
    brief = a_verdict(replace(risen, recovering=False), a_finding(TRAFFIC))
    assert step(an_incident(), brief) == "no-change"


def test_relapse_after_a_partial_return_escalates():
    partly = an_incident(State.PARTLY_RESTORED, told_level=0.5)
    assert step(partly, DOWN) is EventKind.ESCALATED


def test_wider_scope_or_deeper_level_escalates():
    assert step(an_incident(scope=Scope.MOBILE), DOWN) is EventKind.ESCALATED
    assert step(an_incident(severity=Severity.MODERATE), DOWN) is EventKind.ESCALATED


def test_nothing_is_reported_while_the_level_falls():
    falling = a_finding(level=0.1, smoothed_level=0.7)
    verdict = a_verdict(falling, a_finding(TRAFFIC))
    assert step(an_incident(scope=Scope.MOBILE), verdict) == "still-falling"


def test_a_day_without_events_makes_an_update():
    old = an_incident(changed_at=AT - timedelta(hours=24))
    assert step(old, DOWN) is EventKind.UPDATED


def test_rising_level_makes_no_update():
    old = an_incident(changed_at=AT - timedelta(hours=24))
    rising = a_verdict(a_finding(level=0.99), a_finding(TRAFFIC, level=0.98))
    assert step(old, rising) == "no-change"


def test_suspected_incident_gets_no_update():
    old = an_incident(State.SUSPECTED, changed_at=AT - timedelta(hours=48))
    assert step(old, replace(DOWN, outcome=Outcome.SUSPECTED)) == "no-change"


def test_only_a_drop_soon_after_the_end_reopens():  # P2
    ended = an_incident(State.RESTORED, changed_at=AT - timedelta(hours=3))
    assert step(ended, DOWN) is EventKind.REOPENED
    suspected = replace(DOWN, outcome=Outcome.SUSPECTED)
    assert step(ended, suspected) == "fell-again-in-one-family-only"
    long_ago = replace(ended, changed_at=AT - timedelta(hours=48))
    assert step(long_ago, DOWN) is EventKind.CONFIRMED


def test_late_readings_of_a_drop_that_ended_do_not_reopen():  # P2
    """The end is known to hours; a late series still shows the drop within them."""
    within = Interval(ONSET.since, ONSET.until + timedelta(hours=2))
    ended = an_incident(State.RESTORED, changed_at=AT, restored=within)
    assert step(ended, DOWN) == "fell-before-the-return"
    earlier = Interval(ONSET.since - timedelta(hours=1), ONSET.since)
    assert step(replace(ended, restored=earlier), DOWN) is EventKind.REOPENED


def test_retracted_incident_stays_retracted_while_its_drop_lasts():  # P11
    retracted = an_incident(State.RETRACTED, changed_at=AT - timedelta(hours=1))
    assert step(retracted, DOWN) == "taken-back-already"
    later = replace(retracted, changed_at=AT - timedelta(hours=30))
    assert step(later, DOWN) is EventKind.CONFIRMED


def test_revision_elsewhere_does_not_retract_a_recorded_drop():  # P11
    """An incident is retracted only if revised readings no longer contain its drop."""
    calm = a_finding(
        state=SeriesState.ORDINARY, level=1.0, recovered=None, last_onset=ONSET
    )
    both = (calm, replace(calm, family=TRAFFIC))
    normal = a_verdict(*both, outcome=Outcome.ORDINARY, revised=True)
    assert step(an_incident(), normal) == "no-change"
    over = an_incident(State.RESTORED, changed_at=AT - timedelta(hours=1))
    assert step(over, normal) == "a-rule"
    without_onset = (replace(f, last_onset=None) for f in both)
    revised = a_verdict(*without_onset, outcome=Outcome.ORDINARY, revised=True)
    assert step(an_incident(), revised) is EventKind.RETRACTED
    assert step(over, revised) is EventKind.RETRACTED


def test_every_reason_is_in_kebab_case():  # P17
    steps = [next_step(None, DOWN), next_step(an_incident(), DOWN)]
    reasons = [f.reason for f in steps]
    assert all(r == r.lower() and " " not in r for r in reasons)


def test_a_change_that_is_not_reported_yet_gives_its_reason():  # P17
    back = a_finding(TRAFFIC, SeriesState.ORDINARY, level=1.0)
    verdict = a_verdict(a_finding(), back, outcome=Outcome.SUSPECTED)
    just_changed = an_incident(changed_at=AT - timedelta(minutes=30))
    assert step(just_changed, verdict) == "too-soon"
    changes = tuple(
        Phase(kind, AT - timedelta(hours=n), Scope.MOBILE, Severity.MAJOR)
        for n, kind in enumerate([EventKind.ESCALATED, EventKind.REOPENED] * 3, 2)
    )
    assert (
        step(an_incident(scope=Scope.MOBILE, phases=changes), DOWN)
        == "changes-too-often"
    )

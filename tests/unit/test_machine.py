"""From an incident and a verdict to the next step, or to a reason for none."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.incidents.transitions import Hold, Pace, Step, advance
from bot.model.entity import parse_entity
from bot.model.incident import EventKind, Incident, State
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import Finding, Outcome, Scope, SeriesState, Severity, Verdict

AT = datetime(2026, 1, 8, 20, tzinfo=UTC)
KZ = parse_entity("country:KZ")
ONSET = Interval(AT - timedelta(hours=10), AT - timedelta(hours=9))
PROBING, TRAFFIC, ROUTES = Family.ACTIVE_PROBING, Family.TRAFFIC, Family.CONTROL_PLANE
PACE = Pace()


def a_finding(
    family=PROBING, state=SeriesState.DROPPED, level=0.1, **changes
) -> Finding:
    down = state is SeriesState.DROPPED
    found = Finding(
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
        method="weekly",
    )
    return replace(found, **changes)


def a_verdict(*own, outcome=Outcome.CONFIRMED, **changes) -> Verdict:
    fallen = tuple(f for f in own if f.state is SeriesState.DROPPED)
    told = Verdict(
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
    return replace(told, **changes)


def an_incident(state=State.CONFIRMED, **changes) -> Incident:
    told = Incident(
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
    )
    return replace(told, **changes)


def step(incident, verdict) -> EventKind | str:
    """The kind of the next step, or the reason for none."""
    found = next_step(incident, verdict)
    return found.kind if isinstance(found, Step) else found.reason


def next_step(incident, verdict) -> Step | Hold:
    """The next step on a verdict whose checks have run already."""
    return advance(incident, verdict, PACE, lambda: verdict).step


DOWN = a_verdict(a_finding(), a_finding(TRAFFIC))
BACK = a_verdict(
    a_finding(state=SeriesState.ORDINARY, level=1.0),
    a_finding(TRAFFIC, state=SeriesState.ORDINARY, level=1.0),
    outcome=Outcome.ORDINARY,
)


@pytest.mark.parametrize(
    "outcome", [Outcome.ORDINARY, Outcome.DOUBTFUL, Outcome.UNKNOWN]
)
def test_only_suspicion_or_proof_begins_an_incident(outcome):  # P5
    assert step(None, replace(DOWN, outcome=outcome)) == "a-rule"


def test_a_beginning_is_suspected_or_confirmed():  # P7
    assert step(None, DOWN) is EventKind.CONFIRMED
    assert step(None, replace(DOWN, outcome=Outcome.SUSPECTED)) is EventKind.SUSPECTED


def test_the_same_verdict_again_says_nothing_and_says_why():  # P17
    assert step(an_incident(), DOWN) == "no-change"


def test_a_suspicion_is_confirmed_once():
    assert step(an_incident(State.SUSPECTED), DOWN) is EventKind.CONFIRMED
    assert step(an_incident(), DOWN) == "no-change"


def test_all_families_back_is_restored_with_its_interval():  # P9
    found = next_step(an_incident(), BACK)
    assert isinstance(found, Step)
    assert found.kind is EventKind.RESTORED
    assert found.restored == Interval(AT - timedelta(hours=5), AT - timedelta(hours=4))


def test_one_family_unknown_is_not_back():  # P5
    one = a_finding(state=SeriesState.ORDINARY, level=1.0)
    verdict = a_verdict(
        one, a_finding(TRAFFIC, SeriesState.UNKNOWN), outcome=Outcome.ORDINARY
    )
    assert step(an_incident(), verdict) == "no-change"


def test_a_silent_telescope_does_not_hold_the_end_up():
    silent = a_finding(Family.TELESCOPE, SeriesState.UNKNOWN)
    incident = an_incident(families=(PROBING, Family.TELESCOPE))
    one = a_finding(state=SeriesState.ORDINARY, level=1.0)
    verdict = a_verdict(one, silent, outcome=Outcome.ORDINARY)
    assert step(incident, verdict) is EventKind.RESTORED


def test_traffic_back_while_probing_is_down_is_partial():
    back = a_finding(TRAFFIC, SeriesState.ORDINARY, level=1.0)
    verdict = a_verdict(a_finding(), back, outcome=Outcome.SUSPECTED)
    assert step(an_incident(), verdict) is EventKind.PARTLY_RESTORED


def test_routes_back_while_probing_is_down_is_no_return_of_service():
    incident = an_incident(families=(PROBING, ROUTES), told_families=(PROBING, ROUTES))
    back = a_finding(ROUTES, SeriesState.ORDINARY, level=1.0)
    assert step(incident, a_verdict(a_finding(), back)) == "no-change"


def test_a_return_just_now_waits_for_the_slower_families():
    fresh = Interval(AT - timedelta(minutes=60), AT - timedelta(minutes=30))
    back = a_finding(TRAFFIC, SeriesState.ORDINARY, level=1.0, recovered=fresh)
    assert step(an_incident(), a_verdict(a_finding(), back)) == "no-change"


def test_a_level_that_rose_and_stayed_is_partial():
    risen = a_finding(level=0.5, recovering=True)
    verdict = a_verdict(risen, a_finding(TRAFFIC), severity=Severity.MODERATE)
    assert step(an_incident(), verdict) is EventKind.PARTLY_RESTORED
    brief = a_verdict(replace(risen, recovering=False), a_finding(TRAFFIC))
    assert step(an_incident(), brief) == "no-change"


def test_off_again_after_a_partial_return_escalates():
    partly = an_incident(State.PARTLY_RESTORED, told_level=0.5)
    assert step(partly, DOWN) is EventKind.ESCALATED


def test_a_wider_scope_or_a_deeper_level_escalates():
    assert step(an_incident(scope=Scope.MOBILE), DOWN) is EventKind.ESCALATED
    assert step(an_incident(severity=Severity.MODERATE), DOWN) is EventKind.ESCALATED


def test_nothing_is_told_while_the_level_is_on_its_way_down():
    falling = a_finding(level=0.1, smoothed_level=0.7)
    verdict = a_verdict(falling, a_finding(TRAFFIC))
    assert step(an_incident(scope=Scope.MOBILE), verdict) == "still-falling"


def test_a_day_without_news_is_told_as_that():
    old = an_incident(changed_at=AT - timedelta(hours=24))
    assert step(old, DOWN) is EventKind.UPDATED


def test_a_level_on_its_way_up_is_not_told_as_lasting():
    old = an_incident(changed_at=AT - timedelta(hours=24))
    rising = a_verdict(a_finding(level=0.99), a_finding(TRAFFIC, level=0.98))
    assert step(old, rising) == "no-change"


def test_a_suspicion_is_not_told_of_again():
    old = an_incident(State.SUSPECTED, changed_at=AT - timedelta(hours=48))
    assert step(old, replace(DOWN, outcome=Outcome.SUSPECTED)) == "no-change"


def test_a_fall_soon_after_the_end_reopens_and_one_later_does_not():  # P2
    ended = an_incident(State.RESTORED, changed_at=AT - timedelta(hours=3))
    assert step(ended, DOWN) is EventKind.REOPENED
    one = replace(DOWN, outcome=Outcome.SUSPECTED)
    assert step(ended, one) == "fell-again-in-one-family-only"
    long_ago = replace(ended, changed_at=AT - timedelta(hours=48))
    assert step(long_ago, DOWN) is EventKind.CONFIRMED


def test_what_a_person_retracted_stays_retracted_while_it_lasts():  # P11
    retracted = an_incident(State.RETRACTED, changed_at=AT - timedelta(hours=1))
    assert step(retracted, DOWN) == "taken-back-already"
    later = replace(retracted, changed_at=AT - timedelta(hours=30))
    assert step(later, DOWN) is EventKind.CONFIRMED


def test_a_fall_that_is_on_record_is_not_taken_back_by_a_revision_elsewhere():  # P11
    """What has become the ordinary level never came back, and yet it fell."""
    calm = a_finding(
        state=SeriesState.ORDINARY, level=1.0, recovered=None, last_onset=ONSET
    )
    both = (calm, replace(calm, family=TRAFFIC))
    told = a_verdict(*both, outcome=Outcome.ORDINARY, revised=True)
    assert step(an_incident(), told) == "no-change"
    over = an_incident(State.RESTORED, changed_at=AT - timedelta(hours=1))
    assert step(over, told) == "a-rule"
    unmade = (replace(f, last_onset=None) for f in both)
    revised = a_verdict(*unmade, outcome=Outcome.ORDINARY, revised=True)
    assert step(an_incident(), revised) is EventKind.RETRACTED
    assert step(over, revised) is EventKind.RETRACTED


def test_every_reason_is_a_stable_kebab_case_word():  # P17
    found = [next_step(None, DOWN), next_step(an_incident(), DOWN)]
    reasons = [f.reason for f in found]
    assert all(r == r.lower() and " " not in r for r in reasons)

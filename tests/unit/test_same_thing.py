"""Deeper, wider, back and again compare the same thing with itself (P18)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.incidents.steps import Step
from bot.model.entity import parse_entity
from bot.model.incident import EventKind, State
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.timeline import Drop, SeriesTimeline
from bot.model.verdict import Outcome, Scope, SeriesState, Severity
from bot.tick.evidence import onset_not_too_early
from tests.unit.test_transitions import (
    AT,
    DOWN,
    ONSET,
    PROBING,
    ROUTES,
    TRAFFIC,
    a_finding,
    a_verdict,
    an_incident,
    next_step,
    step,
)

NETWORK, OTHER = parse_entity("asn:29355"), parse_entity("asn:48503")
REGION = parse_entity("region:KZ/Almaty")
ENDED = Interval(AT - timedelta(hours=5), AT - timedelta(hours=4))
LATER = Interval(AT - timedelta(hours=2), AT - timedelta(hours=1))


def told(finding, **changes) -> SeriesTimeline:
    """Return a finding's series as the last event published it."""
    series = SeriesTimeline(
        entity=finding.entity,
        signal=finding.signal,
        family=finding.family,
        drops=(),
        state=SeriesState.DROPPED,
        level=0.4,
        as_of=AT - timedelta(hours=2),
        reported=True,
    )
    return replace(series, **changes)


def pair(entity, **changes):
    """Return the findings of a part in two families."""
    return tuple(a_finding(f, entity=entity, **changes) for f in (PROBING, ROUTES))


def of_parts(*parts, scope=Scope.OPERATOR, **changes):
    """Return a verdict on parts; the place itself reads normal."""
    own = (a_finding(state=SeriesState.ORDINARY, level=1.0, recovered=None),)
    fallen = {"parts": parts, "scope": scope, "principal": parts[0], **changes}
    return replace(a_verdict(*own, severity=Severity.NEAR_TOTAL), **fallen)


def ended(**changes):
    return an_incident(State.RESTORED, restored=ENDED, **changes)


def opens_its_own(incident, verdict) -> bool:
    result = next_step(incident, verdict)
    return isinstance(result, Step) and result.kind is EventKind.CONFIRMED


def test_a_network_that_falls_after_a_national_incident_is_another():  # P2
    verdict = of_parts(*pair(NETWORK, onset=LATER))
    assert opens_its_own(ended(), verdict)
    again = a_verdict(*(replace(f, onset=LATER) for f in DOWN.own))
    assert step(ended(), again) is EventKind.REOPENED


def test_another_network_is_another_incident_and_the_same_one_is_not():  # P2
    before = ended(scope=Scope.OPERATOR, networks=(NETWORK,))
    assert step(before, of_parts(*pair(NETWORK, onset=LATER))) is EventKind.REOPENED
    assert opens_its_own(before, of_parts(*pair(OTHER, onset=LATER)))


def test_an_incident_that_was_only_suspected_stays_one():
    before = ended(confirmed_at=None)
    verdict = of_parts(*pair(NETWORK, onset=LATER), outcome=Outcome.SUSPECTED)
    assert step(before, verdict) is EventKind.REOPENED


def test_the_level_of_a_part_does_not_deepen_a_national_incident():
    part = a_finding(entity=REGION, level=0.05)
    timeline = (told(part), told(a_finding()))
    incident = an_incident(severity=Severity.MAJOR, timeline=timeline)
    own = [a_finding(f, level=0.9) for f in (PROBING, TRAFFIC)]
    verdict = a_verdict(*own, parts=(part,), principal=part)
    assert step(incident, verdict) is not EventKind.ESCALATED


def test_another_series_than_the_published_one_shows_no_deepening():
    incident = an_incident(severity=Severity.MAJOR, timeline=(told(a_finding()),))
    assert step(incident, DOWN) is EventKind.ESCALATED
    traffic = replace(DOWN, principal=a_finding(TRAFFIC))
    assert step(incident, traffic) is not EventKind.ESCALATED


@pytest.mark.parametrize("level", [0.97, 1.02])
def test_one_family_deepens_nothing_while_the_other_reads_normal(level):  # P7
    incident = an_incident(severity=Severity.MAJOR, timeline=(told(a_finding()),))
    back = a_finding(ROUTES, level=level)
    assert step(incident, a_verdict(a_finding(), back)) == "no-change"


def test_a_return_at_the_time_of_the_newest_reading_is_as_new():
    """Traffic that reports later is lower, and the other families are back by then."""
    incident = an_incident(severity=Severity.MAJOR)
    back = Interval(AT - timedelta(minutes=30), AT)
    normal = a_finding(ROUTES, SeriesState.ORDINARY, level=1.0, recovered=back)
    incident = replace(incident, families=(PROBING, TRAFFIC, ROUTES))
    verdict = a_verdict(a_finding(), a_finding(TRAFFIC), normal)
    assert step(incident, verdict) is not EventKind.ESCALATED


def test_a_level_below_the_mean_of_the_first_bin_is_an_update():
    """The first bin of three hours was half normal, so its mean was 34%."""
    first = told(a_finding(), level=0.34, as_of=ONSET.until)
    incident = an_incident(severity=Severity.MAJOR, timeline=(first,))
    assert step(incident, DOWN) is EventKind.UPDATED
    second = replace(first, as_of=first.as_of + timedelta(hours=3))
    assert step(replace(incident, timeline=(second,)), DOWN) is EventKind.ESCALATED


def test_the_return_of_fixed_networks_is_no_wider_disruption():
    incident = an_incident(
        scope=Scope.OPERATOR, networks=(NETWORK, OTHER), told_parts=(NETWORK, OTHER)
    )
    verdict = of_parts(*pair(NETWORK), scope=Scope.MOBILE)
    assert step(incident, verdict) is not EventKind.ESCALATED
    fewer = replace(incident, told_parts=(OTHER,))
    assert step(fewer, verdict) is EventKind.ESCALATED


def test_nothing_is_told_of_networks_once_all_read_normal():
    """The end follows as soon as the drops are over."""
    incident = an_incident(
        scope=Scope.OPERATOR,
        networks=(NETWORK,),
        told_parts=(NETWORK,),
        changed_at=AT - timedelta(hours=30),
    )
    assert step(incident, of_parts(*pair(NETWORK))) is EventKind.UPDATED
    normal = of_parts(*pair(NETWORK, level=0.99), *pair(OTHER, level=1.01))
    assert step(incident, normal) == "no-change"


def test_only_parts_are_down_by_readings_after_the_return_of_the_place():
    incident = an_incident(families=(PROBING,), told_families=(PROBING,))
    back = a_finding(state=SeriesState.ORDINARY, level=1.0)
    verdict = a_verdict(back, scope=Scope.REGIONAL)
    still = a_finding(entity=REGION, level=0.1)
    late = replace(still, as_of=AT - timedelta(hours=6))
    assert step(incident, replace(verdict, parts=(late,))) == "no-change"
    now = replace(verdict, parts=(still,))
    assert step(incident, now) is EventKind.PARTLY_RESTORED


def test_a_nearly_full_return_is_told_while_a_part_is_down():
    risen = a_finding(level=0.96, recovering=True)
    part = a_finding(entity=REGION, level=0.05)
    verdict = a_verdict(risen, a_finding(ROUTES, level=0.96), parts=(part,))
    incident = an_incident(scope=Scope.NATIONAL, changed_at=AT - timedelta(hours=3))
    assert step(incident, verdict) is EventKind.PARTLY_RESTORED
    assert step(incident, replace(verdict, parts=())) == "no-change"


def test_a_drop_that_confirms_itself_is_not_the_proof_of_an_earlier_one():  # P2, P7
    before = ended(confirmed_at=None)
    assert opens_its_own(
        before, a_verdict(*(replace(f, onset=LATER) for f in DOWN.own))
    )
    late = next_step(before, DOWN)
    assert isinstance(late, Step)
    assert late.reason == "fell-again-in-two-families"


def test_a_family_that_was_silent_in_its_drop_does_not_fall_again():
    """It was down before the silence, and reads nearly normal after it."""
    drop = Drop(ONSET, None, 0.1, seen_low=AT - timedelta(hours=6))
    silent = told(a_finding(), state=SeriesState.UNKNOWN, level=None, drops=(drop,))
    incident = an_incident(
        State.PARTLY_RESTORED, told_families=(ROUTES,), timeline=(silent,)
    )
    verdict = a_verdict(a_finding(level=0.9), a_finding(ROUTES, level=0.9))
    assert step(incident, verdict) is not EventKind.ESCALATED
    was_back = replace(silent, drops=(replace(drop, ended=ENDED),))
    relapse = replace(incident, timeline=(was_back,))
    assert step(relapse, verdict) is EventKind.ESCALATED


def test_a_place_that_rises_while_a_part_returns_is_not_wider():
    """The only network that was named is back, and the place's own drop is no wider."""
    own = (a_finding(level=0.88), a_finding(ROUTES, level=0.88))
    verdict = a_verdict(*own)
    incident = an_incident(
        scope=Scope.OPERATOR,
        timeline=(told(own[0], level=0.77), told(own[1], level=0.77)),
        severity=Severity.NEAR_TOTAL,
    )
    assert step(incident, verdict) is not EventKind.ESCALATED
    higher = tuple(replace(s, level=0.97) for s in incident.timeline)
    assert step(replace(incident, timeline=higher), verdict) is EventKind.ESCALATED


def test_a_telescope_that_is_still_low_proves_no_incident_that_is_over():
    before = ended(confirmed_at=None)
    noisy = a_finding(Family.TELESCOPE)
    back = a_finding(state=SeriesState.ORDINARY, level=1.0)
    verdict = a_verdict(back, noisy, outcome=Outcome.CONFIRMED)
    assert step(before, verdict) == "fell-before-the-return"


def test_a_precise_onset_of_traffic_lasts_until_its_fall_was_seen():  # P9, P18
    """Traffic was low by chance two hours before it fell; probing is not by chance."""
    seen = Interval(AT - timedelta(hours=2), AT - timedelta(hours=1))
    early = Interval(AT - timedelta(hours=4), AT - timedelta(hours=3))
    traffic = a_finding(TRAFFIC, onset=seen)
    assert onset_not_too_early(early, traffic, seen) == Interval(
        early.since, seen.until
    )
    assert onset_not_too_early(early, a_finding(onset=seen), seen) == early
    assert onset_not_too_early(seen, traffic, seen) == seen

"""Scope, onset and end follow what fell: the place itself, or a part of it (P2, P9)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.incidents.recovery import returned_service_families
from bot.incidents.steps import Step
from bot.model.entity import parse_entity
from bot.model.incident import EventKind, State
from bot.model.interval import Interval
from bot.model.verdict import Outcome, Scope, SeriesState
from tests.unit import test_transitions as transitions
from tests.unit.test_verdicts import (
    AT,
    PROBING,
    ROUTES,
    TRAFFIC,
    a_finding,
    regions,
    verdict,
)

NORMAL = SeriesState.ORDINARY
EARLIER = Interval(AT - timedelta(hours=50), AT - timedelta(hours=49))


def standing(count, family, since):
    return regions(since + count, family, NORMAL)[since:]


def test_three_of_five_regions_that_hold_less_than_half_are_no_nation():
    """The place lost 40%, and three of its five regions all they had."""
    own = a_finding(PROBING, level=0.6)
    parts = [*regions(3, PROBING, level=0.0), *standing(2, PROBING, 3)]
    assert verdict(own, *parts).scope is Scope.REGIONAL
    assert verdict(replace(own, lowest=0.3), *parts).scope is Scope.NATIONAL


def test_the_most_direct_family_decides_how_much_is_down():
    """Routes of one region only are low, so by routes that region would hold half."""
    own = (a_finding(PROBING, level=0.65), a_finding(ROUTES, level=0.87))
    parts = [
        *regions(2, PROBING, level=0.1),
        *standing(3, PROBING, 2),
        *regions(1, ROUTES, level=0.77),
        *standing(4, ROUTES, 1),
    ]
    assert verdict(*own, *parts).scope is Scope.REGIONAL


def test_a_shallow_fall_beside_a_family_that_reads_normal_is_that_of_the_part():
    own = (
        a_finding(ROUTES, level=0.94),
        a_finding(TRAFFIC, level=0.7),
        a_finding(PROBING, NORMAL),
    )
    part = [*regions(1, PROBING, level=0.6), *standing(4, PROBING, 1)]
    assert verdict(*own, *part).scope is Scope.REGIONAL
    deep = (a_finding(ROUTES, level=0.1), *own[1:])
    assert verdict(*deep, *part).scope is Scope.NATIONAL


@pytest.mark.parametrize("level", [0.07, 0.0])
def test_a_first_low_reading_is_not_a_normal_one(level):
    """P5: probing of half the regions fell to zero, and the country's is low in one bin.

    The first low bin of a series counts as ordinary.
    """
    first = replace(a_finding(PROBING, NORMAL), level=level)
    fell = [*regions(3, PROBING, level=0.0), *standing(2, PROBING, 3)]
    routes = a_finding(ROUTES, level=0.7)
    assert verdict(routes, first, *fell).scope is Scope.NATIONAL


def test_parts_that_have_returned_still_tell_that_others_stood():
    """The place's own probing fell silent before the parts returned."""
    own = a_finding(PROBING, level=0.75)
    fell = [
        replace(f, last_onset=own.onset, last_lowest=0.2, recovered=Interval(AT, AT))
        for f in standing(2, PROBING, 0)
    ]
    others = standing(3, PROBING, 2)
    assert verdict(own, *fell, *others).scope is not Scope.NATIONAL
    half = [replace(f, last_lowest=0.6) for f in fell]
    assert verdict(own, *half, *others).scope is Scope.NATIONAL


def test_a_disruption_of_a_part_began_with_the_part():
    """The place wavers around its limit, and fell below it two days after its region."""
    own = a_finding(PROBING, level=0.79)
    (region,) = regions(1, PROBING, level=0.1)
    parts = (replace(region, onset=EARLIER), *standing(4, PROBING, 1))
    assert verdict(own, *parts).onset == EARLIER
    whole = tuple(replace(f, onset=EARLIER) for f in regions(5, PROBING, level=0.1))
    assert verdict(a_finding(PROBING), *whole).onset == own.onset


def test_an_outage_that_only_parts_showed_ends_and_is_not_withdrawn():  # P11
    """The place's own probing was silent while all regions were down."""
    part = parse_entity("region:KZ/Almaty")
    calm = transitions.a_finding(state=NORMAL, level=1.0, recovered=None)
    back = transitions.a_finding(
        state=NORMAL,
        level=1.0,
        entity=part,
        last_onset=transitions.ONSET,
        recovered=Interval(AT - timedelta(hours=1), AT),
    )
    over = transitions.a_verdict(
        calm, outcome=Outcome.ORDINARY, parts=(back,), revised=True
    )
    incident = transitions.an_incident(
        State.SUSPECTED, families=(PROBING,), networks=(part,)
    )
    step = transitions.next_step(incident, over)
    assert isinstance(step, Step)
    assert step.kind is EventKind.RESTORED


@pytest.mark.parametrize(("hours", "families"), [(5, ()), (1, (TRAFFIC,))])
def test_a_family_that_returned_before_the_others_fell_is_not_back(hours, families):
    """Traffic, which reports late, may fall with them."""
    at = transitions.AT
    down = transitions.a_finding(onset=Interval(at - timedelta(hours=4), at))
    end = at - timedelta(hours=hours)
    back = transitions.a_finding(
        TRAFFIC, state=NORMAL, level=0.9, recovered=Interval(end, end)
    )
    result = transitions.a_verdict(down, back)
    incident = transitions.an_incident()
    assert (
        returned_service_families(incident, result, timedelta(minutes=30)) == families
    )


def test_a_part_that_was_back_before_the_place_fell_holds_no_share_of_its_loss():
    """The onset of the place is known to hours, in which another region returned."""
    wide = Interval(AT - timedelta(hours=15), AT - timedelta(hours=1))
    own = replace(a_finding(PROBING, level=0.57), onset=wide)
    back = Interval(AT - timedelta(hours=14), AT - timedelta(hours=13))
    earlier = replace(
        standing(1, PROBING, 1)[0], recovered=back, last_onset=wide, last_lowest=0.7
    )
    parts = [*regions(1, PROBING, level=0.0), earlier, *standing(1, PROBING, 2)]
    assert verdict(own, *parts).scope is Scope.REGIONAL

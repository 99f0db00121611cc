"""Verdicts: a family counts once, and one family alone never confirms."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.detection.fusion.corroboration import Corroboration
from bot.detection.fusion.place_findings import PlaceFindings
from bot.detection.fusion.rules import RULES, first_matching_rule
from bot.detection.fusion.verdict import verdict_of
from bot.detection.thresholds import Thresholds
from bot.model.entity import Entity, EntityKind, parse_entity
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import (
    BaselineMethod,
    Finding,
    Outcome,
    Scope,
    SeriesState,
    Severity,
    UnknownReason,
    severity_of,
)
from bot.model.watchlist import group_into_places
from tests.signals import fixed, mobile

AT = datetime(2026, 1, 8, 20, tzinfo=UTC)
KZ = parse_entity("country:KZ")
NETWORKS = (mobile(1, "Alpha"), mobile(2, "Beta"), fixed(3, "Gamma"))
WATCH = group_into_places(
    {KZ, *(n.entity for n in NETWORKS)}, {n.entity: n for n in NETWORKS}, {}
)
ALPHA, BETA, GAMMA = (n.entity for n in NETWORKS)


def a_finding(
    family, state=SeriesState.DROPPED, entity: Entity = KZ, level=0.1, hours=0.0
) -> Finding:
    since = AT - timedelta(hours=3) + timedelta(hours=hours)
    down, unknown = state is SeriesState.DROPPED, state is SeriesState.UNKNOWN
    level = level if down else 1.0
    return Finding(
        entity=entity,
        signal=f"t.{family}",
        family=family,
        state=state,
        level=None if unknown else level,
        smoothed_level=None if unknown else level,
        lowest=level if down else None,
        onset=Interval(since, since + timedelta(minutes=30)) if down else None,
        recovered=None,
        as_of=AT,
        method=BaselineMethod.WEEKLY,
        unknown_reason=UnknownReason.MISSING if unknown else None,
    )


def verdict(*findings):
    own = tuple(f for f in findings if f.entity == KZ)
    parts = tuple(f for f in findings if f.entity != KZ)
    return verdict_of(PlaceFindings(KZ, AT, own, parts, ()), WATCH, Thresholds())


PROBING, ROUTES, TRAFFIC = Family.ACTIVE_PROBING, Family.CONTROL_PLANE, Family.TRAFFIC
TELESCOPE, TELEMETRY = Family.TELESCOPE, Family.TELEMETRY


def test_two_families_falling_together_confirm():  # P7
    result = verdict(a_finding(PROBING), a_finding(ROUTES, hours=2))
    assert result.outcome is Outcome.CONFIRMED
    assert result.families == (PROBING, ROUTES)


def test_one_family_alone_is_suspected_however_deep():  # P7
    assert verdict(a_finding(PROBING, level=0.0)).outcome is Outcome.SUSPECTED


def test_two_signals_of_one_family_count_once():  # P7
    twin = a_finding(PROBING)
    assert verdict(twin, twin).outcome is Outcome.SUSPECTED


@pytest.mark.parametrize("family", [TELESCOPE, TELEMETRY])
def test_a_noisy_family_alone_is_doubtful(family):
    assert verdict(a_finding(family)).outcome is Outcome.DOUBTFUL


def test_two_noisy_families_alone_are_doubtful():
    result = verdict(a_finding(TELESCOPE), a_finding(TELEMETRY))
    assert result.outcome is Outcome.DOUBTFUL


@pytest.mark.parametrize("hours", [-72, -8, -5, -3])
def test_families_that_fell_apart_confirm_once_both_have_been_down(hours):  # P7
    early, late = a_finding(PROBING), a_finding(ROUTES, hours=hours)
    last = max(f.onset.until for f in (early, late) if f.onset)

    def outcome(together):
        at_once = [replace(f, as_of=last + together) for f in (early, late)]
        return verdict(*at_once).outcome

    assert outcome(timedelta(hours=1, minutes=59)) is Outcome.SUSPECTED
    assert outcome(timedelta(hours=2)) is Outcome.CONFIRMED


def test_lasting_shallow_drop_corroborates_nothing():  # P1
    """A shallow drop of a week may be a change of level, so it corroborates nothing."""
    shallow = a_finding(ROUTES, level=0.9, hours=-200)
    assert verdict(shallow, a_finding(PROBING)).outcome is Outcome.SUSPECTED


def regions(count, family, state=SeriesState.DROPPED, **more):
    return [
        a_finding(family, state, entity=Entity(EntityKind.REGION, f"KZ/R{n}"), **more)
        for n in range(count)
    ]


def test_routes_of_the_place_and_probing_in_its_regions_confirm():  # P7
    down = verdict(a_finding(ROUTES, level=0.4), *regions(6, PROBING))
    assert down.outcome is Outcome.CONFIRMED
    assert set(down.families) == {PROBING, ROUTES}


def test_a_family_down_in_few_regions_does_not_corroborate_the_place():  # P7
    mixed = [*regions(3, PROBING), *regions(6, PROBING, SeriesState.ORDINARY)[3:]]
    assert verdict(a_finding(ROUTES, level=0.4), *mixed).outcome is Outcome.SUSPECTED


def test_the_places_own_normal_series_outweighs_its_regions():  # P7
    own = a_finding(PROBING, SeriesState.ORDINARY, level=1.0)
    result = verdict(own, a_finding(ROUTES, level=0.4), *regions(6, PROBING))
    assert result.families == (ROUTES,)


def test_regions_do_not_make_a_nation_that_reads_normal():
    own = a_finding(PROBING, SeriesState.ORDINARY, level=1.0)
    result = verdict(own, *regions(6, PROBING))
    assert (result.outcome, result.scope) == (Outcome.SUSPECTED, Scope.REGIONAL)


def test_all_regions_down_are_the_nation_while_the_place_is_read_too_early():
    """Its newest reading is minutes younger than the fall of the regions' routes."""
    fell = regions(6, ROUTES)
    since = fell[0].onset.until + timedelta(minutes=5)
    own = replace(a_finding(PROBING, SeriesState.ORDINARY, level=0.93), as_of=since)
    assert verdict(own, *fell).scope is Scope.NATIONAL
    later = replace(own, as_of=since + timedelta(hours=1))
    assert verdict(later, *fell).scope is Scope.REGIONAL


def test_a_network_that_vanishes_is_suspected():  # P7
    own = a_finding(ROUTES, SeriesState.ORDINARY, level=1.0)
    gone = a_finding(ROUTES, entity=ALPHA, level=0.0)
    result = verdict(own, gone)
    assert (result.outcome, result.scope) == (Outcome.SUSPECTED, Scope.OPERATOR)
    assert result.principal == gone


def test_one_early_region_of_twelve_does_not_date_the_drop():  # P9
    early, *others = regions(12, PROBING)
    onset = Interval(
        *(t - timedelta(hours=5) for t in (early.onset.since, early.onset.until))
    )
    result = verdict(replace(early, onset=onset, last_onset=onset), *others)
    assert result.onset == others[0].onset


def test_a_place_without_known_series_is_unknown():  # P5
    result = verdict(
        a_finding(PROBING, SeriesState.UNKNOWN), a_finding(ROUTES, SeriesState.UNKNOWN)
    )
    assert result.outcome is Outcome.UNKNOWN


def test_one_network_in_one_family_is_only_doubtful():
    assert verdict(a_finding(ROUTES, entity=ALPHA)).outcome is Outcome.DOUBTFUL


def test_mobile_networks_down_beside_a_fixed_one_are_mobile():
    result = verdict(
        a_finding(PROBING, level=0.74),
        *(
            a_finding(f, entity=e, level=0.3)
            for e in (ALPHA, BETA)
            for f in (PROBING, TELESCOPE)
        ),
        a_finding(PROBING, SeriesState.ORDINARY, entity=GAMMA),
    )
    assert (result.outcome, result.scope) == (Outcome.CONFIRMED, Scope.MOBILE)
    assert result.severity is Severity.MAJOR


def test_mobile_and_fixed_networks_down_are_national():
    result = verdict(
        a_finding(PROBING, level=0.02),
        a_finding(TRAFFIC, level=0.02),
        *(a_finding(PROBING, entity=e, level=0.02) for e in (ALPHA, BETA, GAMMA)),
    )
    assert (result.scope, result.severity) == (Scope.NATIONAL, Severity.NEAR_TOTAL)


def test_the_principal_level_is_probing_not_routes():
    result = verdict(a_finding(ROUTES, level=0.9), a_finding(PROBING, level=0.03))
    assert result.principal is not None
    assert result.principal.family is PROBING


@given(
    st.lists(
        st.tuples(st.sampled_from(Family), st.sampled_from(SeriesState)), max_size=8
    )
)
def test_no_findings_of_one_family_ever_confirm(states):  # P7
    result = verdict(*(a_finding(family, state) for family, state in states))
    dropped = {family for family, state in states if state is SeriesState.DROPPED}
    if result.outcome is Outcome.CONFIRMED:
        assert len(dropped) >= 2
    if not dropped:
        assert result.outcome in {Outcome.ORDINARY, Outcome.UNKNOWN}


@given(
    st.lists(
        st.tuples(st.sampled_from(Family), st.sampled_from(SeriesState)), max_size=6
    ),
    st.permutations(range(6)),
)
def test_the_order_of_findings_does_not_matter(states, order):
    findings = [a_finding(f, s, hours=n / 2) for n, (f, s) in enumerate(states)]
    mixed = [findings[i] for i in order if i < len(findings)]
    assert verdict(*findings).outcome is verdict(*mixed).outcome
    assert verdict(*findings).families == verdict(*mixed).families


def test_every_rule_has_its_own_id_and_comment():
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.comment.endswith((".", ").")) for rule in RULES)


NOTHING_DOWN = Corroboration(
    (), 0, 0, 0, 0, regional_cluster=False, assessable=1, own_series=1
)
MATCHES: dict[str, dict[str, Any]] = {
    "two-families": {
        "families": (PROBING, TRAFFIC),
        "sustained": True,
        "lead_families": (PROBING,),
    },
    "two-families-in-a-part": {
        "parts_with_two_families": 1,
        "parts": 1,
        "lead_families": (PROBING,),
    },
    "one-strong-family": {
        "families": (PROBING,),
        "lead_families": (PROBING,),
        "regions": 9,
    },
    "many-regions": {
        "regions": 5,
        "watched_regions": 50,
        "parts": 5,
        "regional_cluster": True,
    },
    "a-crowded-region": {"regions": 5, "watched_regions": 51, "regional_cluster": True},
    "several-shallow-families": {"shallow": (PROBING, TRAFFIC), "families": (TRAFFIC,)},
    "a-network-vanished": {"vanished": 1, "parts": 1, "families": (TELESCOPE,)},
    "weak-family-only": {"families": (TELESCOPE, TELEMETRY), "parts": 1},
    "not-yet-borne-out": {"families": (TRAFFIC, TELESCOPE), "parts": 1},
    "parts-only": {"parts": 1},
    "ordinary": {},
    "unknown": {"assessable": 0},
}


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_every_rule_decides_the_case_made_for_it(rule):
    assert first_matching_rule(replace(NOTHING_DOWN, **MATCHES[rule])).id == rule


@pytest.mark.parametrize(
    ("level", "severity"),
    [
        (0.9, Severity.MINOR),
        (0.74, Severity.MODERATE),
        (0.49, Severity.MAJOR),
        (0.19, Severity.NEAR_TOTAL),
        (0, Severity.NEAR_TOTAL),
    ],
)
def test_a_level_has_one_severity(level, severity):
    assert severity_of(level) is severity

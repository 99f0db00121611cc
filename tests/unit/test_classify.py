"""Classes by the pattern in the data: each rule, and what none of them may do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.detection.classification.rules import CLASSES_VERSION, RULES, classify
from bot.model.classification import ClassKind
from bot.model.entity import Entity, EntityKind
from bot.model.incident import (
    EventKind,
    Evidence,
    Facts,
    Incident,
    IncidentEvent,
    Phase,
    State,
    Trace,
)
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import Check, CheckName, Scope, Severity
from bot.sources.registry import all_brands
from bot.text.translations import environment, load_translations, templates_root
from tests.builders import (
    NOW,
    ONSET,
    PROBING,
    ROUTING,
    event,
    evidence,
    facts,
    incident_of,
    mobile,
    operators,
    series,
    suspected,
    utc,
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TEN_MINUTES = timedelta(minutes=10)


def shaped(told: Facts, shape: Callable[[float], float | None], hours: float):
    """An event `hours` after its onset, whose level is `shape(hours since onset)`."""
    bins = int(hours * 6)
    levels = [shape((n + 1) / 6) for n in range(bins)]
    trace = Trace(
        entity=told.place,
        signal=PROBING,
        family=Family.ACTIVE_PROBING,
        unit="/24 blocks",
        first=told.onset.since,
        step_s=600,
        values=tuple(None if v is None else 1000 * v for v in levels),
        expected=(1000.0,) * bins,
        spread=(10.0,) * bins,
    )
    known = [v for v in levels if v is not None]
    as_of = told.onset.since + bins * TEN_MINUTES
    told = replace(told, as_of=as_of, lowest=min(known, default=None))
    return event(facts=told), Evidence((trace,))


def named(told: IncidentEvent, shown: Evidence | None = None, *beside: Incident):
    """Kind and rule of its class."""
    found = classify(told, shown or evidence(told.facts), beside)
    assert found.version == CLASSES_VERSION
    return found.kind, found.why


def other(code: str, onset: Interval, kind=EventKind.CONFIRMED, **more) -> Incident:
    """An incident of another country."""
    told = facts(place=Entity(EntityKind.COUNTRY, code), onset=onset, **more)
    begun = event(kind, facts=told, incident=f"{code}-2022-0105")
    return incident_of(begun)


def falls(*steps: tuple[EventKind, datetime], incident="KZ-2022-0101") -> Incident:
    """An incident of Kazakhstan with these steps."""
    phases = tuple(Phase(k, at, Scope.NATIONAL, Severity.MAJOR) for k, at in steps)
    one = incident_of(event(incident=incident))
    return replace(one, phases=phases)


def test_a_country_at_two_percent_is_a_blackout():
    assert named(event()) == (ClassKind.BLACKOUT, "most-of-a-country")


def test_mobile_networks_alone_are_mobile():
    assert named(event(facts=mobile())) == (ClassKind.MOBILE, "mobile-networks-only")


def test_some_regions_are_regional():
    told = facts(scope=Scope.REGIONAL)
    assert named(event(facts=told)) == (ClassKind.REGIONAL, "regions-only")


def test_single_networks_are_operators():
    told = facts(scope=Scope.OPERATOR, level=0.02)
    assert named(event(facts=told)) == (ClassKind.OPERATOR, "single-networks")


def test_a_level_held_for_hours_is_a_partial_restriction():
    told = shaped(facts(), lambda _: 0.4, hours=7)
    assert named(*told) == (ClassKind.PARTIAL, "held-between")


@pytest.mark.parametrize(
    ("shape", "hours"),
    [
        (lambda _: 0.4, 4),  # not yet for hours
        (lambda h: 0.4 if h < 2 else None, 9),  # silence is no time (P5)
        (lambda h: 0.3 if h % 2 < 1 else 0.95, 12),  # in and out
    ],
)
def test_what_is_not_held_is_no_partial_restriction(shape, hours):
    assert named(*shaped(facts(), shape, hours)) == (ClassKind.UNKNOWN, "no-pattern")


def test_routes_down_with_service_ordinary_is_routing_only():
    told = suspected(series=(series(ROUTING, 0.4), series(PROBING, 0.99)))
    found = named(event(EventKind.SUSPECTED, facts=told))
    assert found == (ClassKind.ROUTING, "routes-down-service-ordinary")


def test_routes_down_with_service_unknown_is_no_class():
    """P5: silence is not ordinary."""
    told = suspected(series=(series(ROUTING, 0.4), series(PROBING, None)))
    found = named(event(EventKind.SUSPECTED, facts=told))
    assert found == (ClassKind.UNKNOWN, "not-corroborated")


def test_what_was_never_confirmed_gets_no_class_on_top():
    """P7."""
    told = facts(state=State.SUSPECTED, opened_by=(Family.ACTIVE_PROBING,))
    found = named(event(EventKind.SUSPECTED, facts=told))
    assert found == (ClassKind.UNKNOWN, "not-corroborated")


def test_a_slow_fall_in_a_region_is_power_like():
    told = facts(scope=Scope.REGIONAL)
    shown = shaped(told, lambda h: max(0.1, 1 - 0.2 * h), hours=8)
    assert named(*shown) == (ClassKind.POWER, "gradual-and-regional-or-daily")


def test_a_quick_fall_in_a_region_is_not_power_like():
    shown = shaped(facts(scope=Scope.REGIONAL), lambda _: 0.1, hours=8)
    assert named(*shown)[0] is ClassKind.REGIONAL


def test_a_country_that_fades_and_swings_with_the_day_is_power_like():
    def fading(hours: float) -> float:
        night = (hours % 24) >= 12
        return max(0.3 if night else 0.6, 1 - 0.1 * hours)

    assert named(*shaped(facts(), fading, hours=80))[0] is ClassKind.POWER
    assert named(*shaped(facts(), lambda h: max(0.4, 1 - 0.1 * h), hours=80)) == (
        ClassKind.PARTIAL,
        "held-between",
    )


def test_three_countries_at_once_are_cable_like():
    near = Interval(ONSET.since + TEN_MINUTES, ONSET.until + TEN_MINUTES)
    beside = (other("UZ", near), other("KG", ONSET))
    assert named(event(), None, *beside) == (
        ClassKind.CABLE,
        "several-countries-at-once",
    )
    assert named(event(), None, beside[0])[0] is ClassKind.BLACKOUT


def test_countries_hours_apart_or_unconfirmed_or_coarsely_known_are_not_at_once():
    late = Interval(ONSET.since - 3 * HOUR, ONSET.until - 3 * HOUR)
    coarse = Interval(ONSET.since - 6 * HOUR, ONSET.until)
    beside = (
        other("UZ", ONSET),
        other("KG", late),
        other("TJ", ONSET, EventKind.SUSPECTED),
        other("TM", coarse),
    )
    assert named(event(), None, *beside)[0] is ClassKind.BLACKOUT


def test_the_same_hour_on_three_days_is_exam_like():
    beside = [
        falls(
            (EventKind.CONFIRMED, NOW - n * DAY),
            (EventKind.RESTORED, NOW - n * DAY + 3 * HOUR),
            incident=f"KZ-2022-010{n}",
        )
        for n in (1, 2)
    ]
    assert named(event(), None, *beside) == (ClassKind.EXAM, "same-hour-on-many-days")
    assert named(event(), None, beside[0])[0] is ClassKind.BLACKOUT


def test_falls_within_one_incident_count_as_days_too():
    """P2: an exam series is often one incident that reopens."""
    steps = [
        (kind, NOW - n * DAY + late)
        for n in (2, 1)
        for kind, late in (
            (EventKind.CONFIRMED if n == 2 else EventKind.REOPENED, 0 * HOUR),
            (EventKind.RESTORED, 3 * HOUR),
        )
    ]
    phases = tuple(Phase(k, at, Scope.NATIONAL, Severity.MAJOR) for k, at in steps)
    told = facts(phases=phases)
    again = event(EventKind.REOPENED, 5, facts=told)
    assert named(again)[0] is ClassKind.EXAM


@pytest.mark.parametrize("apart", [7 * HOUR, 20 * DAY])
def test_other_hours_and_long_ago_are_no_series(apart):
    beside = [
        falls(
            (EventKind.CONFIRMED, NOW - n * DAY - apart),
            (EventKind.RESTORED, NOW - n * DAY - apart + 3 * HOUR),
            incident=f"KZ-2022-010{n}",
        )
        for n in (1, 2, 3)
    ]
    assert named(event(), None, *beside)[0] is ClassKind.BLACKOUT


def test_long_outages_are_no_series():
    long = falls(
        (EventKind.CONFIRMED, NOW - 3 * DAY),
        (EventKind.RESTORED, NOW - 2 * DAY + HOUR),
        (EventKind.REOPENED, NOW - 2 * DAY),
        (EventKind.RESTORED, NOW - DAY - HOUR),
    )
    assert named(event(), None, long)[0] is ClassKind.BLACKOUT


def test_a_failed_artefact_check_is_told_as_that():
    told = suspected(
        checks=(Check(CheckName.GEOLOCATION, passed=False, note="UZ rose"),)
    )
    found = named(event(EventKind.SUSPECTED, facts=told))
    assert found == (ClassKind.ARTEFACT, "an-artefact-check-failed")


def test_a_drop_of_an_unhealthy_source_is_an_artefact():
    """P6."""
    unhealthy = Check(CheckName.SOURCE_HEALTH, passed=False, signal="ioda.bgp")
    facts_now = suspected(checks=(unhealthy,))
    result = named(event(EventKind.SUSPECTED, facts=facts_now))
    assert result == (ClassKind.ARTEFACT, "an-artefact-check-failed")


def test_a_check_on_one_of_many_fallen_parts_makes_no_artefact_of_them_all():
    """Laura, August 2020: of many counties that fell, one had a neighbour that rose."""
    failed = (Check(CheckName.RENUMBERING, passed=False),)
    many = suspected(checks=failed, networks=operators(0.3, 0.3))
    found = named(event(EventKind.SUSPECTED, facts=many))
    assert found == (ClassKind.UNKNOWN, "not-corroborated")
    one = suspected(checks=failed, networks=operators(0.3))
    found = named(event(EventKind.SUSPECTED, facts=one))
    assert found[0] is ClassKind.ARTEFACT


def test_a_confirmed_disruption_is_not_called_an_artefact():
    """P7: two families on record outweigh a check."""
    told = facts(checks=(Check(CheckName.GEOLOCATION, passed=False),))
    assert named(event(facts=told))[0] is ClassKind.BLACKOUT


def test_a_check_that_could_not_be_answered_is_no_artefact():
    told = facts(checks=(Check(CheckName.GEOLOCATION, passed=None),))
    assert named(event(facts=told))[0] is ClassKind.BLACKOUT


def test_a_report_that_was_taken_back_has_no_class():
    """P11."""
    told = facts(state=State.RETRACTED)
    found = named(event(EventKind.RETRACTED, 2, facts=told))
    assert found == (ClassKind.UNKNOWN, "withdrawn")


def test_unknown_is_a_result():
    told = facts(level=0.5, lowest=0.5)
    assert named(event(facts=told), Evidence(())) == (ClassKind.UNKNOWN, "no-pattern")


def test_what_happens_later_changes_no_earlier_class():
    """P14: a batch that knows what comes next says what live said."""
    later = Interval(ONSET.since + TEN_MINUTES, ONSET.until + TEN_MINUTES)
    soon = [
        replace(one, phases=(replace(one.phases[0], at=NOW + HOUR),))
        for one in (other("UZ", later), other("KG", ONSET))
    ]
    assert classify(event(), evidence(facts()), tuple(soon)) == classify(
        event(), evidence(facts())
    )


def test_what_was_taken_back_by_then_counts_for_nothing():
    gone = [
        replace(
            one,
            phases=(*one.phases, replace(one.phases[0], kind=EventKind.RETRACTED)),
        )
        for one in (other("UZ", ONSET), other("KG", ONSET))
    ]
    assert named(event(), None, *gone)[0] is ClassKind.BLACKOUT


def test_scaling_a_series_changes_no_class():
    told, shown = shaped(facts(), lambda _: 0.4, hours=7)
    (trace,) = shown.traces
    larger = replace(
        trace,
        values=tuple(v and v * 977 for v in trace.values),
        expected=tuple(v and v * 977 for v in trace.expected),
    )
    assert classify(told, Evidence((larger,))) == classify(told, shown)


def test_every_rule_has_its_id_once_and_a_comment():
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(rule.comment.endswith(".") for rule in RULES)


def test_every_class_has_a_rule_and_its_reviewed_words():
    words = load_translations(environment(templates_root(), all_brands()), "en")
    assert {rule.kind for rule in RULES} == set(ClassKind)
    for kind in ClassKind:
        assert words.translate("classes", kind, "name")
        meaning = words.translate("classes", kind, "meaning")
        if kind is not ClassKind.UNKNOWN:
            assert "ircumvention software and VPNs" in meaning


def test_what_every_class_says_is_hedged():
    """P8: a likeness is no cause, and no class promises a way around."""
    words = load_translations(environment(templates_root(), all_brands()), "en")
    told = {
        kind: words.translate("classes", kind, "meaning").lower() for kind in ClassKind
    }
    for causal in ("because", "due to", "caused by", "ordered", "deliberate"):
        assert not [kind for kind, text in told.items() if causal in text]
    for kind in (ClassKind.POWER, ClassKind.CABLE, ClassKind.EXAM):
        assert "patterns like it are seen" in told[kind]


def test_the_series_of_the_model_report_goes_from_mobile_to_blackout():
    begun = event(facts=mobile())
    then = event(
        EventKind.ESCALATED,
        2,
        facts=facts(
            phases=(
                Phase(
                    EventKind.CONFIRMED,
                    utc("2022-01-04 17:00"),
                    Scope.MOBILE,
                    Severity.MAJOR,
                ),
            )
        ),
    )
    kinds = [named(one)[0] for one in (begun, then)]
    assert kinds == [ClassKind.MOBILE, ClassKind.BLACKOUT]

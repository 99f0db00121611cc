"""Classification: what each rule matches, and what no rule may conclude."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.detection.classification.rules import CLASSES_VERSION, RULES, classify
from bot.model.classification import ClassKind
from bot.model.entity import Entity, EntityKind
from bot.model.event import Facts, IncidentEvent
from bot.model.incident import EventKind, Evidence, Incident, Phase, State, Trace
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
    changed,
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


def event_with_levels(
    base: Facts, shape: Callable[[float], float | None], hours: float
):
    """Return an event `hours` after its onset, and its evidence.

    `shape(h)` is the level `h` hours after the onset; None is a missing reading.
    """
    bins = int(hours * 6)
    levels = [shape((n + 1) / 6) for n in range(bins)]
    trace = Trace(
        entity=base.place,
        signal=PROBING,
        family=Family.ACTIVE_PROBING,
        unit="/24 blocks",
        first=base.timing.onset.since,
        step_s=600,
        values=tuple(None if v is None else 1000 * v for v in levels),
        expected=(1000.0,) * bins,
        spread=(10.0,) * bins,
    )
    present = [v for v in levels if v is not None]
    as_of = base.timing.onset.since + bins * TEN_MINUTES
    current = changed(base, as_of=as_of, lowest=min(present, default=None))
    return event(facts=current), Evidence((trace,))


def class_of(
    step: IncidentEvent, traces: Evidence | None = None, *other_incidents: Incident
):
    """Classify an event; return the kind of its class and the rule that matched."""
    result = classify(step, traces or evidence(step.facts), other_incidents)
    assert result.version == CLASSES_VERSION
    return result.kind, result.why


def incident_in(
    code: str, onset: Interval, kind=EventKind.CONFIRMED, **more
) -> Incident:
    """Return an incident of the country `code`, with one event of `kind`."""
    base = facts(place=Entity(EntityKind.COUNTRY, code), onset=onset, **more)
    first_event = event(kind, facts=base, incident=f"{code}-2022-0105")
    return incident_of(first_event)


def incident_with_phases(
    *steps: tuple[EventKind, datetime], incident="KZ-2022-0101"
) -> Incident:
    """Return an incident of Kazakhstan with a phase for each (kind, time) of `steps`."""
    phases = tuple(Phase(k, at, Scope.NATIONAL, Severity.MAJOR) for k, at in steps)
    return replace(incident_of(event(incident=incident)), phases=phases)


def test_a_country_at_two_percent_is_a_blackout():
    assert class_of(event()) == (ClassKind.BLACKOUT, "most-of-a-country")


@pytest.mark.parametrize(
    ("lowest", "kind"), [(0.194, ClassKind.BLACKOUT), (0.196, ClassKind.UNKNOWN)]
)
def test_blackout_has_the_limit_that_posts_give_it(lowest, kind):
    """A level printed as 20% is called significant, and a lower one near-total."""
    assert class_of(event(facts=facts(level=lowest, lowest=lowest)))[0] is kind


def test_mobile_networks_alone_are_classified_as_mobile():
    assert class_of(event(facts=mobile())) == (ClassKind.MOBILE, "mobile-networks-only")


def test_regions_alone_are_classified_as_regional():
    current = facts(scope=Scope.REGIONAL)
    assert class_of(event(facts=current)) == (ClassKind.REGIONAL, "regions-only")


def test_single_networks_are_classified_as_operator():
    current = facts(scope=Scope.OPERATOR, level=0.02)
    assert class_of(event(facts=current)) == (ClassKind.OPERATOR, "single-networks")


def test_level_held_for_hours_is_a_partial_restriction():
    held = event_with_levels(facts(), lambda _: 0.4, hours=7)
    assert class_of(*held) == (ClassKind.PARTIAL, "held-between")


def test_partial_level_that_became_a_blackout_is_a_blackout():
    """P18: the class is that of the level in the post, and not of the hours before."""
    fell = event_with_levels(facts(), lambda h: 0.4 if h <= 9.5 else 0.02, hours=10)
    assert class_of(*fell) == (ClassKind.BLACKOUT, "most-of-a-country")


def test_level_that_has_returned_is_not_held_at_a_partial_level():
    back = event_with_levels(facts(), lambda h: 0.4 if h <= 9.5 else 0.97, hours=10)
    assert class_of(*back) == (ClassKind.UNKNOWN, "no-pattern")


@pytest.mark.parametrize(
    ("shape", "hours"),
    [
        (lambda _: 0.4, 4),  # held for four hours only
        (lambda h: 0.75 - 0.02 * h, 14),  # a steady fall
        (lambda h: 0.7 - 0.15 * (h // 2), 7),  # a fall in steps
        (lambda h: 0.4 if h < 2 else None, 9),  # a gap is not a held level (P5)
        (lambda h: 0.3 if h % 2 < 1 else 0.95, 12),  # down every other hour
    ],
)
def test_a_level_not_held_is_no_partial_restriction(shape, hours):
    assert class_of(*event_with_levels(facts(), shape, hours)) == (
        ClassKind.UNKNOWN,
        "no-pattern",
    )


def test_routes_down_with_normal_service_are_routing_only():
    current = suspected(series=(series(ROUTING, 0.4), series(PROBING, 0.99)))
    result = class_of(event(EventKind.SUSPECTED, facts=current))
    assert result == (ClassKind.ROUTING, "routes-down-service-ordinary")


@pytest.mark.parametrize(
    "service",
    [
        series(PROBING, 0.9),  # normal, but lower than before the drop
        series(PROBING, 1.0, as_of=ONSET.since),  # from before the drop
    ],
)
def test_service_not_clearly_normal_is_no_routing_class(service):
    """P5: service counts as normal only by clearly normal readings within the drop."""
    current = suspected(series=(series(ROUTING, 0.4), service))
    shown = evidence(current)
    until = int((service.as_of - shown.traces[1].first) / TEN_MINUTES)
    cut = replace(
        shown.traces[1],
        values=shown.traces[1].values[:until],
        expected=shown.traces[1].expected[:until],
        spread=shown.traces[1].spread[:until],
    )
    step = event(EventKind.SUSPECTED, facts=current)
    result = class_of(step, Evidence((shown.traces[0], cut)))
    assert result == (ClassKind.UNKNOWN, "not-corroborated")


def test_networks_that_lost_service_prevent_the_routing_class():
    """The place's probing may read normal while that of some networks is down."""
    lost = operators(0.05)
    own = (series(ROUTING, 0.9), series(PROBING, 0.99))
    current = suspected(series=own, networks=lost)
    result = class_of(event(EventKind.SUSPECTED, facts=current))
    assert result == (ClassKind.UNKNOWN, "not-corroborated")


def test_routes_down_with_service_unknown_have_no_class():
    """P5: a service without readings does not count as normal."""
    current = suspected(series=(series(ROUTING, 0.4), series(PROBING, None)))
    result = class_of(event(EventKind.SUSPECTED, facts=current))
    assert result == (ClassKind.UNKNOWN, "not-corroborated")


def test_an_incident_never_confirmed_gets_no_class():
    """P7: a drop as deep as a blackout has no class if it was never confirmed."""
    current = facts(state=State.SUSPECTED, opened_by=(Family.ACTIVE_PROBING,))
    result = class_of(event(EventKind.SUSPECTED, facts=current))
    assert result == (ClassKind.UNKNOWN, "not-corroborated")


def test_a_slow_fall_in_a_region_is_power_like():
    regional = facts(scope=Scope.REGIONAL)
    shown = event_with_levels(regional, lambda h: max(0.1, 1 - 0.2 * h), hours=8)
    assert class_of(*shown) == (ClassKind.POWER, "gradual-and-regional-or-daily")


def test_a_quick_regional_fall_is_not_power_like():
    shown = event_with_levels(facts(scope=Scope.REGIONAL), lambda _: 0.1, hours=8)
    assert class_of(*shown)[0] is ClassKind.REGIONAL


def steps_down(hours: float) -> float:
    """Return a level that falls by 0.12 every two hours."""
    return 0.88 - 0.12 * (hours // 2)


def falls_at(hour: float) -> Callable[[float], float]:
    """Return a shape that falls to 0.1 at once, at this hour."""
    return lambda hours: 1.0 if hours < hour else 0.1


def test_regions_that_fell_at_once_one_after_the_other_are_not_power_like():
    regional = facts(scope=Scope.REGIONAL)
    step, shown = event_with_levels(regional, steps_down, 8)
    assert class_of(step, shown)[0] is ClassKind.POWER
    fell = [event_with_levels(regional, falls_at(2 * n), 8)[1] for n in range(4)]
    regions = [
        replace(traces.traces[0], entity=Entity(EntityKind.REGION, f"KZ/{n}"))
        for n, traces in enumerate(fell)
    ]
    result = class_of(step, Evidence((*shown.traces, *regions)))
    assert result == (ClassKind.REGIONAL, "regions-only")


def test_a_fall_in_two_steps_is_not_power_like():
    regional = facts(scope=Scope.REGIONAL)
    halved = event_with_levels(regional, lambda h: 0.7 if h < 4 else 0.4, 8)
    assert class_of(*halved)[0] is ClassKind.REGIONAL


def test_a_slow_fall_with_daily_swing_is_power_like():
    def daily_swing(hours: float) -> float:
        is_night = (hours % 24) >= 12
        return max(0.3 if is_night else 0.6, 1 - 0.1 * hours)

    assert (
        class_of(*event_with_levels(facts(), daily_swing, hours=80))[0]
        is ClassKind.POWER
    )
    assert class_of(
        *event_with_levels(facts(), lambda h: max(0.4, 1 - 0.1 * h), hours=80)
    ) == (
        ClassKind.PARTIAL,
        "held-between",
    )


def test_three_countries_at_once_are_cable_like():
    near = Interval(ONSET.since + TEN_MINUTES, ONSET.until + TEN_MINUTES)
    others = (incident_in("UZ", near), incident_in("KG", ONSET))
    assert class_of(event(), None, *others) == (
        ClassKind.CABLE,
        "several-countries-at-once",
    )
    assert class_of(event(), None, others[0])[0] is ClassKind.BLACKOUT


def test_distant_unconfirmed_or_coarse_onsets_are_not_simultaneous():
    late = Interval(ONSET.since - 3 * HOUR, ONSET.until - 3 * HOUR)
    coarse = Interval(ONSET.since - 6 * HOUR, ONSET.until)
    others = (
        incident_in("UZ", ONSET),
        incident_in("KG", late),
        incident_in("TJ", ONSET, EventKind.SUSPECTED),
        incident_in("TM", coarse),
    )
    assert class_of(event(), None, *others)[0] is ClassKind.BLACKOUT


def test_the_same_hour_on_three_days_is_exam_like():
    others = [
        incident_with_phases(
            (EventKind.CONFIRMED, NOW - n * DAY),
            (EventKind.RESTORED, NOW - n * DAY + 3 * HOUR),
            incident=f"KZ-2022-010{n}",
        )
        for n in (1, 2)
    ]
    assert class_of(event(), None, *others) == (
        ClassKind.EXAM,
        "same-hour-on-many-days",
    )
    assert class_of(event(), None, others[0])[0] is ClassKind.BLACKOUT


def test_drops_within_one_incident_count_as_days():
    """P2: an incident that drops at the same hour on three days has the class EXAM."""
    steps = [
        (kind, NOW - n * DAY + late)
        for n in (2, 1)
        for kind, late in (
            (EventKind.CONFIRMED if n == 2 else EventKind.REOPENED, 0 * HOUR),
            (EventKind.RESTORED, 3 * HOUR),
        )
    ]
    phases = tuple(Phase(k, at, Scope.NATIONAL, Severity.MAJOR) for k, at in steps)
    current = facts(phases=phases)
    again = event(EventKind.REOPENED, 5, facts=current)
    assert class_of(again)[0] is ClassKind.EXAM


@pytest.mark.parametrize("apart", [7 * HOUR, 20 * DAY])
def test_other_hours_and_long_ago_are_no_exam_series(apart):
    others = [
        incident_with_phases(
            (EventKind.CONFIRMED, NOW - n * DAY - apart),
            (EventKind.RESTORED, NOW - n * DAY - apart + 3 * HOUR),
            incident=f"KZ-2022-010{n}",
        )
        for n in (1, 2, 3)
    ]
    assert class_of(event(), None, *others)[0] is ClassKind.BLACKOUT


def test_long_outages_are_no_exam_series():
    long = incident_with_phases(
        (EventKind.CONFIRMED, NOW - 3 * DAY),
        (EventKind.RESTORED, NOW - 2 * DAY + HOUR),
        (EventKind.REOPENED, NOW - 2 * DAY),
        (EventKind.RESTORED, NOW - DAY - HOUR),
    )
    assert class_of(event(), None, long)[0] is ClassKind.BLACKOUT


def test_a_failed_artefact_check_makes_an_artefact():
    current = suspected(
        checks=(Check(CheckName.GEOLOCATION, passed=False, note="UZ rose"),)
    )
    result = class_of(event(EventKind.SUSPECTED, facts=current))
    assert result == (ClassKind.ARTEFACT, "an-artefact-check-failed")


def test_a_drop_of_an_unhealthy_source_is_an_artefact():
    """P6: a drop whose source-health check failed is classified as an artefact."""
    unhealthy = Check(CheckName.SOURCE_HEALTH, passed=False, signal="ioda.bgp")
    current = suspected(checks=(unhealthy,))
    result = class_of(event(EventKind.SUSPECTED, facts=current))
    assert result == (ClassKind.ARTEFACT, "an-artefact-check-failed")


def test_unhealthy_source_does_not_explain_the_drop_of_another():
    """P6: routes of a healthy source fell while the probing source had a fault."""
    unhealthy = Check(CheckName.SOURCE_HEALTH, passed=False, signal=PROBING)
    current = suspected(checks=(unhealthy,))
    result = class_of(event(EventKind.SUSPECTED, facts=current))
    assert result == (ClassKind.UNKNOWN, "not-corroborated")


def test_a_check_on_one_of_many_parts_decides_nothing():
    """A failed check of one part does not make a drop of several parts an artefact.

    When hurricane Laura hit in August 2020, many counties were down, and the readings
    of a neighbour of one of these counties rose.
    """
    failed = (Check(CheckName.RENUMBERING, passed=False),)
    many = suspected(checks=failed, networks=operators(0.3, 0.3))
    result = class_of(event(EventKind.SUSPECTED, facts=many))
    assert result == (ClassKind.UNKNOWN, "not-corroborated")
    single = suspected(checks=failed, networks=operators(0.3))
    result = class_of(event(EventKind.SUSPECTED, facts=single))
    assert result[0] is ClassKind.ARTEFACT


def test_a_confirmed_disruption_is_not_called_an_artefact():
    """P7: a drop that two families confirmed is no artefact, even if a check failed."""
    current = facts(checks=(Check(CheckName.GEOLOCATION, passed=False),))
    assert class_of(event(facts=current))[0] is ClassKind.BLACKOUT


def test_a_check_with_unknown_result_makes_no_artefact():
    current = facts(checks=(Check(CheckName.GEOLOCATION, passed=None),))
    assert class_of(event(facts=current))[0] is ClassKind.BLACKOUT


def test_a_retracted_incident_has_no_class():
    """P11: the class of a retracted incident is unknown."""
    current = facts(state=State.RETRACTED)
    result = class_of(event(EventKind.RETRACTED, 2, facts=current))
    assert result == (ClassKind.UNKNOWN, "withdrawn")


def test_a_pattern_of_no_rule_is_unknown():
    current = facts(level=0.5, lowest=0.5)
    assert class_of(event(facts=current), Evidence(())) == (
        ClassKind.UNKNOWN,
        "no-pattern",
    )


def test_later_incidents_change_no_earlier_class():
    """P14: incidents that opened after an event do not change the event's class."""
    later = Interval(ONSET.since + TEN_MINUTES, ONSET.until + TEN_MINUTES)
    soon = [
        replace(incident, phases=(replace(incident.phases[0], at=NOW + HOUR),))
        for incident in (incident_in("UZ", later), incident_in("KG", ONSET))
    ]
    assert classify(event(), evidence(facts()), tuple(soon)) == classify(
        event(), evidence(facts())
    )


def test_incidents_retracted_by_then_do_not_count():
    gone = [
        replace(
            incident,
            phases=(
                *incident.phases,
                replace(incident.phases[0], kind=EventKind.RETRACTED),
            ),
        )
        for incident in (incident_in("UZ", ONSET), incident_in("KG", ONSET))
    ]
    assert class_of(event(), None, *gone)[0] is ClassKind.BLACKOUT


def test_scaling_a_series_changes_no_class():
    held, shown = event_with_levels(facts(), lambda _: 0.4, hours=7)
    (trace,) = shown.traces
    larger = replace(
        trace,
        values=tuple(v and v * 977 for v in trace.values),
        expected=tuple(v and v * 977 for v in trace.expected),
    )
    assert classify(held, Evidence((larger,))) == classify(held, shown)


def test_every_rule_has_its_own_id_and_comment():
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(rule.comment.endswith(".") for rule in RULES)


def test_every_class_has_a_rule_and_words():
    words = load_translations(environment(templates_root(), all_brands()), "en")
    assert {rule.kind for rule in RULES} == set(ClassKind)
    for kind in ClassKind:
        assert words.translate("classes", kind, "name")
        meaning = words.translate("classes", kind, "meaning")
        if kind is not ClassKind.UNKNOWN:
            assert "ircumvention software and VPNs" in meaning


def test_the_meaning_of_every_class_is_hedged():
    """P8: the description of a class names no cause of the disruption."""
    words = load_translations(environment(templates_root(), all_brands()), "en")
    meanings = {
        kind: words.translate("classes", kind, "meaning").lower() for kind in ClassKind
    }
    for causal in ("because", "due to", "caused by", "ordered", "deliberate"):
        assert not [kind for kind, text in meanings.items() if causal in text]
    for kind in (ClassKind.POWER, ClassKind.CABLE, ClassKind.EXAM):
        assert "patterns like it are seen" in meanings[kind]


def test_the_model_report_goes_from_mobile_to_blackout():
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
    kinds = [class_of(step)[0] for step in (begun, then)]
    assert kinds == [ClassKind.MOBILE, ClassKind.BLACKOUT]

"""Artefact checks: when they fail, and what a failure prevents."""

from datetime import timedelta

import numpy as np

from bot.detection.artefacts import (
    ExpectedEvent,
    own_series_checks,
    sympathetic_networks,
)
from bot.detection.day_shapes import (
    PastReadings,
    history_bins_needed,
    is_as_low_on_other_days,
    is_normal_at_another_hour,
)
from bot.detection.fusion.rules import RULES
from bot.detection.kernel.columns import UNKNOWN_REASONS
from bot.detection.thresholds import Thresholds, signal_params
from bot.model.entity import parse_entity
from bot.model.incident import EventKind
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import (
    BaselineMethod,
    CheckName,
    Finding,
    SeriesState,
    UnknownReason,
)
from bot.tick.rules import AssessmentResults, AssessmentRules
from tests.signals import START, STEP, WEEK, a_signal, a_week_of, assess, fixed

PROBING = a_signal("t.probe")
ROUTES = a_signal("t.routes", Family.CONTROL_PLANE)
TRAFFIC = a_signal("t.traffic", Family.TRAFFIC, minimum=0.0)
TELEMETRY = a_signal("t.telemetry", Family.TELEMETRY, minimum=0.0)
TELESCOPE = a_signal("t.telescope", Family.TELESCOPE)
KZ = "country:KZ"
BINS = 12
ONSET = Interval(START, START + STEP)
SLOW_TRAFFIC = a_signal(
    "t.traffic", Family.TRAFFIC, minimum=0.0, lag=timedelta(minutes=120)
)


def after_a_week(fraction, level=1000.0, seed=1, weeks=1):
    """Return `weeks` normal weeks, then six hours at `fraction` times the normal level."""
    noise = 1 + 0.002 * np.random.default_rng(seed + 50).standard_normal(BINS)
    week = a_week_of(level, weeks=weeks, seed=seed)
    return np.concatenate([week, level * fraction * noise]).astype(np.float32)


def kinds(results):
    return [change.event.kind for change in results.changes]


def failed(results):
    """Return the names of the checks that failed in at least one event."""
    return {
        check.name
        for change in results.changes
        for check in change.event.facts.checks
        if check.passed is False
    }


def test_routes_down_without_loss_of_service_are_not_confirmed():
    results, _ = assess(
        {
            (ROUTES, KZ): after_a_week(0.5),
            (TELESCOPE, KZ): after_a_week(0.1, seed=2),
            (PROBING, KZ): after_a_week(1.0, seed=3),
        }
    )
    assert EventKind.CONFIRMED not in kinds(results)
    assert CheckName.ROUTES_WITHOUT_SERVICE in failed(results)


def test_people_away_from_a_working_network_are_not_confirmed():
    results, _ = assess(
        {
            (TRAFFIC, KZ): after_a_week(0.5, weeks=3),
            (TELEMETRY, KZ): after_a_week(0.3, seed=2, weeks=3),
            (PROBING, KZ): after_a_week(1.0, seed=3, weeks=3),
            (ROUTES, KZ): after_a_week(1.0, seed=4, weeks=3),
        }
    )
    assert EventKind.CONFIRMED not in kinds(results)
    assert CheckName.PEOPLE_WITHOUT_NETWORK in failed(results)


def test_a_new_geolocation_database_confirms_no_outage():
    series = {}
    for signal in (PROBING, ROUTES):
        series[signal, KZ] = after_a_week(0.6)
        series[signal, "country:UZ"] = after_a_week(1.4, seed=2)
    results, _ = assess(series)
    assert EventKind.CONFIRMED not in kinds(results)
    assert CheckName.GEOLOCATION in failed(results)


def test_renumbering_to_a_sibling_network_confirms_no_outage():
    networks = (fixed(1, "Alpha"), fixed(2, "Beta"))
    series = {}
    for signal in (PROBING, ROUTES):
        series[signal, "asn:1"] = after_a_week(0.2)
        series[signal, "asn:2"] = after_a_week(1.8, seed=2)
        series[signal, KZ] = after_a_week(1.0, level=9000.0, seed=3)
    results, _ = assess(series, networks)
    assert EventKind.CONFIRMED not in kinds(results)


def test_a_slightly_busier_neighbour_does_not_block_confirmation():
    series = {}
    for signal in (PROBING, ROUTES):
        series[signal, KZ] = after_a_week(0.1)
        series[signal, "country:UZ"] = after_a_week(1.1, seed=2)
    results, _ = assess(series)
    assert EventKind.CONFIRMED in kinds(results)


def test_a_drop_in_an_expected_window_stays_suspected():
    window = Interval(START + STEP * (WEEK - 4), START + STEP * (WEEK + 8))
    calendar = (ExpectedEvent(parse_entity(KZ), window, "national exams"),)
    series = {(s, KZ): after_a_week(0.05) for s in (PROBING, ROUTES)}
    results, _ = assess(series, rules=AssessmentRules(calendar=calendar))
    assert kinds(results) == [EventKind.SUSPECTED]
    assert CheckName.EXPECTED_EVENT in failed(results)


def test_a_drop_outside_the_expected_window_is_confirmed():
    window = Interval(START, START + timedelta(hours=2))
    calendar = (ExpectedEvent(parse_entity(KZ), window, "national exams"),)
    series = {(s, KZ): after_a_week(0.05) for s in (PROBING, ROUTES)}
    results, _ = assess(series, rules=AssessmentRules(calendar=calendar))
    assert EventKind.CONFIRMED in kinds(results)


def test_a_frozen_count_is_unknown_and_not_dropped():
    frozen = after_a_week(1.0)
    frozen[WEEK - 40 :] = frozen[WEEK - 40]
    _, assessor = assess({(PROBING, KZ): frozen})
    states = assessor.states[PROBING.id]
    assert UNKNOWN_REASONS[states.table["why"][0]] == UnknownReason.FROZEN
    assert not states.dropped_rows().size


def test_probing_alone_fails_the_one_vantage_check():
    results, _ = assess({(PROBING, KZ): after_a_week(0.05)})
    assert CheckName.ONE_VANTAGE in failed(results)


def test_a_real_blackout_passes_all_blocking_checks():
    series = {
        (s, KZ): after_a_week(0.04, seed=n)
        for n, s in enumerate((PROBING, ROUTES, TRAFFIC))
    }
    results, _ = assess(series)
    assert EventKind.CONFIRMED in kinds(results)
    assert failed(results) <= {CheckName.ONE_VANTAGE}


def test_the_confirming_rules_come_first():
    assert [rule.id for rule in RULES][:3] == [
        "two-families",
        "two-families-in-a-part",
        "one-strong-family",
    ]


def test_a_shallow_address_loss_waits_for_traffic():
    series = {
        (PROBING, KZ): after_a_week(0.75),
        (ROUTES, KZ): after_a_week(0.75, seed=2),
        (SLOW_TRAFFIC, KZ): after_a_week(1.0, seed=3),
    }
    results, _ = assess(series)
    assert kinds(results) == [EventKind.SUSPECTED]
    assert (
        results.changes[0].event.facts.rule
        == f"held-back-by-{CheckName.ADDRESSES_WITHOUT_PEOPLE}"
    )


def test_a_deep_address_loss_does_not_wait_for_traffic():
    series = {
        (PROBING, KZ): after_a_week(0.2),
        (ROUTES, KZ): after_a_week(0.6, seed=2),
        (SLOW_TRAFFIC, KZ): after_a_week(1.0, seed=3),
    }
    results, _ = assess(series)
    assert EventKind.CONFIRMED in kinds(results)


def a_month(weekend=1.0, swing=0.0, noise=0.004, seed=1):
    """Return 30 days of readings, those of weekend days multiplied by `weekend`."""
    days = np.arange(30 * 48) // 48
    wave = 1 + swing * np.sin(np.arange(30 * 48) * 2 * np.pi / 48)
    noisy = 1 + noise * np.random.default_rng(seed).standard_normal(30 * 48)
    shape = np.where(days % 7 >= 5, weekend, 1.0)
    return np.asarray(1000.0 * wave * noisy * shape, dtype=np.float32)


def results_since(results, first_bin):
    """Return the events of `results` at or after the start of bin `first_bin`."""
    at = START + STEP * first_bin
    return AssessmentResults([c for c in results.changes if c.event.at >= at])


def traffic_drop(month, first_bin, share):
    """Return traffic and telemetry: `month`, times `share` from bin `first_bin` on."""
    series = {}
    for signal in (TRAFFIC, TELEMETRY):
        values = month.copy()
        values[first_bin:] *= share
        series[signal, KZ] = values
    return series


TUESDAY = 29 * 48
"""The first bin of the 30th day of a month that begins on a Monday."""


def test_a_holiday_as_quiet_as_weekends_is_not_confirmed():
    month = a_month(weekend=0.45)
    results = results_since(
        assess(traffic_drop(month, TUESDAY, 0.46), stride=48)[0], TUESDAY
    )
    assert EventKind.SUSPECTED in kinds(results)
    assert EventKind.CONFIRMED not in kinds(results)
    assert CheckName.SEASON in failed(results)


def test_a_fall_below_all_other_days_is_confirmed():
    month = a_month(weekend=0.9)
    results = results_since(
        assess(traffic_drop(month, TUESDAY, 0.3), stride=48)[0], TUESDAY
    )
    assert EventKind.CONFIRMED in kinds(results)
    assert CheckName.SEASON not in failed(results)


def test_a_network_drop_is_not_called_a_weekend():
    series = traffic_drop(a_month(weekend=0.45), TUESDAY, 0.46)
    probing = a_month(seed=3)
    probing[TUESDAY:] *= 0.4
    series[PROBING, KZ] = probing
    results = results_since(assess(series, stride=48)[0], TUESDAY)
    assert EventKind.CONFIRMED in kinds(results)
    assert CheckName.SEASON not in failed(results)


def test_the_first_weekend_opens_nothing_and_is_learnt():
    results, assessor = assess(traffic_drop(a_month(weekend=0.45), 0, 1.0), stride=48)
    assert not results.changes
    masks = assessor.states[TRAFFIC.id].masks_of_row(0)
    # The last bin of a Sunday may be masked, because a weekday follows it.
    assert sum(until - since for since, until in masks) <= 2


def test_a_blackout_in_the_first_week_is_confirmed():
    month = a_month(weekend=0.45)
    results, _ = assess(traffic_drop(month[: 7 * 48], 3 * 48 + 20, 0.05))
    assert EventKind.CONFIRMED in kinds(results)


def past_of(values, drop_bins, step=timedelta(minutes=30)):
    signal = a_signal("t.traffic", Family.TRAFFIC, step=step, minimum=0.0)
    params = signal_params(signal, Thresholds())
    recent = np.asarray(values, dtype=np.float32)[-history_bins_needed(params) :]
    return PastReadings(recent, drop_bins, params)


def steep_mornings(bins=30 * 48, late=0):
    """Return days that rise from 100 at 6:00 to 1000 at 10:00, or `late` bins later."""
    at = (np.arange(bins) - late) % 48
    return 100 + 900 * np.clip((at - 12) / 8, 0, 1)


def test_a_morning_one_hour_late_is_a_clock_change():
    usual, shifted = steep_mornings(), steep_mornings(late=2)
    late = np.concatenate([usual[: TUESDAY + 14], shifted[TUESDAY + 14 :]])
    until = TUESDAY + 19
    assert late[until - 1] < 0.85 * usual[until - 1]  # the delay looks like a drop
    assert is_normal_at_another_hour(past_of(late[:until], drop_bins=4))


def test_a_morning_that_never_comes_is_no_clock_change():
    flat = steep_mornings()
    flat[TUESDAY + 14 :] = flat[TUESDAY + 14] * 0.4
    assert not is_normal_at_another_hour(past_of(flat[: TUESDAY + 30], drop_bins=14))


def test_bins_wider_than_an_hour_show_no_clock_change():
    assert not is_normal_at_another_hour(past_of(np.ones(400), 3, timedelta(hours=2)))


def test_days_in_an_earlier_outage_make_no_pattern():
    values = np.full(30 * 48, 1000.0)
    values[TUESDAY:] = 400
    assert not is_as_low_on_other_days(past_of(values[: TUESDAY + 6], drop_bins=6))
    values[20 * 48 : 24 * 48] = np.nan
    assert not is_as_low_on_other_days(past_of(values[: TUESDAY + 6], drop_bins=6))
    # Now these four days are an outage that was not detected, and so is not masked.
    values[20 * 48 : 24 * 48] = 400
    assert is_as_low_on_other_days(past_of(values[: TUESDAY + 6], drop_bins=6))


def test_a_place_of_few_networks_fails_the_population_check():
    few = {
        (s, KZ): after_a_week(0.05, level=30.0, seed=n)
        for n, s in enumerate((PROBING, ROUTES))
    }
    many = {(s, KZ): v * 10 for (s, _), v in few.items()}
    assert CheckName.POPULATION in failed(assess(few)[0])
    assert CheckName.POPULATION not in failed(assess(many)[0])


def a_finding(signal, entity=KZ, state=SeriesState.DROPPED, **changes):
    fields = {
        "entity": parse_entity(entity),
        "signal": signal.id,
        "family": signal.family,
        "state": state,
        "level": 0.3,
        "smoothed_level": 0.3,
        "lowest": 0.3,
        "onset": ONSET if state is SeriesState.DROPPED else None,
        "recovered": None,
        "as_of": START + 4 * STEP,
        "method": BaselineMethod.WEEKLY,
    }
    return Finding(**(fields | changes))


def check_result(name, *own, at=START + 5 * STEP):
    """Return whether the check `name` of the findings `own` passed; None is unknown."""
    families = tuple(f.family for f in own if f.state is SeriesState.DROPPED)
    checks = own_series_checks(own, families, at)
    return next(check.passed for check in checks if check.name is name)


def test_bins_from_the_future_or_before_onset_fail_a_check():
    assert check_result(CheckName.CLOCK, a_finding(PROBING)) is True
    assert (
        check_result(CheckName.CLOCK, a_finding(PROBING), at=START + 3 * STEP) is False
    )
    early = a_finding(PROBING, as_of=START)
    assert check_result(CheckName.CLOCK, early) is False


def test_drop_in_the_newest_bin_alone_fails_a_check():
    assert (
        check_result(CheckName.PARTIAL_BIN, a_finding(PROBING, sustained=False))
        is False
    )
    assert check_result(CheckName.PARTIAL_BIN, a_finding(PROBING)) is True


def test_a_network_with_normal_addresses_is_only_sympathetic():
    down = a_finding(PROBING, "asn:1")
    partly_down = a_finding(TRAFFIC, "asn:2", smoothed_level=0.6)
    normal = a_finding(PROBING, "asn:2", SeriesState.ORDINARY)
    assert sympathetic_networks((down, partly_down, normal)) == {parse_entity("asn:2")}
    deep = a_finding(TRAFFIC, "asn:2", smoothed_level=0.2)
    assert not sympathetic_networks((down, deep, normal))
    assert not sympathetic_networks((partly_down, normal))


def test_sympathetic_networks_are_recorded_but_not_named():
    series = {
        (PROBING, "asn:1"): after_a_week(0.05, weeks=3),
        (ROUTES, "asn:1"): after_a_week(0.05, seed=2, weeks=3),
        (TRAFFIC, "asn:2"): after_a_week(0.62, seed=3, weeks=3),
        (PROBING, "asn:2"): after_a_week(1.0, seed=5, weeks=3),
    }
    results, _ = assess(series, (fixed(1, "Alpha"), fixed(2, "Beta")))
    networks = results.changes[-1].event.facts.parts.networks
    assert {n.brand for n in networks} == {"Alpha"}
    assert CheckName.SYMPATHETIC in failed(results)


def assess_with_neighbours(**factors):
    """Assess Kazakhstan at 30 percent for 18 hours, beside twelve normal countries.

    During the middle six hours the readings of each country in `factors` are
    multiplied by its factor.
    """
    places = [KZ, *(f"country:{a}{b}" for a in "ABC" for b in "ABCD")]
    series = {}
    for seed, place in enumerate(places, 1):
        values = a_week_of(weeks=3, noise=0.01, seed=seed)
        if place == KZ:
            values[2 * WEEK :] *= 0.3
        values[2 * WEEK + 12 : 2 * WEEK + 24] *= factors.get(place[-2:], 1.0)
        series[PROBING, place] = values[: 2 * WEEK + 36]
    return assess(series)[0]


def test_a_return_while_a_source_rises_everywhere_is_ignored():
    neighbours = dict.fromkeys([f"{a}{b}" for a in "ABC" for b in "ABCD"], 3.7)
    results = assess_with_neighbours(KZ=3.7, **neighbours)
    assert kinds(results) == [EventKind.SUSPECTED]
    assert "a-source-rises-everywhere" in {s.reason for s in results.abstentions}


def test_a_return_while_other_places_are_normal_is_restored():
    results = assess_with_neighbours(KZ=3.7)
    assert kinds(results)[:2] == [EventKind.SUSPECTED, EventKind.RESTORED]

"""What else could this be? Each question, and what a wrong answer keeps from happening."""

from datetime import timedelta

import numpy as np

from bot.app.judging import Rules
from bot.detection.artefacts import Expected
from bot.detection.fusion import RULES
from bot.detection.state import WHYS
from bot.model.entity import parse_entity
from bot.model.incident import EventKind
from bot.model.interval import Interval
from bot.model.signal import Family
from tests.signals import START, STEP, WEEK, a_signal, a_week_of, fixed, judged

PROBING = a_signal("t.probe")
ROUTES = a_signal("t.routes", Family.CONTROL_PLANE)
TRAFFIC = a_signal("t.traffic", Family.TRAFFIC, minimum=0.0)
TELEMETRY = a_signal("t.telemetry", Family.TELEMETRY, minimum=0.0)
TELESCOPE = a_signal("t.telescope", Family.TELESCOPE)
KZ = "country:KZ"
BINS = 12


def after_a_week(fraction, level=1000.0, seed=1):
    """An ordinary week, then some hours at this fraction of ordinary."""
    rough = 1 + 0.002 * np.random.default_rng(seed + 50).standard_normal(BINS)
    week = a_week_of(level, weeks=1, seed=seed)
    return np.concatenate([week, level * fraction * rough]).astype(np.float32)


def kinds(found):
    return [change.event.kind for change in found.changes]


def failed(found):
    """The questions that some event's checks answered with "yes, it could"."""
    return {
        check.name
        for change in found.changes
        for check in change.event.facts.checks
        if check.passed is False
    }


def test_routes_and_telescope_without_any_loss_of_service_are_not_confirmed():
    found, _ = judged(
        {
            (ROUTES, KZ): after_a_week(0.5),
            (TELESCOPE, KZ): after_a_week(0.1, seed=2),
            (PROBING, KZ): after_a_week(1.0, seed=3),
        }
    )
    assert EventKind.CONFIRMED not in kinds(found)
    assert "routes-without-service" in failed(found)


def test_people_away_from_a_working_network_are_a_holiday_and_not_an_outage():
    found, _ = judged(
        {
            (TRAFFIC, KZ): after_a_week(0.5),
            (TELEMETRY, KZ): after_a_week(0.3, seed=2),
            (PROBING, KZ): after_a_week(1.0, seed=3),
            (ROUTES, KZ): after_a_week(1.0, seed=4),
        }
    )
    assert EventKind.CONFIRMED not in kinds(found)
    assert "people-without-network" in failed(found)


def test_addresses_that_a_new_map_puts_elsewhere_are_not_an_outage():
    series = {}
    for signal in (PROBING, ROUTES):
        series[signal, KZ] = after_a_week(0.6)
        series[signal, "country:UZ"] = after_a_week(1.4, seed=2)
    found, _ = judged(series)
    assert EventKind.CONFIRMED not in kinds(found)
    assert "geolocation" in failed(found)


def test_a_network_whose_sibling_takes_its_addresses_is_not_down():
    networks = (fixed(1, "Alpha"), fixed(2, "Beta"))
    series = {}
    for signal in (PROBING, ROUTES):
        series[signal, "asn:1"] = after_a_week(0.2)
        series[signal, "asn:2"] = after_a_week(1.8, seed=2)
        series[signal, KZ] = after_a_week(1.0, level=9000.0, seed=3)
    found, _ = judged(series, networks)
    assert EventKind.CONFIRMED not in kinds(found)


def test_a_neighbour_that_is_merely_busier_hides_nothing():
    series = {}
    for signal in (PROBING, ROUTES):
        series[signal, KZ] = after_a_week(0.1)
        series[signal, "country:UZ"] = after_a_week(1.1, seed=2)
    found, _ = judged(series)
    assert EventKind.CONFIRMED in kinds(found)


def test_a_drop_in_a_foreseen_window_waits_for_a_person():
    window = Interval(START + STEP * (WEEK - 4), START + STEP * (WEEK + 8))
    calendar = (Expected(parse_entity(KZ), window, "national exams"),)
    series = {(s, KZ): after_a_week(0.05) for s in (PROBING, ROUTES)}
    found, _ = judged(series, rules=Rules(calendar=calendar))
    assert kinds(found) == [EventKind.SUSPECTED]
    assert "expected-event" in failed(found)


def test_outside_that_window_it_is_confirmed():
    window = Interval(START, START + timedelta(hours=2))
    calendar = (Expected(parse_entity(KZ), window, "national exams"),)
    series = {(s, KZ): after_a_week(0.05) for s in (PROBING, ROUTES)}
    found, _ = judged(series, rules=Rules(calendar=calendar))
    assert EventKind.CONFIRMED in kinds(found)


def test_a_count_that_stopped_counting_is_unknown_and_hides_no_outage():
    frozen = after_a_week(1.0)
    frozen[WEEK - 40 :] = frozen[WEEK - 40]
    _, judge = judged({(PROBING, KZ): frozen})
    states = judge.states[PROBING.id]
    assert WHYS[states.table["why"][0]] == "frozen"
    assert not states.dropped().size


def test_one_vantage_is_named_where_probing_stands_alone():
    found, _ = judged({(PROBING, KZ): after_a_week(0.05)})
    assert "one-vantage" in failed(found)


def test_a_real_blackout_passes_every_question():
    series = {
        (s, KZ): after_a_week(0.04, seed=n)
        for n, s in enumerate((PROBING, ROUTES, TRAFFIC))
    }
    found, _ = judged(series)
    assert EventKind.CONFIRMED in kinds(found)
    assert failed(found) <= {"one-vantage"}


def test_every_rule_stays_in_its_place():
    assert [rule.id for rule in RULES][:3] == [
        "two-families",
        "two-families-in-a-part",
        "one-strong-family",
    ]


def test_addresses_that_leave_without_their_people_wait_for_the_traffic():
    slow = a_signal(
        "t.traffic", Family.TRAFFIC, minimum=0.0, lag=timedelta(minutes=120)
    )
    series = {
        (PROBING, KZ): after_a_week(0.75),
        (ROUTES, KZ): after_a_week(0.75, seed=2),
        (slow, KZ): after_a_week(1.0, seed=3),
    }
    found, _ = judged(series)
    assert kinds(found) == [EventKind.SUSPECTED]
    assert found.changes[0].event.facts.rule == "held-back-by-addresses-without-people"


def test_a_deep_loss_does_not_wait_for_the_traffic():
    slow = a_signal(
        "t.traffic", Family.TRAFFIC, minimum=0.0, lag=timedelta(minutes=120)
    )
    series = {
        (PROBING, KZ): after_a_week(0.2),
        (ROUTES, KZ): after_a_week(0.6, seed=2),
        (slow, KZ): after_a_week(1.0, seed=3),
    }
    found, _ = judged(series)
    assert EventKind.CONFIRMED in kinds(found)

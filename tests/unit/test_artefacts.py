"""What else could this be? Each question, and what a wrong answer keeps from happening."""

from datetime import timedelta

import numpy as np

from bot.detection.artefacts import Expected, own_series_checks, sympathetic_networks
from bot.detection.day_shapes import Past, like_another_day, like_another_hour, span
from bot.detection.fusion.rules import RULES
from bot.detection.kernel.columns import WHYS
from bot.detection.thresholds import Thresholds, signal_params
from bot.model.entity import parse_entity
from bot.model.incident import EventKind
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import CheckName, Finding, SeriesState
from bot.tick.assessment import Conclusions, Rules
from tests.signals import START, STEP, WEEK, a_signal, a_week_of, fixed, judged

PROBING = a_signal("t.probe")
ROUTES = a_signal("t.routes", Family.CONTROL_PLANE)
TRAFFIC = a_signal("t.traffic", Family.TRAFFIC, minimum=0.0)
TELEMETRY = a_signal("t.telemetry", Family.TELEMETRY, minimum=0.0)
TELESCOPE = a_signal("t.telescope", Family.TELESCOPE)
KZ = "country:KZ"
BINS = 12


def after_a_week(fraction, level=1000.0, seed=1, weeks=1):
    """An ordinary week, or more, then some hours at this fraction of ordinary."""
    rough = 1 + 0.002 * np.random.default_rng(seed + 50).standard_normal(BINS)
    week = a_week_of(level, weeks=weeks, seed=seed)
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
    assert CheckName.ROUTES_WITHOUT_SERVICE in failed(found)


def test_people_away_from_a_working_network_are_a_holiday_and_not_an_outage():
    found, _ = judged(
        {
            (TRAFFIC, KZ): after_a_week(0.5, weeks=3),
            (TELEMETRY, KZ): after_a_week(0.3, seed=2, weeks=3),
            (PROBING, KZ): after_a_week(1.0, seed=3, weeks=3),
            (ROUTES, KZ): after_a_week(1.0, seed=4, weeks=3),
        }
    )
    assert EventKind.CONFIRMED not in kinds(found)
    assert CheckName.PEOPLE_WITHOUT_NETWORK in failed(found)


def test_addresses_that_a_new_map_puts_elsewhere_are_not_an_outage():
    series = {}
    for signal in (PROBING, ROUTES):
        series[signal, KZ] = after_a_week(0.6)
        series[signal, "country:UZ"] = after_a_week(1.4, seed=2)
    found, _ = judged(series)
    assert EventKind.CONFIRMED not in kinds(found)
    assert CheckName.GEOLOCATION in failed(found)


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
    assert CheckName.EXPECTED_EVENT in failed(found)


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
    assert CheckName.ONE_VANTAGE in failed(found)


def test_a_real_blackout_passes_every_question():
    series = {
        (s, KZ): after_a_week(0.04, seed=n)
        for n, s in enumerate((PROBING, ROUTES, TRAFFIC))
    }
    found, _ = judged(series)
    assert EventKind.CONFIRMED in kinds(found)
    assert failed(found) <= {CheckName.ONE_VANTAGE}


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


def a_month(weekend=1.0, swing=0.0, noise=0.004, seed=1):
    """Four ordinary weeks and two days, with weekends at a share of weekdays."""
    days = np.arange(30 * 48) // 48
    wave = 1 + swing * np.sin(np.arange(30 * 48) * 2 * np.pi / 48)
    rough = 1 + noise * np.random.default_rng(seed).standard_normal(30 * 48)
    shape = np.where(days % 7 >= 5, weekend, 1.0)
    return np.asarray(1000.0 * wave * rough * shape, dtype=np.float32)


def since(found, from_bin):
    """What was concluded of the bins from this one on."""
    at = START + STEP * from_bin
    return Conclusions([c for c in found.changes if c.event.at >= at])


def people_fall(month, from_bin, share):
    """Traffic and telemetry alone, at a share of the month from a bin on."""
    series = {}
    for signal in (TRAFFIC, TELEMETRY):
        values = month.copy()
        values[from_bin:] *= share
        series[signal, KZ] = values
    return series


TUESDAY = 29 * 48
"""A bin: the 30th day of a month that begins on a Monday."""


def test_a_holiday_as_quiet_as_the_weekends_is_not_confirmed():
    month = a_month(weekend=0.45)
    found = since(judged(people_fall(month, TUESDAY, 0.46), stride=48)[0], TUESDAY)
    assert EventKind.SUSPECTED in kinds(found)
    assert EventKind.CONFIRMED not in kinds(found)
    assert CheckName.SEASON in failed(found)


def test_people_who_leave_as_on_no_other_day_are_confirmed():
    month = a_month(weekend=0.9)
    found = since(judged(people_fall(month, TUESDAY, 0.3), stride=48)[0], TUESDAY)
    assert EventKind.CONFIRMED in kinds(found)
    assert CheckName.SEASON not in failed(found)


def test_a_network_that_fell_is_no_weekend():
    series = people_fall(a_month(weekend=0.45), TUESDAY, 0.46)
    probing = a_month(seed=3)
    probing[TUESDAY:] *= 0.4
    series[PROBING, KZ] = probing
    found = since(judged(series, stride=48)[0], TUESDAY)
    assert EventKind.CONFIRMED in kinds(found)
    assert CheckName.SEASON not in failed(found)


def test_a_first_weekend_opens_nothing_and_is_learnt_as_one():
    found, judge = judged(people_fall(a_month(weekend=0.45), 0, 1.0), stride=48)
    assert not found.changes
    spoilt = judge.states[TRAFFIC.id].masks(0)
    assert sum(until - since for since, until in spoilt) <= 2  # where weekdays begin


def test_a_blackout_in_the_first_week_is_deeper_than_any_weekend():
    month = a_month(weekend=0.45)
    found, _ = judged(people_fall(month[: 7 * 48], 3 * 48 + 20, 0.05))
    assert EventKind.CONFIRMED in kinds(found)


def a_past(values, fallen, step=timedelta(minutes=30)):
    signal = a_signal("t.traffic", Family.TRAFFIC, step=step, minimum=0.0)
    m = signal_params(signal, Thresholds())
    return Past(np.asarray(values, dtype=np.float32)[-span(m) :], fallen, m)


def steep(bins=30 * 48, late=0):
    """Days that climb from 100 to 1000 in the morning, here so many bins later."""
    at = (np.arange(bins) - late) % 48
    return 100 + 900 * np.clip((at - 12) / 8, 0, 1)


def test_a_morning_an_hour_late_is_a_clock_and_no_outage():
    late = np.concatenate([steep()[: TUESDAY + 14], steep(late=2)[TUESDAY + 14 :]])
    until = TUESDAY + 19
    assert late[until - 1] < 0.85 * steep()[until - 1]  # it reads as a loss
    assert like_another_hour(a_past(late[:until], fallen=4))


def test_a_morning_that_never_comes_is_no_clock():
    flat = steep()
    flat[TUESDAY + 14 :] = flat[TUESDAY + 14] * 0.4
    assert not like_another_hour(a_past(flat[: TUESDAY + 30], fallen=14))


def test_bins_wider_than_an_hour_tell_nothing_of_clocks():
    assert not like_another_hour(a_past(np.ones(400), 3, timedelta(hours=2)))


def test_days_that_an_outage_spoilt_are_no_pattern():
    values = np.full(30 * 48, 1000.0)
    values[TUESDAY:] = 400
    assert not like_another_day(a_past(values[: TUESDAY + 6], fallen=6))
    values[20 * 48 : 24 * 48] = np.nan
    assert not like_another_day(a_past(values[: TUESDAY + 6], fallen=6))
    values[20 * 48 : 24 * 48] = 400  # four days that nobody found amiss
    assert like_another_day(a_past(values[: TUESDAY + 6], fallen=6))


def test_where_few_networks_are_the_whole_place_a_person_is_told():
    few = {
        (s, KZ): after_a_week(0.05, level=30.0, seed=n)
        for n, s in enumerate((PROBING, ROUTES))
    }
    many = {(s, KZ): v * 10 for (s, _), v in few.items()}
    assert CheckName.POPULATION in failed(judged(few)[0])
    assert CheckName.POPULATION not in failed(judged(many)[0])


def a_finding(signal, entity=KZ, state=SeriesState.DROPPED, **changes):
    told = {
        "entity": parse_entity(entity),
        "signal": signal.id,
        "family": signal.family,
        "state": state,
        "level": 0.3,
        "smoothed_level": 0.3,
        "lowest": 0.3,
        "onset": Interval(START, START + STEP)
        if state is SeriesState.DROPPED
        else None,
        "recovered": None,
        "as_of": START + 4 * STEP,
        "method": "weekly",
    }
    return Finding(**(told | changes))


def answer(name, *own, at=START + 5 * STEP):
    fell = tuple(f.family for f in own if f.state is SeriesState.DROPPED)
    return next(c.passed for c in own_series_checks(own, fell, at) if c.name == name)


def test_what_is_dated_after_now_or_before_its_own_fall_is_not_believed():
    assert answer(CheckName.CLOCK, a_finding(PROBING)) is True
    assert answer(CheckName.CLOCK, a_finding(PROBING), at=START + 3 * STEP) is False
    early = a_finding(PROBING, as_of=START)
    assert answer(CheckName.CLOCK, early) is False


def test_a_fall_in_the_newest_bin_alone_may_be_half_a_bin():
    assert answer(CheckName.PARTIAL_BIN, a_finding(PROBING, sustained=False)) is False
    assert answer(CheckName.PARTIAL_BIN, a_finding(PROBING)) is True


def test_a_network_whose_callers_miss_another_is_not_named_as_down():
    down = a_finding(PROBING, "asn:1")
    blamed = a_finding(TRAFFIC, "asn:2", smoothed_level=0.6)
    stands = a_finding(PROBING, "asn:2", SeriesState.ORDINARY)
    assert sympathetic_networks((down, blamed, stands)) == {parse_entity("asn:2")}
    deep = a_finding(TRAFFIC, "asn:2", smoothed_level=0.2)
    assert not sympathetic_networks((down, deep, stands))
    assert not sympathetic_networks((blamed, stands))


def test_echoes_are_recorded_and_only_the_network_that_fell_is_named():
    series = {
        (PROBING, "asn:1"): after_a_week(0.05, weeks=3),
        (ROUTES, "asn:1"): after_a_week(0.05, seed=2, weeks=3),
        (TRAFFIC, "asn:2"): after_a_week(0.62, seed=3, weeks=3),
        (PROBING, "asn:2"): after_a_week(1.0, seed=5, weeks=3),
    }
    found, _ = judged(series, (fixed(1, "Alpha"), fixed(2, "Beta")))
    told = found.changes[-1].event.facts
    assert {n.brand for n in told.networks} == {"Alpha"}
    assert CheckName.SYMPATHETIC in failed(found)


def with_neighbours(**returns):
    """KZ at 30 percent for six hours, then everybody times what is told of them."""
    places = [KZ, *(f"country:{a}{b}" for a in "ABC" for b in "ABCD")]
    series = {}
    for seed, place in enumerate(places, 1):
        values = a_week_of(weeks=3, noise=0.01, seed=seed)
        if place == KZ:
            values[2 * WEEK :] *= 0.3
        values[2 * WEEK + 12 : 2 * WEEK + 24] *= returns.get(place[-2:], 1.0)
        series[PROBING, place] = values[: 2 * WEEK + 36]
    return judged(series)[0]


def test_what_a_source_shows_as_back_while_it_rises_everywhere_is_not_told_as_back():
    every = dict.fromkeys([f"{a}{b}" for a in "ABC" for b in "ABCD"], 3.7)
    found = with_neighbours(KZ=3.7, **every)
    assert kinds(found) == [EventKind.SUSPECTED]
    assert "a-source-rises-everywhere" in {s.reason for s in found.silences}


def test_a_return_while_others_read_as_ever_is_told():
    found = with_neighbours(KZ=3.7)
    assert kinds(found)[:2] == [EventKind.SUSPECTED, EventKind.RESTORED]

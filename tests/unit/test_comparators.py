"""The comparators follow their published criteria, and judge a bin without later readings."""

from datetime import timedelta

import numpy as np
import pytest

from bot.evaluation.comparators import (
    COMPARATORS,
    ThresholdRule,
    alert_mask,
    find_openings,
    median,
)
from bot.model.entity import parse_entity
from bot.model.signal import Family
from tests.signals import START, a_panel, a_signal

KZ = parse_entity("country:KZ")
WEEK = 336
BY_NAME = {c.name: c for c in COMPARATORS}
ROUTES = a_signal("t.routes", Family.CONTROL_PLANE)
PROBING = a_signal("t.probe", Family.ACTIVE_PROBING)
TELESCOPE = a_signal("t.scope", Family.TELESCOPE)


def series(*phases):
    """Return a week of readings of 1000, then those of each phase (bins, level)."""
    tail = [np.full(bins, level) for bins, level in phases]
    return np.concatenate([np.full(WEEK, 1000.0), *tail])


def openings_of(name, *panels):
    return find_openings(BY_NAME[name], panels, [KZ])


def panel(signal, *phases):
    return a_panel(series(*phases), signal, (KZ,))


@pytest.mark.parametrize(
    ("name", "signal", "level", "alerting"),
    [
        ("ioda-routes-warning", ROUTES, 985, True),
        ("ioda-routes-warning", ROUTES, 991, False),
        ("ioda-routes-critical", ROUTES, 499, True),
        ("ioda-routes-critical", ROUTES, 501, False),
        ("ioda-probing-warning", PROBING, 799, True),
        ("ioda-probing-warning", PROBING, 801, False),
        ("ioda-probing-critical", PROBING, 499, True),
        ("ioda-telescope-warning", TELESCOPE, 249, True),
        ("ioda-telescope-warning", TELESCOPE, 251, False),
        ("ioda-telescope-critical", TELESCOPE, 99, True),
        ("flat-7-days", TELESCOPE, 799, True),
        ("seasonal-naive", ROUTES, 801, False),
        ("seasonal-naive", ROUTES, 799, True),
    ],
)
def test_each_rule_alerts_below_its_threshold(name, signal, level, alerting):
    assert bool(openings_of(name, panel(signal, (4, level), (8, 1000)))) is alerting


def test_an_opening_counts_from_its_first_due_bin():
    (opening,) = openings_of("ioda-probing-warning", panel(PROBING, (4, 10), (8, 1000)))
    begin = START + timedelta(days=7)
    assert opening.period.since == begin
    assert opening.period.until == begin + timedelta(hours=2)
    assert opening.opened_at == begin + timedelta(
        hours=1
    )  # half an hour of measurement and half an hour of lag
    assert opening.closed_at == begin + timedelta(hours=3)


def test_an_opening_that_lasts_has_no_end():
    (opening,) = openings_of("ioda-probing-warning", panel(PROBING, (4, 10)))
    assert opening.closed_at is None


def test_an_outage_enters_the_median_after_a_week():
    day = 48
    (opening,) = openings_of(
        "ioda-routes-critical", panel(ROUTES, (6 * day, 10), (day, 1000))
    )
    assert opening.period.width == timedelta(days=6)
    openings = openings_of(
        "ioda-routes-critical", panel(ROUTES, (14 * day, 10), (day, 1000))
    )
    assert timedelta(days=7) <= openings[0].period.width < timedelta(days=9)


def test_openings_less_than_two_hours_apart_are_merged():
    near = panel(PROBING, (4, 10), (3, 1000), (4, 10), (8, 1000))
    far = panel(PROBING, (4, 10), (4, 1000), (4, 10), (8, 1000))
    assert len(openings_of("ioda-probing-warning", near)) == 1
    assert len(openings_of("ioda-probing-warning", far)) == 2


def test_missing_bins_neither_open_nor_end_anything():  # P5
    quiet = panel(PROBING, (20, np.nan), (8, 1000))
    assert openings_of("ioda-probing-warning", quiet) == []
    broken = panel(PROBING, (4, 10), (20, np.nan), (4, 10), (8, 1000))
    assert len(openings_of("ioda-probing-warning", broken)) == 1


def test_two_of_three_needs_two_simultaneous_families():
    both = (panel(ROUTES, (8, 10), (8, 1000)), panel(PROBING, (8, 10), (8, 1000)))
    assert len(openings_of("ioda-two-of-three", *both)) == 1
    apart = panel(PROBING, (10, 1000), (6, 10), (8, 1000))
    assert openings_of("ioda-two-of-three", both[0], apart) == []


def test_without_its_signals_a_comparator_has_no_result():
    assert openings_of("ioda-probing-warning", panel(ROUTES, (4, 10))) is None
    assert openings_of("ioda-two-of-three", panel(ROUTES, (4, 10))) is None


def test_small_counts_are_not_assessed():
    few = a_panel(series((4, 10)) / 100, PROBING, (KZ,))
    assert openings_of("ioda-probing-warning", few) == []


@pytest.mark.parametrize("window", [timedelta(days=1), timedelta(days=7), None])
def test_no_alert_depends_on_later_readings(window):  # P14
    noise = np.random.default_rng(3).uniform(300, 1000, size=(2, 3 * WEEK))
    rule = ThresholdRule(None, window, 0.8)
    whole = alert_mask(a_panel(noise, PROBING), rule)
    begun = alert_mask(a_panel(noise[:, : 2 * WEEK], PROBING), rule)
    assert np.array_equal(whole[:, : 2 * WEEK], begun)


def test_the_fast_median_equals_numpys():
    rng = np.random.default_rng(3)
    samples = rng.normal(size=(200, 21)).astype(np.float32)
    samples[rng.random(samples.shape) < 0.3] = np.nan
    samples[:, 0] = 1.0
    assert np.allclose(median(samples), np.nanmedian(samples, axis=1))

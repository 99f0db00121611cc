"""Source health: a broken source is never taken for an outage of a country (P6)."""

import numpy as np

from bot.model.incident import EventKind
from bot.model.signal import Family
from bot.model.verdict import CheckName, UnknownReason
from bot.places import load_register
from tests.signals import WEEK, a_signal, a_week_of, assess

PROBING = a_signal("t.probe")
ROUTES = a_signal("t.routes", Family.CONTROL_PLANE)
CODES = [f"country:{code}" for code in sorted(load_register().zones)[:20]]


def health_results(results):
    """Return the set of results of the source-health checks of the first event."""
    checks = results.changes[0].event.facts.checks
    return {c.passed for c in checks if c.name is CheckName.SOURCE_HEALTH}


def world(fallen, signals=(PROBING, ROUTES), level=0.1):
    """Return a week of readings of twenty countries.

    The first `fallen` countries drop in the last four bins.
    """
    series = {}
    for number, code in enumerate(CODES):
        for signal in signals:
            values = a_week_of(weeks=1, seed=number)
            if number < fallen:
                values[WEEK - 4 :] *= level
            series[signal, code] = values
    return series


def test_twenty_countries_falling_at_once_open_nothing():
    results, _ = assess(world(fallen=20))
    assert not results.changes
    assert any(gap.reason.startswith(UnknownReason.SOURCE_ILL) for gap in results.gaps)


def test_two_of_twenty_countries_falling_are_two_incidents():
    results, _ = assess(world(fallen=2))
    kinds = [change.event.kind for change in results.changes]
    assert kinds == [EventKind.CONFIRMED, EventKind.CONFIRMED]
    assert health_results(results) == {True}


def test_an_unhealthy_source_closes_no_incident():
    series = world(fallen=1)
    for (signal, code), values in series.items():
        tail = np.full(8, values[100] * (0.1 if code == CODES[0] else 0.2))
        series[signal, code] = np.concatenate([values, tail.astype(np.float32)])
    results, _ = assess(series)
    assert [c.event.kind for c in results.changes] == [EventKind.CONFIRMED]


def test_with_few_places_the_health_check_is_unknown():
    few = {k: v for k, v in world(fallen=1).items() if k[1] in CODES[:3]}
    results, _ = assess(few)
    assert health_results(results) == {None}

"""A broken source is never a country's outage (P6)."""

import numpy as np

from bot.model.incident import EventKind
from bot.model.signal import Family
from bot.model.verdict import CheckName
from tests.signals import WEEK, a_signal, a_week_of, judged

PROBING = a_signal("t.probe")
ROUTES = a_signal("t.routes", Family.CONTROL_PLANE)
CODES = [f"country:{a}{b}" for a in "ABCD" for b in "ABCDE"]


def health_of(found):
    """The answers about the sources' health, of the first event."""
    checks = found.changes[0].event.facts.checks
    return {c.passed for c in checks if c.name is CheckName.SOURCE_HEALTH}


def world(fallen, signals=(PROBING, ROUTES), level=0.1):
    """Twenty countries; `fallen` of them drop in the last four bins."""
    series = {}
    for place, code in enumerate(CODES):
        for signal in signals:
            values = a_week_of(weeks=1, seed=place)
            if place < fallen:
                values[WEEK - 4 :] *= level
            series[signal, code] = values
    return series


def test_twenty_countries_falling_at_once_open_nothing():
    found, _ = judged(world(fallen=20))
    assert not found.changes
    assert any(gap.reason.startswith("source-ill") for gap in found.gaps)


def test_two_of_twenty_falling_are_two_incidents():
    found, _ = judged(world(fallen=2))
    kinds = [change.event.kind for change in found.changes]
    assert kinds == [EventKind.CONFIRMED, EventKind.CONFIRMED]
    assert health_of(found) == {True}


def test_an_ill_source_closes_nothing_either():
    series = world(fallen=1)
    for (signal, code), values in series.items():
        tail = np.full(8, values[100] * (0.1 if code == CODES[0] else 0.2))
        series[signal, code] = np.concatenate([values, tail.astype(np.float32)])
    found, _ = judged(series)
    assert [c.event.kind for c in found.changes] == [EventKind.CONFIRMED]


def test_with_few_places_the_check_says_that_it_cannot_tell():
    few = {k: v for k, v in world(fallen=1).items() if k[1] in CODES[:3]}
    found, _ = judged(few)
    assert health_of(found) == {None}

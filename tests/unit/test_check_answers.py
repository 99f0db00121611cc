"""Checks that ask whether traffic is normal: when they have an answer."""

import pytest

from bot.detection.artefacts import own_series_checks
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.timeline import Drop, SeriesTimeline
from bot.model.verdict import Check, CheckName, SeriesState
from bot.text.checks import ordered_checks
from tests.builders import (
    KZ,
    NOW,
    ONSET,
    PROBING,
    ROUTING,
    TRAFFIC,
    facts,
    network,
    series,
)
from tests.signals import START, STEP, a_signal
from tests.unit.test_artefacts import ONSET as SINCE
from tests.unit.test_artefacts import a_finding

SIGNALS = (a_signal("t.probe"), a_signal("t.routes", Family.CONTROL_PLANE))
USE = a_signal("t.traffic", Family.TRAFFIC, minimum=0.0)
LOST = tuple(
    a_finding(s, level=0.78, smoothed_level=0.78, lowest=0.77, inputs=("map",))
    for s in SIGNALS
)


def answer(name, **changes):
    """Return the answer of a check beside a shallow loss of addresses.

    Args:
        name: the check.
        changes: those of the finding of traffic, which is not in a drop.
    """
    traffic = a_finding(
        USE, state=SeriesState.ORDINARY, **{"level": 1.0, "lowest": None} | changes
    )
    families = tuple(f.family for f in LOST)
    checks = own_series_checks((*LOST, traffic), families, START + 5 * STEP)
    return next(check.passed for check in checks if check.name is name)


@pytest.mark.parametrize(
    "name", [CheckName.ADDRESSES_WITHOUT_PEOPLE, CheckName.SHARED_INPUT]
)
def test_traffic_is_normal_only_by_a_clearly_normal_reading(name):
    assert answer(name) is False
    assert answer(name, level=0.95) is False
    assert answer(name, level=0.86) is None
    assert answer(name, as_of=START) is None
    fell_and_returned = Interval(SINCE.until + STEP, SINCE.until + 2 * STEP)
    assert answer(name, recovered=fell_and_returned) is None
    returned_before = Interval(START - 2 * STEP, START - STEP)
    assert answer(name, recovered=returned_before) is False


def shown_answer(**changes):
    """Return the answer that pages show of a passed check of addresses."""
    check = Check(CheckName.ADDRESSES_WITHOUT_PEOPLE, passed=True)
    (shown,) = ordered_checks(facts(checks=(check,), **changes))
    return shown.passed


def test_page_says_that_traffic_fell_only_if_it_did():
    no_traffic = (series(PROBING, 0.4), series(ROUTING, 0.4))
    unknown = (*no_traffic, series(TRAFFIC, None))
    assert shown_answer(series=no_traffic) is None
    assert shown_answer(series=unknown) is None
    assert shown_answer(series=(*no_traffic, series(TRAFFIC, 0.3))) is True
    assert shown_answer(series=unknown, networks=(network("1", 0.3, TRAFFIC),)) is True
    fell = SeriesTimeline(
        entity=KZ,
        signal=TRAFFIC,
        family=Family.TRAFFIC,
        drops=(Drop(ONSET, Interval(NOW, NOW), 0.3),),
        state=SeriesState.ORDINARY,
        level=1.0,
        as_of=NOW,
    )
    assert shown_answer(series=unknown, timeline=(fell,)) is True

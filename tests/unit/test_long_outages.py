"""Long outages stay assessed, and lasting levels become the baseline."""

import json
from datetime import timedelta

import numpy as np
import pytest

from bot.detection.series_states import are_equal, decode, encode
from bot.errors import StoreError
from bot.incidents.timeline.levels import newest_level
from bot.model.incident import EventKind, State
from bot.model.signal import Family
from bot.model.verdict import BaselineMethod
from tests.signals import WEEK, a_signal, a_week_of, assess

PROBING = a_signal("t.probe")
ROUTES = a_signal("t.routes", Family.CONTROL_PLANE)
TRAFFIC = a_signal("t.traffic", Family.TRAFFIC, minimum=0.0)
TELESCOPE = a_signal("t.telescope", Family.TELESCOPE, minimum=0.0)
FALL = 3 * WEEK + 100
DAY = WEEK // 7


def readings_with_outage(fraction, weeks, back_after, swing=0.0, seed=1):
    """Return `weeks` of readings that fall to `fraction` at bin FALL for `back_after` bins."""
    values = a_week_of(weeks=weeks, swing=swing, seed=seed)
    values[FALL : FALL + back_after] *= fraction
    return values


def test_outage_of_six_weeks_is_followed_to_its_end():
    lasting = 6 * WEEK
    results, _ = assess(
        {
            (PROBING, "country:KZ"): readings_with_outage(0.05, 11, lasting),
            (ROUTES, "country:KZ"): readings_with_outage(0.4, 11, lasting, seed=2),
        }
    )
    last = results.changes[-1]
    assert last.event.kind is EventKind.RESTORED
    assert len({change.incident.id for change in results.changes}) == 1
    assert last.event.facts.timing.duration.longest >= timedelta(weeks=6)


def test_level_after_five_weeks_uses_the_earlier_baseline():  # P4
    results, _ = assess(
        {
            (PROBING, "country:KZ"): readings_with_outage(0.05, 9, 9 * WEEK),
            (ROUTES, "country:KZ"): readings_with_outage(0.4, 9, 9 * WEEK, seed=2),
        }
    )
    late = results.changes[-1]
    assert late.event.kind is EventKind.UPDATED
    assert late.event.facts.levels.method == BaselineMethod.KEPT
    assert late.event.facts.levels.now == pytest.approx(0.05, abs=0.01)
    assert newest_level(late.evidence.traces[0]) == late.event.facts.levels.now


def test_busy_evening_in_a_long_outage_is_no_return():
    """An evening at 60% of normal is still low against the kept baseline of its hour.

    Compared with the median of all hours, it would look normal.
    """
    results, _ = assess(
        {
            (TRAFFIC, "country:KZ"): readings_with_outage(
                0.6, 10, 10 * WEEK, swing=0.5
            ),
            (PROBING, "country:KZ"): readings_with_outage(0.4, 10, 10 * WEEK, seed=2),
        }
    )
    assert EventKind.CONFIRMED in [change.event.kind for change in results.changes]
    assert results.changes[-1].incident.is_open


def test_lasting_level_becomes_the_baseline_after_four_weeks():
    results, judge = assess(
        {(PROBING, "country:KZ"): readings_with_outage(0.65, 10, 10 * WEEK)}
    )
    kinds = [change.event.kind for change in results.changes]
    assert kinds == [EventKind.SUSPECTED, EventKind.RETRACTED]
    last = results.changes[-1]
    assert (last.event.reason, last.incident.state) == ("level-shift", State.RETRACTED)
    assert last.event.at >= results.changes[0].event.at + timedelta(days=27)
    states = judge.states["t.probe"]
    assert not states.state_of_row(0).dropped


def test_drop_that_became_the_baseline_is_not_restored():  # P11
    results, _ = assess(
        {
            (PROBING, "country:KZ"): readings_with_outage(0.65, 10, 10 * WEEK),
            (ROUTES, "country:KZ"): readings_with_outage(0.6, 10, 10 * WEEK, seed=2),
        }
    )
    kinds = [change.event.kind for change in results.changes]
    assert EventKind.CONFIRMED in kinds
    assert not {EventKind.RESTORED, EventKind.RETRACTED} & set(kinds)


@pytest.mark.parametrize(
    "entity", ["country:KZ", pytest.param("region:KZ/Almaty", marks=pytest.mark.slow)]
)
def test_a_shallow_confirmed_outage_of_seven_weeks_is_followed_to_its_end(entity):
    """P9: its level is never accepted as normal, so its return can be seen."""
    lasting = 7 * WEEK
    results, _ = assess(
        {
            (PROBING, entity): readings_with_outage(0.65, 11, lasting),
            (ROUTES, entity): readings_with_outage(0.6, 11, lasting, seed=2),
            (TRAFFIC, entity): readings_with_outage(0.55, 11, lasting, 0.3, seed=3),
        }
    )
    last, before = results.changes[-1].event, results.changes[-2].event
    assert last.kind is EventKind.RESTORED
    assert last.facts.timing.duration.longest >= timedelta(weeks=7)
    levels = [series.level for series in before.facts.timeline]
    assert before.at > last.at - timedelta(days=2)
    assert levels == pytest.approx([0.65, 0.6, 0.55], abs=0.05)


@pytest.mark.parametrize("stride", [pytest.param(37, marks=pytest.mark.slow), WEEK])
def test_a_shallow_confirmed_outage_is_the_same_in_larger_steps(stride):  # P14
    series = {
        (PROBING, "country:KZ"): readings_with_outage(0.65, 9, 5 * WEEK),
        (ROUTES, "country:KZ"): readings_with_outage(0.6, 9, 5 * WEEK, seed=2),
    }
    whole, _ = assess(series)
    some, _ = assess(series, stride=stride)
    assert whole.changes[-1].event.kind is EventKind.RESTORED
    assert [c.event for c in some.changes] == [c.event for c in whole.changes]


def test_drop_from_a_new_baseline_is_another_incident():
    values = readings_with_outage(0.65, 11, 11 * WEEK)
    values[9 * WEEK : 9 * WEEK + 20] *= 0.1
    results, _ = assess({(PROBING, "country:KZ"): values})
    kinds = [change.event.kind for change in results.changes]
    assert kinds[:3] == [
        EventKind.SUSPECTED,
        EventKind.RETRACTED,
        EventKind.SUSPECTED,
    ]
    assert len({change.incident.id for change in results.changes}) == 2


@pytest.mark.parametrize(
    "stride", [*(pytest.param(bins, marks=pytest.mark.slow) for bins in (1, 37)), WEEK]
)
def test_larger_steps_give_the_same_result(stride):  # P14
    series = {(PROBING, "country:KZ"): readings_with_outage(0.65, 8, 8 * WEEK)}
    whole, _ = assess(series)
    some, _ = assess(series, stride=stride)
    assert [c.event for c in some.changes] == [c.event for c in whole.changes]


def test_partly_known_day_is_compared_in_the_same_hours():
    values = a_week_of(weeks=6, swing=0.45, noise=0.0)
    at = 5 * WEEK
    values[at + 4 : at + 14] = np.nan  # five busy hours of one day are unknown
    _, judge = assess({(PROBING, "country:KZ"): values[: at + DAY + 4]})
    assert judge.states["t.probe"].state_of_row(0).lift == pytest.approx(1.0, abs=0.001)


def test_traffic_keeps_its_level_at_every_hour_of_week_six():  # P4, P18
    """A night is compared with the nights before the drop, and not with a busy hour."""
    fell = readings_with_outage(0.4, 10, 10 * WEEK, swing=0.7)
    steady = readings_with_outage(0.4, 10, 10 * WEEK, seed=2)
    results, _ = assess(
        {(TRAFFIC, "country:KZ"): fell, (PROBING, "country:KZ"): steady}
    )
    last = results.changes[-1]
    (traffic,) = (t for t in last.evidence.traces if t.signal == "t.traffic")
    two_days = traffic.levels[-2 * DAY :]
    assert two_days == pytest.approx([0.4] * len(two_days), abs=0.05)


def test_lasting_level_of_traffic_alone_is_never_told_as_deeper():
    """Both families follow the day, so both are low at night in normal times too."""
    results, assessor = assess(
        {
            (signal, "country:KZ"): readings_with_outage(
                0.4, 10, 10 * WEEK, swing=0.7, seed=seed
            )
            for seed, signal in enumerate((TRAFFIC, TELESCOPE))
        }
    )
    state = assessor.states["t.traffic"].state_of_row(0)
    assert state.dropped == 1
    assert not np.isnan(state.kept)
    assert [c.event.reason for c in results.changes[1:]] == []


def test_stored_states_keep_the_hours_of_a_long_drop():  # P14
    values = readings_with_outage(0.4, 9, 9 * WEEK, swing=0.7)
    _, assessor = assess({(TRAFFIC, "country:KZ"): values})
    states = assessor.states["t.traffic"]
    stored = encode(states)
    assert are_equal(decode(stored, states.entities), states)
    assert np.isfinite(states.hours[0]).all()


def test_states_stored_without_hours_still_load():
    values = readings_with_outage(0.4, 9, 9 * WEEK, swing=0.7)
    _, assessor = assess({(TRAFFIC, "country:KZ"): values})
    states = assessor.states["t.traffic"]
    document = json.loads(encode(states))
    del document["hours"]
    loaded = decode(json.dumps(document).encode(), states.entities)
    assert np.isnan(loaded.hours).all()
    assert loaded.state_of_row(0).kept == states.state_of_row(0).kept


@pytest.mark.parametrize("stored", [b"{bad", b"{}", b'{"entities": [], "arrays": "x"}'])
def test_damaged_state_is_named_in_a_sentence(stored):
    """P16: a person restores a backup; no trace of the program is shown."""
    with pytest.raises(StoreError, match="damaged: restore a backup"):
        decode(stored, ())

"""Assessing bins in one call or in many gives the same result (P14)."""

from datetime import timedelta

import numpy as np
import pytest

from bot import compilation as compiling
from bot.detection import kernel_calls, traces
from bot.detection.kernel.columns import SPANS
from bot.detection.kernel.expect import baselines_and_spreads_of_row
from bot.detection.kernel_calls import Clocks, utc_clocks
from bot.detection.series_states import are_equal, fresh_states, states_of_rows
from bot.detection.thresholds import Thresholds, signal_params
from bot.model.signal import Family, Panel
from tests.signals import START, a_panel, a_signal, a_week_of

SIGNALS = [
    a_signal(family=Family.ACTIVE_PROBING),
    a_signal(family=Family.CONTROL_PLANE),
    a_signal(family=Family.TRAFFIC, minimum=0.0),
    a_signal(family=Family.TELESCOPE),
    a_signal(family=Family.TRAFFIC, minimum=0.0, step=timedelta(hours=6)),
    a_signal(family=Family.ACTIVE_PROBING, step=timedelta(minutes=10)),
]
ROWS = 9


def random_readings(seed: int) -> np.ndarray:
    """Return five weeks of nine series with outages, gaps, repeats and lasting changes."""
    rng = np.random.default_rng(seed)
    rows = [
        a_week_of(level, weeks=5, swing=0.3, noise=0.03, seed=seed + place)
        for place, level in enumerate([30.0, 300.0, 1e3, 1e4, 25.0, 500.0, 9e3, 18, 60])
    ]
    values = np.vstack(rows)
    for _ in range(60):
        row, at = rng.integers(ROWS), rng.integers(values.shape[1])
        width = int(rng.exponential(30)) + 1
        values[row, at : at + width] *= rng.choice([0, 0.05, 0.5, 0.8, 1.2, np.nan])
    values[:, 700:703] = np.nan
    values[4, 900:980] = values[4, 900]
    values[5, 1000:] *= 1.25
    return values


def panel_of(values, signal) -> Panel:
    return a_panel(values, signal)


def clocks_of(panel: Panel) -> Clocks:
    """Return UTC offsets; those of the last four rows rise by an hour in the third week."""
    hours = 24 * 7 * 60
    offsets = np.zeros((2, hours), dtype=np.int16)
    offsets[1, 24 * 17 + 3 :] = 3600 // panel.signal.step_s
    zone = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1], dtype=np.int32)
    return Clocks(
        zone, offsets, np.array([False, True]), int(START.timestamp()) // 3600
    )


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda s: f"{s.family}-{s.step_s}")
@pytest.mark.parametrize("seed", [1, 2])
def test_one_call_gives_the_same_states_as_many_calls(signal, seed):
    panel = panel_of(random_readings(seed), signal)
    params, groups = (
        signal_params(signal, Thresholds()),
        np.arange(ROWS, dtype=np.int32),
    )
    states = fresh_states(panel.entities)
    end = panel.last + 1
    whole = kernel_calls.assess_bins(
        panel, states, end, groups, params, clocks_of(panel)
    )
    rng = np.random.default_rng(seed)
    at, health_codes = panel.first, []
    while at < end:
        at = min(end, at + int(rng.choice([1, 1, 1, 2, 7, 48, 300])))
        step = kernel_calls.assess_bins(
            panel, states, at, groups, params, clocks_of(panel)
        )
        states = step.states
        health_codes += step.health_codes.tolist()
    assert are_equal(whole.states, states)
    assert whole.health_codes.tolist() == health_codes
    assert whole.ever_dropped.any()


@pytest.mark.parametrize("signal", SIGNALS[:4], ids=lambda s: str(s.family))
def test_recorded_states_equal_assessed_states(signal):
    """`record_states` ends with the same states as `assess_bins`, which skips idle series."""
    panel = panel_of(random_readings(3), signal)
    params, groups = (
        signal_params(signal, Thresholds()),
        np.arange(ROWS, dtype=np.int32),
    )
    before = fresh_states(panel.entities)
    assessed = kernel_calls.assess_bins(
        panel, before, panel.last + 1, groups, params, clocks_of(panel)
    )
    rows = np.array([2, 5, 7])
    recorded = kernel_calls.record_states(
        panel, before, rows, assessed.health_codes, params, clocks_of(panel)
    )
    assert are_equal(
        recorded.states_after(panel.last), states_of_rows(assessed.states, rows)
    )


def test_levels_do_not_depend_on_the_first_recorded_bin():
    signal = SIGNALS[0]
    panel = panel_of(random_readings(4), signal)
    params, groups = (
        signal_params(signal, Thresholds()),
        np.arange(ROWS, dtype=np.int32),
    )
    before, rows = fresh_states(panel.entities), np.arange(ROWS)
    assessed = kernel_calls.assess_bins(
        panel, before, panel.last + 1, groups, params, clocks_of(panel)
    )
    whole = kernel_calls.record_states(
        panel, before, rows, assessed.health_codes, params, clocks_of(panel)
    )
    for bins in (700, 1105, 1106, 1300):
        until = panel.first + bins
        half = kernel_calls.assess_bins(
            panel, before, until, groups, params, clocks_of(panel)
        )
        rest = kernel_calls.assess_bins(
            panel, half.states, until + 1, groups, params, clocks_of(panel)
        )
        late = kernel_calls.record_states(
            panel, half.states, rows, rest.health_codes, params, clocks_of(panel)
        )
        expected, other = (
            whole.states_after(until).table,
            late.states_after(until).table,
        )
        for name in ("level", "previous"):
            assert np.array_equal(expected[name], other[name], equal_nan=True)


def test_two_oldest_masked_spans_are_merged_beyond_the_limit():
    signal = SIGNALS[2]
    week = a_week_of(weeks=5, noise=0.0)
    for number in range(SPANS + 3):
        at = 600 + 20 * number
        week[at : at + 4] = 1.0
    panel = panel_of(week, signal)
    params, groups = signal_params(signal, Thresholds()), np.zeros(1, dtype=np.int32)
    assessed = kernel_calls.assess_bins(
        panel,
        fresh_states(panel.entities),
        panel.first + 1100,
        groups,
        params,
        utc_clocks(1),
    )
    spans = assessed.states.masks_of_row(0)
    assert len(spans) == SPANS
    assert spans[0] == (panel.first + 600, panel.first + 664)
    assert spans[-1] == (panel.first + 960, panel.first + 964)


def test_lasting_rise_raises_the_lift_up_to_a_limit():
    signal = SIGNALS[0]
    values = np.vstack([a_week_of(weeks=5), a_week_of(weeks=5)])
    values[0, 4 * 336 :] *= 1.2
    values[1, 4 * 336 :] *= 1.6
    panel = panel_of(values, signal)
    params, groups = signal_params(signal, Thresholds()), np.arange(2, dtype=np.int32)
    assessed = kernel_calls.assess_bins(
        panel,
        fresh_states(panel.entities),
        panel.first + 4 * 336 + 100,
        groups,
        params,
        utc_clocks(2),
    )
    assert assessed.states.table["lift"] == pytest.approx([1.2, 1.3], rel=0.01)


def test_day_with_a_drop_does_not_change_the_lift():
    signal = SIGNALS[0]
    values = a_week_of(weeks=5, noise=0.0)
    values[4 * 336 + 48 : 4 * 336 + 96] *= 0.97
    values[4 * 336 + 60 : 4 * 336 + 64] = 1.0
    panel = panel_of(values, signal)
    params, groups = signal_params(signal, Thresholds()), np.zeros(1, dtype=np.int32)
    assessed = kernel_calls.assess_bins(
        panel,
        fresh_states(panel.entities),
        panel.first + 4 * 336 + 100,
        groups,
        params,
        utc_clocks(1),
    )
    assert assessed.states.table["lift"][0] == 1.0


def test_lift_that_is_too_high_is_lowered():
    """A `lift` that is too high falls to the level of the last day.

    `lift` is the correction of a weekly baseline. A low reading does not prevent this.
    """
    signal, day = SIGNALS[5], 144
    values = a_week_of(weeks=15)
    values[30 * day - 8] = 700.0
    panel = panel_of(values, signal)
    params, groups = signal_params(signal, Thresholds()), np.zeros(1, dtype=np.int32)
    midnight = panel.first + 30 * day
    states = kernel_calls.assess_bins(
        panel,
        fresh_states(panel.entities),
        midnight - 20,
        groups,
        params,
        utc_clocks(1),
    ).states
    for lift, expected_lift in ((1.15, 1.0), (0.95, 0.95)):
        states.table["lift"] = lift
        assessed = kernel_calls.assess_bins(
            panel, states, midnight + 5, groups, params, utc_clocks(1)
        )
        assert assessed.states.table["lift"][0] == pytest.approx(
            expected_lift, abs=0.001
        )


def test_routes_stable_below_normal_count_as_back_after_a_day():
    signal = SIGNALS[1]
    values = a_week_of(weeks=5, noise=0.0)
    values[4 * 336 : 4 * 336 + 10] = 100.0
    values[4 * 336 + 10 :] = 975.0
    panel = panel_of(values, signal)
    params, groups = signal_params(signal, Thresholds()), np.zeros(1, dtype=np.int32)
    final_states = {}
    for bins in (57, 58):
        until = panel.first + 4 * 336 + bins
        assessed = kernel_calls.assess_bins(
            panel, fresh_states(panel.entities), until, groups, params, utc_clocks(1)
        )
        final_states[bins] = assessed.states.table[0]
    assert final_states[57]["dropped"]
    assert not final_states[58]["dropped"]
    assert final_states[58]["back_good"] == panel.first + 4 * 336 + 10


def test_rise_after_a_return_changes_no_earlier_baseline():  # P11
    signal = SIGNALS[2]
    values = a_week_of(weeks=6, noise=0.0)
    down, up = 4 * 336 + 100, 4 * 336 + 200
    values[down:up] = 1.0
    values[up:] *= 1.25
    panel = panel_of(values, signal)
    params, groups = signal_params(signal, Thresholds()), np.zeros(1, dtype=np.int32)

    def baseline_and_lift(until: int) -> tuple[np.ndarray, float]:
        """Return the baseline of the day before the fall, and `lift`, from states at `until`."""
        states = kernel_calls.assess_bins(
            panel,
            fresh_states(panel.entities),
            panel.first + until,
            groups,
            params,
            utc_clocks(1),
        ).states
        inputs = kernel_calls.kernel_inputs_of(panel, states, [0], utc_clocks(1))
        since = signal.start_of(panel.first + down - 48)
        day_trace = traces.make_trace(panel, states, inputs, params, since, "")
        return np.array(day_trace.expected[:48]), float(states.table["lift"][0])

    before, flat = baseline_and_lift(up - 10)
    after, risen = baseline_and_lift(up + 200)
    assert flat == pytest.approx(1.0)
    assert risen == pytest.approx(1.25, rel=0.02)
    assert after == pytest.approx(before)


def test_prepare_compiles_the_whole_kernel(monkeypatch):
    """`compile_kernel` compiles everything, so that no later call has to compile.

    A signal (SIGINT) cannot interrupt a compilation outside the main thread.
    """
    params = signal_params(SIGNALS[0], Thresholds())
    kernel_calls.compile_kernel(params)
    observer = CompilationRecorder()
    monkeypatch.setattr(compiling._state, "observer", observer)
    for signal in SIGNALS:
        panel, params = (
            panel_of(random_readings(6), signal),
            signal_params(signal, Thresholds()),
        )
        groups, clock = (
            np.arange(ROWS, dtype=np.int32),
            clocks_of(panel_of(random_readings(6), signal)),
        )
        before, end = fresh_states(panel.entities), panel.last + 1
        assessed = kernel_calls.assess_bins(panel, before, end, groups, params, clock)
        kernel_calls.assess_bins(
            panel, assessed.states, end + 1, groups, params, utc_clocks(ROWS)
        )
        rows = np.array([2, 5])
        kernel_calls.record_states(
            panel, before, rows, assessed.health_codes, params, clock
        )
        kernel_calls.readings_at(panel, assessed.states, end - 1, params, clock)
        row_states = states_of_rows(assessed.states, np.array([3]))
        inputs = kernel_calls.kernel_inputs_of(panel, row_states, [3], clock)
        baselines_and_spreads_of_row(inputs, 0, np.arange(7), 1.0, params)
    assert observer.seconds == []


class CompilationRecorder:
    """Records each report of a running compilation, and fails on a cache problem."""

    def __init__(self):
        self.seconds = []

    def compiling(self, seconds):
        self.seconds.append(seconds)

    def cache_problem(self, problem):
        raise AssertionError(problem)

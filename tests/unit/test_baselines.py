"""Baselines: the expected reading of a bin, from the same time of past weeks."""

import numpy as np
import pytest

from bot.detection.kernel import baselines, prefilter
from bot.detection.kernel.baselines import MAX_SAMPLES, METHODS
from bot.detection.kernel.expect import baselines_and_spreads_of_row
from bot.detection.kernel.spread import spread
from bot.detection.kernel_calls import Clocks, kernel_inputs_of, utc_clocks
from bot.detection.series_states import fresh_states
from bot.detection.thresholds import Thresholds, signal_params
from bot.model.signal import Family
from tests.signals import WEEK, a_panel, a_signal, a_week_of

DAY = WEEK // 7

TRAFFIC = a_signal(family=Family.TRAFFIC, minimum=0.0)
PROBING = a_signal()


def inputs_for(values, signal=PROBING, masks=(), clocks=None):
    panel = a_panel(values, signal)
    states = fresh_states(panel.entities)
    for row, (since, until) in enumerate(masks):
        states.since[0, row] = panel.first + since
        states.until[0, row] = panel.first + until
    rows = list(range(len(panel.entities)))
    return kernel_inputs_of(panel, states, rows, clocks or utc_clocks(len(rows)))


def expected_and_spread(values, at, signal=PROBING, lift=1.0, **changes):
    """Return expected reading, spread and method at column `at` of the first row."""
    params = signal_params(signal, Thresholds())
    buffer = np.empty(MAX_SAMPLES)
    inputs = inputs_for(values, signal, **changes)
    result = baselines.baseline_from_samples(inputs, 0, at, lift, params, buffer)
    level, method, count = result
    around = np.nan
    if count:
        around = spread(inputs, (0, at), result, lift, params, buffer)
    return float(level), float(around), METHODS[method]


def expected(values, at, signal=PROBING, **changes):
    level, _, method = expected_and_spread(values, at, signal, **changes)
    return level, method


def test_weekly_baseline_follows_the_weekly_pattern():
    values = a_week_of(swing=0.4, noise=0.0, weeks=5)
    for at in range(4 * WEEK, 4 * WEEK + 48, 7):
        level, method = expected(values, at, TRAFFIC)
        assert method == "weekly"
        # The baseline pools bins within an hour, which changes a sine by less than 2 %.
        assert level == pytest.approx(float(values[at]), rel=0.02)


@pytest.mark.parametrize(
    ("bins", "signal", "method"),
    [
        (WEEK * 3, PROBING, "weekly"),
        (WEEK + 5, PROBING, "daily"),
        (48 * 2, PROBING, "flat"),
        (48 * 2, TRAFFIC, "none"),
        (40, PROBING, "none"),
    ],
)
def test_short_history_falls_back_to_simpler_methods(bins, signal, method):
    assert expected(a_week_of(weeks=4), bins, signal)[1] == method


def test_baseline_uses_no_later_readings():
    values = a_week_of(weeks=4)
    before = expected(values, 3 * WEEK)
    values[3 * WEEK :] = 7.0
    assert expected(values, 3 * WEEK) == before


def test_masked_outage_does_not_change_the_baseline():
    values = a_week_of(weeks=4, noise=0.0)
    disturbed = values.copy()
    disturbed[2 * WEEK - 20 : 2 * WEEK + 20] = 1.0
    masks = [(2 * WEEK - 20, 2 * WEEK + 20)]
    assert expected(disturbed, 3 * WEEK, masks=masks)[0] == pytest.approx(1000.0)


def test_missing_bins_are_left_out_and_never_counted_as_zero():  # P5
    values = a_week_of(weeks=4, noise=0.0)
    values[WEEK - 3 : WEEK + 3] = np.nan
    assert expected(values, 3 * WEEK)[0] == pytest.approx(1000.0)


def test_many_bins_in_one_call_equal_single_bins():
    values = np.vstack([a_week_of(seed=1), a_week_of(seed=2, level=50)])
    at = np.arange(3 * WEEK, 3 * WEEK + 30)
    params = signal_params(PROBING, Thresholds())
    levels, spreads = baselines_and_spreads_of_row(
        inputs_for(values), 1, at, 1.0, params
    )
    for index, column in enumerate(at):
        alone = expected_and_spread(values[1], int(column))
        assert levels[index] == pytest.approx(alone[0])
        assert spreads[index] == pytest.approx(alone[1])


def test_spread_of_a_count_is_at_least_its_sampling_noise():
    values = np.full((1, WEEK * 4), 25.0, dtype=np.float32)
    assert expected_and_spread(values, 3 * WEEK)[1] == pytest.approx(5.0)


def test_fast_median_equals_numpys():
    rng = np.random.default_rng(3)
    for count in (*range(1, 60), 168):
        samples = rng.normal(size=count)
        assert baselines.sort_and_median(samples.copy(), count) == np.median(samples)


@pytest.mark.parametrize(
    ("first", "expected_method"),
    [
        (4 * WEEK + 20, baselines.WEEKLY),
        (WEEK + 20, baselines.DAILY),
        (2 * DAY + 20, baselines.FLAT),
    ],
)
def test_prefilter_agrees_with_the_exact_baseline(first, expected_method):
    """Where the prefilter decides that a reading is not low, the exact baseline agrees."""
    values = np.vstack([a_week_of(noise=0.1, weeks=5, seed=s) for s in range(5)])
    values[0, ::3] = np.nan
    params = signal_params(PROBING, Thresholds())
    lift = 1.1 if expected_method == baselines.WEEKLY else 1.0
    for masks in ((), [(60, 66), (100, 300)]):
        inputs, scratch = (
            inputs_for(values, masks=masks),
            prefilter.allocate_prefilter_scratch(12, params),
        )
        for row in range(5):
            prefilter.prefilter(inputs, row, (first, first + 12), lift, params, scratch)
            assert prefilter.NORMAL in scratch.codes or masks
            for at, code in enumerate(scratch.codes, first):
                if code == prefilter.UNDECIDED:
                    continue
                level, method, _ = baselines.baseline_from_samples(
                    inputs, row, int(at), lift, params, np.empty(MAX_SAMPLES)
                )
                assert method == expected_method
                assert values[row, at] >= 0.78 * level
                if abs(values[row, at] / level - 0.9) > 0.02:
                    assert (code == prefilter.WEAK) == (values[row, at] < 0.9 * level)


def test_change_of_utc_offset_shifts_the_baseline():  # P9
    values = a_week_of(swing=0.4, noise=0.0, weeks=5)
    changed_at = 3 * WEEK + 48
    # From here on the daily cycle comes an hour earlier.
    values[changed_at:] = np.roll(values, -2)[changed_at:]
    offsets = np.zeros((1, 5 * 168), dtype=np.int16)
    offsets[0, changed_at // 2 :] = 2
    first = a_panel(values).first
    clocks = Clocks(np.zeros(1, np.int32), offsets, np.ones(1, np.bool_), first // 2)
    at = 4 * WEEK + 20
    assert expected(values, at, TRAFFIC, clocks=clocks)[0] == pytest.approx(
        float(values[at]), rel=0.02
    )
    assert expected(values, at, TRAFFIC)[0] != pytest.approx(
        float(values[at]), rel=0.05
    )


def test_level_of_last_normal_day_adjusts_the_weekly_baseline():
    values = a_week_of(weeks=4, noise=0.0)
    values[4 * WEEK - 96 :] *= 1.2
    params = signal_params(PROBING, Thresholds())
    at = 4 * WEEK - 1
    ratio = baselines.day_ratio(
        inputs_for(values), 0, at, params, np.empty(MAX_SAMPLES)
    )
    assert ratio == pytest.approx(1.2, rel=0.01)
    assert expected_and_spread(values, at, lift=ratio)[0] == pytest.approx(
        1200, rel=0.01
    )


def test_steep_hours_do_not_widen_the_spread():
    """P5: at the steepest hour of a day, a zero reading is far outside the spread."""
    values = a_week_of(swing=0.6, noise=0.0, weeks=5)
    at = 4 * WEEK + int(np.argmax(np.diff(values[4 * WEEK : 4 * WEEK + WEEK // 7])))
    level, around, _ = expected_and_spread(values, at, TRAFFIC)
    assert around == pytest.approx(0.03 * level, rel=0.5)
    assert level - Thresholds().spreads * around > 0.5 * level

"""Baselines: the expected reading of a bin, from the same time of past weeks."""

import numpy as np
import pytest

from bot.detection.kernel import baselines, prefilter
from bot.detection.kernel.baselines import MAX_SAMPLES, METHODS, expect_row
from bot.detection.kernel_calls import Clocks, inputs_of, utc
from bot.detection.series_states import fresh
from bot.detection.thresholds import Thresholds, signal_params
from bot.model.signal import Family
from tests.signals import WEEK, a_panel, a_signal, a_week_of

DAY = WEEK // 7

TRAFFIC = a_signal(family=Family.TRAFFIC, minimum=0.0)
PROBING = a_signal()


def ground(values, signal=PROBING, masks=(), clocks=None):
    panel = a_panel(values, signal)
    states = fresh(panel.entities)
    for place, (since, until) in enumerate(masks):
        states.since[0, place] = panel.first + since
        states.until[0, place] = panel.first + until
    rows = list(range(len(panel.entities)))
    return inputs_of(panel, states, rows, clocks or utc(len(rows)))


def told(values, at, signal=PROBING, lift=1.0, **changes):
    """Return expected reading, spread and method at column `at` of the first row."""
    m = signal_params(signal, Thresholds())
    room = np.empty(MAX_SAMPLES)
    level, method, count = baselines.expected(
        ground(values, signal, **changes), 0, at, lift, m, room
    )
    around = baselines.spread(level, count, m, room) if count else np.nan
    return float(level), float(around), METHODS[method]


def expected(values, at, signal=PROBING, **changes):
    level, _, method = told(values, at, signal, **changes)
    return level, method


def test_a_weekly_shape_is_followed_bin_by_bin():
    values = a_week_of(swing=0.4, noise=0.0, weeks=5)
    for at in range(4 * WEEK, 4 * WEEK + 48, 7):
        level, method = expected(values, at, TRAFFIC)
        assert method == "weekly"
        # Pooling with the neighbours within an hour moves a sine by less than 2 %.
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
def test_a_short_history_falls_back_step_by_step(bins, signal, method):
    assert expected(a_week_of(weeks=4), bins, signal)[1] == method


def test_the_future_never_enters_a_baseline():
    values = a_week_of(weeks=4)
    before = expected(values, 3 * WEEK)
    values[3 * WEEK :] = 7.0
    assert expected(values, 3 * WEEK) == before


def test_a_masked_outage_leaves_the_baseline_alone():
    values = a_week_of(weeks=4, noise=0.0)
    spoilt = values.copy()
    spoilt[2 * WEEK - 20 : 2 * WEEK + 20] = 1.0
    masks = [(2 * WEEK - 20, 2 * WEEK + 20)]
    assert expected(spoilt, 3 * WEEK, masks=masks)[0] == pytest.approx(1000.0)


def test_missing_bins_are_left_out_and_never_counted_as_zero():  # P5
    values = a_week_of(weeks=4, noise=0.0)
    values[WEEK - 3 : WEEK + 3] = np.nan
    assert expected(values, 3 * WEEK)[0] == pytest.approx(1000.0)


def test_one_row_over_many_bins_gives_what_each_bin_gives_alone():
    values = np.vstack([a_week_of(seed=1), a_week_of(seed=2, level=50)])
    at = np.arange(3 * WEEK, 3 * WEEK + 30)
    m = signal_params(PROBING, Thresholds())
    levels, spreads = expect_row(ground(values), 1, at, 1.0, m)
    for place, column in enumerate(at):
        alone = told(values[1], int(column))
        assert levels[place] == pytest.approx(alone[0])
        assert spreads[place] == pytest.approx(alone[1])


def test_the_spread_of_a_count_is_never_below_what_chance_allows():
    values = np.full((1, WEEK * 4), 25.0, dtype=np.float32)
    assert told(values, 3 * WEEK)[1] == pytest.approx(5.0)


def test_the_quick_median_is_numpys():
    rng = np.random.default_rng(3)
    for count in (*range(1, 60), 168):
        samples = rng.normal(size=count)
        assert baselines.middle(samples.copy(), count) == np.median(samples)


@pytest.mark.parametrize(
    ("first", "by"),
    [
        (4 * WEEK + 20, baselines.WEEKLY),
        (WEEK + 20, baselines.DAILY),
        (2 * DAY + 20, baselines.FLAT),
    ],
)
def test_the_quick_question_answers_as_the_median_does(first, by):
    """Where the prefilter decides that a reading is not low, the exact baseline agrees."""
    values = np.vstack([a_week_of(noise=0.1, weeks=5, seed=s) for s in range(5)])
    values[0, ::3] = np.nan
    m = signal_params(PROBING, Thresholds())
    lift = 1.1 if by == baselines.WEEKLY else 1.0
    for masks in ((), [(60, 66), (100, 300)]):
        g, room = ground(values, masks=masks), prefilter.scratch(12, m)
        for r in range(5):
            prefilter.prefilter(g, r, (first, first + 12), lift, m, room)
            assert prefilter.NORMAL in room.codes or masks
            for at, code in enumerate(room.codes, first):
                if code == prefilter.UNDECIDED:
                    continue
                level, method, _ = baselines.expected(
                    g, r, int(at), lift, m, np.empty(MAX_SAMPLES)
                )
                assert method == by
                assert values[r, at] >= 0.78 * level
                if abs(values[r, at] / level - 0.9) > 0.02:
                    assert (code == prefilter.WEAK) == (values[r, at] < 0.9 * level)


def test_a_clock_that_was_set_shifts_the_baseline_with_it():  # P9
    values = a_week_of(swing=0.4, noise=0.0, weeks=5)
    set_at = 3 * WEEK + 48
    # From here on the daily cycle comes an hour earlier.
    values[set_at:] = np.roll(values, -2)[set_at:]
    east = np.zeros((1, 5 * 168), dtype=np.int16)
    east[0, set_at // 2 :] = 2
    first = a_panel(values).first
    clocks = Clocks(np.zeros(1, np.int32), east, np.ones(1, np.bool_), first // 2)
    at = 4 * WEEK + 20
    assert expected(values, at, TRAFFIC, clocks=clocks)[0] == pytest.approx(
        float(values[at]), rel=0.02
    )
    assert expected(values, at, TRAFFIC)[0] != pytest.approx(
        float(values[at]), rel=0.05
    )


def test_the_level_of_the_last_ordinary_day_corrects_a_weekly_baseline():
    values = a_week_of(weeks=4, noise=0.0)
    values[4 * WEEK - 96 :] *= 1.2
    m = signal_params(PROBING, Thresholds())
    at = 4 * WEEK - 1
    ratio = baselines.day_ratio(ground(values), 0, at, m, np.empty(MAX_SAMPLES))
    assert ratio == pytest.approx(1.2, rel=0.01)
    assert told(values, at, lift=ratio)[0] == pytest.approx(1200, rel=0.01)

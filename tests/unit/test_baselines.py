"""What is expected of a series: the same time of the week in past weeks."""

import numpy as np
import pytest

from bot.detection.baselines import METHODS, expect, expect_row, median
from bot.model.signal import Family
from tests.signals import WEEK, a_signal, a_week_of

TRAFFIC = a_signal(family=Family.TRAFFIC, minimum=0.0)
PROBING = a_signal()


def expected(values, at, signal=PROBING, masks=None):
    base = expect(signal, np.atleast_2d(values), at, masks or {}, floor=0.01)
    return float(base.expected[0]), METHODS[int(base.method[0])]


def test_a_weekly_shape_is_followed_bin_by_bin():
    values = a_week_of(swing=0.4, noise=0.0, weeks=5)
    for at in range(4 * WEEK, 4 * WEEK + 48, 7):
        level, method = expected(values, at, TRAFFIC)
        assert method == "weekly"
        # Pooled over an hour either side, a sine keeps its place within 2 %.
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
    masks = {0: [(2 * WEEK - 20, 2 * WEEK + 20)]}
    assert expected(spoilt, 3 * WEEK, masks=masks)[0] == pytest.approx(1000.0)


def test_missing_bins_are_left_out_and_never_counted_as_zero():  # P5
    values = a_week_of(weeks=4, noise=0.0)
    values[WEEK - 3 : WEEK + 3] = np.nan
    assert expected(values, 3 * WEEK)[0] == pytest.approx(1000.0)


def test_one_row_over_many_bins_gives_what_each_bin_gives_alone():
    values = np.vstack([a_week_of(seed=1), a_week_of(seed=2, level=50)])
    at = np.arange(3 * WEEK, 3 * WEEK + 30)
    base = expect_row(PROBING, values, 1, at, {}, 0.01)
    for place, column in enumerate(at):
        alone = expect(PROBING, values, int(column), {}, 0.01)
        assert base.expected[place] == alone.expected[1]
        assert base.spread[place] == alone.spread[1]


def test_the_spread_of_a_count_is_never_below_what_chance_allows():
    values = np.full((1, WEEK * 4), 25.0, dtype=np.float32)
    base = expect(PROBING, values, 3 * WEEK, {}, floor=0.01)
    assert base.spread[0] == pytest.approx(5.0)


def test_the_quick_median_is_numpys():
    rng = np.random.default_rng(3)
    samples = rng.normal(size=(200, 21)).astype(np.float32)
    samples[rng.random(samples.shape) < 0.3] = np.nan
    samples[:, 0] = 1.0
    assert np.allclose(median(samples), np.nanmedian(samples, axis=1))

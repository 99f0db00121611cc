"""Levels that no drop shows, within noise or partly back, do not become the normal ones."""

import numpy as np
import pytest

from bot.model.signal import Family
from tests.signals import START, WEEK, a_signal, a_week_of, assess

PROBING = a_signal("t.probe")
TRAFFIC = a_signal("t.traffic", Family.TRAFFIC, minimum=0.0)
FALL = 3 * WEEK
DAY = WEEK // 7
FIRST = PROBING.bin_at(START)


def states_after(signal, values):
    _, judge = assess({(signal, "country:KZ"): values})
    return judge.states[signal.id]


def test_the_mask_of_a_small_series_begins_where_its_level_fell():
    """65 networks answer, then 33: that is within the noise of so few, but 28 are not."""
    values = np.full(4 * WEEK, 65.0)
    values[FALL:] = 33.0
    values[FALL + 3 * DAY :] = 28.0
    states = states_after(PROBING, values[: FALL + 4 * DAY])
    (mask,) = states.masks_of_row(0)
    assert states.state_of_row(0).onset_bad == FIRST + FALL + 3 * DAY
    assert mask[0] == FIRST + FALL


def test_a_drop_to_zero_has_a_mask():
    values = np.full(4 * WEEK, 65.0)
    values[FALL + 2 * DAY :] = 0.0
    (mask,) = states_after(PROBING, values).masks_of_row(0)
    assert mask[0] == FIRST + FALL + 2 * DAY


@pytest.mark.parametrize(("days", "lift"), [(4, 1.0), (9, 0.9)])
def test_a_partial_return_is_the_normal_level_after_a_week_only(days, lift):
    """Traffic is back at 90% after an outage, and may fall again."""
    values = a_week_of(weeks=6, noise=0.0)
    values[FALL : FALL + DAY] *= 0.2
    values[FALL + DAY :] *= 0.9
    states = states_after(TRAFFIC, values[: FALL + DAY + days * DAY])
    assert states.state_of_row(0).lift == pytest.approx(lift, abs=0.02)

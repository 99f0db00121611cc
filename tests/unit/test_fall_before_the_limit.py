"""A fall is dated from where it began, not from the first bin below the limit (P9)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.detection.drop_times.onset import precise_onset
from bot.model.interval import Interval
from bot.model.signal import Family
from tests.signals import START, STEP, WEEK, a_signal, a_week_of, assess
from tests.unit.test_timeline import SIGNAL, seen, trace

DAY = 48
BINS = 4 * WEEK


@pytest.mark.parametrize("days", [2, 5, 6])
def test_a_fall_to_just_above_the_limit_is_dated_days_before_the_limit_was_crossed(
    days,
):
    """Drops of probing begin at 80 %: the level was 82 % for days, and then 79 %."""
    values, fall = a_week_of(noise=0.006), BINS - days * DAY
    values[fall:] *= 0.82
    values[BINS - 12 :] *= 0.79 / 0.82
    conclusions, _ = assess({(a_signal(), "country:KZ"): values}, stride=24)
    (change,) = conclusions.changes
    began = START + STEP * fall
    assert change.event.at > began + timedelta(days=days - 1)
    onset = change.event.facts.timing.onset
    assert onset.since <= began <= onset.until
    assert onset.width <= timedelta(hours=1)
    (series,) = change.event.facts.timeline
    assert series.drops[0].onset == onset


def test_a_fall_in_steps_is_dated_to_its_first_low_bin():
    """One bin before the fall to 80 % is high by chance, six bins before the fall.

    The six bins are not clearly higher than the low level, but nearer to the high bin.
    So the fall began after them, at the latest in the first bin at the low level.
    """
    low = [0.80, 0.81, 0.805] * 6
    levels = (*[0.87, 0.88] * 8, 0.9, *[0.87, 0.865] * 3, *low, 0.795, *[0.8] * 4)
    steps = replace(trace(*levels), spread=(30.0,) * len(levels))
    crossed = levels.index(0.795)
    fell = crossed - len(low)
    onset = precise_onset(steps, SIGNAL, Interval(seen(crossed - 1), seen(crossed)))
    assert onset.since <= seen(fell - 1)
    assert onset.until == seen(fell)


def test_a_sudden_fall_after_days_at_a_low_level_is_dated_to_itself():
    """The level was 90 % for days; then both families fell by a third."""
    series = {}
    for seed, family in enumerate((Family.ACTIVE_PROBING, Family.TRAFFIC)):
        values = a_week_of(noise=0.01, seed=seed)
        values[BINS - 5 * DAY :] *= 0.9
        values[BINS - DAY :] *= 0.6
        series[a_signal(f"t.{family}", family), "country:KZ"] = values
    conclusions, _ = assess(series, stride=24)
    fell = START + STEP * (BINS - DAY)
    onset = conclusions.changes[0].event.facts.timing.onset
    assert fell - timedelta(hours=1) <= onset.since <= fell <= onset.until

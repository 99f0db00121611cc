"""Drops: when a drop opens, deepens and ends."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.detection import kernel_calls
from bot.detection.findings import finding_of_row
from bot.detection.kernel_calls import utc_clocks
from bot.detection.series_states import are_equal, decode, encode, fresh_states
from bot.detection.thresholds import Thresholds, signal_params
from bot.model.verdict import SeriesState, UnknownReason
from tests.signals import START, STEP, WEEK, a_panel, a_signal, a_week_of

THRESHOLDS = Thresholds()
WIDE = a_signal()
NARROW = a_signal(step=timedelta(minutes=10))
PARAMS = signal_params(WIDE, THRESHOLDS)


def states_after(values, states=None, until=None, params=PARAMS):
    """Return the states after assessing `values`, an array of rows and bins.

    If `until` is not None, only the bins before `until` are assessed.
    """
    panel = a_panel(values)
    states = states or fresh_states(panel.entities)
    groups = np.arange(len(panel.entities), dtype=np.int32)
    until = panel.last + 1 if until is None else panel.first + until
    return kernel_calls.assess_bins(
        panel, states, until, groups, params, utc_clocks(len(groups))
    ).states


def finding_of(values, signal=WIDE):
    """Return the finding of the first row after its last bin."""
    panel, params = a_panel(values, signal), signal_params(signal, THRESHOLDS)
    groups, end = np.zeros(1, dtype=np.int32), panel.last + 1
    before = kernel_calls.assess_bins(
        panel, fresh_states(panel.entities), end - 1, groups, params, utc_clocks(1)
    ).states
    assessed = kernel_calls.assess_bins(
        panel, before, end, groups, params, utc_clocks(1)
    )
    recorded = kernel_calls.record_states(
        panel, before, np.arange(1), assessed.health_codes, params, utc_clocks(1)
    )
    return finding_of_row(
        panel.signal, recorded.states_after(panel.last), 0, THRESHOLDS
    )


def with_levels(*levels):
    """Return 336 normal bins, then bins at `levels`; None is missing."""
    values = a_week_of(weeks=1, noise=0.0)
    tail = [np.nan if v is None else 1000.0 * v for v in levels]
    return np.concatenate([values, np.array(tail, dtype=np.float32)])


def narrow(*levels):
    """Return the finding after 336 normal bins and these levels, in bins of ten minutes."""
    return finding_of(with_levels(*levels), NARROW)


def wide(*levels):
    """Return the finding after 336 normal bins and these levels, in bins of half an hour."""
    return finding_of(with_levels(*levels))


def test_a_single_low_bin_opens_nothing():
    assert narrow(0.1).state is SeriesState.ORDINARY
    assert narrow(0.1, 1.0).state is SeriesState.ORDINARY
    assert narrow(0.1, 0.1).sustained


def test_one_low_wide_bin_drops_but_is_not_sustained():
    assert wide(0.1).state is SeriesState.DROPPED
    assert not wide(0.1).sustained
    assert not wide(0.1, 1.0).sustained
    assert wide(0.1, 0.1).sustained


def test_two_low_bins_in_a_row_open_a_drop():
    result = wide(0.1, 0.05)
    assert result.state is SeriesState.DROPPED
    assert result.level == pytest.approx(0.05, abs=0.01)
    assert result.lowest == pytest.approx(0.05, abs=0.01)


def test_the_onset_spans_the_first_bad_bin():  # P9
    result = wide(1.0, 0.1, 0.1)
    assert result.onset is not None
    bad_bin = START + STEP * (WEEK + 1)
    assert (result.onset.since, result.onset.until) == (bad_bin, bad_bin + STEP)


def test_a_missing_bin_neither_opens_nor_closes_a_drop():  # P5
    assert narrow(0.1, None).state is SeriesState.ORDINARY
    assert narrow(0.1, None, 0.1).state is SeriesState.DROPPED
    assert not wide(0.1, None).sustained
    assert wide(0.1, None, 0.1).sustained
    assert wide(0.1, 0.1, 1.0, 1.0, None).state is SeriesState.DROPPED


def test_lasting_gap_is_unknown_and_not_recovery():  # P5
    result = wide(0.1, 0.1, *[None] * 6)
    assert result.state is SeriesState.UNKNOWN
    assert result.level is None
    assert result.unknown_reason is UnknownReason.MISSING


def test_a_drop_ends_after_holding_above_the_exit():
    assert wide(0.1, 0.1, 1.0, 1.0).state is SeriesState.DROPPED
    assert wide(0.1, 0.1, 0.85, 0.85, 0.85, 0.85).state is SeriesState.DROPPED
    result = wide(0.1, 0.1, 1.0, 1.0, 1.0)
    assert result.state is SeriesState.ORDINARY
    assert result.recovered is not None
    assert result.recovered.until - result.recovered.since == STEP


def test_an_outage_does_not_lower_its_own_baseline():
    long_outage = [0.03] * (WEEK + 100)
    result = wide(*long_outage)
    assert result.state is SeriesState.DROPPED
    assert result.level == pytest.approx(0.03, abs=0.005)


def test_a_series_with_small_counts_is_unknown():
    values = with_levels(0.1, 0.1) / 100  # normally ten blocks, below the minimum of 20
    result = finding_of(values)
    assert result.state is SeriesState.UNKNOWN
    assert result.unknown_reason is UnknownReason.TOO_SMALL


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.sampled_from([None, 0.02, 0.5, 0.85, 0.95, 1.0]), max_size=25),
    st.floats(min_value=0.5, max_value=400),
)
def test_scaling_a_series_changes_nothing(levels, factor):
    values = with_levels(*levels)
    plain, scaled = finding_of(values), finding_of(values * np.float32(factor))
    # A spread is at least the square root of the count. For small counts this is a
    # large share of the count, so small counts are not compared.
    if 1000 * factor > 2000:
        assert plain.state is scaled.state
        assert plain.onset == scaled.onset


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from([None, 0.02, 0.85, 1.0]), max_size=25), st.data())
def test_stored_states_continue_as_states_in_memory_do(levels, data):  # P14
    values = with_levels(*levels)
    entities = a_panel(values).entities
    cut = data.draw(st.integers(1, len(values) - 1))
    before = states_after(values, until=cut)
    stored = decode(encode(before), entities)
    assert are_equal(stored, before)
    assert are_equal(states_after(values, stored), states_after(values))


def test_an_entity_new_to_stored_states_starts_fresh():
    panel = a_panel(np.vstack([with_levels(0.1, 0.1)] * 2))
    states = states_after(panel.values)
    grown = decode(encode(states), (*panel.entities, a_panel([[1.0]] * 3).entities[2]))
    assert list(grown.table["dropped"]) == [1, 1, 0]
    assert are_equal(replace(grown), grown)

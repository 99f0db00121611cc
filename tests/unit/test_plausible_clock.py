"""A wrong clock is not trusted; a clock that current readings confirm is (P16, P19)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.incidents.plausible_clock import TOLERANCE, TimeEvidence, doubt

NOW = datetime(2026, 1, 8, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SPANS = st.timedeltas(timedelta(days=-800), timedelta(days=800))
FAR = SPANS.filter(lambda span: abs(span) > TOLERANCE)
NEAR = st.timedeltas(-TOLERANCE, TOLERANCE)
EVIDENCE = st.builds(
    TimeEvidence,
    now=st.just(NOW),
    expected=st.none() | SPANS.map(lambda s: NOW + s),
    servers=st.lists(SPANS.map(lambda s: NOW + s), max_size=3).map(tuple),
    newest=st.none() | SPANS.map(lambda s: NOW + s),
    stored=st.none() | SPANS.map(lambda s: NOW + s),
    current=st.booleans(),
)


@given(EVIDENCE, NEAR)
def test_clock_that_agrees_with_a_server_is_trusted(evidence, near):
    servers = (*evidence.servers, NOW + near)
    assert doubt(replace(evidence, servers=servers)) is None


@given(EVIDENCE, st.timedeltas(TOLERANCE + timedelta(seconds=1), timedelta(days=800)))
def test_clock_behind_the_newest_reading_is_not_trusted(evidence, ahead):
    behind = replace(evidence, servers=(), newest=NOW + ahead)
    assert doubt(behind) is not None


@given(FAR)
def test_unexplained_jump_of_the_clock_is_not_trusted(jump):
    assert doubt(TimeEvidence(NOW, expected=NOW + jump)) is not None


@given(FAR)
def test_jump_is_trusted_once_readings_are_current(jump):
    jumped = TimeEvidence(NOW, expected=NOW + jump, newest=NOW - HOUR, current=True)
    assert doubt(jumped) is None


@given(NEAR, st.none() | st.timedeltas(timedelta(0), timedelta(days=90)))
def test_steady_clock_is_trusted_while_sources_are_silent(near, silent):
    newest = None if silent is None else NOW - silent
    assert doubt(TimeEvidence(NOW, expected=NOW + near, newest=newest)) is None


@given(FAR)
def test_clock_that_contradicts_a_server_is_not_trusted(skew):
    assert doubt(TimeEvidence(NOW, servers=(NOW + skew,))) is not None


def test_replay_server_with_another_time_is_ignored():
    assert doubt(TimeEvidence(NOW, servers=(NOW + 900 * HOUR,), current=True)) is None


@pytest.mark.parametrize(("stored", "trusted"), [(-HOUR, True), (HOUR, False)])
def test_clock_before_the_last_stored_tick_is_not_trusted(stored, trusted):
    assert (doubt(TimeEvidence(NOW, stored=NOW + stored)) is None) == trusted


def test_the_reason_names_both_times():
    reason = doubt(TimeEvidence(NOW, servers=(NOW - 48 * HOUR,)))
    assert reason is not None
    assert "2026-01-08 12:00 UTC" in reason
    assert "2026-01-06 12:00 UTC" in reason

"""A wrong clock is not trusted; a clock that current readings confirm is (P16, P19)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.incidents.plausible_clock import (
    TOLERANCE,
    NewestReading,
    TimeEvidence,
    confirms,
    distrust_reason,
)

NOW = datetime(2026, 1, 8, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SPANS = st.timedeltas(timedelta(days=-800), timedelta(days=800))
FAR = SPANS.filter(lambda span: abs(span) > TOLERANCE)
NEAR = st.timedeltas(-TOLERANCE, TOLERANCE)


def reading(age: timedelta, current_for: timedelta = 2 * HOUR) -> NewestReading:
    """Return a reading of a bin that began `age` ago, and stays current for some time."""
    return NewestReading(NOW - age, NOW - age + current_for)


CURRENT = (reading(HOUR),)
"""Fits the time from an hour ago until in an hour."""
EVIDENCE = st.builds(
    TimeEvidence,
    now=st.just(NOW),
    expected=st.none() | SPANS.map(lambda s: NOW + s),
    servers=st.lists(NEAR.map(lambda s: NOW + s), max_size=3).map(tuple),
    readings=st.lists(SPANS.map(reading), max_size=3).map(tuple),
    stored=st.none() | SPANS.map(lambda s: NOW + s),
    confirmed=st.booleans(),
    answered=st.booleans(),
)


@given(EVIDENCE, NEAR)
def test_clock_that_agrees_with_all_servers_is_trusted(evidence, near):
    servers = (*evidence.servers, NOW + near)
    assert distrust_reason(replace(evidence, servers=servers)) is None


@given(EVIDENCE, st.timedeltas(TOLERANCE + timedelta(seconds=1), timedelta(days=800)))
def test_clock_behind_the_newest_reading_is_not_trusted(evidence, ahead):
    behind = replace(
        evidence, servers=(), readings=(*evidence.readings, reading(-ahead))
    )
    assert distrust_reason(behind) is not None


@given(FAR)
def test_unexplained_jump_of_the_clock_is_not_trusted(jump):
    assert distrust_reason(TimeEvidence(NOW, expected=NOW + jump)) is not None


@given(FAR.filter(lambda span: abs(span) > HOUR + TOLERANCE))
def test_jump_is_trusted_once_readings_are_current(jump):
    assert (
        distrust_reason(TimeEvidence(NOW, expected=NOW + jump, readings=CURRENT))
        is None
    )


@pytest.mark.parametrize("jump", [-HOUR, HOUR - timedelta(minutes=1)])
def test_jump_that_readings_cannot_decide_is_not_trusted(jump):
    """Readings that fit both times say nothing: a daylight-saving mistake is such a jump."""
    rival = NOW + jump
    assert (
        distrust_reason(TimeEvidence(NOW, expected=rival, readings=CURRENT)) is not None
    )
    assert (
        distrust_reason(TimeEvidence(NOW, servers=(rival,), readings=CURRENT))
        is not None
    )


@given(NEAR, st.none() | st.timedeltas(timedelta(0), timedelta(days=90)))
def test_steady_clock_is_trusted_while_sources_are_silent(near, silent):
    readings = () if silent is None else (reading(silent),)
    assert (
        distrust_reason(TimeEvidence(NOW, expected=NOW + near, readings=readings))
        is None
    )


@given(FAR)
def test_clock_that_contradicts_a_server_is_not_trusted(skew):
    assert distrust_reason(TimeEvidence(NOW, servers=(NOW + skew,))) is not None


@pytest.mark.parametrize("error", [-900 * HOUR, -3 * HOUR, 3 * HOUR, 900 * HOUR])
def test_server_that_the_readings_contradict_is_overruled(error):
    assert (
        distrust_reason(TimeEvidence(NOW, servers=(NOW + error,), readings=CURRENT))
        is None
    )


@given(FAR, NEAR)
def test_servers_that_disagree_leave_a_steady_clock_trusted(error, near):
    servers = (NOW + error, NOW + near)
    assert distrust_reason(TimeEvidence(NOW, expected=NOW, servers=servers)) is None


@given(FAR, NEAR, FAR)
def test_wrong_server_does_not_confirm_a_clock_that_jumped(error, near, jump):
    servers = (NOW + error, NOW + near)
    assert (
        distrust_reason(TimeEvidence(NOW, expected=NOW + jump, servers=servers))
        is not None
    )


@pytest.mark.parametrize(("stored", "trusted"), [(-HOUR, True), (HOUR, False)])
def test_clock_before_the_last_stored_tick_is_not_trusted(stored, trusted):
    assert (distrust_reason(TimeEvidence(NOW, stored=NOW + stored)) is None) == trusted


def test_clock_that_no_answered_reading_fits_is_not_trusted():
    asked = TimeEvidence(NOW, confirmed=False, answered=True)
    assert distrust_reason(asked) is not None
    assert distrust_reason(replace(asked, readings=(reading(3 * HOUR),))) is not None
    assert distrust_reason(replace(asked, readings=CURRENT)) is None
    assert distrust_reason(replace(asked, confirmed=True)) is None


@pytest.mark.parametrize(("stop", "trusted"), [(23 * HOUR, True), (25 * HOUR, False)])
def test_a_long_stop_needs_an_answer_before_the_clock_is_trusted(stop, trusted):
    silent = TimeEvidence(NOW, stored=NOW - stop, confirmed=False)
    assert (distrust_reason(silent) is None) == trusted
    assert distrust_reason(replace(silent, readings=CURRENT, answered=True)) is None


def test_servers_and_readings_confirm_a_clock():
    assert not confirms(TimeEvidence(NOW, expected=NOW, servers=(NOW + HOUR,)))
    assert confirms(TimeEvidence(NOW, servers=(NOW + HOUR, NOW)))
    assert confirms(TimeEvidence(NOW, readings=CURRENT))


def test_the_reason_names_both_times():
    reason = distrust_reason(TimeEvidence(NOW, servers=(NOW - 2 * DAY,)))
    assert reason is not None
    assert "2026-01-08 12:00 UTC" in reason
    assert "2026-01-06 12:00 UTC" in reason

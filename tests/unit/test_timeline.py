"""The numbers of an event are computed from the drops of its series (P4, P18)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.detection.drop_times.drops import drops_of
from bot.detection.drop_times.onset import precise_onset
from bot.incidents.timeline.cuts import cuts_of
from bot.incidents.timeline.published_cuts import cuts_from, time_down
from bot.incidents.timeline.series import (
    extend_timeline,
    lowest_in_drops,
    may_have_ended_unseen,
    subject_series,
)
from bot.model.entity import parse_entity
from bot.model.incident import Trace
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.timeline import Cut, Drop, SeriesTimeline
from bot.model.verdict import SeriesState
from tests.builders import between, utc
from tests.signals import a_signal
from tests.unit.test_transitions import a_finding

KZ, ALMATY = parse_entity("country:KZ"), parse_entity("region:KZ/Almaty")
SIGNAL = a_signal()
STEP = SIGNAL.step
FIRST = utc("2026-01-05 00:00")


def drop(since: int, until: int | None, level: float | None = 0.1) -> Drop:
    """Return a drop from hour `since` to hour `until` of a day, each known to the hour."""
    return Drop(hour(since), hour(until) if until is not None else None, level)


def hour(number: int) -> Interval:
    since = utc("2026-01-05 00:00") + timedelta(hours=number)
    return Interval(since, since + timedelta(hours=1))


def timeline(*drops: Drop, family=Family.ACTIVE_PROBING, entity=KZ) -> SeriesTimeline:
    state, now = SeriesState.ORDINARY, utc("2026-01-06 00:00")
    return SeriesTimeline(entity, f"t.{family}", family, drops, state, 1.0, now)


def test_drops_that_overlap_are_one_cut():
    routes = timeline(drop(3, 9), family=Family.CONTROL_PLANE)
    assert cuts_of([timeline(drop(2, 7)), routes], None) == (Cut(hour(2), hour(9)),)


def test_a_return_of_every_series_divides_the_cuts():
    (first, second) = cuts_of([timeline(drop(2, 4), drop(8, 10))], None)
    assert (first, second) == (Cut(hour(2), hour(4)), Cut(hour(8), hour(10)))


def test_a_drop_that_began_in_hours_without_readings_may_be_another_cut():
    """P18: traffic was back at 5:00; probing was silent from 2:00, and is low at 15:00."""
    silent = Drop(Interval(hour(2).since, hour(14).until), None, 0.1)
    traffic = timeline(drop(2, 4), family=Family.TRAFFIC)
    (cut,) = cuts_of([traffic, timeline(silent)], None)
    assert cut.unseen == Interval(hour(4).since, hour(14).until)


def test_time_down_leaves_out_the_time_between_cuts():
    """P18: five cuts of two hours lasted ten hours, not four days."""
    mornings = tuple(drop(24 * day + 3, 24 * day + 5) for day in range(5))
    span = time_down(cuts_of([timeline(*mornings)], None), utc("2026-01-10 00:00"))
    assert (span.shortest, span.longest) == (timedelta(hours=5), timedelta(hours=15))


def test_a_series_that_fell_silent_ends_with_the_incident():
    (cut,) = cuts_of([timeline(drop(2, None))], hour(6))
    assert cut.ended == hour(6)


def test_an_open_cut_lasts_until_the_newest_reading():
    span = time_down(cuts_of([timeline(drop(2, None))], None), utc("2026-01-05 12:00"))
    assert span.shortest == timedelta(hours=9)


@pytest.mark.parametrize(
    ("series", "narrow", "expected"),
    [
        ((timeline(), timeline(entity=ALMATY)), False, KZ),
        ((timeline(entity=ALMATY),), False, ALMATY),
        ((timeline(), timeline(entity=ALMATY)), True, ALMATY),
        ((timeline(family=Family.TELESCOPE), timeline(entity=ALMATY)), False, ALMATY),
    ],
)
def test_subject_is_the_place_if_a_steady_series_of_it_fell(series, narrow, expected):
    assert {s.entity for s in subject_series(series, KZ, is_about_networks=narrow)} == {
        expected
    }


def test_lowest_of_zero_counts():
    """P5: a level of exactly zero is a level."""
    assert lowest_in_drops([timeline(drop(2, 4, 0.0), drop(8, 9, 0.4))]) == 0.0
    assert lowest_in_drops([timeline(drop(2, 4, None))]) is None


def test_a_drop_that_ended_is_kept_as_it_was():
    """P11: detection merges old drops of a series; the timeline keeps them apart."""
    before = (timeline(drop(2, 4, 0.2), drop(8, 10, 0.3)),)
    finding = _finding()
    merged = {(KZ, finding.signal): (drop(2, 10, 0.2), drop(20, None, 0.1))}
    (after,) = extend_timeline(before, [finding], merged)
    assert after.drops == (drop(2, 4, 0.2), drop(8, 10, 0.3), drop(20, None, 0.1))


def test_revised_readings_replace_a_drop():
    """P11: after a revision the drops are those that the readings show now."""
    finding = _finding()
    now = {(KZ, finding.signal): (drop(3, 4, 0.5),)}
    (after,) = extend_timeline(
        (timeline(drop(2, 4, 0.1)),), [finding], now, revised=True
    )
    assert after.drops == (drop(3, 4, 0.5),)


def _finding():
    return a_finding(Family.ACTIVE_PROBING, entity=KZ, signal="t.active-probing")


def trace(*levels: float | None) -> Trace:
    count = len(levels)
    values = tuple(None if level is None else 1000 * level for level in levels)
    return Trace(
        entity=KZ,
        signal=SIGNAL.id,
        family=SIGNAL.family,
        unit=SIGNAL.unit,
        first=FIRST,
        step_s=SIGNAL.step_s,
        values=values,
        expected=(1000.0,) * count,
        spread=(10.0,) * count,
    )


def seen(position: int):
    return SIGNAL.last_instant_of(SIGNAL.bin_at(FIRST) + position)


def test_drops_have_the_bins_around_them_and_their_lowest_level():
    start = SIGNAL.bin_at(FIRST)
    (first,) = drops_of(
        trace(1.0, None, 0.3, 0.2, 0.2, 0.2, 1.0), SIGNAL, [(start + 2, start + 6)]
    )
    assert first.onset == Interval(seen(0), seen(2))
    assert first.ended == Interval(seen(5), seen(6))
    assert first.lowest == pytest.approx(0.2)


def test_a_drop_after_silence_all_through_the_trace_began_at_any_time_in_it():
    """P9: the bin before the first low one has no reading, so it is not the last good one."""
    start = SIGNAL.bin_at(FIRST)
    levels = trace(*[None] * 9, 0.3, 0.3, 0.3, 1.0)
    (drop,) = drops_of(levels, SIGNAL, [(start + 9, start + 12)])
    assert drop.onset == Interval(seen(0), seen(9))


def test_a_drop_of_two_bins_may_have_ended_in_the_second_or_after_it():
    """P9: how low a longer drop would have been is not known, so neither is its end."""
    start = SIGNAL.bin_at(FIRST)
    (drop,) = drops_of(trace(1.0, 1.0, 0.3, 0.2, 1.0), SIGNAL, [(start + 2, start + 4)])
    assert drop.ended == Interval(SIGNAL.start_of(start + 3), seen(4))


def test_a_fall_may_have_begun_in_a_bin_that_sank_more_than_the_bins_before():
    """P9: the spread is 6%, but the levels before the fall vary by far less."""
    plain = Interval(seen(6), seen(7))
    steady, sunk = trace(*[1.0] * 6, 0.99, 0.7), trace(*[1.0] * 6, 0.95, 0.7)
    wide = (60.0,) * 8
    assert precise_onset(replace(steady, spread=wide), SIGNAL, plain) == plain
    begun = precise_onset(replace(sunk, spread=wide), SIGNAL, plain)
    assert begun == Interval(SIGNAL.start_of(SIGNAL.bin_at(FIRST) + 6), seen(7))


def test_a_slow_fall_is_dated_from_where_it_began():
    """P9: a fall of 5 points a bin, detected at 80%, began at the last normal bin."""
    levels = (*[1.0] * 6, 0.95, 0.90, 0.85, 0.80, 0.75, 0.70)
    onset = precise_onset(trace(*levels), SIGNAL, Interval(seen(8), seen(9)))
    assert onset.since == seen(4)
    assert onset.until == seen(6)


def test_a_fall_to_just_above_the_limit_is_dated_from_where_the_level_fell():
    """P9: noise took a level of 80% below the limit only five bins after the fall."""
    levels = (*[1.0] * 6, 0.81, 0.805, 0.80, 0.804, 0.803, 0.796, 0.797)
    onset = precise_onset(trace(*levels), SIGNAL, Interval(seen(10), seen(11)))
    assert onset == Interval(seen(5), seen(6))


def test_the_end_of_a_drop_may_lie_in_hours_without_readings():
    silent = Drop(hour(2), Interval(hour(3).since, hour(14).until), 0.7)
    assert may_have_ended_unseen(timeline(silent))
    assert not may_have_ended_unseen(timeline(drop(2, 14)))


@pytest.mark.parametrize("before", [1.0, 0.93])
def test_a_sudden_fall_keeps_its_onset(before):
    """P9: a level that had sunk a little does not date the blackout that follows."""
    detected = Interval(seen(9), seen(10))
    levels = (*[1.0] * 6, *[before] * 4, 0.05, 0.05)
    assert precise_onset(trace(*levels), SIGNAL, detected) == detected


def test_duration_counts_from_the_published_onset():
    """P18: parts that fell before it do not make the incident last longer than it says."""
    onset = between("2026-01-08 03:00", "2026-01-08 04:00")
    first = Cut(between("2026-01-07 19:00", "2026-01-07 20:00"), None)
    (cut,) = cuts_from(onset, (first,))
    assert cut == Cut(onset, None)
    lasted = time_down((cut,), utc("2026-01-08 09:00"))
    assert (lasted.shortest, lasted.longest) == (timedelta(hours=5), timedelta(hours=6))


def test_cut_that_ended_before_the_published_onset_does_not_count():
    onset = between("2026-01-08 03:00", "2026-01-08 04:00")
    hour = between("2026-01-07 20:00", "2026-01-07 21:00")
    over = Cut(between("2026-01-07 19:00", "2026-01-07 20:00"), hour)
    assert cuts_from(onset, (over, Cut(onset, None))) == (Cut(onset, None),)


def test_series_stays_reported_when_it_falls_again():  # P18
    """Its level was published, so the lowest level may be its own in a later event too."""
    told = replace(timeline(drop(2, 4)), reported=True)
    fell = a_finding(Family.ACTIVE_PROBING)
    (series,) = extend_timeline(
        (told,), [fell], {fell.key: (drop(2, 4), drop(8, None))}
    )
    assert series.reported
    assert len(series.drops) == 2


def test_a_time_in_which_no_series_was_seen_stays_unseen_when_cuts_are_joined():
    """P18: probing and routes were silent from 5:00 to 15:00; both were low around it."""
    before = Drop(hour(2), None, 0.1, seen_low=hour(5).since)
    after = Drop(Interval(hour(5).since, hour(15).until), hour(20), 0.1)
    both = [
        timeline(before, after, family=family)
        for family in (Family.ACTIVE_PROBING, Family.CONTROL_PLANE)
    ]
    (cut,) = cuts_of(both, None)
    assert cut.unseen == Interval(hour(5).since, hour(15).until)
    seen = timeline(drop(1, 21), family=Family.CONTROL_PLANE)
    (cut,) = cuts_of([both[0], seen], None)
    assert cut.unseen is None


def test_drops_that_were_told_apart_stay_apart_while_the_last_one_lasts():
    """P11: a day later, detection takes the return between two drops for a partial one."""
    before = (timeline(drop(2, 6, 0.2), drop(20, None, 0.3)),)
    finding = _finding()
    joined = {(KZ, finding.signal): (drop(2, None, 0.2),)}
    (after,) = extend_timeline(before, [finding], joined)
    assert [d.onset for d in after.drops] == [hour(2), hour(20)]
    assert [d.ended for d in after.drops] == [hour(6), None]

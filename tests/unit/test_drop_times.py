"""Each drop of a series is told once, with the times that its readings show (P9, P18)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.detection.drop_times.drops import drops_of, silences_of
from bot.detection.drop_times.onset import precise_onset
from bot.detection.kernel.columns import OPEN
from bot.incidents.timeline.cuts import cuts_of
from bot.incidents.timeline.levels import lowest_since
from bot.incidents.timeline.published_cuts import published_cuts, time_down
from bot.incidents.timeline.series import extend_timeline
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.timeline import Cut, Drop
from bot.model.verdict import Scope, SeriesState
from tests.unit.test_timeline import (
    ALMATY,
    FIRST,
    KZ,
    SIGNAL,
    _finding,
    drop,
    hour,
    seen,
    timeline,
    trace,
)

START = SIGNAL.bin_at(FIRST)


def test_traffic_late_in_a_long_drop_is_compared_with_no_other_hour():
    """P18: only a busy hour is kept as the baseline then, and every night is below it."""
    series = trace(1.0, 0.4, 0.4, 0.1, 0.1, 1.0)
    kept = replace(series, spread=(10.0, 10.0, 10.0, None, None, 10.0))
    mask = [(START + 1, START + 5)]
    (flat,) = drops_of(kept, SIGNAL, mask)
    (daily,) = drops_of(replace(kept, family=Family.TRAFFIC), SIGNAL, mask)
    assert flat.lowest == pytest.approx(0.1)
    assert daily.lowest == pytest.approx(0.4)
    assert lowest_since(replace(kept, family=Family.TRAFFIC), FIRST) == 0.4


def test_one_noisy_reading_after_a_return_does_not_move_the_end():
    back = [0.88] * 30
    back[3] = 0.84
    levels = (1.0, *[0.7] * 20, *back, 0.7, 0.7)
    first, second = drops_of(trace(*levels), SIGNAL, [(START + 1, OPEN)])
    assert first.ended is not None
    assert first.ended.since <= seen(20) <= first.ended.until <= seen(22)
    assert second.onset.until == seen(51)


def test_a_partial_return_that_wavers_around_the_limit_has_a_wide_end():
    """P9: levels from 0.855 to 0.885 do not show whether the series is mostly back."""
    waver = [0.855, 0.885, 0.86, 0.88] * 10
    levels = (1.0, *[0.7] * 20, *waver, *[0.885] * 20, 0.7, 0.7)
    wide = replace(trace(*levels), spread=(50.0,) * len(levels))
    first, *_ = drops_of(wide, SIGNAL, [(START + 1, OPEN)])
    assert first.ended is not None
    assert first.ended.since <= seen(20)
    assert first.ended.until >= seen(57)


def test_a_drop_begins_with_its_first_low_reading():
    """The reading that began it was revised: it is normal now, as are those after it."""
    levels = (*[1.0] * 40, 0.3, 0.3, 0.3, 1.0)
    (only,) = drops_of(trace(*levels), SIGNAL, [(START + 2, START + 43)])
    assert only.onset == Interval(seen(39), seen(40))


def test_a_drop_of_one_bin_is_dated_by_its_own_fall():
    levels = (1.0, *[1.0, 0.95, 1.07] * 8, 0.94, 0.65, 0.9, 0.93, 0.95, 1.0)
    wide = replace(trace(*levels), spread=(40.0,) * len(levels))
    (only,) = drops_of(wide, SIGNAL, [(START + 26, START + 27)])
    assert only.onset.since >= seen(24)


def test_readings_before_a_silence_and_after_it_are_not_two_cuts():
    """A partial return was seen after the silence; nothing shows a full one before it."""
    levels = (1.0, *[0.3] * 30, *[None] * 60, *[0.75] * 5, *[0.3] * 10)
    first, second = drops_of(trace(*levels), SIGNAL, [(START + 1, OPEN)])
    assert first.ended is None
    assert first.seen_low == seen(30)
    assert second.onset.since == seen(30)


def test_a_drop_of_one_bin_is_kept_once():
    """It may have begun and ended in the same interval."""
    one = Drop(hour(2), Interval(hour(2).since, hour(3).until), 0.3)
    finding = _finding()
    drops = {(KZ, finding.signal): (one, drop(8, None))}
    (after,) = extend_timeline((timeline(one),), [finding], drops)
    (again,) = extend_timeline((after,), [finding], drops)
    assert again.drops == (one, drop(8, None))


@pytest.mark.parametrize("revised", [False, True])
def test_a_drop_in_which_the_series_fell_silent_is_kept(revised):
    silent = Drop(hour(2), None, 0.3, hour(5).until)
    later = Drop(Interval(hour(5).until, hour(20).until), hour(30), 0.3)
    finding = _finding()
    before = timeline(silent, replace(later, ended=None))
    (after,) = extend_timeline(
        (before,), [finding], {(KZ, finding.signal): (later,)}, revised=revised
    )
    assert after.drops == (silent, later)


def test_traffic_that_stays_low_leaves_the_end_of_a_cut_to_probing():
    """P9: probing returned at 4:00; traffic was still read low at 8:00."""
    low = Drop(hour(2), None, 0.6, hour(8).until)
    first, second = cuts_of(
        [timeline(drop(2, 4), drop(13, None)), timeline(low, family=Family.TRAFFIC)],
        None,
    )
    assert first.ended == Interval(hour(4).since, hour(13).until)
    assert second.began == hour(13)


def test_all_hours_that_nobody_saw_are_left_out_of_a_duration():
    """P18: probing fell silent in the first of three cuts that traffic shows."""
    probing = timeline(Drop(hour(2), None, 0.5, hour(3).until), drop(60, None))
    traffic = timeline(drop(2, 5), drop(16, 18), drop(30, 32), family=Family.TRAFFIC)
    silent = replace(probing, drops=probing.drops[:1], state=SeriesState.UNKNOWN)
    (cut,) = cuts_of([silent, traffic], hour(33))
    assert cut.unseen == Interval(hour(3).until, hour(30).until)


def test_traffic_that_wavers_while_probing_is_partly_back_makes_no_cut():
    """P9, P18: probing was mostly back from 4:00 to 20:00, and read all that time."""
    shallow = drop(8, 10, 0.7), drop(14, 16, 0.7)
    traffic = timeline(drop(2, 4), *shallow, family=Family.TRAFFIC)
    back = timeline(drop(2, 4), drop(20, 22))
    assert [c.began for c in cuts_of([traffic, back], None)] == [hour(2), hour(20)]
    partly = timeline(Drop(hour(2), None, 0.7, hour(4).since))
    low = replace(partly, state=SeriesState.DROPPED)
    assert [c.began for c in cuts_of([traffic, low], None)] == [hour(2)]
    silent = replace(partly, state=SeriesState.UNKNOWN)
    (unsure,) = cuts_of([traffic, silent], None)
    assert unsure.unseen == Interval(hour(4).since, hour(14).until)


def test_a_short_drop_with_a_partial_return_is_dated_from_its_first_low_bin():
    """P9: it was called a drop only after the partial return."""
    levels = (*[1.0] * 6, 0.85, 0.72, 0.8, 0.856, 0.79, 0.72, 1.0)
    shallow = replace(trace(*levels), spread=(35.0,) * len(levels))
    onset = precise_onset(shallow, SIGNAL, Interval(seen(9), seen(10)))
    assert seen(4) < onset.since < onset.until == seen(6)


def test_a_fall_from_a_steady_partial_return_began_in_the_bin_that_sank():
    """P9: the level varies far less than the spread of normal ones."""
    levels = (*[1.0] * 3, *[0.72] * 6, *[0.89, 0.9, 0.885] * 4, 0.84, 0.73, 0.71)
    wide = replace(trace(*levels), spread=(60.0,) * len(levels))
    last = len(levels) - 3
    onset = precise_onset(wide, SIGNAL, Interval(seen(last), seen(last + 1)))
    assert onset.since <= seen(last - 1)


def test_a_silence_between_two_cuts_may_hide_a_third():
    """P9: probing was silent from 6:00 to 8:00, between the two cuts that it shows."""
    silence = Interval(hour(6).since, hour(8).since)
    probing = replace(timeline(drop(2, 4), drop(12, 14)), silences=(silence,))
    first, second = cuts_of([probing], None)
    assert first.silent_before is None
    assert second.silent_before == silence
    lasted = time_down((first, second), hour(20).since)
    assert lasted.longest == timedelta(hours=3 + 3 + 2)
    routes = timeline(drop(2, 4), drop(12, 14), family=Family.CONTROL_PLANE)
    assert cuts_of([probing, routes], None)[1].silent_before is None


def test_a_deep_drop_of_traffic_in_a_silence_of_probing_is_a_cut():
    traffic = timeline(drop(2, 4, 0.7), drop(12, 14, 0.7), family=Family.TRAFFIC)
    silence = Interval(hour(11).since, hour(15).since)
    silent = replace(timeline(drop(2, 4)), silences=(silence,))
    assert len(cuts_of([traffic, silent], None)) == 2
    assert len(cuts_of([traffic, timeline(drop(2, 4))], None)) == 1


def test_a_silence_is_the_time_between_two_readings_an_hour_apart_or_more():
    levels = (1.0, None, 1.0, None, None, None, 1.0)
    (silence,) = silences_of(trace(*levels), SIGNAL)
    assert silence == Interval(seen(2), seen(6))


def test_a_drop_that_falls_silent_may_have_ended_at_any_time_until_the_next_reading():
    levels = (1.0, *[0.3] * 6, *[None] * 20, *[1.0] * 5, 0.3, 0.3)
    first, second = drops_of(trace(*levels), SIGNAL, [(START + 1, OPEN)])
    assert first.ended == Interval(seen(6), seen(27))
    assert second.onset == Interval(seen(31), seen(32))


def test_a_part_that_falls_after_the_end_makes_no_cut():
    later = timeline(drop(9, None), entity=ALMATY)
    assert cuts_of([timeline(drop(2, 5)), later], hour(5)) == (Cut(hour(2), hour(5)),)


def test_a_part_that_fails_alone_before_the_end_is_a_cut_of_its_own():
    """P18: the place was back for hours, so its last cut did not last until the end."""
    place, part = timeline(drop(2, 4)), timeline(drop(2, 4), drop(9, 12), entity=ALMATY)
    times = published_cuts((place,), (place, part), Scope.NATIONAL, hour(2), hour(12))
    assert times == (Cut(hour(2), hour(4)), Cut(hour(9), hour(12)))


def test_a_silence_that_lasts_into_the_next_cut_may_hide_another():
    """P9: probing was silent from 6:00 until after the second cut, which traffic shows."""
    silence = Interval(hour(6).since, hour(20).since)
    probing = replace(timeline(drop(2, 4)), silences=(silence,))
    traffic = timeline(drop(2, 4), drop(12, 14, 0.3), family=Family.TRAFFIC)
    _, second = cuts_of([probing, traffic], None)
    assert second.silent_before == Interval(hour(6).since, hour(12).until)

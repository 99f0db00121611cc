"""The figures: right, reproducible, and modest where there is little to go by."""

from datetime import timedelta
from typing import Any

import pytest

from bot.evaluation.metrics import ScoredCase, score
from tests.events import DAY, END, hour, label, told

YEAR = timedelta(days=365.25)


def case(labels=(), events=(), unit="KZ", recording="r", **more) -> ScoredCase:
    given: dict[str, Any] = {"places": 1, "span": YEAR} | more
    return ScoredCase(
        recording=recording,
        unit=unit,
        labels=tuple(labels),
        detections=tuple(events),
        end=END,
        **given,
    )


def test_precision_recall_and_f1_are_of_events():
    seen = score(
        [
            case([label(10, 20), label(100, 110)], [told(10, 20)]),
            case([], [told(50, 60, place="country:UG")], unit="UG"),
        ]
    )
    assert seen.precision.value == 0.5
    assert seen.recall.value == 0.5
    assert seen.f1.value == 0.5


def test_where_nothing_is_labelled_or_told_nothing_is_claimed():
    empty = score([case()])
    assert empty.precision.value is None
    assert empty.recall.value is None
    assert empty.from_onset.p50 is None


def test_the_interval_is_drawn_by_country_and_by_a_fixed_seed():
    cases = [
        case([label(10, 20)], [told(10, 20)]),
        case([label(10, 20, "country:UG")], [], unit="UG"),
    ]
    first, again = score(cases), score(cases)
    assert first == again
    assert (first.recall.low, first.recall.high) == (0.0, 1.0)


def test_one_country_alone_gives_no_interval():
    one = score([case([label(10, 20)], [told(10, 20)])])
    assert one.recall.value == 1.0
    assert one.recall.low is None


def test_five_of_five_is_no_proof_of_perfection():
    cases = [case([label(10, 20)], [told(10, 20)], unit=unit) for unit in "ABCDE"]
    assert score(cases).recall.exact_low == pytest.approx(0.4782, abs=1e-3)


def test_no_false_alarm_in_a_year_leaves_room_for_three():
    quiet = score([case(two_families=True)])
    assert quiet.false_confirmed.per_year == 0.0
    assert quiet.false_confirmed.high == pytest.approx(2.996, abs=1e-3)


def test_one_family_that_confirms_nothing_is_no_proof_of_care():  # P1, P7
    quiet = score([case(), case(two_families=True, span=YEAR / 4)])
    assert quiet.entity_years == pytest.approx(1.25)
    assert quiet.confirmable_years == pytest.approx(0.25)
    assert quiet.false_confirmed.high == pytest.approx(4 * 2.996, abs=1e-2)
    assert score([case()]).false_confirmed.per_year is None


def test_false_confirmed_and_false_suspected_are_counted_apart():  # P1
    events = [
        told(10, 20, "a", confirmed_at=hour(11)),
        told(50, 60, "b"),
    ]
    seen = score([case([], events, two_families=True, places=2)])
    assert seen.false_confirmed.events == 1
    assert seen.false_confirmed.per_year == 0.5
    assert seen.false_suspected.events == 1


def test_suspected_is_not_found_where_two_families_could_confirm():  # P7
    (judged,) = score(
        [case([label(10, 20)], [told(10, 20)], two_families=True)]
    ).judgements
    assert len(judged.matching.missed) == 1
    assert len(judged.suspected_only) == 1
    assert not judged.false_alarms


def test_delays_count_from_the_onset_and_from_the_first_reading():
    known = label(10, 20)
    seen = score([case([known], [told(10.5, 20)], available={known: hour(10.75)})])
    assert seen.from_onset.minutes == (60.0,)
    assert seen.from_availability.minutes == (15.0,)
    assert seen.restore.minutes == (60.0,)


def test_delays_are_not_measured_where_the_label_forbids_it():
    rough = label(10, None, use="detect; not time-to-detect")
    seen = score([case([rough], [told(10, 20)], available={rough: DAY})])
    assert seen.from_onset.minutes == ()
    assert seen.from_availability.minutes == ()
    assert seen.restore.minutes == ()


def test_duplicates_are_told_per_event_found():
    events = [told(10, 12, "a"), told(13, 20, "b"), told(12.2, 12.9, "c")]
    seen = score([case([label(10, 20)], events)])
    assert seen.duplicates_per_event == 2.0
    assert seen.precision.value == 1.0


def test_shared_duration_is_the_intersection_over_the_union():
    seen = score([case([label(10, 20)], [told(15, 25)])])
    assert seen.overlap == pytest.approx(5 / 15)

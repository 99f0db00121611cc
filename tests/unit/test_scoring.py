"""The metrics are correct and reproducible, and state their uncertainty."""

from datetime import timedelta
from typing import Any

import pytest

from bot.evaluation.metrics import ScoredCase, score
from tests.events import DAY, END, detection, hour, label

YEAR = timedelta(days=365.25)


def case(labels=(), events=(), cluster="KZ", recording="r", **more) -> ScoredCase:
    fields: dict[str, Any] = {"places": 1, "span": YEAR} | more
    return ScoredCase(
        recording=recording,
        cluster=cluster,
        labels=tuple(labels),
        detections=tuple(events),
        end=END,
        **fields,
    )


def test_precision_recall_and_f1_count_events():
    result = score(
        [
            case([label(10, 20), label(100, 110)], [detection(10, 20)]),
            case([], [detection(50, 60, place="country:UG")], cluster="UG"),
        ]
    )
    assert result.precision.value == 0.5
    assert result.recall.value == 0.5
    assert result.f1.value == 0.5


def test_without_labels_and_events_there_are_no_metrics():
    empty = score([case()])
    assert empty.precision.value is None
    assert empty.recall.value is None
    assert empty.from_onset.p50 is None


def test_the_bootstrap_draws_countries_with_a_fixed_seed():
    cases = [
        case([label(10, 20)], [detection(10, 20)]),
        case([label(10, 20, "country:UG")], [], cluster="UG"),
    ]
    first, second = score(cases), score(cases)
    assert first == second
    assert (first.recall.low, first.recall.high) == (0.0, 1.0)


def test_one_country_alone_gives_no_interval():
    result = score([case([label(10, 20)], [detection(10, 20)])])
    assert result.recall.value == 1.0
    assert result.recall.low is None


def test_five_of_five_have_an_exact_limit():
    cases = [
        case([label(10, 20)], [detection(10, 20)], cluster=cluster)
        for cluster in "ABCDE"
    ]
    assert score(cases).recall.exact_low == pytest.approx(0.4782, abs=1e-3)


def test_no_event_in_a_year_allows_three():
    quiet = score([case(needs_confirmation=True)])
    assert quiet.false_confirmed.per_year == 0.0
    assert quiet.false_confirmed.high == pytest.approx(2.996, abs=1e-3)


def test_one_family_adds_no_confirmable_years():  # P1, P7
    quiet = score([case(), case(needs_confirmation=True, span=YEAR / 4)])
    assert quiet.entity_years == pytest.approx(1.25)
    assert quiet.confirmable_years == pytest.approx(0.25)
    assert quiet.false_confirmed.high == pytest.approx(4 * 2.996, abs=1e-2)
    assert score([case()]).false_confirmed.per_year is None


def test_false_confirmed_and_suspected_are_counted_separately():  # P1
    events = [
        detection(10, 20, "a", confirmed_at=hour(11)),
        detection(50, 60, "b"),
    ]
    result = score([case([], events, needs_confirmation=True, places=2)])
    assert result.false_confirmed.events == 1
    assert result.false_confirmed.per_year == 0.5
    assert result.false_suspected.events == 1


def test_with_two_families_a_suspicion_is_no_detection():  # P7
    (matched,) = score(
        [case([label(10, 20)], [detection(10, 20)], needs_confirmation=True)]
    ).cases
    assert len(matched.matching.missed) == 1
    assert len(matched.suspected_only) == 1
    assert not matched.false_alarms


def test_delays_count_from_onset_and_from_availability():
    exact = label(10, 20)
    result = score(
        [case([exact], [detection(10.5, 20)], available_at={exact: hour(10.75)})]
    )
    assert result.from_onset.minutes == (60.0,)
    assert result.from_availability.minutes == (15.0,)
    assert result.restore.minutes == (60.0,)


def test_a_label_of_inexact_times_measures_no_delay():
    rough = label(10, None, use="detect; not time-to-detect")
    result = score([case([rough], [detection(10, 20)], available_at={rough: DAY})])
    assert result.from_onset.minutes == ()
    assert result.from_availability.minutes == ()
    assert result.restore.minutes == ()


def test_duplicates_are_counted_per_detected_event():
    events = [
        detection(10, 12, "a"),
        detection(13, 20, "b"),
        detection(12.2, 12.9, "c"),
    ]
    result = score([case([label(10, 20)], events)])
    assert result.duplicates_per_event == 2.0
    assert result.precision.value == 1.0


def test_overlap_is_the_intersection_over_the_union():
    result = score([case([label(10, 20)], [detection(15, 25)])])
    assert result.overlap == pytest.approx(5 / 15)

"""Which detected event is which labelled one."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.matching import match
from bot.model.entity import parse_entity
from bot.model.verdict import Scope
from tests.events import END, label, told

COUNTIES = frozenset({parse_entity("region:US/Louisiana/Acadia")})


def test_an_event_that_overlaps_its_label_is_found():
    found = match([label(10, 20)], [told(11, 19)], END)
    assert [p.detection.key for p in found.found] == ["a"]
    assert not found.missed
    assert not found.false_alarms


def test_labels_are_rounded_so_half_an_hour_beside_still_counts():
    assert match([label(10, 20)], [told(20.4, 22)], END).found
    assert not match([label(10, 20)], [told(20.6, 22)], END).found


def test_a_coarse_signal_may_be_one_of_its_steps_beside():
    coarse = told(25, 31, step=timedelta(hours=6))
    assert match([label(10, 20)], [coarse], END).found


def test_a_further_event_of_one_label_is_a_duplicate_and_no_false_alarm():  # P2
    found = match([label(10, 20)], [told(10, 12, "a"), told(13, 20, "b")], END)
    assert [p.detection.key for p in found.found] == ["b"]
    assert [p.detection.key for p in found.duplicates] == ["a"]
    assert not found.false_alarms


def test_one_long_event_finds_only_one_of_two_labels():
    found = match([label(10, 20), label(30, 60)], [told(10, 60)], END)
    assert [p.label.start for p in found.found] == [label(30, 60).start]
    assert len(found.missed) == 1


def test_an_event_elsewhere_is_a_false_alarm_and_the_label_is_missed():
    found = match([label(10, 20)], [told(10, 20, place="country:UG")], END)
    assert len(found.missed) == len(found.false_alarms) == 1


def test_a_label_without_an_end_lasts_to_the_end_of_the_recording():
    assert match([label(10, None)], [told(200, 220)], END).found


def test_the_right_time_at_the_wrong_scope_is_a_miss_told_apart():
    found = match([label(10, 20)], [told(10, 20, scope=Scope.REGIONAL)], END)
    assert len(found.missed) == len(found.wrong_scope) == 1
    assert not found.false_alarms


def test_a_labelled_state_is_found_by_a_regional_incident_that_names_its_counties():
    state = label(10, 20, "region:US/Louisiana")
    regional = told(10, 20, place="country:US", scope=Scope.REGIONAL, regions=COUNTIES)
    assert match([state], [regional], END).found
    texas = label(10, 20, "region:US/Texas")
    assert match([texas], [regional], END).missed


def test_a_labelled_state_is_not_found_by_a_national_incident():
    state = label(10, 20, "region:US/Louisiana")
    national = told(10, 20, place="country:US", regions=COUNTIES)
    assert match([state], [national], END).wrong_scope


def test_single_networks_count_neither_for_nor_against():
    found = match([], [told(1, 2, scope=Scope.OPERATOR)], END)
    assert len(found.unscored) == 1
    assert not found.false_alarms


spans = st.tuples(st.integers(0, 200), st.integers(1, 30))


@given(st.lists(spans, max_size=6), st.lists(spans, max_size=6), st.randoms())
def test_every_label_and_event_ends_in_one_place_whatever_the_order(
    labels, events, random
):
    known = list({label(a, a + n) for a, n in labels})
    said = [told(a, a + n, str(k)) for k, (a, n) in enumerate(events)]
    found = match(known, said, END)
    assert len(found.found) + len(found.missed) == len(known)
    placed = [p.detection.key for p in found.found + found.duplicates]
    placed += [p.detection.key for p in found.wrong_scope]
    placed += [d.key for d in found.false_alarms]
    assert sorted(placed) == sorted(d.key for d in said)
    shuffled = random.sample(said, len(said))
    assert match(known, shuffled, END) == found

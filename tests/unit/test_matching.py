"""Detected events are matched with labels one to one."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.matching import match
from bot.model.entity import parse_entity
from bot.model.verdict import Scope
from tests.events import END, detection, label

COUNTIES = frozenset({parse_entity("region:US/Louisiana/Acadia")})


def test_an_event_that_overlaps_its_label_matches():
    matching = match([label(10, 20)], [detection(11, 19)], END)
    assert [p.detection.key for p in matching.true_positives] == ["a"]
    assert not matching.missed
    assert not matching.false_alarms


def test_the_tolerance_is_half_an_hour():
    assert match([label(10, 20)], [detection(20.4, 22)], END).true_positives
    assert not match([label(10, 20)], [detection(20.6, 22)], END).true_positives


def test_a_coarse_signal_has_a_tolerance_of_one_step():
    coarse = detection(25, 31, step=timedelta(hours=6))
    assert match([label(10, 20)], [coarse], END).true_positives


def test_a_further_event_of_a_label_is_a_duplicate():  # P2
    matching = match(
        [label(10, 20)], [detection(10, 12, "a"), detection(13, 20, "b")], END
    )
    assert [p.detection.key for p in matching.true_positives] == ["b"]
    assert [p.detection.key for p in matching.duplicates] == ["a"]
    assert not matching.false_alarms


def test_one_long_event_matches_one_of_two_labels():
    matching = match([label(10, 20), label(30, 60)], [detection(10, 60)], END)
    assert [p.label.start for p in matching.true_positives] == [label(30, 60).start]
    assert len(matching.missed) == 1


def test_an_event_in_another_country_is_a_false_alarm():
    matching = match([label(10, 20)], [detection(10, 20, place="country:UG")], END)
    assert len(matching.missed) == len(matching.false_alarms) == 1


def test_a_label_without_an_end_lasts_to_the_end():
    assert match([label(10, None)], [detection(200, 220)], END).true_positives


def test_an_event_of_another_scope_is_no_match():
    matching = match([label(10, 20)], [detection(10, 20, scope=Scope.REGIONAL)], END)
    assert len(matching.missed) == len(matching.wrong_scope) == 1
    assert not matching.false_alarms


def test_a_regional_incident_matches_a_labelled_state():
    state = label(10, 20, "region:US/Louisiana")
    regional = detection(
        10, 20, place="country:US", scope=Scope.REGIONAL, regions=COUNTIES
    )
    assert match([state], [regional], END).true_positives
    texas = label(10, 20, "region:US/Texas")
    assert match([texas], [regional], END).missed


def test_a_national_incident_matches_no_labelled_state():
    state = label(10, 20, "region:US/Louisiana")
    national = detection(10, 20, place="country:US", regions=COUNTIES)
    assert match([state], [national], END).wrong_scope


def test_events_of_single_networks_are_not_scored():
    matching = match([], [detection(1, 2, scope=Scope.OPERATOR)], END)
    assert len(matching.unscored) == 1
    assert not matching.false_alarms


spans = st.tuples(st.integers(0, 200), st.integers(1, 30))


@given(st.lists(spans, max_size=6), st.lists(spans, max_size=6), st.randoms())
def test_matching_is_complete_and_independent_of_order(labels, events, random):
    truth = list({label(a, a + n) for a, n in labels})
    reported = [detection(a, a + n, str(k)) for k, (a, n) in enumerate(events)]
    matching = match(truth, reported, END)
    assert len(matching.true_positives) + len(matching.missed) == len(truth)
    placed = [p.detection.key for p in matching.true_positives + matching.duplicates]
    placed += [p.detection.key for p in matching.wrong_scope]
    placed += [d.key for d in matching.false_alarms]
    assert sorted(placed) == sorted(d.key for d in reported)
    shuffled = random.sample(reported, len(reported))
    assert match(truth, shuffled, END) == matching

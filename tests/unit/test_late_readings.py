"""Late and revised readings are assessed again, and wrong claims are corrected."""

import numpy as np
import pytest

from bot.detection.series_states import are_equal, decode, encode
from bot.detection.source_health import HealthReason
from bot.detection.thresholds import Thresholds
from bot.model.entity import parse_entity
from bot.model.event import IncidentChange
from bot.model.incident import EventKind, State
from bot.model.signal import Chunk, Family
from bot.model.watchlist import group_into_places
from bot.store.serialization import to_json
from bot.tick.assessment import Assessor
from bot.tick.history import History
from bot.tick.rules import AssessmentRules
from tests.signals import START, STEP, WEEK, a_signal, a_week_of

PROBING = a_signal("t.probe")
ROUTES = a_signal("t.routes", Family.CONTROL_PLANE)
KZ = parse_entity("country:KZ")


class LateReadingsHarness:
    """An assessor of one country in two families, given readings in pieces."""

    def __init__(self) -> None:
        self.signals = {s.id: s for s in (PROBING, ROUTES)}
        rows = dict.fromkeys(self.signals, (KZ,))
        self.history = History(self.signals, rows, START, STEP * (WEEK * 2))
        watch = group_into_places({KZ}, {}, {})
        self.assessor = Assessor(self.signals, rows, watch, AssessmentRules(), ())
        self.changes: list[IncidentChange] = []

    def add_readings(self, first: int, *values, signals=(PROBING, ROUTES)) -> None:
        """Add `values` to each signal, one for each bin from bin `first` (0 at START) on."""
        readings = np.asarray(values, dtype=np.float32)
        for signal in signals:
            at = signal.bin_at(START) + first
            self.history.add([Chunk(KZ, signal.id, at, readings)])

    def assess_until(self, bins: int) -> None:
        """Assess all bins before bin `bins` (0 at START), and keep the changes."""
        results = self.assessor.assess(self.history, START + STEP * (bins + 1))
        assessed = {i: s.index for i, s in self.assessor.states.items()}
        self.history.mark_assessed(assessed)
        self.changes += results.changes

    @property
    def kinds(self):
        return [change.event.kind for change in self.changes]


def harness_after_a_week() -> LateReadingsHarness:
    harness = LateReadingsHarness()
    harness.add_readings(0, *a_week_of(weeks=1))
    harness.assess_until(WEEK)
    return harness


def test_drop_that_is_revised_away_is_retracted():  # P11
    harness = harness_after_a_week()
    harness.add_readings(WEEK, 50, 50, 50)
    harness.assess_until(WEEK + 3)
    assert harness.kinds == [EventKind.CONFIRMED]
    harness.add_readings(WEEK, 1000, 1001, 999, 1000, 1002)
    harness.assess_until(WEEK + 5)
    assert harness.kinds == [EventKind.CONFIRMED, EventKind.RETRACTED]
    assert harness.changes[-1].event.reason == "readings-were-revised"
    assert harness.changes[-1].incident.state is State.RETRACTED
    assert harness.changes[-1].incident.restored is None


def test_late_readings_count_like_prompt_ones():
    late, prompt = harness_after_a_week(), harness_after_a_week()
    prompt.add_readings(WEEK, 1000, 50, 50, 50, 50)
    prompt.assess_until(WEEK + 5)
    late.add_readings(WEEK, 1000)
    late.add_readings(WEEK + 3, 50)
    late.assess_until(WEEK + 4)
    assert late.kinds == []
    late.add_readings(WEEK + 1, 50, 50)
    late.add_readings(WEEK + 4, 50)
    late.assess_until(WEEK + 5)
    assert late.kinds == [EventKind.CONFIRMED]
    first = prompt.changes[0].event.facts.timing.onset
    assert late.changes[0].event.facts.timing.onset == first


def test_revision_without_a_new_verdict_makes_no_event():
    harness = harness_after_a_week()
    harness.add_readings(WEEK, 1000, 1000, 1000)
    harness.assess_until(WEEK + 3)
    harness.add_readings(WEEK, 1003, 998, 1001)
    harness.add_readings(WEEK + 3, 1000)
    harness.assess_until(WEEK + 4)
    assert harness.kinds == []


def test_shallower_drop_after_revision_stays_one_incident():  # P2
    harness = harness_after_a_week()
    harness.add_readings(WEEK, 50, 50, 50)
    harness.assess_until(WEEK + 3)
    harness.add_readings(WEEK, 300, 300, 300, 300)
    harness.assess_until(WEEK + 4)
    assert {change.incident.id for change in harness.changes} == {"KZ-2026-0112"}


def test_the_same_readings_again_change_nothing():
    harness = harness_after_a_week()
    harness.add_readings(WEEK, 50, 50, 50)
    harness.assess_until(WEEK + 3)
    harness.add_readings(WEEK, 50, 50, 50)
    assert harness.history.take_changes() == {}


def test_normal_readings_without_a_return_close_nothing():
    """An assessor without the state of a drop never ends the drop's incident."""
    harness = harness_after_a_week()
    harness.add_readings(WEEK, 50, 50, 50)
    harness.assess_until(WEEK + 3)
    incident = harness.changes[0].incident
    rows = dict.fromkeys(harness.signals, (KZ,))
    restarted = Assessor(
        harness.signals,
        rows,
        group_into_places({KZ}, {}, {}),
        AssessmentRules(),
        (incident,),
    )
    results = restarted.assess(harness.history, START + STEP * WEEK)
    assert not results.changes


def harness_in_a_drop() -> LateReadingsHarness:
    """Return a harness with a confirmed incident: KZ at 5% of normal for three hours."""
    harness = harness_after_a_week()
    harness.add_readings(WEEK, 1000, *[50] * 6)
    harness.assess_until(WEEK + 7)
    assert harness.kinds == [EventKind.CONFIRMED]
    return harness


def test_level_that_revisions_do_not_show_is_corrected():  # P11
    harness = harness_in_a_drop()
    published = harness.changes[0].event
    harness.add_readings(WEEK + 1, *[500] * 7)
    harness.assess_until(WEEK + 8)
    corrected = harness.changes[-1]
    assert harness.kinds == [EventKind.CONFIRMED, EventKind.CORRECTED]
    assert corrected.event.reason == "readings-were-revised"
    assert corrected.incident.id == published.incident
    assert corrected.incident.state is State.CONFIRMED
    wrong = corrected.event.facts.wrong_claims
    assert wrong is not None
    assert wrong.lowest == pytest.approx(published.facts.levels.lowest)
    assert (wrong.told_at, wrong.onset) == (published.at, None)
    assert corrected.event.facts.levels.lowest == pytest.approx(0.5, abs=0.02)
    assert corrected.incident.level_min == corrected.event.facts.levels.lowest


def test_correction_leaves_the_published_event_unchanged():  # P11
    harness = harness_in_a_drop()
    published = harness.changes[0]
    before = to_json(published.event), to_json(published.evidence)
    harness.add_readings(WEEK + 1, *[500] * 7)
    harness.assess_until(WEEK + 8)
    assert (to_json(published.event), to_json(published.evidence)) == before


def test_onset_that_late_readings_move_is_corrected():  # P9, P11
    harness = harness_after_a_week()
    harness.add_readings(WEEK, *[1000] * 6, 50, 50, 50)
    harness.assess_until(WEEK + 9)
    published = harness.changes[0].event.facts.timing.onset
    harness.add_readings(WEEK + 2, *[50] * 8)
    harness.assess_until(WEEK + 10)
    corrected = harness.changes[-1].event
    assert corrected.kind is EventKind.CORRECTED
    assert corrected.facts.wrong_claims is not None
    assert corrected.facts.wrong_claims.onset == published
    assert corrected.facts.timing.onset.until <= published.since
    assert harness.changes[-1].incident.onset == corrected.facts.timing.onset


def test_small_revision_makes_no_correction():
    harness = harness_in_a_drop()
    harness.add_readings(WEEK + 1, *[90] * 7)
    harness.assess_until(WEEK + 8)
    assert harness.kinds == [EventKind.CONFIRMED]


def test_correction_is_published_only_once():
    harness = harness_in_a_drop()
    harness.add_readings(WEEK + 1, *[500] * 6)
    for bins in range(WEEK + 8, WEEK + 20):
        harness.add_readings(bins - 1, 500)
        harness.assess_until(bins)
    assert harness.kinds.count(EventKind.CORRECTED) == 1


def test_closed_incident_is_retracted_when_revised_away():  # P11
    harness = harness_in_a_drop()
    harness.add_readings(WEEK + 7, *[1000] * 10)
    harness.assess_until(WEEK + 17)
    assert harness.kinds[-1] is EventKind.RESTORED
    harness.add_readings(WEEK + 1, *[1000] * 17)
    harness.assess_until(WEEK + 18)
    assert harness.kinds[-2:] == [EventKind.RESTORED, EventKind.RETRACTED]
    assert len({change.incident.id for change in harness.changes}) == 1


def test_closed_incident_is_kept_while_readings_show_it():
    harness = harness_in_a_drop()
    harness.add_readings(WEEK + 7, *[1000] * 10)
    harness.assess_until(WEEK + 17)
    harness.add_readings(WEEK + 1, *[100] * 6, *[1000] * 11)
    harness.assess_until(WEEK + 18)
    assert harness.kinds == [EventKind.CONFIRMED, EventKind.RESTORED]


def harness_of_many_countries(factor: float, places: int) -> LateReadingsHarness:
    """Return a harness of KZ and twelve other countries, with revisions before KZ drops.

    The revisions multiply three bins of the first `places` other countries by `factor`.
    """
    harness = LateReadingsHarness()
    codes = [parse_entity(f"country:{a}{b}") for a in "AB" for b in "ABCDEF"]
    rows = dict.fromkeys(harness.signals, (KZ, *codes))
    harness.history = History(harness.signals, rows, START, STEP * (WEEK * 2))
    harness.assessor = Assessor(
        harness.signals,
        rows,
        group_into_places({KZ, *codes}, {}, {}),
        AssessmentRules(),
        (),
    )

    def add_to_all(first: int, values, entities) -> None:
        for signal in harness.signals.values():
            at = signal.bin_at(START) + first
            harness.history.add(
                [Chunk(place, signal.id, at, values) for place in entities]
            )

    week = a_week_of(weeks=2).astype(np.float32)
    add_to_all(0, week[: WEEK + 3], rows["t.probe"])
    harness.assess_until(WEEK + 3)
    add_to_all(WEEK, week[WEEK : WEEK + 3] * factor, codes[:places])
    add_to_all(WEEK + 3, week[WEEK + 3 : WEEK + 6], codes)
    add_to_all(WEEK + 3, week[WEEK + 3 : WEEK + 6] * 0.1, [KZ])
    harness.assess_until(WEEK + 6)
    return harness


def test_source_with_many_revisions_is_distrusted_for_some_time():  # P1, P6
    harness = harness_of_many_countries(factor=1.2, places=5)
    assert not harness.changes
    first = PROBING.bin_at(START) + WEEK
    stale = Thresholds().stale_bins(PROBING)
    assert harness.assessor.states["t.probe"].doubted == (first, first + 3 + stale)
    assert harness.assessor.health["t.probe"].unhealthy
    assert harness.assessor.health["t.probe"].reason is HealthReason.REVISED


@pytest.mark.parametrize(("factor", "places"), [(1.2, 2), (1.05, 12)])
def test_few_or_small_revisions_are_no_fault(factor, places):  # P6
    harness = harness_of_many_countries(factor, places)
    assert harness.kinds == [EventKind.CONFIRMED]


def test_source_without_further_revisions_is_trusted_again():
    harness = harness_of_many_countries(factor=1.2, places=5)
    week = a_week_of(weeks=2).astype(np.float32)
    fallen = week[WEEK + 6 : WEEK + 12] * 0.1
    for signal in harness.signals.values():
        at = signal.bin_at(START) + WEEK + 6
        harness.history.add([Chunk(KZ, signal.id, at, fallen)])
    harness.assess_until(WEEK + 12)
    assert harness.kinds == [EventKind.CONFIRMED]


def test_distrust_of_a_source_survives_a_restart():  # P14
    states = harness_of_many_countries(factor=1.2, places=5).assessor.states["t.probe"]
    assert are_equal(decode(encode(states), states.entities), states)

"""Late and revised readings: assessed again, and published claims corrected."""

import numpy as np
import pytest

from bot.detection.series_states import decode, encode, same
from bot.detection.source_health import HealthReason
from bot.detection.thresholds import Thresholds
from bot.model.entity import parse_entity
from bot.model.incident import EventKind, IncidentChange, State
from bot.model.signal import Chunk, Family
from bot.model.watchlist import group
from bot.store.serialization import to_json
from bot.tick.assessment import Assessor, Rules
from bot.tick.history import History
from tests.signals import START, STEP, WEEK, a_signal, a_week_of

PROBING = a_signal("t.probe")
ROUTES = a_signal("t.routes", Family.CONTROL_PLANE)
KZ = parse_entity("country:KZ")


class Desk:
    """An assessor of one country in two families, given readings in pieces."""

    def __init__(self) -> None:
        self.signals = {s.id: s for s in (PROBING, ROUTES)}
        rows = dict.fromkeys(self.signals, (KZ,))
        self.history = History(self.signals, rows, START, STEP * (WEEK * 2))
        watch = group({KZ}, {}, {})
        self.assessor = Assessor(self.signals, rows, watch, Rules(), ())
        self.changes: list[IncidentChange] = []

    def tell(self, first: int, *values, signals=(PROBING, ROUTES)) -> None:
        """Add readings from bin `first` (counted from START) on."""
        readings = np.asarray(values, dtype=np.float32)
        for signal in signals:
            at = signal.bin_of(START) + first
            self.history.add([Chunk(KZ, signal.id, at, readings)])

    def until(self, bins: int) -> None:
        """Assess what is due after `bins` bins."""
        results = self.assessor.assess(self.history, START + STEP * (bins + 1))
        judged = {i: s.index for i, s in self.assessor.states.items()}
        self.history.mark_assessed(judged)
        self.changes += results.changes

    @property
    def kinds(self):
        return [change.event.kind for change in self.changes]


def a_desk_after_a_week() -> Desk:
    desk = Desk()
    desk.tell(0, *a_week_of(weeks=1))
    desk.until(WEEK)
    return desk


def test_drop_that_is_revised_away_is_retracted():  # P11
    desk = a_desk_after_a_week()
    desk.tell(WEEK, 50, 50, 50)
    desk.until(WEEK + 3)
    assert desk.kinds == [EventKind.CONFIRMED]
    desk.tell(WEEK, 1000, 1001, 999, 1000, 1002)
    desk.until(WEEK + 5)
    assert desk.kinds == [EventKind.CONFIRMED, EventKind.RETRACTED]
    assert desk.changes[-1].event.reason == "readings-were-revised"
    assert desk.changes[-1].incident.state is State.RETRACTED
    assert desk.changes[-1].incident.restored is None


def test_late_readings_count_like_prompt_ones():
    late, prompt = a_desk_after_a_week(), a_desk_after_a_week()
    prompt.tell(WEEK, 1000, 50, 50, 50, 50)
    prompt.until(WEEK + 5)
    late.tell(WEEK, 1000)
    late.tell(WEEK + 3, 50)
    late.until(WEEK + 4)
    assert late.kinds == []
    late.tell(WEEK + 1, 50, 50)
    late.tell(WEEK + 4, 50)
    late.until(WEEK + 5)
    assert late.kinds == [EventKind.CONFIRMED]
    first = prompt.changes[0].event.facts.onset
    assert late.changes[0].event.facts.onset == first


def test_revision_without_a_new_verdict_makes_no_event():
    desk = a_desk_after_a_week()
    desk.tell(WEEK, 1000, 1000, 1000)
    desk.until(WEEK + 3)
    desk.tell(WEEK, 1003, 998, 1001)
    desk.tell(WEEK + 3, 1000)
    desk.until(WEEK + 4)
    assert desk.kinds == []


def test_shallower_drop_after_revision_stays_one_incident():  # P2
    desk = a_desk_after_a_week()
    desk.tell(WEEK, 50, 50, 50)
    desk.until(WEEK + 3)
    desk.tell(WEEK, 300, 300, 300, 300)
    desk.until(WEEK + 4)
    assert {change.incident.id for change in desk.changes} == {"KZ-2026-0112"}


def test_the_same_readings_again_change_nothing():
    desk = a_desk_after_a_week()
    desk.tell(WEEK, 50, 50, 50)
    desk.until(WEEK + 3)
    desk.tell(WEEK, 50, 50, 50)
    assert desk.history.changes() == {}


def test_normal_readings_without_a_return_close_nothing():
    """An assessor that lost its state of the drop must not report a return."""
    desk = a_desk_after_a_week()
    desk.tell(WEEK, 50, 50, 50)
    desk.until(WEEK + 3)
    incident = desk.changes[0].incident
    rows = dict.fromkeys(desk.signals, (KZ,))
    forgetful = Assessor(desk.signals, rows, group({KZ}, {}, {}), Rules(), (incident,))
    results = forgetful.assess(desk.history, START + STEP * WEEK)
    assert not results.changes


def fallen_desk() -> Desk:
    """A day at 5 percent, and what was published about it."""
    desk = a_desk_after_a_week()
    desk.tell(WEEK, 1000, *[50] * 6)
    desk.until(WEEK + 7)
    assert desk.kinds == [EventKind.CONFIRMED]
    return desk


def test_level_that_revisions_do_not_show_is_corrected():  # P11
    desk = fallen_desk()
    published = desk.changes[0].event
    desk.tell(WEEK + 1, *[500] * 7)
    desk.until(WEEK + 8)
    corrected = desk.changes[-1]
    assert desk.kinds == [EventKind.CONFIRMED, EventKind.CORRECTED]
    assert corrected.event.reason == "readings-were-revised"
    assert corrected.incident.id == published.incident
    assert corrected.incident.state is State.CONFIRMED
    wrong = corrected.event.facts.wrong
    assert wrong is not None
    assert wrong.lowest == pytest.approx(published.facts.lowest)
    assert (wrong.told_at, wrong.onset) == (published.at, None)
    assert corrected.event.facts.lowest == pytest.approx(0.5, abs=0.02)
    assert corrected.incident.level_min == corrected.event.facts.lowest


def test_correction_leaves_the_published_event_unchanged():  # P11
    desk = fallen_desk()
    published = desk.changes[0]
    before = to_json(published.event), to_json(published.evidence)
    desk.tell(WEEK + 1, *[500] * 7)
    desk.until(WEEK + 8)
    assert (to_json(published.event), to_json(published.evidence)) == before


def test_onset_that_late_readings_move_is_corrected():  # P9, P11
    desk = a_desk_after_a_week()
    desk.tell(WEEK, *[1000] * 6, 50, 50, 50)
    desk.until(WEEK + 9)
    published = desk.changes[0].event.facts.onset
    desk.tell(WEEK + 2, *[50] * 8)
    desk.until(WEEK + 10)
    corrected = desk.changes[-1].event
    assert corrected.kind is EventKind.CORRECTED
    assert corrected.facts.wrong is not None
    assert corrected.facts.wrong.onset == published
    assert corrected.facts.onset.until <= published.since
    assert desk.changes[-1].incident.onset == corrected.facts.onset


def test_small_revision_makes_no_correction():
    desk = fallen_desk()
    desk.tell(WEEK + 1, *[90] * 7)
    desk.until(WEEK + 8)
    assert desk.kinds == [EventKind.CONFIRMED]


def test_correction_is_published_only_once():
    desk = fallen_desk()
    desk.tell(WEEK + 1, *[500] * 6)
    for bins in range(WEEK + 8, WEEK + 20):
        desk.tell(bins - 1, 500)
        desk.until(bins)
    assert desk.kinds.count(EventKind.CORRECTED) == 1


def test_closed_incident_is_retracted_when_revised_away():  # P11
    desk = fallen_desk()
    desk.tell(WEEK + 7, *[1000] * 10)
    desk.until(WEEK + 17)
    assert desk.kinds[-1] is EventKind.RESTORED
    desk.tell(WEEK + 1, *[1000] * 17)
    desk.until(WEEK + 18)
    assert desk.kinds[-2:] == [EventKind.RESTORED, EventKind.RETRACTED]
    assert len({change.incident.id for change in desk.changes}) == 1


def test_closed_incident_stands_while_readings_show_it():
    desk = fallen_desk()
    desk.tell(WEEK + 7, *[1000] * 10)
    desk.until(WEEK + 17)
    desk.tell(WEEK + 1, *[100] * 6, *[1000] * 11)
    desk.until(WEEK + 18)
    assert desk.kinds == [EventKind.CONFIRMED, EventKind.RESTORED]


def crowded_desk(rewrite: float, places: int) -> Desk:
    """Twelve countries; three bins of some of them are revised afterwards."""
    desk = Desk()
    codes = [parse_entity(f"country:{a}{b}") for a in "AB" for b in "ABCDEF"]
    rows = dict.fromkeys(desk.signals, (KZ, *codes))
    desk.history = History(desk.signals, rows, START, STEP * (WEEK * 2))
    desk.assessor = Assessor(
        desk.signals, rows, group({KZ, *codes}, {}, {}), Rules(), ()
    )

    def tell(first: int, values, entities) -> None:
        for signal in desk.signals.values():
            at = signal.bin_of(START) + first
            desk.history.add(
                [Chunk(place, signal.id, at, values) for place in entities]
            )

    week = a_week_of(weeks=2).astype(np.float32)
    tell(0, week[: WEEK + 3], rows["t.probe"])
    desk.until(WEEK + 3)
    tell(WEEK, week[WEEK : WEEK + 3] * rewrite, codes[:places])
    tell(WEEK + 3, week[WEEK + 3 : WEEK + 6], codes)
    tell(WEEK + 3, week[WEEK + 3 : WEEK + 6] * 0.1, [KZ])
    desk.until(WEEK + 6)
    return desk


def test_source_with_many_revisions_is_distrusted_for_some_time():  # P1, P6
    desk = crowded_desk(rewrite=1.2, places=5)
    assert not desk.changes
    first = PROBING.bin_of(START) + WEEK
    stale = Thresholds().stale_bins(PROBING)
    assert desk.assessor.states["t.probe"].doubted == (first, first + 3 + stale)
    assert desk.assessor.health["t.probe"].unhealthy
    assert desk.assessor.health["t.probe"].reason is HealthReason.REVISED


@pytest.mark.parametrize(("rewrite", "places"), [(1.2, 2), (1.05, 12)])
def test_few_or_small_revisions_are_no_fault(rewrite, places):  # P6
    desk = crowded_desk(rewrite, places)
    assert desk.kinds == [EventKind.CONFIRMED]


def test_source_without_further_revisions_is_trusted_again():
    desk = crowded_desk(rewrite=1.2, places=5)
    week = a_week_of(weeks=2).astype(np.float32)
    fallen = week[WEEK + 6 : WEEK + 12] * 0.1
    for signal in desk.signals.values():
        at = signal.bin_of(START) + WEEK + 6
        desk.history.add([Chunk(KZ, signal.id, at, fallen)])
    desk.until(WEEK + 12)
    assert desk.kinds == [EventKind.CONFIRMED]


def test_distrust_of_a_source_survives_a_restart():  # P14
    states = crowded_desk(rewrite=1.2, places=5).assessor.states["t.probe"]
    assert same(decode(encode(states), states.entities), states)

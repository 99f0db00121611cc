"""Readings that come late or change are judged again; what was said is corrected."""

import numpy as np

from bot.app.history import History
from bot.app.judging import Judge, Rules
from bot.model.entity import parse_entity
from bot.model.incident import Change, EventKind, State
from bot.model.signal import Chunk, Family
from bot.model.watch import group
from tests.signals import START, STEP, WEEK, a_signal, a_week_of

PROBING = a_signal("t.probe")
ROUTES = a_signal("t.routes", Family.CONTROL_PLANE)
KZ = parse_entity("country:KZ")


class Desk:
    """A judge over one country in two families, told readings piece by piece."""

    def __init__(self) -> None:
        self.signals = {s.id: s for s in (PROBING, ROUTES)}
        rows = dict.fromkeys(self.signals, (KZ,))
        self.history = History(self.signals, rows, START, STEP * (WEEK * 2))
        watch = group({KZ}, {}, {})
        self.judge = Judge(self.signals, rows, watch, Rules(), ())
        self.changes: list[Change] = []

    def tell(self, first: int, *values, signals=(PROBING, ROUTES)) -> None:
        """Readings from bin `first` (since START) on."""
        told = np.asarray(values, dtype=np.float32)
        for signal in signals:
            at = signal.bin_of(START) + first
            self.history.absorb([Chunk(KZ, signal.id, at, told)])

    def until(self, bins: int) -> None:
        """Judge what is due after `bins` bins."""
        found = self.judge.conclude(self.history, START + STEP * (bins + 1))
        judged = {i: s.index for i, s in self.judge.states.items()}
        self.history.judged(judged)
        self.changes += found.changes

    @property
    def kinds(self):
        return [change.event.kind for change in self.changes]


def a_desk_after_a_week() -> Desk:
    desk = Desk()
    desk.tell(0, *a_week_of(weeks=1))
    desk.until(WEEK)
    return desk


def test_a_drop_that_a_revision_takes_back_is_retracted_and_not_restored():  # P11
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


def test_readings_that_come_late_are_judged_as_if_they_had_come_in_time():
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


def test_a_revision_that_changes_no_verdict_says_nothing():
    desk = a_desk_after_a_week()
    desk.tell(WEEK, 1000, 1000, 1000)
    desk.until(WEEK + 3)
    desk.tell(WEEK, 1003, 998, 1001)
    desk.tell(WEEK + 3, 1000)
    desk.until(WEEK + 4)
    assert desk.kinds == []


def test_a_drop_that_a_revision_makes_shallower_stays_one_incident():  # P2
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


def test_what_reads_ordinary_without_ever_having_come_back_closes_nothing():
    """A judge that lost its memory of the drop must not call it restored."""
    desk = a_desk_after_a_week()
    desk.tell(WEEK, 50, 50, 50)
    desk.until(WEEK + 3)
    incident = desk.changes[0].incident
    rows = dict.fromkeys(desk.signals, (KZ,))
    forgetful = Judge(desk.signals, rows, group({KZ}, {}, {}), Rules(), (incident,))
    found = forgetful.conclude(desk.history, START + STEP * WEEK)
    assert not found.changes

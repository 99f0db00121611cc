"""Work that fails for one incident is reported and tried again; others go on."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot import bootstrap
from bot.clock import StillClock
from bot.config.sections import Config
from bot.detection.classification.rules import classify
from bot.editorial.corrections import CorrectionMarker
from bot.editorial.deciding import Classifier, Decider
from bot.editorial.isolation import FAILED, Isolation
from bot.editorial.manual_corrections import ManualCorrections
from bot.errors import RecordDamaged, RenderingError, StoreError
from bot.incidents import transitions
from bot.model.draft import Action
from bot.model.incident import EventKind
from bot.model.operations import AlertKind
from bot.policy.publication_rules import Policy, PolicyRule
from bot.publishing.alerts import AlertSender, AlertTargets
from bot.publishing.channel_worker import RetryDelays
from bot.publishing.publisher import Pacing, Publisher
from bot.replay import run
from bot.sources.recording.source import load
from bot.store.sql_store import SqlStore, open_store
from bot.tick import runner as rooms
from bot.tick.assessment import Assessor
from bot.tick.loop import Loop
from bot.tick.runner import apply_corrections
from tests.contract.stored import PNG, T0, change, decision, draft, post, record
from tests.fakes import FakeChannel, FakeRenderer
from tests.signals import a_signal, a_week_of, judged
from tests.stories import blackout

SICK, WELL = "KZ-2022-0104", "KZ-2022-0105"
MINUTE = timedelta(minutes=1)
ALL_OUT = Policy((PolicyRule("all-out", Action.PUBLISH),), stale_after=None)


@dataclass
class SickRenderer(FakeRenderer):
    """A renderer whose methods raise `error`, if it is not None, for the incident SICK."""

    error: Exception | None = field(default_factory=lambda: ArithmeticError("1e24"))
    drafted: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)

    def _befall(self, incident: str) -> None:
        if incident == SICK and self.error is not None:
            raise self.error

    def draft(self, event, evidence, outlets):
        self.drafted.append(event.key)
        self._befall(event.incident)
        return super().draft(event, evidence, outlets)

    def marked(self, event, outlet, words):
        self._befall(event.incident)
        return super().marked(event, outlet, words)

    def publish_page(self, report):
        self._befall(report.incident.id)
        self.pages.append(report.incident.id)


@dataclass
class IsolationHarness:
    store: SqlStore
    clock: StillClock = field(default_factory=lambda: StillClock(T0))
    renderer: SickRenderer = field(default_factory=SickRenderer)

    def __post_init__(self) -> None:
        record(self.store, change(1, SICK), change(2, SICK), change(1, WELL))
        self.channels = {"x": FakeChannel("x")}
        self.isolation = Isolation(self.store, self.clock)
        self.decider = Decider(
            self.store,
            self.renderer,
            self.channels,
            ALL_OUT,
            self.clock,
            isolation=self.isolation,
        )

    def decide(self, after: timedelta = timedelta(0)) -> list[str]:
        self.clock.sleep(after)
        self.renderer.drafted.clear()
        return [event.key for event in self.decider.decide_all()]


@pytest.fixture
def harness() -> Iterator[IsolationHarness]:
    store = open_store(":memory:")
    yield IsolationHarness(store)
    store.close()


def test_incident_without_draft_does_not_delay_others(harness):
    assert harness.decide() == [f"{WELL}.1"]
    assert harness.renderer.drafted == [f"{SICK}.1", f"{WELL}.1"]  # .2 waits for .1
    (trouble,) = harness.isolation.alerts()
    assert (trouble.kind, trouble.subject, trouble.since) == (
        AlertKind.INCIDENT,
        SICK,
        T0,
    )
    assert trouble.note == "draft: ArithmeticError"


def test_failed_work_waits_longer_until_a_restart(harness):
    harness.decide()
    waits = []
    for minute in range(1, 200):
        harness.decide(MINUTE)
        if harness.renderer.drafted:
            waits.append(minute)
    assert waits == [5, 15, 35, 75, 155]
    harness.decider._isolation = Isolation(harness.store, harness.clock)
    harness.decide()
    assert harness.renderer.drafted == [f"{SICK}.1"]


def test_no_wait_exceeds_six_hours_of_any_clock(harness):
    for _ in range(30):
        harness.decide(timedelta(hours=6))
        assert harness.renderer.drafted[0] == f"{SICK}.1"
    harness.decide(timedelta(days=-30))
    assert harness.renderer.drafted == [f"{SICK}.1"]


def test_failed_rendering_is_tried_again_every_tick(harness):
    harness.renderer.error = RenderingError("no words")
    for _ in range(3):
        harness.decide()
        assert harness.renderer.drafted[0] == f"{SICK}.1"
    assert harness.isolation.alerts()[0].note == "draft: RenderingError: no words"
    harness.renderer.error = None
    assert harness.decide() == [f"{SICK}.1", f"{SICK}.2"]
    assert harness.isolation.alerts() == ()


def test_reason_is_stored_once_and_without_secrets(harness):  # P17
    harness.renderer.error = ArithmeticError("a secret")
    for _ in range(9):
        harness.decide(timedelta(hours=1))
    (silence,) = harness.store.incidents.abstentions()
    assert (silence.outcome, silence.rule) == (FAILED, "draft-failed")
    assert silence.reason == f"{SICK}: ArithmeticError"
    assert silence.place == change(1, SICK).incident.place


def test_without_a_store_everything_stops(harness):
    harness.renderer.error = StoreError("the disk is full")
    with pytest.raises(StoreError):
        harness.decide()


def test_damaged_record_stops_only_its_own_incident(harness):
    harness.renderer.error = RecordDamaged("stored bytes no longer have the hash")
    assert harness.decide() == [f"{WELL}.1"]


def test_failed_classification_does_not_stop_others(harness, monkeypatch):
    def sick(event, evidence, others):
        if event.incident == SICK:
            raise ZeroDivisionError
        return classify(event, evidence, others)

    monkeypatch.setattr("bot.editorial.deciding.classify", sick)
    classified = Classifier(harness.store, harness.isolation).classify_all()
    assert [c.incident for c in classified] == [WELL]
    assert [event.incident for event in harness.store.classifications.pending()] == [
        SICK,
        SICK,
    ]


def test_failed_mark_does_not_stop_other_marks(harness):
    class Editable(FakeChannel):
        def outlet(self):
            return replace(super().outlet(), edits=True)

    harness.renderer.error = None
    channels = {"x": Editable("x")}
    publisher = Publisher(
        harness.store, channels, harness.clock, Pacing(RetryDelays(), None)
    )
    harness.decide()
    for _ in range(3):
        publisher.publish_due()
    for incident, seq in ((SICK, 3), (WELL, 2)):
        wrong = change(seq, incident)
        retracted = replace(wrong.event, kind=EventKind.RETRACTED)
        record(harness.store, replace(wrong, event=retracted))
    harness.decide()
    for _ in range(3):
        publisher.publish_due()
    harness.renderer.error = ArithmeticError()
    marker = CorrectionMarker(
        harness.store, harness.renderer, channels, harness.clock, harness.isolation
    )
    assert marker.mark_all() > 0
    marks = [
        d.post for d in harness.store.deliveries.all() if d.post.amends is not None
    ]
    assert {mark.incident for mark in marks} == {WELL}


def test_failed_manual_correction_does_not_stop_others(harness):
    bench = ManualCorrections(harness.store, harness.clock)
    for incident in (SICK, WELL):
        bench.apply(incident, EventKind.RETRACTED, "It was wrong.", "Ada")

    ruled = []

    class SickAssessor(Assessor):
        def __init__(self) -> None:
            """Create an assessor without series."""

        def apply_correction(self, change):
            if change.incident.id == SICK:
                raise KeyError(SICK)
            ruled.append(change.incident.id)

    apply_corrections(harness.store, SickAssessor(), T0, harness.isolation)
    assert ruled == [WELL]
    assert [trouble.subject for trouble in harness.isolation.alerts()] == [SICK]


def test_post_that_breaks_a_channel_does_not_stop_others(harness):
    class Sick(FakeChannel):
        def send(self, post, picture):
            if post.incident == SICK:
                raise UnicodeError(post.key)
            return super().send(post, picture)

    channel = Sick("x")
    events = [harness.store.incidents.event(key) for key in (f"{SICK}.1", f"{WELL}.1")]
    for event in events:
        posts = [post(event, "x")]
        harness.store.drafts.save(draft(event), PNG, (decision(event),), posts)
    publisher = Publisher(
        harness.store, {"x": channel}, harness.clock, Pacing(RetryDelays(), None)
    )
    with pytest.raises(UnicodeError):
        publisher.publish_due()
    assert [sent.incident for sent in channel.posts] == [WELL]
    assert [sent.post.incident for sent in publisher.collect_sent()] == [WELL]


def test_failed_assessment_of_a_place_does_not_stop_others(monkeypatch):
    advance = transitions.advance

    def sick(before, verdict, timing, checked):
        if verdict.place.code == "IR":
            raise OverflowError
        return advance(before, verdict, timing, checked)

    monkeypatch.setattr(transitions, "advance", sick)
    values = a_week_of()
    values[-20:] = 10.0
    signal = a_signal()
    series = {(signal, f"country:{code}"): values for code in ("IR", "KZ")}
    results, judge = judged(series)
    assert {str(c.incident.place) for c in results.changes} == {"country:KZ"}
    (trouble,) = judge.failures.values()
    assert (trouble.subject, trouble.note) == ("country:IR", "judgement: OverflowError")
    failed = [s for s in results.silences if s.outcome == FAILED]
    assert [(str(s.place), s.reason) for s in failed] == [
        ("country:IR", "OverflowError")
    ]


def test_start_survives_an_incident_whose_page_fails(tmp_path):
    """P15: a page that fails is recorded as unwritten, and is written in a later tick."""
    recording = load(blackout(tmp_path / "recording"))
    application, clock = bootstrap.build_replay(recording, tmp_path / "out", Config())
    record(application.store, change(1, SICK), change(1, WELL))
    renderer = SickRenderer()
    components = replace(application.runner._components, renderer=renderer)
    room = rooms.TickRunner(components, rooms.Retention(recording.span.width))
    lag = max(signal.lag for signal in recording.signals)
    ticks: list[rooms.TickResult] = []
    run.play(room, clock, recording.span, lag, ticks.append)
    assert WELL in renderer.pages
    assert SICK not in renderer.pages
    assert SICK in room._pages.unwritten()
    assert any(event.incident.startswith("IR") for t in ticks for event in t.events)
    (problem,) = ticks[-1].pages_failed
    assert problem.startswith(SICK)
    renderer.error = None
    clock.sleep(timedelta(hours=6))
    assert room.tick().pages_failed == ()
    assert SICK in renderer.pages
    assert SICK not in room._pages.unwritten()
    application.store.close()


def test_failed_incident_alerts_operators_and_heartbeats_continue(harness):  # P19
    bell, beats = FakeChannel("operators"), []

    class Heart:
        def beat(self) -> None:
            beats.append(1)

    class Room(rooms.TickRunner):
        def __init__(self) -> None:
            """Create a runner without sources or a store."""

        def tick(self) -> rooms.TickResult:
            harness.decide()
            alerts = harness.isolation.alerts()
            return rooms.TickResult(T0, (), (), (), alerts=alerts)

    alarm = AlertSender(
        harness.store, FakeRenderer(), harness.clock, AlertTargets(bell, Heart())
    )
    loop = Loop(Room(), harness.clock, MINUTE, lambda _: None, alarm)
    for _ in range(3):
        loop.run(once=True)
    assert [alert.text for alert in bell.posts] == [f"incident {SICK}"]
    assert len(beats) == 3

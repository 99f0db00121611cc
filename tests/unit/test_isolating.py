"""Work that fails for one incident is reported and retried; other incidents go on."""

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
from bot.editorial.isolation import FAILED_OUTCOME, Isolation
from bot.editorial.manual_corrections import ManualCorrections
from bot.errors import RecordDamaged, RenderingError, StoreError
from bot.incidents import transitions
from bot.model.draft import Action
from bot.model.incident import EventKind
from bot.model.operations import AlertKind
from bot.policy.publication_rules import Policy, PolicyRule
from bot.publishing.alerts import AlertSender, AlertTargets
from bot.publishing.publisher import PostTiming, Publisher
from bot.publishing.retry_delays import RetryDelays
from bot.replay import run
from bot.sources.recording.source import load_recording
from bot.store.sql_store import SqlStore, open_store
from bot.tick import runner as tick_runner
from bot.tick.assessment import Assessor
from bot.tick.loop import Loop
from bot.tick.manual_corrections import apply_corrections
from bot.tick.report_pages import ReportPages
from tests.contract.stored import PNG, T0, change, decision, draft, post, record
from tests.fakes import FakeChannel, FakeRenderer
from tests.signals import a_signal, a_week_of, assess
from tests.stories import blackout

FAILING, HEALTHY = "KZ-2022-0104", "KZ-2022-0105"
MINUTE = timedelta(minutes=1)
PUBLISH_ALL = Policy((PolicyRule("all-out", Action.PUBLISH),), stale_after=None)


@dataclass
class FailingRenderer(FakeRenderer):
    """A renderer whose methods raise `error`, if it is not None, for the incident FAILING."""

    error: Exception | None = field(default_factory=lambda: ArithmeticError("1e24"))
    drafted: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)

    def _raise_if_failing(self, incident: str) -> None:
        if incident == FAILING and self.error is not None:
            raise self.error

    def draft(self, event, evidence, outlets):
        self.drafted.append(event.key)
        self._raise_if_failing(event.incident)
        return super().draft(event, evidence, outlets)

    def mark_as_wrong(self, event, outlet, words):
        self._raise_if_failing(event.incident)
        return super().mark_as_wrong(event, outlet, words)

    def publish_page(self, report):
        self._raise_if_failing(report.incident.id)
        self.pages.append(report.incident.id)


@dataclass
class IsolationHarness:
    store: SqlStore
    clock: StillClock = field(default_factory=lambda: StillClock(T0))
    renderer: FailingRenderer = field(default_factory=FailingRenderer)

    def __post_init__(self) -> None:
        record(self.store, change(1, FAILING), change(2, FAILING), change(1, HEALTHY))
        self.channels = {"x": FakeChannel("x")}
        self.isolation = Isolation(self.store, self.clock)
        self.decider = Decider(
            self.store,
            self.renderer,
            self.channels,
            PUBLISH_ALL,
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
    assert harness.decide() == [f"{HEALTHY}.1"]
    assert harness.renderer.drafted == [
        f"{FAILING}.1",
        f"{HEALTHY}.1",
    ]  # event 2 waits until event 1 has its draft
    (alert,) = harness.isolation.alerts()
    assert (alert.kind, alert.subject, alert.since) == (
        AlertKind.INCIDENT,
        FAILING,
        T0,
    )
    assert alert.note == "draft: ArithmeticError"


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
    assert harness.renderer.drafted == [f"{FAILING}.1"]


def test_no_wait_exceeds_six_hours_of_any_clock(harness):
    for _ in range(30):
        harness.decide(timedelta(hours=6))
        assert harness.renderer.drafted[0] == f"{FAILING}.1"
    harness.decide(timedelta(days=-30))
    assert harness.renderer.drafted == [f"{FAILING}.1"]


def test_failed_rendering_is_tried_again_every_tick(harness):
    harness.renderer.error = RenderingError("no words")
    for _ in range(3):
        harness.decide()
        assert harness.renderer.drafted[0] == f"{FAILING}.1"
    assert harness.isolation.alerts()[0].note == "draft: RenderingError: no words"
    harness.renderer.error = None
    assert harness.decide() == [f"{FAILING}.1", f"{FAILING}.2"]
    assert harness.isolation.alerts() == ()


def test_reason_is_stored_once_and_without_secrets(harness):  # P17
    harness.renderer.error = ArithmeticError("a secret")
    for _ in range(9):
        harness.decide(timedelta(hours=1))
    (abstention,) = harness.store.incidents.abstentions()
    assert (abstention.outcome, abstention.rule) == (FAILED_OUTCOME, "draft-failed")
    assert abstention.reason == f"{FAILING}: ArithmeticError"
    assert abstention.place == change(1, FAILING).incident.place


def test_without_a_store_everything_stops(harness):
    harness.renderer.error = StoreError("the disk is full")
    with pytest.raises(StoreError):
        harness.decide()


def test_damaged_record_stops_only_its_own_incident(harness):
    harness.renderer.error = RecordDamaged("stored bytes no longer have the hash")
    assert harness.decide() == [f"{HEALTHY}.1"]


def test_failed_classification_does_not_stop_others(harness, monkeypatch):
    def failing_classify(event, evidence, others):
        if event.incident == FAILING:
            raise ZeroDivisionError
        return classify(event, evidence, others)

    monkeypatch.setattr("bot.editorial.deciding.classify", failing_classify)
    classified = Classifier(harness.store, harness.isolation).classify_all()
    assert [c.incident for c in classified] == [HEALTHY]
    assert [event.incident for event in harness.store.classifications.pending()] == [
        FAILING,
        FAILING,
    ]


def test_failed_mark_does_not_stop_other_marks(harness):
    class ChannelWithEdits(FakeChannel):
        def outlet(self):
            return replace(super().outlet(), edits=True)

    harness.renderer.error = None
    channels = {"x": ChannelWithEdits("x")}
    publisher = Publisher(
        harness.store, channels, harness.clock, PostTiming(RetryDelays(), None)
    )
    harness.decide()
    for _ in range(3):
        publisher.publish_due()
    for incident, seq in ((FAILING, 3), (HEALTHY, 2)):
        recorded = change(seq, incident)
        retracted = replace(recorded.event, kind=EventKind.RETRACTED)
        record(harness.store, replace(recorded, event=retracted))
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
    assert {mark.incident for mark in marks} == {HEALTHY}


def test_failed_manual_correction_does_not_stop_others(harness):
    manual_corrections = ManualCorrections(harness.store, harness.clock, "")
    for incident in (FAILING, HEALTHY):
        manual_corrections.record(incident, EventKind.RETRACTED, "It was wrong.", "Ada")

    corrected = []

    class FailingAssessor(Assessor):
        def __init__(self) -> None:
            """Create an assessor without series."""

        def apply_correction(self, change):
            if change.incident.id == FAILING:
                raise KeyError(FAILING)
            corrected.append(change.incident.id)

    apply_corrections(harness.store, FailingAssessor(), T0, harness.isolation)
    assert corrected == [HEALTHY]
    assert [alert.subject for alert in harness.isolation.alerts()] == [FAILING]


def test_post_that_breaks_a_channel_does_not_stop_others(harness):
    class FailingChannel(FakeChannel):
        def send(self, post, picture):
            if post.incident == FAILING:
                raise UnicodeError(post.key)
            return super().send(post, picture)

    channel = FailingChannel("x")
    events = [
        harness.store.incidents.event(key) for key in (f"{FAILING}.1", f"{HEALTHY}.1")
    ]
    for event in events:
        posts = [post(event, "x")]
        harness.store.drafts.save(draft(event), PNG, (decision(event),), posts)
    publisher = Publisher(
        harness.store, {"x": channel}, harness.clock, PostTiming(RetryDelays(), None)
    )
    with pytest.raises(UnicodeError):
        publisher.publish_due()
    assert [sent.incident for sent in channel.posts] == [HEALTHY]
    assert [sent.post.incident for sent in publisher.collect_sent()] == [HEALTHY]


def test_failed_assessment_of_a_place_does_not_stop_others(monkeypatch):
    advance = transitions.next_transition

    def failing_advance(before, verdict, timing, checked):
        if verdict.place.code == "IR":
            raise OverflowError
        return advance(before, verdict, timing, checked)

    monkeypatch.setattr(transitions, "next_transition", failing_advance)
    values = a_week_of()
    values[-20:] = 10.0
    signal = a_signal()
    series = {(signal, f"country:{code}"): values for code in ("IR", "KZ")}
    results, assessor = assess(series)
    assert {str(c.incident.place) for c in results.changes} == {"country:KZ"}
    (alert,) = assessor.failures.values()
    assert (alert.subject, alert.note) == ("country:IR", "judgement: OverflowError")
    failed = [s for s in results.abstentions if s.outcome == FAILED_OUTCOME]
    assert [(str(s.place), s.reason) for s in failed] == [
        ("country:IR", "OverflowError")
    ]


def test_start_survives_an_incident_whose_page_fails(tmp_path):
    """P15: a page that fails is recorded as unwritten, and is written in a later tick."""
    recording = load_recording(blackout(tmp_path / "recording"))
    application, clock = bootstrap.build_replay(recording, tmp_path / "out", Config())
    record(application.store, change(1, FAILING), change(1, HEALTHY))
    renderer = FailingRenderer()
    pages = ReportPages(application.store, renderer)
    components = replace(application.runner._components, pages=pages)
    runner = tick_runner.TickRunner(
        components, tick_runner.Retention(recording.span.width)
    )
    lag = max(signal.lag for signal in recording.signals)
    ticks: list[tick_runner.TickResult] = []
    run.run_ticks(runner, clock, recording.span, lag, ticks.append)
    assert HEALTHY in renderer.pages
    assert FAILING not in renderer.pages
    assert FAILING in runner._pages.outdated_incidents()
    assert any(event.incident.startswith("IR") for t in ticks for event in t.events)
    (problem,) = ticks[-1].pages_failed
    assert problem.startswith(FAILING)
    renderer.error = None
    clock.sleep(timedelta(hours=6))
    assert runner.tick().pages_failed == ()
    assert FAILING in renderer.pages
    assert FAILING not in runner._pages.outdated_incidents()
    application.store.close()


def test_failed_incident_alerts_operators_and_heartbeats_continue(harness):  # P19
    notifier, beats = FakeChannel("operators"), []

    class CountedHeartbeat:
        def beat(self) -> None:
            beats.append(1)

    class DecidingRunner(tick_runner.TickRunner):
        def __init__(self) -> None:
            """Create a runner without sources or a store."""

        def tick(self) -> tick_runner.TickResult:
            harness.decide()
            alerts = harness.isolation.alerts()
            return tick_runner.TickResult(T0, (), (), (), alerts=alerts)

    alert_sender = AlertSender(
        harness.store,
        FakeRenderer(),
        harness.clock,
        AlertTargets(notifier, CountedHeartbeat()),
    )
    loop = Loop(DecidingRunner(), harness.clock, MINUTE, lambda _: None, alert_sender)
    for _ in range(3):
        loop.run(once=True)
    assert [alert.text for alert in notifier.posts] == [f"incident {FAILING}"]
    assert len(beats) == 3

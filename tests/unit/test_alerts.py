"""Operators are alerted to a problem that stops publication, and again while it lasts."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.clock import StillClock
from bot.config.sections import Config
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.incident import EventKind
from bot.model.operations import ALL_CHANNELS, AlertKind, OperatorAlert, Pause
from bot.places import load_register
from bot.publishing.alerts import AlertSender, AlertTargets, AlertTiming
from bot.publishing.channel_worker import RetryDelays
from bot.publishing.publisher import Pacing, Publisher
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.store.sql_store import SqlStore, open_store
from bot.text.translations import environment, templates_root
from bot.tick.loop import Loop
from bot.tick.runner import TickResult, TickRunner
from tests.contract.stored import PNG, T0, change, decision, draft, post, record
from tests.fakes import FakeChannel, FakeRenderer

MINUTES = timedelta(minutes=5)
AWAY = ChannelUnavailable("not reached")


@dataclass
class FakeHeartbeat:
    beats: int = 0

    def beat(self) -> None:
        self.beats += 1


@dataclass
class AlertHarness:
    store: SqlStore
    clock: StillClock
    x: FakeChannel
    operators: FakeChannel = field(default_factory=lambda: FakeChannel("operators"))
    heartbeat: FakeHeartbeat = field(default_factory=FakeHeartbeat)

    def __post_init__(self) -> None:
        pacing = Pacing(RetryDelays(MINUTES, timedelta(minutes=1)), None)
        self.publisher = Publisher(self.store, {"x": self.x}, self.clock, pacing)
        self.alarm = AlertSender(
            self.store,
            FakeRenderer(),
            self.clock,
            AlertTargets(self.operators, self.heartbeat),
            AlertTiming(),
        )

    def queue(self, seq: int = 1, kind: EventKind | None = None) -> None:
        (event,) = record(self.store, change(seq))
        posts = [post(event, "x", made_at=self.clock.now(), kind=kind or event.kind)]
        self.store.drafts.save(draft(event), PNG, (decision(event),), posts)

    def round(self, **failed: str) -> list[str]:
        """Let five minutes pass, publish what is due, and return the kinds of the due alerts.

        Args:
            failed: the error of each failure, by the value of its `AlertKind`.
        """
        self.clock.sleep(MINUTES)
        self.publisher.publish_due()
        failures = {AlertKind(name): why for name, why in failed.items()}
        return [str(t.kind) for t in self.alarm.after_tick(failures)]


@pytest.fixture
def watch() -> Iterator[AlertHarness]:
    store = open_store(":memory:")
    yield AlertHarness(store, StillClock(T0), FakeChannel("x"))
    store.close()


def test_while_all_is_well_nobody_is_told(watch):
    watch.queue()
    assert [watch.round() for _ in range(10)] == [[]] * 10
    assert watch.operators.posts == []
    assert watch.heartbeat.beats == 10


def test_nothing_published_though_something_was_due_rings_once(watch):
    watch.queue()
    watch.x.script.extend([AWAY] * 50)
    told = [watch.round() for _ in range(8)]
    assert told == [[], [], [], ["stuck", "late"], [], [], [], []]
    assert watch.operators.posts[0].text == "stuck\nlate KZ-2022-0104.1/x"


def test_what_lasts_is_told_again_and_what_ended_is_not(watch):
    watch.queue()
    watch.x.script.extend([AWAY] * 200)
    for _ in range(4):
        watch.round()
    assert len(watch.operators.posts) == 1
    watch.clock.sleep(timedelta(hours=6))
    assert watch.round() == ["stuck", "late"]
    watch.x.script.clear()
    watch.clock.sleep(timedelta(hours=12))
    watch.round()
    assert watch.round() == []


def test_a_post_that_needs_a_person_or_was_refused_is_told(watch):
    watch.queue(1)
    watch.x.script.append(ChannelRefused("too long"))
    assert watch.round() == ["refused"]
    watch.queue(2)
    watch.x.script.extend([ChannelUnknown("no answer"), ChannelUnknown("cannot look")])
    watch.round()
    assert watch.round() == ["person"]


def test_posts_that_a_pause_holds_back_are_told(watch):
    watch.queue()
    watch.store.pauses.pause(Pause(ALL_CHANNELS, "Ada", "moving", T0))
    assert [watch.round() for _ in range(5)] == [[], [], [], ["stopped"], []]


def test_a_correction_that_is_not_let_out_is_told(watch):
    watch.queue()
    watch.round()
    one = change(2)
    record(
        watch.store, replace(one, event=replace(one.event, kind=EventKind.RETRACTED))
    )
    watch.clock.sleep(timedelta(minutes=20))
    assert watch.round() == ["owed"]


def test_rounds_that_fail_thrice_are_told_and_stop_the_heart(watch):
    assert [watch.round(loop="KeyError") for _ in range(4)] == [[], [], ["loop"], []]
    assert watch.heartbeat.beats == 0
    watch.round()
    assert [watch.round(silent="no answer") for _ in range(3)] == [[], [], ["silent"]]


def test_a_page_that_cannot_be_written_is_reported_at_once(watch):  # P15, P19
    assert [watch.round(page="the disk is full") for _ in range(2)] == [["page"], []]
    assert watch.heartbeat.beats == 2
    watch.round()
    assert watch.round(page="the disk is full") == ["page"]


def test_the_loop_passes_on_which_pages_failed(watch):
    class Failing(TickRunner):
        def __init__(self) -> None:
            """Create a runner without sources or a store."""

        def tick(self) -> TickResult:
            pages = ("KZ-2022-0104: the disk is full", "the front page: no room")
            return TickResult(T0, (), (), (), pages_failed=pages)

    loop = Loop(Failing(), watch.clock, MINUTES, lambda _: None, watch.alarm)
    loop.run(once=True)
    assert [post.text for post in watch.operators.posts] == ["page"]


def test_a_tick_stopped_before_any_answer_counts_as_silent(watch):
    class Stopped(TickRunner):
        def __init__(self) -> None:
            """Create a runner without sources or a store."""

        def tick(self) -> TickResult:
            return TickResult(T0, (), (), (), any_answer=False)

    loop = Loop(Stopped(), watch.clock, MINUTES, lambda _: None, watch.alarm)
    for _ in range(3):
        loop.run(once=True)
    assert loop.failures == 0
    assert [post.text for post in watch.operators.posts] == ["silent"]


def test_an_alarm_that_did_not_arrive_rings_again(watch):
    watch.queue()
    watch.x.script.extend([AWAY] * 50)
    watch.operators.script.append(ChannelUnavailable("not reached"))
    for _ in range(4):
        watch.round()
    assert watch.operators.posts == []
    assert watch.round() == ["stuck", "late"]
    assert len(watch.operators.posts) == 1


def test_the_letter_names_each_trouble_and_what_to_do(tmp_path):
    renderer = TemplateRenderer(
        load_register(),
        tmp_path,
        Config().site.base_url,
        "",
        environment(templates_root(), all_brands()),
    )
    every = [
        OperatorAlert(woe, "KZ-2022-0104.1/x", T0, "the last error")
        for woe in AlertKind
    ]
    letter = renderer.alert_letter(every, T0)
    subject, _, body = letter.partition("\n")
    assert subject.startswith("Nothing could be published: KZ-2022-0104.1/x")
    assert "outagewire deliveries settle" in body
    assert body.count("the last error") == len(AlertKind)
    assert letter.count("since 2026-01-08 00:00 UTC") == len(AlertKind)

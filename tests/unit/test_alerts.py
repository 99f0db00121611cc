"""Operators are alerted to a problem that stops publication, and again while it lasts."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.clock import StillClock
from bot.config.sections import Config
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.draft import DraftState
from bot.model.incident import EventKind
from bot.model.operations import ALL_CHANNELS, AlertKind, OperatorAlert, Pause
from bot.places import load_register
from bot.policy.reasons import DelayReason
from bot.publishing.alerts import (
    KINDS_WITH_END_REPORT,
    AlertSender,
    AlertTargets,
    AlertTiming,
)
from bot.publishing.publisher import PostTiming, Publisher
from bot.publishing.retry_delays import RetryDelays
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.store.sql_store import SqlStore, open_store
from bot.text.translations import environment, templates_root
from bot.tick.loop import Loop
from bot.tick.runner import TickResult, TickRunner
from tests.contract.stored import PNG, T0, change, decision, draft, post, record
from tests.fakes import FakeChannel, FakeRenderer

FIVE_MINUTES = timedelta(minutes=5)
UNAVAILABLE = ChannelUnavailable("not reached")


@dataclass
class FakeHeartbeat:
    beats: int = 0
    refusal: str | None = None

    def beat(self) -> str | None:
        self.beats += 1
        return self.refusal


@dataclass
class AlertHarness:
    store: SqlStore
    clock: StillClock
    x: FakeChannel
    operators: FakeChannel = field(default_factory=lambda: FakeChannel("operators"))
    heartbeat: FakeHeartbeat = field(default_factory=FakeHeartbeat)

    def __post_init__(self) -> None:
        delays = RetryDelays(FIVE_MINUTES, timedelta(minutes=1))
        pacing = PostTiming(delays, None, guard=None)
        self.publisher = Publisher(self.store, {"x": self.x}, self.clock, pacing)
        self.restart()

    def restart(self) -> None:
        """Begin with a new sender, as after a restart of the program."""
        self.alert_sender = AlertSender(
            self.store,
            FakeRenderer(),
            self.clock,
            AlertTargets(self.operators, self.heartbeat),
            AlertTiming(),
        )

    def queue(self, seq: int = 1, kind: EventKind | None = None) -> None:
        (event,) = record(self.store, change(seq))
        posts = [post(event, "x", made_at=self.clock.now(), kind=kind or event.kind)]
        approved = draft(event, state=DraftState.APPROVED)
        self.store.drafts.save(approved, PNG, (decision(event),), posts)

    def tick(self, **failed: str) -> list[str]:
        """Let five minutes pass, publish what is due, and return the kinds of the due alerts.

        Args:
            failed: the error of each failure, by the value of its `AlertKind`.
        """
        self.clock.sleep(FIVE_MINUTES)
        self.publisher.publish_due()
        failures = {AlertKind(name): error for name, error in failed.items()}
        return [str(t.kind) for t in self.alert_sender.after_tick(failures)]


@pytest.fixture
def harness() -> Iterator[AlertHarness]:
    store = open_store(":memory:")
    yield AlertHarness(store, StillClock(T0), FakeChannel("x"))
    store.close()


def test_no_alert_is_sent_while_ticks_succeed(harness):
    harness.queue()
    assert [harness.tick() for _ in range(10)] == [[]] * 10
    assert harness.operators.posts == []
    assert harness.heartbeat.beats == 10


def test_overdue_post_triggers_one_alert(harness):
    harness.queue()
    harness.x.script.extend([UNAVAILABLE] * 50)
    alerts = [harness.tick() for _ in range(8)]
    assert alerts == [[], [], [], ["stuck", "late"], [], [], [], []]
    assert harness.operators.posts[0].text == "stuck\nlate KZ-2022-0104.1/x"


def test_alert_is_repeated_only_while_its_problem_lasts(harness):
    harness.queue()
    harness.x.script.extend([UNAVAILABLE] * 200)
    for _ in range(4):
        harness.tick()
    assert len(harness.operators.posts) == 1
    harness.clock.sleep(timedelta(hours=6))
    assert harness.tick() == ["stuck", "late"]
    harness.x.script.clear()
    harness.clock.sleep(timedelta(hours=12))
    harness.tick()
    assert harness.tick() == []


def test_refused_or_unresolved_post_triggers_an_alert(harness):
    harness.queue(1)
    harness.x.script.append(ChannelRefused("too long"))
    assert harness.tick() == ["refused"]
    harness.queue(2)
    harness.x.script.extend(
        [ChannelUnknown("no answer"), ChannelUnknown("cannot look")]
    )
    harness.tick()
    assert harness.tick() == ["person"]


def test_posts_held_back_by_a_pause_trigger_an_alert(harness):
    harness.queue()
    harness.store.pauses.pause(Pause(ALL_CHANNELS, "Ada", "moving", T0))
    assert [harness.tick() for _ in range(5)] == [[], [], [], ["stopped"], []]


def test_unpublished_correction_triggers_an_alert(harness):
    harness.queue()
    harness.tick()
    recorded = change(2)
    record(
        harness.store,
        replace(recorded, event=replace(recorded.event, kind=EventKind.RETRACTED)),
    )
    harness.clock.sleep(timedelta(minutes=20))
    assert harness.tick() == ["owed"]


def test_three_failed_ticks_trigger_an_alert_and_stop_heartbeats(harness):
    assert [harness.tick(loop="KeyError") for _ in range(4)] == [[], [], ["loop"], []]
    assert harness.heartbeat.beats == 0
    harness.tick()
    assert [harness.tick(silent="no answer") for _ in range(3)] == [[], [], ["silent"]]


BLIND = OperatorAlert(AlertKind.BLIND, "IR-2026-0108", T0)


def test_blind_incident_is_reported_once_then_every_six_hours(harness):  # P19
    send = harness.alert_sender.after_tick
    assert [len(send({}, (BLIND,))) for _ in range(3)] == [1, 0, 0]
    harness.clock.sleep(timedelta(hours=6))
    assert len(send({}, (BLIND,))) == 1
    assert [post.text for post in harness.operators.posts] == ["blind IR-2026-0108"] * 2


def test_end_of_blindness_is_reported_once(harness):  # P19
    send = harness.alert_sender.after_tick
    send({}, (BLIND,))
    assert [[str(a.kind) for a in send({})] for _ in range(2)] == [["blind"], []]
    assert harness.operators.posts[-1].text == "blind IR-2026-0108 is over"


def test_end_of_blindness_is_sent_again_if_it_was_not_sent(harness):  # P19
    send = harness.alert_sender.after_tick
    send({}, (BLIND,))
    harness.operators.script.append(UNAVAILABLE)
    assert [[str(a.kind) for a in send({})] for _ in range(3)] == [["blind"]] * 2 + [[]]


def test_tick_that_did_nothing_does_not_end_blindness(harness):  # P19
    send = harness.alert_sender.after_tick
    send({}, (BLIND,))
    send({AlertKind.LOOP: "KeyError"})
    send({}, (OperatorAlert(AlertKind.CLOCK, "", T0),))
    send({}, (BLIND,))
    assert [post.text for post in harness.operators.posts] == [
        "blind IR-2026-0108",
        "clock",
        "clock is over",
    ]


def test_unwritable_page_triggers_an_alert_at_once(harness):  # P15, P19
    assert [harness.tick(page="the disk is full") for _ in range(2)] == [["page"], []]
    assert harness.heartbeat.beats == 2
    harness.tick()
    assert harness.tick(page="the disk is full") == ["page"]


def test_loop_reports_which_pages_failed(harness):
    class PageFailingRunner(TickRunner):
        def __init__(self) -> None:
            """Create a runner without sources or a store."""

        def tick(self) -> TickResult:
            pages = ("KZ-2022-0104: the disk is full", "the front page: no room")
            return TickResult(T0, (), (), (), pages_failed=pages)

    loop = Loop(
        PageFailingRunner(),
        harness.clock,
        FIVE_MINUTES,
        lambda _: None,
        harness.alert_sender,
    )
    loop.run(once=True)
    assert [post.text for post in harness.operators.posts] == ["page"]


def test_tick_without_any_answer_counts_as_silent(harness):
    class UnansweredRunner(TickRunner):
        def __init__(self) -> None:
            """Create a runner without sources or a store."""

        def tick(self) -> TickResult:
            return TickResult(T0, (), (), (), any_answer=False)

    loop = Loop(
        UnansweredRunner(),
        harness.clock,
        FIVE_MINUTES,
        lambda _: None,
        harness.alert_sender,
    )
    for _ in range(3):
        loop.run(once=True)
    assert loop.failures == 0
    assert [post.text for post in harness.operators.posts] == ["silent"]


def test_alert_that_failed_to_send_is_sent_again(harness):
    harness.queue()
    harness.x.script.extend([UNAVAILABLE] * 50)
    harness.operators.script.append(ChannelUnavailable("not reached"))
    for _ in range(4):
        harness.tick()
    assert harness.operators.posts == []
    assert harness.tick() == ["stuck", "late"]
    assert len(harness.operators.posts) == 1


@pytest.mark.parametrize(
    "error", [ChannelUnavailable("down"), ChannelRefused("no"), OSError("x")]
)
def test_no_heartbeat_while_alerts_cannot_be_sent(harness, error):
    """P19: if the operators' channel fails, only the watchdog can still tell them."""
    harness.queue()
    harness.x.script.append(ChannelRefused("no"))
    harness.operators.script.extend([error] * 10)
    for _ in range(10):
        harness.tick()
    assert harness.heartbeat.beats == 0
    harness.tick()
    assert harness.heartbeat.beats == 1
    assert len(harness.operators.posts) == 1


def test_alert_that_may_have_arrived_is_repeated_once_an_hour(harness):
    """P19: a server that accepts a message and fails must not get it in each tick."""
    harness.queue()
    harness.x.script.append(ChannelRefused("no"))
    harness.operators.script.extend([ChannelUnknown("no answer")] * 4)
    for _ in range(40):
        harness.tick()
    assert len(harness.operators.calls) == 4
    assert harness.heartbeat.beats == 0
    for _ in range(12):
        harness.tick()
    assert len(harness.operators.posts) == 1
    assert harness.heartbeat.beats > 0


def test_failing_heartbeat_does_not_stop_the_alerts(harness, monkeypatch):
    def fail() -> None:
        raise UnicodeError("label too long")

    monkeypatch.setattr(harness.heartbeat, "beat", fail)
    harness.queue()
    harness.x.script.append(ChannelRefused("no"))
    assert [harness.tick() for _ in range(3)] == [["refused"], [], []]


def test_restart_repeats_no_alert_and_tells_the_end(harness):  # P19
    """A timer that runs single ticks is a restart before each tick."""
    assert [harness.tick(loop="KeyError") for _ in range(2)] == [[], []]
    harness.restart()
    assert harness.tick(loop="KeyError") == ["loop"]
    harness.restart()
    assert harness.tick(loop="KeyError") == []
    harness.clock.sleep(timedelta(hours=6))
    harness.restart()
    assert harness.tick(loop="KeyError") == ["loop"]
    harness.restart()
    assert harness.tick() == ["loop"]
    assert harness.operators.posts[-1].text == "loop is over"
    harness.restart()
    assert harness.tick() == []


def test_damaged_memory_of_alerts_only_repeats_them(harness):  # P19
    for _ in range(3):
        harness.tick(loop="KeyError")
    with harness.store._database.write("damage it") as connection:
        connection.execute(text("UPDATE alert_memory SET body = 'x'"))
    harness.restart()
    alerts = [harness.tick(loop="KeyError") for _ in range(3)]
    assert alerts == [[], [], ["loop"]]


def test_refused_heartbeats_are_reported_with_their_end(harness):  # P19
    harness.heartbeat.refusal = "HTTP status 301"
    alerts = [harness.tick() for _ in range(5)]
    assert alerts == [[], [], [], ["heartbeat"], []]
    assert harness.operators.posts[0].text == "heartbeat"
    harness.heartbeat.refusal = None
    assert [harness.tick() for _ in range(3)] == [[], ["heartbeat"], []]
    assert harness.operators.posts[1].text == "heartbeat is over"


def test_draft_that_waits_for_an_hour_is_reported(harness):  # P19
    """Its letter may not have arrived, or nobody may read it."""
    (event,) = record(harness.store, change())
    harness.store.drafts.save(draft(event), PNG, (decision(event),), ())
    alerts = [harness.tick() for _ in range(14)]
    assert [names for names in alerts if names] == [["unreviewed"]]
    assert alerts.index(["unreviewed"]) == 12
    waiting = harness.store.drafts.get(event.key)
    harness.store.drafts.change_state(waiting, DraftState.HELD, "later", T0)
    assert harness.tick() == ["unreviewed"]
    assert harness.operators.posts[1].text == "unreviewed is over"


def test_channel_that_alone_sends_nothing_is_named(harness):  # P19
    (event,) = record(harness.store, change())
    gone = [post(event, "gone", made_at=T0)]
    approved = draft(event, state=DraftState.APPROVED)
    harness.store.drafts.save(approved, PNG, (decision(event),), gone)
    for seq in range(2, 6):
        harness.queue(seq)
        harness.tick()
    assert harness.operators.posts[0].text == "stuck gone\nlate KZ-2022-0104.1/gone"


def test_post_for_a_channel_that_is_not_configured_is_late(harness):
    """P19: after a channel is renamed, its posts would wait for ever, and nobody knew."""
    (event,) = record(harness.store, change())
    gone = [post(event, "gone", made_at=T0)]
    harness.store.drafts.save(draft(event), PNG, (decision(event),), gone)
    alerts = [harness.tick() for _ in range(6)]
    assert alerts == [[], [], [], ["stuck", "late"], [], []]
    assert DelayReason.NOT_CONFIGURED in harness.store.deliveries.all()[0].note


def test_posts_that_wait_for_their_turn_are_not_late(harness):
    """A channel that sends one post a tick is slow, but posts are sent."""
    for number in range(8):
        (event,) = record(harness.store, change(incident=f"KZ-2022-010{number}"))
        posts = [post(event, "x", made_at=T0)]
        harness.store.drafts.save(draft(event), PNG, (decision(event),), posts)
    harness.x.script.extend([None, ChannelUnavailable("busy", FIVE_MINUTES)] * 8)
    for _ in range(5):
        harness.tick()
    last = harness.store.deliveries.get("KZ-2022-0107.1/x")
    assert last.tries == 0
    assert all(last.post.key not in letter.text for letter in harness.operators.posts)


def queue_damaged(harness: AlertHarness) -> None:
    """Queue a post on the incident IR-2026-0108, and damage its delivery."""
    (first,) = record(harness.store, change(incident="IR-2026-0108"))
    posts = [post(first, "x", made_at=T0)]
    harness.store.drafts.save(draft(first), PNG, (decision(first),), posts)
    with harness.store._database.write("be damaged by the test") as connection:
        cut_off = "UPDATE deliveries SET post = '{' WHERE key LIKE 'IR%'"
        connection.execute(text(cut_off))


def test_damaged_delivery_stops_no_other_and_is_reported(harness):
    """P19, P10: one record that cannot be read must not end the posting of all others."""
    queue_damaged(harness)
    harness.queue()
    assert harness.tick() == ["damaged"]
    assert harness.operators.posts[0].text == "damaged delivery IR-2026-0108.1/x"
    assert [p.incident for p in harness.x.posts] == ["KZ-2022-0104"]
    assert harness.tick() == []
    assert harness.heartbeat.beats == 2


def test_damaged_delivery_hides_no_alert_about_others(harness):  # P19
    queue_damaged(harness)
    harness.queue(1)
    harness.x.script.append(ChannelRefused("too long"))
    assert harness.tick() == ["refused", "damaged"]
    harness.queue(2)
    harness.x.script.extend([UNAVAILABLE] * 50)
    assert [harness.tick() for _ in range(4)] == [[], [], [], ["stuck", "late"]]


def test_delivery_in_an_unknown_state_is_reported(harness):  # P19
    harness.queue()
    with harness.store._database.write("be damaged by the test") as connection:
        connection.execute(text("UPDATE deliveries SET state = 'lost'"))
    assert harness.tick() == ["damaged"]
    with harness.store._database.write("repair it") as connection:
        connection.execute(text("UPDATE deliveries SET state = 'waiting'"))
    assert harness.tick() == ["damaged"]
    assert harness.operators.posts[-1].text.endswith("is over")


def retract(harness: AlertHarness, incident: str) -> None:
    retraction = change(2, incident)
    event = replace(retraction.event, kind=EventKind.RETRACTED)
    record(harness.store, replace(retraction, event=event))


def test_damaged_delivery_hides_no_owed_correction_of_others(harness):  # P11, P19
    harness.queue()
    harness.tick()
    queue_damaged(harness)
    for incident in ("IR-2026-0108", "KZ-2022-0104"):
        retract(harness, incident)
    harness.clock.sleep(timedelta(minutes=20))
    assert harness.tick() == ["owed", "damaged"]


def test_post_with_a_damaged_earlier_post_waits_alone(harness):  # P10
    """Nobody knows what the damaged post would be, so its thread does not go on."""
    queue_damaged(harness)
    (second,) = record(harness.store, change(2, "IR-2026-0108"))
    posts = [post(second, "x", made_at=T0)]
    harness.store.drafts.save(draft(second), PNG, (decision(second),), posts)
    harness.queue()
    assert harness.tick() == ["damaged"]
    assert [p.incident for p in harness.x.posts] == ["KZ-2022-0104"]


def test_alert_message_names_each_problem_and_what_to_do(tmp_path):
    renderer = TemplateRenderer(
        load_register(),
        tmp_path,
        Config().site.base_url,
        "",
        environment(templates_root(), all_brands()),
    )
    alerts = [
        OperatorAlert(kind, "KZ-2022-0104.1/x", T0, "the last error")
        for kind in AlertKind
    ]
    message = renderer.alert_letter(alerts, T0)
    subject, _, body = message.partition("\n")
    assert subject.startswith("Nothing could be published: KZ-2022-0104.1/x")
    assert "outagewire deliveries settle" in body
    assert body.count("the last error") == len(AlertKind)
    assert message.count("since 2026-01-08 00:00 UTC") == len(AlertKind)


def test_blind_alert_names_incident_and_last_reading(tmp_path):  # P19
    templates = environment(templates_root(), all_brands())
    renderer = TemplateRenderer(load_register(), tmp_path, "", "", templates)
    message = renderer.alert_letter([BLIND], T0)
    assert message.startswith("An open incident has no readings: IR-2026-0108")
    since = "since 2026-01-08 00:00 UTC"
    assert f"Open incident IR-2026-0108: no reading of its place {since}." in message


def test_the_end_of_a_problem_is_reported_in_words(tmp_path):  # P19
    templates = environment(templates_root(), all_brands())
    renderer = TemplateRenderer(load_register(), tmp_path, "", "", templates)
    alert = OperatorAlert(AlertKind.LOST, "ioda.bgp", T0, "refused", over=True)
    message = renderer.alert_letter([alert], T0)
    assert message.startswith("A signal has readings again: ioda.bgp\n")
    assert "had lasted since 2026-01-08 00:00 UTC" in message
    assert "refused" not in message


@pytest.mark.parametrize("kind", sorted(KINDS_WITH_END_REPORT | {AlertKind.STORE}))
def test_every_end_that_is_reported_has_words(tmp_path, kind):
    templates = environment(templates_root(), all_brands())
    renderer = TemplateRenderer(load_register(), tmp_path, "", "", templates)
    alert = OperatorAlert(kind, "ioda.bgp", T0, over=True)
    letter = renderer.alert_letter([alert], T0)
    title = letter.splitlines()[0]
    assert letter.count(title) == 2
    assert "had lasted since" in letter


def test_a_lost_signal_is_reported_until_it_is_read_again(harness):  # P19
    """While no source answers at all, that is the one problem to report."""
    lost = OperatorAlert(AlertKind.LOST, "ioda.bgp", T0)
    send = harness.alert_sender.after_tick
    assert send({}, (lost,)) == (lost,)
    assert send({AlertKind.SILENT: "no answer"}) == ()
    assert send({}, (lost,)) == ()
    assert send({}) == (replace(lost, over=True),)


def test_the_end_of_failing_ticks_is_reported(harness):  # P19
    for _ in range(3):
        harness.tick(loop="KeyError")
    harness.tick()
    assert [post.text for post in harness.operators.posts] == ["loop", "loop is over"]

"""A tick with a wrong clock changes nothing.

The next tick with a right clock misses no reading.
"""

from collections import deque
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.clock import StillClock, TrustedClock
from bot.errors import ChannelUnavailable
from bot.model.operations import AlertKind
from bot.publishing.alerts import AlertSender, AlertTargets
from bot.publishing.channel_worker import ChannelWorker
from bot.publishing.publisher import Publisher
from bot.publishing.retry_delays import RetryDelays
from bot.tick import runner as tick_runner
from bot.tick.loop import Loop
from tests import stories
from tests.contract.stored import PNG, change, decision, draft, post, record
from tests.fakes import FakeChannel, FakeRenderer
from tests.wrong_clocks import (
    DAY,
    HALF_HOUR,
    HOUR,
    ClockHarness,
    SimulatedTime,
    WrongClock,
    alert_kinds,
    blackout_harness,
)


@pytest.fixture
def harness(tmp_path) -> Iterator[ClockHarness]:
    harness = blackout_harness(tmp_path)
    yield harness
    harness.stop()


@pytest.fixture
def unchecked_harness(tmp_path) -> Iterator[ClockHarness]:
    """Yield a harness whose application does not check its clock, like early versions."""
    harness = blackout_harness(tmp_path, checked=False)
    yield harness
    harness.stop()


@pytest.mark.parametrize("ahead", [2 * DAY, 400 * DAY, -3 * HOUR])
def test_wrong_clock_changes_nothing_and_loses_no_reading(harness, ahead):  # P16
    harness.run_ticks(2 * HOUR)
    before = harness.stored()
    harness.time.ahead = ahead
    assert alert_kinds(harness.run_ticks(HOUR)) == [
        [AlertKind.CLOCK],
        [AlertKind.CLOCK],
    ]
    assert harness.stored() == before
    harness.time.ahead = timedelta(0)
    assert alert_kinds(harness.run_ticks(6 * HOUR)) == [[]] * 12
    assert harness.kinds()[:1] == ["confirmed"]


def test_jump_during_a_tick_publishes_nothing(harness):
    harness.run_ticks(2 * HOUR)
    (event,) = record(harness.store, change())
    posts = [post(event, "wire", picture=None, made_at=harness.clock.now())]
    harness.store.drafts.save(draft(event), PNG, (decision(event),), posts)
    harness.source.on_request = lambda: setattr(harness.time, "ahead", DAY)
    (tick,) = harness.run_ticks(HALF_HOUR)
    assert tick.sent == ()
    assert alert_kinds([tick]) == [[AlertKind.CLOCK]]
    harness.source.on_request = lambda: None
    assert alert_kinds(harness.run_ticks(HALF_HOUR)) == [[AlertKind.CLOCK]]
    harness.time.ahead = timedelta(0)
    (tick,) = harness.run_ticks(HALF_HOUR)
    assert [delivery.post.key for delivery in tick.sent] == [posts[0].key]


def test_suspended_machine_continues_without_a_restart(harness):
    """The monotonic clock omits a suspension, so the machine's clock seems to jump."""
    harness.run_ticks(2 * HOUR)
    slept = 10 * HOUR
    harness.time.advance(slept)
    harness.time.missed = slept
    assert alert_kinds(harness.run_ticks(HOUR)) == [[], []]
    assert harness.kinds()[:1] == ["confirmed"]


def test_after_suspension_one_answer_is_enough(harness):
    harness.run_ticks(2 * HOUR)
    harness.source.unreachable = True
    slept = 10 * HOUR
    harness.time.advance(slept)
    harness.time.missed = slept
    assert alert_kinds(harness.run_ticks(HOUR)) == [
        [AlertKind.CLOCK],
        [AlertKind.CLOCK],
    ]
    harness.source.unreachable = False
    assert alert_kinds(harness.run_ticks(HOUR)) == [[], []]
    assert harness.kinds()[:1] == ["confirmed"]


def test_server_reveals_a_clock_wrong_from_the_start(tmp_path):
    harness = blackout_harness(tmp_path)
    harness.source.shows_time = True
    harness.time.ahead = 30 * DAY
    harness.stop()
    harness.start()
    before = harness.stored()
    assert alert_kinds(harness.run_ticks(HOUR)) == [
        [AlertKind.CLOCK],
        [AlertKind.CLOCK],
    ]
    assert harness.stored() == before
    harness.time.ahead = timedelta(0)
    harness.run_ticks(9 * HOUR)
    assert harness.kinds()[:1] == ["confirmed"]
    harness.stop()


def test_silent_sources_do_not_make_a_clock_doubtful(harness):
    harness.run_ticks(2 * HOUR)
    harness.source.unreachable = True
    assert alert_kinds(harness.run_ticks(6 * HOUR)) == [[]] * 12


@pytest.mark.parametrize("restarted", [False, True])
def test_bins_assessed_too_early_are_assessed_again(unchecked_harness, restarted):
    """Bins that were assessed too early and stored are assessed again, also after a restart."""
    unchecked_harness.run_ticks(2 * HOUR)
    unchecked_harness.time.ahead = 2 * DAY
    unchecked_harness.run_ticks(HALF_HOUR)
    unchecked_harness.time.ahead = timedelta(0)
    components = unchecked_harness.runner._components
    assert components.assessor.signals_ahead(
        components.history, unchecked_harness.clock.now()
    )
    if restarted:
        unchecked_harness.stop()
        unchecked_harness.start()
    unchecked_harness.run_ticks(8 * HOUR)
    assert unchecked_harness.kinds()[:1] == ["confirmed"]


def test_bins_with_readings_are_not_assessed_again(unchecked_harness):
    """Setting a clock back does not make bins with readings count as assessed too early."""
    unchecked_harness.run_ticks(2 * HOUR)
    unchecked_harness.time.ahead = -3 * HOUR
    components = unchecked_harness.runner._components
    assert components.assessor.states["ioda.bgp"].index > 0
    assert (
        components.assessor.signals_ahead(
            components.history, unchecked_harness.clock.now()
        )
        == []
    )


def test_repeated_assessment_publishes_nothing_twice(unchecked_harness):  # P2, P10
    unchecked_harness.run_ticks(12 * HOUR)
    before = unchecked_harness.kinds()
    assert before[:1] == ["confirmed"]
    unchecked_harness.time.ahead = 2 * DAY
    unchecked_harness.run_ticks(HALF_HOUR)
    unchecked_harness.time.ahead = timedelta(0)
    unchecked_harness.run_ticks(3 * HOUR)
    assert len(unchecked_harness.store.incidents.all()) == 1
    assert unchecked_harness.kinds().count("confirmed") == 1
    assert unchecked_harness.kinds()[: len(before)] == before


def test_wrong_clock_alerts_operators_and_stops_heartbeats(harness):  # P19
    notifier, beats = FakeChannel("operators"), []

    class RecordedHeartbeat:
        def beat(self) -> str | None:
            beats.append(harness.clock.now())
            return None

    alert_sender = AlertSender(
        harness.store,
        FakeRenderer(),
        harness.clock,
        AlertTargets(notifier, RecordedHeartbeat()),
    )
    loop = Loop(harness.runner, harness.clock, HALF_HOUR, lambda _: None, alert_sender)
    loop.run(once=True)
    harness.time.ahead = 2 * DAY
    loop.run(once=True)
    assert loop.wrong == {AlertKind.CLOCK}
    assert [post.text for post in notifier.posts] == ["clock"]
    assert len(beats) == 1
    harness.time.ahead = timedelta(0)
    loop.run(once=True)
    assert len(beats) == 2
    assert [post.text for post in notifier.posts] == ["clock", "clock is over"]
    assert loop.failures == 0


def test_clock_set_back_during_a_tick_lengthens_no_pause():
    sleeps = []

    class SleepRecordingClock(StillClock):
        def sleep(self, duration: timedelta) -> None:
            sleeps.append(duration)
            super().sleep(duration)

    clock = SleepRecordingClock(stories.START)

    class ClockSetBackRunner(tick_runner.TickRunner):
        def __init__(self) -> None:
            """Skip the set-up, because this `tick` needs no components."""

        def tick(self) -> tick_runner.TickResult:
            clock.time -= 3 * HOUR
            if sleeps:
                loop.stop()
            return tick_runner.TickResult(clock.time, (), (), ())

    loop = Loop(ClockSetBackRunner(), clock, HALF_HOUR, lambda _: None)
    loop.run()
    assert sleeps[0] == HALF_HOUR


def test_start_with_a_clock_ahead_reads_on_once_it_is_right(unchecked_harness):
    """The past weeks are read again by the right time, without a restart (P19)."""
    unchecked_harness.stop()
    unchecked_harness.time.ahead = 30 * DAY
    unchecked_harness.start()
    unchecked_harness.run_ticks(HOUR)
    unchecked_harness.time.ahead = timedelta(0)
    unchecked_harness.run_ticks(9 * HOUR)
    assert unchecked_harness.kinds()[:1] == ["confirmed"]


def test_post_made_on_a_machine_with_a_clock_ahead_does_not_wait(harness):  # P10
    harness.run_ticks(HALF_HOUR)
    (event,) = record(harness.store, change())
    made_at = harness.clock.now() + 400 * DAY
    posts = [post(event, "wire", picture=None, made_at=made_at)]
    harness.store.drafts.save(draft(event), PNG, (decision(event),), posts)
    (tick,) = harness.run_ticks(HALF_HOUR)
    assert [delivery.post.key for delivery in tick.sent] == [posts[0].key]


def test_deferred_post_waits_although_others_do_not(harness):  # P16
    harness.run_ticks(HALF_HOUR)
    (event,) = record(harness.store, change())
    posts = [post(event, "wire", picture=None, made_at=harness.clock.now())]
    harness.store.drafts.save(draft(event), PNG, (decision(event),), posts)
    until = harness.clock.now() + HOUR
    harness.store.deliveries.defer(posts[0].key, until, "quiet hours")
    sent = [len(tick.sent) for tick in harness.run_ticks(HOUR)]
    assert sent == [0, 1]


def test_server_with_a_wrong_clock_is_asked_about_only_once(harness):
    harness.source.shows_time = True
    harness.source.server_ahead = DAY
    harness.run_ticks(HOUR)
    before = harness.source.request_count
    assert alert_kinds(harness.run_ticks(2 * HOUR)) == [[]] * 4
    assert harness.source.request_count == before + 4
    harness.source.server_ahead = -DAY
    harness.run_ticks(HALF_HOUR)
    assert harness.source.request_count > before + 5


def test_trusted_clock_follows_the_machine_only_when_trusted():
    time = SimulatedTime(stories.FALL)
    clock = TrustedClock(WrongClock(time))
    companion = clock.companion()
    time.ahead = DAY
    assert clock.now() == companion.now() == stories.FALL + DAY
    clock.trust(stories.FALL, time.elapsed())
    time.advance(HOUR)
    assert clock.now() == companion.now() == stories.FALL + HOUR
    assert clock.machine_now() == stories.FALL + HOUR + DAY


def test_retry_and_receipt_are_dated_by_the_trusted_time(tmp_path):
    """A clock set to a later year while a channel answers delays and hides no post (P10)."""
    harness = blackout_harness(tmp_path)
    harness.run_ticks(HALF_HOUR)
    (event,) = record(harness.store, change())
    posts = [post(event, "wire", picture=None, made_at=harness.clock.now())]
    harness.store.drafts.save(draft(event), PNG, (decision(event),), posts)
    channel = FakeChannel("wire", deque([ChannelUnavailable("later"), None]))
    worker = ChannelWorker(channel, harness.store, harness.clock, RetryDelays())
    harness.time.ahead = 400 * DAY
    worker.deliver(harness.store.deliveries.due(harness.clock.now()))
    harness.time.advance(HOUR)
    worker.deliver(harness.store.deliveries.due(harness.clock.now()))
    delivery = harness.store.deliveries.get(posts[0].key)
    assert delivery is not None
    assert delivery.settled_at == harness.time.at
    harness.stop()


def test_run_that_starts_with_a_clock_ahead_searches_a_channel_only_once(tmp_path):
    """What a store lacks is searched for until a post of this run is not there (P10)."""
    harness = blackout_harness(tmp_path)
    machine, channel = TrustedClock(WrongClock(harness.time)), FakeChannel("wire")
    harness.time.ahead = 400 * DAY
    publisher = Publisher(harness.store, {"wire": channel}, machine)
    harness.time.ahead = timedelta(0)
    publisher.recover()
    for seq in (1, 2):
        harness.time.advance(HALF_HOUR)
        (event,) = record(harness.store, change(seq))
        posts = [
            post(event, "wire", picture=None, at=machine.now(), made_at=machine.now())
        ]
        harness.store.drafts.save(draft(event), PNG, (decision(event),), posts)
        publisher.publish_due()
    assert [call.split()[0] for call in channel.calls] == ["find", "send", "send"]
    publisher.close()
    harness.stop()

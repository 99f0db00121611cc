"""A tick with a wrong clock changes nothing.

The next tick with a right clock misses no reading.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import bootstrap
from bot.clock import StillClock
from bot.config import loading as configuration
from bot.errors import SourceUnreachable
from bot.model.operations import AlertKind
from bot.model.signal import Answer, Request
from bot.publishing.alerts import AlertSender, AlertTargets
from bot.sources.recording.readings_csv import write_rows
from bot.sources.recording.source import RecordingSource, load
from bot.store.sql_store import SqlStore
from bot.tick import runner as tick_runner
from bot.tick.clock_monitor import ClockMonitor
from bot.tick.loop import Loop
from bot.tick.reader import Reader
from tests import stories
from tests.contract.stored import PNG, change, decision, draft, post, record
from tests.fakes import FakeChannel, FakeRenderer

HALF_HOUR = timedelta(minutes=30)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GRACE = timedelta(hours=1)


@dataclass
class SimulatedTime:
    """The real time, and how far the machine's clock is ahead of it (negative: behind)."""

    at: datetime
    ahead: timedelta = timedelta(0)

    def advance(self, span: timedelta) -> None:
        self.at += span

    def elapsed(self) -> timedelta:
        return self.at - stories.START


class WrongClock(StillClock):
    """The machine's clock, which shows the real time plus its error."""

    def __init__(self, time: SimulatedTime) -> None:
        self.time = time

    def now(self) -> datetime:
        return self.time.at + self.time.ahead

    def sleep(self, duration: timedelta) -> None:
        self.time.advance(duration)


class TrueTimeSource(RecordingSource):
    """A source that publishes each bin when it is due by the real time.

    Attributes:
        shows_time: whether its answers show the server's time.
        unreachable: whether it cannot be reached.
        request_count: the number of requests.
        on_request: a function that is called at each request.
    """

    def __init__(self, folder: Path, time: SimulatedTime, clock: StillClock) -> None:
        super().__init__(load(folder), clock)
        self.time, self.shows_time, self.unreachable = time, False, False
        self.request_count = 0
        self.on_request: Callable[[], None] = lambda: None

    @property
    def server_time(self) -> tuple[datetime, timedelta] | None:
        shown = self.shows_time and self.request_count
        return (self.time.at, self.time.elapsed()) if shown else None

    def ask(self, request: Request) -> Answer:
        self.request_count += 1
        self.on_request()
        if self.unreachable:
            raise SourceUnreachable("not there")
        answer = super().ask(request)
        rows = self._read(answer)
        due = [row for row in rows if self._is_published(row.at)]
        return replace(answer, body=write_rows(due).encode())

    def _is_published(self, at: float) -> bool:
        return at + 3600 <= self.time.at.timestamp()  # bin and lag: 30 minutes each


class ClockHarness:
    """An application whose clock may be wrong; `stop` and `start` restart it."""

    def __init__(self, home: Path, *, checked: bool = True) -> None:
        self.home, self.checked = home, checked
        self.time = SimulatedTime(stories.FALL - 6 * HOUR)
        self.clock = WrongClock(self.time)
        folder = stories.blackout(home / "recording")
        self.source = TrueTimeSource(folder, self.time, self.clock)
        channels = {"wire": {"kind": "file", "path": str(home / "posts.jsonl")}}
        config = stories.settings(home, folder, channels, history="7d")
        self.config = configuration.read(config, "test")
        self.start()

    def start(self) -> None:
        application = bootstrap.build_live(
            self.config, self.clock, bootstrap.BackfillProgress()
        )
        assert isinstance(application.store, SqlStore)
        self.store = application.store
        elapsed = self.time.elapsed if self.checked else None
        components = replace(
            application.runner._components,
            reader=Reader((self.source,), application.store, self.clock),
            clock_monitor=ClockMonitor(
                (self.source,), elapsed, GRACE, application.store.incidents.states_at
            ),
        )
        retention = tick_runner.Retention(timedelta(days=7), answers=timedelta(days=30))
        self.runner = tick_runner.TickRunner(components, retention)
        self.runner.open()

    def stop(self) -> None:
        self.runner._components.publisher.close()
        self.store.close()

    def run_ticks(self, span: timedelta) -> list[tick_runner.TickResult]:
        ticks = []
        for _ in range(span // HALF_HOUR):
            self.time.advance(HALF_HOUR)
            ticks.append(self.runner.tick())
        return ticks

    def kinds(self) -> list[str]:
        incidents = self.store.incidents
        return [e.kind for i in incidents.all() for e in incidents.events(i.id)]

    def stored(self) -> tuple[object, ...]:
        incidents, readings = self.store.incidents, self.store.readings
        long_ago = self.time.at - 9999 * DAY
        gaps = readings.faults(tuple(stories.SIGNALS), long_ago)
        return incidents.states(), incidents.states_at(), gaps, self.kinds()


@pytest.fixture
def harness(tmp_path) -> Iterator[ClockHarness]:
    harness = ClockHarness(tmp_path)
    yield harness
    harness.stop()


@pytest.fixture
def unchecked_harness(tmp_path) -> Iterator[ClockHarness]:
    """Yield a harness whose application does not check its clock, like early versions."""
    harness = ClockHarness(tmp_path, checked=False)
    yield harness
    harness.stop()


def alert_kinds(ticks: list[tick_runner.TickResult]) -> list[list[AlertKind]]:
    return [[alert.kind for alert in tick.alerts] for tick in ticks]


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
    assert (tick.sent, tick.alerts) == ((), ())
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
    elapsed = harness.time.elapsed
    harness.runner._components.clock_monitor._elapsed = lambda: elapsed() - slept
    assert alert_kinds(harness.run_ticks(HOUR)) == [[], []]
    assert harness.kinds()[:1] == ["confirmed"]


def test_after_suspension_one_answer_is_enough(harness):
    harness.run_ticks(2 * HOUR)
    harness.source.unreachable = True
    slept = 10 * HOUR
    harness.time.advance(slept)
    elapsed = harness.time.elapsed
    harness.runner._components.clock_monitor._elapsed = lambda: elapsed() - slept
    assert alert_kinds(harness.run_ticks(HOUR)) == [
        [AlertKind.CLOCK],
        [AlertKind.CLOCK],
    ]
    harness.source.unreachable = False
    assert alert_kinds(harness.run_ticks(HOUR)) == [[], []]
    assert harness.kinds()[:1] == ["confirmed"]


def test_server_reveals_a_clock_wrong_from_the_start(tmp_path):
    harness = ClockHarness(tmp_path)
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
        def beat(self) -> None:
            beats.append(harness.clock.now())

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
            clock.at -= 3 * HOUR
            if sleeps:
                loop.stop()
            return tick_runner.TickResult(clock.at, (), (), ())

    loop = Loop(ClockSetBackRunner(), clock, HALF_HOUR, lambda _: None)
    loop.run()
    assert sleeps[0] == HALF_HOUR

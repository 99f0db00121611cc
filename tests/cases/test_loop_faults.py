"""The loop when the clock is set back, sources are lost, or the store is locked."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot import bootstrap
from bot.clock import StillClock
from bot.http.heartbeat import HttpHeartbeat
from bot.publishing.alerts import AlertSender, AlertTargets
from bot.replay.faults import ServerFault
from bot.replay.ioda_api import BadRequest, Json, Query
from bot.replay.server import ReplayServer
from bot.store import database as databases
from bot.tick.loop import Loop
from bot.tick.runner import TickResult
from tests import stories
from tests.contract.stored import T0
from tests.fakes import FakeChannel, FakeRenderer
from tests.servers.local import LocalServer, ReceivedRequest, Reply
from tests.servers.smtp import Mailbox
from tests.shutdowns import CUT, DAY, HOUR, live_application, load_shutdown

pytest_plugins = ["tests.servers.fixtures"]

POLL = timedelta(minutes=5)
HALF_HOUR = timedelta(minutes=30)
SIGNAL = "ping-slash24"
INVALID = f"invalid datasource {SIGNAL} (must be one of the following [bgp, gtr])"


def ignore(_tick: TickResult) -> None:
    """Do nothing with a tick."""


class SteppingClock(StillClock):
    """A clock that records its sleeps and calls `after_sleep` after each of them."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.sleeps: list[timedelta] = []
        self.after_sleep: Callable[[], None] = lambda: None

    def sleep(self, duration: timedelta) -> None:
        super().sleep(duration)
        self.sleeps.append(duration)
        self.after_sleep()


# The clock is set back


class ClockSettingRunner:
    """A runner during whose first tick the clock is set back."""

    def __init__(self, clock: SteppingClock) -> None:
        self._clock = clock

    def tick(self) -> TickResult:
        if not self._clock.sleeps:
            self._clock.time -= timedelta(hours=3)
        return TickResult(self._clock.now(), (), (), ())


def test_no_pause_outlasts_the_poll_interval() -> None:
    """P19: while a loop sleeps for hours, nothing is watched, and nobody notices."""
    clock = SteppingClock(T0)
    runner = ClockSettingRunner(clock)
    loop = Loop(runner, clock, POLL, ignore)  # type: ignore[arg-type] # has `tick` only
    clock.after_sleep = loop.stop
    loop.run()
    (pause,) = clock.sleeps
    assert timedelta(0) < pause <= POLL


# The loss of sources


@dataclass
class LoopHarness:
    """The real loop over a source of two signals, with a tick every hour.

    Attributes:
        mailbox: receives the e-mails to the operators.
        heartbeats: the heartbeats that the external watchdog received.
    """

    application: bootstrap.Application
    server: ReplayServer
    clock: SteppingClock
    mailbox: Mailbox
    heartbeats: list[ReceivedRequest]

    def run(self, rounds: int) -> None:
        """Run `rounds` ticks, an hour apart."""
        end = self.clock.now() + rounds * HOUR
        loop = Loop(
            self.application.runner, self.clock, HOUR, ignore, self.application.alerts
        )

        def stop_at_end() -> None:
            if self.clock.now() >= end:
                loop.stop()

        self.clock.after_sleep = stop_at_end
        loop.run()

    def emails(self) -> list[str]:
        """Return the subject and text of each e-mail to the operators."""
        texts = []
        for message in self.mailbox.emails:
            body = message.get_body(("plain",))
            assert body is not None
            texts.append(f"{message['Subject']}\n{body.get_content()}")
        return texts

    def alerts_about_the_signal(self) -> int:
        """Return how many e-mails name the lost signal."""
        return sum(SIGNAL in text for text in self.emails())


@pytest.fixture
def harness(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[LoopHarness]:
    """Run two ticks; `param` is how many places one request asks for (default: all)."""
    recording = load_shutdown(tmp_path / "recording")
    clock = SteppingClock(CUT - DAY)
    heartbeats: list[ReceivedRequest] = []

    def receive_heartbeat(request: ReceivedRequest) -> Reply:
        heartbeats.append(request)
        return Reply(200)

    watchdog = LocalServer(receive_heartbeat)
    monkeypatch.setenv("HEARTBEAT", f"{watchdog.base_url}/beat")
    with ReplayServer(recording, clock) as server:
        application = live_application(
            server,
            recording,
            clock,
            tmp_path,
            operators=mailbox.operators(),
            alarm={"heartbeat": "env:HEARTBEAT"},
            ioda={"batch": getattr(request, "param", 40)},
        )
        harness = LoopHarness(application, server, clock, mailbox, heartbeats)
        harness.run(2)
        assert harness.emails() == []
        yield harness
        application.store.close()
    watchdog.stop()


def lose_the_signal(
    harness: LoopHarness, monkeypatch: pytest.MonkeyPatch, *, refused: bool
) -> None:
    """Make the server refuse all requests for SIGNAL, or answer them without data."""
    answer = harness.server.api.signals_raw

    def without_signal(kind: str, codes: str, query: Query) -> Json:
        if query.get("datasource") != SIGNAL:
            return answer(kind, codes, query)
        if refused:
            raise BadRequest(INVALID)
        return answer(kind, codes, query) | {"data": [[]]}

    monkeypatch.setattr(harness.server.api, "signals_raw", without_signal)


@pytest.mark.servers
@pytest.mark.parametrize("refused", [True, False], ids=["refused", "silent"])
def test_operators_get_one_alert_for_a_lost_signal(
    harness: LoopHarness, monkeypatch: pytest.MonkeyPatch, refused: bool
) -> None:
    """P19: two families are needed to confirm, so the loss of one must be reported."""
    lose_the_signal(harness, monkeypatch, refused=refused)
    harness.run(6)
    assert harness.alerts_about_the_signal() == 1


@pytest.mark.servers
def test_operators_get_repeated_alerts_while_a_signal_is_lost(
    harness: LoopHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P19: the alert is repeated every six hours, as for any fault that lasts."""
    lose_the_signal(harness, monkeypatch, refused=True)
    harness.run(13)
    assert 2 <= harness.alerts_about_the_signal() <= 3


@pytest.mark.servers
@pytest.mark.parametrize("harness", [1], indirect=True)
def test_operators_learn_that_some_places_of_a_signal_are_not_answered(
    harness: LoopHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P19: one unknown place makes the source refuse all that are requested with it."""
    answer = harness.server.api.signals_raw

    def refuse_one(kind: str, codes: str, query: Query) -> Json:
        if query.get("datasource") == SIGNAL and "KZ" in codes:
            raise BadRequest("cannot find corresponding metadata entity 0")
        return answer(kind, codes, query)

    monkeypatch.setattr(harness.server.api, "signals_raw", refuse_one)
    harness.run(5)
    (alert,) = (text for text in harness.emails() if "cannot be read" in text)
    assert SIGNAL in alert
    assert "country:KZ" in alert
    assert "metadata entity" in alert
    monkeypatch.setattr(harness.server.api, "signals_raw", answer)
    harness.run(2)
    assert any("are read again" in text for text in harness.emails())


@pytest.mark.servers
def test_ticks_without_any_source_answer_send_no_heartbeat(
    harness: LoopHarness,
) -> None:
    """P19: a heartbeat follows only a tick in which a source answered."""
    assert len(harness.heartbeats) == 2
    harness.server.fault = ServerFault.ERROR
    harness.run(4)
    assert len(harness.heartbeats) == 2
    harness.server.fault = None
    harness.run(2)
    assert len(harness.heartbeats) == 4


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirected_heartbeat_arrives_or_is_logged(status: int) -> None:
    """P19: a redirected heartbeat goes to the new address, or the log has a warning."""
    paths: list[str] = []

    def answer(request: ReceivedRequest) -> Reply:
        paths.append(request.path)
        moved = Reply(status, None, {"Location": "/new"})
        return moved if request.path == "/old" else Reply(200)

    server = LocalServer(answer)
    with capture_logs() as logs:
        HttpHeartbeat(SecretStr(f"{server.base_url}/old")).beat()
    server.stop()
    warned = any(entry["log_level"] in {"warning", "error"} for entry in logs)
    assert warned or paths == ["/old", "/new"]


# Another program holds the database


@dataclass
class LockedStoreHarness:
    """The real loop over a recording, while another program locks its database.

    Attributes:
        ticks: the ticks that did not fail.
        operators: the channel of the operator alerts.
    """

    application: bootstrap.Application
    clock: SteppingClock
    other: sqlite3.Connection
    ticks: list[TickResult] = field(default_factory=list)
    operators: FakeChannel = field(default_factory=lambda: FakeChannel("operators"))

    def run_locked(self, rounds: int) -> None:
        """Run `rounds` ticks while the database is locked, and one more afterwards."""
        store, targets = self.application.store, AlertTargets(self.operators)
        alert_sender = AlertSender(store, FakeRenderer(), self.clock, targets)
        loop = Loop(
            self.application.runner,
            self.clock,
            HALF_HOUR,
            self.ticks.append,
            alert_sender,
        )

        def after_each_tick() -> None:
            if len(self.clock.sleeps) == rounds:
                self.other.execute("COMMIT")
            if len(self.clock.sleeps) > rounds:
                loop.stop()

        self.clock.after_sleep = after_each_tick
        self.other.execute("BEGIN EXCLUSIVE")
        loop.run()


@pytest.fixture
def locked_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[LockedStoreHarness]:
    monkeypatch.setattr(databases, "BUSY_TIMEOUT_S", 0.1)
    recording = stories.blackout(tmp_path / "recording")
    config = stories.publishing_config(tmp_path, recording, {}, history="7d")
    clock = SteppingClock(stories.FALL - DAY)
    application = bootstrap.build_live(config, clock, bootstrap.BackfillProgress())
    application.runner.open()
    application.runner.tick()
    clock.sleep(HALF_HOUR)
    clock.sleeps.clear()
    path = tmp_path / "wire.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        yield LockedStoreHarness(application, clock, other)
    application.store.close()


def test_a_locked_store_fails_a_tick_not_the_loop(
    locked_store: LockedStoreHarness,
) -> None:
    """P19: a backup that locks the database for a minute does not end the loop."""
    locked_store.run_locked(rounds=1)
    (tick,) = locked_store.ticks
    assert tick.any_answer
    assert tick.failed == ()


def test_operators_get_an_alert_for_a_store_that_stays_locked(
    locked_store: LockedStoreHarness,
) -> None:
    """P19: an alert is sent after three failed ticks, and another one at the end."""
    locked_store.run_locked(rounds=3)
    problem, end = locked_store.operators.posts
    assert (problem.text, end.text) == ("loop", "loop is over")
    assert len(locked_store.ticks) == 1

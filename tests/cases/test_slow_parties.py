"""Servers that answer a little at a time, without end, must not stop the loop (P19)."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.publishing.pausing import KillSwitch
from bot.tick.loop import Loop
from bot.tick.runner import TickResult
from tests.cases.installation import (
    PUBLISH_ALL,
    Installation,
    file_channel,
    mastodon_channel,
)
from tests.servers.drip import DripServer

PATIENCE_S = 15.0
"""Long enough for one heartbeat, which may take ten seconds, and one more tick."""


@dataclass
class RunningLoop:
    """The loop of an installation, in a thread of its own.

    Attributes:
        ticks: the results of the ticks that are over.
    """

    installation: Installation
    ticks: list[TickResult] = field(default_factory=list)

    def __post_init__(self) -> None:
        application = self.installation.application
        self._loop = Loop(
            application.runner,
            self.installation.clock,
            timedelta(minutes=30),
            self.ticks.append,
            application.alerts,
        )
        self._thread = threading.Thread(target=self._loop.run)
        self._thread.start()

    def reaches(self, condition: Callable[[], bool]) -> bool:
        """Return whether `condition()` becomes true within PATIENCE_S."""
        end = time.monotonic() + PATIENCE_S
        while not condition() and time.monotonic() < end:
            time.sleep(0.05)
        return condition()

    def ends(self) -> bool:
        """Ask the loop to stop; return whether it ends within PATIENCE_S."""
        self._loop.stop()
        self._thread.join(PATIENCE_S)
        return not self._thread.is_alive()


def _loop_continues(
    loop: RunningLoop, drip: DripServer, condition: Callable[[], bool]
) -> bool:
    """Return whether `condition()` becomes true and the loop ends when asked to.

    Stop the server `drip` afterwards.
    """
    try:
        return loop.reaches(condition) and loop.ends()
    finally:
        drip.stop()
        assert loop.ends()


@pytest.fixture
def endless_headers() -> Iterator[DripServer]:
    server = DripServer(b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n")
    yield server
    server.stop()


@pytest.fixture
def endless_greeting() -> Iterator[DripServer]:
    server = DripServer(b"220 ", b"a")
    yield server
    server.stop()


def test_endless_headers_of_a_source_do_not_stop_the_loop(
    confirmed: Installation, endless_headers: DripServer
) -> None:
    ioda = {
        "base_url": f"http://127.0.0.1:{endless_headers.port}/v2",
        "countries": ["IR"],
        "datasources": ["bgp"],
        "min_interval": "0s",
        "timeout": "500ms",
        "attempts": 1,
    }
    confirmed.configure(sources={"ioda": ioda}, loop={"history": "2d"})
    loop = RunningLoop(confirmed)
    assert _loop_continues(loop, endless_headers, lambda: len(loop.ticks) > 1)


def test_endless_headers_of_a_watchdog_do_not_stop_the_loop(
    confirmed: Installation,
    endless_headers: DripServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CASES_WATCHER", f"http://127.0.0.1:{endless_headers.port}/ping")
    confirmed.configure(alarm={"heartbeat": "env:CASES_WATCHER"})
    loop = RunningLoop(confirmed)
    assert _loop_continues(loop, endless_headers, lambda: len(loop.ticks) > 1)


def test_endless_headers_of_a_channel_delay_no_other_channel(
    before_the_blackout: Installation, endless_headers: DripServer
) -> None:
    """P10: one channel posts while another waits for an endless answer."""
    address = f"http://127.0.0.1:{endless_headers.port}"
    channels = {
        "wire": file_channel(before_the_blackout.home),
        "masto": mastodon_channel(address, timeout="500ms"),
    }
    before_the_blackout.configure(channels=channels, policy=PUBLISH_ALL)
    before_the_blackout.run(1)  # the incident is confirmed in the next tick
    loop = RunningLoop(before_the_blackout)
    assert _loop_continues(
        loop, endless_headers, lambda: len(before_the_blackout.lines()) > 0
    )


def test_an_endless_greeting_of_a_mail_server_does_not_stop_the_loop(
    confirmed: Installation, endless_greeting: DripServer
) -> None:
    """The loop tells the operators by e-mail that the kill switch delays a post."""
    operators = {
        "kind": "mail",
        "host": "127.0.0.1",
        "port": endless_greeting.port,
        "security": "none",
        "sender": "wire@outages.example",
        "to": ["noc@news.example"],
        "timeout": "500ms",
    }
    confirmed.configure(operators=operators, alarm={"after": "1ms"})
    confirmed.approve()
    store = confirmed.application.store
    KillSwitch(store.pauses, SystemClock(), "Ada", "a drill of ours").pause()
    loop = RunningLoop(confirmed)
    assert _loop_continues(loop, endless_greeting, lambda: len(loop.ticks) > 1)

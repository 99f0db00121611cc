"""The machine's clock is wrong for some ticks, and then right again (P16)."""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.clock import SystemClock
from bot.tick.loop import Loop
from bot.tick.runner import TickResult
from tests import stories
from tests.cases.installation import Installation, mastodon_channel, mastodon_reply
from tests.servers.local import LocalServer, Reply

AHEAD = timedelta(days=400)
POLL = timedelta(minutes=5)


@dataclass
class ShiftedMachineTime:
    """The machine's time: a time during the made-up blackout, plus an error."""

    error: timedelta = timedelta(0)
    _started: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        passed = timedelta(seconds=time.monotonic() - self._started)
        return stories.FALL + timedelta(hours=4) + passed + self.error


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> ShiftedMachineTime:
    """A time that every SystemClock returns during the test."""
    machine = ShiftedMachineTime()
    monkeypatch.setattr(SystemClock, "now", lambda _: machine.now())
    return machine


class TickByTickLoop:
    """The loop of an installation, run tick by tick.

    Attributes:
        successful: the results of the ticks that did not fail.
    """

    def __init__(self, installation: Installation) -> None:
        self.successful: list[TickResult] = []
        clock = SystemClock()
        application = installation.start(clock)
        self._loop = Loop(
            application.runner, clock, POLL, self.successful.append, application.alerts
        )

    def run(self, count: int = 2) -> None:
        for _ in range(count):
            self._loop.run(once=True)


def _run_with_a_wrong_clock(loop: TickByTickLoop, machine: ShiftedMachineTime) -> None:
    loop.run()
    assert loop.successful
    machine.error = AHEAD
    loop.run()
    machine.error = timedelta(0)


def test_a_clock_far_ahead_deletes_no_answer(
    confirmed: Installation, machine: ShiftedMachineTime
) -> None:
    """P3: a wrong clock must not delete the stored answers of a month."""
    before = machine.now()
    _run_with_a_wrong_clock(TickByTickLoop(confirmed), machine)
    answers = confirmed.application.store.answers
    assert answers.delete_before(before) > 0


def test_ticks_continue_once_the_clock_is_right(
    confirmed: Installation, machine: ShiftedMachineTime
) -> None:
    """P19: no restart is needed once the clock is right."""
    loop = TickByTickLoop(confirmed)
    _run_with_a_wrong_clock(loop, machine)
    loop.successful.clear()
    loop.run()
    assert loop.successful
    assert loop.successful[-1].failed == ()


def test_a_post_is_sent_once_the_clock_is_right(
    confirmed: Installation, machine: ShiftedMachineTime
) -> None:
    """P10: a retry that was scheduled by a wrong clock does not wait for a year."""
    later = Reply(429, {"error": "later"}, {"Retry-After": "1"})
    to_a_post = [later]
    server = LocalServer(lambda request: mastodon_reply(request, to_a_post[0]))
    try:
        confirmed.configure(channels={"wire": mastodon_channel(server.base_url)})
        # The draft was made for the file.
        confirmed.approve(redirect=["wire"])
        loop = TickByTickLoop(confirmed)
        loop.run()
        time.sleep(1.1)
        _run_with_a_wrong_clock(loop, machine)
        to_a_post[0] = Reply(200, {"id": "77"})
        confirmed.stop()
        time.sleep(1.1)
        TickByTickLoop(confirmed).run()
    finally:
        server.stop()
    (delivery,) = confirmed.deliveries().values()
    assert delivery.tries > 1
    assert delivery.state == "sent"


class SleepingClock(SystemClock):
    """A clock that records each sleep without sleeping, and then calls `stop`."""

    def __init__(self) -> None:
        super().__init__()
        self.sleeps: list[timedelta] = []
        self.stop = lambda: None

    def sleep(self, duration: timedelta) -> None:
        self.sleeps.append(duration)
        self.stop()


def test_a_clock_set_back_causes_no_long_pause(
    confirmed: Installation, machine: ShiftedMachineTime
) -> None:
    """P19: the next tick begins within the poll interval, although the clock was set back."""
    clock = SleepingClock()
    application = confirmed.start(clock)

    def set_back(_: TickResult) -> None:
        machine.error = -timedelta(hours=6)

    loop = Loop(application.runner, clock, POLL, set_back)
    clock.stop = loop.stop
    loop.run()
    assert clock.sleeps[0] <= POLL

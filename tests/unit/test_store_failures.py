"""A failing store is reported once, while it lasts, and at its end, across restarts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import StillClock
from bot.errors import ChannelUnavailable, ChannelUnknown, StoreError
from bot.model.operations import AlertKind, OperatorAlert, StoreFailureReport
from bot.publishing.alerts import AlertSender, AlertTargets
from bot.store.files.failure_record import StoreFailureFile
from bot.store.sql_store import SqlStore, open_store
from bot.tick.loop import Loop
from bot.tick.runner import TickResult, TickRunner
from tests.contract.stored import T0
from tests.fakes import FakeChannel, FakeRenderer

MINUTE = timedelta(minutes=1)


class RunnerOfStore(TickRunner):
    """A runner whose ticks raise `error`, if it is not None."""

    def __init__(self, error: Exception | None) -> None:
        """Create a runner without sources or a store."""
        self._error = error

    def tick(self) -> TickResult:
        if self._error is not None:
            raise self._error
        return TickResult(T0, (), (), ())


@dataclass
class RestartHarness:
    """Runs of the loop, one after another, with the same file beside the store."""

    store: SqlStore
    path: Path
    clock: StillClock = field(default_factory=lambda: StillClock(T0))
    operators: FakeChannel = field(default_factory=lambda: FakeChannel("operators"))

    def alert_sender(self) -> AlertSender:
        targets = AlertTargets(self.operators, failures=StoreFailureFile(self.path))
        return AlertSender(self.store, FakeRenderer(), self.clock, targets)

    def restart(self, error: Exception | None, after: timedelta = MINUTE) -> None:
        """Let time pass, start anew, and run one tick, which fails with `error`."""
        self.clock.sleep(after)
        sender, runner = self.alert_sender(), RunnerOfStore(error)
        loop = Loop(runner, self.clock, MINUTE, lambda _: None, sender)
        try:
            loop.run(once=True)
        except StoreError as raised:
            assert raised is error  # noqa: PT017 - any other error fails the test

    def letters(self) -> list[str]:
        return [post.text for post in self.operators.posts]


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[RestartHarness]:
    store = open_store(":memory:")
    yield RestartHarness(store, tmp_path / "wire.db")
    store.close()


FULL = StoreError("the disk is full")


def test_a_failing_store_is_reported_once_across_restarts(harness):  # P19
    for _ in range(5):
        harness.restart(FULL)
    assert harness.letters() == ["store"]


def test_a_failing_store_is_reported_again_while_it_lasts(harness):  # P19
    for _ in range(13):
        harness.restart(FULL, timedelta(hours=1))
    assert harness.letters() == ["store"] * 3


def test_the_end_of_the_failure_is_reported_once(harness):  # P19
    harness.restart(FULL)
    for _ in range(3):
        harness.restart(None)
    assert harness.letters() == ["store", "store is over"]
    harness.restart(FULL)
    assert harness.letters()[2:] == ["store"]


def test_the_end_is_sent_again_if_it_was_not_sent(harness):  # P19
    harness.restart(FULL)
    harness.operators.script.append(ChannelUnavailable("not reached"))
    for _ in range(3):
        harness.restart(None)
    assert harness.letters() == ["store", "store is over"]


def test_a_report_that_did_not_arrive_is_repeated_at_the_next_start(harness):  # P19
    harness.operators.script.append(ChannelUnavailable("not reached"))
    harness.restart(FULL)
    assert harness.letters() == []
    harness.restart(FULL)
    assert harness.letters() == ["store"]


def test_a_report_that_may_have_arrived_is_repeated_after_an_hour(harness):  # P19
    harness.operators.script.append(ChannelUnknown("no answer"))
    for _ in range(59):
        harness.restart(FULL)
    assert len(harness.operators.calls) == 1
    for _ in range(2):
        harness.restart(FULL)
    assert len(harness.operators.calls) == 2


def test_a_tick_that_fails_or_waits_for_the_clock_ends_no_failure(harness):  # P19
    harness.restart(FULL)
    sender = harness.alert_sender()
    sender.after_tick({AlertKind.LOOP: "KeyError"})
    sender.after_tick({}, (OperatorAlert(AlertKind.CLOCK, "", T0),))
    assert "store is over" not in harness.letters()


def test_a_clock_that_was_set_back_hides_no_failure(harness):  # P19
    harness.restart(FULL)
    harness.restart(FULL, timedelta(days=-400))
    assert harness.letters() == ["store"] * 2


@pytest.mark.parametrize("content", ["", "{", "[]", '{"since": 1}', "\x00" * 256])
def test_a_damaged_file_reports_the_failure_once_more(harness, content):  # P19
    harness.restart(FULL)
    harness.path.with_name("wire.db.failure.json").write_text(content)
    for _ in range(2):
        harness.restart(FULL)
    assert harness.letters() == ["store"] * 2


def test_the_file_keeps_its_size(tmp_path):
    """P19: on a full disk a file can be overwritten in its place, but cannot grow."""
    file = StoreFailureFile(tmp_path / "wire.db")
    sizes = set()
    for report in (None, StoreFailureReport(T0, T0, certain=False), None):
        file.write(report)
        assert file.read() == report
        sizes.add((tmp_path / "wire.db.failure.json").stat().st_size)
    assert len(sizes) == 1


def test_without_a_folder_nothing_is_raised(tmp_path):
    file = StoreFailureFile(tmp_path / "missing" / "wire.db")
    file.write(StoreFailureReport(T0, T0, certain=True))
    assert file.read() is None

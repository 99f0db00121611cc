"""The ledger is stamped beside the ticks; whatever fails is tried again (P19)."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pytest

from bot.clock import StillClock
from bot.errors import StoreLocked, TimeStampError
from bot.model.operations import AlertKind
from bot.publishing.stamping import INTERVAL, LedgerStamping
from bot.site.evidence.ledger import Ledger
from bot.site.evidence.timestamps.files import FOLDER, StampFolder
from bot.site.evidence.timestamps.ledger_check import check_stamps
from bot.site.evidence.timestamps.messages import request_text
from bot.site.evidence.timestamps.verification import TimeStamp, verify_reply
from bot.tick.loop import Loop
from bot.tick.runner import TickResult, TickRunner
from tests.servers.time_stamps import OpensslAuthority
from tests.unit.test_evidence_ledger import AT, fill, manifest


@dataclass
class FakeAuthority:
    """Stamps at once, or raises `error`."""

    name: str = "tsa"
    error: Exception | None = None
    asked: list[bytes] = field(default_factory=list)
    order: list[str] = field(default_factory=list)

    def stamp(self, digest: bytes) -> tuple[bytes, TimeStamp]:
        self.asked.append(digest)
        self.order.append(self.name)
        if self.error is not None:
            raise self.error
        return b"reply", TimeStamp(digest, AT, "Test TSA", 1)


@dataclass
class StampingHarness:
    """A ledger of three entries that one authority stamps, and a clock."""

    ledger: Ledger
    authority: FakeAuthority = field(default_factory=FakeAuthority)
    clock: StillClock = field(default_factory=lambda: StillClock(AT))
    is_paused: Callable[[], bool] = lambda: False

    def __post_init__(self) -> None:
        self.folder = StampFolder(self.ledger.folder)
        self.stamping = LedgerStamping(
            self.folder, [self.authority], self.clock, self._paused
        )

    def _paused(self) -> bool:
        return self.is_paused()

    def run_for(self, duration: timedelta) -> None:
        for _ in range(duration // INTERVAL):
            self.stamping.run()
            self.clock.sleep(INTERVAL)

    def add_entry(self, number: int) -> str:
        receipt = self.ledger.folder.parent / "other.json"
        self.ledger.enter(receipt, "KZ-2026-0009", manifest(number), AT)
        return self.last

    @property
    def last(self) -> str:
        head = json.loads((self.ledger.folder / "head.json").read_bytes())
        return str(head["last"])


@pytest.fixture
def harness(tmp_path) -> StampingHarness:
    return StampingHarness(fill(tmp_path))


def test_only_the_newest_head_is_stamped_and_only_once(harness):
    harness.run_for(timedelta(minutes=3))
    assert harness.authority.asked == [bytes.fromhex(harness.last)]
    harness.add_entry(8)
    last = harness.add_entry(9)
    harness.run_for(timedelta(minutes=3))
    assert harness.authority.asked[1:] == [bytes.fromhex(last)]


def test_stamped_head_is_not_stamped_again_after_a_restart(harness):
    harness.stamping.run()
    again = StampingHarness(harness.ledger)
    again.stamping.run()
    assert again.authority.asked == []


def test_time_stamp_that_is_not_in_the_list_is_asked_for_again(harness):
    """A crash between the two files loses nothing."""
    harness.stamping.run()
    (harness.ledger.folder / FOLDER / "2026-02.jsonl").unlink()
    again = StampingHarness(harness.ledger)
    again.stamping.run()
    (line,) = (
        (harness.ledger.folder / FOLDER / "2026-02.jsonl").read_text().splitlines()
    )
    assert json.loads(line)["sha256"] == harness.last


def test_files_are_public_and_listed_and_name_no_incident(harness):  # P12
    harness.stamping.run()
    folder = harness.ledger.folder / FOLDER
    (line,) = (folder / "2026-02.jsonl").read_text().splitlines()
    entry = json.loads(line)
    assert entry["file"] == f"2026-02/{harness.last}.tsa.tsr"
    assert entry["entry"] == 3
    path = folder / entry["file"]
    assert path.read_bytes() == b"reply"
    assert path.stat().st_mode & 0o777 == 0o644
    assert sorted(p.name for p in folder.rglob("*")) == [
        "2026-02",
        "2026-02.jsonl",
        path.name,
    ]
    assert "KZ" not in line


def test_failed_authority_is_asked_less_and_less_often(harness):
    harness.authority.error = TimeStampError("the server answered 503")
    harness.run_for(timedelta(hours=4))
    # After 0, 1, 3, 7, 15, 31 and 63 minutes, and then once an hour.
    assert len(harness.authority.asked) == 9
    harness.authority.error = None
    harness.run_for(timedelta(hours=1))
    assert len(harness.authority.asked) == 10


def test_lasting_failure_alerts_until_it_is_over(harness):  # P19
    harness.authority.error = TimeStampError("the server answered 503")
    harness.run_for(timedelta(minutes=14))
    assert harness.stamping.alerts() == ()
    harness.run_for(timedelta(minutes=2))
    (alert,) = harness.stamping.alerts()
    assert alert.kind is AlertKind.TIMESTAMP
    assert (alert.subject, alert.since) == ("tsa", AT)
    assert alert.note == "the server answered 503"
    harness.authority.error = None
    harness.run_for(timedelta(hours=1))
    assert harness.stamping.alerts() == ()


def test_unexpected_error_is_reported_without_its_text(harness):  # P16, P19
    harness.authority.error = KeyError("a secret")
    harness.stamping.run()
    harness.clock.sleep(timedelta(minutes=16))
    (alert,) = harness.stamping.alerts()
    assert alert.note == "KeyError"


def test_full_disk_is_reported_as_a_failure(harness):  # P19
    (harness.ledger.folder / FOLDER).write_text("no folder")
    harness.run_for(timedelta(minutes=16))
    (alert,) = harness.stamping.alerts()
    assert alert.note.startswith("Not a directory: ")


def test_failing_authority_does_not_delay_the_others(harness):
    failing = FakeAuthority("dead", TimeStampError("the server answered 503"))
    order: list[str] = []
    for authority in (failing, harness.authority):
        authority.order = order
    stamping = LedgerStamping(
        harness.folder, [failing, harness.authority], harness.clock, lambda: False
    )
    stamping.run()
    harness.add_entry(9)
    harness.clock.sleep(timedelta(minutes=5))
    stamping.run()
    assert order == ["dead", "tsa", "tsa", "dead"]
    assert {f.authority for f in harness.folder.files()} == {"tsa"}


def test_request_that_never_ends_alerts_as_well(harness):  # P19
    asked, answer = threading.Event(), threading.Event()

    def stamp(_: bytes) -> tuple[bytes, TimeStamp]:
        asked.set()
        answer.wait(30)
        raise TimeStampError("the server gave no answer")

    harness.authority.stamp = stamp
    with harness.stamping.in_background():
        assert asked.wait(10)
        harness.clock.sleep(timedelta(minutes=16))
        (alert,) = harness.stamping.alerts()
        answer.set()
    assert (alert.subject, alert.note) == ("tsa", "the request has not ended")


def test_alert_is_sent_with_those_of_the_ticks(harness):  # P19
    class QuietRunner(TickRunner):
        def __init__(self) -> None:
            """Create a runner without sources or a store."""

        def tick(self) -> TickResult:
            return TickResult(AT, (), (), ())

    harness.authority.error = TimeStampError("the server answered 503")
    harness.stamping.run()
    harness.clock.sleep(timedelta(minutes=16))
    results: list[TickResult] = []
    alerts = harness.stamping.alerts
    loop = Loop(
        QuietRunner(), harness.clock, INTERVAL, results.append, other_alerts=alerts
    )
    loop.run(once=True)
    assert [alert.subject for alert in results[0].alerts] == ["tsa"]


def raise_locked() -> bool:
    raise StoreLocked("the store is locked")


@pytest.mark.parametrize("pause", [lambda: True, raise_locked], ids=["on", "unknown"])
def test_nothing_is_sent_while_everything_is_paused(harness, pause):  # P16
    harness.is_paused = pause
    harness.run_for(timedelta(hours=1))
    assert harness.authority.asked == []
    assert harness.stamping.alerts() == ()
    harness.is_paused = lambda: False
    harness.stamping.run()
    assert len(harness.authority.asked) == 1


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"last": 1}', '{"last": "../x"}'])
def test_empty_or_damaged_head_asks_nobody(harness, text):
    (harness.ledger.folder / "head.json").write_text(text)
    harness.stamping.run()
    assert harness.authority.asked == []


def test_end_of_the_program_does_not_wait_for_an_authority(harness):  # P10, P19
    asked, answer = threading.Event(), threading.Event()

    def stamp(digest: bytes) -> tuple[bytes, TimeStamp]:
        asked.set()
        answer.wait(30)
        return b"reply", TimeStamp(digest, AT, "Test TSA", 1)

    harness.authority.stamp = stamp
    with harness.stamping.in_background():
        assert asked.wait(10)
        began = time.monotonic()
    assert time.monotonic() - began < 3
    answer.set()
    # What arrives after the end is not written by halves.
    assert list(harness.folder.files()) == []


def test_stamps_of_a_ledger_are_checked_without_a_network(harness, tmp_path):
    authority = OpensslAuthority(tmp_path / "tsa")
    harness.authority.stamp = lambda digest: stamp_by(authority, digest)
    harness.stamping.run()
    harness.add_entry(9)
    check = partial(check_stamps, harness.ledger.folder)
    result = check({"tsa": authority.trusted.read_bytes()})
    assert (result.problems, result.unchecked, result.entries) == ([], [], 4)
    (proof,) = result.proofs
    assert proof.last_entry == 3
    assert proof.not_after(1) == proof.not_after(3) == proof.stamps[3].not_after
    assert proof.not_after(4) is None
    assert check({}).unchecked == ["tsa"]
    other = OpensslAuthority(tmp_path / "other").trusted.read_bytes()
    (problem,) = check({"tsa": other}).problems
    (file,) = harness.folder.files()
    assert file.path.name in problem


def stamp_by(authority: OpensslAuthority, digest: bytes) -> tuple[bytes, TimeStamp]:
    reply = authority.reply(request_text(digest, 7))
    return reply, verify_reply(reply, digest, authority.trusted.read_bytes())


def test_stamp_of_an_entry_that_is_gone_shows_another_ledger(harness):
    harness.stamping.run()
    (harness.ledger.folder / "2026-02.jsonl").write_text("")
    (problem,) = check_stamps(harness.ledger.folder, {}).problems
    assert "the ledger is not the one that was stamped" in problem


def test_authority_without_any_stamp_is_a_problem(harness):
    (problem,) = check_stamps(harness.ledger.folder, {"tsa": b""}).problems
    assert problem == "timestamps: the ledger has no time stamp of tsa"

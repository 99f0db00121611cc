"""The ledger is stamped beside the ticks; whatever fails is tried again (P19)."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.clock import StillClock, SystemClock
from bot.errors import StoreLocked, TimeStampError
from bot.http.limited_client import AnswerLimits
from bot.model.operations import AlertKind
from bot.publishing.stamping import INTERVAL, LedgerStamping
from bot.site.evidence.ledger import Ledger
from bot.site.evidence.timestamps.authority import (
    LIMITS,
    AuthoritySettings,
    StampingAuthority,
)
from bot.site.evidence.timestamps.files import FOLDER, StampFolder
from bot.site.evidence.timestamps.ledger_check import check_stamps
from bot.site.evidence.timestamps.messages import request_text
from bot.site.evidence.timestamps.verification import TimeStamp
from tests.servers.drip import DripServer
from tests.servers.local import Reply
from tests.servers.time_stamps import REPLY_TYPE, AuthorityServer, OpensslAuthority
from tests.unit.test_evidence_ledger import AT, fill, manifest

DIGEST = bytes(range(32))
SECRET_PATH = "/secret-path"
SHORT = AnswerLimits(timedelta(seconds=5), timedelta(seconds=0.5), LIMITS.max_bytes)


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> OpensslAuthority:
    return OpensslAuthority(tmp_path_factory.mktemp("tsa") / "tsa")


@pytest.fixture
def served(authority) -> Iterator[AuthorityServer]:
    server = AuthorityServer(authority)
    yield server
    server.server.stop()


def client(
    served: AuthorityServer | str, trusted: Path, limits: AnswerLimits = LIMITS
) -> StampingAuthority:
    url = (
        served if isinstance(served, str) else f"{served.server.base_url}{SECRET_PATH}"
    )
    settings = AuthoritySettings("tsa", url, trusted.read_bytes())
    return StampingAuthority(settings, SystemClock(), limits)


def refusal(ask: StampingAuthority) -> str:
    with pytest.raises(TimeStampError) as caught:
        ask.stamp(DIGEST)
    assert SECRET_PATH not in str(caught.value)
    return str(caught.value)


def test_authority_stamps_the_hash_that_is_sent(served, authority):
    reply, stamp = client(served, authority.trusted).stamp(DIGEST)
    (request,) = served.requests
    assert request.headers["content-type"] == "application/timestamp-query"
    assert DIGEST in request.body
    assert stamp.digest == DIGEST
    assert DIGEST in reply


def test_reply_to_another_request_is_refused(served, authority):
    """An old reply proves nothing new, although it verifies."""
    old = authority.reply(request_text(DIGEST, 7))
    served.change = lambda _: Reply(body=old, headers=REPLY_TYPE)
    assert "nonce" in refusal(client(served, authority.trusted))


def test_reply_for_another_hash_is_refused(served, authority):
    other = authority.reply(request_text(DIGEST[::-1], 7))
    served.change = lambda _: Reply(body=other, headers=REPLY_TYPE)
    assert "another hash" in refusal(client(served, authority.trusted))


def test_certificates_of_another_ca_are_refused(served, tmp_path):
    other = OpensslAuthority(tmp_path)
    assert "no valid chain" in refusal(client(served, other.trusted))


def test_time_that_our_clock_contradicts_is_refused(served, authority):
    settings = AuthoritySettings("tsa", served.url, authority.trusted.read_bytes())
    clock = StillClock(datetime.now(UTC) + timedelta(minutes=10))
    assert "clock contradicts" in refusal(StampingAuthority(settings, clock))


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (
            Reply(body=b"<html>", headers={"Content-Type": "text/html"}),
            "text/html instead of a time stamp",
        ),
        (Reply(body=b"<html>", headers=REPLY_TYPE), "no reply with a time stamp"),
        (Reply(body=b"0" * 2**17, headers=REPLY_TYPE), "too large"),
        (Reply(status=503), "answered 503"),
        (Reply(status=302, headers={"Location": "/"}), "answered 302"),
        (Reply(body=b"0" * 999, sent_share=0.5), "no answer"),
        (
            # The status 2, and the text "<b>too often" with a line break.
            Reply(
                body=b"\x30\x16\x30\x14\x02\x01\x02\x30\x0f\x0c\x0d<b>too often\n",
                headers=REPLY_TYPE,
            ),
            r"refused to stamp: '<b>too often\n'",
        ),
    ],
    ids=["html", "noise", "huge", "503", "redirect", "cut off", "refused"],
)
def test_answer_that_is_no_time_stamp_is_explained(served, authority, reply, message):
    served.change = lambda _: reply
    assert message in refusal(client(served, authority.trusted))


def test_dripping_or_missing_authority_ends_in_time(authority):  # P19
    drip = DripServer(b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n")
    began = time.monotonic()
    try:
        url = f"http://127.0.0.1:{drip.port}/"
        assert "no answer" in refusal(client(url, authority.trusted, SHORT))
    finally:
        drip.stop()
    assert "no answer" in refusal(client(url, authority.trusted, SHORT))
    assert time.monotonic() - began < 5


@dataclass
class FakeAuthority:
    """Stamps at once, or raises `error`."""

    name: str = "tsa"
    error: Exception | None = None
    asked: list[bytes] = field(default_factory=list)

    def stamp(self, digest: bytes) -> tuple[bytes, TimeStamp]:
        self.asked.append(digest)
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


def test_one_failing_authority_does_not_stop_another(harness):
    failing = FakeAuthority("dead", TimeStampError("the server answered 503"))
    stamping = LedgerStamping(
        harness.folder, [failing, harness.authority], harness.clock, lambda: False
    )
    stamping.run()
    assert failing.asked == harness.authority.asked
    assert [f.authority for f in harness.folder.files()] == ["tsa"]


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


def test_stamps_of_a_ledger_are_checked_without_a_network(
    harness, served, authority, tmp_path
):
    stamping = LedgerStamping(
        harness.folder,
        [client(served, authority.trusted)],
        SystemClock(),
        lambda: False,
    )
    with stamping.in_background():
        assert stamping.wait_for_run(30)
    harness.add_entry(9)
    check = partial(check_stamps, harness.ledger.folder)
    result = check({"tsa": authority.trusted.read_bytes()})
    assert (result.problems, result.unchecked, result.entries) == ([], [], 4)
    (proof,) = result.proofs
    assert proof.last_entry == 3
    assert proof.not_after(1) == proof.not_after(3) == proof.stamps[3].not_after
    assert proof.not_after(4) is None
    assert check({}).unchecked == ["tsa"]
    (problem,) = check(
        {"tsa": OpensslAuthority(tmp_path).trusted.read_bytes()}
    ).problems
    (file,) = harness.folder.files()
    assert file.path.name in problem


def test_stamp_of_an_entry_that_is_gone_shows_another_ledger(harness):
    harness.stamping.run()
    (harness.ledger.folder / "2026-02.jsonl").write_text("")
    (problem,) = check_stamps(harness.ledger.folder, {}).problems
    assert "the ledger is not the one that was stamped" in problem


def test_authority_without_any_stamp_is_a_problem(harness):
    (problem,) = check_stamps(harness.ledger.folder, {"tsa": b""}).problems
    assert problem == "timestamps: the ledger has no time stamp of tsa"

"""What a server asks for or links to is taken within limits; rooms are checked at the start."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.clients import matrix, telegram
from bot.channels.clients.x_rate_limits import RateLimits
from bot.channels.matrix import MatrixChannel, MatrixConfig
from bot.clock import StillClock, SystemClock
from bot.errors import ChannelUnavailable
from bot.http.client import LONGEST_WAIT, capped_wait, server_link
from bot.publishing.start_check import report_unusable
from tests.servers.local import LocalServer, ReceivedRequest, Reply

NOW = datetime(2026, 1, 8, tzinfo=UTC)
ABSURD = [10**30, 10**15, 1e300, float("inf"), 999_999_999]


@pytest.mark.parametrize("number", ABSURD, ids=str)
def test_absurd_wait_in_an_answer_is_capped(number):
    assert capped_wait(number) == LONGEST_WAIT
    body = {"parameters": {"retry_after": number}}
    assert telegram._retry_after(body) == LONGEST_WAIT
    if isinstance(number, int):
        assert matrix._retry_after({"retry_after_ms": number}) == LONGEST_WAIT


@pytest.mark.parametrize("number", [-5, 0, float("nan"), -1e300])
def test_wait_that_is_over_is_no_wait(number):
    assert capped_wait(number) == timedelta(0)


@pytest.mark.parametrize("value", [True, "5", None, [], {}])
def test_wait_that_is_no_number_is_ignored(value):
    assert capped_wait(value) is None


def test_wait_of_milliseconds_is_exact():
    assert matrix._retry_after({"retry_after_ms": 1500}) == timedelta(seconds=1.5)


def test_limit_of_x_that_resets_in_a_thousand_years_is_capped():
    limits = RateLimits("x", StillClock(NOW))
    headers = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "9" * 30}
    limits.update("POST", "/2/tweets", headers)
    with pytest.raises(ChannelUnavailable) as caught:
        limits.check("POST", "/2/tweets")
    assert caught.value.retry_after == LONGEST_WAIT


@pytest.mark.parametrize(
    ("link", "is_taken"),
    [
        ("https://social.example/@wire/1", True),
        ("http://social.example:8080/@wire/1", True),
        ("https://elsewhere.example/@wire/1", False),
        ("https://wire@social.example/1", False),
        ("javascript:alert(1)", False),
        ("//social.example/1", False),
        ("https://[social.example", False),
        (None, False),
        (7, False),
    ],
)
def test_link_of_a_server_leads_to_that_server(link, is_taken):
    assert server_link(link, "https://social.example") == (link if is_taken else None)


def room_states(kind: str) -> dict[str, Reply]:
    """Return the answers of a server for a room that was replaced, encrypted or left."""
    return {
        "replaced": {"m.room.tombstone": Reply(200, {"replacement_room": "!new:a.b"})},
        "encrypted": {"m.room.encryption": Reply(200, {"algorithm": "m.megolm"})},
        "left": {
            "m.room.tombstone": Reply(
                403, {"errcode": "M_FORBIDDEN", "error": "not in room"}
            )
        },
    }[kind]


def channel(address: str, monkeypatch: pytest.MonkeyPatch) -> MatrixChannel:
    monkeypatch.setenv("ROOM_TOKEN", "a-token")
    section = {"base_url": address, "token": "env:ROOM_TOKEN", "room": "!r:a.b"}
    config = MatrixConfig.model_validate(section | {"timeout": "5s"})
    return MatrixChannel("room", config, SystemClock())


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("replaced", "room: the room was replaced; join !new:a.b and set room to it."),
        ("encrypted", "room: the room is encrypted, but outagewire can only send"),
        ("left", "let it join the room and send messages there."),
    ],
)
def test_state_of_a_room_is_reported_at_the_start(kind, words, monkeypatch):
    answers = room_states(kind)

    def answer(request: ReceivedRequest) -> Reply:
        name = request.path.rstrip("/").rpartition("/")[2]
        return answers.get(name, Reply(404, {"errcode": "M_NOT_FOUND"}))

    server, reports = LocalServer(answer), list[str]()
    try:
        room = channel(server.base_url, monkeypatch)
        for thread in report_unusable([room], reports.append):
            thread.join(20)
    finally:
        server.stop()
    (report,) = reports
    assert words in report


def test_server_that_does_not_answer_does_not_hold_up_the_start(monkeypatch):
    server = LocalServer(lambda _: Reply(200, {}, wait_s=2))
    reports: list[str] = []
    try:
        began = time.monotonic()
        (thread,) = report_unusable(
            [channel(server.base_url, monkeypatch)], reports.append
        )
        assert time.monotonic() - began < 1
        assert thread.daemon
        thread.join(20)
    finally:
        server.stop()


def test_server_that_is_down_is_reported(monkeypatch):
    reports: list[str] = []
    room = channel("http://127.0.0.1:9", monkeypatch)
    for thread in report_unusable([room], reports.append):
        thread.join(20)
    assert "the server was not reached" in reports[0]

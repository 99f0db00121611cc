"""An authority is asked over HTTP, and whatever it answers ends in a clear error (P19)."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import StillClock, SystemClock
from bot.errors import TimeStampError
from bot.http.limited_client import AnswerLimits
from bot.site.evidence.timestamps.authority import (
    LIMITS,
    AuthoritySettings,
    StampingAuthority,
)
from bot.site.evidence.timestamps.messages import request_text
from tests.servers.drip import DripServer
from tests.servers.local import Reply
from tests.servers.time_stamps import REPLY_TYPE, AuthorityServer, OpensslAuthority

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

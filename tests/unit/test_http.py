"""The HTTP client and reader: retries, limits, and what each status means."""

import gzip
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.clock import StillClock, SystemClock
from bot.errors import SourceFormatChanged, SourceUnavailable, SourceUnreachable
from bot.http.client import make_client, one_line, retry_after, server_date
from bot.http.limited_client import AnswerLimits
from bot.http.reader import (
    RateLimitedReader,
    RetryPolicy,
)
from tests.servers.drip import DripServer
from tests.servers.local import LocalServer, ReceivedRequest, Reply

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
URL = "https://user:hunter2@source.example/v2/data?token=hunter2"
SECOND = timedelta(seconds=1)


class ScriptedServer:
    """A server that gives each of `replies` in turn, and then repeats the last one."""

    def __init__(self, clock: StillClock, *replies: httpx.Response | Exception) -> None:
        self.clock = clock
        self.replies = list(replies)
        self.request_times: list[datetime] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.request_times.append(self.clock.now())
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, Exception):
            raise reply
        return httpx.Response(
            reply.status_code, headers=reply.headers, content=reply.content
        )


def make_reader(
    server: Callable[[httpx.Request], httpx.Response],
    clock: StillClock | SystemClock,
    retry_policy: RetryPolicy | None = None,
    interval: timedelta = timedelta(0),
) -> RateLimitedReader:
    client = make_client(
        45 * SECOND, contact="ops@example.org", transport=httpx.MockTransport(server)
    )
    return RateLimitedReader(client, clock, retry_policy or RetryPolicy(), interval)


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOW)


def test_successful_response_is_returned_unchanged(clock):
    server = ScriptedServer(clock, httpx.Response(200, content=b"facts"))
    reply = make_reader(server, clock).get(URL)
    assert (reply.status, reply.body) == (200, b"facts")


def test_user_agent_has_version_and_contact():
    client = make_client(SECOND, contact="ops@example.org")
    assert re.fullmatch(
        r"outagewire/[\d.]+ \(\+ops@example\.org\)", client.headers["User-Agent"]
    )
    assert make_client(SECOND).headers["User-Agent"].count("(") == 0


def test_every_timeout_is_set():
    timeout = make_client(45 * SECOND).timeout
    assert set(timeout.as_dict().values()) == {45.0}


@pytest.mark.parametrize(
    "failure",
    [
        httpx.Response(429),
        httpx.Response(500, content=b"<html>"),
        httpx.Response(503),
        httpx.ConnectError("hunter2"),
        httpx.ReadTimeout("hunter2"),
        httpx.RemoteProtocolError("peer closed: hunter2"),
        httpx.DecodingError("hunter2"),
    ],
    ids=lambda t: str(getattr(t, "status_code", type(t).__name__)),
)
def test_temporary_failure_is_retried_and_then_raised(failure, clock):
    server = ScriptedServer(clock, failure)
    with pytest.raises(SourceUnavailable) as caught:
        make_reader(server, clock, RetryPolicy(attempts=3)).get(URL)
    assert len(server.request_times) == 3
    assert "hunter2" not in str(caught.value), "a message must not contain a secret"
    assert "source.example" in str(caught.value)


def test_failed_connection_raises_source_unreachable(clock):
    server = ScriptedServer(clock, httpx.ConnectError("refused"))
    with pytest.raises(SourceUnreachable, match=r"source\.example cannot be reached"):
        make_reader(server, clock, RetryPolicy(attempts=1)).get(URL)


def test_failure_followed_by_success_is_not_raised(clock):
    server = ScriptedServer(
        clock, httpx.Response(502), httpx.Response(200, content=b"ok")
    )
    assert make_reader(server, clock).get(URL).body == b"ok"
    assert len(server.request_times) == 2


def test_retry_delays_grow_with_jitter_up_to_a_limit(clock):
    server = ScriptedServer(clock, httpx.Response(500))
    retry_policy = RetryPolicy(attempts=6, first_wait=SECOND, longest_wait=5 * SECOND)
    with pytest.raises(SourceUnavailable):
        make_reader(server, clock, retry_policy).get(URL)
    delays = [(b - a) / SECOND for a, b in pairwise(server.request_times)]
    assert all(delay <= 5 for delay in delays)
    assert [1 <= delays[0] <= 2, 2 <= delays[1] <= 3, 4 <= delays[2] <= 5] == [True] * 3


@pytest.mark.parametrize("header", ["90", "Mon, 05 Jan 2026 12:01:30 GMT"])
def test_retry_after_is_honoured_in_seconds_and_as_a_date(header, clock):
    server = ScriptedServer(
        clock,
        httpx.Response(429, headers={"Retry-After": header}),
        httpx.Response(200),
    )
    make_reader(server, clock).get(URL)
    assert server.request_times[1] - server.request_times[0] == 90 * SECOND


def test_long_retry_after_is_raised_without_waiting(clock):
    server = ScriptedServer(
        clock, httpx.Response(503, headers={"Retry-After": "86400"})
    )
    with pytest.raises(SourceUnavailable) as caught:
        make_reader(server, clock).get(URL)
    assert caught.value.retry_after == timedelta(days=1)
    assert len(server.request_times) == 1
    assert clock.now() == NOW


@given(st.text())
def test_any_retry_after_text_gives_a_delay_or_none(text):
    headers = httpx.Headers({"Retry-After": text.encode("utf-8", "replace")})
    delay = retry_after(headers, NOW)
    assert delay is None or delay >= timedelta(0)


@pytest.mark.parametrize("text", ["-5", "soon", "", "1e3", "٣", "²"])
def test_invalid_retry_after_is_ignored(text):
    headers = httpx.Headers({"Retry-After": text.encode()})
    assert retry_after(headers, NOW) is None


@pytest.mark.parametrize("text", ["9" * 30, "999999999999", "86401"])
def test_long_retry_after_is_capped_at_one_day(text):
    headers = httpx.Headers({"Retry-After": text})
    assert retry_after(headers, NOW) == timedelta(days=1)


def test_retry_after_in_the_past_means_no_delay():
    headers = httpx.Headers({"Retry-After": "Mon, 05 Jan 2026 11:00:00 GMT"})
    assert retry_after(headers, NOW) == timedelta(0)


def test_client_error_has_the_servers_message_and_is_not_retried(clock):
    content = {"error": "Missing required\nrequest parameter 'from'" + "!" * 500}
    server = ScriptedServer(clock, httpx.Response(400, json=content))
    with pytest.raises(
        SourceFormatChanged, match="HTTP 400: Missing required"
    ) as caught:
        make_reader(server, clock).get(URL)
    assert len(server.request_times) == 1
    assert len(str(caught.value)) < 260
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"error": 5}', b"[" * 100_000])
def test_client_error_without_a_message_is_raised(body, clock):
    server = ScriptedServer(clock, httpx.Response(404, content=body))
    with pytest.raises(SourceFormatChanged, match=r"HTTP 404$"):
        make_reader(server, clock).get(URL)


def test_a_cookie_is_not_kept_and_not_sent_back():
    sent: list[str | None] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers.get("Cookie"))
        return httpx.Response(200, headers={"Set-Cookie": "visitor=7; Path=/"})

    transport = httpx.MockTransport(answer)
    with make_client(SECOND, transport=transport) as client:
        for _ in range(2):
            client.get("https://source.example/")
        assert not client.cookies
    assert sent == [None, None]


def test_a_redirect_is_not_followed(clock):
    redirect = httpx.Response(302, headers={"Location": "https://other.example/"})
    server = ScriptedServer(clock, redirect)
    with pytest.raises(SourceFormatChanged, match="302"):
        make_reader(server, clock).get(URL)
    assert len(server.request_times) == 1


@pytest.fixture
def serve() -> Iterator[Callable[[Reply], str]]:
    """A function that starts a server with one answer to every request; returns its URL."""
    servers: list[LocalServer] = []

    def start(reply: Reply) -> str:
        servers.append(LocalServer(lambda _: reply))
        return servers[-1].base_url

    yield start
    for server in servers:
        server.stop()


def get_limited(url: str, **limits) -> bytes:
    policy = RetryPolicy(attempts=1)
    with make_client(AnswerLimits(SECOND, **limits)) as client:
        reader = RateLimitedReader(client, SystemClock(), policy, 0 * SECOND)
        return reader.get(url).body


def test_a_body_that_is_too_large_is_refused(serve):
    assert get_limited(serve(Reply(200, b"x" * 1000)), max_bytes=1000) == b"x" * 1000
    with pytest.raises(SourceUnavailable, match="response that is too large"):
        get_limited(serve(Reply(200, b"x" * 1001)), max_bytes=1000)


def test_a_packed_body_is_unpacked_once_and_within_the_limit(serve):  # P19
    packed, header = gzip.compress(b"x" * 1000), {"Content-Encoding": "gzip"}
    assert get_limited(serve(Reply(200, packed, header)), max_bytes=1000) == b"x" * 1000
    with pytest.raises(SourceUnavailable, match="response that is too large"):
        get_limited(serve(Reply(200, packed, header)), max_bytes=999)
    twice = {"Content-Encoding": "gzip, gzip"}
    with pytest.raises(SourceUnavailable, match="DecodingError"):
        get_limited(serve(Reply(200, gzip.compress(packed), twice)))


@pytest.mark.parametrize(
    "packed",
    [b"no gzip", gzip.compress(b"x" * 9000, mtime=0)[:20]],
    ids=["wrong", "cut"],
)
def test_a_damaged_packed_body_is_refused(serve, packed):
    with pytest.raises(SourceUnavailable, match="DecodingError"):
        get_limited(serve(Reply(200, packed, {"Content-Encoding": "gzip"})))


def test_a_header_that_is_no_ascii_does_no_harm():  # P19
    answer = b"HTTP/1.1 200 OK\r\nX-Name: \xff\xfe\r\nContent-Length: 2\r\n\r\n{}"
    server = DripServer(answer, b"", period_s=5)
    try:
        assert get_limited(f"http://127.0.0.1:{server.port}/") == b"{}"
    finally:
        server.stop()


def test_an_answer_that_drips_is_ended_in_time(drip):  # P19
    began = time.monotonic()
    with pytest.raises(SourceUnavailable, match="in time"):
        get_limited(drip, total_time=0.5 * SECOND)
    assert time.monotonic() - began < 5


@pytest.fixture(params=[b"", b"HTTP/1.1 200 OK\r\n\r\n"], ids=["headers", "body"])
def drip(request) -> Iterator[str]:
    """The URL of a server that sends ten bytes a second, without end."""
    first = request.param or b"HTTP/1.1 200 OK\r\nX-More: "
    server = DripServer(first, b"x", period_s=0.1)
    yield f"http://127.0.0.1:{server.port}/"
    server.stop()


def test_requests_keep_the_minimum_interval(clock):
    server = ScriptedServer(clock, httpx.Response(200))
    limited_reader = make_reader(server, clock, interval=2 * SECOND)
    for _ in range(4):
        limited_reader.get(URL)
    assert server.request_times == [NOW + 2 * n * SECOND for n in range(4)]


def test_clock_set_back_does_not_delay_requests_for_hours(clock):
    server = ScriptedServer(clock, httpx.Response(200))
    limited_reader = make_reader(server, clock, interval=2 * SECOND)
    limited_reader.get(URL)
    clock.time -= timedelta(hours=5)
    limited_reader.get(URL)
    assert clock.now() == NOW - timedelta(hours=5) + 2 * SECOND


@given(st.text())
def test_a_shortened_text_is_one_short_line(text):
    short = one_line(text)
    assert len(short) <= 200
    assert short.isprintable()


@pytest.mark.parametrize(
    ("headers", "date"),
    [
        ({"Date": "Mon, 05 Jan 2026 12:00:00 GMT"}, NOW),
        ({"Date": "Mon, 05 Jan 2026 11:59:00 GMT", "Age": "60"}, NOW),
        ({"Date": "Mon, 05 Jan 2026 12:00:00 GMT", "Age": "-5"}, NOW),
        ({"Date": "yesterday"}, None),
        ({"Date": "Mon, 05 Jan 2026 12:00:00 GMT", "Age": "9" * 30}, None),
        ({}, None),
    ],
)
def test_server_time_is_read_from_the_response(headers, date):
    assert server_date(httpx.Headers(headers)) == date


def test_server_time_is_read_from_an_error_response():
    headers = {"Date": "Mon, 05 Jan 2026 12:00:00 GMT"}

    def respond(_: httpx.Request) -> httpx.Response:
        return httpx.Response(404, headers=headers)

    clock = SystemClock()
    http_reader = make_reader(respond, clock)
    assert [http_reader.server_time] == [None]
    before = clock.elapsed()
    with pytest.raises(SourceFormatChanged):
        http_reader.get(URL)
    assert http_reader.server_time is not None
    date, elapsed = http_reader.server_time
    assert date == NOW
    assert before <= elapsed <= clock.elapsed()


@pytest.mark.servers
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_requests_to_this_machine_use_no_proxy(monkeypatch, host):
    """P16: without encryption, a token for a server on this machine must not leave it."""
    proxied: list[str] = []

    def steal(request: ReceivedRequest) -> Reply:
        proxied.append(request.headers.get("authorization", ""))
        return Reply(500)

    proxy, server = LocalServer(steal), LocalServer(lambda _: Reply(200))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.base_url)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with make_client(5 * SECOND, token=SecretStr("token")) as client:
        answers = client.get(server.base_url.replace("127.0.0.1", host))
        elsewhere = client.get("http://source.example/")
    proxy.stop()
    server.stop()
    assert answers.status_code == 200
    assert elsewhere.status_code == 500
    assert len(proxied) == 1

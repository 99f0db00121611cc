"""The HTTP client and reader: retries, limits, and what each status means."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import StillClock, SystemClock
from bot.errors import SourceFormatChanged, SourceUnavailable, SourceUnreachable
from bot.http.client import date_of, make_client, one_line, retry_after
from bot.http.reader import (
    RateLimitedReader,
    RetryPolicy,
)

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
URL = "https://user:hunter2@source.example/v2/data?token=hunter2"
SECOND = timedelta(seconds=1)


class Server:
    """A server that gives each of `replies` in turn, and then repeats the last one."""

    def __init__(self, clock: StillClock, *replies: httpx.Response | Exception) -> None:
        self.clock = clock
        self.replies = list(replies)
        self.asked: list[datetime] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(self.clock.now())
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, Exception):
            raise reply
        return httpx.Response(
            reply.status_code, headers=reply.headers, content=reply.content
        )


def reader(
    server: Callable[[httpx.Request], httpx.Response],
    clock: StillClock | SystemClock,
    patience: RetryPolicy | None = None,
    interval: timedelta = timedelta(0),
) -> RateLimitedReader:
    client = make_client(
        45 * SECOND, contact="ops@example.org", transport=httpx.MockTransport(server)
    )
    return RateLimitedReader(client, clock, patience or RetryPolicy(), interval)


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOW)


def test_a_good_answer_is_taken_as_it_is(clock):
    server = Server(clock, httpx.Response(200, content=b"facts"))
    reply = reader(server, clock).get(URL)
    assert (reply.status, reply.body) == (200, b"facts")


def test_the_user_agent_says_who_asks_and_where_to_complain():
    client = make_client(SECOND, contact="ops@example.org")
    assert re.fullmatch(
        r"outagewire/[\d.]+ \(\+ops@example\.org\)", client.headers["User-Agent"]
    )
    assert make_client(SECOND).headers["User-Agent"].count("(") == 0


def test_every_kind_of_waiting_has_an_end():
    timeout = make_client(45 * SECOND).timeout
    assert set(timeout.as_dict().values()) == {45.0}


@pytest.mark.parametrize(
    "trouble",
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
def test_trouble_is_tried_again_and_then_told_as_unavailable(trouble, clock):
    server = Server(clock, trouble)
    with pytest.raises(SourceUnavailable) as caught:
        reader(server, clock, RetryPolicy(attempts=3)).get(URL)
    assert len(server.asked) == 3
    assert "hunter2" not in str(caught.value), "a message must not contain a secret"
    assert "source.example" in str(caught.value)


def test_a_source_that_cannot_be_reached_is_told_from_one_that_is_ill(clock):
    server = Server(clock, httpx.ConnectError("refused"))
    with pytest.raises(SourceUnreachable, match=r"source\.example cannot be reached"):
        reader(server, clock, RetryPolicy(attempts=1)).get(URL)


def test_trouble_that_passes_is_never_seen(clock):
    server = Server(clock, httpx.Response(502), httpx.Response(200, content=b"ok"))
    assert reader(server, clock).get(URL).body == b"ok"
    assert len(server.asked) == 2


def test_waits_grow_with_some_jitter_and_within_bounds(clock):
    server = Server(clock, httpx.Response(500))
    patience = RetryPolicy(attempts=6, first_wait=SECOND, longest_wait=5 * SECOND)
    with pytest.raises(SourceUnavailable):
        reader(server, clock, patience).get(URL)
    waits = [(b - a) / SECOND for a, b in zip(server.asked, server.asked[1:])]  # noqa: B905
    assert all(w <= 5 for w in waits)
    assert [1 <= waits[0] <= 2, 2 <= waits[1] <= 3, 4 <= waits[2] <= 5] == [True] * 3


@pytest.mark.parametrize("wish", ["90", "Mon, 05 Jan 2026 12:01:30 GMT"])
def test_a_retry_after_is_honoured_in_seconds_and_as_a_date(wish, clock):
    server = Server(
        clock,
        httpx.Response(429, headers={"Retry-After": wish}),
        httpx.Response(200),
    )
    reader(server, clock).get(URL)
    assert server.asked[1] - server.asked[0] == 90 * SECOND


def test_a_longer_wish_than_our_patience_is_passed_on_not_waited_out(clock):
    server = Server(clock, httpx.Response(503, headers={"Retry-After": "86400"}))
    with pytest.raises(SourceUnavailable) as caught:
        reader(server, clock).get(URL)
    assert caught.value.retry_after == timedelta(days=1)
    assert len(server.asked) == 1
    assert clock.now() == NOW


@given(st.text())
def test_a_retry_after_of_any_text_is_a_wish_or_nothing(text):
    headers = httpx.Headers({"Retry-After": text.encode("utf-8", "replace")})
    wish = retry_after(headers, NOW)
    assert wish is None or wish >= timedelta(0)


@pytest.mark.parametrize("text", ["-5", "soon", "", "1e3", "٣", "²"])
def test_a_mad_retry_after_is_no_wish(text):
    headers = httpx.Headers({"Retry-After": text.encode()})
    assert retry_after(headers, NOW) is None


@pytest.mark.parametrize("text", ["9" * 30, "999999999999", "86401"])
def test_an_absurd_retry_after_is_capped_at_a_day(text):
    headers = httpx.Headers({"Retry-After": text})
    assert retry_after(headers, NOW) == timedelta(days=1)


def test_a_date_in_the_past_is_a_wish_for_now():
    headers = httpx.Headers({"Retry-After": "Mon, 05 Jan 2026 11:00:00 GMT"})
    assert retry_after(headers, NOW) == timedelta(0)


def test_a_refusal_tells_the_servers_own_words_and_is_not_repeated(clock):
    words = {"error": "Missing required\nrequest parameter 'from'" + "!" * 500}
    server = Server(clock, httpx.Response(400, json=words))
    with pytest.raises(SourceFormatChanged, match="HTTP 400: Missing required") as told:
        reader(server, clock).get(URL)
    assert len(server.asked) == 1
    assert len(str(told.value)) < 260
    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"error": 5}', b"[" * 100_000])
def test_a_refusal_without_words_is_still_a_refusal(body, clock):
    server = Server(clock, httpx.Response(404, content=body))
    with pytest.raises(SourceFormatChanged, match=r"HTTP 404$"):
        reader(server, clock).get(URL)


def test_a_redirect_is_not_followed(clock):
    elsewhere = httpx.Response(302, headers={"Location": "https://other.example/"})
    server = Server(clock, elsewhere)
    with pytest.raises(SourceFormatChanged, match="302"):
        reader(server, clock).get(URL)
    assert len(server.asked) == 1


def test_an_endless_body_is_let_go(clock):
    server = Server(clock, httpx.Response(200, content=b"x" * 2000))
    with pytest.raises(SourceUnavailable, match="response that is too large"):
        reader(server, clock, RetryPolicy(attempts=1, most_bytes=1000)).get(URL)


def test_a_dripping_body_is_let_go(clock):
    class Drip(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            while True:
                clock.sleep(10 * SECOND)
                yield b"."

    def server(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=Drip())

    with pytest.raises(SourceUnavailable, match="in time"):
        reader(server, clock, RetryPolicy(attempts=1, deadline=60 * SECOND)).get(URL)


def test_requests_keep_their_distance(clock):
    server = Server(clock, httpx.Response(200))
    polite = reader(server, clock, interval=2 * SECOND)
    for _ in range(4):
        polite.get(URL)
    assert server.asked == [NOW + 2 * n * SECOND for n in range(4)]


def test_a_clock_set_back_does_not_stop_us_for_hours(clock):
    server = Server(clock, httpx.Response(200))
    polite = reader(server, clock, interval=2 * SECOND)
    polite.get(URL)
    clock.at -= timedelta(hours=5)
    polite.get(URL)
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
def test_a_servers_clock_is_read_from_its_answer(headers, date):
    assert date_of(httpx.Headers(headers)) == date


def test_a_refusal_shows_the_servers_clock_as_well():
    headers = {"Date": "Mon, 05 Jan 2026 12:00:00 GMT"}

    def refuse(_: httpx.Request) -> httpx.Response:
        return httpx.Response(404, headers=headers)

    clock = SystemClock()
    asking = reader(refuse, clock)
    assert [asking.server_time] == [None]
    before = clock.elapsed()
    with pytest.raises(SourceFormatChanged):
        asking.get(URL)
    assert asking.server_time is not None
    date, elapsed = asking.server_time
    assert date == NOW
    assert before <= elapsed <= clock.elapsed()

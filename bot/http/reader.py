"""One httpx client, one retry policy, and what a status means.

    2xx                                          → the body
    429, 5xx, network, time-out, truncated body  → SourceUnavailable, tried again
    no connection at all                         → SourceUnreachable, tried again
    any other status                             → SourceFormatChanged

No message holds an address's query, a header or a body: only the server's own
`error` text, cut short, so no secret can travel in one.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential,
    wait_random,
)

from bot import __version__
from bot.clock import Clock
from bot.errors import SourceFormatChanged, SourceUnavailable, SourceUnreachable

_LONGEST_TEXT = 160
_TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How long to go on asking.

    Attributes:
        attempts: how often one question is put, the first time included.
        first_wait: before the second attempt; doubled for each later one, with
            up to `first_wait` of jitter so that many clients do not come at once.
        longest_wait: the longest single wait. A server that wishes a longer one
            is left alone: its wish travels in the error.
        deadline: the longest one attempt may take as a whole; a server that
            drips a byte now and then would pass every shorter time-out.
        most_bytes: the largest body that is read.
    """

    attempts: int = 4
    first_wait: timedelta = timedelta(seconds=2)
    longest_wait: timedelta = timedelta(minutes=2)
    deadline: timedelta = timedelta(minutes=3)
    most_bytes: int = 64 * 2**20


@dataclass(frozen=True, slots=True)
class HttpReply:
    """A good answer: its status and its whole body."""

    status: int
    body: bytes


def make_client(
    contact: str,
    timeout: timedelta,
    transport: httpx.BaseTransport | None = None,
) -> httpx.Client:
    """An HTTP client that says who asks, waits `timeout` at most, and is not led on.

    `contact` is an address or e-mail the server's people can write to; empty where
    the operator gave none. Redirects are off: a source that moved is looked at by
    a person.
    """
    agent = f"outagewire/{__version__}" + (f" (+{contact})" if contact else "")
    return httpx.Client(
        timeout=httpx.Timeout(timeout.total_seconds()),
        headers={"User-Agent": agent},
        follow_redirects=False,
        transport=transport,
    )


class RateLimitedReader:
    """Gets addresses of one server: never in a hurry, and patient. Thread-safe.

    `interval` lies between the starts of two requests, retries included. All
    waiting is done on `clock`: the machine's own in earnest, even where the loop
    lives in another time, since the server lives in ours.
    """

    def __init__(
        self,
        client: httpx.Client,
        clock: Clock,
        patience: RetryPolicy,
        interval: timedelta,
    ) -> None:
        """Ask with `client`."""
        self._client = client
        self._clock = clock
        self._patience = patience
        self._interval = interval
        self._turn = threading.Lock()
        self._last: datetime | None = None

    def get(self, url: str) -> HttpReply:
        """The answer to GET `url`, asked for again and again within patience.

        Raises:
            SourceUnavailable, SourceUnreachable: no good answer in all attempts.
            SourceFormatChanged: the server refuses the question (4xx, redirect).
        """
        retrying = Retrying(
            retry=retry_if_exception_type(SourceUnavailable),
            stop=lambda state: _hopeless(state, self._patience),
            wait=lambda state: _wait_s(state, self._patience),
            sleep=lambda seconds: self._clock.sleep(timedelta(seconds=seconds)),
            reraise=True,
        )
        return retrying(self._get_once, url)

    def _get_once(self, url: str) -> HttpReply:
        self._wait_for_turn()
        where = _place(url)
        with (
            _network_errors_as_ours(where),
            self._client.stream("GET", url) as response,
        ):
            body = self._read(response, where)
        _raise_for(response, body, where, self._clock.now())
        return HttpReply(response.status_code, body)

    def _wait_for_turn(self) -> None:
        with self._turn:
            if self._last is not None:
                left = self._interval - (self._clock.now() - self._last)
                # A clock that was set back must not make us wait for hours.
                if left > timedelta(0):
                    self._clock.sleep(min(left, self._interval))
            self._last = self._clock.now()

    def _read(self, response: httpx.Response, where: str) -> bytes:
        begun = self._clock.now()
        body = bytearray()
        for part in response.iter_bytes():
            body += part
            if len(body) > self._patience.most_bytes:
                raise SourceUnavailable(f"{where} answered more than we read")
            if self._clock.now() - begun > self._patience.deadline:
                raise SourceUnavailable(f"{where} did not finish its answer in time")
        return bytes(body)


def retry_after(headers: httpx.Headers, now: datetime) -> timedelta | None:
    """When the server wishes us back: its Retry-After, in seconds or as a date.

    None where it told nothing, or nothing that can be read; never negative.
    """
    text = headers.get("Retry-After", "").strip()
    try:
        if text.isascii() and text.isdecimal():
            return timedelta(seconds=int(text))
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(timedelta(0), aware - now)


def shorten(text: str) -> str:
    """One line of at most 160 printable characters, for a message."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= _LONGEST_TEXT else line[: _LONGEST_TEXT - 1] + "…"


@contextmanager
def _network_errors_as_ours(where: str) -> Iterator[None]:
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise SourceUnreachable(f"{where} cannot be reached") from error
    except httpx.TimeoutException as error:
        raise SourceUnavailable(f"{where} did not answer in time") from error
    except httpx.HTTPError as error:
        kind = type(error).__name__
        raise SourceUnavailable(f"{where} cannot be read ({kind})") from error
    except httpx.InvalidURL as error:
        raise SourceFormatChanged(f"{where} is not an address we can ask") from error


def _raise_for(
    response: httpx.Response, body: bytes, where: str, now: datetime
) -> None:
    status = response.status_code
    if response.is_success:
        return
    if status == _TOO_MANY or response.is_server_error:
        wish = retry_after(response.headers, now)
        raise SourceUnavailable(f"{where} answered HTTP {status}", wish)
    reason = _told_error(body)
    raise SourceFormatChanged(
        f"{where} refused the question with HTTP {status}"
        + (f": {reason}" if reason else "")
    )


def _told_error(body: bytes) -> str:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    text = told.get("error") if isinstance(told, dict) else None
    return shorten(text) if isinstance(text, str) else ""


def _place(url: str) -> str:
    """The host of `url`: enough to know whom, with no path, query or password."""
    try:
        return httpx.URL(url).host or "the address"
    except httpx.InvalidURL:
        return "the address"


def _hopeless(state: RetryCallState, patience: RetryPolicy) -> bool:
    wish = _wish(state)
    too_long = wish is not None and wish > patience.longest_wait
    return too_long or stop_after_attempt(patience.attempts)(state)


def _wait_s(state: RetryCallState, patience: RetryPolicy) -> float:
    first = patience.first_wait.total_seconds()
    longest = patience.longest_wait.total_seconds()
    ours = wait_exponential(multiplier=first) + wait_random(0, first)
    wish = _wish(state)
    return max(min(ours(state), longest), wish.total_seconds() if wish else 0.0)


def _wish(state: RetryCallState) -> timedelta | None:
    error = state.outcome.exception() if state.outcome else None
    return error.retry_after if isinstance(error, SourceUnavailable) else None

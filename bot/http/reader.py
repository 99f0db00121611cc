"""Reads URLs of a source's server, with a limited request rate and retries.

The result of a request depends on the response:

    2xx                                          → the body
    429, 5xx, network, timeout                   → SourceUnavailable, retried
    a truncated, too large or too slow body      → SourceUnavailable, retried
    no connection at all                         → SourceUnreachable, retried
    any other status, or an invalid URL          → SourceFormatChanged

An error message names the host and may quote the server's own `error` text, shortened. It
contains no path, query or header of the request, because these may hold secrets.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential,
    wait_random,
)

from bot.clock import Clock, SystemClock
from bot.errors import SourceFormatChanged, SourceUnavailable, SourceUnreachable
from bot.http.client import one_line, retry_after, server_date
from bot.http.limited_client import AnswerTooLarge

_TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often a request is repeated, and after which waits.

    Attributes:
        attempts: the number of attempts, the first included.
        first_wait: the wait before the second attempt; the wait doubles before each
            later attempt. A random part of `first_wait` is added to each wait, so that
            many clients do not retry at once.
        longest_wait: the longest wait between two attempts. If the server asks for a
            longer wait (Retry-After), the request is not retried, and the error has the
            server's wait as `retry_after`.
    """

    attempts: int = 4
    first_wait: timedelta = timedelta(seconds=2)
    longest_wait: timedelta = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class HttpReply:
    """A successful response: its status and its whole body."""

    status: int
    body: bytes


class RateLimitedReader:
    """Reads URLs of one server, with a minimum interval and retries. Thread-safe.

    `interval` is the shortest time between the starts of two requests or attempts.
    `clock` is used for the waits. For a real server it is the machine's clock, even if
    the loop has a simulated clock: the server limits requests in real time.

    Attributes:
        server_time: the server's time in its last header `Date`, and the value of
            `clock.elapsed()` when that header arrived (see `ports.DatedSource`). None
            before the first such response, and always with a `StillClock`.
    """

    def __init__(
        self,
        client: httpx.Client,
        clock: Clock,
        retry_policy: RetryPolicy,
        interval: timedelta,
    ) -> None:
        """Use `client`; no request is sent yet."""
        self._client = client
        self._clock = clock
        self._retry_policy = retry_policy
        self._interval = interval
        self._turn = threading.Lock()
        self._last: datetime | None = None
        self.server_time: tuple[datetime, timedelta] | None = None

    def get(self, url: str) -> HttpReply:
        """Request `url` with GET and return the response; retry as the policy allows.

        Raises:
            SourceUnavailable, SourceUnreachable: every attempt failed.
            SourceFormatChanged: the server answered with a redirect or with any 4xx
                except 429, or `url` is not valid.
        """
        retrying = Retrying(
            retry=retry_if_exception_type(SourceUnavailable),
            stop=lambda state: _is_last_attempt(state, self._retry_policy),
            wait=lambda state: _wait_s(state, self._retry_policy),
            sleep=lambda seconds: self._clock.sleep(timedelta(seconds=seconds)),
            reraise=True,
        )
        return retrying(self._get_once, url)

    def _get_once(self, url: str) -> HttpReply:
        self._wait_for_turn()
        where = _host_of(url)
        with _convert_network_errors(where):
            response = self._client.get(url)
        self._note_date(response)
        _raise_for_status(response, response.content, where, self._clock.now())
        return HttpReply(response.status_code, response.content)

    def _note_date(self, response: httpx.Response) -> None:
        """Remember the server's date and when it arrived (see `server_time`)."""
        date = server_date(response.headers)
        # A `StillClock` is not compared with servers, and has no `elapsed`.
        if date is not None and isinstance(self._clock, SystemClock):
            self.server_time = date, self._clock.elapsed()

    def _wait_for_turn(self) -> None:
        # The lock is held during the wait, so that two threads do not wait at the same
        # time and then send their requests together.
        with self._turn:
            if self._last is not None:
                left = self._interval - (self._clock.now() - self._last)
                # `left` may be hours if the clock was set back, so the wait is at most
                # the interval.
                if left > timedelta(0):
                    self._clock.sleep(min(left, self._interval))
            self._last = self._clock.now()


@contextmanager
def _convert_network_errors(where: str) -> Iterator[None]:
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise SourceUnreachable(f"{where} cannot be reached") from error
    except httpx.TimeoutException as error:
        raise SourceUnavailable(f"{where} did not answer in time") from error
    except AnswerTooLarge as error:
        raise SourceUnavailable(f"{where} sent a response that is too large") from error
    except httpx.HTTPError as error:
        kind = type(error).__name__
        raise SourceUnavailable(f"{where} cannot be read ({kind})") from error
    except httpx.InvalidURL as error:
        raise SourceFormatChanged(
            "the URL of the source is not valid; correct it in the configuration"
        ) from error


def _raise_for_status(
    response: httpx.Response, body: bytes, host: str, now: datetime
) -> None:
    status = response.status_code
    if response.is_success:
        return
    if status == _TOO_MANY or response.is_server_error:
        wait = retry_after(response.headers, now)
        raise SourceUnavailable(f"{host} answered HTTP {status}", wait)
    reason = _error_text(body)
    raise SourceFormatChanged(
        f"{host} refused the request with HTTP {status}"
        + (f": {reason}" if reason else "")
    )


def _error_text(body: bytes) -> str:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    text = document.get("error") if isinstance(document, dict) else None
    return one_line(text) if isinstance(text, str) else ""


def _host_of(url: str) -> str:
    """Return the host of `url`, without path, query and password."""
    try:
        return httpx.URL(url).host or "the server"
    except httpx.InvalidURL:
        return "the server"


def _is_last_attempt(state: RetryCallState, retry_policy: RetryPolicy) -> bool:
    wait = _requested_wait(state)
    too_long = wait is not None and wait > retry_policy.longest_wait
    return too_long or stop_after_attempt(retry_policy.attempts)(state)


def _wait_s(state: RetryCallState, retry_policy: RetryPolicy) -> float:
    first = retry_policy.first_wait.total_seconds()
    longest = retry_policy.longest_wait.total_seconds()
    ours = wait_exponential(multiplier=first) + wait_random(0, first)
    wait = _requested_wait(state)
    # Of our own wait and that of the server, the longer one counts. If the server's
    # wait is longer than `longest_wait`, there is no further attempt (see
    # `_is_last_attempt`).
    return max(min(ours(state), longest), wait.total_seconds() if wait else 0.0)


def _requested_wait(state: RetryCallState) -> timedelta | None:
    error = state.outcome.exception() if state.outcome else None
    return error.retry_after if isinstance(error, SourceUnavailable) else None

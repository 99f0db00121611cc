"""Requests from a channel to its server, and what each response means.

One rule for all channels: a request that certainly did not reach the server may be
sent again; one that may have reached it may not, until the post was read back (P10).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
from pydantic import SecretStr

from bot.clock import Clock
from bot.errors import (
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
    ChannelUnreachable,
)
from bot.http.client import LONGEST_WAIT, redact, retry_after

# Raised before a byte of the request was sent: no name, no route, no TLS, no slot.
_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
# Statuses below 500 after which the same request may succeed later.
_RETRYABLE = frozenset({408, 425, 429})
ALL_RETRYABLE = _RETRYABLE | frozenset(range(500, 600))
"""For servers that take the same request twice without harm."""


def error_message(body: Any) -> str:  # noqa: ANN401 - any JSON
    """Return the error text of most servers: the keys `error` and `message`."""
    if not isinstance(body, dict):
        return ""
    return " ".join(str(body[key]) for key in ("error", "message") if body.get(key))


def no_retry_after(body: Any) -> timedelta | None:  # noqa: ANN401 - any JSON
    """Return None: the server states its retry time in headers alone."""
    del body
    return None


@dataclass(frozen=True, slots=True)
class ErrorPolicy:
    """How one kind of server reports errors.

    Attributes:
        message_of: extracts the error text from a JSON body.
        retry_after_of: extracts the time to wait from a JSON body; None if absent.
        hints: by status, what the operator should do about it.
        retry_statuses: statuses after which the same request is sent again later.
    """

    message_of: Callable[[Any], str] = error_message
    retry_after_of: Callable[[Any], timedelta | None] = no_retry_after
    hints: Mapping[int, str] = field(default_factory=dict)
    retry_statuses: frozenset[int] = _RETRYABLE


class ChannelClient:
    """Sends requests of one account to one server."""

    def __init__(
        self,
        name: str,
        http: httpx.Client,
        secrets: Collection[SecretStr | None],
        clock: Clock,
        policy: ErrorPolicy | None = None,
    ) -> None:
        """Wrap an HTTP client; no request is sent yet.

        Args:
            name: of the channel, for messages.
            http: has the server's address and the timeout.
            secrets: replaced in every message; the collection may grow later.
            clock: tells how far away a retry date is.
            policy: how the server reports errors.
        """
        self._name = name
        self._http = http
        self._secrets = secrets
        self._clock = clock
        self._policy = policy or ErrorPolicy()

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own keywords
        """Send one request; the response may have any status.

        Raises:
            ChannelUnreachable: the request certainly did not reach the server.
            ChannelUnknown: it may have.
        """
        try:
            return self._http.request(method, path, **options)
        except _NEVER_SENT as error:
            message = f"{self._name}: not reached ({self._redact(str(error))})"
            raise ChannelUnreachable(message) from None
        # Any other error may come after the server took the post, so a retry could post
        # it twice (P10). The original error is dropped, because its text may hold a
        # secret (P16).
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            what = f"{type(error).__name__} {self._redact(str(error))}"
            raise ChannelUnknown(f"{self._name}: no answer ({what.strip()})") from None

    def json(self, response: httpx.Response) -> Any:  # noqa: ANN401 - whatever JSON it is
        """Return the JSON body of a successful response.

        Raises:
            ChannelUnavailable: the server asks to wait.
            ChannelRefused: it rejects this request for good.
            ChannelUnknown: it failed, or its body is not JSON.
        """
        self.raise_for_status(response)
        try:
            return response.json()
        except ValueError:
            raise ChannelUnknown(
                f"{self._name}: answered {response.status_code} without JSON"
            ) from None

    def raise_for_status(self, response: httpx.Response) -> None:
        """Raise as `json` does unless the status is 2xx; the body is not read."""
        status = response.status_code
        if status in self._policy.retry_statuses:
            wait = self._retry_after(response)
            raise ChannelUnavailable(self._message(response), wait)
        # After a server error the post may be out all the same, so it is read back and
        # not sent again (P10). Servers that take the same request twice without harm
        # state it in `retry_statuses`.
        if status >= 500:
            raise ChannelUnknown(self._message(response))
        if not 200 <= status < 300:
            raise ChannelRefused(self._message(response), status)

    def _message(self, response: httpx.Response) -> str:
        text = self._redact(self._policy.message_of(_json(response)))
        hint = self._policy.hints.get(response.status_code, "")
        parts = (f"{self._name}: answered {response.status_code}", text, hint)
        return "; ".join(part for part in parts if part)

    def _redact(self, text: str) -> str:
        return redact(text, self._secrets)

    def _retry_after(self, response: httpx.Response) -> timedelta | None:
        """How long the server asks to wait, in the body or in a header."""
        wait = self._policy.retry_after_of(_json(response))
        if wait is not None:
            return min(max(wait, timedelta(0)), LONGEST_WAIT)
        return retry_after(response.headers, self._clock.now())


def _json(response: httpx.Response) -> Any:  # noqa: ANN401 - any JSON
    try:
        return response.json()
    except ValueError:
        return None

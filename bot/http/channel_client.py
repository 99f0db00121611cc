"""Requests from a channel to its server, and what each response means.

If a request certainly published nothing, it may be sent again. If it may have published
a post, the channel is first searched for the post (P10). On some servers a repeated
request does no harm; there, it is sent again without a search.
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

# Errors that are raised before a byte of the request is sent: the request is invalid,
# or there is no IP address, no connection, no TLS session, or no free connection in the
# pool.
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
"""The `retry_statuses` for servers on which a repeated request does no harm."""


def error_message(body: Any) -> str:  # noqa: ANN401 - any JSON
    """Return the error text in `error` and `message`, the fields of most servers."""
    if not isinstance(body, dict):
        return ""
    return " ".join(str(body[key]) for key in ("error", "message") if body.get(key))


def no_retry_after(body: Any) -> timedelta | None:  # noqa: ANN401 - any JSON
    """Return None, for servers that state the time to wait only in headers."""
    del body
    return None


@dataclass(frozen=True, slots=True)
class ErrorPolicy:
    """How one kind of server reports errors.

    Attributes:
        message_of: extracts the error text from a JSON body.
        retry_after_of: extracts the time to wait from a JSON body; it returns None if
            the body states no time.
        hints: what the operator should do about an error, by HTTP status.
        retry_statuses: HTTP statuses after which the same request is sent again later.
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
            name: the channel's name, for messages.
            http: the HTTP client, made by `make_client` or `public_client`.
            secrets: the texts to redact in every message; more may be added later.
            clock: gives the present time, to compute the wait until a date in
                `Retry-After`.
            policy: how the server reports errors; None: the defaults.
        """
        self._name = name
        self._http = http
        self._secrets = secrets
        self._clock = clock
        self._policy = policy or ErrorPolicy()

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own keywords
        """Send one request; return the response, whatever its status.

        Raises:
            ChannelUnreachable: the request certainly did not reach the server.
            ChannelRefused: the host name is not valid, or a client made by
                `public_client` does not allow the IP address.
            ChannelUnknown: the request may have reached the server.
        """
        try:
            return self._http.request(method, path, **options)
        except _NEVER_SENT as error:
            message = (
                f"{self._name}: the server was not reached ({self._redact(str(error))})"
            )
            raise ChannelUnreachable(message) from None
        except UnicodeError as error:
            raise ChannelRefused(
                f"{self._name}: the host name of the server is not valid"
                f" ({self._redact(str(error))}); correct the address"
            ) from None
        # Any other error may come after the server accepted the post: a retry could
        # post it twice (P10). The original error is not chained, because its text may
        # have a secret (P16).
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            what = f"{type(error).__name__} {self._redact(str(error))}"
            raise ChannelUnknown(
                f"{self._name}: no complete answer from the server ({what.strip()})"
            ) from None

    def json(self, response: httpx.Response) -> Any:  # noqa: ANN401 - whatever JSON it is
        """Return the JSON body of a successful response.

        Raises:
            ChannelUnavailable: the same request may succeed later (see `ErrorPolicy`).
            ChannelRefused: the server rejects this request permanently.
            ChannelUnknown: the server failed, or the body is not JSON.
        """
        self.raise_for_status(response)
        try:
            return response.json()
        except (ValueError, RecursionError):
            raise ChannelUnknown(
                f"{self._name}: answered {response.status_code} without JSON"
            ) from None

    def raise_for_status(self, response: httpx.Response) -> None:
        """Raise the same errors as the method `json`, unless the status is 2xx.

        The body of a 2xx response is not checked.
        """
        status = response.status_code
        if status in self._policy.retry_statuses:
            wait = self._retry_after(response)
            raise ChannelUnavailable(self._message(response), wait)
        # After a server error the post may be published, so the channel must be
        # searched for the post before another try (P10). If repetition does no harm on
        # a server, its `retry_statuses` include 5xx, and this line is not reached.
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
        """Return how long the server asks to wait; None if it does not ask.

        If both the body and a header state a time, the body counts.
        """
        wait = self._policy.retry_after_of(_json(response))
        if wait is not None:
            return min(max(wait, timedelta(0)), LONGEST_WAIT)
        return retry_after(response.headers, self._clock.now())


def _json(response: httpx.Response) -> Any:  # noqa: ANN401 - any JSON
    try:
        return response.json()
    except (ValueError, RecursionError):
        return None

"""The conversation with a server over HTTP: its answers, or our errors.

What matters most is told here once for all channels: whether a question certainly did
not reach the server, or may have (P10).
"""

import email.utils
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
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

LONGEST = 200


def quoted(said: str, secrets: Iterable[SecretStr | None]) -> str:
    """`said` on one line, at most 200 characters, every secret blotted out.

    Servers and proxies echo what they were sent: a token may come back in an
    error page, and errors are stored and shown (P16).
    """
    for secret in secrets:
        if secret is not None and secret.get_secret_value():
            said = said.replace(secret.get_secret_value(), "***")
    line = " ".join(said.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


# Raised before a byte of the question left: no name, no route, no TLS, no slot.
_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
# Statuses below 500 that ask for patience rather than for another post.
_LATER = frozenset({408, 425, 429})
ALL_RETRYABLE = _LATER | frozenset(range(500, 600))
"""For servers that take the same again without harm: any failure asks for patience."""
_RESETS = ("x-ratelimit-reset", "ratelimit-reset")
_LONGEST_WAIT = timedelta(days=1)
_EPOCHS_FROM = 1_000_000_000
"""A whole number from there on is an instant since 1970, below it a span in seconds."""


def error_message(body: Any) -> str:  # noqa: ANN401 - any JSON
    """What most servers say of an error: `error`, or `message`."""
    if not isinstance(body, dict):
        return ""
    return " ".join(str(body[key]) for key in ("error", "message") if body.get(key))


def no_retry_after(body: Any) -> timedelta | None:  # noqa: ANN401 - any JSON
    """Servers that tell in headers alone when to come back."""
    del body
    return None


@dataclass(frozen=True, slots=True)
class ErrorPolicy:
    """How a kind of server speaks of its troubles.

    Attributes:
        said: the words of an error, from its JSON body.
        wish: how long to wait, from the body of an answer that asks for patience.
        hints: by status, what the operator should do about it.
        later: statuses that ask for patience; a server to which the same may be put
            again and again without harm asks for it with a failure of its own, too.
    """

    said: Callable[[Any], str] = error_message
    wish: Callable[[Any], timedelta | None] = no_retry_after
    hints: Mapping[int, str] = field(default_factory=dict)
    later: frozenset[int] = _LATER


class ChannelClient:
    """One account's view of one server."""

    def __init__(
        self,
        name: str,
        http: httpx.Client,
        secrets: Collection[SecretStr | None],
        clock: Clock,
        manners: ErrorPolicy | None = None,
    ) -> None:
        """Take a client (see `make_channel_client`); nothing is asked yet.

        Args:
            name: of the channel, for messages.
            http: with the server's address, and the time-out.
            secrets: what no message may quote; there may be more as time goes by.
            clock: to tell how long a wish is.
            manners: see there.
        """
        self._name = name
        self._http = http
        self._secrets = secrets
        self._clock = clock
        self._manners = manners or ErrorPolicy()

    def ask(self, method: str, path: str, **question: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own keywords
        """Put one question; the answer may be of any status (see `told`).

        Raises:
            ChannelUnreachable: the question certainly did not reach the server.
            ChannelUnknown: it may have.
        """
        try:
            return self._http.request(method, path, **question)
        except _NEVER_LEFT as error:
            message = f"{self._name}: not reached ({self._quote(str(error))})"
            raise ChannelUnreachable(message) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            what = f"{type(error).__name__} {self._quote(str(error))}"
            raise ChannelUnknown(f"{self._name}: no answer ({what.strip()})") from None

    def told(self, answer: httpx.Response) -> Any:  # noqa: ANN401 - whatever JSON it is
        """The JSON of a good answer.

        Raises:
            ChannelUnavailable: the server asks for patience.
            ChannelRefused: it will not have this.
            ChannelUnknown: its own failure, or an answer that cannot be read.
        """
        self.accept(answer)
        try:
            return answer.json()
        except ValueError:
            raise ChannelUnknown(
                f"{self._name}: answered {answer.status_code} without JSON"
            ) from None

    def accept(self, answer: httpx.Response) -> None:
        """Refuse all but a good answer, whatever stands in it; raises as `told`."""
        status = answer.status_code
        if status in self._manners.later:
            raise ChannelUnavailable(self._said(answer), self._wish(answer))
        if status >= 500:
            raise ChannelUnknown(self._said(answer))
        if not 200 <= status < 300:
            raise ChannelRefused(self._said(answer))

    def _said(self, answer: httpx.Response) -> str:
        said = self._quote(self._manners.said(_json(answer)))
        hint = self._manners.hints.get(answer.status_code, "")
        parts = (f"{self._name}: answered {answer.status_code}", said, hint)
        return "; ".join(part for part in parts if part)

    def _quote(self, said: str) -> str:
        return quoted(said, list(self._secrets))

    def _wish(self, answer: httpx.Response) -> timedelta | None:
        """When to come back: seconds, a date, an ISO time, or seconds since 1970."""
        told = [answer.headers.get("retry-after", "")]
        told += [answer.headers.get(name, "") for name in _RESETS]
        wishes = [self._manners.wish(_json(answer))]
        wishes += [_span(text, self._clock.now()) for text in told]
        wish = next((w for w in wishes if w is not None), None)
        return None if wish is None else min(max(wish, timedelta(0)), _LONGEST_WAIT)


def make_channel_client(
    base_url: str,
    timeout: timedelta,
    token: SecretStr | None = None,
    headers: Mapping[str, str] | None = None,
    transport: httpx.BaseTransport | None = None,
) -> httpx.Client:
    """A client for one server, with a bearer token if it has one.

    Connections are not kept: some servers reset them in the middle of a post. With a
    `transport` of its own it goes by that alone, past any proxy of the environment.
    """
    own = {"Connection": "close", **(headers or {})}
    if token is not None:
        own["Authorization"] = f"Bearer {token.get_secret_value()}"
    return httpx.Client(
        base_url=base_url,
        timeout=timeout.total_seconds(),
        limits=httpx.Limits(max_keepalive_connections=0),
        headers=own,
        transport=transport,
    )


def _json(answer: httpx.Response) -> Any:  # noqa: ANN401 - any JSON
    try:
        return answer.json()
    except ValueError:
        return None


def _span(text: str, now: datetime) -> timedelta | None:
    """How long after `now` a header asks to wait; None where it cannot be read."""
    if text.isdecimal():
        number = int(text[:12])
        if number < _EPOCHS_FROM:
            return timedelta(seconds=number)
        return datetime.fromtimestamp(number, tz=UTC) - now
    for read in (email.utils.parsedate_to_datetime, datetime.fromisoformat):
        try:
            at = read(text)
        except ValueError:
            continue
        return (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    return None

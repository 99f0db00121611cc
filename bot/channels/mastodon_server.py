"""The conversation with a Mastodon-API server: its answers, or our errors."""

import email.utils
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from pydantic import SecretStr

from bot.channels.quoting import quoted
from bot.clock import Clock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown

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
_HINTS = {
    401: "the token is not valid (any more): make a new one",
    403: "the token may not do this, or the account is limited",
}
_LONGEST_WAIT = timedelta(days=1)


class MastodonServer:
    """One account's view of one server."""

    def __init__(
        self,
        name: str,
        base_url: str,
        token: SecretStr,
        timeout: timedelta,
        clock: Clock,
    ) -> None:
        """Make the client; nothing is asked yet."""
        self._name = name
        self._token = token
        self._clock = clock
        self._http = httpx.Client(
            base_url=base_url,
            timeout=timeout.total_seconds(),
            # Kept-open connections were reset by some servers in the middle of a post.
            limits=httpx.Limits(max_keepalive_connections=0),
            headers={
                "Authorization": f"Bearer {token.get_secret_value()}",
                "Connection": "close",
            },
        )

    def ask(
        self,
        method: str,
        path: str,
        data: Mapping[str, Any] | None = None,
        picture: tuple[str, bytes, str] | None = None,
        key: str = "",
    ) -> httpx.Response:
        """Put one question; the answer may be of any status (see `told`).

        Raises:
            ChannelUnavailable: the question certainly did not reach the server.
            ChannelUnknown: it may have.
        """
        try:
            return self._http.request(
                method,
                path,
                data=data,
                files={"file": picture} if picture else None,
                # Bytes: a channel may be named in any script.
                headers={b"Idempotency-Key": key.encode()} if key else None,
            )
        except _NEVER_LEFT as error:
            message = f"{self._name}: not reached ({self._quote(str(error))})"
            raise ChannelUnavailable(message) from None
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
        status = answer.status_code
        if status in _LATER:
            raise ChannelUnavailable(self._said(answer), self._wish(answer))
        if status >= 500:
            raise ChannelUnknown(self._said(answer))
        if not 200 <= status < 300:
            raise ChannelRefused(self._said(answer))
        try:
            return answer.json()
        except ValueError:
            raise ChannelUnknown(
                f"{self._name}: answered {status} without JSON"
            ) from None

    def _said(self, answer: httpx.Response) -> str:
        try:
            body = answer.json()
        except ValueError:
            body = None
        error = body.get("error", "") if isinstance(body, dict) else ""
        parts = [f"{self._name}: answered {answer.status_code}"]
        parts += [part for part in (self._quote(str(error)),) if part]
        parts += [hint for hint in (_HINTS.get(answer.status_code),) if hint]
        return "; ".join(parts)

    def _quote(self, said: str) -> str:
        return quoted(said, [self._token])

    def _wish(self, answer: httpx.Response) -> timedelta | None:
        """When to come back: Mastodon's ISO time, or seconds or a date elsewhere."""
        now = self._clock.now()
        reset = answer.headers.get("x-ratelimit-reset", "")
        after = answer.headers.get("retry-after", "")
        if after.isdecimal():
            return min(timedelta(seconds=int(after)), _LONGEST_WAIT)
        for text, read in (
            (after, email.utils.parsedate_to_datetime),
            (reset, datetime.fromisoformat),
        ):
            try:
                at = read(text)
            except ValueError:
                continue
            at = at if at.tzinfo else at.replace(tzinfo=UTC)
            return min(max(at - now, timedelta(0)), _LONGEST_WAIT)
        return None

"""Telegram's Bot API: a token in the path, its own words for troubles."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
from pydantic import SecretStr

from bot.clock import Clock
from bot.errors import ChannelUnknown
from bot.http.channel_client import ChannelClient, ErrorPolicy
from bot.http.client import make_client

_HINTS = {
    401: "the token is not valid (any more): ask @BotFather for a new one",
    403: "the bot may not post there: make it an administrator of the channel",
    404: "the token is not one of Telegram's: compare it with @BotFather's",
}
# The error code is 400 for these as for any other mistake; only the text tells them.
_NOT_MODIFIED = "message is not modified"
_DELETED = "message to delete not found"


class TelegramApi:
    """One bot's view of Telegram, or of a stand-in."""

    def __init__(
        self,
        name: str,
        token: SecretStr,
        base_url: str,
        timeout: timedelta,
        clock: Clock,
    ) -> None:
        """Make the client; nothing is asked yet."""
        self._name = name
        http = make_client(
            timeout,
            base_url=base_url,
            keep_connections=False,
            transport=_TokenLast(token),
        )
        _, _, secret = token.get_secret_value().partition(":")
        secrets = (token, SecretStr(secret))
        policy = ErrorPolicy(message_of=_said, retry_after_of=_wish, hints=_HINTS)
        self._server = ChannelClient(name, http, secrets, clock, policy)

    def message(self, method: str, **question: Any) -> dict[str, Any]:  # noqa: ANN401 - httpx's own keywords
        """The message that `method` made.

        Raises:
            ChannelRefused, ChannelUnavailable, ChannelUnknown: see `ChannelClient`.
        """
        told = self._server.json(self._server.request("POST", f"/{method}", **question))
        result = told.get("result") if isinstance(told, dict) else None
        if isinstance(result, dict) and isinstance(result.get("message_id"), int):
            return result
        raise ChannelUnknown(f"{self._name}: the answer names no message")

    def edit(self, method: str, fields: Mapping[str, Any]) -> None:
        """Edit a message; success if it has the new text already.

        Raises:
            ChannelRefused, ChannelUnavailable, ChannelUnknown: see `ChannelClient`.
        """
        self._change(method, fields, _NOT_MODIFIED)

    def delete(self, fields: Mapping[str, Any]) -> None:
        """Delete a message; success if it is deleted already.

        Raises:
            ChannelRefused, ChannelUnavailable, ChannelUnknown: see `ChannelClient`.
        """
        self._change("deleteMessage", fields, _DELETED)

    def _change(self, method: str, fields: Mapping[str, Any], already: str) -> None:
        answer = self._server.request("POST", f"/{method}", json=dict(fields))
        if already not in _said(_body(answer)):
            self._server.raise_for_status(answer)


class _TokenLast(httpx.BaseTransport):
    """Puts the token into the address at the last moment.

    Telegram wants it in the path, and addresses are logged and told by many: above
    here no request has it.
    """

    def __init__(self, token: SecretStr) -> None:
        self._token = token
        self._inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = f"/bot{self._token.get_secret_value()}{request.url.path}"
        whole = httpx.Request(
            request.method,
            request.url.copy_with(path=path),
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        return self._inner.handle_request(whole)

    def close(self) -> None:
        self._inner.close()


def _body(answer: httpx.Response) -> Any:  # noqa: ANN401 - any JSON
    try:
        return answer.json()
    except ValueError:
        return None


def _said(body: Any) -> str:  # noqa: ANN401 - any JSON
    said = str(body.get("description") or "") if isinstance(body, dict) else ""
    if moved := _parameters(body).get("migrate_to_chat_id"):
        said += f'; the group has moved: write chat = "{moved}"'
    return said


def _wish(body: Any) -> timedelta | None:  # noqa: ANN401 - any JSON
    seconds = _parameters(body).get("retry_after")
    return timedelta(seconds=seconds) if isinstance(seconds, int) else None


def _parameters(body: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    told = body.get("parameters") if isinstance(body, dict) else None
    return told if isinstance(told, dict) else {}

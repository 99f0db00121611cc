"""Client for Telegram's Bot API."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
from pydantic import SecretStr

from bot.clock import Clock
from bot.errors import ChannelUnknown
from bot.http.channel_client import ChannelClient, ErrorPolicy
from bot.http.client import capped_wait, make_client

_HINTS = {
    401: "the token is not valid (any more): ask @BotFather for a new one",
    403: "the bot may not post there: make it an administrator of the channel",
    404: "Telegram does not know the token: compare it with the token from @BotFather",
}
# Telegram gives many errors the same code (400). These phrases in an error's text
# identify two of the errors.
_NOT_MODIFIED = "message is not modified"
_DELETED = "message to delete not found"


class TelegramApi:
    """Sends the requests of one bot to Telegram, or to a stand-in."""

    def __init__(
        self,
        name: str,
        token: SecretStr,
        base_url: str,
        timeout: timedelta,
        clock: Clock,
    ) -> None:
        """Create the client; no request is sent yet."""
        self._name = name
        http = make_client(
            timeout,
            base_url=base_url,
            keep_connections=False,
            transport=_TokenTransport(token),
        )
        # An error text may repeat the token, or only its secret part after the bot's
        # number. Both are redacted.
        _, _, secret = token.get_secret_value().partition(":")
        secrets = (token, SecretStr(secret))
        policy = ErrorPolicy(
            message_of=_error_text, retry_after_of=_retry_after, hints=_HINTS
        )
        self._server = ChannelClient(name, http, secrets, clock, policy)

    def send(self, method: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - httpx's own keywords
        """Call a method of the API that sends a message; return that message.

        Raises:
            ChannelRefused, ChannelUnavailable, ChannelUnknown: see `ChannelClient`.
        """
        body = self._server.json(self._server.request("POST", f"/{method}", **options))
        message = body.get("result") if isinstance(body, dict) else None
        if isinstance(message, dict) and isinstance(message.get("message_id"), int):
            return message
        raise ChannelUnknown(f"{self._name}: the response has no message")

    def edit(self, method: str, fields: Mapping[str, Any]) -> None:
        """Call a method of the API that edits a message.

        If the message already has the new text, the call counts as a success.

        Raises:
            ChannelRefused, ChannelUnavailable, ChannelUnknown: see `ChannelClient`.
        """
        self._change(method, fields, _NOT_MODIFIED)

    def delete(self, fields: Mapping[str, Any]) -> None:
        """Delete a message; succeed if it is already deleted.

        Raises:
            ChannelRefused, ChannelUnavailable, ChannelUnknown: see `ChannelClient`.
        """
        self._change("deleteMessage", fields, _DELETED)

    def _change(
        self, method: str, fields: Mapping[str, Any], success_phrase: str
    ) -> None:
        """Call `method`; an error whose text contains `success_phrase` counts as success."""
        response = self._server.request("POST", f"/{method}", json=dict(fields))
        if success_phrase not in _error_text(_json(response)):
            self._server.raise_for_status(response)


class _TokenTransport(httpx.BaseTransport):
    """Adds the token to the path of each request.

    Telegram requires the token in the path. URLs are logged and appear in error
    messages, so the token is added only here, in the last step before sending.
    """

    def __init__(self, token: SecretStr) -> None:
        self._token = token
        self._inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = f"/bot{self._token.get_secret_value()}{request.url.path}"
        with_token = httpx.Request(
            request.method,
            request.url.copy_with(path=path),
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        return self._inner.handle_request(with_token)

    def close(self) -> None:
        self._inner.close()


def _json(response: httpx.Response) -> Any:  # noqa: ANN401 - any JSON
    try:
        return response.json()
    except (ValueError, RecursionError):
        return None


def _error_text(body: Any) -> str:  # noqa: ANN401 - any JSON
    text = str(body.get("description") or "") if isinstance(body, dict) else ""
    # A group that becomes a supergroup gets a new id, which the operator must configure.
    if new_chat := _parameters(body).get("migrate_to_chat_id"):
        text += f'; the group has moved: write chat = "{new_chat}"'
    return text


def _retry_after(body: Any) -> timedelta | None:  # noqa: ANN401 - any JSON
    return capped_wait(_parameters(body).get("retry_after"))


def _parameters(body: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    parameters = body.get("parameters") if isinstance(body, dict) else None
    return parameters if isinstance(parameters, dict) else {}

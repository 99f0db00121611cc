"""Client for one Matrix room, through the client-server API."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import httpx

from bot.errors import (
    ChannelError,
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
    ChannelUnreachable,
)
from bot.http.channel_client import ChannelClient, ErrorPolicy
from bot.http.client import capped_wait
from bot.model.draft import Picture

ROOM_ID = re.compile(r"![^\s/?#]{1,254}")
_PAGES, _PAGE_SIZE = 5, 100
_MOST_MS = 10**9
"""Cap for a server's wait in milliseconds (12 days, above the cap of `capped_wait`).

Without it, a huge integer would raise OverflowError when it is divided.
"""
_HINTS = {
    401: "the access token is not valid (any more): log in for a new one",
    403: "the account may not do this: let it join the room and send messages there",
}


class Room:
    """Sends, redacts and reads the messages of one account in one room."""

    def __init__(self, name: str, room_id: str, server: ChannelClient) -> None:
        """Keep the client; no request is sent yet.

        Args:
            name: the channel's name, for error messages.
            room_id: the room's id.
            server: a client with `ERROR_POLICY`.
        """
        self._name = name
        self._path = f"/_matrix/client/v3/rooms/{_quoted(room_id)}"
        self._server = server
        self._account = ""

    def check_room(self) -> None:
        """Raise an error if the room was replaced, is encrypted or lacks the account.

        Two requests read the room's state before each message, because a room may be
        replaced or encrypted at any time.

        Raises:
            ChannelRefused: the room was replaced by another one, or it is encrypted, or
                the account is not in it.
            ChannelUnavailable: the state of the room could not be read.
        """
        try:
            tombstone = self._state_content("m.room.tombstone")
            encryption = self._state_content("m.room.encryption")
        except ChannelUnknown as error:
            # Nothing was sent to the room yet.
            raise ChannelUnavailable(str(error)) from None
        if tombstone is not None:
            new = str(tombstone.get("replacement_room", ""))
            # The server may send any text here. The error message repeats it only if it
            # has the form of a room id.
            is_id = ROOM_ID.fullmatch(new) is not None and new.isprintable()
            advice = f"join {new} and set room to it" if is_id else "set another room"
            raise ChannelRefused(f"{self._name}: the room was replaced; {advice}")
        if encryption is not None:
            raise ChannelRefused(
                f"{self._name}: the room is encrypted, but outagewire can only send "
                "unencrypted messages; choose a room without encryption"
            )

    def send(self, transaction_id: str, content: dict[str, Any]) -> str:
        """Send a message under a transaction id; return its event id."""
        path = f"{self._path}/send/m.room.message/{_quoted(transaction_id)}"
        response = self._server.request("PUT", path, json=content)
        return self._value_of("event_id", response)

    def upload(self, picture: Picture, data: bytes) -> str:
        """Upload a picture, which the room does not show yet; return its `mxc:` URI."""
        path = f"/_matrix/media/v3/upload?filename={_quoted(picture.name)}"
        headers = {"Content-Type": picture.mime}
        response = self._server.request("POST", path, content=data, headers=headers)
        return self._value_of("content_uri", response)

    def redact(self, event_id: str) -> None:
        """Redact (delete) a message; succeed if it is already gone."""
        transaction = sha256(event_id.encode()).hexdigest()
        path = f"{self._path}/redact/{_quoted(event_id)}/{transaction}"
        response = self._server.request("PUT", path, json={})
        if response.status_code != 404:
            self._server.raise_for_status(response)

    def is_visible(self, event_id: str) -> bool:
        """Return whether a message exists and is not redacted.

        If the server refuses to return the message, the result is False. If another
        error occurs, the result is True, because the message may be there.

        Raises:
            ChannelUnreachable: there is no connection, so nothing can be sent either.
        """
        try:
            body = self._event(event_id)
        except ChannelUnreachable:
            raise
        except ChannelError as error:
            return not isinstance(error, ChannelRefused)
        return not isinstance(body, dict) or bool(body.get("content"))

    def content(self, event_id: str) -> dict[str, Any]:
        """Return the content of a message; empty if it is redacted.

        Raises:
            ChannelRefused, ChannelUnavailable, ChannelUnknown: see `ChannelClient`.
        """
        body = self._event(event_id)
        content = body.get("content") if isinstance(body, dict) else None
        if not isinstance(content, dict):
            raise ChannelUnknown(f"{self._name}: the response has no event")
        return content

    def own_messages(self) -> Iterator[dict[str, Any]]:
        """Yield the account's messages in the room, newest first.

        Raises:
            ChannelRefused: the newest 500 messages were read, and there are more.
            ChannelRefused, ChannelUnavailable, ChannelUnknown: see `ChannelClient`.
        """
        sender = self._sender()
        event_filter = {"senders": [sender], "types": ["m.room.message"]}
        query = {
            "dir": "b",
            "limit": str(_PAGE_SIZE),
            "filter": json.dumps(event_filter),
        }
        for _ in range(_PAGES):
            path = f"{self._path}/messages"
            body = self._server.json(self._server.request("GET", path, params=query))
            chunk = body.get("chunk") if isinstance(body, dict) else None
            if not isinstance(chunk, list):
                raise ChannelUnknown(
                    f"{self._name}: the room's messages are not a list"
                )
            yield from (event for event in chunk if _is_message(event, sender))
            if not body.get("end"):
                return
            query["from"] = str(body["end"])
        newest = _PAGES * _PAGE_SIZE
        raise ChannelRefused(
            f"{self._name}: the post was not found among the account's newest {newest}"
            " messages; older ones are not searched"
        )

    def _state_content(self, kind: str) -> dict[str, Any] | None:
        """Return the content of a state event of the room; None if there is none."""
        path = f"{self._path}/state/{_quoted(kind)}/"
        response = self._server.request("GET", path)
        if response.status_code == 404:
            return None
        body = self._server.json(response)
        if not isinstance(body, dict):
            raise ChannelUnknown(f"{self._name}: the room's state is not an object")
        # Synapse answers with an empty object after the event was redacted.
        return body or None

    def _event(self, event_id: str) -> Any:  # noqa: ANN401 - any JSON
        path = f"{self._path}/event/{_quoted(event_id)}"
        return self._server.json(self._server.request("GET", path))

    def _sender(self) -> str:
        if not self._account:
            path = "/_matrix/client/v3/account/whoami"
            self._account = self._value_of("user_id", self._server.request("GET", path))
        return self._account

    def _value_of(self, key: str, response: httpx.Response) -> str:
        body = self._server.json(response)
        if isinstance(body, dict) and body.get(key):
            return str(body[key])
        raise ChannelUnknown(f"{self._name}: the response has no {key}")


def text_message(body: str) -> dict[str, Any]:
    """Return the content of a text message; a user id in the text mentions nobody."""
    return {"msgtype": "m.text", "body": body, "m.mentions": {}}


def picture_message(picture: Picture, uri: str, size: int) -> dict[str, Any]:
    """Return the content of an image message.

    The caption holds the alternative text, because Matrix has no other field for that
    text.
    """
    info = {"w": picture.width, "h": picture.height, "size": size}
    return {
        "msgtype": "m.image",
        "body": picture.alt,
        "filename": picture.name,
        "url": uri,
        "info": {**info, "mimetype": picture.mime},
        "m.mentions": {},
    }


def _is_message(event: Any, sender: str) -> bool:  # noqa: ANN401 - any JSON
    """Return whether `event` is a complete message of `sender`.

    The sender is checked, because some servers ignore the filter of the request.
    """
    complete = isinstance(event, dict) and isinstance(event.get("content"), dict)
    return complete and bool(event.get("event_id")) and event.get("sender") == sender


def _quoted(part: str) -> str:
    return quote(part, safe="")


def _error_text(body: Any) -> str:  # noqa: ANN401 - any JSON
    if not isinstance(body, dict):
        return ""
    return " ".join(str(body[key]) for key in ("errcode", "error") if body.get(key))


def _retry_after(body: Any) -> timedelta | None:  # noqa: ANN401 - any JSON
    wait_ms = body.get("retry_after_ms") if isinstance(body, dict) else None
    return (
        capped_wait(min(wait_ms, _MOST_MS) / 1000) if isinstance(wait_ms, int) else None
    )


ERROR_POLICY = ErrorPolicy(_error_text, _retry_after, _HINTS)

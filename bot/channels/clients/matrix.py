"""One Matrix room, as the client-server API shows it to one account."""

import json
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import httpx

from bot.errors import (
    ChannelError,
    ChannelRefused,
    ChannelUnknown,
    ChannelUnreachable,
)
from bot.http.channel_client import ChannelClient, ErrorPolicy
from bot.model.draft import Picture

_PAGES, _PAGE = 5, 100
_HINTS = {
    401: "the access token is not valid (any more): log in for a new one",
    403: "the account may not do this: let it join the room and send messages there",
}


class Room:
    """Messages sent, redacted, and read back."""

    def __init__(self, name: str, room: str, server: ChannelClient) -> None:
        """Take the channel's name, the room's id, a conversation with `ERROR_POLICY`."""
        self._name = name
        self._path = f"/_matrix/client/v3/rooms/{_safe(room)}"
        self._server = server
        self._account = ""

    def put(self, once: str, content: dict[str, Any]) -> str:
        """Send a message under a transaction id; its event id."""
        path = f"{self._path}/send/m.room.message/{_safe(once)}"
        return self._named("event_id", self._server.request("PUT", path, json=content))

    def upload(self, picture: Picture, data: bytes) -> str:
        """The address of a picture that nobody sees yet."""
        path = f"/_matrix/media/v3/upload?filename={_safe(picture.name)}"
        kind = {"Content-Type": picture.mime}
        answer = self._server.request("POST", path, content=data, headers=kind)
        return self._named("content_uri", answer)

    def redact(self, event: str) -> None:
        """Take a message down; one that is not there any more is no error."""
        once = sha256(event.encode()).hexdigest()
        path = f"{self._path}/redact/{_safe(event)}/{once}"
        answer = self._server.request("PUT", path, json={})
        if answer.status_code != 404:
            self._server.raise_for_status(answer)

    def stands(self, event: str) -> bool:
        """Whether a message is there and not redacted; also where nobody can tell.

        Raises:
            ChannelUnreachable: nothing can be sent now either.
        """
        path = f"{self._path}/event/{_safe(event)}"
        try:
            told = self._server.json(self._server.request("GET", path))
        except ChannelUnreachable:
            raise
        except ChannelError as error:
            return not isinstance(error, ChannelRefused)
        return not isinstance(told, dict) or bool(told.get("content"))

    def content(self, event: str) -> dict[str, Any]:
        """The content of a message; empty where it was redacted.

        Raises:
            ChannelRefused, ChannelUnavailable, ChannelUnknown: see `ChannelClient`.
        """
        path = f"{self._path}/event/{_safe(event)}"
        body = self._server.json(self._server.request("GET", path))
        content = body.get("content") if isinstance(body, dict) else None
        if not isinstance(content, dict):
            raise ChannelUnknown(f"{self._name}: the answer holds no event")
        return content

    def own_messages(self) -> Iterator[dict[str, Any]]:
        """The account's newest 500 messages here, newest first."""
        sender = self._sender()
        wanted = {"senders": [sender], "types": ["m.room.message"]}
        query = {"dir": "b", "limit": str(_PAGE), "filter": json.dumps(wanted)}
        for _ in range(_PAGES):
            path = f"{self._path}/messages"
            told = self._server.json(self._server.request("GET", path, params=query))
            chunk = told.get("chunk") if isinstance(told, dict) else None
            if not isinstance(chunk, list):
                raise ChannelUnknown(f"{self._name}: the room's messages are no list")
            yield from (one for one in chunk if _is_message(one, sender))
            if not told.get("end"):
                return
            query["from"] = str(told["end"])

    def _sender(self) -> str:
        if not self._account:
            path = "/_matrix/client/v3/account/whoami"
            self._account = self._named("user_id", self._server.request("GET", path))
        return self._account

    def _named(self, what: str, answer: httpx.Response) -> str:
        told = self._server.json(answer)
        if isinstance(told, dict) and told.get(what):
            return str(told[what])
        raise ChannelUnknown(f"{self._name}: the answer names no {what}")


def text_message(body: str) -> dict[str, Any]:
    """A text that calls nobody by name, whatever stands in it."""
    return {"msgtype": "m.text", "body": body, "m.mentions": {}}


def picture_message(picture: Picture, address: str, size: int) -> dict[str, Any]:
    """A picture with its alt text for a caption: there is no other place for it."""
    info = {"w": picture.width, "h": picture.height, "size": size}
    return {
        "msgtype": "m.image",
        "body": picture.alt,
        "filename": picture.name,
        "url": address,
        "info": {**info, "mimetype": picture.mime},
        "m.mentions": {},
    }


def _is_message(one: Any, sender: str) -> bool:  # noqa: ANN401 - any JSON
    """Whether it is a whole message of `sender`: not every server filters."""
    whole = isinstance(one, dict) and isinstance(one.get("content"), dict)
    return whole and bool(one.get("event_id")) and one.get("sender") == sender


def _safe(part: str) -> str:
    return quote(part, safe="")


def _complaint(body: Any) -> str:  # noqa: ANN401 - any JSON
    if not isinstance(body, dict):
        return ""
    return " ".join(str(body[key]) for key in ("errcode", "error") if body.get(key))


def _wish(body: Any) -> timedelta | None:  # noqa: ANN401 - any JSON
    told = body.get("retry_after_ms") if isinstance(body, dict) else None
    return timedelta(milliseconds=told) if isinstance(told, int) else None


ERROR_POLICY = ErrorPolicy(_complaint, _wish, _HINTS)

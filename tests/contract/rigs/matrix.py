"""The rig of the matrix channel, with a minimal Matrix server in memory."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from pydantic import SecretStr

from bot.channels.matrix import MARK_FIELD, MatrixChannel, MatrixConfig
from bot.clock import StillClock
from tests.contract.rigs.rig import AT, Rig, VisiblePost, make_post, scripted
from tests.servers.local import LocalServer, ReceivedRequest, Reply

TOKEN = "syt_matrixtokenT9u0V1"
ROOM = "!room:matrix.example"
SENDER = "@wire:matrix.example"
ROOM_PATH = f"/_matrix/client/v3/rooms/{quote(ROOM, safe='')}"


class MatrixMemory:
    """A minimal Matrix server with one room; it never forgets a transaction id.

    Attributes:
        state: the content of the room's state events, by type; their state key is "".
    """

    def __init__(self) -> None:
        self.state: dict[str, dict[str, Any]] = {"m.room.create": {}}
        self.events: list[dict[str, Any]] = []
        self.media: dict[str, bytes] = {}
        self._done: dict[str, dict[str, Any]] = {}

    def answer(self, request: ReceivedRequest) -> Reply:
        """Answer a request, which needs the access token."""
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            body = {"errcode": "M_UNKNOWN_TOKEN", "error": "Invalid access token"}
            return Reply(401, body)
        if request.path == "/_matrix/client/v3/account/whoami":
            return Reply(200, {"user_id": SENDER})
        if request.path == "/_matrix/media/v3/upload":
            return self._keep_media(request)
        parts = request.path.removeprefix(f"{ROOM_PATH}/").split("/")
        routes = {
            "send": self._send,
            "redact": self._redact,
            "event": self._event_reply,
            "messages": self._page,
            "state": self._state,
        }
        return routes[parts[0]](request, [unquote(part) for part in parts[1:]])

    def _keep_media(self, request: ReceivedRequest) -> Reply:
        address = f"mxc://matrix.example/{len(self.media) + 1}"
        self.media[address] = request.body
        return Reply(200, {"content_uri": address})

    def _send(self, request: ReceivedRequest, parts: list[str]) -> Reply:
        if request.path not in self._done:
            content = json.loads(request.body)
            relation = content.get("m.relates_to", {})
            if "rel_type" in relation and not self._event(relation["event_id"]):
                return Reply(400, {"error": "Can't send relation to unknown event"})
            event_id = f"${len(self.events) + 1}"
            event = {"event_id": event_id, "sender": SENDER, "content": content}
            self.events.append({**event, "type": parts[0]})
            self._done[request.path] = {"event_id": event_id}
        return Reply(200, self._done[request.path])

    def _redact(self, request: ReceivedRequest, parts: list[str]) -> Reply:
        event = self._event(parts[0])
        if event is None:
            return Reply(404, {"errcode": "M_NOT_FOUND"})
        event["content"] = {}
        return Reply(200, {"event_id": f"{parts[0]}-redacted"})

    def _event_reply(self, request: ReceivedRequest, parts: list[str]) -> Reply:
        event = self._event(parts[0])
        return Reply(200, event) if event else Reply(404, {"errcode": "M_NOT_FOUND"})

    def _state(self, request: ReceivedRequest, parts: list[str]) -> Reply:
        """Answer with the content of one state event, or with all state events."""
        if any(parts):
            content = self.state.get(parts[0])
            missing = {"errcode": "M_NOT_FOUND", "error": "Event not found."}
            return Reply(404, missing) if content is None else Reply(200, content)
        events = [
            {"type": kind, "state_key": "", "sender": SENDER, "content": content}
            for kind, content in self.state.items()
        ]
        return Reply(200, events)

    def _page(self, request: ReceivedRequest, parts: list[str]) -> Reply:
        begin, limit = int(request.query.get("from", "0")), request.query["limit"]
        end = begin + int(limit)
        page: dict[str, Any] = {"chunk": self.events[::-1][begin:end]}
        return Reply(200, page | ({"end": str(end)} if end < len(self.events) else {}))

    def _event(self, event_id: str) -> dict[str, Any] | None:
        return next((e for e in self.events if e["event_id"] == event_id), None)

    def visible_posts(self) -> list[VisiblePost]:
        """Return the posts as a client shows them: after edits, each with its picture."""
        visible = [sent_event for sent_event in self.events if sent_event["content"]]
        pictures = {_parent_of(e): e for e in visible if _is(e, "m.image")}
        edits = {e["content"]["m.relates_to"]["event_id"]: e for e in _edits(visible)}
        posts = []
        for event in visible:
            if _is(event, "m.text") and event not in _edits(visible):
                edit = edits.get(event["event_id"], {}).get("content", {})
                text = edit.get("m.new_content", event["content"])["body"]
                picture = pictures.get(event["event_id"], {}).get("content", {})
                image = self.media.get(picture.get("url", ""))
                parent = self._receipt_of(_parent_of(event), pictures)
                posts.append(VisiblePost(text, picture.get("body"), image, parent))
        return posts

    def _receipt_of(
        self, event_id: str | None, pictures: dict[str | None, dict[str, Any]]
    ) -> str | None:
        picture = pictures.get(event_id)
        return f"{event_id} {picture['event_id']}" if picture else event_id


def _is(event: dict[str, Any], kind: str) -> bool:
    return bool(event["content"]["msgtype"] == kind)


def _parent_of(event: dict[str, Any]) -> str | None:
    parent = event["content"].get("m.relates_to", {}).get("m.in_reply_to", {})
    parent_id: str | None = parent.get("event_id")
    return parent_id


def _edits(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [event for event in events if "m.new_content" in event["content"]]


def matrix_rig(folder: Path, memory: MatrixMemory | None = None) -> Iterator[Rig]:
    """Yield the matrix channel with a Matrix server in memory."""
    memory, clock = memory or MatrixMemory(), StillClock(AT)
    server = LocalServer(memory.answer)
    config = MatrixConfig(
        base_url=server.base_url,
        token=SecretStr(TOKEN),
        room=ROOM,
        timeout=timedelta(seconds=2),
    )
    channel = MatrixChannel("one", config, clock)
    rig = Rig(channel, config, clock, memory.visible_posts, (TOKEN,))
    rig.post_path = send_path(channel.token(make_post("One")))
    rig.media_path = "/_matrix/media/v3/upload"
    rig.read_back_paths = (f"{ROOM_PATH}/messages",)
    rig.list_answer = lambda posts: {"chunk": posts}
    mark = {"key": make_post("One").key, "part": "words"}
    rig.list_entry = lambda sent, text: {
        "event_id": sent.id,
        "sender": SENDER,
        "content": {"body": text, MARK_FIELD: mark},
    }
    server.answer = scripted(rig, memory.answer)
    yield rig
    server.stop()


def send_path(token: str) -> str:
    """Return the path to which a message is sent with the transaction id `token`."""
    return f"{ROOM_PATH}/send/m.room.message/{quote(token, safe='')}"

"""The rig of the ntfy channel, with a minimal ntfy server in memory."""

import email.header
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.channels.ntfy import NtfyChannel, NtfyConfig
from bot.clock import StillClock
from tests.contract.rigs.rig import AT, Rig, VisiblePost, scripted
from tests.servers.local import LocalServer, ReceivedRequest, Reply

TOKEN = "tk_ntfytokenW2x3Y4"


class NtfyMemory:
    """A minimal ntfy server with one topic; it accepts every file."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.files: dict[str, bytes] = {}

    def answer(self, request: ReceivedRequest) -> Reply:
        """Answer a request, which needs the access token."""
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return Reply(401, {"code": 40101, "http": 401, "error": "unauthorized"})
        if request.method == "GET":
            lines = "\n".join(json.dumps(message) for message in self.messages)
            return Reply(200, f"{lines}\n".encode())
        return Reply(200, self._keep(request))

    def _keep(self, request: ReceivedRequest) -> dict[str, Any]:
        headers = {key: _decoded(value) for key, value in request.headers.items()}
        message_id = f"id{len(self.messages) + 1}"
        message: dict[str, Any] = {
            "id": message_id,
            "event": "message",
            "topic": "desk",
        }
        message["message"] = headers.get("message") or request.body.decode()
        if "title" in headers:
            message["title"] = headers["title"]
        if "filename" in headers:
            self.files[message_id] = request.body
            message["attachment"] = {"name": headers["filename"]}
        self.messages.append(message)
        return message

    def visible_posts(self) -> list[VisiblePost]:
        """Return the posts as a reader sees them."""
        posts = []
        for message in self.messages:
            text = "\n".join(filter(None, (message.get("title"), message["message"])))
            posts.append(VisiblePost(text, None, self.files.get(message["id"]), None))
        return posts


def _decoded(value: str) -> str:
    return str(email.header.make_header(email.header.decode_header(value)))


def ntfy_rig(folder: Path) -> Iterator[Rig]:
    """Yield the ntfy channel with an ntfy server in memory."""
    memory, clock = NtfyMemory(), StillClock(AT)
    server = LocalServer(memory.answer)
    config = NtfyConfig(
        base_url=server.base_url,
        topic="desk",
        token=SecretStr(TOKEN),
        timeout=timedelta(seconds=2),
    )
    channel = NtfyChannel("one", config, clock)
    rig = Rig(channel, config, clock, memory.visible_posts, (TOKEN,))
    rig.post_path, rig.read_back_paths = "/desk", ("/desk/json",)
    rig.removable = rig.sends_alt_text = rig.threads = False
    server.answer = scripted(rig, memory.answer)
    yield rig
    server.stop()

"""The rig of the webhook channel, with a subscriber that does what docs/webhook.md asks."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.channels.webhook import WebhookChannel, WebhookConfig
from bot.clock import StillClock
from bot.errors import ChannelUnavailable
from tests.contract.rigs.rig import AT, Rig, VisiblePost, scripted
from tests.servers.local import LocalServer, ReceivedRequest, Reply

KEY = bytes(range(32))
SECRET = f"whsec_{base64.b64encode(KEY).decode()}"


class Subscriber:
    """Checks signatures, ignores ids that it has already seen, and stores the messages."""

    def __init__(self) -> None:
        self.messages: dict[str, dict[str, Any]] = {}

    def answer(self, request: ReceivedRequest) -> Reply:
        """Check and store the message in a request."""
        headers = request.headers
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode()
        digest = hmac.digest(KEY, signed + request.body, hashlib.sha256)
        if headers["webhook-signature"] != f"v1,{base64.b64encode(digest).decode()}":
            return Reply(401, {"error": "signature"})
        message = json.loads(request.body)
        assert message["id"] == headers["webhook-id"]
        if edited := self.messages.get(message["amends"]):
            edited["text"] = message["text"]
        elif message["id"] not in self.messages:
            self.messages[message["id"]] = message
        return Reply(204, b"")

    def visible_posts(self) -> list[VisiblePost]:
        """Return the stored posts; a reply to an unknown post is shown without its parent."""
        posts = []
        for message in self.messages.values():
            picture = message["picture"] or {}
            image = base64.b64decode(picture["data"]) if "data" in picture else None
            alt = picture["alt"] if image else None
            reply_to = message["reply_to"]
            parent = reply_to if reply_to in self.messages else None
            posts.append(VisiblePost(message["text"], alt, image, parent))
        return posts


def webhook_rig(folder: Path) -> Iterator[Rig]:
    """Yield the webhook channel with its subscriber."""
    subscriber, clock = Subscriber(), StillClock(AT)
    server = LocalServer(subscriber.answer)
    config = WebhookConfig(
        url=f"{server.base_url}/hook",
        secret=SecretStr(SECRET),
        allow_local=True,
        timeout=timedelta(seconds=2),
    )
    rig = Rig(
        WebhookChannel("one", config, clock),
        config,
        clock,
        subscriber.visible_posts,
        (SECRET, SECRET.removeprefix("whsec_")),
        address_key="url",
        removable=False,
        reads_bodies=False,
        server_error=ChannelUnavailable,
    )
    rig.post_path = "/hook"
    server.answer = scripted(rig, subscriber.answer)
    yield rig
    server.stop()

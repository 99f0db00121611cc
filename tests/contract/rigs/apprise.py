"""The rig of the apprise channel, with a service that accepts JSON."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.channels.apprise import AppriseChannel, AppriseConfig
from bot.clock import StillClock
from tests.contract.rigs.rig import AT, Rig, VisiblePost, scripted
from tests.servers.local import LocalServer, ReceivedRequest, Reply

SECRET = "apprisesecretK3l4M5"


class Service:
    """A service that stores the messages it receives."""

    def __init__(self) -> None:
        self.messages: list[VisiblePost] = []

    def answer(self, request: ReceivedRequest) -> Reply:
        """Store the message in a request."""
        message = json.loads(request.body)
        charts = [
            base64.b64decode(attachment["base64"])
            for attachment in message["attachments"]
        ]
        text = "\n".join(
            part for part in (message["title"], message["message"]) if part
        )
        self.messages.append(
            VisiblePost(text, None, charts[0] if charts else None, None)
        )
        return Reply(200, {"taken": True})


def apprise_rig(folder: Path) -> Iterator[Rig]:
    """Yield the apprise channel with a service that accepts JSON."""
    service, clock = Service(), StillClock(AT)
    server = LocalServer(service.answer)
    address = server.base_url.removeprefix("http://")
    config = AppriseConfig(
        urls=(SecretStr(f"json://wire:{SECRET}@{address}/{SECRET}"),),
        timeout=timedelta(seconds=5),
    )
    rig = Rig(
        AppriseChannel("one", config, clock),
        config,
        clock,
        lambda: service.messages,
        (SECRET,),
        removable=False,
        sends_alt_text=False,
        threads=False,
    )
    rig.post_path = f"/{SECRET}"
    server.answer = scripted(rig, service.answer)
    yield rig
    server.stop()

"""The rig of the websub channel, with a strict hub."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl

from bot.channels.websub import WebSubChannel, WebSubConfig
from bot.clock import StillClock
from bot.errors import ChannelUnavailable
from tests.contract.rigs.rig import AT, Rig, VisiblePost, scripted
from tests.servers.local import LocalServer, ReceivedRequest, Reply

TOPICS = ("https://outages.example/feed.xml", "https://outages.example/feed.json")


class Hub:
    """A WebSub hub that accepts pings for the feeds in TOPICS, and nothing else."""

    def __init__(self) -> None:
        self.pinged: list[str] = []

    def answer(self, request: ReceivedRequest) -> Reply:
        """Check and store the ping in a request."""
        kind = request.headers.get("content-type", "")
        if request.method != "POST" or kind != "application/x-www-form-urlencoded":
            return Reply(415, b"a form, please")
        fields = parse_qsl(request.body.decode(), strict_parsing=True)
        form = dict(fields)
        if len(form) != len(fields) or set(form) != {"hub.mode", "hub.url"}:
            return Reply(400, b"unknown fields")
        if form["hub.mode"] != "publish" or form["hub.url"] not in TOPICS:
            return Reply(400, b"unknown topic")
        self.pinged.append(form["hub.url"])
        return Reply(204, b"")


def websub_rig(folder: Path) -> Iterator[Rig]:
    """Yield the websub channel with its hub; each pinged feed counts as a post."""
    hub, clock = Hub(), StillClock(AT)
    server = LocalServer(hub.answer)
    config = WebSubConfig(
        url=f"{server.base_url}/hub",
        topics=TOPICS,
        allow_local=True,
        timeout=timedelta(seconds=2),
    )
    rig = Rig(
        WebSubChannel("one", config, clock),
        config,
        clock,
        lambda: [VisiblePost(topic, None, None, None) for topic in hub.pinged],
        address_key="url",
        reads_bodies=False,
        server_error=ChannelUnavailable,
    )
    rig.post_path = "/hub"
    server.answer = scripted(rig, hub.answer)
    yield rig
    server.stop()

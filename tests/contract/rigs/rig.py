"""What the kit of test_channels.py needs to know of a channel and its server."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.clock import StillClock
from bot.errors import ChannelError, ChannelUnknown
from bot.model.delivery import Post, Receipt
from bot.model.draft import Picture
from bot.ports import Channel
from bot.settings import Section
from tests.servers.local import Reply, Request

AT = datetime(2026, 1, 8, 16, 30, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n not decoded here"


@dataclass(frozen=True)
class VisiblePost:
    """A post on the channel, as a reader sees it.

    `once` is what a receiver tells repeats by, where sending again is harmless.
    """

    text: str
    alt: str | None
    image: bytes | None
    reply_to: str | None
    once: str = field(default="", compare=False)


@dataclass
class Rig:
    """A channel and its server.

    Attributes:
        visible_posts: reads the posts on the channel, oldest first.
        secrets: what must never be shown.
        script: for HTTP channels, what the server answers instead, by path.
        requests: the requests that the server received.
        post_path, media_path: where posts and pictures go; no media path: none.
        look_paths: what reading back asks, the last of them for a list of posts;
            none: the channel cannot be read back.
        listed: the answer to that last request, made of a list of posts.
        seen: one post as such a list shows it, from its receipt and its words.
        gone: how the server says that the post answered is gone; None: as it does.
        base_key: the key of its section that holds the server's address.
        takes_back: whether posts can be removed.
        network: what the network makes of a request and its answer.
        describes: whether a picture's description goes with it.
        threads: whether a post shows which one it answers.
        reads_answers: whether what stands in a good answer matters.
        failing: what a failure of the server's own means; unavailable where the same
            again is harmless.
    """

    channel: Channel
    config: Section
    clock: StillClock
    visible_posts: Callable[[], list[VisiblePost]]
    secrets: tuple[str, ...] = ()
    script: dict[str, deque[Reply]] = field(default_factory=lambda: defaultdict(deque))
    requests: list[Request] = field(default_factory=list)
    post_path: str = ""
    media_path: str = ""
    look_paths: tuple[str, ...] = ()
    listed: Callable[[list[Any]], Any] = lambda posts: posts
    seen: Callable[[Receipt, str], dict[str, Any]] | None = None
    gone: Reply | None = None
    base_key: str = "base_url"
    takes_back: bool = True
    network: Callable[[Request, Callable[[Request], Reply]], Reply] = (
        lambda request, serve: serve(request)
    )
    describes: bool = True
    threads: bool = True
    reads_answers: bool = True
    failing: type[ChannelError] = ChannelUnknown

    def shown(
        self, text: str, alt: str | None = None, reply_to: str | None = None
    ) -> VisiblePost:
        """How a post stands there; with a picture where it has a description."""
        image = PNG if alt is not None else None
        alt = alt if self.describes else None
        return VisiblePost(text, alt, image, reply_to if self.threads else None)

    @property
    def kind(self) -> str:
        """The channel's kind, as the registry names it."""
        return str(self.config.model_dump()["kind"])


class Settled:
    """A channel as its lane uses it: a post's token is settled before it is sent."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.name = channel.name
        self.outlet = channel.outlet
        self.token = channel.token
        self.remove = channel.remove

    def __repr__(self) -> str:
        return repr(self._channel)

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        return self._channel.send(self._settled(post), picture)

    def find(self, post: Post) -> Receipt | None:
        return self._channel.find(self._settled(post))

    def _settled(self, post: Post) -> Post:
        return replace(post, token=self._channel.token(post))


def a_post(text: str, channel: str = "one", event: int = 1, **changes: Any) -> Post:
    """A post with a picture whose name says its event."""
    picture = Picture(
        f"c{event}.png", "image/png", 4, 3, f"{event:064x}", f"Alt {event} ⚠"
    )
    fields: dict[str, Any] = {
        "key": f"IR-2026-0108.{event}/{channel}",
        "incident": "IR-2026-0108",
        "event": f"IR-2026-0108.{event}",
        "channel": channel,
        "lang": "en",
        "at": AT,
        "made_at": AT,
        "text": text,
        "length": len(text),
        "picture": picture,
        "reply_to": None,
        "token": f"<IR-2026-0108.{event}.{channel}@wire.example>",
        "frozen": True,
    }
    return Post(**(fields | changes))


def scripted(rig: Rig, memory: Callable[[Request], Reply]) -> Callable[..., Reply]:
    """`memory`'s answers, but for those that the rig's script has instead."""

    def answer(request: Request) -> Reply:
        rig.requests.append(request)
        waiting = rig.script[request.path]
        return waiting.popleft() if waiting else rig.network(request, memory)

    return answer

"""The rig of a channel: the channel, its server, and what the tests need to know of them."""

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

    `once` is the id by which a receiver recognises a repeated post; "" if there is none.
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
        visible_posts: returns the posts on the channel, oldest first.
        secrets: texts that no error, log or printed object may contain.
        script: for HTTP channels, by path, the next answers in place of the server's.
        requests: the requests that the server received.
        post_path: the path to which posts are sent; "" if not over HTTP.
        media_path: the path to which pictures are sent; "" if they have none.
        look_paths: the paths that are requested when a post is read back, the last for
            the posts themselves; empty if the channel cannot be read back over HTTP.
        listed: makes the answer to that last request from a list of posts.
        seen: makes an entry of that list from a receipt and a text; None if the channel
            is not read back as a list.
        gone: the server's answer to a reply to a deleted post; None if the rig's server
            gives that answer without a script.
        base_key: the key of the channel's section that holds the server's address.
        takes_back: whether posts can be removed.
        network: gets a request and the function that answers it; returns the answer,
            perhaps after a fault.
        describes: whether a picture's description is sent with it.
        threads: whether a post shows to which post it replies.
        reads_answers: whether the channel reads the body of a successful answer.
        failing: the error for a 5xx answer; ChannelUnavailable where sending the same
            post again does no harm.
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
        """Return a post as this channel shows it, with a picture if `alt` is given."""
        image = PNG if alt is not None else None
        alt = alt if self.describes else None
        return VisiblePost(text, alt, image, reply_to if self.threads else None)

    @property
    def kind(self) -> str:
        """The channel's kind, as the registry names it."""
        return str(self.config.model_dump()["kind"])


class Settled:
    """A channel as the delivery worker uses it: `send` and `find` get posts with a token."""

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
    """Return a post of the event number `event`, with a picture that has this number."""
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
    """Return a function that answers from the rig's script, or else with `memory`."""

    def answer(request: Request) -> Reply:
        rig.requests.append(request)
        waiting = rig.script[request.path]
        return waiting.popleft() if waiting else rig.network(request, memory)

    return answer

"""The rig of a channel: the channel, its server, and what tests must know of both."""

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
from tests.servers.local import ReceivedRequest, Reply

AT = datetime(2026, 1, 8, 16, 30, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n not decoded here"


@dataclass(frozen=True)
class VisiblePost:
    """A post on the channel, as a reader sees it.

    `repeat_id` is the id by which a receiver recognises a repeated post, or "".
    """

    text: str
    alt: str | None
    image: bytes | None
    reply_to: str | None
    repeat_id: str = field(default="", compare=False)


@dataclass
class Rig:
    """A channel and its server.

    Attributes:
        visible_posts: returns the posts on the channel, oldest first.
        secrets: texts that no error, log or printed object may contain.
        script: for each path, the answers to the next requests; they replace the
            answers of the server. For HTTP channels only.
        requests: the requests that the server received.
        post_path: the path to which posts are sent; "" if the channel uses no HTTP.
        media_path: the path to which pictures are sent; "" without a separate path.
        read_back_paths: the paths that the channel requests to read a post back; the
            answer to the last one has the posts. Empty if the channel cannot be read
            back over HTTP.
        list_answer: makes the answer to a request to the last of `read_back_paths` from
            a list of entries.
        list_entry: makes one entry from a receipt and a text; None if the channel is
            not read back as a list.
        deleted_parent_reply: how the server answers a reply to a deleted post; None if
            the server of the rig gives that answer without a script.
        address_key: the key of the server's address in the channel's section.
        removable: whether posts can be removed.
        answer_request: gets a request and the function that answers requests; returns
            the answer of that function, or a faulty one.
        sends_alt_text: whether a picture's description is sent with it.
        threads: whether a post shows to which post it replies.
        reads_bodies: whether the channel reads the body of a successful answer.
        server_error: the error that the channel raises for a 5xx answer; this is
            ChannelUnavailable if sending the same post again does no harm.
        rebuild: makes the channel anew, as after a restart; None if the constructor in
            the registry makes the whole channel.
    """

    channel: Channel
    config: Section
    clock: StillClock
    visible_posts: Callable[[], list[VisiblePost]]
    secrets: tuple[str, ...] = ()
    script: dict[str, deque[Reply]] = field(default_factory=lambda: defaultdict(deque))
    requests: list[ReceivedRequest] = field(default_factory=list)
    post_path: str = ""
    media_path: str = ""
    read_back_paths: tuple[str, ...] = ()
    list_answer: Callable[[list[Any]], Any] = lambda posts: posts
    list_entry: Callable[[Receipt, str], dict[str, Any]] | None = None
    deleted_parent_reply: Reply | None = None
    address_key: str = "base_url"
    removable: bool = True
    answer_request: Callable[
        [ReceivedRequest, Callable[[ReceivedRequest], Reply]], Reply
    ] = lambda request, serve: serve(request)
    sends_alt_text: bool = True
    threads: bool = True
    reads_bodies: bool = True
    server_error: type[ChannelError] = ChannelUnknown
    rebuild: Callable[[], Channel] | None = None

    def expected_post(
        self, text: str, alt: str | None = None, reply_to: str | None = None
    ) -> VisiblePost:
        """Return a post as this channel shows it, with a picture if `alt` is given."""
        image = PNG if alt is not None else None
        alt = alt if self.sends_alt_text else None
        return VisiblePost(text, alt, image, reply_to if self.threads else None)

    @property
    def kind(self) -> str:
        """The channel's kind, as the registry names it."""
        return str(self.config.model_dump()["kind"])


class TokenSettingChannel:
    """A channel as the delivery worker uses it: `send` and `find` get posts with a token."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.name = channel.name
        self.target = channel.target
        self.outlet = channel.outlet
        self.token = channel.token
        self.remove = channel.remove

    def __repr__(self) -> str:
        return repr(self._channel)

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        return self._channel.send(self._with_token(post), picture)

    def find(self, post: Post) -> Receipt | None:
        return self._channel.find(self._with_token(post))

    def _with_token(self, post: Post) -> Post:
        return replace(post, token=self._channel.token(post))


def make_post(text: str, channel: str = "one", event: int = 1, **changes: Any) -> Post:
    """Return a post about event number `event`, which is also in the picture's name."""
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


def scripted(
    rig: Rig, memory: Callable[[ReceivedRequest], Reply]
) -> Callable[..., Reply]:
    """Return a function that answers a request from the rig's script.

    If the script has no answer for the path, `memory` answers the request.
    """

    def answer(request: ReceivedRequest) -> Reply:
        rig.requests.append(request)
        replies = rig.script[request.path]
        return replies.popleft() if replies else rig.answer_request(request, memory)

    return answer

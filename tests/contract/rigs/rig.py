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
from tests.servers.local import ReceivedRequest, Reply

AT = datetime(2026, 1, 8, 16, 30, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n not decoded here"


@dataclass(frozen=True)
class VisiblePost:
    """A post on the channel, as a reader sees it.

    `repeat_id` is the id by which a receiver recognises a repeated post; "" if there is none.
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
        script: the next answers in place of the server's, by path; for HTTP channels only.
        requests: the requests that the server received.
        post_path: the path to which posts are sent; "" if not over HTTP.
        media_path: the path to which pictures are sent; "" if they have none.
        read_back_paths: the paths requested to read a post back; the last one returns the
            posts. Empty if the channel cannot be read back over HTTP.
        list_answer: makes the answer to that last request from a list of posts.
        list_entry: makes an entry of that list from a receipt and a text; None if the channel
            is not read back as a list.
        deleted_parent_reply: the server's answer to a reply to a deleted post; None if the rig's server
            gives that answer without a script.
        address_key: in the channel's section, the key of the server's address.
        removable: whether posts can be removed.
        answer_request: gets a request and the function that answers it; returns that answer,
            or a faulty one.
        sends_alt_text: whether a picture's description is sent with it.
        threads: whether a post shows to which post it replies.
        reads_bodies: whether the channel reads the body of a successful answer.
        server_error: the error for a 5xx answer; ChannelUnavailable where sending the same
            post again does no harm.
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
    """Return a post about event number `event`; its picture has the same number."""
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
    """Return a function that answers from the rig's script, or else with `memory`."""

    def answer(request: ReceivedRequest) -> Reply:
        rig.requests.append(request)
        replies = rig.script[request.path]
        return replies.popleft() if replies else rig.answer_request(request, memory)

    return answer

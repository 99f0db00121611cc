"""Publishes posts in a Matrix room.

A post with a picture is sent as two messages: a text message, then an image message.
The image message replies to the text message in the same thread, and its caption is the
alternative text. A single message would have the post's text as its caption, and no
field for the alternative text. Also, older clients show no captions, and few clients
can edit captions. The text is sent first, so that nobody sees a chart without its
explanation.

Each message is sent under its own transaction id. The id prevents duplicates while the
server remembers it (Synapse: at least half an hour). Both messages also carry a field of
our own (`MARK_FIELD`), which identifies them at any later time. In the text message, this
field holds the content of the image message. If `send` cannot send the image, `complete`
reads the content there and sends it.
"""

from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Annotated, Any, Literal
from urllib.parse import quote

from bot.channels.clients.matrix import (
    ERROR_POLICY,
    Room,
    picture_message,
    text_message,
)
from bot.channels.shared.picture_upload import PictureUploads
from bot.channels.shared.read_back import convert_search_errors, is_before
from bot.channels.shared.text_options import TextOptions
from bot.clock import Clock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.http.channel_client import ChannelClient
from bot.http.client import make_client
from bot.model.delivery import Post, Receipt
from bot.model.draft import Outlet
from bot.settings import Secret, ServerAddress, Timeout, matching, server_of

MARK_FIELD = "org.outagewire.post"
"""The name of our field in each message.

It holds the post's key, the part (`words` or `picture`) and, in the text message, the
content of the image message.
"""
# The longest text and alternative text, in characters. They keep a message within the
# 65,536 bytes of a Matrix event: an edit contains its text twice, and a character takes
# up to 4 bytes.
_LIMIT, _ALT_LIMIT = 4000, 1500
_YEAR_3000_MS = 32503680000000


class MatrixConfig(TextOptions):
    """One account in one room; the room must not be encrypted."""

    kind: Literal["matrix"] = "matrix"
    base_url: ServerAddress
    token: Secret
    room: Annotated[
        str,
        matching(
            r"![^\s/?#]+",
            "write the id of the room, which begins with !, not its alias",
        ),
    ]
    timeout: Timeout = timedelta(seconds=30)

    @property
    def target(self) -> str:
        """Where posts go: the server and the room.

        The account is not part of the target, because the room decides who reads the
        posts. The target therefore stays the same with a new token, even with the token of
        another account. The other account cannot edit the earlier posts: on Matrix, an
        account can edit only its own messages.
        """
        return f"matrix {server_of(self.base_url)} {self.room}"


class MatrixChannel:
    """Sends messages to a room, and looks for posts among the messages there."""

    def __init__(self, name: str, config: MatrixConfig, clock: Clock) -> None:
        """Create the HTTP client; no request is sent yet."""
        self.name = name
        self.target = config.target
        self._config = config
        http = make_client(
            config.timeout,
            base_url=config.base_url,
            token=config.token,
            keep_connections=False,
        )
        server = ChannelClient(name, http, (config.token,), clock, ERROR_POLICY)
        self._room = Room(name, config.room, server)
        self._pictures = PictureUploads()

    def outlet(self) -> Outlet:
        """Return the limits, which keep each message within the size of a Matrix event."""
        return self._config.apply_to(
            Outlet(
                name=self.name,
                kind="matrix",
                limit=_LIMIT,
                url_length=None,
                alt_limit=_ALT_LIMIT,
                edits=True,
            )
        )

    def token(self, post: Post) -> str:
        """Return the text message's transaction id, made from the post's key alone."""
        return sha256(post.key.encode()).hexdigest()

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Send the text, then the picture; see `ports.Channel.send`.

        If the text is sent but the picture fails for now, ChannelUnknown is raised.
        Then `find` finds the text, and `complete` sends the picture.
        """
        self._room.check_room()
        if post.amends is not None:
            return self._amend(post, post.amends)
        image = self._uploaded(post, picture)
        content = (
            text_message(post.text) | _mark(post, "words", image) | self._relation(post)
        )
        event = self._room.send(post.token, content)
        try:
            return self._send_picture(post, event, content)
        except ChannelUnavailable as error:
            raise ChannelUnknown(f"{error}; the text is posted") from None

    def check_usable(self) -> None:
        """Read the room's state; see `ports.CheckedChannel.check_usable`."""
        self._room.check_room()

    def find(self, post: Post) -> Receipt | None:
        """Look for `post` among the account's newest 500 messages.

        The search compares the mark (`MARK_FIELD`) of each message. It ends at the message
        that `post` replies to.

        Raises:
            ChannelUnknown: a message has the mark of the post but not its text.
        """
        with convert_search_errors():
            parts = self._parts_of(post)
        if "words" not in parts:
            return None
        if post.amends is not None:
            return self._receipt(*post.amends.split())
        words = parts["words"]
        # A restored store may give the key of an earlier post to a new post.
        if words["content"].get("body") != post.text:
            raise ChannelUnknown(
                f"{self.name}: {words['event_id']} has the key of this post, but a different text"
            )
        picture = parts.get("picture", {})
        return self._receipt(str(words["event_id"]), str(picture.get("event_id", "")))

    def ids_since(self, at: datetime) -> frozenset[str]:
        """Return the receipt ids of our posts (with `MARK_FIELD`) in the room since `at`.

        Raises:
            ChannelUnknown: they are not all among the newest 500 messages.
        """
        texts: list[str] = []
        pictures: dict[str, str] = {}
        with convert_search_errors():
            for event in self._room.own_messages():
                if is_before(_created_at(event), at):
                    break
                mark, event_id = (
                    event["content"].get(MARK_FIELD),
                    str(event["event_id"]),
                )
                if not isinstance(mark, dict):
                    continue
                if mark.get("part") == "picture":
                    pictures[str(mark.get("key"))] = event_id
                elif "m.new_content" not in event["content"]:
                    receipt = f"{event_id} {pictures.get(str(mark.get('key')), '')}"
                    texts.append(receipt.strip())
        return frozenset(texts)

    def complete(self, post: Post, receipt: Receipt) -> Receipt:
        """Send the picture if it is missing; see `ports.MultiPartChannel.complete`."""
        text_event, *picture_event = receipt.id.split()
        if picture_event or post.amends is not None:
            self._pictures.discard_failures(post)
            return receipt
        with convert_search_errors():
            content = self._room.content(text_event)
            return self._send_picture(post, text_event, content)

    def remove(self, receipt: Receipt) -> None:
        """Redact (delete) a post and its picture; see `ports.Channel.remove`."""
        for event in reversed(receipt.id.split()):
            self._room.redact(event)

    def _uploaded(self, post: Post, picture: bytes | None) -> dict[str, Any] | None:
        """Upload the picture and return the content of its message.

        The result is None if there is no picture, or if the picture is left out.
        """
        if post.picture is None or picture is None:
            return None
        upload = partial(self._room.upload, post.picture, picture)
        address = self._pictures.upload_or_leave_out(post, upload)
        return picture_message(post.picture, address, len(picture)) if address else None

    def _relation(self, post: Post) -> dict[str, Any]:
        """Return the field that makes a message part of its thread.

        The result is empty if the post replies to nothing. It is also empty if the
        first message of the thread is gone, because servers reject a reference to it.
        """
        if not post.reply_to:
            return {}
        root, parent = (
            _text_event_id(post.root or post.reply_to),
            _text_event_id(post.reply_to),
        )
        if not self._room.is_visible(root):
            return {}
        thread = {"rel_type": "m.thread", "event_id": root, "is_falling_back": True}
        return {"m.relates_to": {**thread, "m.in_reply_to": {"event_id": parent}}}

    def _send_picture(
        self, post: Post, text_event_id: str, content: dict[str, Any]
    ) -> Receipt:
        """Send the image message that the text message holds in `MARK_FIELD`, if any.

        Args:
            post: the post with the picture.
            text_event_id: the event id of the post's text message.
            content: the content of the text message.

        Raises:
            ChannelUnavailable: the image may not have been sent; try again.
        """
        mark, picture_event = content.get(MARK_FIELD), ""
        image = mark.get("picture") if isinstance(mark, dict) else None
        if isinstance(image, dict):
            reply = {"m.in_reply_to": {"event_id": text_event_id}}
            relation = {"m.relates_to": content.get("m.relates_to", {}) | reply}
            message = image | _mark(post, "picture") | relation
            send = partial(self._room.send, f"{post.token}-picture", message)
            picture_event = self._pictures.upload_or_leave_out(post, send) or ""
        self._pictures.discard_failures(post)
        return self._receipt(text_event_id, picture_event)

    def _amend(self, post: Post, receipt_id: str) -> Receipt:
        text_event, *picture_event = receipt_id.split()
        if not self._room.is_visible(text_event):
            raise ChannelRefused(
                f"{self.name}: the message to edit was deleted or cannot be read"
            )
        content = {
            **text_message(f"* {post.text}"),
            **_mark(post, "words"),
            "m.new_content": text_message(post.text),
            "m.relates_to": {"rel_type": "m.replace", "event_id": text_event},
        }
        self._room.send(post.token, content)
        return self._receipt(text_event, *picture_event)

    def _parts_of(self, post: Post) -> dict[str, dict[str, Any]]:
        """Return the events of the post's messages, by part.

        The keys are `words` and `picture`. Messages are read newest first. The text was
        sent before the picture, so the search can end at the text.
        """
        parts: dict[str, dict[str, Any]] = {}
        for event in self._room.own_messages():
            mark = event["content"].get(MARK_FIELD)
            if isinstance(mark, dict) and mark.get("key") == post.key:
                parts[str(mark.get("part"))] = event
            is_parent = post.reply_to and event["event_id"] == _text_event_id(
                post.reply_to
            )
            if "words" in parts or is_parent:
                break
        return parts

    def _receipt(self, text_event_id: str, picture_event_id: str = "") -> Receipt:
        """Return a receipt with the event ids, and a link that opens in any client."""
        room = self._config.room
        _, _, server = room.partition(":")
        event = quote(text_event_id, safe="$")
        url = f"https://matrix.to/#/{quote(room, safe='!:')}/{event}"
        url += f"?via={server}" if server else ""
        return Receipt(id=f"{text_event_id} {picture_event_id}".strip(), url=url)


def _text_event_id(receipt_id: str) -> str:
    """Return the event id of the text message from a receipt's id."""
    return receipt_id.split()[0]


def _created_at(event: dict[str, Any]) -> str:
    """Return the time of an event in ISO 8601; "" if it has none."""
    at_ms = event.get("origin_server_ts")
    if not isinstance(at_ms, int) or not 0 <= at_ms < _YEAR_3000_MS:
        return ""
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat()


def _mark(
    post: Post, part: str, picture: dict[str, Any] | None = None
) -> dict[str, Any]:
    picture_field = {"picture": picture} if picture else {}
    return {MARK_FIELD: {"key": post.key, "part": part, **picture_field}}

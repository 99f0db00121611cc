"""Posts to a Matrix room.

A post is a text message, and its picture a message of its own right behind it: an
answer to it in the same thread, with the alt text for its caption. As one message, the
words would be the caption, and nothing would be left to describe the picture with;
older clients show no captions, and few can edit one. Words come first: nobody sees a
chart that nothing explains.

Either goes out under a transaction id, which makes it one as long as the server
remembers (Synapse: half an hour at least); and either carries a field of our own, by
which it is known for ever. That of the words holds all of the picture's message, so
whoever finds the words alone can add what was lost behind them.
"""

from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any, Literal
from urllib.parse import quote

from pydantic import Field

from bot.channels.clients.matrix import (
    ERROR_POLICY,
    Room,
    picture_message,
    text_message,
)
from bot.channels.picture_upload import Pictures
from bot.channels.read_back import looking
from bot.channels.text_options import TextOptions
from bot.clock import Clock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.http.channel_client import ChannelClient
from bot.http.client import make_client
from bot.model.delivery import Post, Receipt
from bot.model.draft import Outlet
from bot.settings import Duration, Secret, ServerAddress

MARK = "org.outagewire.post"
"""Our field: the post's key, which part of it this is, and the picture to come."""
# An event holds 65,536 bytes; an edit holds its words twice, at 4 bytes a character.
_LIMIT, _ALT_LIMIT = 4000, 1500


class MatrixConfig(TextOptions):
    """One account in one room."""

    kind: Literal["matrix"] = "matrix"
    base_url: ServerAddress
    token: Secret
    room: str = Field(pattern=r"^![^\s/?#]+$")
    timeout: Duration = timedelta(seconds=30)


class MatrixChannel:
    """Sends messages, and finds them again among the account's own in the room."""

    def __init__(self, name: str, config: MatrixConfig, clock: Clock) -> None:
        """Keep what is needed; nothing is asked yet."""
        self.name = name
        self._config = config
        http = make_client(
            config.timeout,
            base_url=config.base_url,
            token=config.token,
            keep_connections=False,
        )
        server = ChannelClient(name, http, (config.token,), clock, ERROR_POLICY)
        self._room = Room(name, config.room, server)
        self._pictures = Pictures()

    def outlet(self) -> Outlet:
        """A room has no limit but that of an event."""
        return self._config.spoken(
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
        """The transaction id: the same for the same post."""
        return sha256(post.key.encode()).hexdigest()

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Send the words, then the picture; see `ports.Channel.send`.

        Where the picture may still come through, all is unknown: `find` and `complete`
        settle it.
        """
        if post.amends is not None:
            return self._amend(post, post.amends)
        shown = self._uploaded(post, picture)
        words = (
            text_message(post.text) | _mark(post, "words", shown) | self._place(post)
        )
        event = self._room.put(post.token, words)
        try:
            return self._completed(post, event, words)
        except ChannelUnavailable as error:
            raise ChannelUnknown(f"{error}, the words are out") from None

    def find(self, post: Post) -> Receipt | None:
        """Look among the account's newest 500 messages, back to the post answered.

        Our own field names the post: there is no mistaking it.
        """
        with looking():
            found = self._found(post)
            words = found.get("words")
            if words is None:
                return None
            if post.amends is not None:
                return self._receipt(*post.amends.split())
            picture = str(found.get("picture", {}).get("event_id", ""))
            return self._receipt(str(words["event_id"]), picture)

    def complete(self, post: Post, receipt: Receipt) -> Receipt:
        """Send the picture that is missing; see `ports.MultiPartChannel.complete`."""
        words, *picture = receipt.id.split()
        if picture or post.amends is not None:
            self._pictures.forget(post)
            return receipt
        with looking():
            return self._completed(post, words, self._room.content(words))

    def remove(self, receipt: Receipt) -> None:
        """Redact a post and its picture; see `ports.Channel.remove`."""
        for event in reversed(receipt.id.split()):
            self._room.redact(event)

    def _uploaded(self, post: Post, data: bytes | None) -> dict[str, Any] | None:
        """The picture's message, once its bytes are there."""
        if post.picture is None or data is None:
            return None
        upload = partial(self._room.upload, post.picture, data)
        address = self._pictures.carried(post, upload)
        return picture_message(post.picture, address, len(data)) if address else None

    def _place(self, post: Post) -> dict[str, Any]:
        """Where it stands in the thread; none where the thread's root is gone."""
        if not post.reply_to:
            return {}
        root, before = _words(post.root or post.reply_to), _words(post.reply_to)
        if not self._room.stands(root):
            return {}
        thread = {"rel_type": "m.thread", "event_id": root, "is_falling_back": True}
        return {"m.relates_to": {**thread, "m.in_reply_to": {"event_id": before}}}

    def _completed(self, post: Post, event: str, words: dict[str, Any]) -> Receipt:
        """The receipt of words that are out, once their picture is, too.

        Raises:
            ChannelUnavailable: the picture may still come through.
        """
        mark, picture = words.get(MARK), ""
        shown = mark.get("picture") if isinstance(mark, dict) else None
        if isinstance(shown, dict):
            answer = {"m.in_reply_to": {"event_id": event}}
            place = {"m.relates_to": words.get("m.relates_to", {}) | answer}
            content = shown | _mark(post, "picture") | place
            put = partial(self._room.put, f"{post.token}-picture", content)
            picture = self._pictures.carried(post, put) or ""
        self._pictures.forget(post)
        return self._receipt(event, picture)

    def _amend(self, post: Post, amends: str) -> Receipt:
        words, *picture = amends.split()
        if not self._room.stands(words):
            raise ChannelRefused(f"{self.name}: the message to amend is gone")
        content = {
            **text_message(f"* {post.text}"),
            **_mark(post, "words"),
            "m.new_content": text_message(post.text),
            "m.relates_to": {"rel_type": "m.replace", "event_id": words},
        }
        self._room.put(post.token, content)
        return self._receipt(words, *picture)

    def _found(self, post: Post) -> dict[str, dict[str, Any]]:
        """What stands of a post, by part; its words, where they do, are found last."""
        found: dict[str, dict[str, Any]] = {}
        for event in self._room.own_messages():
            mark = event["content"].get(MARK)
            if isinstance(mark, dict) and mark.get("key") == post.key:
                found[str(mark.get("part"))] = event
            older = post.reply_to and event["event_id"] == _words(post.reply_to)
            if "words" in found or older:
                break
        return found

    def _receipt(self, words: str, picture: str = "") -> Receipt:
        """Both event ids, and a link that any client opens."""
        room = self._config.room
        _, _, server = room.partition(":")
        url = f"https://matrix.to/#/{quote(room, safe='!:')}/{quote(words, safe='$')}"
        url += f"?via={server}" if server else ""
        return Receipt(id=f"{words} {picture}".strip(), url=url)


def _words(receipt: str) -> str:
    """The event id of a post's words."""
    return receipt.split()[0]


def _mark(
    post: Post, part: str, picture: dict[str, Any] | None = None
) -> dict[str, Any]:
    follows = {"picture": picture} if picture else {}
    return {MARK: {"key": post.key, "part": part, **follows}}

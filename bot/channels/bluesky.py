"""Posts to Bluesky, under record keys of our own: the same post again is the same."""

from collections.abc import Iterator, Mapping
from datetime import UTC, timedelta
from functools import partial
from typing import Any, Literal

import regex
import structlog
from pydantic import Field

from bot.channels.clients.bluesky import Login, RepoRecord, Repository, record_key
from bot.channels.picture_upload import Pictures
from bot.channels.read_back import looking
from bot.channels.text_options import TextOptions
from bot.clock import Clock
from bot.errors import ChannelError, ChannelRefused
from bot.http.channel_client import make_channel_client
from bot.model.delivery import Post, Receipt
from bot.model.draft import Counting, Outlet, Picture
from bot.settings import Duration, Secret, ServerAddress

_POST, _PROFILE = "app.bsky.feed.post", "app.bsky.actor.profile"
_LABELS = "com.atproto.label.defs#selfLabels"
# Servers of before April 2026 take no larger picture.
_LARGEST_PICTURE = 1_000_000
# A link without the punctuation after it, or a hashtag in any script.
_FACET = regex.compile(
    r'(?<!\w)(?P<link>https?://(?=\w)(?:\([^\s()<>"]*\)|[^\s()<>"])*(?<=[\w/=&%~+$)-]))'
    r"|(?<![\w&/#\uFF03])[#\uFF03](?P<tag>[\p{L}\p{N}_]\w*)"
)


class BlueskyConfig(TextOptions):
    """One account."""

    kind: Literal["bluesky"] = "bluesky"
    base_url: ServerAddress = "https://bsky.social"
    handle: str = Field(
        pattern=r"^(did:[a-z]+:[^\s/]+|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)$"
    )
    app_password: Secret
    timeout: Duration = timedelta(seconds=30)


class BlueskyChannel:
    """Writes posts into the account's own repository."""

    def __init__(self, name: str, config: BlueskyConfig, clock: Clock) -> None:
        """Keep what is needed; nothing is asked yet."""
        self.name = name
        self._config = config
        http = make_channel_client(config.base_url, config.timeout)
        login = Login(config.handle, config.app_password)
        self._records = Repository(name, http, login, clock)
        self._pictures = Pictures()
        self._labelled = False

    def outlet(self) -> Outlet:
        """Bluesky's own limits: every server has the same."""
        return self._config.spoken(
            Outlet(
                name=self.name,
                kind="bluesky",
                limit=300,
                counting=Counting.GRAPHEMES_OR_BYTES,
                url_length=None,
                alt_limit=2000,
            )
        )

    def token(self, post: Post) -> str:
        """The record's key."""
        return record_key(post.at, post.key)

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Post once; see `ports.Channel.send`."""
        self._records.open()  # who is not let in need not carry the picture there
        embed, shown = None, post.picture
        if shown is not None and picture is not None:
            upload = partial(self._embed, shown, picture)
            embed = self._pictures.carried(post, upload)
        receipt = self._publish(post, embed or {})
        self._pictures.forget(post)
        self._say_what_we_are()
        return receipt

    def find(self, post: Post) -> Receipt | None:
        """Look at the post's own key."""
        with looking():
            found = self._records.get(_POST, post.token)
        return _receipt(found) if found and _is_it(found, post) else None

    def remove(self, receipt: Receipt) -> None:
        """Delete the record; see `ports.Channel.remove`."""
        uri, _, _ = receipt.id.partition(" ")
        self._records.delete(_POST, uri.rpartition("/")[2])

    def _embed(self, picture: Picture, data: bytes) -> dict[str, Any]:
        if len(data) > _LARGEST_PICTURE:
            raise ChannelRefused(
                f"{self.name}: {len(data)} bytes, {_LARGEST_PICTURE} at most"
            )
        image = {
            "alt": picture.alt,
            "image": self._records.upload(data, picture.mime),
            "aspectRatio": {"width": picture.width, "height": picture.height},
        }
        return {"embed": {"$type": "app.bsky.embed.images", "images": [image]}}

    def _publish(self, post: Post, embed: Mapping[str, Any]) -> Receipt:
        value = {**_value(post), **embed}
        try:
            put = self._records.put(_POST, post.token, value, None)
        except ChannelRefused as error:
            if not embed:
                raise
            self._pictures.leave_out(post, error)
            return self._publish(post, {})
        # An earlier try may stand there with a picture that this one lost.
        receipt = _receipt(put) if put else self.find(post)
        if receipt is None:
            raise ChannelRefused(f"{self.name}: another record has {post.token}")
        return receipt

    def _say_what_we_are(self) -> None:
        """Label the account as a bot, once and never in the way of a post."""
        if self._labelled:
            return
        self._labelled = True
        try:
            old = self._records.get(_PROFILE, "self")
            value = _labelled(old.value if old else {"$type": _PROFILE})
            if value is not None:
                self._records.put(_PROFILE, "self", value, old.cid if old else None)
        except ChannelError as error:
            log = structlog.get_logger(__name__)
            log.warning("bot-label-not-set", channel=self.name, why=str(error))


def _value(post: Post) -> dict[str, Any]:
    """The record, the same for the same post whenever it is made."""
    at = post.made_at.astimezone(UTC).isoformat(timespec="milliseconds")
    value: dict[str, Any] = {
        "$type": _POST,
        "text": post.text,
        "createdAt": at.removesuffix("+00:00") + "Z",
        "langs": [post.lang.replace("_", "-")],
    }
    if facets := list(_facets(post.text)):
        value["facets"] = facets
    if parent := _reference(post.reply_to):
        value["reply"] = {"root": _reference(post.root) or parent, "parent": parent}
    return value


def _facets(text: str) -> Iterator[dict[str, Any]]:
    """Links and hashtags, each by the bytes of UTF-8 it takes up in `text`."""
    for found in _FACET.finditer(text):
        link, tag = found["link"], found["tag"]
        if link:
            feature = {"$type": "app.bsky.richtext.facet#link", "uri": link}
        elif not tag.isdecimal() and len(tag) <= 64:
            feature = {"$type": "app.bsky.richtext.facet#tag", "tag": tag}
        else:
            continue
        start = len(text[: found.start()].encode())
        index = {"byteStart": start, "byteEnd": start + len(found[0].encode())}
        yield {"index": index, "features": [feature]}


def _reference(receipt: str | None) -> dict[str, str] | None:
    uri, _, cid = (receipt or "").partition(" ")
    return {"uri": uri, "cid": cid} if cid else None


def _receipt(record: RepoRecord) -> Receipt:
    """Its id holds the address and the hash: an answer needs both."""
    did, _, rkey = record.uri.removeprefix("at://").split("/")
    url = f"https://bsky.app/profile/{did}/post/{rkey}"
    return Receipt(f"{record.uri} {record.cid}", url)


def _is_it(record: RepoRecord, post: Post) -> bool:
    """Whether a record is `post`, with its picture or without."""
    ours = _value(post)
    return all(record.value.get(key) == ours[key] for key in ("text", "createdAt"))


def _labelled(profile: Mapping[str, Any]) -> dict[str, Any] | None:
    """A profile with the label `bot` beside its others; None: it has it already."""
    labels = profile.get("labels")
    values = labels.get("values", []) if isinstance(labels, dict) else []
    if {"val": "bot"} in values:
        return None
    return {
        **profile,
        "labels": {"$type": _LABELS, "values": [*values, {"val": "bot"}]},
    }

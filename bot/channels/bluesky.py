"""Publishes posts on Bluesky.

The key of a record is derived from its post. If the post is sent again, the record has
the same key, so there is no duplicate.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import takewhile
from typing import Annotated, Any, Literal

import regex

from bot.channels.clients.bluesky import Login, RepoRecord, Repository, record_key
from bot.channels.shared.picture_upload import PictureUploads
from bot.channels.shared.read_back import convert_search_errors, is_before
from bot.channels.shared.text_options import TextOptions
from bot.clock import Clock
from bot.errors import ChannelError, ChannelRefused, ChannelUnknown
from bot.http.client import make_client
from bot.model.delivery import Post, Receipt
from bot.model.draft import Counting, Outlet, Picture
from bot.settings import Secret, ServerAddress, Timeout, matching, server_of

_POST, _PROFILE = "app.bsky.feed.post", "app.bsky.actor.profile"
_LABELS = "com.atproto.label.defs#selfLabels"
# The largest picture, in bytes, that servers released before April 2026 accept.
_LARGEST_PICTURE = 1_000_000
_LONGEST_TAG = 64
# Matches a hashtag in any script, or a link without the punctuation that follows it.
_FACET = regex.compile(
    r'(?<!\w)(?P<link>https?://(?=\w)(?:\([^\s()<>"]*\)|[^\s()<>"])*(?<=[\w/=&%~+$)-]))'
    r"|(?<![\w&/#\uFF03])[#\uFF03](?P<tag>[\p{L}\p{N}_]\w*)"
)


class BlueskyConfig(TextOptions):
    """One account: its handle or its DID (permanent id), and an app password."""

    kind: Literal["bluesky"] = "bluesky"
    base_url: ServerAddress = "https://bsky.social"
    handle: Annotated[
        str,
        matching(
            r"did:[a-z]+:[^\s/]+|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+",
            "write the handle without @, such as wire.example.org, or the DID",
        ),
    ]
    app_password: Secret
    timeout: Timeout = timedelta(seconds=30)

    @property
    def target(self) -> str:
        """Where posts go: the server, and the account as it is configured.

        A new app password of the account does not change the target.
        """
        return f"bluesky {server_of(self.base_url)} {self.handle.lower()}"


class BlueskyChannel:
    """Writes posts as records in the account's repository."""

    def __init__(self, name: str, config: BlueskyConfig, clock: Clock) -> None:
        """Create the HTTP client; no request is sent yet."""
        self.name = name
        self.target = config.target
        self._config = config
        http = make_client(
            config.timeout, base_url=config.base_url, keep_connections=False
        )
        login = Login(config.handle, config.app_password)
        self._records = Repository(name, http, login, clock)
        self._pictures = PictureUploads()
        self._label_checked = False

    def outlet(self) -> Outlet:
        """Return the limits of Bluesky, which are the same on every server."""
        return self._config.apply_to(
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
        """Return the key of the post's record."""
        return record_key(post.at, post.key)

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Publish the post once; see `ports.Channel.send`."""
        # The login comes before the upload, because a failed login must not count as a
        # failure of the picture.
        self._records.log_in()
        embed = None
        if post.picture is not None and picture is not None:
            upload = partial(self._embed, post.picture, picture)
            embed = self._pictures.upload_or_leave_out(post, upload)
        receipt = self._publish(post, embed or {})
        self._pictures.discard_failures(post)
        self._label_as_bot()
        return receipt

    def find(self, post: Post) -> Receipt | None:
        """Look for the record that has the post's key.

        The date of the record is ignored. After the store is restored from a backup, the
        program may create the same post again, with a later date than the record has.

        Raises:
            ChannelUnknown: the record with this key has a text other than the post's.
        """
        record = self._existing(post)
        if record is not None and not _matches(record, post):
            raise ChannelUnknown(
                f"{self.name}: {record.uri} has the key of this post, but a different text;"
                " look at it before you settle the post"
            )
        return _receipt(record) if record else None

    def ids_since(self, at: datetime) -> frozenset[str]:
        """Return the receipt ids of the account's posts since `at`.

        Raises:
            ChannelUnknown: there are more than 500.
        """
        with convert_search_errors():
            since = takewhile(
                lambda record: not is_before(record.value.get("createdAt"), at),
                self._records.newest(_POST),
            )
            return frozenset(_receipt(record).id for record in since)

    def remove(self, receipt: Receipt) -> None:
        """Delete the record; see `ports.Channel.remove`."""
        uri, _, _ = receipt.id.partition(" ")
        self._records.delete(_POST, uri.rpartition("/")[2])

    def _embed(self, picture: Picture, data: bytes) -> dict[str, Any]:
        if len(data) > _LARGEST_PICTURE:
            raise ChannelRefused(
                f"{self.name}: the picture has {len(data)} bytes;"
                f" {_LARGEST_PICTURE} are allowed"
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
            record = self._records.put(_POST, post.token, value, None)
        except ChannelRefused as error:
            if not embed:
                raise
            self._pictures.log_left_out(post, error)
            return self._publish(post, {})
        if record is not None:
            return _receipt(record)
        # A record with this key already exists. An earlier attempt to send the post may
        # have written the record, so the record is compared with the post.
        existing = self._existing(post)
        if existing is None or not _matches(existing, post):
            raise ChannelRefused(
                f"{self.name}: another record has the key {post.token}"
            )
        return _receipt(existing)

    def _existing(self, post: Post) -> RepoRecord | None:
        with convert_search_errors():
            return self._records.get(_POST, post.token)

    def _label_as_bot(self) -> None:
        """Label the account as a bot, once in each run; log a failure."""
        if self._label_checked:
            return
        self._label_checked = True
        try:
            profile = self._records.get(_PROFILE, "self")
            value = _with_bot_label(profile.value if profile else {"$type": _PROFILE})
            if value is not None:
                cid = profile.cid if profile else None
                self._records.put(_PROFILE, "self", value, cid)
        except ChannelError as error:
            import structlog

            log = structlog.get_logger(__name__)
            log.warning("bot label not set", channel=self.name, why=str(error))


def _value(post: Post) -> dict[str, Any]:
    """Return the record's value, which depends on the post alone."""
    at = post.post_date.astimezone(UTC).isoformat(timespec="milliseconds")
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
    """Yield a facet, Bluesky's markup of a range of text, for each link and hashtag.

    The range is counted in bytes of UTF-8.
    """
    for match in _FACET.finditer(text):
        link, tag = match["link"], match["tag"]
        if link:
            feature = {"$type": "app.bsky.richtext.facet#link", "uri": link}
        elif not tag.isdecimal() and len(tag) <= _LONGEST_TAG:
            feature = {"$type": "app.bsky.richtext.facet#tag", "tag": tag}
        else:
            continue
        start = len(text[: match.start()].encode())
        index = {"byteStart": start, "byteEnd": start + len(match[0].encode())}
        yield {"index": index, "features": [feature]}


def _reference(receipt_id: str | None) -> dict[str, str] | None:
    """Return a reference to the record of a receipt id; None without an id."""
    uri, _, cid = (receipt_id or "").partition(" ")
    return {"uri": uri, "cid": cid} if cid else None


def _receipt(record: RepoRecord) -> Receipt:
    """Return the receipt of a record.

    The id of the receipt holds the record's URI and hash, because a reply needs both.
    """
    did, _, rkey = record.uri.removeprefix("at://").split("/")
    url = f"https://bsky.app/profile/{did}/post/{rkey}"
    return Receipt(f"{record.uri} {record.cid}", url)


def _matches(record: RepoRecord, post: Post) -> bool:
    """Return whether a record has the text of `post`; date and picture are ignored."""
    return bool(record.value.get("text") == post.text)


def _with_bot_label(profile: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a profile with the label `bot` added; None if it has the label already."""
    labels = profile.get("labels")
    values = labels.get("values", []) if isinstance(labels, dict) else []
    if {"val": "bot"} in values:
        return None
    return {
        **profile,
        "labels": {"$type": _LABELS, "values": [*values, {"val": "bot"}]},
    }

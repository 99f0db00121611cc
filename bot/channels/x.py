"""Publishes posts on X."""

import base64
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import takewhile
from typing import Annotated, Any, Literal

from bot.channels.clients.x import XApi
from bot.channels.shared.picture_upload import PictureUploads
from bot.channels.shared.read_back import (
    convert_search_errors,
    is_before,
    is_older,
    normalized_text_without_links,
)
from bot.channels.shared.targets import digest_of
from bot.channels.shared.text_options import TextOptions
from bot.clock import Clock
from bot.errors import (
    ChannelRefused,
    ChannelUnknown,
    PictureRefused,
    ReplyTargetMissing,
)
from bot.model.delivery import Post, Receipt
from bot.model.draft import Counting, LinkPolicy, Outlet, Picture
from bot.settings import Lax, Secret, Timeout, matching, server_of

_PAGES, _PAGE_SIZE = 2, 100
# X's limit for a picture, in bytes.
_LARGEST_PICTURE = 5 * 1024 * 1024
_NOT_FOUND = 404


class XConfig(TextOptions):
    """One account on X: the OAuth 1.0a keys of an app and of its user."""

    kind: Literal["x"] = "x"
    consumer_key: Secret
    consumer_secret: Secret
    access_token: Secret
    access_token_secret: Secret
    # By default no post has a link, because X charges more than ten times as much for a
    # post with a link as for other posts.
    links: Lax[LinkPolicy] = LinkPolicy.NEVER
    timeout: Timeout = timedelta(seconds=30)
    # The address of X. Only a stand-in on this machine may replace X, because the
    # requests are signed for X.
    api_base: Annotated[
        str,
        matching(
            r"(https://api\.twitter\.com|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)/?",
            "write https://api.twitter.com, or leave this key out",
        ),
    ] = "https://api.twitter.com"

    @property
    def target(self) -> str:
        """Where posts go: the server, and the number of the account.

        The number is the public part of the access token, before the hyphen: new tokens
        of the same account are the same target. If the token has no such number, a
        digest of the token stands for the account.
        """
        token = self.access_token.get_secret_value()
        number, hyphen, _ = token.partition("-")
        is_number = bool(hyphen) and number.isascii() and number.isdecimal()
        account = number if is_number else digest_of(token)
        return f"x {server_of(self.api_base)} account {account}"


class XChannel:
    """Publishes posts on X, and looks for them in the account's timeline."""

    def __init__(self, name: str, config: XConfig, clock: Clock) -> None:
        """Create the client; no request is sent yet."""
        self.name = name
        self.target = config.target
        self._config = config
        keys = (
            config.consumer_key,
            config.consumer_secret,
            config.access_token,
            config.access_token_secret,
        )
        self._api = XApi(name, keys, config.api_base, config.timeout, clock)
        self._account = ""
        self._pictures = PictureUploads()

    def outlet(self) -> Outlet:
        """Return X's limits; X's API does not report them."""
        return self._config.apply_to(
            Outlet(
                name=self.name,
                kind="x",
                limit=280,
                counting=Counting.WEIGHTED,
                url_length=23,
                alt_limit=1000,
            )
        )

    def token(self, post: Post) -> str:
        """Return "": X takes no idempotency key.

        X rejects most duplicate texts, but does not guarantee that.
        """
        del post
        return ""

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Publish the post once; see `ports.Channel.send`."""
        media = ""
        if post.picture is not None and picture is not None:
            upload = partial(self._upload, post.picture, picture)
            media = self._pictures.upload_or_leave_out(post, upload) or ""
        try:
            receipt = self._publish(post, media)
        except PictureRefused as error:
            # X has refused the post, so sending its text alone makes no duplicate.
            self._pictures.log_left_out(post, error)
            receipt = self._publish(post, "")
        self._pictures.discard_failures(post)
        return receipt

    def find(self, post: Post) -> Receipt | None:
        """Look for `post` among the account's newest 200 posts.

        The search ends at the post that `post` replies to, or at a post that is
        certainly older than `post`. Links are not compared, because X rewrites them.
        """
        with convert_search_errors():
            return self._find_in_timeline(post)

    def ids_since(self, at: datetime) -> frozenset[str]:
        """Return the ids of the account's posts since `at`; reposts do not count.

        Raises:
            ChannelUnknown: there are more than 200.
        """
        with convert_search_errors():
            since = takewhile(
                lambda tweet: not is_before(tweet.get("created_at"), at),
                self._own_posts(),
            )
            return frozenset(str(t["id"]) for t in since if not _is_repost(t))

    def remove(self, receipt: Receipt) -> None:
        """Delete a post; see `ports.Channel.remove`."""
        try:
            body = self._api.request("DELETE", f"/2/tweets/{receipt.id}")
        except ChannelRefused as error:
            if error.status != _NOT_FOUND:
                raise
            return
        data = body.get("data")
        if not isinstance(data, dict) or data.get("deleted") is not True:
            raise ChannelRefused(f"{self.name}: X did not delete {receipt.id}")

    def _upload(self, picture: Picture, data: bytes) -> str:
        """Upload a picture with its alternative text; return its media id.

        There is one request for the picture and one for the text. If either fails, the
        upload fails: no picture is posted without its alternative text.
        """
        if len(data) > _LARGEST_PICTURE:
            raise ChannelRefused(f"{self.name}: the picture is larger than 5 MiB")
        image = {
            "media": base64.b64encode(data).decode("ascii"),
            "media_category": "tweet_image",
        }
        media = self._id_in(self._api.request("POST", "/2/media/upload", json=image))
        metadata = {"id": media, "metadata": {"alt_text": {"text": picture.alt}}}
        self._api.request("POST", "/2/media/metadata", json=metadata)
        return media

    def _publish(self, post: Post, media_id: str) -> Receipt:
        media_ids = [media_id] if media_id else None
        try:
            body = self._api.create_post(post.text, media_ids, post.reply_to)
        except ReplyTargetMissing:
            if not post.reply_to:
                raise
            # X has refused the first request, so this one makes no duplicate.
            body = self._api.create_post(post.text, media_ids, None)
        return _receipt(self._id_in(body))

    def _id_in(self, body: dict[str, Any]) -> str:
        data = body.get("data")
        if isinstance(data, dict) and data.get("id"):
            return str(data["id"])
        raise ChannelUnknown(f"{self.name}: the response has no id")

    def _find_in_timeline(self, post: Post) -> Receipt | None:
        for tweet in self._own_posts():
            if _matches(tweet, post):
                return _receipt(str(tweet["id"]))
            is_parent = post.reply_to and tweet["id"] == post.reply_to
            if is_parent or is_older(tweet.get("created_at"), post):
                break  # all further posts are older than `post`
        return None

    def _own_posts(self) -> Iterator[dict[str, Any]]:
        """Yield the account's own posts, newest first.

        Raises:
            ChannelRefused: the newest 200 posts were read, and there are more.
            ChannelRefused, ChannelUnavailable, ChannelUnknown: see `XApi`.
        """
        if not self._account:
            self._account = self._id_in(self._api.request("GET", "/2/users/me"))
        params: dict[str, Any] = {
            "max_results": _PAGE_SIZE,
            "tweet.fields": "created_at,referenced_tweets",
        }
        for _ in range(_PAGES):
            body = self._api.request(
                "GET", f"/2/users/{self._account}/tweets", params=params
            )
            tweets = _objects_with_id(body.get("data"))
            if body.get("errors") and not tweets:
                raise ChannelUnknown(
                    f"{self.name}: X does not list the account's posts"
                )
            yield from tweets
            meta = body.get("meta")
            next_token = meta.get("next_token") if isinstance(meta, dict) else None
            if not next_token:
                return
            params["pagination_token"] = next_token
        newest = _PAGES * _PAGE_SIZE
        raise ChannelRefused(
            f"{self.name}: the post was not found among the account's newest {newest}"
            " posts; older ones are not searched"
        )


def _objects_with_id(value: object) -> list[dict[str, Any]]:
    """Return the objects in `value` that have an id; [] if `value` is not a list."""
    if not isinstance(value, list):
        return []
    return [item for item in value if isinstance(item, dict) and item.get("id")]


def _is_repost(tweet: dict[str, Any]) -> bool:
    references = _objects_with_id(tweet.get("referenced_tweets"))
    return any(reference.get("type") == "retweeted" for reference in references)


def _matches(tweet: dict[str, Any], post: Post) -> bool:
    """Return whether `tweet` is `post`: same text, same post to reply to.

    A tweet that replies to nothing also matches, because a post is sent without a reply
    if the post to reply to is gone.
    """
    references = _objects_with_id(tweet.get("referenced_tweets"))
    parents = {r["id"] for r in references if r.get("type") == "replied_to"}
    if not parents <= {post.reply_to}:
        return False
    text = normalized_text_without_links(str(tweet.get("text", "")))
    wanted = normalized_text_without_links(post.text)
    # X appends a link to the text of a post with a picture.
    return text in {wanted, f"{wanted} <link>"}


def _receipt(tweet_id: str) -> Receipt:
    return Receipt(id=tweet_id, url=f"https://x.com/i/status/{tweet_id}")

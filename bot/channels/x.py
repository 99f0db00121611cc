"""Posts to X: tweepy signs and posts; pictures go through the v2 media endpoints."""

import base64
from datetime import timedelta
from functools import partial
from typing import Any, Literal

from pydantic import Field

from bot.channels.clients.x import XApi
from bot.channels.picture_upload import Pictures
from bot.channels.read_back import long_before, looking, words_without_links
from bot.channels.text_options import TextOptions
from bot.clock import Clock
from bot.errors import ChannelRefused, ChannelUnknown, ReplyTargetMissing
from bot.model.delivery import Post, Receipt
from bot.model.draft import Counting, Links, Outlet, Picture
from bot.settings import Duration, Lax, Secret

_PAGES, _PAGE = 2, 100
_LARGEST = 5 * 1024 * 1024
_NOT_FOUND = 404


class XConfig(TextOptions):
    """One account on X: OAuth 1.0a user context, the keys of an app and its user."""

    kind: Literal["x"] = "x"
    consumer_key: Secret
    consumer_secret: Secret
    access_token: Secret
    access_token_secret: Secret
    # A post with a link costs more than ten times as much as one without.
    links: Lax[Links] = Links.NEVER
    timeout: Duration = timedelta(seconds=30)
    # Requests are signed for X itself; a stand-in may listen on this machine only.
    api_base: str = Field(
        default="https://api.twitter.com",
        pattern=r"^(https://api\.twitter\.com|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)/?$",
    )


class XChannel:
    """Posts, and finds its posts again among the account's own."""

    def __init__(self, name: str, config: XConfig, clock: Clock) -> None:
        """Keep what is needed; nothing is asked yet."""
        self.name = name
        self._config = config
        keys = (
            config.consumer_key,
            config.consumer_secret,
            config.access_token,
            config.access_token_secret,
        )
        self._api = XApi(name, keys, config.api_base, config.timeout, clock)
        self._account = ""
        self._pictures = Pictures()

    def outlet(self) -> Outlet:
        """The limits of X, which it tells nowhere."""
        return self._config.spoken(
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
        """None: X takes no key. Its filter of duplicate texts is no promise."""
        del post
        return ""

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Post once; see `ports.Channel.send`."""
        media, shown = "", post.picture
        if shown is not None and picture is not None:
            upload = partial(self._described_media, shown, picture)
            media = self._pictures.carried(post, upload) or ""
        receipt = self._publish(post, media)
        self._pictures.forget(post)
        return receipt

    def find(self, post: Post) -> Receipt | None:
        """Look among the account's newest 200 posts, back to the post answered.

        Links are not compared: X rewrites them. It is not looked for long before it
        was made.
        """
        with looking():
            return self._look_for(post)

    def remove(self, receipt: Receipt) -> None:
        """Delete a post; see `ports.Channel.remove`."""
        try:
            told = self._api.ask("DELETE", f"/2/tweets/{receipt.id}")
        except ChannelRefused as error:
            if error.status != _NOT_FOUND:
                raise
            return
        data = told.get("data")
        if not isinstance(data, dict) or data.get("deleted") is not True:
            raise ChannelRefused(f"{self.name}: X did not delete {receipt.id}")

    def _described_media(self, picture: Picture, data: bytes) -> str:
        """Upload and describe: a chart that cannot be heard does not go out."""
        if len(data) > _LARGEST:
            raise ChannelRefused(f"{self.name}: a picture of more than 5 MB")
        image = {
            "media": base64.b64encode(data).decode("ascii"),
            "media_category": "tweet_image",
        }
        media = self._identity(self._api.ask("POST", "/2/media/upload", json=image))
        described = {"id": media, "metadata": {"alt_text": {"text": picture.alt}}}
        self._api.ask("POST", "/2/media/metadata", json=described)
        return media

    def _publish(self, post: Post, media: str) -> Receipt:
        media_ids = [media] if media else None
        try:
            told = self._api.post(post.text, media_ids, post.reply_to)
        except ReplyTargetMissing:
            # The earlier post is gone; the words still go (certainly not sent so far).
            if not post.reply_to:
                raise
            told = self._api.post(post.text, media_ids, None)
        return _receipt(self._identity(told))

    def _identity(self, told: dict[str, Any]) -> str:
        data = told.get("data")
        if isinstance(data, dict) and data.get("id"):
            return str(data["id"])
        raise ChannelUnknown(f"{self.name}: the answer names no id")

    def _look_for(self, post: Post) -> Receipt | None:
        if not self._account:
            self._account = self._identity(self._api.ask("GET", "/2/users/me"))
        params: dict[str, Any] = {
            "max_results": _PAGE,
            "tweet.fields": "created_at,referenced_tweets",
        }
        for _ in range(_PAGES):
            told = self._api.ask(
                "GET", f"/2/users/{self._account}/tweets", params=params
            )
            tweets = _objects(told.get("data"))
            if told.get("errors") and not tweets:
                raise ChannelUnknown(f"{self.name}: the account's posts are not told")
            for tweet in tweets:
                if _is_it(tweet, post):
                    return _receipt(str(tweet["id"]))
                answered = post.reply_to and tweet["id"] == post.reply_to
                if answered or long_before(tweet.get("created_at"), post):
                    return None  # from here on all are older than it
            meta = told.get("meta")
            following = meta.get("next_token") if isinstance(meta, dict) else None
            if not following:
                return None
            params["pagination_token"] = following
        raise ChannelRefused(f"{self.name}: not among the newest {_PAGES * _PAGE}")


def _objects(told: object) -> list[dict[str, Any]]:
    """The objects with an id in what may be a list of them."""
    if not isinstance(told, list):
        return []
    return [one for one in told if isinstance(one, dict) and one.get("id")]


def _is_it(tweet: dict[str, Any], post: Post) -> bool:
    """Whether `tweet` is `post`; it answers nothing where the target is gone."""
    references = _objects(tweet.get("referenced_tweets"))
    answered = {r["id"] for r in references if r.get("type") == "replied_to"}
    if not answered <= {post.reply_to}:
        return False
    shown = words_without_links(str(tweet.get("text", "")))
    sought = words_without_links(post.text)
    # X ends the text of a post with a picture by a link to the picture.
    return shown in {sought, f"{sought} <link>"}


def _receipt(tweet: str) -> Receipt:
    return Receipt(id=tweet, url=f"https://x.com/i/status/{tweet}")

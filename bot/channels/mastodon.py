"""Posts to a server that speaks the Mastodon API."""

from datetime import timedelta
from functools import partial
from typing import Any, Literal

from pydantic import Field

from bot.channels.clients.mastodon import MastodonApi
from bot.channels.picture_upload import Pictures
from bot.channels.read_back import long_before, looking, words_of, words_of_html
from bot.channels.text_options import TextOptions
from bot.clock import Clock
from bot.errors import ChannelRefused
from bot.http.channel_client import ChannelClient, ErrorPolicy, make_channel_client
from bot.model.delivery import Post, Receipt
from bot.model.draft import Outlet
from bot.settings import Duration, Secret, ServerAddress

_HINTS = {
    401: "the token is not valid (any more): make a new one",
    403: "the token may not do this, or the account is limited",
}


class MastodonConfig(TextOptions):
    """One account on one server."""

    kind: Literal["mastodon"] = "mastodon"
    base_url: ServerAddress
    token: Secret
    visibility: Literal["public", "unlisted", "private", "direct"] = "public"
    # Readers see it first, and open the post behind it.
    content_warning: str = Field(default="", max_length=100)
    timeout: Duration = timedelta(seconds=30)


class MastodonChannel:
    """Posts statuses, and finds them again among the account's own."""

    def __init__(self, name: str, config: MastodonConfig, clock: Clock) -> None:
        """Keep what is needed; nothing is asked yet."""
        self.name = name
        self._config = config
        http = make_channel_client(config.base_url, config.timeout, config.token)
        manners = ErrorPolicy(hints=_HINTS)
        self._server = ChannelClient(name, http, (config.token,), clock, manners)
        self._api = MastodonApi(name, self._server, clock)
        self._outlet: Outlet | None = None
        self._pictures = Pictures()

    def outlet(self) -> Outlet:
        """Its limits, read once; a content warning takes its part of a post."""
        if self._outlet is None:
            limits = self._api.limits()
            self._outlet = self._config.spoken(
                Outlet(
                    name=self.name,
                    kind="mastodon",
                    limit=limits.post - len(self._config.content_warning),
                    url_length=limits.link,
                    alt_limit=limits.alt,
                    edits=True,
                    redescribes=True,
                )
            )
        return self._outlet

    def token(self, post: Post) -> str:
        """The idempotency key."""
        return post.key

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Post once; see `ports.Channel.send`."""
        if post.amends:
            return self._amend(post, post.amends)
        media, shown = "", post.picture
        if shown is not None and picture is not None:
            upload = partial(self._api.upload, shown, picture)
            media = self._pictures.carried(post, upload) or ""
        receipt = self._publish(post, media, post.reply_to or "")
        self._pictures.forget(post)
        return receipt

    def find(self, post: Post) -> Receipt | None:
        """Look among the account's newest 200 statuses, back to the post answered.

        Texts are unique in a thread; it is not looked for long before it was made.
        The server's idempotency key would do for an hour, and not on every server.
        """
        if post.amends:
            return None  # the same words again change nothing
        with looking():
            return self._look_for(post)

    def remove(self, receipt: Receipt) -> None:
        """Delete a status; see `ports.Channel.remove`."""
        self._api.delete(receipt.id)

    def _publish(self, post: Post, media: str, reply_to: str) -> Receipt:
        warning = self._config.content_warning
        form: dict[str, Any] = {
            "status": post.text,
            "language": post.lang,
            "visibility": "direct" if post.private else self._config.visibility,
        }
        if warning:
            form |= {"spoiler_text": warning, "sensitive": "true"}
        if media:
            form["media_ids[]"] = [media]
        if reply_to:
            form["in_reply_to_id"] = reply_to
        # Bytes: a channel may be named in any script.
        once = {b"Idempotency-Key": post.token.encode()}
        answer = self._server.ask("POST", "/api/v1/statuses", data=form, headers=once)
        # Certainly not posted so far: leave out what is in the way, keep the words.
        if answer.status_code == 404 and reply_to:
            return self._publish(post, media, "")
        if answer.status_code == 422 and media:
            return self._publish(post, "", reply_to)
        return _receipt(self._api.identified(self._server.told(answer)))

    def _amend(self, post: Post, id_: str) -> Receipt:
        """Other words for a status; what an edit does not name, Mastodon drops."""
        stands = self._api.status(id_)
        shown = [m for m in stands.get("media_attachments") or () if m.get("id")]
        told = post.picture.alt if post.picture else ""
        wish = {
            "status": post.text,
            "language": stands.get("language") or post.lang,
            "spoiler_text": stands.get("spoiler_text") or "",
            "sensitive": bool(stands.get("sensitive")),
            "media_ids": [m["id"] for m in shown],
            "media_attributes": [
                {"id": m["id"], "description": told or m.get("description") or ""}
                for m in shown
            ],
        }
        answer = self._server.ask("PUT", f"/api/v1/statuses/{id_}", json=wish)
        edited = self._api.identified(self._server.told(answer))
        after = [m.get("description") for m in edited.get("media_attachments") or ()]
        if told and after != [told] * len(shown):
            raise ChannelRefused(f"{self.name}: the server keeps the old description")
        return _receipt(edited)

    def _look_for(self, post: Post) -> Receipt | None:
        for status in self._api.own():
            if _is_it(status, post):
                return _receipt(status)
            answered = post.reply_to and status["id"] == post.reply_to
            if answered or long_before(status.get("created_at"), post):
                break  # from here on all are older than it
        return None


def _is_it(status: dict[str, Any], post: Post) -> bool:
    """Whether `status` is `post`; it answers nothing where the target is gone."""
    if status.get("in_reply_to_id") not in {post.reply_to, None}:
        return False
    typed = words_of(str(status.get("text") or ""))  # only some servers tell it
    shown = words_of_html(str(status.get("content") or ""))
    return words_of(post.text) in {typed, shown}


def _receipt(status: dict[str, Any]) -> Receipt:
    return Receipt(id=str(status["id"]), url=str(status.get("url") or "") or None)

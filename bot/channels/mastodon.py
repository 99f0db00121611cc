"""Publishes posts on servers with the Mastodon API."""

from datetime import datetime, timedelta
from functools import partial
from itertools import takewhile
from typing import Any, Literal

from pydantic import Field

from bot.channels.clients.mastodon import MastodonApi
from bot.channels.shared.picture_upload import PictureUploads
from bot.channels.shared.read_back import (
    convert_search_errors,
    is_before,
    is_older,
    normalized_html_text,
    normalized_text,
)
from bot.channels.shared.targets import digest_of
from bot.channels.shared.text_options import TextOptions
from bot.clock import Clock
from bot.errors import ChannelRefused
from bot.http.channel_client import ChannelClient, ErrorPolicy
from bot.http.client import make_client, server_link
from bot.model.delivery import Post, Receipt
from bot.model.draft import Outlet
from bot.settings import Secret, ServerAddress, Timeout, server_of

_HINTS = {
    401: "the token is not valid (any more): make a new one",
    403: "the token may not do this, or the account is limited",
}


_OPEN = frozenset({"public", "unlisted"})
"""The visibilities with which everybody may read a post."""


class MastodonConfig(TextOptions):
    """One account on one server.

    Attributes:
        content_warning: a text that is shown in place of the post until a reader opens
            the post; "": no warning.
    """

    kind: Literal["mastodon"] = "mastodon"
    base_url: ServerAddress
    token: Secret
    visibility: Literal["public", "unlisted", "private", "direct"] = "public"
    content_warning: str = Field(default="", max_length=100)
    timeout: Timeout = timedelta(seconds=30)

    @property
    def target(self) -> str:
        """Where posts go: the server, a digest of the token, and who may read them.

        The configuration names the account only by its token, so a new token counts as
        another account. The visibility is included if not everybody may read the posts.
        """
        readers = "" if self.visibility in _OPEN else f" ({self.visibility})"
        server = server_of(self.base_url)
        account = digest_of(server, self.token.get_secret_value())
        return f"mastodon {server} account {account}{readers}"


class MastodonChannel:
    """Posts statuses, and looks for them among the account's newest statuses."""

    def __init__(self, name: str, config: MastodonConfig, clock: Clock) -> None:
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
        policy = ErrorPolicy(hints=_HINTS)
        self._server = ChannelClient(name, http, (config.token,), clock, policy)
        self._api = MastodonApi(name, self._server, clock)
        self._outlet: Outlet | None = None
        self._pictures = PictureUploads()

    def outlet(self) -> Outlet:
        """Return the server's limits, which are requested once.

        The content warning counts towards the length of a post.
        """
        if self._outlet is None:
            limits = self._api.limits()
            self._outlet = self._config.apply_to(
                Outlet(
                    name=self.name,
                    kind="mastodon",
                    limit=limits.post_length - len(self._config.content_warning),
                    url_length=limits.link_length,
                    alt_limit=limits.alt_length,
                    edits=True,
                    redescribes=True,
                )
            )
        return self._outlet

    def token(self, post: Post) -> str:
        """Return the post's key, which is sent as the idempotency key."""
        return post.key

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Publish the post once; see `ports.Channel.send`."""
        if post.amends:
            return self._amend(post, post.amends)
        media = ""
        if post.picture is not None and picture is not None:
            upload = partial(self._api.upload, post.picture, picture)
            media = self._pictures.upload_or_leave_out(post, upload) or ""
        receipt = self._publish(post, media, post.reply_to or "")
        self._pictures.discard_failures(post)
        return receipt

    def find(self, post: Post) -> Receipt | None:
        """Look for the text of `post` among the account's newest 200 statuses.

        The search ends at the status that `post` replies to, or at a status that is
        certainly older than `post`. Sending the post again with the same idempotency
        key is not safe: servers remember a key for an hour or not at all.

        If `post` edits an earlier status, the result is None: an edit can be repeated.
        """
        if post.amends:
            return None
        with convert_search_errors():
            return self._find_in_statuses(post)

    def ids_since(self, at: datetime) -> frozenset[str]:
        """Return the ids of the account's statuses since `at`; boosts do not count.

        Raises:
            ChannelUnknown: there are more than 200.
        """
        with convert_search_errors():
            since = takewhile(
                lambda status: not is_before(status.get("created_at"), at),
                self._api.own_statuses(),
            )
            return frozenset(str(s["id"]) for s in since if not s.get("reblog"))

    def remove(self, receipt: Receipt) -> None:
        """Delete a status; see `ports.Channel.remove`."""
        self._api.delete(receipt.id)

    def _publish(self, post: Post, media_id: str, reply_to_id: str) -> Receipt:
        # The token contains the channel's name, which may have characters outside
        # ASCII. The header is therefore given as bytes.
        headers = {b"Idempotency-Key": post.token.encode()}
        form = self._form(post, media_id, reply_to_id)
        response = self._server.request(
            "POST", "/api/v1/statuses", data=form, headers=headers
        )
        # After these HTTP statuses the post is certainly not published. The post is sent
        # again without the reply or the picture, which may have caused the error.
        if response.status_code == 404 and reply_to_id:
            return self._publish(post, media_id, "")
        if response.status_code == 422 and media_id:
            return self._publish(post, "", reply_to_id)
        return self._receipt(self._api.require_id(self._server.json(response)))

    def _form(self, post: Post, media_id: str, reply_to_id: str) -> dict[str, Any]:
        warning = self._config.content_warning
        form: dict[str, Any] = {
            "status": post.text,
            "language": post.lang,
            "visibility": "direct" if post.private else self._config.visibility,
        }
        if warning:
            form |= {"spoiler_text": warning, "sensitive": "true"}
        if media_id:
            form["media_ids[]"] = [media_id]
        if reply_to_id:
            form["in_reply_to_id"] = reply_to_id
        return form

    def _amend(self, post: Post, status_id: str) -> Receipt:
        """Replace a status's text; if `post` has a picture, also the alternative text.

        Servers clear every field that an edit leaves out. The edit therefore repeats
        the values that do not change.
        """
        current = self._api.status(status_id)
        media = [m for m in current.get("media_attachments") or () if m.get("id")]
        alt = post.picture.alt if post.picture else ""
        edit = {
            "status": post.text,
            "language": current.get("language") or post.lang,
            "spoiler_text": current.get("spoiler_text") or "",
            "sensitive": bool(current.get("sensitive")),
            "media_ids": [m["id"] for m in media],
            "media_attributes": [
                {"id": m["id"], "description": alt or m.get("description") or ""}
                for m in media
            ],
        }
        path = f"/api/v1/statuses/{status_id}"
        response = self._server.request("PUT", path, json=edit)
        edited = self._api.require_id(self._server.json(response))
        after = [m.get("description") for m in edited.get("media_attachments") or ()]
        if alt and after != [alt] * len(media):
            raise ChannelRefused(
                f"{self.name}: the server did not change the alternative text"
            )
        # The receipt keeps the id that the status had before the edit. The server
        # software snac gives an edited status a new id, but still accepts the old id.
        return Receipt(id=status_id, url=self._receipt(edited).url)

    def _receipt(self, status: dict[str, Any]) -> Receipt:
        url = server_link(status.get("url"), self._config.base_url)
        return Receipt(id=str(status["id"]), url=url)

    def _find_in_statuses(self, post: Post) -> Receipt | None:
        for status in self._api.own_statuses():
            if _matches(status, post):
                return self._receipt(status)
            is_parent = post.reply_to and status["id"] == post.reply_to
            if is_parent or is_older(status.get("created_at"), post):
                break  # all further statuses are older than `post`
        return None


def _matches(status: dict[str, Any], post: Post) -> bool:
    """Return whether `status` is `post`: same text, same status to reply to.

    No two posts of a thread have the same text. A status that replies to nothing also
    matches, because a post is sent without a reply if the status to reply to is gone.
    """
    if status.get("in_reply_to_id") not in {post.reply_to, None}:
        return False
    source = normalized_text(
        str(status.get("text") or "")
    )  # only some servers return `text`
    content = normalized_html_text(str(status.get("content") or ""))
    return normalized_text(post.text) in {source, content}

"""Posts to a server that speaks the Mastodon API."""

from datetime import timedelta
from functools import partial
from typing import Any, Literal

from bot.channels.conversation import Conversation, Manners, client
from bot.channels.pictures import Pictures
from bot.channels.reading_back import looking, words_of, words_of_html
from bot.clock import Clock
from bot.errors import ChannelError, ChannelUnavailable, ChannelUnknown
from bot.model.draft import Links, Outlet, Picture
from bot.model.post import Post, Receipt
from bot.settings import Duration, Lax, Secret, Section, ServerAddress

_PROCESSING = frozenset({202, 206})
_POLLS, _POLL_EVERY = 15, timedelta(seconds=2)
_PAGES, _PAGE = 5, 40
_HINTS = {
    401: "the token is not valid (any more): make a new one",
    403: "the token may not do this, or the account is limited",
}
_GONE = frozenset({404, 410})


class MastodonConfig(Section):
    """One account on one server."""

    kind: Literal["mastodon"] = "mastodon"
    base_url: ServerAddress
    token: Secret
    lang: str = "en"
    visibility: Literal["public", "unlisted", "private", "direct"] = "public"
    links: Lax[Links] = Links.ALWAYS
    timeout: Duration = timedelta(seconds=30)


class MastodonChannel:
    """Posts statuses, and finds them again among the account's own."""

    def __init__(self, name: str, config: MastodonConfig, clock: Clock) -> None:
        """Keep what is needed; nothing is asked yet."""
        self.name = name
        self._config = config
        self._clock = clock
        http = client(config.base_url, config.timeout, config.token)
        manners = Manners(hints=_HINTS)
        self._server = Conversation(name, http, (config.token,), clock, manners)
        self._outlet: Outlet | None = None
        self._account = ""
        self._pictures = Pictures()

    def outlet(self) -> Outlet:
        """Its limits, read once; Mastodon's own where the server tells none."""
        if self._outlet is None:
            told = self._told_limits()
            self._outlet = Outlet(
                name=self.name,
                kind="mastodon",
                lang=self._config.lang,
                limit=_limit(told, "statuses", "max_characters", 500),
                url_length=_limit(told, "statuses", "characters_reserved_per_url", 23),
                alt_limit=_limit(told, "media_attachments", "description_limit", 1500),
                links=self._config.links,
            )
        return self._outlet

    def token(self, post: Post) -> str:
        """The idempotency key."""
        return post.key

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Post once; see `ports.Channel.send`."""
        media, shown = "", post.picture
        if shown is not None and picture is not None:
            upload = partial(self._ready_media, shown, picture)
            media = self._pictures.carried(post, upload) or ""
        receipt = self._publish(post, media, post.reply_to or "")
        self._pictures.forget(post)
        return receipt

    def find(self, post: Post) -> Receipt | None:
        """Look among the account's newest 200 statuses, back to the post answered.

        Texts are unique in a thread. Times are not compared: ours may be simulated.
        """
        with looking():
            return self._look_for(post)

    def remove(self, receipt: Receipt) -> None:
        """Delete a status; see `ports.Channel.remove`."""
        answer = self._server.ask("DELETE", f"/api/v1/statuses/{receipt.id}")
        if answer.status_code not in _GONE:
            self._server.accept(answer)

    def _told_limits(self) -> dict[str, Any]:
        """What the server says of itself, newest API first; empty where it is silent."""
        for path in ("/api/v2/instance", "/api/v1/instance"):
            try:
                told = self._server.told(self._server.ask("GET", path))
            except ChannelError:
                continue
            if isinstance(told, dict) and isinstance(told.get("configuration"), dict):
                return dict(told["configuration"])
        return {}

    def _ready_media(self, picture: Picture, data: bytes) -> str:
        answer = self._server.ask(
            "POST",
            "/api/v2/media",
            data={"description": picture.alt},
            # snac keeps one file a name: another picture must not take its place.
            files={
                "file": (f"{picture.sha256[:16]}-{picture.name}", data, picture.mime)
            },
        )
        media = self._identified(self._server.told(answer))["id"]
        for _ in range(_POLLS):
            if answer.status_code not in _PROCESSING:
                return str(media)
            self._clock.sleep(_POLL_EVERY)
            answer = self._server.ask("GET", f"/api/v1/media/{media}")
            self._server.told(answer)
        raise ChannelUnavailable(f"{self.name}: the picture is still being processed")

    def _publish(self, post: Post, media: str, reply_to: str) -> Receipt:
        form: dict[str, Any] = {
            "status": post.text,
            "language": post.lang,
            "visibility": self._config.visibility,
        }
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
        return _receipt(self._identified(self._server.told(answer)))

    def _identified(self, told: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
        if isinstance(told, dict) and told.get("id"):
            return told
        raise ChannelUnknown(f"{self.name}: the answer names no id")

    def _look_for(self, post: Post) -> Receipt | None:
        last = ""
        for _ in range(_PAGES):
            page = self._own_statuses(last)
            for status in page:
                if _is_it(status, post):
                    return _receipt(status)
                if post.reply_to and status.get("id") == post.reply_to:
                    return None  # from here on all are older than what it answers
            before, last = last, str(page[-1].get("id", "")) if page else ""
            if last in {"", before}:
                break
        return None

    def _own_statuses(self, older_than: str) -> list[dict[str, Any]]:
        if not self._account:
            me = self._server.ask("GET", "/api/v1/accounts/verify_credentials")
            self._account = str(self._identified(self._server.told(me))["id"])
        path = f"/api/v1/accounts/{self._account}/statuses?limit={_PAGE}"
        path += f"&max_id={older_than}" if older_than else ""
        told = self._server.told(self._server.ask("GET", path))
        if not isinstance(told, list):
            raise ChannelUnknown(f"{self.name}: the account's statuses are no list")
        return [one for one in told if isinstance(one, dict) and one.get("id")]


def _is_it(status: dict[str, Any], post: Post) -> bool:
    """Whether `status` is `post`; it answers nothing where the target is gone."""
    if status.get("in_reply_to_id") not in {post.reply_to, None}:
        return False
    typed = words_of(str(status.get("text") or ""))  # only some servers tell it
    shown = words_of_html(str(status.get("content") or ""))
    return words_of(post.text) in {typed, shown}


def _receipt(status: dict[str, Any]) -> Receipt:
    return Receipt(id=str(status["id"]), url=str(status.get("url") or "") or None)


def _limit(told: dict[str, Any], part: str, key: str, default: int) -> int:
    """A limit the server tells; `default` where it tells none that makes sense."""
    section = told.get(part)
    value = section.get(key) if isinstance(section, dict) else None
    return value if isinstance(value, int) and value > 0 else default

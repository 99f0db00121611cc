"""Sends notifications to editors and operators through ntfy; never to the public."""

import json
from base64 import b64encode
from datetime import timedelta
from typing import Annotated, Any, Literal

import httpx
from pydantic import Field

from bot.channels.shared.read_back import convert_search_errors
from bot.channels.shared.targets import digest_of
from bot.clock import Clock
from bot.errors import ChannelRefused, ChannelUnknown
from bot.http.channel_client import ChannelClient, ErrorPolicy
from bot.http.client import make_client
from bot.model.delivery import Post, Receipt
from bot.model.draft import Outlet, Picture
from bot.settings import (
    Many,
    Secret,
    Section,
    ServerAddress,
    Timeout,
    matching,
    server_of,
)

# The longest message in bytes: the server turns a longer message into an attached file.
_LIMIT = 4096
_ELLIPSIS = "…"
_HINTS = {
    401: "the token is not valid (any more): make a new one",
    403: "the token may not use this topic: allow it to read and to write",
}
# ntfy's error codes for "attachments not allowed" and "attachment limit reached".
_NO_ATTACHMENT_CODES = frozenset({40014, 42905})
_REQUIRED_KEYS = frozenset({"id", "event"})


class NtfyConfig(Section):
    """A topic on a server; whoever reads it sees the messages to editors sent there."""

    kind: Literal["ntfy"] = "ntfy"
    base_url: ServerAddress
    topic: Annotated[
        str,
        matching(
            r"[-_A-Za-z0-9]{1,64}",
            "write the name of a topic: at most 64 letters, digits, - and _",
        ),
    ]
    token: Secret | None = None
    priority: int = Field(default=3, ge=1, le=5)
    tags: Many[
        Annotated[str, matching(r"[^\s,]+", "write a tag without spaces and commas")]
    ] = ()
    lang: str = "en"
    timeout: Timeout = timedelta(seconds=30)

    @property
    def target(self) -> str:
        """Where messages go: the server, and a digest of the topic.

        On servers without accounts, whoever knows the name of the topic can read it. With a
        new token, the target stays the same.
        """
        return f"ntfy {server_of(self.base_url)} topic {digest_of(self.topic)}"


class NtfyChannel:
    """Publishes one notification for each post; ntfy takes no idempotency key."""

    def __init__(self, name: str, config: NtfyConfig, clock: Clock) -> None:
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

    def outlet(self) -> Outlet:
        """Return the outlet, with ntfy's limit for a message.

        ntfy's limit is in bytes, but an outlet counts graphemes. A text within the
        outlet's limit may therefore be too long for ntfy. `shorten_message` then cuts the
        text that is sent; the draft keeps the complete text.
        """
        return Outlet(
            name=self.name,
            kind="ntfy",
            lang=self._config.lang,
            limit=_LIMIT,
            url_length=None,
        )

    def token(self, post: Post) -> str:
        """Return "": ntfy takes no token, and `find` recognises a post by its text."""
        del post
        return ""

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Publish the notification; leave the picture out if the server refuses it."""
        response = self._publish(post, picture)
        if picture is not None and _refuses_attachment(response):
            import structlog

            log = structlog.get_logger(__name__)
            log.warning("picture left out", post=post.key, status=response.status_code)
            response = self._publish(post, None)
        notification = self._server.json(response)
        if isinstance(notification, dict) and notification.get("id"):
            return Receipt(id=str(notification["id"]))
        raise ChannelUnknown(f"{self.name}: the response has no id")

    def find(self, post: Post) -> Receipt | None:
        """Look for the text of `post` in the server's cache (of 12 hours by default).

        Each message to editors names its draft, so no two messages are the same. A
        message that is no longer in the cache is sent again: a duplicate does editors
        no harm.
        """
        wanted = _title_and_message(post)
        with convert_search_errors():
            for notification in reversed(self._cached()):
                title = notification.get("title", "")
                if (title, notification.get("message")) == wanted:
                    return Receipt(id=str(notification["id"]))
        return None

    def remove(self, receipt: Receipt) -> None:
        """Refuse to delete a notification, because devices may have shown it already.

        Raises:
            ChannelRefused: always.
        """
        raise ChannelRefused(f"{self.name}: the message {receipt.id} cannot be deleted")

    def _publish(self, post: Post, picture: bytes | None) -> httpx.Response:
        title, message = _title_and_message(post)
        headers = {"Priority": str(self._config.priority)}
        headers |= {"Title": _header(title)} if title else {}
        if self._config.tags:
            headers["Tags"] = _header(",".join(self._config.tags))
        body = message.encode()
        if picture is not None and post.picture is not None:
            # ntfy takes the picture as the body of the request, so the message goes
            # into a header.
            headers |= _attachment_headers(post.picture) | {"Message": _header(message)}
            body = picture
        path = f"/{self._config.topic}"
        return self._server.request("POST", path, content=body, headers=headers)

    def _cached(self) -> list[dict[str, Any]]:
        """Return the notifications in the server's cache, oldest first."""
        path = f"/{self._config.topic}/json"
        query = {"poll": "1", "since": "all"}
        response = self._server.request("GET", path, params=query)
        self._server.raise_for_status(response)
        try:
            entries = [
                json.loads(line) for line in response.content.split(b"\n") if line
            ]
        except (ValueError, RecursionError):
            raise ChannelUnknown(
                f"{self.name}: a line of the server's cache is not JSON"
            ) from None
        if not all(isinstance(e, dict) and e.keys() >= _REQUIRED_KEYS for e in entries):
            raise ChannelUnknown(
                f"{self.name}: a line of the server's cache is not a notification"
            )
        return [entry for entry in entries if entry["event"] == "message"]


def shorten_message(text: str) -> str:
    """Return `text`, or its first paragraphs if it is longer than `_LIMIT` bytes.

    If even the first paragraph is too long, it is cut. `…` marks an omission.
    """
    encoded = text.encode()
    if len(encoded) <= _LIMIT:
        return text
    available = _LIMIT - len(_ELLIPSIS.encode())
    start = encoded[:available].decode(errors="ignore")
    paragraphs, _, _ = start.rpartition("\n\n")
    return f"{paragraphs}\n\n{_ELLIPSIS}" if paragraphs else f"{start}{_ELLIPSIS}"


def _title_and_message(post: Post) -> tuple[str, str]:
    """Return the first line as title, and the rest as message, cut to `_LIMIT`.

    If the text has only one line, that line is the message, and the title is "".
    """
    first, _, rest = post.text.strip().partition("\n")
    title, message = (first.strip(), rest.strip()) if rest.strip() else ("", first)
    return title, shorten_message(message)


def _header(text: str) -> str:
    """Encode text in any script for a header (RFC 2047)."""
    return f"=?utf-8?b?{b64encode(text.encode()).decode()}?="


def _attachment_headers(picture: Picture) -> dict[str, str]:
    return {"Filename": _header(picture.name), "Content-Type": picture.mime}


def _refuses_attachment(response: httpx.Response) -> bool:
    """Return whether the notification was refused because of its attachment."""
    if response.status_code == 413:
        return True
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return False
    return isinstance(body, dict) and body.get("code") in _NO_ATTACHMENT_CODES

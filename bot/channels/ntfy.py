"""Notifications to editors and operators through ntfy; never the public record."""

import json
from base64 import b64encode
from datetime import timedelta
from typing import Annotated, Any, Literal

import httpx
import structlog
from pydantic import Field

from bot.channels.read_back import looking
from bot.clock import Clock
from bot.errors import ChannelRefused, ChannelUnknown
from bot.http.channel_client import ChannelClient, ErrorPolicy, make_channel_client
from bot.model.delivery import Post, Receipt
from bot.model.draft import Outlet, Picture
from bot.settings import Duration, Many, Secret, Section, ServerAddress

# The server turns what is longer into a file.
_LIMIT = 4096
_MORE = "…"
_HINTS = {
    401: "the token is not valid (any more): make a new one",
    403: "the token may not use this topic: allow it to read and to write",
}
# The server's own numbers for "no files here" and "no more files today".
_NO_FILES = frozenset({40014, 42905})
_NAMED = frozenset({"id", "event"})


class NtfyConfig(Section):
    """A topic on a server; whoever may read it sees what editors see."""

    kind: Literal["ntfy"] = "ntfy"
    base_url: ServerAddress
    topic: str = Field(pattern=r"^[-_A-Za-z0-9]{1,64}$")
    token: Secret | None = None
    priority: int = Field(default=3, ge=1, le=5)
    tags: Many[Annotated[str, Field(pattern=r"^[^\s,]+$")]] = ()
    lang: str = "en"
    timeout: Duration = timedelta(seconds=30)


class NtfyChannel:
    """Publishes one notification a post; the server knows no ids of ours."""

    def __init__(self, name: str, config: NtfyConfig, clock: Clock) -> None:
        """Keep what is needed; nothing is asked yet."""
        self.name = name
        self._config = config
        http = make_channel_client(config.base_url, config.timeout, config.token)
        manners = ErrorPolicy(hints=_HINTS)
        self._server = ChannelClient(name, http, (config.token,), clock, manners)

    def outlet(self) -> Outlet:
        """What is longer is cut, see `shortened`: the whole is where drafts are."""
        return Outlet(
            name=self.name,
            kind="ntfy",
            lang=self._config.lang,
            limit=_LIMIT,
            url_length=None,
        )

    def token(self, post: Post) -> str:
        """None: a notification is known by its words alone."""
        del post
        return ""

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Publish once, with the picture as a file, or without where none are taken."""
        answer = self._publish(post, picture)
        if picture is not None and _wants_no_file(answer):
            log = structlog.get_logger(__name__)
            log.warning("picture-left-out", post=post.key, status=answer.status_code)
            answer = self._publish(post, None)
        told = self._server.told(answer)
        if isinstance(told, dict) and told.get("id"):
            return Receipt(id=str(told["id"]))
        raise ChannelUnknown(f"{self.name}: the answer names no id")

    def find(self, post: Post) -> Receipt | None:
        """Look for the same words among what the server keeps (12 hours at first).

        Letters name their draft, so no two are alike. What the server has forgotten
        goes out once more, which does no harm inside the house.
        """
        sought = _words(post)
        with looking():
            for one in reversed(self._kept()):
                if (one.get("title", ""), one.get("message")) == sought:
                    return Receipt(id=str(one["id"]))
        return None

    def remove(self, receipt: Receipt) -> None:
        """Refused: what a telephone has shown is shown."""
        raise ChannelRefused(f"{self.name}: {receipt.id} cannot be taken back")

    def _publish(self, post: Post, picture: bytes | None) -> httpx.Response:
        title, message = _words(post)
        headers = {"Priority": str(self._config.priority)}
        headers |= {"Title": _header(title)} if title else {}
        if self._config.tags:
            headers["Tags"] = _header(",".join(self._config.tags))
        body = message.encode()
        if picture is not None and post.picture is not None:
            headers |= _file(post.picture) | {"Message": _header(message)}
            body = picture
        path = f"/{self._config.topic}"
        return self._server.ask("POST", path, content=body, headers=headers)

    def _kept(self) -> list[dict[str, Any]]:
        path = f"/{self._config.topic}/json"
        answer = self._server.ask("GET", path, params={"poll": "1", "since": "all"})
        self._server.accept(answer)
        try:
            told = [json.loads(line) for line in answer.content.split(b"\n") if line]
        except ValueError:
            raise ChannelUnknown(f"{self.name}: a line is no JSON") from None
        if not all(isinstance(one, dict) and one.keys() >= _NAMED for one in told):
            raise ChannelUnknown(f"{self.name}: a line is no notification")
        return [one for one in told if one["event"] == "message"]


def shortened(text: str) -> str:
    """The first paragraphs that fit; a single one that does not is cut within."""
    whole = text.encode()
    if len(whole) <= _LIMIT:
        return text
    room = _LIMIT - len(_MORE.encode())
    kept = whole[:room].decode(errors="ignore")
    paragraphs, _, _ = kept.rpartition("\n\n")
    return f"{paragraphs}\n\n{_MORE}" if paragraphs else f"{kept}{_MORE}"


def _words(post: Post) -> tuple[str, str]:
    """Title and message: the first line and the rest; no title where there is none."""
    first, _, rest = post.text.strip().partition("\n")
    title, message = (first.strip(), rest.strip()) if rest.strip() else ("", first)
    return title, shortened(message)


def _header(text: str) -> str:
    """Any text in a header, in the encoding of RFC 2047."""
    return f"=?utf-8?b?{b64encode(text.encode()).decode()}?="


def _file(picture: Picture) -> dict[str, str]:
    return {"Filename": _header(picture.name), "Content-Type": picture.mime}


def _wants_no_file(answer: httpx.Response) -> bool:
    """Whether a notification was refused for its file alone."""
    if answer.status_code == 413:
        return True
    try:
        told = answer.json()
    except ValueError:
        return False
    return isinstance(told, dict) and told.get("code") in _NO_FILES

"""Each channel with a server of its kind in memory, for the kit in test_channels.py."""

import email.policy
import html
import json
import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.channels.file import FileChannel, FileConfig
from bot.channels.mail import MailChannel, MailConfig
from bot.channels.mastodon import MastodonChannel, MastodonConfig
from bot.channels.x import XChannel, XConfig
from bot.clock import StillClock
from bot.model.draft import Picture
from bot.model.post import Post
from bot.ports import Channel
from bot.settings import Section
from tests.servers.local import LocalServer, Question, Reply
from tests.servers.smtp import PASSWORD, USER, Mailbox

AT = datetime(2026, 1, 8, 16, 30, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n not decoded here"
TOKEN = "mastodontokenQ7r8S9"
X_KEYS = {
    "consumer_key": "xconsumerkeyA1",
    "consumer_secret": "xconsumersecretB2",
    "access_token": "xaccesstokenC3",
    "access_token_secret": "xaccesssecretD4",
}


@dataclass(frozen=True)
class Said:
    """What stands on the channel, as a reader sees it."""

    text: str
    alt: str | None
    image: bytes | None
    reply_to: str | None


@dataclass
class Rig:
    """A channel and its server.

    Attributes:
        said: reads what stands on the channel, oldest first.
        secrets: what must never be told.
        script: for HTTP channels, what the server answers instead, by path.
    """

    channel: Channel
    config: Section
    clock: StillClock
    said: Callable[[], list[Said]]
    secrets: tuple[str, ...] = ()
    script: dict[str, deque[Reply]] = field(default_factory=lambda: defaultdict(deque))
    asked: list[Question] = field(default_factory=list)
    post_path: str = ""
    media_path: str = ""


def a_post(text: str, channel: str = "one", event: int = 1, **changes: Any) -> Post:
    """A post with a picture whose name says its event."""
    picture = Picture(
        f"c{event}.png", "image/png", 4, 3, f"{event:064x}", f"Alt {event} ⚠"
    )
    fields: dict[str, Any] = {
        "key": f"IR-2026-0108.{event}/{channel}",
        "incident": "IR-2026-0108",
        "event": f"IR-2026-0108.{event}",
        "channel": channel,
        "lang": "en",
        "at": AT,
        "made_at": AT,
        "text": text,
        "length": len(text),
        "picture": picture,
        "reply_to": None,
        "token": f"<IR-2026-0108.{event}.{channel}@wire.example>",
        "frozen": True,
    }
    return Post(**(fields | changes))


def _scripted(rig: Rig, memory: Callable[[Question], Reply]) -> Callable[..., Reply]:
    def answer(question: Question) -> Reply:
        rig.asked.append(question)
        waiting = rig.script[question.path]
        return waiting.popleft() if waiting else memory(question)

    return answer


class MastodonMemory:
    """Enough of a Mastodon: statuses rendered as it renders them, keys once."""

    def __init__(self) -> None:
        self.media: dict[str, tuple[str, bytes]] = {}
        self.statuses: list[dict[str, Any]] = []
        self._keys: dict[str, dict[str, Any]] = {}

    def answer(self, question: Question) -> Reply:
        """Route one request."""
        if question.headers.get("authorization") != f"Bearer {TOKEN}":
            return Reply(401, {"error": "The access token is invalid"})
        routes = {
            "/api/v2/media": self._keep_media,
            "/api/v1/statuses": self._keep_status,
            "/api/v1/accounts/verify_credentials": lambda _: Reply(200, {"id": "7"}),
            "/api/v1/accounts/7/statuses": self._tell_statuses,
        }
        missing = Reply(404, {"error": "Record not found"})
        return routes.get(question.path, lambda _: missing)(question)

    def _tell_statuses(self, question: Question) -> Reply:
        older = int(question.query.get("max_id", "1000000"))
        page = [s for s in self.statuses[::-1] if int(s["id"]) < older]
        return Reply(200, page[: int(question.query["limit"])])

    def _keep_media(self, question: Question) -> Reply:
        head = f"Content-Type: {question.headers['content-type']}\r\n\r\n".encode()
        whole = BytesParser(policy=email.policy.default).parsebytes(
            head + question.body
        )
        parts = {
            part.get_param("name", header="content-disposition"): part.get_payload(
                decode=True
            )
            for part in whole.walk()
        }
        alt, data = parts["description"], parts["file"]
        assert isinstance(alt, bytes)
        assert isinstance(data, bytes)
        made = str(len(self.media) + 1)
        self.media[made] = (alt.decode(), data)
        return Reply(200, {"id": made})

    def _keep_status(self, question: Question) -> Reply:
        form, key = question.form, question.headers["idempotency-key"]
        reply_to = form.get("in_reply_to_id")
        if reply_to and reply_to not in {status["id"] for status in self.statuses}:
            return Reply(404, {"error": "The post you are replying to does not exist"})
        if key not in self._keys:
            made = str(len(self.statuses) + 101)
            self._keys[key] = {
                "id": made,
                "url": f"https://social.example/@wire/{made}",
                "content": as_mastodon_shows(form["status"]),
                "in_reply_to_id": reply_to,
                "media": form.get("media_ids[]"),
                "sent": form["status"],
                "form": form,
            }
            self.statuses.append(self._keys[key])
        return Reply(200, self._keys[key])

    def said(self) -> list[Said]:
        """What stands there."""
        told = []
        for status in self.statuses:
            alt, image = self.media.get(status["media"], (None, None))
            told.append(Said(status["sent"], alt, image, status["in_reply_to_id"]))
        return told


def as_mastodon_shows(text: str) -> str:
    """Paragraphs, breaks, links cut in three, hashtags in a span."""

    def link(found: re.Match[str]) -> str:
        scheme, rest = found[1], found[2]
        return (
            f'<a href="{html.escape(found[0])}" rel="nofollow">'
            f'<span class="invisible">{scheme}</span>'
            f'<span class="ellipsis">{html.escape(rest[:30])}</span>'
            f'<span class="invisible">{html.escape(rest[30:])}</span></a>'
        )

    def words(part: str) -> str:
        found = re.fullmatch(r"(https?://)(\S+)", part)
        if found:
            return link(found)
        tag = r'<a class="hashtag">#<span>\1</span></a>'
        return re.sub(r"(?<!&)#(\w+)", tag, html.escape(part))

    shown = "".join(words(part) for part in re.split(r"(https?://\S+)", text))
    return "".join(
        f"<p>{part.replace(chr(10), '<br />')}</p>" for part in shown.split("\n\n")
    )


class XMemory:
    """Enough of X: posts, media, and the account's own timeline."""

    def __init__(self) -> None:
        self.tweets: list[dict[str, Any]] = []
        self.media: dict[str, list[Any]] = {}

    def answer(self, question: Question) -> Reply:
        """Route one request."""
        body = json.loads(question.body or b"{}")
        if question.path == "/2/media/upload":
            self.media[str(len(self.media) + 1)] = [body["media"], None]
            return Reply(200, {"data": {"id": str(len(self.media))}})
        if question.path == "/2/media/metadata":
            self.media[body["id"]][1] = body["metadata"]["alt_text"]["text"]
            return Reply(200, {"data": {"id": body["id"]}})
        if question.path == "/2/tweets":
            self.tweets.append(body)
            return Reply(201, {"data": {"id": str(len(self.tweets)), "text": "..."}})
        if question.path == "/2/users/me":
            return Reply(200, {"data": {"id": "7"}})
        return Reply(200, {"data": self._timeline()})

    def _timeline(self) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = []
        for number, tweet in enumerate(self.tweets, 1):
            shown: dict[str, Any] = {
                "id": str(number),
                "text": html.escape(tweet["text"], quote=False),
            }
            if "media" in tweet:
                shown["text"] += " https://t.co/abc"
            if reply := tweet.get("reply"):
                answered = {"type": "replied_to", "id": reply["in_reply_to_tweet_id"]}
                shown["referenced_tweets"] = [answered]
            told.insert(0, shown)
        return told

    def said(self) -> list[Said]:
        """What stands there."""
        told = []
        for tweet in self.tweets:
            media = tweet.get("media", {}).get("media_ids", [None])[0]
            data, alt = self.media.get(media, [None, None])
            image = PNG if data else None
            reply_to = tweet.get("reply", {}).get("in_reply_to_tweet_id")
            told.append(Said(tweet["text"], alt, image, reply_to))
        return told


def mastodon_rig(folder: Path) -> Iterator[Rig]:
    """The mastodon channel and a Mastodon in memory."""
    memory, clock = MastodonMemory(), StillClock(AT)
    server = LocalServer(memory.answer)
    config = MastodonConfig(
        base_url=server.base_url, token=SecretStr(TOKEN), timeout=timedelta(seconds=2)
    )
    channel = MastodonChannel("one", config, clock)
    rig = Rig(channel, config, clock, memory.said, (TOKEN,))
    rig.post_path, rig.media_path = "/api/v1/statuses", "/api/v2/media"
    server.answer = _scripted(rig, memory.answer)
    yield rig
    server.stop()


def x_rig(folder: Path) -> Iterator[Rig]:
    """The x channel and an X in memory."""
    memory, clock = XMemory(), StillClock(AT)
    server = LocalServer(memory.answer)
    keys = {name: SecretStr(value) for name, value in X_KEYS.items()}
    rest = {"api_base": server.base_url, "timeout": timedelta(seconds=2)}
    config = XConfig.model_validate(keys | rest)
    channel = XChannel("one", config, clock)
    rig = Rig(channel, config, clock, memory.said, tuple(X_KEYS.values()))
    rig.post_path, rig.media_path = "/2/tweets", "/2/media/upload"
    server.answer = _scripted(rig, memory.answer)
    yield rig
    server.stop()


def file_rig(folder: Path) -> Iterator[Rig]:
    """The file channel and its folder."""
    config = FileConfig(path=folder / "posts.jsonl", media_dir=folder / "charts")

    def said() -> list[Said]:
        told = []
        for line in config.path.read_text("utf-8").splitlines():
            one = json.loads(line)
            media = one["media"][0] if one["media"] else {}
            image = (folder / media["file"]).read_bytes() if media else None
            told.append(Said(one["text"], media.get("alt"), image, one["in_reply_to"]))
        return told

    clock = StillClock(AT)
    yield Rig(FileChannel("one", config, clock), config, clock, said)


def mail_rig(folder: Path) -> Iterator[Rig]:
    """The mail channel and a real SMTP server."""
    box, clock = Mailbox(login=True).start(), StillClock(AT)
    config = MailConfig(
        host="127.0.0.1",
        port=box.port,
        security="none",
        user=USER,
        password=SecretStr(PASSWORD),
        sender="wire@outages.example",
        to=("desk@news.example",),
        timeout=timedelta(seconds=5),
    )

    def said() -> list[Said]:
        told = []
        for letter in box.letters:
            plain = letter.get_body(("plain",))
            related = letter.get_body(("related",))
            assert plain is not None
            body = plain.get_content().replace("\r\n", "\n").strip()
            alt = image = None
            if related is not None and related.is_multipart():
                page, picture = related.iter_parts()
                alt = html.unescape(page.get_content().split('alt="')[1].split('"')[0])
                image = picture.get_content()
            text = f"{letter['Subject']}\n{body}" if body else str(letter["Subject"])
            told.append(Said(text, alt, image, letter["In-Reply-To"]))
        return told

    yield Rig(MailChannel("one", config, clock), config, clock, said, (PASSWORD,))
    box.stop()


RIGS = {"file": file_rig, "mail": mail_rig, "mastodon": mastodon_rig, "x": x_rig}

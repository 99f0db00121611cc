"""The mastodon channel, and enough of a Mastodon in memory."""

import email.policy
import html
import re
from collections.abc import Iterator
from datetime import timedelta
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.channels.mastodon import MastodonChannel, MastodonConfig
from bot.clock import StillClock
from tests.contract.rigs.rig import AT, Rig, Said, scripted
from tests.servers.local import LocalServer, Question, Reply

TOKEN = "mastodontokenQ7r8S9"


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
        if question.method == "DELETE":
            return self._forget(question) or missing
        return routes.get(question.path, lambda _: missing)(question)

    def _forget(self, question: Question) -> Reply | None:
        sought = question.path.rpartition("/")[2]
        gone = [status for status in self.statuses if status["id"] == sought]
        self.statuses = [s for s in self.statuses if s["id"] != sought]
        return Reply(200, gone[0]) if gone else None

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
    rig.look_paths = ("/api/v1/accounts/7/statuses",)
    rig.seen = lambda sent, text: {"id": sent.id, "text": text, "url": sent.url}
    server.answer = scripted(rig, memory.answer)
    yield rig
    server.stop()

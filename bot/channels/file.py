"""Posts to a file of JSON lines: the channel of replays, demos and drills."""

import json
import os
from datetime import UTC
from pathlib import Path
from typing import Any, Literal

import structlog
from pydantic import Field

from bot.channels.text_options import TextOptions
from bot.clock import Clock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post, Receipt
from bot.model.draft import Counting, Links, Outlet
from bot.settings import Lax


class FileConfig(TextOptions):
    """Where the lines and the pictures go."""

    kind: Literal["file"] = "file"
    path: Path = Field(strict=False)
    media_dir: Path | None = Field(default=None, strict=False)
    links: Lax[Links] = Links.NEVER


class FileChannel:
    """Appends one line a post, whole or not at all."""

    def __init__(
        self, name: str, config: FileConfig, clock: Clock | None = None
    ) -> None:
        """Keep what is needed; nothing is written yet."""
        del clock  # every time in the file is the post's own, so a replay repeats it
        self.name = name
        self._config = config
        self._path = config.path
        self._media = config.media_dir or config.path.parent / "charts"

    def outlet(self) -> Outlet:
        """The size of a post on X, so that replays show what X would."""
        return self._config.spoken(
            Outlet(
                name=self.name,
                kind="file",
                limit=280,
                counting=Counting.WEIGHTED,
                url_length=23,
                alt_limit=1000,
            )
        )

    def token(self, post: Post) -> str:
        """The post's own key: lines are found again by it."""
        return post.key

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Write the picture, then the line that names it."""
        line = _line(post, self._write_picture(post, picture))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = self._path.open("a+b", buffering=0)
        except OSError as error:
            raise ChannelUnavailable(f"{self.name}: {error.strerror}") from error
        with file:
            self._append(file.fileno(), line)
        return Receipt(id=post.key)

    def find(self, post: Post) -> Receipt | None:
        """Look for the event's line; a torn one was never out."""
        try:
            lines = self._path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ChannelUnavailable(f"{self.name}: {error.strerror}") from error
        sought = (post.event, self.name)
        told = (_read(line) for line in reversed(lines))
        found = any((one.get("event"), one.get("channel")) == sought for one in told)
        return Receipt(id=post.key) if found else None

    def remove(self, receipt: Receipt) -> None:
        """Refused: lines are only ever added, so that a replay can be trusted."""
        raise ChannelRefused(f"{self.name}: the line of {receipt.id} stays where it is")

    def _append(self, descriptor: int, line: bytes) -> None:
        """One write, on disk before we say so.

        Raises:
            ChannelUnknown: it failed half-way; `find` sees what is there.
        """
        try:
            size = os.fstat(descriptor).st_size
            if size and os.pread(descriptor, 1, size - 1) != b"\n":
                line = b"\n" + line  # a crash tore the last line: begin a new one
            if os.write(descriptor, line) != len(line):
                raise ChannelUnknown(f"{self.name}: only a part was written")
            os.fsync(descriptor)
        except OSError as error:
            raise ChannelUnknown(f"{self.name}: {error.strerror}") from error

    def _write_picture(self, post: Post, picture: bytes | None) -> list[dict[str, str]]:
        if post.picture is None or picture is None:
            return []
        file = self._media / Path(post.picture.name).name
        try:
            self._media.mkdir(parents=True, exist_ok=True)
            file.write_bytes(picture)
        except OSError as error:
            log = structlog.get_logger(__name__)
            log.warning("picture-left-out", post=post.key, why=error.strerror)
            return []
        shown = Path(os.path.relpath(file, self._path.parent)).as_posix()
        return [{"file": shown, "alt": post.picture.alt}]


def _line(post: Post, media: list[dict[str, str]]) -> bytes:
    fields = {
        "incident": post.incident,
        "event": post.event,
        "at": post.at.astimezone(UTC).isoformat(),
        "channel": post.channel,
        "lang": post.lang,
        "text": post.text,
        "length": post.length,
        "media": media,
        "in_reply_to": post.reply_to,
    }
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def _read(line: bytes) -> dict[str, Any]:
    """A line's fields; none where it is torn."""
    try:
        told = json.loads(line)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}

"""Writes posts to a JSON Lines file.

This is the default channel, and the channel of replays, demos and drills.
"""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from bot.channels.shared.read_back import is_before
from bot.channels.shared.text_options import TextOptions
from bot.clock import Clock
from bot.durable_files import replace_file, sync_folder
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post, Receipt
from bot.model.draft import Counting, LinkPolicy, Outlet
from bot.settings import FilePath, Lax


class FileConfig(TextOptions):
    """The JSON Lines file for the posts, and the folder for their pictures.

    Attributes:
        path: the JSON Lines file.
        media_dir: the folder for pictures; None: the folder `charts` beside `path`.
    """

    kind: Literal["file"] = "file"
    path: FilePath
    media_dir: FilePath | None = None
    links: Lax[LinkPolicy] = LinkPolicy.NEVER

    @property
    def target(self) -> str:
        """Where posts go: the file; pictures may go to another folder."""
        return f"file {self.path.absolute()}"


class FileChannel:
    """Appends one line to the file for each post."""

    def __init__(
        self, name: str, config: FileConfig, clock: Clock | None = None
    ) -> None:
        """Keep the paths; nothing is written yet."""
        # The clock is not used. All times in the file come from the posts, so that
        # repeated replays write the same lines.
        del clock
        self.name = name
        self.target = config.target
        self._config = config
        self._path = config.path
        self._media = config.media_dir or config.path.parent / "charts"

    def outlet(self) -> Outlet:
        """Return the limits of X (formerly Twitter).

        A replay then shows posts as X would get them.
        """
        return self._config.apply_to(
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
        """Return the post's key, which is unique."""
        return post.key

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Write the post's picture, then append a line that names the picture."""
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
        """Look for the line with the post's event and channel; skip incomplete lines.

        Raises:
            ChannelUnavailable: the file cannot be read now.
            ChannelUnknown: the text in the line is not the text of the post.
        """
        for fields in self._lines():
            if fields.get("event") != post.event:
                continue
            # After the store is restored from a backup, a new event may get the id of
            # another event that is in this file.
            if fields.get("text") != post.text:
                raise ChannelUnknown(
                    f"{self.name}: the line of {post.event} has a different text"
                )
            return Receipt(id=post.key)
        return None

    def ids_since(self, at: datetime) -> frozenset[str]:
        """Return the keys of this channel's posts since a day before `at`.

        The time of a post is that of its event. `is_before` allows for the day.
        """
        since = (f for f in self._lines() if not is_before(f.get("at"), at))
        return frozenset(f"{fields.get('event')}/{self.name}" for fields in since)

    def _lines(self) -> Iterator[dict[str, Any]]:
        """Yield the complete lines of this channel, newest first."""
        try:
            lines = self._path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return
        except OSError as error:
            raise ChannelUnavailable(f"{self.name}: {error.strerror}") from error
        parsed = (_parse(line) for line in reversed(lines))
        yield from (fields for fields in parsed if fields.get("channel") == self.name)

    def remove(self, receipt: Receipt) -> None:
        """Refuse to delete a post, because the file is append-only.

        Raises:
            ChannelRefused: always.
        """
        raise ChannelRefused(
            f"{self.name}: the line of {receipt.id} stays, because the file is append-only"
        )

    def _append(self, descriptor: int, line: bytes) -> None:
        """Append `line` in one write, and wait until it is on disk.

        Raises:
            ChannelUnknown: the line may have been written; `find` can look for it.
        """
        try:
            size = os.fstat(descriptor).st_size
            if size and os.pread(descriptor, 1, size - 1) != b"\n":
                # A crash left the last line incomplete, so a line break is written
                # before the new line.
                line = b"\n" + line
            if os.write(descriptor, line) != len(line):
                raise ChannelUnknown(f"{self.name}: only part of the line was written")
            os.fsync(descriptor)
            if not size:
                sync_folder(self._path.parent)
        except OSError as error:
            raise ChannelUnknown(f"{self.name}: {error.strerror}") from error

    def _write_picture(self, post: Post, picture: bytes | None) -> list[dict[str, str]]:
        """Write the picture; return the line's `media` field.

        The field is empty if there is no picture, or if it cannot be written.
        """
        if post.picture is None or picture is None:
            return []
        file = self._media / Path(post.picture.name).name
        try:
            self._media.mkdir(parents=True, exist_ok=True)
            replace_file(file, picture, 0o644)
        except OSError as error:
            import structlog

            log = structlog.get_logger(__name__)
            log.warning("picture left out", post=post.key, why=error.strerror)
            return []
        relative = Path(os.path.relpath(file, self._path.parent)).as_posix()
        return [{"file": relative, "alt": post.picture.alt}]


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


def _parse(line: bytes) -> dict[str, Any]:
    """Return a line's fields; empty if the line is not a complete JSON object."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}

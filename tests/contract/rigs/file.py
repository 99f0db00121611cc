"""The rig of the file channel."""

import json
from collections.abc import Iterator
from pathlib import Path

from bot.channels.file import FileChannel, FileConfig
from bot.clock import StillClock
from tests.contract.rigs.rig import AT, Rig, VisiblePost


def file_rig(folder: Path) -> Iterator[Rig]:
    """Yield the file channel, which writes into `folder`."""
    config = FileConfig(path=folder / "posts.jsonl", media_dir=folder / "charts")

    def visible_posts() -> list[VisiblePost]:
        posts = []
        for line in config.path.read_text("utf-8").splitlines():
            entry = json.loads(line)
            media = entry["media"][0] if entry["media"] else {}
            image = (folder / media["file"]).read_bytes() if media else None
            posts.append(
                VisiblePost(
                    entry["text"], media.get("alt"), image, entry["in_reply_to"]
                )
            )
        return posts

    clock = StillClock(AT)
    yield Rig(
        FileChannel("one", config, clock),
        config,
        clock,
        visible_posts,
        removable=False,
    )

"""Reads where the site is to be copied to: a folder, `rsync:HOST:PATH` or `s3://`."""

import re
from pathlib import Path

from bot.errors import BotError
from bot.site.upload.folder import FolderDestination
from bot.site.upload.rsync import RsyncDestination
from bot.site.upload.s3 import open_bucket
from bot.site.upload.uploading import Destination

# A host that begins with a hyphen would be an option; two colons would be a daemon.
_RSYNC = re.compile(
    r"rsync:((?:[A-Za-z0-9_][\w.-]*@)?(?:[A-Za-z0-9][\w.-]*|\[[0-9A-Fa-f:]+\])):([^:\0].*)"
)
_S3 = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?")
_FORMS = "write a folder, rsync:HOST:PATH or s3://BUCKET/PREFIX"


def open_destination(text: str, private: tuple[Path, ...]) -> Destination:
    """Return the destination that a text names.

    Args:
        text: a folder, `rsync:HOST:PATH` or `s3://BUCKET/PREFIX`.
        private: folders that the destination may not be, contain, or be inside of.

    Raises:
        BotError: the text names no destination, or it is one of these folders.
    """
    if match := _RSYNC.fullmatch(text):
        return RsyncDestination(match[1], match[2])
    if match := _S3.fullmatch(text):
        prefix = (match[2] or "").strip("/")
        return open_bucket(match[1], f"{prefix}/" if prefix else "")
    if not text.strip() or "://" in text or text.startswith(("rsync:", "s3:")):
        raise BotError(f"{text!r} is no destination; {_FORMS}")
    folder = Path(text).expanduser().resolve()
    for other in (path.resolve() for path in private):
        if folder.is_relative_to(other) or other.is_relative_to(folder):
            raise BotError(
                f"{folder} is {other}, or one of them is inside the other; choose"
                " another folder"
            )
    return FolderDestination(folder)

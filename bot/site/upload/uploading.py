"""Sends what changed to a destination: pages before lists, removals last."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.site.static_files import is_public_name
from bot.site.upload.plan import (
    MANIFEST,
    make_plan,
    manifest_text,
    read_manifest,
)

_AT_ONCE = 200
"""How many files are sent between two looks at the kill switch."""


class Destination(Protocol):
    """Where the site is copied to. Each method may raise BotError or OSError."""

    def read(self, name: str) -> bytes | None:
        """Return the content of a file; None if there is no such file."""
        ...

    def write(self, name: str, content: bytes) -> None:
        """Write one file with this content."""
        ...

    def send(self, root: Path, names: Sequence[str]) -> None:
        """Copy these files of the folder `root`; skip those that are gone by now."""
        ...

    def remove(self, names: Sequence[str], folders: Sequence[str]) -> None:
        """Remove these files, and then these folders, which are empty by then."""
        ...


@dataclass(frozen=True, slots=True)
class UploadResult:
    """How many files were sent, and how many were removed."""

    sent: int
    removed: int


def upload(
    root: Path, destination: Destination, check: Callable[[], None]
) -> UploadResult:
    """Copy the site in the folder `root` to a destination.

    The manifest at the destination has every file that may be there. It is written before
    the first file, so that a file which was sent before a crash is removed later if the
    site has lost it by then (P12).

    Args:
        root: the folder of the public site.
        destination: where it is copied to.
        check: is called again and again; it raises an error if the kill switch is on.

    Raises:
        BotError: the destination refused, its manifest is damaged, or `check` raised it.
        OSError: a file cannot be read or written.
    """
    check()
    local = {path.relative_to(root).as_posix(): _digest(path) for path in _files(root)}
    remote = read_manifest(destination.read(MANIFEST))
    plan = make_plan(local, remote)
    if plan.is_empty:
        return UploadResult(0, 0)
    sent = [name for group in plan.groups for name in group]
    before = {**remote, **dict.fromkeys(sent)}
    destination.write(MANIFEST, manifest_text(before).encode())
    for group in plan.groups:
        for start in range(0, len(group), _AT_ONCE):
            check()
            destination.send(root, group[start : start + _AT_ONCE])
    check()
    if plan.removed:
        destination.remove(plan.removed, plan.emptied)
    destination.write(MANIFEST, manifest_text(local).encode())
    return UploadResult(len(sent), len(plan.removed))


def _files(root: Path) -> Iterator[Path]:
    """Yield the files of the site; hidden and unfinished files and links are no part."""
    for path in sorted(root.rglob("*")):
        is_own = path.is_file() and not path.is_symlink() and path.name != MANIFEST
        if is_own and all(map(is_public_name, path.relative_to(root).parts)):
            yield path


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

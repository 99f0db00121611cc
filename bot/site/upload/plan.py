"""Which files of the site are sent, in which order, and which are removed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.errors import BotError

MANIFEST = "site-manifest.json"
"""The list of the files at the destination, with the SHA-256 of each."""
_INCIDENTS = "i/"
_READ_BY_PROGRAMS = (".html", ".xml", ".atom", ".json", ".geojson", ".ics", ".txt")
_VERSION = 1

Hashes = Mapping[str, str]
"""The SHA-256 of each file, by its path within the site."""


@dataclass(frozen=True, slots=True)
class UploadPlan:
    """What is to be done so that the destination has the same files.

    Attributes:
        groups: the files to send, in the order of the groups. A file is sent after the
            files that it links to: first pictures and styles, then the pages of incidents,
            then the lists of these pages.
        removed: the files to remove, after everything is sent.
        emptied: the folders that then have no files, the innermost first. Their names
            could tell of an incident (P12).
    """

    groups: tuple[tuple[str, ...], ...]
    removed: tuple[str, ...]
    emptied: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be done."""
        return not any(self.groups) and not self.removed


def make_plan(local: Hashes, remote: Mapping[str, str | None]) -> UploadPlan:
    """Compare the files of the site with the manifest of the destination.

    Args:
        local: the files of the site.
        remote: the manifest; None for a file that may have been sent only in part.
    """
    changed = sorted(name for name in local if remote.get(name) != local[name])
    ranks = [[n for n in changed if _rank(n) == rank] for rank in range(3)]
    removed = sorted(name for name in remote if name not in local)
    kept = _folders(local)
    emptied = sorted(_folders(removed) - kept, key=lambda f: (-f.count("/"), f))
    return UploadPlan(tuple(map(tuple, ranks)), tuple(removed), tuple(emptied))


def _rank(name: str) -> int:
    if not name.endswith(_READ_BY_PROGRAMS):
        return 0
    return 1 if name.startswith(_INCIDENTS) else 2


def _folders(names: Iterable[str]) -> set[str]:
    parents = (parent for name in names for parent in PurePosixPath(name).parents)
    return {str(parent) for parent in parents} - {"."}


def manifest_text(files: Mapping[str, str | None]) -> str:
    """Return the manifest of these files; None for a file that is being sent."""
    content = {"version": _VERSION, "files": dict(files)}
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_manifest(data: bytes | None) -> dict[str, str | None]:
    """Return the files of a manifest; none if there is no manifest.

    Paths that lead out of the destination are left out: the manifest is not ours alone.

    Raises:
        BotError: the manifest is damaged.
    """
    if data is None:
        return {}
    try:
        content = json.loads(data)
        files = content["files"] if content["version"] == _VERSION else None
    except (ValueError, LookupError, TypeError, RecursionError):
        files = None
    if not isinstance(files, dict):
        raise BotError(
            f"{MANIFEST} at the destination is damaged; remove it there, and everything"
            " that the site does not have, then run the command again"
        )
    return {
        name: digest if isinstance(digest, str) else None
        for name, digest in files.items()
        if _is_inside(name)
    }


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    is_plain = name == str(path) and name != "." and name.isprintable()
    return is_plain and not path.is_absolute() and ".." not in path.parts

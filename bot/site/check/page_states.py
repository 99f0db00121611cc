"""In which state the files of a site are: whether anybody has changed or lost some."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from bot.site.page_files import page_folder

_LISTS = (
    "feeds/**/*.json",
    "cap/index.json",
    "geojson/incidents.json",
    "place/**/*.json",
    "archive/**/*.json",
    "corrections/*.json",
    "digest/*.json",
    "api/v1/incidents/index.json",
    "api/v1/incidents/months/*.json",
    "api/v1/places/**/*.json",
    "sitemap/????-??*.xml",
)
"""The files that lists are made from, or that are lists themselves."""


def digest_of_files(root: Path, incident: str) -> str:
    """Return a digest of the names, sizes and times of an incident's own files.

    It changes if a file is lost, or written by anybody.
    """
    api = root / "api" / "v1" / "incidents"
    folders = page_folder(root, incident), root / "picture" / incident, api / incident
    lines = [line for folder in folders for line in sorted(_lines(folder, ""))]
    lines += [_line(api / f"{incident}.json", "")]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def data_of_lists(root: Path) -> list[str]:
    """Return the paths of the files that lists are made from, within the site, sorted."""
    paths = {path for pattern in _LISTS for path in root.glob(pattern)}
    return sorted(path.relative_to(root).as_posix() for path in paths)


def _lines(folder: Path, within: str) -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _lines(Path(entry.path), f"{within}{entry.name}/")
        else:
            yield _line(Path(entry.path), within)


def _line(path: Path, within: str) -> str:
    try:
        status = path.lstat()
    except FileNotFoundError:
        return f"{within}{path.name} missing"
    return f"{within}{path.name} {status.st_size} {status.st_mtime_ns}"

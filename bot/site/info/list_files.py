"""Rows about incidents, kept in one JSON file for each list, and their pages."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.site.outputs import PageUpdate
from bot.site.page_files import in_language, page_folder
from bot.site.static_files import write_atomically

Row = Mapping[str, Any]
"""What a list says of an incident. `incident` is its id, `at` is a time as ISO 8601."""

MEMBERSHIP = "lists.json"
"""The file in an incident's folder that names the lists which the incident is in."""
_KEY = re.compile(
    r"corrections/\d{4}"
    r"|digest/\d{4}-(W\d{2}|\d{2})"
    r"|archive/(country/[A-Z]{2}|network/AS\d+|class/[a-z-]+|severity/[a-z-]+)/\d{4}(-\d{2})?"
)
"""Matches the key of a list: the path of its data file, without the suffix."""
_FAILURES = (OSError, ValueError, LookupError, TypeError, RecursionError)
"""Deeply nested content raises RecursionError."""


def read_rows(root: Path, key: str) -> list[Row]:
    """Return the rows of a list; none if its file is missing or damaged."""
    try:
        rows = json.loads((root / f"{key}.json").read_text(encoding="utf-8"))["rows"]
        return [row for row in rows if _is_row(row)]
    except _FAILURES:
        return []


def write_rows(root: Path, key: str, rows: Sequence[Row]) -> None:
    """Write the rows of a list; a list without rows has no file (P12).

    Raises:
        OSError: the file cannot be written or removed.
    """
    path = root / f"{key}.json"
    if rows:
        path.parent.mkdir(parents=True, exist_ok=True)
        # One line for each row: the file is small, and a change of it is easy to read.
        lines = ",\n".join(
            json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows
        )
        write_atomically(path, f'{{"rows": [\n{lines}\n]}}\n')
    else:
        path.unlink(missing_ok=True)


def read_keys(root: Path, incident: str) -> frozenset[str] | None:
    """Return the keys of the lists that an incident is in.

    None if this was never written, or cannot be read.
    """
    path = page_folder(root, incident) / MEMBERSHIP
    try:
        keys = json.loads(path.read_text(encoding="utf-8"))["lists"]
        # A key becomes a path, so a damaged key must not be followed.
        return frozenset(keys) if all(map(_KEY.fullmatch, keys)) else None
    except _FAILURES:
        return None


def write_keys(root: Path, incident: str, keys: Iterable[str]) -> None:
    """Write the keys of the lists that an incident is in.

    Raises:
        OSError: the file cannot be written.
    """
    content = json.dumps({"lists": sorted(keys)}, indent=2) + "\n"
    write_atomically(page_folder(root, incident) / MEMBERSHIP, content)


def keys_in(root: Path) -> list[str]:
    """Return the keys of all lists of the site, sorted."""
    paths = (
        path.relative_to(root).with_suffix("").as_posix()
        for folder in ("archive", "corrections", "digest")
        for path in (root / folder).rglob("*.json")
    )
    return sorted(key for key in paths if _KEY.fullmatch(key))


def pages_of(
    name: str, rows: Sequence[Row], size: int
) -> list[tuple[str, Sequence[Row]]]:
    """Divide rows into pages; return the file name and the rows of each page."""
    return [
        (_page_name(name, start // size), rows[start : start + size])
        for start in range(0, len(rows), size)
    ]


def remove_pages(folder: Path, name: str, kept: Iterable[str] = ()) -> None:
    """Remove the pages of a list in all languages, except those that are kept (P12).

    Args:
        folder: the folder of the pages.
        name: the name of the list.
        kept: the names of the files that are kept, in the language of the site.

    Raises:
        OSError: a page cannot be removed.
    """
    names = {*kept}
    form = re.compile(rf"({re.escape(name)}(?:-p?\d+)?)(?:\.[A-Za-z-]+)?\.html")
    for path in folder.glob(f"{name}*.html"):
        match = form.fullmatch(path.name)
        if match and f"{match[1]}.html" not in names:
            path.unlink(missing_ok=True)


def translated_row(update: PageUpdate, row: Row) -> Row:
    """Return a row with its words in the other languages of the site, if it has any."""
    words = {
        lang: {name: text for name, text in texts.items() if name in row}
        for lang, texts in update.translations.items()
    }
    return {**row, "translations": words} if words else row


def row_in(row: Row, lang: str) -> Row:
    """Return a row of `translated_row` in a language; see `in_language`."""
    return in_language(row, row.get("translations", {}), lang)


def remove_if_empty(folder: Path) -> None:
    """Remove a folder without files: its name alone would say something (P12).

    Raises:
        OSError: the folder cannot be removed.
    """
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _page_name(name: str, number: int) -> str:
    return f"{name}-p{number + 1}.html" if number else f"{name}.html"


def _is_row(row: object) -> bool:
    return isinstance(row, dict) and all(
        isinstance(row.get(name), str) for name in ("incident", "at")
    )

"""Files of the site, put in place in one go."""

import re
import tempfile
from pathlib import Path

_ADDRESS = re.compile(r"^https?://[^\s/]\S*$")
_PAGE = "index.html"
_FOLDER = "scorecard"
"""What `make scorecard` calls the folder of the page; the page's data lie beside it."""
_SHOWN = frozenset({".html", ".png", ".css"})
_DATA = ("score.json", "audit.csv", "benchmark.json")
HERE = "score"


def is_address(told: str) -> bool:
    """Whether the score page stands elsewhere, at an address."""
    return _ADDRESS.match(told) is not None


def page_folder(told: str) -> Path | None:
    """The folder of the score page: what is named, or `scorecard/` in it."""
    folder = Path(told).expanduser()
    found = (f for f in (folder / _FOLDER, folder) if (f / _PAGE).is_file())
    return next(found, None)


def link_of(told: str, root: Path, up: str) -> str:
    """Where a page of the site finds the score page; empty: nowhere.

    Args:
        told: an address or a folder, as configured; empty: neither.
        root: the site's folder.
        up: the way from the page to the site's root, as "../../".
    """
    if not told or is_address(told):
        return told
    there = (root / HERE / _PAGE).is_file()
    return f"{up}{HERE}/{_PAGE}" if there else ""


def bring(told: str, root: Path) -> None:
    """Copy a score page into the site, if it is a folder and another than before.

    The page links to the site's front page and style, and to its data, as one that
    lies a folder below the root.

    Raises:
        OSError: it cannot be read, or the site cannot be written.
    """
    folder = None if not told or is_address(told) else page_folder(told)
    if folder is None:
        return
    ours = root / HERE
    new = (folder / _PAGE).read_bytes()
    if (ours / _PAGE).is_file() and (ours / _PAGE).read_bytes() == new:
        return
    ours.mkdir(parents=True, exist_ok=True)
    for name in _DATA if folder.name == _FOLDER else ():
        if (folder.parent / name).is_file():
            write(root / name, (folder.parent / name).read_bytes())
    # The page itself comes last: once it is there, so is all it shows.
    shown = sorted(folder.iterdir(), key=lambda path: (path.name == _PAGE, path.name))
    for path in (p for p in shown if p.suffix in _SHOWN and p.is_file()):
        write(ours / path.name, path.read_bytes())


def write(path: Path, content: str | bytes) -> None:
    """Put a file in place: nobody reads half a page. Raises OSError."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as stream:
        stream.write(data)
        waiting = Path(stream.name)
    waiting.chmod(0o644)
    waiting.replace(path)

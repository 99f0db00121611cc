"""Write files of the site atomically, and copy the score page into the site."""

import re
import stat
from pathlib import Path

from bot.durable_files import (
    UNFINISHED,
    remove_unfinished,
    replace_file,
    unfinished_file,
)

# An address with "@" before the path is refused: a link with it would publish the user
# name and the password that may stand before the "@".
_ADDRESS = re.compile(r"^https?://[^\s/@]+(/\S*)?$")
_PAGE = "index.html"
_FOLDER = "scorecard"
"""The folder into which `make scorecard` writes the score page.

Its parent folder has the data files.
"""
_PAGE_SUFFIXES = frozenset({".html", ".png", ".css"})
_DATA = ("score.json", "audit.csv", "benchmark.json", "sentences.json")
UNFINISHED_NAMES = (UNFINISHED, ".tmp", ".building", "~")
"""The ends of the names of files that are not finished."""
_READABLE = 0o644
"""The permissions of each file of the site."""
_SITE_FOLDER = "score"
"""The folder of the score page within the site."""


def is_web_address(location: str) -> bool:
    """Return whether the score page is at an HTTP address, and not in a folder."""
    return _ADDRESS.match(location) is not None


def scorecard_folder(location: str) -> Path | None:
    """Return the folder with the score page: `scorecard/` in `location`, or `location`.

    The folder must have an `index.html`; None if neither folder has one.
    """
    folder = Path(location).expanduser()
    with_page = (f for f in (folder / _FOLDER, folder) if (f / _PAGE).is_file())
    return next(with_page, None)


def scorecard_link(location: str, root: Path, up: str) -> str:
    """Return the link from a page of the site to the score page; "" if there is none.

    Args:
        location: the configured address or folder of the score page; "" if there is
            none.
        root: the site's folder.
        up: the relative path from the page to the site's root, such as "../../".
    """
    if not location or is_web_address(location):
        return location
    copied = (root / _SITE_FOLDER / _PAGE).is_file()
    return f"{up}{_SITE_FOLDER}/{_PAGE}" if copied else ""


def copy_scorecard(location: str, root: Path) -> None:
    """Copy the score page into the site if it has changed.

    If `location` is not a folder with a score page, nothing is done. The copy is in a
    folder at the root of the site: the page's relative links to the front page, to the
    style sheet and to its data files are made for this place.

    Raises:
        OSError: the page cannot be read, or the site cannot be written.
    """
    source = (
        None if not location or is_web_address(location) else scorecard_folder(location)
    )
    if source is None:
        return
    target = root / _SITE_FOLDER
    page = (source / _PAGE).read_bytes()
    if (target / _PAGE).is_file() and (target / _PAGE).read_bytes() == page:
        return
    target.mkdir(parents=True, exist_ok=True)
    for name in _DATA if source.name == _FOLDER else ():
        if (source.parent / name).is_file():
            write_atomically(root / name, (source.parent / name).read_bytes())
    # The page itself is copied last, so that everything it shows is there before it.
    files = sorted(source.iterdir(), key=lambda path: (path.name == _PAGE, path.name))
    for path in (p for p in files if p.suffix in _PAGE_SUFFIXES and p.is_file()):
        write_atomically(target / path.name, path.read_bytes())


def is_public_name(name: str) -> bool:
    """Return whether a file or folder of this name in the site's folder is public.

    Hidden files are not, such as those of version control, and files that an editor or
    this program has not finished.
    """
    return (
        name != "" and not name.startswith(".") and not name.endswith(UNFINISHED_NAMES)
    )


def write_atomically(path: Path, content: str | bytes, *, sync: bool = True) -> None:
    """Write a file atomically: nobody reads half a file; a text is written as UTF-8.

    The file is on the disk when the function returns, unless `sync` is False: this is for
    files that each start of the program writes again. A file that has this content
    already is left as it is.

    Raises:
        OSError: the file cannot be written.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    # Waiting for the disk takes long on some disks, and many files are the same in each
    # tick.
    if not _is_same(path, data):
        # Whatever the umask is, the web server must read the file.
        replace_file(path, data, _READABLE, sync=sync)
    else:
        # A crash may have left a part of the file, which the public could read.
        remove_unfinished(unfinished_file(path))


def _is_same(path: Path, data: bytes) -> bool:
    try:
        status = path.lstat()
        same_kind = stat.S_ISREG(status.st_mode) and status.st_size == len(data)
        readable = stat.S_IMODE(status.st_mode) == _READABLE
        return same_kind and readable and path.read_bytes() == data
    except OSError:
        return False

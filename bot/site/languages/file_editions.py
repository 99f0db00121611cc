"""Files of one incident in each language, in a folder that has no other HTML files."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.site.languages.links import edition_path
from bot.site.static_files import write_atomically


def write_editions(
    folder: Path, pages: Mapping[str, Mapping[str, str]], names: Iterable[str]
) -> None:
    """Write pages in each language into a folder, and remove its other pages.

    A page that is no longer shown, or a language that is no longer chosen, leaves nothing
    behind (P12).

    Args:
        folder: the folder; it is created.
        pages: by language, the content of each page, by the name of its file in the
            language of the site.
        names: the names of all pages, in the language of the site.

    Raises:
        OSError: a file cannot be written or removed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = {edition_path(name, lang) for lang in pages for name in names}
    for path in folder.glob("*.html"):
        if path.name not in kept:
            path.unlink()
    for lang, contents in pages.items():
        for name, html in contents.items():
            write_atomically(folder / edition_path(name, lang), html)

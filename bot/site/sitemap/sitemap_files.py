"""The files of the sitemap: one for each month, one for all other pages, and an index.

Source: https://www.sitemaps.org/protocol.html and RFC 9309 (robots.txt).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from bot.site.languages.links import SITE_LANG, edition_path, language_of
from bot.site.outputs import OutputSettings, PageUpdate, SiteOutput
from bot.site.page_files import IncidentData
from bot.site.static_files import write_atomically

_FOLDER = "sitemap"
_INDEX = "sitemap.xml"
_OTHERS = "pages"
"""The name of the file with the pages that are about no single incident.

Those in another language are in a file of their own, such as `pages-fr`.
"""
_INDEX_PAGE = "index.html"
_MAX_URLS = 5000
_MONTH = re.compile(r"(\d{4}-\d{2})(?:-(\d+))?")
"""The name of a month's file: `2026-01`, then `2026-01-2` if the first is full."""
_ENTRY = re.compile(r"^<(?:url|sitemap)><loc>(.*)</loc>(?:<lastmod>(.*)</lastmod>)?</")
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NOT_LISTED = frozenset({"404.html"})
_NAMED_BY_INCIDENTS = frozenset({"i", "picture"})
"""Folders with pages of incidents; those in `i` are listed by month."""


@dataclass(frozen=True, slots=True)
class Sitemap(SiteOutput):
    """The sitemap: an incident is in the file of the month of its first event.

    A change rewrites the file of one month and the index, so its cost does not grow with
    the archive.
    """

    settings: OutputSettings

    def create(self) -> None:
        """Write `robots.txt`, and the index if there is none.

        Raises:
            OSError: a file cannot be written.
        """
        root, site = self.settings.root, self.settings.site_url
        self._folder.mkdir(parents=True, exist_ok=True)
        robots = f"User-agent: *\nAllow: /\nSitemap: {site}{_INDEX}\n"
        write_atomically(root / "robots.txt", robots)
        if not (root / _INDEX).is_file():
            self._write_index(self._indexed())

    def write_lists(self, update: PageUpdate) -> None:
        """Set the time at which an incident's page last changed.

        Raises:
            OSError: a file cannot be written.
        """
        month = str(update.document["published"])[:7]
        former = _month_of(update.before)
        # The first event that may be shown can change.
        if former not in {None, month}:
            self._set(former or "", update.incident, None)
        self._set(month, update.incident, str(update.document["updated"]))

    def remove(self, incident: str, before: IncidentData | None) -> None:
        """Remove an incident's page from the sitemap (P12).

        Without `before`, the files of all months are searched.

        Raises:
            OSError: a file cannot be written.
        """
        month = _month_of(before)
        months = {m[1] for name in self._names() if (m := _MONTH.fullmatch(name))}
        for name in sorted({month} if month else months):
            self._set(name, incident, None)

    def refresh(self, at: datetime) -> None:  # noqa: ARG002
        """List the pages that are about no single incident, as they are now.

        Raises:
            OSError: a file cannot be written.
        """
        languages = self.settings.languages
        by_file: dict[str, list[str]] = {_OTHERS: []}
        for page in _other_pages(self.settings.root, languages):
            lang = language_of(page, languages)
            name = _OTHERS if lang == SITE_LANG else f"{_OTHERS}-{lang}"
            by_file.setdefault(name, []).append(page)
        site = self.settings.site_url
        for name, pages in by_file.items():
            listed = islice(pages, _MAX_URLS)
            self._write(name, {site + quote(page): None for page in listed})
        # Languages that are no longer chosen have no pages.
        for name in self._names():
            if name.startswith(f"{_OTHERS}-") and name not in by_file:
                self._write(name, {})

    @property
    def _folder(self) -> Path:
        return self.settings.root / _FOLDER

    def _names(self) -> list[str]:
        return sorted(path.stem for path in self._folder.glob("*.xml"))

    def _set(self, month: str, incident: str, changed: str | None) -> None:
        """Set the time of an incident's page in the files of a month; None removes it.

        The page has one address for each of its languages.
        """
        address = self.settings.page_url(incident)
        files = sorted(self.settings.page_folder(incident).glob("index.*.html"))
        pages = [address, *(address + path.name for path in files)]
        for name in self._files_of(month):
            entries = _entries(self._folder / f"{name}.xml")
            listed = [page for page in entries if page.startswith(address)]
            is_place = bool(listed) or len(entries) + len(pages) <= _MAX_URLS
            for page in listed:
                del entries[page]
            if changed is not None and is_place:
                entries.update(dict.fromkeys(pages, changed))
            self._write(name, entries)
            # A page is in one file only: the first that has it, or has room.
            changed = None if is_place else changed

    def _files_of(self, month: str) -> Iterator[str]:
        """Yield the names of a month's files, and one more for a page without room."""
        numbers = [
            int(match[2] or 1)
            for name in self._names()
            if (match := _MONTH.fullmatch(name)) and match[1] == month
        ]
        for number in range(1, max(numbers, default=0) + 2):
            yield month if number == 1 else f"{month}-{number}"

    def _write(self, name: str, entries: Mapping[str, str | None]) -> None:
        """Write one file and its line in the index; remove a file without pages."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{name}.xml"
        address = f"{self.settings.site_url}{_FOLDER}/{name}.xml"
        indexed = self._indexed()
        if entries:
            write_atomically(path, _document("urlset", "url", entries))
            times = [time for time in entries.values() if time]
            indexed[address] = max(times, default=None)
        else:
            indexed.pop(address, None)
        self._write_index(indexed)
        if not entries:
            path.unlink(missing_ok=True)

    def _indexed(self) -> dict[str, str | None]:
        """Return the lines of the index for files that exist; lost ones without time."""
        site = f"{self.settings.site_url}{_FOLDER}/"
        lines = _entries(self.settings.root / _INDEX)
        return {
            address: lines.get(address)
            for address in (f"{site}{name}.xml" for name in self._names())
        }

    def _write_index(self, entries: Mapping[str, str | None]) -> None:
        document = _document("sitemapindex", "sitemap", entries)
        write_atomically(self.settings.root / _INDEX, document)


def _month_of(document: IncidentData | None) -> str | None:
    """Return the month of an incident's first event; None if it is not known."""
    published = document.get("published") if document else None
    month = published[:7] if isinstance(published, str) else ""
    match = _MONTH.fullmatch(month)
    return match[1] if match else None


def _document(root: str, name: str, entries: Mapping[str, str | None]) -> str:
    """Return a sitemap, with one line for each entry, ordered by address (P14)."""
    lines = _lines(name, sorted(entries.items()))
    return f'{_XML}<{root} xmlns="{_NAMESPACE}">\n{"".join(lines)}</{root}>\n'


def _lines(name: str, entries: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    for address, time in entries:
        changed = f"<lastmod>{escape(time, quote=False)}</lastmod>" if time else ""
        yield f"<{name}><loc>{escape(address, quote=False)}</loc>{changed}</{name}>\n"


def _entries(path: Path) -> dict[str, str | None]:
    """Return the addresses and times in a file; none if it is missing or damaged."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    matches = filter(None, map(_ENTRY.match, lines))
    return {_unescape(m[1]): _unescape(m[2]) if m[2] else None for m in matches}


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _other_pages(root: Path, languages: Sequence[str]) -> Iterator[str]:
    """Yield the front page, the pages of the site's sections, and those of places.

    An index page is named by its folder, but in another language by its file. Folders that grow with each incident are not
    searched: a tick must not cost more because of them, and a page that is named after an
    incident must not stay listed after it is removed (P12).
    """
    # The front page is written last, but every site has one in each language.
    yield ""
    fronts = {edition_path(_INDEX_PAGE, lang) for lang in languages}
    # This is done in each tick, and there is a folder for each place. To compare names is
    # much faster than to search with patterns.
    pages = {*_names(root, ".html"), *fronts} - {*_NOT_LISTED, _INDEX_PAGE}
    sections = {*_names(root)} - _NAMED_BY_INCIDENTS
    places = (f"place/{kind}" for kind in _names(root / "place"))
    folders = {*sections, *(f"{p}/{name}" for p in places for name in _names(root / p))}
    archive = {f"archive/{name}" for name in _names(root / "archive", ".html")}
    yield from sorted(pages)
    yield from sorted(f"{f}/" for f in folders if (root / f / _INDEX_PAGE).is_file())
    yield from sorted(archive - {"archive/index.html"})
    indexes = [edition_path(_INDEX_PAGE, lang) for lang in languages]
    paths = (f"{f}/{name}" for f in sorted(folders - {"archive"}) for name in indexes)
    yield from (path for path in paths if (root / path).is_file())


def _names(folder: Path, end: str = "") -> list[str]:
    """Return the names in a folder that end with `end`; none if it is no folder."""
    try:
        names = [path.name for path in folder.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [name for name in names if name.endswith(end)]

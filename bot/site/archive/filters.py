"""The archive by country, network, class and severity, as static lists of links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.model.classification import ClassKind
from bot.model.entity import Entity, EntityKind
from bot.model.verdict import Severity
from bot.site.archive.months import ARCHIVE_FOLDER, KINDS, Archive
from bot.site.feeds.feed_files import feeds_in
from bot.site.info.list_files import (
    Row,
    pages_of,
    read_rows,
    remove_if_empty,
    remove_pages,
    row_in,
    translated_row,
)
from bot.site.languages.page_editions import PageEditions, SiteEdition
from bot.site.outputs import OutputSettings, PageUpdate
from bot.site.page_files import IncidentData
from bot.text.causes import class_name

_BY_YEAR = ("country", "network")
"""Places have few incidents a month, so their lists are divided by year."""
_PAGE_SIZE = 100
"""A page lists at most this many incidents."""
_NEWEST = 50
"""The page of a country, network, class or severity lists this many of the newest."""
_SHOWN = (
    "id",
    "title",
    "state",
    "state_name",
    "lead",
    "drill",
    "reconstruction",
)


@dataclass(frozen=True, slots=True)
class ArchiveFilters:
    """Lists of incidents by a property, such as `archive/country/IR/2026`.

    A list has the incidents that began in a year or month (UTC), the oldest first, so that
    a new incident changes only the last page.
    """

    settings: OutputSettings

    @property
    def folder(self) -> str:
        """The folder of these lists."""
        return ARCHIVE_FOLDER

    def rows(self, update: PageUpdate) -> Mapping[str, Sequence[Row]]:
        """Return the incident's row, once for each list that it is in."""
        document = update.document
        began = document["onset"]["from"]
        row = {
            **{name: document[name] for name in _SHOWN},
            "incident": update.incident,
            "at": began,
        }
        return {
            f"{ARCHIVE_FOLDER}/{group}/{_period(group, began)}": [
                translated_row(update, row)
            ]
            for group in sorted(_groups(document))
        }

    def create(self) -> None:
        """Write the contents of the archive, and the lists of groups if they are old.

        Raises:
            OSError: a page cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        # Other changes are written at once. So a difference here means that the templates
        # or the settings of the site changed, and then all pages are old.
        if not self._archive.has_current_contents():
            for kind in KINDS:
                if (self._folder / kind / "index.html").is_file():
                    self._write_kind(kind)
            self._archive.write_contents()

    def write(self, key: str, rows: Sequence[Row]) -> None:
        """Write the changed pages of a list, and the pages that link to it.

        Raises:
            OSError: a page cannot be written or removed.
        """
        _, kind, code, period = key.split("/")
        folder = self._folder / kind / code
        is_new = bool(rows) and not (folder / "index.html").is_file()
        folder.mkdir(parents=True, exist_ok=True)
        self._write_pages(folder, period, rows)
        periods = {path.stem for path in folder.glob("*.json")} - {period}
        periods |= {period} if rows else set()
        if periods:
            ordered = sorted(periods, reverse=True)
            self._write_group(folder, ordered, period, rows)
            if is_new:
                self._write_kind(kind)
            if is_new and self.settings.languages:
                # A link leads to a page in the same language only once this page exists.
                self._write_pages(folder, period, rows)
                self._write_group(folder, ordered, period, rows)
        else:
            self._remove_group(folder, f"{period}.json")

    @property
    def _folder(self) -> Path:
        return self.settings.root / ARCHIVE_FOLDER

    @property
    def _archive(self) -> Archive:
        return Archive(self.settings)

    @property
    def _pages(self) -> PageEditions:
        return PageEditions(self.settings)

    def _write_pages(self, folder: Path, period: str, rows: Sequence[Row]) -> None:
        pages = pages_of(period, rows, _PAGE_SIZE)
        names = [name for name, _ in pages]
        for name, shown in pages:
            self._write_page(folder / name, period, shown, names)
        remove_pages(folder, period, names)

    def _write_page(
        self, path: Path, period: str, rows: Sequence[Row], names: Sequence[str]
    ) -> None:
        kind = path.parent.parent.name

        def values_of(edition: SiteEdition) -> Mapping[str, object]:
            return {
                "group": _name(edition, kind, path.parent.name),
                "kind": kind,
                "folder": f"{ARCHIVE_FOLDER}/{kind}/{path.parent.name}/",
                "period": period,
                "rows": [row_in(row, edition.lang) for row in rows],
                "pages": names if len(names) > 1 else [],
                "here": path.name,
            }

        self._pages.write(self._relative(path), "archive/list", values_of, goes_on=True)

    def _relative(self, path: Path) -> str:
        return path.relative_to(self.settings.root).as_posix()

    def _write_group(
        self, folder: Path, periods: Sequence[str], changed: str, rows: Sequence[Row]
    ) -> None:
        """Write the page of a country, network, class or severity."""
        if periods[0] != changed:
            key = f"{ARCHIVE_FOLDER}/{folder.parent.name}/{folder.name}/{periods[0]}"
            rows = read_rows(self.settings.root, key)
        kind, newest = folder.parent.name, list(reversed(rows))[:_NEWEST]

        def values_of(edition: SiteEdition) -> Mapping[str, object]:
            return {
                "group": _name(edition, kind, folder.name),
                "kind": kind,
                "folder": f"{ARCHIVE_FOLDER}/{kind}/{folder.name}/",
                "feed": f"{kind}/{folder.name}" if kind in _BY_YEAR else None,
                "newest": periods[0],
                "periods": periods,
                "rows": [row_in(row, edition.lang) for row in newest],
            }

        path = self._relative(folder / "index.html")
        self._pages.write(path, "archive/group", values_of, goes_on=True)

    def _write_kind(self, kind: str) -> None:
        """Write the list of all countries, networks, classes or severities."""
        folder = self._folder / kind
        codes = [path.parent.name for path in folder.glob("*/index.html")]
        index = self._relative(folder / "index.html")
        if codes:

            def values_of(edition: SiteEdition) -> Mapping[str, object]:
                named = ((_name(edition, kind, code), code) for code in codes)
                entries = sorted(named, key=lambda e: (e[0].casefold(), e[1]))
                return {"kind": kind, "entries": entries}

            self._pages.write(index, "archive/kind", values_of, goes_on=True)
        else:
            self._pages.remove(index)
            remove_if_empty(folder)
        # The contents of the archive link to the kinds that have a page.
        self._archive.write_contents()

    def _remove_group(self, folder: Path, data_file: str) -> None:
        """Remove the page of a group without incidents (P12)."""
        self._pages.remove(self._relative(folder / "index.html"))
        (folder / data_file).unlink(missing_ok=True)
        remove_if_empty(folder)
        self._write_kind(folder.parent.name)


def _name(edition: SiteEdition, kind: str, code: str) -> str:
    """Return the name of a country, network, class or severity in a language."""
    translations = edition.translations
    if kind == "class":
        return class_name(translations, ClassKind(code))
    if kind == "severity":
        return translations.translate("severity", Severity(code))
    entity = (
        Entity(EntityKind.ASN, code.removeprefix("AS"))
        if kind == "network"
        else Entity(EntityKind.COUNTRY, code)
    )
    return edition.illustrator.register.name(entity, edition.lang)


def _groups(document: IncidentData) -> set[str]:
    """Return the groups that an incident is in, such as `country/IR`."""
    classified = document["class"]
    kind = classified["id"] if classified else ClassKind.UNKNOWN
    places = {name for name in feeds_in(document) if "/" in name}
    return {
        *places,
        f"class/{ClassKind(kind)}",
        f"severity/{Severity(document['severity'])}",
    }


def _period(group: str, began: str) -> str:
    """Return the year or the month in which an incident began, UTC."""
    return began[:4] if group.partition("/")[0] in _BY_YEAR else began[:7]

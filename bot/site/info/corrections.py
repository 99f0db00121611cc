"""The page of corrections: every correction and retraction, with its reason (P11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.incident import CORRECTION_KINDS
from bot.site.info.list_files import (
    Row,
    pages_of,
    read_rows,
    remove_pages,
    row_in,
    translated_row,
)
from bot.site.languages.page_editions import PageEditions, SiteEdition
from bot.site.outputs import OutputSettings, PageUpdate
from bot.site.source_views import format_utc

FOLDER = "corrections"
_PAGE_SIZE = 100
"""A page has at most this many corrections."""
_YEAR_FILES = "[0-9][0-9][0-9][0-9].json"


@dataclass(frozen=True, slots=True)
class Corrections:
    """The list of corrections, `corrections/index.html`, and a list for each year."""

    settings: OutputSettings

    @property
    def folder(self) -> str:
        """The folder of these lists."""
        return FOLDER

    def rows(self, update: PageUpdate) -> Mapping[str, Sequence[Row]]:
        """Return a row for each correction and retraction, by its year (UTC)."""
        statements = {
            event.seq: event.facts.statement
            for event in update.report.events
            if event.kind in CORRECTION_KINDS
        }
        rows: dict[str, list[Row]] = {}
        for entry in update.document["corrections"]:
            row = {
                **entry,
                "incident": update.incident,
                "title": update.document["title"],
                # The reason as the person wrote it; a correction from late data has none.
                "statement": statements.get(entry["seq"]) or None,
                "drill": update.document["drill"],
                "reconstruction": update.document["reconstruction"],
            }
            key = f"{FOLDER}/{entry['at'][:4]}"
            rows.setdefault(key, []).append(translated_row(update, row))
        return rows

    def create(self) -> None:
        """Write the page without corrections, if there are none.

        Raises:
            OSError: the page cannot be written.
        """
        if not self._years():
            self._write_index([], [])

    def write(self, key: str, rows: Sequence[Row]) -> None:
        """Write the pages of a year, and the page of the newest corrections.

        Raises:
            OSError: a page cannot be written or removed.
        """
        year = key.partition("/")[2]
        folder = self.settings.root / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        newest_first = list(reversed(rows))
        pages = pages_of(year, newest_first, _PAGE_SIZE)
        names = [name for name, _ in pages]
        for name, shown in pages:
            numbered = names if len(names) > 1 else []
            values = {"year": year, "years": [], "pages": numbered, "here": name}
            self._write_page(name, shown, values)
        remove_pages(folder, year, names)
        self._update_index(year, newest_first)

    def _update_index(self, year: str, rows: Sequence[Row]) -> None:
        years = {*self._years(), year} if rows else self._years() - {year}
        ordered = sorted(years, reverse=True)
        if ordered and ordered[0] != year:
            rows = list(
                reversed(read_rows(self.settings.root, f"{FOLDER}/{ordered[0]}"))
            )
        self._write_index(rows if ordered else [], ordered)

    def _write_index(self, rows: Sequence[Row], years: Sequence[str]) -> None:
        folder = self.settings.root / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        values = {"year": None, "years": years, "pages": [], "here": "index.html"}
        self._write_page("index.html", rows[:_PAGE_SIZE], values)

    def _write_page(
        self, name: str, rows: Sequence[Row], values: Mapping[str, object]
    ) -> None:
        PageEditions(self.settings).write(
            f"{FOLDER}/{name}",
            "corrections",
            lambda edition: {**values, "rows": _views(rows, edition)},
            goes_on=True,
        )

    def _years(self) -> set[str]:
        return {path.stem for path in (self.settings.root / FOLDER).glob(_YEAR_FILES)}


def _views(rows: Sequence[Row], edition: SiteEdition) -> list[Row]:
    translations = edition.translations
    return [
        {
            **row_in(row, edition.lang),
            "label": translations.translate("kinds", row["kind"]),
            "time": format_utc(datetime.fromisoformat(row["at"]), translations),
        }
        for row in rows
    ]

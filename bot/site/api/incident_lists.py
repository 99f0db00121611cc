"""The lists of incidents of the API: the newest ones, and pages by month."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.site.api.folder import ApiFolder
from bot.site.api.list_records import IncidentList, IncidentSummary

NEWEST = "incidents/index"
_MONTHS = "incidents/months"
_PAGE_SIZE = 100
"""A page of a list has at most this many incidents."""
_MONTH_OF_ID = re.compile(r"-(\d{4}-\d{2})\d{2}(?:-\d+)?$")
_MONTH_OF_OTHERS = "0000-00"
_PAGE = re.compile(r"(\d{4}-\d{2})(?:-(\d+))?")


def newest_first(rows: Sequence[IncidentSummary]) -> tuple[IncidentSummary, ...]:
    """Return incidents in the order of lists: those that began last come first."""
    ordered = sorted(rows, key=lambda r: (r.onset.since, r.id), reverse=True)
    return tuple(ordered)


@dataclass(frozen=True, slots=True)
class IncidentLists:
    """The lists of incidents.

    The newest incidents are in one file. All incidents are in pages, by the month in
    their ids, which never changes. A page is linked to the page before it. A change
    reads and writes the pages of one month, so its cost does not depend on how many
    incidents there ever were.
    """

    folder: ApiFolder

    def create(self) -> None:
        """Write the list of the newest incidents, without any, if it is missing.

        Raises:
            OSError: the list cannot be written.
        """
        if not self.folder.path(NEWEST).is_file():
            self._write(NEWEST, None, [])

    def replace(self, incident: str, row: IncidentSummary | None) -> None:
        """Replace an incident in the lists; None for `row` removes it (P12).

        Raises:
            OSError: a list cannot be written.
        """
        month = month_of(incident)
        names = [name for name in self._pages() if _key(name)[0] == month]
        if row is not None:
            current = next((n for n in names if self._has(n, incident)), None)
            self._put(current or self._page_with_room(names, month), row)
        else:
            # A damaged page may name the incident, so it is removed as a whole.
            for name in names:
                if self._is_damaged(name) or self._has(name, incident):
                    self._drop(name, incident)
        newest = [r for r in self._rows(NEWEST) if r.id != incident]
        newest += [row] if row else []
        self._write(NEWEST, None, newest_first(newest)[:_PAGE_SIZE])

    def _pages(self) -> list[str]:
        """Return the names of all pages, oldest first."""
        folder = self.folder.root / _MONTHS
        stems = (p.stem for p in folder.glob("*.json")) if folder.is_dir() else ()
        return sorted((s for s in stems if _PAGE.fullmatch(s)), key=_key)

    def _has(self, name: str, incident: str) -> bool:
        return any(row.id == incident for row in self._rows(f"{_MONTHS}/{name}"))

    def _is_damaged(self, name: str) -> bool:
        return self.folder.read(f"{_MONTHS}/{name}", IncidentList) is None

    def _page_with_room(self, names: Sequence[str], month: str) -> str:
        for name in names:
            if len(self._rows(f"{_MONTHS}/{name}")) < _PAGE_SIZE:
                return name
        number = _key(names[-1])[1] + 1 if names else 1
        return month if number == 1 else f"{month}-{number}"

    def _put(self, name: str, row: IncidentSummary) -> None:
        is_new = not self.folder.path(f"{_MONTHS}/{name}").is_file()
        rows = [r for r in self._rows(f"{_MONTHS}/{name}") if r.id != row.id]
        self._write_page(name, newest_first([*rows, row]))
        if is_new:
            self._link_again(name)

    def _drop(self, name: str, incident: str) -> None:
        rows = [r for r in self._rows(f"{_MONTHS}/{name}") if r.id != incident]
        if rows:
            self._write_page(name, rows)
            return
        # The name of a page alone would say that something happened in this month.
        self.folder.remove(f"{_MONTHS}/{name}")
        self._link_again(name)

    def _link_again(self, name: str) -> None:
        """Write the page after `name` again, because the page before it is another."""
        later = [other for other in self._pages() if _key(other) > _key(name)]
        if later:
            self._write_page(later[0], self._rows(f"{_MONTHS}/{later[0]}"))

    def _write_page(self, name: str, rows: Sequence[IncidentSummary]) -> None:
        self._write(f"{_MONTHS}/{name}", name, rows)

    def _write(
        self, path: str, page: str | None, rows: Sequence[IncidentSummary]
    ) -> None:
        pages = self._pages()
        if page is not None:
            pages = [name for name in pages if _key(name) < _key(page)]
        content = IncidentList(
            schema_=self.folder.schema_url("incidents"),
            licence=self.folder.words("licence"),
            month=_key(page)[0] if page else None,
            next=self.folder.url(f"{_MONTHS}/{pages[-1]}") if pages else None,
            incidents=tuple(rows),
        )
        self.folder.write(path, content)

    def _rows(self, path: str) -> tuple[IncidentSummary, ...]:
        page = self.folder.read(path, IncidentList)
        return page.incidents if page else ()


def month_of(incident: str) -> str:
    """Return the year and month in an incident's id, such as `2022-01`."""
    match = _MONTH_OF_ID.search(incident)
    return match[1] if match else _MONTH_OF_OTHERS


def _key(name: str) -> tuple[str, int]:
    """Return the month of a page and its number within the month."""
    match = _PAGE.fullmatch(name)
    if match is None:
        raise ValueError(f"not the name of a page: {name!r}")
    return match[1], int(match[2] or 1)

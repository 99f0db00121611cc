"""Lists of incidents beside the front page: corrections, the archive, and digests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.site.info.list_files import (
    Row,
    keys_in,
    read_keys,
    read_rows,
    write_keys,
    write_rows,
)
from bot.site.outputs import OutputSettings, PageUpdate, SiteOutput
from bot.site.page_files import IncidentData


class KeyedList(Protocol):
    """Lists of one kind; each list has a key, such as `corrections/2026`."""

    @property
    def folder(self) -> str:
        """The folder of these lists; their keys begin with it."""

    def rows(self, update: PageUpdate) -> Mapping[str, Sequence[Row]]:
        """Return the rows of an incident, by the key of the list that has them."""

    def write(self, key: str, rows: Sequence[Row]) -> None:
        """Write the pages of a list, or remove them if it has no rows.

        The rows are ordered by time, the oldest first. Raises OSError if a page cannot be
        written.
        """

    def create(self) -> None:
        """Write the pages that every site has, also before the first incident."""


@dataclass(frozen=True, slots=True)
class KeyedLists(SiteOutput):
    """Keeps the lists up to date, each from its own data file.

    Only the lists that an incident is in, or was in, are read and written.
    """

    settings: OutputSettings
    lists: tuple[KeyedList, ...]

    def create(self) -> None:
        """Write the pages that every site has. Raises OSError if this fails."""
        for incident_list in self.lists:
            incident_list.create()

    def write_lists(self, update: PageUpdate) -> None:
        """Put the rows of an incident into its lists; take it from all others.

        Raises:
            OSError: a file cannot be written.
        """
        root, incident = self.settings.root, update.incident
        rows: dict[str, Sequence[Row]] = {}
        for incident_list in self.lists:
            rows.update(incident_list.rows(update))
        former = read_keys(root, incident) or frozenset()
        # After a crash, the file must name every list that the incident may be in.
        write_keys(root, incident, {*former, *rows})
        for key in sorted({*former, *rows}):
            self._replace(key, incident, rows.get(key, ()))
        write_keys(root, incident, rows)

    def write_again(self) -> None:
        """Write the pages of all lists again from their data.

        Raises:
            OSError: a file cannot be read or written.
        """
        for key in keys_in(self.settings.root):
            if rows := read_rows(self.settings.root, key):
                self._write(key, rows)

    def remove(
        self,
        incident: str,
        before: IncidentData | None,  # noqa: ARG002 - the lists have their own record
    ) -> None:
        """Remove an incident from its lists (P12).

        If the file that names its lists is missing or damaged, all lists are searched.

        Raises:
            OSError: a file cannot be written or removed.
        """
        keys = read_keys(self.settings.root, incident)
        for key in keys_in(self.settings.root) if keys is None else sorted(keys):
            self._replace(key, incident, ())

    def _replace(self, key: str, incident: str, rows: Sequence[Row]) -> None:
        root = self.settings.root
        stored = read_rows(root, key)
        others = [row for row in stored if row["incident"] != incident]
        if not rows and len(others) == len(stored) and stored:
            return
        ordered = sorted(
            (*others, *rows),
            key=lambda row: (row["at"], row["incident"], row.get("seq", 0)),
        )
        if not (self.settings.data_only and ordered):
            self._write(key, ordered)
        # The data are written last: until then, an interrupted change is made again.
        write_rows(root, key, ordered)

    def _write(self, key: str, rows: Sequence[Row]) -> None:
        for incident_list in self.lists:
            if incident_list.folder == key.partition("/")[0]:
                incident_list.write(key, rows)

"""The port to the state of the report pages."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from bot.model.draft import Release
from bot.model.incident_report import IncidentReport, Listing, PlaceReadings


class Pages(Protocol):
    """The queue of report pages to write, and the releases, which decide what they show."""

    def version(self) -> str | None:
        """Return the site version that `queue_all` stored last; None if there is none."""
        ...

    def queue_all(self, version: str) -> None:
        """Queue every report page to be written again, and store the site's version.

        Some of these pages are written in each tick.
        """
        ...

    def queue_later(self, incident: str, limit: int) -> None:
        """Queue the pages of later incidents of the same place, which list `incident`.

        These are the `limit` incidents that opened next.
        """
        ...

    def with_posts_to_send(self) -> frozenset[str]:
        """Return the ids of the incidents with posts that may still be sent."""
        ...

    def urgent(self) -> Mapping[str, int]:
        """Return the incidents whose pages must be written before posts about them.

        Each incident comes with the number of its last entry in the queue; this number is
        passed to `mark_written` as `last_row`. Incidents that only `queue_all` queued are
        left out.
        """
        ...

    def waiting(self, limit: int) -> Mapping[str, int]:
        """Return up to `limit` incidents that `queue_all` queued, last queued first.

        Their pages may be written later. Each incident comes with the number of its
        entry in the queue; this number is passed to `mark_written` as `last_row`.
        """
        ...

    def mark_written(self, incident: str, last_row: int) -> None:
        """Remove an incident's queue entries up to `last_row`; its page was written.

        Entries with higher numbers stay queued.
        """
        ...

    def releases(self, incidents: Sequence[str]) -> Mapping[str, tuple[Release, ...]]:
        """Return the `Release` of each event, by incident, oldest event first."""
        ...


class UnpublishedPages(Protocol):
    """Writes pages that only the operator sees: with events that are not released (P12)."""

    def write(self, report: IncidentReport) -> None:
        """Write the page of an incident with all events of `report`.

        Raises:
            RenderingError: the page could not be written.
        """
        ...

    def remove(self, incident: str) -> bool:
        """Remove the page of an incident; return whether there was one.

        Raises:
            RenderingError: the page could not be removed.
        """
        ...

    def list_incidents(self, listing: Listing) -> None:
        """Write the front page with those incidents of `listing` that have a page.

        Raises:
            RenderingError: the page could not be written.
        """
        ...

    def is_marked(self) -> bool:
        """Return whether the pages are marked as complete."""
        ...

    def mark(self, *, is_complete: bool) -> None:
        """Mark the pages as complete, or remove the mark.

        Raises:
            RenderingError: the mark could not be written or removed.
        """
        ...


class PageParts(Protocol):
    """Writes pages in two parts, so that several processes can write many pages.

    The first part may be done for different incidents at the same time, the second only
    by one process. The lists are written once, at the end.
    """

    def version(self) -> str:
        """Return a digest of all that pages depend on beside their incidents."""
        ...

    def digest_of_files(self, incident: str) -> str:
        """Return a digest of the names, sizes and times of an incident's own files."""
        ...

    def data_of_lists(self) -> Iterable[str]:
        """Return the paths of the files that lists are made from, within the site."""
        ...

    def begin(self) -> None:
        """Write what every site has, and take the mark of a complete site away.

        Until `Renderer.mark_site` is called, lists may be out of date.

        Raises:
            RenderingError: a file could not be written.
        """
        ...

    def write_files(self, report: IncidentReport) -> object:
        """Write the files of one incident alone.

        Returns:
            What `write_lists` needs; it can be pickled.

        Raises:
            RenderingError: the page could not be written.
        """
        ...

    def write_lists(self, incident: str, written: object) -> None:
        """Write the data of the lists that have an incident.

        Args:
            incident: the id of the incident.
            written: what `write_files` returned.

        Raises:
            RenderingError: a file could not be written, or before a page in another
                language.
        """
        ...

    def finish(self) -> None:
        """Write all lists from their data.

        Raises:
            RenderingError: a list could not be written.
        """
        ...


class PlacePages(Protocol):
    """Writes the pages of the watched places, with their present levels."""

    def write(self, places: Iterable[PlaceReadings], *, with_list: bool) -> None:
        """Write the page of each place.

        Args:
            places: the places with their levels.
            with_list: whether to write the page that lists all places, too.

        Raises:
            RenderingError: a page could not be written.
        """
        ...

"""The port to the state of the report pages."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.model.draft import Release


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

"""The port to the state of the report pages."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.model.draft import Release


class Pages(Protocol):
    """The queue of report pages to write, and the release states of events."""

    def version(self) -> str | None:
        """Return the site version that `refresh` stored last; None if there is none."""
        ...

    def refresh(self, version: str) -> None:
        """Store the site's `version`, and queue every report page to be written again.

        The pages are written gradually: some in each tick.
        """
        ...

    def stale(self) -> Mapping[str, int]:
        """Return the incidents whose pages must be written before anything is posted.

        Each incident comes with the number of its last change, which is the argument
        `last` of `written`. Incidents that only `refresh` queued are left out.
        """
        ...

    def waiting(self, most: int) -> Mapping[str, int]:
        """Return up to `most` incidents whose pages may be written later.

        `refresh` queued these incidents; the last queued comes first. Each incident
        comes with the number of its entry in the queue, which is the argument `last` of
        `written`.
        """
        ...

    def written(self, incident: str, last: int) -> None:
        """Remove an incident's entries up to number `last` from the queue.

        Entries with higher numbers stay queued.
        """
        ...

    def releases(self, incidents: Sequence[str]) -> Mapping[str, tuple[Release, ...]]:
        """Return, by incident, the release states of its events, oldest event first."""
        ...

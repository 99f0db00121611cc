"""The port to the state of the report pages."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.model.draft import Release


class Pages(Protocol):
    """The queue of report pages to write, and the release states of events."""

    def version(self) -> str | None:
        """Return the site version that the last `refresh` stored; None before the first."""
        ...

    def refresh(self, version: str) -> None:
        """Queue every report page for a gradual rewrite, and store the site's `version`."""
        ...

    def stale(self) -> Mapping[str, int]:
        """Return the incidents with outdated pages, each with its last change's number.

        These pages are written before anything is posted; those that `waiting` returns
        may be written later.
        """
        ...

    def waiting(self, most: int) -> Mapping[str, int]:
        """Return up to `most` incidents whose pages `refresh` queued, last queued first.

        Each incident comes with the number of its entry in the queue. This number is
        the argument `last` of `written`.
        """
        ...

    def written(self, incident: str, last: int) -> None:
        """Remove an incident's queued changes numbered up to `last`; later ones stay queued."""
        ...

    def releases(self, incidents: Sequence[str]) -> Mapping[str, tuple[Release, ...]]:
        """Return for each of these incidents the release state of its events, oldest first."""
        ...

"""The port to the state of the report pages."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.model.draft import Release


class Pages(Protocol):
    """The queue of report pages to write, and which events have been released."""

    def version(self) -> str | None:
        """Return the version that all pages were queued for last; None before the first."""
        ...

    def refresh(self, version: str) -> None:
        """Queue every page, to be rewritten gradually, and store `version`."""
        ...

    def stale(self) -> Mapping[str, int]:
        """Return the incidents whose pages are out of date, with the last change of each.

        These must be written before anything is posted; `waiting` pages may be later.
        """
        ...

    def waiting(self, most: int) -> Mapping[str, int]:
        """Return at most `most` pages of those that `refresh` queued, the newest first."""
        ...

    def written(self, incident: str, last: int) -> None:
        """Remove a page's changes up to `last` from the queue; later ones stay in it."""
        ...

    def releases(self, incidents: Sequence[str]) -> Mapping[str, tuple[Release, ...]]:
        """Return how far each event of these incidents is released, in order of events."""
        ...

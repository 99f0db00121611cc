"""The queue of report pages that are out of date."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.model.draft import Release


class Pages(Protocol):
    """Which report pages are out of date, and how far each event was released."""

    def version(self) -> str | None:
        """Return the version that all pages are written with; None before the first."""
        ...

    def refresh(self, version: str) -> None:
        """Queue every page to be rewritten, at low priority, with `version`."""
        ...

    def stale(self) -> Mapping[str, int]:
        """Return the incidents whose pages are out of date, with their last change."""
        ...

    def waiting(self, most: int) -> Mapping[str, int]:
        """Return at most `most` incidents to be refreshed, newest first."""
        ...

    def written(self, incident: str, last: int) -> None:
        """Record that a page shows all changes up to `last`; later ones stay queued."""
        ...

    def releases(self, incidents: Sequence[str]) -> Mapping[str, tuple[Release, ...]]:
        """Return how far each event of these incidents was released, in their order."""
        ...

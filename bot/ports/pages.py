"""What the loop needs to know of the report pages."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.model.draft import Release


class Pages(Protocol):
    """Which report pages are out of date, and how far each step has been let out."""

    def version(self) -> str | None:
        """What all pages were made with; None before the first."""
        ...

    def refresh(self, version: str) -> None:
        """Every page is to be written anew, at leisure, as `version` has it."""
        ...

    def stale(self) -> Mapping[str, int]:
        """Incidents whose pages are out of date, with the last change of each."""
        ...

    def waiting(self, most: int) -> Mapping[str, int]:
        """Some of the pages that are to be refreshed at leisure, the newest first."""
        ...

    def written(self, incident: str, last: int) -> None:
        """The page shows every change up to `last`; later ones stay in the queue."""
        ...

    def releases(self, incidents: Sequence[str]) -> Mapping[str, tuple[Release, ...]]:
        """How far each step of these incidents has been let out, in their order."""
        ...

"""Pages for the operator alone: with events that are not released (P12)."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.errors import RenderingError, reason_of
from bot.model.incident_report import IncidentReport, Listing
from bot.rendering.renderer import TemplateRenderer
from bot.site.page_files import page_folder

_OWNER_ONLY = 0o700
_SIGN = ".outagewire"
"""This file shows that the program made the folder."""


@dataclass(frozen=True, slots=True)
class UnpublishedPagesFolder:
    """Implements `ports.UnpublishedPages` with a folder that only its owner can read.

    Attributes:
        renderer: writes the pages; its site is this folder, and its `unpublished` is true.
    """

    renderer: TemplateRenderer

    def write(self, report: IncidentReport) -> None:
        """Write the page of an incident with all events of `report`.

        Raises:
            RenderingError: the page could not be written.
        """
        self._make_folder()
        self.renderer.publish_page(report)

    def remove(self, incident: str) -> bool:
        """Remove the page of an incident; return whether there was one.

        Raises:
            RenderingError: the page could not be removed.
        """
        folder = page_folder(self.renderer.site, incident)
        with _named(folder):
            exists = self._is_own() and folder.is_dir()
            if exists:
                shutil.rmtree(folder)
        return exists

    def list_incidents(self, listing: Listing) -> None:
        """Write the front page with those incidents of `listing` that have a page.

        Raises:
            RenderingError: the page could not be written.
        """
        self._make_folder()
        self.renderer.list_incidents(listing)
        with _named(self.renderer.site):
            self.renderer.open_site().write_front_page()

    def is_marked(self) -> bool:
        """Return whether the pages are marked as complete; False if nobody can tell."""
        try:
            return self._is_own() and self.renderer.site_exists()
        except OSError:
            return False

    def mark(self, *, is_complete: bool) -> None:
        """Mark the pages as complete, or remove the mark.

        Raises:
            RenderingError: the mark could not be written or removed.
        """
        if is_complete:
            self._make_folder()
            self.renderer.mark_site()
            return
        with _named(self.renderer.site):
            if self._is_own():
                self.renderer.open_site().remove_mark()

    def _make_folder(self) -> None:
        """Make the folder; refuse a folder with other files, which others may need."""
        folder = self.renderer.site
        with _named(folder):
            if self._is_own():
                return
            folder.mkdir(_OWNER_ONLY, parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise RenderingError(
                    f"{folder} has other files; set [site] unpublished to a new folder"
                )
            folder.chmod(_OWNER_ONLY)
            (folder / _SIGN).touch()

    def _is_own(self) -> bool:
        """Return whether this program made the folder."""
        return (self.renderer.site / _SIGN).is_file()


@contextmanager
def _named(folder: Path) -> Iterator[None]:
    """Turn an OSError in a `with` block into a RenderingError that names the folder."""
    try:
        yield
    except OSError as error:
        raise RenderingError(
            f"{folder} could not be changed: {reason_of(error)}"
        ) from error

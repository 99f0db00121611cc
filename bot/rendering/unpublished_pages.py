"""Pages for the operator alone: with events that are not released (P12)."""

from dataclasses import dataclass, replace

from bot.errors import RenderingError, reason_of
from bot.model.incident_report import IncidentReport, Listing
from bot.rendering.renderer import TemplateRenderer

_OWNER_ONLY = 0o700


@dataclass(frozen=True, slots=True)
class UnpublishedPagesFolder:
    """Implements `ports.UnpublishedPages` with a folder that only its owner can read.

    Attributes:
        renderer: writes the pages; its site is this folder, and its `unpublished` is true.
    """

    renderer: TemplateRenderer

    def write(self, report: IncidentReport) -> None:
        """Write the page of an incident with all its events.

        Raises:
            RenderingError: the page could not be written.
        """
        self._make_folder()
        self.renderer.publish_page(report)

    def remove(self, incident: str) -> None:
        """Remove the page of an incident, if there is one.

        Raises:
            RenderingError: the page could not be removed.
        """
        self.renderer.remove_page(incident)

    def list_incidents(self, listing: Listing) -> None:
        """Write the front page with those incidents of `listing` that have a page.

        Raises:
            RenderingError: the page could not be written.
        """
        self._make_folder()
        # The archive is public. Of old incidents, a page with all events exists, but no
        # list of them.
        self.renderer.list_incidents(replace(listing, archive=()))
        try:
            self.renderer.open_site().write_front_page()
        except OSError as error:
            raise RenderingError(
                f"the front page could not be written: {reason_of(error)}"
            ) from error

    def _make_folder(self) -> None:
        folder = self.renderer.site
        try:
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(_OWNER_ONLY)
        except OSError as error:
            raise RenderingError(
                f"{folder} could not be made: {reason_of(error)}"
            ) from error

"""Pages that are written in two parts, so that several processes can write them."""

from dataclasses import dataclass

from bot.model.incident_report import IncidentReport
from bot.rendering.failures import named_failure
from bot.rendering.renderer import TemplateRenderer


@dataclass(frozen=True, slots=True)
class SitePageParts:
    """Implements `ports.PageParts` for the site of a renderer."""

    renderer: TemplateRenderer

    def create_shared_files(self) -> None:
        """Write what every site has, also before its first page.

        Raises:
            RenderingError: a file could not be written.
        """
        with named_failure("what all pages share"):
            self.renderer.open_site().create_shared_files()

    def write_files(self, report: IncidentReport) -> object:
        """Write the files of one incident alone; see `ports.PageParts`."""
        with named_failure(f"the page of {report.incident.id}"):
            return self.renderer.open_site().write_files(report).without_evidence()

    def write_lists(self, incident: str, written: object) -> None:
        """Write the files that an incident shares with others; see `ports.PageParts`."""
        from bot.site.pages import WrittenFiles

        if not isinstance(written, WrittenFiles):
            raise TypeError(f"not what `write_files` returns: {type(written).__name__}")
        with named_failure(f"the page of {incident}"):
            self.renderer.open_site().write_lists(written)

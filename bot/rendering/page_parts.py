"""Pages that are written in two parts, so that several processes can write them."""

from dataclasses import dataclass

from bot.model.incident_report import IncidentReport
from bot.rendering.failures import named_failure
from bot.rendering.renderer import TemplateRenderer


@dataclass(frozen=True, slots=True)
class SitePageParts:
    """Implements `ports.PageParts` for the site of a renderer."""

    renderer: TemplateRenderer

    def begin(self) -> None:
        """Write what every site has, and take the mark of a complete site away."""
        with named_failure("what all pages share"):
            site = self.renderer.open_site()
            site.remove_mark()
            site.create_shared_files()

    def write_files(self, report: IncidentReport) -> object:
        """Write the files of one incident alone; see `ports.PageParts`."""
        with named_failure(f"the page of {report.incident.id}"):
            return self.renderer.open_site().write_files(report).without_evidence()

    def write_lists(self, incident: str, written: object) -> None:
        """Write the data of the lists; see `ports.PageParts`."""
        from bot.site.pages import WrittenFiles

        if not isinstance(written, WrittenFiles):
            raise TypeError(f"not what `write_files` returns: {type(written).__name__}")
        lists = self.renderer.lists
        lists.data_only = True
        try:
            with named_failure(f"the page of {incident}"):
                self.renderer.open_site().write_lists(written)
        finally:
            lists.data_only = False

    def finish(self) -> None:
        """Write the lists from their data; see `ports.PageParts`."""
        with named_failure("the lists"):
            self.renderer.open_site().write_lists_again()

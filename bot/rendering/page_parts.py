"""Pages that are written in two parts, so that several processes can write them."""

from dataclasses import dataclass, replace
from hashlib import sha256

from bot.charts.versions import versions_in_use, versions_text
from bot.detection.fusion.rules import RULES_VERSION
from bot.model.incident_report import IncidentReport
from bot.rendering.failures import named_failure
from bot.rendering.renderer import TemplateRenderer
from bot.site.check.page_states import data_of_lists, digest_of_files


@dataclass(frozen=True, slots=True)
class SitePageParts:
    """Implements `ports.PageParts` for the site of a renderer."""

    renderer: TemplateRenderer

    def version(self) -> str:
        """Return a digest of all that pages depend on beside their incidents."""
        writer = self.renderer
        program, key = writer.program, writer.evidence.key
        settings = (
            writer.site_version(),
            # The table of rules has functions; its version says which one it is.
            program and replace(program, table=()),
            RULES_VERSION,
            sorted(writer.channel_kinds.items()),
            writer.evidence,
            key and sha256(key.encode()).hexdigest(),
            writer.has_subscriptions,
            versions_text(versions_in_use(writer.templates)),
        )
        return sha256(repr(settings).encode()).hexdigest()

    def digest_of_files(self, incident: str) -> str:
        """Return a digest of the names, sizes and times of an incident's own files."""
        return digest_of_files(self.renderer.site, incident)

    def data_of_lists(self) -> list[str]:
        """Return the paths of the files that lists are made from, within the site."""
        return data_of_lists(self.renderer.site)

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

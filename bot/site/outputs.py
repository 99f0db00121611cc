"""What the site keeps beside its pages: feeds, alerts, maps, data files and bundles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bot.charts.illustrator import Illustrator
from bot.model.incident_report import IncidentReport
from bot.site.alerts.settings import AlertSettings
from bot.site.evidence.settings import EvidenceSettings
from bot.site.info.program import ProgramSettings
from bot.site.page_files import IncidentData, page_folder


@dataclass(frozen=True, slots=True)
class OutputSettings:
    """What every output of the site needs.

    Attributes:
        root: the site's folder.
        illustrator: has the templates, the site's address, and the names of places.
        hubs: the WebSub hubs that the feeds announce.
        contact: where readers send corrections.
        scorecard: the address or the folder of the score page; "" for none.
        program: the rules and settings in force; None if only pages are written.
        alerts: the settings of alerts, and the windows of the calendar.
        evidence: what evidence bundles need.
        written_from: see `FrontPageLists`.
        has_subscriptions: whether the server has the form at `subscribe`.
        languages: the other languages in which pages are written.
        data_only: whether `SiteOutput.write_lists` writes only the data that lists are made
            from, because many pages are written and `SiteOutput.write_again` follows.
    """

    root: Path
    illustrator: Illustrator
    hubs: tuple[str, ...] = ()
    contact: str = ""
    scorecard: str = ""
    program: ProgramSettings | None = None
    alerts: AlertSettings = field(default_factory=AlertSettings)
    evidence: EvidenceSettings = field(default_factory=EvidenceSettings)
    written_from: dict[str, object] = field(default_factory=dict, compare=False)
    has_subscriptions: bool = False
    languages: tuple[str, ...] = ()
    data_only: bool = False

    @property
    def site_url(self) -> str:
        """The public URL of the site; it ends with a slash."""
        return f"{self.illustrator.base_url.rstrip('/')}/"

    def page_url(self, incident: str) -> str:
        """Return the public URL of an incident's page; it ends with a slash."""
        # The id of a region's incident contains the region's name, which a URL must
        # quote.
        return f"{self.site_url}i/{quote(incident)}/"

    def page_folder(self, incident: str) -> Path:
        """Return the folder of an incident's page."""
        return page_folder(self.root, incident)


@dataclass(frozen=True, slots=True)
class PageUpdate:
    """A page that was just written.

    Attributes:
        report: what the page shows; it has only events that may be shown (P12).
        document: the content that `incident.json` will have.
        before: the content that it had until now; None if there was none, or if it cannot
            be read.
        page: the values of the page's template.
        pages: the same in each other language in which the page could be written.
        translations: what lists say of the incident in other languages, by language (see
            `translated_words`); without a language in which the page could not be written.
    """

    report: IncidentReport
    document: Mapping[str, Any]
    before: IncidentData | None
    page: Mapping[str, Any]
    translations: Mapping[str, IncidentData] = field(default_factory=dict)
    pages: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def incident(self) -> str:
        """The id of the incident."""
        return self.report.incident.id


class SiteOutput:
    """Files of the public site that follow from the pages of incidents.

    The methods here do nothing; an output overrides those that it needs. No cost may depend
    on how many incidents there ever were. Nothing but what a `PageUpdate` has may be
    written, because only this is released (P12). Each method may raise OSError.
    """

    def create(self) -> None:
        """Write the files that every site has, also before the first incident."""

    def write_files(self, update: PageUpdate) -> None:
        """Write the files that belong to one incident alone, after its page is written.

        For different incidents, several processes may do this at the same time.
        """

    def write_lists(self, update: PageUpdate) -> None:
        """Write the files that incidents share; called after all `write_files` of a page.

        Only one process at a time may do this.
        """

    def write_again(self) -> None:
        """Write the files that incidents share again, from the data of these files."""

    def remove(self, incident: str, before: IncidentData | None) -> None:
        """Remove all that stands of an incident (P12).

        Args:
            incident: the id of the incident.
            before: the content of its `incident.json`; None if it cannot be read.
        """

    def refresh(self, at: datetime) -> None:
        """Write what changes with the time alone, as of `at` (aware, UTC); once a tick."""

"""The front page, made from the `incident.json` of each incident."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.model.incident import State
from bot.model.incident_report import Listing
from bot.model.source_status import SourceStatus
from bot.site.charts.timeline import TIMELINE_FILES, write_timeline
from bot.site.incident_json import TIME_FORMAT, to_json
from bot.site.languages.links import SITE_LANG, edition_path
from bot.site.languages.messages import page_values_of
from bot.site.languages.page_editions import PageEditions, SiteEdition
from bot.site.lists import FrontPageLists, ListedIncidents
from bot.site.outputs import OutputSettings
from bot.site.page_files import IncidentData, read_documents
from bot.site.page_templates import SiteTemplates, sections_of, site_templates
from bot.site.places.world_map import world_map
from bot.site.source_views import format_utc, status_rows
from bot.site.static_files import write_atomically

__all__ = ["SOURCES", "FrontPage", "SiteTemplates", "sections_of", "site_templates"]

SOURCES = "sources.json"
"""The source statuses; in French they are in `sources.fr.json`."""
_DATA = {
    "alerts": Path("cap/index.atom"),
    "map": Path("geojson/now.geojson"),
    "api": Path("api/v1/openapi.json"),
}
"""The data that the front page links to, by their names in the template."""
_CALENDAR = Path("calendar.ics")
_OVER = (State.RESTORED, State.RETRACTED)


def data_of(root: Path) -> frozenset[str]:
    """Return the names of the data that the site has; the front page links to these.

    A calendar without a time in which a drop is expected is of no use to anyone.
    """
    names = {name for name, path in _DATA.items() if (root / path).is_file()}
    calendar = root / _CALENDAR
    if calendar.is_file() and b"BEGIN:VEVENT" in calendar.read_bytes():
        names.add("calendar")
    return frozenset(names)


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The writer of the front page (`index.html`), in each language of the site."""

    settings: OutputSettings
    unpublished: bool = False
    lists: FrontPageLists = field(default_factory=FrontPageLists)

    def update_lists(self, listing: Listing) -> None:
        """Read the listed incidents, and draw the timeline.

        Raises:
            OSError: the timeline cannot be written.
            RenderingError: a text of the timeline cannot be made.
        """
        # The lists are rendered here and not with each front page, so that a tick costs
        # the same however many incidents are listed.
        for name in TIMELINE_FILES:
            self._pages.remove_former(name)
        for edition in self._pages.editions():
            rows = read_documents(self.settings.root, listing.front, edition.lang)
            rows.sort(key=lambda row: (row["onset"]["from"], row["id"]), reverse=True)
            self.lists.incidents[edition.lang] = self._listed(edition, rows)

    def write(self) -> None:
        """Write the front page from the lists of `update_lists` and the source statuses.

        Raises:
            OSError: the page cannot be written.
            RenderingError: a text of the page cannot be made.
        """
        data = data_of(self.settings.root)
        try:
            self._pages.write("index.html", "index", lambda e: self._values(e, data))
        finally:
            self._write_not_found()

    def write_sources(self, statuses: Sequence[SourceStatus], at: datetime) -> None:
        """Write the source statuses as of `at` (aware, UTC), in each language.

        Raises:
            OSError: a file cannot be written.
        """
        self._pages.remove_former(SOURCES)
        for edition in self._pages.editions():
            translations = edition.translations
            content = {
                "as_of": at.strftime(TIME_FORMAT),
                "as_of_words": format_utc(at, translations),
                "signals": status_rows(statuses, translations),
            }
            path = self.settings.root / edition_path(SOURCES, edition.lang)
            write_atomically(path, to_json(content))

    @property
    def _pages(self) -> PageEditions:
        return PageEditions(self.settings, self.unpublished)

    def _listed(
        self, edition: SiteEdition, rows: Sequence[IncidentData]
    ) -> ListedIncidents:
        """Return the lists in one language; draw the timeline if it has changed."""
        current = [row for row in rows if row["state"] not in _OVER]
        past = [row for row in rows if row["state"] in _OVER]
        templates, illustrator = edition.templates, edition.illustrator
        world = world_map(current, illustrator.register)
        # The operator's own pages have no timeline: it takes as long to draw as a page
        # takes to write, and the public front page has it.
        drawn = [] if self.unpublished else rows
        return ListedIncidents(
            current=templates.listing(current),
            past=templates.listing(past),
            timeline=write_timeline(illustrator, drawn, self.settings.root),
            world_map=templates.render_part("_world_map", "", map=world),
        )

    def _values(
        self, edition: SiteEdition, data: frozenset[str]
    ) -> Mapping[str, object]:
        lists = self.lists.incidents.get(edition.lang, ListedIncidents())
        return {
            "current": lists.current,
            "past": lists.past,
            "timeline": lists.timeline,
            "world_map": lists.world_map,
            "archived": self.lists.has_archive,
            "sources": read_sources(self.settings.root, edition.lang),
            "data": data,
        }

    def _write_not_found(self) -> None:
        # A server shows `404.html` at any address, so its links begin with the address of
        # the site, and it says the same in each language.
        up, memory = self.settings.site_url, self.settings.written_from
        own, *others = self._pages.editions()
        root = self.settings.root
        languages = [page_values_of(o.translations, root, up) for o in others]
        own.templates.write_constant_page(
            "404.html", "not_found", up, memory, languages=languages
        )


def read_sources(root: Path, lang: str = SITE_LANG) -> Mapping[str, Any] | None:
    """Return the source statuses that were written last; None if there are none.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is damaged.
    """
    path = root / edition_path(SOURCES, lang)
    if not path.is_file():
        return None
    sources: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return sources

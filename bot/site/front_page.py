"""The front page, made from the `incident.json` of each incident."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.charts.illustrator import Illustrator
from bot.model.incident import State
from bot.model.incident_report import Listing
from bot.site.charts.timeline import write_timeline
from bot.site.lists import FrontPageLists
from bot.site.page_files import read_documents
from bot.site.page_templates import SiteTemplates, sections_of, site_templates
from bot.site.places.world_map import world_map
from bot.site.static_files import write_atomically

__all__ = ["SOURCES", "FrontPage", "SiteTemplates", "sections_of", "site_templates"]

SOURCES = "sources.json"
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
    """The writer of the front page (`index.html`)."""

    templates: SiteTemplates
    illustrator: Illustrator
    lists: FrontPageLists = field(default_factory=FrontPageLists)

    def update_lists(self, listing: Listing) -> None:
        """Read the listed incidents, and draw the timeline.

        Raises:
            OSError: the timeline cannot be written.
            RenderingError: a text of the timeline cannot be made.
        """
        root = self.templates.root
        rows = read_documents(root, listing.front)
        rows.sort(key=lambda row: (row["onset"]["from"], row["id"]), reverse=True)
        current = [row for row in rows if row["state"] not in _OVER]
        past = [row for row in rows if row["state"] in _OVER]
        # The lists are rendered here and not with each front page, so that a tick costs
        # the same however many incidents are listed.
        self.lists.current = self.templates.listing(current)
        self.lists.past = self.templates.listing(past)
        draw_map = self.templates.macro("_world_map", "drawing_of")
        world = world_map(current, self.illustrator.register)
        self.lists.world_map = draw_map(world)
        # The operator's own pages have no timeline: it takes as long to draw as a page
        # takes to write, and the public front page has it.
        drawn = [] if self.templates.unpublished else rows
        self.lists.timeline = write_timeline(self.illustrator, drawn, root)

    def write(self) -> None:
        """Write the front page from the lists of `update_lists` and the source statuses.

        Raises:
            OSError: the page cannot be written.
        """
        html = self.templates.render_page(
            "index",
            current=self.lists.current,
            past=self.lists.past,
            archived=self.lists.has_archive,
            timeline=self.lists.timeline,
            world_map=self.lists.world_map,
            sources=self._sources(),
            data=data_of(self.templates.root),
            up="",
        )
        write_atomically(self.templates.root / "index.html", html)
        # A server shows `404.html` at any address, so its links begin with the address of
        # the site.
        up = f"{self.illustrator.base_url.rstrip('/')}/"
        not_found = self.templates.render_page("not_found", up=up)
        write_atomically(self.templates.root / "404.html", not_found)

    def _sources(self) -> Mapping[str, Any] | None:
        """Return the source statuses that were written last; None if there are none."""
        path = self.templates.root / SOURCES
        if not path.is_file():
            return None
        sources: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return sources

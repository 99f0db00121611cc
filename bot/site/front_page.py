"""The front page, made from the `incident.json` of each incident."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment

from bot.charts.illustrator import Illustrator
from bot.model.incident import State
from bot.model.incident_report import Listing
from bot.site.charts.timeline import write_timeline
from bot.site.feeds.feed_files import has_feeds
from bot.site.languages.direction import isolate_latin
from bot.site.languages.messages import page_values_of
from bot.site.lists import FrontPageLists
from bot.site.outputs import OutputSettings
from bot.site.page_files import IncidentData, read_documents
from bot.site.places.world_map import world_map
from bot.site.static_files import scorecard_link, write_atomically
from bot.text.translations import load_translations

SOURCES = "sources.json"
_SECTIONS = (
    "places",
    "archive",
    "digest",
    "corrections",
    "status",
    "methodology",
    "about",
)
"""The folders to which the navigation of every page may link."""
_DATA = {
    "alerts": Path("cap/index.atom"),
    "map": Path("geojson/now.geojson"),
    "api": Path("api/v1/openapi.json"),
}
"""The data that the front page links to, by their names in the template."""
_CALENDAR = Path("calendar.ics")
_SHARED_FILES = ("style.css", "outagewire.js", "favicon.svg")
_OVER = (State.RESTORED, State.RETRACTED)


def sections_of(root: Path) -> frozenset[str]:
    """Return the sections of the site that exist; pages link only to these."""
    return frozenset(s for s in _SECTIONS if (root / s / "index.html").is_file())


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
class SiteTemplates:
    """The templates of all pages in one language, and values that all pages share.

    Attributes:
        unpublished: whether the pages may show what is not released; each then says so.
        reconstruction: whether the readings are made from published facts; each page
            then says so (P16).
        has_subscriptions: whether the server has the form at `subscribe`.
    """

    root: Path
    templates: Environment
    lang: str
    contact: str
    scorecard: str
    unpublished: bool = False
    reconstruction: bool = False
    has_subscriptions: bool = False

    def render_page(self, name: str, up: str, **values: object) -> str:
        """Render a page; `up` is the relative path from the page to the site's folder."""
        # A template is for one language, or for all.
        names = [f"site/{self.lang}/{name}.html", f"site/{name}.html"]
        template = self.templates.select_template(names)
        link = scorecard_link(self.scorecard, self.root, up)
        # What a page is about never changes its language: a reader may have written it.
        language = page_values_of(load_translations(self.templates, self.lang))
        shared = {
            "contact": self.contact,
            "unpublished": self.unpublished,
            "reconstruction": self.reconstruction,
            "has_feeds": has_feeds(self.root),
            "sections": sections_of(self.root),
            "section": "",
            "has_subscriptions": self.has_subscriptions,
        }
        html = template.render(
            {**shared, "scorecard": link, "up": up, **values, **language}
        )
        return isolate_latin(html) if language["rtl"] else html

    def listing(self, rows: Sequence[IncidentData]) -> str:
        """Render links to incidents, for a page in the site's folder; "" for none."""
        if not rows:
            return ""
        return self.macro("_listing", "listing")(rows)

    def macro(self, file: str, name: str) -> Callable[..., str]:
        """Return a macro of a template; `file` is without its suffix."""
        template = self.templates.get_template(f"site/{self.lang}/{file}.html")
        # A macro returns markup, which a page includes without escaping it again.
        macro: Callable[..., str] = vars(template.module)[name]
        return macro

    def write_shared_files(self) -> None:
        """Write the style sheet, the script and the icon of all pages.

        Raises:
            OSError: a file cannot be written.
        """
        for name in _SHARED_FILES:
            text = self.templates.get_template(f"site/{name}").render()
            write_atomically(self.root / name, text)


def site_templates(
    settings: OutputSettings, *, unpublished: bool = False
) -> SiteTemplates:
    """Return the templates of all pages, in the language of the site."""
    illustrator, program = settings.illustrator, settings.program
    return SiteTemplates(
        settings.root,
        illustrator.templates,
        illustrator.translations.lang,
        settings.contact,
        settings.scorecard,
        unpublished,
        program is not None and program.reconstruction,
        # The pages for the operator alone have no readers.
        settings.has_subscriptions and not unpublished,
    )


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

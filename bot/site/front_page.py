"""The front page and the archive, made from the `incident.json` of each incident."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment

from bot.charts.illustrator import Illustrator
from bot.model.incident import State
from bot.model.incident_report import Listing, Month
from bot.site.charts import write_timeline
from bot.site.feeds.feed_files import has_feeds
from bot.site.lists import FrontPageLists
from bot.site.page_files import IncidentData, read_document
from bot.site.places.world_map import world_map
from bot.site.static_files import scorecard_link, write_atomically

SOURCES = "sources.json"
ARCHIVE_FOLDER = "archive"
_ARCHIVE_PAGE_SIZE = 200
"""A page of the archive lists at most this many incidents."""
_SECTIONS = (
    "places",
    ARCHIVE_FOLDER,
    "digest",
    "corrections",
    "status",
    "methodology",
    "about",
)
"""The folders to which the navigation of every page may link."""
_SHARED_FILES = ("style.css", "favicon.svg")
_OVER = (State.RESTORED, State.RETRACTED)


def sections_of(root: Path) -> frozenset[str]:
    """Return the sections of the site that exist; pages link only to these."""
    return frozenset(s for s in _SECTIONS if (root / s / "index.html").is_file())


@dataclass(frozen=True, slots=True)
class SiteTemplates:
    """The templates of all pages in one language, and values that all pages share.

    Attributes:
        unpublished: whether the pages may show what is not released; each then says so.
    """

    root: Path
    templates: Environment
    lang: str
    contact: str
    scorecard: str
    unpublished: bool = False

    def render_page(self, name: str, up: str, **values: object) -> str:
        """Render a page; `up` is the relative path from the page to the site's folder."""
        template = self.templates.get_template(f"site/{self.lang}/{name}.html")
        link = scorecard_link(self.scorecard, self.root, up)
        shared = {
            "contact": self.contact,
            "unpublished": self.unpublished,
            "has_feeds": has_feeds(self.root),
            "sections": sections_of(self.root),
            "section": "",
        }
        return template.render({**shared, "scorecard": link, "up": up, **values})

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
        """Write the style sheet and the icon of all pages.

        Raises:
            OSError: a file cannot be written.
        """
        for name in _SHARED_FILES:
            text = self.templates.get_template(f"site/{name}").render()
            write_atomically(self.root / name, text)


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The writer of the front page (`index.html`) and of the archive (`archive/`)."""

    templates: SiteTemplates
    illustrator: Illustrator
    lists: FrontPageLists = field(default_factory=FrontPageLists)

    def update_lists(self, listing: Listing) -> None:
        """Read the listed incidents, draw the timeline, write changed pages of the archive.

        Raises:
            OSError: a page or the timeline cannot be written.
            RenderingError: a text of the timeline cannot be made.
        """
        root = self.templates.root
        rows = _rows(root, listing.front)
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
        self.lists.timeline = write_timeline(self.illustrator, rows, root)
        has_archive = (root / ARCHIVE_FOLDER / "index.html").is_file()
        if listing.archive and (has_archive or not listing.has_all):
            for month in listing.archive:
                self._write_month(month)
            # The list of months is made from the files that exist, so the months are
            # written first.
            self._write_contents()
            has_archive = True
        # `listing` has only the months that changed. It does not say whether there is
        # an archive.
        self.lists.has_archive = has_archive

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

    def _write_month(self, month: Month) -> None:
        """Write the pages of a month, from the first changed page to the last page."""
        folder = self.templates.root / ARCHIVE_FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        size = _ARCHIVE_PAGE_SIZE
        starts = range(0, len(month.incidents), size)
        pages = [month.incidents[start : start + size] for start in starts]
        names = [_page_name(month.name, number) for number in range(len(pages))]
        stale = False
        for name, ids in zip(names, pages, strict=True):
            # A new incident moves all incidents after it, so later pages change too.
            stale = stale or bool(month.changed.intersection(ids))
            if stale or not (folder / name).is_file():
                html = self.templates.render_page(
                    "archive",
                    up="../",
                    month=month.name,
                    rows=_rows(self.templates.root, ids),
                    pages=names if len(names) > 1 else [],
                    here=name,
                )
                write_atomically(folder / name, html)
        # Pages of the month that are left over would list incidents that were removed.
        for path in folder.glob(f"{month.name}*.html"):
            if path.name not in names:
                path.unlink()

    def _write_contents(self) -> None:
        """Write the archive's list of months; each month has a file."""
        folder = self.templates.root / ARCHIVE_FOLDER
        months = sorted((p.stem for p in folder.glob("????-??.html")), reverse=True)
        html = self.templates.render_page("archive_months", up="../", months=months)
        write_atomically(folder / "index.html", html)


def _page_name(month: str, number: int) -> str:
    # Only the first page of a month is named after the month alone. The list of months
    # finds this page by its name.
    return f"{month}-{number + 1}.html" if number else f"{month}.html"


def _rows(root: Path, incident_ids: Sequence[str]) -> list[IncidentData]:
    """Return the readable `incident.json` files of these incidents.

    If an incident's page is missing or damaged, the list leaves the incident out.
    """
    rows = (read_document(root, incident) for incident in incident_ids)
    return [row for row in rows if row]

"""The front page and the archive: what every incident's folder says of itself, listed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment

from bot.charts.illustrator import Illustrator
from bot.model.incident import State
from bot.model.incident_report import Listing, Month
from bot.site.charts import ChartView, Row, all_incidents
from bot.site.static_files import link_of, write

SOURCES = "sources.json"
ARCHIVE = "archive"
_A_PAGE = 200
"""So many incidents a page of the archive lists."""
_PAST = 100
"""So many incidents that are over the front page lists."""
_OVER = (State.RESTORED, State.RETRACTED)


@dataclass(slots=True)
class Lists:
    """What the front page lists, kept between ticks: most ticks change nothing of it."""

    current: Sequence[Row] = ()
    past: Sequence[Row] = ()
    timeline: ChartView | None = None
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Shell:
    """What all pages of a site share: its folder, its words and the frame around them."""

    root: Path
    templates: Environment
    lang: str
    contact: str
    scorecard: str

    def html(self, name: str, up: str, **values: object) -> str:
        """A page from its template; `up` leads from it to the site's folder."""
        template = self.templates.get_template(f"site/{self.lang}/{name}.html")
        score = link_of(self.scorecard, self.root, up)
        return template.render(contact=self.contact, scorecard=score, up=up, **values)

    def style(self) -> str:
        """The style sheet of all pages."""
        return self.templates.get_template("site/style.css").render()


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Writes `index.html` and `archive/`."""

    shell: Shell
    illustrator: Illustrator
    lists: Lists = field(default_factory=Lists)

    def gather(self, listing: Listing) -> None:
        """Read what is listed, draw it, and write the archive's pages that changed.

        Raises:
            OSError: they cannot be written.
        """
        root = self.shell.root
        rows = [row for one in listing.front if (row := _row(root, one)) is not None]
        rows.sort(key=lambda row: (row["onset"]["from"], row["id"]), reverse=True)
        past = [row for row in rows if row["state"] in _OVER]
        self.lists.current = [row for row in rows if row["state"] not in _OVER]
        self.lists.past = past[:_PAST]
        self.lists.timeline = all_incidents(self.illustrator, rows, root)
        for month in listing.archive:
            self._write_month(month)
        if listing.archive:
            self._write_contents()
        self.lists.archived = (root / ARCHIVE / "index.html").is_file()

    def write(self) -> None:
        """Write the front page from what was gathered last.

        Raises:
            OSError: it cannot be written.
        """
        html = self.shell.html(
            "index",
            current=self.lists.current,
            past=self.lists.past,
            archived=self.lists.archived,
            timeline=self.lists.timeline,
            sources=self._sources(),
            up="",
        )
        write(self.shell.root / "index.html", html)

    def _sources(self) -> Mapping[str, Any] | None:
        """How the sources stood when that was written last; None: never yet."""
        path = self.shell.root / SOURCES
        if not path.is_file():
            return None
        sources: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return sources

    def _write_month(self, month: Month) -> None:
        """Write the pages of a month from the first that has changed."""
        folder = self.shell.root / ARCHIVE
        folder.mkdir(parents=True, exist_ok=True)
        starts = range(0, len(month.incidents), _A_PAGE)
        pages = [month.incidents[start : start + _A_PAGE] for start in starts]
        names = [_page_name(month.name, number) for number in range(len(pages))]
        stale = False
        for name, ids in zip(names, pages, strict=True):
            stale = stale or bool(month.changed.intersection(ids))
            if stale or not (folder / name).is_file():
                rows = [row for i in ids if (row := _row(self.shell.root, i))]
                html = self.shell.html(
                    "archive",
                    up="../",
                    month=month.name,
                    rows=rows,
                    pages=names if len(names) > 1 else [],
                    here=name,
                )
                write(folder / name, html)

    def _write_contents(self) -> None:
        folder = self.shell.root / ARCHIVE
        months = sorted((p.stem for p in folder.glob("????-??.html")), reverse=True)
        html = self.shell.html("archive_months", up="../", months=months)
        write(folder / "index.html", html)


def _page_name(month: str, number: int) -> str:
    return f"{month}-{number + 1}.html" if number else f"{month}.html"


def _row(root: Path, incident: str) -> Row | None:
    """What an incident's folder says of it; None where nothing of it was let out."""
    path = root / "i" / incident / "incident.json"
    try:
        row: Row = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # A page that is not there, or was cut short, costs its own line alone.
        return None
    return row

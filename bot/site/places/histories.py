"""The history of each place: its released incidents, in a bounded file of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.charts.illustrator import Illustrator
from bot.model.entity import Entity
from bot.model.incident import State
from bot.site.feeds.feed_files import feeds_in
from bot.site.feeds.items import ALL
from bot.site.incident_json import to_json
from bot.site.languages.links import SITE_LANG, edition_path
from bot.site.languages.page_editions import SiteEdition
from bot.site.outputs import PageUpdate, SiteOutput
from bot.site.page_files import IncidentData, in_language
from bot.site.places.files import (
    FOLDER,
    HISTORY,
    entity_of,
    folder_of,
)
from bot.site.places.history_counts import (
    history_counts,
    longest_range,
    median_range,
    span_of,
)
from bot.site.places.pages import PlaceSite
from bot.site.static_files import write_atomically
from bot.text.times import TimeFormatter

_MAX_INCIDENTS = 200
"""A history has at most this many incidents: those that began last."""
_KEPT = (
    "confirmed",
    "drill",
    "entity",
    "id",
    "onset",
    "reconstruction",
    "severity",
    "state",
    "state_name",
    "title",
)
"""The fields of `incident.json` that a history keeps."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PlaceHistories(SiteOutput):
    """Keeps the history of each country and network, and writes their pages again.

    Each history is in a file of its own, so the cost of a change does not depend on how
    many incidents there were.
    """

    site: PlaceSite

    def create(self) -> None:
        """Write the page that lists all places, if it is missing.

        Raises:
            OSError: the page cannot be written.
        """
        self.site.create_index()

    def write_lists(self, update: PageUpdate) -> None:
        """Put an incident into the histories of its places (P12).

        Raises:
            OSError: a file cannot be written.
            RenderingError: a text of a page cannot be made.
        """
        names = feeds_in(update.document) - {ALL}
        row = _row_of(update)
        rows = {
            lang: in_language(row, update.translations, lang)
            for lang in self.site.settings.languages
        }
        for name in sorted(feeds_in(update.before) - names - {ALL}):
            self._replace(name, update.incident, {})
        for name in sorted(names):
            self._replace(name, update.incident, {**rows, SITE_LANG: row})

    def write_again(self) -> None:
        """Write the pages of all places with a history again, without levels.

        Raises:
            OSError: a file cannot be read or written.
            RenderingError: a text of a page cannot be made.
        """
        for name in self._names():
            self.site.write_history(name)

    def remove(self, incident: str, before: IncidentData | None) -> None:
        """Remove an incident from all histories and pages of places (P12).

        The levels of its places may show the incident, so they disappear too. The next
        tick writes them again, up to what may be shown.

        Raises:
            OSError: a file cannot be written or removed.
        """
        names = feeds_in(before) - {ALL} if before else self._names_with(incident)
        for name in sorted(names):
            self._replace(name, incident, {})
        self.site.remove_from_index(incident)

    def _names_with(self, incident: str) -> set[str]:
        """Return the names of the histories that have an incident."""
        return {
            name for name in self._names() if incident in map(_id, self._rows(name))
        }

    def _names(self) -> list[str]:
        """Return the names of all histories, sorted."""
        folder = self.site.settings.root / FOLDER
        paths = folder.glob(f"*/*/{HISTORY}")
        return sorted(path.parent.relative_to(folder).as_posix() for path in paths)

    def _rows(self, name: str, lang: str = SITE_LANG) -> list[Row]:
        """Return the incidents in a history, newest first; none if it is damaged."""
        rows = self.site.history(name, lang)["incidents"]
        if not isinstance(rows, list):
            return []
        return [
            row
            for row in rows
            if isinstance(row, dict) and {*_KEPT, "down_s"} <= row.keys()
        ]

    def _replace(self, name: str, incident: str, rows: Mapping[str, Row]) -> None:
        """Replace an incident in a history; write the page of the place.

        Args:
            name: the name of the place's page.
            incident: the id of the incident.
            rows: its new row in each language; empty if it leaves the history.
        """
        pages = self.site.pages
        pages.remove_former(f"{FOLDER}/{name}/{HISTORY}")
        for edition in pages.editions():
            self._replace_in(edition, name, incident, rows.get(edition.lang))
        if not (self.site.settings.data_only and rows):
            self.site.write_history(name)

    def _replace_in(
        self, edition: SiteEdition, name: str, incident: str, row: Row | None
    ) -> None:
        """Replace an incident in the history in one language."""
        former = self._rows(name, edition.lang)
        others = [other for other in former if other["id"] != incident]
        rows = [*others, row] if row else others
        newest = sorted(rows, key=_began, reverse=True)[:_MAX_INCIDENTS]
        folder = folder_of(self.site.settings.root, name)
        path = folder / edition_path(HISTORY, edition.lang)
        if not newest:
            path.unlink(missing_ok=True)
            return
        folder.mkdir(parents=True, exist_ok=True)
        entity = entity_of(name)
        times = _formatter(edition.illustrator, entity)
        history = {
            "incidents": newest,
            "durations": _durations(newest, entity, times),
            "counts": _counts(newest, entity, times),
        }
        write_atomically(path, to_json(history))


def _durations(
    rows: Sequence[Row], place: Entity | None, times: TimeFormatter
) -> Mapping[str, Any] | None:
    """Return how long the place's own incidents lasted, in words; None for none.

    Drills and retracted incidents are left out: nothing was down.
    """
    spans = [
        span
        for row in rows
        if (span := span_of(row)) is not None
        and not row["drill"]
        and row["entity"] == str(place)
    ]
    if not spans:
        return None
    return {
        "count": len(spans),
        "median": times.duration(median_range(spans)),
        "longest": times.duration(longest_range(spans)),
    }


def _counts(
    rows: Sequence[Row], place: Entity | None, times: TimeFormatter
) -> Mapping[str, Any] | None:
    """Return the counts of the place's own incidents, for its page."""
    counts = history_counts(rows, place, times)
    # Of a longer history, only the newest incidents are kept.
    return counts and {**counts, "is_cut": len(rows) == _MAX_INCIDENTS}


def _row_of(update: PageUpdate) -> Row:
    """Return the entry of an incident; `down_s` is the range of its duration.

    `down_s` is None if the incident did not end, or was retracted.
    """
    facts = update.report.events[-1].facts
    span = facts.timing.duration if facts.state is State.RESTORED else None
    seconds = span and [int(s.total_seconds()) for s in (span.shortest, span.longest)]
    kept = {key: update.document[key] for key in _KEPT}
    classified = update.document["class"]
    return {**kept, "down_s": seconds, "class": classified and classified["id"]}


def _formatter(illustrator: Illustrator, place: Entity | None) -> TimeFormatter:
    register = illustrator.register
    zone = register.local_zone(place) if place else "UTC"
    return TimeFormatter(illustrator.translations, register, zone)


def _id(row: Row) -> str:
    return str(row["id"])


def _began(row: Row) -> tuple[str, str]:
    return row["onset"]["from"], row["id"]

"""Writes the pages of countries and networks, and the page that lists them all."""

import shutil
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from bot.model.entity import Entity, EntityKind
from bot.model.incident import State
from bot.model.incident_report import PlaceReadings
from bot.places import comparison_key
from bot.site.feeds.feed_files import has_feed
from bot.site.incident_json import TIME_FORMAT
from bot.site.languages.links import SITE_LANG, edition_path
from bot.site.languages.page_editions import PageEditions, SiteEdition
from bot.site.outputs import OutputSettings
from bot.site.places.files import (
    FOLDER,
    HISTORY,
    PAGE,
    PLACES,
    entity_of,
    folder_of,
    name_of,
    read_object,
)
from bot.site.places.level_view import LevelData, day_words, level_data, time_words
from bot.text.translations import Translations

_OVER = (State.RESTORED, State.RETRACTED)
_INDEX = f"{PLACES}/{PAGE}"
_HAN = "中"
Column = tuple[str, str]
"""The id and the name of a signal."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in the list of all places.

    Attributes:
        name: the name of the place's page, such as `country/KZ`.
        title: the name of the place for readers.
        group: the name of the country that a network lies in; "" for a country, or if
            it is not known.
        levels: the levels, as `level_data` returns them.
        current: the entries of its incidents that are not over.
        key: the key by which places are sorted: by title.
    """

    name: str
    title: str
    group: str
    levels: LevelData
    current: Sequence[dict[str, Any]]
    key: tuple[str, str]

    @property
    def is_network(self) -> bool:
        """Whether the place is a network."""
        return self.name.startswith("network/")

    @property
    def letter(self) -> str:
        """The capital letter under which the place is listed.

        Chinese characters are under "中", names without a letter under "0-9".
        """
        first = self.key[0][:1].upper()
        return _HAN if _is_han(first) else first or "0-9"


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """What the page that lists all places shows, in one language.

    Attributes:
        countries: groups of rows; each group is a letter and rendered rows.
        networks: likewise.
        as_of: when the newest rows were collected; None if there are none.
        columns: the signals of the table.
    """

    countries: Sequence[Any] = ()
    networks: Sequence[Any] = ()
    as_of: datetime | None = None
    columns: Sequence[Column] = ()


@dataclass(frozen=True, slots=True)
class PlaceSite:
    """The writer of `place/` and `places/`, in each language of the site."""

    settings: OutputSettings

    @property
    def pages(self) -> PageEditions:
        """Writes a page in each language."""
        return PageEditions(self.settings)

    def write(self, levels: PlaceReadings) -> dict[str, PlaceRow]:
        """Write the page of a place with its levels; return its row in each language.

        Raises:
            OSError: a file cannot be written.
            RenderingError: a text of the page cannot be made.
        """
        return self._write_page(name_of(levels.place), levels)

    def write_history(self, name: str) -> None:
        """Write the page of a place with its history, and without levels.

        The next tick writes the levels. Without a history, the folder is removed: its
        name alone would say that something happened there (P12).

        Raises:
            OSError: a file cannot be read, written or removed.
            RenderingError: a text of the page cannot be made.
        """
        folder = folder_of(self.settings.root, name)
        if (folder / HISTORY).is_file():
            self._write_page(name, None)
        elif folder.is_dir():
            shutil.rmtree(folder)

    def create_index(self) -> None:
        """Write the list of all places without rows, in languages in which it is missing.

        Raises:
            OSError: the page cannot be written.
            RenderingError: a text of the page cannot be made.
        """
        self.pages.create(_INDEX, PLACES, lambda _: _index_values(None, PlaceTable()))

    def remove_from_index(self, incident: str) -> None:
        """Remove the rows of the list if it names an incident; a tick writes them again.

        Raises:
            OSError: the page cannot be read or written.
            RenderingError: a text of the page cannot be made.
        """
        paths = (self.settings.root / PLACES).glob("index*.html")
        if any(quote(incident) in path.read_text(encoding="utf-8") for path in paths):
            self.write_index({})

    def write_index(self, tables: Mapping[str, PlaceTable]) -> None:
        """Write the list of all places, from its table in each language.

        Raises:
            OSError: the page cannot be written.
            RenderingError: a text of the page cannot be made.
        """
        (self.settings.root / PLACES).mkdir(parents=True, exist_ok=True)
        self.pages.write(
            _INDEX,
            PLACES,
            lambda e: _index_values(e.translations, tables.get(e.lang, PlaceTable())),
            sync=False,
        )

    def render_row(
        self, edition: SiteEdition, row: PlaceRow, columns: Sequence[Column]
    ) -> str:
        """Return the row of a place in the table with these columns, as HTML."""
        cells = {signal["id"]: signal for signal in row.levels["signals"]}
        return edition.templates.render_part(
            "_place_row",
            "../",
            row=row,
            names=[name for _, name in columns],
            signals=[cells.get(id_) for id_, _ in columns],
        )

    def _write_page(
        self, name: str, levels: PlaceReadings | None
    ) -> dict[str, PlaceRow]:
        rows: dict[str, PlaceRow] = {}

        def values_of(edition: SiteEdition) -> Mapping[str, object]:
            values = self._values(edition, name, levels)
            key = comparison_key(values["title"]), name
            data = values["levels"] or {"signals": []}
            rows[edition.lang] = PlaceRow(
                name, values["title"], values["group"], data, values["current"], key
            )
            return values

        folder_of(self.settings.root, name).mkdir(parents=True, exist_ok=True)
        # A start writes all these pages again. To wait for the disk would take most of
        # the time of a tick.
        self.pages.write(f"{FOLDER}/{name}/{PAGE}", "place", values_of, sync=False)
        return rows

    def _values(
        self, edition: SiteEdition, name: str, levels: PlaceReadings | None
    ) -> dict[str, Any]:
        """Return the values of the page of a place in one language."""
        history = self.history(name, edition.lang)
        rows = [_with_day(row, edition.translations) for row in history["incidents"]]
        names, entity = edition.illustrator.register, entity_of(name)
        parent = levels.parent if levels else None
        return {
            "path": name,
            "place": entity,
            "title": names.name(entity, edition.lang) if entity else name,
            "network": name.partition("/AS")[2],
            "group": names.name(parent, edition.lang) if parent else "",
            "group_page": _page_of(parent),
            "levels": level_data(levels, edition.translations) if levels else None,
            "current": [row for row in rows if row["state"] not in _OVER],
            "rows": rows,
            "durations": history.get("durations"),
            "counts": history.get("counts"),
            "history_file": history["file"],
            "has_feed": has_feed(self.settings.root, name),
        }

    def history(self, name: str, lang: str) -> dict[str, Any]:
        """Return the history of a place, with the name of its `file`.

        If it was not written in `lang` yet, the words are those of the site's language.
        """
        folder = folder_of(self.settings.root, name)
        file = edition_path(HISTORY, lang)
        history = read_object(folder / file)
        if history is None and lang != SITE_LANG:
            return self._untranslated(name)
        return {"incidents": [], **(history or {}), "file": file}

    def _untranslated(self, name: str) -> dict[str, Any]:
        history = self.history(name, SITE_LANG)
        rows = [{**row, "lang": SITE_LANG} for row in history["incidents"]]
        # Sentences of one language would stand within those of another.
        return {**history, "incidents": rows, "durations": None, "counts": None}


def _index_values(
    translations: Translations | None, table: PlaceTable
) -> dict[str, object]:
    at = table.as_of
    return {
        "section": PLACES,
        "countries": table.countries,
        "networks": table.networks,
        "columns": table.columns,
        "as_of": at.strftime(TIME_FORMAT) if at else "",
        "as_of_words": time_words(at, translations) if at and translations else "",
    }


def _with_day(row: dict[str, Any], translations: Translations) -> dict[str, Any]:
    began = datetime.fromisoformat(row["onset"]["from"])
    return {**row, "day": day_words(began, translations)}


def _page_of(parent: Entity | None) -> str:
    """Return the path of the page of the country that a network lies in; "" if none."""
    if parent is None or parent.kind is not EntityKind.COUNTRY:
        return ""
    return f"{FOLDER}/{name_of(parent)}/{PAGE}"


def _is_han(letter: str) -> bool:
    return letter != "" and unicodedata.name(letter, "").startswith("CJK UNIFIED")


def columns_of(rows: Iterable[PlaceRow]) -> tuple[Column, ...]:
    """Return the signals of all rows, ordered by id."""
    signals = (signal for row in rows for signal in row.levels["signals"])
    return tuple(sorted({(signal["id"], signal["name"]) for signal in signals}))

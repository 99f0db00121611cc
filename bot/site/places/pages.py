"""Writes the pages of countries and networks, and the page that lists them all."""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.model.entity import Entity, EntityKind, parse_entity
from bot.model.incident import State
from bot.model.incident_report import PlaceReadings
from bot.places import comparison_key
from bot.site.feeds.feed_files import has_feed
from bot.site.front_page import SiteTemplates, site_templates
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
from bot.site.places.level_view import LevelData, level_data
from bot.site.static_files import write_atomically

_OVER = (State.RESTORED, State.RETRACTED)
_UP = "../../../"
"""The relative path from the page of a place to the site's folder."""
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
        """The capital letter under which the place is listed; "0-9" for others."""
        first = self.key[0][:1].upper()
        return first if "A" <= first <= "Z" else "0-9"


@dataclass(frozen=True, slots=True)
class PlaceSite:
    """The writer of `place/` and `places/`."""

    settings: OutputSettings

    @property
    def templates(self) -> SiteTemplates:
        """The templates of the pages, in the language of the site."""
        return site_templates(self.settings)

    def write(self, levels: PlaceReadings) -> PlaceRow:
        """Write the page of a place with its levels; return its row.

        Raises:
            OSError: a file cannot be written.
        """
        data = level_data(levels, self.settings.illustrator.translations)
        return self._write_page(name_of(levels.place), data)

    def write_history(self, name: str) -> None:
        """Write the page of a place with its history, and without levels.

        The next tick writes the levels. Without a history, the folder is removed: its
        name alone would say that something happened there (P12).

        Raises:
            OSError: a file cannot be read, written or removed.
        """
        folder = folder_of(self.settings.root, name)
        if (folder / HISTORY).is_file():
            self._write_page(name, None)
        elif folder.is_dir():
            shutil.rmtree(folder)

    def create_index(self) -> None:
        """Write the list of all places without rows, if it is missing.

        Raises:
            OSError: the page cannot be written.
        """
        if not (self.settings.root / PLACES / PAGE).is_file():
            self.write_index((), (), "")

    def remove_from_index(self, incident: str) -> None:
        """Remove the rows of the list if it names an incident; a tick writes them again.

        Raises:
            OSError: the page cannot be read or written.
        """
        path = self.settings.root / PLACES / PAGE
        if path.is_file() and quote(incident) in path.read_text(encoding="utf-8"):
            self.write_index((), (), "")

    def write_index(
        self,
        countries: Iterable[Any],
        networks: Iterable[Any],
        as_of: str,
        columns: Sequence[Column] = (),
    ) -> None:
        """Write the list of all places.

        Args:
            countries: groups of rows; each group is a letter and rendered rows.
            networks: likewise.
            as_of: when the newest rows were collected, ISO 8601; "" if there are none.
            columns: the signals of the table.
        """
        folder = self.settings.root / PLACES
        folder.mkdir(parents=True, exist_ok=True)
        html = self.templates.render_page(
            "places",
            up="../",
            section=PLACES,
            countries=countries,
            networks=networks,
            as_of=as_of,
            head=self.templates.macro("_place_row", "place_head")(
                [name for _, name in columns]
            ),
        )
        write_atomically(folder / PAGE, html, sync=False)

    def render_row(self, row: PlaceRow, columns: Sequence[Column]) -> str:
        """Return the row of a place in the table with these columns, as HTML."""
        cells = {signal["id"]: signal for signal in row.levels["signals"]}
        return self.templates.macro("_place_row", "place_row")(
            row, [name for _, name in columns], [cells.get(id_) for id_, _ in columns]
        )

    def _write_page(self, name: str, data: LevelData | None) -> PlaceRow:
        root = self.settings.root
        folder = folder_of(root, name)
        history = read_object(folder / HISTORY) or {}
        rows = history.get("incidents", [])
        current = [row for row in rows if row["state"] not in _OVER]
        title, group = self._titles(name, data)
        html = self.templates.render_page(
            "place",
            up=_UP,
            path=name,
            place=entity_of(name),
            title=title,
            network=name.partition("/AS")[2],
            group=group,
            group_page=self._page_of_parent(data),
            levels=data,
            current=current,
            rows=rows,
            durations=history.get("durations"),
            counts=history.get("counts"),
            has_feed=has_feed(root, name),
        )
        folder.mkdir(parents=True, exist_ok=True)
        # A start writes all these pages again. To wait for the disk would take most of
        # the time of a tick.
        write_atomically(folder / PAGE, html, sync=False)
        key = comparison_key(title), name
        return PlaceRow(name, title, group, data or {"signals": []}, current, key)

    def _titles(self, name: str, data: LevelData | None) -> tuple[str, str]:
        """Return the names of a place and of the country that it lies in ("" if none)."""
        entity, parent = entity_of(name), _parent(data)
        names = self.settings.illustrator
        lang = names.translations.lang
        title = names.register.name(entity, lang) if entity else name
        group = names.register.name(parent, lang) if parent else ""
        return title, group

    def _page_of_parent(self, data: LevelData | None) -> str:
        parent = _parent(data)
        if parent is None or parent.kind is not EntityKind.COUNTRY:
            return ""
        return f"{FOLDER}/{name_of(parent)}/{PAGE}"


def columns_of(rows: Iterable[PlaceRow]) -> tuple[Column, ...]:
    """Return the signals of all rows, ordered by id."""
    signals = (signal for row in rows for signal in row.levels["signals"])
    return tuple(sorted({(signal["id"], signal["name"]) for signal in signals}))


def _parent(data: LevelData | None) -> Entity | None:
    parent = data.get("parent") if data else None
    return parse_entity(parent) if parent else None

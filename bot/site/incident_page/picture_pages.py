"""The pages on which readers check a picture: the frozen original, its hash and its data."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.site.event_views import EventView
from bot.site.incident_json import to_json
from bot.site.languages.file_editions import write_editions
from bot.site.languages.links import SITE_LANG
from bot.site.languages.page_editions import PageEditions
from bot.site.outputs import OutputSettings, PageUpdate, SiteOutput
from bot.site.page_files import IncidentData
from bot.site.static_files import write_atomically

_FOLDER = "picture"
_LIST_FILE = "pictures.json"
_ID = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class PicturePages(SiteOutput):
    """The pages of pictures: one for each picture, and one for each incident.

    `picture/ID/` has one picture; its id is the first twelve digits of its SHA-256.
    `picture/INCIDENT/` lists the pictures of the incident whose id is printed on a chart.
    Its file `pictures.json` names all pages that stand of the incident, so that they can
    be removed with it (P12).
    """

    settings: OutputSettings

    def create(self) -> None:
        """Write the page that says how to check a picture.

        Raises:
            OSError: the page cannot be written.
        """
        self._editions.write_constant(f"{_FOLDER}/index.html", "picture_check")

    def write_files(self, update: PageUpdate) -> None:
        """Write a page for each picture of an incident, and the list of its pictures.

        Raises:
            OSError: a page cannot be written.
        """
        ids = {view.picture.id for view in _with_picture(update.page) if view.picture}
        before = self._listed(update.incident)
        # After a crash, the list must name every page that may stand.
        self._write_list(update.incident, ids | before)
        pages = {SITE_LANG: update.page, **update.pages}
        for picture in sorted(ids):
            self._write_picture(pages, picture)
        for stale in sorted(before - ids):
            self._remove(self._folder / stale)
        self._write_list(update.incident, ids)
        lists = {lang: self._list_of(lang, page) for lang, page in pages.items()}
        self._write(update.incident, lists)

    def remove(self, incident: str, before: IncidentData | None) -> None:  # noqa: ARG002
        """Remove all pages of the pictures of an incident (P12).

        `before` is not needed: this output has its own list.

        Raises:
            OSError: a page cannot be removed.
        """
        # If the list is damaged, the pictures themselves still tell their ids.
        for picture in sorted(self._listed(incident) | self._drawn(incident)):
            self._remove(self._folder / picture)
        # The list is removed last: if it is there, the removal is not complete.
        self._remove(self._folder / incident)

    @property
    def _folder(self) -> Path:
        return self.settings.root / _FOLDER

    @property
    def _editions(self) -> PageEditions:
        return PageEditions(self.settings)

    def _write(self, name: str, pages: Mapping[str, str]) -> None:
        """Write the page `picture/NAME/` in each language."""
        contents = {lang: {"index.html": html} for lang, html in pages.items()}
        write_editions(self._folder / name, contents, ["index.html"])

    def _write_picture(
        self, pages: Mapping[str, Mapping[str, Any]], picture: str
    ) -> None:
        """Write the page of one picture, by its id, in each language."""
        html = {}
        for lang, page in pages.items():
            views = _with_picture(page)
            # Steps may share a picture. The first of them has the most corrections, and a
            # correction goes wherever the original went (P11).
            view = [v for v in views if v.picture and v.picture.id == picture][-1]
            later = [v for v in page["corrections"] if v.seq > view.seq]
            html[lang] = self._render(
                lang, "picture", picture, page=page, event=view, corrections=later
            )
        self._write(picture, html)

    def _list_of(self, lang: str, page: Mapping[str, Any]) -> str:
        views = _with_picture(page)
        return self._render(lang, "pictures", page["id"], page=page, views=views)

    def _render(self, lang: str, template: str, name: str, **values: object) -> str:
        path = f"{_FOLDER}/{name}/index.html"
        return self._editions.render(path, template, lang, values)

    def _write_list(self, incident: str, ids: set[str]) -> None:
        folder = self._folder / incident
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / _LIST_FILE, to_json(sorted(ids)))

    def _listed(self, incident: str) -> set[str]:
        """Return the ids in an incident's list; none if it is missing or damaged."""
        try:
            ids = json.loads((self._folder / incident / _LIST_FILE).read_text("utf-8"))
            return {i for i in ids if isinstance(i, str) and _ID.fullmatch(i)}
        # Deeply nested content raises RecursionError.
        except (OSError, ValueError, TypeError, RecursionError):
            return set()

    def _drawn(self, incident: str) -> set[str]:
        """Return the ids of the pictures in the folder of an incident's page."""
        paths = self.settings.page_folder(incident).glob("[0-9]*.png")
        return {sha256(path.read_bytes()).hexdigest()[:12] for path in paths}

    def _remove(self, folder: Path) -> None:
        """Remove a folder with its files, if there is one."""
        if folder.is_dir():
            for path in folder.iterdir():
                path.unlink()
            folder.rmdir()


def _with_picture(page: Mapping[str, Any]) -> list[EventView]:
    """Return the events of a page that have a picture."""
    events: Sequence[EventView] = page["events"]
    return [event for event in events if event.picture is not None]

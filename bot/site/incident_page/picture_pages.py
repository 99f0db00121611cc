"""The pages on which readers check a picture: the frozen original, its hash and its data."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.site.event_views import EventView, PictureView
from bot.site.front_page import SiteTemplates, site_templates
from bot.site.incident_json import to_json
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
        self._folder.mkdir(parents=True, exist_ok=True)
        path = (self._folder / "index.html").relative_to(self.settings.root).as_posix()
        memory = self.settings.written_from
        self._templates.write_constant_page(path, "picture_check", "../", memory)

    def write_files(self, update: PageUpdate) -> None:
        """Write a page for each picture of an incident, and the list of its pictures.

        Raises:
            OSError: a page cannot be written.
        """
        views: Sequence[EventView] = update.page["events"]
        pictures = [(view, view.picture) for view in views if view.picture is not None]
        ids = {picture.id for _, picture in pictures}
        before = self._listed(update.incident)
        # After a crash, the list must name every page that may stand.
        self._write_list(update.incident, ids | before)
        for view, picture in pictures:
            self._write_picture(update, view, picture)
        for stale in sorted(before - ids):
            self._remove(self._folder / stale)
        self._write_list(update.incident, ids)
        html = self._templates.render_page(
            "pictures",
            up="../../",
            page=update.page,
            views=[view for view, _ in pictures],
        )
        write_atomically(self._folder / update.incident / "index.html", html)

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
    def _templates(self) -> SiteTemplates:
        return site_templates(self.settings)

    def _write_picture(
        self, update: PageUpdate, view: EventView, picture: PictureView
    ) -> None:
        # A correction goes wherever the original went (P11).
        later = [v for v in update.page["corrections"] if v.seq > view.seq]
        html = self._templates.render_page(
            "picture", up="../../", page=update.page, event=view, corrections=later
        )
        folder = self._folder / picture.id
        folder.mkdir(exist_ok=True)
        write_atomically(folder / "index.html", html)

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

"""Builds the whole site from the store, outside of any tick."""

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.durable_files import synced_at_end
from bot.editorial.isolation import call_and_catch
from bot.errors import BotError, RenderingError
from bot.model.incident_report import IncidentReport
from bot.ports import Renderer, Store
from bot.tick.places.updater import PlacePageUpdater
from bot.tick.report_pages import ReportPages

_INCIDENTS = "i"
"""The folder of the site that has a folder for each incident."""
_SAVED_TOGETHER = 200
"""After this many pages, the build waits for the disk and stores its progress."""


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """Which pages an earlier, stopped build of the same site has written.

    The file is beside the site, because the site's folder is public. It has the version of
    the site, then one line for each page: the incident and a digest of what it shows.

    Attributes:
        file: the file; version: the version of the site.
        done: the digest of each page that is written, by incident.
        unsaved: the lines that are not in the file yet.
    """

    file: Path
    version: str
    done: dict[str, str] = field(default_factory=dict)
    unsaved: list[str] = field(default_factory=list)

    def open(self) -> None:
        """Read what an earlier build has written; forget it if its version differs.

        Raises:
            OSError: the file cannot be written.
        """
        lines: list[str] = []
        with suppress(FileNotFoundError, ValueError):
            lines = self.file.read_text(encoding="utf-8").splitlines()
        if lines[:1] == [self.version]:
            pairs = (line.rpartition(" ") for line in lines[1:])
            self.done.update({incident: digest for incident, _, digest in pairs})
        else:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(f"{self.version}\n", encoding="utf-8")

    def note(self, incident: str, digest: str) -> None:
        """Note that the page of an incident is written; `save` stores it."""
        self.done[incident] = digest
        self.unsaved.append(f"{incident} {digest}\n")

    def save(self) -> None:
        """Store which pages are written, after all of them are on the disk.

        Raises:
            OSError: the file cannot be written.
        """
        if self.unsaved:
            os.sync()
            with self.file.open("a", encoding="utf-8") as stream:
                stream.write("".join(self.unsaved))
            self.unsaved.clear()

    def close(self) -> None:
        """Remove the file: the build is complete."""
        self.file.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class SiteBuilder:
    """Writes every released page of a site, its lists and what stands beside them.

    Attributes:
        root: the folder that `renderer` writes to.
        places: writes the pages of the watched places; None: there are none.
    """

    store: Store
    renderer: Renderer
    root: Path
    places: PlacePageUpdater | None = None

    def build(
        self, now: datetime, show: Callable[[int, int], None]
    ) -> tuple[int, tuple[str, ...]]:
        """Build the site; a build that was stopped is continued by the next one.

        A page that fails does not stop the others. If none failed, the site is marked
        as complete.

        Args:
            now: the time of the lists, aware, UTC.
            show: is called with the number of incidents that were looked at, and of all.

        Returns:
            The number of pages, and a sentence for each page or list that failed.

        Raises:
            StoreError: the store cannot be read.
            OSError: the site or the record of the progress cannot be written.
        """
        pages = ReportPages(self.store, self.renderer)
        progress = BuildProgress(
            unfinished_build(self.root),
            self.renderer.site_version(),
        )
        progress.open()
        incidents = tuple(reversed(self.store.incidents.newest_ids(sys.maxsize)))
        # A page has dozens of files. To wait for the disk after each would take most of the
        # time; what is lost after a power failure, the next build writes again.
        with synced_at_end():
            failures = self._build_pages(pages, incidents, progress, show)
            failures += self._build_rest(pages, incidents, now)
        if not failures:
            progress.close()
        return len(self._pages()), tuple(failures)

    def _build_pages(
        self,
        pages: ReportPages,
        incidents: tuple[str, ...],
        progress: BuildProgress,
        show: Callable[[int, int], None],
    ) -> list[str]:
        """Write the page of each incident; return a sentence for each that failed."""
        failures = []
        try:
            for number, incident in enumerate(incidents, start=1):
                page = partial(self._build_page, pages, incident, progress)
                failures += _failures(f"the page of {incident}", page)
                if number % _SAVED_TOGETHER == 0:
                    progress.save()
                show(number, len(incidents))
        finally:
            progress.save()
        return failures

    def _build_rest(
        self, pages: ReportPages, incidents: tuple[str, ...], now: datetime
    ) -> list[str]:
        """Write all but the pages of incidents; return a sentence for what failed."""
        failures = []
        for incident in self._unknown(incidents):
            removal = partial(pages.remove_unknown, incident)
            failures += _failures(f"the removal of {incident}", removal)
        # The page of an incident leaves its place without levels, so these come later.
        if self.places is not None:
            places = partial(self.places.write_all, now)
            failures += _failures("the pages of places", places)
        failures += _failures("the lists", partial(self._build_lists, pages, now))
        return failures

    def _build_page(
        self, pages: ReportPages, incident: str, progress: BuildProgress
    ) -> None:
        def is_current(report: IncidentReport) -> bool:
            written = progress.done.get(incident)
            same = written is not None and written == _digest(report)
            return same and self.renderer.has_page(incident)

        report = pages.rebuild(incident, is_current)
        if report is not None:
            progress.note(incident, _digest(report))

    def _build_lists(self, pages: ReportPages, now: datetime) -> None:
        pages.write_front((), now)
        if pages.front_error:
            raise RenderingError(pages.front_error)
        self.renderer.mark_site()

    def _pages(self) -> tuple[str, ...]:
        """Return the ids of the incidents that have a page, ordered."""
        folder = self.root / _INCIDENTS
        paths = folder.iterdir() if folder.is_dir() else ()
        return tuple(sorted(path.name for path in paths if path.is_dir()))

    def _unknown(self, incidents: tuple[str, ...]) -> Iterator[str]:
        """Yield the incidents with a page that the store does not have."""
        yield from sorted({*self._pages()} - {*incidents})


def unfinished_build(root: Path) -> Path:
    """Return the file that exists while the build of the site `root` is not complete."""
    # A sibling of the folder: what is in the folder is public.
    return root.with_name(f"{root.name}.building")


def _digest(report: IncidentReport) -> str:
    return hashlib.sha256(repr(report).encode()).hexdigest()


def _failures(subject: str, work: Callable[[], object]) -> list[str]:
    """Do `work`; return a sentence if it fails."""
    error = call_and_catch(work)
    if error is None:
        return []
    # The message of an unexpected error may hold anything (P16).
    reason = str(error) if isinstance(error, BotError) else type(error).__name__
    return [f"{subject}: {reason}"]

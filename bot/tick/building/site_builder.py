"""Builds the whole site from the store, outside of any tick."""

import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.durable_files import synced_at_end
from bot.editorial.isolation import call_and_catch
from bot.errors import RenderingError
from bot.ports import PageParts, Renderer, Store
from bot.tick.building.page_processes import (
    OpenPageFiles,
    PageFiles,
    PageResult,
    reason_of_failure,
    write_in_processes,
)
from bot.tick.building.progress import BuildRecord
from bot.tick.places.updater import PlacePageUpdater
from bot.tick.report_pages import ReportPages

_INCIDENTS = "i"
"""The folder of the site that has a folder for each incident."""
_SAVED_TOGETHER = 200
"""After this many pages, the build waits for the disk and stores its progress."""


@dataclass(frozen=True, slots=True)
class SiteBuilder:
    """Writes every released page of a site, its lists and what stands beside them.

    Attributes:
        parts: writes the pages of `renderer` in two parts.
        root: the folder that `renderer` writes to.
        places: writes the pages of the watched places; None: there are none.
        open_files: opens store and site in another process; None: this process alone
            writes all pages.
        least_pages: with fewer incidents for each process, this process alone writes all
            pages, because to start another takes seconds.
    """

    store: Store
    renderer: Renderer
    parts: PageParts
    root: Path
    places: PlacePageUpdater | None = None
    open_files: OpenPageFiles | None = None
    least_pages: int = 10

    def build(
        self,
        now: datetime,
        show: Callable[[int, int], None],
        processes: int = 1,
        *,
        anew: bool = False,
    ) -> tuple[int, tuple[str, ...]]:
        """Build the site; a build that was stopped is continued by the next one.

        A page that fails does not stop the others. If none failed, the site is marked
        as complete. The files are the same for any number of processes. A page is not
        written if an earlier build wrote it from the same, and nobody has changed its
        files.

        Args:
            now: the time of the lists, aware, UTC.
            show: is called with the number of incidents that were looked at, and of all.
            processes: how many processes write pages, if there are enough incidents.
            anew: whether to write all pages, also those that have not changed.

        Returns:
            The number of pages, and a sentence for each page or list that failed.

        Raises:
            StoreError: the store cannot be read.
            OSError: the site or the record of the progress cannot be written.
            RenderingError: what all pages share cannot be written, or a process was
                killed.
        """
        pages = ReportPages(self.store, self.renderer)
        progress = BuildRecord(self.root, self.parts.version())
        progress.open(self.parts.data_of_lists(), anew=anew)
        incidents = tuple(reversed(self.store.incidents.newest_ids(sys.maxsize)))
        # A page has dozens of files. To wait for the disk after each would take most of the
        # time; what is lost after a power failure, the next build writes again.
        with synced_at_end():
            self.parts.begin()
            results = self._results(incidents, progress, processes)
            with closing(results):
                counted = _counted(results, len(incidents), show)
                failures = self._list_pages(pages, counted, progress)
            failures += self._build_rest(pages, incidents, now)
        if not failures:
            progress.close(incidents, self.parts.data_of_lists())
        return len(self._pages()), tuple(failures)

    def _results(
        self, incidents: tuple[str, ...], progress: BuildRecord, processes: int
    ) -> Generator[PageResult]:
        """Write the own files of each incident; yield the results in order."""
        many = len(incidents) >= self.least_pages * processes
        if self.open_files is None or processes == 1 or not many:
            files = PageFiles(self.store, self.parts)
            for incident in incidents:
                yield files.write(incident, progress.done.get(incident))
            return
        yield from write_in_processes(
            self.open_files, processes, incidents, self._place_of, progress.done
        )

    def _place_of(self, incident: str) -> str:
        return str(self.store.incidents.get(incident).place)

    def _list_pages(
        self,
        pages: ReportPages,
        results: Iterable[PageResult],
        progress: BuildRecord,
    ) -> list[str]:
        """Put each page into the lists; return a sentence for each that failed."""
        failures = []
        try:
            for number, result in enumerate(results, start=1):
                work = partial(self._list_page, pages, result, progress)
                failures += _failures(f"the page of {result.incident}", work)
                if number % _SAVED_TOGETHER == 0:
                    progress.save()
        finally:
            progress.save()
        return failures

    def _list_page(
        self, pages: ReportPages, result: PageResult, progress: BuildRecord
    ) -> None:
        pages.note_change(result.incident)
        if result.error is not None:
            raise RenderingError(result.error)
        if result.digest is None:
            pages.remove_unreleased(result.incident)
            return
        if result.written is not None:
            self.parts.write_lists(result.incident, result.written)
            files = self.parts.digest_of_files(result.incident)
            progress.note(result.incident, f"{result.digest} {files}")

    def _build_rest(
        self, pages: ReportPages, incidents: tuple[str, ...], now: datetime
    ) -> list[str]:
        """Write all but the pages of incidents; return a sentence for what failed."""
        failures = []
        for incident in self._unknown(incidents):
            removal = partial(pages.remove_unknown, incident)
            failures += _failures(f"the removal of {incident}", removal)
        failures += _failures("the lists", self.parts.finish)
        # A list leaves the page of a place without levels, so these come later.
        if self.places is not None:
            places = partial(self.places.write_all, now)
            failures += _failures("the pages of places", places)
        failures += _failures("the lists", partial(self._build_lists, pages, now))
        return failures

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


def _counted(
    results: Iterable[PageResult], total: int, show: Callable[[int, int], None]
) -> Iterator[PageResult]:
    """Yield the results; call `show` after the caller has used each."""
    for number, result in enumerate(results, start=1):
        yield result
        show(number, total)


def _failures(subject: str, work: Callable[[], object]) -> list[str]:
    """Do `work`; return a sentence if it fails."""
    error = call_and_catch(work)
    if error is None:
        return []
    return [f"{subject}: {reason_of_failure(error)}"]

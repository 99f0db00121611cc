"""Writes the own files of many incidents, in this process or in several others."""

import hashlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from typing import NamedTuple

from bot.editorial.isolation import call_and_catch
from bot.errors import BotError, RenderingError, StoreError
from bot.model.incident_report import IncidentReport, ReadingStatus
from bot.ports import PageParts, Store
from bot.tick.incident_reports import incident_report

_WINDOW = 4
"""So many pages for each process are being written or wait to be put into lists."""


class PageResult(NamedTuple):
    """What became of the own files of one incident.

    Attributes:
        digest: the digest of what the page shows; None if nothing of the incident is
            released (P12), or if the page failed.
        written: what the lists need; None if nothing was written.
        error: why the page failed; None if it did not.
    """

    incident: str
    digest: str | None = None
    written: object = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class PageFiles:
    """Writes the own files of incidents."""

    store: Store
    parts: PageParts

    def write(self, incident: str, former: str | None) -> PageResult:
        """Write the own files of an incident, unless the site has this page.

        Args:
            incident: the id of the incident.
            former: the digest of what its page shows, and that of its files; None if they
                are not known.
        """
        results: list[PageResult] = []
        error = call_and_catch(lambda: results.append(self._write(incident, former)))
        if error is None:
            return results[0]
        return PageResult(incident, error=reason_of_failure(error))

    def _write(self, incident: str, former: str | None) -> PageResult:
        report = incident_report(self.store, incident, (), ReadingStatus())
        if report is None:
            return PageResult(incident)
        digest = digest_of(report)
        shown, _, files = (former or "").partition(" ")
        if digest == shown and files == self.parts.digest_of_files(incident):
            return PageResult(incident, digest)
        return PageResult(incident, digest, self.parts.write_files(report))


OpenPageFiles = Callable[[], AbstractContextManager[PageFiles]]
"""Opens the store and the site in a new process; it can be pickled."""


def digest_of(report: IncidentReport) -> str:
    """Return a digest of what a page shows, the same in each process."""
    # A stored event never changes, so its key stands for its evidence.
    content = repr(replace(report, evidence={}))
    return hashlib.sha256(content.encode()).hexdigest()


def reason_of_failure(error: Exception) -> str:
    """Return the message of a `BotError`; of any other error only the type (P16)."""
    return str(error) if isinstance(error, BotError) else type(error).__name__


def write_in_processes(
    open_files: OpenPageFiles,
    number: int,
    incidents: Iterable[str],
    place_of: Callable[[str], str],
    former: Mapping[str, str],
) -> Iterator[PageResult]:
    """Write the own files of incidents in other processes; yield the results in order.

    If the caller stops, the pages that are being written are finished first.

    Args:
        open_files: opens the store and the site.
        number: how many processes.
        incidents: the ids of the incidents.
        place_of: returns the place of an incident. A page links to the pages of earlier
            incidents of its place, so the incidents of one place are written in order.
        former: for each page, the digest of what it shows, and that of its files, as far
            as they are known.

    Raises:
        RenderingError: a process was killed.
    """
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(number, context, _start, (open_files,))
    waiting: deque[tuple[str, Future[PageResult]]] = deque()
    try:
        for incident in incidents:
            while len(waiting) >= number * _WINDOW:
                yield waiting.popleft()[1].result()
            place = place_of(incident)
            for earlier, page in waiting:
                if earlier == place:
                    page.result()
            future = pool.submit(_write, incident, former.get(incident))
            waiting.append((place, future))
        while waiting:
            yield waiting.popleft()[1].result()
    except BrokenProcessPool as error:
        raise RenderingError(
            "a process that writes pages was killed, perhaps because memory was short;"
            " use --processes 1"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


class _Process:
    """What a process that writes pages has opened, until it ends."""

    files: PageFiles | None = None
    opened = ExitStack()


def _start(open_files: OpenPageFiles) -> None:
    """Open the store and the site in a new process."""
    # Ctrl-C goes to all processes of a terminal; the one that started this one decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _Process.files = _Process.opened.enter_context(open_files())


def _end_with_parent() -> None:
    """End this process once the one that started it has ended, however that happened."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _write(incident: str, former: str | None) -> PageResult:
    if _Process.files is None:
        raise StoreError("a process that writes pages could not open the store")
    return _Process.files.write(incident, former)

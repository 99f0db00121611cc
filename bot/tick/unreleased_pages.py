"""Writes and removes the operator's pages, which have unreleased events too (P12).

A failure here stops no post, because no post links to these pages.
"""

from collections.abc import Callable
from functools import partial

import structlog

from bot.editorial.isolation import call_and_catch, describe_error
from bot.model.incident_report import Listing, ReadingStatus
from bot.policy.publication_rules import events_for_operator, released_events
from bot.ports import Store, UnpublishedPages
from bot.tick.incident_reports import incident_report

_MAX_RETRIES = 4
"""A tick tries at most this many failed pages again."""


class UnreleasedPages:
    """Writes and removes the pages of incidents with events that are not released.

    Attributes:
        must_list: whether the front page of the folder is to be written again.
    """

    def __init__(self, store: Store, folder: UnpublishedPages | None) -> None:
        """Keep the pages in `folder`; None: there are no such pages."""
        self._store = store
        self._folder = folder
        self._failed: dict[str, ReadingStatus] = {}
        self.must_list = False
        self._list_failed = False
        self._mark_failed = False
        self._last_error = ""
        self._was_complete = False
        self._log = structlog.get_logger("pages")

    def were_lost(self) -> bool:
        """Return whether the mark of completeness is gone since the last tick ended."""
        return self._was_complete and not self._is_complete()

    def are_incomplete(self) -> bool:
        """Return whether pages may be missing; to be called at the start."""
        return self._folder is not None and not self._is_complete()

    def write(self, incident: str, readings: ReadingStatus) -> bool:
        """Write or remove the page of an incident; return whether the list may change.

        If this fails, the result is False, and `retry` tries again.

        Args:
            incident: the id of the incident.
            readings: the status of its readings.
        """
        if self._folder is None:
            return False
        work = partial(self._write, self._folder, incident, readings)
        changed, error = _result_of(work)
        self._failed.pop(incident, None)
        if error is not None:
            self._failed[incident] = readings
            self._note(error)
            # The queue of pages has forgotten this page. Without the mark, all pages are
            # queued after a restart.
            call_and_catch(partial(self._folder.mark, is_complete=False))
            self._was_complete = False
        return changed

    def retry(self) -> None:
        """Try some of the failed pages again."""
        # A page that fails again becomes the last, so that every page gets its turn.
        for incident in tuple(self._failed)[:_MAX_RETRIES]:
            self.must_list |= self.write(incident, self._failed[incident])

    def list_incidents(self, listing: Listing) -> None:
        """Write the front page of the folder."""
        if self._folder is None:
            return
        error = call_and_catch(partial(self._folder.list_incidents, listing))
        self._list_failed = self.must_list = error is not None
        if error is not None:
            self._note(error)

    def finish_tick(self) -> None:
        """Mark the folder as complete, or as incomplete if a page failed."""
        if self._folder is None:
            return
        is_complete = not self._failed and not self._list_failed
        error = None
        if is_complete != self._folder.is_marked():
            error = call_and_catch(partial(self._folder.mark, is_complete=is_complete))
        self._mark_failed = error is not None
        if error is not None:
            self._note(error)
        self._was_complete = is_complete and error is None

    def problems(self) -> tuple[str, ...]:
        """Return one sentence if pages could not be written."""
        count = len(self._failed) + (self._list_failed or self._mark_failed)
        if not count:
            return ()
        return (f"pages with unreleased events: {count} failed: {self._last_error}",)

    def _write(
        self, folder: UnpublishedPages, incident: str, readings: ReadingStatus
    ) -> bool:
        releases = self._store.pages.releases([incident])[incident]
        if events_for_operator(releases) == released_events(releases):
            return folder.remove(incident)
        whole = incident_report(
            self._store, incident, (), readings, choose=events_for_operator
        )
        if whole is None:
            return folder.remove(incident)
        folder.write(whole)
        return True

    def _is_complete(self) -> bool:
        return self._folder is not None and self._folder.is_marked()

    def _note(self, error: Exception) -> None:
        self._last_error = describe_error(error)
        self._log.error("unreleased page failed", error=self._last_error)


def _result_of(work: Callable[[], bool]) -> tuple[bool, Exception | None]:
    """Call `work`; return its result and None, or False and the error that it raised."""
    results: list[bool] = []
    error = call_and_catch(lambda: results.append(work()))
    return (results[0] if results else False), error

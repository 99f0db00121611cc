"""Writes the report pages that are out of date, and decides what a page may show.

A page shows only released events (P12). The page of an incident exists before the first
post about the incident (P15).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

import structlog

from bot.editorial.isolation import call_and_catch
from bot.errors import BotError
from bot.model.incident_report import Listing, Month, ReadingStatus
from bot.model.source_status import SourceStatus
from bot.ports import Renderer, Store, UnpublishedPages
from bot.tick.incident_reports import MAX_EARLIER, incident_report
from bot.tick.places.updater import PlacePageUpdater
from bot.tick.unreleased_pages import UnreleasedPages

_MAX_FRONT_PAGE = 100
"""How many incidents the front page lists, besides those that are open."""
_MAX_SEARCHED = 1000
"""Among this many of the newest incidents, those with a page are looked for."""
_MAX_REFRESHED = 4
"""A tick rewrites at most this many pages that another version of the program wrote."""
_NOT_WRITTEN = "not written yet"
_REMOVED = "the site was removed; its pages are written again, a few in each tick"


class ReportPages:
    """Writes the pages that are out of date; a failed page does not stop the others.

    Only `finish` is different: it raises an error if a page fails.

    Attributes:
        failed: why a page could not be written, by the id of its incident.
        front_error: why the front page could not be written; None if it was written.
    """

    def __init__(
        self,
        store: Store,
        renderer: Renderer,
        unpublished: UnpublishedPages | None = None,
        places: PlacePageUpdater | None = None,
    ) -> None:
        """Prepare to write with `renderer` the pages that `store` marks as outdated.

        Args:
            store: marks pages as outdated, and says what is released.
            renderer: writes the pages.
            unpublished: has the pages with events that are not released; None: there
                are no such pages.
            places: writes the pages of the watched places; None: there are none.
        """
        self._store = store
        self._renderer = renderer
        self._unreleased = UnreleasedPages(store, unpublished)
        self._places = places
        self._is_deferred = False
        self._deferred: dict[str, tuple[Sequence[SourceStatus], ReadingStatus]] = {}
        self._readings: Mapping[str, ReadingStatus] = {}
        self._changed: set[str] = set()
        self._is_public_changed = False
        self._listed = False
        self._is_marked = True
        self._removed = False
        self.failed: dict[str, str] = {}
        self.front_error: str | None = None
        self._log = structlog.get_logger("pages")

    def write_stale(self) -> None:
        """Write the pages that are out of date.

        If the site is missing, or was written by another version of the program, all
        its pages are queued first.
        """
        version = self._renderer.site_version()
        written_by = self._store.pages.version()
        is_current = version == written_by and self._renderer.site_exists()
        if not is_current or self._unreleased.are_incomplete():
            self._queue_all(version)
        self._write_stale(())

    def _queue_all(self, version: str) -> None:
        """Queue every page of the site."""
        # The pages are queued and not written now: to rewrite all pages at once would
        # delay the first tick after an update.
        self._store.pages.queue_all(version)
        if self._places is not None:
            self._places.write_all_again()
        # A post that waits may link to a missing page (P15), so these pages come first.
        for incident in self._store.pages.with_posts_to_send():
            if not self._renderer.has_page(incident):
                self.failed.setdefault(incident, _NOT_WRITTEN)
        self._listed = False
        self._is_marked = False

    def note_readings(self, readings: Mapping[str, ReadingStatus]) -> None:
        """Set the status of the readings of each open incident, by the incident's id.

        The pages of these incidents show the status.
        """
        self._readings = readings

    def write(
        self,
        source_statuses: Sequence[SourceStatus],
        more_incidents: Iterable[str] = (),
    ) -> None:
        """Write pages that are out of date or failed, and those of `more_incidents`.

        If the site was removed, all its pages are queued again. Nothing is posted on an
        incident while its page cannot be written (P15).

        Args:
            source_statuses: the present source statuses.
            more_incidents: the ids of further incidents whose pages are written.
        """
        removed = self._is_marked and not self._renderer.site_exists()
        if removed:
            self._log.error("the site was removed: all pages are written again")
            self._removed = True
        if removed or self._unreleased.were_lost():
            self._queue_all(self._renderer.site_version())
        self._write_stale(source_statuses, more_incidents)

    def _write_stale(
        self, conditions: Sequence[SourceStatus], also: Iterable[str] = ()
    ) -> None:
        stale = self._store.pages.urgent()
        # The pages are sorted, so that a replay writes them in the same order (P14).
        for incident in sorted({*stale, *also, *self.failed}):
            self._write(incident, conditions, stale.get(incident, 0))

    def refresh(self, source_statuses: Sequence[SourceStatus]) -> None:
        """Rewrite a few of the pages that another version of the program wrote."""
        waiting = self._store.pages.waiting(_MAX_REFRESHED)
        for incident, last in waiting.items():
            self._write(incident, source_statuses, last)
        self._removed = self._removed and bool(waiting)

    def rewrite(self, source_statuses: Sequence[SourceStatus], now: datetime) -> None:
        """Rewrite some pages of another version (`refresh`), and the front page."""
        self.refresh(source_statuses)
        self.write_front(source_statuses, now)

    def write_front(
        self, source_statuses: Sequence[SourceStatus], now: datetime
    ) -> None:
        """Write the source statuses, and the lists of incidents if pages changed."""
        if self._is_deferred:
            return
        self.front_error = None
        self._unreleased.retry()
        must_list = self._changed or not self._listed or self._unreleased.must_list
        if must_list and self._try_front(self._list):
            self._listed = True
            self._changed.clear()
            self._is_public_changed = False
        # The front page links to the list of places, so the list is written first.
        if self._places is not None:
            self._try_front(partial(self._places.write, now))
        self._try_front(partial(self._renderer.publish_sources, source_statuses, now))
        if not self._is_marked:
            self._is_marked = self._try_front(self._renderer.mark_site)
        self._unreleased.finish_tick()

    def write_front_in_pause(
        self, source_statuses: Sequence[SourceStatus], now: datetime
    ) -> None:
        """Write the front page while everything is stopped (P16).

        It is written only if a public page changed, as after a correction (P11).
        Otherwise, only the list of the pages with unreleased events is written.
        """
        if self._is_public_changed:
            self.write_front(source_statuses, now)
        elif self._unreleased.must_list or self._changed:
            self._try_front(partial(self._unreleased.list_incidents, self._newest()))

    def _list(self) -> None:
        self._renderer.list_incidents(self._listing())
        self._unreleased.list_incidents(self._newest())

    def _try_front(self, work: Callable[[], object]) -> bool:
        """Call `work`, which writes to the front page; record a failure.

        Returns:
            Whether `work` succeeded.
        """
        error = call_and_catch(work)
        if error is not None:
            self.front_error = _reason(error)
            self._log.error("front page failed", error=_reason(error))
        return error is None

    def outdated_incidents(self) -> frozenset[str]:
        """Return the ids of incidents whose pages are out of date.

        Nothing may be posted on these incidents.
        """
        # The urgent pages of the store's queue count too. The queue survives a crash, so it
        # still has the pages that were not written before the crash (P15).
        return frozenset({*self.failed, *self._store.pages.urgent()})

    def problems(self) -> tuple[str, ...]:
        """Return one sentence for each page that could not be written."""
        pages = [f"{incident}: {why}" for incident, why in sorted(self.failed.items())]
        front = [f"the front page: {self.front_error}"] if self.front_error else []
        removed = [_REMOVED] if self._removed else []
        return (*pages, *front, *removed, *self._unreleased.problems())

    def defer(self) -> None:
        """Write no page before `finish` is called: a page may change again by then."""
        self._is_deferred = True

    def finish(self, source_statuses: Sequence[SourceStatus], now: datetime) -> None:
        """Write the deferred pages; from now on write pages at once.

        Raises:
            RenderingError: a page could not be written; later pages are left out.
            StoreError: the store cannot be read.
        """
        deferred, self._deferred, self._is_deferred = self._deferred, {}, False
        # Each page shows the source statuses of the time at which it was deferred
        # (P14).
        for incident in sorted(deferred):
            self._publish(incident, *deferred[incident])
        self.write_front(source_statuses, now)

    def note_change(self, incident: str) -> None:
        """Note that the lists change because of an incident whose page others write."""
        self._changed.add(incident)

    def remove_unreleased(self, incident: str) -> None:
        """Remove what the site has of an incident of which nothing is released (P12).

        Raises:
            RenderingError: the page could not be removed.
            StoreError: the store cannot be read.
        """
        if self._renderer.is_named(incident):
            self._remove(incident)

    def remove_unknown(self, incident: str) -> None:
        """Remove the page of an incident that the store does not have.

        Raises:
            RenderingError: the page could not be removed.
        """
        self._renderer.remove_page(incident, self._listing())

    def _write(
        self, incident: str, conditions: Sequence[SourceStatus], last: int
    ) -> None:
        """Write one page; if that fails, note it, so that the page is tried again."""
        error = call_and_catch(partial(self._write_page, incident, conditions))
        if error is not None:
            self.failed[incident] = _reason(error)
            self._log.error("page failed", incident=incident, error=_reason(error))
            return
        self.failed.pop(incident, None)
        # `last` was read before the page was written. So later changes stay queued.
        self._store.pages.mark_written(incident, last)

    def _write_page(self, incident: str, conditions: Sequence[SourceStatus]) -> None:
        readings = self._readings.get(incident, ReadingStatus())
        if self._is_deferred:
            self._deferred[incident] = conditions, readings
        else:
            self._publish(incident, conditions, readings)

    def _publish(
        self,
        incident: str,
        conditions: Sequence[SourceStatus],
        readings: ReadingStatus,
    ) -> None:
        if self._places is not None:
            self._places.note_change(incident)
        report = incident_report(self._store, incident, conditions, readings)
        if report is not None:
            self._renderer.publish_page(report)
            self._changed.add(incident)
            self._is_public_changed = True
        # An editor may hold or reject an event that the site has shown (P12).
        elif self._renderer.is_named(incident):
            self._remove(incident)
        if self._unreleased.write(incident, readings):
            self._changed.add(incident)

    def _remove(self, incident: str) -> None:
        """Remove an incident's page and its line on lists; queue pages that name it."""
        self._changed.add(incident)
        self._is_public_changed = True
        # The page is removed last: if it is there, the removal is not complete.
        self._store.pages.queue_later(incident, MAX_EARLIER)
        self._renderer.remove_page(incident, self._listing())

    def _newest(self) -> Listing:
        """Return the newest incidents, and all open ones, with or without a page."""
        incidents = self._store.incidents
        newest = incidents.newest_ids(_MAX_FRONT_PAGE)
        return Listing(tuple(dict.fromkeys((*newest, *incidents.open_ids()))))

    def _listing(self) -> Listing:
        """Return what the front page lists, and the months of the archive to write.

        Incidents without a page are left out: nothing of them is released, or the page
        is not written yet.
        """
        incidents = self._store.incidents
        searched = incidents.newest_ids(_MAX_SEARCHED)
        newest = self._with_page(searched)
        still_open = self._with_page(incidents.open_ids())
        front = dict.fromkeys((*newest[:_MAX_FRONT_PAGE], *still_open))
        has_all = len(newest) <= _MAX_FRONT_PAGE and len(searched) < _MAX_SEARCHED
        # A small archive is written as a whole, so that every month has a page. Of a
        # larger archive, only changed months are written.
        is_small = _MAX_FRONT_PAGE < len(newest) <= 2 * _MAX_FRONT_PAGE
        changed = {*self._changed, *newest} if is_small else self._changed
        opened = self._opening_times(changed)
        months = tuple(self._months(opened.values(), changed))
        return Listing(tuple(front), months, has_all)

    def _opening_times(self, incidents: Iterable[str]) -> Mapping[str, datetime]:
        """Return when each incident opened, by id."""
        # A build of the whole site asks for all; databases limit the values of a query.
        ids, opened = sorted(incidents), dict[str, datetime]()
        for start in range(0, len(ids), _MAX_SEARCHED):
            batch = ids[start : start + _MAX_SEARCHED]
            opened.update(self._store.incidents.opening_times(batch))
        return opened

    def _with_page(self, incidents: Iterable[str]) -> tuple[str, ...]:
        return tuple(i for i in incidents if self._renderer.has_page(i))

    def _months(
        self, opened: Iterable[datetime], changed: Iterable[str]
    ) -> Iterable[Month]:
        """Yield each month in which a changed incident opened, with its incidents.

        Args:
            opened: when the changed incidents opened.
            changed: the ids of the changed incidents.
        """
        changed = frozenset(changed)
        for year, number in sorted({(at.year, at.month) for at in opened}):
            since = datetime(year, number, 1, tzinfo=UTC)
            until = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)
            opened_ids = self._store.incidents.ids_opened_within(since, until)
            ids = self._with_page(opened_ids)
            # If an incident was removed, all after it move, and so all pages change.
            if changed.intersection(opened_ids) - {*ids}:
                changed |= {*ids}
            yield Month(f"{since:%Y-%m}", ids, changed.intersection(ids))


def _reason(error: Exception) -> str:
    """Return the message of a `BotError`; of any other error only the type (P16)."""
    return str(error) if isinstance(error, BotError) else type(error).__name__

"""Writes the report pages that are out of date, and decides what a page may show.

A page shows only released events (P12). The page of an incident exists before the first
post about the incident (P15).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import structlog

from bot.editorial.deciding import EDITORS
from bot.editorial.isolation import call_and_catch
from bot.errors import BotError, RecordDamaged
from bot.model.delivery import Post
from bot.model.draft import Release
from bot.model.event import IncidentEvent
from bot.model.incident import Incident
from bot.model.incident_report import IncidentReport, Listing, Month, ReadingStatus
from bot.model.source_status import SourceStatus
from bot.policy.publication_rules import released_events
from bot.ports import Renderer, Store
from bot.tick.source_status import faults_of

_MAX_FRONT_PAGE = 100
"""How many incidents the front page lists, besides those that are open."""
_MAX_REFRESHED = 4
"""A tick rewrites at most this many pages that another version of the program wrote."""
_REMOVED = "the site was removed; its pages are written again, a few in each tick"
_MAX_EARLIER = 50
"""How many earlier incidents of the same place a page lists."""


class ReportPages:
    """Writes the pages that are out of date; a failed page does not stop the others.

    Only `finish` is different: it raises an error if a page fails.

    Attributes:
        failed: why a page could not be written, by the id of its incident.
        front_error: why the front page could not be written; None if it was written.
    """

    def __init__(self, store: Store, renderer: Renderer) -> None:
        """Prepare to write with `renderer` the pages that `store` marks as outdated."""
        self._store = store
        self._renderer = renderer
        self._is_deferred = False
        self._deferred: dict[str, tuple[Sequence[SourceStatus], ReadingStatus]] = {}
        self._readings: Mapping[str, ReadingStatus] = {}
        self._changed: set[str] = set()
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
        if version != written_by or not self._renderer.site_exists():
            self._queue_all(version)
        self._write_stale(())

    def _queue_all(self, version: str) -> None:
        """Queue every page of the site."""
        # The pages are queued and not written now: to rewrite all pages at once would
        # delay the first tick after an update.
        self._store.pages.queue_all(version)
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
        if self._is_marked and not self._renderer.site_exists():
            self._log.error("the site was removed: all pages are written again")
            self._queue_all(self._renderer.site_version())
            self._removed = True
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

    def write_front(
        self, source_statuses: Sequence[SourceStatus], now: datetime
    ) -> None:
        """Write the source statuses, and the lists of incidents if pages changed."""
        if self._is_deferred:
            return
        self.front_error = None
        if (self._changed or not self._listed) and self._try_front(self._list):
            self._listed = True
            self._changed.clear()
        self._try_front(partial(self._renderer.publish_sources, source_statuses, now))
        if not self._is_marked:
            self._is_marked = self._try_front(self._renderer.mark_site)

    def _list(self) -> None:
        self._renderer.list_incidents(self._listing())

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
        return (*pages, *front, *removed)

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
        report = incident_report(self._store, incident, conditions, readings)
        if report is not None:
            self._renderer.publish_page(report)
            self._changed.add(incident)

    def _listing(self) -> Listing:
        """Return what the front page lists, and the changed months of the archive."""
        incidents = self._store.incidents
        newest = incidents.newest_ids(2 * _MAX_FRONT_PAGE + 1)
        front = dict.fromkeys((*newest[:_MAX_FRONT_PAGE], *incidents.open_ids()))
        if len(newest) <= _MAX_FRONT_PAGE:
            return Listing(tuple(front))
        # A small archive is written as a whole, so that every month has a page. Of a
        # larger archive, only changed months are written.
        small = len(newest) <= 2 * _MAX_FRONT_PAGE
        changed = {*self._changed, *newest} if small else self._changed
        opened = incidents.opening_times(changed)
        return Listing(tuple(front), tuple(self._months(opened.values(), changed)))

    def _months(
        self, opened: Iterable[datetime], changed: Iterable[str]
    ) -> Iterable[Month]:
        """Yield each month in which a changed incident opened, with all its incidents.

        Args:
            opened: when the changed incidents opened.
            changed: the ids of the changed incidents.
        """
        changed = frozenset(changed)
        for year, number in sorted({(at.year, at.month) for at in opened}):
            since = datetime(year, number, 1, tzinfo=UTC)
            until = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)
            ids = self._store.incidents.ids_opened_within(since, until)
            yield Month(f"{since:%Y-%m}", ids, changed.intersection(ids))


def incident_report(
    store: Store,
    incident_id: str,
    source_statuses: Sequence[SourceStatus] = (),
    readings: ReadingStatus | None = None,
) -> IncidentReport | None:
    """Return what the page of an incident may show; None before its first release.

    Letters to the editors are left out, sent or not, because they hold drafts and hints
    that are not public (P8). Edits of earlier posts are left out, because they announce
    nothing new.

    Args:
        store: holds the incident.
        incident_id: the id of the incident.
        source_statuses: the present source statuses, if they are known.
        readings: the present status of the incident's readings, if it is known.
    """
    incident = store.incidents.get(incident_id)
    # Read one incident more than the page can list, to learn whether there are more.
    earlier = store.incidents.earlier_incidents(incident, _MAX_EARLIER + 1)
    shown = _released_incidents(store, (incident, *earlier[:_MAX_EARLIER]))
    if incident_id not in shown:
        return None
    steps, incident = shown.pop(incident_id)
    events = _events(store, incident_id, steps)
    sent = store.deliveries.of_incident(incident_id)
    keys = {event.key for event in events}
    history = store.classifications.history(incident_id)
    return IncidentReport(
        incident=incident,
        events=events,
        evidence={key: store.incidents.evidence(key) for key in sorted(keys)},
        drafts={
            draft.event: draft
            for draft in store.drafts.of_incident(incident_id)
            if draft.event in keys
        },
        deliveries=tuple(d for d in sent if d.post.event in keys and _is_shown(d.post)),
        # An incident that opened earlier may have begun later, so the onsets are
        # compared.
        previous=tuple(
            other for _, other in shown.values() if other.onset < incident.onset
        ),
        more_previous=len(earlier) > _MAX_EARLIER,
        classified=tuple(c for c in history if c.seq in steps),
        attributions=store.attributions.of_incident(incident_id),
        faults=faults_of(incident, events, store.readings, source_statuses),
        # The page of an incident that is over says nothing about the present.
        readings=readings if readings and incident.is_open else ReadingStatus(),
    )


def _released_incidents(
    store: Store, incidents: Sequence[Incident]
) -> dict[str, tuple[tuple[int, ...], Incident]]:
    """Return each incident's released steps, and its state after the last of these steps.

    A step is given by its number. The results are by incident id. Incidents without a
    released step are left out, and so is a damaged incident that is not the first.

    Raises:
        RecordDamaged: a record of the first incident is damaged.
    """
    shown = {}
    releases = store.pages.releases([incident.id for incident in incidents])
    for incident in incidents:
        try:
            steps = released_events(_releases_of(incident.id, releases))
            if steps:
                shown[incident.id] = (
                    steps,
                    _incident_after_step(store, incident, steps[-1]),
                )
        except RecordDamaged:
            # The page is about the first incident, so its record must be readable. Of the
            # other incidents, the page only has links to their pages; a damaged one is left
            # out.
            if incident is incidents[0]:
                raise
    return shown


def _releases_of(
    incident: str, releases: Mapping[str, tuple[Release, ...]]
) -> tuple[Release, ...]:
    if incident not in releases:
        raise RecordDamaged(f"the releases of {incident} cannot be read")
    return releases[incident]


def _incident_after_step(store: Store, incident: Incident, step: int) -> Incident:
    """Return the incident as it was after a step, in all fields that a page shows."""
    if step == incident.seq:
        return incident
    event = store.incidents.event(f"{incident.id}.{step}")
    facts = event.facts
    return replace(
        incident,
        state=facts.state,
        scope=facts.scope,
        severity=facts.severity,
        onset=facts.timing.onset,
        restored=facts.timing.restored,
        # A confirmation that was not released must not show on the page (P12).
        confirmed_at=incident.confirmed_at if event.is_confirmed else None,
        changed_at=event.at,
        seq=step,
    )


def _events(
    store: Store, incident: str, steps: Sequence[int]
) -> tuple[IncidentEvent, ...]:
    return tuple(e for e in store.incidents.events(incident) if e.seq in steps)


def _is_shown(post: Post) -> bool:
    """Whether a post is public, and not an edit of an earlier post."""
    return post.channel != EDITORS and post.amends is None


def _reason(error: Exception) -> str:
    """Return the message of a `BotError`; of any other error only the type (P16)."""
    return str(error) if isinstance(error, BotError) else type(error).__name__

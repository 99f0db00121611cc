"""One tick in order: read, assess, record, classify, decide, show, post."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.detection.series_states import encode
from bot.editorial.corrections import CorrectionMarker
from bot.editorial.deciding import Classifier, Decider
from bot.editorial.isolation import Isolation
from bot.model.delivery import Delivery
from bot.model.event import IncidentEvent
from bot.model.incident_report import ReadingStatus
from bot.model.interval import Interval
from bot.model.operations import ALL_CHANNELS, OperatorAlert
from bot.model.source_status import SourceStatus
from bot.ports import Store
from bot.publishing.publisher import Publisher
from bot.tick.assessment import Assessor
from bot.tick.clock_monitor import ClockMonitor
from bot.tick.history import History, restore_detection
from bot.tick.incident_readings import IncidentReadings, blind_alerts
from bot.tick.manual_corrections import apply_corrections
from bot.tick.places.unmeasured import NamedPlaces
from bot.tick.reader import BackfillResult, Progress, Reader, StopRequested
from bot.tick.report_pages import ReportPages
from bot.tick.source_status import (
    FAULTY_AFTER,
    UNREAD_AFTER,
    SourceStatusCollector,
    faulty_signal_alerts,
    have_states_changed,
    lost_signal_alerts,
    unread_alerts,
)

_DAY = timedelta(days=1)
_NO_DATA = "no source has given a reading yet"


def _ignore_progress(_done: int, _total: int) -> None:
    """Ignore the progress of a backfill."""


@dataclass(frozen=True, slots=True)
class TickResult:
    """What one tick did.

    Attributes:
        at: when the tick began; aware, UTC.
        events: the events that were decided.
        sent: the deliveries that were sent.
        failed: one sentence for each request to a source that failed.
        any_answer: whether a source gave a usable answer. False also if the first
            backfill was stopped.
        alerts: the alerts for operators.
        pages_failed: one sentence for each page that could not be written.
    """

    at: datetime
    events: tuple[IncidentEvent, ...]
    sent: tuple[Delivery, ...]
    failed: tuple[str, ...]
    any_answer: bool = True
    alerts: tuple[OperatorAlert, ...] = ()
    pages_failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Components:
    """The components that a tick uses."""

    reader: Reader
    history: History
    assessor: Assessor
    status_collector: SourceStatusCollector
    named_places: NamedPlaces
    incident_readings: IncidentReadings
    classifier: Classifier
    decider: Decider
    marker: CorrectionMarker
    publisher: Publisher
    pages: ReportPages
    store: Store
    clock: Clock
    isolation: Isolation
    clock_monitor: ClockMonitor


@dataclass(frozen=True, slots=True)
class Retention:
    """How long readings are kept in memory, and raw answers in the store.

    Attributes:
        history: how far back readings are kept in memory and backfilled.
        answers: how long raw answers are kept; None if without limit.
    """

    history: timedelta
    answers: timedelta | None = None


class TickRunner:
    """Runs ticks; everything that must survive a restart is in the store."""

    def __init__(
        self,
        components: Components,
        retention: Retention,
        progress: Progress = _ignore_progress,
        stop_requested: StopRequested = lambda: False,
    ) -> None:
        """Run ticks with these components.

        Args:
            components: the components that a tick uses.
            retention: how much history to read, and how long to keep answers.
            progress: called with the progress of a backfill.
            stop_requested: returns whether to end reading early; called between requests.
        """
        self._components = components
        self._keep = retention
        self._progress = progress
        self._stop = stop_requested
        self._read_since: datetime | None = None
        self._tidied: datetime | None = None
        self._is_incomplete = False
        self._any_answer = True
        self._opened = True
        self._pages = components.pages
        self._log = structlog.get_logger("tick")
        self._source_statuses: tuple[SourceStatus, ...] = ()
        self._readings: dict[str, ReadingStatus] = {}

    def open(self) -> None:
        """Recover deliveries, and restore the state of detection.

        If the clock is not plausible, the first tick with a plausible clock does this.
        """
        self._opened = self._check_clock() is None
        if self._opened:
            self._open()

    def _open(self) -> None:
        components = self._components
        # A delivery that a crash interrupted must be marked as unknown before anything
        # is sent (P10).
        components.publisher.recover()
        stored = components.store.incidents.states()
        restore_detection(stored, components.assessor, components.history)
        components.classifier.classify_all()
        self._pages.write_stale()

    def tick(self) -> TickResult:
        """Run one tick: process everything that is due when it begins.

        While the clock is not plausible, nothing is done (P16). Before the backfill is
        complete, nothing is assessed: after a first start, every tick tries the
        backfill again until a source answers.

        Raises:
            StoreError: the store was deleted, replaced or damaged, or failed.
        """
        components = self._components
        # The store is checked first: if it was deleted or replaced, it is not known
        # what is published (P10).
        components.store.check()
        trouble = self._check_clock()
        # The time is taken after the check, because the check sets the clock.
        now = components.clock.now()
        if trouble is not None:
            return TickResult(now, (), (), (), alerts=(trouble,))
        if not self._opened:
            # The clock was not plausible when the program started, so the history may
            # begin at a wrong time. It is restarted.
            components.history.restart(now - self._keep.history)
            self._open()
            self._opened = True
        failed = self._read(now)
        # The answers that were just read have the newest dates of the servers.
        trouble = self._check_clock(after_reading=True)
        if trouble is not None:
            return TickResult(now, (), (), failed, self._any_answer, (trouble,))
        # If reading was stopped, nothing is assessed, because bins that were not
        # requested would count as missing.
        if self._read_since is not None and not self._stop():
            self._assess(now)
        # Corrections are based on the newest events, so they come after the assessment.
        # They are published in this tick, so they come before the decisions.
        apply_corrections(
            components.store, components.assessor, now, components.isolation
        )
        components.classifier.classify_all()
        events = components.decider.decide_all()
        sent = self._publish(now)
        self._do_daily_work(now)
        return TickResult(
            now,
            events,
            sent,
            failed,
            self._any_answer,
            self._alerts(now),
            self._pages.problems(),
        )

    def _check_clock(self, *, after_reading: bool = False) -> OperatorAlert | None:
        components = self._components
        return components.clock_monitor.check(
            components.history.newest_bins, after_reading=after_reading
        )

    def _alerts(self, now: datetime) -> tuple[OperatorAlert, ...]:
        """Return the alerts on failed work, stopped texts, blind incidents, lost signals."""
        components = self._components
        return (
            *components.isolation.alerts(),
            *components.assessor.failures.values(),
            *components.decider.alerts(),
            *blind_alerts(self._readings),
            *self._lost_signals(now),
        )

    def _lost_signals(self, now: datetime) -> Iterable[OperatorAlert]:
        """Return the alerts on lost and faulty signals, and on places without readings.

        There are none before the backfill is complete. There are none either while no
        source answers, because that problem has an alert of its own.
        """
        if self._read_since is None or not self._any_answer:
            return ()
        reader = self._components.reader
        return (
            *lost_signal_alerts(
                self._source_statuses, reader.failures, self._read_since
            ),
            *faulty_signal_alerts(self._source_statuses, now - FAULTY_AFTER),
            *unread_alerts(reader.unanswered, now - UNREAD_AFTER),
            *self._components.named_places.alerts(self._read_since, now),
        )

    def defer_pages(self) -> None:
        """Write no page before `finish`: in a replay, nobody sees the pages earlier."""
        self._pages.defer()

    def finish(self) -> None:
        """Write the deferred pages, after the last tick."""
        self._pages.finish(self._source_statuses, self._components.clock.now())

    def _publish(self, now: datetime) -> tuple[Delivery, ...]:
        """Write the pages, then post, then show the posts on the pages (P15).

        Nothing is posted if the clock was set since the tick began. While all channels
        are paused, pages follow only what a person decides (P16).
        """
        components, pages = self._components, self._pages
        outdated = self._update_source_statuses(now)
        is_paused = components.store.pauses.is_paused(ALL_CHANNELS)
        pages.write(self._source_statuses, () if is_paused else outdated)
        components.marker.mark_all()
        sent: tuple[Delivery, ...] = ()
        # A tick may last for minutes, so the check at its start does not cover the
        # posts.
        if not components.clock_monitor.has_jumped():
            sent = components.publisher.publish_due(pages.outdated_incidents)
        pages.write(self._source_statuses)
        if is_paused:
            pages.write_front_in_pause(self._source_statuses, now)
        else:
            pages.rewrite(self._source_statuses, now)
        return sent

    def _read(self, now: datetime) -> tuple[str, ...]:
        """Read up to `now`; return a sentence for each request that failed."""
        # If the sources were first read while the clock was ahead, and nothing contradicted
        # the clock, `_read_since` lies in the future, and the weeks before `now` were never
        # read.
        if self._read_since is not None and self._read_since > now:
            self._read_since = None
            self._components.history.restart(now - self._keep.history)
        if self._read_since is None:
            return self._read_first_time(now)
        since = max(self._read_since, now - self._keep.history)
        read = self._components.reader.read_new(Interval(since, now), self._stop)
        self._any_answer = bool(read.parsed) or not read.failed
        for parsed in read.parsed:
            self._components.history.add(parsed.chunks)
        return read.failed

    def _read_first_time(self, now: datetime) -> tuple[str, ...]:
        """Read the past weeks and the current one; return a sentence for each failure.

        Some weeks may be empty, because a source is younger than these weeks. But if no
        answer at all has data, there is no baseline, and the next tick tries again.
        """
        components = self._components
        backfill = self._backfill(now)
        self._any_answer = backfill.is_complete
        if not backfill.is_complete:
            return backfill.failed
        read = components.reader.read_new(
            Interval(backfill.read_until, now), self._stop
        )
        if not (backfill.has_data or read.parsed):
            self._any_answer = False
            return (*backfill.failed, *read.failed, _NO_DATA)
        self._read_since = backfill.read_until
        components.history.load(components.store.readings, now + _DAY)
        return read.failed

    def _backfill(self, now: datetime) -> BackfillResult:
        """Read the past weeks that are not in the store yet."""
        window = Interval(now - self._keep.history, now)
        backfill = self._components.reader.backfill(window, self._progress, self._stop)
        self._is_incomplete = bool(backfill.failed)
        return backfill

    def _do_daily_work(self, now: datetime) -> None:
        """Once a day, delete old answers, and repeat an incomplete backfill."""
        if self._tidied is None:
            self._tidied = now
        if now - self._tidied < _DAY:
            return
        self._tidied = now
        if self._keep.answers is not None:
            self._components.store.answers.delete_before(now - self._keep.answers)
        if self._is_incomplete and self._backfill(now).has_data:
            self._components.history.load(self._components.store.readings, now + _DAY)

    def _assess(self, now: datetime) -> None:
        """Assess the bins that are due, and store the results."""
        components = self._components
        before = self._last_bins()
        self._roll_back(now)
        results = components.assessor.assess(components.history, now)
        # If no bin was due, the states have not changed and need not be stored.
        if before == self._last_bins():
            return
        components.history.mark_assessed(self._last_bins())
        states = {i: encode(s) for i, s in components.assessor.states.items()}
        components.store.readings.write_gaps(results.gaps, now)
        # States and events are stored in one transaction. If only the states were
        # stored, a crash would lose the events. If only the events were stored, their
        # bins would be assessed again (P10).
        components.store.incidents.record(
            results.changes, results.abstentions, states, now
        )

    def _roll_back(self, now: datetime) -> None:
        """Assess all bins again if some were assessed before they had ended.

        Bins are assessed too early if the clock was ahead and nothing contradicted it.
        When they are assessed again, only bins of the last day that lie after the last
        recorded event can make an event. Older bins only restore the state of
        detection.
        """
        components = self._components
        ahead = components.assessor.signals_ahead(components.history, now)
        if not ahead:
            return
        self._log.error(
            "bins were assessed before they had ended: assessing again", signals=ahead
        )
        components.history.restart(now - self._keep.history - _DAY)
        components.history.load(components.store.readings, now + _DAY)
        changes = [
            i.changed_at for i in components.store.incidents.newest_of_each_place()
        ]
        since = max((at for at in changes if at <= now), default=now - _DAY)
        components.assessor.reassess_until(components.history, max(since, now - _DAY))

    def _last_bins(self) -> dict[str, int]:
        """Return the last assessed bin of each signal; `NEVER` if there is none."""
        return self._components.assessor.last_bins

    def _update_source_statuses(self, now: datetime) -> tuple[str, ...]:
        """Collect statuses; return the ids of open incidents whose pages may change."""
        components = self._components
        before = self._source_statuses
        self._source_statuses = components.status_collector.collect(
            components.history, components.assessor.health, now
        )
        silent_before, self._readings = self._readings, self._reading_statuses(now)
        self._pages.note_readings(self._readings)
        if have_states_changed(before, self._source_statuses):
            return components.store.incidents.open_ids()
        statuses = self._readings.items()
        return tuple(i for i, status in statuses if silent_before.get(i) != status)

    def _reading_statuses(self, now: datetime) -> dict[str, ReadingStatus]:
        # Before the backfill is complete, the history is empty. Until then no series
        # counts as silent.
        if self._read_since is None:
            return {}
        return self._components.incident_readings.collect(now)

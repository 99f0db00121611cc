"""One tick, told in order: read, assessor, record, classify, decide, show, post."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.clock import Clock
from bot.detection.kernel.columns import NEVER
from bot.detection.series_states import decode, encode
from bot.editorial.corrections import CorrectionMarker
from bot.editorial.deciding import Classifier, Decider
from bot.editorial.isolation import Isolation, Work
from bot.incidents.manual_correction import corrected_change
from bot.model.delivery import Delivery
from bot.model.incident import IncidentEvent, ManualCorrection
from bot.model.interval import Interval
from bot.model.operator_alert import OperatorAlert
from bot.model.source_status import SourceStatus
from bot.ports import Renderer, Store
from bot.publishing.publisher import Publisher
from bot.tick.assessment import Assessor
from bot.tick.clock_watch import Timekeeper
from bot.tick.history import History
from bot.tick.reader import BackfillResult, Progress, Reader, Stop
from bot.tick.report_pages import ReportPages
from bot.tick.source_status import SourceStatusCollector, changed

_DAY = timedelta(days=1)


def _quietly(_done: int, _of: int) -> None:
    """Tell nobody."""


def _never() -> bool:
    """Do not stop."""
    return False


@dataclass(frozen=True, slots=True)
class TickResult:
    """What one tick did, for whoever watches it.

    Attributes:
        heard: whether a source answered.
        troubles: what operators should know of this tick.
        pages_failed: what could not be written of the site, and why.
    """

    at: datetime
    events: tuple[IncidentEvent, ...]
    sent: tuple[Delivery, ...]
    failed: tuple[str, ...]
    heard: bool = True
    troubles: tuple[OperatorAlert, ...] = ()
    pages_failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Components:
    """Everybody who works on a tick."""

    reader: Reader
    history: History
    assessor: Assessor
    roll: SourceStatusCollector
    classifier: Classifier
    decider: Decider
    marker: CorrectionMarker
    publisher: Publisher
    renderer: Renderer
    store: Store
    clock: Clock
    isolation: Isolation
    timekeeper: Timekeeper


@dataclass(frozen=True, slots=True)
class Retention:
    """How much is kept: of history, and of raw answers (None: all of them)."""

    history: timedelta
    answers: timedelta | None = None


class TickRunner:
    """Runs ticks; all it must not forget lies in the store."""

    def __init__(
        self,
        staff: Components,
        keep: Retention,
        progress: Progress = _quietly,
        stop: Stop = _never,
    ) -> None:
        """Begin with what the store remembers.

        Args:
            staff: who does the work.
            keep: how much history to read, and how long to keep answers.
            progress: told of a back-fill's progress.
            stop: asked whether to leave the rest of a long reading.
        """
        self._staff = staff
        self._keep = keep
        self._progress = progress
        self._stop = stop
        self._begun: datetime | None = None
        self._tidied: datetime | None = None
        self._holes = False
        self._heard = True
        self._opened = True
        self._pages = ReportPages(staff.store, staff.renderer)
        self._log = structlog.get_logger("tick")
        self._conditions: tuple[SourceStatus, ...] = ()

    def open(self) -> None:
        """Recover deliveries, and remember where judging stood.

        Where the clock is not plausible, the first round with one that is does this.
        """
        now = self._staff.clock.now()
        self._opened = self._clock_trouble(now) is None
        if self._opened:
            self._open()

    def _open(self) -> None:
        staff = self._staff
        staff.publisher.recover()
        stored = staff.store.incidents.states()
        for signal_id, states in staff.assessor.states.items():
            if signal_id in stored:
                known = decode(stored[signal_id], states.entities)
                staff.assessor.restore(signal_id, known)
        judged = {i: b for i, b in self._judged().items() if b != NEVER}
        staff.history.reach_back(judged)
        staff.classifier.classify_all()
        self._pages.open()

    def tick(self) -> TickResult:
        """Do one round; whatever is due when it begins is done.

        Without its history nothing is judged: a first start asks for it until
        somebody answers. While the clock is not plausible nothing is done at all (P16).
        """
        staff = self._staff
        now = staff.clock.now()
        trouble = self._clock_trouble(now)
        if trouble is not None:
            return TickResult(now, (), (), (), troubles=(trouble,))
        if not self._opened:
            # The history was given room by the clock that was not plausible.
            staff.history.restart(now - self._keep.history)
            self._open()
            self._opened = True
        failed = self._read(now)
        # A reading that was broken off is not judged: what was not asked is no silence.
        if self._begun is not None and not self._stop():
            self._judge(now)
        apply_corrections(staff.store, staff.assessor, now, staff.isolation)
        staff.classifier.classify_all()
        events = staff.decider.decide_all()
        sent = self._publish(now)
        self._tidy(now)
        return TickResult(
            now,
            events,
            sent,
            failed,
            self._heard,
            self._troubles(),
            self._pages.troubles(),
        )

    def _clock_trouble(self, now: datetime) -> OperatorAlert | None:
        staff = self._staff
        return staff.timekeeper.trouble(now, staff.history.newest_bins)

    def _troubles(self) -> tuple[OperatorAlert, ...]:
        """The incidents, and the places, of which something could not be done."""
        failures = self._staff.assessor.failures
        return (*self._staff.isolation.troubles(), *failures.values())

    def keep_pages(self) -> None:
        """Write no page before `finish`, for a replay that nobody watches."""
        self._pages.keep()

    def finish(self) -> None:
        """Write the pages that were kept, once nothing more is to come."""
        self._pages.finish(self._conditions, self._staff.clock.now())

    def _publish(self, now: datetime) -> tuple[Delivery, ...]:
        """Write the pages, then post, then show on the pages what is out (P15).

        Nothing is posted if the clock was set since the tick began (P16).
        """
        staff, pages = self._staff, self._pages
        revised = self._call_the_roll(now)
        pages.write(self._conditions, revised)
        staff.marker.mark_all()
        sent: tuple[Delivery, ...] = ()
        if not staff.timekeeper.moved(staff.clock.now()):
            sent = staff.publisher.publish_due(pages.unwritten())
        pages.write(self._conditions)
        pages.refresh(self._conditions)
        pages.write_front(self._conditions, now)
        return sent

    def _read(self, now: datetime) -> tuple[str, ...]:
        """Bring the history up to `now`; returns what failed."""
        if self._begun is None:
            return self._begin(now)
        since = min(max(self._begun, now - self._keep.history), now)
        read = self._staff.reader.read(Interval(since, now), self._stop)
        self._heard = bool(read.parsed) or not read.failed
        for parsed in read.parsed:
            self._staff.history.absorb(parsed.chunks)
        return read.failed

    def _begin(self, now: datetime) -> tuple[str, ...]:
        """Read the past weeks and the present one.

        Weeks may be empty, where a source is younger than they are; but where no
        answer at all has data, there is nothing to assessor by, and we begin next time.
        """
        staff = self._staff
        filled = self._fill(now)
        self._heard = filled.complete
        if not filled.complete:
            return filled.failed
        read = staff.reader.read(Interval(filled.until, now), self._stop)
        if not (filled.found or read.parsed):
            return filled.failed + read.failed
        self._begun = filled.until
        staff.history.load(staff.store.readings, now + _DAY)
        return read.failed

    def _fill(self, now: datetime) -> BackfillResult:
        """Read the past weeks that are not in the store yet."""
        window = Interval(now - self._keep.history, now)
        filled = self._staff.reader.fill_back(window, self._progress, self._stop)
        self._holes = bool(filled.failed)
        return filled

    def _tidy(self, now: datetime) -> None:
        """Once a day: forget old answers, and ask again for weeks that are missing."""
        if self._tidied is None:
            self._tidied = now
        if now - self._tidied < _DAY:
            return
        self._tidied = now
        if self._keep.answers is not None:
            self._staff.store.answers.forget(now - self._keep.answers)
        if self._holes and self._fill(now).found:
            self._staff.history.load(self._staff.store.readings, now + _DAY)

    def _judge(self, now: datetime) -> None:
        staff = self._staff
        before = self._judged()
        self._roll_back(now)
        found = staff.assessor.assess(staff.history, now)
        if before == self._judged():
            return
        staff.history.judged(self._judged())
        states = {i: encode(s) for i, s in staff.assessor.states.items()}
        staff.store.readings.note(found.gaps, now)
        staff.store.incidents.record(found.changes, found.silences, states, now)

    def _roll_back(self, now: datetime) -> None:
        """Assessor anew where bins were judged that have not come yet.

        An earlier version did so, or this one, while the clock was ahead and nothing
        showed it. The last day is told as if it were judged now, after the last event
        that was recorded; what is older is only remembered.
        """
        staff = self._staff
        ahead = staff.assessor.signals_ahead(staff.history, now)
        if not ahead:
            return
        self._log.error("bins were judged that have not come: all anew", signals=ahead)
        staff.history.restart(now - self._keep.history - _DAY)
        staff.history.load(staff.store.readings, now + _DAY)
        changes = [i.changed_at for i in staff.store.incidents.current()]
        since = max((at for at in changes if at <= now), default=now - _DAY)
        staff.assessor.reassess_until(staff.history, max(since, now - _DAY))

    def _judged(self) -> dict[str, int]:
        """The last judged bin of each signal."""
        return {i: s.index for i, s in self._staff.assessor.states.items()}

    def _call_the_roll(self, now: datetime) -> tuple[str, ...]:
        """Ask how the sources stand; the open incidents, where one stands anew."""
        staff = self._staff
        before = self._conditions
        self._conditions = staff.roll.call(staff.history, staff.assessor.health, now)
        if not changed(before, self._conditions):
            return ()
        return staff.store.incidents.open()


def apply_corrections(
    store: Store, assessor: Assessor, now: datetime, isolation: Isolation
) -> None:
    """Make every pending ruling an event of its incident.

    Dying between the event and its mark does no harm: a ruling that an incident
    follows already is only marked.
    """
    for ruling in store.rulings.pending():
        work = partial(_apply_correction, store, assessor, now, ruling)
        isolation.attempt(ruling.incident, Work.RULING, work)


def _apply_correction(
    store: Store, assessor: Assessor, now: datetime, ruling: ManualCorrection
) -> None:
    incident = store.incidents.get(ruling.incident)
    last = store.incidents.events(incident.id)[-1]
    evidence = store.incidents.evidence(last.key)
    change = corrected_change(ruling, incident, last, evidence, max(now, last.at))
    if change is not None:
        store.incidents.record((change,), (), {}, now)
        assessor.apply_correction(change)
    store.rulings.done(ruling)

"""One tick, told in order: read, judge, record, classify, decide, show, post."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.detection.kernel.columns import NEVER
from bot.detection.series_states import decode, encode
from bot.editorial.corrections import CorrectionMarker
from bot.editorial.deciding import EDITORS, Classifier, Decider
from bot.errors import RenderingError
from bot.incidents.manual_correction import corrected_change
from bot.model.delivery import Delivery, Post
from bot.model.incident import IncidentEvent
from bot.model.incident_report import IncidentReport
from bot.model.interval import Interval
from bot.model.source_status import SourceStatus
from bot.ports import Renderer, Store
from bot.publishing.publisher import Publisher
from bot.tick.assessment import Judge
from bot.tick.history import History
from bot.tick.reader import BackfillResult, Progress, Reader, Stop
from bot.tick.source_status import SourceStatusCollector, changed, faults_of

_DAY = timedelta(days=1)


def _quietly(_done: int, _of: int) -> None:
    """Tell nobody."""


def _never() -> bool:
    """Do not stop."""
    return False


@dataclass(frozen=True, slots=True)
class TickResult:
    """What one tick did, for whoever watches it; `heard`: whether a source spoke."""

    at: datetime
    events: tuple[IncidentEvent, ...]
    sent: tuple[Delivery, ...]
    failed: tuple[str, ...]
    heard: bool = True


@dataclass(frozen=True, slots=True)
class Components:
    """Everybody who works on a tick."""

    reader: Reader
    history: History
    judge: Judge
    roll: SourceStatusCollector
    classifier: Classifier
    decider: Decider
    marker: CorrectionMarker
    publisher: Publisher
    renderer: Renderer
    store: Store
    clock: Clock


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
        self._pageless: set[str] = set()
        self._acts: Mapping[str, int] = {}
        self._conditions: tuple[SourceStatus, ...] = ()
        self._log = structlog.get_logger("newsroom")

    def open(self) -> None:
        """Recover deliveries, and remember where judging stood."""
        staff = self._staff
        staff.publisher.recover()
        stored = staff.store.incidents.states()
        for signal_id, states in staff.judge.states.items():
            if signal_id in stored:
                known = decode(stored[signal_id], states.entities)
                staff.judge.remember(signal_id, known)
        judged = {i: b for i, b in self._judged().items() if b != NEVER}
        staff.history.reach_back(judged)
        staff.classifier.classify_all()
        self._acts = staff.store.attributions.acts()
        self._show({i.id for i in staff.store.incidents.all()})

    def tick(self) -> TickResult:
        """Do one round; whatever is due when it begins is done.

        Without its history nothing is judged: a first start asks for it until
        somebody answers.
        """
        staff = self._staff
        now = staff.clock.now()
        failed = self._read(now)
        # A reading that was broken off is not judged: what was not asked is no silence.
        if self._begun is not None and not self._stop():
            self._judge(now)
        apply_corrections(staff.store, staff.judge, now)
        staff.classifier.classify_all()
        events = staff.decider.decide_all()
        told = {event.incident for event in events} | self._attributed()
        told |= self._call_the_roll(now)
        self._show(told | self._pageless)
        staff.marker.mark_all()
        sent = staff.publisher.publish_due(frozenset(self._pageless))
        self._show({delivery.post.incident for delivery in sent})
        self._tidy(now)
        return TickResult(now, events, sent, failed, self._heard)

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
        answer at all has data, there is nothing to judge by, and we begin next time.
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
        found = staff.judge.conclude(staff.history, now)
        if before == self._judged():
            return
        staff.history.judged(self._judged())
        states = {i: encode(s) for i, s in staff.judge.states.items()}
        staff.store.readings.note(found.gaps, now)
        staff.store.incidents.record(found.changes, found.silences, states, now)

    def _judged(self) -> dict[str, int]:
        """The last judged bin of each signal."""
        return {i: s.index for i, s in self._staff.judge.states.items()}

    def _call_the_roll(self, now: datetime) -> set[str]:
        """Tell how the sources stand; the open incidents, where one stands anew."""
        staff = self._staff
        before = self._conditions
        self._conditions = staff.roll.call(staff.history, staff.judge.health, now)
        try:
            staff.renderer.publish_sources(self._conditions, now)
        except RenderingError as error:
            self._log.error("front page failed", error=str(error))
        if not changed(before, self._conditions):
            return set()
        return {i.id for i in staff.store.incidents.current() if i.open}

    def _attributed(self) -> set[str]:
        """Incidents whose attributions people changed since their page was written.

        `open` writes every page, so that nothing need be remembered beyond a run.
        """
        before, self._acts = self._acts, self._staff.store.attributions.acts()
        return {i for i, count in self._acts.items() if before.get(i) != count}

    def _show(self, incidents: set[str]) -> None:
        """Write the pages of `incidents`: before the first post, and after each.

        An incident whose page could not be written is not posted of (P15).
        """
        for incident in sorted(incidents):
            try:
                told = incident_report(self._staff.store, incident, self._conditions)
                self._staff.renderer.publish_page(told)
            except RenderingError as error:
                self._pageless.add(incident)
                self._log.error("page failed", incident=incident, error=str(error))
            else:
                self._pageless.discard(incident)


def incident_report(
    store: Store, incident_id: str, conditions: Sequence[SourceStatus] = ()
) -> IncidentReport:
    """Everything the store has on one incident, but for the letters to the editors.

    A letter holds an unseen draft and hints: it is on no page, sent or not (P8). A
    mark on an earlier post says nothing new.
    `conditions` is how the sources stand now, as far as it is known.
    """
    every = store.incidents.all()
    incident = next(i for i in every if i.id == incident_id)
    events = store.incidents.events(incident_id)
    sent = store.deliveries.of_incident(incident_id)
    others = [i for i in every if i.place == incident.place and i.id != incident_id]
    return IncidentReport(
        incident=incident,
        events=events,
        evidence={e.key: store.incidents.evidence(e.key) for e in events},
        drafts={d.event: d for d in store.drafts.of_incident(incident_id)},
        deliveries=tuple(d for d in sent if _is_shown(d.post)),
        previous=tuple(reversed(others)),
        classified=store.classifications.history(incident_id),
        attributions=store.attributions.of_incident(incident_id),
        faults=faults_of(incident, events, store.readings, conditions),
    )


def _is_shown(post: Post) -> bool:
    return post.channel != EDITORS and post.amends is None


def apply_corrections(store: Store, judge: Judge, now: datetime) -> int:
    """Make every pending ruling an event of its incident; returns how many.

    Dying between the event and its mark does no harm: a ruling that an incident
    follows already is only marked.
    """
    made = 0
    for ruling in store.rulings.pending():
        incident = next(i for i in store.incidents.all() if i.id == ruling.incident)
        last = store.incidents.events(incident.id)[-1]
        evidence = store.incidents.evidence(last.key)
        change = corrected_change(ruling, incident, last, evidence, max(now, last.at))
        if change is not None:
            store.incidents.record((change,), (), {}, now)
            judge.rule(change)
            made += 1
        store.rulings.done(ruling)
    return made

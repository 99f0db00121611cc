"""From readings to steps: every bin that has fallen due, in the order of time.

Live is a batch of one: the same instants are walked through, one after the other,
whether a call brings one new bin or a year of them (P14). All watched series are
looked at, whatever arrived, so that total silence is judged too.
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np

from bot.detection import artefacts, runner
from bot.detection.artefact_checks import ArtefactChecks
from bot.detection.batch import DetectionBatch, Detector
from bot.detection.fusion import verdict as verdicts
from bot.detection.fusion.rules import RULES, VerdictRule
from bot.detection.runner import LONGEST
from bot.detection.series_states import SeriesStates, of_rows
from bot.detection.snapshot import Snapshot
from bot.detection.thresholds import Thresholds
from bot.incidents import facts, transitions
from bot.incidents.transitions import Step
from bot.model.entity import Entity
from bot.model.incident import Abstention, Evidence, Incident, IncidentChange, Trace
from bot.model.signal import Gap, Panel, Signal
from bot.model.verdict import Check, Finding, SeriesState, Verdict
from bot.model.watchlist import Watchlist
from bot.tick.history import History

_CONTEXT = timedelta(days=3)
"""How long before the onset a chart begins."""
_PARTS_DRAWN = 24
_HANDS = 2
"""So many signals are walked at a time; each more takes memory of its own."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rules:
    """All that judging goes by.

    Attributes:
        calendar: windows in which a drop is foreseen; it is told, not silenced.
        grace: how long past its due time a bin that nobody has sent is waited for.
        reconstruction, drill: see `Facts`.
        table: the rows that turn findings into a verdict.
    """

    thresholds: Thresholds = field(default_factory=Thresholds)
    pace: transitions.Pace = field(default_factory=transitions.Pace)
    grace: timedelta = timedelta(hours=1)
    calendar: tuple[artefacts.Expected, ...] = ()
    reconstruction: bool = False
    drill: bool = False
    table: tuple[VerdictRule, ...] = RULES


@dataclass(slots=True)
class Conclusions:
    """What a walk through the due bins concluded; to be stored in one go."""

    changes: list[IncidentChange] = field(default_factory=list)
    silences: list[Abstention] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


class Judge:
    """Walks through due bins and remembers where it stands."""

    def __init__(
        self,
        signals: Mapping[str, Signal],
        rows: Mapping[str, tuple[Entity, ...]],
        watch: Watchlist,
        rules: Rules,
        incidents: tuple[Incident, ...],
    ) -> None:
        """Begin knowing nothing but the newest incident of each place."""
        self._signals = signals
        self._watch = watch
        self._rules = rules
        self._detectors = {
            i: Detector(signal, rows[i], watch, rules.thresholds)
            for i, signal in signals.items()
        }
        self._moment = Snapshot(signals, rows, watch, rules.thresholds)
        self.health = self._moment.health
        self._questions = ArtefactChecks(rows, watch, rules.calendar)
        self._revised: set[Entity] = set()
        self._newest = {incident.place: incident for incident in incidents}
        self._taken = {incident.id for incident in incidents}
        self._said: dict[Entity, tuple[str, str]] = {}

    @property
    def states(self) -> dict[str, SeriesStates]:
        """What is known of every series, by signal."""
        return {i: detector.states for i, detector in self._detectors.items()}

    def remember(self, signal_id: str, states: SeriesStates) -> None:
        """Go on from states that were stored."""
        self._detectors[signal_id].states = states

    def trace(self, panel: Panel, row: int, since: datetime) -> Trace:
        """A series from `since` to its last judged bin."""
        detector = self._detectors[panel.signal.id]
        one = of_rows(detector.states, np.array([row]))
        return detector.trace(panel, one, row, since)

    def rule(self, change: IncidentChange) -> None:
        """Go on from what a person ruled on an incident."""
        place = change.incident.place
        newest = self._newest.get(place)
        if newest is None or newest.id == change.incident.id:
            self._newest[place] = change.incident

    def conclude(self, history: History, now: datetime) -> Conclusions:
        """Judge every bin that is due by `now` and was not judged yet."""
        found = Conclusions()
        for signal_id, revision in history.changes().items():
            detector, panel = self._detectors[signal_id], history.panel(signal_id)
            detector.doubt(revision.retold)
            self._revised |= detector.again(panel, revision.first)
        untils = {
            i: detector.until(history.panel(i), now, now - self._rules.grace)
            for i, detector in self._detectors.items()
        }
        with ThreadPoolExecutor(_HANDS) as hands:
            for before in self._pieces(history, now):
                stretches = self._stretches(history, before, untils, hands)
                if stretches:
                    self._advance(stretches, found)
        return found

    def _pieces(self, history: History, now: datetime) -> Iterator[datetime]:
        """Instants up to which bins are judged together, the last one after `now`.

        What is found within a piece must change no baseline within it: pieces are
        short, and no day of any signal begins within one (see `walking`).
        """
        begins = [
            detector.signal.due_at(detector.begin(history.panel(i)))
            for i, detector in self._detectors.items()
        ]
        cuts = {LONGEST * k for k in range(_DAY // LONGEST)}
        cuts |= {s.step + s.lag for s in self._signals.values() if s.step < _DAY}
        day = min(begins, default=now).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        while day <= now:
            yield from (day + cut for cut in sorted(cuts) if cut < _DAY)
            day += _DAY
        yield now + _DAY

    def _stretches(
        self,
        history: History,
        before: datetime,
        untils: Mapping[str, int],
        hands: ThreadPoolExecutor,
    ) -> dict[str, DetectionBatch]:
        """Judge the bins that fall due before an instant: each signal for itself."""
        begins = {
            i: detector.begin(history.panel(i))
            for i, detector in self._detectors.items()
        }
        ends = {
            i: max(begins[i], min(untils[i], detector.due_before(before)))
            for i, detector in self._detectors.items()
        }
        if begins == ends:
            return {}
        runner.prepare(next(iter(self._detectors.values())).measure)
        walks = {
            i: hands.submit(detector.walk, history.panel(i), ends[i], untils[i])
            for i, detector in self._detectors.items()
        }
        return {i: walk.result() for i, walk in walks.items()}

    def _advance(
        self, stretches: dict[str, DetectionBatch], found: Conclusions
    ) -> None:
        """What the bins that were judged mean."""
        found.gaps += [gap for s in stretches.values() for gap in s.gaps()]
        self._moment.begin(stretches)
        places = self._attention(stretches)
        if places:
            self._moment.follow(places)
            self._live_through(places, found)
        # Of what is over, all that revised readings tell has been said by now.
        self._revised &= {p for p, incident in self._newest.items() if incident.open}
        self._moment.move({i: s.bins[-1] for i, s in stretches.items() if s.bins})

    def _attention(self, stretches: Mapping[str, DetectionBatch]) -> list[Entity]:
        """Places where something is or was in a drop, or an incident is open."""
        places = {p for p, incident in self._newest.items() if incident.open}
        places |= self._revised & set(self._newest)
        for stretch in stretches.values():
            places |= stretch.touched()
        return sorted(places)

    def _live_through(self, places: list[Entity], found: Conclusions) -> None:
        """Consider these places at each instant at which something stirs there."""
        for at, due in self._moment.instants():
            self._moment.move(due)
            for place in places:
                if self._goes_on(place) or self._moment.dropped(place):
                    self._consider(place, at, found)

    def _goes_on(self, place: Entity) -> bool:
        """Whether there is an open incident, or readings of the place were revised."""
        newest = self._newest.get(place)
        return (newest is not None and newest.open) or place in self._revised

    def _consider(self, place: Entity, at: datetime, found: Conclusions) -> None:
        before, told = self._newest.get(place), self._moment.findings(place)
        verdict = self._verdict(place, at, told, ())
        step = transitions.advance(before, verdict, self._rules.pace)
        if isinstance(step, transitions.Step):
            # Only what is about to be said need be asked what else it could be.
            closely = self._questions.closely(place, told, self._moment)
            verdict = self._verdict(place, at, told, closely)
            step = transitions.advance(before, verdict, self._rules.pace)
        if isinstance(step, transitions.Hold):
            self._keep_silent(verdict, step.reason, found)
        else:
            found.changes.append(self._tell(before, verdict, step))

    def _tell(
        self, before: Incident | None, verdict: Verdict, step: Step
    ) -> IncidentChange:
        place, at = verdict.place, verdict.at
        onset = verdict.onset.since if verdict.onset else at
        goes_on = before is not None and facts.goes_on(before, step)
        since = before.onset.since if before is not None and goes_on else onset
        evidence = self._evidence(verdict, since - _CONTEXT)
        record = facts.FactInputs(
            before=before,
            step=step,
            verdict=verdict,
            evidence=evidence,
            watch=self._watch,
            signals=self._signals,
            reconstruction=self._rules.reconstruction,
            drill=self._rules.drill,
        )
        change = facts.change(record, transitions.name(place, onset, self._taken))
        self._newest[place] = change.incident
        self._taken.add(change.incident.id)
        self._said.pop(place, None)
        self._revised.discard(place)
        return change

    def _keep_silent(self, verdict: Verdict, reason: str, found: Conclusions) -> None:
        """Record why nothing was said, once for each new reason (P17)."""
        if self._said.get(verdict.place) != (verdict.rule, reason):
            self._said[verdict.place] = (verdict.rule, reason)
            found.silences.append(
                Abstention(
                    verdict.place, verdict.at, verdict.outcome, verdict.rule, reason
                )
            )

    def _verdict(
        self,
        place: Entity,
        at: datetime,
        told: list[Finding],
        checks: tuple[Check, ...],
    ) -> Verdict:
        case = verdicts.PlaceFindings(
            place=place,
            at=at,
            own=tuple(f for f in told if f.entity == place),
            parts=tuple(f for f in told if f.entity != place),
            checks=(
                *self._questions.health(told, self._moment),
                *checks,
                *self._questions.foreseen(place, told),
            ),
        )
        verdict = verdicts.verdict_of(
            case, self._watch, self._rules.thresholds, self._rules.table
        )
        return replace(verdict, revised=True) if place in self._revised else verdict

    def _evidence(self, verdict: Verdict, since: datetime) -> Evidence:
        """The traces of the principal series, the other families, and the parts."""
        shown = [f for f in verdict.own if f.state is not SeriesState.UNKNOWN]
        fallen = sorted(verdict.fallen_parts, key=lambda f: f.settled or 0.0)
        deepest = list(dict.fromkeys(f.entity for f in fallen))[:_PARTS_DRAWN]
        shown += [f for f in fallen if f.entity in deepest]
        chosen = sorted(shown, key=lambda f: f != verdict.principal)
        return Evidence(tuple(self._moment.trace(f, since) for f in chosen))

"""From readings to steps: every bin that has fallen due, in the order of time.

Live is a batch of one: the same instants are walked through, one after the other,
whether a call brings one new bin or a year of them (P14). All watched series are
looked at, whatever arrived, so that total silence is judged too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from bot.app.detecting import Detector, Stretch
from bot.app.history import History
from bot.detection import artefacts, findings, health, verdicts
from bot.detection.ground import Record
from bot.detection.state import SeriesStates, of_rows
from bot.detection.thresholds import Thresholds
from bot.detection.walking import LONGEST
from bot.incidents import facts, machine, naming
from bot.model.entity import Entity, EntityKind
from bot.model.incident import Change, Evidence, Incident, Silence, Trace
from bot.model.panel import Panel
from bot.model.signal import Gap, Signal
from bot.model.verdict import Check, Finding, Mark, Verdict
from bot.model.watch import Watch

_CONTEXT = timedelta(days=3)
"""How long before the onset a chart begins."""
_PARTS_DRAWN = 6
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rules:
    """All that judging goes by.

    Attributes:
        calendar: windows in which a drop is foreseen; it is told, not silenced.
        grace: how long past its due time a bin that nobody has sent is waited for.
        reconstruction: see `Facts.reconstruction`.
    """

    thresholds: Thresholds = field(default_factory=Thresholds)
    pace: machine.Pace = field(default_factory=machine.Pace)
    grace: timedelta = timedelta(hours=1)
    calendar: tuple[artefacts.Expected, ...] = ()
    reconstruction: bool = False


@dataclass(slots=True)
class Conclusions:
    """What a walk through the due bins concluded; to be stored in one go."""

    changes: list[Change] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


class Judge:
    """Walks through due bins and remembers where it stands."""

    def __init__(
        self,
        signals: Mapping[str, Signal],
        rows: Mapping[str, tuple[Entity, ...]],
        watch: Watch,
        rules: Rules,
        incidents: tuple[Incident, ...],
    ) -> None:
        """Begin knowing nothing but the newest incident of each place."""
        self._signals = signals
        self._rows = rows
        self._watch = watch
        self._rules = rules
        self._detectors = {
            i: Detector(signal, rows[i], watch, rules.thresholds)
            for i, signal in signals.items()
        }
        self._members = _members(signals, rows, watch)
        self._others = _wholes_and_parts(rows, watch)
        self._health = {i: health.Health(None, "not asked yet") for i in signals}
        self._stretches: dict[str, Stretch] = {}
        self._at: dict[str, int] = {}
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

    def conclude(self, history: History, now: datetime) -> Conclusions:
        """Judge every bin that is due by `now` and was not judged yet."""
        found = Conclusions()
        for signal_id, first in history.changes().items():
            detector = self._detectors[signal_id]
            self._revised |= detector.again(history.panel(signal_id), first)
        untils = {
            i: detector.until(history.panel(i), now, now - self._rules.grace)
            for i, detector in self._detectors.items()
        }
        for before in self._pieces(history, now):
            self._advance(history, before, untils, found)
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

    def _advance(
        self,
        history: History,
        before: datetime,
        untils: Mapping[str, int],
        found: Conclusions,
    ) -> None:
        """Judge the bins that fall due before an instant, and what they mean."""
        begins = {
            i: detector.begin(history.panel(i))
            for i, detector in self._detectors.items()
        }
        ends = {
            i: max(begins[i], min(untils[i], detector.due_before(before)))
            for i, detector in self._detectors.items()
        }
        if begins == ends:
            return
        for signal_id, detector in self._detectors.items():
            stretch = detector.walk(history.panel(signal_id), ends[signal_id])
            self._stretches[signal_id] = stretch
            self._at[signal_id] = begins[signal_id] - 1
            found.gaps += stretch.gaps()
        places = self._attention()
        self._follow(places)
        for at, due in self._instants() if places else ():
            self._at |= due
            self._note_health(due)
            for place in places:
                if self._stirs(place):
                    self._consider(place, at, history, found)
        self._note_health({i: s.bins[-1] for i, s in self._stretches.items() if s.bins})

    def _attention(self) -> list[Entity]:
        """Places where something was in a drop, or an incident is open."""
        places = {p for p, incident in self._newest.items() if incident.open}
        for stretch in self._stretches.values():
            places |= stretch.touched()
        return sorted(places)

    def _follow(self, places: list[Entity]) -> None:
        rows: dict[str, list[int]] = {i: [] for i in self._signals}
        for place in places:
            for signal_id, row in self._members.get(place, ()):
                rows[signal_id].append(row)
        for signal_id, stretch in self._stretches.items():
            stretch.follow(rows[signal_id])

    def _instants(self) -> Iterator[tuple[datetime, dict[str, int]]]:
        """Due times, oldest first, each with the bins that fall due then."""
        due: dict[datetime, dict[str, int]] = {}
        for signal_id, stretch in self._stretches.items():
            signal = self._signals[signal_id]
            for index in stretch.bins:
                due.setdefault(signal.due_at(index), {})[signal_id] = index
        yield from sorted(due.items(), key=lambda told: told[0])

    def _note_health(self, due: Mapping[str, int]) -> None:
        for signal_id, index in due.items():
            self._health[signal_id] = self._stretches[signal_id].health(index)

    def _stirs(self, place: Entity) -> bool:
        """Whether a series of the place is in a drop now, or its incident is open."""
        newest = self._newest.get(place)
        if newest is not None and newest.open:
            return True
        return any(
            self._state(signal_id, row)["dropped"]
            for signal_id, row in self._members.get(place, ())
        )

    def _state(self, signal_id: str, row: int) -> Record:
        """The record of a followed series, now."""
        states, place = self._stretches[signal_id].after(row, self._at[signal_id])
        return states.table[place]

    def _consider(
        self, place: Entity, at: datetime, history: History, found: Conclusions
    ) -> None:
        before = self._newest.get(place)
        verdict = self._verdict(place, at, history)
        step = machine.advance(before, verdict, self._rules.pace)
        if isinstance(step, machine.Hold):
            self._keep_silent(verdict, step.reason, found)
            return
        onset = verdict.onset.since if verdict.onset else at
        goes_on = before is not None and facts.goes_on(before, step)
        since = before.onset.since if before is not None and goes_on else onset
        evidence = self._evidence(verdict, since - _CONTEXT)
        record = facts.Record(
            before=before,
            step=step,
            verdict=verdict,
            evidence=evidence,
            watch=self._watch,
            signals=self._signals,
            reconstruction=self._rules.reconstruction,
        )
        change = facts.change(record, naming.name(place, onset, self._taken))
        self._newest[place] = change.incident
        self._taken.add(change.incident.id)
        self._said.pop(place, None)
        self._revised.discard(place)
        found.changes.append(change)

    def _keep_silent(self, verdict: Verdict, reason: str, found: Conclusions) -> None:
        """Record why nothing was said, once for each new reason (P17)."""
        if self._said.get(verdict.place) != (verdict.rule, reason):
            self._said[verdict.place] = (verdict.rule, reason)
            found.silences.append(
                Silence(
                    verdict.place, verdict.at, verdict.outcome, verdict.rule, reason
                )
            )

    def _verdict(self, place: Entity, at: datetime, history: History) -> Verdict:
        told = [
            self._finding(signal_id, row)
            for signal_id, row in self._members.get(place, ())
        ]
        case = verdicts.Case(
            place=place,
            at=at,
            own=tuple(f for f in told if f.entity == place),
            parts=tuple(f for f in told if f.entity != place),
            checks=(
                *self._checks({f.signal for f in told}),
                *self._twins(place, told, history),
                *self._foreseen(place, told),
            ),
        )
        verdict = verdicts.judge(case, self._watch, self._rules.thresholds)
        return replace(verdict, revised=place in self._revised)

    def _finding(self, signal_id: str, row: int) -> Finding:
        states, at = self._stretches[signal_id].after(row, self._at[signal_id])
        return findings.finding(
            self._signals[signal_id], states, at, self._rules.thresholds
        )

    def _twins(
        self, place: Entity, told: list[Finding], history: History
    ) -> tuple[Check, ...]:
        """Whether what one lost another gained: a new map, or a new number."""
        found = {"geolocation": "", "renumbering": ""}
        for f in told:
            if f.state is not Mark.DROPPED or f.family not in artefacts.COUNTED:
                continue
            rows = self._rows[f.signal]
            own = f.entity == place
            if not own and f.entity.kind is not EntityKind.ASN:
                continue  # regions do not take over each other's addresses
            others = self._others[f.signal, own] & self._elsewhere(f, place)
            seen = self._stretches[f.signal].look(self._at[f.signal])
            fallen = rows.index(f.entity)
            good = int(self._state(f.signal, fallen)["onset_good"])
            before = history.panel(f.signal).column(good)
            row = artefacts.twin(seen, fallen, others, before)
            if row >= 0:
                name = "geolocation" if own else "renumbering"
                found[name] = f"{rows[row]} rose as {f.entity} fell"
        return tuple(Check(n, passed=not note, note=note) for n, note in found.items())

    def _elsewhere(self, f: Finding, place: Entity) -> npt.NDArray[np.bool_]:
        """Other places for a place, the siblings in its own place for a part."""
        rows = self._rows[f.signal]
        groups = self._detectors[f.signal].groups
        same = groups == groups[rows.index(f.entity)]
        return ~same if f.entity == place else np.asarray(same)

    def _foreseen(self, place: Entity, told: list[Finding]) -> tuple[Check, ...]:
        if not self._rules.calendar:
            return ()
        onset = max((f.onset for f in told if f.onset is not None), default=None)
        return (artefacts.foreseen(self._rules.calendar, place, onset),)

    def _checks(self, used: set[str]) -> tuple[Check, ...]:
        return tuple(
            Check(
                name=f"source-health:{signal_id}",
                passed=None if checked.ill is None else not checked.ill,
                note=checked.reason,
            )
            for signal_id, checked in self._health.items()
            if signal_id in used
        )

    def _evidence(self, verdict: Verdict, since: datetime) -> Evidence:
        """The traces of the principal series, the other families, and the parts."""
        shown = [f for f in verdict.own if f.state is not Mark.UNKNOWN]
        fallen = sorted(verdict.fallen_parts, key=lambda f: f.settled or 0.0)
        deepest = list(dict.fromkeys(f.entity for f in fallen))[:_PARTS_DRAWN]
        shown += [f for f in fallen if f.entity in deepest]
        chosen = sorted(shown, key=lambda f: f != verdict.principal)
        return Evidence(tuple(self._trace(f, since) for f in chosen))

    def _trace(self, f: Finding, since: datetime) -> Trace:
        network = self._watch.networks.get(f.entity)
        row = self._rows[f.signal].index(f.entity)
        brand = network.brand if network else ""
        stretch = self._stretches[f.signal]
        return stretch.trace(row, self._at[f.signal], since, brand)


def _wholes_and_parts(
    rows: Mapping[str, tuple[Entity, ...]], watch: Watch
) -> dict[tuple[str, bool], npt.NDArray[np.bool_]]:
    """By signal: which rows are places themselves (True), and which are parts."""
    whole = {
        i: np.array([watch.place_of[e] == e for e in entities], dtype=np.bool_)
        for i, entities in rows.items()
    }
    return {(i, True): mask for i, mask in whole.items()} | {
        (i, False): ~mask for i, mask in whole.items()
    }


def _members(
    signals: Mapping[str, Signal],
    rows: Mapping[str, tuple[Entity, ...]],
    watch: Watch,
) -> dict[Entity, list[tuple[str, int]]]:
    """For each place the rows, by signal, that speak of it or of its parts."""
    members: dict[Entity, list[tuple[str, int]]] = {}
    for signal_id in signals:
        for row, entity in enumerate(rows[signal_id]):
            members.setdefault(watch.place_of[entity], []).append((signal_id, row))
    return members

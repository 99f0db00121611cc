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

from bot.app.history import History
from bot.app.marks import Marks
from bot.detection import artefacts, drops, findings, health, traces, verdicts
from bot.detection.state import NEVER, SeriesStates, fresh
from bot.detection.thresholds import Thresholds
from bot.incidents import facts, machine, naming
from bot.model.entity import Entity, EntityKind
from bot.model.incident import Change, Evidence, Incident, Silence, Trace
from bot.model.interval import Interval
from bot.model.signal import Gap, Signal
from bot.model.verdict import Check, Finding, Mark, Verdict
from bot.model.watch import Watch

_CONTEXT = timedelta(days=3)
"""How long before the onset a chart begins."""
_PARTS_DRAWN = 6
_MASKS_KEPT = timedelta(days=36)


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
        self.states = {i: fresh(rows[i]) for i in signals}
        self._groups = {i: _groups(rows[i], watch) for i in signals}
        self._members = _members(signals, rows, watch)
        self._others = _wholes_and_parts(rows, watch)
        self._health = {i: health.Health(None, "not asked yet") for i in signals}
        self._seen: dict[str, drops.Look] = {}
        self._marks = {i: Marks(signals[i]) for i in signals}
        self._revised: set[Entity] = set()
        self._newest = {incident.place: incident for incident in incidents}
        self._taken = {incident.id for incident in incidents}
        self._said: dict[Entity, tuple[str, str]] = {}

    def conclude(self, history: History, now: datetime) -> Conclusions:
        """Judge every bin that is due by `now` and was not judged yet."""
        found = Conclusions()
        for signal_id, first in history.changes().items():
            self._judge_again(history, signal_id, first)
        for at, due in self._instants(history, now):
            for signal_id, index in due:
                self._look(history, signal_id, index, found)
            for place in self._attention():
                self._consider(place, at, history, found)
        return found

    def _instants(
        self, history: History, now: datetime
    ) -> Iterator[tuple[datetime, list[tuple[str, int]]]]:
        """Due times, oldest first, each with the bins that fall due then."""
        due: dict[datetime, list[tuple[str, int]]] = {}
        for signal_id, signal in self._signals.items():
            for index in self._due(history, signal, now):
                due.setdefault(signal.due_at(index), []).append((signal_id, index))
        yield from sorted(due.items())

    def _due(self, history: History, signal: Signal, now: datetime) -> Iterator[int]:
        panel = history.panel(signal.id)
        last = self.states[signal.id].index
        newest = signal.bin_of(now - signal.lag) - 1
        start = max(panel.first, last + 1) if last != NEVER else panel.first
        told = np.asarray(~np.isnan(panel.values[:, start - panel.first :]).all(axis=0))
        for index in range(start, newest + 1):
            arrived = bool(told[index - start :].any())
            if not arrived and now < signal.due_at(index) + self._rules.grace:
                return
            yield index

    def _judge_again(self, history: History, signal_id: str, first: int) -> None:
        """Judge a signal anew from bin `first`, whose readings changed, to the last.

        What was published stays; the next verdict knows better, and says so.
        """
        before = self.states[signal_id]
        start = self._marks[signal_id].before(first)
        if start is None or first > before.index:
            return
        self.states[signal_id] = start
        for index in range(start.index + 1, before.index + 1):
            self._look(history, signal_id, index, Conclusions())
        other = np.flatnonzero(self.states[signal_id].dropped != before.dropped)
        places = (self._watch.place_of[before.entities[row]] for row in other)
        self._revised.update(places)

    def _look(
        self, history: History, signal_id: str, index: int, found: Conclusions
    ) -> None:
        panel, states = history.panel(signal_id), self.states[signal_id]
        self._marks[signal_id].keep(states)
        thresholds = self._rules.thresholds
        seen = drops.look(panel, states, index, thresholds)
        groups = self._groups[signal_id]
        checked = health.examine(panel.signal, seen, states, groups, thresholds)
        self._health[signal_id] = checked
        self._seen[signal_id] = seen
        if checked.ill:
            seen = health.disbelieve(seen)
            signal = panel.signal
            bin_ = Interval(signal.start_of(index), signal.start_of(index + 1))
            found.gaps.append(
                Gap(signal_id, None, bin_, f"source-ill: {checked.reason}")
            )
        stepped = drops.step(panel, states, index, seen, thresholds)
        if stepped.masks:
            oldest = index - int(_MASKS_KEPT.total_seconds()) // panel.signal.step_s
            stepped = replace(stepped, masks=drops.trim(stepped.masks, oldest))
        self.states[signal_id] = stepped

    def _attention(self) -> list[Entity]:
        """Places where something has dropped, or an incident is open."""
        places = {p for p, incident in self._newest.items() if incident.open}
        for signal_id, states in self.states.items():
            rows = self._rows[signal_id]
            for row in np.flatnonzero(states.dropped):
                places.add(self._watch.place_of[rows[row]])
        return sorted(places)

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
        evidence = self._evidence(verdict, since - _CONTEXT, history)
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
            findings.finding(
                self._signals[signal_id],
                self.states[signal_id],
                row,
                self._rules.thresholds,
            )
            for signal_id, row in self._members[place]
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
            seen = self._last_look(f.signal, history)
            fallen = rows.index(f.entity)
            good = int(self.states[f.signal].onset_good[fallen])
            before = history.panel(f.signal).column(good)
            row = artefacts.twin(seen, fallen, others, before)
            if row >= 0:
                name = "geolocation" if own else "renumbering"
                found[name] = f"{rows[row]} rose as {f.entity} fell"
        return tuple(Check(n, passed=not note, note=note) for n, note in found.items())

    def _last_look(self, signal_id: str, history: History) -> drops.Look:
        """How the last judged bin read; looked at again after a restart."""
        if signal_id not in self._seen:
            states = self.states[signal_id]
            panel = history.panel(signal_id)
            again = drops.look(panel, states, states.index, self._rules.thresholds)
            self._seen[signal_id] = again
        return self._seen[signal_id]

    def _elsewhere(self, f: Finding, place: Entity) -> npt.NDArray[np.bool_]:
        """Other places for a place, the siblings in its own place for a part."""
        rows = self._rows[f.signal]
        number = self._groups[f.signal][rows.index(f.entity)]
        same = self._groups[f.signal] == number
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

    def _evidence(
        self, verdict: Verdict, since: datetime, history: History
    ) -> Evidence:
        """The traces of the principal series, the other families, and the parts."""
        shown = [f for f in verdict.own if f.state is not Mark.UNKNOWN]
        fallen = sorted(verdict.fallen_parts, key=lambda f: f.settled or 0.0)
        deepest = list(dict.fromkeys(f.entity for f in fallen))[:_PARTS_DRAWN]
        shown += [f for f in fallen if f.entity in deepest]
        chosen = sorted(shown, key=lambda f: f != verdict.principal)
        return Evidence(tuple(self._trace(f, since, history) for f in chosen))

    def _trace(self, f: Finding, since: datetime, history: History) -> Trace:
        states: SeriesStates = self.states[f.signal]
        network = self._watch.networks.get(f.entity)
        row = states.entities.index(f.entity)
        brand = network.brand if network else ""
        return traces.trace(history.panel(f.signal), states, row, since, brand)


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


def _groups(rows: tuple[Entity, ...], watch: Watch) -> npt.NDArray[np.int64]:
    """The number of the place that each row belongs to."""
    places = sorted({watch.place_of[entity] for entity in rows})
    number = {place: at for at, place in enumerate(places)}
    return np.array([number[watch.place_of[e]] for e in rows], dtype=np.int64)

"""A recording judged as it would have been at the time, without drawing anything.

The judge is the live one and walks from due time to due time, so that no bin is
seen before it was published (P14). What it leaves is what a scorecard needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.evaluation.matching import Detection
from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind, IncidentChange, Trace
from bot.model.interval import Interval
from bot.model.signal import Family, Signal
from bot.model.watchlist import Watchlist, group
from bot.places import Register
from bot.sources.recording.recording import Recording
from bot.tick.assessment import Judge, Rules
from bot.tick.history import History

_OVER = frozenset({EventKind.RESTORED, EventKind.RETRACTED})
_CONTEXT = timedelta(days=3)
_PARTS_DRAWN = 5


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What was concluded from one recording.

    Attributes:
        name: the folder's name.
        ends: when the last reading was due; what is open then has no known end.
        changes: every step of every incident, in the order of time.
        histories: for drawing what was not noticed.
    """

    name: str
    recording: Recording
    watch: Watchlist
    ends: datetime
    changes: tuple[IncidentChange, ...]
    judge: Judge
    history: History

    @property
    def families(self) -> tuple[Family, ...]:
        """The families that were recorded, in a fixed order."""
        return tuple(sorted({s.family for s in self.recording.signals}))

    @property
    def places(self) -> tuple[Entity, ...]:
        """The places that incidents are told of."""
        return tuple(sorted(set(self.watch.place_of.values())))

    @property
    def signals(self) -> Mapping[str, Signal]:
        """The recorded signals by id."""
        return {signal.id: signal for signal in self.recording.signals}

    @property
    def incidents(self) -> tuple[tuple[IncidentChange, ...], ...]:
        """The steps of each incident, incidents in the order they began."""
        found: dict[str, list[IncidentChange]] = {}
        for change in self.changes:
            found.setdefault(change.incident.id, []).append(change)
        return tuple(tuple(steps) for steps in found.values())


def judge_recording(
    name: str, recording: Recording, register: Register, rules: Rules
) -> Judged:
    """Judge every bin of `recording`, each when it was due.

    Args:
        name: what the recording is called in labels.
        recording: its readings; they tell the parents of regions and networks.
        register: the networks that are known by brand and kind.
        rules: thresholds and pace.
    """
    signals = {signal.id: signal for signal in recording.signals}
    networks = {network.entity: network for network in register.networks.values()}
    watch = group(recording.entities, networks, recording.parents, register.zone)
    keep = recording.span.width + timedelta(days=1)
    history = History(signals, recording.rows, recording.span.since, keep)
    judge = Judge(signals, recording.rows, watch, rules, ())
    history.absorb(recording.chunks)
    ends = recording.span.until + max(signal.lag for signal in recording.signals)
    found = judge.conclude(history, ends)
    return Judged(name, recording, watch, ends, tuple(found.changes), judge, history)


def detections(judged: Judged) -> tuple[Detection, ...]:
    """Each incident as an event that can be held against a label."""
    return tuple(_detection(judged, steps) for steps in judged.incidents)


def _detection(judged: Judged, steps: tuple[IncidentChange, ...]) -> Detection:
    last = steps[-1].incident
    signal = judged.signals.get(steps[0].event.facts.principal)
    until = last.restored.until if last.restored else judged.recording.span.until
    since = last.onset.since
    over = [c.event.at for c in steps if c.event.kind in _OVER]
    return Detection(
        key=last.id,
        recording=judged.name,
        place=last.place,
        when=Interval(since, max(since, until)),
        step=signal.step if signal else timedelta(0),
        scope=last.scope,
        regions=_regions(steps),
        suspected_at=steps[0].event.at,
        confirmed_at=last.confirmed_at,
        over_at=over[-1] if over and not last.open else None,
    )


def _regions(steps: tuple[IncidentChange, ...]) -> frozenset[Entity]:
    named = [level.entity for c in steps for level in c.event.facts.regions]
    return frozenset(named)


def evidence_of(judged: Judged, place: Entity, when: Interval) -> tuple[Trace, ...]:
    """The series of `place` around `when`: its own, else the deepest of its parts."""
    rows = [
        (signal_id, row, entity)
        for signal_id, entities in judged.recording.rows.items()
        for row, entity in enumerate(entities)
        if entity == place or _within(entity, place, judged.watch)
    ]
    own = [r for r in rows if r[2] == place]
    found = [_trace(judged, s, row, when) for s, row, _ in own or rows]
    if own:
        return tuple(found)
    return tuple(sorted(found, key=lambda t: _deepest(t, when))[:_PARTS_DRAWN])


def _within(entity: Entity, place: Entity, watch: Watchlist) -> bool:
    if place.kind is EntityKind.REGION:
        return entity.code.startswith(f"{place.code}/")
    return watch.place_of.get(entity) == place


def _trace(judged: Judged, signal_id: str, row: int, when: Interval) -> Trace:
    """The series from three days before `when` to three days after it."""
    panel = judged.history.panel(signal_id)
    return judged.judge.trace(panel, row, when.since - _CONTEXT)


def _deepest(one: Trace, when: Interval) -> float:
    """The lowest level within `when`; 1.0 where none is known."""
    skip = max(0, int((when.since - one.first) / timedelta(seconds=one.step_s)))
    pairs = zip(one.values[skip:], one.expected[skip:], strict=True)
    return min((v / e for v, e in pairs if v is not None and e), default=1.0)

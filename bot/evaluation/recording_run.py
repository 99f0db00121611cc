"""A run of the live detection over a recording, without drafts or posts.

The live code assesses the bins in the order in which they became due. No reading is
therefore used before it was published (P14).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.evaluation.matching import Detection
from bot.model.entity import Entity, EntityKind
from bot.model.event import IncidentChange
from bot.model.incident import EventKind, Trace
from bot.model.interval import Interval
from bot.model.signal import Family, Signal
from bot.model.watchlist import Watchlist, group_into_places
from bot.places import Register
from bot.sources.recording.recording import Recording
from bot.tick.assessment import Assessor
from bot.tick.history import History
from bot.tick.rules import AssessmentRules

_CLOSING_EVENTS = frozenset({EventKind.RESTORED, EventKind.RETRACTED})
_CONTEXT = timedelta(days=3)
# A reader cannot tell more lines than this apart in a chart.
_MAX_PARTS = 5


@dataclass(frozen=True, slots=True, eq=False)
class RecordingResult:
    """The incidents that the rules made from one recording.

    Attributes:
        name: the name of the recording's folder. Labels refer to this name.
        last_due_at: when the last reading was due; aware, UTC. An incident that is still
            open at this time has no known end.
        changes: all changes of all incidents, in the order of time.
        history: the readings, for charts of series without an incident.
    """

    name: str
    recording: Recording
    watchlist: Watchlist
    last_due_at: datetime
    changes: tuple[IncidentChange, ...]
    assessor: Assessor
    history: History

    @property
    def families(self) -> tuple[Family, ...]:
        """The families that were recorded, sorted by name."""
        return tuple(sorted({s.family for s in self.recording.signals}))

    @property
    def places(self) -> tuple[Entity, ...]:
        """The places that incidents can be about, sorted."""
        return tuple(sorted(set(self.watchlist.place_of.values())))

    @property
    def signals(self) -> Mapping[str, Signal]:
        """The recorded signals by id."""
        return {signal.id: signal for signal in self.recording.signals}

    @property
    def incidents(self) -> tuple[tuple[IncidentChange, ...], ...]:
        """The changes of each incident, in the order in which the incidents began."""
        by_id: dict[str, list[IncidentChange]] = {}
        for change in self.changes:
            by_id.setdefault(change.incident.id, []).append(change)
        return tuple(tuple(changes) for changes in by_id.values())


def run_recording(
    name: str, recording: Recording, register: Register, rules: AssessmentRules
) -> RecordingResult:
    """Assess all bins of `recording` in the order in which they were due.

    Args:
        name: the name by which labels refer to the recording.
        recording: the readings, and the countries of regions and networks.
        register: the brands and kinds of networks, and the time zones of places.
        rules: thresholds, timing and verdict table.
    """
    signals = {signal.id: signal for signal in recording.signals}
    networks = {network.entity: network for network in register.networks.values()}
    watchlist = group_into_places(
        recording.entities, networks, recording.parents, register.principal_zone
    )
    # All readings are kept, because error charts may need any of them.
    keep = recording.span.width + timedelta(days=1)
    history = History(signals, recording.rows, recording.span.since, keep)
    assessor = Assessor(signals, recording.rows, watchlist, rules, ())
    # All readings are added at once, but none is used too early: to assess a bin, the
    # assessor uses only the readings that were due when the bin was due.
    history.add(recording.chunks)
    ends = recording.span.until + max(signal.lag for signal in recording.signals)
    changes = tuple(assessor.assess(history, ends).changes)
    return RecordingResult(name, recording, watchlist, ends, changes, assessor, history)


def detections_of(result: RecordingResult) -> tuple[Detection, ...]:
    """Return each incident as an event that can be matched with a label."""
    return tuple(_detection(result, changes) for changes in result.incidents)


def _detection(
    result: RecordingResult, changes: tuple[IncidentChange, ...]
) -> Detection:
    last = changes[-1].incident
    signal = result.signals.get(changes[0].event.facts.levels.principal or "")
    until = last.restored.until if last.restored else result.recording.span.until
    since = last.onset.since
    closed = [c.event.at for c in changes if c.event.kind in _CLOSING_EVENTS]
    return Detection(
        key=last.id,
        recording=result.name,
        place=last.place,
        period=Interval(since, max(since, until)),
        step=signal.step if signal else timedelta(0),
        scope=last.scope,
        regions=_named_regions(changes),
        suspected_at=changes[0].event.at,
        confirmed_at=last.confirmed_at,
        closed_at=closed[-1] if closed and not last.is_open else None,
    )


def _named_regions(changes: tuple[IncidentChange, ...]) -> frozenset[Entity]:
    return frozenset(
        level.entity for change in changes for level in change.event.facts.parts.regions
    )


def traces_of(
    result: RecordingResult, place: Entity, period: Interval
) -> tuple[Trace, ...]:
    """Return the traces of the series of `place`, from three days before `period` on.

    If the place has no series, return at most five traces of its parts: those with the
    lowest levels after the start of `period`.
    """
    rows = [
        (signal_id, row, entity)
        for signal_id, entities in result.recording.rows.items()
        for row, entity in enumerate(entities)
        if entity == place or _is_part_of(entity, place, result.watchlist)
    ]
    # Parts are drawn only if the place has no series. Then only the parts have
    # readings.
    own = [r for r in rows if r[2] == place]
    traces = [_trace(result, s, row, period) for s, row, _ in own or rows]
    if own:
        return tuple(traces)
    return tuple(sorted(traces, key=lambda t: _lowest_level(t, period))[:_MAX_PARTS])


def _is_part_of(entity: Entity, place: Entity, watchlist: Watchlist) -> bool:
    if place.kind is EntityKind.REGION:
        return entity.code.startswith(f"{place.code}/")
    return watchlist.place_of.get(entity) == place


def _trace(
    result: RecordingResult, signal_id: str, row: int, period: Interval
) -> Trace:
    """Return the trace of one series, beginning three days before `period`."""
    panel = result.history.panel(signal_id)
    return result.assessor.trace(panel, row, period.since - _CONTEXT)


def _lowest_level(trace: Trace, period: Interval) -> float:
    """Return a trace's lowest level from the start of `period` on; 1.0 if none."""
    skip = max(0, int((period.since - trace.first) / timedelta(seconds=trace.step_s)))
    return min((v for v in trace.levels[skip:] if v is not None), default=1.0)

"""A run of the live detection over a generated world.

Time moves in steps. At the end of each step, detection gets the bins that became due in
it. If a bin is late or revised, detection first assesses what was first reported for
it. Then detection gets the final value, before the next step, as from a real source
(P14).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.evaluation.matching import Detection
from bot.evaluation.synthetic.world import World
from bot.model.entity import Entity
from bot.model.event import IncidentChange
from bot.model.incident import Incident
from bot.model.interval import Interval
from bot.model.signal import Chunk, Values
from bot.tick.assessment import Assessor
from bot.tick.history import History
from bot.tick.rules import AssessmentRules

# A baseline is computed from the last four weeks, so readings are kept that long.
_KEEP = timedelta(days=28)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, eq=False)
class WorldResult:
    """The incidents that the rules made from one world.

    Attributes:
        last_due_at: when the last bin of the signal with the shortest lag was due; aware,
            UTC.
        changes: all changes of all incidents, in the order of time.
    """

    world: World
    last_due_at: datetime
    changes: tuple[IncidentChange, ...]

    @property
    def changes_by_incident(self) -> dict[str, list[IncidentChange]]:
        """The changes of each incident, by its id; the oldest incident comes first."""
        by_id: dict[str, list[IncidentChange]] = {}
        for change in self.changes:
            by_id.setdefault(change.incident.id, []).append(change)
        return by_id

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """The incidents after their last change."""
        by_incident = self.changes_by_incident.values()
        return tuple(changes[-1].incident for changes in by_incident)

    def confirmed_places(self) -> tuple[Entity, ...]:
        """Return the places with a confirmed incident, sorted."""
        places = {i.place for i in self.incidents if i.confirmed_at is not None}
        return tuple(sorted(places))


def run_world(
    world: World,
    rules: AssessmentRules,
    stride: timedelta = A_DAY,
    history_length: timedelta = timedelta(0),
) -> WorldResult:
    """Assess a world in steps of time, each of the length `stride`.

    Args:
        world: the readings, and how they are published.
        rules: the rules of detection.
        stride: the time from one assessment to the next.
        history_length: the time from the start of the world to the start of assessment.
            Earlier bins are history for the baselines and are not assessed.
    """
    history = History(world.signals, world.rows, world.since, _KEEP)
    assessor = Assessor(world.signals, world.rows, world.watchlist(), rules, ())
    _skip(assessor, world, history_length)
    changes: list[IncidentChange] = []
    ends = world.until + min(s.lag for s in world.signals.values())
    published = dict.fromkeys(world.signals, 0)
    first_values = _first_reported_values(world)
    now, misdated_at = world.since + history_length, world.since + world.misdated_after
    while now < ends:
        before, now = now, min(now + stride, ends)
        due = {i: _due(world, i, now) for i in world.signals}
        history.add(_chunks(world, first_values, published, due))
        history.add(world.misdated if before <= misdated_at < now else ())
        changes += assessor.assess(history, now).changes
        history.mark_assessed({i: assessor.states[i].index for i in world.signals})
        # After the assessment, the final values replace the first reports.
        history.add(_chunks(world, world.values, published, due))
        published = due
    return WorldResult(world, ends, tuple(changes))


def _skip(assessor: Assessor, world: World, history_length: timedelta) -> None:
    """Mark the bins of the first `history_length` as assessed, as after a restart."""
    if history_length:
        for signal_id, states in assessor.states.items():
            signal = assessor.signal(signal_id)
            last = signal.bin_at(world.since + history_length) - 1
            assessor.restore_states(signal_id, replace(states, index=last))


def _first_reported_values(world: World) -> dict[str, Values]:
    """Return each signal's values as first reported.

    The arrays of signals without first reports are not copied.
    """
    values = dict(world.values)
    for signal_id, first in world.first_reports.items():
        values[signal_id] = world.values[signal_id].copy()
        values[signal_id][first.rows, first.columns] = first.values
    return values


def _due(world: World, signal_id: str, now: datetime) -> int:
    """Return the number of bins of a signal that are published by `now`."""
    signal = world.signals[signal_id]
    count = signal.bin_at(now - signal.lag) - signal.bin_at(world.since)
    return int(min(max(0, count), world.values[signal_id].shape[1]))


def _chunks(
    world: World,
    values: dict[str, Values],
    since: dict[str, int],
    until: dict[str, int],
) -> Iterator[Chunk]:
    """Yield the bins of each series from number `since` up to number `until`.

    `since` and `until` give a bin number for each signal id. The first bin of the world
    has number 0; bin `until` is left out.
    """
    for signal_id, signal in world.signals.items():
        first, last = since[signal_id], until[signal_id]
        start = signal.bin_at(world.since) + first
        for row, entity in enumerate(world.rows[signal_id] if last > first else ()):
            yield Chunk(entity, signal_id, start, values[signal_id][row, first:last])


def detections_of(result: WorldResult) -> tuple[Detection, ...]:
    """Return each incident as an event that can be matched with the ground truth."""
    by_incident = result.changes_by_incident.values()
    return tuple(_detection(result, changes) for changes in by_incident)


def _detection(result: WorldResult, changes: list[IncidentChange]) -> Detection:
    last = changes[-1].incident
    signal = result.world.signals[changes[0].event.facts.levels.principal or ""]
    until = last.restored.until if last.restored else result.world.until
    return Detection(
        key=last.id,
        recording="generated",
        place=last.place,
        period=Interval(last.onset.since, max(last.onset.since, until)),
        step=signal.step,
        scope=last.scope,
        suspected_at=changes[0].event.at,
        confirmed_at=last.confirmed_at,
        closed_at=None if last.is_open else last.changed_at,
    )

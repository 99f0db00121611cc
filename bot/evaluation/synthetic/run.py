"""A generated world, walked through by the live judge, as it would have been told.

Bins come when they are due. Those that are late or revised later are first told
otherwise, and put right at the next stride, after they were judged (P14).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.evaluation.matching import Detection
from bot.evaluation.synthetic.world import World
from bot.model.entity import Entity
from bot.model.incident import Incident, IncidentChange
from bot.model.interval import Interval
from bot.model.signal import Chunk, Values
from bot.tick.assessment import Judge, Rules
from bot.tick.history import History

_KEEP = timedelta(days=28)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """What was concluded from one world; `ends` is when the first of its signals ends."""

    world: World
    ends: datetime
    changes: tuple[IncidentChange, ...]

    @property
    def incidents(self) -> dict[str, list[IncidentChange]]:
        """The steps of each incident by its id, in the order they began."""
        found: dict[str, list[IncidentChange]] = {}
        for change in self.changes:
            found.setdefault(change.incident.id, []).append(change)
        return found

    @property
    def opened(self) -> tuple[Incident, ...]:
        """Every incident as its last step left it."""
        return tuple(steps[-1].incident for steps in self.incidents.values())

    def confirmed(self) -> tuple[Entity, ...]:
        """The places of which an outage was confirmed, in order."""
        told = {i.place for i in self.opened if i.confirmed_at is not None}
        return tuple(sorted(told))


def play(
    world: World,
    rules: Rules,
    stride: timedelta = A_DAY,
    begin: timedelta = timedelta(0),
) -> Played:
    """Judge a world from `begin` after its start on, a stride at a time.

    What lies before `begin` is history that is known and was not judged.
    """
    history = History(world.signals, world.rows, world.since, _KEEP)
    judge = Judge(world.signals, world.rows, world.watch(), rules, ())
    _skip(judge, world, begin)
    changes: list[IncidentChange] = []
    ends = world.until + min(s.lag for s in world.signals.values())
    told = dict.fromkeys(world.signals, 0)
    first = _first_told(world)
    now, stray_at = world.since + begin, world.since + world.strays_at
    while now < ends:
        before, now = now, min(now + stride, ends)
        due = {i: _due(world, i, now) for i in world.signals}
        history.absorb(_chunks(world, first, told, due))
        history.absorb(world.stray if before <= stray_at < now else ())
        changes += judge.conclude(history, now).changes
        history.judged({i: states.index for i, states in judge.states.items()})
        history.absorb(_chunks(world, world.values, told, due))
        told = due
    return Played(world, ends, tuple(changes))


def _skip(judge: Judge, world: World, begin: timedelta) -> None:
    """Go on as after a stop: everything before `begin` counts as judged."""
    if begin:
        for signal_id, signal in world.signals.items():
            last = signal.bin_of(world.since + begin) - 1
            judge.remember(signal_id, replace(judge.states[signal_id], index=last))


def _first_told(world: World) -> dict[str, Values]:
    """The values as they were told first; a copy only where they differ."""
    first = dict(world.values)
    for signal_id, other in world.first_told.items():
        first[signal_id] = world.values[signal_id].copy()
        first[signal_id][other.rows, other.columns] = other.values
    return first


def _due(world: World, signal_id: str, now: datetime) -> int:
    """How many bins of a signal have been published by `now`."""
    signal = world.signals[signal_id]
    done = signal.bin_of(now - signal.lag) - signal.bin_of(world.since)
    return int(min(max(0, done), world.values[signal_id].shape[1]))


def _chunks(
    world: World,
    values: dict[str, Values],
    since: dict[str, int],
    until: dict[str, int],
) -> Iterator[Chunk]:
    for signal_id, signal in world.signals.items():
        first, last = since[signal_id], until[signal_id]
        start = signal.bin_of(world.since) + first
        for row, entity in enumerate(world.rows[signal_id] if last > first else ()):
            yield Chunk(entity, signal_id, start, values[signal_id][row, first:last])


def detections(played: Played) -> tuple[Detection, ...]:
    """Each incident as an event that can be held against the truth."""
    return tuple(_detection(played, steps) for steps in played.incidents.values())


def _detection(played: Played, steps: list[IncidentChange]) -> Detection:
    last = steps[-1].incident
    signal = played.world.signals[steps[0].event.facts.principal]
    until = last.restored.until if last.restored else played.world.until
    return Detection(
        key=last.id,
        recording="generated",
        place=last.place,
        when=Interval(last.onset.since, max(last.onset.since, until)),
        step=signal.step,
        scope=last.scope,
        suspected_at=steps[0].event.at,
        confirmed_at=last.confirmed_at,
        over_at=None if last.open else last.changed_at,
    )

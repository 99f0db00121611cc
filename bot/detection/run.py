"""Detection as one pure call: `run(setup, readings, state, until) -> Batch`.

The same bins give the same result, whether one call assesses them or many (P14): a live
tick covers one bin, a replay a year. Every watched series is assessed, with readings or
without, so that a source that falls silent is noticed.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.detection.batch import (
    SignalBatch,
    SignalState,
    assess,
    reassess,
    with_outages,
)
from bot.detection.kernel_calls import LONGEST
from bot.detection.series_states import empty_checkpoints, fresh_states
from bot.detection.setup import DetectionSetup, SignalRevision, is_twin
from bot.detection.snapshot import Snapshot
from bot.detection.source_health import Health, HealthReason
from bot.model.entity import Entity
from bot.model.signal import Family, Gap, Panel

_DAY = timedelta(days=1)

Parallel = Callable[[Callable[..., Any], Iterable[Any]], Iterable[Any]]
"""A function that applies another function to each item, as `map` does.

`Executor.map` does so in several threads."""
DetectionState = Mapping[str, SignalState]
"""The state of each signal after its last assessed bin, by signal id."""


@dataclass(frozen=True, slots=True)
class PanelReadings:
    """The readings that a run of detection assesses.

    Attributes:
        panels: the readings of each signal, by signal id.
        revisions: by signal id, the bins that were assessed earlier and whose readings
            arrived or changed since then.
    """

    panels: Mapping[str, Panel]
    revisions: Mapping[str, SignalRevision] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AssessmentEnd:
    """The times up to which bins are assessed; both aware, UTC.

    Attributes:
        now: bins that are due after this time are not assessed.
        grace_end: a bin that is due between this time and `now` is assessed only if
            this bin or a later bin has a reading.
    """

    now: datetime
    grace_end: datetime


@dataclass(frozen=True, slots=True)
class IncidentPlaces:
    """Functions that return the places of incidents, as of the time of the call.

    They are called during the iteration of a `Batch`.

    Attributes:
        followed: returns the places that snapshots include even without a drop, such as
            the places of open incidents.
        confirmed: returns the places with a confirmed outage that is not over.
    """

    followed: Callable[[], Collection[Entity]] = tuple
    confirmed: Callable[[], Collection[Entity]] = tuple


def initial_state(setup: DetectionSetup) -> DetectionState:
    """Return the state before the first bin of every series."""
    return {
        id_: SignalState(
            fresh_states(signal.entities),
            empty_checkpoints(signal.signal),
            Health(None, HealthReason.NOT_ASSESSED),
        )
        for id_, signal in setup.by_signal.items()
    }


def run(
    setup: DetectionSetup,
    readings: PanelReadings,
    state: DetectionState,
    until: AssessmentEnd,
    incidents: IncidentPlaces | None = None,
    parallel: Parallel = map,
) -> "Batch":
    """Return a batch that assesses every due bin while it is iterated.

    Late and revised bins are assessed again before this function returns. The arguments
    are not changed.

    Args:
        setup: the watched signals and entities.
        readings: the panels, and the bins that were revised in them.
        state: the state after the last run.
        until: up to when bins are assessed.
        incidents: the places of incidents; None: there are no incidents.
        parallel: applies a function to each signal, as `map` does. It may do so in
            several threads, because the signals are independent of each other.

    Returns:
        A batch that can be iterated once; it yields the oldest snapshot first.
    """
    after, revised = dict(state), set[Entity]()
    # Revised bins are assessed before new ones, so that new bins follow corrected
    # states.
    for id_, revision in readings.revisions.items():
        signal, panel = setup.by_signal[id_], readings.panels[id_]
        after[id_], places = reassess(signal, panel, after[id_], revision)
        revised |= places if not is_twin(id_) else set()
    how = incidents or IncidentPlaces(), parallel
    return Batch(setup, readings, after, until, how, revised)


class Batch:
    """The result of a run: immutable snapshots, oldest first.

    Attributes:
        revised: places with a drop that is now assessed differently.
        state: the state after the run; complete only after the iteration.
        gaps: the bins in which a source was unhealthy; complete only after the
            iteration.
    """

    def __init__(
        self,
        setup: DetectionSetup,
        readings: PanelReadings,
        state: dict[str, SignalState],
        until: AssessmentEnd,
        callbacks: tuple[IncidentPlaces, Parallel],
        revised: set[Entity],
    ) -> None:
        """Store what the run needs; the iteration assesses the bins."""
        self.revised = revised
        self.state = state
        self.gaps: list[Gap] = []
        self._setup = setup
        self._panels = readings.panels
        self._until = until
        self._places, self._parallel = callbacks
        self._ends = {
            id_: signal.end_bin(
                self._panels[id_], state[id_].series, until.now, until.grace_end
            )
            for id_, signal in setup.by_signal.items()
        }

    def __iter__(self) -> Iterator[Snapshot]:
        """Assess the bins piece by piece; yield the snapshots of each piece."""
        for before in self._pieces():
            batches = self._assess(before)
            if batches:
                self.gaps += [
                    gap
                    for id_, one_batch in batches.items()
                    for gap in one_batch.gaps()
                    if not is_twin(id_)
                ]
                yield from self._snapshots_of(batches)
                # The state is updated last: a snapshot earlier than a signal's first bin in
                # this piece needs the health that the signal had before the piece.
                self.state |= {id_: batch.state for id_, batch in batches.items()}

    def _pieces(self) -> Iterator[datetime]:
        """Divide the time to assess into pieces, and yield the end of each piece.

        The bins due in one piece are assessed together, so the result of a bin must not
        change the baseline of another bin in the piece. It does not if two conditions
        are met:

        - The piece is no longer than `kernel_calls.LONGEST`.
        - The first bin of a signal's day is due at the start of a piece, not within it.
          The baselines change with that bin (see `levels.update_on_new_day`).

        The last end lies after `now`.
        """
        signals = self._setup.by_signal
        due = [
            s.signal.due_at(self._first_unassessed_bin(id_))
            for id_, s in signals.items()
        ]
        cuts = {LONGEST * k for k in range(_DAY // LONGEST)}
        cuts |= {s.step + s.lag for s in self._setup.signals.values() if s.step < _DAY}
        now = self._until.now
        # Pieces end at fixed times of the day. So live ticks and a replay have the same
        # pieces (P14).
        day = min(due, default=now).replace(hour=0, minute=0, second=0, microsecond=0)
        while day <= now:
            yield from (day + cut for cut in sorted(cuts) if cut < _DAY)
            day += _DAY
        # A piece has the bins due before its end. The last piece must also have a bin
        # that is due exactly at `now`, so it ends later.
        yield now + _DAY

    def _first_unassessed_bin(self, id_: str) -> int:
        signal, series = self._setup.by_signal[id_], self.state[id_].series
        return signal.first_unassessed_bin(self._panels[id_], series)

    def _assess(self, before: datetime) -> dict[str, SignalBatch]:
        """Assess the bins that are due before an instant; return them by signal id.

        The result is {} if there are no such bins.
        """
        signals = self._setup.by_signal
        firsts = {id_: self._first_unassessed_bin(id_) for id_ in signals}
        ends = {
            # A signal without a bin to assess gets an empty range.
            id_: max(
                firsts[id_], min(self._ends[id_], signal.first_bin_due_from(before))
            )
            for id_, signal in signals.items()
        }
        if firsts == ends:
            return {}

        # The bins from `firsts` to before `ends` are one piece. All are assessed with
        # the outages that are confirmed at its start. So live ticks and a replay assess
        # these bins in the same way (P14).
        outages = frozenset(self._places.confirmed())

        def assess_one(id_: str) -> SignalBatch:
            panel = self._panels[id_]
            state = with_outages(signals[id_], self.state[id_], outages)
            return assess(signals[id_], panel, state, ends[id_], self._ends[id_])

        return dict(zip(signals, self._parallel(assess_one, signals), strict=True))

    def _snapshots_of(self, batches: dict[str, SignalBatch]) -> Iterator[Snapshot]:
        places = set(self._places.followed())
        for id_, batch in batches.items():
            if not is_twin(id_):
                places |= batch.dropped_places()
        places |= self._shallow_places(batches)
        if not places:
            return
        # To follow a row costs a second assessment, so only rows of these places are
        # followed.
        self._follow(batches, sorted(places))
        # Until a bin of its batch is due, a signal's last assessed bin is the bin
        # before the batch.
        bins = {id_: batch.bins.start - 1 for id_, batch in batches.items()}
        health: dict[str, Health] = {i: s.health for i, s in self.state.items()}
        for at, due in self._instants(batches):
            bins = bins | due
            health = health | {
                i: batches[i].health_at(index) for i, index in due.items()
            }
            ordered = tuple(sorted(places))
            yield Snapshot(at, ordered, bins, health, self._setup, batches)

    def _shallow_places(self, batches: dict[str, SignalBatch]) -> set[Entity]:
        """Return the places where traffic and another family were in a shallow drop."""
        families: dict[Entity, set[Family]] = {}
        for id_, batch in batches.items():
            if is_twin(id_):
                for place in batch.dropped_places():
                    family = self._setup.signals[id_].family
                    families.setdefault(place, set()).add(family)
        return {
            p
            for p, fell in families.items()
            if Family.TRAFFIC in fell and len(fell) > 1
        }

    def _follow(self, batches: dict[str, SignalBatch], places: list[Entity]) -> None:
        """Record the states after each bin for all series of these places."""
        rows: dict[str, list[int]] = {id_: [] for id_ in batches}
        for place in places:
            members = self._setup.members.get(place, [])
            for id_, row in members + self._setup.twin_members.get(place, []):
                rows[id_].append(row)
        for id_, batch in batches.items():
            batch.follow(rows[id_])

    def _instants(
        self, batches: dict[str, SignalBatch]
    ) -> list[tuple[datetime, dict[str, int]]]:
        """Return the due times, oldest first, each with the bins due at that time."""
        due: dict[datetime, dict[str, int]] = {}
        for id_, batch in batches.items():
            signal = self._setup.signals[id_]
            for index in batch.bins:
                due.setdefault(signal.due_at(index), {})[id_] = index
        return sorted(due.items(), key=lambda pair: pair[0])

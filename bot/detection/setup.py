"""The watched signals and entities with their parameters; fixed for the process."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
import numpy.typing as npt

from bot.detection.kernel.columns import NEVER
from bot.detection.kernel.inputs import Numbers, SignalParams
from bot.detection.series_states import SeriesStates
from bot.detection.thresholds import Thresholds, signal_params
from bot.detection.utc_offsets import UtcOffsets
from bot.model.entity import Entity
from bot.model.signal import Panel, Signal, Values
from bot.model.watchlist import Watchlist

Bins = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RevisedBins:
    """Revised readings of one series.

    Attributes:
        row: the series' row in the panel.
        bins: the numbers of the revised bins.
        shares: how far each reading changed, as a fraction of the larger one.
    """

    row: int
    bins: Bins
    shares: Values


@dataclass(frozen=True, slots=True)
class SignalRevision:
    """Assessed bins of a signal that arrived late or were revised.

    Attributes:
        first: the first such bin.
        revised: the revised readings; late ones are not among them.
    """

    first: int
    revised: tuple[RevisedBins, ...] = ()


class SignalSetup:
    """One signal with its watched entities.

    Attributes:
        entities: the entity of each row; places: the place of each row.
        groups: the number of the place that each row belongs to.
        params: the parameters of the compiled loops.
    """

    def __init__(
        self,
        signal: Signal,
        entities: tuple[Entity, ...],
        watchlist: Watchlist,
        thresholds: Thresholds,
    ) -> None:
        """Derive places, parameters and clocks."""
        self.signal = signal
        self.entities = entities
        self.places = tuple(watchlist.place_of[entity] for entity in entities)
        self.groups = _groups(self.places)
        self.params: SignalParams = signal_params(signal, thresholds)
        self.offsets = UtcOffsets(signal, entities, watchlist)

    def first_bin(self, panel: Panel, states: SeriesStates) -> int:
        """Return the first bin of the panel that was not assessed yet."""
        last = states.index
        return max(panel.first, last + 1) if last != NEVER else panel.first

    def end_bin(
        self, panel: Panel, states: SeriesStates, now: datetime, grace_end: datetime
    ) -> int:
        """Return the bin after the last one that is due and either has readings or is overdue.

        Args:
            panel: the readings.
            states: after the last assessed bin.
            now: bins that are due later are left out.
            grace_end: bins that are due later are left out unless a reading arrived.
        """
        # The bin that contains `now - lag` had not ended at that time, so it is the
        # first that is not due.
        due = self.signal.bin_of(now - self.signal.lag)
        overdue = self.signal.bin_of(grace_end - self.signal.lag)
        # Overdue bins are assessed even without readings, so only later ones are
        # searched.
        first = max(overdue, self.first_bin(panel, states), panel.first)
        present = ~np.isnan(panel.values[:, first - panel.first : due - panel.first])
        columns = np.flatnonzero(present.any(axis=0))
        arrived = first + int(columns[-1]) + 1 if len(columns) else 0
        return min(due, max(arrived, overdue))

    def due_before(self, instant: datetime) -> int:
        """Return the first bin that is due at `instant` or later."""
        index = self.signal.bin_of(instant - self.signal.lag)
        # A bin that is due exactly at `instant` is not due before it.
        return index if self.signal.due_at(index - 1) < instant else index - 1


# `cached_property` stores its value in `__dict__`, which slots would remove.
@dataclass(frozen=True)
class DetectionSetup:
    """All watched signals and entities, and the thresholds.

    Attributes:
        signals: by id.
        rows: the watched entities of each signal, by signal id.
    """

    signals: Mapping[str, Signal]
    rows: Mapping[str, tuple[Entity, ...]]
    watchlist: Watchlist
    thresholds: Thresholds

    @cached_property
    def by_signal(self) -> dict[str, SignalSetup]:
        """The setup of each signal, by signal id."""
        return {
            id_: SignalSetup(signal, self.rows[id_], self.watchlist, self.thresholds)
            for id_, signal in self.signals.items()
        }

    @cached_property
    def row_of(self) -> dict[str, dict[Entity, int]]:
        """The row of each entity, by signal id."""
        return {
            id_: {entity: row for row, entity in enumerate(self.rows[id_])}
            for id_ in self.signals
        }

    @cached_property
    def members(self) -> dict[Entity, list[tuple[str, int]]]:
        """The series of each place and of its parts, as (signal id, row)."""
        members: dict[Entity, list[tuple[str, int]]] = {}
        for id_, entities in self.rows.items():
            for row, entity in enumerate(entities):
                place = self.watchlist.place_of[entity]
                members.setdefault(place, []).append((id_, row))
        return members


def _groups(places: tuple[Entity, ...]) -> Numbers:
    # Sorted, because the order of a set may differ between two processes (P14).
    number = {place: index for index, place in enumerate(sorted(set(places)))}
    return np.array([number[place] for place in places], dtype=np.int32)

"""The watched signals and entities with their parameters; all fixed at the start."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import numpy as np
import numpy.typing as npt

from bot.detection.kernel.columns import NEVER
from bot.detection.kernel.inputs import Numbers, SignalParams
from bot.detection.series_states import SeriesStates
from bot.detection.thresholds import (
    SHALLOW_LIMITS,
    Thresholds,
    shallow_params,
    signal_params,
)
from bot.detection.utc_offsets import UtcOffsets
from bot.model.entity import Entity
from bot.model.signal import Panel, Signal, Values
from bot.model.watchlist import Watchlist

Bins = npt.NDArray[np.int64]
_TWIN = "~shallow"
_SHALLOW_FAMILIES = frozenset(SHALLOW_LIMITS)


@dataclass(frozen=True, slots=True)
class RevisedBins:
    """Revised readings of one series.

    Attributes:
        row: the series' row in the panel.
        bins: the numbers of the revised bins.
        shares: how far each reading changed, as a fraction of the larger of its two
            values.
    """

    row: int
    bins: Bins
    shares: Values


@dataclass(frozen=True, slots=True)
class SignalRevision:
    """Assessed bins of a signal whose readings arrived late or were revised.

    Attributes:
        first: the number of the first of these bins.
        revised: the revised readings; readings that arrived late are not among them.
    """

    first: int
    revised: tuple[RevisedBins, ...] = ()


class SignalSetup:
    """One signal with its watched entities.

    Attributes:
        entities: the watched entity of each row.
        places: the place of each row.
        groups: for each row the number of its place.
        params: the parameters of the compiled loops.
    """

    def __init__(
        self,
        signal: Signal,
        entities: tuple[Entity, ...],
        watchlist: Watchlist,
        thresholds: Thresholds,
    ) -> None:
        """Derive places, parameters and UTC offsets from the arguments."""
        self.signal = signal
        self.entities = entities
        self.places = tuple(watchlist.place_of[entity] for entity in entities)
        self.groups = _place_numbers(self.places)
        params = shallow_params if is_twin(signal.id) else signal_params
        self.params: SignalParams = params(signal, thresholds)
        self.offsets = UtcOffsets(signal, entities, watchlist)

    def first_unassessed_bin(self, panel: Panel, states: SeriesStates) -> int:
        """Return the first bin of the panel that was not assessed yet."""
        last = states.index
        return max(panel.first, last + 1) if last != NEVER else panel.first

    def end_bin(
        self, panel: Panel, states: SeriesStates, now: datetime, grace_end: datetime
    ) -> int:
        """Return the number of the bin after the last bin to assess.

        The last bin to assess is due, and either has a reading or is overdue.

        Args:
            panel: the readings.
            states: the states after the last assessed bin.
            now: a bin that becomes due later is not assessed.
            grace_end: a time before `now`. A bin that became due by then is overdue, and
                is assessed in any case. A bin that became due later is assessed only if
                it, or a due bin after it, has a reading.
        """
        # The bin that contains `now - lag` is the first bin that is not due yet.
        due = self.signal.bin_at(now - self.signal.lag)
        overdue = self.signal.bin_at(grace_end - self.signal.lag)
        # Overdue bins are assessed even without readings, so readings are searched only
        # in later bins.
        first = max(overdue, self.first_unassessed_bin(panel, states), panel.first)
        present = ~np.isnan(panel.values[:, first - panel.first : due - panel.first])
        columns = np.flatnonzero(present.any(axis=0))
        arrived = first + int(columns[-1]) + 1 if len(columns) else 0
        return min(due, max(arrived, overdue))

    def first_bin_due_from(self, instant: datetime) -> int:
        """Return the number of the first bin that is due at `instant` or later."""
        index = self.signal.bin_at(instant - self.signal.lag)
        # Bin `index` is due after `instant`. The bin before it may be due exactly then.
        return index if self.signal.due_at(index - 1) < instant else index - 1


def is_twin(signal_id: str) -> bool:
    """Whether a signal is a twin: a copy of another one, made to find shallow drops."""
    return signal_id.endswith(_TWIN)


def id_of_twin(signal_id: str) -> str:
    """Return the id of a signal's twin: its copy, made to find shallow drops."""
    return signal_id + _TWIN


# This class has no slots, because they would remove `__dict__`, in which
# `cached_property` stores its value.
@dataclass(frozen=True)
class DetectionSetup:
    """All watched signals and entities, and the thresholds.

    Attributes:
        signals: the signals, by id. A setup made by `with_twins` also has a twin of
            each signal of a strong family.
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
            id_: SignalSetup(
                signal,
                self.rows[id_],
                self.watchlist,
                self.thresholds,
            )
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
        """The series of each place and its parts, as (signal id, row); no twin signals.

        Twin signals are those assessed with the shallow parameters (see `is_twin`).
        """
        return self._members(twins=False)

    @cached_property
    def twin_members(self) -> dict[Entity, list[tuple[str, int]]]:
        """The twins of each place's own series, as (twin id, row); see `with_twins`."""
        return self._members(twins=True)

    def _members(self, *, twins: bool) -> dict[Entity, list[tuple[str, int]]]:
        members: dict[Entity, list[tuple[str, int]]] = {}
        for id_, entities in self.rows.items():
            if is_twin(id_) is not twins:
                continue
            for row, entity in enumerate(entities):
                place = self.watchlist.place_of[entity]
                members.setdefault(place, []).append((id_, row))
        return members


def with_twins(setup: DetectionSetup) -> DetectionSetup:
    """Return the setup with a twin added for each signal of a strong family.

    A twin is a copy of a signal that finds shallow drops. It has only the series of
    places, not those of parts, and is assessed with the thresholds of shallow drops.
    """
    place_of = setup.watchlist.place_of
    signals, rows = dict(setup.signals), dict(setup.rows)
    for id_, signal in setup.signals.items():
        places = tuple(e for e in setup.rows[id_] if place_of[e] == e)
        if signal.family in _SHALLOW_FAMILIES and places:
            signals[id_of_twin(id_)] = replace(signal, id=id_of_twin(id_))
            rows[id_of_twin(id_)] = places
    return replace(setup, signals=signals, rows=rows)


def twin_panels(setup: DetectionSetup, panels: Mapping[str, Panel]) -> dict[str, Panel]:
    """Return `panels` with the panels of the twin signals added (see `with_twins`)."""
    extended = dict(panels)
    for id_, panel in panels.items():
        twin = id_of_twin(id_)
        if twin in setup.signals:
            rows = [setup.row_of[id_][entity] for entity in setup.rows[twin]]
            extended[twin] = Panel(
                setup.signals[twin], setup.rows[twin], panel.first, panel.values[rows]
            )
    return extended


def twin_revisions(
    setup: DetectionSetup, revisions: Mapping[str, SignalRevision]
) -> dict[str, SignalRevision]:
    """Return `revisions` and the same revisions for the twins (see `with_twins`)."""
    extended = dict(revisions)
    for id_, revision in revisions.items():
        twin = id_of_twin(id_)
        if twin in setup.signals:
            rows = setup.row_of[twin]
            revised = tuple(
                replace(bins, row=rows[entity])
                for bins in revision.revised
                if (entity := setup.rows[id_][bins.row]) in rows
            )
            extended[twin] = replace(revision, revised=revised)
    return extended


def _place_numbers(places: tuple[Entity, ...]) -> Numbers:
    # The places are sorted, because the order of a set may differ between two processes
    # (P14).
    number = {place: index for index, place in enumerate(sorted(set(places)))}
    return np.array([number[place] for place in places], dtype=np.int32)

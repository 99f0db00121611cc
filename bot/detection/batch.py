"""The bins of one signal that one run assesses."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from bot.detection import kernel_calls, traces
from bot.detection.day_shapes import PastReadings, history_bins_needed
from bot.detection.drop_times.drops import drops_of
from bot.detection.kernel.columns import NEVER, Table
from bot.detection.kernel.health import HEALTHY
from bot.detection.kernel.inputs import Flags, Numbers, SignalParams
from bot.detection.kernel_calls import (
    AssessedBins,
    BinReadings,
    Clocks,
    RecordedStates,
)
from bot.detection.series_states import SeriesStates, StateCheckpoints, states_of_rows
from bot.detection.setup import RevisedBins, SignalRevision, SignalSetup
from bot.detection.source_health import Health
from bot.detection.source_health import health_of_code as health_of
from bot.model.entity import Entity
from bot.model.incident import Trace
from bot.model.interval import Interval
from bot.model.signal import Gap, Panel, Values
from bot.model.timeline import Drop
from bot.model.verdict import UnknownReason

_BEFORE_A_DROP = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SignalState:
    """The state of one signal after its last assessed bin.

    Attributes:
        series: the state of each series.
        checkpoints: earlier states, from which bins are assessed again after a late or
            revised reading.
        health: whether the source could be believed in the last assessed bin.
    """

    series: SeriesStates
    checkpoints: StateCheckpoints
    health: Health


class SignalBatch:
    """The bins of one signal that one run assessed.

    Attributes:
        state: the state of the signal after the last of these bins.
    """

    def __init__(
        self,
        setup: SignalSetup,
        panel: Panel,
        before: SeriesStates,
        assessed: AssessedBins,
        state: SignalState,
        clocks: Clocks,
    ) -> None:
        """Store the result of a run.

        `follow` must be called before `states_after`, `past_readings`, `drops_since`
        and `trace_since` can be used.
        """
        self.state = state
        self._clocks = clocks
        self._setup = setup
        self._panel = panel
        self._before = before
        self._assessed = assessed
        self._recorded: RecordedStates | None = None
        self._position: dict[int, int] = {}
        self._after = (NEVER, before)
        self._readings: dict[int, BinReadings] = {}

    @property
    def bins(self) -> range:
        """The numbers of the assessed bins."""
        first = self._assessed.first
        return range(first, first + len(self._assessed.health_codes))

    def dropped_places(self) -> set[Entity]:
        """Return the places of all series that were in a drop in any assessed bin."""
        rows = np.flatnonzero(self._assessed.ever_dropped)
        return {self._setup.places[row] for row in rows}

    def gaps(self) -> list[Gap]:
        """Return a gap for each bin in which the source was unhealthy."""
        signal = self._setup.signal
        bins = (
            np.flatnonzero(self._assessed.health_codes > HEALTHY) + self._assessed.first
        )
        return [
            Gap(
                signal.id,
                None,
                Interval(signal.start_of(int(index)), signal.start_of(int(index) + 1)),
                f"{UnknownReason.SOURCE_ILL}: {self.health_at(int(index)).reason}",
            )
            for index in bins
        ]

    def health_at(self, index: int) -> Health:
        """Return whether the source could be believed in bin `index`."""
        return health_of(int(self._assessed.health_codes[index - self._assessed.first]))

    def follow(self, rows: list[int]) -> None:
        """Follow `rows`: assess them again, and keep their states after each bin."""
        self._position = {row: position for position, row in enumerate(rows)}
        self._after = (NEVER, self._before)
        self._recorded = kernel_calls.record_states(
            self._panel,
            self._before,
            np.array(rows, dtype=np.int64),
            self._assessed.health_codes,
            self._setup.params,
            self._clocks,
        )

    def states_after(self, row: int, index: int) -> tuple[SeriesStates, int]:
        """Return the followed rows' states after a bin, and the position of `row`.

        Returns:
            The states, and the position of `row` in these states.

        Raises:
            KeyError: `row` is not followed (see `follow`).
        """
        if self._recorded is None:
            raise KeyError(row)
        # Callers ask for the rows of a bin one after the other. So the states of this
        # bin are kept for the next call.
        if self._after[0] != index:
            self._after = (index, self._recorded.states_after(index))
        return self._after[1], self._position[row]

    def readings_at(self, index: int) -> BinReadings:
        """Return the readings and baselines of all rows in a bin."""
        if index not in self._readings:
            self._readings[index] = kernel_calls.readings_at(
                self._panel,
                self._assessed.states,
                index,
                self._setup.params,
                self._clocks,
            )
        return self._readings[index]

    def raw_readings_at(self, index: int) -> Values:
        """Return the reading of each row in a bin; NaN is missing."""
        return self._panel.readings_in_bin(index)

    def past_readings(self, row: int, index: int) -> PastReadings:
        """Return the readings, up to bin `index`, of a followed row that is in a drop.

        Readings in earlier drops are replaced by NaN.
        """
        states, position = self.states_after(row, index)
        params, bad = self._setup.params, int(states.table[position]["onset_bad"])
        first = index + 1 - history_bins_needed(params)
        values = self._panel.readings_of_row(row, first, index + 1)
        for since, until in states.masks_of_row(position):
            # The readings of the current drop are kept, because they are compared with
            # those of past days.
            if until <= bad:
                values[max(0, since - first) : max(0, until - first)] = np.nan
        return PastReadings(values, index + 1 - bad, params)

    def drops_since(self, row: int, index: int, since: datetime) -> tuple[Drop, ...]:
        """Return the drops of a followed row, as known after bin `index`.

        A drop is left out if it had ended by `since`.
        """
        states, position = self.states_after(row, index)
        signal = self._setup.signal
        earliest = signal.bin_at(since)
        masks = [mask for mask in states.masks_of_row(position) if mask[1] > earliest]
        if not masks:
            return ()
        # The trace begins before the first drop, so that it has a normal bin before the
        # drop. The drop cannot have begun before that bin.
        start = signal.start_of(masks[0][0]) - _BEFORE_A_DROP
        return drops_of(self.trace_since(row, index, start, ""), signal, masks)

    def trace_since(self, row: int, index: int, since: datetime, brand: str) -> Trace:
        """Return a followed row's trace from `since` on, as known after `index`."""
        states, position = self.states_after(row, index)
        own = states_of_rows(states, np.array([position]))
        return trace_of_row(self._setup, self._panel, own, row, since, brand)


def assess(
    setup: SignalSetup,
    panel: Panel,
    state: SignalState,
    until: int,
    last_planned_bin: int = 0,
) -> SignalBatch:
    """Assess every bin before `until` that was not assessed yet.

    Args:
        setup: the signal with its entities and parameters.
        panel: the readings of the signal.
        state: the state of the signal after the last assessed bin.
        until: the number of the bin after the last bin to assess.
        last_planned_bin: the number of the last bin that the caller will assess, in this
            call or a later one. A checkpoint is not made if it would be discarded before
            this bin.
    """
    before, clocks = state.series, setup.offsets.clocks(panel, until)
    if until <= setup.first_unassessed_bin(panel, before):
        assessed = kernel_calls.assess_no_bins(panel, before)
        return SignalBatch(setup, panel, before, assessed, state, clocks)
    # The state before this run is kept: when a reading arrives late, its bin and all
    # later bins are assessed again from an earlier state.
    checkpoints = state.checkpoints.add(before, last_planned_bin)
    assessed = kernel_calls.assess_bins(
        panel, before, until, setup.groups, setup.params, clocks
    )
    last = health_of(int(assessed.health_codes[-1]))
    after = SignalState(assessed.states, checkpoints, last)
    return SignalBatch(setup, panel, before, assessed, after, clocks)


def with_outages(
    setup: SignalSetup, state: SignalState, places: Collection[Entity]
) -> SignalState:
    """Return the state, in which the rows of places with a confirmed outage are marked.

    Args:
        setup: gives the place of each row.
        state: the state of the signal.
        places: the places with a confirmed outage.
    """
    in_outage = np.zeros(len(setup.places), dtype=np.bool_)
    if places:
        in_outage[:] = [place in places for place in setup.places]
    return replace(state, series=replace(state.series, in_outage=in_outage))


def reassess(
    setup: SignalSetup, panel: Panel, state: SignalState, revision: SignalRevision
) -> tuple[SignalState, set[Entity]]:
    """Assess again every assessed bin from the first late or revised one on.

    Returns:
        The new state, and the places with a drop that has changed by this.
    """
    state = with_distrust(setup, state, revision.revised)
    before = state.series
    start, checkpoints = state.checkpoints.restore_before(revision.first, before)
    # Nothing is assessed if every checkpoint is younger than the revision, or if the
    # revised bins were not assessed yet.
    if start is None or revision.first > before.index:
        return replace(state, checkpoints=checkpoints), set()
    # The checkpoint is from before the revision and does not know the distrusted bins.
    # So these bins are copied to it. A checkpoint does not store `in_outage`, so this
    # is copied too.
    start = replace(start, doubted=before.doubted, in_outage=before.in_outage)
    since = SignalState(start, checkpoints, state.health)
    after = assess(setup, panel, since, before.index + 1).state
    # The health of the last bin was already reported, so the reported health is kept.
    after = replace(after, health=state.health)
    rows = np.flatnonzero(_rows_with_other_drop(after.series.table, before.table))
    return after, {setup.places[row] for row in rows}


def with_distrust(
    setup: SignalSetup, state: SignalState, revised: Iterable[RevisedBins]
) -> SignalState:
    """Return the state; its source is distrusted if it revised readings of many places.

    A distrusted source counts as unhealthy from the first revised bin until
    `Thresholds.stale` after the last assessed bin. In this time no drop begins or ends
    (P5, P6). If the source revised readings of only a few places, the state is
    unchanged.
    """
    params, series = setup.params, state.series
    firsts = {
        row.row: int(row.bins[row.shares >= params.ill_revision][0])
        for row in revised
        if (row.shares >= params.ill_revision).any()
    }
    rows = np.array(list(firsts), dtype=np.int64)
    # Places that never had a reading are not counted: they would make the share of
    # revised places too small.
    read = ~np.isnan(series.table["value"])
    if not _are_many_revised(setup.groups[rows], setup.groups[read], params):
        return state
    since, until = series.doubted
    # If the source is distrusted already, only the end of the distrusted time is moved.
    # The first distrusted bins must stay rejected when they are assessed again.
    since = since if until > series.index else min(firsts.values())
    doubted = (since, series.index + 1 + params.stale)
    return replace(state, series=replace(series, doubted=doubted))


def trace_of_row(
    setup: SignalSetup,
    panel: Panel,
    states: SeriesStates,
    row: int,
    since: datetime,
    brand: str = "",
) -> Trace:
    """Return the trace of the series in `row` from `since` on.

    Args:
        setup: the signal with its entities and parameters.
        panel: the readings of all rows of the signal.
        states: the state of this series alone.
        row: the row of the series in `panel`.
        since: a time in the first bin of the trace; aware.
        brand: the brand of the network; "" for other entities.
    """
    clocks = setup.offsets.clocks(panel, panel.last)
    inputs = kernel_calls.kernel_inputs_of(panel, states, [row], clocks)
    return traces.make_trace(panel, states, inputs, setup.params, since, brand)


def _are_many_revised(
    places_revised: Numbers, places_read: Numbers, params: SignalParams
) -> bool:
    """Whether a source revised the readings of so many places that it is distrusted.

    Args:
        places_revised: for each row with revised readings, the number of its place.
        places_read: for each row that ever had a reading, the number of its place.
        params: the parameters of the signal.
    """
    places = len(np.unique(places_read))
    many = max(2.0, params.ill_share * places)
    return places >= params.basket and len(np.unique(places_revised)) > many


def _rows_with_other_drop(table_now: Table, table_before: Table) -> Flags:
    """Mark the rows whose last drop differs between two tables of the same rows.

    A drop differs if it is in one table only, or has another time. If the drop is not
    over, it also differs if it has another depth.

    Args:
        table_now: the table after bins were assessed again.
        table_before: the table before that.
    """
    differs = table_now["dropped"] != table_before["dropped"]
    for name in ("onset_bad", "back_good"):
        differs |= table_now[name] != table_before[name]
    deeper = np.nan_to_num(table_now["lowest"]) != np.nan_to_num(table_before["lowest"])
    return np.asarray(differs | (deeper & (table_now["dropped"] > 0)), dtype=np.bool_)

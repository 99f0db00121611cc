"""The bins of one signal that one run assesses."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from bot.detection import kernel_calls, traces
from bot.detection.day_shapes import Past, span
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
from bot.detection.series_states import SeriesStates, StateCheckpoints, of_rows
from bot.detection.setup import RevisedBins, SignalRevision, SignalSetup
from bot.detection.source_health import Health
from bot.detection.source_health import health as health_of
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
        """Store the result of a run; `follow` adds the states after each bin later."""
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
                f"{UnknownReason.SOURCE_ILL}: {self.health(int(index)).reason}",
            )
            for index in bins
        ]

    def health(self, index: int) -> Health:
        """Return whether the source could be believed in an assessed bin."""
        return health_of(int(self._assessed.health_codes[index - self._assessed.first]))

    def follow(self, rows: list[int]) -> None:
        """Assess `rows` again, and keep their states after each bin."""
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

    def after(self, row: int, index: int) -> tuple[SeriesStates, int]:
        """Return the states of the followed rows after a bin, and `row`'s position.

        `index` is the number of the bin. The position is that of `row` in the states.

        Raises:
            KeyError: the row is not followed.
        """
        if self._recorded is None:
            raise KeyError(row)
        # Callers ask for all rows of one bin in turn, so the states of the last
        # requested bin are kept.
        if self._after[0] != index:
            self._after = (index, self._recorded.after(index))
        return self._after[1], self._position[row]

    def readings(self, index: int) -> BinReadings:
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

    def column(self, index: int) -> Values:
        """Return the reading of each row in a bin; NaN is missing."""
        return self._panel.column(index)

    def past(self, row: int, index: int) -> Past:
        """Return the past readings, up to bin `index`, of a row that is in a drop.

        The row must be followed. Readings in earlier drops are replaced by NaN.
        """
        states, position = self.after(row, index)
        params, bad = self._setup.params, int(states.table[position]["onset_bad"])
        first = index + 1 - span(params)
        values = self._panel.row(row, first, index + 1)
        for since, until in states.masks(position):
            # The readings of the current drop are kept, because they are compared with
            # those of past days.
            if until <= bad:
                values[max(0, since - first) : max(0, until - first)] = np.nan
        return Past(values, index + 1 - bad, params)

    def drops(self, row: int, index: int, since: datetime) -> tuple[Drop, ...]:
        """Return the drops of a followed row, as known after bin `index`.

        Drops that were over at `since` are left out.
        """
        states, position = self.after(row, index)
        signal = self._setup.signal
        earliest = signal.bin_of(since)
        masks = [mask for mask in states.masks(position) if mask[1] > earliest]
        if not masks:
            return ()
        # The trace begins before the first drop: a normal bin before the drop shows the
        # earliest time at which the drop can have begun.
        start = signal.start_of(masks[0][0]) - _BEFORE_A_DROP
        return drops_of(self.trace(row, index, start, ""), signal, masks)

    def trace(self, row: int, index: int, since: datetime, brand: str) -> Trace:
        """Return a followed row's trace from `since` on, as known after bin `index`."""
        states, position = self.after(row, index)
        own = of_rows(states, np.array([position]))
        return trace(self._setup, self._panel, own, row, since, brand)


def assess(
    setup: SignalSetup, panel: Panel, state: SignalState, until: int, ahead: int = 0
) -> SignalBatch:
    """Assess every bin before `until` that was not assessed yet.

    Args:
        setup: the signal with its entities and parameters.
        panel: the signal's readings.
        state: the signal's state after the last assessed bin.
        until: the number of the bin after the last bin to assess.
        ahead: the number of the bin up to which the caller will assess in this call and
            the next calls. A checkpoint that would be discarded by then is not made.
    """
    before, clocks = state.series, setup.offsets.clocks(panel, until)
    if until <= setup.first_bin(panel, before):
        assessed = kernel_calls.no_bins(panel, before)
        return SignalBatch(setup, panel, before, assessed, state, clocks)
    # After a late reading, assessment starts again from a state before the reading's
    # bin, so the state before this run is kept.
    checkpoints = state.checkpoints.add(before, ahead)
    assessed = kernel_calls.assess_bins(
        panel, before, until, setup.groups, setup.params, clocks
    )
    last = health_of(int(assessed.health_codes[-1]))
    after = SignalState(assessed.states, checkpoints, last)
    return SignalBatch(setup, panel, before, assessed, after, clocks)


def with_outages(
    setup: SignalSetup, state: SignalState, places: Collection[Entity]
) -> SignalState:
    """Return the state with the rows of `places` marked: they have a confirmed outage."""
    in_outage = np.zeros(len(setup.places), dtype=np.bool_)
    if places:
        in_outage[:] = [place in places for place in setup.places]
    return replace(state, series=replace(state.series, in_outage=in_outage))


def reassess(
    setup: SignalSetup, panel: Panel, state: SignalState, revision: SignalRevision
) -> tuple[SignalState, set[Entity]]:
    """Assess again all assessed bins from the first late or revised one on.

    Returns:
        The new state, and the places with a drop that is now assessed differently.
    """
    state = distrust(setup, state, revision.revised)
    before = state.series
    start, checkpoints = state.checkpoints.before(revision.first, before)
    # A revision older than every checkpoint is stored but not assessed, and bins that
    # were never assessed need no second assessment.
    if start is None or revision.first > before.index:
        return replace(state, checkpoints=checkpoints), set()
    # The checkpoint was made before the source revised these readings, so the bins that
    # are distrusted because of the revisions are copied to it. It does not store
    # `in_outage`.
    start = replace(start, doubted=before.doubted, in_outage=before.in_outage)
    since = SignalState(start, checkpoints, state.health)
    after = assess(setup, panel, since, before.index + 1).state
    # The reported health of the last bin is still that of the run that first
    # assessed this bin.
    after = replace(after, health=state.health)
    rows = np.flatnonzero(_differs(after.series.table, before.table))
    return after, {setup.places[row] for row in rows}


def distrust(
    setup: SignalSetup, state: SignalState, revised: Iterable[RevisedBins]
) -> SignalState:
    """Distrust a source if it revised the readings of many places; return the state.

    A distrusted source counts as unhealthy from the first revised bin until
    `Thresholds.stale` after the last assessed bin. In this time no drop begins or ends
    (P5, P6). If the source revised the readings of only a few places, the state is
    returned unchanged.
    """
    params, series = setup.params, state.series
    firsts = {
        row.row: int(row.bins[row.shares >= params.ill_revision][0])
        for row in revised
        if (row.shares >= params.ill_revision).any()
    }
    rows = np.array(list(firsts), dtype=np.int64)
    # Only places that were ever read are counted: the others would make the share of
    # revised places look small.
    read = ~np.isnan(series.table["value"])
    if not _many_revised(setup.groups[rows], setup.groups[read], params):
        return state
    since, until = series.doubted
    # If the source is still distrusted, the distrusted time is extended and keeps its
    # start, so that its first bins stay rejected when they are assessed again.
    since = since if until > series.index else min(firsts.values())
    doubted = (since, series.index + 1 + params.stale)
    return replace(state, series=replace(series, doubted=doubted))


def trace(
    setup: SignalSetup,
    panel: Panel,
    states: SeriesStates,
    row: int,
    since: datetime,
    brand: str = "",
) -> Trace:
    """Return the trace of one series from `since` on; `states` has only this series."""
    clocks = setup.offsets.clocks(panel, panel.last)
    inputs = kernel_calls.inputs_of(panel, states, [row], clocks)
    return traces.trace(panel, states, inputs, setup.params, since, brand)


def _many_revised(revised: Numbers, read: Numbers, params: SignalParams) -> bool:
    """Whether a source revised the readings of so many places that it is distrusted.

    Args:
        revised: for each row with revised readings, the number of its place.
        read: for each row that ever had a reading, the number of its place.
        params: the parameters of the signal.
    """
    places = len(np.unique(read))
    many = max(2.0, params.ill_share * places)
    return places >= params.basket and len(np.unique(revised)) > many


def _differs(now: Table, before: Table) -> Flags:
    """Mark the rows whose last drop is not the same in `now` as in `before`.

    The drop may be new, be gone, or have another time or depth.
    """
    differs = now["dropped"] != before["dropped"]
    for name in ("onset_bad", "back_good"):
        differs |= now[name] != before[name]
    # The lowest level of a drop that is over is not compared.
    deeper = np.nan_to_num(now["lowest"]) != np.nan_to_num(before["lowest"])
    return np.asarray(differs | (deeper & (now["dropped"] > 0)), dtype=np.bool_)

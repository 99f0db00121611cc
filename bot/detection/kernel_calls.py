"""Calls the compiled loops for one signal.

The result is the same, whether one call assesses all bins or many calls do (P14).
"""

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from bot.detection.kernel.columns import NEVER, Table
from bot.detection.kernel.context import HealthCodes, kernel_context, with_state_history
from bot.detection.kernel.expect import baselines_and_spreads, kept_baselines
from bot.detection.kernel.inputs import (
    Flags,
    KernelInputs,
    Numbers,
    Offsets,
    SignalParams,
)
from bot.detection.kernel.loop import assess_bins_of_span
from bot.detection.series_states import SeriesStates, fresh_states, states_of_rows
from bot.model.signal import Panel, Values

Rows = npt.NDArray[np.int64]
LONGEST = timedelta(hours=8)
"""The longest time whose bins may be assessed together.

Within this time, the result of a bin changes the baseline of no other bin (see
`SignalParams.young`).
"""


@dataclass(frozen=True, slots=True, eq=False)
class Clocks:
    """The UTC offset of the place of each series, hour by hour.

    Attributes:
        zone, east, moves, hour: see `KernelInputs`; `zone` has one element per series.
    """

    zone: Numbers
    east: Offsets
    moves: Flags
    hour: int = 0


def utc_clocks(count: int) -> Clocks:
    """Return the clocks of `count` series whose local time is UTC."""
    return Clocks(
        zone=np.zeros(count, dtype=np.int32),
        east=np.zeros((1, 1), dtype=np.int16),
        moves=np.zeros(1, dtype=np.bool_),
    )


@dataclass(frozen=True, slots=True, eq=False)
class BinReadings:
    """The reading and the baseline of every series in one bin, in the signal's unit.

    Attributes:
        read: the reading; NaN is missing.
        expected, spread: the baseline and its spread; NaN where there is no baseline.
    """

    read: Values
    expected: Values
    spread: Values


@dataclass(frozen=True, slots=True, eq=False)
class AssessedBins:
    """The result of assessing all series of a signal in some consecutive bins.

    Attributes:
        states: the states of all series after the last of these bins.
        first: the number of the first of these bins.
        health_codes: the `health.HealthCode` of each of these bins.
        ever_dropped: for each series whether it was in a drop in any of these bins, or
            just before the first one.
    """

    states: SeriesStates
    first: int
    health_codes: HealthCodes
    ever_dropped: Flags


@dataclass(frozen=True, slots=True, eq=False)
class RecordedStates:
    """The states of some series after each of several bins, with their levels.

    Attributes:
        first: the number of the first bin.
        before: the states before the first bin.
        tables, since, until, hours: one element per bin: the fields `table`, `since`,
            `until` and `hours` of the `SeriesStates` after this bin.
    """

    first: int
    before: SeriesStates
    tables: Table
    since: Numbers
    until: Numbers
    hours: Values

    def states_after(self, index: int) -> SeriesStates:
        """Return the states after bin `index`, or `before` for a bin before `first`."""
        if index < self.first:
            return self.before
        step = index - self.first
        return replace(
            self.before,
            index=index,
            table=self.tables[step],
            since=self.since[step],
            until=self.until[step],
            hours=self.hours[step],
        )


def assess_bins(
    panel: Panel,
    states: SeriesStates,
    until: int,
    place_numbers: Numbers,
    params: SignalParams,
    clocks: Clocks,
) -> AssessedBins:
    """Assess every series in every bin after the last assessed bin and before `until`.

    Args:
        panel: the readings.
        states: the states before the first of these bins; not changed.
        until: the number of the bin after the last bin to assess.
        place_numbers: for each row the number of its place.
        params: the parameters of the signal.
        clocks: the UTC offsets of the rows.
    """
    # The compiled loops change tables and masks in place, but `states` must not change.
    first, after = _first_unassessed_bin(panel, states), _copied(states)
    inputs = _inputs(panel, after, np.arange(len(states.entities)), clocks)
    codes = np.zeros(max(0, until - first), dtype=np.int8)
    context = kernel_context(
        inputs, after.table, params, place_numbers, codes, states.doubted
    )
    assess_bins_of_span(context, (first, until))
    last = replace(after, index=until - 1)
    return AssessedBins(last, first, codes, context.ever_dropped)


def assess_no_bins(panel: Panel, states: SeriesStates) -> AssessedBins:
    """Return the result of a run that assesses no bin."""
    # `first` must come directly after the last assessed bin. `_first_unassessed_bin` is not
    # used here, because it returns a later bin if the panel begins later.
    first = states.index + 1 if states.index != NEVER else panel.first
    codes = np.zeros(0, dtype=np.int8)
    return AssessedBins(states, first, codes, states.table["dropped"] > 0)


def record_states(
    panel: Panel,
    before: SeriesStates,
    rows: Rows,
    health_codes: HealthCodes,
    params: SignalParams,
    clocks: Clocks,
) -> RecordedStates:
    """Assess some rows again, and return their states after each bin.

    Args:
        panel: the readings.
        before: the states of all rows before the first bin.
        rows: the numbers of the rows to assess.
        health_codes: for each bin the health of the source, as `assess_bins` returned
            it.
        params: the parameters of the signal.
        clocks: the UTC offsets of all rows.
    """
    first, now = _first_unassessed_bin(panel, before), states_of_rows(before, rows)
    inputs = _inputs(panel, now, rows, replace(clocks, zone=clocks.zone[rows]))
    # Places matter only for the health of the source, which is given. So all rows get
    # the same place.
    groups = np.zeros(len(rows), dtype=np.int32)
    context = with_state_history(
        kernel_context(inputs, now.table, params, groups, health_codes, before.doubted)
    )
    assess_bins_of_span(context, (first, first + len(health_codes)))
    tables, since, until, hours = context.history
    # The run has changed `now`. The states before the first bin are in the history.
    start = replace(
        now, table=tables[0], since=since[0], until=until[0], hours=hours[0]
    )
    return RecordedStates(first, start, tables[1:], since[1:], until[1:], hours[1:])


def compile_kernel(params: SignalParams) -> None:
    """Compile or load the compiled loops now, in the thread of the caller.

    The first call of the loops in a process compiles or loads them. In the main thread,
    Ctrl-C can interrupt this work.

    Args:
        params: the parameters of any signal.
    """
    # The compiled code depends only on the types and dimensions of the arrays, so
    # arrays without elements are enough.
    panel, states, clocks = (
        np.empty((0, 1), dtype=np.float32),
        fresh_states(()),
        utc_clocks(0),
    )
    rows, codes = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int8)
    inputs = KernelInputs(
        values=panel,
        first=0,
        rows=rows,
        since=states.since,
        until=states.until,
        hours=states.hours,
        in_outage=states.in_outage,
        zone=clocks.zone,
        east=clocks.east,
        moves=clocks.moves,
        hour=clocks.hour,
    )
    context = kernel_context(inputs, states.table, params, rows, codes, states.doubted)
    assess_bins_of_span(context, (0, 0))
    # The two functions below are called from Python. `assess_bins_of_span` calls all
    # other compiled functions.
    columns = np.zeros(0, dtype=np.int64)
    baselines_and_spreads(inputs, (rows, columns), 1.0, params.minimum, params)
    kept_baselines(inputs, columns, 1.0, params)


def readings_at(
    panel: Panel,
    states: SeriesStates,
    index: int,
    params: SignalParams,
    clocks: Clocks,
) -> BinReadings:
    """Return the reading, baseline and spread of each row in bin `index`.

    The baseline is not corrected by the last day's level. So a series that rose a day
    ago still reads high.
    """
    rows = np.arange(len(states.entities))
    inputs = _inputs(panel, states, rows, clocks)
    bins = rows.astype(np.int32), np.full(len(rows), index - panel.first)
    baseline, spread = baselines_and_spreads(inputs, bins, 1.0, params.minimum, params)
    return BinReadings(
        read=panel.readings_in_bin(index), expected=baseline, spread=spread
    )


def kernel_inputs_of(
    panel: Panel, states: SeriesStates, rows: list[int], clocks: Clocks
) -> KernelInputs:
    """Return the inputs of the kernel for some rows.

    Args:
        panel: the readings of all rows.
        states: the states of the rows in `rows` alone.
        rows: the numbers of the rows.
        clocks: the UTC offsets of all rows.
    """
    numbers = np.array(rows, dtype=np.int64)
    own_clocks = replace(clocks, zone=clocks.zone[numbers])
    return _inputs(panel, states, numbers, own_clocks)


def _inputs(
    panel: Panel, states: SeriesStates, rows: Rows, clocks: Clocks
) -> KernelInputs:
    return KernelInputs(
        values=panel.values,
        first=panel.first,
        rows=rows.astype(np.int32),
        since=states.since,
        until=states.until,
        hours=states.hours,
        in_outage=states.in_outage,
        zone=clocks.zone,
        east=clocks.east,
        moves=clocks.moves,
        hour=clocks.hour,
    )


def _first_unassessed_bin(panel: Panel, states: SeriesStates) -> int:
    """Return the first bin of the panel that was not assessed yet."""
    first = states.index + 1 if states.index != NEVER else panel.first
    # After a long stop of the program, the panel may begin later than this bin.
    return max(first, panel.first)


def _copied(states: SeriesStates) -> SeriesStates:
    return replace(
        states,
        table=states.table.copy(),
        since=states.since.copy(),
        until=states.until.copy(),
        hours=states.hours.copy(),
    )

"""From bin to bin, over all series of a signal: the same for one bin or a year (P14)."""

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from bot.detection.kernel import kernel
from bot.detection.kernel.baselines import expect
from bot.detection.kernel.columns import NEVER, Table
from bot.detection.kernel.drops import BinReadings
from bot.detection.kernel.inputs import (
    KernelInputs,
    Numbers,
    Offsets,
    SignalParams,
    record,
)
from bot.detection.series_states import SeriesStates, fresh, of_rows
from bot.model.signal import Panel

Rows = npt.NDArray[np.int64]
LONGEST = timedelta(hours=8)
"""So much is walked in one go where looks are compared afterwards: nothing that is
found within it can change a baseline within it (see `baselines`)."""


@dataclass(frozen=True, slots=True, eq=False)
class Clocks:
    """How far the clocks of places stand ahead of UTC, hour by hour.

    Attributes: see `ground.Ground`; `zone` has one element a series.
    """

    zone: Numbers
    east: Offsets
    moves: npt.NDArray[np.bool_]
    hour: int = 0


def utc(count: int) -> Clocks:
    """So many series whose clocks show UTC."""
    return Clocks(
        zone=np.zeros(count, dtype=np.int32),
        east=np.zeros((1, 1), dtype=np.int16),
        moves=np.zeros(1, dtype=np.bool_),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Walked:
    """Where a walk over bins [first, first + len(ill)) led.

    Attributes:
        states: after the last bin.
        ill: for each bin what `health.examine` said.
        touched: for each row whether it was in a drop at any time.
    """

    states: SeriesStates
    first: int
    ill: npt.NDArray[np.int8]
    touched: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Trail:
    """Some series after each bin of a walk, their levels with them.

    Attributes:
        steps: the states after each bin from `first` on; the first is before it.
    """

    first: int
    before: SeriesStates
    tables: Table
    since: Numbers
    until: Numbers

    def after(self, index: int) -> SeriesStates:
        """The states after bin `index`, or those before the walk."""
        if index < self.first:
            return self.before
        step = index - self.first
        return SeriesStates(
            entities=self.before.entities,
            index=index,
            table=self.tables[step],
            since=self.since[step],
            until=self.until[step],
            doubted=self.before.doubted,
        )


def walk(
    panel: Panel,
    states: SeriesStates,
    until: int,
    groups: Numbers,
    m: SignalParams,
    clocks: Clocks,
) -> Walked:
    """Judge every series in every bin after the last judged one, up to `until`.

    Args:
        panel: the readings.
        states: before; they are left as they are.
        until: the bin after the last to judge.
        groups: the number of the place each row belongs to.
        m: the numbers of the signal.
        clocks: of the rows.
    """
    first = states.index + 1 if states.index != NEVER else panel.first
    first = max(first, panel.first)
    count = len(states.entities)
    after = _copied(states)
    ground = _ground(panel, after, np.arange(count), clocks)
    ill = np.zeros(max(0, until - first), dtype=np.int8)
    longest = max(1, min(m.young, len(ill)))
    them = kernel.series_groups(groups, states.table["dropped"] > 0, longest)
    room = kernel.workspace(count, longest, m)
    told = (them, ill, states.doubted, kernel.history(0, count))
    kernel.sweep(ground, after.table, (first, until), record(m), room, told)
    return Walked(replace(after, index=until - 1), first, ill, them.touched)


def prepare(m: SignalParams) -> None:
    """Compile all that is compiled, or take it from the cache, by using it on nothing.

    The first call does the work, in the thread that calls: there a signal ends it.

    Args:
        m: the numbers of any signal.
    """
    panel = np.empty((0, 1), dtype=np.float32)
    rows, states = np.zeros(0, dtype=np.int32), fresh(())
    clocks = utc(0)
    ground = KernelInputs(
        values=panel,
        first=0,
        rows=rows,
        since=states.since,
        until=states.until,
        zone=clocks.zone,
        east=clocks.east,
        moves=clocks.moves,
        hour=clocks.hour,
    )
    them = kernel.series_groups(rows, np.zeros(0, dtype=np.bool_), 1)
    told = (them, np.zeros(0, dtype=np.int8), (NEVER, NEVER), kernel.history(0, 0))
    room = kernel.workspace(0, 1, m)
    kernel.sweep(ground, states.table, (0, 0), record(m), room, told)
    expect(ground, (rows, np.zeros(0, dtype=np.int64)), 1.0, m.minimum, m)


def nothing(states: SeriesStates, panel: Panel) -> Walked:
    """A walk over no bin."""
    first = states.index + 1 if states.index != NEVER else panel.first
    dropped = states.table["dropped"] > 0
    return Walked(states, first, np.zeros(0, dtype=np.int8), dropped)


def follow(
    panel: Panel,
    before: SeriesStates,
    rows: Rows,
    ill: npt.NDArray[np.int8],
    m: SignalParams,
    clocks: Clocks,
) -> Trail:
    """Walk again, with some rows only, and keep their states after each bin.

    Args:
        panel: the readings.
        before: the states of all rows before the walk.
        rows: whom to follow.
        ill: for each bin what the first walk found of the source's health.
        m: the numbers of the signal.
        clocks: of all rows.
    """
    first = before.index + 1 if before.index != NEVER else panel.first
    first = max(first, panel.first)
    now = of_rows(before, rows)
    ground = _ground(panel, now, rows, replace(clocks, zone=clocks.zone[rows]))
    longest = max(1, min(m.young, len(ill)))
    room = kernel.workspace(len(rows), longest, m)
    kept = kernel.history(len(ill) + 1, len(rows))
    groups = np.zeros(len(rows), dtype=np.int32)
    them = kernel.series_groups(groups, np.zeros(len(rows), dtype=np.bool_), longest)
    told = (them, ill, before.doubted, kept)
    span = first, first + len(ill)
    kernel.sweep(ground, now.table, span, record(m), room, told)
    start = replace(now, table=kept.tables[0], since=kept.since[0], until=kept.until[0])
    return Trail(first, start, kept.tables[1:], kept.since[1:], kept.until[1:])


def look(
    panel: Panel, states: SeriesStates, index: int, m: SignalParams, clocks: Clocks
) -> BinReadings:
    """How bin `index` reads in all rows, with what past weeks let one expect.

    The level is not followed here (see `baselines`): who rose a day ago is seen to.
    """
    rows = np.arange(len(states.entities))
    ground = _ground(panel, states, rows, clocks)
    at = rows.astype(np.int32), np.full(len(rows), index - panel.first)
    usual, spread = expect(ground, at, 1.0, m.minimum, m)
    return BinReadings(read=panel.column(index), expected=usual, spread=spread)


def ground_of(
    panel: Panel, states: SeriesStates, rows: list[int], clocks: Clocks
) -> KernelInputs:
    """What some rows are judged on; `states` are theirs alone, `clocks` of all."""
    told = np.array(rows, dtype=np.int64)
    return _ground(panel, states, told, replace(clocks, zone=clocks.zone[told]))


def _ground(
    panel: Panel, states: SeriesStates, rows: Rows, clocks: Clocks
) -> KernelInputs:
    return KernelInputs(
        values=panel.values,
        first=panel.first,
        rows=rows.astype(np.int32),
        since=states.since,
        until=states.until,
        zone=clocks.zone,
        east=clocks.east,
        moves=clocks.moves,
        hour=clocks.hour,
    )


def _copied(states: SeriesStates) -> SeriesStates:
    return replace(
        states,
        table=states.table.copy(),
        since=states.since.copy(),
        until=states.until.copy(),
    )

"""From bin to bin, over all series of a signal: the same for one bin or a year (P14)."""

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from bot.compiling import compiled
from bot.detection import drops, health
from bot.detection.baselines import (
    ROOM,
    Room,
    expected,
    keep,
    lifted,
    spread,
)
from bot.detection.drops import LEVEL, LOOKS, METHOD, PLAINLY, WHY, Desk, Look
from bot.detection.ground import Bundle, Ground, Numbers, Offsets, Record
from bot.detection.measure import Measure
from bot.detection.plainly import UNSURE, plainly, scratch
from bot.detection.state import NEVER, SeriesStates, Table, of_rows
from bot.model.panel import Panel

Rows = npt.NDArray[np.int64]
_MASKS_KEPT_DAYS = 36
LONGEST = timedelta(hours=6)
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
        )


def walk(
    panel: Panel,
    states: SeriesStates,
    until: int,
    groups: Numbers,
    m: Measure,
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
    touched = states.table["dropped"] > 0
    seen = np.zeros(int(groups.max(initial=0)) + 1, dtype=np.int32)
    _walk(
        ground,
        after.table,
        (first, until),
        m,
        _desk(count, m),
        (groups, seen, ill, touched),
    )
    return Walked(replace(after, index=until - 1), first, ill, touched)


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
    m: Measure,
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
    desk = _desk(len(rows), m)
    _recall(ground, now.table, m, desk.into)
    start = _copied(now)
    shape = (len(ill), *now.since.shape)
    tables = np.empty(shape[:2], dtype=now.table.dtype)
    since, until = np.empty((2, *shape), dtype=np.int32)
    _follow(
        ground,
        now.table,
        (first, first + len(ill)),
        m,
        desk,
        (ill, tables, since, until),
    )
    return Trail(first, start, tables, since, until)


def look(
    panel: Panel, states: SeriesStates, index: int, m: Measure, clocks: Clocks
) -> Look:
    """How bin `index` reads in all rows, with what past weeks let one expect.

    The level is not followed here (see `baselines`): who rose a day ago is seen to.
    """
    ground = _ground(panel, states, np.arange(len(states.entities)), clocks)
    told = np.empty((2, len(states.entities)), dtype=np.float32)
    _look(ground, index - panel.first, m, np.empty(ROOM), told)
    return Look(read=panel.column(index), expected=told[0], spread=told[1])


def ground_of(
    panel: Panel, states: SeriesStates, rows: list[int], clocks: Clocks
) -> Ground:
    """What some rows are judged on; `states` are theirs alone, `clocks` of all."""
    told = np.array(rows, dtype=np.int64)
    return _ground(panel, states, told, replace(clocks, zone=clocks.zone[told]))


def _ground(panel: Panel, states: SeriesStates, rows: Rows, clocks: Clocks) -> Ground:
    return Ground(
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


def _desk(count: int, m: Measure) -> Desk:
    return Desk(np.zeros((count, LOOKS), dtype=np.float32), np.empty(ROOM), scratch(m))


def _copied(states: SeriesStates) -> SeriesStates:
    return replace(
        states,
        table=states.table.copy(),
        since=states.since.copy(),
        until=states.until.copy(),
    )


@compiled
def _walk(
    g: Ground, table: Record, span: Bundle, m: Measure, desk: Desk, told: Bundle
) -> None:
    groups, seen, ill, touched = told
    reads = np.empty(len(table), dtype=np.float64)
    plain = np.zeros((len(table), m.young), dtype=np.int8)
    begin = end = span[0]
    for t in range(span[0], span[1]):
        if t == end:
            _turn_day(g, table, t, m, desk.into)
            begin, end = t, t + max(1, min(m.young // 2, m.day - t % m.day))
            end = min(end, span[1])
            _find_plain(g, table, t - g.first, m, desk, plain[:, : end - begin])
        _look_at_all(g, table, t, m, desk, (reads, plain[:, t - begin]))
        ill[t - span[0]] = health.examine(table, desk.out, reads, groups, seen, m)
        _step_all(g, table, t, m, (desk.out, reads, ill[t - span[0]] > 0, touched))


@compiled
def _follow(
    g: Ground, table: Record, span: Bundle, m: Measure, desk: Desk, told: Bundle
) -> None:
    ill, tables, since, until = told
    reads = np.empty(len(table), dtype=np.float64)
    never = np.zeros(len(table), dtype=np.int8)
    touched = np.zeros(len(table), dtype=np.bool_)
    for t in range(span[0], span[1]):
        step = t - span[0]
        if _turn_day(g, table, t, m, desk.into):
            _recall(g, table, m, desk.into)
        _look_at_all(g, table, t, m, desk, (reads, never))
        _step_all(g, table, t, m, (desk.out, reads, ill[step] > 0, touched))
        _note_levels(table, desk.out)
        tables[step], since[step], until[step] = table, g.since, g.until


@compiled
def _find_plain(
    g: Ground, table: Record, at: int, m: Measure, desk: Desk, plain: Bundle
) -> None:
    """Find out, for a stretch of bins at once, who needs no closer look."""
    inside = max(0, min(plain.shape[1], g.values.shape[1] - at))
    plain[:] = UNSURE
    for r in range(len(table)):
        if table[r].dropped == 0:
            plainly(g, r, (at, at + inside), table[r].lift, m, desk.scratch)
            plain[r, :inside] = desk.scratch.said[:inside]


@compiled
def _look_at_all(
    g: Ground, table: Record, t: int, m: Measure, desk: Desk, told: Bundle
) -> None:
    reads, plain = told
    at = t - g.first
    inside = 0 <= at < g.values.shape[1]
    for r in range(len(table)):
        s = table[r]
        reads[r] = g.values[g.rows[r], at] if inside else np.nan
        calm = s.dropped == 0 and s.run == 0
        if (
            plain[r] != UNSURE
            and calm
            and not np.isnan(reads[r])
            and not drops.stands_still(s, reads[r], m)
        ):
            drops.believe(desk.out[r], plain[r])
        else:
            drops.look(g, s, r, at, m, desk)


@compiled
def _step_all(g: Ground, table: Record, t: int, m: Measure, told: Bundle) -> None:
    out, reads, ill, touched = told
    for r in range(len(table)):
        if ill:
            drops.disbelieve(out[r])
        if out[r, PLAINLY] != 0:
            drops.stay(table[r], t, reads[r])
        else:
            drops.step(table[r], (g.since[r], g.until[r]), t, reads[r], out[r], m)
            touched[r] |= table[r].dropped == 1


@compiled
def _note_levels(table: Record, out: Bundle) -> None:
    for r in range(len(table)):
        if out[r, WHY] == 0:
            table[r].previous = table[r].level
            table[r].level = out[r, LEVEL]
            table[r].method = int(out[r, METHOD])


@compiled
def _turn_day(g: Ground, table: Record, t: int, m: Measure, into: Room) -> bool:
    """Once a day: follow the level of those whose last day was ordinary.

    A day is ordinary where nothing in it was low, and it stands above the exit as a
    whole; upwards a level is followed at most by `Measure.lift`. Of a drop, see what
    it is held against when it outlasts its past, and whether it has become the level.

    Returns:
        Whether the day turned.
    """
    if t % m.day != 0:
        return False
    for r in range(len(table)):
        drops.forget(g.since[r], g.until[r], t - _MASKS_KEPT_DAYS * m.day)
        if table[r].dropped == 0:
            _follow_level(g, table, r, t, m, into)
        elif t - table[r].onset_bad >= m.shift and table[r].lowest >= m.shallow:
            drops.settle(table[r], g.since[r], g.until[r])
        elif np.isnan(table[r].kept):
            table[r].kept = keep(g, r, t - g.first, m, into)
    return True


@compiled
def _follow_level(
    g: Ground, table: Record, r: int, t: int, m: Measure, into: Room
) -> None:
    s = table[r]
    if s.back_good > t - m.day:
        return
    ratio = lifted(g, r, t - g.first, m, into)
    if ratio >= m.off and s.low < t - m.day:
        s.lift = min(ratio, m.lift)
    elif m.off <= ratio < s.lift:
        # Readings look low beside a level that was followed too far up.
        s.lift = max(ratio, 1.0)


@compiled
def _recall(g: Ground, table: Record, m: Measure, into: Room) -> None:
    """Fill in the levels of the last two known bins, as they are seen now."""
    for r in range(len(table)):
        s = table[r]
        s.level, s.previous = np.nan, np.nan
        if s.last >= 0:
            usual, method, _ = drops.usually(g, s, r, s.last - g.first, m, into)
            s.method = method
            s.level = _share(g, r, s.last, usual)
        if s.before >= 0:
            usual, _, _ = drops.usually(g, s, r, s.before - g.first, m, into)
            s.previous = _share(g, r, s.before, usual)


@compiled
def _share(g: Ground, r: int, t: int, usual: float) -> float:
    at = t - g.first
    if 0 <= at < g.values.shape[1] and usual > 0:
        return float(g.values[g.rows[r], at]) / usual
    return np.nan


@compiled
def _look(g: Ground, at: int, m: Measure, into: Room, told: Bundle) -> None:
    for r in range(len(g.rows)):
        usual, _, count = expected(g, r, at, 1.0, m, into)
        told[0, r] = usual if usual >= m.minimum else np.nan
        told[1, r] = spread(usual, count, m, into) if count else np.nan

"""The loops that take a table of states from bin to bin (see `walking`)."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.compilation import compiled
from bot.detection.kernel import drops, health
from bot.detection.kernel.baselines import ROOM, WEEKS, Room, keep, lifted
from bot.detection.kernel.drops import (
    LEVEL,
    LOOKS,
    METHOD,
    PLAINLY,
    WHY,
    KernelWorkspace,
)
from bot.detection.kernel.health import ASK, HealthScratch
from bot.detection.kernel.idle import IdleSeries, apply_skipped, idle_series, mark_idle
from bot.detection.kernel.inputs import (
    Bundle,
    KernelInputs,
    Numbers,
    Record,
    SignalParams,
)
from bot.detection.kernel.prefilter import (
    BELOW,
    UNSURE,
    PrefilterResult,
    prefilter,
    scratch,
)

_MASKS_KEPT_DAYS = 36
_WORTH_RESTING = 4
"""In fewer bins it is quicker to visit everybody than to find out who may rest."""
_AHEAD = 32
"""For so many rows memory is asked at once."""
Span = tuple[int, int]
"""The bins [first, until)."""


class ActiveSeries(NamedTuple):
    """Which series are looked at one by one, and what they read.

    Attributes:
        rows: which, the first `number[0]` of them.
        number: one element.
        reads: the readings of all rows that are looked at; NaN is missing.
        plain: shape (series, bins): what `prefilter` said.
    """

    rows: Numbers
    number: Numbers
    reads: Room
    plain: PrefilterResult


class SeriesGroups(NamedTuple):
    """The series of a walk, and by what they belong together.

    Attributes:
        groups: the number of the place that each row belongs to.
        ward: room for what is asked of a source's health.
        rest: who is at rest.
        visit: who is not.
        touched: for each row whether it was in a drop at any time.
    """

    groups: Numbers
    ward: HealthScratch
    rest: IdleSeries
    visit: ActiveSeries
    touched: npt.NDArray[np.bool_]


def workspace(count: int, columns: int, m: SignalParams) -> KernelWorkspace:
    """Room to look at so many series, and to ask about so many bins at once."""
    return KernelWorkspace(
        np.zeros((count, LOOKS), dtype=np.float32), np.empty(ROOM), scratch(columns, m)
    )


def all_active(count: int, columns: int) -> ActiveSeries:
    """All series are looked at; nothing is plain."""
    return ActiveSeries(
        rows=np.arange(count, dtype=np.int32),
        number=np.array([count], dtype=np.int32),
        reads=np.empty(count, dtype=np.float64),
        plain=np.zeros((count, columns), dtype=np.int8),
    )


def series_groups(
    groups: Numbers, touched: npt.NDArray[np.bool_], columns: int
) -> SeriesGroups:
    """Nobody is at rest yet, in stretches of so many bins at most."""
    places = int(groups.max(initial=-1)) + 1
    return SeriesGroups(
        groups=groups,
        ward=health.health_scratch(len(groups), places),
        rest=idle_series(len(groups), places, columns),
        visit=all_active(len(groups), columns),
        touched=touched,
    )


@compiled
def sweep(
    g: KernelInputs,
    table: Record,
    span: Span,
    m: SignalParams,
    room: KernelWorkspace,
    told: Bundle,
) -> None:
    """Take all series over the bins of a span, the health of their source first.

    Args:
        g: what is judged.
        table: the states before, which are changed.
        span: the bins.
        m: the numbers of the signal.
        room: see there.
        told: the `SeriesGroups`; for each bin room for what was found of the source; and the
            bins [since, until) in which it is not believed, whatever is found.
    """
    them, ill, doubted = told
    begin = end = span[0]
    for t in range(span[0], span[1]):
        if t == end:
            _wake(g, table, (begin, t), room, them)
            _turn_day(g, table, t, m, room.into)
            begin, end = t, t + max(1, min(m.young, m.day - t % m.day))
            end = min(end, span[1])
            _let_rest(g, table, (begin, end), m, room, them)
        who, column = them.visit, t - begin
        _look_at_all(g, table, t, m, room, (who, who.plain[:, column]))
        ill[t - span[0]] = _ask(table, column, m, room, them)
        if ill[t - span[0]] <= health.WELL and doubted[0] <= t < doubted[1]:
            ill[t - span[0]] = health.REWROTE
        if ill[t - span[0]] > 0:
            _wake(g, table, (begin, t), room, them)
        _step_all(g, table, t, m, (room.out, who, ill[t - span[0]] > 0, them.touched))
    _wake(g, table, (begin, span[1]), room, them)


@compiled
def follow(
    g: KernelInputs,
    table: Record,
    span: Span,
    m: SignalParams,
    room: KernelWorkspace,
    told: Bundle,
) -> None:
    """Take some series over the bins of a span, and keep their states after each.

    Args:
        g: what is judged.
        table: the states before, which are changed.
        span: the bins.
        m: the numbers of the signal.
        room: see there.
        told: a `ActiveSeries` of all; for each bin what was found of the source; and room
            for the tables and the spoilt stretches after each bin.
    """
    who, ill, tables, since, until = told
    touched = np.zeros(len(table), dtype=np.bool_)
    for t in range(span[0], span[1]):
        step = t - span[0]
        if _turn_day(g, table, t, m, room.into):
            recall(g, table, m, room.into)
        _look_at_all(g, table, t, m, room, (who, who.plain[:, 0]))
        _step_all(g, table, t, m, (room.out, who, ill[step] > 0, touched))
        _note_levels(table, room.out)
        tables[step], since[step], until[step] = table, g.since, g.until


@compiled
def _let_rest(
    g: KernelInputs,
    table: Record,
    span: Span,
    m: SignalParams,
    room: KernelWorkspace,
    them: SeriesGroups,
) -> None:
    """At the beginning of a stretch, find out who need not be visited in it."""
    who, width = them.visit, span[1] - span[0]
    at, plain = span[0] - g.first, who.plain[:, :width]
    _find_plain(g, table, at, m, room, plain)
    if width < _WORTH_RESTING:
        return
    mark_idle(g, table, at, m, (plain, them.groups), them.rest)
    count = 0
    for r in range(len(table)):
        if not them.rest.calm[r]:
            who.rows[count] = r
            count += 1
    who.number[0] = count


@compiled
def _wake(
    g: KernelInputs,
    table: Record,
    span: Span,
    room: KernelWorkspace,
    them: SeriesGroups,
) -> None:
    """Write down what bins [since, t) did to those at rest, and visit them from now on.

    How bin `t` itself reads to them is on the desk, too.
    """
    (since, t), who, at = span, them.visit, span[1] - g.first
    rows, calm = who.rows, them.rest.calm
    for r in range(len(table)):
        rows[r] = r
        if calm[r]:
            apply_skipped(table[r], t, g.values[g.rows[r]][since - g.first : at])
            if t - since < who.plain.shape[1] and at < g.values.shape[1]:
                who.reads[r] = g.values[g.rows[r], at]
                drops.believe(room.out[r], who.plain[r, t - since])
    who.number[0] = len(table)
    calm[:] = False
    them.rest.lows[:], them.rest.stirs[:], them.rest.known[:] = 0, 0, 0


@compiled
def _ask(
    table: Record,
    column: int,
    m: SignalParams,
    room: KernelWorkspace,
    them: SeriesGroups,
) -> int:
    """What one bin tells of the source; those at rest are asked only where it matters."""
    ward, who, still = them.ward, them.visit, them.rest
    rows = (who.rows, who.number[0])
    lows, stirs = health.collect(ward, (table, room.out, who.reads), rows, m)
    lows, stirs = lows + still.lows[column], stirs + still.stirs[column]
    places = health.known_places(ward, rows, them.groups, still.known)
    answer = health.screen(lows, stirs, places, m)
    if answer != ASK:
        return answer
    for r in range(len(table)):
        if still.calm[r]:
            ward.known[r], ward.fell[r] = True, False
            ward.below[r] = who.plain[r, column] == BELOW
            ward.stood[r] = still.again[r, column]
    return health.diagnose(ward, them.groups, stirs, places, m)


@compiled
def _find_plain(
    g: KernelInputs,
    table: Record,
    at: int,
    m: SignalParams,
    room: KernelWorkspace,
    plain: PrefilterResult,
) -> None:
    """Find out, for a stretch of bins at once, who needs no closer look."""
    inside = max(0, min(plain.shape[1], g.values.shape[1] - at))
    plain[:] = UNSURE
    for r in range(len(table)):
        if r % _AHEAD == 0:
            room.into[0] = _touch(g, (r, min(r + _AHEAD, len(table))), at, m)
        if table[r].dropped == 0 and table[r].run == 0:
            prefilter(g, r, (at, at + inside), table[r].lift, m, room.scratch)
            plain[r, :inside] = room.scratch.said[:inside]


@compiled
def _touch(g: KernelInputs, rows: tuple[int, int], at: int, m: SignalParams) -> float:
    """Bring near what some rows look back on: memory is waited for once, not in turn."""
    touched = 0.0
    for r in range(rows[0], rows[1]):
        row = g.rows[r]
        for k in range(WEEKS + 1):
            column = at - m.pool - k * m.week
            if 0 <= column < g.values.shape[1]:
                touched += g.values[row, column]
    return touched


@compiled
def _look_at_all(
    g: KernelInputs,
    table: Record,
    t: int,
    m: SignalParams,
    room: KernelWorkspace,
    told: Bundle,
) -> None:
    who, plain = told
    rows, reads, out, at = who.rows, who.reads, room.out, t - g.first
    inside = 0 <= at < g.values.shape[1]
    for n in range(who.number[0]):
        r = rows[n]
        s = table[r]
        read = float(g.values[g.rows[r], at]) if inside else np.nan
        reads[r] = read
        calm = s.dropped == 0 and s.run == 0
        if (
            plain[r] != UNSURE
            and calm
            and not np.isnan(read)
            and not drops.stands_still(s, read, m)
        ):
            drops.believe(out[r], plain[r])
        else:
            drops.look(g, s, r, at, m, room)


@compiled
def _step_all(
    g: KernelInputs, table: Record, t: int, m: SignalParams, told: Bundle
) -> None:
    out, who, ill, touched = told
    rows, reads = who.rows, who.reads
    for n in range(who.number[0]):
        r = rows[n]
        if ill:
            drops.disbelieve(out[r])
        if out[r, PLAINLY] != 0:
            drops.stay(table[r], t, reads[r])
        else:
            spoilt = (g.since[r], g.until[r])
            drops.step(table[r], spoilt, t, reads[r], out[r], m)
            touched[r] |= table[r].dropped == 1


@compiled
def _note_levels(table: Record, out: Bundle) -> None:
    for r in range(len(table)):
        if out[r, WHY] == 0:
            table[r].previous = table[r].level
            table[r].level = out[r, LEVEL]
            table[r].method = int(out[r, METHOD])


@compiled
def _turn_day(
    g: KernelInputs, table: Record, t: int, m: SignalParams, into: Room
) -> bool:
    """Once a day: follow the level of those whose last day was ordinary.

    A day is ordinary where nothing in it was low, and it stands above the exit as a
    whole; upwards a level is followed at most by `SignalParams.lift`. Of a drop, see what
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
    g: KernelInputs, table: Record, r: int, t: int, m: SignalParams, into: Room
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
def recall(g: KernelInputs, table: Record, m: SignalParams, into: Room) -> None:
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
def _share(g: KernelInputs, r: int, t: int, usual: float) -> float:
    at = t - g.first
    if 0 <= at < g.values.shape[1] and usual > 0:
        return float(g.values[g.rows[r], at]) / usual
    return np.nan

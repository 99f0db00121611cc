"""The loops that take a table of states from bin to bin (see `walking`)."""

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bot.compilation import compiled, inlined
from bot.detection.kernel import drops, health, idle
from bot.detection.kernel.baselines import (
    ROOM,
    WEEKS,
    Room,
    keep,
    larger,
    lifted,
    smaller,
)
from bot.detection.kernel.columns import ROW, SPANS
from bot.detection.kernel.drops import (
    LEVEL,
    LOOKS,
    METHOD,
    PLAINLY,
    WHY,
    KernelWorkspace,
)
from bot.detection.kernel.health import ASK, HealthScratch
from bot.detection.kernel.idle import IdleSeries, idle_series
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


class StateHistory(NamedTuple):
    """The states before the first bin and after each bin; empty where nobody asks.

    Attributes:
        tables: shape (bins + 1, series).
        since, until: shape (bins + 1, series, `SPANS`): see `KernelInputs`.
    """

    tables: Record
    since: Numbers
    until: Numbers


def history(states: int, count: int) -> StateHistory:
    """Room for so many states of so many series."""
    shape = (states, count, SPANS)
    since, until = np.empty((2, *shape), dtype=np.int32)
    return StateHistory(np.empty(shape[:2], dtype=ROW), since, until)


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
        told: the `SeriesGroups`; for each bin what is found of the source; the bins
            [since, until) in which it is not believed, whatever is found; and the
            `StateHistory`. Where that has room, what is found of the source is given, the
            levels are kept, and nobody rests.
    """
    them, ill, doubted, kept = told
    who, follows = them.visit, len(kept.tables) > 0
    if follows:
        _recall(g, table, m, room.into)
        _keep_states(g, table, 0, kept)
    begin = end = span[0]
    for t in range(span[0], span[1]):
        step = t - span[0]
        if t == end:
            _wake(g, table, (begin, t), room, them)
            begin, end = t, smaller(span[1], t + _longest(t, m))
            _begin_stretch(g, table, (begin, end), m, room, (them, follows))
        _look_at_all(g, table, (t, t - begin), m, room, who)
        if not follows:
            ill[step] = _source(table, (t, t - begin), m, room, them, doubted)
            if ill[step] > 0:
                _wake(g, table, (begin, t), room, them)
        _step_all(g, table, t, m, (room.out, who, ill[step] > 0, them.touched))
        if follows:
            _note_levels(table, room.out)
            _keep_states(g, table, step + 1, kept)
    _wake(g, table, (begin, span[1]), room, them)


@inlined
def _longest(t: int, m: SignalParams) -> int:
    """In how many bins from bin `t` on nothing enters a baseline, and no day turns."""
    return larger(1, smaller(m.young, m.day - t % m.day))


@inlined
def _begin_stretch(
    g: KernelInputs,
    table: Record,
    span: Span,
    m: SignalParams,
    room: KernelWorkspace,
    told: Bundle,
) -> None:
    """Turn the day, and find out who may rest; nobody rests who is followed."""
    them, follows = told
    turned = _turn_day(g, table, span[0], m, room.into)
    if not follows:
        _let_rest(g, table, span, m, room, them)
    elif turned:
        _recall(g, table, m, room.into)


@inlined
def _source(
    table: Record,
    at: Span,
    m: SignalParams,
    room: KernelWorkspace,
    them: SeriesGroups,
    doubted: Span,
) -> int:
    """What is found of the source in bin `at[0]`, column `at[1]` of the stretch."""
    answer = _ask(table, at[1], m, room, them)
    if answer <= health.WELL and doubted[0] <= at[0] < doubted[1]:
        return health.REWROTE
    return answer


@inlined
def _keep_states(g: KernelInputs, table: Record, step: int, kept: StateHistory) -> None:
    """Write down the states of all series."""
    for r in range(len(table)):
        kept.tables[step, r] = table[r]
        for place in range(g.since.shape[1]):
            kept.since[step, r, place] = g.since[r, place]
            kept.until[step, r, place] = g.until[r, place]


@inlined
def _let_rest(
    g: KernelInputs,
    table: Record,
    span: Span,
    m: SignalParams,
    room: KernelWorkspace,
    them: SeriesGroups,
) -> None:
    """At the beginning of a stretch, find out who need not be visited in it."""
    who, at, until = them.visit, span[0] - g.first, span[1] - g.first
    _find_plain(g, table, (at, until), m, room, who.plain)
    if until - at < _WORTH_RESTING:
        return
    idle.mark_idle(g, table, (at, until), m, (who.plain, them.groups), them.rest)
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
            row = g.values[g.rows[r]]
            idle.apply_skipped(table[r], t, row[since - g.first : at])
            if t - since < who.plain.shape[1] and at < g.values.shape[1]:
                who.reads[r] = g.values[g.rows[r], at]
                drops.believe(room.out[r], who.plain[r, t - since])
            calm[r] = False
    who.number[0] = len(table)
    idle.clear(them.rest)


@inlined
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


@inlined
def _find_plain(
    g: KernelInputs,
    table: Record,
    span: Span,
    m: SignalParams,
    room: KernelWorkspace,
    plain: PrefilterResult,
) -> None:
    """Find out, for the columns of a span at once, who needs no closer look."""
    at, until = span
    inside = larger(0, smaller(until, g.values.shape[1]) - at)
    for r in range(len(table)):
        for place in range(until - at):
            plain[r, place] = UNSURE
        if r % _AHEAD == 0:
            room.into[0] = _touch(g, (r, smaller(r + _AHEAD, len(table))), at, m)
        if table[r].dropped == 0 and table[r].run == 0:
            prefilter(
                g, r, (at, at + inside), np.float64(table[r].lift), m, room.scratch
            )
            for place in range(inside):
                plain[r, place] = room.scratch.said[place]


@inlined
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


@inlined
def _look_at_all(
    g: KernelInputs,
    table: Record,
    at: Span,
    m: SignalParams,
    room: KernelWorkspace,
    who: ActiveSeries,
) -> None:
    """Look at bin `at[0]`, which is column `at[1]` of what `prefilter` said."""
    (t, step), reads, out = at, who.reads, room.out
    column = t - g.first
    inside = 0 <= column < g.values.shape[1]
    for n in range(who.number[0]):
        r: Any = np.int64(who.rows[n])
        s, plain = table[r], who.plain[r, step]
        read = float(g.values[g.rows[r], column]) if inside else np.nan
        reads[r] = read
        calm = s.dropped == 0 and s.run == 0
        if (
            plain != UNSURE
            and calm
            and not math.isnan(read)
            and not drops.stands_still(s, read, m)
        ):
            drops.believe(out[r], plain)
        else:
            drops.look(g, s, r, column, m, room)


@inlined
def _step_all(
    g: KernelInputs, table: Record, t: int, m: SignalParams, told: Bundle
) -> None:
    out, who, ill, touched = told
    rows, reads = who.rows, who.reads
    for n in range(who.number[0]):
        r = np.int64(rows[n])
        if ill:
            drops.disbelieve(out[r])
        if out[r, PLAINLY] != 0:
            drops.stay(table[r], t, reads[r])
        else:
            spoilt = (g.since[r], g.until[r])
            drops.step(table[r], spoilt, t, reads[r], out[r], m)
            touched[r] |= table[r].dropped == 1


@inlined
def _note_levels(table: Record, out: Bundle) -> None:
    for r in range(len(table)):
        if out[r, WHY] == 0:
            table[r].previous = table[r].level
            table[r].level = out[r, LEVEL]
            table[r].method = np.int64(out[r, METHOD])


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
        elif math.isnan(table[r].kept):
            table[r].kept = keep(g, r, t - g.first, m, into)
    return True


@inlined
def _follow_level(
    g: KernelInputs, table: Record, r: int, t: int, m: SignalParams, into: Room
) -> None:
    s = table[r]
    if s.back_good > t - m.day:
        return
    ratio = lifted(g, r, t - g.first, m, into)
    if ratio >= m.off and s.low < t - m.day:
        s.lift = smaller(ratio, m.lift)
    elif m.off <= ratio < s.lift:
        # Readings look low beside a level that was followed too far up.
        s.lift = larger(ratio, 1.0)


@compiled
def _recall(g: KernelInputs, table: Record, m: SignalParams, into: Room) -> None:
    """Fill in the levels of the last two known bins, as they are seen now."""
    for r in range(len(table)):
        s = table[r]
        s.level, s.previous = np.nan, np.nan
        for back in range(2):
            t = s.before if back == 1 else s.last
            if t >= 0:
                usual, method, _ = drops.usually(g, s, r, t - g.first, m, into)
                level = _share(g, r, t, usual)
                if back == 0:
                    s.level, s.method = level, method
                else:
                    s.previous = level


@inlined
def _share(g: KernelInputs, r: int, t: int, usual: float) -> float:
    at = t - g.first
    if 0 <= at < g.values.shape[1] and usual > 0:
        return float(g.values[g.rows[r], at]) / usual
    return np.nan

"""The one set of arrays that chart, alt text and CSV are made from (P4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from bot.charts.canvas.layout import Numbers
from bot.errors import RenderingError
from bot.model.entity import Entity, EntityKind
from bot.model.incident import Evidence, Facts, SeriesLevel, Trace
from bot.model.interval import Interval, from_epoch
from bot.model.verdict import SeriesState
from bot.places import Register
from bot.text.names import NOISY, capital, signal_name, speakers
from bot.text.translations import Translations

_MOST_LINES = 5
_LEAST_BEFORE = timedelta(hours=36)
"""A whole day, and the same hour of the day before: what is new is still seen."""
_SOME_BEFORE = timedelta(days=3)
_MOST_BEFORE = timedelta(days=10)
_SAME = 0.005
_LATE = timedelta(minutes=30)
_STALE = timedelta(hours=6)


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One series as it is drawn.

    Attributes:
        ends: up to when each bin has looked, seconds since 1970.
        percent: of ordinary; NaN where the reading or the baseline is missing (P5).
        low, high: the expected band, percent of ordinary; NaN where there is none.
        label: the name within a sentence.
        level: the last known level, a fraction; the facts' own where they tell it,
            None where they call the series unknown.
        last: the end of the newest bin with a value, or None.
        late: whether that is before the as-of, so that its time is told.
        stale: whether it is too old to be told as a level at all.
        wrong: whether it read dropped.
    """

    name: str
    label: str
    trace: Trace
    ends: Numbers
    percent: Numbers
    low: Numbers
    high: Numbers
    level: float | None
    last: datetime | None
    late: bool
    stale: bool
    wrong: bool


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """What the pictures of one event show.

    Attributes:
        lines: the principal one first, as many as can be told apart.
        parts: one line for every network and region there is, the deepest first.
    """

    window: Interval
    lines: tuple[Line, ...]
    parts: tuple[Line, ...] = ()

    @property
    def principal(self) -> Line:
        """The line whose level speaks for the place."""
        return self.lines[0]


def gather(
    evidence: Evidence, facts: Facts, words: Translations, register: Register
) -> Curves:
    """The lines of the event, over the window worth showing.

    Raises:
        RenderingError: there is nothing to show, or it contradicts the facts.
    """
    if not evidence.traces:
        raise RenderingError("no series to draw")
    chosen = _choose(evidence.traces, facts)
    parts = _parts(evidence, facts)
    window = _window((*chosen, *parts), facts)
    names = _LineNames(words, register, facts)
    lines = tuple(_line(t, facts, window, names.of(t)) for t in chosen)
    if not np.isfinite(lines[0].percent).any():
        raise RenderingError("the principal series has no value to draw")
    ranked = [_line(trace, facts, window, names.of(trace)) for trace in parts]
    ranked.sort(key=lambda line: _depth(line, facts))
    return Curves(window=window, lines=lines, parts=tuple(ranked))


def percent_of(trace: Trace) -> Numbers:
    """Readings as percent of ordinary; NaN where either is missing."""
    values, expected = _floats(trace.values), _floats(trace.expected)
    usable = np.where(expected > 0.0, expected, np.nan)
    return np.asarray(100.0 * values / usable, dtype=np.float64)


def within(trace: Trace, window: Interval) -> slice:
    """The bins of `trace` that begin within `window`, its very end included."""
    first, step = trace.first.timestamp(), trace.step_s
    begin = int(-((first - window.since.timestamp()) // step))
    end = int((window.until.timestamp() - first) // step) + 1
    return slice(max(0, begin), max(0, min(end, len(trace.values))))


def _window(chosen: tuple[Trace, ...], facts: Facts) -> Interval:
    """From some ordinary days before the onset to the newest bin."""
    until = max(facts.as_of, *(_end(trace, facts) for trace in chosen))
    lasted = facts.as_of - facts.onset.since
    since = max(chosen[0].first, facts.onset.since - _before(lasted))
    if since >= facts.as_of:
        raise RenderingError("the series begins after the event")
    return Interval(since, until)


def _before(lasted: timedelta) -> timedelta:
    """How much of the ordinary time helps to see what is not."""
    short = min(max(_LEAST_BEFORE, lasted * 6), _SOME_BEFORE)
    return min(max(short, lasted * 0.4), _MOST_BEFORE)


def _end(trace: Trace, facts: Facts) -> datetime:
    """Up to when the newest bin has looked."""
    begins = trace.first + timedelta(seconds=trace.step_s * (len(trace.values) - 1))
    return begins + timedelta(seconds=_seen_after(trace, facts))


def _seen_after(trace: Trace, facts: Facts) -> int:
    """Seconds from a bin's beginning to the instant its value stands for.

    A bin stands for its end; one that shows the instant it begins (a routing table)
    is known by the facts, whose as-of is then the beginning of its newest bin. What
    the facts do not tell is as what they tell of the same signal elsewhere.
    """
    told = _told(trace, facts) or _alike(trace, facts)
    if told is None:
        return trace.step_s
    since = (told.as_of - trace.first).total_seconds()
    newest = len(trace.values) - 1
    while newest > 0 and trace.values[newest] is None:
        newest -= 1
    return 0 if since == newest * trace.step_s else trace.step_s


def _choose(traces: tuple[Trace, ...], facts: Facts) -> tuple[Trace, ...]:
    """The principal, then what tells most: at most five lines can be told apart."""
    told = speakers(facts)
    parts = told or (*facts.networks, *facts.regions)
    order = {(p.entity, p.signal): number for number, p in enumerate(parts)}
    principal, rest = traces[0], traces[1:]
    own = [t for t in rest if t.entity == facts.place and t.family not in NOISY]
    cut = [t for t in rest if (t.entity, t.signal) in order]
    cut.sort(key=lambda t: order[(t.entity, t.signal)])
    fell = [t for t in own if t.family in facts.opened_by]
    stood = [t for t in own if t.family not in facts.opened_by]
    if told:
        # Beside its parts the place is one line, whatever it is seen with.
        ranked = [*cut, *(own[:1] if principal.entity != facts.place else [])]
    else:
        ranked = [*fell, *cut, *stood]
    return (principal, *ranked)[:_MOST_LINES]


def _parts(evidence: Evidence, facts: Facts) -> tuple[Trace, ...]:
    """One trace for each network and region: the first, which is the deepest."""
    found: dict[Entity, Trace] = {}
    for trace in evidence.traces:
        if trace.entity != facts.place:
            found.setdefault(trace.entity, trace)
    return tuple(found.values())


def _depth(line: Line, facts: Facts) -> tuple[bool, float, str]:
    """The deepest first: by what it is now or, once all is over, by what it was."""
    level = line.level
    if facts.restored is not None:
        since = line.percent[line.ends > facts.onset.since.timestamp()]
        level = float(np.nanmin(since)) if np.isfinite(since).any() else None
    return level is None, level or 0.0, line.name


def _line(trace: Trace, facts: Facts, window: Interval, name: str) -> Line:
    part = within(trace, window)
    percent = percent_of(trace)[part]
    starts = np.arange(len(trace.values), dtype=np.float64)[part] * trace.step_s
    ends = trace.first.timestamp() + starts + _seen_after(trace, facts)
    known = np.flatnonzero(np.isfinite(percent))
    last = from_epoch(float(ends[known[-1]])) if known.size else None
    told = _told(trace, facts)
    drawn = float(percent[known[-1]]) / 100.0 if known.size else None
    low, high = _band(trace, part)
    return Line(
        name=capital(name),
        label=name,
        trace=trace,
        ends=ends,
        percent=percent,
        low=low,
        high=high,
        level=_agreed(name, told, drawn),
        last=last,
        late=last is not None and facts.as_of - last > _LATE,
        stale=last is None or facts.as_of - last > _stale_after(trace),
        wrong=told is not None and told.state is SeriesState.DROPPED,
    )


def _told(trace: Trace, facts: Facts) -> SeriesLevel | None:
    """What the facts say of this very series."""
    same = (s for s in _every(facts) if s.entity == trace.entity)
    return next((s for s in same if s.signal == trace.signal), None)


def _alike(trace: Trace, facts: Facts) -> SeriesLevel | None:
    """What the facts say of the same signal of something else."""
    return next((s for s in _every(facts) if s.signal == trace.signal), None)


def _every(facts: Facts) -> Iterable[SeriesLevel]:
    return (*facts.series, *facts.networks, *facts.regions)


def _agreed(name: str, told: SeriesLevel | None, drawn: float | None) -> float | None:
    """The level to print: what the facts tell, if the picture shows the same (P4).

    Raises:
        RenderingError: they differ, so the picture may not go beside the words.
    """
    if told is not None and told.state is SeriesState.UNKNOWN:
        return None
    if told is None or told.level is None or drawn is None:
        return drawn
    if abs(told.level - drawn) >= _SAME:
        raise RenderingError(
            f"{name}: the words say {told.level:.3f}, the series ends at {drawn:.3f}"
        )
    return told.level


def _band(trace: Trace, part: slice) -> tuple[Numbers, Numbers]:
    """Expected, give or take three spreads, in percent of expected."""
    expected, spread = _floats(trace.expected)[part], _floats(trace.spread)[part]
    share = 300.0 * spread / np.where(expected > 0.0, expected, np.nan)
    return np.maximum(100.0 - share, 0.0), 100.0 + share


def _stale_after(trace: Trace) -> timedelta:
    return max(_STALE, timedelta(seconds=3 * trace.step_s))


def _floats(values: tuple[float | None, ...]) -> Numbers:
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class _LineNames:
    """What each line is called: a network by brand, the place by its signal."""

    words: Translations
    register: Register
    facts: Facts

    def of(self, trace: Trace) -> str:
        named = self.register.name(trace.entity, self.words.lang, trace.brand)
        if trace.entity.kind is EntityKind.ASN:
            return named
        if trace.entity != self.facts.place or speakers(self.facts):
            return named
        return signal_name(self.words, trace.signal, trace.family)

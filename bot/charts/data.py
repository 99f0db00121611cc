"""The arrays from which chart, alt text and CSV file are all made (P4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from bot.charts.canvas.layout import Numbers
from bot.errors import RenderingError
from bot.model.entity import Entity, EntityKind
from bot.model.event import Facts
from bot.model.incident import Evidence, Trace
from bot.model.interval import Interval, utc_from_epoch
from bot.model.signal import NOISY_FAMILIES
from bot.model.timeline import SeriesLevel
from bot.model.verdict import SeriesState
from bot.places import Register
from bot.text.names import capitalise
from bot.text.places_affected import reported_parts
from bot.text.signal_names import signal_name
from bot.text.text_builder import is_silent
from bot.text.translations import Translations

_MAX_LINES = 5
_LEAST_BEFORE = timedelta(hours=36)
"""The least time that charts show before the onset: more than one normal day."""
_SOME_BEFORE = timedelta(days=3)
_MOST_BEFORE = timedelta(days=10)
_LEVEL_TOLERANCE = 0.005
_SAME_TIME = timedelta(minutes=15)
"""If a line ends further than this from the newest level, its label gives its time."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One series as it is drawn; all arrays have one value for each bin.

    Attributes:
        ends: the time that each value stands for, in seconds since 1970; mostly the end
            of the bin (see `_bin_offset`).
        percent: the readings in percent of the baseline; NaN if the reading or the
            baseline is missing (P5).
        low, high: the expected range, in percent of the baseline; NaN if missing.
        name: the name of the series with a capital letter, to begin a label.
        label: the same name as it is written within a sentence.
        level: the last level (1.0 is normal), as in the facts if they list the series.
            None if there is no level or no current reading.
        last_at: the time of the newest value in `percent`; None if there is none. For a
            silent series, the time of its last reading. It may be newer than all values
            in `percent`, because a reading without a baseline has no percentage.
        is_late: whether `last_at` is far from the as-of time. Labels then give `last_at`.
        is_stale: whether the series has no level because its readings stopped at `last_at`;
            also true if the line has no value.
        is_dropped: whether the facts say that the series is dropped.
    """

    name: str
    label: str
    trace: Trace
    ends: Numbers
    percent: Numbers
    low: Numbers
    high: Numbers
    level: float | None
    last_at: datetime | None
    is_late: bool
    is_stale: bool
    is_dropped: bool


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """The lines of all charts of one event.

    Attributes:
        window: the time window of the charts.
        lines: at most five lines, that of the principal series first.
        parts: one line for each network and region, the lowest level first.
    """

    window: Interval
    lines: tuple[Line, ...]
    parts: tuple[Line, ...] = ()

    @property
    def principal(self) -> Line:
        """The line of the principal series."""
        return self.lines[0]


def gather_curves(
    evidence: Evidence, facts: Facts, translations: Translations, register: Register
) -> Curves:
    """Select the lines of an event and the time window to show.

    Raises:
        RenderingError: there is nothing to draw, or a drawn level contradicts the facts.
    """
    if not evidence.traces:
        raise RenderingError("no series to draw: the event has no evidence")
    chosen = _choose(evidence.traces, facts)
    parts = _parts(evidence, facts)
    window = _window((*chosen, *parts), facts)
    names = _LineNames(translations, register, facts)
    lines = tuple(_line(t, facts, window, names.of(t)) for t in chosen)
    # Readers could take an empty chart for a total outage, so it is an error (P5).
    if not np.isfinite(lines[0].percent).any():
        raise RenderingError("the principal series has no value to draw")
    ranked = [_line(trace, facts, window, names.of(trace)) for trace in parts]
    ranked.sort(key=lambda line: _depth_rank(line, facts))
    return Curves(window=window, lines=lines, parts=tuple(ranked))


def newest_level_time(facts: Facts) -> datetime:
    """Return the time of the newest levels that a chart shows (aware, UTC).

    This is the as-of time of the facts. If the principal series is silent, the result
    is the time of the newest current reading since the onset, if there is one.
    """
    if not is_silent(facts):
        return facts.timing.as_of
    current = (s.as_of for s in _listed_levels(facts) if s.level is not None)
    # A reading from before the onset may still be current, but it does not describe the
    # incident.
    since_onset = (at for at in current if at >= facts.timing.onset.until)
    return max(since_onset, default=facts.timing.as_of)


def percent_of(trace: Trace) -> Numbers:
    """Return the readings in percent of the baseline; NaN where either is missing."""
    values, expected = _floats(trace.values), _floats(trace.expected)
    # A baseline of zero gives no level, so the level counts as missing (P5).
    usable = np.where(expected > 0.0, expected, np.nan)
    return np.asarray(100.0 * values / usable, dtype=np.float64)


def bins_within(trace: Trace, window: Interval) -> slice:
    """Return the slice of the bins that start within `window`, both ends included."""
    first, step = trace.first.timestamp(), trace.step_s
    begin = int(-((first - window.since.timestamp()) // step))
    end = int((window.until.timestamp() - first) // step) + 1
    return slice(max(0, begin), max(0, min(end, len(trace.values))))


def _window(traces: tuple[Trace, ...], facts: Facts) -> Interval:
    """Return the time window to show; it begins some time before the onset.

    It ends at the as-of time, or at the newest bin of the chosen traces if that is
    later. If the principal series is silent, it ends at the newest bin.

    Raises:
        RenderingError: the principal series begins at the as-of time or later.
    """
    ends = [_end(trace, facts) for trace in traces]
    # If the principal series is silent, the as-of time is the time of its last reading,
    # which may be newer than all values that are drawn.
    until = max(ends) if is_silent(facts) else max(facts.timing.as_of, *ends)
    duration = facts.timing.as_of - facts.timing.onset.since
    since = max(traces[0].first, facts.timing.onset.since - _time_before(duration))
    if since >= facts.timing.as_of:
        raise RenderingError("the principal series begins after the event's as-of time")
    return Interval(since, until)


def _time_before(duration: timedelta) -> timedelta:
    """Return how much time before the onset to show for an incident of this length."""
    short = min(max(_LEAST_BEFORE, duration * 6), _SOME_BEFORE)
    return min(max(short, duration * 0.4), _MOST_BEFORE)


def _end(trace: Trace, facts: Facts) -> datetime:
    """Return the time of the newest bin's value (see `_bin_offset`)."""
    begins = trace.first + timedelta(seconds=trace.step_s * (len(trace.values) - 1))
    return begins + timedelta(seconds=_bin_offset(trace, facts))


def _bin_offset(trace: Trace, facts: Facts) -> int:
    """Return the seconds from the start of a bin to the time of the bin's value.

    Most values are from the end of their bin. Values that were read from a routing
    table are from the start: the as-of time in the facts is then the start of the
    newest bin with a value. If the facts do not list the series, they are searched for
    another series of the same signal. If there is none, the end is assumed.
    """
    listed = _series_level(trace, facts) or _level_of_signal(trace, facts)
    if listed is None:
        return trace.step_s
    since = (listed.as_of - trace.first).total_seconds()
    # The newest bins may be missing; the as-of time belongs to the newest value.
    newest = len(trace.values) - 1
    while newest > 0 and trace.values[newest] is None:
        newest -= 1
    return 0 if since == newest * trace.step_s else trace.step_s


def _choose(traces: tuple[Trace, ...], facts: Facts) -> tuple[Trace, ...]:
    """Return the principal trace, then up to four others, the most relevant first."""
    reported = reported_parts(facts)
    parts = reported or facts.parts.affected_series
    order = {p.key: number for number, p in enumerate(parts)}
    principal, rest = traces[0], traces[1:]
    own = [
        t for t in rest if t.entity == facts.place and t.family not in NOISY_FAMILIES
    ]
    cut = [t for t in rest if t.key in order]
    cut.sort(key=lambda t: order[t.key])
    fell = [t for t in own if t.family in facts.sources.opened_by]
    stood = [t for t in own if t.family not in facts.sources.opened_by]
    if reported:
        # If texts give the levels of parts, one line is enough for the place itself.
        ranked = [*cut, *(own[:1] if principal.entity != facts.place else [])]
    else:
        ranked = [*fell, *cut, *stood]
    return (principal, *ranked)[:_MAX_LINES]


def _parts(evidence: Evidence, facts: Facts) -> tuple[Trace, ...]:
    """Return one trace for each network and region.

    A part may have several traces. The first choice is the trace of a series that the
    facts list. The second choice is the part's first trace in the evidence. There the
    principal trace is first; the traces of parts follow by level, lowest first.
    """
    of_parts = [t for t in evidence.traces if t.entity != facts.place]
    by_entity: dict[Entity, Trace] = {}
    # Texts give the level of the series that the facts list, so charts show it too (P4).
    for trace in sorted(of_parts, key=lambda t: _series_level(t, facts) is None):
        by_entity.setdefault(trace.entity, trace)
    return tuple(by_entity.values())


def _depth_rank(line: Line, facts: Facts) -> tuple[bool, float, str]:
    """Return a sort key: the lowest level comes first, lines without a level last."""
    level = line.level
    # After the end of the incident, the levels of the parts are normal again. The parts
    # are then ranked by their lowest levels since the onset.
    if facts.timing.restored is not None:
        since = line.percent[line.ends > facts.timing.onset.since.timestamp()]
        level = float(np.nanmin(since)) if np.isfinite(since).any() else None
    return level is None, level or 0.0, line.name


def _line(trace: Trace, facts: Facts, window: Interval, name: str) -> Line:
    part = bins_within(trace, window)
    percent = percent_of(trace)[part]
    starts = np.arange(len(trace.values), dtype=np.float64)[part] * trace.step_s
    ends = trace.first.timestamp() + starts + _bin_offset(trace, facts)
    finite = np.flatnonzero(np.isfinite(percent))
    last_drawn_at = utc_from_epoch(float(ends[finite[-1]])) if finite.size else None
    listed = _series_level(trace, facts)
    drawn = float(percent[finite[-1]]) / 100.0 if finite.size else None
    level = _checked_level(name, listed, drawn)
    if listed is None and _is_principal(trace, facts) and is_silent(facts):
        level = None
    low, high = _band(trace, part)
    return Line(
        name=capitalise(name),
        label=name,
        trace=trace,
        ends=ends,
        percent=percent,
        low=low,
        high=high,
        level=level,
        last_at=_last_reading(last_drawn_at, level, listed),
        is_late=last_drawn_at is not None
        and abs(newest_level_time(facts) - last_drawn_at) > _SAME_TIME,
        # A series without a level is stale if its readings stopped. If the chart draws
        # a reading after the as-of time in the facts, readings have not stopped; they
        # only cannot be assessed.
        is_stale=last_drawn_at is None
        or (level is None and (listed is None or last_drawn_at <= listed.as_of)),
        is_dropped=listed is not None and listed.state is SeriesState.DROPPED,
    )


def _last_reading(
    last_drawn_at: datetime | None, level: float | None, listed: SeriesLevel | None
) -> datetime | None:
    """Return the time of a line's last reading.

    This is the time of the newest value that is drawn. If the line has no level, and the
    facts give a later time for the series, it is this later time.
    """
    if last_drawn_at is None or level is not None or listed is None:
        return last_drawn_at
    return max(last_drawn_at, listed.as_of)


def _is_principal(trace: Trace, facts: Facts) -> bool:
    return trace.key == facts.principal


def _series_level(trace: Trace, facts: Facts) -> SeriesLevel | None:
    """Return what the facts say about the series of a trace; None if it is not listed."""
    same = (s for s in _listed_levels(facts) if s.entity == trace.entity)
    return next((s for s in same if s.signal == trace.signal), None)


def _level_of_signal(trace: Trace, facts: Facts) -> SeriesLevel | None:
    """Return the first series in the facts with the signal of the trace, or None."""
    return next((s for s in _listed_levels(facts) if s.signal == trace.signal), None)


def _listed_levels(facts: Facts) -> Iterable[SeriesLevel]:
    return facts.listed_series


def _checked_level(
    name: str, listed: SeriesLevel | None, drawn: float | None
) -> float | None:
    """Return the last level of a line, after comparing the facts with the chart.

    The result is the level in the facts. If the facts do not list the series, it is the
    drawn level. It is None if nothing is drawn, or if the facts list no level.

    Raises:
        RenderingError: the two levels differ, so the chart may not be published (P4).
    """
    if listed is None or drawn is None:
        return drawn
    # If the facts give no level, the last drawn level may be out of date. No level is
    # then given (P5, P18).
    if listed.state is SeriesState.UNKNOWN or listed.level is None:
        return None
    if abs(listed.level - drawn) >= _LEVEL_TOLERANCE:
        raise RenderingError(
            f"{name}: the facts say {listed.level:.3f}, the chart ends at {drawn:.3f}"
        )
    return listed.level


def _band(trace: Trace, part: slice) -> tuple[Numbers, Numbers]:
    """Return the lower and the upper end of the expected range of each bin, in percent.

    The expected range is the baseline ± 3 spreads.
    """
    expected, spread = _floats(trace.expected)[part], _floats(trace.spread)[part]
    share = 300.0 * spread / np.where(expected > 0.0, expected, np.nan)
    # A level cannot be negative, so the expected range ends at zero.
    return np.maximum(100.0 - share, 0.0), 100.0 + share


def _floats(values: tuple[float | None, ...]) -> Numbers:
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class _LineNames:
    """The names of lines: a network's brand, a region's name or the place's signal."""

    translations: Translations
    register: Register
    facts: Facts

    def of(self, trace: Trace) -> str:
        named = self.register.name(trace.entity, self.translations.lang, trace.brand)
        if trace.entity.kind is EntityKind.ASN:
            return named
        # If other lines are named after parts, the place's line is named after the
        # place. Otherwise it is named after its signal.
        if trace.entity != self.facts.place or reported_parts(self.facts):
            return named
        return signal_name(self.translations, trace.signal, trace.family)

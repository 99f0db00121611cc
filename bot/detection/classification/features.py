"""What the rules for a class look at: how deep, how long, how fast, with whom."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.model.entity import EntityKind
from bot.model.incident import (
    EventKind,
    Evidence,
    Facts,
    Incident,
    IncidentEvent,
    Phase,
    Trace,
)
from bot.model.interval import Interval
from bot.model.signal import Family

AT_ONCE = timedelta(minutes=30)
"""Onsets that lie so near each other may be one event."""
_FINE = timedelta(hours=1)
DAILY_WITHIN = timedelta(days=10)
_SAME_HOUR = timedelta(minutes=45)
_BEGINS = (EventKind.SUSPECTED, EventKind.CONFIRMED, EventKind.REOPENED)
_SHORT = timedelta(hours=12)
_DAY = timedelta(days=1)
# What may lie outside the bounds of a level that is held, at either end.
_OUTLIERS = 0.1
# The fall is timed between these shares of its depth: noise at its ends is left out.
_FROM, _TO = 0.2, 0.8
_LEAST_BINS = 2
_SWING = 0.1


@dataclass(frozen=True, slots=True)
class Pattern:
    """An event, its levels since the beginning, and the incidents around it.

    Attributes:
        families: all that fell in it.
        levels: of the principal series while it lasts, with the end of each bin.
        whole: whether that series is the country's own.
        beside: other incidents that had begun by the event.
        step: the width of a bin of the principal series.
    """

    event: IncidentEvent
    facts: Facts
    families: frozenset[Family]
    levels: tuple[tuple[datetime, float], ...]
    whole: bool
    beside: tuple[Incident, ...]
    step: timedelta


def gather(
    event: IncidentEvent, evidence: Evidence, beside: tuple[Incident, ...]
) -> Pattern:
    """Everything the rules may look at, as it was known at the event."""
    facts = event.facts
    principal = evidence.traces[0] if evidence.traces else None
    return Pattern(
        event=event,
        facts=facts,
        families=frozenset(facts.opened_by),
        levels=tuple(_levels(principal, facts)) if principal else (),
        whole=facts.part is None and facts.place.kind is EntityKind.COUNTRY,
        beside=tuple(
            known
            for i in beside
            if i.id != event.incident and (known := _as_known(i, event.at))
        ),
        step=timedelta(seconds=principal.step_s if principal else 0),
    )


def held(p: Pattern, bounds: tuple[float, float]) -> float | None:
    """For how many hours the level has lain within `bounds`; None: it did not.

    From the first bin at or below the upper bound on; a tenth of the bins may lie
    outside at either end, and a missing bin is no time (P5).
    """
    low, high = bounds
    down = [i for i, (_, level) in enumerate(p.levels) if level <= high]
    if not down:
        return None
    seen = p.levels[down[0] :]
    ordered = sorted(level for _, level in seen)
    skip = int(len(ordered) * _OUTLIERS)
    if ordered[skip] < low or ordered[-1 - skip] > high:
        return None
    return _hours(len(seen) * p.step)


def hours_falling(p: Pattern) -> float | None:
    """How long the fall took, from a fifth to four fifths of its depth.

    None where it was too quick for its bins, or too shallow, to have a shape.
    """
    if not p.levels:
        return None
    lowest = min(level for _, level in p.levels)
    depth = 1.0 - lowest
    if depth < _SWING:
        return None
    begins = next((at for at, v in p.levels if v <= 1 - _FROM * depth), None)
    ends = next((at for at, v in p.levels if v <= 1 - _TO * depth), None)
    if begins is None or ends is None or ends - begins < _LEAST_BINS * p.step:
        return None
    return _hours(ends - begins)


def swings(p: Pattern) -> bool:
    """Whether the level has swung with the day since: power that comes and goes.

    The second day must repeat the first, and differ from itself half a day later.
    """
    at = dict(p.levels)
    days = [(v, at[t + _DAY]) for t, v in p.levels if t + _DAY in at]
    halves = [(v, at[t + _DAY / 2]) for t, v in p.levels if t + _DAY / 2 in at]
    if not p.levels or _hours(p.levels[-1][0] - p.levels[0][0]) < 48 or not days:
        return False
    return _apart(halves) >= _SWING and _apart(days) * 2 <= _apart(halves)


def at_once(p: Pattern) -> tuple[str, ...]:
    """The countries whose incidents began together with this one, itself included."""
    if p.facts.place.kind is not EntityKind.COUNTRY or not p.event.confirmed:
        return ()
    countries = {i.place.code for i in p.beside if _together(i, p.facts.onset)}
    return tuple(sorted(countries | {p.facts.place.code}))


def _together(incident: Incident, onset: Interval) -> bool:
    """Whether a confirmed incident began with this one, as finely as both are known."""
    other = incident.onset
    return (
        incident.place.kind is EntityKind.COUNTRY
        and any(phase.kind is EventKind.CONFIRMED for phase in incident.phases)
        and max(other.width, onset.width) <= _FINE
        and other.since <= onset.until + AT_ONCE
        and onset.since <= other.until + AT_ONCE
    )


def daily(p: Pattern) -> int:
    """On how many days of the last ten the place fell at this hour, and rose soon.

    The present fall counts, whether it lasts or not.
    """
    steps = (*p.facts.phases, _step(p.event))
    mine = [i.phases for i in p.beside if i.place == p.facts.place]
    falls = [fall for phases in (*mine, steps) for fall in _falls(phases)]
    last = max((at for at, _ in falls), default=p.event.at)
    days = {round((last - at) / _DAY) for at, end in falls if _alike(at, end, last)}
    return len(days)


def _alike(at: datetime, end: datetime | None, last: datetime) -> bool:
    """Whether a fall was short, recent, and at the hour of the last one."""
    if at == last:
        return end is None or end - at <= _SHORT
    off = (last - at) % _DAY
    near = min(off, _DAY - off) <= _SAME_HOUR
    return near and last - at <= DAILY_WITHIN and end is not None and end - at <= _SHORT


def _falls(phases: tuple[Phase, ...]) -> Iterator[tuple[datetime, datetime | None]]:
    """Each fall of an incident, with its end where it is over; by when we knew."""
    begun: datetime | None = None
    for phase in phases:
        if phase.kind is EventKind.RESTORED and begun is not None:
            yield begun, phase.at
            begun = None
        elif begun is None and phase.kind in _BEGINS:
            begun = phase.at
    if begun is not None:
        yield begun, None


def _step(event: IncidentEvent) -> Phase:
    return Phase(event.kind, event.at, event.facts.scope, event.facts.severity)


def _as_known(incident: Incident, at: datetime) -> Incident | None:
    """What had happened of it by then; None: nothing, or a person took it back."""
    known = tuple(phase for phase in incident.phases if phase.at <= at)
    if not known or any(phase.kind is EventKind.RETRACTED for phase in known):
        return None
    return replace(incident, phases=known)


def _levels(trace: Trace, facts: Facts) -> Iterator[tuple[datetime, float]]:
    """Reading over baseline from the onset to the end, missing bins left out (P5)."""
    step = timedelta(seconds=trace.step_s)
    until = facts.restored.since if facts.restored else facts.as_of
    bins = zip(trace.values, trace.expected, strict=True)
    for number, (value, expected) in enumerate(bins):
        end = trace.first + (number + 1) * step
        if value is not None and expected and facts.onset.since < end <= until:
            yield end, value / expected


def _apart(pairs: list[tuple[float, float]]) -> float:
    """How far apart the two of a pair lie, on average."""
    return sum(abs(a - b) for a, b in pairs) / len(pairs) if pairs else 0.0


def _hours(span: timedelta) -> float:
    return span / timedelta(hours=1)

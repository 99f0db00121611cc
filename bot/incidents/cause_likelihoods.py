"""How much a pattern says about a cause: likelihood ratios, for editors only (P8).

Consistent with, never a verdict, and never published. The ratios are not to be
multiplied: the patterns go together.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.incident import EventKind, Incident, IncidentEvent, Phase
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import SeriesState

_HALF_HOUR = timedelta(minutes=30)
_DAYS = tuple(timedelta(days=n) for n in range(1, 5))
# Beginnings are compared by when they were noticed, which a bin or two may shift.
_EXACTLY = timedelta(minutes=20)
_BEGINS = (EventKind.SUSPECTED, EventKind.CONFIRMED, EventKind.REOPENED)
_ALL = (Family.CONTROL_PLANE, Family.ACTIVE_PROBING, Family.TELESCOPE)
"""The signals of the list that the ratios were counted on."""


@dataclass(frozen=True, slots=True)
class LikelihoodFigure:
    """What was counted for one pattern.

    Attributes:
        shutdown, spontaneous: the share of each that shows it.
        cap: the largest ratio that is told; its inverse is the least.
        after: known only when more has happened: not for the first message.
        ordered, other, elsewhere: counts on the list, see cause-hints.toml.
    """

    id: str
    shutdown: float
    spontaneous: float
    cap: float
    after: bool
    ordered: tuple[int, int]
    other: tuple[int, int]
    elsewhere: tuple[int, int]

    def ratio(self, *, seen: bool) -> float:
        """How much likelier a shutdown is to read like this than another outage."""
        shares = self.shutdown, self.spontaneous
        one, other = shares if seen else (1 - shares[0], 1 - shares[1])
        return max(1 / self.cap, min(self.cap, one / other))


@dataclass(frozen=True, slots=True)
class LikelihoodFigures:
    """All that was counted, with its source and its base rates.

    Attributes:
        series: the countries whose series are most of what was ordered.
        countries: rows of the list, and those known to be ordered, by country.
        grid: how finely a time must be known to be asked for its half hour.
    """

    title: str
    link: str
    shutdowns: int
    spontaneous: int
    rows: int
    ordered: int
    series: tuple[str, ...]
    series_ordered: int
    largest: str
    largest_rows: int
    grid: timedelta
    figures: tuple[LikelihoodFigure, ...]
    countries: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class EventContext:
    """One event, as the hints look at it.

    Attributes:
        local: tells an instant on the clocks of the place, as they were then.
        beside: other incidents that had begun by then.
        grid: see `LikelihoodFigures`.
    """

    event: IncidentEvent
    local: Callable[[datetime], datetime]
    beside: tuple[Incident, ...]
    grid: timedelta


@dataclass(frozen=True, slots=True)
class Hint:
    """One pattern that was looked for: seen or not, and what that is worth."""

    figure: LikelihoodFigure
    seen: bool

    @property
    def ratio(self) -> float:
        """Above 1: likelier in a shutdown; below 1: likelier in another outage."""
        return self.figure.ratio(seen=self.seen)


def weigh(asked: EventContext, figures: Iterable[LikelihoodFigure]) -> tuple[Hint, ...]:
    """Every pattern that could be looked for; what cannot be told is left out.

    Features that need what came after are not used in an incident's first message.
    """
    first = asked.event.seq == 1
    return tuple(
        Hint(figure, seen)
        for figure in figures
        if not (figure.after and first)
        and (seen := _QUESTIONS[figure.id](asked)) is not None
    )


def _half_hour(asked: EventContext) -> bool | None:
    """Whether the beginning may lie on the hour or half hour of the place."""
    onset = asked.event.facts.onset
    if onset.width > asked.grid:
        return None
    since = asked.local(onset.since)
    past = timedelta(
        minutes=since.minute % 30, seconds=since.second, microseconds=since.microsecond
    )
    return (_HALF_HOUR - past) % _HALF_HOUR < max(onset.width, timedelta(seconds=1))


def _all_signals(asked: EventContext) -> bool | None:
    """Whether routing, probing and telescope all fell; late ones are waited for."""
    facts = asked.event.facts
    known = {s.family for s in facts.series if s.state is not SeriesState.UNKNOWN}
    if not known.issuperset(_ALL):
        return None
    if set(facts.opened_by).issuperset(_ALL):
        return True
    return None if asked.event.seq == 1 else False


def _recurs(asked: EventContext) -> bool | None:
    """Whether the place fell exactly 1 to 4 days before as well."""
    event = asked.event
    facts = event.facts
    step = Phase(event.kind, event.at, facts.scope, facts.severity)
    present = (*facts.phases, step)
    mine = [i.phases for i in asked.beside if i.place == facts.place]
    falls = sorted(at for phases in (*mine, present) for at in _falls(phases, event.at))
    if len(falls) < 2:
        return None
    gaps = [falls[-1] - at for at in falls[:-1]]
    return any(abs(gap - day) <= _EXACTLY for gap in gaps for day in _DAYS)


def _falls(phases: tuple[Phase, ...], by: datetime) -> list[datetime]:
    """When an incident was seen to begin, and to begin again."""
    seen = [p for p in phases if p.kind in _BEGINS and p.at <= by]
    again = [p.at for p in seen if p.kind is EventKind.REOPENED]
    return [p.at for p in seen[:1]] + [at for at in again if at != seen[0].at]


def _half_hours_long(asked: EventContext) -> bool | None:
    """Whether it lasted a multiple of 30 minutes, on the list's grid."""
    facts = asked.event.facts
    if facts.restored is None:
        return None
    if max(facts.onset.width, facts.restored.width) > asked.grid:
        return None
    lasted = _binned(facts.restored, asked.grid) - _binned(facts.onset, asked.grid)
    return lasted > timedelta(0) and lasted % _HALF_HOUR == timedelta(0)


def _binned(interval: Interval, grid: timedelta) -> timedelta:
    """Its beginning since 1970, rounded down to the grid: as a bin is named."""
    return timedelta(seconds=interval.since.timestamp()) // grid * grid


_QUESTIONS: Mapping[str, Callable[[EventContext], bool | None]] = {
    "half-hour": _half_hour,
    "all-signals": _all_signals,
    "recurs": _recurs,
    "half-hours-long": _half_hours_long,
}

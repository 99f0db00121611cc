"""How much likelier patterns are in shutdowns than in other outages, for editors (P8).

A likelihood ratio is the share of shutdowns that show a pattern, divided by the share
of other outages that show it. A ratio is never published and proves nothing. The ratios
of several patterns must not be multiplied, because the patterns are not independent.

The figures come from a public list of outages. In this module, "the list" is this list, and
an ordered outage is one for which the list names a government order or exams as the cause.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.event import IncidentEvent
from bot.model.incident import EventKind, Incident, Phase
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import SeriesState

_HALF_HOUR = timedelta(minutes=30)
_DAYS = tuple(timedelta(days=n) for n in range(1, 5))
# Drops are compared by the times of their events, which may be a bin or two late.
_DAY_TOLERANCE = timedelta(minutes=20)
_OPENING_KINDS = (EventKind.SUSPECTED, EventKind.CONFIRMED, EventKind.REOPENED)
_MEASURED_FAMILIES = (Family.CONTROL_PLANE, Family.ACTIVE_PROBING, Family.TELESCOPE)
"""The families that measured the outages of the list (see the top of this module)."""


@dataclass(frozen=True, slots=True)
class LikelihoodFigure:
    """The figures of one pattern.

    Each of the last three attributes is a pair of counts from a list of past outages:
    how many show the pattern, and of how many it is known whether they show it. For
    "ordered", see the top of this module; most other outages have no known cause.

    Attributes:
        shutdown, spontaneous: the share of shutdowns, and the share of other outages,
            that show the pattern.
        cap: the largest ratio that is shown; the smallest ratio that is shown is `1 /
            cap`.
        after: whether only events after an incident's first event can show the pattern.
        ordered: the pair for ordered outages.
        other: the pair for all other outages.
        elsewhere: the pair for ordered outages outside the countries of
            `LikelihoodFigures.series`.
    """

    id: str
    shutdown: float
    spontaneous: float
    cap: float
    after: bool
    ordered: tuple[int, int]
    other: tuple[int, int]
    elsewhere: tuple[int, int]

    def ratio_if(self, *, seen: bool) -> float:
        """Return the ratio for the pattern's presence or absence, within the cap."""
        shutdown, spontaneous = self.shutdown, self.spontaneous
        # The absence of the pattern has a ratio too. It is computed from the shares of
        # events without the pattern.
        if not seen:
            shutdown, spontaneous = 1 - shutdown, 1 - spontaneous
        return max(1 / self.cap, min(self.cap, shutdown / spontaneous))


@dataclass(frozen=True, slots=True)
class LikelihoodFigures:
    """The figures of all patterns, with their source and base rates.

    Attributes:
        title, link: title and address of the source of the figures.
        shutdowns, spontaneous: the number of shutdowns, and of other outages, in the
            data from which the shares are computed.
        rows, ordered: how many outages the list of outages has, and how many of them
            are known to have been ordered (see the top of this module).
        series: the codes of the countries with whole series of shutdowns. Most of the
            ordered outages were in these countries.
        series_ordered: how many of the ordered outages the countries in `series` have.
        largest: the code of the country with the most outages in the list.
        largest_rows: how many outages the list has for this country.
        grid: the precision of the list's times. An event whose times are less precise
            than this shows no pattern of half hours.
        countries: by country code, how many outages the list has, and how many of them
            are ordered; only for the countries with the most outages or orders.
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
    """One event, with the records in which patterns are looked for.

    Attributes:
        local: a function that converts an instant to the local time of the place.
        beside: other incidents that had opened by the time of the event.
        grid: see `LikelihoodFigures`.
    """

    event: IncidentEvent
    local: Callable[[datetime], datetime]
    beside: tuple[Incident, ...]
    grid: timedelta


@dataclass(frozen=True, slots=True)
class Hint:
    """One pattern that was looked for, and whether it was seen."""

    figure: LikelihoodFigure
    seen: bool

    @property
    def ratio(self) -> float:
        """Return the likelihood ratio.

        If the ratio is above 1, what was seen (a presence or an absence) is likelier in a
        shutdown than otherwise.
        """
        return self.figure.ratio_if(seen=self.seen)


def hints_of(
    context: EventContext, figures: Iterable[LikelihoodFigure]
) -> tuple[Hint, ...]:
    """Return a hint for each pattern that is known to be present or absent.

    At an incident's first event, patterns that only later events can show are left out.

    Args:
        context: the event, and the records in which patterns are looked for.
        figures: the patterns to look for.
    """
    first = context.event.seq == 1
    return tuple(
        Hint(figure, seen)
        for figure in figures
        if not (figure.after and first)
        and (seen := _PATTERNS[figure.id](context)) is not None
    )


def _begins_on_half_hour(context: EventContext) -> bool | None:
    """Whether the onset may be on a full or half hour of local time.

    None if the interval of the onset is wider than `context.grid`.
    """
    onset = context.event.facts.timing.onset
    # A wide interval may contain a half hour by chance, so it shows nothing.
    if onset.width > context.grid:
        return None
    since = context.local(onset.since)
    past = timedelta(
        minutes=since.minute % 30, seconds=since.second, microseconds=since.microsecond
    )
    # With a width of zero, an onset exactly on the half hour would fail this test. So
    # the width is at least one second.
    return (_HALF_HOUR - past) % _HALF_HOUR < max(onset.width, timedelta(seconds=1))


def _all_families_dropped(context: EventContext) -> bool | None:
    """Whether routes, probing and telescope all dropped.

    None if one of the three has no assessed series. At an incident's first event, the
    result is None instead of False: a family with a long publication lag may still
    drop.
    """
    facts = context.event.facts
    assessed = {
        s.family for s in facts.levels.series if s.state is not SeriesState.UNKNOWN
    }
    if not assessed.issuperset(_MEASURED_FAMILIES):
        return None
    if set(facts.sources.opened_by).issuperset(_MEASURED_FAMILIES):
        return True
    return None if context.event.seq == 1 else False


def _recurs_after_days(context: EventContext) -> bool | None:
    """Whether the place's last drop began 1, 2, 3 or 4 days after an earlier drop.

    The time between them may differ from whole days by up to 20 minutes. None if the
    place had no earlier drop.
    """
    event = context.event
    facts = event.facts
    step = Phase(event.kind, event.at, facts.scope, facts.severity)
    present = (*facts.phases, step)
    histories = [i.phases for i in context.beside if i.place == facts.place]
    drops = sorted(
        at
        for phases in (*histories, present)
        for at in _opening_times(phases, event.at)
    )
    if len(drops) < 2:
        return None
    gaps = [drops[-1] - at for at in drops[:-1]]
    return any(abs(gap - day) <= _DAY_TOLERANCE for gap in gaps for day in _DAYS)


def _opening_times(phases: tuple[Phase, ...], until: datetime) -> list[datetime]:
    """Return the times, up to `until`, at which an incident opened or reopened."""
    openings = [p for p in phases if p.kind in _OPENING_KINDS and p.at <= until]
    reopened = [p.at for p in openings if p.kind is EventKind.REOPENED]
    # Only the first event and the reopenings count, because a later confirmation is not
    # a second drop.
    first = [p.at for p in openings[:1]]
    return first + [at for at in reopened if at != openings[0].at]


def _lasted_half_hours(context: EventContext) -> bool | None:
    """Whether the time from onset to end is a multiple of 30 minutes.

    Onset and end are first rounded down to `context.grid`, as in the public list.

    None while the incident lasts, or if its onset or end is known less precisely than
    the grid.
    """
    facts = context.event.facts
    if facts.timing.restored is None:
        return None
    if max(facts.timing.onset.width, facts.timing.restored.width) > context.grid:
        return None
    # Both times are rounded like those in the public list of outages, so that the
    # durations can be compared.
    lasted = _start_on_grid(facts.timing.restored, context.grid) - _start_on_grid(
        facts.timing.onset, context.grid
    )
    return lasted > timedelta(0) and lasted % _HALF_HOUR == timedelta(0)


def _start_on_grid(interval: Interval, grid: timedelta) -> timedelta:
    """Return the interval's start since 1970, rounded down to the grid."""
    return timedelta(seconds=interval.since.timestamp()) // grid * grid


_PATTERNS: Mapping[str, Callable[[EventContext], bool | None]] = {
    "half-hour": _begins_on_half_hour,
    "all-signals": _all_families_dropped,
    "recurs": _recurs_after_days,
    "half-hours-long": _lasted_half_hours,
}

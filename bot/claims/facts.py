"""The values that a text may state about an event, with the usual rounding."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from bot.model.entity import Entity
from bot.model.event import IncidentEvent
from bot.model.interval import Interval
from bot.model.timeline import SeriesLevel
from bot.model.verdict import SeriesState
from bot.places import Register, local_time
from bot.text.places_affected import zone_of

_FIVE_MINUTES = timedelta(minutes=5)
_AROUND_WIDTH = timedelta(minutes=15)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_ZERO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ChartContents:
    """What a chart shows beyond the facts; its alternative text may state these values.

    Attributes:
        levels: (entity, level) of two points of each line: the last one, and the lowest
            one since the onset; 1.0 is normal.
        instants: the times of these points, and of both ends of the time axis.
        unnamed: the counts of lines that an alternative text may state without naming
            the lines. Each kind of chart shows different lines, so there are several
            counts.
    """

    levels: frozenset[tuple[Entity, float]] = frozenset()
    instants: frozenset[datetime] = frozenset()
    unnamed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class ClaimFacts:
    """The values that a text about one event may state."""

    event: IncidentEvent
    register: Register
    chart: ChartContents = ChartContents()

    @cached_property
    def series(self) -> tuple[SeriesLevel, ...]:
        """All series that are listed in the facts."""
        facts = self.event.facts
        return (*facts.listed_series, *facts.parts.back)

    @cached_property
    def levels(self) -> frozenset[float]:
        """The levels of the place itself, and 1.0 for the normal level."""
        facts = self.event.facts
        own = [
            facts.levels.now,
            *self.lowest_levels,
            1.0,
            *self._chart_levels(facts.place),
        ]
        signals = [v for s in facts.levels.series for v in (s.level, s.lowest)]
        return frozenset(v for v in (*own, *signals) if v is not None)

    @cached_property
    def all_levels(self) -> frozenset[float]:
        """The levels of the place and of its networks and regions."""
        return self.levels | self.levels_of(self.series)

    def levels_of(self, series: Iterable[SeriesLevel]) -> frozenset[float]:
        """Return the current and lowest levels of `series`, in facts and chart."""
        groups = [(s.level, s.lowest, *self._chart_levels(s.entity)) for s in series]
        return frozenset(v for values in groups for v in values if v is not None)

    def _chart_levels(self, entity: Entity) -> tuple[float, ...]:
        return tuple(value for whose, value in self.chart.levels if whose == entity)

    @cached_property
    def lowest_levels(self) -> frozenset[float]:
        """The levels that a text may call the lowest level of the place."""
        facts = self.event.facts
        wrong = facts.wrong_claims.lowest if facts.wrong_claims else None
        levels, of_chart = facts.levels, self._chart_levels(facts.place)
        signals = (s.lowest for s in levels.series if s.state is SeriesState.DROPPED)
        candidates = (levels.lowest, wrong, *signals, *of_chart)
        return frozenset(v for v in candidates if v is not None)

    @cached_property
    def onset_times(self) -> frozenset[datetime]:
        """The times (UTC) at which a text may say that something began.

        What began is the incident, a cut, or the drop of a series.
        """
        facts = self.event.facts
        # A correction states the wrong onset that it withdraws.
        wrong = (facts.wrong_claims.onset,) if facts.wrong_claims else ()
        cuts = (cut.began for cut in facts.timing.cuts)
        onsets = (facts.timing.onset, *wrong, *cuts, *(s.onset for s in self.series))
        return frozenset(t for onset in onsets if onset for t in _possible_times(onset))

    @cached_property
    def end_times(self) -> frozenset[datetime]:
        """The times (UTC) at which a text may say that the incident or a cut ended."""
        facts = self.event.facts
        ends = (facts.timing.restored, *(cut.ended for cut in facts.timing.cuts))
        return frozenset(t for end in ends if end for t in _possible_times(end))

    @cached_property
    def allowed_times(self) -> frozenset[datetime]:
        """All times (UTC) that a text may state."""
        facts = self.event.facts
        wrong = [facts.wrong_claims.told_at] if facts.wrong_claims else []
        # If the place has no present level, a text may say so, with the time of the
        # event.
        step = [self.event.at] if facts.levels.now is None else []
        others = (
            facts.timing.as_of,
            *step,
            *wrong,
            *(p.at for p in facts.phases),
            *(s.as_of for s in self.series),
            *self.chart.instants,
        )
        return (
            self.onset_times | self.end_times | frozenset(_to_minute(t) for t in others)
        )

    @cached_property
    def zone(self) -> str:
        """The time zone that texts use for local times."""
        return zone_of(self.event.facts, self.register)

    def local_time(self, at: datetime) -> datetime:
        """Return `at` in the time zone that texts use for local times."""
        return local_time(at, self.zone)

    @cached_property
    def allowed_dates(self) -> frozenset[date]:
        """All dates that a text may state, in UTC and in local time."""
        both = [(t.date(), self.local_time(t).date()) for t in self.allowed_times]
        return frozenset(day for pair in both for day in pair)

    @cached_property
    def utc_offsets(self) -> frozenset[timedelta]:
        """The UTC offsets of the place at the times in `allowed_times`."""
        offsets = (self.local_time(t).utcoffset() for t in self.allowed_times)
        return frozenset(offset for offset in offsets if offset is not None)

    @cached_property
    def allowed_counts(self) -> frozenset[int]:
        """The counts that a text may state.

        They are:
        - the number of items in each list of the facts, such as the networks;
        - the number of items that remain after the first three of such a list;
        - the number of families that are down now, and of all that were down;
        - the numbers of lines that the chart's alternative text may leave unnamed.
        """
        facts = self.event.facts
        branded = [n for n in facts.parts.networks if n.brand]
        lists = (facts.parts.networks, branded, facts.parts.regions, facts.parts.back)
        sizes = {len(items) for items in lists} | {len(facts.timing.cuts)}
        families = {len(facts.sources.families), len(facts.sources.opened_by)}
        # Texts name at most three items of a list and count the others ("and 4 more").
        unnamed = {max(n - 3, 0) for n in sizes} | self.chart.unnamed
        return frozenset(sizes | unnamed | families - {0})

    def allows_duration(self, length: timedelta, unit: timedelta) -> bool:
        """Return whether a text may say that the event lasted `length`.

        Args:
            length: the duration in the text.
            unit: the smallest unit in which the text gives the duration.
        """
        span = self.event.facts.timing.duration
        # At first, `rounded` has the durations as `TimeFormatter.duration` rounds them.
        # An editor may use a coarser unit, so the loop adds other roundings.
        step = _HOUR if span.longest >= _DAY else _FIVE_MINUTES
        rounded = {span.shortest // step * step, -(-span.longest // step) * step}
        for end in (span.shortest, span.longest):
            rounded |= {end // unit * unit, _round(end, unit), _round(end, step)}
        return length in rounded or span.shortest <= length <= span.longest


def _round(span: timedelta, step: timedelta) -> timedelta:
    return (span + step / 2) // step * step


def _to_minute(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(second=0, microsecond=0)


def _possible_times(interval: Interval) -> Iterator[datetime]:
    """Yield the times (UTC, whole minutes) that a text may give for an interval."""
    yield _to_minute(interval.since)
    yield _to_minute(interval.until)
    # A narrow interval may be written as "around" a time, rounded to five minutes.
    if interval.width <= _AROUND_WIDTH:
        at = interval.since - (interval.since - _ZERO) % _FIVE_MINUTES
        while at < interval.until + _FIVE_MINUTES:
            yield _to_minute(at)
            at += _FIVE_MINUTES

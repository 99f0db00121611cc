"""What the facts of an event back, rounded as people round it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from bot.model.entity import Entity
from bot.model.incident import IncidentEvent, SeriesLevel
from bot.model.interval import Interval
from bot.model.verdict import SeriesState
from bot.places import Register

_FIVE = timedelta(minutes=5)
_NARROW = timedelta(minutes=15)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_ZERO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ChartContents:
    """What a picture shows beside the facts, for the words that describe it.

    Attributes:
        levels: fractions of ordinary that its lines reach, each with whose line it is.
        instants: the ends of its axis, of its lines, and when each was lowest.
        unnamed: how many of its lines a description may leave unnamed.
    """

    levels: frozenset[tuple[Entity, float]] = frozenset()
    instants: frozenset[datetime] = frozenset()
    unnamed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class ClaimFacts:
    """The facts of one event, as the linter asks for them."""

    event: IncidentEvent
    register: Register
    drawn: ChartContents = ChartContents()

    @cached_property
    def series(self) -> tuple[SeriesLevel, ...]:
        """Every series that is told of."""
        facts = self.event.facts
        return (*facts.series, *facts.networks, *facts.regions, *facts.parts_back)

    @cached_property
    def levels(self) -> frozenset[float]:
        """The levels of the place itself, as fractions; the ordinary one too."""
        facts = self.event.facts
        own = [facts.level, *self.lowest, 1.0, *self._drawn_of(facts.place)]
        signals = [v for s in facts.series for v in (s.level, s.lowest)]
        return frozenset(v for v in (*own, *signals) if v is not None)

    @cached_property
    def every_level(self) -> frozenset[float]:
        """The same, and those of networks and regions."""
        return self.levels | self.levels_of(self.series)

    def levels_of(self, series: Iterable[SeriesLevel]) -> frozenset[float]:
        """The levels of these series, now and at the lowest."""
        told = [(s.level, s.lowest, *self._drawn_of(s.entity)) for s in series]
        return frozenset(v for values in told for v in values if v is not None)

    def _drawn_of(self, entity: Entity) -> tuple[float, ...]:
        return tuple(value for whose, value in self.drawn.levels if whose == entity)

    @cached_property
    def lowest(self) -> frozenset[float]:
        """The levels that may be called the lowest of the place."""
        facts = self.event.facts
        wrong = facts.wrong.lowest if facts.wrong else None
        signals = (s.lowest for s in facts.series if s.state is SeriesState.DROPPED)
        told = (facts.lowest, wrong, *signals, *self._drawn_of(facts.place))
        return frozenset(v for v in told if v is not None)

    @cached_property
    def began(self) -> frozenset[datetime]:
        """Times at which it may be said to have begun, UTC."""
        facts = self.event.facts
        wrong = (facts.wrong.onset,) if facts.wrong else ()
        told = (facts.onset, *wrong, *(s.onset for s in self.series))
        return frozenset(t for one in told if one for t in _ends(one))

    @cached_property
    def ended(self) -> frozenset[datetime]:
        """Times at which it may be said to have ended, UTC."""
        restored = self.event.facts.restored
        return frozenset(_ends(restored)) if restored else frozenset()

    @cached_property
    def instants(self) -> frozenset[datetime]:
        """Every time that may be told, UTC."""
        facts = self.event.facts
        wrong = [facts.wrong.told_at] if facts.wrong else []
        told = (
            facts.as_of,
            *wrong,
            *(p.at for p in facts.phases),
            *(s.as_of for s in self.series),
            *self.drawn.instants,
        )
        return self.began | self.ended | frozenset(_minute(t) for t in told)

    def here(self, at: datetime) -> datetime:
        """The same on the clocks of the place."""
        return self.register.local(at, self.event.facts.place)

    @cached_property
    def days(self) -> frozenset[date]:
        """Every date that may be told, in UTC and there."""
        both = [(t.date(), self.here(t).date()) for t in self.instants]
        return frozenset(day for pair in both for day in pair)

    @cached_property
    def offsets(self) -> frozenset[timedelta]:
        """How far the place's clocks were from UTC."""
        there = (self.here(t).utcoffset() for t in self.instants)
        return frozenset(one for one in there if one is not None)

    @cached_property
    def counts(self) -> frozenset[int]:
        """How many of anything there are, and are left when three are named."""
        facts = self.event.facts
        branded = [n for n in facts.networks if n.brand]
        lists = (facts.networks, branded, facts.regions, facts.parts_back)
        sizes = {len(one) for one in lists}
        families = {len(facts.families), len(facts.opened_by)}
        left = {max(n - 3, 0) for n in sizes} | self.drawn.unnamed
        return frozenset(sizes | left | families - {0})

    def lasts(self, length: timedelta, unit: timedelta) -> bool:
        """Whether it lasted `length`, told in steps of `unit` or as posts round it."""
        span = self.event.facts.duration
        grain = _HOUR if span.longest >= _DAY else _FIVE
        told = {span.shortest // grain * grain, -(-span.longest // grain) * grain}
        for end in (span.shortest, span.longest):
            told |= {end // unit * unit, _nearest(end, unit), _nearest(end, grain)}
        return length in told or span.shortest <= length <= span.longest


def _nearest(span: timedelta, grain: timedelta) -> timedelta:
    return (span + grain / 2) // grain * grain


def _minute(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(second=0, microsecond=0)


def _ends(interval: Interval) -> Iterator[datetime]:
    """Both ends and, where it is known well enough to say "around", what lies within."""
    yield _minute(interval.since)
    yield _minute(interval.until)
    if interval.width <= _NARROW:
        at = interval.since - (interval.since - _ZERO) % _FIVE
        while at < interval.until + _FIVE:
            yield _minute(at)
            at += _FIVE

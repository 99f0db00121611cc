"""Numbers against the facts: each must be one that they hold, of what it is said of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import regex

from bot.model.incident import SeriesLevel
from bot.model.objection import ClaimKind, Weight
from bot.rendering.claims.backing import Backing
from bot.rendering.claims.figures import Day, Figures, Percent, Time
from bot.rendering.claims.lexicon import Lexicon
from bot.rendering.claims.objecting import Raised
from bot.rendering.words import whole_percent

_REACH = 40
_HALF_HOUR = timedelta(minutes=30)
_STOP = regex.compile(r"[!?。။।\n]|\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Reads the figures of one text against one event.

    Attributes:
        text: the plain text, names and links masked; named: the networks and regions
            that it names, and where.
    """

    text: str
    figures: Figures
    backing: Backing
    lexicon: Lexicon
    named: Sequence[tuple[int, SeriesLevel]] = ()

    def raised(self) -> Iterator[Raised]:
        """Every figure that nothing backs."""
        yield from self._percents()
        yield from self._times()
        yield from self._days()
        for one in self.figures.lastings:
            if not self.backing.lasts(one.length, one.unit):
                yield _block(ClaimKind.DURATION, one.start, one.end, "duration")
        for zone in self.figures.offsets:
            if zone.offset not in self.backing.offsets:
                yield _block(ClaimKind.TIME, zone.start, zone.end, "offset")
        for number in self.figures.numbers:
            if not self._counted(number.value):
                yield _block(ClaimKind.NUMBER, number.start, number.end, "number")

    def _counted(self, value: float) -> bool:
        years = {day.year for day in self.backing.days}
        return value in self.backing.counts or value in years

    # Levels

    def _percents(self) -> Iterator[Raised]:
        for one in self.figures.percents:
            allowed = self._levels_for(one)
            if not all(_is_level(v, one.places, allowed) for v in one.values):
                yield _block(ClaimKind.PERCENT, one.start, one.end, "level")

    def _levels_for(self, percent: Percent) -> frozenset[float]:
        """The levels that may stand here, by the words before the number."""
        clause = self._clause(percent.start)
        owner = self._owner(percent)
        levels = owner or self.backing.levels
        if self.lexicon.roles["fell_by"].search(clause):
            return frozenset(1.0 - level for level in levels)
        if owner is None and self.lexicon.roles["lowest"].search(clause):
            return self.backing.lowest
        return levels

    def _owner(self, percent: Percent) -> frozenset[float] | None:
        """The levels of the network or region named just before, if one is."""
        stop = self._since(percent.start)
        others = [p.end for p in self.figures.percents if p.end <= percent.start]
        stop = max([stop, *others])
        near = [s for at, s in self.named if stop <= at < percent.start]
        if not near or len(percent.values) > 1:
            return None
        found = (v for s in near for v in (s.level, s.lowest) if v is not None)
        return frozenset(found)

    def _since(self, at: int) -> int:
        """Where the sentence that `at` lies in begins."""
        return max((m.end() for m in _STOP.finditer(self.text, 0, at)), default=0)

    def _clause(self, at: int) -> str:
        return self.text[max(self._since(at), at - _REACH) : at]

    # Times

    def _times(self) -> Iterator[Raised]:
        roles = self._roles()
        for n, one in enumerate(self.figures.times):
            moments = roles.get(n, self.backing.instants)
            fitting = [t for t in moments if self._is_at(one, t, n)]
            if not fitting:
                yield _block(ClaimKind.TIME, one.start, one.end, "time")
            elif not self._dated(one, fitting):
                yield _block(ClaimKind.DATE, one.start, one.end, "dated")

    def _is_at(self, time: Time, at: datetime, n: int) -> bool:
        """Whether the clocks that are meant showed `time` then."""
        clocks = {"utc": (at,), "local": (self.backing.here(at),)}.get(
            self._clocks(n), (at, self.backing.here(at))
        )
        if time.minute is None:
            near = [c + shift for c in clocks for shift in (timedelta(0), _HALF_HOUR)]
            return any(c.hour == time.hour for c in near)
        return any((c.hour, c.minute) == (time.hour, time.minute) for c in clocks)

    def _clocks(self, n: int) -> str:
        """Whose clocks the n-th time is of: "utc", "local", or either: ""."""
        times = self.figures.times
        time, after = times[n], self.text[times[n].end :]
        tail = after[:24]
        if regex.match(r"\s?\(?UTC(?![+-])", tail):
            return "utc"
        if self.lexicon.roles["local"].match(tail):
            return "local"
        follows = n + 1 < len(times) and times[n + 1].start - time.end <= 24
        if follows and not regex.search(
            r"[()\n;]", self.text[time.end : times[n + 1].start]
        ):
            return self._clocks(n + 1)
        opened = self.text.rfind("(", 0, time.start)
        closed = self.text.rfind(")", 0, time.start)
        inside = opened > max(closed, self._since(time.start) - 1)
        return "local" if inside and "UTC" not in self.text[opened : time.end] else ""

    def _dated(self, time: Time, moments: Sequence[datetime]) -> bool:
        """Whether a date beside the time is that of one of `moments`."""
        begin = self._since(time.start)
        stop = _STOP.search(self.text, time.end)
        end = stop.start() if stop else len(self.text)
        days = [
            d
            for d in self.figures.days
            if begin <= d.start and d.end <= end and d.day is not None
        ]
        before = [d for d in days if d.end <= time.start and time.start - d.end <= 8]
        after = [d for d in days if d.start >= time.end and d.start - time.end <= 16]
        near = [*before[-1:], *after[:1]]
        if not near:
            return True
        told = {(d.month, d.day) for d in near}
        there = {(x.month, x.day) for t in moments for x in (t, self.backing.here(t))}
        return bool(told & there)

    def _roles(self) -> dict[int, frozenset[datetime]]:
        """The times that a word like "began" speaks of, each word of its nearest one."""
        found: dict[int, frozenset[datetime]] = {}
        for role, moments in (
            ("began", self.backing.began),
            ("ended", self.backing.ended),
        ):
            for match in self.lexicon.roles[role].finditer(self.text):
                for n in self._nearest_times(*match.span()):
                    found[n] = found.get(n, frozenset()) | moments
        return found

    def _nearest_times(self, start: int, end: int) -> tuple[int, ...]:
        """The nearest time of the same sentence, with those it is joined to."""
        since = self._since(start)
        stop = _STOP.search(self.text, end)
        until = stop.start() if stop else len(self.text)
        reach = {
            n: min(abs(t.start - end), abs(start - t.end))
            for n, t in enumerate(self.figures.times)
            if since <= t.start and t.end <= until
        }
        near = {n: d for n, d in reach.items() if d <= 2 * _REACH}
        if not near:
            return ()
        return (min(near, key=lambda n: near[n]),)

    # Dates

    def _days(self) -> Iterator[Raised]:
        days = self.backing.days
        for n, one in enumerate(self.figures.days):
            fitting = [d for d in days if _is_day(one, d)]
            if not fitting and not self._within(one):
                yield _block(ClaimKind.DATE, one.start, one.end, "date")
            elif not fitting:
                yield Raised(
                    ClaimKind.DATE, Weight.SECOND, one.start, one.end, "date"
                )
            elif one.weekday is not None and not self._matches(n, one.weekday):
                yield _block(ClaimKind.DATE, one.start, one.end, "date")

    def _within(self, one: Day) -> bool:
        """Whether it is a day on which the event went on, though none of its steps."""
        if one.day is None or not self.backing.days:
            return False
        first, last = min(self.backing.days), max(self.backing.days)
        every = (first + timedelta(days=n) for n in range((last - first).days))
        return any(_is_day(one, day) for day in every)

    def _matches(self, n: int, weekday: int) -> bool:
        """Whether the date beside a weekday falls on it."""
        one = self.figures.days[n]
        beside = [
            d
            for d in self.figures.days
            if d.day is not None
            and (0 <= d.start - one.end <= 3 or 0 <= one.start - d.end <= 3)
        ]
        return all(
            any(day.weekday() == weekday for day in self.backing.days if _is_day(d, day))
            for d in beside
        )


def _block(kind: ClaimKind, start: int, end: int, key: str) -> Raised:
    return Raised(kind, Weight.BLOCK, start, end, key)


def _is_day(told: Day, day: date) -> bool:
    wanted = (told.day, told.month, told.year)
    own = (day.day, day.month, day.year)
    same = all(w is None or w == o for w, o in zip(wanted, own, strict=True))
    return same and (told.day is not None or told.weekday in (None, day.weekday()))


def _is_level(value: float, places: int, levels: frozenset[float]) -> bool:
    """Whether a level reads `value`, rounded as it is; a trace may be "below 1%"."""
    if places:
        return any(abs(level * 100 - value) <= 0.5 * 10**-places for level in levels)
    return any(
        whole_percent(level) == value or (value == 1 and whole_percent(level) == 0)
        for level in levels
    )

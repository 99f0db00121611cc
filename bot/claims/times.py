"""Times and dates against the facts, on the clocks and for the step they are said of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import regex

from bot.claims.facts import ClaimFacts
from bot.claims.figures import Day, Time
from bot.claims.lexicon import Lexicon
from bot.claims.plain_text import RaisedObjection, sentence
from bot.model.objection import ClaimKind, Weight

_HALF_HOUR = timedelta(minutes=30)
_FAR, _NEAR, _JOINED, _BESIDE, _BEFORE = 80, 24, 24, 28, 8
_UTC = regex.compile(r"\s?\(?UTC(?![+-])")
_APART = regex.compile(r"[()\n;。။।]|\.\s")
_OWN = regex.compile(r"[()\n;-]")


@dataclass(frozen=True, slots=True)
class Times:
    """Holds the times and dates of one plain text against one event."""

    text: str
    times: Sequence[Time]
    days: Sequence[Day]
    backing: ClaimFacts
    lexicon: Lexicon

    def raised(self) -> Iterator[RaisedObjection]:
        """Every time and date that nothing backs where it stands."""
        roles = self._roles()
        for n, one in enumerate(self.times):
            moments = roles.get(n, self.backing.instants)
            fitting = [t for t in moments if self._is_at(one, t, self._clocks(n))]
            if not fitting:
                yield _block(ClaimKind.TIME, one, "time")
            elif not self._dated(one, fitting):
                yield _block(ClaimKind.DATE, one, "dated")
        for day in self.days:
            yield from self._day(day)

    def _is_at(self, time: Time, at: datetime, clocks: str) -> bool:
        """Whether the clocks that are meant showed `time` then."""
        here = self.backing.here(at)
        shown = {"utc": (at,), "local": (here,)}.get(clocks, (at, here))
        if time.minute is None:
            near = [c + shift for c in shown for shift in (timedelta(0), _HALF_HOUR)]
            return any(c.hour == time.hour for c in near)
        return any((c.hour, c.minute) == (time.hour, time.minute) for c in shown)

    def _clocks(self, n: int) -> str:
        """Whose clocks the n-th time is of: "utc", "local", or either: ""."""
        time = self.times[n]
        tail = self.text[time.end : time.end + _NEAR]
        if _UTC.match(tail):
            return "utc"
        if self.lexicon.roles["local"].match(tail):
            return "local"
        if n + 1 < len(self.times) and self._goes_on(time, self.times[n + 1]):
            return self._clocks(n + 1)
        return "local" if self._in_brackets(time) else ""

    def _goes_on(self, time: Time, following: Time) -> bool:
        """Whether two times are one range, so that the zone is said once."""
        between = self.text[time.end : following.start]
        return len(between) <= _JOINED and not _APART.search(between)

    def _in_brackets(self, time: Time) -> bool:
        """In brackets stand the place's own clocks, unless they say UTC."""
        begin, _ = sentence(self.text, time.start, time.end)
        opened = self.text.rfind("(", begin, time.start)
        closed = self.text.find(")", time.end)
        inside = opened >= 0 and self.text.rfind(")", opened, time.start) < 0
        return inside and "UTC" not in self.text[opened:closed]

    def _dated(self, time: Time, moments: Sequence[datetime]) -> bool:
        """Whether a date beside the time is that of one of `moments`."""
        begin, end = sentence(self.text, time.start, time.end)
        days = [d for d in self.days if begin <= d.start and d.end <= end and d.day]
        before = [d for d in days if self._beside(d.end, time.start, _BEFORE)]
        after = [d for d in days if self._beside(time.end, d.start, _BESIDE)]
        told = {(d.month, d.day) for d in (*before[-1:], *after[:1])}
        there = {(x.month, x.day) for t in moments for x in (t, self.backing.here(t))}
        return not told or bool(told & there)

    def _beside(self, start: int, end: int, most: int) -> bool:
        """Whether nothing that sets a time and a date apart stands between them."""
        between = self.text[start:end] if 0 <= end - start <= most else "("
        return not _OWN.search(between)

    def _roles(self) -> dict[int, frozenset[datetime]]:
        """The times that words like "began" speak of, each word of its nearest one."""
        found: dict[int, frozenset[datetime]] = {}
        kinds = {"began": self.backing.began, "ended": self.backing.ended}
        for role, moments in kinds.items():
            for match in self.lexicon.roles[role].finditer(self.text):
                for n in self._nearest(*match.span()):
                    found[n] = found.get(n, frozenset()) | moments
        return found

    def _nearest(self, start: int, end: int) -> tuple[int, ...]:
        """The time of the same sentence that is nearest to a word."""
        begin, stop = sentence(self.text, start, end)
        reach = {
            n: max(t.start - end, start - t.end)
            for n, t in enumerate(self.times)
            if begin <= t.start and t.end <= stop
        }
        near = {n: far for n, far in reach.items() if far <= _FAR}
        return (min(near, key=lambda n: near[n]),) if near else ()

    def _day(self, one: Day) -> Iterator[RaisedObjection]:
        fitting = [d for d in self._days_for(one) if _is_day(one, d)]
        if not fitting and not self._of_the_beginning(one) and self._within(one):
            kind, weight = ClaimKind.DATE, Weight.SECOND
            yield RaisedObjection(kind, weight, one.start, one.end, "date")
        elif not fitting or not self._on(one):
            yield _block(ClaimKind.DATE, one, "date")

    def _days_for(self, one: Day) -> frozenset[date]:
        """The days that may stand here: of "it began as ..." those of the beginning."""
        if not self._of_the_beginning(one):
            return self.backing.days
        first = self.backing.event.facts.onset
        ends = (first.since, first.until)
        both = [(t.date(), self.backing.here(t).date()) for t in ends]
        return frozenset(day for pair in both for day in pair)

    def _of_the_beginning(self, one: Day) -> bool:
        # A date may have taken the stop behind it for that of a short name.
        start, end = sentence(self.text, one.start, one.start)
        return self.lexicon.roles["began_as"].search(self.text, start, end) is not None

    def _within(self, one: Day) -> bool:
        """Whether it is a day on which the event went on, though none of its steps."""
        first, last = min(self.backing.days), max(self.backing.days)
        every = (first + timedelta(days=n) for n in range((last - first).days))
        return any(_is_day(one, day) for day in every)

    def _on(self, one: Day) -> bool:
        """Whether the date beside a weekday falls on it."""
        if one.weekday is None:
            return True
        beside = [
            d
            for d in self.days
            if d.day and (0 <= d.start - one.end <= 3 or 0 <= one.start - d.end <= 3)
        ]
        return all(
            any(_is_day(d, x) and x.weekday() == one.weekday for x in self.backing.days)
            for d in beside
        )


def _block(kind: ClaimKind, one: Time | Day, reason: str) -> RaisedObjection:
    return RaisedObjection(kind, Weight.BLOCK, one.start, one.end, reason)


def _is_day(told: Day, day: date) -> bool:
    if told.day is None:
        return told.weekday == day.weekday()
    same_year = told.year in (None, day.year)
    return same_year and (told.day, told.month) == (day.day, day.month)

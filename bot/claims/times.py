"""Compare times and dates in a text with the facts, in UTC and local time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import regex

from bot.claims.facts import ClaimFacts
from bot.claims.figures import Day, Time
from bot.claims.lexicon import SOLAR, Lexicon
from bot.claims.plain_text import RaisedObjection, sentence_bounds
from bot.model.draft import ClaimKind, ObjectionWeight
from bot.text.times import solar_day

_HALF_HOUR = timedelta(minutes=30)
# The greatest distances, in characters, in the order of the names below: from a word
# such as "began" to its time; from a time to its zone; from the first time of a range
# to the second; from a time to the date after it; and from a date to the time after it.
_ROLE_DISTANCE, _ZONE_DISTANCE, _RANGE_DISTANCE = 80, 24, 24
_DATE_AFTER, _DATE_BEFORE = 28, 8
_UTC = regex.compile(r"\s?\(?UTC(?![+-])")
_SEPARATOR = regex.compile(r"[()\n;。။।]|\.\s")
_DATE_SEPARATOR = regex.compile(r"[()\n;-]")


@dataclass(frozen=True, slots=True)
class TimeChecker:
    """Compares the times and dates of one plain text with one event."""

    text: str
    times: Sequence[Time]
    days: Sequence[Day]
    claim_facts: ClaimFacts
    lexicon: Lexicon

    def objections(self) -> Iterator[RaisedObjection]:
        """Yield an objection for each time or date that the facts do not support."""
        roles = self._role_times()
        for n, time in enumerate(self.times):
            allowed = roles.get(n, self.claim_facts.allowed_times)
            fitting = [t for t in allowed if self._is_at(time, t, self._time_zone(n))]
            if not fitting:
                yield _block(ClaimKind.TIME, time, "time")
            elif not self._fits_date(time, fitting):
                yield _block(ClaimKind.DATE, time, "dated")
        for day in self.days:
            yield from self._check_day(day)

    def _is_at(self, time: Time, instant: datetime, zone: str) -> bool:
        """Return whether clocks in `zone` show the time of day `time` at `instant`.

        `zone` is "utc", "local", or "" for either.
        """
        local = self.claim_facts.local_time(instant)
        shown = {"utc": (instant,), "local": (local,)}.get(zone, (instant, local))
        if time.minute is None:
            # A time without minutes may be rounded, so "5 p.m." is true from 16:30 to
            # 17:59.
            near = [c + shift for c in shown for shift in (timedelta(0), _HALF_HOUR)]
            return any(c.hour == time.hour for c in near)
        return any((c.hour, c.minute) == (time.hour, time.minute) for c in shown)

    def _time_zone(self, n: int) -> str:
        """Return the zone of time `n`: "utc", "local", or "" if either is possible."""
        time = self.times[n]
        tail = self.text[time.end : time.end + _ZONE_DISTANCE]
        if _UTC.match(tail):
            return "utc"
        if self.lexicon.roles["local"].match(tail):
            return "local"
        if n + 1 < len(self.times) and self._is_range(time, self.times[n + 1]):
            return self._time_zone(n + 1)
        return "local" if self._in_brackets(time) else ""

    def _is_range(self, time: Time, following: Time) -> bool:
        """Return whether two times are the first and the last time of a range.

        In a range, the time zone stands only after the last time.
        """
        between = self.text[time.end : following.start]
        return len(between) <= _RANGE_DISTANCE and not _SEPARATOR.search(between)

    def _in_brackets(self, time: Time) -> bool:
        """Return whether a time is in brackets without "UTC": then it is local."""
        begin, _ = sentence_bounds(self.text, time.start, time.end)
        opened = self.text.rfind("(", begin, time.start)
        closed = self.text.find(")", time.end)
        inside = opened >= 0 and self.text.rfind(")", opened, time.start) < 0
        return inside and "UTC" not in self.text[opened:closed]

    def _fits_date(self, time: Time, instants: Sequence[datetime]) -> bool:
        """Return whether the date next to a time is the date of one of `instants`.

        If there is no date next to the time, return True.
        """
        begin, end = sentence_bounds(self.text, time.start, time.end)
        days = [d for d in self.days if begin <= d.start and d.end <= end and d.day]
        before = [
            d for d in days if self._are_adjacent(d.end, time.start, _DATE_BEFORE)
        ]
        after = [d for d in days if self._are_adjacent(time.end, d.start, _DATE_AFTER)]
        stated = {(d.month, d.day) for d in (*before[-1:], *after[:1])}
        allowed = {
            month_and_day
            for t in instants
            for x in (t, self.claim_facts.local_time(t))
            for month_and_day in _in_both_calendars(x.date())
        }
        return not stated or bool(stated & allowed)

    def _are_adjacent(self, start: int, end: int, max_characters: int) -> bool:
        """Return whether a time and a date stand close together, without a separator.

        Args:
            start: the end of the first of the two.
            end: the start of the second.
            max_characters: how many characters may stand between them.
        """
        between = self.text[start:end] if 0 <= end - start <= max_characters else "("
        return not _DATE_SEPARATOR.search(between)

    def _role_times(self) -> dict[int, frozenset[datetime]]:
        """Return the instants allowed for each time near a word such as "began".

        The keys are the positions of these times in `times`.
        """
        by_time: dict[int, frozenset[datetime]] = {}
        kinds = {
            "began": self.claim_facts.onset_times,
            "ended": self.claim_facts.end_times,
        }
        for role, instants in kinds.items():
            for match in self.lexicon.roles[role].finditer(self.text):
                for n in self._nearest(*match.span()):
                    by_time[n] = by_time.get(n, frozenset()) | instants
        return by_time

    def _nearest(self, start: int, end: int) -> tuple[int, ...]:
        """Return the position in `times` of the time nearest to a word.

        The time must be near the word and in the same sentence. If there is no such
        time, return an empty tuple.
        """
        begin, stop = sentence_bounds(self.text, start, end)
        reach = {
            n: max(t.start - end, start - t.end)
            for n, t in enumerate(self.times)
            if begin <= t.start and t.end <= stop
        }
        near = {n: far for n, far in reach.items() if far <= _ROLE_DISTANCE}
        return (min(near, key=lambda n: near[n]),) if near else ()

    def _check_day(self, stated: Day) -> Iterator[RaisedObjection]:
        fitting = [d for d in self._allowed_days(stated) if _is_day(stated, d)]
        if (
            not fitting
            and not self._follows_began_as(stated)
            and self._is_during_event(stated)
        ):
            # The incident was open on this day, but had no event. So a second person
            # may approve the date.
            kind, weight = ClaimKind.DATE, ObjectionWeight.SECOND
            yield RaisedObjection(kind, weight, stated.start, stated.end, "date")
        elif not fitting or not self._matches_weekday(stated):
            yield _block(ClaimKind.DATE, stated, "date")

    def _allowed_days(self, stated: Day) -> frozenset[date]:
        """Return the days that the date `stated` may name.

        In a sentence with a phrase such as "began as", only the days of the onset are
        allowed.
        """
        if not self._follows_began_as(stated):
            return self.claim_facts.allowed_dates
        first = self.claim_facts.event.facts.timing.onset
        ends = (first.since, first.until)
        both = [(t.date(), self.claim_facts.local_time(t).date()) for t in ends]
        return frozenset(day for pair in both for day in pair)

    def _follows_began_as(self, stated: Day) -> bool:
        # A full stop within the date would count as the end of the sentence. So only
        # the start of the date is used.
        start, end = sentence_bounds(self.text, stated.start, stated.start)
        return self.lexicon.roles["began_as"].search(self.text, start, end) is not None

    def _is_during_event(self, stated: Day) -> bool:
        """Return whether `stated` is a day between the first and last day in the facts.

        The first day is included, the last day is not.
        """
        first, last = (
            min(self.claim_facts.allowed_dates),
            max(self.claim_facts.allowed_dates),
        )
        days = (first + timedelta(days=n) for n in range((last - first).days))
        return any(_is_day(stated, day) for day in days)

    def _matches_weekday(self, stated: Day) -> bool:
        """Return whether the date next to a weekday falls on that weekday.

        Also True if `stated` has no weekday, or if no date is next to it.
        """
        if stated.weekday is None:
            return True
        dates = [
            d
            for d in self.days
            if d.day
            and (0 <= d.start - stated.end <= 3 or 0 <= stated.start - d.end <= 3)
        ]
        return all(
            any(
                _is_day(d, x) and x.weekday() == stated.weekday
                for x in self.claim_facts.allowed_dates
            )
            for d in dates
        )


def _block(kind: ClaimKind, figure: Time | Day, reason: str) -> RaisedObjection:
    return RaisedObjection(
        kind, ObjectionWeight.BLOCK, figure.start, figure.end, reason
    )


def _is_day(stated: Day, day: date) -> bool:
    if stated.day is None:
        return stated.weekday == day.weekday()
    same_year = stated.year in (None, day.year)
    return same_year and (stated.month, stated.day) in _in_both_calendars(day)


def _in_both_calendars(day: date) -> tuple[tuple[int | None, int | None], ...]:
    """Return (month, day) of a date in the Gregorian and the Solar Hijri calendar.

    `SOLAR` is added to a Solar Hijri month, to tell it from a Gregorian one.
    """
    month, number = solar_day(day)
    return (day.month, day.day), (SOLAR + month, number)

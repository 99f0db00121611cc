"""Times as people read them: UTC and the clocks of the place, as finely as known."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.model.entity import Entity
from bot.model.interval import Interval, Span
from bot.places import Register
from bot.text.translations import Translations

_NARROW = timedelta(minutes=15)
_ROUND = timedelta(minutes=5)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
# What is known no better than this is told in words of the day, where one word fits.
_WIDE = timedelta(hours=3)
_PARTS = ((5, "night"), (12, "morning"), (18, "afternoon"), (24, "evening"))


@dataclass(frozen=True, slots=True)
class TimeFormatter:
    """How one language tells the times of one place (P9)."""

    words: Translations
    register: Register
    place: Entity

    def local(self, at: datetime) -> datetime:
        """On the clocks of the place, as they were then."""
        return self.register.local(at, self.place)

    @property
    def grain(self) -> timedelta:
        """What is shorter reads as one moment."""
        return _ROUND

    @property
    def city(self) -> str:
        """Whose clocks they are."""
        return self.register.city(self.place, self.words.lang)

    def instant(self, at: datetime, near: datetime | None = None) -> str:
        """As "11:00 UTC on 5 January (17:00 in Almaty)".

        `near` is a time that the reader knows already: on its day, no date is said.
        """
        day = "" if near and near.date() == at.date() else self.words.date(at, "date")
        return self._with_local(self._utc(at, day), at, at)

    def brief(self, at: datetime) -> str:
        """As "5 Jan 11:00 UTC", where there is little room."""
        day, clock = self.words.date(at, "short"), self.words.date(at, "clock")
        return self.words.say("times", "brief", day=day, time=clock)

    def briefest(self, at: datetime) -> str:
        """As "5 Jan 11:00", where another time beside it says that this is UTC."""
        day, clock = self.words.date(at, "short"), self.words.date(at, "clock")
        return self.words.say("times", "moment", day=day, time=clock)

    def stamp(self, at: datetime) -> str:
        """As "11:00 UTC on 5 January 2022 (17:00 in Almaty)"."""
        text = self._utc(at, self.words.date(at, "dated"))
        return self._with_local(text, at, at)

    def within(self, interval: Interval, near: datetime | None = None) -> str:
        """As "around ..." where known within a quarter of an hour, else "between ...".

        Where only a part of the day is known, it is named: "on the evening of ...".
        """
        since, until = interval.since, interval.until
        if interval.width <= _NARROW:
            middle = _rounded(since + interval.width / 2)
            return self.words.say(
                "times", "around", moment=self._on_day(middle, middle, near)
            )
        part = self._part_of_day(interval)
        if part:
            return self._named(part, interval)
        text = self._between(since, until, near)
        return self._with_local(text, since, until)

    def day(self, at: datetime) -> str:
        """As "Tuesday 4 January", the day it was in the place."""
        return self.words.date(self.local(at), "day")

    def one_day(self, interval: Interval) -> str:
        """The day in the place that an interval lies in; empty: it lies in two."""
        ends = [self.local(at) for at in (interval.since, interval.until)]
        same = ends[0].date() == ends[1].date()
        return self.words.date(ends[1], "day") if same else ""

    def lasting(self, span: Span) -> str:
        """A duration as a range, or "about ..." where both ends read the same."""
        grain = timedelta(hours=1) if span.longest >= _DAY else timedelta(minutes=5)
        near = (_nearest(span.shortest, grain), _nearest(span.longest, grain))
        if near[0] == near[1]:
            one = self.words.length(near[0])
            return self.words.say("durations", "about", one=one)
        longest = self.words.length(-(-span.longest // grain) * grain)
        if span.shortest < grain:
            return self.words.say("durations", "least", longest=longest)
        shortest = self.words.length(span.shortest // grain * grain)
        return self.words.say(
            "durations", "between", shortest=shortest, longest=longest
        )

    def offset(self, at: datetime) -> str:
        """As "UTC+6", "UTC+3:30": the place's offset at that time."""
        seconds = (self.local(at).utcoffset() or timedelta(0)).total_seconds()
        hours, minutes = divmod(int(abs(seconds)) // 60, 60)
        digits = self.words.catalogue.digits
        text = digits(str(hours))
        if minutes:
            shown = digits(f"{minutes:02d}")
            text = self.words.say("times", "minutes", hours=text, minutes=shown)
        return self.words.say("times", "west" if seconds < 0 else "east", hours=text)

    def _part_of_day(self, interval: Interval) -> str:
        """The part of the place's day that a wide interval fills; empty: none does.

        A night belongs to two days, so it is told by its hours.
        """
        if interval.width < _WIDE:
            return ""
        since, last = self.local(interval.since), self.local(interval.until - _MINUTE)
        parts = {_part(since), _part(last)}
        one = since.date() == last.date() and len(parts) == 1
        return parts.pop() if one and "night" not in parts else ""

    def _named(self, part: str, interval: Interval) -> str:
        since, until = (
            self.words.date(at, "clock") for at in (interval.since, interval.until)
        )
        day = self.day(interval.since)
        known = {"since": since, "until": until, "day": day, "city": self.city}
        return self.words.say("times", part, **known)

    def _utc(self, at: datetime, day: str) -> str:
        clock = self.words.date(at.astimezone(UTC), "clock")
        text = self.words.say("times", "utc", time=clock)
        return self.words.say("times", "on", time=text, day=day) if day else text

    def _on_day(self, since: datetime, until: datetime, near: datetime | None) -> str:
        day = "" if near and near.date() == until.date() else self._weekday(until)
        return self._with_local(self._utc(until, day), since, until)

    def _between(self, since: datetime, until: datetime, near: datetime | None) -> str:
        say = self.words.say
        if since.date() != until.date():
            ends = [self._utc(at, self.words.date(at, "date")) for at in (since, until)]
            return say("times", "between-days", since=ends[0], until=ends[1])
        early, late = self.words.date(since, "clock"), self.words.date(until, "clock")
        if near and near.date() == until.date():
            return say("times", "between", since=early, until=late)
        day = self._weekday(until)
        return say("times", "between-on", since=early, until=late, day=day)

    def _weekday(self, at: datetime) -> str:
        return self.words.date(at, "day")

    def _with_local(self, text: str, since: datetime, until: datetime) -> str:
        """Add the place's clocks, unless they read UTC anyway."""
        if not self.local(since).utcoffset() and not self.local(until).utcoffset():
            return text
        clocks = self._local_clocks(since, until)
        return self.words.say(
            "times", "local", moment=text, local=clocks, city=self.city
        )

    def _local_clocks(self, since: datetime, until: datetime) -> str:
        """One clock or two; with the day where the place has another than UTC."""
        say, other = self.words.say, self._is_other_day
        ends = [self.words.date(self.local(at), "clock") for at in (since, until)]
        if self.local(since).date() != self.local(until).date():
            dated = [
                self._dated(clock, at) if other(at) else clock
                for clock, at in zip(ends, (since, until), strict=True)
            ]
            return say("times", "range-days", since=dated[0], until=dated[1])
        one = since == until
        clocks = ends[1] if one else say("times", "range", since=ends[0], until=ends[1])
        return self._dated(clocks, until) if other(since) or other(until) else clocks

    def _dated(self, clocks: str, at: datetime) -> str:
        day = self.words.date(self.local(at), "date")
        return self.words.say("times", "on", time=clocks, day=day)

    def _is_other_day(self, at: datetime) -> bool:
        """Whether the place has another date than UTC."""
        return self.local(at).date() != at.date()


def _rounded(at: datetime) -> datetime:
    """To the nearest five minutes: "around" claims no more."""
    zero = datetime.min.replace(tzinfo=at.tzinfo)
    return zero + _nearest(at - zero, _ROUND)


def _nearest(span: timedelta, grain: timedelta) -> timedelta:
    return (span + grain / 2) // grain * grain


def _part(at: datetime) -> str:
    """The part of the day that a local time lies in."""
    return next(name for end, name in _PARTS if at.hour < end)

"""Format times in UTC and local time, no more precisely than they are known."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from babel.dates import format_datetime
from jdatetime import date as solar_date

from bot.model.interval import DurationRange, Interval
from bot.places import Register, local_time
from bot.text.translations import Translations

_AROUND_WIDTH = timedelta(minutes=15)
_STEP = timedelta(minutes=5)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
# An interval of at least this width that fits into one part of the day, such as the
# evening, is named after this part.
_PART_OF_DAY_WIDTH = timedelta(hours=3)
_PARTS_OF_DAY = "5 morning, 12 afternoon, 18 evening"
"""Each part of the day, with the hour (local time) at which it begins.

A catalogue may have other hours in its message `own-day-parts`.
"""
_NIGHT = "night"
# The months of the Solar Hijri calendar have other names in Afghanistan.
_SOLAR_MONTHS = {"Asia/Tehran": "iran", "Asia/Kabul": "afghanistan"}


class _SolarForm(StrEnum):
    """The form of a date in the Solar Hijri calendar.

    date: day and month, with the Gregorian date in brackets. day: as `date`, with the
    weekday. local: day and month alone, for use within brackets.
    """

    DATE = "date"
    DAY = "day"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class TimeFormatter:
    """Formats times in UTC and in one time zone, in one language (P9).

    Attributes:
        zone: the time zone, by its name in the tz database; for "UTC" no local time is
            added.
    """

    translations: Translations
    register: Register
    zone: str

    def local(self, time: datetime) -> datetime:
        """Return `time` in the time zone `zone`."""
        return local_time(time, self.zone)

    @property
    def resolution(self) -> timedelta:
        """The step to which approximate times are rounded."""
        return _STEP

    @property
    def city(self) -> str:
        """The city that the time zone is named after."""
        return self.register.city(self.zone, self.translations.lang)

    def instant(self, time: datetime, previous: datetime | None = None) -> str:
        """Return a time as "11:00 UTC on 5 January (17:00 in Almaty)".

        `previous` is a time that the text gave before. If both have the same UTC date, the
        date is left out.
        """
        day = (
            ""
            if previous and previous.date() == time.date()
            else self._date(time, "date")
        )
        return self._with_local(self._utc(time, day), time, time)

    def brief(self, time: datetime) -> str:
        """Format as "5 Jan 11:00 UTC"."""
        day, clock = (
            self.translations.date(time, "short"),
            self.translations.date(time, "clock"),
        )
        return self.translations.translate("times", "brief", day=day, time=clock)

    def brief_without_zone(self, time: datetime) -> str:
        """Format as "5 Jan 11:00", for use beside a time that is marked as UTC."""
        day, clock = (
            self.translations.date(time, "short"),
            self.translations.date(time, "clock"),
        )
        return self.translations.translate("times", "moment", day=day, time=clock)

    def clock_near(self, time: datetime, previous: datetime) -> str:
        """Format as "11:00", or as "5 Jan 11:00" if `previous` is on another day.

        `previous` is a time that the text gave before. Both times are in UTC.
        """
        if time.date() == previous.date():
            return self.translations.date(time, "clock")
        return self.brief_without_zone(time)

    def with_year(self, time: datetime) -> str:
        """Format as "11:00 UTC on 5 January 2022 (17:00 in Almaty)"."""
        text = self._utc(time, self._date(time, "dated"))
        return self._with_local(text, time, time)

    def interval(self, interval: Interval, previous: datetime | None = None) -> str:
        """Return an interval as "around ...", "between ... and ..." or a part of a day.

        Up to a width of 15 minutes, the form is "around ...". An interval of three
        hours or more that fits into one morning, afternoon or evening (local time) is
        named after this part: "on the evening of ...". In the other forms, the date is
        left out if `previous`, a time that the text gave before, has the same UTC date.
        """
        since, until = interval.since, interval.until
        if interval.width <= _AROUND_WIDTH:
            middle = _round_to_step(since + interval.width / 2)
            return self.translations.translate(
                "times", "around", moment=self._around(middle, middle, previous)
            )
        part = self._part_of_day(interval)
        if part:
            return self._in_part_of_day(part, interval)
        text = self._between(since, until, previous)
        return self._with_local(text, since, until)

    def day(self, time: datetime) -> str:
        """Format the local day, as "Tuesday 4 January"."""
        return self._weekday(self.local(time))

    def shared_day(self, interval: Interval) -> str:
        """Format the local day in which an interval lies; "" if it spans two days."""
        ends = [self.local(at) for at in (interval.since, interval.until)]
        same = ends[0].date() == ends[1].date()
        return self._weekday(ends[1]) if same else ""

    def duration(self, span: DurationRange) -> str:
        """Format as "about 6 hours", "less than 1 hour", "between 5 hours and 7 hours"."""
        step = timedelta(hours=1) if span.longest >= _DAY else timedelta(minutes=5)
        rounded = (_round(span.shortest, step), _round(span.longest, step))
        if rounded[0] == rounded[1]:
            length = self.translations.duration(rounded[0])
            return self.translations.translate("durations", "about", one=length)
        # The longest duration is rounded up and the shortest down. The range therefore
        # always contains the true duration (P9).
        longest = self.translations.duration(-(-span.longest // step) * step)
        if span.shortest < step:
            return self.translations.translate("durations", "least", longest=longest)
        shortest = self.translations.duration(span.shortest // step * step)
        return self.translations.translate(
            "durations", "between", shortest=shortest, longest=longest
        )

    def offset(self, time: datetime) -> str:
        """Format the place's UTC offset at the time `time`, as "UTC+6" or "UTC+3:30"."""
        seconds = (self.local(time).utcoffset() or timedelta(0)).total_seconds()
        hours, minutes = divmod(int(abs(seconds)) // 60, 60)
        digits = self.translations.catalogue.digits
        text = digits(str(hours))
        if minutes:
            shown = digits(f"{minutes:02d}")
            text = self.translations.translate(
                "times", "minutes", hours=text, minutes=shown
            )
        return self.translations.translate(
            "times", "west" if seconds < 0 else "east", hours=text
        )

    def _part_of_day(self, interval: Interval) -> str:
        """Return the part of the local day that contains a wide interval, or "".

        The result is "" if the interval is short, lies in two parts or has two dates. It
        is also "" after midnight, until the morning: such a night belongs to two dates.
        """
        if interval.width < _PART_OF_DAY_WIDTH:
            return ""
        # An interval that ends at noon is still in the morning. The minute before its
        # end is therefore tested.
        since, last = self.local(interval.since), self.local(interval.until - _MINUTE)
        parts = {self._part_name(since), self._part_name(last)}
        # The text gives the UTC times without their day, so the UTC day must be the
        # local day.
        dates = {
            since.date(),
            last.date(),
            interval.since.date(),
            interval.until.date(),
        }
        single = len(dates) == 1 and len(parts) == 1
        return parts.pop() if single else ""

    def _in_part_of_day(self, part: str, interval: Interval) -> str:
        since, until = (
            self.translations.date(at, "clock")
            for at in (interval.since, interval.until)
        )
        day = self.day(interval.since)
        values = {"since": since, "until": until, "day": day, "city": self.city}
        # Only some languages call the hours before midnight a night, so only some have
        # this message.
        path = ("own", "times", part) if part == _NIGHT else ("times", part)
        return self.translations.translate(*path, **values)

    def _part_name(self, time: datetime) -> str:
        """Return the part of the day in which a local time lies; "" if none fits."""
        parts = self.translations.find("own", "day", "parts") or _PARTS_OF_DAY
        pairs = (part.split() for part in str(parts).split(","))
        return next((n for h, n in reversed(list(pairs)) if int(h) <= time.hour), "")

    def _utc(self, time: datetime, day: str) -> str:
        clock = self.translations.date(time.astimezone(UTC), "clock")
        text = self.translations.translate("times", "utc", time=clock)
        return (
            self.translations.translate("times", "on", time=text, day=day)
            if day
            else text
        )

    def _around(
        self, since: datetime, until: datetime, previous: datetime | None
    ) -> str:
        day = (
            "" if previous and previous.date() == until.date() else self._weekday(until)
        )
        return self._with_local(self._utc(until, day), since, until)

    def _between(
        self, since: datetime, until: datetime, previous: datetime | None
    ) -> str:
        translate = self.translations.translate
        if since.date() != until.date():
            ends = [self._utc(at, self._date(at, "date")) for at in (since, until)]
            return translate("times", "between-days", since=ends[0], until=ends[1])
        early, late = (
            self.translations.date(since, "clock"),
            self.translations.date(until, "clock"),
        )
        if previous and previous.date() == until.date():
            return translate("times", "between", since=early, until=late)
        day = self._weekday(until)
        return translate("times", "between-on", since=early, until=late, day=day)

    def _date(self, time: datetime, pattern: str) -> str:
        """Format the date of `time`, with the Solar Hijri date where it is used."""
        gregorian = self.translations.date(time, pattern)
        return _format_solar(
            self.translations, self.zone, time, _SolarForm.DATE, gregorian
        )

    def _weekday(self, time: datetime) -> str:
        """Format the weekday and the date of `time` (see `_date`)."""
        day = self.translations.date(time, "day")
        date = self.translations.date(time, "date")
        both = _format_solar(self.translations, self.zone, time, _SolarForm.DAY, date)
        return day if both == date else both

    def _with_local(self, text: str, since: datetime, until: datetime) -> str:
        """Append the local time to `text` if it differs from UTC."""
        # The offset may change between the two times, so both are tested.
        if not self.local(since).utcoffset() and not self.local(until).utcoffset():
            return text
        clocks = self._local_clocks(since, until)
        return self.translations.translate(
            "times", "local", moment=text, local=clocks, city=self.city
        )

    def _local_clocks(self, since: datetime, until: datetime) -> str:
        """Format one or two local times, with local dates where they are needed.

        Dates are needed if they differ from the UTC dates or from each other.
        """
        translate, has_other_date = self.translations.translate, self._has_other_date
        ends = [
            self.translations.date(self.local(at), "clock") for at in (since, until)
        ]
        if self.local(since).date() != self.local(until).date():
            # With one date, readers would take both times to be on that day.
            dated = [
                self._with_local_date(clock, at)
                for clock, at in zip(ends, (since, until), strict=True)
            ]
            return translate("times", "range-days", since=dated[0], until=dated[1])
        clocks = ends[1]
        if since != until:
            clocks = translate("times", "range", since=ends[0], until=ends[1])
        if has_other_date(since) or has_other_date(until):
            return self._with_local_date(clocks, until)
        return clocks

    def _with_local_date(self, clocks: str, time: datetime) -> str:
        # Where the Solar Hijri calendar is used, the brackets have only its date. The
        # Gregorian date is already given with the UTC time.
        local = self.local(time)
        gregorian = self.translations.date(local, "date")
        day = _format_solar(
            self.translations, self.zone, local, _SolarForm.LOCAL, gregorian
        )
        return self.translations.translate("times", "on", time=clocks, day=day)

    def _has_other_date(self, time: datetime) -> bool:
        """Whether the local date differs from the UTC date."""
        return self.local(time).date() != time.date()


def _round_to_step(time: datetime) -> datetime:
    """Round to five minutes: a time with "around" is not given more precisely."""
    zero = datetime.min.replace(tzinfo=time.tzinfo)
    return zero + _round(time - zero, _STEP)


def _round(span: timedelta, step: timedelta) -> timedelta:
    return (span + step / 2) // step * step


def solar_day(day: date) -> tuple[int, int]:
    """Return the month (1 to 12) and day in the Solar Hijri calendar of a date."""
    solar = solar_date.fromgregorian(year=day.year, month=day.month, day=day.day)
    return int(solar.month), int(solar.day)


def _format_solar(
    translations: Translations,
    zone: str,
    time: datetime,
    form: _SolarForm,
    gregorian: str,
) -> str:
    """Return the date of `time` in the Solar Hijri calendar, if the place uses it.

    The date is in the time zone of `time`.

    Args:
        translations: the language.
        zone: the place's time zone, a name of the tz database.
        time: the time; aware.
        form: the form of the date.
        gregorian: the Gregorian date in the language. It is returned if the place does
            not use the Solar Hijri calendar, or if the language has no names for its
            months.
    """
    names = _SOLAR_MONTHS.get(zone)
    if names is None or not translations.has("own", "solar", names):
        return gregorian
    month, day = solar_day(time.date())
    return translations.translate(
        "own",
        "solar",
        form,
        day=day,
        month=translations.translate("own", "solar", names, month=month),
        date=gregorian,
        weekday=format_datetime(
            time, "EEEE", tzinfo=time.tzinfo, locale=translations.info.locale
        ),
    )

"""Reads the times and durations in English sentences."""

import re
from datetime import UTC, datetime, timedelta

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_SHORT = tuple(month[:3] for month in _MONTHS)
_WEEKDAYS = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)
DAY = rf"(?:on )?(?:(?:{'|'.join(_WEEKDAYS)}) )?(\d{{1,2}}) ({'|'.join(_MONTHS)})"
_BRIEF = rf"(?:(\d{{1,2}}) ({'|'.join(_SHORT)}) )?"
_TIME = re.compile(rf"{_BRIEF}(\d{{1,2}}):(\d{{2}})(?: UTC)?(?: {DAY})?")
WEEKDAY = rf"({'|'.join(_WEEKDAYS)}) (\d{{1,2}}) ({'|'.join(_MONTHS)})"
_LENGTH = re.compile(r"(\d+) (day|hour|minute)s?")
_UNITS = {
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
}
AROUND_TOLERANCE = timedelta(minutes=10)
"""A time that is printed after "around" may differ from the truth by this much."""
_UTC_CLOCKS = r"(\d\d:\d\d)(?: on [^()]{1,30}?)?(?: UTC)?(?: on [^()]{1,30}?)?"
LOCAL_TIMES = re.compile(
    rf"(?P<utc>(?:{_UTC_CLOCKS} and )?{_UTC_CLOCKS})"
    r" \((?P<local>[^()]*\d\d:\d\d[^()]*) in (?P<city>[A-Z][^()]*)\)"
)
"""Matches one or two times in UTC, and the same times in the local time of a city."""
_CLOCK = re.compile(r"\d\d:\d\d")


def read_times(text: str, at: datetime, day: datetime | None) -> list[datetime]:
    """Return the times in a text; aware, UTC.

    A time without a date gets the date of the next time with a date. If there is none,
    it gets the date of a part of a day, such as "on the morning of 5 May". If there is
    none either, it gets the date of `day`.

    Args:
        text: the text, or a part of it.
        at: when the text was published; aware, UTC.
        day: a time on the day that was named last before the text; None: the day of
            `at`.
    """
    matches = list(_TIME.finditer(text))
    named = [_date_of(m, at) for m in matches]
    part = re.search(rf" of {DAY}", text)
    part_day = date(part[1], part[2], at) if part else None
    before = part_day or day or at
    times = []
    for position, m in enumerate(matches):
        later = (date for date in named[position:] if date is not None)
        on = next(later, None) or before
        times.append(on.replace(hour=int(m[3]), minute=int(m[4]), second=0))
    return times


def _date_of(m: re.Match[str], at: datetime) -> datetime | None:
    if m[1]:
        return date(m[1], _MONTHS[_SHORT.index(m[2])], at)
    return date(m[5], m[6], at) if m[5] else None


def date(day: str, month: str, at: datetime) -> datetime:
    """Return the start of a day that is printed without its year; aware, UTC.

    `at` is when the text was published.
    """
    named = datetime(at.year, _MONTHS.index(month) + 1, int(day), tzinfo=UTC)
    # A day in the future means the same day in the year before.
    return named if named <= at + timedelta(days=1) else named.replace(year=at.year - 1)


def weekday_name(time: datetime) -> str:
    """Return the English name of the weekday of a time."""
    return _WEEKDAYS[time.weekday()]


def read_lengths(text: str) -> tuple[timedelta, timedelta]:
    """Return the shortest and the longest duration that fit the words of a text."""
    parts = re.split(r" and (?=\d)", text) if "between" in text else [text]
    sums = [
        sum((int(m[1]) * _UNITS[m[2]] for m in _LENGTH.finditer(part)), timedelta(0))
        for part in parts
    ]
    if "less than" in text:
        return timedelta(0), sums[0]
    # A duration with "about" was rounded, so it may be wrong by up to half an hour.
    slack = (
        timedelta(minutes=30) if "about" in text and len(parts) == 1 else timedelta(0)
    )
    return sums[0] - slack, sums[-1] + slack


def local_clocks(m: re.Match[str]) -> tuple[tuple[str, str], ...]:
    """Return the clock times in a match of `LOCAL_TIMES`, as pairs of UTC and local time."""
    utc, local = _CLOCK.findall(m["utc"]), _CLOCK.findall(m["local"])
    return tuple(zip(utc[-len(local) :], local, strict=False))

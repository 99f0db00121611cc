"""Reads the times and durations of English sentences."""

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
AROUND = timedelta(minutes=10)
"""How far from a time that is called "around" the truth may lie."""
_UTC_CLOCKS = r"(\d\d:\d\d)(?: on [^()]{1,30}?)?(?: UTC)?(?: on [^()]{1,30}?)?"
LOCAL = re.compile(
    rf"(?P<utc>(?:{_UTC_CLOCKS} and )?{_UTC_CLOCKS})"
    r" \((?P<local>[^()]*\d\d:\d\d[^()]*) in (?P<city>[A-Z][^()]*)\)"
)
"""A time in UTC, and the same in the local time of a city."""
_CLOCK = re.compile(r"\d\d:\d\d")


def read_times(text: str, at: datetime, day: datetime | None) -> list[datetime]:
    """Return the times in a text that was published at `at` (aware, UTC).

    A time without a day is of the next day that the text names, or else of the day of a
    part of a day ("on the morning of"), or of `day`, which was named last.
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
    """Return midnight of a day that is not later than `at`."""
    named = datetime(at.year, _MONTHS.index(month) + 1, int(day), tzinfo=UTC)
    # A day of the year before is named without its year.
    return named if named <= at + timedelta(days=1) else named.replace(year=at.year - 1)


def weekday(named: datetime) -> str:
    """Return the English name of a day of the week."""
    return _WEEKDAYS[named.weekday()]


def read_lengths(text: str) -> tuple[timedelta, timedelta]:
    """Return the shortest and the longest duration that a text allows."""
    parts = re.split(r" and (?=\d)", text) if "between" in text else [text]
    sums = [
        sum((int(m[1]) * _UNITS[m[2]] for m in _LENGTH.finditer(part)), timedelta(0))
        for part in parts
    ]
    if "less than" in text:
        return timedelta(0), sums[0]
    # "About" rounds to half the smallest unit that is named.
    slack = (
        timedelta(minutes=30) if "about" in text and len(parts) == 1 else timedelta(0)
    )
    return sums[0] - slack, sums[-1] + slack


def local_clocks(m: re.Match[str]) -> tuple[tuple[str, str], ...]:
    """Return pairs of clock times, in UTC and local, of a match of `LOCAL`."""
    utc, local = _CLOCK.findall(m["utc"]), _CLOCK.findall(m["local"])
    return tuple(zip(utc[-len(local) :], local, strict=False))

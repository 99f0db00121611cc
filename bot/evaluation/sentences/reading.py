"""Reads English sentences as claims, by patterns of its own.

It reads what is printed, as a newspaper's reader would, and shares no code with what
wrote it or with the claim linter.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.model.signal import Family

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_CLOCK = r"(\d{1,2}):(\d{2})"
_DAY = rf"(?:on )?(?:[A-Z][a-z]+day )?(\d{{1,2}}) ({'|'.join(_MONTHS)})"
_TIME = re.compile(rf"{_CLOCK}(?: UTC)?(?: {_DAY})?")
_LENGTH = re.compile(r"(\d+) (day|hour|minute)s?")
_PERCENT = r"(?P<level>less than 1%|\d+%)"
_AROUND = timedelta(minutes=10)
"""How far from a time that is called "around" the truth may lie."""
_UNITS = {
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
}
# The end of a sentence: a full stop that is followed by a space and a capital or a digit.
_SENTENCE = re.compile(r"(?<=[.])\s+(?=[A-Z0-9✅⚠📵🔎])")
_FAMILIES = {
    "active probing": Family.ACTIVE_PROBING,
    "google traffic": Family.TRAFFIC,
    "bgp routing": Family.CONTROL_PLANE,
    "network telescope": Family.TELESCOPE,
}

# What a sentence says is still missing, by the family that measures it.
_MISSING = {
    "answer probes": Family.ACTIVE_PROBING,
    "google traffic": Family.TRAFFIC,
    "bgp routes": Family.CONTROL_PLANE,
    "network telescope": Family.TELESCOPE,
}


class Kind(StrEnum):
    """What a sentence claims."""

    NOW = "now"
    LOWEST = "lowest"
    BEGAN = "began"
    ENDED = "ended"
    LASTED = "lasted"
    CUTS = "cuts"
    SEVERITY = "severity"
    BACK = "back"
    PARTLY = "partly back"
    AGAIN = "again"
    NEUTRAL = "nothing to check"
    UNREAD = "not understood"


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim.

    Attributes:
        sentence: the sentence that makes it.
        level: a fraction of the normal level, for NOW and LOWEST.
        family: what NOW was measured with, if the sentence names it.
        since, until: the interval of BEGAN and ENDED; `until` is the time of NOW.
        shortest, longest: the duration of LASTED and CUTS.
        count: the number of cuts.
        word: the word of severity.
    """

    kind: Kind
    sentence: str
    level: float = 0.0
    family: Family | None = None
    since: datetime | None = None
    until: datetime | None = None
    shortest: timedelta = timedelta(0)
    longest: timedelta = timedelta(0)
    count: int = 0
    word: str = ""


@dataclass(frozen=True, slots=True)
class _Context:
    """A sentence, when it was published, and the time that was named before it."""

    sentence: str
    at: datetime
    day: datetime | None


def read(text: str, at: datetime) -> list[Statement]:
    """Return the claims of a text that was published at `at` (aware, UTC)."""
    # Local times in brackets repeat the times in UTC.
    plain = re.sub(r"\s*\([^()]*\bin [A-Z][^()]*\)", "", text)
    day: datetime | None = None
    statements: list[Statement] = []
    for sentence in _SENTENCE.split(plain.replace("\n", " ")):
        for statement in _read_sentence(_Context(sentence.strip(), at, day)):
            statements.append(statement)
            # A time without a day is of the day that was named last.
            day = statement.until or day
    return statements


def _read_sentence(context: _Context) -> Iterator[Statement]:
    statements = [
        statement
        for pattern, reader in _READERS
        for m in re.finditer(pattern, context.sentence, flags=re.IGNORECASE)
        for statement in reader(m, context)
    ]
    if statements:
        yield from statements
        return
    neutral = re.search(_NEUTRAL, context.sentence)
    yield Statement(Kind.NEUTRAL if neutral else Kind.UNREAD, context.sentence)


def _level(text: str) -> float:
    return 0.005 if text.startswith("less") else float(text.rstrip("%")) / 100


def _read_now(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    times = _times(m["time"], context)
    if times:
        level = _level(m["level"])
        yield Statement(Kind.NOW, context.sentence, level=level, until=times[-1])


def _read_still_down(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    times = _times(m["time"], context)
    families = "|".join(_FAMILIES)
    named = rf"(?P<family>{families}) at {_PERCENT}(?: \((?P<own>[^)]*)\))?"
    for level in re.finditer(named, m["levels"], flags=re.IGNORECASE) if times else ():
        yield Statement(
            Kind.NOW,
            context.sentence,
            level=_level(level["level"]),
            family=_FAMILIES[level["family"].lower()],
            until=_times(level["own"], context)[-1] if level["own"] else times[-1],
        )


def _read_still_missing(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    times = _times(m["time"], context)
    families = "|".join(_MISSING)
    named = (
        rf"(?P<family>{families})[^(]*\({_PERCENT} of normal(?: at (?P<own>[^)]*))?\)"
    )
    for level in re.finditer(named, m["clauses"], flags=re.IGNORECASE) if times else ():
        yield Statement(
            Kind.NOW,
            context.sentence,
            level=_level(level["level"]),
            family=_MISSING[level["family"].lower()],
            until=_times(level["own"], context)[-1] if level["own"] else times[-1],
        )


def _read_lowest(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    yield Statement(Kind.LOWEST, context.sentence, level=_level(m["level"]))


def _read_began(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    yield from _interval(Kind.BEGAN, m["time"], context)


def _read_ended(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    yield from _interval(Kind.ENDED, m["time"], context)


def _interval(kind: Kind, text: str, context: _Context) -> Iterator[Statement]:
    times = _times(text, context)
    if "around" in text and times:
        since, until = times[0] - _AROUND, times[0] + _AROUND
        yield Statement(kind, context.sentence, since=since, until=until)
    elif len(times) > 1:
        yield Statement(kind, context.sentence, since=times[0], until=times[1])


def _read_lasted(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    shortest, longest = _lengths(m["length"])
    yield Statement(Kind.LASTED, context.sentence, shortest=shortest, longest=longest)


def _read_cuts(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    shortest, longest = _lengths(m["length"])
    yield Statement(
        Kind.CUTS,
        context.sentence,
        shortest=shortest,
        longest=longest,
        count=int(m["count"]),
    )


def _read_severity(m: re.Match[str], context: _Context) -> Iterator[Statement]:
    yield Statement(Kind.SEVERITY, context.sentence, word=m["word"].lower())


def _read_back(_: re.Match[str], context: _Context) -> Iterator[Statement]:
    yield Statement(Kind.BACK, context.sentence)


def _read_partly(_: re.Match[str], context: _Context) -> Iterator[Statement]:
    yield Statement(Kind.PARTLY, context.sentence)


def _read_again(_: re.Match[str], context: _Context) -> Iterator[Statement]:
    yield Statement(Kind.AGAIN, context.sentence)


def _times(text: str, context: _Context) -> list[datetime]:
    """Return the times in a text.

    A time without a day is of the next day that the text names, or else of the day of a
    part of a day ("on the morning of"), or of the day that was named last.
    """
    matches = list(_TIME.finditer(text))
    named = [_date(m[3], m[4], context.at) for m in matches]
    part = re.search(rf" of {_DAY}", text)
    part_day = _date(part[1], part[2], context.at) if part else None
    before = part_day or context.day or context.at
    times = []
    for position, m in enumerate(matches):
        later = (date for date in named[position:] if date is not None)
        date = next(later, None) or before
        times.append(date.replace(hour=int(m[1]), minute=int(m[2]), second=0))
    return times


def _date(day: str | None, month: str, at: datetime) -> datetime | None:
    if not day:
        return None
    date = datetime(at.year, _MONTHS.index(month) + 1, int(day), tzinfo=UTC)
    # A day of the year before is named without its year.
    return date if date <= at + timedelta(days=1) else date.replace(year=at.year - 1)


def _lengths(text: str) -> tuple[timedelta, timedelta]:
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


_READERS: tuple[
    tuple[str, Callable[[re.Match[str], _Context], Iterator[Statement]]], ...
] = (
    (rf"(?:at|reads) {_PERCENT} of normal levels at (?P<time>[^.]+)", _read_now),
    (r"Still down at (?P<time>.+?): (?P<levels>[^.]+)", _read_still_down),
    (
        r"(?:At|As of) (?P<time>[^,]+), (?P<clauses>(?:most|some) .+)",
        _read_still_missing,
    ),
    (rf"lowest (?:so far )?was {_PERCENT}", _read_lowest),
    (r"(?:it|disruption|drop) (?:first )?began (?P<time>[^.]+)", _read_began),
    (r"ended (?P<time>[^.]+)", _read_ended),
    (r"lasted (?P<length>[^.]+)", _read_lasted),
    (
        r"There (?:were|have been) (?P<count>\d+) cuts(?: so far)?, (?P<length>[^.]+)",
        _read_cuts,
    ),
    (r"(?P<word>minor|significant|blackout|near-total)", _read_severity),
    (r"back to normal levels|drop in connectivity [^.]* is over", _read_back),
    (r"partly back", _read_partly),
    (r"dropped again|fallen back", _read_again),
)
_NEUTRAL = (
    r"cause is not known|may still be restricted|not corroborated|^Source: |This is as of"
    r"|^(Active probing|Google traffic|BGP routing|Network telescope)|connectivity is missing"
    r"|^Measured by |^Signals: |^Back: "
    r"|^Affected: |^Normal again: |No level can be given|^https?://|^The report, with"
    r"|^\W*(Confirmed|Update): |measurements?, .* confirm"
)

"""Every number in a text, read as what it claims to be: a level, a time, a duration."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

import regex

from bot.claims.forms import BARE, NAMED, OFFSET, Form, Forms, forms_of
from bot.claims.lexicon import Lexicon
from bot.claims.plain_text import PlainText

Match = regex.Match[str]
F = TypeVar("F", bound="Figure")
_LENGTHS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A stretch of plain text that is a number of some sort."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Percent(Figure):
    """A level, or a range of them, as written; `places` is the digits of a fraction."""

    values: tuple[float, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Time(Figure):
    """A time of day; `minute` is None for "5 p.m."."""

    hour: int
    minute: int | None


@dataclass(frozen=True, slots=True)
class Day(Figure):
    """A date, or the name of a weekday alone."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Duration(Figure):
    """A duration, and the finest unit that it is told in."""

    length: timedelta
    unit: timedelta


@dataclass(frozen=True, slots=True)
class Offset(Figure):
    """A distance from UTC."""

    offset: timedelta


@dataclass(frozen=True, slots=True)
class Number(Figure):
    """A number that is none of these."""

    value: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What was read, in the order of the text."""

    all: tuple[Figure, ...]

    def of(self, kind: type[F]) -> list[F]:
        """Those of one kind."""
        return [one for one in self.all if isinstance(one, kind)]


def read_figures(text: PlainText, lexicon: Lexicon) -> Figures:
    """All of them, the least ambiguous first: what one has taken is gone for the next."""
    found: list[Figure] = []
    for form, read in _readers(forms_of(lexicon), lexicon):
        for match in list(form.finditer(text.text)):
            text = text.without(*match.span())
            found.extend(read(match))
    return Figures(tuple(sorted(found, key=lambda one: one.start)))


def _readers(
    forms: Forms, lexicon: Lexicon
) -> Iterator[tuple[Form, Callable[[Match], Iterator[Figure]]]]:
    yield OFFSET, _offset
    yield forms.percent, partial(_percent, lexicon=lexicon)
    for day in forms.days:
        yield day, partial(_day, lexicon=lexicon)
    for time in forms.times:
        yield time, _time
    yield forms.lasting, partial(_lastings, forms=forms, lexicon=lexicon)
    yield forms.weekday, partial(_weekday, lexicon=lexicon)
    yield NAMED, lambda _: iter(())
    yield BARE, _number


def _offset(match: Match) -> Iterator[Figure]:
    length = timedelta(hours=int(match["h"]), minutes=int(match["m"] or 0))
    yield Offset(*match.span(), -length if match["sign"] == "-" else length)


def _percent(match: Match, lexicon: Lexicon) -> Iterator[Figure]:
    written = [match[n] for n in range(1, match.re.groups + 1) if match[n] is not None]
    values = tuple(_value(one, lexicon) for one in written)
    places = max(len(one.replace(",", ".").partition(".")[2]) for one in written)
    yield Percent(*match.span(), values, places)


def _value(word: str, lexicon: Lexicon) -> float:
    named = lexicon.numbers.get(word.casefold())
    return _read(word) if named is None else float(named)


def _read(written: str) -> float:
    """A number as people write it: three digits after a mark are thousands."""
    bare = regex.sub(r"[., ](?=\d{3}(?!\d))", "", written)
    return float(bare.replace(",", "."))


def _day(match: Match, lexicon: Lexicon) -> Iterator[Figure]:
    told = match.groupdict()
    month = told["mo"]
    number = int(month) if month.isdigit() else lexicon.months[month.casefold()]
    year = int(told["y"]) if told.get("y") else None
    for name in ("d", "d2"):
        if told.get(name):
            yield Day(*match.span(), int(told[name]), number, year)


def _weekday(match: Match, lexicon: Lexicon) -> Iterator[Figure]:
    yield Day(*match.span(), weekday=lexicon.weekdays[match["w"].casefold()])


def _time(match: Match) -> Iterator[Figure]:
    told = match.groupdict()
    hour, half = int(told["h"]), (told.get("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    yield Time(*match.span(), hour, int(told["m"]) if told.get("m") else None)


def _lastings(match: Match, forms: Forms, lexicon: Lexicon) -> Iterator[Figure]:
    """One row may hold two of them: each goes on only as long as its units get finer."""
    start, total, finest = match.start(), timedelta(0), timedelta.max
    end = start
    for one in forms.one_length.finditer(match[0]):
        unit = _LENGTHS[_unit(one, lexicon)]
        if unit >= finest:
            yield Duration(start, end, total, finest)
            start, total = match.start() + one.start(), timedelta(0)
        total += unit * (2 if one["two"] else _value(one["n"], lexicon))
        finest, end = unit, match.start() + one.end()
    yield Duration(start, end, total, finest)


def _unit(one: Match, lexicon: Lexicon) -> str:
    if one["two"]:
        return lexicon.duals[one["two"]]
    return lexicon.units[one["u"].casefold()]


def _number(match: Match) -> Iterator[Figure]:
    yield Number(*match.span(), _read(match[0]))

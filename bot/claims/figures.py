"""Find the numbers in a text and parse each as a level, time, date or duration."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

import regex

from bot.claims.forms import BARE_NUMBER, NAME_DIGITS, OFFSET, Form, Forms, forms_of
from bot.claims.lexicon import Lexicon
from bot.claims.plain_text import PlainText

Match = regex.Match[str]
F = TypeVar("F", bound="Figure")
_UNIT_LENGTHS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or date in the plain text, at the characters [start, end)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Percent(Figure):
    """One level or a range, in percent; `places` is the number of decimal places."""

    values: tuple[float, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Time(Figure):
    """A time of day; `minute` is None if the text gives none, as in "5 p.m."."""

    hour: int
    minute: int | None


@dataclass(frozen=True, slots=True)
class Day(Figure):
    """A date, with or without its year, or a weekday alone; weekday 0 is Monday."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Duration(Figure):
    """A duration, and the smallest unit in which the text gives it."""

    length: timedelta
    unit: timedelta


@dataclass(frozen=True, slots=True)
class Offset(Figure):
    """A UTC offset."""

    offset: timedelta


@dataclass(frozen=True, slots=True)
class Number(Figure):
    """A number that is no other kind of figure."""

    value: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a text, in the order of the text."""

    all: tuple[Figure, ...]

    def figures_of_kind(self, kind: type[F]) -> list[F]:
        """Return the figures of one kind."""
        return [figure for figure in self.all if isinstance(figure, kind)]


def read_figures(text: PlainText, lexicon: Lexicon) -> Figures:
    """Return all figures of a text, in the order of the text.

    The least ambiguous forms are searched for first.
    """
    figures: list[Figure] = []
    for form, read in _readers(forms_of(lexicon), lexicon):
        for match in list(form.finditer(text.text)):
            # The match is masked, so that no later form reads its digits again.
            text = text.masked(*match.span())
            figures.extend(read(match))
    return Figures(tuple(sorted(figures, key=lambda figure: figure.start)))


def _readers(
    forms: Forms, lexicon: Lexicon
) -> Iterator[tuple[Form, Callable[[Match], Iterator[Figure]]]]:
    # An offset is read first, so that "3:30" in "UTC+3:30" is not read as a time.
    yield OFFSET, _offset
    yield forms.percent, partial(_percent, lexicon=lexicon)
    for day in forms.days:
        yield day, partial(_day, lexicon=lexicon)
    for time in forms.times:
        yield time, _time
    yield forms.duration, partial(_durations, forms=forms, lexicon=lexicon)
    yield forms.weekday, partial(_weekday, lexicon=lexicon)
    # These digits are part of names. They are masked, and make no figure.
    yield NAME_DIGITS, lambda _: iter(())
    yield BARE_NUMBER, _bare_number


def _offset(match: Match) -> Iterator[Figure]:
    length = timedelta(hours=int(match["h"]), minutes=int(match["m"] or 0))
    yield Offset(*match.span(), -length if match["sign"] == "-" else length)


def _percent(match: Match, lexicon: Lexicon) -> Iterator[Figure]:
    written = [match[n] for n in range(1, match.re.groups + 1) if match[n] is not None]
    values = tuple(_value(text, lexicon) for text in written)
    places = max(len(_without_separators(text).partition(".")[2]) for text in written)
    yield Percent(*match.span(), values, places)


def _value(word: str, lexicon: Lexicon) -> float:
    named = lexicon.numbers.get(word.casefold())
    return _parse_number(word) if named is None else float(named)


def _parse_number(written: str) -> float:
    """Parse a number; any separator before three digits is a thousands separator."""
    return float(_without_separators(written))


def _without_separators(written: str) -> str:
    """Return a number without thousands separators and with a decimal point."""
    return regex.sub(r"[., ](?=\d{3}(?!\d))", "", written).replace(",", ".")


def _day(match: Match, lexicon: Lexicon) -> Iterator[Figure]:
    parts = match.groupdict()
    month = parts["mo"]
    number = int(month) if month.isdigit() else lexicon.months[month.casefold()]
    year = int(parts["y"]) if parts.get("y") else None
    for name in ("d", "d2"):
        if parts.get(name):
            yield Day(*match.span(), int(parts[name]), number, year)


def _weekday(match: Match, lexicon: Lexicon) -> Iterator[Figure]:
    yield Day(*match.span(), weekday=lexicon.weekdays[match["w"].casefold()])


def _time(match: Match) -> Iterator[Figure]:
    parts = match.groupdict()
    hour, half = int(parts["h"]), (parts.get("half") or "").lower()
    # 12 a.m. is hour 0, and 12 p.m. is hour 12.
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    yield Time(*match.span(), hour, int(parts["m"]) if parts.get("m") else None)


def _durations(match: Match, forms: Forms, lexicon: Lexicon) -> Iterator[Figure]:
    """Yield the durations in a run of numbers with units.

    "6 days 8 hours" is one duration. A new duration begins at each unit that is not
    smaller than the unit before it.
    """
    start, total, finest = match.start(), timedelta(0), timedelta.max
    end = start
    for part in forms.single_duration.finditer(match[0]):
        unit = _UNIT_LENGTHS[_unit(part, lexicon)]
        if unit >= finest:
            yield Duration(start, end, total, finest)
            start, total = match.start() + part.start(), timedelta(0)
        total += unit * (2 if part["two"] else _value(part["n"], lexicon))
        finest, end = unit, match.start() + part.end()
    yield Duration(start, end, total, finest)


def _unit(part: Match, lexicon: Lexicon) -> str:
    if part["two"]:
        return lexicon.duals[part["two"]]
    return lexicon.units[part["u"].casefold()]


def _bare_number(match: Match) -> Iterator[Figure]:
    yield Number(*match.span(), _parse_number(match[0]))

"""Every number in a text, read as what it claims to be: a level, a time, a duration."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache

import regex

from bot.rendering.claims.lexicon import Lexicon
from bot.rendering.claims.plain import Plain

_NUMBER = r"\d+(?:[.,]\d+)?"
_CLOCK = r"(?<![\d:.,])(?P<h>\d{1,2})(?::|\s?h\s?)(?P<m>\d{2})(?![\d:])"
_HALF = r"(?:\s?(?P<half>[ap])\.?m\.?(?![A-Za-z]))"
_OFFSET = r"UTC\s?(?P<sign>[+-])\s?(?P<h>\d{1,2})(?::(?P<m>\d{2}))?"
# Part of a name, an address block or a generation of phones: no figure of an event.
_NAMED = r"(?<=[A-Za-z/_-])\d+|\d+(?=[A-Za-z])|(?<!\d)[2-5]\s?G(?![A-Za-z])"
_ISO = r"(?P<y>\d{4})-(?P<mo>\d{2})-(?P<d>\d{2})(?!\d)"
_NUMERIC = r"(?<![\d.])(?P<d>\d{1,2})(?P<s>[./])(?P<mo>\d{1,2})(?P=s)(?P<y>\d{4})(?!\d)"
_LENGTHS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
}


@dataclass(frozen=True, slots=True)
class Percent:
    """A level, or a range of them, as written; `places` is the digits of a fraction."""

    start: int
    end: int
    values: tuple[float, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day; `minute` is None for "5 p.m."."""

    start: int
    end: int
    hour: int
    minute: int | None


@dataclass(frozen=True, slots=True)
class Day:
    """A date; `weekday` where one stands beside it, all None but it where it is alone."""

    start: int
    end: int
    day: int | None
    month: int | None
    year: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Lasting:
    """A duration, and the finest unit that it is told in."""

    start: int
    end: int
    length: timedelta
    unit: timedelta


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance from UTC."""

    start: int
    end: int
    offset: timedelta


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is none of these."""

    start: int
    end: int
    value: float


@dataclass(slots=True)
class Figures:
    """What was read; each stretch of the text is read as one thing only."""

    left: Plain
    percents: list[Percent] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    lastings: list[Lasting] = field(default_factory=list)
    offsets: list[Offset] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)


def read_figures(text: Plain, lexicon: Lexicon) -> Figures:
    """All of them, the least ambiguous first: what one has taken is gone for the next."""
    forms, found = _forms(lexicon), Figures(text)
    for match in _taken(found, regex.compile(_OFFSET)):
        sign = -1 if match["sign"] == "-" else 1
        length = timedelta(hours=int(match["h"]), minutes=int(match["m"] or 0))
        found.offsets.append(Offset(*match.span(), sign * length))
    for match in _taken(found, forms.percent):
        found.percents.append(_percent(match, lexicon))
    for form in forms.days:
        for match in _taken(found, form):
            found.days.extend(_days(match, lexicon))
    for form in forms.times:
        for match in _taken(found, form):
            found.times.append(_time(match))
    for match in _taken(found, forms.lasting):
        found.lastings.extend(_lastings(match, forms, lexicon))
    for match in _taken(found, forms.weekday):
        named = lexicon.weekdays[match["w"].casefold()]
        found.days.append(Day(*match.span(), None, None, weekday=named))
    for _ in _taken(found, regex.compile(_NAMED)):
        pass
    for match in _taken(found, regex.compile(r"\d+(?:[., ]\d{3})*(?:[.,]\d+)?")):
        found.numbers.append(Number(*match.span(), _plain_number(match[0])))
    return found


def _taken(
    found: Figures, form: regex.Pattern[str]
) -> Iterator["regex.Match[str]"]:
    """The matches of `form` in what is left, each masked as it is given out."""
    for match in list(form.finditer(found.left.text)):
        found.left = found.left.without(*match.span())
        yield match


@dataclass(frozen=True, slots=True)
class _Forms:
    """How numbers are written in one language."""

    percent: regex.Pattern[str]
    days: tuple[regex.Pattern[str], ...]
    times: tuple[regex.Pattern[str], ...]
    lasting: regex.Pattern[str]
    one_length: regex.Pattern[str]
    weekday: regex.Pattern[str]


@lru_cache(maxsize=64)
def _forms(lexicon: Lexicon) -> _Forms:
    one, lasting = _length_forms(lexicon)
    return _Forms(
        percent=_percent_form(lexicon),
        days=_day_forms(lexicon),
        times=_time_forms(lexicon),
        lasting=lasting,
        one_length=one,
        weekday=_weekday_form(lexicon),
    )


def _percent_form(lexicon: Lexicon) -> regex.Pattern[str]:
    """ "28%", "28–41 %", "%28", "28 to 41 percent", "two percent"."""
    number = _with_words(lexicon)
    after = "|".join(w for w in ("%", lexicon.percent_after) if w)
    joined = rf"(?:\s?%)?\s?(?:-|{lexicon.joiners})\s?"
    end = "" if lexicon.joined or lexicon.suffixes else r"(?!\w)"
    tail = rf"(?P<a>{number})(?:{joined}%?(?P<b>{number}))?"
    ways = [rf"(?<![\w.,]){tail}\s?(?:%|(?:{after}){end})"]
    if lexicon.joined:
        ways = [rf"(?<![\d.,]){tail}\s?(?:{after})"]
    if lexicon.percent_before:
        ways.insert(0, rf"(?:{lexicon.percent_before})\s?{tail}")
    return regex.compile("|".join(ways), regex.IGNORECASE)


def _with_words(lexicon: Lexicon) -> str:
    return f"{_NUMBER}|{_either(lexicon.numbers)}"


def _percent(match: "regex.Match[str]", lexicon: Lexicon) -> Percent:
    written = [
        g
        for n in range(1, match.re.groups + 1)
        if (g := match.group(n)) is not None
    ]
    values = tuple(_value(one, lexicon) for one in written)
    places = max(len(w.replace(",", ".").partition(".")[2]) for w in written)
    return Percent(*match.span(), values, places)


def _value(word: str, lexicon: Lexicon) -> float:
    named = lexicon.numbers.get(word.casefold())
    return float(word.replace(",", ".")) if named is None else float(named)


def _weekday_form(lexicon: Lexicon) -> regex.Pattern[str]:
    names = _either(lexicon.weekdays)
    form = f"{lexicon.before}(?P<w>{names}){lexicon.after}"
    return regex.compile(form, regex.IGNORECASE)


def _either(words: Iterable[str]) -> str:
    """One of these, the longest first."""
    return "|".join(sorted(map(regex.escape, words), key=len, reverse=True)) or "(?!)"


def _day_forms(lexicon: Lexicon) -> tuple[regex.Pattern[str], ...]:
    """ISO, numeric, and the day before or after the name of its month."""
    month = f"(?P<mo>{_either(lexicon.months)})[.॰]?"
    of = r"[\s.]*(?:de|of|ya|st|nd|rd|th|er)?\s*"
    year = r"(?:,?\s*(?:de\s+)?(?P<y>(?:19|20)\d{2})(?![\d:]))?"
    end = "" if lexicon.joined or lexicon.suffixes else r"(?!\w)"
    early = r"(?<![\d:.,])(?P<d>\d{1,2})(?:\s?-\s?(?P<d2>\d{1,2}))?"
    later = rf"(?P<d>\d{{1,2}})(?![\d:%])(?:st|nd|rd|th)?(?:{lexicon.day_after or '(?!)'})?"
    front = r"(?:(?P<y>(?:19|20)\d{2})\s*(?:年|ж\.?|,)?\s*)?"
    first = rf"{front}(?<!\w){month}\s?{later}"
    if lexicon.joined:
        first = rf"{front}{month}\s?{later}"
    forms = [_ISO, _NUMERIC, rf"{early}{of}{month}{end}{year}"]
    # Where the day comes after its month, it must be asked for first.
    forms.insert(2 if lexicon.joined else 3, first)
    return tuple(regex.compile(form, regex.IGNORECASE) for form in forms)


def _days(match: "regex.Match[str]", lexicon: Lexicon) -> Iterator[Day]:
    told = match.groupdict()
    month = told["mo"]
    number = int(month) if month.isdigit() else lexicon.months[month.casefold()]
    year = int(told["y"]) if told.get("y") else None
    for name in ("d", "d2"):
        if told.get(name):
            yield Day(*match.span(), int(told[name]), number, year)


def _time_forms(lexicon: Lexicon) -> tuple[regex.Pattern[str], ...]:
    forms = [f"{_CLOCK}{_HALF}?", rf"(?<![\d:.,])(?P<h>\d{{1,2}}){_HALF}"]
    if lexicon.hour_after:
        minute = r"(?:\s?(?P<m>\d{1,2})\s?分)?" if lexicon.lang == "zh" else ""
        forms.append(rf"(?<![\d:.,])(?P<h>\d{{1,2}})\s?(?:{lexicon.hour_after}){minute}")
    forms.append(r"(?<![\d:.,])(?P<h>\d{1,2})\s?h?\s?(?=UTC)")
    return tuple(regex.compile(form, regex.IGNORECASE) for form in forms)


def _time(match: "regex.Match[str]") -> Time:
    told = match.groupdict()
    hour, half = int(told["h"]), (told.get("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    minute = int(told["m"]) if told.get("m") else None
    return Time(*match.span(), hour, minute)


def _length_forms(
    lexicon: Lexicon,
) -> tuple[regex.Pattern[str], ...]:
    """One number with its unit, and a row of them: "6 days 8 hours"."""
    units = _either(lexicon.units)
    end = "" if lexicon.joined or lexicon.suffixes else r"(?!\w)"
    number = rf"(?P<n>{_with_words(lexicon)})"
    one = rf"{number}[\s-]?(?P<u>{units}){end}"
    if lexicon.units_first:
        one = rf"(?P<u>{units})\s(?:za\s)?{number}"
    one = rf"(?:{one}|(?P<two>{_either(lexicon.duals)})(?!\w))"
    start = r"(?<![\d.,:])" if lexicon.joined else r"(?<![\w.,:])"
    bare = regex.sub(r"\?P<\w+>", "?:", one)
    row = rf"{start}{bare}(?:[\s,]*(?:{lexicon.joiners})?\s*{bare})*"
    return tuple(regex.compile(form, regex.IGNORECASE) for form in (one, row))


def _lastings(
    match: "regex.Match[str]", forms: _Forms, lexicon: Lexicon
) -> Iterator[Lasting]:
    """One row may hold two of them: each goes on only as long as its units get finer."""
    start, total, finest = match.start(), timedelta(0), timedelta.max
    end = start
    for one in forms.one_length.finditer(match[0]):
        unit = _LENGTHS[_unit(one, lexicon)]
        if unit >= finest:
            yield Lasting(start, end, total, finest)
            start, total = match.start() + one.start(), timedelta(0)
        total += unit * (2 if one["two"] else _value(one["n"], lexicon))
        finest, end = unit, match.start() + one.end()
    yield Lasting(start, end, total, finest)


def _unit(one: "regex.Match[str]", lexicon: Lexicon) -> str:
    if one["two"]:
        return lexicon.duals[one["two"]]
    return lexicon.units[one["u"].casefold()]


def _plain_number(written: str) -> float:
    bare = regex.sub(r"[., ](?=\d{3}(?!\d))", "", written)
    return float(bare.replace(",", "."))

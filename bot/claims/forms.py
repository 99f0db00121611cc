"""How one language writes levels, dates, times and durations: patterns over plain text."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import regex

from bot.claims.lexicon import Lexicon

Form = regex.Pattern[str]
_NUMBER = r"\d{1,3}(?:[., ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_ALONE = r"(?<![\d:.,])"
_CLOCK = rf"{_ALONE}(?P<h>\d{{1,2}})(?::|\s?h\s?)(?P<m>\d{{2}})(?![\d:])"
_HALF = r"(?:\s?(?P<half>[ap])\.?m\.?(?![A-Za-z]))"
_YEAR = r"(?P<y>(?:19|20)\d{2})"
_ISO = r"(?P<y>\d{4})-(?P<mo>\d{2})-(?P<d>\d{2})(?!\d)"
_NUMERIC = r"(?<![\d.])(?P<d>\d{1,2})(?P<s>[./])(?P<mo>\d{1,2})(?P=s)(?P<y>\d{4})(?!\d)"
OFFSET = regex.compile(r"UTC\s?(?P<sign>[+-])\s?(?P<h>\d{1,2})(?::(?P<m>\d{2}))?")
# Part of a name, an address block or a generation of phones: no figure of an event.
NAMED = regex.compile(
    r"(?<=[A-Za-z/_-])\d+|\d+(?=[A-Za-z])|(?<!\d)[2-5]\s?G(?![A-Za-z])"
)
BARE = regex.compile(r"\d+(?:[., ]\d{3})*(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Forms:
    """The patterns, in the order in which they are to be tried.

    Attributes:
        lasting: durations of one or more units; one_length: each of those.
        weekday: the name of a day on its own.
    """

    percent: Form
    days: tuple[Form, ...]
    times: tuple[Form, ...]
    lasting: Form
    one_length: Form
    weekday: Form


@lru_cache(maxsize=64)
def forms_of(lexicon: Lexicon) -> Forms:
    """The forms of a language."""
    one, lasting = _length_forms(lexicon)
    names = _either(lexicon.weekdays)
    return Forms(
        percent=_percent_form(lexicon),
        days=tuple(_compiled(form) for form in _day_forms(lexicon)),
        times=tuple(_compiled(form) for form in _time_forms(lexicon)),
        lasting=_compiled(lasting),
        one_length=_compiled(one),
        weekday=_compiled(f"{lexicon.before}(?P<w>{names}){lexicon.after}"),
    )


def _compiled(form: str) -> Form:
    return regex.compile(form, regex.IGNORECASE)


def _either(words: Iterable[str]) -> str:
    """One of these, the longest first."""
    return "|".join(sorted(map(regex.escape, words), key=len, reverse=True)) or "(?!)"


def _with_words(lexicon: Lexicon) -> str:
    return f"{_NUMBER}|{_either(lexicon.numbers)}"


def _percent_form(lexicon: Lexicon) -> Form:
    """As "28%", "28 to 41 %", "%28", "two percent", each with its number or two."""
    number = _with_words(lexicon)
    after = "|".join(w for w in ("%", lexicon.percent_after) if w)
    joined = rf"(?:\s?%)?\s?(?:-|{lexicon.joiners})\s?"
    told = rf"(?P<a>{number})(?:{joined}%?(?P<b>{number}))?"
    ways = [rf"(?<![\w.,]){told}\s?(?:%|(?:{after}){lexicon.after})"]
    if lexicon.joined:
        ways = [rf"(?<![\d.,]){told}\s?(?:{after})"]
    if lexicon.percent_before:
        ways.insert(0, rf"(?:{lexicon.percent_before})\s?{told}")
    return _compiled("|".join(ways))


def _day_forms(lexicon: Lexicon) -> list[str]:
    """ISO, numeric, and the day before or after the name of its month."""
    month = f"(?P<mo>{_either(lexicon.months)})[.॰]?"
    start = "" if lexicon.joined else r"(?<!\w)"
    of = rf"[\s.]*(?:{lexicon.of})?\s*"
    year = rf"(?:,?\s*(?:{lexicon.of})?\s*{_YEAR}(?![\d:]))?"
    early = rf"{_ALONE}(?P<d>\d{{1,2}})(?:\s?-\s?(?P<d2>\d{{1,2}}))?"
    late = rf"(?P<d>\d{{1,2}})(?![\d:%])(?:{lexicon.day_after})?"
    front = rf"(?:{_YEAR}\s*(?:{lexicon.year_after})?,?\s*)?"
    month_first = rf"{front}{start}{month}\s?{late}"
    day_first = rf"{early}{of}{month}{lexicon.after}{year}"
    order = [day_first, month_first]
    # Where no space sets words apart, the day is what follows its month.
    return [_ISO, _NUMERIC, *(reversed(order) if lexicon.joined else order)]


def _time_forms(lexicon: Lexicon) -> list[str]:
    minute = rf"(?:\s?(?P<m>\d{{1,2}})\s?(?:{lexicon.minute_after}))?"
    return [
        f"{_CLOCK}{_HALF}?",
        rf"{_ALONE}(?P<h>\d{{1,2}}){_HALF}",
        rf"{_ALONE}(?P<h>\d{{1,2}})\s?(?:{lexicon.hour_after}){minute}",
        rf"{_ALONE}(?P<h>\d{{1,2}})\s?h?\s?(?=UTC)",
    ]


def _length_forms(lexicon: Lexicon) -> tuple[str, str]:
    """One number with its unit, and a row of them: "6 days 8 hours"."""
    units, number = _either(lexicon.units), rf"(?P<n>{_with_words(lexicon)})"
    one = rf"{number}[\s-]?(?P<u>{units}){lexicon.after}"
    if lexicon.units_first:
        one = rf"(?P<u>{units})\s(?:za\s)?{number}"
    one = rf"(?:{one}|(?P<two>{_either(lexicon.duals)})(?!\w))"
    start = r"(?<![\d.,:])" if lexicon.joined else r"(?<![\w.,:])"
    bare = regex.sub(r"\?P<\w+>", "?:", one)
    return one, rf"{start}{bare}(?:[\s,]*(?:{lexicon.joiners})?\s*{bare})*"

"""Patterns for levels, dates, times and durations in plain text of one language."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import regex

from bot.claims.lexicon import Lexicon

Form = regex.Pattern[str]
_NUMBER = r"\d{1,3}(?:[., ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_NUMBER_START = r"(?<![\d:.,])"
_CLOCK = rf"{_NUMBER_START}(?P<h>\d{{1,2}})(?::|\s?h\s?)(?P<m>\d{{2}})(?![\d:])"
_AM_PM = r"(?:\s?(?P<half>[ap])\.?m\.?(?![A-Za-z]))"
_YEAR = r"(?P<y>(?:19|20)\d{2})"
_ISO = r"(?P<y>\d{4})-(?P<mo>\d{2})-(?P<d>\d{2})(?!\d)"
_NUMERIC = r"(?<![\d.])(?P<d>\d{1,2})(?P<s>[./])(?P<mo>\d{1,2})(?P=s)(?P<y>\d{4})(?!\d)"
OFFSET = regex.compile(r"UTC\s?(?P<sign>[+-])\s?(?P<h>\d{1,2})(?::(?P<m>\d{2}))?")
# Matches digits that state no number: in a name, in an address block or in "4G".
NAME_DIGITS = regex.compile(
    r"(?<=[A-Za-z/_-])\d+|\d+(?=[A-Za-z])|(?<!\d)[2-5]\s?G(?![A-Za-z])"
)
BARE_NUMBER = regex.compile(r"\d+(?:[., ]\d{3})*(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Forms:
    """The patterns for the figures in texts of one language.

    Attributes:
        percent: a level or a range of levels, in percent.
        days, times: the patterns for dates and for times of day, in the order in which
            they are tried.
        duration: a run of one or more numbers with units.
        single_duration: one number with its unit, within such a run.
        weekday: the name of a weekday.
    """

    percent: Form
    days: tuple[Form, ...]
    times: tuple[Form, ...]
    duration: Form
    single_duration: Form
    weekday: Form


@lru_cache(maxsize=64)
def forms_of(lexicon: Lexicon) -> Forms:
    """Return the patterns for the figures in texts of a language."""
    single, duration = _duration_forms(lexicon)
    names = _alternatives(lexicon.weekdays)
    return Forms(
        percent=_percent_form(lexicon),
        days=tuple(_compiled(form) for form in _day_forms(lexicon)),
        times=tuple(_compiled(form) for form in _time_forms(lexicon)),
        duration=_compiled(duration),
        single_duration=_compiled(single),
        weekday=_compiled(f"{lexicon.before}(?P<w>{names}){lexicon.after}"),
    )


def _compiled(form: str) -> Form:
    return regex.compile(form, regex.IGNORECASE)


def _alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of these words, the longest first."""
    # Without words, the pattern must match nothing. An empty pattern would match
    # everywhere.
    return "|".join(sorted(map(regex.escape, words), key=len, reverse=True)) or "(?!)"


def _number_or_word(lexicon: Lexicon) -> str:
    return f"{_NUMBER}|{_alternatives(lexicon.numbers)}"


def _percent_form(lexicon: Lexicon) -> Form:
    """Return a pattern for "28%", "28 to 41 %", "%28" and "two percent"."""
    number = _number_or_word(lexicon)
    after = "|".join(w for w in ("%", lexicon.percent_after) if w)
    joined = rf"(?:\s?%)?\s?(?:-|{lexicon.joiners})\s?"
    level = rf"(?P<a>{number})(?:{joined}%?(?P<b>{number}))?"
    patterns = [rf"(?<![\w.,]){level}\s?(?:%|(?:{after}){lexicon.after})"]
    if lexicon.unspaced:
        patterns = [rf"(?<![\d.,]){level}\s?(?:{after})"]
    if lexicon.percent_before:
        patterns.insert(0, rf"(?:{lexicon.percent_before})\s?{level}")
    return _compiled("|".join(patterns))


def _day_forms(lexicon: Lexicon) -> list[str]:
    """Return patterns for dates in digits, and for dates with the name of the month."""
    month = f"(?P<mo>{_alternatives(lexicon.months)})[.॰]?"
    start = "" if lexicon.unspaced else r"(?<!\w)"
    of = rf"[\s.]*(?:{lexicon.of})?\s*"
    year = rf"(?:,?\s*(?:{lexicon.of})?\s*{_YEAR}(?![\d:]))?"
    early = rf"{_NUMBER_START}(?P<d>\d{{1,2}})(?:\s?-\s?(?P<d2>\d{{1,2}}))?"
    late = rf"(?P<d>\d{{1,2}})(?![\d:%])(?:{lexicon.day_after})?"
    front = rf"(?:{_YEAR}\s*(?:{lexicon.year_after})?,?\s*)?"
    month_first = rf"{front}{start}{month}\s?{late}"
    day_first = rf"{early}{of}{month}{lexicon.after}{year}"
    order = [day_first, month_first]
    # A language without spaces, such as Chinese, writes the month first, so this order
    # is tried first.
    return [_ISO, _NUMERIC, *(reversed(order) if lexicon.unspaced else order)]


def _time_forms(lexicon: Lexicon) -> list[str]:
    minute = rf"(?:\s?(?P<m>\d{{1,2}})\s?(?:{lexicon.minute_after}))?"
    return [
        f"{_CLOCK}{_AM_PM}?",
        rf"{_NUMBER_START}(?P<h>\d{{1,2}}){_AM_PM}",
        rf"{_NUMBER_START}(?P<h>\d{{1,2}})\s?(?:{lexicon.hour_after}){minute}",
        rf"{_NUMBER_START}(?P<h>\d{{1,2}})\s?h?\s?(?=UTC)",
    ]


def _duration_forms(lexicon: Lexicon) -> tuple[str, str]:
    """Return the patterns for one number with its unit, and for a run of such numbers.

    An example of a run is "6 days 8 hours".
    """
    units, number = _alternatives(lexicon.units), rf"(?P<n>{_number_or_word(lexicon)})"
    single = rf"{number}[\s-]?(?P<u>{units}){lexicon.after}"
    if lexicon.units_first:
        single = rf"(?P<u>{units})\s(?:za\s)?{number}"
    single = rf"(?:{single}|(?P<two>{_alternatives(lexicon.duals)})(?!\w))"
    start = r"(?<![\d.,:])" if lexicon.unspaced else r"(?<![\w.,:])"
    bare = regex.sub(r"\?P<\w+>", "?:", single)
    return single, rf"{start}{bare}(?:[\s,]*(?:{lexicon.joiners})?\s*{bare})*"

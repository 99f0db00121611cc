"""The linter's word lists of one language, loaded from templates/claims/."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex
from babel import Locale
from jinja2 import Environment

from bot.claims.plain_text import to_plain_text
from bot.errors import RenderingError
from bot.text.catalogue import load_catalogue
from bot.text.translations import source_brands

_UNITS = ("minute", "hour", "day", "week", "month")
_NEVER = r"(?!)"
SOLAR = 100
"""Added to the number of a Solar Hijri month; a Gregorian month keeps its number."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The word lists of one language, as patterns for texts from `to_plain_text`.

    Attributes:
        lang: the language code.
        rules: the words that each rule looks for, by the rule's name.
        roles: words that say what a number or a name means, by role:
            - words of "began", "ended", "lowest", "fell_by" and "local" stand near the
              number;
            - words of "fell_before" stand directly before the number, words of
              "fell_after" directly after it;
            - words of "on_part" stand between a level and the name of its network;
            - words of "began_as" introduce what an incident was like when it began;
            - words of "subject", such as "is", follow the subject of a sentence.
        neutral: phrases that claim nothing, although single words in them would.
        months: the number of each month, 1 to 12, by name; for a month of the Solar
            Hijri calendar, its number plus `SOLAR`.
        weekdays: the number of each weekday, 0 (Monday) to 6, by name.
        units: the unit that a word means: "minute", "hour", "day", "week" or "month".
        duals: the unit of each word that means two of it, such as the Arabic word for
            "two days".
        numbers: the value of each word for a small number.
        unspaced: whether words are written without spaces, as in Chinese.
        subjects: words that may start a sentence and are not names; empty if the
            language has no list of them.
        common: what all languages share: sources, known names and reasons.
    """

    lang: str
    rules: Mapping[str, regex.Pattern[str]]
    roles: Mapping[str, regex.Pattern[str]]
    neutral: regex.Pattern[str]
    percent_after: str
    percent_before: str
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    units: Mapping[str, str]
    duals: Mapping[str, str]
    numbers: Mapping[str, int]
    units_first: bool
    day_after: str
    hour_after: str
    minute_after: str
    year_after: str
    of: str
    joiners: str
    prefixes: str
    suffixes: bool
    unspaced: bool
    not_places: frozenset[str]
    endings: str
    subjects: frozenset[str]
    common: Mapping[str, Any]

    @property
    def before(self) -> str:
        """A pattern for the start of a word, including the prefixes of the language."""
        return "" if self.unspaced else rf"(?<!\w)(?:{self.prefixes})?"

    @property
    def after(self) -> str:
        """A pattern for the end of a word; "" if other letters may follow directly."""
        return "" if self.unspaced or self.suffixes else r"(?!\w)"

    def names(self, names: Iterable[str]) -> regex.Pattern[str]:
        """Return a pattern for names in all grammatical cases, even after prefixes."""
        return _names_pattern(self, frozenset(names))

    def name_pattern(self, name: str) -> str:
        """Return a pattern for a name and its declined forms.

        A name in ASCII has no declined forms.
        """
        # Spaces and hyphens in names are interchangeable, because spellings differ.
        body = regex.sub(r"(?:\\?[\s-])+", r"[\\s-]+", regex.escape(name))
        if name.isascii():
            # A combining accent after the last letter makes it another letter: "Rome" is
            # not in "Romênia".
            return body + r"(?![A-Za-z0-9\p{M}])"
        # A very short name gets no endings, because it would match unrelated words.
        if self.endings and len(name) > 3:
            ending = r"\w{0,3}"
            # If the last letter is in `endings`, it changes with the grammatical case.
            if name[-1] in self.endings:
                body, ending = body[:-1], rf"[{self.endings}]\w{{0,2}}"
            return body + ending + r"(?!\w)"
        return body + self.after


# The patterns are cached: to compile them takes most of the time of a check, and the
# texts of an event have the same names.
@lru_cache(maxsize=256)
def _names_pattern(lexicon: Lexicon, names: frozenset[str]) -> regex.Pattern[str]:
    # A name may begin with another one, as "Guinea-Bisáu" does, so longer names are first.
    plain = sorted({to_plain_text(n).text for n in names if n}, key=_longest_first)
    patterns = [lexicon.name_pattern(name) for name in plain]
    # The patterns are grouped by first letter, so that long lists match quickly.
    letters: dict[str, list[str]] = {}
    for pattern in patterns:
        letters.setdefault(pattern[0], []).append(pattern)
    body = "|".join("(?:" + "|".join(group) + ")" for group in letters.values())
    return regex.compile(f"{lexicon.before}(?P<name>{body or _NEVER})")


def _longest_first(pattern: str) -> tuple[int, str]:
    return -len(pattern), pattern


@lru_cache(maxsize=64)
def load_lexicon(templates: Environment, lang: str) -> Lexicon | None:
    """Load the lists of `lang`, or of its base language; None if neither has lists.

    Raises:
        RenderingError: a list has a wrong form.
    """
    files = set(templates.list_templates(extensions=["toml"]))
    for code in (lang, lang.partition("-")[0]):
        if f"claims/{code}.toml" in files:
            try:
                lists = _table(templates, code), load_common_lists(templates)
                written_in = Locale.parse(load_catalogue(templates, code).info.locale)
                return _lexicon(code, *lists, written_in)
            except (KeyError, TypeError, regex.error) as error:
                raise RenderingError(
                    f"the word list claims/{code}.toml has a wrong form: {error!r}"
                ) from error
    return None


def load_common_lists(templates: Environment) -> Mapping[str, Any]:
    """Load the lists that all languages share, and the texts of objections for editors.

    These are in `claims/common.toml`. That file does not have the names of the sources
    that this program reads: this function adds them from the sources' brands.
    """
    table = _table(templates, "common")
    for brand in source_brands(templates).values():
        # Each call parses the file anew, so the additions change no other table.
        table["sources"] |= brand.evidence
        table["known"] += brand.other_names
    return table


def _table(templates: Environment, name: str) -> dict[str, Any]:
    if templates.loader is None:
        raise RenderingError("no templates found: reinstall the package")
    source, _, _ = templates.loader.get_source(templates, f"claims/{name}.toml")
    return tomllib.loads(source)


def _lexicon(
    lang: str, table: Mapping[str, Any], shared: Mapping[str, Any], written_in: Locale
) -> Lexicon:
    grammar = table.get("grammar", {})
    unspaced = bool(grammar.get("joined", False))
    prefixes = "|".join(
        regex.escape(to_plain_text(p).text) for p in grammar.get("prefixes", ())
    )
    locale = Locale.parse(lang)
    match = _Matcher(unspaced, prefixes)
    return Lexicon(
        lang=lang,
        rules={name: match(words) for name, words in table["rules"].items()},
        roles={name: match(words) for name, words in table["roles"].items()},
        neutral=match(table["plainly"]["phrases"]),
        percent_after=_alternatives(table["percent"].get("after", ())),
        percent_before=_alternatives(table["percent"].get("before", ())),
        # Our texts are written in one variant of the language. Another variant may
        # abbreviate a month differently: "Sept" is British, "Sep" is American.
        months=_months(locale)
        | _months(written_in)
        | _solar_months(table.get("solar_months", {})),
        weekdays=_weekdays(locale, table.get("weekdays", {})),
        units={
            to_plain_text(n).text: u for u in _UNITS for n in table["units"].get(u, ())
        },
        duals={to_plain_text(n).text: u for n, u in table.get("duals", {}).items()},
        numbers={to_plain_text(n).text: value for n, value in table["numbers"].items()},
        units_first=bool(grammar.get("units_first", False)),
        day_after=_alternatives(grammar.get("day_after", ())),
        hour_after=_alternatives(grammar.get("hour_after", ())),
        minute_after=_alternatives(grammar.get("minute_after", ())),
        year_after=_alternatives(grammar.get("year_after", ())),
        of=_alternatives(grammar.get("of", ())),
        joiners=_alternatives(grammar["joiners"]),
        prefixes=prefixes,
        suffixes=bool(grammar.get("suffixes", False)),
        unspaced=unspaced,
        not_places=frozenset(grammar.get("not_places", ())),
        endings=str(grammar.get("endings", "")),
        subjects=_subjects(table),
        common=shared,
    )


def _solar_months(table: Mapping[str, Sequence[str]]) -> dict[str, int]:
    return {
        to_plain_text(name).text: SOLAR + int(number)
        for number, names in table.items()
        for name in names
    }


@dataclass(frozen=True, slots=True)
class _Matcher:
    """Turns phrases into one pattern; `*` matches any further letters."""

    unspaced: bool
    prefixes: str

    def __call__(self, phrases: Sequence[str]) -> regex.Pattern[str]:
        patterns = sorted(
            (self._phrase_pattern(to_plain_text(p).text) for p in phrases),
            key=_longest_first,
        )
        # Without phrases, the pattern must match nothing. An empty pattern would match
        # everywhere.
        body = "|".join(patterns) or _NEVER
        return regex.compile(f"(?:{body})", regex.IGNORECASE)

    def _phrase_pattern(self, phrase: str) -> str:
        body = r"[\s-]+".join(
            regex.escape(part).replace(r"\*", r"\w*")
            for part in regex.split(r"[\s-]+", phrase)
        )
        if self.unspaced:
            return body
        return rf"(?<!\w)(?:{self.prefixes})?{body}(?!\w)"


def _alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of these words.

    If there are no words, the pattern never matches.
    """
    words_plain = sorted((to_plain_text(w).text for w in words), key=_longest_first)
    patterns = (r"\s+".join(map(regex.escape, word.split())) for word in words_plain)
    return "|".join(patterns) or _NEVER


def _subjects(table: Mapping[str, Any]) -> frozenset[str]:
    """Return the words that may start a sentence and are not names.

    They are the words of the list `subjects`, and the words of rules, roles, numbers
    and neutral phrases. If the language has no list `subjects`, the result is empty.
    """
    listed = table.get("subjects", {}).get("words", ())
    if not listed:
        return frozenset()
    phrases = [
        p
        for name in ("rules", "roles")
        for group in table[name].values()
        for p in group
    ]
    all_words = " ".join(
        (*listed, *phrases, *table["numbers"], *table["plainly"]["phrases"])
    )
    return frozenset(word.strip("*") for word in all_words.casefold().split())


def _months(locale: Locale) -> dict[str, int]:
    return {
        to_plain_text(name).text.rstrip(".॰").casefold(): number
        for form in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in locale.months[form][width].items()
    }


def _weekdays(locale: Locale, more: Mapping[str, int]) -> dict[str, int]:
    own = {
        to_plain_text(n).text.casefold(): d
        for d, n in locale.days["format"]["wide"].items()
    }
    return {**own, **{to_plain_text(n).text.casefold(): d for n, d in more.items()}}

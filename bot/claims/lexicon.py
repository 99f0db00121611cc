"""The words of one language that claim something, read from templates/claims/."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex
from babel import Locale
from jinja2 import Environment

from bot.claims.plain_text import plain
from bot.errors import RenderingError

_UNITS = ("minute", "hour", "day", "week", "month")
_NEVER = r"(?!)"


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What words of a language mean to the linter, as patterns over plain text.

    Attributes:
        lang: the language of the list.
        rules: by the name of a rule, the words it looks for.
        roles: by "began", "ended", "lowest", "fell_by", "local": words that say what
            a number beside them is of; "fell_before" and "fell_after" the same where
            they touch it, "on_part" between it and whose it is; "began_as" what was
            then another; "subject" what stands behind the name of who is spoken of.
        plainly: phrases that claim nothing, whatever their single words do elsewhere.
        months, weekdays: by their names, 1 to 12 and 0 (Monday) to 6.
        units: by their names, which of minute, hour, day, week, month; duals: the
            same for words that say two of them.
        numbers: small numbers as words.
        subjects: words that may begin a sentence and are no names; empty: not known.
        common: what is the same in every language: sources, known names.
    """

    lang: str
    rules: Mapping[str, regex.Pattern[str]]
    roles: Mapping[str, regex.Pattern[str]]
    plainly: regex.Pattern[str]
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
    joined: bool
    not_places: frozenset[str]
    endings: str
    subjects: frozenset[str]
    common: Mapping[str, Any]

    @property
    def before(self) -> str:
        """What a word of the language begins after, as a pattern."""
        return "" if self.joined else rf"(?<!\w)(?:{self.prefixes})?"

    @property
    def after(self) -> str:
        """What it ends before."""
        return "" if self.joined or self.suffixes else r"(?!\w)"

    def names(self, names: Iterable[str]) -> regex.Pattern[str]:
        """A pattern for proper names, cases and clitics of the language included."""
        ways = sorted({self._name(plain(n).text) for n in names if n}, key=_longest)
        # By their first letter, so that a long list costs little at each place.
        letters: dict[str, list[str]] = {}
        for way in ways:
            letters.setdefault(way[0], []).append(way)
        body = "|".join("(?:" + "|".join(some) + ")" for some in letters.values())
        return regex.compile(f"{self.before}(?P<name>{body or _NEVER})")

    def _name(self, name: str) -> str:
        """`name`, declined as the language does; a Latin name is never declined."""
        body = regex.sub(r"(?:\\?[\s-])+", r"[\\s-]+", regex.escape(name))
        if name.isascii():
            return body + r"(?![A-Za-z0-9])"
        if self.endings and len(name) > 3:
            ending = r"\w{0,3}"
            if name[-1] in self.endings:
                body, ending = body[:-1], rf"[{self.endings}]\w{{0,2}}"
            return body + ending + r"(?!\w)"
        return body + self.after


def _longest(pattern: str) -> tuple[int, str]:
    return -len(pattern), pattern


@lru_cache(maxsize=64)
def load_lexicon(templates: Environment, lang: str) -> Lexicon | None:
    """The list of `lang`, or of its plain language; None where there is none.

    Raises:
        RenderingError: a list is not of the known form.
    """
    known = set(templates.list_templates(extensions=["toml"]))
    for code in (lang, lang.partition("-")[0]):
        if f"claims/{code}.toml" in known:
            try:
                return _lexicon(code, _table(templates, code), common(templates))
            except (KeyError, TypeError, regex.error) as error:
                raise RenderingError(f"claims/{code}.toml: {error!r}") from error
    return None


def common(templates: Environment) -> Mapping[str, Any]:
    """What holds in every language: sources, known names, and what editors are told."""
    return _table(templates, "common")


def _table(templates: Environment, name: str) -> dict[str, Any]:
    if templates.loader is None:
        raise RenderingError("no templates found: reinstall the package")
    source, _, _ = templates.loader.get_source(templates, f"claims/{name}.toml")
    return tomllib.loads(source)


def _lexicon(lang: str, table: Mapping[str, Any], shared: Mapping[str, Any]) -> Lexicon:
    grammar = table.get("grammar", {})
    joined = bool(grammar.get("joined", False))
    prefixes = "|".join(
        regex.escape(plain(p).text) for p in grammar.get("prefixes", ())
    )
    locale = Locale.parse(lang)
    match = _Matcher(joined, prefixes)
    return Lexicon(
        lang=lang,
        rules={name: match(words) for name, words in table["rules"].items()},
        roles={name: match(words) for name, words in table["roles"].items()},
        plainly=match(table["plainly"]["phrases"]),
        percent_after=_either(table["percent"].get("after", ())),
        percent_before=_either(table["percent"].get("before", ())),
        months=_months(locale),
        weekdays=_weekdays(locale, table.get("weekdays", {})),
        units={plain(n).text: u for u in _UNITS for n in table["units"].get(u, ())},
        duals={plain(n).text: u for n, u in table.get("duals", {}).items()},
        numbers={plain(n).text: value for n, value in table["numbers"].items()},
        units_first=bool(grammar.get("units_first", False)),
        day_after=_either(grammar.get("day_after", ())),
        hour_after=_either(grammar.get("hour_after", ())),
        minute_after=_either(grammar.get("minute_after", ())),
        year_after=_either(grammar.get("year_after", ())),
        of=_either(grammar.get("of", ())),
        joiners=_either(grammar["joiners"]),
        prefixes=prefixes,
        suffixes=bool(grammar.get("suffixes", False)),
        joined=joined,
        not_places=frozenset(grammar.get("not_places", ())),
        endings=str(grammar.get("endings", "")),
        subjects=_subjects(table),
        common=shared,
    )


@dataclass(frozen=True, slots=True)
class _Matcher:
    """Turns phrases into one pattern; `*` stands for any more letters."""

    joined: bool
    prefixes: str

    def __call__(self, phrases: Sequence[str]) -> regex.Pattern[str]:
        ways = sorted((self._way(plain(p).text) for p in phrases), key=_longest)
        body = "|".join(ways) or _NEVER
        return regex.compile(f"(?:{body})", regex.IGNORECASE)

    def _way(self, phrase: str) -> str:
        body = r"[\s-]+".join(
            regex.escape(part).replace(r"\*", r"\w*")
            for part in regex.split(r"[\s-]+", phrase)
        )
        if self.joined:
            return body
        return rf"(?<!\w)(?:{self.prefixes})?{body}(?!\w)"


def _either(words: Iterable[str]) -> str:
    """One of these, as a piece of a pattern; none where there are none."""
    plainly = sorted((plain(w).text for w in words), key=_longest)
    ways = (r"\s+".join(map(regex.escape, word.split())) for word in plainly)
    return "|".join(ways) or _NEVER


def _subjects(table: Mapping[str, Any]) -> frozenset[str]:
    """Words that are no names: those listed so, and every word of the other lists."""
    listed = table.get("subjects", {}).get("words", ())
    if not listed:
        return frozenset()
    phrases = [
        p for name in ("rules", "roles") for some in table[name].values() for p in some
    ]
    every = " ".join(
        (*listed, *phrases, *table["numbers"], *table["plainly"]["phrases"])
    )
    return frozenset(word.strip("*") for word in every.casefold().split())


def _months(locale: Locale) -> dict[str, int]:
    return {
        plain(name).text.rstrip(".॰").casefold(): number
        for form in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in locale.months[form][width].items()
    }


def _weekdays(locale: Locale, more: Mapping[str, int]) -> dict[str, int]:
    own = {
        plain(n).text.casefold(): d for d, n in locale.days["format"]["wide"].items()
    }
    return {**own, **{plain(n).text.casefold(): d for n, d in more.items()}}

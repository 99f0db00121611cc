"""Translations of one language, from templates/locale/ and templates/words/."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, reduce
from itertools import accumulate
from pathlib import Path
from string import Formatter
from typing import Any, cast

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime, format_skeleton
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.errors import RenderingError
from bot.model.delivery import web_address
from bot.model.signal import SourceBrand
from bot.model.verdict import MAX_PRINTED_PERCENT, round_to_percent
from bot.template_cache import TemplateCache
from bot.text.catalogue import Catalogue, CatalogueInfo, load_catalogue, read_source
from bot.text.template_files import languages, template_sets, templates_root

__all__ = [
    "Translations",
    "environment",
    "languages",
    "load_glyphs",
    "load_translations",
    "source_brands",
    "template_sets",
    "templates_root",
]


_BRANDS = "source_brands"
_ESCAPED = ("html", "xml")
"""The extensions of the templates whose values are escaped."""
_WHITE_SPACE: Mapping[str, Any] = {
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
}


@lru_cache(maxsize=8)
def environment(root: Path, brands: tuple[SourceBrand, ...]) -> Environment:
    """Return the Jinja environment: undefined names are errors; only HTML is escaped.

    Equal arguments return the same environment, and with it the same cached templates,
    word lists and catalogues.

    Args:
        root: the templates folder.
        brands: the names that texts use for the sources and their signals.
    """
    templates = Environment(
        loader=FileSystemLoader(root),
        bytecode_cache=TemplateCache(f"{_WHITE_SPACE} {_ESCAPED}"),
        undefined=StrictUndefined,
        autoescape=select_autoescape(enabled_extensions=_ESCAPED),
        **_WHITE_SPACE,
    )
    # All code that writes texts gets the environment, so the brands are stored there.
    templates.globals[_BRANDS] = {brand.id: brand for brand in brands}
    templates.filters["web_address"] = web_address
    return templates


def source_brands(templates: Environment) -> Mapping[str, SourceBrand]:
    """Return the brands that are stored in an environment, by their ids."""
    return cast("Mapping[str, SourceBrand]", templates.globals[_BRANDS])


_ORIGINAL = "en"
"""The language of the tables in templates/words/."""
_BY_ID = ("checks", "class_rules", "posted", "rules")
"""The tables of pages that are read by stored ids, without a call of `translate`."""
_LIST_ROOM = 2000
"""The most characters of a joined list; Fluent rejects values of more than 2,500."""
_BETWEEN = 4
"""The length of the longest separator of a joined list, in characters."""


@dataclass(frozen=True, slots=True, eq=False)
class Translations:
    """All translated text of one language; compared by identity.

    Attributes:
        catalogue: the messages of posts, charts and alt texts.
        table: texts that only pages and letters use. In other languages than English, the
            catalogue has the texts of pages; those that are read by stored ids are also
            here, with None for a missing text.
        brands: the names for the sources and their signals, by the brand's id.
    """

    catalogue: Catalogue
    table: Mapping[str, object]
    brands: Mapping[str, SourceBrand]

    @property
    def info(self) -> CatalogueInfo:
        """The catalogue's language, locale and review status."""
        return self.catalogue.info

    @property
    def lang(self) -> str:
        """The language code."""
        return self.info.lang

    @property
    def rtl(self) -> bool:
        """Whether the language is written from right to left."""
        return Locale.parse(self.info.locale).text_direction == "rtl"

    def has(self, *path: str) -> bool:
        """Whether the catalogue has a message at `path`."""
        return self.catalogue.has("-".join(path))

    def find(self, *path: str) -> object | None:
        """Return the message or the table entry at `path`; None if there is neither.

        Raises:
            RenderingError: the message needs a value.
        """
        if self.catalogue.has("-".join(path)):
            return self.catalogue.translate("-".join(path), {})
        entry: object = self.table
        for key in path:
            if not isinstance(entry, Mapping) or key not in entry:
                return None
            entry = entry[key]
        return entry

    def translate(self, *path: str, **values: object) -> str:
        """Return the text at `path` with its values filled in.

        Raises:
            RenderingError: the text is missing, or uses a value that is not given.
        """
        # A message of the catalogue takes precedence over a text of the table.
        name = "-".join(path)
        if self.catalogue.has(name):
            return self.catalogue.translate(name, values)
        text = self.find(*path)
        if not isinstance(text, str):
            raise RenderingError(
                f"no words for {name} in {self.lang}; add them to templates/words/"
            )
        try:
            return text.format(**values)
        except (KeyError, IndexError) as error:
            raise RenderingError(
                f"the words for {name} in {self.lang} need a value for {error}"
            ) from error

    def uppercase(self, text: str) -> str:
        """Return `text` in capitals; in Turkish the capital of "i" has a dot."""
        return (text.replace("i", "İ") if self.lang == "tr" else text).upper()

    def percent(self, level: float) -> str:
        """Format a level (1.0 is normal) as whole percent.

        A level below 0.5% is "less than 1%". A level above `MAX_PRINTED_PERCENT` is "more
        than 1,000%".
        """
        number = round_to_percent(level)
        if number == 0:
            return self.translate("numbers", "trace")
        if number > MAX_PRINTED_PERCENT:
            return self.translate("numbers", "above", n=MAX_PRINTED_PERCENT)
        return self.translate("numbers", "percent", n=number)

    def join_list(self, names: Sequence[str]) -> str:
        """Join names as in "a, b and c"; a long list is cut as in `join`."""
        # The list is cut before its last item is split off. The number of omitted items
        # then comes after the "and".
        *early, last = self._that_fit(names)
        if not early:
            return last
        head = self.join("lists", "comma", early)
        return self.translate("lists", "and", head=head, last=last)

    def join(self, table: str, key: str, parts: Sequence[str]) -> str:
        """Join the parts, one after the other, with the message at `table`, `key`.

        If the parts are too many for Fluent, the last item says how many are left out.
        """
        return reduce(
            lambda head, n: self.translate(table, key, head=head, next=n),
            self._that_fit(parts),
        )

    def _that_fit(self, parts: Sequence[str]) -> list[str]:
        """Return the first parts that fit, and a text with the number of all others."""
        # Fluent limits the length of a value. All items of a list except the last are
        # one value.
        ends = accumulate(len(part) + _BETWEEN for part in parts)
        fit = max(1, sum(end <= _LIST_ROOM for end in ends))
        rest = len(parts) - fit
        more = [self.translate("lists", "more", n=rest)] if rest > 0 else []
        return [*parts[:fit], *more]

    def date(self, time: datetime, pattern: str) -> str:
        """Format `time`, in its own time zone, with a date pattern of the catalogue."""
        date_format = self.translate(
            "dates", pattern, weekday=time.isoweekday(), day=time.day
        )
        locale = self.info.locale
        shown = format_datetime(time, date_format, tzinfo=time.tzinfo, locale=locale)
        return self.catalogue.digits(shown)

    def month(self, day: datetime) -> str:
        """Return the month of a day with its year: "January 2022"."""
        shown = format_skeleton("yMMMM", day, locale=self.info.locale)
        return self.catalogue.digits(shown)

    def count(self, number: int, unit: str) -> str:
        """Return a number of days, hours or minutes in words: "1 day", "6 days"."""
        return self.translate("durations", unit, n=number)

    def duration(self, span: timedelta) -> str:
        """Format a duration as "6 days 8 hours", or below a day as "8 hours 5 minutes"."""
        minutes = int(span.total_seconds() // 60)
        parts = (
            (minutes // 1440, "day"),
            (minutes % 1440 // 60, "hour"),
            (minutes % 60, "minute"),
        )
        kept = parts[:2] if minutes >= 1440 else parts[1:]
        shown = [self.count(number, unit) for number, unit in kept if number]
        if len(shown) < 2:
            return shown[0] if shown else self.count(0, "minute")
        return self.translate("durations", "parts", large=shown[0], small=shown[1])


@lru_cache(maxsize=64)
def load_translations(templates: Environment, lang: str) -> Translations:
    """Load the translations of `lang`, or of its base language (`en` for `en-GB`).

    Raises:
        RenderingError: neither language has a catalogue.
    """
    catalogue = load_catalogue(templates, lang)
    table = _english_table(templates)
    if catalogue.info.lang != _ORIGINAL:
        table = {name: _translated(table[name], name, catalogue) for name in _BY_ID}
    return Translations(catalogue, table, source_brands(templates))


@lru_cache(maxsize=8)
def _english_table(templates: Environment) -> Mapping[str, object]:
    return tomllib.loads(read_source(templates, f"words/{_ORIGINAL}.toml"))


def _translated(entry: object, path: str, catalogue: Catalogue) -> object:
    """Return an entry of the English table in another language; None if it has none.

    Args:
        entry: a text, or a table of entries.
        path: the name of its message in the catalogue.
        catalogue: the messages of the other language.
    """
    if isinstance(entry, Mapping):
        return {
            key: _translated(value, f"{path}-{key}", catalogue)
            for key, value in entry.items()
        }
    if not catalogue.has(path):
        return None
    # The caller fills the values in later.
    fields = {field for _, field, _, _ in Formatter().parse(str(entry)) if field}
    return catalogue.translate(path, {field: f"{{{field}}}" for field in fields})


@lru_cache(maxsize=8)
def load_glyphs(templates: Environment) -> Mapping[str, Mapping[str, str]]:
    """Load the emoji of posts: `kinds` by kind of event, `scopes` by scope.

    Raises:
        RenderingError: the file does not exist.
    """
    glyphs: dict[str, dict[str, str]] = tomllib.loads(
        read_source(templates, "glyphs.toml")
    )
    return glyphs


def language_name(code: str) -> str:
    """Return the name of a language in the language itself, such as "Français".

    Source of the names: Unicode CLDR.
    """
    locale = Locale.parse(code, sep="-")
    name = locale.get_display_name(locale) or code
    return f"{name[:1].upper()}{name[1:]}"


def is_language(code: str) -> bool:
    """Return whether `code` is the BCP 47 tag of a language in Unicode CLDR."""
    try:
        return bool(Locale.parse(code, sep="-").language)
    except (UnknownLocaleError, ValueError):
        return False

"""The words of one language: for posts from templates/locale/, else templates/words/."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, reduce
from pathlib import Path

from babel.dates import format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

import bot
from bot.errors import RenderingError
from bot.text.catalogue import Catalogue, CatalogueInfo, load_catalogue, source


def templates_root() -> Path:
    """Where the templates are: beside the package in a checkout, within it in a wheel.

    Raises:
        RenderingError: there are none, so nothing can be said.
    """
    package = Path(bot.__file__).parent
    for root in (package / "templates", package.parent / "templates"):
        if (root / "locale").is_dir():
            return root
    raise RenderingError("no templates found: reinstall the package")


def template_sets(root: Path) -> tuple[str, ...]:
    """The sets of post templates that go before the common ones, by name."""
    return tuple(sorted(f.name for f in (root / "posts").iterdir() if f.is_dir()))


def languages(root: Path) -> tuple[str, ...]:
    """The languages there are sentences in, by code."""
    return tuple(sorted(f.parent.name for f in root.glob("locale/*/about.toml")))


def environment(root: Path) -> Environment:
    """Templates that refuse an unknown name and escape in pages only."""
    return Environment(
        loader=FileSystemLoader(root),
        undefined=StrictUndefined,
        autoescape=select_autoescape(enabled_extensions=("html",)),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@dataclass(frozen=True, slots=True)
class Translations:
    """What one language calls things.

    Attributes:
        catalogue: what posts say, in every language.
        table: what charts, pages and the desk say besides; empty where nobody wrote it.
    """

    catalogue: Catalogue
    table: Mapping[str, object]

    @property
    def about(self) -> CatalogueInfo:
        """Who answers for them."""
        return self.catalogue.about

    @property
    def lang(self) -> str:
        """The code of the language."""
        return self.about.lang

    def has(self, *path: str) -> bool:
        """Whether the catalogue has words at `path`."""
        return self.catalogue.has("-".join(path))

    def find(self, *path: str) -> object | None:
        """What there is at `path`, or None."""
        if self.catalogue.has("-".join(path)):
            return self.catalogue.say("-".join(path), {})
        at: object = self.table
        for key in path:
            if not isinstance(at, Mapping) or key not in at:
                return None
            at = at[key]
        return at

    def say(self, *path: str, **values: object) -> str:
        """The words at `path`, filled in.

        Raises:
            RenderingError: there are none, or they name no such value.
        """
        name = "-".join(path)
        if self.catalogue.has(name):
            return self.catalogue.say(name, values)
        found = self.find(*path)
        if not isinstance(found, str):
            raise RenderingError(f"no words for {name} in {self.lang}")
        try:
            return found.format(**values)
        except (KeyError, IndexError) as error:
            raise RenderingError(f"the words for {name} want {error}") from error

    def large(self, text: str) -> str:
        """`text` in large letters; Turkish has a large dotted i of its own."""
        return (text.replace("i", "İ") if self.lang == "tr" else text).upper()

    def percent(self, level: float) -> str:
        """A fraction of ordinary as whole percent; almost nothing is "less than 1%"."""
        number = whole_percent(level)
        if number == 0:
            return self.say("numbers", "trace")
        return self.say("numbers", "percent", n=number)

    def listing(self, names: Sequence[str]) -> str:
        """As "a, b and c", as the language joins them."""
        *early, last = names
        if not early:
            return last
        head = self.joined("lists", "comma", early)
        return self.say("lists", "and", head=head, last=last)

    def joined(self, table: str, key: str, parts: Sequence[str]) -> str:
        """The parts, each put after those before it by the words at `table`, `key`."""
        return reduce(lambda head, n: self.say(table, key, head=head, next=n), parts)

    def date(self, at: datetime, pattern: str) -> str:
        """`at` in one of the catalogue's patterns; `at` carries its own zone."""
        wanted = self.say("dates", pattern, weekday=at.isoweekday(), day=at.day)
        locale = self.about.locale
        shown = format_datetime(at, wanted, tzinfo=at.tzinfo, locale=locale)
        return self.catalogue.digits(shown)

    def count(self, number: int, unit: str) -> str:
        """A number of days, hours or minutes in the right plural: "1 day", "6 days"."""
        return self.say("durations", unit, n=number)

    def length(self, span: timedelta) -> str:
        """A duration in its two largest units, "6 days 8 hours"."""
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
        return self.say("durations", "parts", large=shown[0], small=shown[1])


def whole_percent(level: float) -> int:
    """The one rounding of a level, shared by text, chart, alt text and data (P4)."""
    return int(level * 100 + 0.5)


@lru_cache(maxsize=64)
def load_translations(templates: Environment, lang: str) -> Translations:
    """The words of `lang`, or of its plain language (`en` for `en-GB`).

    Raises:
        RenderingError: there is no catalogue for it.
    """
    catalogue = load_catalogue(templates, lang)
    name = f"words/{catalogue.about.lang}.toml"
    known = name in templates.list_templates(extensions=["toml"])
    return Translations(
        catalogue, tomllib.loads(source(templates, name)) if known else {}
    )


@lru_cache(maxsize=8)
def load_glyphs(templates: Environment) -> Mapping[str, Mapping[str, str]]:
    """The emoji of posts: `kinds` by step, `scopes` by how wide it is.

    Raises:
        RenderingError: the file is not there.
    """
    glyphs: dict[str, dict[str, str]] = tomllib.loads(source(templates, "glyphs.toml"))
    return glyphs

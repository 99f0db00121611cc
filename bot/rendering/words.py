"""The vocabulary of one language, read from templates/words/."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from babel.dates import format_datetime
from babel.lists import format_list
from babel.units import format_unit
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

import bot
from bot.errors import RenderingError


def templates_root() -> Path:
    """Where the templates are: beside the package in a checkout, within it in a wheel.

    Raises:
        RenderingError: there are none, so nothing can be said.
    """
    package = Path(bot.__file__).parent
    for root in (package / "templates", package.parent / "templates"):
        if (root / "words").is_dir():
            return root
    raise RenderingError("no templates found: reinstall the package")


def template_sets(root: Path, lang: str) -> tuple[str, ...]:
    """The sets of post templates of a language, or of its plain language, by name."""
    for code in (lang, lang.partition("-")[0]):
        folder = root / "posts" / code
        if folder.is_dir():
            return tuple(sorted(f.name for f in folder.iterdir() if f.is_dir()))
    return ()


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
class Words:
    """What one language calls things; `table` is its catalogue."""

    lang: str
    locale: str
    table: Mapping[str, object]

    def find(self, *path: str) -> object | None:
        """What the catalogue has at `path`, or None."""
        at: object = self.table
        for key in path:
            if not isinstance(at, Mapping) or key not in at:
                return None
            at = at[key]
        return at

    def say(self, *path: str, **values: object) -> str:
        """The words at `path`, filled in.

        Raises:
            RenderingError: the catalogue lacks them, or they name no such value.
        """
        found = self.find(*path)
        if not isinstance(found, str):
            raise RenderingError(f"no words for {'.'.join(path)} in {self.lang}")
        try:
            return found.format(**values)
        except (KeyError, IndexError) as error:
            raise RenderingError(
                f"the words for {'.'.join(path)} want {error}"
            ) from error

    def percent(self, level: float) -> str:
        """A fraction of ordinary as whole percent; almost nothing is "below 1%"."""
        number = whole_percent(level)
        if number == 0:
            return self.say("numbers", "trace")
        return self.say("numbers", "percent", n=number)

    def listing(self, names: Sequence[str]) -> str:
        """As "a, b and c", as the language joins them."""
        return str(format_list(list(names), locale=self.locale))

    def date(self, at: datetime, pattern: str) -> str:
        """`at` in one of the catalogue's patterns; `at` carries its own zone."""
        wanted = self.say("dates", pattern)
        return format_datetime(at, wanted, tzinfo=at.tzinfo, locale=self.locale)

    def count(self, number: int, unit: str) -> str:
        """A number with its unit in the right plural: "1 day", "6 days"."""
        return str(
            format_unit(number, f"duration-{unit}", length="long", locale=self.locale)
        )

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
        return " ".join(shown) or self.count(0, "minute")


def whole_percent(level: float) -> int:
    """The one rounding of a level, shared by text, chart, alt text and data (P4)."""
    return int(level * 100 + 0.5)


@lru_cache(maxsize=64)
def load_words(templates: Environment, lang: str) -> Words:
    """The catalogue of `lang`, or of its plain language (`en` for `en-GB`).

    Raises:
        RenderingError: there is no catalogue for it.
    """
    known = set(templates.list_templates(extensions=["toml"]))
    for code in (lang, lang.partition("-")[0]):
        if f"words/{code}.toml" in known and templates.loader is not None:
            source, _, _ = templates.loader.get_source(templates, f"words/{code}.toml")
            table = tomllib.loads(source)
            return Words(lang=code, locale=str(table["locale"]), table=table)
    raise RenderingError(f"no words for the language {lang!r}: see templates/words/")

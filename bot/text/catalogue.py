"""The sentences of one language: Fluent messages that a translator edits without code."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel import Locale
from fluent.runtime import FluentBundle, FluentResource
from jinja2 import Environment, TemplateNotFound

from bot.errors import RenderingError

_ORIGINAL, _REVIEWED = "original", "reviewed"
_NUMBER = re.compile(r"\d+")
# Where CLDR says that a language counts with digits of its own: its zero.
_ZEROS = {"arab": 0x0660, "arabext": 0x06F0, "mymr": 0x1040, "deva": 0x0966}


@dataclass(frozen=True, slots=True)
class CatalogueInfo:
    """Who answers for a catalogue.

    Attributes:
        lang: its code; name: what its speakers call the language.
        locale: of CLDR, for plurals, dates and digits.
        status: "original", "machine draft", or "reviewed" with a name and a date.
    """

    lang: str
    name: str
    locale: str
    status: str
    reviewed_by: str
    reviewed_on: str

    @property
    def reviewed(self) -> bool:
        """Whether a person vouches for it; an unknown status does not (P16)."""
        named = bool(self.reviewed_by and self.reviewed_on)
        return self.status == _ORIGINAL or (self.status == _REVIEWED and named)


class Catalogue:
    """Messages by name; read once, never changed."""

    def __init__(self, about: CatalogueInfo, texts: Iterable[str]) -> None:
        """Read `texts` in Fluent's syntax."""
        self.about = about
        self._digits = _digits(about.locale)
        # For the translators: a value with its first letter large, or small; what a
        # word before it depends on: its first letter, or the hour that it begins with.
        functions: dict[str, Callable[[Any], Any]] = {
            "CAPITAL": lambda text: text[:1].upper() + text[1:],
            "SMALL": lambda text: text[:1].lower() + text[1:],
            "INITIAL": _initial,
            "HOUR": _hour,
        }
        # Isolating every value would cost a post two of X's characters each; what
        # runs against the text is kept in order by `voices`.
        self._bundle = FluentBundle([about.locale], functions, use_isolating=False)
        for text in texts:
            self._bundle.add_resource(FluentResource(text))

    def has(self, name: str) -> bool:
        """Whether there is such a message."""
        return self._bundle.has_message(name)

    def say(self, name: str, values: Mapping[str, object]) -> str:
        """The message, filled in; a whole number among the values chooses its plural.

        Raises:
            RenderingError: there is none, or it names a value that is not given.
        """
        message = self._bundle.get_message(name) if self.has(name) else None
        if message is None or message.value is None:
            raise RenderingError(f"no words for {name} in {self.about.lang}")
        text, problems = self._bundle.format_pattern(message.value, dict(values))
        if problems:
            what = "; ".join(str(problem) for problem in problems)
            raise RenderingError(f"the words for {name} in {self.about.lang}: {what}")
        counted = any(isinstance(value, int) for value in values.values())
        return self.digits(str(text)) if counted else str(text)

    def digits(self, text: str) -> str:
        """`text` with its numbers in the digits of the language."""
        return text.translate(self._digits)


def _initial(text: str) -> str:
    """Its first letter, small and without its accent."""
    return unicodedata.normalize("NFKD", text[:1]).lower()[:1]


def _hour(text: str) -> int:
    """The number that a time begins with; 0 where it begins with none."""
    found = _NUMBER.match(text)
    return int(found[0]) if found else 0


def _digits(locale: str) -> dict[int, str]:
    """From European digits to those that CLDR has for the locale."""
    zero = _ZEROS.get(Locale.parse(locale).default_numbering_system, ord("0"))
    return {ord("0") + n: chr(zero + n) for n in range(10)}


@lru_cache(maxsize=64)
def load_catalogue(templates: Environment, lang: str) -> Catalogue:
    """The catalogue of `lang`, or of its plain language (`en` for `en-GB`).

    Raises:
        RenderingError: there is no catalogue for it.
    """
    every = templates.list_templates(extensions=["ftl", "toml"])
    for code in (lang, lang.partition("-")[0]):
        names = [name for name in every if name.startswith(f"locale/{code}/")]
        if names:
            about = tomllib.loads(source(templates, f"locale/{code}/about.toml"))
            texts = [source(templates, n) for n in names if n.endswith(".ftl")]
            return Catalogue(CatalogueInfo(lang=code, **about), texts)
    raise RenderingError(f"no words for the language {lang!r}: see templates/locale/")


def source(templates: Environment, name: str) -> str:
    """A file among the templates, as it is.

    Raises:
        RenderingError: there is no such file.
    """
    if templates.loader is None:
        raise RenderingError("there are no templates: reinstall the package")
    try:
        return templates.loader.get_source(templates, name)[0]
    except TemplateNotFound as error:
        raise RenderingError(f"no file {name} among the templates") from error

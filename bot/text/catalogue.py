"""The message catalogue of one language: files in Fluent syntax for translators."""

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
_LONGEST = 2000
_FIRST_STAND_IN = 0x100000
"""The first of the private characters that stand for texts too long for Fluent."""
_NUMBER = re.compile(r"\d+")
# The code point of the digit zero, by CLDR numbering system. Languages with another
# system get European digits.
_ZEROS = {"arab": 0x0660, "arabext": 0x06F0, "mymr": 0x1040, "deva": 0x0966}


@dataclass(frozen=True, slots=True)
class CatalogueInfo:
    """The language of a catalogue and who reviewed it.

    Attributes:
        lang: the language code.
        name: the language's name in the language itself.
        locale: the CLDR locale, for plurals, dates and digits.
        status: "original", "machine draft" or "reviewed".
        reviewed_by, reviewed_on: the person and the date of the review; may be empty.
    """

    lang: str
    name: str
    locale: str
    status: str
    reviewed_by: str
    reviewed_on: str

    @property
    def is_reviewed(self) -> bool:
        """Whether the texts are original or reviewed (P16).

        A review counts only if its person and date are given.
        """
        named = bool(self.reviewed_by and self.reviewed_on)
        return self.status == _ORIGINAL or (self.status == _REVIEWED and named)


class Catalogue:
    """The messages of one language by name; immutable once loaded."""

    def __init__(self, info: CatalogueInfo, texts: Iterable[str]) -> None:
        """Parse `texts`, the contents of files in Fluent syntax."""
        self.info = info
        self._digits = _digit_table(info.locale)
        # These functions can be used in messages. In some languages, the word before a
        # value depends on the first letter of the value (Spanish "y" or "e"), or on the
        # hour at its beginning.
        functions: dict[str, Callable[[Any], Any]] = {
            "CAPITAL": lambda text: text[:1].upper() + text[1:],
            "SMALL": lambda text: text[:1].lower() + text[1:],
            "INITIAL": _initial_letter,
            "HOUR": _leading_hour,
        }
        # With `use_isolating`, Fluent would put two invisible marks around every value,
        # which X counts as four characters. Latin words are instead kept in order by
        # `template_functions.add_direction_marks`.
        self._bundle = FluentBundle([info.locale], functions, use_isolating=False)
        for text in texts:
            self._bundle.add_resource(FluentResource(text))

    def has(self, name: str) -> bool:
        """Whether the catalogue has a message called `name`."""
        return self._bundle.has_message(name)

    def translate(self, name: str, values: Mapping[str, object]) -> str:
        """Return a message with its values filled in; an int selects the plural form.

        Raises:
            RenderingError: the message is missing, or its values cannot be filled in.
        """
        message = self._bundle.get_message(name) if self.has(name) else None
        if message is None or message.value is None:
            raise RenderingError(
                f"no words for {name} in {self.info.lang}; add the message to the catalogue"
            )
        short, stand_ins = _without_long_texts(values)
        text, problems = self._bundle.format_pattern(message.value, short)
        if problems:
            details = "; ".join(str(problem) for problem in problems)
            raise RenderingError(
                f"the words for {name} in {self.info.lang} cannot be filled in: {details}"
            )
        counted = any(isinstance(value, int) for value in values.values())
        shown = self.digits(str(text)) if counted else str(text)
        for stand_in, long_text in stand_ins.items():
            shown = shown.replace(stand_in, long_text)
        return shown

    def digits(self, text: str) -> str:
        """Return `text` with its numbers in the digits of the language."""
        return text.translate(self._digits)


def _without_long_texts(
    values: Mapping[str, object],
) -> tuple[dict[str, object], dict[str, str]]:
    """Return the values with one character for each long text, and these texts by it.

    Fluent accepts no value of more than 2,500 characters.
    """
    short = dict(values)
    stand_ins: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, str) and len(value) > _LONGEST:
            stand_in = chr(_FIRST_STAND_IN + len(stand_ins))
            short[name], stand_ins[stand_in] = stand_in, value
    return short, stand_ins


def _initial_letter(text: str) -> str:
    """Return the first letter, in lower case and without its accent."""
    return unicodedata.normalize("NFKD", text[:1]).lower()[:1]


def _leading_hour(text: str) -> int:
    """Return the number at the beginning of `text`; 0 if there is none."""
    match = _NUMBER.match(text)
    return int(match[0]) if match else 0


def _digit_table(locale: str) -> dict[int, str]:
    """Return a `str.translate` table from European digits to the digits of `locale`."""
    zero = _ZEROS.get(Locale.parse(locale).default_numbering_system, ord("0"))
    return {ord("0") + n: chr(zero + n) for n in range(10)}


@lru_cache(maxsize=64)
def load_catalogue(templates: Environment, lang: str) -> Catalogue:
    """Load the catalogue of `lang`, or of its base language (`en` for `en-GB`).

    Raises:
        RenderingError: neither has a catalogue, or the catalogue has no `about.toml`.
    """
    files = templates.list_templates(extensions=["ftl", "toml"])
    for code in (lang, lang.partition("-")[0]):
        names = [name for name in files if name.startswith(f"locale/{code}/")]
        if names:
            texts = [read_source(templates, n) for n in names if n.endswith(".ftl")]
            return Catalogue(read_info(templates, code), texts)
    raise RenderingError(
        f"no words for the language {lang!r}; use one that has a folder in templates/locale/"
    )


def read_info(templates: Environment, lang: str) -> CatalogueInfo:
    """Return the language of a catalogue and who reviewed it, without its messages.

    Raises:
        RenderingError: there is no catalogue of `lang`.
    """
    about = tomllib.loads(read_source(templates, f"locale/{lang}/about.toml"))
    return CatalogueInfo(lang=lang, **about)


def read_source(templates: Environment, name: str) -> str:
    """Return the text of a file in the templates folder.

    Raises:
        RenderingError: the file does not exist.
    """
    if templates.loader is None:
        raise RenderingError("there are no templates: reinstall the package")
    try:
        return templates.loader.get_source(templates, name)[0]
    except TemplateNotFound as error:
        raise RenderingError(
            f"template file {name} is missing; reinstall the package"
        ) from error

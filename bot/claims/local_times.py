"""Recognise the catalogue's own phrases for local times, which name a city."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import regex
from jinja2 import Environment

from bot.claims.plain_text import PlainText, to_plain_text
from bot.text.translations import Translations, load_translations

_MESSAGES = (
    ("times", "local"),
    ("times", "morning"),
    ("times", "afternoon"),
    ("times", "evening"),
    ("own", "times", "night"),
)
"""The messages that name the city of a local time; some languages lack the last one."""
# Private-use characters stand for times, days and cities while a message is read.
_CLOCK, _DAY, _CITY = "\ue000", "\ue001", "\ue002"
_ANY_CLOCK, _ANY_DAY = r"[^()\n]{1,80}?", r"[^\n]{1,80}?"
"""Patterns for the times and for the day in a phrase; only a day may contain brackets."""


def mask_cities(
    text: PlainText, templates: Environment, lang: str, cities: Iterable[str]
) -> PlainText:
    """Mask the city's name in each phrase that the catalogue uses for a local time.

    The city's name may also be a word that the rules look for: in Persian, "Kabul" is
    also "cable", and "Dushanbe" is also "Monday". Elsewhere the word is not masked.

    Args:
        text: the text.
        templates: has the catalogue.
        lang: the language of the text.
        cities: the names of one city, whose local time the place has.

    Raises:
        RenderingError: the language has no catalogue.
    """
    spans = [
        match.span("city")
        for city in cities
        for pattern in _phrases(templates, lang, city)
        for match in pattern.finditer(text.text)
    ]
    for start, end in spans:
        text = text.masked(start, end)
    return text


@lru_cache(maxsize=256)
def _phrases(
    templates: Environment, lang: str, city: str
) -> tuple[regex.Pattern[str], ...]:
    """Return a pattern for each phrase with a local time in `city`."""
    translations = load_translations(templates, lang)
    return tuple(map(regex.compile, _patterns(translations, city)))


def _patterns(translations: Translations, city: str) -> Iterator[str]:
    values = {**dict.fromkeys(("local", "since", "until"), _CLOCK), "day": _DAY}
    plain = to_plain_text(city).text
    for path in _MESSAGES:
        if path[0] == "own" and not translations.has(*path):
            continue
        phrase = translations.translate(*path, moment="", city=city, **values)
        body = to_plain_text(phrase).text.strip().replace(plain, _CITY)
        words = regex.sub(r"(?:\\?\s)+", r"\\s+", regex.escape(body))
        words = words.replace(_CLOCK, _ANY_CLOCK).replace(_DAY, _ANY_DAY)
        yield words.replace(_CITY, f"(?P<city>{regex.escape(plain)})")

"""The words of the messages to readers, from `templates/letters`."""

from collections.abc import Iterable
from dataclasses import dataclass

from jinja2 import Environment

from bot.model.entity import Entity, EntityKind
from bot.model.verdict import Severity
from bot.places import Register
from bot.subscriptions.choices import Choice
from bot.text.translations import load_translations

_DEFAULT_LANG = "en"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one reader.

    Attributes:
        key: unique; the Message-ID is made from it.
        lang: the language of the text, a CLDR code.
        text: the subject line, then the text.
    """

    key: str
    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class ReaderTexts:
    """Makes the texts of messages to readers.

    Attributes:
        templates: the templates.
        register: the names of places.
    """

    templates: Environment
    register: Register

    def confirmation(self, key: str, choice: Choice, link: str, hours: int) -> Letter:
        """Return the letter that asks for confirmation of a request.

        Args:
            key: the id of the request.
            choice: what the reader would be told.
            link: the address of the page with the button.
            hours: for how many hours the link is valid.
        """
        lang, text = self._render(
            "confirm", choice.lang, link=link, hours=hours, **self.values(choice)
        )
        return Letter(f"confirm/{key}", lang, text)

    def footer(self, lang: str, link: str) -> str:
        """Return the last lines of each message, which say how to leave."""
        return self._render("footer", lang, link=link)[1]

    def values(self, choice: Choice) -> dict[str, object]:
        """Return what templates need to describe a choice."""
        return {
            "places": self.names(choice.places, _DEFAULT_LANG),
            "severity": self.severity_words()[choice.severity],
        }

    def severity_words(self) -> dict[Severity, str]:
        """Return the words for each severity that a reader can choose."""
        words = load_translations(self.templates, _DEFAULT_LANG)
        return {
            severity: words.translate("reader_severities", severity)
            for severity in Severity
        }

    def names(self, places: Iterable[Entity], lang: str) -> list[str]:
        """Return the names of places; a network's name begins with its AS number."""
        return [self._name(place, lang) for place in places]

    def _name(self, place: Entity, lang: str) -> str:
        name = self.register.name(place, lang)
        if place.kind is not EntityKind.ASN:
            return name
        number = f"AS{place.code}"
        return name if number in name else f"{number} {name}"

    def _render(self, name: str, lang: str, **values: object) -> tuple[str, str]:
        """Return a text in `lang`, or in English without a template, and its language."""
        names = [
            f"letters/{code}/subscription-{name}.txt" for code in (lang, _DEFAULT_LANG)
        ]
        template = self.templates.select_template(names)
        used = lang if template.name == names[0] else _DEFAULT_LANG
        return used, template.render(values)

"""The words of the messages to readers, in the language of each, from `templates/`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from jinja2 import Environment

from bot.model.entity import Entity, EntityKind
from bot.model.verdict import LEAST_LEVELS, Severity
from bot.places import Register
from bot.site.languages.messages import PageMessages
from bot.subscriptions.choices import Choice
from bot.text.fitting.direction import mark_line
from bot.text.translations import Translations, load_translations


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

    def code(self, lang: str) -> str:
        """Return the code of the catalogue for a language: `en` for `en-GB`."""
        return self._translations(lang).lang

    def confirmation(
        self, key: str, choice: Choice, link: str, valid_for: timedelta
    ) -> Letter:
        """Return the letter that asks for confirmation of a request.

        Args:
            key: the id of the request.
            choice: what the reader would be told.
            link: the address of the page with the button.
            valid_for: for how long the link is valid, in whole hours.
        """
        lang, span = choice.lang, self.hours(valid_for, choice.lang)
        values = self.values(choice, lang)
        text = self._render("confirm", lang, link=link, span=span, **values)
        return Letter(f"confirm/{key}", self.code(lang), text)

    def footer(self, lang: str, link: str) -> str:
        """Return the last lines of each message, which say how to leave."""
        return self._render("footer", lang, link=link)

    def hours(self, span: timedelta, lang: str) -> str:
        """Return a duration as whole hours in words: "48 hours"."""
        return self._translations(lang).count(int(span / timedelta(hours=1)), "hour")

    def values(self, choice: Choice, lang: str) -> dict[str, object]:
        """Return what templates need to describe a choice in a language."""
        return {
            "places": self.names(choice.places, lang),
            "severity": self.severity_words(lang)[choice.severity],
        }

    def severity_words(self, lang: str) -> dict[Severity, str]:
        """Return the words for each severity that a reader can choose."""
        words = self._translations(lang)
        # A severity begins below the least level of the milder one. The mildest does not
        # state its level.
        least = [1.0, *(level for level, _ in LEAST_LEVELS)]
        return {
            severity: words.translate(
                "reader_severities", severity, level=words.percent(level)
            )
            for level, (_, severity) in zip(least, LEAST_LEVELS, strict=False)
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

    def _render(self, name: str, lang: str, **values: object) -> str:
        """Return a text in `lang`, with marks of direction where it needs them."""
        translations = self._translations(lang)
        template = self.templates.get_template(f"letters/subscription-{name}.txt")
        text = template.render(t=PageMessages(translations, is_html=False), **values)
        if not translations.rtl:
            return text
        return "\n".join(mark_line(line) for line in text.split("\n"))

    def _translations(self, lang: str) -> Translations:
        return load_translations(self.templates, lang)

"""Renders the pages for readers: the form, the buttons, and short answers."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlencode

from bot.model.entity import Entity, EntityKind
from bot.site.languages.links import LanguageLink
from bot.site.languages.messages import SITE_LANG, PageMessages
from bot.site.page_templates import SiteTemplates
from bot.subscriptions.choices import MAX_PLACES, Choice, FormProblem
from bot.subscriptions.letters import ReaderTexts
from bot.subscriptions.readers import REQUEST_EXPIRES_AFTER
from bot.text.translations import Translations, language_name, load_translations

SUBSCRIBE_PATH = "subscribe"


class ReaderAnswer(StrEnum):
    """Short answers to a reader; the catalogues have a title and a text for each."""

    CHECK_MAIL = "check-mail"
    TOO_MANY = "too-many"
    USED = "used"
    INVALID = "invalid"
    LEFT = "left"
    LEFT_FOR_GOOD = "left-for-good"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class FormPage:
    """Renders pages as HTML; texts from readers are escaped by the templates.

    Attributes:
        texts: the names of places and severities.
        site: the folder of the site, whose style the pages use.
        contact: where readers send questions.
        scorecard: the address or the folder of the scorecard; "": none.
        site_url: the public address of the site.
        languages: the languages of the form, that of the site first: those in which pages
            are published.
        letter_languages: the languages of the pages that a letter leads to; the languages
            of the letters are among them.
        is_reconstruction: returns whether the site shows a reconstruction (P16).
    """

    texts: ReaderTexts
    site: Path
    contact: str = ""
    scorecard: str = ""
    site_url: str = ""
    languages: tuple[str, ...] = (SITE_LANG,)
    letter_languages: tuple[str, ...] = (SITE_LANG,)
    is_reconstruction: Callable[[], bool] = bool
    _names: dict[str, dict[str, str]] = field(
        default_factory=dict, init=False, repr=False
    )

    def countries(self, lang: str = SITE_LANG) -> dict[str, str]:
        """Return the names of all countries in a language, by code, sorted by name."""
        if lang not in self._names:
            register = self.texts.register
            names = {
                code: register.name(Entity(EntityKind.COUNTRY, code), lang)
                for code in register.countries
            }
            key = _sort_key(self._translations(lang))
            ordered = sorted(names.items(), key=lambda item: (key(item[1]), item[0]))
            self._names[lang] = dict(ordered)
        return self._names[lang]

    def form(
        self,
        lang: str,
        languages: Sequence[str],
        places: Sequence[str] = (),
        problem: FormProblem | None = None,
        values: Sequence[tuple[str, str]] = (),
    ) -> str:
        """Return the page with the form.

        Args:
            lang: the language of the page.
            languages: the codes of the languages of messages to choose from.
            places: places to choose at first, such as `country:KZ`; others are ignored.
            problem: what is wrong with the values that were entered; None: nothing.
            values: the values that were entered.
        """
        first = dict(reversed(values))
        links = self._form_links(places)
        return self._render(
            "form",
            "",
            lang,
            problem=problem,
            max_places=MAX_PLACES,
            email=first.get("email", ""),
            networks=first.get("networks", _numbers(places)),
            countries=self.countries(lang),
            chosen={place.removeprefix("country:") for place in places}
            | {value for name, value in values if name == "country"},
            severities=self.texts.severity_words(lang),
            severity=first.get("severity", "minor"),
            languages={code: language_name(code) for code in languages},
            chosen_language=first.get("lang", self._of_messages(lang, languages)),
            span=self.texts.hours(REQUEST_EXPIRES_AFTER, lang),
            editions=links if len(links) > 1 else (),
            unreviewed=self._unless_reviewed(lang, links[0]),
        )

    def confirm(self, lang: str, token: str, choice: Choice) -> str:
        """Return the page with the button that confirms a choice."""
        return self._choice_page("confirm", lang, choice, token)

    def confirmed(self, lang: str, choice: Choice) -> str:
        """Return the page that says what was confirmed."""
        return self._choice_page("done", lang, choice)

    def leave(self, lang: str, token: str) -> str:
        """Return the page with the buttons by which a reader leaves."""
        original = self._unless_reviewed(lang, _original("leave", token))
        return self._render("leave", "../", lang, token=token, unreviewed=original)

    def message(self, lang: str, answer: ReaderAnswer) -> str:
        """Return a page with one answer; an unreviewed translation has the original too."""
        is_beside_form = answer in {ReaderAnswer.CHECK_MAIL, ReaderAnswer.TOO_MANY}
        is_reviewed = self._translations(lang).info.is_reviewed
        original = PageMessages(self._translations(SITE_LANG))
        return self._render(
            "message",
            "" if is_beside_form else "../",
            lang,
            answer=answer,
            original=None if is_reviewed else original,
        )

    def _choice_page(
        self, template: str, lang: str, choice: Choice, token: str | None = None
    ) -> str:
        # Only a page with a token can be opened again, in the language of the original.
        original = None if token is None else _original(template, token)
        return self._render(
            template,
            "../",
            lang,
            token=token,
            language=language_name(choice.lang),
            chosen_language=choice.lang,
            unreviewed=original and self._unless_reviewed(lang, original),
            **self.texts.values(choice, lang),
        )

    def _form_links(self, places: Sequence[str]) -> tuple[LanguageLink, ...]:
        """Return the form in each language, with the same places."""
        root = f"{self.site_url.rstrip('/')}/"
        chosen = [("place", place) for place in places[:MAX_PLACES]]
        files = {
            lang: f"{SUBSCRIBE_PATH}?{urlencode([('lang', lang), *chosen])}"
            for lang in self.languages
        }
        return tuple(
            LanguageLink(lang, language_name(lang), file, f"{root}{file}")
            for lang, file in files.items()
        )

    def _of_messages(self, lang: str, languages: Sequence[str]) -> str:
        """Return the language of messages to choose at first on a page in a language."""
        same = (code for code in languages if self.texts.code(code) == lang)
        return next(same, SITE_LANG)

    def _unless_reviewed(
        self, lang: str, original: LanguageLink
    ) -> LanguageLink | None:
        is_reviewed = self._translations(lang).info.is_reviewed
        return None if is_reviewed else original

    def _translations(self, lang: str) -> Translations:
        return load_translations(self.texts.templates, lang)

    def _render(self, template: str, up: str, lang: str, **values: object) -> str:
        pages = SiteTemplates(
            self.site,
            self.texts.templates,
            lang,
            self.contact,
            self.scorecard,
            reconstruction=self.is_reconstruction(),
        )
        return pages.render_page(f"subscribe/{template}", up, **values)


def _original(page: str, token: str) -> LanguageLink:
    """Return a page with a token, in the language of the site."""
    file = f"{page}?{urlencode([('lang', SITE_LANG), ('token', token)])}"
    return LanguageLink(SITE_LANG, language_name(SITE_LANG), file, file)


def _numbers(places: Sequence[str]) -> str:
    """Return the networks among places as AS numbers, as a reader enters them."""
    return " ".join(
        f"AS{place.removeprefix('asn:')}"
        for place in places
        if place.startswith("asn:") and place[4:].isdecimal()
    )


def _sort_key(words: Translations) -> Callable[[str], list[tuple[int, str]]]:
    """Return a key that sorts names by the alphabet of a language.

    Letters are in the order of Unicode, which is that of most alphabets once accents are
    left out, or in the order that the catalogue gives.
    """
    alphabet = words.translate("own-alphabet") if words.has("own-alphabet") else ""
    places = {letter: n for n, letter in enumerate(alphabet.split())}

    def key(name: str) -> list[tuple[int, str]]:
        folded = name.casefold()
        if not places:
            folded = unicodedata.normalize("NFKD", folded)
        letters = (c for c in folded if not unicodedata.combining(c))
        return [(places.get(letter, len(places)), letter) for letter in letters]

    return key

"""Renders the pages for readers: the form, the buttons, and short answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.model.entity import Entity, EntityKind
from bot.site.front_page import SiteTemplates
from bot.subscriptions.choices import Choice
from bot.subscriptions.letters import ReaderTexts
from bot.subscriptions.readers import REQUEST_EXPIRES_AFTER
from bot.text.translations import language_name

_LANG = "en"


@dataclass(frozen=True, slots=True)
class FormPage:
    """Renders pages as HTML; texts from readers are escaped by the templates.

    Attributes:
        texts: the names of places and severities.
        site: the folder of the site, whose style the pages use.
        contact: where readers send questions.
        scorecard: the address or the folder of the scorecard; "": none.
    """

    texts: ReaderTexts
    site: Path
    contact: str = ""
    scorecard: str = ""
    _names: dict[str, str] = field(default_factory=dict, init=False, repr=False)

    def countries(self) -> dict[str, str]:
        """Return the names of all countries, by code, sorted by name."""
        if not self._names:
            register = self.texts.register
            names = {
                code: register.name(Entity(EntityKind.COUNTRY, code), _LANG)
                for code in register.countries
            }
            ordered = sorted(
                names.items(), key=lambda item: (item[1].casefold(), item[0])
            )
            self._names.update(ordered)
        return self._names

    def form(
        self,
        languages: Sequence[str],
        places: Sequence[str] = (),
        problem: str = "",
        values: Sequence[tuple[str, str]] = (),
    ) -> str:
        """Return the page with the form.

        Args:
            languages: the codes of the languages to choose from.
            places: places to choose at first, such as `country:KZ`; others are ignored.
            problem: what is wrong with the values that were entered; "": nothing.
            values: the values that were entered.
        """
        first = dict(reversed(values))
        chosen = {place.removeprefix("country:") for place in places}
        numbers = " ".join(
            f"AS{place.removeprefix('asn:')}"
            for place in places
            if place.startswith("asn:") and place[4:].isdecimal()
        )
        return self._render(
            "subscribe",
            "",
            problem=problem,
            email=first.get("email", ""),
            networks=first.get("networks", numbers),
            countries=self.countries(),
            chosen=chosen | {value for name, value in values if name == "country"},
            severities=self.texts.severity_words(),
            severity=first.get("severity", "minor"),
            languages={code: language_name(code) for code in languages},
            chosen_language=first.get("lang", _LANG),
            hours=int(REQUEST_EXPIRES_AFTER.total_seconds() // 3600),
        )

    def confirm(self, token: str, choice: Choice) -> str:
        """Return the page with the button that confirms a choice."""
        return self._choice_page("subscribe_confirm", choice, token=token)

    def confirmed(self, choice: Choice) -> str:
        """Return the page that says what was confirmed."""
        return self._choice_page("subscribe_done", choice)

    def leave(self, token: str) -> str:
        """Return the page with the buttons by which a reader leaves."""
        return self._render("subscribe_leave", "../", token=token)

    def message(self, name: str) -> str:
        """Return a page with one message, by its name in the template."""
        up = "" if name in {"check_mail", "too_many"} else "../"
        return self._render("subscribe_message", up, answer=name)

    def _choice_page(self, template: str, choice: Choice, **values: object) -> str:
        lang = language_name(choice.lang)
        described = {**self.texts.values(choice), "language": lang, **values}
        return self._render(template, "../", **described)

    def _render(self, template: str, up: str, **values: object) -> str:
        pages = SiteTemplates(
            self.site, self.texts.templates, _LANG, self.contact, self.scorecard
        )
        return pages.render_page(template, up, **values)

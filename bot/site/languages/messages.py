"""The messages of a page, as functions that its template calls."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from bot.site.languages.links import SITE_LANG, PageLinks, edition_path
from bot.text.translations import Translations

__all__ = ["SITE_LANG", "PageMessages", "page_values_of"]

_FIRST_MARK = 0xF0000
"""The first of the private characters that stand for markup while a message is made."""


@dataclass(frozen=True, slots=True)
class PageMessages:
    """Writes the messages of one language, for a page in HTML or in plain text.

    Attributes:
        is_html: whether messages are escaped. A value that is markup stays as it is.
    """

    translations: Translations
    is_html: bool = True

    def __call__(self, name: str, /, **values: object) -> str:
        """Return the message `name` with its values filled in; an int selects the plural.

        Raises:
            RenderingError: the message is missing, or uses a value that is not given.
        """
        if not values:
            return _plain_message(self.translations, name, is_html=self.is_html)
        return self._filled(
            lambda filled: _message(self.translations, name, tuple(filled.items())),
            values,
        )

    def list(self, items: Iterable[Any], show: Callable[[Any], str] = str) -> str:
        """Return items as a list ("A, B, C"); `show` writes one item."""
        return self._joined(("lists", "comma"), items, show)

    def series(self, items: Iterable[Any], show: Callable[[Any], str] = str) -> str:
        """Return items as a list of longer parts ("A; B; C"); `show` writes one item."""
        return self._joined(("credits", "join"), items, show)

    def number(self, number: int) -> str:
        """Return a number in the digits of the language."""
        return self.translations.catalogue.digits(str(number))

    def capitals(self, name: str) -> str:
        """Return a message without values in capitals, for a heading in plain text."""
        return self.translations.uppercase(self(name))

    def _joined(
        self, path: tuple[str, str], items: Iterable[Any], show: Callable[[Any], str]
    ) -> str:
        shown = {str(n): show(item) for n, item in enumerate(items)}
        return self._filled(
            lambda filled: _joined_list(
                self.translations, path, tuple(map(str, filled.values()))
            ),
            shown,
        )

    def _filled(
        self, write: Callable[[dict[str, object]], str], values: dict[str, Any]
    ) -> str:
        """Return what `write` makes of the values, escaped, but not their markup."""
        if not self.is_html:
            return write(values)
        # Fluent knows no markup, so one character stands for each such value until the
        # text around it is escaped.
        marks = {
            chr(_FIRST_MARK + n): (key, value)
            for n, (key, value) in enumerate(values.items())
            if isinstance(value, Markup)
        }
        filled = {**values, **{key: mark for mark, (key, _) in marks.items()}}
        text = str(escape(write(filled)))
        for mark, (_, value) in marks.items():
            text = text.replace(mark, str(value))
        # All but the markup of the values is escaped.
        return Markup(text)  # nosec B704 # noqa: S704


# A page is written again whenever something happens, and most of it stays the same.
@lru_cache(maxsize=4096)
def _message(
    translations: Translations, name: str, values: tuple[tuple[str, object], ...]
) -> str:
    return translations.translate(name, **dict(values))


@lru_cache(maxsize=4096)
def _plain_message(translations: Translations, name: str, *, is_html: bool) -> str:
    text = translations.translate(name)
    return escape(text) if is_html else text


@lru_cache(maxsize=1024)
def _joined_list(
    translations: Translations, path: tuple[str, str], parts: tuple[str, ...]
) -> str:
    return translations.join(*path, parts)


def page_values_of(
    translations: Translations, root: Path, up: str
) -> dict[str, object]:
    """Return what the template of every page needs of its language.

    `t` writes messages, and `link_to` the attributes of links to pages (see `PageLinks`).
    `index_file` and `oembed_file` are the names of such files in the language.
    `elsewhere` is an attribute for links to pages that are in the site's language alone;
    `dates_locale` is the locale in which a script writes dates.

    Args:
        translations: the texts of the language.
        root: the site's folder.
        up: the relative path from the page to the site's folder.
    """
    lang = translations.lang
    is_other = lang != SITE_LANG
    return {
        "t": PageMessages(translations),
        "lang": lang,
        "rtl": translations.rtl,
        "link_to": PageLinks(root, lang, up),
        "index_file": edition_path("index.html", lang),
        "oembed_file": edition_path("oembed.json", lang),
        # Persian has another calendar of its own; all dates of pages are Gregorian.
        "dates_locale": f"{translations.info.locale.replace('_', '-')}-u-ca-gregory",
        "elsewhere": Markup(' hreflang="{}"').format(SITE_LANG) if is_other else "",
    }

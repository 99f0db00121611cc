"""The files of a page in each language, and the links between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from markupsafe import Markup, escape

from bot.text.translations import language_name

SITE_LANG = "en"
"""The language of the site; a page in another language stands beside its page."""
_FRONT_PAGE = "index.html"


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A page in one of its languages.

    Attributes:
        lang: the code of the language; name: its name in the language itself.
        file: the name of the page's file; url: its public URL.
    """

    lang: str
    name: str
    file: str
    url: str


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Writes the links of a page to other pages of the site.

    A link leads to the page in the same language, if the site has it, and else to the
    page in the language of the site.

    Attributes:
        root: the site's folder.
        lang: the language of the page.
        up: the relative path from the page to the site's folder.
    """

    root: Path
    lang: str
    up: str

    def __call__(self, path: str, fragment: str = "") -> Markup:
        """Return the attributes of a link to a page: `href`, and `hreflang` if it differs.

        Args:
            path: the file of the page in the language of the site, relative to the site's
                folder and not quoted.
            fragment: the id of an element of the page; "" for none.
        """
        if self.lang == SITE_LANG:
            return self.to_edition(path, fragment)
        file = edition_path(path, self.lang)
        # The front page is written last, but every site has it in all its languages.
        is_same = path == _FRONT_PAGE or (self.root / file).is_file()
        return _link(self.up, file if is_same else path, fragment, is_same=is_same)

    def to_edition(self, path: str, fragment: str = "") -> Markup:
        """Return the attributes of a link to a page that is written in each language.

        The page may be written after the one with the link, as the feed of a place is
        written after the page of its first incident.
        """
        return _link(self.up, edition_path(path, self.lang), fragment, is_same=True)


# Each page links to the same pages in its navigation.
@lru_cache(maxsize=1024)
def _link(up: str, path: str, fragment: str, *, is_same: bool) -> Markup:
    end = f"#{fragment}" if fragment else ""
    language = "" if is_same else f' hreflang="{SITE_LANG}"'
    attributes = f'href="{escape(up + quote(path) + end)}"{language}'
    return Markup(attributes)  # nosec B704 # noqa: S704 - the address is escaped


def edition_path(path: str, lang: str) -> str:
    """Return the path of a page in a language: `index.html` is `index.fr.html` in French.

    Args:
        path: the path of the page in the language of the site.
        lang: the code of the language.
    """
    if lang == SITE_LANG:
        return path
    stem, _, suffix = path.rpartition(".")
    return f"{stem}.{lang}.{suffix}"


def language_of(path: str, languages: Sequence[str]) -> str:
    """Return the language of the page at a path; it is one of `languages` or the site's."""
    parts = path.rpartition("/")[2].split(".")
    lang = parts[-2] if len(parts) > 2 else SITE_LANG
    return lang if lang in languages else SITE_LANG


def edition_links(
    languages: Sequence[str], file: str, url: str
) -> tuple[LanguageLink, ...]:
    """Return a page in each language, the site's first; none if there is only one.

    Args:
        languages: the codes of the other languages.
        file: the name of the page's file in the language of the site.
        url: the public URL of the page's folder; it ends with a slash.
    """
    if not languages:
        return ()
    # The URL of an index page is that of its folder.
    own = url if file == "index.html" else f"{url}{quote(file)}"
    others = (
        LanguageLink(lang, language_name(lang), name, f"{url}{quote(name)}")
        for lang in languages
        for name in (edition_path(file, lang),)
    )
    return LanguageLink(SITE_LANG, language_name(SITE_LANG), file, own), *others


def up_of(path: str) -> str:
    """Return the relative path from a page to the site's folder, such as "../../"."""
    return "../" * (len(PurePosixPath(path).parts) - 1)

"""Pages that are about no single incident, in each language of the site."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import structlog

from bot.charts.illustrator import Illustrator
from bot.errors import RenderingError
from bot.site.languages.links import SITE_LANG, edition_links, edition_path, up_of
from bot.site.outputs import OutputSettings
from bot.site.page_templates import SiteTemplates, site_templates
from bot.site.static_files import write_atomically
from bot.text.translations import Translations, load_translations

_LANGUAGE = r"\.([a-z]{2,3}(?:-[A-Za-z]+)?)"
"""What the name of a page in another language has between its stem and its suffix."""


@dataclass(frozen=True, slots=True)
class SiteEdition:
    """The site in one language.

    Attributes:
        templates: the templates of pages; illustrator: draws charts. Both are in the
            language.
    """

    templates: SiteTemplates
    illustrator: Illustrator

    @property
    def lang(self) -> str:
        """The code of the language."""
        return self.templates.lang

    @property
    def translations(self) -> Translations:
        """The texts of the language."""
        return self.illustrator.translations


@dataclass(frozen=True, slots=True)
class PageEditions:
    """Writes a page that is about no single incident, in each language of the site.

    The page `a/b.html` is `a/b.fr.html` in French. A page of which there is only one
    language needs no `PageEditions`; links to it from other languages say so.

    Attributes:
        unpublished: whether the pages may show what is not released.
    """

    settings: OutputSettings
    unpublished: bool = False

    def editions(self) -> Iterator[SiteEdition]:
        """Return the site in each of its languages, its own first."""
        return map(self.edition, (SITE_LANG, *self.settings.languages))

    def edition(self, lang: str) -> SiteEdition:
        """Return the site in one of its languages."""
        templates = site_templates(self.settings, unpublished=self.unpublished)
        illustrator = self.settings.illustrator
        if lang == SITE_LANG:
            return SiteEdition(templates, illustrator)
        translations = load_translations(illustrator.templates, lang)
        return SiteEdition(
            replace(templates, lang=lang),
            replace(illustrator, translations=translations),
        )

    def write(
        self,
        path: str,
        template: str,
        values_of: Callable[[SiteEdition], Mapping[str, object]],
        *,
        sync: bool = True,
        goes_on: bool = False,
    ) -> None:
        """Write a page in each language.

        An edition that cannot be written is removed, so that none is out of date; the
        others are written first.

        Args:
            path: the file of the page in the language of the site, such as
                `places/index.html`; its folder must exist.
            template: the name of the template, which is for all languages.
            values_of: returns the values of the template in a language.
            sync: see `write_atomically`.
            goes_on: whether a failure in another language is only logged, because the
                caller has more to write or to remove, which must not wait (P12).

        Raises:
            OSError: a file cannot be read, written or removed.
            RenderingError: a text of the page cannot be made.
        """
        self.remove_former(path)
        failure: RenderingError | None = None
        for edition in self.editions():
            file = self.settings.root / edition_path(path, edition.lang)
            try:
                html = self._render(path, template, edition, values_of(edition))
            except RenderingError as error:
                if edition.lang == SITE_LANG:
                    raise
                if goes_on:
                    self._leave_out(path, edition, error)
                else:
                    file.unlink(missing_ok=True)
                    failure = failure or error
            else:
                write_atomically(file, html, sync=sync)
        if failure is not None:
            raise failure

    def create(
        self,
        path: str,
        template: str,
        values_of: Callable[[SiteEdition], Mapping[str, object]],
    ) -> None:
        """Write a page in those languages in which it is missing; see `write`.

        Raises:
            OSError: a file cannot be read or written.
            RenderingError: a text of the page cannot be made.
        """
        self.remove_former(path)
        for lang in (SITE_LANG, *self.settings.languages):
            file = self.settings.root / edition_path(path, lang)
            if not file.is_file():
                file.parent.mkdir(parents=True, exist_ok=True)
                edition = self.edition(lang)
                html = self._render(path, template, edition, values_of(edition))
                write_atomically(file, html)

    def write_constant(self, path: str, template: str) -> None:
        """Write a page that depends on nothing but what all pages share; see `write`.

        A failure in another language is only logged: pages of incidents are written next,
        and must not wait for it.

        Raises:
            OSError: a file cannot be read, written or removed.
            RenderingError: a text of the page in the language of the site cannot be made.
        """
        self.remove_former(path)
        (self.settings.root / path).parent.mkdir(parents=True, exist_ok=True)
        for edition in self.editions():
            try:
                self._write_constant(path, template, edition)
            except RenderingError as error:
                if edition.lang == SITE_LANG:
                    raise
                self._leave_out(path, edition, error)

    def _write_constant(self, path: str, template: str, edition: SiteEdition) -> None:
        edition.templates.write_constant_page(
            edition_path(path, edition.lang),
            template,
            up_of(path),
            self.settings.written_from,
            **self._language_values(path, edition),
        )

    def _leave_out(self, path: str, edition: SiteEdition, error: Exception) -> None:
        """Log why a page is not written in a language, and remove its last version."""
        file = self.settings.root / edition_path(path, edition.lang)
        file.unlink(missing_ok=True)
        log = structlog.get_logger("site")
        log.warning("page not written", page=file.name, error=str(error))

    def remove_former(self, path: str) -> None:
        """Remove a file in languages that are no longer chosen; once in a process.

        Raises:
            OSError: a file cannot be removed.
        """
        # Many pages are written in each tick, and to read their folders would make it
        # dearer.
        memory, languages = self.settings.written_from, self.settings.languages
        if memory.get(_memory_of(path)) == languages:
            return
        for lang, file in _translations_of(self.settings.root / path).items():
            if lang not in languages:
                file.unlink(missing_ok=True)
        memory[_memory_of(path)] = languages

    def render(
        self, path: str, template: str, lang: str, values: Mapping[str, object]
    ) -> str:
        """Return a page in one language as `write` would write it."""
        return self._render(path, template, self.edition(lang), values)

    def original(self, path: str, template: str, values: Mapping[str, object]) -> str:
        """Return a page in the language of the site as `write` would write it."""
        return self._render(path, template, self.edition(SITE_LANG), values)

    def remove(self, path: str) -> None:
        """Remove a page in all languages, also in those that are no longer chosen (P12).

        Raises:
            OSError: a file cannot be removed.
        """
        file = self.settings.root / path
        for edition in (file, *_translations_of(file).values()):
            edition.unlink(missing_ok=True)
        self.settings.written_from.pop(_memory_of(path), None)

    def _render(
        self,
        path: str,
        template: str,
        edition: SiteEdition,
        values: Mapping[str, object],
    ) -> str:
        own = self._language_values(path, edition)
        return edition.templates.render_page(template, up_of(path), **own, **values)

    def _language_values(self, path: str, edition: SiteEdition) -> dict[str, object]:
        """Return what a page says of its languages: its editions, and the reviewed one."""
        folder, _, name = path.rpartition("/")
        url = f"{self.settings.site_url}{quote(f'{folder}/') if folder else ''}"
        links = edition_links(self.settings.languages, name, url)
        is_reviewed = edition.translations.info.is_reviewed
        return {"editions": links, "unreviewed": None if is_reviewed else links[0]}


def _memory_of(path: str) -> str:
    return f"editions of {path}"


def _translations_of(file: Path) -> dict[str, Path]:
    """Return the files of a page in other languages that exist, by language."""
    form = re.compile(re.escape(file.stem) + _LANGUAGE + re.escape(file.suffix))
    if not file.parent.is_dir():
        return {}
    paths = {path: form.fullmatch(path.name) for path in file.parent.iterdir()}
    return {match[1]: path for path, match in paths.items() if match}

"""The pages of an incident in other languages, beside its page in the site's language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.charts.illustrator import Illustrator
from bot.errors import RenderingError
from bot.model.incident_report import IncidentReport
from bot.site.incident_json import to_json
from bot.site.incident_page.editions import page_text
from bot.site.incident_page.smallest_drops import smallest_drops_view
from bot.site.incident_page.values import page_values
from bot.site.languages.links import LanguageLink, edition_links, edition_path
from bot.site.outputs import OutputSettings
from bot.site.page_files import TRANSLATIONS, IncidentData, translated_words
from bot.site.page_templates import SiteTemplates
from bot.site.static_files import write_atomically
from bot.text.fitting.direction import mark_line
from bot.text.reasons import posted_in_words
from bot.text.translations import load_translations

_OWN_FILE = re.compile(
    r"(?:index|now(?:-[a-z-]+)?)\.([a-z]{2,3}(?:-[A-Za-z]+)?)\.(?:html|txt|svg|png|stamp)"
)
"""The name of a file in another language; the group is the language."""


@dataclass(frozen=True, slots=True)
class TranslatedPages:
    """Writes the pages of incidents in other languages than that of the site.

    They show what the page in the language of the site shows, and are in its folder, so
    that they are removed with it (P12).

    Attributes:
        templates: the templates of the pages in the language of the site.
        channel_kinds: the kind of each configured channel, by its name.
    """

    settings: OutputSettings
    templates: SiteTemplates
    channel_kinds: Mapping[str, str]

    def links(self, incident: str) -> tuple[LanguageLink, ...]:
        """Return the page of an incident in each language; none if there is only one."""
        url = self.settings.page_url(incident)
        return edition_links(self.settings.languages, "index.html", url)

    def write(
        self,
        report: IncidentReport,
        original: Mapping[str, Any],
        pages: dict[str, Mapping[str, Any]],
    ) -> None:
        """Write the page of an incident in each other language.

        A page that cannot be written is removed, so that none is out of date; the others
        are written first.

        Args:
            report: what the page shows.
            original: the values of the page in the language of the site.
            pages: gets the values of each page that was written, by language.

        Raises:
            OSError: a file cannot be written.
            RenderingError: a text of a page cannot be made.
        """
        folder = self.settings.page_folder(report.incident.id)
        languages = self.settings.languages
        _remove_languages(folder, languages)
        # If a page fails below, no list may show words that the incident had before.
        (folder / TRANSLATIONS).unlink(missing_ok=True)
        failure: RenderingError | None = None
        words: dict[str, IncidentData] = {}
        for lang in languages:
            try:
                pages[lang] = self._write(lang, report, original)
                words[lang] = translated_words(pages[lang])
            except RenderingError as error:
                _remove_languages(folder, [code for code in languages if code != lang])
                failure = failure or error
        if words:
            write_atomically(folder / TRANSLATIONS, to_json(words))
        if failure is not None:
            raise failure

    def _write(
        self, lang: str, report: IncidentReport, original: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Write the page in one language; return the values of its template."""
        incident = report.incident.id
        folder = self.settings.page_folder(incident)
        illustrator = self._illustrator(lang)
        page = page_values(
            report,
            illustrator,
            folder,
            lambda channel: self._where(channel, illustrator),
            self.settings.page_url(incident),
            original,
        )
        page["smallest"] = smallest_drops_view(
            report, self.settings.program, illustrator.translations
        )
        links = self.links(incident)
        is_reviewed = illustrator.translations.info.is_reviewed
        unreviewed = None if is_reviewed else links[0]
        html = replace(self.templates, lang=lang).render_page(
            "report",
            up="../../",
            page=page,
            has_feeds=True,
            editions=links,
            unreviewed=unreviewed,
        )
        text = page_text(self.settings, illustrator, {**page, "original": unreviewed})
        if illustrator.translations.rtl:
            text = "\n".join(mark_line(line) for line in text.split("\n"))
        write_atomically(folder / page["text_file"], text)
        write_atomically(folder / edition_path("index.html", lang), html)
        return page

    def _illustrator(self, lang: str) -> Illustrator:
        illustrator = self.settings.illustrator
        translations = load_translations(illustrator.templates, lang)
        return replace(illustrator, translations=translations)

    def _where(self, channel: str, illustrator: Illustrator) -> str:
        kind = self.channel_kinds.get(channel, channel)
        return posted_in_words(illustrator.translations.table, kind)


def _remove_languages(folder: Path, kept: tuple[str, ...] | list[str]) -> None:
    """Remove the files of a page in all other languages than `kept` and the site's."""
    for path in folder.iterdir():
        match = _OWN_FILE.fullmatch(path.name)
        if match is not None and match[1] not in kept:
            path.unlink()

"""Other editions of an incident's page: plain text, pages to embed, and oEmbed data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.charts.illustrator import Illustrator
from bot.site.event_views import EventView
from bot.site.incident_json import to_json
from bot.site.incident_page.structured_data import PUBLISHER
from bot.site.languages.file_editions import write_editions
from bot.site.languages.links import SITE_LANG, edition_path
from bot.site.languages.messages import PageMessages
from bot.site.languages.page_editions import PageEditions
from bot.site.outputs import OutputSettings, PageUpdate, SiteOutput
from bot.site.static_files import write_atomically

TEXT_FILE = "index.txt"
_OEMBED_FILE = "oembed.json"
_EMBED_FOLDER = "embed"
_EMBED_SIZE = (600, 700)
"""Width and height of an embedded page in CSS pixels, as oEmbed proposes them."""
_CARD_SIZE = (1200, 630)
_CACHE_AGE_S = 300
"""How long a copy of the oEmbed data may be kept."""


@dataclass(frozen=True, slots=True)
class Editions(SiteOutput):
    """The editions of each incident's page; they are in the folder of the page.

    The folder of a page is removed as a whole, so nothing is left to `remove` (P12).
    """

    settings: OutputSettings

    def write_files(self, update: PageUpdate) -> None:
        """Write the editions of a page.

        Raises:
            OSError: a file cannot be written.
        """
        folder = self.settings.page_folder(update.incident)
        text = page_text(self.settings, self.settings.illustrator, update.page)
        write_atomically(folder / TEXT_FILE, text)
        pages = {SITE_LANG: update.page, **update.pages}
        embeds = {lang: self._embeds(lang, page) for lang, page in pages.items()}
        write_editions(folder / _EMBED_FOLDER, embeds, embeds[SITE_LANG])
        self._write_oembeds(folder, pages)

    def _embeds(self, lang: str, page: Mapping[str, Any]) -> dict[str, str]:
        """Return the embedded page that follows the newest event, and one for each event.

        They are in one language, by the name of their file in the language of the site.
        """
        views: Sequence[EventView] = page["events"]
        embeds: dict[str, Mapping[str, object]] = {}
        for view in views:
            # A correction goes wherever the original went (P11).
            later = [v for v in page["corrections"] if v.seq > view.seq]
            values = {"page": page, "event": view, "corrections": later}
            embeds[f"{view.seq}.html"] = values
        embeds["index.html"] = {"page": page, "event": None, "corrections": ()}
        return {name: self._embed(lang, name, v) for name, v in embeds.items()}

    def _embed(self, lang: str, name: str, values: Mapping[str, Any]) -> str:
        path = f"i/{values['page']['id']}/{_EMBED_FOLDER}/{name}"
        editions = PageEditions(self.settings)
        return editions.render(path, "incident/embed", lang, values)

    def _write_oembeds(
        self, folder: Path, pages: Mapping[str, Mapping[str, Any]]
    ) -> None:
        """Write the oEmbed data of the page in each language, and remove all others."""
        kept = {edition_path(_OEMBED_FILE, lang) for lang in pages}
        for path in folder.glob("oembed.*.json"):
            if path.name not in kept:
                path.unlink()
        for lang, page in pages.items():
            content = to_json(self._oembed(lang, page))
            write_atomically(folder / edition_path(_OEMBED_FILE, lang), content)

    def _oembed(self, lang: str, page: Mapping[str, Any]) -> dict[str, object]:
        """Return the data of https://oembed.com, version 1.0, for a page in a language.

        Other sites show them without the page, so the title names a drill (P16).
        """
        width, height = _EMBED_SIZE
        template = self.settings.illustrator.templates.get_template(
            "site/incident/iframe.html"
        )
        file = "" if lang == SITE_LANG else edition_path("index.html", lang)
        html = template.render(page=page, file=file, width=width, height=height)
        document: dict[str, object] = {
            "version": "1.0",
            "type": "rich",
            "provider_name": PUBLISHER,
            "provider_url": self.settings.site_url,
            "title": f"{page['marks']}{page['title']}",
            "author_name": PUBLISHER,
            "author_url": page["page_url"],
            "cache_age": _CACHE_AGE_S,
            "html": html.strip(),
            "width": width,
            "height": height,
        }
        if page["card"]:
            document["thumbnail_url"] = f"{page['address']}{page['card']}"
            document["thumbnail_width"], document["thumbnail_height"] = _CARD_SIZE
        return document


def page_text(
    settings: OutputSettings, illustrator: Illustrator, page: Mapping[str, Any]
) -> str:
    """Return a page as plain text, in the language of `illustrator`."""
    template = illustrator.templates.get_template("site/incident/text.txt")
    messages = PageMessages(illustrator.translations, is_html=False)
    return template.render(page=page, t=messages, contact=settings.contact)

"""Other editions of an incident's page: plain text, pages to embed, and oEmbed data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.charts.illustrator import Illustrator
from bot.site.event_views import EventView
from bot.site.incident_json import to_json
from bot.site.incident_page.structured_data import PUBLISHER
from bot.site.languages.messages import PageMessages
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
        folder, page = self.settings.page_folder(update.incident), update.page
        text = page_text(self.settings, self.settings.illustrator, page)
        write_atomically(folder / TEXT_FILE, text)
        self._write_embeds(folder / _EMBED_FOLDER, page)
        write_atomically(folder / _OEMBED_FILE, to_json(self._oembed(page)))

    def _write_embeds(self, folder: Path, page: Mapping[str, Any]) -> None:
        """Write the embedded page that follows the newest event, and one for each event."""
        folder.mkdir(exist_ok=True)
        views: Sequence[EventView] = page["events"]
        names = {f"{view.seq}.html" for view in views}
        for path in folder.glob("[0-9]*.html"):
            if path.name not in names:
                path.unlink()
        for view in views:
            # A correction goes wherever the original went (P11).
            later = [v for v in page["corrections"] if v.seq > view.seq]
            html = self._render("embed.html", page, event=view, corrections=later)
            write_atomically(folder / f"{view.seq}.html", html)
        html = self._render("embed.html", page, event=None, corrections=())
        write_atomically(folder / "index.html", html)

    def _oembed(self, page: Mapping[str, Any]) -> dict[str, object]:
        """Return the data of https://oembed.com, version 1.0, for a page.

        Other sites show them without the page, so the title names a drill (P16).
        """
        width, height = _EMBED_SIZE
        html = self._render("iframe.html", page, width=width, height=height)
        document: dict[str, object] = {
            "version": "1.0",
            "type": "rich",
            "provider_name": PUBLISHER,
            "provider_url": self.settings.site_url,
            "title": f"{page['marks']}{page['title']}",
            "author_name": PUBLISHER,
            "author_url": page["address"],
            "cache_age": _CACHE_AGE_S,
            "html": html.strip(),
            "width": width,
            "height": height,
        }
        if page["card"]:
            document["thumbnail_url"] = f"{page['address']}{page['card']}"
            document["thumbnail_width"], document["thumbnail_height"] = _CARD_SIZE
        return document

    def _render(self, name: str, page: Mapping[str, Any], **values: object) -> str:
        illustrator = self.settings.illustrator
        path = f"site/{illustrator.translations.lang}/incident/{name}"
        template = illustrator.templates.get_template(path)
        return template.render(page=page, contact=self.settings.contact, **values)


def page_text(
    settings: OutputSettings, illustrator: Illustrator, page: Mapping[str, Any]
) -> str:
    """Return a page as plain text, in the language of `illustrator`."""
    template = illustrator.templates.get_template("site/incident/text.txt")
    messages = PageMessages(illustrator.translations, is_html=False)
    return template.render(page=page, t=messages, contact=settings.contact)

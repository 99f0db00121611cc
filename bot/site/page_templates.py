"""The templates of all pages in one language, and what all pages share."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from bot.site.feeds.feed_files import has_feeds
from bot.site.languages.direction import isolate_latin
from bot.site.languages.links import edition_path
from bot.site.languages.messages import page_values_of
from bot.site.outputs import OutputSettings
from bot.site.page_files import IncidentData
from bot.site.site_origin import is_replayed_site
from bot.site.static_files import scorecard_link, write_atomically
from bot.text.translations import load_translations

_SECTIONS = (
    "places",
    "archive",
    "digest",
    "corrections",
    "status",
    "methodology",
    "about",
)
"""The folders to which the navigation of every page may link."""
_SHARED_FILES = ("style.css", "outagewire.js", "favicon.svg")


def sections_of(root: Path) -> frozenset[str]:
    """Return the sections of the site that exist; pages link only to these."""
    return frozenset(s for s in _SECTIONS if (root / s / "index.html").is_file())


@dataclass(frozen=True, slots=True)
class SiteTemplates:
    """The templates of all pages in one language, and values that all pages share.

    Attributes:
        unpublished: whether the pages may show what is not released; each then says so.
        reconstruction: whether the readings are made from published facts; each page
            then says so (P16).
        replayed: whether the site is that of a replay or a drill; each page that has no
            mark of its own then says so (P16).
        has_subscriptions: whether the server has the form at `subscribe`.
    """

    root: Path
    templates: Environment
    lang: str
    contact: str
    scorecard: str
    unpublished: bool = False
    reconstruction: bool = False
    replayed: bool = False
    has_subscriptions: bool = False

    def render_page(self, name: str, up: str, **values: object) -> str:
        """Render a page; `up` is the relative path from the page to the site's folder."""
        # A template is for one language, or for all.
        names = [f"site/{self.lang}/{name}.html", f"site/{name}.html"]
        template = self.templates.select_template(names)
        link = scorecard_link(self.scorecard, self.root, up)
        # What a page is about never changes its language: a reader may have written it.
        language = self._language(up)
        shared = {
            "contact": self.contact,
            "unpublished": self.unpublished,
            "reconstruction": self.reconstruction,
            "replayed": self.replayed,
            "has_feeds": has_feeds(self.root),
            "sections": sections_of(self.root),
            "section": "",
            "has_subscriptions": self.has_subscriptions,
        }
        html = template.render(
            {**shared, "scorecard": link, "up": up, **values, **language}
        )
        return isolate_latin(html) if language["rtl"] else html

    def write_constant_page(
        self,
        path: str,
        name: str,
        up: str,
        memory: dict[str, object],
        **values: object,
    ) -> None:
        """Write a page that depends on nothing but what all pages share.

        Args:
            path: the file of the page, relative to the site's folder.
            name: the name of the template.
            up: the relative path from the page to the site's folder.
            memory: `FrontPageLists.written_from`; if nothing has changed since this
                process wrote the page, it is not made again.
            values: the values of the template, which never change in a process.

        Raises:
            OSError: the page cannot be written.
        """
        score = scorecard_link(self.scorecard, self.root, up)
        sections = sections_of(self.root)
        # The navigation links to the pages in this language, where there are any.
        own = frozenset(
            s
            for s in sections
            if (self.root / edition_path(f"{s}/index.html", self.lang)).is_file()
        )
        shared = sections, own, has_feeds(self.root), score
        file = self.root / path
        if memory.get(path) != shared or not file.is_file():
            write_atomically(file, self.render_page(name, up=up, **values))
            memory[path] = shared

    def render_part(self, name: str, up: str, **values: object) -> Markup:
        """Render a part of a page, which the page's template includes as it is.

        Args:
            name: the name of the template, without its suffix; it is for all languages.
            up: the relative path from the page to the site's folder.
            values: the values of the template, beside those of the language.
        """
        template = self.templates.get_template(f"site/{name}.html")
        html = template.render({**values, "up": up, **self._language(up)})
        return Markup(html)  # nosec B704 # noqa: S704 - the template escapes its values

    def listing(self, rows: Sequence[IncidentData]) -> str:
        """Render links to incidents, for a page in the site's folder; "" for none."""
        return self.render_part("_listing", "", rows=rows) if rows else ""

    def _language(self, up: str) -> dict[str, object]:
        translations = load_translations(self.templates, self.lang)
        return page_values_of(translations, self.root, up)

    def write_shared_files(self) -> None:
        """Write the style sheet, the script and the icon of all pages.

        Raises:
            OSError: a file cannot be written.
        """
        for name in _SHARED_FILES:
            text = self.templates.get_template(f"site/{name}").render()
            write_atomically(self.root / name, text)


def site_templates(
    settings: OutputSettings, *, unpublished: bool = False
) -> SiteTemplates:
    """Return the templates of all pages, in the language of the site."""
    illustrator, program = settings.illustrator, settings.program
    return SiteTemplates(
        settings.root,
        illustrator.templates,
        illustrator.translations.lang,
        settings.contact,
        settings.scorecard,
        unpublished,
        program is not None and program.reconstruction,
        is_replayed_site(settings.root),
        # The pages for the operator alone have no readers.
        settings.has_subscriptions and not unpublished,
    )

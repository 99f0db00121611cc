"""The pages `methodology/` and `about/`, which do not depend on incidents."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.site.feeds.feed_files import has_feeds
from bot.site.front_page import sections_of, site_templates
from bot.site.info.methodology import methodology_values
from bot.site.info.program import ProgramSettings
from bot.site.languages.page_editions import PageEditions, SiteEdition
from bot.site.outputs import OutputSettings, SiteOutput
from bot.site.static_files import write_atomically

METHODOLOGY = "methodology"
ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Explanations(SiteOutput):
    """The pages that explain how the program decides, and what it is."""

    settings: OutputSettings

    def create(self) -> None:
        """Write the pages, if the settings of the program are known and have changed.

        Commands of editors write pages too, and do not know the settings; then the
        pages of the loop stay.

        Raises:
            OSError: a page cannot be written.
        """
        program = self.settings.program
        if program is None:
            return
        # The navigation is on these pages, too.
        state = program, sections_of(self.settings.root), has_feeds(self.settings.root)
        if self._are_written_from(state):
            return
        translations = self.settings.illustrator.translations
        # The methodology quotes the rules in force, so it is in one language.
        self._write(METHODOLOGY, **methodology_values(program, translations))
        self._write_about(program)
        self.settings.written_from[METHODOLOGY] = state

    def _are_written_from(self, state: object) -> bool:
        root = self.settings.root
        exist = all((root / n / "index.html").is_file() for n in (METHODOLOGY, ABOUT))
        return exist and self.settings.written_from.get(METHODOLOGY) == state

    def _write_about(self, program: ProgramSettings) -> None:
        (self.settings.root / ABOUT).mkdir(parents=True, exist_ok=True)

        def values_of(edition: SiteEdition) -> Mapping[str, object]:
            return {
                "signals": methodology_values(program, edition.translations)["signals"],
                "licence": program.licence,
                "site_url": self.settings.site_url,
                "version": program.version,
            }

        PageEditions(self.settings).write(
            f"{ABOUT}/index.html", "about", values_of, goes_on=True
        )

    def _write(self, name: str, **values: object) -> None:
        html = site_templates(self.settings).render_page(name, up="../", **values)
        path = self.settings.root / name / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, html)

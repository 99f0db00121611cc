"""The pages of watched places, and the list of all places, which a run keeps in memory."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.errors import RenderingError, reason_of
from bot.model.incident_report import PlaceReadings
from bot.rendering.renderer import TemplateRenderer

# Pages need matplotlib, which takes half a second to import; see `renderer`.
if TYPE_CHECKING:
    from datetime import datetime

    from bot.site.languages.page_editions import SiteEdition
    from bot.site.places.pages import Column, PlaceRow, PlaceSite, PlaceTable


@dataclass(slots=True)
class _PlaceList:
    """The rows in one language, by the name of the place's page; `html` has them rendered.

    The rows are rendered when they change and not with each list, so that a tick costs
    the same however many places are watched.
    """

    columns: "tuple[Column, ...]" = ()
    rows: "dict[str, PlaceRow]" = field(default_factory=dict)
    html: dict[str, str] = field(default_factory=dict)

    def update(
        self, site: "PlaceSite", edition: "SiteEdition", written: "list[PlaceRow]"
    ) -> None:
        """Put rows into the list, and render them."""
        from bot.site.places.pages import columns_of

        self.rows |= {row.name: row for row in written}
        if any(signal not in self.columns for signal in columns_of(written)):
            self.columns = columns_of(self.rows.values())
            written = list(self.rows.values())
        for row in written:
            self.html[row.name] = site.render_row(edition, row, self.columns)

    def table(self, as_of: "datetime | None") -> "PlaceTable":
        """Return the table of the list."""
        from bot.site.places.pages import PlaceTable

        rows = sorted(self.rows.values(), key=lambda row: row.key)
        countries = [row for row in rows if not row.is_network]
        networks = [row for row in rows if row.is_network]
        return PlaceTable(
            self._groups(countries), self._groups(networks), as_of, self.columns
        )

    def _groups(self, rows: "list[PlaceRow]") -> "list[_Group]":
        groups: dict[str, _Group] = {}
        for row in rows:
            group = groups.setdefault(row.letter, _Group(row.letter, []))
            group.rows.append(self.html[row.name])
        # Names that begin with a digit come first when sorted; so do their groups.
        return list(groups.values())


@dataclass(frozen=True, slots=True)
class _Group:
    """The rendered rows of the places that begin with one letter."""

    letter: str
    rows: list[str]


@dataclass(frozen=True, slots=True)
class PlacePagesFolder:
    """Implements `ports.PlacePages` with the folder of the site.

    Attributes:
        renderer: has the site's folder and the templates.
    """

    renderer: TemplateRenderer
    _lists: dict[str, _PlaceList] = field(
        default_factory=dict, compare=False, repr=False
    )

    def write(self, places: Iterable[PlaceReadings], *, with_list: bool) -> None:
        """Write the page of each place.

        Args:
            places: the places with their levels.
            with_list: whether to write the page that lists all places, too.

        Raises:
            RenderingError: a page could not be written.
        """
        from bot.site.places.pages import PlaceSite

        site = PlaceSite(self.renderer.open_site().settings)
        as_of = None
        try:
            # Each page links to the list, if there is one.
            site.create_index()
            written = []
            for levels in places:
                written.append(site.write(levels))
                as_of = levels.at
            for edition in site.pages.editions():
                rows = [by_language[edition.lang] for by_language in written]
                place_list = self._lists.setdefault(edition.lang, _PlaceList())
                place_list.update(site, edition, rows)
            if with_list:
                tables = {lang: kept.table(as_of) for lang, kept in self._lists.items()}
                site.write_index(tables)
        except OSError as error:
            raise RenderingError(
                f"the pages of places could not be written: {reason_of(error)}"
            ) from error

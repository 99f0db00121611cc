"""The pages of watched places, and the list of all places, which a run keeps in memory."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.errors import RenderingError, reason_of
from bot.model.incident_report import PlaceReadings
from bot.rendering.renderer import TemplateRenderer

# Pages need matplotlib, which takes half a second to import; see `renderer`.
if TYPE_CHECKING:
    from bot.site.places.pages import Column, PlaceRow, PlaceSite


@dataclass(slots=True)
class _PlaceList:
    """The rows of the list, by the name of the place's page; `html` has them rendered.

    The rows are rendered when they change and not with each list, so that a tick costs
    the same however many places are watched.
    """

    columns: "tuple[Column, ...]" = ()
    rows: "dict[str, PlaceRow]" = field(default_factory=dict)
    html: dict[str, str] = field(default_factory=dict)


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
    _list: _PlaceList = field(default_factory=_PlaceList, compare=False, repr=False)

    def write(self, places: Iterable[PlaceReadings], *, with_list: bool) -> None:
        """Write the page of each place.

        Args:
            places: the places with their levels.
            with_list: whether to write the page that lists all places, too.

        Raises:
            RenderingError: a page could not be written.
        """
        from bot.site.places.pages import PlaceSite, columns_of

        site = PlaceSite(self.renderer.open_site().settings)
        as_of = ""
        try:
            # Each page links to the list, if there is one.
            site.create_index()
            written = []
            for levels in places:
                written.append(site.write(levels))
                as_of = written[-1].levels["at"]
            self._list.rows |= {row.name: row for row in written}
            if any(signal not in self._list.columns for signal in columns_of(written)):
                self._list.columns = columns_of(self._list.rows.values())
                written = list(self._list.rows.values())
            for row in written:
                self._list.html[row.name] = site.render_row(row, self._list.columns)
            if with_list:
                self._write_list(site, as_of)
        except OSError as error:
            raise RenderingError(
                f"the pages of places could not be written: {reason_of(error)}"
            ) from error

    def _write_list(self, site: "PlaceSite", as_of: str) -> None:
        rows = sorted(self._list.rows.values(), key=lambda row: row.key)
        countries = [row for row in rows if not row.is_network]
        networks = [row for row in rows if row.is_network]
        site.write_index(
            self._groups(countries), self._groups(networks), as_of, self._list.columns
        )

    def _groups(self, rows: "list[PlaceRow]") -> list[_Group]:
        groups: dict[str, _Group] = {}
        for row in rows:
            group = groups.setdefault(row.letter, _Group(row.letter, []))
            group.rows.append(self._list.html[row.name])
        # Names that begin with a digit come first when sorted; so do their groups.
        return list(groups.values())

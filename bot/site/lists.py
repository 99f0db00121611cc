"""The lists on the front page, kept in memory between ticks."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.site.charts.views import ChartView


@dataclass(frozen=True, slots=True)
class ListedIncidents:
    """The lists on the front page in one language.

    Attributes:
        current: the incidents that are not over, as HTML; "" for none.
        past: the incidents that are over, as HTML; "" for none.
        timeline: the chart of incidents over time; None if there is none.
        world_map: the map of the incidents that are not over, as HTML.
    """

    current: str = ""
    past: str = ""
    timeline: "ChartView | None" = None
    world_map: str = ""


@dataclass(slots=True)
class FrontPageLists:
    """The lists on the front page; most ticks do not change them, so they are kept.

    Attributes:
        incidents: the lists in each language of the site, by its code.
        has_archive: whether there is an archive to link to.
        written_from: what a page was last written from, by the name of the page; a page
            that depends on the same again is not written again.
        data_only: see `OutputSettings`.
    """

    incidents: dict[str, ListedIncidents] = field(default_factory=dict)
    has_archive: bool = False
    written_from: dict[str, object] = field(default_factory=dict)
    data_only: bool = False

"""What the front page lists, kept in memory between ticks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.site.charts import ChartView, Row


@dataclass(slots=True)
class Lists:
    """What the front page lists; kept between ticks, because most ticks do not change it.

    Attributes:
        current: the incidents that are not over.
        past: the incidents that are over.
        timeline: the chart of incidents over time; None if there is none.
        archived: whether there is an archive to link to.
    """

    current: "Sequence[Row]" = ()
    past: "Sequence[Row]" = ()
    timeline: "ChartView | None" = None
    archived: bool = False

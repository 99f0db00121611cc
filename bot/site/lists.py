"""What the front page lists, as it stands between two ticks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.site.charts import ChartView, Row


@dataclass(slots=True)
class Lists:
    """What the front page lists, kept between ticks, as most ticks do not change it."""

    current: "Sequence[Row]" = ()
    past: "Sequence[Row]" = ()
    timeline: "ChartView | None" = None
    archived: bool = False

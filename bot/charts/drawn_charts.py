"""A cache of the charts of posts: a page does not draw them again."""

from collections import OrderedDict
from collections.abc import Callable

from bot.charts.canvas.theme import Theme
from bot.model.event import IncidentEvent
from bot.model.incident import Evidence

_KEPT = 64
"""How many charts are kept at most; a chart takes only about 100 kB of memory."""


class ChartCache:
    """A cache of recent charts as PNG, by event, evidence, language and theme."""

    def __init__(self) -> None:
        """Create an empty cache."""
        self._images: OrderedDict[tuple[object, ...], bytes] = OrderedDict()

    def get(
        self,
        event: IncidentEvent,
        evidence: Evidence,
        lang: str,
        theme: Theme,
        draw: Callable[[], bytes],
    ) -> bytes:
        """Return the chart of an event as PNG; call `draw` if it is not cached.

        Raises:
            RenderingError: `draw` cannot draw the chart.
        """
        # The key has only a hash of the evidence, because the evidence itself takes far
        # more memory.
        key = (event, hash(evidence), lang, theme)
        if key not in self._images:
            self._images[key] = draw()
        self._images.move_to_end(key)
        if len(self._images) > _KEPT:
            self._images.popitem(last=False)
        return self._images[key]

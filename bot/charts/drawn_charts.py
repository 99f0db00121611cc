"""A cache of the charts of posts, so that a page need not draw them again."""

from collections import OrderedDict
from collections.abc import Callable

from bot.charts.canvas.theme import Theme
from bot.model.incident import Evidence, IncidentEvent

_KEPT = 64
"""At 100 kB each, they take little memory, and hold the events of a long replay."""


class DrawnCharts:
    """The PNG files that were used last, by event, evidence, language and theme."""

    def __init__(self) -> None:
        """Begin without charts."""
        self._images: OrderedDict[tuple[object, ...], bytes] = OrderedDict()

    def get(
        self,
        event: IncidentEvent,
        evidence: Evidence,
        lang: str,
        theme: Theme,
        draw: Callable[[], bytes],
    ) -> bytes:
        """Return the chart; `draw` is called only if it is not cached.

        Raises:
            RenderingError: it cannot be drawn.
        """
        # The hash stands for the evidence, which would take far more memory.
        key = (event, hash(evidence), lang, theme)
        if key not in self._images:
            self._images[key] = draw()
        self._images.move_to_end(key)
        if len(self._images) > _KEPT:
            self._images.popitem(last=False)
        return self._images[key]

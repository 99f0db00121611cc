"""A cache of drawn charts: a page does not draw those of its posts again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

_KEPT = 64
"""How many charts are kept at most; a chart takes only about 100 kB of memory."""


class ChartCache:
    """A cache of recent charts, each encoded as PNG or SVG."""

    def __init__(self) -> None:
        """Create an empty cache."""
        self._images: OrderedDict[Hashable, bytes] = OrderedDict()

    def get(self, key: Hashable, draw: Callable[[], bytes]) -> bytes:
        """Return the chart with a key; call `draw` if it is not cached.

        Args:
            key: everything that the chart depends on, or a digest of it.
            draw: draws and encodes the chart.

        Raises:
            RenderingError: `draw` cannot draw the chart.
        """
        if key not in self._images:
            self._images[key] = draw()
        self._images.move_to_end(key)
        if len(self._images) > _KEPT:
            self._images.popitem(last=False)
        return self._images[key]

"""Where the plot is in a line chart: data for programs that show the chart's values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.artist import Artist

from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.layout import Box
from bot.model.interval import Interval

_HEAD_SIZE = 1000
"""The attribute is at the beginning of the file, within this many bytes."""
_ATTRIBUTE = re.compile(r'<svg data-plot="([0-9a-f#. -]+)"')


@dataclass(frozen=True, slots=True)
class PlotArea:
    """The geometry of a line chart in its picture, as it was drawn.

    Attributes:
        plot: the area between the axes, in pixels.
        room: the area between header and footer, which also holds the labels.
        window: the times at the left and at the right end of `plot`.
        colours: the colour of each line, in the order of the lines.
    """

    plot: Box
    room: Box
    window: Interval
    colours: tuple[str, ...]

    def describe(self, canvas: Canvas) -> str:
        """Return the geometry as numbers and colours with spaces between them.

        The numbers are: width and height of the picture; left, top, right and bottom end of
        the plot, then of the room, in pixels from the picture's left and top edge; the two
        times in seconds since 1970.
        """
        ends: list[float] = [canvas.width, canvas.height]
        for box in (self.plot, self.room):
            top, bottom = canvas.height - box.top, canvas.height - box.bottom
            ends += [box.left, top, box.right, bottom]
        times = (self.window.since.timestamp(), self.window.until.timestamp())
        numbers = [f"{end:.1f}" for end in ends] + [f"{time:.0f}" for time in times]
        return " ".join([*numbers, *self.colours])


def name_shapes(shapes: Sequence[Artist]) -> None:
    """Give an id to each shape of a plot that has none, so that programs can find it."""
    for number, shape in enumerate(shapes):
        if shape.get_gid() is None:
            shape.set_gid(f"plot {number}")


def read_plot_area(chart: Path) -> str | None:
    """Return what `PlotArea.describe` wrote into an SVG file; None if nothing.

    Raises:
        OSError: the file cannot be read.
    """
    with chart.open("rb") as file:
        head = file.read(_HEAD_SIZE).decode("utf-8", "replace")
    match = _ATTRIBUTE.search(head)
    return match[1] if match else None

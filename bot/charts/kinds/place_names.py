"""Names on a map: each stands within what it names, or it is left out."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.path import Path

from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.layout import Box, Numbers, thinned
from bot.charts.canvas.typesetting import Style

_CELL = 13.0
"""How finely land is looked at for room, in pixels of a sheet of 1600 by 900."""

_SPARE = 2
"""How many cells more than its own a name needs each way: it touches no border."""

Cells = npt.NDArray[np.bool_]


class MapCells:
    """A map in cells: which belong to a country or a region, and have no name yet."""

    def __init__(self, sheet: Canvas, box: Box) -> None:
        """All of the map is free."""
        self.sheet, self.box, self.cell = sheet, box, sheet.em(_CELL)
        self.xs = np.arange(box.left + self.cell / 2, box.right, self.cell)
        self.ys = np.arange(box.bottom + self.cell / 2, box.top, self.cell)
        self.free: Cells = np.ones((self.ys.size, self.xs.size), dtype=np.bool_)

    def within(self, rings: Sequence[Numbers]) -> Cells:
        """The cells in the largest of these rings, in pixels, y upwards."""
        found: Cells = np.zeros_like(self.free)
        ring = max(rings, key=self._seen)
        left, bottom = np.searchsorted(self.xs, ring[:, 0].min()), ring[:, 1].min()
        right, top = np.searchsorted(self.xs, ring[:, 0].max()), ring[:, 1].max()
        rows = slice(*np.searchsorted(self.ys, (bottom, top)))
        columns = slice(left, right)
        across, up = np.meshgrid(self.xs[columns], self.ys[rows])
        points = np.column_stack((across.ravel(), up.ravel()))
        if points.size:
            inside = Path(thinned(ring, self.cell / 3)).contains_points(points)
            found[rows, columns] = inside.reshape(across.shape)
        return found

    def name(self, rings: Sequence[Numbers], text: str, style: Style) -> bool:
        """Write a name where it has room, as near the middle as can be."""
        wide, high = self.sheet.measure(text, style)
        if all(self._seen(ring) < wide * high for ring in rings):
            return False
        inside = self.within(rings) & self.free
        columns, rows = (
            int(np.ceil(size / self.cell)) + _SPARE for size in (wide, high)
        )
        spots = _windows(inside, rows, columns)
        if not spots.size:
            return False
        middle = np.argwhere(inside).mean(axis=0) - ((rows - 1) / 2, (columns - 1) / 2)
        row, column = spots[np.argmin(((spots - middle) ** 2).sum(axis=1))]
        x = self.box.left + (column + columns / 2) * self.cell
        y = self.box.bottom + (row + rows / 2) * self.cell
        self.sheet.put(float(x), float(self.sheet.height - y), text, style)
        self.free[row : row + rows, column : column + columns] = False
        return True

    def keep_off(self, rings: Sequence[Numbers]) -> None:
        """No other name may stand there."""
        self.free &= ~self.within(rings)

    def _seen(self, ring: Numbers) -> float:
        """How much of a ring the map shows, by its bounds."""
        low, high = ring.min(axis=0), ring.max(axis=0)
        wide = min(high[0], self.box.right) - max(low[0], self.box.left)
        tall = min(high[1], self.box.top) - max(low[1], self.box.bottom)
        return float(max(wide, 0.0) * max(tall, 0.0))


def _windows(inside: Cells, rows: int, columns: int) -> npt.NDArray[np.int64]:
    """The lower left cells of all windows of that size that lie wholly inside."""
    if inside.shape[0] < rows or inside.shape[1] < columns:
        return np.empty((0, 2), dtype=np.int64)
    sums = np.zeros((inside.shape[0] + 1, inside.shape[1] + 1), dtype=np.int64)
    sums[1:, 1:] = inside.cumsum(axis=0).cumsum(axis=1)
    within = (
        sums[rows:, columns:]
        - sums[:-rows, columns:]
        - sums[rows:, :-columns]
        + sums[:-rows, :-columns]
    )
    return np.argwhere(within == rows * columns)

"""Place names on a map; a name that does not fit into its outline is left out."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.path import Path

from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.layout import Box, Numbers, simplify_ring
from bot.charts.canvas.typesetting import Style

_CELL_SIZE = 13.0
"""The width and height of the cells of `MapCells`, in pixels.

The value is for a picture of 1600 by 900 pixels.
"""

_MARGIN_CELLS = 2
"""A name needs free space that is this many cells wider and higher than the name.

The extra cells keep the name away from borders.
"""

Cells = npt.NDArray[np.bool_]


class MapCells:
    """A grid of cells over a map, with the cells that are still free for names."""

    def __init__(self, canvas: Canvas, box: Box) -> None:
        """Start with all cells free."""
        self.canvas, self.box, self.cell = canvas, box, canvas.scaled(_CELL_SIZE)
        self.xs = np.arange(box.left + self.cell / 2, box.right, self.cell)
        self.ys = np.arange(box.bottom + self.cell / 2, box.top, self.cell)
        self.free: Cells = np.ones((self.ys.size, self.xs.size), dtype=np.bool_)

    def cells_inside(self, rings: Sequence[Numbers]) -> Cells:
        """Return a mask of the cells inside the largest ring.

        The rings are in pixels; y is counted from the bottom.
        """
        cells: Cells = np.zeros_like(self.free)
        ring = max(rings, key=self._visible_area)
        left, bottom = np.searchsorted(self.xs, ring[:, 0].min()), ring[:, 1].min()
        right, top = np.searchsorted(self.xs, ring[:, 0].max()), ring[:, 1].max()
        rows = slice(*np.searchsorted(self.ys, (bottom, top)))
        columns = slice(left, right)
        across, up = np.meshgrid(self.xs[columns], self.ys[rows])
        points = np.column_stack((across.ravel(), up.ravel()))
        if points.size:
            # The ring is simplified, because points much closer together than the width
            # of a cell would only make the test slower.
            inside = Path(simplify_ring(ring, self.cell / 3)).contains_points(points)
            cells[rows, columns] = inside.reshape(across.shape)
        return cells

    def place_name(self, rings: Sequence[Numbers], text: str, style: Style) -> bool:
        """Draw a name inside `rings`, the outline of its place; return whether it fitted.

        The name is drawn in free cells, as near as possible to the middle of them all.
        """
        wide, high = self.canvas.measure(text, style)
        # This cheap test avoids the slow search if all rings are clearly too small.
        if all(self._visible_area(ring) < wide * high for ring in rings):
            return False
        free_cells = self.cells_inside(rings) & self.free
        columns, rows = (
            int(np.ceil(size / self.cell)) + _MARGIN_CELLS for size in (wide, high)
        )
        spots = _free_windows(free_cells, rows, columns)
        if not spots.size:
            return False
        middle = np.argwhere(free_cells).mean(axis=0) - (
            (rows - 1) / 2,
            (columns - 1) / 2,
        )
        row, column = spots[np.argmin(((spots - middle) ** 2).sum(axis=1))]
        x = self.box.left + (column + columns / 2) * self.cell
        y = self.box.bottom + (row + rows / 2) * self.cell
        self.canvas.draw_text(float(x), float(self.canvas.height - y), text, style)
        self.free[row : row + rows, column : column + columns] = False
        return True

    def reserve(self, rings: Sequence[Numbers]) -> None:
        """Mark the cells inside the largest ring as not free."""
        self.free &= ~self.cells_inside(rings)

    def _visible_area(self, ring: Numbers) -> float:
        """Return the visible area of a ring's bounding box, in square pixels."""
        low, high = ring.min(axis=0), ring.max(axis=0)
        wide = min(high[0], self.box.right) - max(low[0], self.box.left)
        tall = min(high[1], self.box.top) - max(low[1], self.box.bottom)
        return float(max(wide, 0.0) * max(tall, 0.0))


def _free_windows(free_cells: Cells, rows: int, columns: int) -> npt.NDArray[np.int64]:
    """Return the lower left cell of each free window of `rows` x `columns` cells.

    A window is free if the mask `free_cells` is true in all its cells.
    """
    if free_cells.shape[0] < rows or free_cells.shape[1] < columns:
        return np.empty((0, 2), dtype=np.int64)
    # Cumulative sums give the number of free cells in each window, for all windows at
    # once. A window is free if this number equals its size.
    sums = np.zeros((free_cells.shape[0] + 1, free_cells.shape[1] + 1), dtype=np.int64)
    sums[1:, 1:] = free_cells.cumsum(axis=0).cumsum(axis=1)
    within = (
        sums[rows:, columns:]
        - sums[:-rows, columns:]
        - sums[rows:, :-columns]
        + sums[:-rows, :-columns]
    )
    return np.argwhere(within == rows * columns)

"""A picture on a terminal: two of its points in every character, as half blocks."""

import io

import numpy as np
from matplotlib.image import imread
from rich.color import Color
from rich.style import Style
from rich.text import Text

_WIDEST = 100
_HALF = "\N{UPPER HALF BLOCK}"


def thumbnail(png: bytes, width: int) -> Text:
    """`png` in at most `width` columns, each point the mean of what it stands for."""
    points = imread(io.BytesIO(png))[..., :3]
    columns = min(width, _WIDEST)
    rows = round(points.shape[0] / points.shape[1] * columns / 2)
    small = (_shrunk(points, 2 * rows, columns) * 255).astype(int)
    lines = [_line(small[2 * n], small[2 * n + 1]) for n in range(rows)]
    return Text("\n").join(lines)


def _shrunk(points: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """The mean of each of `rows` x `columns` equal parts."""
    high, wide = points.shape[0] // rows * rows, points.shape[1] // columns * columns
    cut = points[:high, :wide]
    parts = cut.reshape(rows, high // rows, columns, wide // columns, 3)
    return np.asarray(parts.mean(axis=(1, 3)))


def _line(upper: np.ndarray, lower: np.ndarray) -> Text:
    line = Text()
    for above, below in zip(upper, lower, strict=True):
        style = Style(color=_color(above), bgcolor=_color(below))
        line.append(_HALF, style=style)
    return line


def _color(point: np.ndarray) -> Color:
    red, green, blue = (int(part) for part in point)
    return Color.from_rgb(red, green, blue)

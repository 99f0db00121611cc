"""A picture on a terminal: two of its points in every character, as half blocks."""

import io
from collections.abc import Iterable

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


_OPEN, _CLOSE = (
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
    "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
)


def marked(body: str, spans: Iterable[tuple[int, int]]) -> Text:
    """`body` with every span between marks, and in red where there are colours."""
    text, at = Text(), 0
    for start, end in _apart(spans):
        text.append(body[at:start])
        text.append(f"{_OPEN}{body[start:end]}{_CLOSE}", style="bold red")
        at = end
    text.append(body[at:])
    return text


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in their order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found

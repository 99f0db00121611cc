"""Shows pictures, and texts with marked words, on a terminal."""

import io
from collections.abc import Iterable

import numpy as np
from matplotlib.image import imread
from rich.color import Color
from rich.style import Style
from rich.text import Text

_MAX_COLUMNS = 100
_HALF_BLOCK = "\N{UPPER HALF BLOCK}"


def thumbnail(png: bytes, width: int) -> Text:
    """Return the picture `png` as lines of coloured half blocks for a terminal.

    The lines have `width` characters, but at most 100. Each character shows two pixels,
    one above the other. The colour of a pixel is the mean colour of the part of the
    picture that the pixel covers.
    """
    image = imread(io.BytesIO(png))[..., :3]
    columns = min(width, _MAX_COLUMNS)
    # A character cell is about twice as high as it is wide.
    rows = round(image.shape[0] / image.shape[1] * columns / 2)
    pixels = (_downscaled(image, 2 * rows, columns) * 255).astype(int)
    lines = [_line(pixels[2 * n], pixels[2 * n + 1]) for n in range(rows)]
    return Text("\n").join(lines)


def _downscaled(image: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Return the mean colour of each of `rows` x `columns` equal parts of `image`.

    Rows at the bottom and columns at the right that are left over after the division
    are not used.
    """
    height = image.shape[0] // rows * rows
    width = image.shape[1] // columns * columns
    parts = image[:height, :width].reshape(
        rows, height // rows, columns, width // columns, 3
    )
    return np.asarray(parts.mean(axis=(1, 3)))


def _line(upper: np.ndarray, lower: np.ndarray) -> Text:
    line = Text()
    for above, below in zip(upper, lower, strict=True):
        style = Style(color=_color(above), bgcolor=_color(below))
        line.append(_HALF_BLOCK, style=style)
    return line


def _color(pixel: np.ndarray) -> Color:
    red, green, blue = (int(channel) for channel in pixel)
    return Color.from_rgb(red, green, blue)


_OPEN, _CLOSE = (
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
    "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
)


def mark_spans(body: str, spans: Iterable[tuple[int, int]]) -> Text:
    """Return `body` with each span (start, end) in angle quotes and in red."""
    text, position = Text(), 0
    for start, end in _merged(spans):
        text.append(body[position:start])
        # The quotes show the span where there are no colours.
        text.append(f"{_OPEN}{body[start:end]}{_CLOSE}", style="bold red")
        position = end
    text.append(body[position:])
    return text


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans sorted, with overlapping spans merged, without empty spans."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged

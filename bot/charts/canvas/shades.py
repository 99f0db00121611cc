"""Shades for levels, shared by heat strips and maps, and their legend."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from matplotlib.colors import to_rgb

from bot.charts.canvas.canvas import Canvas, FillStyle
from bot.charts.canvas.layout import Box, Numbers
from bot.charts.canvas.theme import Theme
from bot.charts.canvas.typesetting import Style

EDGES = (10.0, 25.0, 50.0, 75.0, 90.0)
"""The levels, in percent of normal, at which the shade changes."""
_SWATCH = (78.0, 20.0)


def shade_numbers(percent: Numbers) -> npt.NDArray[np.int64]:
    """Return the number of each level's shade: 0 for the lowest, -1 if missing (P5)."""
    finite = np.isfinite(percent)
    # `searchsorted` needs numbers, so a missing level counts as zero there. The next line
    # sets its step to -1.
    steps = np.searchsorted(EDGES, np.where(finite, percent, 0.0), side="right")
    return np.where(finite, steps, -1).astype(np.int64)


def shade(theme: Theme, level: float | None) -> str:
    """Return the colour of a level (1.0 is normal); None is a missing level."""
    if level is None:
        return theme.void
    return theme.ramp[int(shade_numbers(np.array([100.0 * level]))[0])]


def contrasting_colour(theme: Theme, background: str) -> str:
    """Return `ink` or `paper` of the theme: the one with more contrast to `background`."""
    luminance = _luminance(background)
    return max((theme.ink, theme.paper), key=lambda c: abs(_luminance(c) - luminance))


def _luminance(colour: str) -> float:
    """Return the approximate lightness of a colour, 0 to 1."""
    red, green, blue = to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def draw_legend(
    canvas: Canvas, box: Box, title: str, label_of: Callable[[int], str]
) -> float:
    """Draw the legend of the shades at the top of `box`; return its lower edge.

    The edge is counted from the bottom of the picture.
    """
    em, theme = canvas.scaled, canvas.theme
    wide, high = em(_SWATCH[0]), em(_SWATCH[1])
    style = Style(em(22.0), theme.soft, valign="center")
    middle = box.top - em(26)
    text = canvas.draw_text_at_start(canvas.height - middle, title, style)
    # The scale runs from left to right in all scripts. The last number extends beyond
    # the right end of the scale, so a title at the right needs more space.
    left = text.right + em(18)
    if canvas.rtl:
        left = text.left - em(48) - wide * len(theme.ramp)
    numbers = (0, *(int(edge) for edge in EDGES), 100)
    for number, colour in enumerate(theme.ramp):
        x = left + number * wide
        swatch = Box(x, middle - high / 2, x + wide, middle + high / 2)
        canvas.fill_box(swatch, FillStyle(colour, 2.0, theme.rule, 1.0))
    height = 0.0
    for number, edge in enumerate(numbers):
        x = left + number * wide
        label_style = Style(em(22.0), theme.soft, halign=_halign(number), valign="top")
        y = canvas.height - middle + high / 2 + em(7)
        placed = canvas.draw_text(x, y, label_of(edge), label_style)
        height = max(height, placed.top - placed.bottom)
    return middle - high / 2 - max(em(34), height + em(14))


def _halign(number: int) -> str:
    """Return the alignment of a legend number: "left" for number 0, else "center"."""
    return "center" if number else "left"

"""Levels as shades, the same on strips and maps, with their key."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from matplotlib.colors import to_rgb

from bot.charts.canvas.canvas import Canvas, FillStyle
from bot.charts.canvas.layout import Box, Numbers
from bot.charts.canvas.theme import Theme
from bot.charts.canvas.typesetting import Style

EDGES = (10.0, 25.0, 50.0, 75.0, 90.0)
"""Percent of ordinary at which the shade changes."""
_SWATCH = (78.0, 20.0)


def steps(percent: Numbers) -> npt.NDArray[np.int64]:
    """The step of each level, 0 the lowest; -1 where it is not known (P5)."""
    known = np.isfinite(percent)
    found = np.searchsorted(EDGES, np.where(known, percent, 0.0), side="right")
    return np.where(known, found, -1).astype(np.int64)


def shade(theme: Theme, level: float | None) -> str:
    """The colour of a level, a fraction of ordinary; None is not known."""
    if level is None:
        return theme.void
    return theme.ramp[int(steps(np.array([100.0 * level]))[0])]


def readable(theme: Theme, shade: str) -> str:
    """The theme's colour for words that stand out more from a shade."""
    light = _light(shade)
    apart = {one: abs(_light(one) - light) for one in (theme.ink, theme.paper)}
    return max(apart, key=lambda one: apart[one])


def _light(colour: str) -> float:
    """How light a colour looks, about 0 to 1."""
    red, green, blue = to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def key(sheet: Canvas, box: Box, said: str, say: Callable[[int], str]) -> float:
    """Draw the key where reading starts on `box`'s top; returns its lower edge, upwards."""
    em, theme = sheet.em, sheet.theme
    wide, high = em(_SWATCH[0]), em(_SWATCH[1])
    style = Style(em(22.0), theme.soft, up="center")
    middle = box.top - em(26)
    text = sheet.start(sheet.height - middle, said, style)
    room = wide * len(theme.ramp) + em(18)
    # Numbers grow to the right in every script.
    left = text.left - room if sheet.rtl else text.right + em(18)
    numbers = (0, *(int(edge) for edge in EDGES), 100)
    for number, colour in enumerate(theme.ramp):
        x = left + number * wide
        field = Box(x, middle - high / 2, x + wide, middle + high / 2)
        sheet.area(field, FillStyle(colour, 2.0, theme.rule, 1.0))
    deep = 0.0
    for number, edge in enumerate(numbers):
        x = left + number * wide
        label = Style(em(22.0), theme.soft, across=_across(number), up="top")
        y = sheet.height - middle + high / 2 + em(7)
        put = sheet.put(x, y, say(edge), label)
        deep = max(deep, put.top - put.bottom)
    return middle - high / 2 - max(em(34), deep + em(14))


def _across(number: int) -> str:
    """How an edge's number stands at it: the first one not before the key."""
    return "center" if number else "left"

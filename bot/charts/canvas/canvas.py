"""A blank picture of fixed size, on which text is put and measured in pixels."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
from matplotlib import rcParams
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

from bot.charts.canvas import fonts, typesetting
from bot.charts.canvas.encoders import encode, lean
from bot.charts.canvas.layout import Box, Numbers
from bot.charts.canvas.theme import LIGHT, POST, Size, Theme
from bot.charts.canvas.typesetting import Style

_DPI = 72
"""One point is one pixel, in a PNG as in an SVG."""
_LEADING = 1.3
_APART = 0.12
"""The least space between the ink of two lines, by size of type."""
_CAPS = 0.71
"""Height of capitals, by size of type."""
_SALT = "outagewire"
"""Names within an SVG come from what they name, so the same input is the same file."""


@dataclass(frozen=True, slots=True)
class FillStyle:
    """How a field looks: its fill, what lies above what, its rim, `hatch` over it."""

    fill: str
    layer: float = 1.0
    rim: str = "none"
    width: float = 0.0
    alpha: float | None = None
    hatch: str | None = None


class TextRun(Artist):
    """One line of text that starts where it is told; it is measured before, once."""

    def __init__(self, text: str, style: Style, x: float, y: float) -> None:
        """`x` is the left end of the text, `y` its baseline, upwards."""
        super().__init__()
        self.text, self.style, self.x, self.y = text, style, x, y
        self.set_zorder(6)

    def draw(self, renderer: RendererBase) -> None:
        """Shape and paint it."""
        style = self.style
        context = renderer.new_gc()
        context.set_foreground(style.colour)
        if isinstance(renderer, RendererAgg):
            # What has been drawn once is ink at hand: most words of a chart are.
            ink = fonts.ink(self.text, style.weight, style.size)
            at = (round(self.x) - ink.left, round(self.y) - ink.below)
            renderer.draw_image(context, *at, ink.coloured(style.colour))
        else:
            font = fonts.font_of(self.text, style.weight, style.size)
            _, height = renderer.get_canvas_width_height()
            y = height - self.y if renderer.flipy() else self.y
            renderer.draw_text(context, self.x, y, self.text, font, 0.0)
        context.restore()


class Canvas:
    """A figure in pixels, y downwards, that remembers where text stands already.

    Attributes:
        rtl: whether it is read from the right: then head and foot begin there.
        taken: the boxes of the texts, y upwards; said: the texts, in the same order.
        runs: the lines of text.
    """

    def __init__(
        self, theme: Theme = LIGHT, size: Size = POST, *, rtl: bool = False
    ) -> None:
        """An empty sheet."""
        _prepare()
        self.theme, self.size, self.rtl = theme, size, rtl
        self.width, self.height = size.width, size.height
        self.figure = Figure(
            figsize=(size.width / _DPI, size.height / _DPI),
            dpi=_DPI,
            facecolor=theme.paper,
        )
        self.taken: list[Box] = []
        self.said: list[str] = []
        self.runs: list[TextRun] = []

    @property
    def room(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.size.margin

    def em(self, size: float) -> float:
        """A size of type or a space that is right for a sheet of 1600 by 900."""
        return size * self.size.unit

    def put(self, x: float, y: float, text: str, style: Style) -> Box:
        """Write `text`; the box it takes (y upwards) is returned and remembered."""
        box = self.box(x, y, text, style)
        if style.field:
            self.area(box.grown(self.em(4)), FillStyle(style.field, 5.5))
        for line, left, base in self._placed(x, y, text, style):
            run = TextRun(line, style, left, base)
            self.figure.add_artist(run, clip=False)
            self.runs.append(run)
        self.taken.append(box)
        self.said.append(text)
        return box

    def start(self, y: float, text: str, style: Style, indent: float = 0.0) -> Box:
        """Write `text` at the side where reading starts, within the margin."""
        x = self.size.margin + indent
        if self.rtl:
            return self.put(self.width - x, y, text, replace(style, across="right"))
        return self.put(x, y, text, style)

    def end(self, y: float, text: str, style: Style) -> Box:
        """Write `text` at the other side, within the margin."""
        x = self.size.margin
        if self.rtl:
            return self.put(x, y, text, style)
        return self.put(self.width - x, y, text, replace(style, across="right"))

    def box(self, x: float, y: float, text: str, style: Style) -> Box:
        """Where the ink of `text` would stand, y upwards."""
        found = Box(x, self.height - y, x, self.height - y)
        placed = list(self._placed(x, y, text, style))
        for number, (line, left, base) in enumerate(placed):
            wide, above, below = fonts.extent(line, style.weight, style.size)
            one = Box(left, base - below, left + wide, base + above)
            found = found.around(one) if number else one
        return found

    def measure(self, text: str, style: Style) -> tuple[float, float]:
        """Width and height that the ink of `text` would take."""
        box = self.box(0.0, 0.0, text, style)
        return box.right - box.left, box.top - box.bottom

    def ink(self, text: str, style: Style) -> tuple[float, float, float]:
        """Width of one line of text, and its ink above and below the baseline."""
        return fonts.extent(text, style.weight, style.size)

    def wrap(self, text: str, style: Style, width: float) -> list[str]:
        """`text` in lines no wider than `width` (see `setting`)."""
        return typesetting.wrap(text, style, width)

    def clauses(self, text: str, style: Style, width: float) -> list[str]:
        """`text` in lines that break between its clauses, where these fit on one."""
        return typesetting.clauses(text, style, width, self.em(1))

    def fitted(
        self, text: str, style: Style, width: float, least: float, most: int
    ) -> tuple[list[str], Style]:
        """Lines and style: set smaller, down to `least`, until `most` lines do."""
        return typesetting.fitted(text, style, width, (least, most), self.em(1))

    def balanced(self, lines: Sequence[str], style: Style) -> list[str]:
        """The same text on as many lines, as even in width as can be."""
        return typesetting.balanced(lines, style, self.em(1))

    def wide(self, text: str, style: Style) -> float:
        """Width of one line of text."""
        return typesetting.wide(text, style)

    def rule(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        width: float = 1.2,
        layer: float = 2.0,
        dashes: tuple[float, ...] | None = None,
    ) -> Line2D:
        """A line through points (x, y downwards)."""
        xs, ys = zip(*points, strict=True)
        drawn = self.line(np.array(xs), np.array(ys), colour, width, layer)
        if dashes:
            drawn.set_dashes(dashes)
        return drawn

    def line(
        self, xs: Numbers, ys: Numbers, colour: str, width: float, layer: float = 4.0
    ) -> Line2D:
        """A line that breaks where a y (downwards) is missing."""
        drawn = Line2D(
            xs,
            self.height - ys,
            color=colour,
            linewidth=self.em(width),
            transform=IdentityTransform(),
            zorder=layer,
            solid_joinstyle="round",
            solid_capstyle="round" if len(xs) > 2 else "butt",
        )
        self.figure.add_artist(drawn, clip=False)
        return drawn

    def dots(
        self, xs: Numbers, ys: Numbers, colour: str, width: float, layer: float = 4.0
    ) -> Line2D:
        """A dot at each point (y downwards)."""
        drawn = self.line(xs, ys, colour, 0.0, layer)
        drawn.set(marker="o", markersize=self.em(width), markeredgewidth=0)
        return drawn

    def area(self, box: Box, paint: FillStyle) -> PathPatch:
        """A rectangle."""
        return self.shape(Path(box.corners), paint)

    def shape(
        self, path: Path, paint: FillStyle, within: Box | None = None
    ) -> PathPatch:
        """A field of any shape (y upwards), cut off at the edges of `within`."""
        still = IdentityTransform()
        drawn = PathPatch(
            path,
            facecolor=paint.fill,
            edgecolor=paint.rim,
            linewidth=self.em(paint.width),
            alpha=paint.alpha,
            hatch=paint.hatch,
            transform=still,
            zorder=paint.layer,
        )
        self.figure.add_artist(drawn, clip=False)
        if within is not None:
            drawn.set_clip_path(Path(within.corners), still)
        return drawn

    def hatched(self, box: Box, layer: float = 1.2) -> PathPatch:
        """A field of which nothing is known."""
        theme = self.theme
        return self.area(
            box, FillStyle(theme.paper, layer, rim=theme.rule, width=0.0, hatch="///")
        )

    def badge(self, x: float, y: float, text: str, colour: str) -> Box:
        """Text in the paper's colour on a rounded field; `x` is its outer start."""
        style = Style(self.em(22), self.theme.paper, "bold", up="center")
        pad, half = self.em(13), self.em(19)
        wide = self.wide(text, style) + 2 * pad
        left = x - wide if self.rtl else x
        self.put(left + pad, y, text, style)
        field = Box(left, self.height - y - half, left + wide, self.height - y + half)
        self.figure.add_artist(
            FancyBboxPatch(
                (field.left, field.bottom),
                wide,
                2 * half,
                boxstyle=f"round,pad=0,rounding_size={self.em(7)}",
                facecolor=colour,
                edgecolor="none",
                transform=IdentityTransform(),
                zorder=5,
            ),
            clip=False,
        )
        return field

    def png(self) -> bytes:
        """The picture as a PNG; the same input is the same file (P14)."""
        canvas = FigureCanvasAgg(self.figure)
        # matplotlib gives no types for these two calls.
        canvas.draw()  # type: ignore[no-untyped-call]
        return encode(np.asarray(canvas.buffer_rgba()))  # type: ignore[no-untyped-call]

    def svg(self) -> bytes:
        """The picture as an SVG: letters are outlines, so that it looks the same."""
        stream = io.StringIO()
        # matplotlib gives no types for this call.
        FigureCanvasSVG(self.figure).print_svg(  # type: ignore[no-untyped-call]
            stream, metadata={"Date": None, "Creator": None}
        )
        return lean(stream.getvalue())

    def _placed(
        self, x: float, y: float, text: str, style: Style
    ) -> Iterator[tuple[str, float, float]]:
        """Each line with its left end and its baseline, upwards."""
        lines = text.split("\n")
        if self.rtl:
            lines = [fonts.from_right(line) for line in lines]
        falls = self.falls(lines, style)
        caps = style.size * _CAPS
        first = {
            "baseline": y,
            "top": y + caps,
            "center": y + (caps - falls[-1]) / 2,
        }[style.up]
        for line, fall in zip(lines, falls, strict=True):
            wide = self.wide(line, style)
            left = {"left": x, "right": x - wide, "center": x - wide / 2}[style.across]
            yield line, left, self.height - (first + fall)

    def falls(
        self, lines: Sequence[str], style: Style, leading: float = _LEADING
    ) -> list[float]:
        """How far each line's baseline is below the first one's.

        Scripts that stand higher or hang lower than Latin get the room they take.
        """
        found = [0.0] * min(len(lines), 1)
        for upper, lower in pairwise(lines):
            ink = self.ink(upper, style)[2] + self.ink(lower, style)[1]
            step = max(leading * style.size, ink + _APART * style.size)
            found.append(found[-1] + step)
        return found


@lru_cache(maxsize=1)
def _prepare() -> None:
    """What matplotlib keeps for the whole process, and we want otherwise."""
    # Letters stand where their outlines do, in a PNG as in an SVG.
    rcParams["text.hinting"] = "no_hinting"
    rcParams["svg.hashsalt"] = _SALT
    rcParams["hatch.linewidth"] = 1.0

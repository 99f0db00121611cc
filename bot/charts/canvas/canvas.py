"""A picture of fixed size on which text and shapes are drawn, in pixels."""

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
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

from bot.charts.canvas import fonts, typesetting
from bot.charts.canvas.encoders import compact_svg, encode
from bot.charts.canvas.layout import Box, Numbers
from bot.charts.canvas.svg import write_svg
from bot.charts.canvas.theme import LIGHT, POST, Size, Theme
from bot.charts.canvas.typesetting import Style
from bot.text.fitting.direction import from_right, mark_rtl

_DPI = 72
"""Dots per inch: with 72, one point is one pixel, in PNG and in SVG."""
_LINE_SPACING = 1.3
_MIN_GAP = 0.12
"""The least space between the letters of two lines, as a share of the text size."""
_CAP_HEIGHT = 0.71
"""The height of capitals, as a share of the text size."""
_SALT = "outagewire"
"""The salt of the ids in an SVG; as it is fixed, equal pictures get equal ids (P14)."""


@dataclass(frozen=True, slots=True)
class FillStyle:
    """The look of a filled shape; a higher `layer` is drawn above a lower one."""

    fill: str
    layer: float = 1.0
    edge: str = "none"
    width: float = 0.0
    alpha: float | None = None
    hatch: str | None = None


class TextRun(Artist):
    """One line of text, drawn at a position that its creator has computed."""

    def __init__(self, text: str, style: Style, x: float, y: float) -> None:
        """Place the text with its left end at `x` and its baseline at `y`.

        `y` is counted from the bottom of the picture.
        """
        super().__init__()
        self.text, self.style, self.x, self.y = text, style, x, y
        self.set_zorder(6)

    def draw(self, renderer: RendererBase) -> None:
        """Draw the text with a renderer for PNG or for SVG."""
        style = self.style
        context = renderer.new_gc()
        context.set_foreground(style.colour)
        if isinstance(renderer, RendererAgg):
            # Most texts are drawn more than once, so their pixels are cached.
            ink = fonts.text_pixels(self.text, style.weight, style.size)
            at = (round(self.x) - ink.left, round(self.y) - ink.below)
            renderer.draw_image(context, *at, ink.coloured(style.colour))
        else:
            font = fonts.fonts_for(self.text, style.weight, style.size)
            _, height = renderer.get_canvas_width_height()
            y = height - self.y if renderer.flipy() else self.y
            renderer.draw_text(context, self.x, y, self.text, font, 0.0)
        context.restore()


class Canvas:
    """A picture that records the texts drawn on it; all positions are in pixels.

    A parameter `y` is counted from the top of the picture; the y values of boxes and
    paths are counted from the bottom.

    Attributes:
        rtl: whether text starts at the right, as in Arabic.
        text_boxes: the box of each drawn text.
        texts: the drawn texts, in the order of `text_boxes`.
        text_runs: the lines of all drawn texts.
        plot: the data about the plot that `svg` writes into the file; None for none.
    """

    def __init__(
        self, theme: Theme = LIGHT, size: Size = POST, *, rtl: bool = False
    ) -> None:
        """Create an empty picture."""
        # Importing a module must not change the options of matplotlib, so the first
        # canvas sets them.
        _configure_matplotlib()
        self.theme, self.size, self.rtl = theme, size, rtl
        self.width, self.height = size.width, size.height
        self.figure = Figure(
            figsize=(size.width / _DPI, size.height / _DPI),
            dpi=_DPI,
            facecolor=theme.paper,
        )
        self.text_boxes: list[Box] = []
        self.texts: list[str] = []
        self.text_runs: list[TextRun] = []
        self.plot: str | None = None

    @property
    def content_width(self) -> float:
        """The width between the margins, in pixels."""
        return self.width - 2 * self.size.margin

    def scaled(self, size: float) -> float:
        """Scale a length to this picture; `size` is for a picture of 1600 by 900."""
        return size * self.size.unit

    def draw_text(self, x: float, y: float, text: str, style: Style) -> Box:
        """Draw `text`, record it, and return its box; `y` is counted from the top."""
        box = self.text_box(x, y, text, style)
        # Texts are on layer 6, so a background on layer 5.5 hides shapes but no text.
        if style.background:
            self.fill_box(box.padded(self.scaled(4)), FillStyle(style.background, 5.5))
        for line, left, base in self._place_lines(x, y, text, style):
            run = TextRun(line, style, left, base)
            self.figure.add_artist(run, clip=False)
            self.text_runs.append(run)
        self.text_boxes.append(box)
        self.texts.append(text)
        return box

    def draw_text_at_start(
        self, y: float, text: str, style: Style, indent: float = 0.0
    ) -> Box:
        """Draw `text` at the left margin; if `rtl` is true, at the right margin."""
        x = self.size.margin + indent
        if self.rtl:
            return self.draw_text(
                self.width - x, y, text, replace(style, halign="right")
            )
        return self.draw_text(x, y, text, style)

    def draw_text_at_end(self, y: float, text: str, style: Style) -> Box:
        """Draw `text` at the right margin; if `rtl` is true, at the left margin."""
        x = self.size.margin
        if self.rtl:
            return self.draw_text(x, y, text, style)
        return self.draw_text(self.width - x, y, text, replace(style, halign="right"))

    def text_box(self, x: float, y: float, text: str, style: Style) -> Box:
        """Return the box that `text` would fill, without drawing it.

        `y` is counted from the top, the box from the bottom.
        """
        box = Box(x, self.height - y, x, self.height - y)
        placed = list(self._place_lines(x, y, text, style))
        for number, (line, left, base) in enumerate(placed):
            wide, above, below = fonts.extent(line, style.weight, style.size)
            line_box = Box(left, base - below, left + wide, base + above)
            box = box.union(line_box) if number else line_box
        return box

    def measure(self, text: str, style: Style) -> tuple[float, float]:
        """Return the width and the height that `text` fills, in pixels."""
        box = self.text_box(0.0, 0.0, text, style)
        return box.right - box.left, box.top - box.bottom

    def text_extent(self, text: str, style: Style) -> tuple[float, float, float]:
        """Return a line's width, height above the baseline and depth below it."""
        return fonts.extent(text, style.weight, style.size)

    def wrap(self, text: str, style: Style, width: float) -> list[str]:
        """Break `text` into lines no wider than `width` (see `typesetting`)."""
        return typesetting.wrap(text, style, width)

    def wrap_clauses(self, text: str, style: Style, width: float) -> list[str]:
        """Break `text` into lines of at most `width`, between clauses if possible."""
        return typesetting.wrap_clauses(text, style, width, self.scaled(1))

    def fit_text(
        self, text: str, style: Style, width: float, min_size: float, max_lines: int
    ) -> tuple[list[str], Style]:
        """Break `text` into at most `max_lines` lines; return the lines and their style.

        The text size is reduced as far as needed, but not below `min_size`. At the size
        `min_size` there may be more lines than `max_lines`.
        """
        return typesetting.fit_text(
            text, style, width, (min_size, max_lines), self.scaled(1)
        )

    def balance_lines(self, lines: Sequence[str], style: Style) -> list[str]:
        """Break the text again, so that its lines have nearly equal widths.

        The number of lines does not grow.
        """
        return typesetting.balance_lines(lines, style, self.scaled(1))

    def text_width(self, text: str, style: Style) -> float:
        """Return the width of one line of text, in pixels."""
        return typesetting.text_width(text, style)

    def polyline(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        width: float = 1.2,
        layer: float = 2.0,
        dashes: tuple[float, ...] | None = None,
    ) -> Line2D:
        """Draw a line through points (x, y); y is counted from the top."""
        xs, ys = zip(*points, strict=True)
        drawn = self.line(np.array(xs), np.array(ys), colour, width, layer)
        if dashes:
            drawn.set_dashes(dashes)
        return drawn

    def line(
        self, xs: Numbers, ys: Numbers, colour: str, width: float, layer: float = 4.0
    ) -> Line2D:
        """Draw a line with gaps where y is NaN; y is counted from the top."""
        drawn = Line2D(
            xs,
            self.height - ys,
            color=colour,
            linewidth=self.scaled(width),
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
        """Draw a dot at each point; y is counted from the top."""
        drawn = self.line(xs, ys, colour, 0.0, layer)
        drawn.set(marker="o", markersize=self.scaled(width), markeredgewidth=0)
        return drawn

    def fill_box(self, box: Box, fill_style: FillStyle) -> PathPatch:
        """Draw a filled rectangle."""
        return self.fill_path(Path(box.corners), fill_style)

    def fill_path(
        self, path: Path, fill_style: FillStyle, within: Box | None = None
    ) -> PathPatch:
        """Draw a filled path; `within`, if given, cuts off what is outside this box.

        The y values of the path are counted from the bottom of the picture.
        """
        identity = IdentityTransform()
        drawn = PathPatch(
            path,
            facecolor=fill_style.fill,
            edgecolor=fill_style.edge,
            linewidth=self.scaled(fill_style.width),
            alpha=fill_style.alpha,
            hatch=fill_style.hatch,
            transform=identity,
            zorder=fill_style.layer,
        )
        self.figure.add_artist(drawn, clip=False)
        if within is not None:
            drawn.set_clip_path(Path(within.corners), identity)
        return drawn

    def hatch_box(self, box: Box, layer: float = 1.2) -> PathPatch:
        """Draw the hatching that means "no data"."""
        theme = self.theme
        return self.fill_box(
            box, FillStyle(theme.paper, layer, edge=theme.rule, width=0.0, hatch="///")
        )

    def badge(self, x: float, y: float, text: str, colour: str) -> Box:
        """Draw text on a coloured rounded box; return the box.

        The box begins at `x`, where reading starts: `x` is the box's left side, or the
        right side if `rtl` is true. The box's middle is at `y`, counted from the top.
        """
        style = Style(self.scaled(22), self.theme.paper, "bold", valign="center")
        pad, half = self.scaled(13), self.scaled(19)
        wide = self.text_width(text, style) + 2 * pad
        left = x - wide if self.rtl else x
        self.draw_text(left + pad, y, text, style)
        field = Box(left, self.height - y - half, left + wide, self.height - y + half)
        self.figure.add_artist(
            FancyBboxPatch(
                (field.left, field.bottom),
                wide,
                2 * half,
                boxstyle=f"round,pad=0,rounding_size={self.scaled(7)}",
                facecolor=colour,
                edgecolor="none",
                transform=IdentityTransform(),
                zorder=5,
            ),
            clip=False,
        )
        return field

    def png(self) -> bytes:
        """Encode the picture as PNG; the same input gives the same file (P14)."""
        renderer = FigureCanvasAgg(self.figure)
        # matplotlib gives no types for these two calls.
        renderer.draw()  # type: ignore[no-untyped-call]
        return encode(np.asarray(renderer.buffer_rgba()))  # type: ignore[no-untyped-call]

    def svg(self) -> bytes:
        """Encode the picture as SVG; letters are outlines, so no fonts are needed."""
        stream = io.StringIO()
        write_svg(self.figure, stream)
        svg = stream.getvalue()
        if self.plot is not None:
            svg = svg.replace("<svg ", f'<svg data-plot="{self.plot}" ', 1)
        return compact_svg(svg)

    def _place_lines(
        self, x: float, y: float, text: str, style: Style
    ) -> Iterator[tuple[str, float, float]]:
        """Yield each line of `text` with its left end and its baseline.

        `y` is counted from the top, the baseline from the bottom of the picture.
        """
        mark = from_right if self.rtl else mark_rtl
        lines = [mark(line) for line in text.split("\n")]
        offsets = self.baseline_offsets(lines, style)
        caps = style.size * _CAP_HEIGHT
        first = {
            "baseline": y,
            "top": y + caps,
            "center": y + (caps - offsets[-1]) / 2,
        }[style.valign]
        for line, offset in zip(lines, offsets, strict=True):
            wide = self.text_width(line, style)
            left = {"left": x, "right": x - wide, "center": x - wide / 2}[style.halign]
            yield line, left, self.height - (first + offset)

    def baseline_offsets(
        self, lines: Sequence[str], style: Style, leading: float = _LINE_SPACING
    ) -> list[float]:
        """Return how far each line's baseline is below the first baseline.

        Scripts that are taller or deeper than Latin get more line height.
        """
        offsets = [0.0] * min(len(lines), 1)
        for upper, lower in pairwise(lines):
            ink = self.text_extent(upper, style)[2] + self.text_extent(lower, style)[1]
            step = max(leading * style.size, ink + _MIN_GAP * style.size)
            offsets.append(offsets[-1] + step)
        return offsets


@lru_cache(maxsize=1)
def _configure_matplotlib() -> None:
    """Set matplotlib's process-wide options, once."""
    # Hinting would move letters in PNG but not in SVG. Text must be at the same place
    # in both formats.
    rcParams["text.hinting"] = "no_hinting"
    rcParams["svg.hashsalt"] = _SALT
    rcParams["hatch.linewidth"] = 1.0

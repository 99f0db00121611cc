"""A blank picture of fixed size, on which text is put and measured in pixels."""

import io
from dataclasses import dataclass

import ttf_opensans
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from bot.rendering.chart_layout import Box

WIDTH, HEIGHT = 1600, 900
_DPI = 100
_POINTS = 72.0 / _DPI


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours; `lines` are told apart by people who see colours differently, too."""

    paper: str = "#ffffff"
    ink: str = "#12161c"
    soft: str = "#56606b"
    faint: str = "#e3e7eb"
    rule: str = "#c9d0d6"
    alarm: str = "#c8102e"
    tint: str = "#f9ecee"
    band: str = "#dfe5e9"
    calm: str = "#2f3e4e"
    good: str = "#1d6b4f"
    note: str = "#7a5200"
    lines: tuple[str, ...] = ("#1b6ca8", "#7b4f9d", "#9a6a00", "#4c7a80")


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks; `size` in pixels; `field` is the colour behind it."""

    size: float
    colour: str
    weight: str = "regular"
    across: str = "left"
    up: str = "baseline"
    field: str = "none"


class Sheet:
    """A figure in pixels, y downwards, that remembers where text stands already."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.figure = Figure(
            figsize=(WIDTH / _DPI, HEIGHT / _DPI), dpi=_DPI, facecolor=theme.paper
        )
        self._canvas = FigureCanvasAgg(self.figure)
        # matplotlib gives no types for these two calls.
        self._renderer = self._canvas.get_renderer()  # type: ignore[no-untyped-call]
        self.taken: list[Box] = []

    def axes(self, left: float, top: float, right: float, bottom: float) -> Axes:
        """Bare axes in that rectangle: everything else is drawn on purpose."""
        place = (
            left / WIDTH,
            1 - bottom / HEIGHT,
            (right - left) / WIDTH,
            (bottom - top) / HEIGHT,
        )
        axes = self.figure.add_axes(place)
        axes.set_axis_off()
        return axes

    def put(self, x: float, y: float, text: str, style: Style) -> Box:
        """Write `text`; the box it takes (y upwards) is returned and remembered."""
        artist = self.figure.text(
            x / WIDTH,
            1 - y / HEIGHT,
            text,
            fontproperties=_font(style),
            color=style.colour,
            ha=style.across,
            va=style.up,
            linespacing=1.3,
            parse_math=False,
            backgroundcolor=style.field,
        )
        extent = artist.get_window_extent(self._renderer)
        box = Box(extent.x0, extent.y0, extent.x1, extent.y1)
        self.taken.append(box)
        return box

    def measure(self, text: str, style: Style) -> tuple[float, float]:
        """Width and height that `text` would take."""
        artist = self.figure.text(
            0, 0, text, fontproperties=_font(style), linespacing=1.3, parse_math=False
        )
        extent = artist.get_window_extent(self._renderer)
        artist.remove()
        return float(extent.width), float(extent.height)

    def wrap(self, text: str, style: Style, width: float) -> list[str]:
        """`text` in lines no wider than `width`, broken at spaces."""
        lines: list[str] = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.measure(longer, style)[0] <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def rule(self, points: tuple[float, float, float, float], colour: str) -> None:
        """A thin straight line from (x, y) to (x, y)."""
        left, y, right, end = points
        self.figure.add_artist(
            Line2D(
                [left / WIDTH, right / WIDTH],
                [1 - y / HEIGHT, 1 - end / HEIGHT],
                color=colour,
                linewidth=1.0 * _POINTS,
            )
        )

    def badge(self, x: float, y: float, text: str, colour: str) -> Box:
        """White capitals on a rounded field whose left edge is at `x`."""
        style = Style(17, self.theme.paper, "bold", up="center_baseline")
        box = self.put(x + 12, y, text, style)
        field = Box(x, box.bottom - 9, box.right + 12, box.top + 9)
        self.figure.patches.append(
            FancyBboxPatch(
                (field.left, field.bottom),
                field.right - field.left,
                field.top - field.bottom,
                boxstyle="round,pad=0,rounding_size=6",
                facecolor=colour,
                edgecolor="none",
                transform=None,
                figure=self.figure,
            )
        )
        return field

    def png(self) -> bytes:
        """The picture; no date and no version in it, so the same input is the same file."""
        stream = io.BytesIO()
        self._canvas.print_png(  # type: ignore[no-untyped-call]
            stream, metadata={"Software": None}
        )
        return stream.getvalue()


def _font(style: Style) -> FontProperties:
    """Open Sans from the package that carries it: the same on every machine."""
    files = {
        "regular": ttf_opensans.OPENSANS_REGULAR,
        "semibold": ttf_opensans.OPENSANS_SEMIBOLD,
        "bold": ttf_opensans.OPENSANS_BOLD,
        "extrabold": ttf_opensans.OPENSANS_EXTRABOLD,
    }
    path = str(files[style.weight].path)
    return FontProperties(fname=path, size=style.size * _POINTS)

"""Write a figure as SVG, with letters as outlines.

The layout of each text is cached, so a text that repeats is laid out only once.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TextIO

from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.textpath import TextToPath

_POINTS_PER_INCH = 72
# By default, matplotlib writes the date and its own version into the file. The same
# input would then give different files (P14).
_METADATA = {"Date": None, "Creator": None}
# A glyph in the form that matplotlib uses: (name, x, y, scale).
_Glyph = tuple[str, float, float, float]
_Outlines = Mapping[str, Any]
_OUTLINES: dict[str, Any] = {}
"""The outline of each glyph, by its name, which contains the font's PostScript name."""


def write_svg(figure: Figure, stream: TextIO) -> None:
    """Write `figure` to `stream` as SVG; the same figure gives the same text.

    matplotlib's `FigureCanvasSVG.print_svg` is not used, because it cannot be given a
    renderer.
    """
    width, height = (
        float(side) * _POINTS_PER_INCH for side in figure.get_size_inches()
    )
    renderer = _Renderer(width, height, stream)
    figure.draw(renderer)
    # matplotlib gives no types for this call.
    renderer.finalize()  # type: ignore[no-untyped-call]


class _Renderer(RendererSVG):
    """matplotlib's SVG renderer, but with the cached text layout of `_TextToPath`."""

    def __init__(self, width: float, height: float, stream: TextIO) -> None:
        # matplotlib gives no types for this call.
        super().__init__(  # type: ignore[no-untyped-call]
            width, height, stream, image_dpi=_POINTS_PER_INCH, metadata=_METADATA
        )
        self._text2path = _TextToPath()


class _TextToPath(TextToPath):
    """matplotlib's text layout with a cache.

    Layout is half of the work of writing an SVG, and most texts repeat.
    """

    def get_glyphs_with_font(  # type: ignore[override] # other arguments are not used
        self,
        font: FT2Font,
        s: str,
        glyph_map: _Outlines | None = None,
        *_: object,
        **_options: object,
    ) -> tuple[list[_Glyph], _Outlines, list[object]]:
        """Return the glyphs, the outlines that `glyph_map` lacks, and an empty list."""
        # Charts set no font features and no language, so the layout depends only on
        # font and text.
        glyphs, outlines = _layout(font, s)
        defined = glyph_map or {}
        new = {name: path for name, path in outlines.items() if name not in defined}
        return list(glyphs), new, []


@lru_cache(maxsize=4096)
def _layout(font: FT2Font, text: str) -> tuple[tuple[_Glyph, ...], _Outlines]:
    glyphs, outlines, _ = TextToPath().get_glyphs_with_font(font, text)
    # Texts share letters, so most memory is saved by keeping each outline only once.
    shared = {name: _OUTLINES.setdefault(name, path) for name, path in outlines.items()}
    return tuple(glyphs), shared

"""Type from packages, the same on every machine: Open Sans, and Noto where it ends.

matplotlib shapes text with HarfBuzz and goes through a list of families until one has
the letter; here each weight of each script is a family of its own. What a text does not
need is not loaded.
"""

import atexit
import math
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from tempfile import mkdtemp

import manimgx_fonts
import numpy as np
import numpy.typing as npt
import pylopdf_fonts_zh_cn
import regex
import ttf_opensans
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontEntry, FontProperties, fontManager, get_font

from bot.errors import RenderingError

WEIGHTS = {"regular": 400, "semibold": 600, "bold": 700, "extrabold": 800}
_LATIN = {
    "regular": ttf_opensans.OPENSANS_REGULAR,
    "semibold": ttf_opensans.OPENSANS_SEMIBOLD,
    "bold": ttf_opensans.OPENSANS_BOLD,
    "extrabold": ttf_opensans.OPENSANS_EXTRABOLD,
}
_NOTO = {
    "Arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff",
    "Devanagari": "\u0900-\u097f\ua8e0-\ua8ff",
    "Myanmar": "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f",
    "Hebrew": "\u0590-\u05ff\ufb1d-\ufb4f",
    "Bengali": "\u0980-\u09ff",
    "Gurmukhi": "\u0a00-\u0a7f",
    "Gujarati": "\u0a80-\u0aff",
    "Oriya": "\u0b00-\u0b7f",
    "Tamil": "\u0b80-\u0bff",
    "Telugu": "\u0c00-\u0c7f",
    "Kannada": "\u0c80-\u0cff",
    "Malayalam": "\u0d00-\u0d7f",
    "Sinhala": "\u0d80-\u0dff",
    "Georgian": "\u10a0-\u10ff",
    "Ethiopic": "\u1200-\u139f",
    "Thai": "\u0e00-\u0e7f",
    "Lao": "\u0e80-\u0eff",
    "Khmer": "\u1780-\u17ff",
    "Armenian": "\u0530-\u058f",
}
_CHINESE = "\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FROM_RIGHT = "\u200f"
_SHOWN = re.compile(r"[^\s\u200b-\u200f\u202a-\u202e\u2060-\u2069]")


def is_rtl(text: str) -> bool:
    """Whether a text is read from the right, whatever names of other scripts are in it."""
    letters = [c for c in text if c.isalpha()]
    return 3 * sum(bool(_RTL.match(c)) for c in letters) > len(letters)


def from_right(line: str) -> str:
    """A line of a text that is read from the right, so that it stays in order.

    A line is put in order by the first letter in it. One that begins with a name in
    Latin letters would be told from the left, so a mark that is not seen goes before it.
    """
    first = next((c for c in line if c.isalpha()), "")
    if _RTL.match(first) or not _RTL.search(line):
        return line
    return f"{_FROM_RIGHT}{line}"


def font_of(text: str, weight: str, size: float) -> FontProperties:
    """The families that `text` needs, in that weight; `size` in points."""
    return _properties(_families(text, weight), size)


@lru_cache(maxsize=16384)
def extent(text: str, weight: str, size: float) -> tuple[float, float, float]:
    """Width, ink above the baseline and ink below it, in points.

    Raises:
        RenderingError: no family has a glyph for some of it: an empty box says nothing.
    """
    if lacking := missing(text, weight):
        raise RenderingError(f"no glyph for {lacking!r} in {text!r}")
    # matplotlib gives no types for this call.
    width, height, below = _ruler().get_text_width_height_descent(  # type: ignore[no-untyped-call]
        text, font_of(text, weight, size), ismath=False
    )
    return float(width), float(height - below), float(below)


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """One line of text as it is drawn, in pixels.

    Attributes:
        cover: how much of each pixel is covered, 0 to 255; rows from the bottom.
        left, below: from its left and lower edge to where the text begins.
    """

    cover: npt.NDArray[np.uint8]
    left: int
    below: int

    def coloured(self, colour: str) -> npt.NDArray[np.uint8]:
        """The same in a colour, n x m x red, green, blue and cover."""
        painted = np.empty((*self.cover.shape, 4), dtype=np.uint8)
        painted[...] = np.rint(255 * np.array(to_rgba(colour))).astype(np.uint8)
        painted[..., 3] = self.cover
        return painted


@lru_cache(maxsize=512)
def ink(text: str, weight: str, size: float) -> Ink:
    """What `text` covers of a sheet where it begins on a whole pixel.

    Raises:
        RenderingError: no family has a glyph for some of it.
    """
    wide, above, below = extent(text, weight, size)
    # Letters may reach beyond the room that is kept for them.
    pad = math.ceil(size)
    low, high = math.ceil(below) + pad, math.ceil(above) + pad
    # matplotlib gives no types for these calls.
    paper = RendererAgg(math.ceil(wide) + 2 * pad, low + high, 72)  # type: ignore[no-untyped-call]
    font = font_of(text, weight, size)
    paper.draw_text(paper.new_gc(), pad, high, text, font, 0.0)  # type: ignore[no-untyped-call]
    cover = np.asarray(paper.buffer_rgba())[::-1, :, 3]  # type: ignore[no-untyped-call]
    rows, columns = (np.flatnonzero(cover.any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        return Ink(np.zeros((1, 1), dtype=np.uint8), 0, 0)
    within = cover[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Ink(within.copy(), pad - int(columns[0]), low - int(rows[0]))


def clusters(word: str) -> Iterator[regex.Match[str]]:
    """What is written as one letter, one after the other: a line may break between."""
    return regex.finditer(r"\X", word)


def missing(text: str, weight: str) -> str:
    """The characters of `text` for which no family has a glyph."""
    known = [_letters(family) for family in _families(text, weight)]
    shown = dict.fromkeys(_SHOWN.findall(text))
    return "".join(c for c in shown if not any(ord(c) in some for some in known))


@cache
def _letters(family: str) -> frozenset[int]:
    path = fontManager.findfont(_properties((family,), 10.0))
    return frozenset(get_font(path).get_charmap())


@lru_cache(maxsize=4096)
def _properties(families: tuple[str, ...], size: float) -> FontProperties:
    return FontProperties(family=list(families), size=size)


@lru_cache(maxsize=16384)
def _families(text: str, weight: str) -> tuple[str, ...]:
    scripts = [name for name in (*_NOTO, "Chinese") if _needs(name).search(text)]
    return tuple(_registered(name, weight) for name in ("Latin", *scripts))


@cache
def _needs(script: str) -> re.Pattern[str]:
    return re.compile(f"[{_NOTO.get(script, _CHINESE)}]")


@cache
def _registered(script: str, weight: str) -> str:
    """The name under which matplotlib knows that weight of that script."""
    name = f"outagewire {script} {weight}"
    fontManager.ttflist.append(FontEntry(fname=str(_file(script, weight)), name=name))
    return name


def _file(script: str, weight: str) -> Path:
    if script == "Latin":
        return Path(_LATIN[weight].path)
    if script == "Chinese":
        # One weight: a second would be eight more megabytes for every installation.
        return pylopdf_fonts_zh_cn.sans_path()
    return _cut(script, weight)


def _cut(script: str, weight: str) -> Path:
    """One weight cut out of a variable font, for as long as the process lives."""
    source = Path(manimgx_fonts.__file__).parent / f"NotoSans{script}[wght].ttf"
    font = TTFont(source, recalcTimestamp=False)
    cut = instancer.instantiateVariableFont(font, {"wght": WEIGHTS[weight]})
    path = _folder() / f"{script}-{weight}.ttf"
    cut.save(path)
    return path


@lru_cache(maxsize=1)
def _folder() -> Path:
    folder = mkdtemp(prefix="outagewire-fonts-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


@lru_cache(maxsize=1)
def _ruler() -> RendererAgg:
    return RendererAgg(1, 1, 72)  # type: ignore[no-untyped-call]

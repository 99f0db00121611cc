"""The fonts of charts: Open Sans for Latin letters, other fonts for other scripts.

All fonts come from Python packages, so they are the same on all machines. matplotlib
draws a text with a list of font families. Here each weight of each script is one
family, and a text's list has only the families that the text needs.
"""

import atexit
import hashlib
import math
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp

import manimgx_fonts
import numpy as np
import numpy.typing as npt
import pylopdf_fonts_zh_cn
import regex
import structlog
import ttf_opensans
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontEntry, FontProperties, fontManager

from bot.errors import RenderingError
from bot.user_cache import CacheKind, UserCache, user_folder

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
# Numbers of the OpenType format: the kind of name; then platform, encoding, language.
_POSTSCRIPT_NAME = 6
_WINDOWS_ENGLISH = (3, 1, 0x409)
_INSTANCES_VERSION = 2
"""The version number of the fonts that `_instantiate` makes.

Raise the number whenever `_instantiate` changes: cached fonts are then made again.
"""
_FONTS = CacheKind("fonts", "The fonts of charts", "the fonts are made")
_CHINESE = "\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_VISIBLE = re.compile(r"[^\s\u200b-\u200f\u202a-\u202e\u2060-\u2069]")


def is_rtl(text: str) -> bool:
    """Whether more than a third of the letters of a text are right-to-left."""
    letters = [c for c in text if c.isalpha()]
    return 3 * sum(bool(_RTL.match(c)) for c in letters) > len(letters)


def fonts_for(text: str, weight: str, size: float) -> FontProperties:
    """Return the fonts for the scripts of `text` in one weight; `size` is in points."""
    return _properties(_families(text, weight), size)


@lru_cache(maxsize=16384)
def extent(text: str, weight: str, size: float) -> tuple[float, float, float]:
    """Return a line's width, height above the baseline and depth below it, in points.

    Raises:
        RenderingError: no font has a glyph for a character of the text.
    """
    # matplotlib does not fail if a glyph is missing: it warns and draws an empty box.
    if missing_glyphs := missing(text, weight):
        raise RenderingError(
            f"no glyph for {missing_glyphs!r} in {text!r};"
            " remove these characters or add a font for their script"
        )
    # matplotlib gives no types for this call.
    width, height, below = _measuring_renderer().get_text_width_height_descent(  # type: ignore[no-untyped-call]
        text, fonts_for(text, weight, size), ismath=False
    )
    return float(width), float(height - below), float(below)


@dataclass(frozen=True, slots=True, eq=False)
class TextPixels:
    """The pixels of one line of text.

    Attributes:
        cover: how much of each pixel the letters cover, from 0 (nothing) to 255 (all);
            the first row is the lowest row.
        left: the pixels from the left edge of `cover` to the start of the text.
        below: the pixels from the lower edge of `cover` to the baseline.
    """

    cover: npt.NDArray[np.uint8]
    left: int
    below: int

    def coloured(self, colour: str) -> npt.NDArray[np.uint8]:
        """Return the pixels in a colour, as RGBA in the shape (rows, columns, 4)."""
        painted = np.empty((*self.cover.shape, 4), dtype=np.uint8)
        painted[...] = np.rint(255 * np.array(to_rgba(colour))).astype(np.uint8)
        painted[..., 3] = self.cover
        return painted


@lru_cache(maxsize=512)
def text_pixels(text: str, weight: str, size: float) -> TextPixels:
    """Return the pixels of `text`, drawn so that it starts on a whole pixel.

    Raises:
        RenderingError: no font has a glyph for a character of the text.
    """
    wide, above, below = extent(text, weight, size)
    # Letters may extend beyond their measured box.
    pad = math.ceil(size)
    low, high = math.ceil(below) + pad, math.ceil(above) + pad
    # matplotlib gives no types for these calls.
    paper = RendererAgg(math.ceil(wide) + 2 * pad, low + high, 72)  # type: ignore[no-untyped-call]
    font = fonts_for(text, weight, size)
    paper.draw_text(paper.new_gc(), pad, high, text, font, 0.0)  # type: ignore[no-untyped-call]
    cover = np.asarray(paper.buffer_rgba())[::-1, :, 3]  # type: ignore[no-untyped-call]
    rows, columns = (np.flatnonzero(cover.any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        return TextPixels(np.zeros((1, 1), dtype=np.uint8), 0, 0)
    within = cover[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return TextPixels(within.copy(), pad - int(columns[0]), low - int(rows[0]))


def clusters(word: str) -> Iterator[regex.Match[str]]:
    """Return the grapheme clusters of a word; a line may break between two clusters."""
    return regex.finditer(r"\X", word)


def missing(text: str, weight: str) -> str:
    """Return the characters of `text` for which no font has a glyph."""
    supported = [_code_points(script, weight) for script in _scripts(text)]
    visible = dict.fromkeys(_VISIBLE.findall(text))
    return "".join(
        c for c in visible if not any(ord(c) in points for points in supported)
    )


@cache
def _code_points(script: str, weight: str) -> frozenset[int]:
    """Return the code points for which the font of a script has glyphs.

    All weights of a variable font have the same code points. The variable font itself
    is therefore read, and no font of one weight is made.
    """
    # The import is here, so that processes that draw no chart do not load fontTools.
    from fontTools.ttLib import TTFont

    with TTFont(_source(script, weight), lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=4096)
def _properties(families: tuple[str, ...], size: float) -> FontProperties:
    return FontProperties(family=list(families), size=size)


@lru_cache(maxsize=16384)
def _families(text: str, weight: str) -> tuple[str, ...]:
    return tuple(_register_family(script, weight) for script in _scripts(text))


@lru_cache(maxsize=16384)
def _scripts(text: str) -> tuple[str, ...]:
    """Return the scripts whose fonts `text` needs; the first is always Latin."""
    others = (
        name for name in (*_NOTO, "Chinese") if _script_pattern(name).search(text)
    )
    return ("Latin", *others)


@cache
def _script_pattern(script: str) -> re.Pattern[str]:
    return re.compile(f"[{_NOTO.get(script, _CHINESE)}]")


@cache
def _register_family(script: str, weight: str) -> str:
    """Register one weight of one script with matplotlib and return its family name."""
    name = f"outagewire {script} {weight}"
    fontManager.ttflist.append(FontEntry(fname=str(_file(script, weight)), name=name))
    return name


def _file(script: str, weight: str) -> Path:
    if script in _NOTO:
        return _static_font(script, weight)
    return _source(script, weight)


def _source(script: str, weight: str) -> Path:
    """Return the path of a script's font file; a Noto file holds all weights."""
    if script == "Latin":
        return Path(_LATIN[weight].path)
    if script == "Chinese":
        # Chinese has one weight only, because each weight adds eight megabytes to an
        # installation.
        return pylopdf_fonts_zh_cn.sans_path()
    return Path(manimgx_fonts.__file__).parent / f"NotoSans{script}[wght].ttf"


def _static_font(script: str, weight: str) -> Path:
    """Write one weight of a variable font to a file, and return the file's path.

    The file is removed when the process ends.
    """
    source = _source(script, weight)
    path = _font_folder() / f"{script}-{weight}.ttf"
    key, font = f"{source.name} {weight}", f"{script}-{weight}"
    # `_instantiate` takes seconds, so its result is cached for the next process.
    content = _font_cache().load(font, key)
    if content is None:
        content = _instantiate(source, WEIGHTS[weight])
        _font_cache().save(font, key, content)
    path.write_bytes(content)
    return path


def _instantiate(source: Path, weight: int) -> bytes:
    """Make a font file of one weight; for a large script this takes 15 CPU seconds."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    # By default, fontTools writes the current time into each font that it saves. The
    # file of one weight would then differ each time.
    font = TTFont(source, recalcTimestamp=False)
    instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
    # matplotlib names the outlines in an SVG by the font's PostScript name. If all
    # weights had one name, bold text would be drawn with the letters of regular text.
    name = f"{source.stem.partition('[')[0]}-{weight}"
    font["name"].setName(name, _POSTSCRIPT_NAME, *_WINDOWS_ENGLISH)
    file = BytesIO()
    font.save(file)
    return file.getvalue()


@lru_cache(maxsize=1)
def _font_cache() -> UserCache:
    versions = f"{version('manimgx-fonts')} {version('fonttools')} {_INSTANCES_VERSION}"
    digest = hashlib.sha256(versions.encode()).hexdigest()[:16]
    log = structlog.get_logger("fonts")
    return UserCache(user_folder(), _FONTS, digest, log.warning)


@lru_cache(maxsize=1)
def _font_folder() -> Path:
    folder = mkdtemp(prefix="outagewire-fonts-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


@lru_cache(maxsize=1)
def _measuring_renderer() -> RendererAgg:
    return RendererAgg(1, 1, 72)  # type: ignore[no-untyped-call]

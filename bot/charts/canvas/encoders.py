"""Encode pictures for publication: PNG with a palette, and compact SVG."""

import io
import re
from operator import itemgetter

import numpy as np
import numpy.typing as npt
from PIL import Image

_COLOURS = 256
_SMALL_COLOURS = 64
_COMPRESSION = 3
"""The zlib level; level 4 takes twice as long and saves only a tenth of the bytes."""

Pixels = npt.NDArray[np.uint8]


def encode(rgba: Pixels) -> bytes:
    """Encode an opaque picture as a PNG of at most 256 colours.

    The file holds no date and no version: the same pixels give the same bytes (P14).

    Args:
        rgba: the pixels, shape (height, width, 4); alpha is ignored.
    """
    picture = Image.fromarray(np.ascontiguousarray(rgba[:, :, :3]))
    # Without dithering, an area of one colour keeps one colour and compresses well.
    palette = picture.quantize(
        _COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    stream = io.BytesIO()
    palette.save(stream, "PNG", compress_level=_COMPRESSION)
    return stream.getvalue()


def shrink(png: bytes, width: int, height: int) -> bytes:
    """Return a picture in another size, as a small PNG; the same bytes for the same input.

    Args:
        png: the picture.
        width: the new width in pixels.
        height: the new height in pixels.
    """
    with Image.open(io.BytesIO(png)) as picture:
        size = picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    palette = size.quantize(
        _SMALL_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    stream = io.BytesIO()
    palette.save(stream, "PNG", compress_level=9)
    return stream.getvalue()


_METADATA = re.compile(r"<!--.*?-->|<metadata>.*?</metadata>|<!DOCTYPE.*?>", re.DOTALL)
# One decimal is enough for coordinates. Numbers below 1 may be scales: they stay as is.
_DECIMALS = re.compile(r"(?<![\d.])([1-9]\d*\.\d)\d+")


def compact_svg(svg: str) -> bytes:
    """Remove comments, metadata, DOCTYPE, indentation and needless decimals from an SVG."""
    # `itemgetter` is faster here than the replacement string r"\1".
    shortened = _DECIMALS.sub(itemgetter(1), _METADATA.sub("", svg))
    lines = map(str.strip, shortened.split("\n"))
    return "".join(f"{line}\n" for line in lines if line).encode("utf-8")

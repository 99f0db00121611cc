"""A picture as a PNG of at most 256 colours: a third of the size, no loss to see."""

import io
import re

import numpy as np
import numpy.typing as npt
from PIL import Image

_COLOURS = 256
_BITS = 6
"""Shades that share so many bits of each of red, green and blue are one."""
_LONG = 24
"""So many pixels in a row are a field or a line: their colour is kept as it is."""
_EFFORT = 3
"""zlib's level: from 4 on it takes twice as long for a tenth fewer bytes."""

Pixels = npt.NDArray[np.uint8]
Whole = npt.NDArray[np.int64]


def encode(rgba: Pixels) -> bytes:
    """`rgba` is height x width x 4; the same pixels give the same bytes (P14).

    What is drawn in one flat colour keeps it: only shades along edges are merged.
    No date and no version is in the file.
    """
    height, width, _ = rgba.shape
    flat = np.ascontiguousarray(rgba).view(np.uint32).ravel()
    # A chart is mostly long runs of one colour: what is sorted are these, not pixels.
    begins = np.concatenate(([0], np.flatnonzero(flat[1:] != flat[:-1]) + 1))
    lengths = np.diff(begins, append=flat.size)
    palette, places = _reduced(rgba.reshape(-1, 4)[begins, :3], lengths)
    picture = Image.fromarray(np.repeat(places, lengths).reshape(height, width))
    picture.putpalette(palette.tobytes())
    stream = io.BytesIO()
    picture.save(stream, "PNG", compress_level=_EFFORT)
    return stream.getvalue()


def _reduced(colours: Pixels, weights: Whole) -> tuple[Pixels, Pixels]:
    """A palette (n x 3), and for each colour its place there."""
    keys = _keys(colours)
    shades, places = _named(keys)
    every = _shades(colours, weights, places, shades.size)
    if shades.size <= _COLOURS:
        return every, places.astype(np.uint8)
    found = np.bincount(places, weights, shades.size)
    # Equal counts in a fixed order, so that the file is the same on every machine.
    kept = np.sort(np.argsort(-found, kind="stable")[:_COLOURS])
    return every[kept], _nearest(every, every[kept])[places]


def _keys(colours: Pixels) -> Whole:
    """A number for what is seen as one shade."""
    red, green, blue = (colours >> (8 - _BITS)).astype(np.int64).T
    return np.asarray((red << 2 * _BITS) | (green << _BITS) | blue)


def _named(keys: Whole) -> tuple[Whole, Whole]:
    """The keys there are, and for each the place among these."""
    there = np.bincount(keys, minlength=1 << 3 * _BITS) > 0
    return np.flatnonzero(there), (np.cumsum(there) - 1)[keys]


def _shades(colours: Pixels, weights: Whole, places: Whole, count: int) -> Pixels:
    """One colour for each shade: that of a field, else the mean."""
    total = np.bincount(places, weights, count)
    sums = [np.bincount(places, weights * one, count) for one in colours.T]
    found = np.rint(np.column_stack(sums) / total[:, None]).astype(np.uint8)
    long = np.flatnonzero(weights >= _LONG)
    order = long[np.argsort(weights[long], kind="stable")]
    # Of several the last one written stays, which is the longest.
    found[places[order]] = colours[order]
    return found


def _nearest(colours: Pixels, palette: Pixels) -> Pixels:
    """For each colour the place of the one that differs least."""
    ours, theirs = colours.astype(np.float64), palette.astype(np.float64)
    apart = (theirs**2).sum(axis=1) - 2.0 * ours @ theirs.T
    return np.asarray(apart.argmin(axis=1), dtype=np.uint8)


_NOTES = re.compile(r"<!--.*?-->|<metadata>.*?</metadata>|<!DOCTYPE.*?>", re.DOTALL)
# A tenth of a pixel is seen by nobody; a scale such as 0.015625 has to stay.
_DIGITS = re.compile(r"(?<![\d.])([1-9]\d*\.\d)\d+")
_GAPS = re.compile(r"\s*\n\s*")


def lean(svg: str) -> bytes:
    """The same picture in fewer bytes."""
    return _GAPS.sub("\n", _DIGITS.sub(r"\1", _NOTES.sub("", svg))).encode("utf-8")

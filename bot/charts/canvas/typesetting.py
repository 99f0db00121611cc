"""Setting type: text broken into lines that fit a width, measured in pixels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.charts.canvas import fonts

_DOT = " \u00b7 "
"""What stands between clauses that could each be a line."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks; `size` in pixels; `field` is the colour behind it.

    `across` is where x stands in it (left, center, right), `up` where y does
    (baseline of the first line; top; center).
    """

    size: float
    colour: str
    weight: str = "regular"
    across: str = "left"
    up: str = "baseline"
    field: str = ""

    def sized(self, size: float) -> "Style":
        """The same in another size."""
        return replace(self, size=size)


def wide(text: str, style: Style) -> float:
    """Width of one line of text."""
    return fonts.extent(text, style.weight, style.size)[0]


def wrap(text: str, style: Style, width: float) -> list[str]:
    """`text` in lines no wider than `width`, broken at spaces, else anywhere."""
    whole = " ".join(text.split())
    # Most fit; measuring word by word is what takes time.
    if not whole or wide(whole, style) <= width:
        return [whole] if whole else []
    lines: list[str] = []
    for word in _pieces(text, style, width):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and wide(longer, style) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def clauses(text: str, style: Style, width: float, unit: float) -> list[str]:
    """`text` in lines that break between its clauses, where these fit on one.

    `unit` is the pixel of a sheet of 1600 by 900 on this one, here and below.
    """
    lines: list[str] = []
    for clause in text.split(_DOT):
        longer = f"{lines[-1]}{_DOT}{clause}" if lines else clause
        if lines and wide(longer, style) <= width:
            lines[-1] = longer
        else:
            lines += balanced(wrap(clause, style, width), style, unit)
    return lines


def fitted(
    text: str, style: Style, width: float, until: tuple[float, int], unit: float
) -> tuple[list[str], Style]:
    """Lines and style: set smaller, down to a least size, until so many lines do.

    Args:
        text: what is set.
        style: in the size that it has where it fits.
        width: of a line, in pixels.
        until: the least size, in pixels, and the most lines.
        unit: by so much smaller it is tried again.
    """
    least, most = until
    if most == 1:
        # Widths grow with the size: the first try is near the one that does.
        need = wide(" ".join(text.split()), style)
        fits = int(max(0.0, 1 - width / max(need, 1.0)) * style.size / unit)
        style = style.sized(max(least, style.size - fits * unit))
    while True:
        lines = wrap(text, style, width)
        if len(lines) <= most or style.size <= least:
            return lines, style
        style = style.sized(max(least, style.size - unit))


def balanced(lines: Sequence[str], style: Style, unit: float) -> list[str]:
    """The same text on as many lines, as even in width as can be."""
    text = " ".join(lines)
    low, high = 0.0, max((wide(line, style) for line in lines), default=0.0)
    while len(lines) > 1 and high - low > 4 * unit:
        middle = (low + high) / 2
        fits = len(wrap(text, style, middle)) <= len(lines)
        low, high = (low, middle) if fits else (middle, high)
    return wrap(text, style, high) if len(lines) > 1 else list(lines)


def _pieces(text: str, style: Style, width: float) -> Iterator[str]:
    """Words; one that is wider than a line (Chinese, Burmese) in parts."""
    for word in text.split():
        rest = word
        while wide(rest, style) > width and len(rest) > 1:
            cut = _cut(rest, style, width)
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def _cut(word: str, style: Style, width: float) -> int:
    """How many letters of a word fit, never parting what is written as one."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        fits = wide(word[:middle], style) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    ends = [m.end() for m in fonts.clusters(word)]
    return max((end for end in ends if end <= low), default=ends[0])

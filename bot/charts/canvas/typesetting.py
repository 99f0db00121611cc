"""Break text into lines that fit a width, measured in pixels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.charts.canvas import fonts
from bot.text.fitting.direction import close_isolates, join_lines

_CLAUSE_SEPARATOR = " \u00b7 "
"""The separator between two clauses; a line may break there."""


@dataclass(frozen=True, slots=True)
class Style:
    """The style and alignment of a text.

    Attributes:
        size: the text size, in pixels.
        halign: which part of the text is placed at x: left, center or right.
        valign: which part of the text is placed at y: baseline (of the first line), top
            or center.
        background: the colour behind the text; empty for none.
    """

    size: float
    colour: str
    weight: str = "regular"
    halign: str = "left"
    valign: str = "baseline"
    background: str = ""

    def with_size(self, size: float) -> "Style":
        """Return the same style with another text size."""
        return replace(self, size=size)


def text_width(text: str, style: Style) -> float:
    """Return the width of one line of text, in pixels."""
    return fonts.extent(text, style.weight, style.size)[0]


def wrap(text: str, style: Style, width: float) -> list[str]:
    """Break `text` into lines no wider than `width`, at spaces if possible."""
    whole = " ".join(text.split())
    # Most texts fit on one line. They are returned here, because measuring each word is
    # slow.
    if not whole or text_width(whole, style) <= width:
        return [whole] if whole else []
    lines: list[str] = []
    for word in _words_or_parts(text, style, width):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, style) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return close_isolates(lines)


def wrap_clauses(text: str, style: Style, width: float, unit: float) -> list[str]:
    """Break `text` between clauses; break a clause only if it is wider than a line.

    `unit` is the scale of the picture (see `theme.Size`).
    """
    lines: list[str] = []
    for clause in text.split(_CLAUSE_SEPARATOR):
        longer = f"{lines[-1]}{_CLAUSE_SEPARATOR}{clause}" if lines else clause
        if lines and text_width(longer, style) <= width:
            lines[-1] = longer
        else:
            lines += balance_lines(wrap(clause, style, width), style, unit)
    return lines


def fit_text(
    text: str, style: Style, width: float, limits: tuple[float, int], size_step: float
) -> tuple[list[str], Style]:
    """Reduce the text size until the text fits a number of lines.

    Args:
        text: the text to break.
        style: the style with the preferred size.
        width: the width of a line, in pixels.
        limits: the least size, in pixels, and the most lines.
        size_step: the step by which the size is reduced, in pixels.

    Returns:
        The lines, and the style with the size used. At the least size there may be more
        lines than `limits` allows.
    """
    least, most = limits
    if most == 1:
        # Width is nearly proportional to size, so start close to the size that fits.
        need = text_width(" ".join(text.split()), style)
        fits = int(max(0.0, 1 - width / max(need, 1.0)) * style.size / size_step)
        style = style.with_size(max(least, style.size - fits * size_step))
    while True:
        lines = wrap(text, style, width)
        if len(lines) <= most or style.size <= least:
            return lines, style
        style = style.with_size(max(least, style.size - size_step))


def balance_lines(lines: Sequence[str], style: Style, unit: float) -> list[str]:
    """Break the text of `lines` again, so that the lines have nearly equal widths.

    The number of lines does not grow. `unit` is the scale of the picture (see
    `theme.Size`).
    """
    text = join_lines(list(lines))
    low, high = 0.0, max((text_width(line, style) for line in lines), default=0.0)
    # The search stops when the width is known to a few pixels: a smaller difference is
    # not visible, and each step of the search measures all words again.
    while len(lines) > 1 and high - low > 4 * unit:
        middle = (low + high) / 2
        fits = len(wrap(text, style, middle)) <= len(lines)
        low, high = (low, middle) if fits else (middle, high)
    return wrap(text, style, high) if len(lines) > 1 else list(lines)


def _words_or_parts(text: str, style: Style, width: float) -> Iterator[str]:
    """Yield the words of `text`; a word that is wider than a line is cut into parts.

    Chinese and Burmese have few spaces, so a "word" may be a whole sentence.
    """
    for word in text.split():
        rest = word
        while text_width(rest, style) > width and len(rest) > 1:
            cut = _break_at(rest, style, width)
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def _break_at(word: str, style: Style, width: float) -> int:
    """Return how many characters of a word fit; a grapheme cluster is never split."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        fits = text_width(word[:middle], style) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    ends = [m.end() for m in fonts.clusters(word)]
    # At least one cluster is taken; otherwise `_words_or_parts` would never end.
    return max((end for end in ends if end <= low), default=ends[0])

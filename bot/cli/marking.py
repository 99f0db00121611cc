"""Words with marks on those that nothing backs, on a terminal with or without colours."""

from collections.abc import Iterable

from rich.text import Text

_OPEN, _CLOSE = (
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
    "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
)


def marked(body: str, spans: Iterable[tuple[int, int]]) -> Text:
    """`body` with every span between marks, and in red where there are colours."""
    text, at = Text(), 0
    for start, end in _apart(spans):
        text.append(body[at:start])
        text.append(f"{_OPEN}{body[start:end]}{_CLOSE}", style="bold red")
        at = end
    text.append(body[at:])
    return text


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in their order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found

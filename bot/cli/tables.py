"""Plain-text tables and a plain console for commands whose output may be piped."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

from collections.abc import Iterable, Sequence

from typer import echo

from bot.characters import escaped


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows below their headings, each column as wide as its widest cell.

    Cells are never cut or wrapped, so that a pipe gets each row as one line.
    """
    # A terminal would obey the control characters of a note or a name.
    lines = [tuple(map(escaped, row)) for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        echo("  ".join(cells).rstrip())


def make_console() -> "Console":
    """Return a console on standard output without syntax highlighting or wrapping."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)

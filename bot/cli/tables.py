"""Tables on the terminal: plain columns, which a pipe can read."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

from collections.abc import Iterable, Sequence

from typer import echo


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows beneath their heads, each column as wide as its widest cell.

    No cell is cut or broken: a terminal breaks a long line, a pipe gets it whole.
    """
    lines = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        echo("  ".join(cells).rstrip())


def make_console() -> "Console":
    """Return a console on standard output without automatic colours or line breaks."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)

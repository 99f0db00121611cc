"""Lists as tables or JSON, and a plain console, for output that may be piped."""

import json
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

from collections.abc import Iterable, Iterator, Mapping, Sequence

from typer import echo

from bot.characters import escape_hidden

_NARROWEST = 20
"""The narrowest column, in characters, in which a note is still readable."""
_GAP = "  "


def print_list(
    head: Sequence[str],
    entries: Iterable[tuple[Sequence[str], Mapping[str, Any]]],
    *,
    as_json: bool,
) -> None:
    """Print a list as a table for people, or as JSON for programs.

    Args:
        head: the headings of the table.
        entries: for each entry of the list, its cells in the table and its JSON object.
            The object has ids and times as they are stored.
        as_json: whether to print JSON and no table.
    """
    rows, objects = [], []
    for cells, fields in entries:
        rows.append(cells)
        objects.append(dict(fields))
    if as_json:
        # If the output cannot show all letters, they are escaped, so no value is lost.
        ascii_only = not can_show("é中")
        echo(json.dumps(objects, indent=1, ensure_ascii=ascii_only, default=str))
    else:
        print_table(head, rows)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows below their headings, each column as wide as its widest cell.

    Cells are never cut. On a terminal, the last column is folded if it does not fit, and
    a table that is longer than the screen is shown by a pager. A pipe gets each row as
    one line.
    """
    lines = list(_table_lines(headings, rows))
    if sys.stdout.isatty() and len(lines) >= shutil.get_terminal_size().lines:
        from pydoc import pager

        pager("\n".join(lines))
    else:
        for line in lines:
            echo(line)


def _table_lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    # A note or a name may have control characters, which a terminal would obey.
    lines = [tuple(map(escape_hidden, row)) for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    fixed = sum(widths[:-1]) + len(_GAP) * (len(widths) - 1)
    room = _terminal_width() - fixed
    for *cells, last in lines:
        padded = [c.ljust(w) for c, w in zip(cells, widths[:-1], strict=True)]
        folded = textwrap.wrap(last, room) if room >= _NARROWEST else [last]
        first, *more = folded or [""]
        yield _GAP.join((*padded, first)).rstrip()
        for line in more:
            yield " " * fixed + line


def can_show(text: str) -> bool:
    """Return whether the standard output can show every letter of a text."""
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def _terminal_width() -> int:
    """Return the width of the terminal; 0 if the output is not a terminal."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def make_console() -> "Console":
    """Return a console on standard output without syntax highlighting or wrapping."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)

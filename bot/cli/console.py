"""The console that commands print on: no colours of its own, no lines broken."""

from rich.console import Console


def make_console() -> Console:
    """A console on standard output."""
    return Console(highlight=False, soft_wrap=True)

"""`outagewire backup`: a copy of the store."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Typer, echo

from bot.cli.options import ConfigOption, examples


def add_to(app: Typer) -> None:
    """Add the command `backup`."""
    app.command("backup", epilog=_BACKUP)(backup)


def backup(
    to: Annotated[Path, Argument(help="The file to write; it must not exist yet.")],
    config: ConfigOption = None,
) -> None:
    """Copy the store to a file, also while `run` writes to it.

    The copy has the state at one moment, and only its owner may read it. To go on with
    a copy, stop `run`, put the copy in the place of the store, and start `run` again:
    it looks on each channel for the posts that the copy does not know.
    """
    from bot.bootstrap.backup import back_up_store

    size = back_up_store(config, to)
    echo(f"{to}: {size / 2**20:.1f} MiB.")


_BACKUP = examples("outagewire backup ../wire-2026-01-09.db --config config.toml")

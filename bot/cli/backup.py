"""`outagewire backup`: a copy of the store."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option, Typer, echo

from bot.cli.options import ConfigOption, format_examples


def add_to(app: Typer) -> None:
    """Add the command `backup`."""
    app.command("backup", epilog=_BACKUP)(backup)


def backup(
    to: Annotated[Path, Argument(help="The file to write; it must not exist yet.")],
    config: ConfigOption = None,
    *,
    without_readers: Annotated[
        bool,
        Option("--without-readers", help="Do not copy the addresses of readers."),
    ] = False,
) -> None:
    """Copy the store to a file, even while `run` uses it.

    With [subscriptions], the file with the readers' addresses is copied too, to a file of
    the same name with .readers at the end.

    The copy has the state of one moment. Only its owner may read it. To use a copy,
    stop `run`, put the copy in the place of the store, and start `run` again. `run`
    then looks on each channel for posts that are missing in the copy.
    """
    from bot.bootstrap.backup import back_up_store

    for copy in back_up_store(config, to, with_readers=not without_readers):
        echo(f"{copy.path}: {copy.size / 2**20:.1f} MiB.")


_BACKUP = format_examples(
    "outagewire backup ../wire-2026-01-09.db --config config.toml"
)

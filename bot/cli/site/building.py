"""The implementation of `outagewire site build`."""

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
from typer import Exit, echo

from bot.bootstrap.site import site_builder
from bot.characters import escape_hidden
from bot.cli.output.console import standard_output
from bot.clock import SystemClock
from bot.config import loading as configuration


def build(to: Path | None, config: Path | None) -> None:
    """Build the site, and print its progress.

    Raises:
        BotError: the folder is not for a public site.
        Exit: a page could not be written.
        StoreError: the store cannot be read, or a run uses it.
    """
    settings = configuration.load_config(config)
    console = Console(file=standard_output(), highlight=False, soft_wrap=True)
    columns = ("writing pages", BarColumn(), MofNCompleteColumn())
    try:
        with (
            site_builder(settings, to) as builder,
            Progress(*columns, TimeRemainingColumn(), console=console) as bar,
        ):
            task = bar.add_task("", total=None)

            def show(done: int, total: int) -> None:
                bar.update(task, completed=done, total=total)

            number, failures = builder.build(SystemClock().now(), show)
    except KeyboardInterrupt:
        echo("Stopped; the same command continues.", err=True)
        raise
    for failure in failures:
        echo(escape_hidden(failure), err=True)
    echo(f"{builder.root}: {number} incident {'page' if number == 1 else 'pages'}.")
    if failures:
        raise Exit(1)

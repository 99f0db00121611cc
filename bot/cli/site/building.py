"""The implementation of `outagewire site build`."""

import os
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
from typer import Exit, echo

from bot.bootstrap.site import site_builder
from bot.characters import escape_hidden
from bot.cli.output.console import standard_output
from bot.clock import SystemClock
from bot.config import loading as configuration

_MOST_PROCESSES = 4
"""More processes do not help: one alone writes the lists of all pages."""


def build(
    to: Path | None, config: Path | None, processes: int | None, *, anew: bool
) -> None:
    """Build the site, and print its progress.

    Args:
        to: the folder of the site; None: that of the configuration.
        config: the file of the configuration; None: that in the usual places.
        processes: how many processes write pages; None: one for each processor, but at
            most `_MOST_PROCESSES`.
        anew: whether to write also the pages that have not changed.

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

            now, used = SystemClock().now(), processes or _processes()
            number, failures = builder.build(now, show, used, anew=anew)
    except KeyboardInterrupt:
        echo("Stopped; the same command continues.", err=True)
        raise
    for failure in failures:
        echo(escape_hidden(failure), err=True)
    echo(f"{builder.root}: {number} incident {'page' if number == 1 else 'pages'}.")
    if failures:
        raise Exit(1)


def _processes() -> int:
    """Return how many processors this process may use, but at most `_MOST_PROCESSES`."""
    # Not every system can tell which processors a process may use.
    usable = getattr(os, "sched_getaffinity", None)
    number = len(usable(0)) if usable else os.cpu_count() or 1
    return min(number, _MOST_PROCESSES)

"""The command line: it parses arguments, calls the use cases and prints the results.

Importing this package loads little besides typer. A command imports everything else
when it runs, so that the help and the kill switch start quickly.
"""

import gc
import os
import sys

from typer import Exit, Typer, secho

from bot.characters import escaped
from bot.cli import backup, causes, commands, deliveries, drafts, incidents, pausing
from bot.cli.options import examples, make_group
from bot.errors import BotError, ConfigError

_OBJECTS_BETWEEN_COLLECTIONS = 50_000


def main() -> None:
    """Run the command line; print expected errors without a traceback.

    Expected errors are those in `bot.errors`. Exit codes: 2 for an invalid
    configuration or for arguments that cannot be parsed; 1 for any other expected
    error.
    """
    # The imports of a command create many objects that live until the command ends. At
    # Python's default threshold, garbage collection scans these objects so often that a
    # command takes a sixth longer.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        make_app()()
    except ConfigError as error:
        _print_errors(*error.problems)
        sys.exit(2)
    except BotError as error:
        _print_errors(str(error))
        sys.exit(1)
    except Exit as stop:
        sys.exit(stop.exit_code)


def _print_errors(*problems: str) -> None:
    """Print each problem to standard error, in red on a terminal.

    If the environment variable NO_COLOR is set, no colours are used.
    """
    # With None, click decides: it leaves colours out if the output is not a terminal.
    color = False if os.environ.get("NO_COLOR") else None
    for problem in problems:
        secho(escaped(problem, lines=True), fg="red", err=True, color=color)


def make_app() -> Typer:
    """Build the application with all its commands."""
    app = make_group(
        name="outagewire",
        help="Watch internet connectivity, decide when an outage is real, and publish"
        " it with its evidence.",
        epilog=examples("outagewire demo", "outagewire run --config config.toml"),
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    # The help lists the commands in this order.
    commands.add_to(app)
    pausing.add_to(app)
    backup.add_to(app)
    deliveries.add_to(app)
    drafts.add_to(app)
    incidents.add_to(app)
    causes.add_to(app)
    return app

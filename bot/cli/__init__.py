"""The command line: it parses arguments, calls the use cases and prints the results.

At import, its modules load only typer and the types that a help text names. A command
imports everything else when it runs, so that help and the kill switch start at once.
"""

import gc
import os
import sys

from typer import Exit, Typer, secho

from bot.cli import causes, commands, deliveries, drafts, incidents, pausing
from bot.cli.options import examples, make_group
from bot.errors import BotError, ConfigError

_OBJECTS_BETWEEN_COLLECTIONS = 50_000


def main() -> None:
    """Run the command line; print an expected error as one sentence, without a traceback.

    Exit codes: 2 for an invalid configuration or invalid arguments, 1 for any other
    expected error.
    """
    # The imports of a command make many objects that stay. At Python's own threshold, the
    # collector goes through them so often that a command takes a sixth longer.
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
    """Print each problem to standard error: in red on a terminal, unless NO_COLOR is set."""
    # None leaves the choice to click, which drops colours where there is no terminal.
    color = False if os.environ.get("NO_COLOR") else None
    for problem in problems:
        secho(problem, fg="red", err=True, color=color)


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
    deliveries.add_to(app)
    drafts.add_to(app)
    incidents.add_to(app)
    causes.add_to(app)
    return app

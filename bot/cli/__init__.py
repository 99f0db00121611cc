"""The command line: it parses and prints, and decides nothing.

Its modules import typer and what a help text names. Everything else is imported by the
command that needs it, when it runs.
"""

import os
import sys

from typer import Exit, Typer, secho

from bot.cli import causes, commands, deliveries, drafts, incidents, pausing
from bot.cli.options import examples, make_group
from bot.errors import BotError, ConfigError


def main() -> None:
    """Run a command; an expected error is one clear sentence, not a traceback."""
    try:
        make_app()()
    except ConfigError as error:
        _complain(*error.problems)
        sys.exit(2)
    except BotError as error:
        _complain(str(error))
        sys.exit(1)
    except Exit as stop:
        sys.exit(stop.exit_code)


def _complain(*problems: str) -> None:
    """Print each problem in red, where there are colours and they are wanted."""
    plain = False if os.environ.get("NO_COLOR") else None
    for problem in problems:
        secho(problem, fg="red", err=True, color=plain)


def make_app() -> Typer:
    """The application: every command with its help."""
    app = make_group(
        name="outagewire",
        help="Watch internet connectivity, decide when an outage is real, and publish"
        " it with its evidence.",
        epilog=examples("outagewire demo", "outagewire run --config config.toml"),
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    commands.add_to(app)
    pausing.add_to(app)
    deliveries.add_to(app)
    drafts.add_to(app)
    incidents.add_to(app)
    causes.add_to(app)
    return app

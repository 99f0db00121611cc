"""The command line: it parses and prints, and decides nothing."""

import sys

from rich.console import Console
from typer import Exit, Typer

import bot
from bot.cli import (
    backtest,
    causes,
    deliveries,
    drafts,
    incidents,
    kernel,
    preview,
    replay,
    run,
)
from bot.errors import BotError, ConfigError


def main() -> None:
    """Run a command; an expected error is one clear sentence, not a traceback."""
    kernel.use()
    app = _app()
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        app()
    except ConfigError as error:
        for problem in error.problems:
            errors.print(problem, style="red", markup=False)
        sys.exit(2)
    except BotError as error:
        errors.print(str(error), style="red", markup=False)
        sys.exit(1)
    except Exit as stop:
        sys.exit(stop.exit_code)


def _app() -> Typer:
    app = Typer(
        name="outagewire",
        help=bot.__doc__,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="markdown",
    )
    app.command("run")(run.run)
    app.command("demo")(replay.demo)
    app.command("replay")(replay.replay)
    app.command("drill")(replay.drill)
    app.command("preview")(preview.preview)
    app.command("backtest")(backtest.backtest)
    app.command("serve-recording")(replay.serve_recording)
    app.command("check-config")(run.check_config)
    app.command("pause")(deliveries.pause)
    app.command("resume")(deliveries.resume)
    app.command("post-test")(deliveries.post_test)
    app.add_typer(deliveries.commands(), name="deliveries")
    app.add_typer(drafts.commands(), name="drafts")
    app.add_typer(incidents.commands(), name="incidents")
    app.add_typer(causes.commands(), name="causes")
    return app

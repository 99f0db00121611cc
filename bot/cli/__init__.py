"""The command line: it parses and prints, and decides nothing."""

import sys

from rich.console import Console
from typer import Exit, Typer

import bot
from bot.cli import (
    causes,
    delivering,
    drafts,
    kernel,
    playing,
    previewing,
    proving,
    ruling,
    running,
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
    app.command("run")(running.run)
    app.command("demo")(playing.demo)
    app.command("replay")(playing.replay)
    app.command("drill")(playing.drill)
    app.command("preview")(previewing.preview)
    app.command("backtest")(proving.backtest)
    app.command("serve-recording")(playing.serve_recording)
    app.command("check-config")(running.check_config)
    app.command("pause")(delivering.pause)
    app.command("resume")(delivering.resume)
    app.command("post-test")(delivering.post_test)
    app.add_typer(delivering.commands(), name="deliveries")
    app.add_typer(drafts.commands(), name="drafts")
    app.add_typer(ruling.commands(), name="incidents")
    app.add_typer(causes.commands(), name="causes")
    return app

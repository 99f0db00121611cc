"""The command line: it parses arguments, calls the use cases and prints the results.

Importing this package loads little besides typer. A command imports everything else
when it runs, so that the help and the kill switch start quickly.
"""

import errno
import gc
import io
import os
import sys

from typer import Exit, Typer, secho

from bot.characters import escape_hidden
from bot.cli import (
    backup,
    causes,
    commands,
    deliveries,
    drafts,
    incidents,
    pausing,
    serve,
    site,
)
from bot.cli.articles import commands as articles
from bot.cli.evidence import commands as evidence
from bot.cli.options import format_examples, given_config, make_group
from bot.cli.readers import commands as readers
from bot.cli.stopping import StopWatch
from bot.config.commands_in_text import with_config
from bot.errors import BotError, ConfigError

_CTRL_C = 130
_OBJECTS_BETWEEN_COLLECTIONS = 50_000


def main() -> None:
    """Run the command line; print expected errors without a traceback.

    Expected errors are those in `bot.errors`, and those of the system, such as a full
    disk. Exit codes: 2 for an invalid configuration or for arguments that cannot be
    parsed; 1 for any other expected error; 128 and the number of the signal for a
    command that SIGTERM (143) or Ctrl-C (130) stopped before its end.
    """
    _replace_unshowable_letters()
    # The imports of a command create many objects that live until the command ends. At
    # Python's default threshold, garbage collection scans these objects so often that a
    # command takes a sixth longer.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    with StopWatch() as watch:
        code = _exit_code(watch)
    sys.exit(code)


def _exit_code(watch: StopWatch) -> int:
    """Run the command of the arguments; return the exit code of the process."""
    try:
        make_app()()
    except ConfigError as error:
        _print_errors(*error.problems)
        return 2
    except BotError as error:
        _print_errors(str(error))
    except OSError as error:
        _print_errors(_of_system(error))
    except KeyboardInterrupt:
        return watch.exit_code
    except Exit as stop:
        return stop.exit_code
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 0
        # Typer exits with the code of Ctrl-C, even if the signal was SIGTERM. The watch
        # has noted the signal.
        return watch.exit_code if code == _CTRL_C else code
    return 1


def _of_system(error: OSError) -> str:
    """Return a sentence: why the system refused an operation, and what to do."""
    what = f"{error.filename}: " if error.filename else ""
    reason = error.strerror or "the system gave no reason"
    advice = _ADVICE.get(error.errno or 0, "check the path and its permissions")
    return f"{what}{reason}; {advice}"


_ADVICE = {
    errno.ENOSPC: "the disk is full: make room, then run the command again",
    errno.EDQUOT: "the quota of the disk is used up: make room, then run it again",
    errno.EFBIG: "the file may not become that large: raise the limit of the user",
    errno.EROFS: "the disk is read-only: choose another folder",
    errno.EMFILE: "too many files are open: raise the limit of the user",
}


def _replace_unshowable_letters() -> None:
    """Print a question mark for each letter that the terminal cannot show."""
    for stream in (sys.stdout, sys.stderr):
        # A test or an embedding program may have replaced the streams.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _print_errors(*problems: str) -> None:
    """Print each problem to standard error, in red on a terminal.

    If the environment variable NO_COLOR is set, no colours are used.
    """
    # With None, click decides: it leaves colours out if the output is not a terminal.
    color = False if os.environ.get("NO_COLOR") else None
    for problem in problems:
        text = escape_hidden(with_config(problem, given_config()), may_have_lines=True)
        secho(text, fg="red", err=True, color=color)


def make_app() -> Typer:
    """Build the application with all its commands."""
    app = make_group(
        name="outagewire",
        help="Watch internet connectivity, decide when an outage is real, and publish"
        " it with its evidence.",
        epilog=format_examples(
            "outagewire demo", "outagewire run --config config.toml"
        ),
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    # The help lists the commands in this order.
    commands.add_to(app)
    serve.add_to(app)
    pausing.add_to(app)
    backup.add_to(app)
    deliveries.add_to(app)
    drafts.add_to(app)
    incidents.add_to(app)
    causes.add_to(app)
    articles.add_to(app)
    evidence.add_to(app)
    readers.add_to(app)
    site.add_to(app)
    return app

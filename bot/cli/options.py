"""Options that several commands share, and the examples at the end of a help text."""

from collections.abc import Collection
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated, Any

from typer import Argument, Option, Typer, echo
from typer.core import TyperGroup

from bot.config.commands_in_text import with_config
from bot.errors import BotError

_given_config: ContextVar[Path | None] = ContextVar("config", default=None)


def _remember(config: Path | None) -> Path | None:
    _given_config.set(config)
    return config


def given_config() -> Path | None:
    """Return the path after `--config` in the command line; None without the option."""
    return _given_config.get()


ConfigOption = Annotated[
    Path | None,
    Option(
        "--config",
        help="The TOML configuration; without it, the defaults apply.",
        callback=_remember,
    ),
]
JsonOption = Annotated[
    bool, Option("--json", help="Print JSON, with ids and times as they are stored.")
]
RecordingArgument = Annotated[
    Path, Argument(help="A folder with recording.toml and series.csv.")
]
IncidentArgument = Annotated[
    str, Argument(help="The incident's id, as `incidents list` shows it.")
]
By = Annotated[str, Option("--by", help="Your name, for the record.")]
Reason = Annotated[str, Option("--reason", help="The reason, for the record.")]


def say(text: str) -> None:
    """Print a text; add the `--config` of this command line to the commands in it."""
    echo(with_config(text, given_config()))


def check_channel_name(name: str, valid_names: Collection[str]) -> None:
    """Raise an error if a channel's name from the command line is not in `valid_names`.

    Raises:
        BotError: `name` is not in `valid_names`; the message lists the valid names.
    """
    if name not in valid_names:
        advice = (
            f"choose one of {', '.join(valid_names)}"
            if valid_names
            else "no channel is configured"
        )
        raise BotError(f"no channel {name!r}; {advice}")


class CommandGroup(TyperGroup):
    """A group of commands that skips its own options if a command is given.

    Typer imports pydantic to parse the options of a group, even if none is given. If
    the first argument is a command's name, the group has no options to parse. This
    class then skips them, so that the command's help needs no import of pydantic.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Parse the group's options, unless the first argument is a command's name."""
        if not args or args[0].startswith("-"):
            return super().parse_args(ctx, args)
        original = self.params, self.add_help_option
        self.params, self.add_help_option = [], False
        try:
            return super().parse_args(ctx, args)
        finally:
            self.params, self.add_help_option = original


def make_group(**settings: Any) -> Typer:  # noqa: ANN401 - typer's own settings
    """Return a group of commands; its help is plain text and is shown without rich."""
    return Typer(cls=CommandGroup, rich_markup_mode=None, **settings)


def format_examples(*lines: str) -> str:
    """Return the end of a help text: commands to copy, one on each line."""
    heading = "Examples:" if len(lines) > 1 else "Example:"
    # \b stops click from wrapping the lines: a wrapped command cannot be copied.
    return "\b\n" + "\n".join((heading, *(f"  {line}" for line in lines)))

"""Options that several commands share, and how examples end a help text."""

from pathlib import Path
from typing import Annotated, Any

from typer import Argument, Option, Typer
from typer.core import TyperGroup

ConfigOption = Annotated[
    Path | None,
    Option("--config", help="Read this TOML file; without it, use the defaults."),
]
RecordingArgument = Annotated[
    Path, Argument(help="A folder with recording.toml and series.csv.")
]
IncidentArgument = Annotated[
    str, Argument(help="The incident's id, as its page shows it.")
]
By = Annotated[str, Option("--by", help="Your name. The record keeps it.")]
Reason = Annotated[str, Option("--reason", help="Why. The record keeps it.")]


class CommandGroup(TyperGroup):
    """A group of commands whose own options stand alone, never before a command.

    Typer loads pydantic to read any option of a group, even one that is not given.
    Where a command is named first, none is: its help then needs no pydantic.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Read the words before the command's own."""
        if not args or args[0].startswith("-"):
            return super().parse_args(ctx, args)
        kept = self.params, self.add_help_option
        self.params, self.add_help_option = [], False
        try:
            return super().parse_args(ctx, args)
        finally:
            self.params, self.add_help_option = kept


def make_group(**settings: Any) -> Typer:  # noqa: ANN401 - typer's own settings
    """A group of commands whose help is plain text.

    It loads no rich, and reads well in a pipe or aloud.
    """
    return Typer(cls=CommandGroup, rich_markup_mode=None, **settings)


def examples(*lines: str) -> str:
    """The end of a help text: commands to copy, each on a line of its own."""
    heading = "Examples:" if len(lines) > 1 else "Example:"
    # The mark \b keeps the lines as they are: a wrapped command cannot be copied.
    return "\b\n" + "\n".join((heading, *(f"  {line}" for line in lines)))

"""Options that several commands share, and how examples end a help text."""

from pathlib import Path
from typing import Annotated, Any

from typer import Argument, Option, Typer

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


def make_group(**settings: Any) -> Typer:  # noqa: ANN401 - typer's own settings
    """A group of commands whose help is plain text.

    It loads no rich, and reads well in a pipe or aloud.
    """
    return Typer(rich_markup_mode=None, **settings)


def examples(*lines: str) -> str:
    """The end of a help text: commands to copy, each on a line of its own."""
    heading = "Examples:" if len(lines) > 1 else "Example:"
    # The mark \b keeps the lines as they are: a wrapped command cannot be copied.
    return "\b\n" + "\n".join((heading, *(f"  {line}" for line in lines)))

"""`outagewire incidents`: what was said is corrected or taken back, by a person."""

from contextlib import closing
from typing import Annotated

from rich.console import Console
from rich.table import Table
from typer import Argument, Option, Typer

from bot import bootstrap
from bot.cli.run import ConfigOption
from bot.config import sections as configuration
from bot.model.incident import EventKind

IncidentArgument = Annotated[str, Argument(help="an incident's id, as on its page")]
By = Annotated[str, Option("--by", help="your name; it is kept, not published")]
Says = Annotated[str, Option("--says", help="what was wrong; it is published")]


def commands() -> Typer:
    """The sub-commands."""
    app = Typer(
        help="List incidents, correct them, take them back.", no_args_is_help=True
    )
    app.command("list")(list_incidents)
    app.command("correct")(correct)
    app.command("retract")(retract)
    return app


def list_incidents(config: ConfigOption = None) -> None:
    """List every incident, newest last.

    outagewire incidents list
    """
    _, store = bootstrap.ruling(configuration.load(config))
    with closing(store):
        table = Table("incident", "state", "scope", "began (UTC)", box=None)
        for one in store.incidents.all():
            began = f"{one.onset.since:%Y-%m-%d %H:%M}"
            table.add_row(one.id, one.state, one.scope, began)
    _console().print(table)


def correct(
    incident: IncidentArgument, says: Says, by: By, config: ConfigOption = None
) -> None:
    """Correct what was said of an incident, wherever it was said.

    outagewire incidents correct IR-2026-0108 --by Ada --says "The first post named the wrong operator."
    """
    _rule(incident, EventKind.CORRECTED, (says, by), config)


def retract(
    incident: IncidentArgument, says: Says, by: By, config: ConfigOption = None
) -> None:
    """Take back what was said of an incident, wherever it was said.

    outagewire incidents retract IR-2026-0108 --by Ada --says "The drop was planned maintenance."
    """
    _rule(incident, EventKind.RETRACTED, (says, by), config)


def _rule(
    incident: str, kind: EventKind, told: tuple[str, str], config: ConfigOption
) -> None:
    bench, store = bootstrap.ruling(configuration.load(config))
    with closing(store):
        bench.rule(incident, kind, *told)
    _console().print(
        f"{incident} is {kind} in the next round of `outagewire run`; policy decides"
        " whether the post waits for a person. `outagewire deliveries owed` tells who"
        " was told.",
        markup=False,
    )


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True)

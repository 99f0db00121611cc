"""`outagewire incidents`: what was said is corrected or taken back, by a person."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option, Typer, echo

from bot.cli.options import ConfigOption, IncidentArgument, examples, make_group
from bot.cli.tables import print_table

if TYPE_CHECKING:
    from bot.model.incident import EventKind

By = Annotated[
    str, Option("--by", help="Your name. The record keeps it; nobody publishes it.")
]
Statement = Annotated[
    str, Option("--statement", help="What was wrong. It is published.")
]


def add_to(app: Typer) -> None:
    """Add the sub-commands."""
    incidents = make_group(
        help="List incidents, correct them, take them back.",
        epilog=examples("outagewire incidents list"),
        no_args_is_help=True,
    )
    incidents.command("list", epilog=_LIST)(list_incidents)
    incidents.command("correct", epilog=_CORRECT)(correct)
    incidents.command("retract", epilog=_RETRACT)(retract)
    app.add_typer(incidents, name="incidents")


def list_incidents(config: ConfigOption = None) -> None:
    """List every incident, newest last."""
    from bot import bootstrap as wiring
    from bot.config import loading as configuration

    with wiring.opened(configuration.load(config)) as store:
        rows = [
            (each.id, each.state, each.scope, f"{each.onset.since:%Y-%m-%d %H:%M}")
            for each in store.incidents.all()
        ]
    print_table(("incident", "state", "scope", "began (UTC)"), rows)


_LIST = examples("outagewire incidents list")


def correct(
    incident: IncidentArgument,
    statement: Statement,
    by: By,
    config: ConfigOption = None,
) -> None:
    """Correct what we said of an incident, on every channel."""
    from bot.model.incident import EventKind

    _rule(incident, EventKind.CORRECTED, (statement, by), config)


_CORRECT = examples(
    "outagewire incidents correct IR-2026-0108 --by Ada"
    ' --statement "The first post named the wrong operator."'
)


def retract(
    incident: IncidentArgument,
    statement: Statement,
    by: By,
    config: ConfigOption = None,
) -> None:
    """Take back what we said of an incident, on every channel."""
    from bot.model.incident import EventKind

    _rule(incident, EventKind.RETRACTED, (statement, by), config)


_RETRACT = examples(
    "outagewire incidents retract IR-2026-0108 --by Ada"
    ' --statement "The drop was planned maintenance."'
)


def _rule(
    incident: str, kind: "EventKind", ruling: tuple[str, str], config: Path | None
) -> None:
    from bot import bootstrap as wiring
    from bot.config import loading as configuration

    bench, store = wiring.ruling(configuration.load(config))
    with closing(store):
        bench.rule(incident, kind, *ruling)
    echo(
        f"{incident} is {kind} in the next round of `outagewire run`; policy decides"
        " whether the post waits for a person. `outagewire corrections status`"
        " shows which channels have it."
    )

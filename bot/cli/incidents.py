"""`outagewire incidents`: list incidents, and correct or retract what was published."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Option, Typer

from bot.cli.options import (
    ConfigOption,
    IncidentArgument,
    JsonOption,
    format_examples,
    make_group,
    say,
)
from bot.cli.output.damage import print_damage
from bot.cli.output.tables import print_list

if TYPE_CHECKING:
    from bot.model.incident import EventKind, Incident

# `options.By` is not used here: its help does not say that the name is not published.
ByOption = Annotated[
    str, Option("--by", help="Your name, for the record. It is not published.")
]
Statement = Annotated[
    str, Option("--statement", help="What was wrong. This text is published.")
]


def add_to(app: Typer) -> None:
    """Add the command group `incidents`."""
    incidents = make_group(
        help="List incidents; correct or retract what was published.",
        epilog=format_examples("outagewire incidents list"),
        no_args_is_help=True,
    )
    incidents.command("list", epilog=_LIST)(list_incidents)
    incidents.command("correct", epilog=_CORRECT)(correct)
    incidents.command("retract", epilog=_RETRACT)(retract)
    app.add_typer(incidents, name="incidents")


def list_incidents(config: ConfigOption = None, *, as_json: JsonOption = False) -> None:
    """List all incidents, newest last."""
    from bot import bootstrap
    from bot.config import loading as configuration
    from bot.text.reasons import load_words, state_in_words

    words = load_words()
    with bootstrap.open_configured_store(configuration.load_config(config)) as store:
        entries = [
            (
                (
                    incident.id,
                    state_in_words(words, "states", incident.state).lower(),
                    incident.scope,
                    # The onset is an interval (P9). The table shows its first time; the
                    # drop did not begin earlier.
                    f"{incident.onset.since:%Y-%m-%d %H:%M}",
                ),
                _as_fields(incident),
            )
            for incident in store.incidents.all()
        ]
        print_damage(store)
    head = ("incident", "state", "scope", "began (UTC)")
    print_list(head, entries, as_json=as_json)


def _as_fields(incident: "Incident") -> dict[str, Any]:
    return {
        "id": incident.id,
        "place": str(incident.place),
        "state": str(incident.state),
        "scope": str(incident.scope),
        "began_between": [
            incident.onset.since.isoformat(),
            incident.onset.until.isoformat(),
        ],
    }


_LIST = format_examples("outagewire incidents list", "outagewire incidents list --json")


def correct(
    incident: IncidentArgument,
    statement: Statement,
    by: ByOption,
    config: ConfigOption = None,
) -> None:
    """Correct what was published about an incident, on every channel."""
    from bot.model.incident import EventKind

    _apply(incident, EventKind.CORRECTED, statement, by, config)


_CORRECT = format_examples(
    "outagewire incidents correct IR-2026-0108 --by Ada"
    ' --statement "The first post named the wrong operator."'
)


def retract(
    incident: IncidentArgument,
    statement: Statement,
    by: ByOption,
    config: ConfigOption = None,
) -> None:
    """Retract what was published about an incident, on every channel."""
    from bot.model.incident import EventKind

    _apply(incident, EventKind.RETRACTED, statement, by, config)


_RETRACT = format_examples(
    "outagewire incidents retract IR-2026-0108 --by Ada"
    ' --statement "The drop was planned maintenance."'
)


def _apply(
    incident_id: str, kind: "EventKind", statement: str, by: str, config: Path | None
) -> None:
    from bot import bootstrap
    from bot.config import loading as configuration

    corrections, store = bootstrap.manual_corrections(configuration.load_config(config))
    with closing(store):
        # `record` only stores a request. Only the loop creates events, because each
        # event must get the next number in its incident.
        corrections.record(incident_id, kind, statement, by)
    say(
        f"{incident_id} will be {kind} in the next tick of `outagewire run`. Policy"
        " decides whether a person must approve the post. `outagewire corrections"
        " status` shows which channels have posted it."
    )

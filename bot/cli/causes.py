"""`outagewire causes`: a person records who says what caused an incident (P8).

The program itself never names a cause.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option, Typer, echo

from bot.characters import escape_hidden
from bot.cli.options import (
    By,
    ConfigOption,
    IncidentArgument,
    JsonOption,
    format_examples,
    make_group,
    say,
)
from bot.cli.output.damage import print_damage
from bot.cli.output.tables import print_list
from bot.model.attribution import Attribution, AttributionLevel, CauseClaim

if TYPE_CHECKING:
    from bot.editorial.attributions import AttributionEditor
    from bot.model.attribution import AttributionStep

Number = Annotated[
    int, Argument(help="The attribution's number, as `causes list` shows it.")
]
# `options.Reason` is not used here: its help does not say that the reason of a withdrawal
# is published.
ReasonOption = Annotated[
    str,
    Option(
        "--reason",
        help="The reason, for the record. The reason of a withdrawal is published.",
    ),
]
LevelOption = Annotated[
    AttributionLevel,
    Option(
        "--level",
        help="A1: somebody says what the cause is. A2: the outage is consistent with a"
        " cause. A3: somebody ordered the outage.",
    ),
]
Statement = Annotated[
    str,
    Option(
        "--statement",
        help="A1: what --who says. A2: what the outage is consistent with."
        " A3: the title of the document.",
    ),
]
Who = Annotated[
    str, Option("--who", help="A1, A2: who said it. A3: who gave the order.")
]
Link = Annotated[str, Option("--link", help="The address of the source.")]
Archived = Annotated[
    str,
    Option("--archived", help="An archived copy of the source: a path or an address."),
]
Alternative = Annotated[
    str,
    Option(
        "--alternative",
        help="The main alternative explanation: required for --level A2, else not allowed.",
    ),
]


def add_to(app: Typer) -> None:
    """Add the command group `causes`."""
    causes = make_group(
        help="Record who says what caused an incident, with the source.",
        epilog=format_examples("outagewire causes list IR-2026-0108"),
        no_args_is_help=True,
    )
    causes.command("add", epilog=_ADD)(add)
    causes.command("sign", epilog=_SIGN)(sign)
    causes.command("list", epilog=_LIST)(list_causes)
    causes.command("withdraw", epilog=_WITHDRAW)(withdraw)
    app.add_typer(causes, name="causes")


def add(  # noqa: PLR0913 - each is an option of the command line
    incident: IncidentArgument,
    *,
    level: LevelOption,
    statement: Statement,
    who: Who,
    link: Link,
    archived: Archived,
    by: By,
    reason: ReasonOption,
    alternative: Alternative = "",
    config: ConfigOption = None,
) -> None:
    """Record who says what caused an incident.

    The record is called an attribution. An attribution of level A1 is published in the
    next tick. An attribution of level A2 or A3 is published after a second person has
    signed it.
    """
    # The page shows these values as they are stored, so the white space around pasted
    # text is removed here.
    claim = CauseClaim(
        level,
        statement.strip(),
        who.strip(),
        link.strip(),
        archived.strip(),
        alternative.strip(),
    )
    with _attribution_editor(config) as editor:
        _confirm(incident, editor.add(incident, claim, by, reason))


_ADD = format_examples(
    'outagewire causes add IR-2026-0108 --level A1 --who "The ministry"'
    ' --statement "a cable was cut" --link https://... --archived copies/1.html'
    ' --by Ada --reason "..."'
)


def sign(
    incident: IncidentArgument,
    number: Number,
    by: By,
    reason: ReasonOption,
    config: ConfigOption = None,
) -> None:
    """Sign an attribution as the second person.

    `outagewire run` publishes a signed attribution of level A2 or A3 in its next tick.
    """
    with _attribution_editor(config) as editor:
        _confirm(incident, editor.sign(incident, number, by, reason))


_SIGN = format_examples(
    'outagewire causes sign IR-2026-0108 1 --by Grace --reason "read the document"'
)


def withdraw(
    incident: IncidentArgument,
    number: Number,
    by: By,
    reason: ReasonOption,
    config: ConfigOption = None,
) -> None:
    """Withdraw an attribution.

    The attribution stays on record. If it was published, the page says that it is
    withdrawn.
    """
    with _attribution_editor(config) as editor:
        _confirm(incident, editor.withdraw(incident, number, by, reason))


_WITHDRAW = format_examples(
    'outagewire causes withdraw IR-2026-0108 1 --by Ada --reason "the ministry denies it"'
)


def list_causes(
    incident: IncidentArgument,
    config: ConfigOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """List the attributions of an incident.

    Every addition, signature and withdrawal is listed, oldest first.
    """
    from bot import bootstrap
    from bot.config import loading as configuration

    with bootstrap.open_configured_store(configuration.load_config(config)) as store:
        # Every act is listed, not only the present state, because withdrawing an
        # attribution does not erase it (P11).
        steps = store.attributions.history(incident)
        if not steps and store.incidents.place_of(incident) is None:
            store.incidents.get(incident)  # an incident that does not exist is an error
        print_damage(store)
    if as_json:
        print_list((), [((), _as_fields(step)) for step in steps], as_json=True)
        return
    if not steps:
        echo("Nobody has put a cause on record.")
    for step in steps:
        head = f"{step.number} {step.act} {step.at:%Y-%m-%d %H:%M} UTC by {step.by}"
        echo(escape_hidden(f"{head}: {step.reason}"))
        if step.claim is not None:
            _print(step.claim)


def _as_fields(step: "AttributionStep") -> dict[str, Any]:
    return {
        "incident": step.incident,
        "number": step.number,
        "act": str(step.act),
        "by": step.by,
        "reason": step.reason,
        "at": step.at.isoformat(),
        "claim": None if step.claim is None else asdict(step.claim),
    }


_LIST = format_examples(
    "outagewire causes list IR-2026-0108", "outagewire causes list IR-2026-0108 --json"
)


@contextmanager
def _attribution_editor(path: Path | None) -> "Iterator[AttributionEditor]":
    """Open the store, yield the editor of attributions, and close the store."""
    from bot import bootstrap
    from bot.clock import SystemClock
    from bot.config import loading as configuration
    from bot.editorial.attributions import AttributionEditor

    with bootstrap.open_configured_store(configuration.load_config(path)) as store:
        yield AttributionEditor(store, SystemClock())


def _print(claim: CauseClaim) -> None:
    echo(escape_hidden(f"  {claim.level} {claim.who}: {claim.statement}"))
    if claim.alternative:
        echo(escape_hidden(f"  main alternative: {claim.alternative}"))
    echo(escape_hidden(f"  {claim.link} (copy: {claim.archived})"))


def _confirm(incident_id: str, attribution: Attribution) -> None:
    """Print the state of the attribution, and when the incident's page shows it.

    The commands of this group do not write the page; `outagewire run` does.
    """
    name = f"{incident_id} {attribution.number} ({attribution.claim.level})"
    if attribution.withdrawn is not None:
        text = f"{name} is withdrawn; if published, the page says so in the next tick."
    # The page shows an attribution of level A1 without a signature, because it only
    # quotes somebody. Levels A2 and A3 need the signature of a second person (P8).
    elif attribution.is_shown:
        text = f"{name} is on the page from the next tick on."
    else:
        sign_it = f"causes sign {incident_id} {attribution.number} --by NAME --reason"
        text = f'{name} waits for a second person to run `outagewire {sign_it} "..."`.'
    say(text)

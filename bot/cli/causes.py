"""`outagewire causes`: who says what the cause is; only people fill this in (P8)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, Typer, echo

from bot.cli.options import By, ConfigOption, IncidentArgument, examples, make_group
from bot.model.attribution import Attribution, Claim, Level

if TYPE_CHECKING:
    from bot.editorial.attributions import AttributionEditor

Number = Annotated[
    int, Argument(help="The attribution's number, as `causes list` shows it.")
]
Reason = Annotated[
    str, Option("--reason", help="Why. The record keeps it; the page shows an undoing.")
]
Rung = Annotated[
    Level,
    Option("--level", help="A1: X says; A2: is consistent with; A3: was ordered by."),
]
Statement = Annotated[
    str,
    Option(
        "--statement",
        help="A1: what they say; A2: what it is consistent with; A3: the document.",
    ),
]
Who = Annotated[str, Option("--who", help="Who said it. A3: who ordered it.")]
Link = Annotated[str, Option("--link", help="Where they said it.")]
Archived = Annotated[str, Option("--archived", help="A copy: a path or an address.")]
Alternative = Annotated[str, Option("--alternative", help="A2: the main alternative.")]


def add_to(app: Typer) -> None:
    """Add the sub-commands."""
    causes = make_group(
        help="Record who says what the cause is, with the source.",
        epilog=examples("outagewire causes list IR-2026-0108"),
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
    level: Rung,
    statement: Statement,
    who: Who,
    link: Link,
    archived: Archived,
    by: By,
    reason: Reason,
    alternative: Alternative = "",
    config: ConfigOption = None,
) -> None:
    """Record who says what the cause is.

    The page shows A2 and A3 once another person signs.
    """
    claim = Claim(
        level,
        statement.strip(),
        who.strip(),
        link.strip(),
        archived.strip(),
        alternative.strip(),
    )
    with _attributing(config) as work:
        _confirm(incident, work.add(incident, claim, by, reason))


_ADD = examples(
    'outagewire causes add IR-2026-0108 --level A1 --who "The ministry"'
    ' --statement "a cable was cut" --link https://... --archived copies/1.html'
    ' --by Ada --reason "..."'
)


def sign(
    incident: IncidentArgument,
    number: Number,
    by: By,
    reason: Reason,
    config: ConfigOption = None,
) -> None:
    """Sign as the second person.

    The page shows A2 and A3 from then on.
    """
    with _attributing(config) as work:
        _confirm(incident, work.sign(incident, number, by, reason))


_SIGN = examples(
    'outagewire causes sign IR-2026-0108 1 --by Grace --reason "read the document"'
)


def withdraw(
    incident: IncidentArgument,
    number: Number,
    by: By,
    reason: Reason,
    config: ConfigOption = None,
) -> None:
    """Take an attribution back.

    The record stays, and the page says so.
    """
    with _attributing(config) as work:
        _confirm(incident, work.withdraw(incident, number, by, reason))


_WITHDRAW = examples(
    'outagewire causes withdraw IR-2026-0108 1 --by Ada --reason "the ministry denies it"'
)


def list_causes(incident: IncidentArgument, config: ConfigOption = None) -> None:
    """List who said what the cause is, and when.

    It lists every act on the incident's attributions, oldest first.
    """
    from bot import bootstrap as wiring
    from bot.config import loading as configuration

    with wiring.opened(configuration.load(config)) as store:
        steps = store.attributions.history(incident)
    if not steps:
        echo("Nobody has put a cause on record.")
    for step in steps:
        head = f"{step.number} {step.act} {step.at:%Y-%m-%d %H:%M} UTC by {step.by}"
        echo(f"{head}: {step.reason}")
        if step.claim is not None:
            _print(step.claim)


_LIST = examples("outagewire causes list IR-2026-0108")


@contextmanager
def _attributing(path: Path | None) -> "Iterator[AttributionEditor]":
    """What records causes; its store is closed at the end."""
    from bot import bootstrap as wiring
    from bot.clock import SystemClock
    from bot.config import loading as configuration
    from bot.editorial.attributions import AttributionEditor

    with wiring.opened(configuration.load(path)) as store:
        yield AttributionEditor(store, SystemClock())


def _print(claim: Claim) -> None:
    echo(f"  {claim.level} {claim.who}: {claim.statement}")
    if claim.alternative:
        echo(f"  main alternative: {claim.alternative}")
    echo(f"  {claim.link} (copy: {claim.archived})")


def _confirm(incident: str, attribution: Attribution) -> None:
    name = f"{incident} {attribution.number} ({attribution.claim.level})"
    if attribution.withdrawn is not None:
        text = f"{name} is withdrawn; the page says so from the next round on."
    elif attribution.shown:
        text = f"{name} is on the page from the next round on."
    else:
        text = f"{name} waits for a second person: outagewire causes sign"
    echo(text)

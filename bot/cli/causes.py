"""`outagewire causes`: who says what the cause is; only people fill this in (P8)."""

from typing import Annotated

from rich.console import Console
from typer import Argument, Option, Typer

from bot import bootstrap
from bot.cli.run import ConfigOption
from bot.config import sections as configuration
from bot.model.attribution import Attribution, Claim, Level

IncidentArgument = Annotated[str, Argument(help="an incident's id, as on its page")]
Number = Annotated[int, Argument(help="the attribution's number, as `list` shows it")]
By = Annotated[str, Option("--by", help="your name; it is kept with the record")]
Reason = Annotated[str, Option("--reason", help="why; it is kept, and shown if undone")]
Rung = Annotated[
    Level,
    Option("--level", help="A1: X says; A2: is consistent with; A3: was ordered by"),
]
Statement = Annotated[
    str,
    Option(
        "--statement",
        help="A1: what they say; A2: what it is consistent with; A3: the document",
    ),
]
Who = Annotated[str, Option("--who", help="who said it; A3: who ordered it")]
Link = Annotated[str, Option("--link", help="where it was said")]
Archived = Annotated[str, Option("--archived", help="a copy: a path or an address")]
Alternative = Annotated[str, Option("--alternative", help="A2: the main alternative")]


def commands() -> Typer:
    """The sub-commands."""
    app = Typer(
        help="Record who says what the cause is, with the source.",
        no_args_is_help=True,
    )
    app.command("add")(add)
    app.command("sign")(sign)
    app.command("list")(list_causes)
    app.command("withdraw")(withdraw)
    return app


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
    """Put on record who says what; A2 and A3 are shown once another person signs.

    outagewire causes add IR-2026-0108 --level A1 --who "The ministry" --statement
    "a cable was cut" --link https://... --archived copies/1.html --by Ada --reason "..."
    """
    claim = Claim(
        level,
        statement.strip(),
        who.strip(),
        link.strip(),
        archived.strip(),
        alternative.strip(),
    )
    work = bootstrap.attributing(configuration.load(config))
    _say(incident, work.add(incident, claim, by, reason))


def sign(
    incident: IncidentArgument,
    number: Number,
    by: By,
    reason: Reason,
    config: ConfigOption = None,
) -> None:
    """Sign as the second person: A2 and A3 are shown from then on.

    outagewire causes sign IR-2026-0108 1 --by Grace --reason "read the document"
    """
    work = bootstrap.attributing(configuration.load(config))
    _say(incident, work.sign(incident, number, by, reason))


def withdraw(
    incident: IncidentArgument,
    number: Number,
    by: By,
    reason: Reason,
    config: ConfigOption = None,
) -> None:
    """Take an attribution back; the record stays, and the page says so.

    outagewire causes withdraw IR-2026-0108 1 --by Ada --reason "the ministry denies it"
    """
    work = bootstrap.attributing(configuration.load(config))
    _say(incident, work.withdraw(incident, number, by, reason))


def list_causes(incident: IncidentArgument, config: ConfigOption = None) -> None:
    """List every act on an incident's attributions, oldest first.

    outagewire causes list IR-2026-0108
    """
    _, store = bootstrap.reviewing(configuration.load(config))
    console = _console()
    steps = store.attributions.history(incident)
    if not steps:
        console.print("Nobody has put a cause on record.", markup=False)
    for step in steps:
        head = f"{step.number} {step.act} {step.at:%Y-%m-%d %H:%M} UTC by {step.by}"
        console.print(f"{head}: {step.reason}", markup=False)
        if step.claim is not None:
            _print(step.claim)


def _print(claim: Claim) -> None:
    console = _console()
    console.print(f"  {claim.level} {claim.who}: {claim.statement}", markup=False)
    if claim.alternative:
        console.print(f"  main alternative: {claim.alternative}", markup=False)
    console.print(f"  {claim.link} (copy: {claim.archived})", markup=False)


def _say(incident: str, one: Attribution) -> None:
    told = f"{incident} {one.number} ({one.claim.level})"
    if one.withdrawn is not None:
        text = f"{told} is withdrawn; the page says so from the next round on."
    elif one.shown:
        text = f"{told} is on the page from the next round on."
    else:
        text = f"{told} waits for a second person: outagewire causes sign"
    _console().print(text, markup=False)


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True)

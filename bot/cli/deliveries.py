"""`outagewire deliveries` and `post-test`: what goes out, and what does not."""

from datetime import timedelta
from typing import Annotated

from typer import Argument, Context, Exit, Option, Typer, echo

from bot.cli.options import By, ConfigOption, Reason, examples, make_group
from bot.cli.tables import print_table
from bot.errors import BotError

KeyArgument = Annotated[
    str, Argument(help="The delivery's key, as `deliveries` shows it.")
]


def add_to(app: Typer) -> None:
    """Add both, and the sub-commands of `deliveries`."""
    app.command("post-test", epilog=_POST_TEST)(post_test)
    deliveries = make_group(epilog=_LIST, invoke_without_command=True)
    deliveries.callback()(list_deliveries)
    deliveries.command("settle", epilog=_SETTLE)(settle)
    deliveries.command("describe", epilog=_DESCRIBE)(describe)
    app.add_typer(deliveries, name="deliveries")
    corrections = make_group(
        help="See which channels carry a correction.",
        epilog=_STATUS,
        no_args_is_help=True,
    )
    corrections.command("status", epilog=_STATUS)(correction_status)
    app.add_typer(corrections, name="corrections")


def list_deliveries(
    context: Context,
    config: ConfigOption = None,
    *,
    every: Annotated[bool, Option("--all", help="List the settled ones too.")] = False,
) -> None:
    """List the posts that are not settled, or settle one.

    They wait, are in doubt, or need a person.
    """
    if context.invoked_subcommand is not None:
        return
    from bot import bootstrap as wiring
    from bot.config import loading as configuration
    from bot.model.delivery import UNSETTLED

    rows: list[tuple[str, ...]] = []
    with wiring.opened(configuration.load(config)) as store:
        for each in store.deliveries.all():
            waits = each.state in UNSETTLED
            if every or waits:
                due = f"{each.not_before:%Y-%m-%d %H:%M:%S}" if waits else ""
                tries = str(each.tries)
                rows.append((each.post.key, each.state, tries, due, each.note))
    print_table(("post", "state", "tries", "next (UTC)", "note"), rows)


_LIST = examples("outagewire deliveries", "outagewire deliveries --all")


def post_test(
    channel: Annotated[str, Argument(help="A channel's name.")],
    config: ConfigOption = None,
) -> None:
    """Send a test post and take it down again.

    The post is as private as the channel can make it. It shows each step. Exit code 1 says that the channel is not fit for posting.
    """
    from bot import bootstrap as wiring
    from bot.config import loading as configuration

    settings = configuration.load(config)
    if channel not in {*settings.channels, "editors"}:
        raise BotError(
            f"no channel {channel!r}; there are {', '.join(settings.channels)}"
        )
    failed = False
    for step in wiring.rehearsing(settings, channel):
        failed |= step.failed
        sign = "failed" if step.failed else "ok"
        milliseconds = step.took.total_seconds() * 1000
        result = step.told or _DONE[step.name]
        echo(f"{step.name:<8}{sign:<8}{milliseconds:>7.0f} ms  {result}")
    if failed:
        raise Exit(1)


_POST_TEST = examples("outagewire post-test masto --config config.toml")
_DONE = {
    "find": "cannot be read back; sending it again would do no harm",
    "remove": "taken down",
}


def settle(  # noqa: PLR0913 - each is an option of the command line
    key: KeyArgument,
    by: By = "",
    reason: Reason = "",
    config: ConfigOption = None,
    *,
    posted_id: Annotated[
        str | None, Option("--posted-id", help="It was posted, under this id.")
    ] = None,
    url: Annotated[str | None, Option("--url", help="Where people can see it.")] = None,
    not_posted: Annotated[
        bool, Option("--not-posted", help="It was not posted. Send it again.")
    ] = False,
    drop: Annotated[bool, Option("--drop", help="Never send it.")] = False,
) -> None:
    """Say what became of a post when its channel cannot."""
    from bot import bootstrap as wiring
    from bot.clock import SystemClock
    from bot.config import loading as configuration
    from bot.model.delivery import Receipt
    from bot.publishing.delivery_admin import DeliveryAdmin

    if (posted_id is not None) + not_posted + drop != 1:
        raise BotError("pass exactly one of --posted-id ID, --not-posted, --drop")
    with wiring.opened(configuration.load(config)) as store:
        work = DeliveryAdmin(store, SystemClock(), by, reason)
        if posted_id is not None:
            work.is_out(key, Receipt(posted_id, url))
        elif not_posted:
            work.is_not_out(key)
        else:
            work.forget(key)
        state = next(d.state for d in store.deliveries.all() if d.post.key == key)
    echo(f"{key} is {state} now.")


_SETTLE = examples(
    "outagewire deliveries settle IR-2026-0108.2/tg --posted-id 4711 --by Ada"
    ' --reason "seen"',
    "outagewire deliveries settle IR-2026-0108.2/tg --not-posted --by Ada"
    ' --reason "looked"',
)


def describe(
    key: KeyArgument,
    alt: Annotated[str, Option("--alt", help="What the picture shows, in words.")],
    by: By = "",
    reason: Reason = "",
    config: ConfigOption = None,
) -> None:
    """Change the picture description of a post that is out.

    Not every channel can.
    """
    from bot import bootstrap as wiring
    from bot.clock import SystemClock
    from bot.config import loading as configuration
    from bot.publishing.delivery_admin import DeliveryAdmin

    settings = configuration.load(config)
    made = wiring.channels(settings, SystemClock())
    name = key.partition("/")[2]
    if name not in made:
        raise BotError(f"no channel {name!r}; there are {', '.join(sorted(made))}")
    with wiring.opened(settings) as store:
        work = DeliveryAdmin(store, SystemClock(), by, reason)
        checker = wiring.renderer(settings)
        new = work.describe(key, made[name].outlet(), alt, checker)
    echo(f"{new} waits: the running loop carries it there.")


_DESCRIBE = examples(
    'outagewire deliveries describe IR-2026-0108.2/masto --alt "..." --by Ada'
    ' --reason "clearer"'
)


def correction_status(config: ConfigOption = None) -> None:
    """List every correction by channel, and when it was posted."""
    from bot import bootstrap as wiring
    from bot.config import loading as configuration
    from bot.editorial.corrections import all_correction_statuses

    rows: list[tuple[str, ...]] = []
    with wiring.opened(configuration.load(config)) as store:
        for debt in all_correction_statuses(store):
            stands = f"missing ({debt.stands or 'not published'})"
            if debt.took is not None:
                stands = f"posted after {_lasting(debt.took)}"
            since = f"{debt.since:%Y-%m-%d %H:%M}"
            rows.append((debt.event, debt.channel, since, stands))
    print_table(("correction", "channel", "known (UTC)", "stands"), rows)


_STATUS = examples("outagewire corrections status")


def _lasting(took: timedelta) -> str:
    return str(timedelta(seconds=round(took.total_seconds())))

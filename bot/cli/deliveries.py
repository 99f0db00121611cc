"""`outagewire pause`, `resume`, `deliveries` and `post-test`: what goes out, and what not."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Annotated

from rich.console import Console
from rich.table import Table
from typer import Argument, Context, Exit, Option, Typer

from bot import bootstrap
from bot.cli.run import ConfigOption
from bot.clock import SystemClock
from bot.config import sections as configuration
from bot.config.sections import Config
from bot.editorial.corrections import all_correction_statuses
from bot.errors import BotError
from bot.model.delivery import EVERY, Receipt
from bot.ports import Store
from bot.publishing.delivery_admin import UNSETTLED, DeliveryAdmin

By = Annotated[str, Option("--by", help="your name; it is kept")]
Reason = Annotated[str, Option("--reason", help="why; it is kept")]
ChannelArgument = Annotated[
    str | None, Argument(help="a channel's name; without it: all of them")
]
KeyArgument = Annotated[
    str, Argument(help="a delivery's key, as `deliveries` shows it")
]


def commands() -> Typer:
    """The sub-commands of `deliveries`."""
    app = Typer(
        help="List what waits or is in doubt (`outagewire deliveries`), and settle it.",
        invoke_without_command=True,
    )
    app.callback()(list_deliveries)
    app.command("settle")(settle)
    app.command("owed")(owed)
    app.command("describe")(describe)
    return app


def pause(
    channel: ChannelArgument = None,
    by: By = "",
    reason: Reason = "",
    config: ConfigOption = None,
) -> None:
    """Stop a channel, or all of them, at once and through every restart.

    Without --by and --reason it tells what is stopped now.

        outagewire pause masto --by Ada --reason "the account is being moved"

        outagewire pause
    """
    settings = configuration.load(config)
    with _opened(settings) as store:
        if by or reason:
            name = _known(settings, channel)
            DeliveryAdmin(store, SystemClock(), by, reason).pause(name)
        stopped = store.pauses.active()
        for one in stopped:
            what = "everything" if one.channel == EVERY else one.channel
            since = f"{one.since:%Y-%m-%d %H:%M}"
            _say(f"{what} is stopped since {since} UTC by {one.by}: {one.reason}")
        if not stopped:
            _say("Nothing is stopped.")


def resume(
    channel: ChannelArgument = None,
    by: By = "",
    reason: Reason = "",
    config: ConfigOption = None,
) -> None:
    """Let a channel post again, or all that were stopped together.

    outagewire resume masto --by Ada --reason "the account has moved"
    """
    settings = configuration.load(config)
    name = _known(settings, channel)
    with _opened(settings) as store:
        DeliveryAdmin(store, SystemClock(), by, reason).resume(name)
    _say(f"{'Every channel' if name == EVERY else name} posts again.")


def list_deliveries(
    context: Context,
    config: ConfigOption = None,
    *,
    every: Annotated[bool, Option("--all", help="the settled ones too")] = False,
) -> None:
    """List the posts that wait, are in doubt, or need a person.

    outagewire deliveries --all
    """
    if context.invoked_subcommand is not None:
        return
    with _opened(configuration.load(config)) as store:
        table = Table("post", "state", "tries", "next (UTC)", "note", box=None)
        for one in store.deliveries.all():
            if every or one.state in UNSETTLED:
                following = f"{one.not_before:%Y-%m-%d %H:%M:%S}"
                due = following if one.state in UNSETTLED else ""
                row = (one.post.key, one.state, str(one.tries), due, one.note)
                table.add_row(*row)
        _console().print(table)


def post_test(
    channel: Annotated[str, Argument(help="a channel's name")],
    config: ConfigOption = None,
) -> None:
    """Send a test post, as private as the channel can, and take it down again.

    Each step is shown; exit code 1 says that the channel is not fit for posting.

        outagewire post-test masto --config config.toml
    """
    settings = configuration.load(config)
    if channel not in {*settings.channels, "editors"}:
        raise BotError(
            f"no channel {channel!r}; there are {', '.join(settings.channels)}"
        )
    failed = False
    for step in bootstrap.rehearsing(settings, channel):
        failed |= step.failed
        sign = "failed" if step.failed else "ok"
        milliseconds = step.took.total_seconds() * 1000
        _say(
            f"{step.name:<8}{sign:<8}{milliseconds:>7.0f} ms  {step.told or _DONE[step.name]}"
        )
    if failed:
        raise Exit(1)


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
    out: Annotated[str | None, Option("--out", help="it is out, under this id")] = None,
    url: Annotated[str | None, Option("--url", help="where it can be seen")] = None,
    not_out: Annotated[
        bool, Option("--not-out", help="it is not out: send it again")
    ] = False,
    drop: Annotated[bool, Option("--drop", help="never send it")] = False,
) -> None:
    """Say what became of a post that the channel cannot tell of.

    outagewire deliveries settle IR-2026-0108.2/tg --out 4711 --by Ada --reason "seen"

    outagewire deliveries settle IR-2026-0108.2/tg --not-out --by Ada --reason "looked"
    """
    if (out is not None) + not_out + drop != 1:
        raise BotError("say one of --out ID, --not-out and --drop")
    with _opened(configuration.load(config)) as store:
        work = DeliveryAdmin(store, SystemClock(), by, reason)
        if out is not None:
            work.is_out(key, Receipt(out, url))
        elif not_out:
            work.is_not_out(key)
        else:
            work.forget(key)
        state = next(d.state for d in store.deliveries.all() if d.post.key == key)
        _say(f"{key} is {state} now.")


def describe(
    key: KeyArgument,
    alt: Annotated[str, Option("--alt", help="what the picture shows, in words")],
    by: By = "",
    reason: Reason = "",
    config: ConfigOption = None,
) -> None:
    """Give the picture of a post that is out another description, where a channel can.

    outagewire deliveries describe IR-2026-0108.2/masto --alt "..." --by Ada --reason "clearer"
    """
    settings = configuration.load(config)
    made = bootstrap.channels(settings, SystemClock())
    name = key.partition("/")[2]
    if name not in made:
        raise BotError(f"no channel {name!r}; there are {', '.join(sorted(made))}")
    with _opened(settings) as store:
        work = DeliveryAdmin(store, SystemClock(), by, reason)
        checker = bootstrap.renderer(settings)
        new = work.describe(key, made[name].outlet(), alt, checker)
    _say(f"{new} waits: the running loop carries it there.")


def owed(config: ConfigOption = None) -> None:
    """List corrections: which channel owes one, and how long the others took.

    outagewire deliveries owed
    """
    with _opened(configuration.load(config)) as store:
        table = Table("correction", "channel", "known (UTC)", "stands", box=None)
        for debt in all_correction_statuses(store):
            told = f"owed ({debt.stands or 'not let out'})"
            if debt.took is not None:
                told = f"out after {_lasting(debt.took)}"
            known = f"{debt.since:%Y-%m-%d %H:%M}"
            table.add_row(debt.event, debt.channel, known, told)
        _console().print(table)


def _lasting(took: timedelta) -> str:
    return str(timedelta(seconds=round(took.total_seconds())))


def _known(settings: Config, channel: str | None) -> str:
    names = sorted({*settings.channels, *(("editors",) if settings.editors else ())})
    if channel is not None and channel not in names:
        raise BotError(f"no channel {channel!r}; there are {', '.join(names)}")
    return channel or EVERY


@contextmanager
def _opened(settings: Config) -> Iterator[Store]:
    _, store = bootstrap.reviewing(settings)
    with closing(store):
        yield store


def _say(text: str) -> None:
    _console().print(text, markup=False)


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True)

"""`outagewire pause` and `resume`: the kill switch, which needs little to start."""

from typing import Annotated

from typer import Argument, Typer, echo

from bot.cli.options import By, ConfigOption, Reason, examples
from bot.errors import BotError
from bot.model.delivery import EVERY

ChannelArgument = Annotated[
    str | None, Argument(help="A channel's name. Without it: all channels.")
]


def add_to(app: Typer) -> None:
    """Add both commands."""
    app.command("pause", epilog=_PAUSE)(pause)
    app.command("resume", epilog=_RESUME)(resume)


def pause(
    channel: ChannelArgument = None,
    by: By = "",
    reason: Reason = "",
    config: ConfigOption = None,
) -> None:
    """Stop a channel, or all channels, at once.

    They stay stopped through every restart.

    Without --by and --reason it lists what is stopped now.

    It works with a configuration that is wrong elsewhere, and without secrets.
    """
    from bot.bootstrap.kill_switch import kill_switch
    from bot.clock import SystemClock
    from bot.publishing.pausing import KillSwitch

    outline, pauses = kill_switch(config)
    if by or reason:
        name = _channel(outline.channels, channel)
        KillSwitch(pauses, SystemClock(), by, reason).pause(name)
    stopped = pauses.active()
    for each in stopped:
        what = "everything" if each.channel == EVERY else each.channel
        since = f"{each.since:%Y-%m-%d %H:%M}"
        echo(f"{what} is stopped since {since} UTC by {each.by}: {each.reason}")
    if not stopped:
        echo("Nothing is stopped.")


_PAUSE = examples(
    'outagewire pause masto --by Ada --reason "the account is being moved"',
    "outagewire pause",
)


def resume(
    channel: ChannelArgument = None,
    by: By = "",
    reason: Reason = "",
    config: ConfigOption = None,
) -> None:
    """Let a stopped channel post again.

    Without a channel it resumes all channels that were stopped together.
    """
    from bot.bootstrap.kill_switch import kill_switch
    from bot.clock import SystemClock
    from bot.publishing.pausing import KillSwitch

    outline, pauses = kill_switch(config)
    name = _channel(outline.channels, channel)
    KillSwitch(pauses, SystemClock(), by, reason).resume(name)
    echo(f"{'Every channel' if name == EVERY else name} posts again.")


_RESUME = examples(
    'outagewire resume masto --by Ada --reason "the account has moved"',
    'outagewire resume --by Ada --reason "the numbers are right again"',
)


def _channel(names: tuple[str, ...], channel: str | None) -> str:
    if channel is not None and channel not in names:
        raise BotError(f"no channel {channel!r}; there are {', '.join(names)}")
    return channel or EVERY

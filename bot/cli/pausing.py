"""`outagewire pause` and `resume`: the kill switch.

From the configuration, both commands read only the store's path and the channels'
names. A wrong value elsewhere, or a missing secret, therefore cannot keep anyone from
stopping the posts.
"""

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Typer, echo

from bot.characters import escape_hidden
from bot.cli.options import (
    By,
    ConfigOption,
    JsonOption,
    Reason,
    check_channel_name,
    format_examples,
)
from bot.cli.output.tables import print_list
from bot.model.operations import ALL_CHANNELS

if TYPE_CHECKING:
    from bot.model.operations import Pause

ChannelArgument = Annotated[
    str | None, Argument(help="A channel's name; without it, all channels.")
]


def add_to(app: Typer) -> None:
    """Add the commands `pause` and `resume`."""
    app.command("pause", epilog=_PAUSE)(pause)
    app.command("resume", epilog=_RESUME)(resume)


def pause(
    channel: ChannelArgument = None,
    by: By = "",
    reason: Reason = "",
    config: ConfigOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Stop posting on a channel, or on all channels, at once.

    A stopped channel stays stopped, even after a restart, until somebody runs
    `outagewire resume`. A stop of all channels also stops `outagewire site publish`, and
    the report site shows nothing new but corrections and retractions.

    Without --by and --reason, nothing is stopped: the command lists what is stopped
    now.

    The command works even if a secret is missing, or if a section of the
    configuration other than [store] has wrong values.
    """
    from bot.bootstrap.kill_switch import kill_switch
    from bot.clock import SystemClock
    from bot.publishing.pausing import KillSwitch

    outline, pauses = kill_switch(config)
    # If only one of --by and --reason is given, somebody wants to stop the posts.
    # `KillSwitch` then reports that both are required.
    if by or reason:
        name = _channel_name(outline.channels, channel)
        KillSwitch(pauses, SystemClock(), by, reason).pause(name)
    # The list is printed after a stop too, so that the person sees all stops in force.
    active = pauses.active()
    if as_json:
        print_list((), [((), _as_fields(stop)) for stop in active], as_json=True)
        return
    for stop in active:
        what = "everything" if stop.channel == ALL_CHANNELS else stop.channel
        since = f"{stop.since:%Y-%m-%d %H:%M}"
        line = f"{what} has been stopped since {since} UTC by {stop.by}: {stop.reason}"
        echo(escape_hidden(line))
    if not active:
        echo("Nothing is stopped.")


def _as_fields(stop: "Pause") -> dict[str, Any]:
    return {
        "channel": stop.channel,
        "by": stop.by,
        "reason": stop.reason,
        "since": stop.since.isoformat(),
    }


_PAUSE = format_examples(
    'outagewire pause masto --by Ada --reason "the account is being moved"',
    "outagewire pause",
    "outagewire pause --json",
)


def resume(
    channel: ChannelArgument = None,
    by: By = "",
    reason: Reason = "",
    config: ConfigOption = None,
) -> None:
    """Let a stopped channel post again.

    Without a channel, the command ends the stop of all channels; a channel that was
    stopped by its name stays stopped. --by and --reason are required.
    """
    from bot.bootstrap.kill_switch import kill_switch
    from bot.clock import SystemClock
    from bot.publishing.pausing import KillSwitch

    outline, pauses = kill_switch(config)
    name = _channel_name(outline.channels, channel)
    KillSwitch(pauses, SystemClock(), by, reason).resume(name)
    stop_of_all = name == ALL_CHANNELS
    echo(
        "The stop of all channels has ended." if stop_of_all else f"{name} posts again."
    )


_RESUME = format_examples(
    'outagewire resume masto --by Ada --reason "the account has moved"',
    'outagewire resume --by Ada --reason "the numbers are right again"',
)


def _channel_name(names: tuple[str, ...], channel: str | None) -> str:
    if channel is None:
        return ALL_CHANNELS
    # The name is checked, because a stop under a misspelt name would be stored but stop
    # no channel (P16).
    check_channel_name(channel, names)
    return channel

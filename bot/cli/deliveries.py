"""`outagewire deliveries`, `corrections` and `post-test`.

The commands show what was sent, settle deliveries, and send a test post.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Context, Exit, Option, Typer, echo

from bot.characters import escape_hidden
from bot.cli.options import (
    By,
    ConfigOption,
    JsonOption,
    Reason,
    check_channel_name,
    format_examples,
    make_group,
    say,
)
from bot.cli.output.damage import print_damage
from bot.cli.output.tables import print_list
from bot.errors import BotError

if TYPE_CHECKING:
    from bot.model.delivery import Delivery
    from bot.policy.corrections import CorrectionStatus

KeyArgument = Annotated[
    str, Argument(help="The delivery's key, from the column `post` of `deliveries`.")
]


def add_to(app: Typer) -> None:
    """Add `post-test` and the groups `deliveries` and `corrections`."""
    app.command("post-test", epilog=_POST_TEST)(post_test)
    deliveries = make_group(epilog=_LIST, invoke_without_command=True)
    deliveries.callback()(list_deliveries)
    deliveries.command("settle", epilog=_SETTLE)(settle)
    deliveries.command("describe", epilog=_DESCRIBE)(describe)
    app.add_typer(deliveries, name="deliveries")
    corrections = make_group(
        help="Show which channels have published each correction.",
        epilog=_STATUS,
        no_args_is_help=True,
    )
    corrections.command("status", epilog=_STATUS)(correction_status)
    app.add_typer(corrections, name="corrections")


def list_deliveries(
    context: Context,
    config: ConfigOption = None,
    *,
    include_settled: Annotated[
        bool,
        Option(
            "--all", help="List also the deliveries that are sent, refused or dropped."
        ),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List the deliveries that are not settled, or settle one.

    A delivery is the sending of one post to one channel. It is settled once its outcome
    is final: a delivery that waits, is being sent, has an unknown outcome or needs a
    person's decision is not settled.
    """
    # Click also calls this function before it runs a command of the group, such as
    # `settle`. In that case nothing is listed.
    if context.invoked_subcommand is not None:
        return
    from bot import bootstrap
    from bot.config import loading as configuration
    from bot.model.delivery import UNSETTLED
    from bot.text.reasons import load_words, state_in_words

    words = load_words()
    entries = []
    with bootstrap.open_configured_store(configuration.load_config(config)) as store:
        for delivery in store.deliveries.all():
            unsettled = delivery.state in UNSETTLED
            if include_settled or unsettled:
                # A settled delivery is not tried again, so its column "next" is empty.
                due = f"{delivery.not_before:%Y-%m-%d %H:%M:%S}" if unsettled else ""
                key, tries = delivery.post.key, str(delivery.tries)
                state = state_in_words(words, "delivery_states", delivery.state)
                cells = (key, state, tries, due, delivery.note)
                entries.append((cells, _as_fields(delivery)))
        print_damage(store)
    head = ("post", "state", "tries", "next (UTC)", "note")
    print_list(head, entries, as_json=as_json)


def _as_fields(delivery: "Delivery") -> dict[str, Any]:
    post, receipt = delivery.post, delivery.receipt
    settled = delivery.settled_at
    return {
        "key": post.key,
        "incident": post.incident,
        "event": post.event,
        "channel": post.channel,
        "state": str(delivery.state),
        "tries": delivery.tries,
        "not_before": delivery.not_before.isoformat(),
        "posted_id": receipt.id if receipt else None,
        "url": receipt.url if receipt else None,
        "settled_at": settled.isoformat() if settled else None,
        "note": delivery.note,
    }


_LIST = format_examples("outagewire deliveries", "outagewire deliveries --all --json")


def post_test(
    channel: Annotated[
        str, Argument(help="A channel's name, or `editors` for the editors' channel.")
    ],
    config: ConfigOption = None,
) -> None:
    """Send a test post, read it back and delete it.

    The post is as private as the channel allows. Each step is printed with its
    result. Exit code 1 means that a step failed.
    """
    from bot import bootstrap
    from bot.config import loading as configuration

    settings = configuration.load_config(config)
    editors = () if settings.editors is None else ("editors",)
    check_channel_name(channel, (*settings.channels, *editors))
    failed = False
    for step in bootstrap.channel_check(settings, channel):
        failed |= step.failed
        status = "failed" if step.failed else "ok"
        milliseconds = step.duration.total_seconds() * 1000
        result = step.result or _DEFAULT_RESULTS[step.name]
        echo(
            f"{step.name:<8}{status:<8}{milliseconds:>7.0f} ms  {escape_hidden(result)}"
        )
    if failed:
        raise Exit(1)


_POST_TEST = format_examples("outagewire post-test masto --config config.toml")
_DEFAULT_RESULTS = {
    "find": "the post was not read back, but sending it again would do no harm",
    "remove": "the post is deleted",
}


def settle(  # noqa: PLR0913 - each is an option of the command line
    key: KeyArgument,
    by: By = "",
    reason: Reason = "",
    config: ConfigOption = None,
    *,
    posted_id: Annotated[
        str | None, Option("--posted-id", help="The post is published and has this id.")
    ] = None,
    url: Annotated[
        str | None, Option("--url", help="With --posted-id: the post's web address.")
    ] = None,
    not_posted: Annotated[
        bool,
        Option(
            "--not-posted",
            help="The post is not published; send it to where the channel points now.",
        ),
    ] = False,
    drop: Annotated[
        bool,
        Option(
            "--drop",
            help="Never send the post. If it was tried, it may be published, and"
            " corrections follow it; with --not-posted they do not.",
        ),
    ] = False,
) -> None:
    """Record what became of a delivery whose outcome is unknown.

    First check whether the post is on the channel. Exactly one of --posted-id,
    --not-posted and --drop is required, or the last two together; so are --by and
    --reason.
    """
    from bot import bootstrap
    from bot.clock import SystemClock
    from bot.config import loading as configuration
    from bot.model.delivery import Receipt
    from bot.publishing.delivery_admin import DeliveryAdmin

    # The choice decides whether the post is sent again, so a person must make it: no
    # option is the default (P10).
    if (posted_id is not None) + (not_posted or drop) != 1:
        raise BotError(
            "pass exactly one of --posted-id ID, --not-posted, --drop; or --not-posted"
            " --drop, if the post is not published and must not be sent"
        )
    settings = configuration.load_config(config)
    with bootstrap.open_configured_store(settings) as store:
        admin = DeliveryAdmin(store, SystemClock(), by, reason)
        if posted_id is not None:
            admin.mark_posted(key, Receipt(posted_id, url))
        elif drop:
            channels = bootstrap.channels(settings, SystemClock())
            channel = channels.get(key.partition("/")[2].partition("/")[0])
            admin.drop(key, channel, not_posted=not_posted)
        else:
            admin.mark_not_posted(key, bootstrap.targets(settings))
        state = next(d.state for d in store.deliveries.all() if d.post.key == key)
    from bot.text.reasons import load_words, state_in_words

    echo(f"{key} is {state_in_words(load_words(), 'delivery_states', state)} now.")


_SETTLE = format_examples(
    "outagewire deliveries settle IR-2026-0108.2/tg --posted-id 4711 --by Ada"
    ' --reason "seen in the channel"',
    "outagewire deliveries settle IR-2026-0108.2/tg --not-posted --by Ada"
    ' --reason "not in the channel"',
)


def describe(
    key: KeyArgument,
    alt: Annotated[str, Option("--alt", help="The new description of the picture.")],
    by: By = "",
    reason: Reason = "",
    config: ConfigOption = None,
) -> None:
    """Change the picture description of a published post.

    --by and --reason are required. Not every channel can change a description.
    """
    from bot import bootstrap
    from bot.clock import SystemClock
    from bot.config import loading as configuration
    from bot.publishing.delivery_admin import DeliveryAdmin

    settings = configuration.load_config(config)
    channels = bootstrap.channels(settings, SystemClock())
    # The key of a post is EVENT/CHANNEL.
    name = key.partition("/")[2]
    check_channel_name(name, sorted(channels))
    with bootstrap.open_configured_store(settings) as store:
        admin = DeliveryAdmin(store, SystemClock(), by, reason)
        checker = bootstrap.renderer(settings)
        new_key = admin.queue_description(
            key, channels[name].outlet(), alt, checker, channels[name].target
        )
    say(f"{new_key} waits; `outagewire run` sends it to the channel.")


_DESCRIBE = format_examples(
    'outagewire deliveries describe IR-2026-0108.2/masto --alt "..." --by Ada'
    ' --reason "clearer"'
)


def correction_status(
    config: ConfigOption = None, *, as_json: JsonOption = False
) -> None:
    """List every correction, and how long each channel took to post it."""
    from bot import bootstrap
    from bot.config import loading as configuration
    from bot.editorial.corrections import all_correction_statuses
    from bot.text.reasons import load_words, state_in_words

    words = load_words()
    entries = []
    settings = configuration.load_config(config)
    with bootstrap.open_configured_store(settings) as store:
        for correction in all_correction_statuses(store):
            # `delivery_state` is None while no post of the correction is queued for the
            # channel, for example because nobody has approved it yet.
            delivery_state = str(correction.delivery_state or "not-published")
            status = (
                f"missing ({state_in_words(words, 'delivery_states', delivery_state)})"
            )
            took = None if settings.clock.follow else correction.time_to_post
            if correction.corrected_at is not None:
                status = f"posted after {_duration(took)}" if took else "posted"
            since = f"{correction.since:%Y-%m-%d %H:%M}"
            cells = (correction.event, correction.channel, since, status)
            entries.append(
                (cells, _correction_fields(correction, delivery_state, took))
            )
        print_damage(store)
    head = ("correction", "channel", "known (UTC)", "status")
    print_list(head, entries, as_json=as_json)


_STATUS = format_examples(
    "outagewire corrections status", "outagewire corrections status --json"
)


def _correction_fields(
    correction: "CorrectionStatus", delivery_state: str, took: timedelta | None
) -> dict[str, Any]:
    corrected_at = correction.corrected_at
    return {
        "event": correction.event,
        "incident": correction.incident,
        "kind": str(correction.kind),
        "channel": correction.channel,
        "since": correction.since.isoformat(),
        "state": delivery_state,
        "posted_at": corrected_at.isoformat() if corrected_at else None,
        "took_s": took.total_seconds() if took else None,
    }


def _duration(took: timedelta) -> str:
    """Return a duration in words, such as "1 h 5 min"."""
    minutes, seconds = divmod(round(took.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s"))
    words = [f"{number} {unit}" for number, unit in parts if number]
    return " ".join(words[:2]) or "0 s"

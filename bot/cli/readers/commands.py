"""`outagewire readers`: list, erase and export the readers who subscribed themselves."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option, Typer, echo

from bot.cli.options import ConfigOption, JsonOption, format_examples, make_group
from bot.cli.output.tables import print_list

if TYPE_CHECKING:
    from bot.subscriptions.readers import ReaderStore, Subscriber

AddressArgument = Annotated[
    str, Argument(help="An e-mail address, or a reader's id from `readers list`.")
]


def add_to(app: Typer) -> None:
    """Add the group `readers`."""
    group = make_group(
        help="List, erase and export readers who subscribed.",
        epilog=_LIST,
        no_args_is_help=True,
    )
    group.command("list", epilog=_LIST)(list_readers)
    group.command("erase", epilog=_ERASE)(erase)
    group.command("allow", epilog=_ALLOW)(allow)
    group.command("export", epilog=_EXPORT)(export)
    group.command("accept", epilog=_ACCEPT)(accept)
    app.add_typer(group, name="readers")


def list_readers(config: ConfigOption = None, *, as_json: JsonOption = False) -> None:
    """List the readers, with masked addresses, and count them.

    The table ends with the number of readers, of requests that wait for confirmation, and
    of addresses that are never written to again.
    """
    from bot.clock import SystemClock
    from bot.subscriptions.addresses import masked

    store = _store(config)
    readers = store.all()
    entries = [_entry(reader, masked(reader.address)) for reader in readers]
    print_list(_HEAD, entries, as_json=as_json)
    if not as_json:
        counts = store.counts(SystemClock().now())
        echo(
            f"{counts['readers']} readers, {counts['pending']} not confirmed,"
            f" {counts['blocked']} never written to."
        )


def erase(
    reader: AddressArgument,
    config: ConfigOption = None,
    *,
    never_again: Annotated[
        bool,
        Option(
            "--never-again",
            help="Keep a keyed hash of the address, so that nobody can subscribe it.",
        ),
    ] = False,
) -> None:
    """Erase a reader, with the address, the choice and all messages.

    A request for the address that waits for confirmation is erased too.
    """
    from bot.clock import SystemClock
    from bot.errors import BotError

    store, now = _store(config), SystemClock().now()
    if store.find(reader) is not None:
        store.erase(reader, now, never_again=never_again)
    elif not store.erase_address(_parsed(reader), now, never_again=never_again):
        # The request "never again" is stored also for an address that is not known.
        note = "it is never written to" if never_again else "nothing was erased"
        raise BotError(f"no reader and no request has this address; {note}")
    echo("Erased.")


def allow(
    address: Annotated[str, Argument(help="An e-mail address.")],
    config: ConfigOption = None,
) -> None:
    """Let somebody subscribe again who asked never to be written to."""
    from bot.errors import BotError

    if not _store(config).allow_address(_parsed(address)):
        raise BotError("nobody asked never to be written to at this address")
    echo("This address can subscribe again.")


def export(config: ConfigOption = None, *, as_json: JsonOption = False) -> None:
    """Print all readers with their whole addresses.

    Keep the output as you keep the file itself: only you may read it.
    """
    readers = _store(config).all()
    entries = [_entry(reader, reader.address) for reader in readers]
    print_list(_HEAD, entries, as_json=as_json)


def accept(
    by: Annotated[str, Option("--by", help="Your name.")] = "",
    reason: Annotated[str, Option("--reason", help="Why; it is stored.")] = "",
    config: ConfigOption = None,
) -> None:
    """Accept the file of the readers as it is.

    After it was lost or restored, operators are alerted until it is back or accepted. If the file is missing, a new one is made, and nobody is subscribed. Readers who left
    since a copy was made are erased again. Posts that were tried before wait for
    `outagewire deliveries settle`. --by and --reason are required.
    """
    from bot.bootstrap.subscriptions import accept_reader_file
    from bot.clock import SystemClock
    from bot.config import loading as configuration

    settings = configuration.load_config(config)
    accepted = accept_reader_file(settings, SystemClock().now(), by, reason)
    echo(
        f"{accepted.now} readers are in the file; {accepted.before} were known."
        f" {accepted.departed} of the file had left since, and were erased again."
    )
    echo(
        "Readers who subscribed since the file was made are not in it. Corrections of the"
        " next 30 days go to all readers who chose the place, because the file may not know"
        " who got the posts."
    )


_HEAD = ("id", "address", "language", "severity", "since (UTC)", "places")
_LIST = format_examples("outagewire readers list", "outagewire readers list --json")
_ERASE = format_examples(
    "outagewire readers erase name@example.org",
    "outagewire readers erase name@example.org --never-again",
)
_ALLOW = format_examples("outagewire readers allow name@example.org")
_ACCEPT = format_examples(
    "outagewire readers accept --by Ada --reason 'the newest copy is of yesterday'"
)
_EXPORT = format_examples("outagewire readers export --json")


def _store(config: Path | None) -> "ReaderStore":
    from bot.bootstrap.subscriptions import reader_store
    from bot.config import loading as configuration

    return reader_store(configuration.load_config(config))


def _parsed(address: str) -> str:
    """Return an address in its usual form.

    Raises:
        BotError: the text is not an address.
    """
    from bot.errors import BotError
    from bot.subscriptions.addresses import parse_address

    try:
        return parse_address(address)
    except ValueError as error:
        raise BotError(str(error)) from None


def _entry(
    reader: "Subscriber", address: str
) -> tuple[tuple[str, ...], Mapping[str, Any]]:
    """Return the cells and the JSON object of a reader, with this form of the address."""
    choice = reader.choice
    places = [str(place) for place in choice.places]
    cells = (
        reader.id,
        address,
        choice.lang,
        str(choice.severity),
        f"{reader.since:%Y-%m-%d %H:%M}",
        ", ".join(places) or "all",
    )
    fields = {
        "id": reader.id,
        "address": address,
        "lang": choice.lang,
        "severity": str(choice.severity),
        "since": reader.since.isoformat(),
        "places": places,
    }
    return cells, fields

"""The arguments, options and help texts of `verify` and `pack`."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option, Typer

from bot.cli.options import ConfigOption, IncidentArgument, format_examples


def add_to(app: Typer) -> None:
    """Add the commands, in the order in which the help lists them."""
    app.command("verify", epilog=_VERIFY)(verify)
    app.command("pack", epilog=_PACK)(pack)


def verify(
    bundle: Annotated[
        Path | None,
        Argument(help="A bundle: the folder `evidence`, or evidence.zip."),
    ] = None,
    ledger: Annotated[
        Path | None,
        Option("--ledger", help="A folder with a ledger, whose chain is checked."),
    ] = None,
    public_key: Annotated[
        Path | None,
        Option(
            "--public-key",
            help="The public key, a file of minisign, that must have signed them.",
        ),
    ] = None,
    authority: Annotated[
        list[str] | None,
        Option(
            "--authority",
            metavar="NAME=FILE",
            help="An authority of time stamps, and the certificate of its CA (PEM), by"
            " which the ledger's time stamps are checked; can be given several times.",
        ),
    ] = None,
    *,
    hashes_only: Annotated[
        bool, Option("--hashes-only", help="Compare the hashes, and calculate nothing.")
    ] = False,
) -> None:
    """Check a bundle of evidence, and calculate it again.

    First, each file is compared with its hash in the manifest. Then the state, the
    numbers, the texts and the pictures are calculated from the readings and events in
    the bundle, and compared byte for byte. Nothing is read from a network.

    Texts that a person wrote cannot be calculated; the claim check compares them with the
    facts. What only the hashes protect is named: without --public-key or --ledger, whoever
    passed the bundle on can have changed it and renewed its hashes.

    Exit code 0: everything is the same. 1: something differs; its file is named. 3:
    something could not be compared, because another version of the program or of a
    package made it.

    With --ledger, each entry of the ledger is compared with the entry before it. With a
    bundle as well, the ledger must have an entry for this bundle. With --authority, each
    time stamp of this authority must verify, and it is printed what they show.
    """
    from bot.cli.evidence import verify as implementation

    implementation.verify(
        bundle, ledger, public_key, authority or (), hashes_only=hashes_only
    )


_VERIFY = format_examples(
    "outagewire verify evidence.zip",
    "outagewire verify evidence.zip --ledger ledger --public-key evidence.pub",
    "outagewire verify --ledger ledger --authority tsa=ca.pem",
)


def pack(
    incident: IncidentArgument,
    to: Annotated[Path, Option("--to", help="Write to this folder, which is made.")],
    config: ConfigOption = None,
) -> None:
    """Write the texts, pictures and data of an incident.

    The folder gets the texts of each event in every language, its pictures in all
    sizes, its data as CSV files, how to cite it, and the licence of each part. Only
    events that the report site shows are in it.
    """
    from bot.cli.evidence import pack as implementation

    implementation.pack(incident, to, config)


_PACK = format_examples("outagewire pack IR-2026-0108 --to press")

"""`outagewire site`: build, check and publish the report site."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option, Typer, echo

from bot.cli.options import ConfigOption, format_examples, make_group


def add_to(app: Typer) -> None:
    """Add the command group `site`."""
    site = make_group(
        help="Build, check and publish the report site.",
        epilog=format_examples("outagewire site build", "outagewire site check"),
        no_args_is_help=True,
    )
    site.command("build", epilog=_BUILD)(build)
    site.command("check", epilog=_CHECK)(check)
    site.command("publish", epilog=_PUBLISH)(publish)
    site.command("accept-ledger", epilog=_ACCEPT)(accept_ledger)
    app.add_typer(site, name="site")


def build(
    to: Annotated[
        Path | None,
        Option("--to", help="Build into this folder, and not into that of the site."),
    ] = None,
    processes: Annotated[
        int | None,
        Option(
            "--processes",
            min=1,
            help="How many processes write pages; each takes about 250 MB of memory."
            " Default: one for each processor, at most 4.",
        ),
    ] = None,
    config: ConfigOption = None,
    *,
    anew: Annotated[
        bool,
        Option("--all", help="Write all pages, also those that have not changed."),
    ] = False,
) -> None:
    """Build the whole site from the store.

    Every page that is released is written, unless an earlier build wrote it from the same,
    and its files are as that build left them. The levels on the pages of places are those of the last tick of `run`.

    If the command is stopped, for example with Ctrl-C, the same command continues
    where it stopped. Without --to, `outagewire run` must not run at the same time. The
    source statuses are written by the next tick of `run`.

    Exit code 1 if a page could not be written.
    """
    from bot.cli.site import building as implementation

    implementation.build(to, config, processes, anew=anew)


_BUILD = format_examples(
    "outagewire site build --config config.toml", "outagewire site build --to copy"
)


def check(
    folder: Annotated[
        Path | None,
        Argument(help="The folder of a site; without it, that of the configuration."),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Look for mistakes in the files of a site.

    The command reports links to files that do not exist, files that are not well-formed,
    unfinished files, and pages that would load something from another host. Each mistake
    is printed with its file and line.

    Exit code 1 if there are mistakes.
    """
    from bot.cli.site import checking as implementation

    implementation.check(folder, config)


_CHECK = format_examples(
    "outagewire site check --config config.toml", "outagewire site check copy"
)


def publish(
    to: Annotated[
        str,
        Argument(metavar="TO", help="A folder, rsync:HOST:PATH or s3://BUCKET/PREFIX."),
    ],
    config: ConfigOption = None,
) -> None:
    """Copy the site to where readers read it.

    Only files that changed are sent: pictures first, then the pages, then the lists that
    link to them. Pages that the site does not have any more are removed at the end. The
    file site-manifest.json at the destination says what is there. Other files there are
    left alone. Hidden files, whose names begin with a full stop, are not sent.

    While everything is stopped with `outagewire pause`, nothing is sent or removed.
    For S3, install outagewire[s3]; boto3 takes credentials, region and address from its
    usual places, such as AWS_PROFILE and AWS_ENDPOINT_URL. For rsync, SSH must work
    without a password.
    """
    from bot.cli.site import publishing as implementation

    implementation.publish(to, config)


_PUBLISH = format_examples(
    "outagewire site publish /srv/www/wire --config config.toml",
    "outagewire site publish rsync:www.example.org:/srv/www/wire",
    "outagewire site publish s3://wire-site/en",
)


def accept_ledger(
    by: Annotated[str, Option("--by", help="Your name.")] = "",
    reason: Annotated[str, Option("--reason", help="Why; it is stored.")] = "",
    config: ConfigOption = None,
) -> None:
    """Accept the ledger of evidence as it is.

    After it was lost or replaced, operators are alerted until it is back or accepted. Copies and time stamps of later entries that others hold contradict it, so say
    publicly that the chain began anew. --by and --reason are required.
    """
    from bot.bootstrap.ledger import accept_ledger as accept
    from bot.clock import SystemClock
    from bot.config import loading as configuration

    settings = configuration.load_config(config)
    before, now = accept(settings, SystemClock(), by, reason)
    echo(f"The entries of the ledger end at {now}; those known ended at {before}.")


_ACCEPT = format_examples(
    "outagewire site accept-ledger --by Ada --reason 'the disk of the site was lost'"
)

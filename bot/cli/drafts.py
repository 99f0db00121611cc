"""`outagewire drafts`: what editors do from the command line."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, Typer, echo

from bot.cli.options import ConfigOption, examples, make_group
from bot.cli.tables import print_table
from bot.errors import BotError, ClaimsUnbacked

if TYPE_CHECKING:
    from bot.config.sections import Config
    from bot.editorial.review import DraftReview
    from bot.model.draft import Draft, Outlet
    from bot.ports import Store

DraftArgument = Annotated[
    str, Argument(help="The draft's id, as `drafts list` shows it.")
]
Second = Annotated[
    str,
    Option(
        "--second",
        help="Another person who answers for words that the facts do not back.",
    ),
]
Reason = Annotated[str, Option("--reason", help="Why. The draft keeps it.")]


def add_to(app: Typer) -> None:
    """Add the sub-commands."""
    drafts = make_group(
        help="Read, edit and decide the drafts that wait.",
        epilog=examples(
            "outagewire drafts list", "outagewire drafts show IR-2026-0108.1"
        ),
        no_args_is_help=True,
    )
    drafts.command("list", epilog=_LIST)(list_drafts)
    drafts.command("show", epilog=_SHOW)(show)
    drafts.command("edit", epilog=_EDIT)(edit)
    drafts.command("approve", epilog=_APPROVE)(approve)
    drafts.command("reject", epilog=_REJECT)(reject)
    drafts.command("hold", epilog=_HOLD)(hold)
    app.add_typer(drafts, name="drafts")


def list_drafts(
    config: ConfigOption = None,
    *,
    every: Annotated[bool, Option("--all", help="List the decided ones too.")] = False,
) -> None:
    """List the drafts that wait or are held."""
    from bot import bootstrap as wiring
    from bot.config import loading as configuration

    rows: list[tuple[str, ...]] = []
    with wiring.opened(configuration.load(config)) as store:
        for draft in store.drafts.all():
            if every or draft.state in {"waiting", "held"}:
                channels = ", ".join(text.channel for text in draft.texts)
                made = f"{draft.made_at:%Y-%m-%d %H:%M}"
                rows.append((draft.id, draft.state, made, channels, draft.note))
    print_table(("draft", "state", "made (UTC)", "channels", "note"), rows)


_LIST = examples("outagewire drafts list", "outagewire drafts list --all")


def show(draft: DraftArgument, config: ConfigOption = None) -> None:
    """Print a draft in full.

    It prints every text, the alt text, and the claims that nothing backs.
    """
    with _reviewing(config) as (review, store, _):
        _print(store.drafts.get(draft), review)


_SHOW = examples("outagewire drafts show IR-2026-0108.1")


def edit(  # noqa: PLR0913 - each is an option of the command line
    draft: DraftArgument,
    *,
    channel: Annotated[
        str, Option("--channel", help="Change the words for this channel.")
    ],
    text: Annotated[str | None, Option("--text", help="The new words.")] = None,
    file: Annotated[
        Path | None, Option("--file", help="A file with the new words.")
    ] = None,
    reason: Reason = "",
    second: Second = "",
    config: ConfigOption = None,
) -> None:
    """Give a draft other words for one channel.

    The old words stay as a version. The command marks and refuses words that say more than the facts of the event.
    For some of them a second person may answer; the draft keeps that name.
    """
    from bot.model.draft import Text
    from bot.text.length import count

    with _reviewing(config) as (review, _, settings):
        outlet = _outlet(settings, channel)
        words = _words(text, file)
        length = count(words, outlet)
        if length > outlet.limit:
            raise BotError(
                f"{length} characters are too long for {channel}:"
                f" it takes {outlet.limit}"
            )
        new = Text(channel=channel, lang=outlet.lang, body=words, length=length)
        with _marks():
            edited = review.edit(draft, {channel: new}, reason, second)
        _print(edited, review)


_EDIT = examples(
    "outagewire drafts edit IR-2026-0108.1 --channel wire --file words.txt"
    ' --reason "shorter"',
    'outagewire drafts edit IR-2026-0108.1 --channel x --text "..." --reason "clearer"',
)


def approve(
    draft: DraftArgument,
    reason: Reason = "",
    second: Second = "",
    config: ConfigOption = None,
) -> None:
    """Let a draft out, exactly as it reads now."""
    with _reviewing(config) as (review, _, _), _marks():
        approved = review.approve(draft, reason, second)
    _confirm(approved)


_APPROVE = examples(
    'outagewire drafts approve IR-2026-0108.1 --reason "checked with two sources"'
)


def reject(
    draft: DraftArgument, reason: Reason = "", config: ConfigOption = None
) -> None:
    """Never let a draft out."""
    with _reviewing(config) as (review, _, _):
        rejected = review.reject(draft, reason)
    _confirm(rejected)


_REJECT = examples(
    'outagewire drafts reject IR-2026-0108.1 --reason "maintenance, announced"'
)


def hold(
    draft: DraftArgument, reason: Reason = "", config: ConfigOption = None
) -> None:
    """Put a draft aside.

    Somebody can approve it later.
    """
    with _reviewing(config) as (review, _, _):
        held = review.hold(draft, reason)
    _confirm(held)


_HOLD = examples(
    'outagewire drafts hold IR-2026-0108.1 --reason "waiting for the operator"'
)


@contextmanager
def _reviewing(path: Path | None) -> "Iterator[tuple[DraftReview, Store, Config]]":
    """What moves drafts on, its store, which is closed at the end, and the settings."""
    from bot import bootstrap as wiring
    from bot.config import loading as configuration

    settings = configuration.load(path)
    review, store = wiring.reviewing(settings)
    with closing(store):
        yield review, store, settings


def _outlet(settings: "Config", channel: str) -> "Outlet":
    from dataclasses import replace

    from bot import bootstrap as wiring

    made = wiring.channels(settings, wiring.clock_of(settings))
    if channel not in made:
        raise BotError(f"no channel {channel!r}; there are {', '.join(sorted(made))}")
    return replace(made[channel].outlet(), name=channel)


def _words(text: str | None, file: Path | None) -> str:
    if (text is None) == (file is None):
        raise BotError("give the new words with --text or --file, one of the two")
    if text is not None:
        return text
    try:
        return (file or Path()).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BotError(f"{file}: cannot be read: {error.strerror}") from error


@contextmanager
def _marks() -> Iterator[None]:
    """Show the words that are refused, with their marks, before the error says why."""
    try:
        yield
    except ClaimsUnbacked as error:
        from bot.cli.tables import make_console
        from bot.cli.terminal import marked

        make_console().print(marked(error.body, error.spans))
        raise


def _print(draft: "Draft", review: "DraftReview") -> None:
    from bot.cli.tables import make_console
    from bot.cli.terminal import marked

    console, objections = make_console(), review.objections(draft)
    stands = f"{draft.id}  {draft.state}  version {draft.version}"
    console.print(f"{stands}  ({draft.note})", markup=False)
    for text in draft.texts:
        console.rule(f"{text.channel} ({text.lang}, {text.length})")
        unbacked = objections[text.channel]
        console.print(marked(text.body, [(each.start, each.end) for each in unbacked]))
        for each in unbacked:
            console.print(f'- "{each.words}" ({each.kind}): {each.facts}', markup=False)
        if text.second:
            console.print(f"{text.second} answers for these words.", markup=False)
    if draft.picture is not None:
        console.rule(f"picture {draft.picture.name}")
        console.print(draft.picture.alt, markup=False)


def _confirm(draft: "Draft") -> None:
    echo(f"{draft.id} is {draft.state} now.")

"""`outagewire drafts`: what editors do from the command line."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from rich.console import Console
from rich.table import Table
from typer import Argument, Option, Typer

from bot import bootstrap
from bot.cli.run import ConfigOption
from bot.cli.terminal import marked
from bot.config import sections as configuration
from bot.errors import BotError, ClaimsUnbacked
from bot.model.draft import Draft, Outlet, Text
from bot.model.objection import Objection
from bot.text.length import count

DraftArgument = Annotated[str, Argument(help="a draft's id, as `drafts list` shows it")]
Second = Annotated[
    str,
    Option(
        "--second",
        help="another person who answers for words that the facts do not back",
    ),
]
Reason = Annotated[str, Option("--reason", help="why; it is kept with the draft")]


def commands() -> Typer:
    """The sub-commands."""
    app = Typer(
        help="Read, edit and decide the drafts that wait.", no_args_is_help=True
    )
    app.command("list")(list_drafts)
    app.command("show")(show)
    app.command("edit")(edit)
    app.command("approve")(approve)
    app.command("reject")(reject)
    app.command("hold")(hold)
    return app


def list_drafts(
    config: ConfigOption = None,
    *,
    every: Annotated[bool, Option("--all", help="those already decided too")] = False,
) -> None:
    """List the drafts that wait or are held.

    outagewire drafts list --all
    """
    _, store = bootstrap.reviewing(configuration.load(config))
    table = Table("draft", "state", "made (UTC)", "channels", "note", box=None)
    for draft in store.drafts.all():
        if every or draft.state in {"waiting", "held"}:
            channels = ", ".join(text.channel for text in draft.texts)
            made = f"{draft.made_at:%Y-%m-%d %H:%M}"
            table.add_row(draft.id, draft.state, made, channels, draft.note)
    _console().print(table)


def show(draft: DraftArgument, config: ConfigOption = None) -> None:
    """Print a draft in full: every text, the alt text, and what it answers to.

    outagewire drafts show IR-2026-0108.1
    """
    review, store = bootstrap.reviewing(configuration.load(config))
    found = store.drafts.get(draft)
    _print(found, review.objections(found))


def edit(  # noqa: PLR0913 - each is an option of the command line
    draft: DraftArgument,
    *,
    channel: Annotated[str, Option("--channel", help="whose words to change")],
    text: Annotated[str | None, Option("--text", help="the new words")] = None,
    file: Annotated[Path | None, Option("--file", help="or a file with them")] = None,
    reason: Reason = "",
    second: Second = "",
    config: ConfigOption = None,
) -> None:
    """Give a draft other words for a channel; the old ones are kept as a version.

        outagewire drafts edit IR-2026-0108.1 --channel wire --file words.txt --reason "shorter"

    Words that say more than the facts of the event are marked and refused; some of
    them a second person may answer for, whose name is kept with the draft.
    """
    settings = configuration.load(config)
    review, _ = bootstrap.reviewing(settings)
    outlet = _outlet(settings, channel)
    words = _words(text, file)
    length = count(words, outlet)
    if length > outlet.limit:
        raise BotError(
            f"{length} characters are too long for {channel}: it takes {outlet.limit}"
        )
    new = Text(channel=channel, lang=outlet.lang, body=words, length=length)
    with _marks():
        edited = review.edit(draft, {channel: new}, reason, second)
    _print(edited, review.objections(edited))


def approve(
    draft: DraftArgument,
    reason: Reason = "",
    second: Second = "",
    config: ConfigOption = None,
) -> None:
    """Let a draft out, exactly as it reads now.

    outagewire drafts approve IR-2026-0108.1 --reason "checked with two sources"
    """
    review, _ = bootstrap.reviewing(configuration.load(config))
    with _marks():
        approved = review.approve(draft, reason, second)
    _say(approved)


def reject(
    draft: DraftArgument, reason: Reason = "", config: ConfigOption = None
) -> None:
    """Never let a draft out.

    outagewire drafts reject IR-2026-0108.1 --reason "maintenance, announced"
    """
    review, _ = bootstrap.reviewing(configuration.load(config))
    _say(review.reject(draft, reason))


def hold(
    draft: DraftArgument, reason: Reason = "", config: ConfigOption = None
) -> None:
    """Put a draft aside; it can be approved later.

    outagewire drafts hold IR-2026-0108.1 --reason "waiting for the operator"
    """
    review, _ = bootstrap.reviewing(configuration.load(config))
    _say(review.hold(draft, reason))


def _outlet(settings: configuration.Config, channel: str) -> Outlet:
    made = bootstrap.channels(settings, bootstrap.clock_of(settings))
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
        _console().print(marked(error.body, error.spans))
        raise


def _print(draft: Draft, objections: Mapping[str, Sequence[Objection]]) -> None:
    console = _console()
    stands = f"{draft.id}  {draft.state}  version {draft.version}"
    console.print(f"{stands}  ({draft.note})", markup=False)
    for text in draft.texts:
        console.rule(f"{text.channel} ({text.lang}, {text.length})")
        found = objections[text.channel]
        console.print(marked(text.body, [(one.start, one.end) for one in found]))
        for one in found:
            console.print(f'- "{one.words}" ({one.kind}): {one.facts}', markup=False)
        if text.second:
            console.print(f"{text.second} answers for these words.", markup=False)
    if draft.picture is not None:
        console.rule(f"picture {draft.picture.name}")
        console.print(draft.picture.alt, markup=False)


def _say(draft: Draft) -> None:
    _console().print(f"{draft.id} is {draft.state} now.", markup=False)


def _console() -> Console:
    return Console(highlight=False, soft_wrap=True)

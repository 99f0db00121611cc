"""`outagewire drafts`: the review of drafts from the command line."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option, Typer, echo

from bot.cli.options import (
    ConfigOption,
    JsonOption,
    check_channel_name,
    format_examples,
    make_group,
)
from bot.cli.output.damage import print_damage
from bot.cli.output.tables import print_list
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
        help="The name of a second person who takes responsibility for words that the"
        " facts do not support.",
    ),
]
Reason = Annotated[
    str, Option("--reason", help="The reason, for the record; required.")
]


def add_to(app: Typer) -> None:
    """Add the command group `drafts`."""
    drafts = make_group(
        help="Read, edit, approve or reject drafts.",
        epilog=format_examples(
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
    include_decided: Annotated[
        bool, Option("--all", help="List approved and rejected drafts too.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List the drafts that wait for a decision, or are on hold."""
    from bot import bootstrap
    from bot.config import loading as configuration
    from bot.text.reasons import load_words, note_in_words, state_in_words

    words = load_words()
    entries = []
    with bootstrap.open_configured_store(configuration.load_config(config)) as store:
        for draft in store.drafts.all():
            # A held draft can still be approved, so it is listed as undecided.
            if include_decided or draft.state in {"waiting", "held"}:
                channels = ", ".join(text.channel for text in draft.texts)
                made = f"{draft.made_at:%Y-%m-%d %H:%M}"
                state = state_in_words(words, "draft_states", draft.state)
                note = note_in_words(words, draft.note)
                cells = (draft.id, state, made, channels, note)
                entries.append((cells, _as_fields(draft)))
        print_damage(store)
    head = ("draft", "state", "made (UTC)", "channels", "note")
    print_list(head, entries, as_json=as_json)


def _as_fields(draft: "Draft") -> dict[str, Any]:
    return {
        "id": draft.id,
        "incident": draft.incident,
        "event": draft.event,
        "state": str(draft.state),
        "version": draft.version,
        "made_at": draft.made_at.isoformat(),
        "channels": [text.channel for text in draft.texts],
        "note": draft.note,
    }


_LIST = format_examples("outagewire drafts list", "outagewire drafts list --all --json")


def show(draft: DraftArgument, config: ConfigOption = None) -> None:
    """Show a draft in full.

    The command shows each text, the picture description, and the claims that the facts
    do not support.
    """
    with _draft_review(config) as (review, store, _):
        _print(store.drafts.get(draft), review)


_SHOW = format_examples("outagewire drafts show IR-2026-0108.1")


def edit(  # noqa: PLR0913 - each is an option of the command line
    draft: DraftArgument,
    *,
    channel: Annotated[
        str, Option("--channel", help="Change the text for this channel.")
    ],
    text: Annotated[str | None, Option("--text", help="The new text.")] = None,
    file: Annotated[
        Path | None, Option("--file", help="A file with the new text.")
    ] = None,
    reason: Reason = "",
    second: Second = "",
    config: ConfigOption = None,
) -> None:
    """Change the text of a draft for one channel.

    The old text is kept as an earlier version. A text that claims more than the facts
    of the event support is refused, and its unsupported words are marked. For some
    words a second person can take responsibility: --second records that person's name
    in the draft.
    """
    from bot.model.draft import OutletText
    from bot.text.fitting.length import count

    with _draft_review(config) as (review, _, settings):
        outlet = _outlet(settings, channel)
        body = _new_text(text, file)
        length = count(body, outlet)
        # A text that is too long is refused while the editor can still shorten it: an
        # approved text is sent as it is.
        if length > outlet.limit:
            raise BotError(
                f"the text has {length} characters, too many for {channel}; shorten it"
                f" to {outlet.limit}"
            )
        new_text = OutletText(
            channel=channel, lang=outlet.lang, body=body, length=length
        )
        with _marking_refused_words():
            edited = review.edit(draft, {channel: new_text}, reason, second)
        _print(edited, review)


_EDIT = format_examples(
    "outagewire drafts edit IR-2026-0108.1 --channel wire --file words.txt"
    ' --reason "shorter"',
    'outagewire drafts edit IR-2026-0108.1 --channel x --text "..." --reason "clearer"',
)


def approve(
    draft: DraftArgument,
    reason: Reason = "",
    second: Second = "",
    version: Annotated[
        int | None,
        Option(
            "--version",
            help="The version that you have read, as `drafts show` shows it; required if"
            " the draft was edited.",
        ),
    ] = None,
    redirect: Annotated[
        list[str] | None,
        Option(
            "--redirect",
            metavar="CHANNEL",
            help="Send the post to where this channel points now, although the draft was"
            " made for another target. Can be given several times.",
        ),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Approve a draft as `drafts show` shows it.

    `outagewire run` publishes exactly these texts and this picture.
    """
    with _draft_review(config) as (review, _, _), _marking_refused_words():
        approved = review.approve(draft, reason, second, version, redirect or ())
    _confirm(approved)


_APPROVE = format_examples(
    'outagewire drafts approve IR-2026-0108.1 --reason "checked with two sources"'
)


def reject(
    draft: DraftArgument, reason: Reason = "", config: ConfigOption = None
) -> None:
    """Reject a draft: it is never published."""
    with _draft_review(config) as (review, _, _):
        rejected = review.reject(draft, reason)
    _confirm(rejected)


_REJECT = format_examples(
    'outagewire drafts reject IR-2026-0108.1 --reason "maintenance, announced"'
)


def hold(
    draft: DraftArgument, reason: Reason = "", config: ConfigOption = None
) -> None:
    """Put a draft on hold; it can be approved or rejected later."""
    with _draft_review(config) as (review, _, _):
        held = review.hold(draft, reason)
    _confirm(held)


_HOLD = format_examples(
    'outagewire drafts hold IR-2026-0108.1 --reason "waiting for the operator"'
)


@contextmanager
def _draft_review(path: Path | None) -> "Iterator[tuple[DraftReview, Store, Config]]":
    """Yield the review, its store and the configuration; close the store afterwards."""
    from bot import bootstrap
    from bot.config import loading as configuration

    settings = configuration.load_config(path)
    review, store = bootstrap.draft_review(settings)
    with closing(store):
        yield review, store, settings


def _outlet(settings: "Config", channel: str) -> "Outlet":
    from dataclasses import replace

    from bot import bootstrap

    channels = bootstrap.channels(settings, bootstrap.clock_of(settings))
    check_channel_name(channel, sorted(channels))
    return replace(channels[channel].outlet(), name=channel)


def _new_text(text: str | None, file: Path | None) -> str:
    if text is not None and file is None:
        return text
    if file is None or text is not None:
        raise BotError("pass the new text with exactly one of --text and --file")
    try:
        # Text editors end a file with a line break, which must not become part of the
        # post.
        return file.read_text(encoding="utf-8-sig").strip()
    except UnicodeDecodeError as error:
        problem = "it is not UTF-8 text; save it as UTF-8"
        raise BotError(f"--file {file}: cannot be read: {problem}") from error
    except OSError as error:
        raise BotError(
            f"--file {file}: cannot be read: {error.strerror}; check the path"
        ) from error


@contextmanager
def _marking_refused_words() -> Iterator[None]:
    """Run the block; if a text is refused in it, print the text with marks.

    The marks show the words that the facts do not support.

    Raises:
        ClaimsUnbacked: the text was refused; the error is raised again.
    """
    try:
        yield
    except ClaimsUnbacked as error:
        from bot.cli.output.tables import make_console
        from bot.cli.output.terminal import mark_spans

        make_console().print(mark_spans(error.body, error.spans))
        # `main` prints the message of the error and sets the exit code 1.
        raise


def _print(draft: "Draft", review: "DraftReview") -> None:
    from bot.cli.output.tables import make_console
    from bot.cli.output.terminal import mark_spans
    from bot.text.reasons import load_words, note_in_words, state_in_words

    console, objections = make_console(), review.objections(draft)
    words = load_words()
    state = state_in_words(words, "draft_states", draft.state)
    note = note_in_words(words, draft.note)
    # Without `markup=False`, rich would read brackets in a note as a style.
    console.print(
        f"{draft.id}  {state}  version {draft.version}  ({note})", markup=False
    )
    moved = review.new_targets(draft)
    for text in draft.texts:
        console.rule(f"{text.channel} ({text.lang}, {text.length})")
        if text.target is not None:
            console.print(f"for {text.target}", markup=False)
        if text.channel in moved:
            console.print(
                f"the channel points to {moved[text.channel]} now", markup=False
            )
        own = objections[text.channel]
        console.print(mark_spans(text.body, [(o.start, o.end) for o in own]))
        for objection in own:
            console.print(
                f'- "{objection.words}" ({objection.kind}): {objection.facts}',
                markup=False,
            )
        if text.second:
            console.print(
                f"{text.second} takes responsibility for these words.", markup=False
            )
    if draft.picture is not None:
        console.rule(f"picture {draft.picture.name}")
        console.print(draft.picture.alt, markup=False)


def _confirm(draft: "Draft") -> None:
    from bot.text.reasons import load_words, state_in_words

    echo(
        f"{draft.id} is {state_in_words(load_words(), 'draft_states', draft.state)} now."
    )

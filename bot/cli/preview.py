"""The implementation of `outagewire preview`."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.columns import Columns
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot import bootstrap
from bot.cli import kernel
from bot.cli.output.console import configure_logging
from bot.cli.output.folder import check_output, refuse_site_folder
from bot.cli.output.terminal import mark_spans, thumbnail
from bot.config import loading as configuration
from bot.config.sections import Config
from bot.errors import BotError, StoreError
from bot.model.draft import Outlet
from bot.model.event import IncidentEvent
from bot.model.incident import Evidence
from bot.rendering.preview import (
    EventPreview,
    LanguagePreview,
    OutletPreview,
    preview_event,
    write_page,
)
from bot.rendering.renderer import TemplateRenderer
from bot.replay import run
from bot.sources.recording.source import load_recording
from bot.text.reasons import load_words, state_in_words
from bot.text.translations import languages, templates_root

_ALL = "all"
_MIN_PANEL_WIDTH = 56


def preview(
    what: str,
    langs: Sequence[str],
    channels: Sequence[str],
    out: Path | None,
    config: Path | None,
) -> None:
    """Show every text and picture of an incident, or of all incidents of a recording."""
    kernel.enable_cache()
    configure_logging("plain")
    settings = configuration.load_config(config)
    if out is not None:
        refuse_site_folder(out, settings, "--out")
    # The options are checked before the recording is replayed, because a replay takes
    # long.
    outlets = _selected_outlets(bootstrap.preview_outlets(settings), channels)
    selected_langs = _selected_languages(langs)
    if out is not None:
        check_output(out)
    events = _load(what, settings)
    previews = [
        preview_event(events.renderer, event, evidence, outlets, selected_langs)
        for event, evidence in events.events_with_evidence
    ]
    console = Console(highlight=False)
    for event_preview in previews:
        print_preview(console, event_preview)
    if out is not None:
        page = write_page(events.renderer.templates, events.title, previews, out)
        console.print(f"Written to {page}", markup=False)


@dataclass(frozen=True, slots=True)
class _Events:
    """The events to show, and the renderer of their texts.

    Attributes:
        title: the incident's id or the recording's title; the title of the web page.
        events_with_evidence: each event with its evidence.
    """

    title: str
    events_with_evidence: tuple[tuple[IncidentEvent, Evidence], ...]
    renderer: TemplateRenderer


def _load(incident_or_folder: str, settings: Config) -> _Events:
    """Load the events of a recording's folder, or of a stored incident by its id.

    Raises:
        BotError: `incident_or_folder` is neither a folder nor the id of a stored incident.
    """
    if Path(incident_or_folder).is_dir():
        return _load_recording(Path(incident_or_folder), settings)
    try:
        renderer, store = bootstrap.preview_renderer(settings)
    except StoreError as error:
        raise BotError(f"{incident_or_folder} is not a folder, and {error}") from error
    try:
        events = store.incidents.events(incident_or_folder)
        steps = tuple((e, store.incidents.evidence(e.key)) for e in events)
    finally:
        store.close()
    if not steps:
        raise BotError(
            f"{incident_or_folder} is neither a stored incident nor a folder; `outagewire incidents"
            " list` shows the stored incidents"
        )
    return _Events(incident_or_folder, steps, renderer)


def _load_recording(folder: Path, settings: Config) -> _Events:
    """Replay a recording in a temporary folder; return the events of its incidents."""
    recording = load_recording(folder)
    with tempfile.TemporaryDirectory() as scratch:
        application, clock = bootstrap.build_replay(recording, Path(scratch), settings)
        lag = max(signal.lag for signal in recording.signals)
        run.run_ticks(
            application.runner,
            clock,
            recording.span,
            lag,
            lambda _: None,
            # A page would be deleted with the folder, so none is written.
            run.WritePages.NEVER,
        )
        incidents = application.store.incidents
        steps = tuple(
            (event, incidents.evidence(event.key))
            for incident in incidents.all()
            for event in incidents.events(incident.id)
        )
        application.store.close()
    # The replay's renderer wrote for a site in the deleted folder. The texts need a
    # renderer for the configured site.
    return _Events(recording.title, steps, bootstrap.renderer(settings))


def _selected_outlets(
    outlets: tuple[Outlet, ...], channels: Sequence[str]
) -> tuple[Outlet, ...]:
    """Return the outlets whose name or kind is in `channels`; "all" selects them all.

    Raises:
        BotError: one of `channels` is neither a name, nor a kind, nor "all".
    """
    choices = {o.name for o in outlets} | {o.kind for o in outlets} | {_ALL}
    for channel in channels:
        if channel not in choices:
            names = ", ".join(o.name for o in outlets)
            raise BotError(f"no channel {channel!r}; choose one of {names}, or all")
    return tuple(o for o in outlets if {o.name, o.kind, _ALL} & set(channels))


def _selected_languages(langs: Sequence[str]) -> tuple[str, ...]:
    """Return `langs` without duplicates; "all" selects every language."""
    available = languages(templates_root())
    for lang in langs:
        if lang not in (*available, _ALL):
            codes = ", ".join(available)
            raise BotError(f"no language {lang!r}; choose one of {codes}, or all")
    return available if _ALL in langs else tuple(dict.fromkeys(langs))


def print_preview(console: Console, preview: EventPreview) -> None:
    """Print one event: its picture, then its alt text and posts in each language."""
    kind = state_in_words(load_words(), "steps", preview.event.kind)
    console.rule(f"{preview.event.key}  {kind}", style="bold")
    if preview.image is None:
        console.print(f"No picture: {preview.note}", markup=False)
    # The picture is printed only on a terminal. In a file or a pipe it would be lines
    # of block characters without colours.
    elif console.is_terminal:
        console.print(Padding(thumbnail(preview.image, console.width), (1, 0)))
    for language in preview.languages:
        if len(preview.languages) > 1:
            console.rule(language.lang, style="dim", align="left")
        _print_description(console, language)
        columns = max(1, console.width // _MIN_PANEL_WIDTH)
        panels = list(_panels(language, console.width // columns - 1))
        console.print(Columns(panels, padding=(0, 1)))


def _print_description(console: Console, language: LanguagePreview) -> None:
    """Print the alt text, then the claims in it that the facts do not support."""
    objections = language.alt_objections
    spans = [(objection.start, objection.end) for objection in objections]
    console.print(mark_spans(language.alt, spans), style="dim")
    for objection in objections:
        line = f"- {objection.words} ({objection.kind}): {objection.facts}"
        console.print(line, style="red", markup=False)


def _panels(language: LanguagePreview, width: int) -> Iterator[Panel]:
    """Yield a panel for each different text; its title names the text's channels."""
    for card in language.cards:
        first = card[0]
        yield Panel(
            _text(first),
            title=Text(
                ", ".join(outlet_preview.outlet.name for outlet_preview in card)
            ),
            subtitle=", ".join(map(_length, card)) if first.text else None,
            title_align="left",
            subtitle_align="right",
            border_style="red" if first.objections or first.trouble else "dim",
            width=width,
        )


def _length(preview: OutletPreview) -> str:
    return f"{preview.text.length if preview.text else 0}/{preview.outlet.limit}"


def _text(preview: OutletPreview) -> Text:
    if preview.text is None:
        return Text(preview.trouble, style="red", overflow="fold")
    spans = [(objection.start, objection.end) for objection in preview.objections]
    text = mark_spans(preview.text.body, spans)
    # By default, rich cuts off a word that is longer than a line. A Chinese text has no
    # spaces between words, so most of it would be cut off.
    text.overflow = "fold"
    for objection in preview.objections:
        line = f"\n- {objection.words} ({objection.kind}): {objection.facts}"
        text.append(line, style="red")
    return text

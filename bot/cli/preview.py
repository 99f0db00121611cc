"""The work of `outagewire preview`: every text and picture of an incident, before anyone sees it."""

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
from bot.cli import console as logs
from bot.cli import kernel
from bot.cli.terminal import marked, thumbnail
from bot.config import loading as configuration
from bot.config.sections import Config
from bot.errors import BotError
from bot.model.draft import Outlet
from bot.model.incident import Evidence, IncidentEvent
from bot.rendering.preview import (
    EventPreview,
    LanguagePreview,
    OutletPreview,
    show,
    write_page,
)
from bot.rendering.renderer import TemplateRenderer
from bot.replay import run
from bot.sources.recording.source import load
from bot.text.translations import languages, templates_root

_ALL = "all"
_NARROWEST = 56


def preview(
    what: str,
    langs: Sequence[str],
    channels: Sequence[str],
    out: Path | None,
    config: Path | None,
) -> None:
    """Show every text and picture of an incident."""
    kernel.use()
    logs.set_up("plain")
    settings = configuration.load(config)
    outlets = _chosen(bootstrap.outlets(settings), channels)
    spoken = _spoken(langs)
    found = _told(what, settings)
    shown = [
        show(found.renderer, event, evidence, outlets, spoken)
        for event, evidence in found.steps
    ]
    console = Console(highlight=False)
    for one in shown:
        _print(console, one)
    if out is not None:
        page = write_page(found.renderer.templates, found.title, shown, out)
        console.print(f"Written to {page}", markup=False)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is to be shown, and who writes it."""

    title: str
    steps: tuple[tuple[IncidentEvent, Evidence], ...]
    renderer: TemplateRenderer


def _told(what: str, settings: Config) -> _Found:
    if Path(what).is_dir():
        return _of_recording(Path(what), settings)
    renderer, store = bootstrap.previewing(settings)
    try:
        events = store.incidents.events(what)
        steps = tuple((e, store.incidents.evidence(e.key)) for e in events)
    finally:
        store.close()
    if not steps:
        raise BotError(f"{what} is neither an incident on record nor a folder")
    return _Found(what, steps, renderer)


def _of_recording(folder: Path, settings: Config) -> _Found:
    """Every step of every incident of a recording, replayed where nobody sees it."""
    found = load(folder)
    with tempfile.TemporaryDirectory() as scratch:
        house, clock = bootstrap.replaying(found, Path(scratch), settings)
        lag = max(one.lag for one in found.signals)
        run.play(
            house.newsroom, clock, found.span, lag, lambda _: None, pages_at_end=True
        )
        incidents = house.store.incidents
        steps = tuple(
            (event, incidents.evidence(event.key))
            for incident in incidents.all()
            for event in incidents.events(incident.id)
        )
        house.store.close()
    return _Found(found.title, steps, bootstrap.renderer(settings))


def _chosen(outlets: tuple[Outlet, ...], channels: Sequence[str]) -> tuple[Outlet, ...]:
    names = {o.name for o in outlets} | {o.kind for o in outlets} | {_ALL}
    for channel in channels:
        if channel not in names:
            there = ", ".join(o.name for o in outlets)
            raise BotError(f"no channel {channel!r}; there are {there}, or all")
    return tuple(o for o in outlets if {o.name, o.kind, _ALL} & set(channels))


def _spoken(langs: Sequence[str]) -> tuple[str, ...]:
    """The languages, in the order given and each once."""
    available = languages(templates_root())
    for lang in langs:
        if lang not in (*available, _ALL):
            there = ", ".join(available)
            raise BotError(f"no language {lang!r}; there are {there}, or all")
    return available if _ALL in langs else tuple(dict.fromkeys(langs))


def _print(console: Console, one: EventPreview) -> None:
    console.rule(f"{one.event.key}  {one.event.kind}", style="bold")
    if one.image is None:
        console.print(f"No picture: {one.note}", markup=False)
    elif console.is_terminal:
        console.print(Padding(thumbnail(one.image, console.width), (1, 0)))
    for spoken in one.spoken:
        if len(one.spoken) > 1:
            console.rule(spoken.lang, style="dim", align="left")
        wrong = spoken.alt_objections
        spans = [(each.start, each.end) for each in wrong]
        console.print(marked(spoken.alt, spans), style="dim")
        for each in wrong:
            told = f"- {each.words} ({each.kind}): {each.facts}"
            console.print(told, style="red", markup=False)
        columns = max(1, console.width // _NARROWEST)
        panels = list(_panels(spoken, console.width // columns - 1))
        console.print(Columns(panels, padding=(0, 1)))


def _panels(spoken: LanguagePreview, width: int) -> Iterator[Panel]:
    """One for each text, named after the channels that it is for."""
    for card in spoken.cards:
        first = card[0]
        yield Panel(
            _words(first),
            title=Text(", ".join(specimen.outlet.name for specimen in card)),
            subtitle=", ".join(map(_room, card)) if first.text else None,
            title_align="left",
            subtitle_align="right",
            border_style="red" if first.objections or first.trouble else "dim",
            width=width,
        )


def _room(specimen: OutletPreview) -> str:
    return f"{specimen.text.length if specimen.text else 0}/{specimen.outlet.limit}"


def _words(specimen: OutletPreview) -> Text:
    if specimen.text is None:
        return Text(specimen.trouble, style="red", overflow="fold")
    spans = [(one.start, one.end) for one in specimen.objections]
    words = marked(specimen.text.body, spans)
    # A table's cell would cut what is longer than a line: Chinese has no spaces.
    words.overflow = "fold"
    for one in specimen.objections:
        words.append(f"\n- {one.words} ({one.kind}): {one.facts}", style="red")
    return words

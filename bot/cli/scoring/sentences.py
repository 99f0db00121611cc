"""The implementation of `outagewire backtest --sentences`."""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache, partial
from pathlib import Path
from typing import Any

from rich.console import Console
from typer import BadParameter

from bot.cli import kernel
from bot.cli.scoring.sentence_run import SentenceRun
from bot.cli.scoring.world_pool import check_in_order, terminations_as_interrupts
from bot.clock import SystemClock
from bot.evaluation.sentences.oracle import SentenceScore, WriteTexts, check_world
from bot.model.draft import Outlet
from bot.model.event import IncidentChange, IncidentEvent
from bot.model.incident import Evidence
from bot.places import load_register
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text.translations import environment, load_translations, templates_root

_OUTLETS = (
    Outlet("x", "x", limit=280),
    Outlet("mastodon", "mastodon", limit=500),
)
"""The outlets whose posts are checked: one for short posts, one for long posts."""


def parse_worlds(text: str) -> range:
    """Return the numbers of the worlds: 1 to 100 for "100", 41 to 100 for "41-100".

    For "", the range is empty.

    Raises:
        BadParameter: the text is neither a number nor a range.
    """
    if not text:
        return range(0)
    m = re.fullmatch(r"(?:([1-9]\d*)-)?([1-9]\d*)", text)
    first, last = (int(m[1] or 1), int(m[2])) if m else (1, 0)
    if first > last:
        raise BadParameter(
            f"--sentences {text}: give a number of worlds, such as 100, or a range, such"
            " as 41-100"
        )
    return range(first, last + 1)


def check_worlds(out: Path, seeds: range, workers: int = 1) -> None:
    """Check the texts about generated worlds; write the score into `out`.

    An earlier check of the same worlds may have been stopped. If the same version of
    the program wrote its score, only the remaining worlds are checked.

    Args:
        out: the folder of `sentences.json`.
        seeds: the numbers of the worlds to check.
        workers: the number of processes, at least 1; the score does not depend on it.

    Raises:
        KeyboardInterrupt: the check was stopped; the score of the worlds that were
            checked is written.
        OutputError: the score cannot be written.
    """
    console = Console(highlight=False, soft_wrap=True)
    run = SentenceRun(out, seeds, console, SystemClock().elapsed)
    scores = check_in_order(partial(_score, out), run.remaining_worlds, workers)
    try:
        with terminations_as_interrupts(), closing(scores):
            for score in scores:
                run.add(score)
    finally:
        run.finish()


def _score(out: Path, seed: int) -> SentenceScore:
    """Return the score of one world."""
    return check_world(seed, _cached_texts_function(out), published_data)


@cache
def _cached_texts_function(out: Path) -> WriteTexts:
    """Return the function that writes the texts; each process makes it only once."""
    kernel.enable_cache()
    return make_texts_function(_renderer(out))


def make_texts_function(renderer: TemplateRenderer) -> WriteTexts:
    """Return a function that yields all English texts about an event.

    The texts are the posts, the page and the alt text of the event.
    """
    # These imports load matplotlib, which other commands do not need.
    from bot.charts.illustrator import Illustrator
    from bot.site.page_texts import page_texts
    from bot.site.pages import Site

    translations = load_translations(renderer.templates, "en")
    illustrator = Illustrator(
        renderer.templates, translations, renderer.register, renderer.base_url
    )
    site = Site(renderer.site, illustrator, renderer.contact)

    def texts(event: IncidentEvent, evidence: Evidence) -> Iterator[str]:
        yield from (renderer.write(event, outlet).body for outlet in _OUTLETS)
        yield from page_texts(site, event)
        if evidence.traces:
            yield illustrator.describe(event, evidence)

    return texts


def published_data(change: IncidentChange) -> Mapping[str, Any]:
    """Return the content of `incident.json` after a change, with empty texts."""
    from bot.site.page_texts import page_data

    return page_data(change.incident, change.event)


def _renderer(out: Path) -> TemplateRenderer:
    return TemplateRenderer(
        register=load_register(),
        site=out,
        base_url="https://outagewire.example",
        contact="",
        templates=environment(templates_root(), all_brands()),
    )

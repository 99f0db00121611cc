"""The implementation of `outagewire backtest --sentences`."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from typer import BadParameter

from bot.cli import kernel
from bot.evaluation.sentences import report
from bot.evaluation.sentences.oracle import SentenceScore, Texts, check_world
from bot.model.draft import Outlet
from bot.model.incident import Evidence, IncidentChange, IncidentEvent
from bot.places import load_register
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text.translations import environment, load_translations, templates_root

_FILE = "sentences.json"
_OUTLETS = (
    Outlet("x", "x", limit=280),
    Outlet("mastodon", "mastodon", limit=500),
)
"""The short and the long form of a post."""
_SHOWN_EVERY = 10
"""The number of worlds between two lines of progress."""


def worlds(text: str) -> range:
    """Return the worlds that an option names: "100" are 1 to 100; "" is none.

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


def check(out: Path, seeds: range) -> None:
    """Check the texts about generated worlds; write the score into `out`.

    The score is written when the check is stopped, too, of the worlds that were done.
    """
    kernel.enable_cache()
    console = Console(highlight=False, soft_wrap=True)
    texts = published_texts(_renderer(out))
    score, done = SentenceScore(), 0
    try:
        for seed in seeds:
            score.add(check_world(seed, texts, published_data))
            done += 1
            if done % _SHOWN_EVERY == 0:
                console.print(report.summary(score, done), markup=False)
    finally:
        _write(out, score, seeds[:done], console)


def published_texts(renderer: TemplateRenderer) -> Texts:
    """Return what makes all texts about an event: posts, page and alt text, in English."""
    # Charts and pages need matplotlib, which other commands do without.
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
    """Return the content of `incident.json` after a change, without its words."""
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


def _write(out: Path, score: SentenceScore, seeds: range, console: Console) -> None:
    out.mkdir(parents=True, exist_ok=True)
    document = report.as_json(score, seeds)
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    (out / _FILE).write_text(text, encoding="utf-8")
    for line in (report.summary(score, len(seeds)), *report.lines(score)):
        console.print(line, markup=False)
    console.print(f"Written to {out / _FILE}.", markup=False)

"""The implementation of `outagewire backtest --sentences`."""

import json
import re
from pathlib import Path

from rich.console import Console
from typer import BadParameter

from bot.cli import kernel
from bot.evaluation.sentences import report
from bot.evaluation.sentences.oracle import SentenceScore, Write, check_world
from bot.model.draft import Outlet
from bot.model.incident import IncidentEvent
from bot.places import load_register
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text.translations import environment, templates_root

_FILE = "sentences.json"
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
    """Check the posts about generated worlds; write the score into `out`.

    The score is written when the check is stopped, too, of the worlds that were done.
    """
    kernel.enable_cache()
    console = Console(highlight=False, soft_wrap=True)
    writer = _writer(out)
    score, done = SentenceScore(), 0
    try:
        for seed in seeds:
            score.add(check_world(seed, writer))
            done += 1
            if done % _SHOWN_EVERY == 0:
                console.print(report.summary(score, done), markup=False)
    finally:
        _write(out, score, seeds[:done], console)


def _writer(out: Path) -> Write:
    renderer = TemplateRenderer(
        register=load_register(),
        site=out,
        base_url="https://outagewire.example",
        contact="",
        templates=environment(templates_root(), all_brands()),
    )

    def write(event: IncidentEvent, outlet: Outlet) -> str:
        return renderer.write(event, outlet).body

    return write


def _write(out: Path, score: SentenceScore, seeds: range, console: Console) -> None:
    out.mkdir(parents=True, exist_ok=True)
    document = report.as_json(score, seeds)
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    (out / _FILE).write_text(text, encoding="utf-8")
    for line in (report.summary(score, len(seeds)), *report.lines(score)):
        console.print(line, markup=False)
    console.print(f"Written to {out / _FILE}.", markup=False)

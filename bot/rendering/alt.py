"""The chart in words, from the same arrays, for those who cannot see it."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from jinja2 import Environment

from bot.model.interval import from_epoch
from bot.rendering.charts.data import Curves, Line
from bot.rendering.charts.frame import Scene
from bot.rendering.moments import Moments
from bot.rendering.telling import Story
from bot.rendering.text import read_slots, shorten


def write_alt(templates: Environment, story: Story, scene: Scene) -> tuple[str, ...]:
    """The alt text's template, rendered: one ranked slot a line (see `text`)."""
    curves, moments = scene.curves, scene.moments
    onset = scene.event.facts.onset.since
    lang = moments.words.lang
    values = {
        "title": scene.captions.title,
        "first": moments.brief(curves.window.since).removesuffix(" UTC"),
        "last": moments.brief(curves.window.until).removesuffix(" UTC"),
        "now": _now(curves.lines, story, moments),
        "lowest": _lowest(curves, onset, moments),
        "gaps": _gaps(curves, moments),
        "credits": story.credits,
    }
    rendered = templates.get_template(f"alt/{lang}/chart.txt").render(s=story, c=values)
    return tuple(rendered.splitlines())


def fit_alt(lines: Sequence[str], limit: int) -> str:
    """As much of the alt text as the outlet takes, whole sentences only."""
    return shorten(read_slots("\n".join(lines)), limit, len)


def _now(lines: Sequence[Line], story: Story, moments: Moments) -> str:
    levels = moments.words.listing([_one(line, moments) for line in lines])
    return moments.words.say("alt", "now", as_of=story.as_of, levels=levels)


def _one(line: Line, moments: Moments) -> str:
    words = moments.words
    if line.last is None or (line.level is None and not line.stale):
        return words.say("alt", "nothing", name=line.name)
    if line.level is None or line.stale:
        time = moments.brief(line.last)
        return words.say("alt", "silent", name=line.name, time=time)
    level, clock = words.percent(line.level), words.date(line.last, "clock")
    key = "late" if line.late else "one"
    return words.say("alt", key, name=line.name, level=level, time=clock)


def _lowest(curves: Curves, onset: datetime, moments: Moments) -> str:
    """The lowest point since the onset of the line that is wrong, and when."""
    wrong = [line for line in curves.lines if line.wrong]
    line = curves.principal if curves.principal.wrong or not wrong else wrong[0]
    since = np.where(line.ends > onset.timestamp(), line.percent, np.nan)
    if not np.isfinite(since).any():
        return ""
    at = int(np.nanargmin(since))
    return moments.words.say(
        "alt",
        "lowest",
        name=line.name,
        level=moments.words.percent(float(line.percent[at]) / 100.0),
        time=moments.brief(from_epoch(float(line.ends[at]))),
    )


def _gaps(curves: Curves, moments: Moments) -> str:
    some = any(not np.isfinite(line.percent).all() for line in curves.lines)
    return moments.words.say("alt", "gaps") if some else ""

"""The chart in words, from the same arrays, for those who cannot see it."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from jinja2 import Environment

from bot.model.interval import from_epoch
from bot.rendering.chart_data import Curves, Line
from bot.rendering.chart_frame import Scene
from bot.rendering.moments import Moments
from bot.rendering.telling import Story
from bot.rendering.text import read_slots, shorten
from bot.rendering.voices import settle, voices
from bot.rendering.words import Words


def write_alt(templates: Environment, story: Story, scene: Scene) -> tuple[str, ...]:
    """The alt text's template, rendered: one ranked slot a line (see `text`)."""
    curves, moments = scene.curves, scene.moments
    words, onset = moments.words, scene.event.facts.onset.since
    values = {
        "chart": words.say("alt", "kinds", "lines"),
        "title": write_title(templates, story, words),
        "first": moments.briefest(curves.window.since),
        "last": moments.briefest(curves.window.until),
        "levels": words.listing([_one(line, moments) for line in curves.lines]),
        "lowest": _lowest(curves, onset, moments),
        "gaps": _gaps(curves),
    }
    told = voices(words, story, **values)
    rendered = templates.get_template("alt/chart.txt").render(s=story, c=values, **told)
    return tuple(settle(line, words) for line in rendered.splitlines())


def write_title(templates: Environment, story: Story, words: Words) -> str:
    """The title of a chart: what it finds."""
    template = templates.get_template("charts/title.txt")
    return template.render(s=story, **voices(words, story)).strip()


def fit_alt(lines: Sequence[str], limit: int) -> str:
    """As much of the alt text as the outlet takes, whole sentences only."""
    return shorten(read_slots("\n".join(lines)), limit, len)


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


def _gaps(curves: Curves) -> str:
    """Not empty where a line has gaps."""
    some = any(not np.isfinite(line.percent).all() for line in curves.lines)
    return "some" if some else ""

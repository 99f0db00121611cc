"""The chart in words, from the same arrays, for those who cannot see it."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from jinja2 import Environment

from bot.charts.choose import ChartKind
from bot.charts.data import Curves, Line
from bot.charts.frame import Scene
from bot.charts.kinds.timeline import bars_of
from bot.claims.facts import ChartContents
from bot.model.incident import Facts
from bot.model.interval import from_epoch
from bot.text.event_text import EventText
from bot.text.slots import read_slots, shorten
from bot.text.template_functions import settle, template_functions
from bot.text.times import TimeFormatter
from bot.text.translations import Translations

_NAMED = 8
"""So many regions or networks are named; the data has them all."""


def write_alt(
    templates: Environment,
    story: EventText,
    scene: Scene,
    kind: ChartKind = ChartKind.LINES,
) -> tuple[str, ...]:
    """The alt text's template, rendered: one ranked slot a line (see `text`)."""
    curves, moments = scene.curves, scene.moments
    words, onset = moments.words, scene.event.facts.onset.since
    lines = shown(scene, kind)
    values = {
        "chart": words.say("alt", "kinds", kind),
        "title": write_title(templates, story, words),
        "first": moments.briefest(curves.window.since),
        "last": moments.briefest(curves.window.until),
        "levels": _levels(lines, moments),
        "lowest": _lowest(lines, onset, moments),
        "gaps": _gaps(lines),
        "bars": _bars(scene) if kind is ChartKind.DURATIONS else "",
    }
    name = "durations" if kind is ChartKind.DURATIONS else "chart"
    template = templates.get_template(f"alt/{name}.txt")
    rendered = template.render(
        s=story, c=values, **template_functions(words, story, **values)
    )
    return tuple(_settled(line, words) for line in rendered.splitlines())


def _settled(line: str, words: Translations) -> str:
    rank, before, text = line.split("|", 2)
    before = before if words.say("gap") else "none"
    return f"{rank}|{before}|{settle(text, words)}"


def write_title(templates: Environment, story: EventText, words: Translations) -> str:
    """The title of a chart: what it finds."""
    template = templates.get_template("charts/title.txt")
    return template.render(s=story, **template_functions(words, story)).strip()


def shown(scene: Scene, kind: ChartKind) -> tuple[Line, ...]:
    """The lines whose numbers a chart of that kind shows."""
    parts = scene.curves.parts
    if kind in {ChartKind.OPERATORS, ChartKind.STRIP} and parts:
        return parts
    if kind is ChartKind.MAP and scene.event.facts.regions:
        named = {one.entity for one in scene.event.facts.regions}
        return tuple(p for p in parts if p.trace.entity in named) or scene.curves.lines
    return scene.curves.lines


def _bars(scene: Scene) -> str:
    words = scene.words
    told = [
        words.say("alt", "bar", name=bar.name, value=bar.value)
        for bar in bars_of(scene, words)
    ]
    return words.joined("credits", "join", told)


def fit_alt(lines: Sequence[str], limit: int) -> str:
    """As much of the alt text as the outlet takes, whole sentences only."""
    return shorten(read_slots("\n".join(lines)), limit, len)


def _levels(lines: Sequence[Line], moments: TimeFormatter) -> str:
    told = [_one(line, moments) for line in lines[:_NAMED]]
    if len(lines) > _NAMED:
        told.append(moments.words.say("lists", "more", n=len(lines) - _NAMED))
    return moments.words.listing(told)


def _one(line: Line, moments: TimeFormatter) -> str:
    words = moments.words
    if line.last is None or (line.level is None and not line.stale):
        return words.say("alt", "nothing", name=line.label)
    if line.level is None or line.stale:
        time = moments.brief(line.last)
        return words.say("alt", "silent", name=line.label, time=time)
    level, clock = words.percent(line.level), words.date(line.last, "clock")
    key = "late" if line.late else "one"
    return words.say("alt", key, name=line.label, level=level, time=clock)


def _lowest(lines: Sequence[Line], onset: datetime, moments: TimeFormatter) -> str:
    """The lowest point since the onset of the line that is wrong, and when."""
    wrong = [line for line in lines if line.wrong]
    line = lines[0] if lines[0].wrong or not wrong else wrong[0]
    found = _low(line, onset)
    if found is None:
        return ""
    level, at = found
    return moments.words.say(
        "alt",
        "lowest",
        name=line.label,
        level=moments.words.percent(level),
        time=moments.brief(at),
    )


def _low(line: Line, onset: datetime) -> tuple[float, datetime] | None:
    """The lowest level of a line since the onset, a fraction, and when it was."""
    since = np.where(line.ends > onset.timestamp(), line.percent, np.nan)
    if not np.isfinite(since).any():
        return None
    at = int(np.nanargmin(since))
    return float(line.percent[at]) / 100.0, from_epoch(float(line.ends[at]))


def drawn(curves: Curves, facts: Facts) -> ChartContents:
    """What a chart of these curves shows that the facts alone do not have."""
    lines = (*curves.lines, *curves.parts)
    lows = [(line, _low(line, facts.onset.since)) for line in lines]
    levels = {(line.trace.entity, low[0]) for line, low in lows if low}
    levels |= {(x.trace.entity, x.level) for x in lines if x.level is not None}
    ends = (curves.window.since, curves.window.until, *(x.last for x in lines))
    times = (*ends, *(low[1] for _, low in lows if low))
    regions = {one.entity for one in facts.regions}
    named = [part for part in curves.parts if part.trace.entity in regions]
    sizes = {len(one) for one in (curves.lines, curves.parts, named)}
    return ChartContents(
        frozenset(levels),
        frozenset(t for t in times if t is not None),
        frozenset(n - _NAMED for n in sizes if n > _NAMED),
    )


def _gaps(lines: Sequence[Line]) -> str:
    """Not empty where a line has gaps."""
    some = any(not np.isfinite(line.percent).all() for line in lines)
    return "some" if some else ""

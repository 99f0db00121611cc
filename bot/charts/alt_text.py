"""Alt texts of charts, written from the arrays that the charts are drawn from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
from jinja2 import Environment

from bot.charts.choose import ChartKind
from bot.charts.data import Curves, Line, newest_level_time
from bot.charts.frame import Scene
from bot.charts.kinds.timeline import duration_bars
from bot.claims.facts import ChartContents
from bot.model.event import Facts
from bot.model.interval import utc_from_epoch
from bot.text.event_text import EventText
from bot.text.fitting.slots import fit_to_limit, read_slots
from bot.text.template_functions import add_direction_marks, template_functions
from bot.text.text_builder import is_silent
from bot.text.times import TimeFormatter
from bot.text.translations import Translations

_ROUNDING = 0.005
_TRUSTED = timedelta(days=7)
"""An alt text gives no lowest level that is older than this.

The baseline of an old level is computed from fewer readings than the baseline of a new
level.
"""
_MAX_NAMED = 8
"""An alt text gives the levels of at most this many lines."""
_WITH_LINES = (ChartKind.LINES, ChartKind.OPERATORS)
"""The kinds of chart that draw lines over time."""


def write_alt_slots(
    templates: Environment,
    event_text: EventText,
    scene: Scene,
    kind: ChartKind = ChartKind.LINES,
) -> tuple[str, ...]:
    """Return the alt text of a chart as lines of the form `rank|separator|text`.

    `slots.read_slots` parses these lines.
    """
    curves, times = scene.curves, scene.times
    translations, facts = times.translations, scene.event.facts
    lines, moment = alt_text_lines(scene, kind), event_text.timing.moment
    # If the principal series is silent, the other series on the chart have newer
    # readings. The alt text then gives the time of these newer readings.
    if is_silent(facts):
        moment = newest_level_time(facts)
        timing = replace(event_text.timing, as_of=times.instant(moment))
        event_text = replace(event_text, timing=timing)
    values = {
        "chart": translations.translate("alt", "kinds", kind),
        "title": write_title(templates, event_text, translations),
        "first": times.brief_without_zone(curves.window.since),
        "last": times.brief_without_zone(curves.window.until),
        "levels": _level_list(lines, moment, times),
        "lowest": _lowest_text(lines, facts, times),
        # Maps and strips of shades have no lines that could have gaps.
        "gaps": _has_gaps(lines) if kind in _WITH_LINES else "",
        "bars": _bar_list(scene) if kind is ChartKind.DURATIONS else "",
    }
    name = "durations" if kind is ChartKind.DURATIONS else "chart"
    template = templates.get_template(f"alt/{name}.txt")
    if kind is ChartKind.DURATIONS:
        # The chart also shows earlier incidents, which may have affected other states
        # or provinces. The text therefore names the whole place.
        names = replace(event_text.names, within=event_text.names.whole_within)
        event_text = replace(event_text, names=names)
    rendered = template.render(
        s=event_text, c=values, **template_functions(translations, event_text, **values)
    )
    return tuple(_localise_line(line, translations) for line in rendered.splitlines())


def _localise_line(line: str, translations: Translations) -> str:
    rank, before, text = line.split("|", 2)
    # The message `gap` is the space between two sentences. In Chinese it is empty, so
    # every line gets the separator "none".
    before = before if translations.translate("gap") else "none"
    return f"{rank}|{before}|{add_direction_marks(text, translations)}"


def write_title(
    templates: Environment, event_text: EventText, translations: Translations
) -> str:
    """Return the title of a chart: one sentence with its main statement."""
    template = templates.get_template("charts/title.txt")
    return template.render(
        s=event_text, **template_functions(translations, event_text)
    ).strip()


def alt_text_lines(scene: Scene, kind: ChartKind) -> tuple[Line, ...]:
    """Return the lines whose levels are given in the alt text of a chart of `kind`."""
    parts = scene.curves.parts
    if kind in {ChartKind.OPERATORS, ChartKind.STRIP} and parts:
        # These charts draw the parts, so their alt texts give the levels of parts (P4).
        return parts
    if kind is ChartKind.MAP and scene.event.facts.parts.regions:
        named = {region.entity for region in scene.event.facts.parts.regions}
        return tuple(p for p in parts if p.trace.entity in named) or scene.curves.lines
    return scene.curves.lines


def _bar_list(scene: Scene) -> str:
    translations = scene.translations
    items = [
        translations.translate("alt", "bar", name=bar.name, value=bar.value)
        for bar in duration_bars(scene, translations)
    ]
    return translations.join("credits", "join", items)


def fit_alt(lines: Sequence[str], limit: int) -> str:
    """Join the lines of `write_alt_slots` into an alt text of at most `limit` characters.

    If the text is too long, slots are left out; slots with a lower rank number take
    precedence.

    Raises:
        RenderingError: the slots of rank 0 do not fit.
    """
    return fit_to_limit(read_slots("\n".join(lines)), limit, len)


def _level_list(lines: Sequence[Line], as_of: datetime, times: TimeFormatter) -> str:
    items = [_line_text(line, as_of, times) for line in lines[:_MAX_NAMED]]
    if len(lines) > _MAX_NAMED:
        items.append(
            times.translations.translate("lists", "more", n=len(lines) - _MAX_NAMED)
        )
    return times.translations.join_list(items)


def _line_text(line: Line, as_of: datetime, times: TimeFormatter) -> str:
    translations = times.translations
    if line.last_at is None or (line.level is None and not line.is_stale):
        return translations.translate("alt", "nothing", name=line.label)
    if line.level is None or line.is_stale:
        time = times.brief(line.last_at)
        return translations.translate("alt", "silent", name=line.label, time=time)
    level, time = (
        translations.percent(line.level),
        times.clock_near(line.last_at, as_of),
    )
    # The text gives the time of each level that was not read at `as_of`. A reading that
    # is only a few minutes older may be from before a sudden fall.
    key = "late" if line.last_at != as_of else "one"
    return translations.translate("alt", key, name=line.label, level=level, time=time)


def _lowest_text(lines: Sequence[Line], facts: Facts, times: TimeFormatter) -> str:
    """Return a text about the lowest level of one line since the onset, or "".

    The line is the first line that dropped; if none dropped, the first line. The result
    is "" in three cases: the line has no value since the onset, its lowest level is
    older than `_TRUSTED`, or its lowest level is below the lowest level in the facts,
    which other texts publish.
    """
    wrong = [line for line in lines if line.is_dropped]
    # In an incident of single networks, the first line may be the line of the place,
    # which did not drop. The text then describes the first line that dropped.
    line = lines[0] if lines[0].is_dropped or not wrong else wrong[0]
    lowest = _lowest_point(line, facts.timing.onset.since)
    if lowest is None or _is_below(lowest[0], facts.levels.lowest):
        return ""
    level, at = lowest
    if facts.timing.as_of - at > _TRUSTED:
        return ""
    return times.translations.translate(
        "alt",
        "lowest",
        name=line.label,
        level=times.translations.percent(level),
        time=times.brief(at),
    )


def _is_below(level: float, published: float | None) -> bool:
    """Whether `level` is below the level `published` by more than `_ROUNDING`."""
    return published is not None and level < published - _ROUNDING


def _lowest_point(line: Line, onset: datetime) -> tuple[float, datetime] | None:
    """Return a line's lowest level since the onset, and the time of that level.

    None if the line has no value since the onset.
    """
    # A lower level before the onset is not part of this event (P18).
    since = np.where(line.ends > onset.timestamp(), line.percent, np.nan)
    if not np.isfinite(since).any():
        return None
    at = int(np.nanargmin(since))
    return float(line.percent[at]) / 100.0, utc_from_epoch(float(line.ends[at]))


def chart_contents(curves: Curves, facts: Facts) -> ChartContents:
    """Return the levels, times and counts that alt texts of `curves` may state.

    A count is the number of lines that an alt text leaves out, as in "and 3 more".
    """
    lines = (*curves.lines, *curves.parts)
    lows = [(line, _lowest_point(line, facts.timing.onset.since)) for line in lines]
    levels = {(line.trace.entity, low[0]) for line, low in lows if low}
    levels |= {(x.trace.entity, x.level) for x in lines if x.level is not None}
    ends = (curves.window.since, curves.window.until, *(x.last_at for x in lines))
    times = (*ends, *(low[1] for _, low in lows if low))
    regions = {region.entity for region in facts.parts.regions}
    named = [part for part in curves.parts if part.trace.entity in regions]
    # The kinds of charts list different lines, so they also leave out different numbers of
    # lines.
    sizes = {len(group) for group in (curves.lines, curves.parts, named)}
    return ChartContents(
        frozenset(levels),
        frozenset(t for t in times if t is not None),
        frozenset(n - _MAX_NAMED for n in sizes if n > _MAX_NAMED),
    )


def _has_gaps(lines: Sequence[Line]) -> str:
    """Return "some" if any of the lines has a gap, "" if not.

    The template only tests whether this text is empty.
    """
    some = any(not np.isfinite(line.percent).all() for line in lines)
    return "some" if some else ""

"""Regions as strips of shades: which fell, when, how deep, the deepest on top."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from matplotlib.path import Path

from bot.charts.axes import Axes
from bot.charts.canvas import shades
from bot.charts.canvas.canvas import Canvas, FillStyle
from bot.charts.canvas.layout import Box
from bot.charts.canvas.theme import LIGHT, POST, Size, Theme
from bot.charts.canvas.typesetting import Style
from bot.charts.data import Line
from bot.charts.frame import TEXT, Scene, blank, surround
from bot.charts.kinds.lines import unknown
from bot.model.interval import Interval


def mark_times(field: Axes, scene: Scene) -> None:
    """Rules at the onset and at the end; the badge tells them in words."""
    facts, theme = scene.event.facts, field.sheet.theme
    _rule(field, facts.onset, theme.alarm)
    if facts.restored is not None:
        _rule(field, facts.restored, theme.good)


def _rule(field: Axes, when: Interval, colour: str) -> None:
    sheet, box = field.sheet, field.box
    for at in dict.fromkeys((when.since, when.until)):
        x = float(field.x(at.timestamp()))
        if box.left <= x <= box.right:
            ends = ((x, sheet.height - box.top), (x, sheet.height - box.bottom))
            # A pale rim keeps it apart from shades of its own colour.
            sheet.rule(ends, sheet.theme.paper, 4.2, 3.0)
            sheet.rule(ends, colour, 2.0, 3.1)


_ROW = (28.0, 60.0)
"""The least and the greatest height of a row."""


def compose(scene: Scene, theme: Theme = LIGHT, size: Size = POST) -> Canvas:
    """The sheet before it becomes bytes, so that tests can look for overlaps."""
    sheet = blank(scene.captions, theme, size)
    room, em = surround(sheet, scene.captions), sheet.em
    say = scene.words.say
    said = say("chart", "key")
    top = shades.key(sheet, room, said, lambda n: say("numbers", "percent", n=n))
    lines = scene.curves.parts
    names = _names(sheet, lines)
    levels = [_level(scene, line) for line in lines]
    right = max(sheet.wide(text, _soft(sheet)) for text in levels)
    box = Box(
        room.left + max(sheet.measure(*name)[0] for name in names) + em(14),
        room.bottom + em(78),
        room.right - right - em(14),
        top - em(44),
    )
    shown, high = _fit(sheet, box, levels)
    box = Box(box.left, box.top - high * shown, box.right, box.top)
    field = Axes(sheet, box, scene.curves.window, 100.0)
    for number, line in enumerate(lines[:shown]):
        upper = box.top - number * high
        row = Box(box.left, upper - high + em(3), box.right, upper)
        cells(field, line, row)
        middle = sheet.height - (row.bottom + row.top) / 2
        text, name = names[number]
        sheet.put(box.left - em(14), middle, text, name)
        sheet.put(box.right + em(14), middle, levels[number], _soft(sheet))
    rest = max(len(lines), len(scene.event.facts.regions)) - shown
    if rest:
        text = say("lists", "more", n=rest)
        y, style = sheet.height - box.bottom + em(34), _soft(sheet)
        sheet.put(box.left - em(14), y, text, replace(style, across="right"))
    field.clocks(scene.moments)
    mark_times(field, scene)
    return sheet


def _fit(sheet: Canvas, box: Box, levels: Sequence[str]) -> tuple[int, float]:
    """How many rows there is room for, and how high each is."""
    em, style = sheet.em, _soft(sheet)
    # Some scripts stand higher, or hang lower, than a row of Latin ones.
    least = max(em(_ROW[0]), *(sheet.measure(t, style)[1] + em(7) for t in levels))
    shown = max(1, min(len(levels), int((box.top - box.bottom) / least)))
    return shown, min(em(_ROW[1]), (box.top - box.bottom) / shown)


def cells(field: Axes, line: Line, row: Box) -> None:
    """A row: bins of one step are one field, what is not known is hatched."""
    found = shades.steps(line.percent)
    edges = np.concatenate(([0], np.flatnonzero(np.diff(found)) + 1, [len(found)]))
    ends = np.concatenate(([line.ends[0] - line.trace.step_s], line.ends))
    xs = np.clip(field.x(ends), row.left, row.right)
    boxes: dict[int, list[Box]] = {}
    for begin, end in pairwise(edges.tolist()):
        span = Box(float(xs[begin]), row.bottom, float(xs[end]), row.top)
        boxes.setdefault(int(found[begin]), []).append(span)
    for step, some in boxes.items():
        if step >= 0:
            path = Path.make_compound_path(*(Path(box.corners) for box in some))
            drawn = field.sheet.shape(
                path, FillStyle(field.sheet.theme.ramp[step], 2.0)
            )
            drawn.set_gid(f"step {step} {line.trace.entity}")
    for begin_s, end_s in unknown(line, field.until):
        span = field.span(begin_s, end_s)
        field.sheet.hatched(Box(span.left, row.bottom, span.right, row.top), 2.1)


def _level(scene: Scene, line: Line) -> str:
    """The level now; why there is none, in as few words."""
    if line.level is None or line.stale:
        return scene.words.say("chart", "gap")
    return scene.words.percent(line.level)


def _names(sheet: Canvas, lines: tuple[Line, ...]) -> list[tuple[str, Style]]:
    """Each region's name, ending beside its row; a long one is set smaller."""
    room = sheet.width * (0.3 if sheet.size.tall else 0.2)
    found = []
    for line in lines:
        style = Style(sheet.em(TEXT), sheet.theme.ink, across="right", up="center")
        while sheet.wide(line.name, style) > room and style.size > sheet.em(15):
            style = style.sized(style.size - sheet.em(0.5))
        found.append((line.name, style))
    return found


def _soft(sheet: Canvas) -> Style:
    return Style(sheet.em(TEXT), sheet.theme.soft, up="center")

"""Draw each part of a place as a row of shades over time, the deepest drop on top."""

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
from bot.charts.frame import MIN_TEXT_SIZE, Scene, draw_frame, new_canvas
from bot.charts.kinds.lines import unknown_intervals
from bot.model.interval import Interval


def draw_onset_and_end(axes: Axes, scene: Scene) -> None:
    """Draw lines at the latest cut's onset and, if known, at the incident's end.

    The onset and the end have two lines each: at the earliest and the latest possible time.
    """
    facts, theme = scene.event.facts, axes.canvas.theme
    _draw_rule(axes, facts.timing.latest_cut.began, theme.alarm)
    if facts.timing.restored is not None:
        _draw_rule(axes, facts.timing.restored, theme.good)


def _draw_rule(axes: Axes, when: Interval, colour: str) -> None:
    canvas, box = axes.canvas, axes.box
    for at in dict.fromkeys((when.since, when.until)):
        x = float(axes.x(at.timestamp()))
        if box.left <= x <= box.right:
            ends = ((x, canvas.height - box.top), (x, canvas.height - box.bottom))
            # An outline in the background colour keeps the line visible on a shade of
            # the same colour.
            canvas.polyline(ends, canvas.theme.paper, 4.2, 3.0)
            canvas.polyline(ends, colour, 2.0, 3.1)


_ROW_HEIGHTS = (28.0, 60.0)
"""The least and the greatest height of a row, for a picture of 1600 by 900 pixels."""


def compose(scene: Scene, theme: Theme = LIGHT, size: Size = POST) -> Canvas:
    """Draw the heat strips; return the canvas, which is not encoded yet."""
    canvas = new_canvas(scene.captions, theme, size)
    room, em = draw_frame(canvas, scene.captions), canvas.scaled
    translate = scene.translations.translate
    title = translate("chart", "key")
    top = shades.draw_legend(
        canvas, room, title, lambda n: translate("numbers", "percent", n=n)
    )
    lines = scene.curves.parts
    names = _name_labels(canvas, lines)
    levels = [_level_text(scene, line) for line in lines]
    right = max(canvas.text_width(text, _label_style(canvas)) for text in levels)
    box = Box(
        room.left + max(canvas.measure(*name)[0] for name in names) + em(14),
        room.bottom + em(78),
        room.right - right - em(14),
        top - em(44),
    )
    shown_count, high = _fit_rows(canvas, box, levels)
    box = Box(box.left, box.top - high * shown_count, box.right, box.top)
    axes = Axes(canvas, box, scene.curves.window, 100.0)
    for number, line in enumerate(lines[:shown_count]):
        upper = box.top - number * high
        row = Box(box.left, upper - high + em(3), box.right, upper)
        draw_row(axes, line, row)
        _draw_row_labels(canvas, row, names[number], levels[number])
    _draw_omitted_count(axes, scene, shown_count)
    axes.draw_time_labels(scene.times)
    draw_onset_and_end(axes, scene)
    return canvas


def _draw_row_labels(
    canvas: Canvas, row: Box, name: tuple[str, Style], level: str
) -> None:
    """Draw the name of a part at the left of its row, and its level at the right."""
    middle, gap = canvas.height - (row.bottom + row.top) / 2, canvas.scaled(14)
    canvas.draw_text(row.left - gap, middle, *name)
    canvas.draw_text(row.right + gap, middle, level, _label_style(canvas))


def _draw_omitted_count(axes: Axes, scene: Scene, shown_count: int) -> None:
    """Write below the rows how many parts are left out."""
    canvas, box = axes.canvas, axes.box
    # Regions in the facts without a series to draw also count as left out.
    omitted = (
        max(len(scene.curves.parts), len(scene.event.facts.parts.regions)) - shown_count
    )
    if omitted:
        text = scene.translations.translate("lists", "more", n=omitted)
        y = canvas.height - box.bottom + canvas.scaled(34)
        style = replace(_label_style(canvas), halign="right")
        canvas.draw_text(box.left - canvas.scaled(14), y, text, style)


def _fit_rows(canvas: Canvas, box: Box, levels: Sequence[str]) -> tuple[int, float]:
    """Return how many rows fit, and the height of each."""
    em, style = canvas.scaled, _label_style(canvas)
    # The letters of some scripts are higher than the least height of a row.
    least = max(
        em(_ROW_HEIGHTS[0]), *(canvas.measure(t, style)[1] + em(7) for t in levels)
    )
    shown_count = max(1, min(len(levels), int((box.top - box.bottom) / least)))
    return shown_count, min(em(_ROW_HEIGHTS[1]), (box.top - box.bottom) / shown_count)


def draw_row(axes: Axes, line: Line, row: Box) -> None:
    """Draw one row of shaded boxes: one for each run of bins with the same shade.

    Runs of missing bins are hatched.
    """
    steps = shades.shade_numbers(line.percent)
    edges = np.concatenate(([0], np.flatnonzero(np.diff(steps)) + 1, [len(steps)]))
    ends = np.concatenate(([line.ends[0] - line.trace.step_s], line.ends))
    xs = np.clip(axes.x(ends), row.left, row.right)
    # All boxes of one step (one shade) are drawn as one path. With a path for each box,
    # an SVG would be far larger.
    boxes: dict[int, list[Box]] = {}
    for begin, end in pairwise(edges.tolist()):
        span = Box(float(xs[begin]), row.bottom, float(xs[end]), row.top)
        boxes.setdefault(int(steps[begin]), []).append(span)
    for step, spans in boxes.items():
        # Step -1 stands for missing bins. They get no shade: missing is not zero (P5).
        if step >= 0:
            path = Path.make_compound_path(*(Path(box.corners) for box in spans))
            drawn = axes.canvas.fill_path(
                path, FillStyle(axes.canvas.theme.ramp[step], 2.0)
            )
            drawn.set_gid(f"step {step} {line.trace.entity}")
    for begin_s, end_s in unknown_intervals(line, axes.until):
        span = axes.time_box(begin_s, end_s)
        axes.canvas.hatch_box(Box(span.left, row.bottom, span.right, row.top), 2.1)


def _level_text(scene: Scene, line: Line) -> str:
    """Return the level of a line as text; if it has no current level, "no data"."""
    if line.level is None or line.is_stale:
        return scene.translations.translate("chart", "gap")
    return scene.translations.percent(line.level)


def _name_labels(canvas: Canvas, lines: tuple[Line, ...]) -> list[tuple[str, Style]]:
    """Return each line's name and the style for it; a long name gets smaller text."""
    room = canvas.width * (0.3 if canvas.size.is_tall else 0.2)
    labels = []
    for line in lines:
        style = Style(
            canvas.scaled(MIN_TEXT_SIZE),
            canvas.theme.ink,
            halign="right",
            valign="center",
        )
        # The column of names has a fixed width, and a name is never cut. A long name
        # may therefore be smaller than `MIN_TEXT_SIZE`.
        while canvas.text_width(line.name, style) > room and style.size > canvas.scaled(
            15
        ):
            style = style.with_size(style.size - canvas.scaled(0.5))
        labels.append((line.name, style))
    return labels


def _label_style(canvas: Canvas) -> Style:
    return Style(canvas.scaled(MIN_TEXT_SIZE), canvas.theme.soft, valign="center")

"""Draw a small chart of each part of a place, on one scale, the deepest drop first."""

from bot.charts.axes import Axes
from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.layout import Box, upper_limit
from bot.charts.canvas.theme import LIGHT, POST, Size, Theme
from bot.charts.canvas.typesetting import Style
from bot.charts.data import Line
from bot.charts.frame import MIN_TEXT_SIZE, Scene, draw_frame, new_canvas
from bot.charts.kinds.lines import draw_background, level_labels_width, line_label

_TITLE_HEIGHT = 44.0
"""The height of the space above each small chart, which holds its name."""
_ONE_COLUMN_COUNT = 3
"""A tall picture with at most this many small charts has one column."""
_TIME_LABELS_HEIGHT = 36.0
"""The height of the time labels above the first row."""


def compose(scene: Scene, theme: Theme = LIGHT, size: Size = POST) -> Canvas:
    """Draw the small charts; return the canvas, which is not encoded yet."""
    canvas = new_canvas(scene.captions, theme, size)
    room, em = draw_frame(canvas, scene.captions), canvas.scaled
    columns, rows = grid_size(len(scene.curves.parts), size)
    lines = scene.curves.parts[: columns * rows]
    left = level_labels_width(canvas, scene) + em(12)
    labels_height = _time_labels_height(canvas, scene)
    area = Box(
        room.left + left, room.bottom + em(78), room.right, room.top - labels_height
    )
    # All charts share one upper limit, so that readers can compare their heights.
    top = upper_limit([line.percent for line in lines])
    for number, (line, box) in enumerate(
        zip(
            lines,
            split_box(area, columns, rows, em(36), em(_TITLE_HEIGHT)),
            strict=False,
        )
    ):
        axes = Axes(canvas, box, scene.curves.window, top)
        above = number < columns and axes.has_local_clock(scene.times)
        draw_panel(axes, scene, line, labels_height if above else 0.0)
        if number % columns == 0:
            axes.draw_level_labels(
                lambda n: scene.translations.translate("numbers", "percent", n=n), 50.0
            )
        # Only the lowest chart of each column gets time labels at the bottom.
        last = number + columns >= len(lines)
        axes.draw_time_labels(
            scene.times, compact=True, local_above=number < columns, utc_below=last
        )
    return canvas


def _time_labels_height(canvas: Canvas, scene: Scene) -> float:
    """Return the height of the time labels, which is greater in some scripts."""
    translations, since = scene.translations, scene.curves.window.since
    style = Style(canvas.scaled(MIN_TEXT_SIZE), canvas.theme.soft)
    _, high = canvas.measure(translations.date(since, "short"), style)
    return max(canvas.scaled(_TIME_LABELS_HEIGHT), high + canvas.scaled(24))


def grid_size(count: int, size: Size) -> tuple[int, int]:
    """Return the columns and rows for `count` charts; the grid may be too small for all."""
    if size.is_tall:
        columns = 1 if count <= _ONE_COLUMN_COUNT else 2
    else:
        # Four charts fill two rows of two; three columns would leave one chart alone.
        columns = min(3, count) if count != 4 else 2
    return columns, min(-(-count // columns), 5 if size.is_tall else 2)


def split_box(
    area: Box, columns: int, rows: int, column_gap: float, title_height: float
) -> list[Box]:
    """Return the boxes of the small charts, row by row.

    All lengths are in pixels. `column_gap` is the space between two columns. `title_height`
    is the height of the space above each box, which holds the chart's name.
    """
    wide = (area.right - area.left - column_gap * (columns - 1)) / columns
    high = (area.top - area.bottom) / rows
    boxes = []
    for row in range(rows):
        upper = area.top - row * high
        for column in range(columns):
            left = area.left + column * (wide + column_gap)
            boxes.append(Box(left, upper - high, left + wide, upper - title_height))
    return boxes


def draw_panel(axes: Axes, scene: Scene, line: Line, labels_height: float) -> None:
    """Draw one small chart: name, level, line, and a vertical rule at the onset.

    `labels_height` is the height of the time labels between the name and the chart; 0.0
    if there are none.
    """
    canvas, em = axes.canvas, axes.canvas.scaled
    colour = canvas.theme.alarm if line.is_dropped else canvas.theme.lines[0]
    draw_background(axes, scene, line)
    axes.draw_series(line, colour, 2.6)
    begun = scene.event.facts.timing.latest_cut.began.since.timestamp()
    span = axes.time_box(begun, begun)
    ends = (
        (span.left, canvas.height - span.top),
        (span.left, canvas.height - span.bottom),
    )
    canvas.polyline(ends, canvas.theme.alarm, 1.3, 3.0)
    text = " ".join(line_label(scene, line).split())
    style = Style(em(25), colour, "semibold")
    room = axes.box.right - axes.box.left
    rows, style = canvas.fit_text(text, style, room, em(MIN_TEXT_SIZE), 1)
    y = canvas.height - axes.box.top - em(14) - labels_height
    canvas.draw_text(axes.box.left, y, rows[0], style)

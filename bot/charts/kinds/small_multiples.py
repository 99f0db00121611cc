"""Networks side by side: one small chart each, on one scale, the deepest first."""

from bot.charts.axes import Axes
from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.layout import Box, top_of
from bot.charts.canvas.theme import LIGHT, POST, Size, Theme
from bot.charts.canvas.typesetting import Style
from bot.charts.data import Line
from bot.charts.frame import TEXT, Scene, blank, surround
from bot.charts.kinds.lines import background, label, levels_wide

_TITLE = 44.0
"""The space above each small chart for its name."""
_ONE_BELOW = 3
"""Up to so many stand one below the other on a tall sheet."""
_CLOCKS = 36.0
"""What the clocks take between the name and the chart, above the first row."""


def compose(scene: Scene, theme: Theme = LIGHT, size: Size = POST) -> Canvas:
    """The sheet before it becomes bytes, so that tests can look for overlaps."""
    sheet = blank(scene.captions, theme, size)
    room, em = surround(sheet, scene.captions), sheet.em
    columns, rows = grid(len(scene.curves.parts), size)
    lines = scene.curves.parts[: columns * rows]
    left = levels_wide(sheet, scene) + em(12)
    clocks = _clocks(sheet, scene)
    area = Box(room.left + left, room.bottom + em(78), room.right, room.top - clocks)
    top = top_of([line.percent for line in lines])
    for number, (line, box) in enumerate(
        zip(lines, cut(area, columns, rows, em(36), em(_TITLE)), strict=False)
    ):
        field = Axes(sheet, box, scene.curves.window, top)
        above = number < columns and field.elsewhere(scene.moments)
        panel(field, scene, line, clocks if above else 0.0)
        if number % columns == 0:
            field.levels(lambda n: scene.words.say("numbers", "percent", n=n), 50.0)
        last = number + columns >= len(lines)
        field.clocks(scene.moments, few=True, above=number < columns, below=last)
    return sheet


def _clocks(sheet: Canvas, scene: Scene) -> float:
    """What the clocks take above the first row; some scripts stand higher."""
    words, since = scene.words, scene.curves.window.since
    style = Style(sheet.em(TEXT), sheet.theme.soft)
    _, high = sheet.measure(words.date(since, "short"), style)
    return max(sheet.em(_CLOCKS), high + sheet.em(24))


def grid(count: int, size: Size) -> tuple[int, int]:
    """Columns and rows for so many; what is beyond them is on the page's data."""
    if size.tall:
        columns = 1 if count <= _ONE_BELOW else 2
    else:
        columns = min(3, count) if count != 4 else 2
    return columns, min(-(-count // columns), 5 if size.tall else 2)


def cut(area: Box, columns: int, rows: int, gap: float, title: float) -> list[Box]:
    """The boxes of the small charts, row by row, with room for a name above each."""
    wide = (area.right - area.left - gap * (columns - 1)) / columns
    high = (area.top - area.bottom) / rows
    found = []
    for row in range(rows):
        upper = area.top - row * high
        for column in range(columns):
            left = area.left + column * (wide + gap)
            found.append(Box(left, upper - high, left + wide, upper - title))
    return found


def panel(field: Axes, scene: Scene, line: Line, clocks: float) -> None:
    """One network: its name with its level above its `clocks`, its line, the times."""
    sheet, em = field.sheet, field.sheet.em
    colour = sheet.theme.alarm if line.wrong else sheet.theme.lines[0]
    background(field, scene, line)
    field.draw(line, colour, 2.6)
    begun = scene.event.facts.onset.since.timestamp()
    span = field.span(begun, begun)
    ends = (
        (span.left, sheet.height - span.top),
        (span.left, sheet.height - span.bottom),
    )
    sheet.rule(ends, sheet.theme.alarm, 1.3, 3.0)
    text = " ".join(label(scene, line).split())
    style = Style(em(25), colour, "semibold")
    room = field.box.right - field.box.left
    rows, style = sheet.fitted(text, style, room, em(TEXT), 1)
    y = sheet.height - field.box.top - em(14) - clocks
    sheet.put(field.box.left, y, rows[0], style)

"""What fell, by name, with its level: the list beside a map."""

from bot.charts.canvas import shades
from bot.charts.canvas.canvas import Canvas, FillStyle
from bot.charts.canvas.layout import Box
from bot.charts.canvas.typesetting import Style
from bot.charts.data import Line
from bot.charts.frame import TEXT, Scene
from bot.charts.kinds.lines import label

_ROW = (38.0, 96.0)
_BARRED = 64.0
"""From that height on a row has room for a bar."""
_THICK = 16.0
_WIDE = 800.0
"""From that width on many rows stand in two columns."""

Row = tuple[str, float | None]


def list_levels(sheet: Canvas, scene: Scene, box: Box) -> None:
    """As many as there is room for, the deepest first; with bars where they are few."""
    em, rows = sheet.em, _rows(scene)
    most = max(1, int((box.top - box.bottom) / em(_ROW[0]) + 0.01))
    columns = 2 if len(rows) > most and box.right - box.left > em(_WIDE) else 1
    shown = rows if len(rows) <= most * columns else rows[: (most - 1) * columns]
    each = -(-len(shown) // columns)
    high = (box.top - box.bottom) / max(each + (len(rows) > len(shown)), 1)
    high = min(max(em(_ROW[0]), high), em(_ROW[1]))
    for number, row in enumerate(shown):
        column = _column(sheet, box, columns, number // each)
        upper = box.top - number % each * high
        _row(sheet, scene, Box(column.left, upper - high, column.right, upper), row)
    if len(rows) > len(shown):
        text = scene.words.say("lists", "more", n=len(rows) - len(shown))
        style = Style(em(TEXT), sheet.theme.soft, up="center")
        y = sheet.height - box.top + each * high + em(19)
        _begin(sheet, box, y, text, style)


def _column(sheet: Canvas, box: Box, columns: int, number: int) -> Box:
    """One of some columns, the first where reading starts."""
    place = columns - 1 - number if sheet.rtl else number
    gap = sheet.em(48)
    wide = (box.right - box.left - gap * (columns - 1)) / columns
    left = box.left + place * (wide + gap)
    return Box(left, box.bottom, left + wide, box.top)


def _row(sheet: Canvas, scene: Scene, row: Box, told: Row) -> None:
    """Name and level and, where the row is high enough, the level as a bar."""
    em, (name, level) = sheet.em, told
    y, room = sheet.height - row.top + em(19), row.right - row.left
    if level is not None:
        style = Style(em(25), sheet.theme.ink, "semibold", up="center")
        said = _finish(sheet, row, y, scene.words.percent(level), style)
        room -= said.right - said.left + em(16)
    style = Style(em(25), sheet.theme.ink, up="center")
    lines, style = sheet.fitted(name, style, room, em(TEXT), 1)
    _begin(sheet, row, y, lines[0], style)
    if level is not None and row.top - row.bottom >= em(_BARRED):
        _bar(sheet, row, level)


def _bar(sheet: Canvas, row: Box, level: float) -> None:
    """A level as a share of the ordinary one, which is the whole width."""
    em, theme = sheet.em, sheet.theme
    upper = row.top - em(40)
    whole = Box(row.left, upper - em(_THICK), row.right, upper)
    sheet.area(whole, FillStyle(theme.faint, 1.0))
    wide = (row.right - row.left) * min(level, 1.0)
    left = row.right - wide if sheet.rtl else row.left
    part = Box(left, whole.bottom, left + max(wide, em(2)), whole.top)
    shade = shades.shade(theme, level)
    if shade == theme.ramp[-1]:
        # The shade of what is ordinary would not be seen as a bar.
        shade = theme.rule
    sheet.area(part, FillStyle(shade, 2.0, theme.rule, 0.8)).set_gid("level")


def _begin(sheet: Canvas, box: Box, y: float, text: str, style: Style) -> Box:
    """Write at the side of a box where reading starts."""
    return _at(sheet, box, y, text, style, right=sheet.rtl)


def _finish(sheet: Canvas, box: Box, y: float, text: str, style: Style) -> Box:
    """Write at the other side of a box."""
    return _at(sheet, box, y, text, style, right=not sheet.rtl)


def _at(
    sheet: Canvas, box: Box, y: float, text: str, style: Style, *, right: bool
) -> Box:
    x = box.right - sheet.wide(text, style) if right else box.left
    return sheet.put(x, y, text, style)


def _rows(scene: Scene) -> list[Row]:
    """Name and level: of the regions that fell, else of the lines of the chart."""
    words, register = scene.words, scene.moments.register
    if scene.event.facts.regions:
        return [
            (register.name(one.entity, words.lang), one.level)
            for one in scene.event.facts.regions
        ]
    return [_of_line(scene, line) for line in scene.curves.lines]


def _of_line(scene: Scene, line: Line) -> Row:
    """A line's name with its level or, where it has none now, with the reason."""
    if line.level is None or line.stale or line.late:
        return " ".join(label(scene, line).split()), None
    return line.name, line.level

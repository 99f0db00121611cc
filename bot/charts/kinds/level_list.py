"""Draw the list of names and levels beside a map."""

from bot.charts.canvas import shades
from bot.charts.canvas.canvas import Canvas, FillStyle
from bot.charts.canvas.layout import Box
from bot.charts.canvas.typesetting import Style
from bot.charts.data import Line
from bot.charts.frame import MIN_TEXT_SIZE, Scene
from bot.charts.kinds.lines import line_label
from bot.model.timeline import SeriesLevel

_ROW_HEIGHTS = (38.0, 96.0)
_BAR_ROW_HEIGHT = 64.0
"""Rows that are at least this high have a bar."""
_BAR_HEIGHT = 16.0
_TWO_COLUMNS_WIDTH = 800.0
"""A list that is wider than this may have two columns."""

LevelRow = tuple[str, float | None]


def draw_level_list(canvas: Canvas, scene: Scene, box: Box) -> None:
    """Draw a row for each name and level, as many as fit; tall rows get a bar too."""
    em, rows = canvas.scaled, _rows(scene)
    # Floating-point division may give slightly less than a whole number. The small
    # addition keeps a last row that fits exactly.
    most = max(1, int((box.top - box.bottom) / em(_ROW_HEIGHTS[0]) + 0.01))
    columns = (
        2 if len(rows) > most and box.right - box.left > em(_TWO_COLUMNS_WIDTH) else 1
    )
    # If not all rows fit, the last row is kept free for the number of rows left out.
    shown = rows if len(rows) <= most * columns else rows[: (most - 1) * columns]
    each = -(-len(shown) // columns)
    high = (box.top - box.bottom) / max(each + (len(rows) > len(shown)), 1)
    high = min(max(em(_ROW_HEIGHTS[0]), high), em(_ROW_HEIGHTS[1]))
    for number, row in enumerate(shown):
        column = _column(canvas, box, columns, number // each)
        upper = box.top - number % each * high
        _draw_row(
            canvas, scene, Box(column.left, upper - high, column.right, upper), row
        )
    if len(rows) > len(shown):
        text = scene.translations.translate("lists", "more", n=len(rows) - len(shown))
        style = Style(em(MIN_TEXT_SIZE), canvas.theme.soft, valign="center")
        y = canvas.height - box.top + each * high + em(19)
        _draw_at_start(canvas, box, y, text, style)


def _column(canvas: Canvas, box: Box, columns: int, number: int) -> Box:
    """Return the box of a column; column 0 is leftmost, or rightmost if `canvas.rtl`."""
    place = columns - 1 - number if canvas.rtl else number
    gap = canvas.scaled(48)
    wide = (box.right - box.left - gap * (columns - 1)) / columns
    left = box.left + place * (wide + gap)
    return Box(left, box.bottom, left + wide, box.top)


def _draw_row(canvas: Canvas, scene: Scene, row: Box, level_row: LevelRow) -> None:
    """Draw name and level and, if the row is high enough, the level as a bar."""
    em, (name, level) = canvas.scaled, level_row
    y, room = canvas.height - row.top + em(19), row.right - row.left
    if level is not None:
        style = Style(em(25), canvas.theme.ink, "semibold", valign="center")
        placed = _draw_at_end(canvas, row, y, scene.translations.percent(level), style)
        room -= placed.right - placed.left + em(16)
    style = Style(em(25), canvas.theme.ink, valign="center")
    lines, style = canvas.fit_text(name, style, room, em(MIN_TEXT_SIZE), 1)
    _draw_at_start(canvas, row, y, lines[0], style)
    if level is not None and row.top - row.bottom >= em(_BAR_ROW_HEIGHT):
        _draw_bar(canvas, row, level)


def _draw_bar(canvas: Canvas, row: Box, level: float) -> None:
    """Draw a level as a bar; a normal level fills the full width."""
    em, theme = canvas.scaled, canvas.theme
    upper = row.top - em(40)
    whole = Box(row.left, upper - em(_BAR_HEIGHT), row.right, upper)
    canvas.fill_box(whole, FillStyle(theme.faint, 1.0))
    # A level above normal also fills the bar; only the percentage beside it is exact.
    wide = (row.right - row.left) * min(level, 1.0)
    left = row.right - wide if canvas.rtl else row.left
    # A level near zero still gets a visible bar.
    part = Box(left, whole.bottom, left + max(wide, em(2)), whole.top)
    shade = shades.shade(theme, level)
    if shade == theme.ramp[-1]:
        # The palest shade would not be visible as a bar.
        shade = theme.rule
    canvas.fill_box(part, FillStyle(shade, 2.0, theme.rule, 0.8)).set_gid("level")


def _draw_at_start(canvas: Canvas, box: Box, y: float, text: str, style: Style) -> Box:
    """Draw a text at the side of a box where reading starts."""
    return _draw_at(canvas, box, y, text, style, right=canvas.rtl)


def _draw_at_end(canvas: Canvas, box: Box, y: float, text: str, style: Style) -> Box:
    """Draw a text at the right side of a box, or at the left if the canvas is rtl."""
    return _draw_at(canvas, box, y, text, style, right=not canvas.rtl)


def _draw_at(
    canvas: Canvas, box: Box, y: float, text: str, style: Style, *, right: bool
) -> Box:
    x = box.right - canvas.text_width(text, style) if right else box.left
    return canvas.draw_text(x, y, text, style)


def _rows(scene: Scene) -> list[LevelRow]:
    """Return the names and levels of the regions that are down.

    If the facts list no such region, return the names and levels of all lines.
    """
    regions = scene.event.facts.parts.regions
    if regions:
        return [_region_row(scene, region) for region in regions]
    return [_line_row(scene, line) for line in scene.curves.lines]


def _region_row(scene: Scene, region: SeriesLevel) -> LevelRow:
    """Return a region's name and level.

    For a silent region, the name is followed by the time of the last reading, and the
    level is None.
    """
    translations, register = scene.translations, scene.times.register
    name = register.name(region.entity, translations.lang)
    if region.level is not None:
        return name, region.level
    time = scene.times.brief(region.as_of)
    label = translations.translate("chart", "stale", name=name, time=time)
    return " ".join(label.split()), None


def _line_row(scene: Scene, line: Line) -> LevelRow:
    """Return a line's name and level.

    If the level is late or missing, the name is the line's label, which says so, and
    the level is None.
    """
    if line.level is None or line.is_stale or line.is_late:
        return " ".join(line_label(scene, line).split()), None
    return line.name, line.level

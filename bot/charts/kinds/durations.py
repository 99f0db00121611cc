"""Draw how long each incident of a place lasted, as bars with a common start."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.layout import Box
from bot.charts.canvas.theme import LIGHT, POST, Size, Theme
from bot.charts.canvas.typesetting import Style
from bot.charts.frame import MIN_TEXT_SIZE, Captions, draw_frame, new_canvas
from bot.charts.kinds.timeline import Bar, draw_uncertain_bar
from bot.text.times import TimeFormatter

_ROW_HEIGHTS = (70.0, 150.0)
_TALL_FACTOR = 1.6
"""In a tall picture, rows and bars may be this many times as high."""
_BAR_HEIGHT = 60.0
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
_STEPS = (1, 2, 3, 6, 7, 12, 14, 30, 60, 90, 180, 365, 3650)


def draw_durations(
    bars: Sequence[Bar],
    captions: Captions,
    times: TimeFormatter,
    now: datetime,
    theme: Theme = LIGHT,
    size: Size = POST,
) -> Canvas:
    """Draw each incident's name above a bar; the uncertain part of the bar is pale."""
    canvas = new_canvas(captions, theme, size)
    room, em = draw_frame(canvas, captions), canvas.scaled
    area = Box(room.left, room.bottom + em(56), room.right, room.top - em(8))
    most = max(1, int((area.top - area.bottom) / em(_ROW_HEIGHTS[0])))
    # The bars are sorted, newest first. If not all fit, the oldest are left out.
    shown = list(bars[:most])
    highest = em(_ROW_HEIGHTS[1]) * (_TALL_FACTOR if size.is_tall else 1.0)
    high = min(highest, (area.top - area.bottom) / len(shown))
    area = Box(area.left, area.top - high * len(shown), area.right, area.top)
    # The scale ends at the longest possible duration, so that the pale, uncertain part
    # of each bar fits on it as well.
    longest = max(bar.duration(now).longest for bar in shown)
    _draw_scale(canvas, area, longest, times.translations.count)
    for number, bar in enumerate(shown):
        upper = area.top - number * high
        row = Box(area.left, upper - high, area.right, upper)
        lasted = bar.duration(now)
        shares = (lasted.shortest / longest, lasted.longest / longest)
        _draw_row(canvas, row, bar, shares, is_first=number == 0)
    return canvas


def _draw_row(
    canvas: Canvas, row: Box, bar: Bar, shares: tuple[float, float], *, is_first: bool
) -> None:
    """Draw the name and the duration of an incident, and its bar below them.

    `shares` has the shortest and the longest possible length of the bar, as shares of
    the row's width. `is_first` is true for the row at the top.
    """
    em = canvas.scaled
    y = canvas.height - row.top + em(22)
    ink = canvas.theme.alarm if is_first and bar.tone == "alarm" else canvas.theme.ink
    name = Style(
        em(24), ink, "semibold", valign="center", background=canvas.theme.paper
    )
    label = canvas.draw_text_at_start(y, bar.name, name)
    indent = label.right - label.left + em(16)
    soft = Style(
        em(MIN_TEXT_SIZE),
        canvas.theme.soft,
        valign="center",
        background=canvas.theme.paper,
    )
    canvas.draw_text_at_start(y, bar.value, soft, indent)
    highest = em(_BAR_HEIGHT) * (_TALL_FACTOR if canvas.size.is_tall else 1.0)
    thick = min(highest, row.top - row.bottom - em(54))
    upper = row.top - em(42)
    place = Box(row.left, upper - thick, row.right, upper)
    sure, whole = (_share_of_row(canvas, place, share) for share in shares)
    draw_uncertain_bar(canvas, bar, place, whole, sure)


def _share_of_row(canvas: Canvas, box: Box, share: float) -> Box:
    """Return the part of a box whose width is `share` (0 to 1) of the box's width.

    The part begins at the side where reading starts.
    """
    wide = (box.right - box.left) * share
    if canvas.rtl:
        return Box(box.right - wide, box.bottom, box.right, box.top)
    return Box(box.left, box.bottom, box.left + wide, box.top)


def _draw_scale(
    canvas: Canvas, area: Box, longest: timedelta, label_of: Callable[[int, str], str]
) -> None:
    """Draw the scale below the bars in hours or days, with as many labels as fit."""
    unit, name = (_DAY, "day") if longest >= 2 * _DAY else (_HOUR, "hour")
    style = Style(
        canvas.scaled(MIN_TEXT_SIZE), canvas.theme.soft, halign="center", valign="top"
    )
    widest = canvas.text_width(
        label_of(int(longest / unit), name), style
    ) + canvas.scaled(36)
    most = max(1.0, (area.right - area.left) / widest)
    step = next(n for n in _STEPS if longest / unit / n <= most)
    top, low = canvas.height - area.top, canvas.height - area.bottom
    for number in range(0, int(longest / unit) + 1, step):
        span = _share_of_row(canvas, area, number * unit / longest)
        x = span.left if canvas.rtl else span.right
        canvas.polyline(((x, top), (x, low)), canvas.theme.faint, 1.2, 1.0)
        text = label_of(number, name) if number else label_of(0, name).split()[0]
        half = canvas.text_width(text, style) / 2
        # The first and the last label are kept within the margins.
        at = min(max(x, area.left + half), area.right - half)
        canvas.draw_text(at, low + canvas.scaled(10), text, style)

"""How long each incident of a place lasted, side by side, from one beginning."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.layout import Box
from bot.charts.canvas.theme import LIGHT, POST, Size, Theme
from bot.charts.canvas.typesetting import Style
from bot.charts.frame import TEXT, Captions, blank, surround
from bot.charts.kinds.timeline import Bar, doubtful
from bot.text.times import TimeFormatter

_ROW = (70.0, 150.0)
_TALL = 1.6
"""On a tall sheet rows may be so much higher."""
_THICK = 60.0
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
_STEPS = (1, 2, 3, 6, 7, 12, 14, 30, 60, 90, 180, 365, 3650)


def durations(
    bars: Sequence[Bar],
    captions: Captions,
    moments: TimeFormatter,
    now: datetime,
    theme: Theme = LIGHT,
    size: Size = POST,
) -> Canvas:
    """A bar for each below its name and its length; what is in doubt is pale."""
    sheet = blank(captions, theme, size)
    room, em = surround(sheet, captions), sheet.em
    area = Box(room.left, room.bottom + em(56), room.right, room.top - em(8))
    most = max(1, int((area.top - area.bottom) / em(_ROW[0])))
    shown = list(bars[:most])
    highest = em(_ROW[1]) * (_TALL if size.tall else 1.0)
    high = min(highest, (area.top - area.bottom) / len(shown))
    area = Box(area.left, area.top - high * len(shown), area.right, area.top)
    longest = max(bar.lasted(now).longest for bar in shown)
    _scale(sheet, area, longest, moments.words.count)
    for number, bar in enumerate(shown):
        upper = area.top - number * high
        row = Box(area.left, upper - high, area.right, upper)
        lasted = bar.lasted(now)
        shares = (lasted.shortest / longest, lasted.longest / longest)
        _row(sheet, row, bar, shares, strong=number == 0)
    return sheet


def _row(
    sheet: Canvas, row: Box, bar: Bar, shares: tuple[float, float], *, strong: bool
) -> None:
    """Name and length where reading starts, and the bar below them."""
    em = sheet.em
    y = sheet.height - row.top + em(22)
    ink = sheet.theme.alarm if strong and bar.tone == "alarm" else sheet.theme.ink
    name = Style(em(24), ink, "semibold", up="center", field=sheet.theme.paper)
    said = sheet.start(y, bar.name, name)
    indent = said.right - said.left + em(16)
    soft = Style(em(TEXT), sheet.theme.soft, up="center", field=sheet.theme.paper)
    sheet.start(y, bar.value, soft, indent)
    highest = em(_THICK) * (_TALL if sheet.size.tall else 1.0)
    thick = min(highest, row.top - row.bottom - em(54))
    upper = row.top - em(42)
    place = Box(row.left, upper - thick, row.right, upper)
    sure, whole = (_span(sheet, place, share) for share in shares)
    doubtful(sheet, bar, place, whole, sure)


def _span(sheet: Canvas, place: Box, share: float) -> Box:
    """So much of a row, from the side where reading starts."""
    wide = (place.right - place.left) * share
    if sheet.rtl:
        return Box(place.right - wide, place.bottom, place.right, place.top)
    return Box(place.left, place.bottom, place.left + wide, place.top)


def _scale(
    sheet: Canvas, area: Box, longest: timedelta, say: Callable[[int, str], str]
) -> None:
    """Hours or days below, as many as there is room for."""
    one, name = (_DAY, "day") if longest >= 2 * _DAY else (_HOUR, "hour")
    style = Style(sheet.em(TEXT), sheet.theme.soft, across="center", up="top")
    widest = sheet.wide(say(int(longest / one), name), style) + sheet.em(36)
    most = max(1.0, (area.right - area.left) / widest)
    step = next(n for n in _STEPS if longest / one / n <= most)
    top, low = sheet.height - area.top, sheet.height - area.bottom
    for number in range(0, int(longest / one) + 1, step):
        span = _span(sheet, area, number * one / longest)
        x = span.left if sheet.rtl else span.right
        sheet.rule(((x, top), (x, low)), sheet.theme.faint, 1.2, 1.0)
        text = say(number, name) if number else say(0, name).split()[0]
        half = sheet.wide(text, style) / 2
        # The outermost ones stay within the margins.
        at = min(max(x, area.left + half), area.right - half)
        sheet.put(at, low + sheet.em(10), text, style)

"""Times as bars: every incident on one line of time, or durations side by side."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.model.interval import Interval, Span
from bot.rendering.charts.field import Field
from bot.rendering.charts.frame import TEXT, Captions, blank, surround
from bot.rendering.charts.layout import Box, day_ticks
from bot.rendering.charts.sheet import Paint, Sheet, Style
from bot.rendering.charts.theme import LIGHT, POST, Size, Theme
from bot.rendering.moments import Moments

_ROW = (36.0, 76.0)
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
_STEPS = (1, 2, 3, 6, 7, 12, 14, 30, 60, 90, 180, 365, 3650)


@dataclass(frozen=True, slots=True)
class Bar:
    """One incident.

    Attributes:
        name: what it is called at the left; value: what is told at the right.
        onset, end: intervals; an `end` of None lasts until the as-of.
        tone: the theme's colour for it.
    """

    name: str
    value: str
    onset: Interval
    end: Interval | None
    tone: str = "alarm"

    def lasted(self, now: datetime) -> Span:
        """The shortest and the longest it may have lasted by `now`."""
        end = self.end or Interval(now, now)
        zero = timedelta(0)
        return Span(
            max(zero, end.since - self.onset.until), end.until - self.onset.since
        )


def timeline(
    bars: Sequence[Bar],
    captions: Captions,
    moments: Moments,
    window: Interval,
    theme: Theme = LIGHT,
    size: Size = POST,
) -> Sheet:
    """Every incident from its beginning to its end, the newest on top."""
    sheet = blank(captions, theme, size)
    rows = _Rows(sheet, surround(sheet, captions), bars, moments)
    field = Field(sheet, rows.box, window, 100.0)
    _lines_of_days(field)
    for bar, row in rows:
        end = bar.end or Interval(window.until, window.until)
        _bar(sheet, field, row, bar, (end.since, end.until))
    field.clocks(moments, above=False)
    return sheet


def durations(
    bars: Sequence[Bar],
    captions: Captions,
    moments: Moments,
    now: datetime,
    theme: Theme = LIGHT,
    size: Size = POST,
) -> Sheet:
    """How long each lasted, from one common beginning; what is in doubt is pale."""
    sheet = blank(captions, theme, size)
    rows = _Rows(sheet, surround(sheet, captions), bars, moments)
    longest = max(bar.lasted(now).longest for bar in bars)
    zero = datetime.min.replace(tzinfo=now.tzinfo) + timedelta(days=366)
    field = Field(sheet, rows.box, Interval(zero, zero + longest), 100.0)
    for bar, row in rows:
        span = bar.lasted(now)
        begun = Interval(zero, zero)
        drawn = Bar(bar.name, bar.value, begun, None, bar.tone)
        ends = (zero + span.shortest, zero + span.longest)
        _bar(sheet, field, row, drawn, ends)
    _scale(field, longest, moments.words.count, zero)
    return sheet


class _Rows:
    """A row for each bar: its name at the left, its value at the right."""

    def __init__(
        self, sheet: Sheet, room: Box, bars: Sequence[Bar], moments: Moments
    ) -> None:
        """Lay out as many rows as there is room for."""
        em = sheet.em
        self.sheet, bottom, top = sheet, room.bottom + em(78), room.top - em(14)
        most = max(1, int((top - bottom) / em(_ROW[0])))
        self.bars = list(bars[:most] if len(bars) <= most else bars[: most - 1])
        widest = _ROW[1] * (1.8 if sheet.size.tall else 1.0)
        self.high = min(em(widest), (top - bottom) / max(len(self.bars), 1))
        share = 0.34 if sheet.size.tall else 0.27
        self.names = [self._name(bar, sheet.width * share) for bar in self.bars]
        self.value = Style(em(TEXT), sheet.theme.soft, up="center")
        left = max(sheet.measure(*name)[0] for name in self.names)
        right = max(sheet.wide(bar.value, self.value) for bar in self.bars)
        rest = len(bars) - len(self.bars)
        low = top - self.high * len(self.bars)
        self.box = Box(room.left + left + em(16), low, room.right - right - em(16), top)
        if rest:
            text = moments.words.say("lists", "more", n=rest)
            style = Style(em(TEXT), sheet.theme.soft, across="right", up="center")
            y = sheet.height - low + em(24)
            sheet.put(self.box.left - em(16), y, text, style)

    def __iter__(self) -> Iterator[tuple[Bar, Box]]:
        """Write name and value, and give the bar with its row."""
        sheet, em = self.sheet, self.sheet.em
        for number, bar in enumerate(self.bars):
            upper = self.box.top - number * self.high
            row = Box(self.box.left, upper - self.high, self.box.right, upper)
            middle = sheet.height - (row.top + row.bottom) / 2
            sheet.put(self.box.left - em(16), middle, *self.names[number])
            sheet.put(self.box.right + em(16), middle, bar.value, self.value)
            pad = self.high * 0.22
            yield bar, Box(row.left, row.bottom + pad, row.right, row.top - pad)

    def _name(self, bar: Bar, room: float) -> tuple[str, Style]:
        sheet = self.sheet
        ink = Style(
            sheet.em(24), sheet.theme.ink, "semibold", across="right", up="center"
        )
        lines, style = sheet.fitted(bar.name, ink, room, sheet.em(TEXT), 1)
        if len(lines) == 1:
            return lines[0], style
        # No room for two lines in a row: the words that fit, then dots.
        text = lines[0]
        while sheet.wide(f"{text}\u2026", style) > room and " " in text:
            text = text.rpartition(" ")[0]
        return f"{text}\u2026", style


def _bar(
    sheet: Sheet,
    field: Field,
    row: Box,
    bar: Bar,
    ends: tuple[datetime, datetime],
) -> None:
    """From the latest beginning to the earliest end, and pale to both sides of it."""
    colour = getattr(sheet.theme, bar.tone)
    begun = [bar.onset.since.timestamp(), bar.onset.until.timestamp()]
    ended = [ends[0].timestamp(), ends[1].timestamp()]
    whole, sure = field.span(begun[0], ended[1]), field.span(begun[1], ended[0])
    least = sheet.em(3)
    for span, alpha in ((whole, 0.35), (sure, 1.0)):
        right = max(span.right, span.left + least)
        box = Box(span.left, row.bottom, right, row.top)
        sheet.area(box, Paint(colour, 2.0, alpha=alpha)).set_gid(f"bar {bar.name}")


def _scale(
    field: Field, longest: timedelta, say: Callable[[int, str], str], zero: datetime
) -> None:
    """Hours or days below, as many as there is room for."""
    sheet, box = field.sheet, field.box
    one, name = (_DAY, "day") if longest >= 2 * _DAY else (_HOUR, "hour")
    style = Style(sheet.em(TEXT), sheet.theme.ink, across="center", up="top")
    widest = sheet.wide(say(int(longest / one), name), style) + sheet.em(24)
    most = max(1.0, (box.right - box.left) / widest)
    step = next(n for n in _STEPS if longest / one / n <= most)
    top, low = sheet.height - box.top, sheet.height - box.bottom
    for number in range(0, int(longest / one) + 1, step):
        x = float(field.x((zero + number * one).timestamp()))
        sheet.rule(((x, top), (x, low)), sheet.theme.faint, 1.2, 1.0)
        text = say(number, name) if number else "0"
        sheet.put(x, low + sheet.em(14), text, style)


def _lines_of_days(field: Field) -> None:
    """A pale line at each day that the axis names."""
    sheet, box = field.sheet, field.box
    for at in day_ticks(field.window, UTC):
        x = float(field.x(at.timestamp()))
        ends = ((x, sheet.height - box.top), (x, sheet.height - box.bottom))
        sheet.rule(ends, sheet.theme.faint, 1.2, 1.0)

"""Times as bars: every incident on one line of time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.charts.axes import Axes
from bot.charts.canvas.canvas import Canvas, FillStyle
from bot.charts.canvas.layout import Box
from bot.charts.canvas.theme import LIGHT, POST, Size, Theme
from bot.charts.canvas.typesetting import Style
from bot.charts.frame import TEXT, Captions, Scene, blank, surround
from bot.model.incident import Incident, State
from bot.model.interval import Interval, Span, span_between
from bot.text.times import TimeFormatter
from bot.text.translations import Translations

_ROW = (36.0, 110.0)
_THICK = (0.56, 40.0)
"""A bar by its row, and at most."""


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
    moments: TimeFormatter,
    window: Interval,
    theme: Theme = LIGHT,
    size: Size = POST,
) -> Canvas:
    """Every incident from its beginning to its end, the newest on top."""
    sheet = blank(captions, theme, size)
    rows = _Rows(sheet, surround(sheet, captions), bars, moments)
    field = Axes(sheet, rows.box, window, 100.0)
    _lines_of_days(field)
    for bar, row in rows:
        _value(field, row, bar, _bar(field, row, bar))
    field.clocks(moments, above=False)
    return sheet


class _Rows:
    """A row for each bar: its name at the left."""

    def __init__(
        self, sheet: Canvas, room: Box, bars: Sequence[Bar], moments: TimeFormatter
    ) -> None:
        """Lay out as many rows as there is room for."""
        em = sheet.em
        self.sheet, bottom, top = sheet, room.bottom + em(78), room.top - em(14)
        most = max(1, int((top - bottom) / em(_ROW[0])))
        self.bars = list(bars[:most] if len(bars) <= most else bars[: most - 1])
        shown = len(self.bars) + (len(bars) > len(self.bars))
        self.high = min(em(_ROW[1]), (top - bottom) / max(shown, 1))
        share = 0.34 if sheet.size.tall else 0.27
        self.names = [self._name(bar, sheet.width * share) for bar in self.bars]
        left = max(sheet.measure(*name)[0] for name in self.names)
        rest = len(bars) - len(self.bars)
        low = top - self.high * shown
        self.box = Box(room.left + left + em(16), low, room.right, top)
        if rest:
            text = moments.words.say("lists", "more", n=rest)
            style = Style(em(TEXT), sheet.theme.soft, across="right", up="center")
            y = sheet.height - low - self.high / 2
            sheet.put(self.box.left - em(16), y, text, style)

    def __iter__(self) -> Iterator[tuple[Bar, Box]]:
        """Write the name, and give the bar with its row."""
        sheet, em = self.sheet, self.sheet.em
        for number, bar in enumerate(self.bars):
            middle = self.box.top - (number + 0.5) * self.high
            at = sheet.height - middle
            sheet.put(self.box.left - em(16), at, *self.names[number])
            half = min(self.high * _THICK[0], em(_THICK[1])) / 2
            yield bar, Box(self.box.left, middle - half, self.box.right, middle + half)

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


def _bar(field: Axes, row: Box, bar: Bar) -> Box:
    """From the latest beginning to the earliest end, and pale to both sides of it."""
    end = bar.end or Interval(field.window.until, field.window.until)
    whole = field.span(bar.onset.since.timestamp(), end.until.timestamp())
    sure = field.span(bar.onset.until.timestamp(), end.since.timestamp())
    return doubtful(field.sheet, bar, row, whole, sure)


def doubtful(sheet: Canvas, bar: Bar, row: Box, whole: Box, sure: Box) -> Box:
    """A bar in a row, pale where it may have been; returns where it stands."""
    colour, least = getattr(sheet.theme, bar.tone), sheet.em(3)
    for span, alpha in ((whole, 0.35), (sure, 1.0)):
        right = max(span.right, span.left + least)
        box = Box(span.left, row.bottom, right, row.top)
        sheet.area(box, FillStyle(colour, 2.0, alpha=alpha)).set_gid(f"bar {bar.name}")
    return Box(whole.left, row.bottom, max(whole.right, whole.left + least), row.top)


def _value(field: Axes, row: Box, bar: Bar, drawn: Box) -> None:
    """How long it lasted, beside the bar: behind it or, without room, before it."""
    sheet, em = field.sheet, field.sheet.em
    style = Style(em(TEXT), sheet.theme.soft, up="center", field=sheet.theme.paper)
    y, gap = sheet.height - (row.top + row.bottom) / 2, em(12)
    if drawn.right + gap + sheet.wide(bar.value, style) <= row.right:
        sheet.put(drawn.right + gap, y, bar.value, style)
    elif drawn.left - gap - sheet.wide(bar.value, style) >= row.left:
        sheet.put(drawn.left - gap, y, bar.value, replace(style, across="right"))
    else:
        # The bar is nearly all there is: on it.
        style = replace(style, colour=sheet.theme.paper, field="", weight="semibold")
        sheet.put(drawn.left + gap, y, bar.value, style)


def _lines_of_days(field: Axes) -> None:
    """A pale line at each day that the axis names."""
    sheet, box = field.sheet, field.box
    for at in field.days():
        x = float(field.x(at.timestamp()))
        ends = ((x, sheet.height - box.top), (x, sheet.height - box.bottom))
        sheet.rule(ends, sheet.theme.faint, 1.2, 1.0)


_MOST = 8


def finished(past: Iterable[Incident]) -> tuple[Incident, ...]:
    """Those with an end, newest first: what was retracted never was."""
    ended = [
        one for one in past if one.state is State.RESTORED and one.restored is not None
    ]
    return tuple(ended[:_MOST])


def bars_of(scene: Scene, words: Translations) -> list[Bar]:
    """The incident that is told on top, then the earlier ones, newest first."""
    facts = scene.event.facts
    now = scene.moments.lasting(facts.duration)
    if facts.restored is None:
        now = words.say("chart", "ongoing", length=now)
    date = words.date(facts.onset.since, "dated")
    found = [Bar(date, now, facts.onset, facts.restored)]
    for one in scene.past:
        name = words.date(one.onset.since, "dated")
        if one.confirmed_at is None:
            name = words.say("chart", "unsure", name=name)
        if one.restored is None:
            continue
        lasted = scene.moments.lasting(span_between(one.onset, one.restored))
        found.append(Bar(name, lasted, one.onset, one.restored, "calm"))
    return found

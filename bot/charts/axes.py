"""Time across, percent up: what every chart of lines is drawn on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from matplotlib.path import Path

from bot.charts.canvas.canvas import Canvas, FillStyle
from bot.charts.canvas.layout import Box, Numbers, alone, crosses, month_ticks, ticks
from bot.charts.canvas.typesetting import Style
from bot.charts.data import Line
from bot.model.interval import Interval
from bot.text.times import TimeFormatter

TICK = 22.0
_MONTHS = timedelta(days=45)
"""Over more than that, the hour a day begins says nothing."""


class Axes:
    """A window of time and a range of levels, in a box on a sheet.

    Attributes:
        box: where it is, y upwards.
        bars: what stands from its bottom to its top: notes keep off.
        thin: bars that a note may cover where there is no other room for it.
        limits: from where to where the words of the clocks may stand, if not anywhere.
    """

    def __init__(self, sheet: Canvas, box: Box, window: Interval, top: float) -> None:
        """`top` is the highest level shown, in percent."""
        self.sheet, self.box, self.window, self.top = sheet, box, window, top
        self.since, self.until = window.since.timestamp(), window.until.timestamp()
        self.bars: list[Box] = []
        self.thin: list[Box] = []
        self.curves: list[tuple[Numbers, Numbers]] = []
        self.limits: tuple[float, float] | None = None

    def x(self, seconds: Numbers | float) -> Numbers:
        """Pixels from the left edge."""
        share = (np.asarray(seconds) - self.since) / (self.until - self.since)
        wide = self.box.right - self.box.left
        return np.asarray(self.box.left + share * wide)

    def y(self, percent: Numbers | float) -> Numbers:
        """Pixels from the top edge."""
        share = np.minimum(np.asarray(percent), self.top) / self.top
        high = self.box.top - self.box.bottom
        return np.asarray(self.sheet.height - self.box.bottom - share * high)

    def span(self, begin: float, end: float) -> Box:
        """From one time to another, from the bottom to the top."""
        left, right = np.clip(
            self.x(np.array([begin, end])), self.box.left, self.box.right
        )
        return Box(float(left), self.box.bottom, float(right), self.box.top)

    def tint(self, begin: float, end: float, colour: str, layer: float = 1.0) -> None:
        """A field behind a time."""
        self.sheet.area(self.span(begin, end), FillStyle(colour, layer))

    def band(self, line: Line, layer: float = 1.1) -> None:
        """The expected range of a line; it breaks where there is none."""
        known = np.isfinite(line.low) & np.isfinite(line.high)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], known, [0]))))
        for begin, end in zip(edges[::2], edges[1::2], strict=True):
            xs, part = self.x(line.ends[begin:end]), slice(begin, end)
            high, low = self.y(line.high[part]), self.y(line.low[part])
            points = np.column_stack(
                (
                    np.concatenate((xs, xs[::-1])),
                    self.sheet.height - np.concatenate((high, low[::-1])),
                )
            )
            self.sheet.shape(Path(points), FillStyle(self.sheet.theme.band, layer))

    def grid(self, step: float = 25.0) -> None:
        """Lines at levels; 100 percent is dashed, nothing is a firm ground."""
        theme, box = self.sheet.theme, self.box
        for level in np.arange(step, self.top + 1.0, step):
            self._across(float(level), theme.faint, 1.0, 1.5)
        self._across(100.0, theme.soft, 1.5, 1.6, (5.0, 3.5))
        self._across(0.0, theme.soft, 1.8, 1.6)
        self.bars.append(
            Box(box.left, box.bottom - 1, box.right, box.bottom + self.sheet.em(2))
        )

    def levels(self, say: Callable[[int], str], step: float = 25.0) -> None:
        """The percent at the left."""
        sheet = self.sheet
        style = Style(sheet.em(TICK), sheet.theme.soft, across="right", up="center")
        for level in np.arange(0.0, self.top + 1.0, step):
            y = float(self.y(level))
            sheet.put(self.box.left - sheet.em(10), y, say(int(level)), style)

    def draw(
        self,
        line: Line,
        colour: str,
        width: float = 2.6,
        layer: float = 4.0,
        dashes: tuple[float, ...] | None = None,
    ) -> None:
        """One series: a missing bin breaks it, a lonely one is a dot (P5)."""
        xs, ys = self.x(line.ends), self.y(line.percent)
        self.curves.append((xs, self.sheet.height - ys))
        drawn = self.sheet.line(xs, ys, colour, width, layer)
        if dashes:
            drawn.set_dashes(dashes)
        drawn.set_gid(f"series {line.trace.entity} {line.trace.signal}")
        lonely = alone(line.percent)
        if lonely.any():
            self.sheet.dots(xs[lonely], ys[lonely], colour, width * 1.8, layer)

    def clocks(
        self,
        moments: TimeFormatter,
        *,
        few: bool = False,
        above: bool = True,
        below: bool = True,
    ) -> None:
        """UTC below, the place's own clocks above, as they were then (P9).

        With `few`, of charts side by side, each has the same ones, above and below it.
        """
        self.limits = (self.box.left, self.box.right) if few else None
        if below:
            self._utc(moments, few=few)
        if above and self.elsewhere(moments):
            self._local(moments, few=few)

    def days(self) -> list[datetime]:
        """The times that the axis below names: days or, where it is long, months."""
        if self._long:
            return month_ticks(self.window, self._most(few=False))
        return ticks(self.window, UTC, self._most(few=False))

    @property
    def _long(self) -> bool:
        return self.window.until - self.window.since > _MONTHS

    def _utc(self, moments: TimeFormatter, *, few: bool) -> None:
        words = moments.words
        style = Style(self.sheet.em(TICK), self.sheet.theme.ink, up="top")
        edge = self.sheet.height - self.box.bottom
        edges = (edge, edge + self.sheet.em(8))
        if self._long:
            for at in self.days():
                self._tick(at, words.date(at, "short"), style, edges)
            return
        for at in ticks(self.window, UTC, self._most(few=few)):
            clock = words.say("times", "utc", time=words.date(at, "clock"))
            self._tick(at, f"{words.date(at, 'tick')}\n{clock}", style, edges)

    def _local(self, moments: TimeFormatter, *, few: bool) -> None:
        words, em = moments.words, self.sheet.em
        zone = moments.local(self.window.since).tzinfo or UTC
        style = Style(em(TICK), self.sheet.theme.soft)
        edge = self.sheet.height - self.box.top
        # Of charts side by side the last says it for all.
        last = self.box.right >= self.sheet.width - self.sheet.size.margin - 1
        named = self._zone_name(moments, style, edge) if last or not few else None
        for at in ticks(self.window, zone, self._most(few=few)):
            # Only a day that begins is named: the others are hours of it.
            text = words.date(at, "clock" if at.hour else "short")
            self._tick(at, text, style, (edge, edge - em(8)), named)

    def elsewhere(self, moments: TimeFormatter) -> bool:
        """Whether the place has clocks of its own."""
        return moments.city != "UTC" and any(
            moments.local(at).utcoffset()
            for at in (self.window.since, self.window.until)
        )

    def free(self, box: Box, *, cover: bool = False) -> bool:
        """Whether a text may stand there: within, on no line, bar or other text.

        With `cover` it may stand on thin bars.
        """
        near = box.grown(self.sheet.em(6))
        if not self.box.grown(self.sheet.em(2)).holds(box):
            return False
        bars = self.bars if cover else (*self.bars, *self.thin)
        if any(near.meets(other) for other in (*self.sheet.taken, *bars)):
            return False
        return not any(crosses(near, xs, ys) for xs, ys in self.curves)

    def note(self, x: float, y: float, text: str, style: Style) -> bool:
        """Write a text (y downwards) if it is free to stand there.

        With a field behind it, it covers thin bars.
        """
        box = self.sheet.box(x, y, text, style)
        if self.free(box, cover=bool(style.field)):
            self.sheet.put(x, y, text, style)
            return True
        return False

    def bar(self, begin: float, end: float, *, thin: bool = False) -> None:
        """Keep notes off something that stands from the bottom to the top."""
        span = self.span(begin, end)
        box = Box(span.left - 2, span.bottom, span.right + 2, span.top)
        (self.thin if thin else self.bars).append(box)

    def _most(self, *, few: bool) -> int:
        """As many ticks as there is room for."""
        room = (self.box.right - self.box.left) / self.sheet.em(172)
        return max(2, min(3 if few else 8, int(room)))

    def _across(
        self,
        level: float,
        colour: str,
        width: float,
        layer: float,
        dashes: tuple[float, ...] | None = None,
    ) -> None:
        y = float(self.y(level))
        ends = ((self.box.left, y), (self.box.right, y))
        self.sheet.rule(ends, colour, width, layer, dashes)

    def _tick(
        self,
        at: datetime,
        text: str,
        style: Style,
        edges: tuple[float, float],
        keep: Box | None = None,
    ) -> None:
        """A mark from one y to another, downwards, and its words beyond it.

        They stay within the margins and, of charts side by side, within each.
        """
        sheet, em = self.sheet, self.sheet.em
        x = float(self.x(at.timestamp()))
        down = edges[1] > edges[0]
        half = max(sheet.wide(line, style) for line in text.split("\n")) / 2
        left, right = self.limits or (
            sheet.size.margin,
            sheet.width - sheet.size.margin,
        )
        low, high = left + half, right - half
        centred = replace(style, across="center")
        y, place = edges[1] + em(8 if down else -6), min(max(x, low), high)
        box = sheet.box(place, y, text, centred).grown(em(8))
        if any(box.meets(other) for other in (*sheet.taken, *([keep] if keep else []))):
            return
        sheet.rule(((x, edges[0]), (x, edges[1])), sheet.theme.soft)
        sheet.put(place, y, text, centred)

    def _zone_name(self, moments: TimeFormatter, style: Style, edge: float) -> Box:
        """Whose clocks those above are, and how far from UTC."""
        ends = (self.window.since, self.window.until)
        offsets = " / ".join(dict.fromkeys(moments.offset(at) for at in ends))
        text = moments.words.say("times", "axis", city=moments.city, offsets=offsets)
        y = edge - self.sheet.em(14)
        # At the end, where the clocks' own labels leave room beside the field.
        right = self.sheet.width - self.sheet.size.margin
        return self.sheet.put(right, y, text, replace(style, across="right"))

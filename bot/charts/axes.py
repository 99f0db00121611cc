"""Axes of line charts: time on the x axis, percent of normal on the y axis."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from matplotlib.path import Path

from bot.charts.canvas.canvas import Canvas, FillStyle
from bot.charts.canvas.layout import (
    Box,
    Numbers,
    isolated_values,
    line_crosses_box,
    month_ticks,
    ticks,
)
from bot.charts.canvas.typesetting import Style
from bot.charts.data import Line
from bot.model.interval import Interval
from bot.text.times import TimeFormatter

TICK_TEXT_SIZE = 22.0
_MONTHS_FROM = timedelta(days=45)
"""Windows longer than this have months on the time axis instead of days."""


class Axes:
    """The axes of one chart: a time window and a range of levels, drawn in a box.

    Attributes:
        box: the plotting area, in pixels.
        reserved: boxes that no annotation may cover.
        coverable: boxes that an annotation may cover only if no other place is free.
        label_limits: the left and the right limit of tick labels, in pixels; None if
            labels may extend to the margins of the picture.
    """

    def __init__(self, canvas: Canvas, box: Box, window: Interval, top: float) -> None:
        """Set up the axes; `top` is the upper end of the y axis, in percent."""
        self.canvas, self.box, self.window, self.top = canvas, box, window, top
        self.since, self.until = window.since.timestamp(), window.until.timestamp()
        self.reserved: list[Box] = []
        self.coverable: list[Box] = []
        self.curves: list[tuple[Numbers, Numbers]] = []
        self.label_limits: tuple[float, float] | None = None

    def x(self, seconds: Numbers | float) -> Numbers:
        """Convert seconds since 1970 to pixels from the left edge of the picture."""
        share = (np.asarray(seconds) - self.since) / (self.until - self.since)
        wide = self.box.right - self.box.left
        return np.asarray(self.box.left + share * wide)

    def y(self, percent: Numbers | float) -> Numbers:
        """Convert percent to pixels from the picture's top edge.

        A value above the axis is drawn at the upper end of the axis.
        """
        share = np.minimum(np.asarray(percent), self.top) / self.top
        high = self.box.top - self.box.bottom
        return np.asarray(self.canvas.height - self.box.bottom - share * high)

    def time_box(self, begin: float, end: float) -> Box:
        """Return the box between two times, in seconds since 1970, as high as the axes.

        The part of the box that would be outside the axes is cut off.
        """
        left, right = np.clip(
            self.x(np.array([begin, end])), self.box.left, self.box.right
        )
        return Box(float(left), self.box.bottom, float(right), self.box.top)

    def shade_interval(
        self, begin: float, end: float, colour: str, layer: float = 1.0
    ) -> None:
        """Fill the background from `begin` to `end`, both in seconds since 1970."""
        self.canvas.fill_box(self.time_box(begin, end), FillStyle(colour, layer))

    def draw_band(self, line: Line, layer: float = 1.1) -> None:
        """Draw the expected range of a line, with gaps where the range is missing."""
        finite = np.isfinite(line.low) & np.isfinite(line.high)
        # `edges` has the first bin of each run of finite bins, and the bin after the
        # run. With the added zeros this also holds for runs at an end of the window.
        edges = np.flatnonzero(np.diff(np.concatenate(([0], finite, [0]))))
        for begin, end in zip(edges[::2], edges[1::2], strict=True):
            xs, part = self.x(line.ends[begin:end]), slice(begin, end)
            high, low = self.y(line.high[part]), self.y(line.low[part])
            points = np.column_stack(
                (
                    np.concatenate((xs, xs[::-1])),
                    self.canvas.height - np.concatenate((high, low[::-1])),
                )
            )
            self.canvas.fill_path(
                Path(points), FillStyle(self.canvas.theme.band, layer)
            )

    def draw_grid(self, step: float = 25.0) -> None:
        """Draw the grid lines, dashed at 100 percent and thicker at 0 percent."""
        theme, box = self.canvas.theme, self.box
        for level in np.arange(step, self.top + 1.0, step):
            self._level_line(float(level), theme.faint, 1.0, 1.5)
        self._level_line(100.0, theme.soft, 1.5, 1.6, (5.0, 3.5))
        self._level_line(0.0, theme.soft, 1.8, 1.6)
        self.reserved.append(
            Box(box.left, box.bottom - 1, box.right, box.bottom + self.canvas.scaled(2))
        )

    def draw_level_labels(
        self, label: Callable[[int], str], step: float = 25.0
    ) -> None:
        """Write the percentages at the left of the axes."""
        canvas = self.canvas
        style = Style(
            canvas.scaled(TICK_TEXT_SIZE),
            canvas.theme.soft,
            halign="right",
            valign="center",
        )
        for level in np.arange(0.0, self.top + 1.0, step):
            y = float(self.y(level))
            canvas.draw_text(
                self.box.left - canvas.scaled(10), y, label(int(level)), style
            )

    def draw_series(
        self,
        line: Line,
        colour: str,
        width: float = 2.6,
        layer: float = 4.0,
        dashes: tuple[float, ...] | None = None,
    ) -> None:
        """Draw one series: missing bins break the line, an isolated value is a dot (P5)."""
        xs, ys = self.x(line.ends), self.y(line.percent)
        # The curve is stored, so that annotations can avoid it (see `is_free`).
        self.curves.append((xs, self.canvas.height - ys))
        drawn = self.canvas.line(xs, ys, colour, width, layer)
        if dashes:
            drawn.set_dashes(dashes)
        drawn.set_gid(f"series {line.trace.entity} {line.trace.signal}")
        isolated = isolated_values(line.percent)
        if isolated.any():
            self.canvas.dots(xs[isolated], ys[isolated], colour, width * 1.8, layer)

    def draw_time_labels(
        self,
        times: TimeFormatter,
        *,
        compact: bool = False,
        local_above: bool = True,
        utc_below: bool = True,
    ) -> None:
        """Write UTC times below the axes and the place's local times above them (P9).

        Use `compact` for charts side by side: there are fewer labels, and no label
        extends beyond the left or right end of the axes.
        """
        self.label_limits = (self.box.left, self.box.right) if compact else None
        if utc_below:
            self._draw_utc(times, compact=compact)
        if local_above and self.has_local_clock(times):
            self._draw_local(times, compact=compact)

    def lower_ticks(self) -> list[datetime]:
        """Return the times (UTC) of the ticks on the lower axis.

        The ticks mark hours, days or months, depending on the length of the window.
        """
        if self._shows_months:
            return month_ticks(self.window, self._max_ticks(compact=False))
        return ticks(self.window, UTC, self._max_ticks(compact=False))

    @property
    def _shows_months(self) -> bool:
        return self.window.until - self.window.since > _MONTHS_FROM

    def _draw_utc(self, times: TimeFormatter, *, compact: bool) -> None:
        translations = times.translations
        style = Style(
            self.canvas.scaled(TICK_TEXT_SIZE), self.canvas.theme.ink, valign="top"
        )
        edge = self.canvas.height - self.box.bottom
        edges = (edge, edge + self.canvas.scaled(8))
        if self._shows_months:
            for at in self.lower_ticks():
                self._draw_tick(at, translations.date(at, "short"), style, edges)
            return
        for at in ticks(self.window, UTC, self._max_ticks(compact=compact)):
            clock = translations.translate(
                "times", "utc", time=translations.date(at, "clock")
            )
            self._draw_tick(
                at, f"{translations.date(at, 'tick')}\n{clock}", style, edges
            )

    def _draw_local(self, times: TimeFormatter, *, compact: bool) -> None:
        translations, em = times.translations, self.canvas.scaled
        zone = times.local(self.window.since).tzinfo or UTC
        style = Style(em(TICK_TEXT_SIZE), self.canvas.theme.soft)
        edge = self.canvas.height - self.box.top
        # If charts are side by side, only the rightmost chart names the time zone.
        last = self.box.right >= self.canvas.width - self.canvas.size.margin - 1
        zone_name = (
            self._draw_zone_name(times, style, edge) if last or not compact else None
        )
        for at in ticks(self.window, zone, self._max_ticks(compact=compact)):
            # Midnight is labelled with its date, other ticks with their hour.
            text = translations.date(at, "clock" if at.hour else "short")
            self._draw_tick(at, text, style, (edge, edge - em(8)), zone_name)

    def has_local_clock(self, times: TimeFormatter) -> bool:
        """Whether the local time of the place differs from UTC."""
        return times.city != "UTC" and any(
            # The offset may change within the window, so both ends are tested.
            times.local(at).utcoffset()
            for at in (self.window.since, self.window.until)
        )

    def is_free(self, box: Box, *, may_cover: bool = False) -> bool:
        """Return whether `box` is inside the axes and overlaps no text or curve.

        A box in `reserved` must not be overlapped either. A box in `coverable` may be
        overlapped only if `may_cover` is true.
        """
        near = box.padded(self.canvas.scaled(6))
        if not self.box.padded(self.canvas.scaled(2)).contains(box):
            return False
        reserved = self.reserved if may_cover else (*self.reserved, *self.coverable)
        if any(near.overlaps(other) for other in (*self.canvas.text_boxes, *reserved)):
            return False
        return not any(line_crosses_box(near, xs, ys) for xs, ys in self.curves)

    def try_text(self, x: float, y: float, text: str, style: Style) -> bool:
        """Draw a text if its place is free; return whether it was drawn.

        `y` is counted from the top of the picture. A text with a background colour may
        be drawn over the boxes in `coverable`.
        """
        box = self.canvas.text_box(x, y, text, style)
        if self.is_free(box, may_cover=bool(style.background)):
            self.canvas.draw_text(x, y, text, style)
            return True
        return False

    def reserve(self, begin: float, end: float, *, coverable: bool = False) -> None:
        """Keep the full height between two times free of annotations.

        The times are in seconds since 1970. If `coverable` is true, an annotation may
        still cover this area when no other place is free.
        """
        span = self.time_box(begin, end)
        box = Box(span.left - 2, span.bottom, span.right + 2, span.top)
        (self.coverable if coverable else self.reserved).append(box)

    def _max_ticks(self, *, compact: bool) -> int:
        """Return how many ticks fit: at least 2, and at most 8 (at most 3 if `compact`)."""
        room = (self.box.right - self.box.left) / self.canvas.scaled(172)
        return max(2, min(3 if compact else 8, int(room)))

    def _level_line(
        self,
        level: float,
        colour: str,
        width: float,
        layer: float,
        dashes: tuple[float, ...] | None = None,
    ) -> None:
        y = float(self.y(level))
        ends = ((self.box.left, y), (self.box.right, y))
        self.canvas.polyline(ends, colour, width, layer, dashes)

    def _draw_tick(
        self,
        at: datetime,
        text: str,
        style: Style,
        edges: tuple[float, float],
        avoid: Box | None = None,
    ) -> None:
        """Draw a tick from `edges[0]` to `edges[1]`, and its label beyond `edges[1]`.

        Both edges are y values, counted from the top of the picture. The label stays
        within `label_limits`. If the label would overlap a text or the box `avoid`,
        nothing is drawn.
        """
        canvas, em = self.canvas, self.canvas.scaled
        x = float(self.x(at.timestamp()))
        down = edges[1] > edges[0]
        half = max(canvas.text_width(line, style) for line in text.split("\n")) / 2
        left, right = self.label_limits or (
            canvas.size.margin,
            canvas.width - canvas.size.margin,
        )
        low, high = left + half, right - half
        centred = replace(style, halign="center")
        y, place = edges[1] + em(8 if down else -6), min(max(x, low), high)
        box = canvas.text_box(place, y, text, centred).padded(em(8))
        if any(
            box.overlaps(other)
            for other in (*canvas.text_boxes, *([avoid] if avoid else []))
        ):
            return
        canvas.polyline(((x, edges[0]), (x, edges[1])), canvas.theme.soft)
        canvas.draw_text(place, y, text, centred)

    def _draw_zone_name(self, times: TimeFormatter, style: Style, edge: float) -> Box:
        """Write the time zone's city and UTC offsets; return the box of the text."""
        ends = (self.window.since, self.window.until)
        offsets = " / ".join(dict.fromkeys(times.offset(at) for at in ends))
        text = times.translations.translate(
            "times", "axis", city=times.city, offsets=offsets
        )
        y = edge - self.canvas.scaled(14)
        # The zone name is at the right margin, and the tick labels leave room for it.
        right = self.canvas.width - self.canvas.size.margin
        return self.canvas.draw_text(right, y, text, replace(style, halign="right"))

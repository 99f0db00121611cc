"""The picture: level in percent of ordinary, with everything needed to check it."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from matplotlib.axes import Axes

from bot.model.interval import Interval
from bot.rendering.chart_data import Line, Numbers
from bot.rendering.chart_frame import RIGHT as EDGE
from bot.rendering.chart_frame import Scene, foot, head
from bot.rendering.chart_layout import (
    Box,
    alone,
    crosses,
    day_ticks,
    gaps,
    spread,
    top_of,
)
from bot.rendering.sheet import HEIGHT, WIDTH, Sheet, Style, Theme
from bot.rendering.telling import is_corroborated

_LEFT, _TOP, _RIGHT, _BOTTOM = 99.0, 228.0, 1310.0, 744.0


def draw(scene: Scene, theme: Theme | None = None) -> bytes:
    """A PNG of 1600 by 900 pixels; the same scene gives the same bytes (P14)."""
    return compose(scene, theme).png()


def compose(scene: Scene, theme: Theme | None = None) -> Sheet:
    """The sheet before it becomes bytes, so that tests can look for overlaps."""
    sheet = Sheet(theme or Theme())
    plot = _Plot(sheet, scene)
    head(sheet, scene)
    plot.background()
    plot.curves()
    plot.axes_labels()
    plot.names()
    plot.notes()
    foot(sheet, scene)
    return sheet


class _Plot:
    """The field with the lines, its axes, names and notes."""

    def __init__(self, sheet: Sheet, scene: Scene) -> None:
        self.sheet, self.scene, self.theme = sheet, scene, sheet.theme
        self.top = top_of([line.percent for line in scene.curves.lines])
        self.since = scene.curves.window.since.timestamp()
        self.until = scene.curves.window.until.timestamp()
        self.bars: list[Box] = []
        self.axes: Axes = sheet.axes(_LEFT, _TOP, _RIGHT, _BOTTOM)
        self.axes.set_xlim(self.since, self.until)
        self.axes.set_ylim(0.0, self.top)

    def x(self, seconds: Numbers | float) -> Numbers:
        """Pixels from the left edge."""
        share = (np.asarray(seconds) - self.since) / (self.until - self.since)
        return np.asarray(_LEFT + share * (_RIGHT - _LEFT))

    def y(self, percent: Numbers | float) -> Numbers:
        """Pixels from the top edge."""
        share = np.minimum(np.asarray(percent), self.top) / self.top
        return np.asarray(_BOTTOM - share * (_BOTTOM - _TOP))

    def colours(self) -> list[str]:
        """The strong one for the first line that is wrong, calm ones for the others."""
        rest = iter(self.theme.lines)
        found: list[str] = []
        for number, _ in enumerate(self.scene.curves.lines):
            if self.scene.narrow:
                strong = number == 1
                found.append(
                    self.theme.calm
                    if number == 0
                    else (self.theme.alarm if strong else next(rest))
                )
            else:
                found.append(self.theme.alarm if number == 0 else next(rest))
        return found

    def background(self) -> None:
        """Tint, expected band, hatched gaps, grid and the 100 percent line."""
        facts, axes, theme = self.scene.event.facts, self.axes, self.theme
        end = facts.restored.until.timestamp() if facts.restored else self.until
        axes.axvspan(facts.onset.since.timestamp(), end, color=theme.tint, lw=0)
        principal = self.scene.curves.principal
        axes.fill_between(
            principal.ends, principal.low, principal.high, color=theme.band, lw=0
        )
        for begin, finish in self._gaps():
            axes.axvspan(
                begin,
                finish,
                facecolor=theme.paper,
                edgecolor=theme.rule,
                hatch="////",
                lw=0,
            )
        for level in np.arange(0.0, self.top + 1.0, 25.0):
            axes.axhline(level, color=theme.faint, lw=0.8, zorder=1.5)
        axes.axhline(100.0, color=theme.soft, lw=1.1, dashes=(5, 3), zorder=1.6)
        axes.axhline(0.0, color=theme.soft, lw=1.4, zorder=1.6)

    def curves(self) -> None:
        """The lines: a missing bin breaks them, a lonely one is a dot (P5)."""
        pairs = list(zip(self.scene.curves.lines, self.colours(), strict=True))
        for number, (line, colour) in reversed(list(enumerate(pairs))):
            shown = np.minimum(line.percent, self.top)
            width = 2.3 if number == 0 and not self.scene.narrow else 2.0
            layer = 4.0 - 0.1 * number
            self.axes.plot(
                line.ends,
                shown,
                color=colour,
                lw=width,
                solid_joinstyle="round",
                solid_capstyle="round",
                zorder=layer,
            )
            lonely = alone(line.percent)
            self.axes.plot(
                line.ends[lonely],
                shown[lonely],
                color=colour,
                ls="none",
                marker="o",
                ms=3.0,
                zorder=layer,
            )

    def axes_labels(self) -> None:
        """Percent at the left, UTC below, the place's own clocks above."""
        theme, words, moments = self.theme, self.scene.words, self.scene.moments
        for level in np.arange(0.0, self.top + 1.0, 25.0):
            style = Style(16.5, theme.soft, across="right", up="center_baseline")
            text = words.say("numbers", "percent", n=int(level))
            self.sheet.put(_LEFT - 9, float(self.y(level)), text, style)
        window = self.scene.curves.window
        for at in day_ticks(window):
            clock = words.say("times", "utc", time=words.date(at, "clock"))
            text = f"{words.date(at, 'tick')}\n{clock}"
            self._tick(at, text, Style(16, theme.ink, across="center", up="top"))
        zone = moments.local(window.since).tzinfo or UTC
        if moments.local(window.until).utcoffset() or moments.city != "UTC":
            for at in day_ticks(window, zone):
                text = f"{words.date(at, 'short')} {words.date(at, 'clock')}"
                self._tick(at, text, Style(14, theme.soft, across="center"))
            self._zone_name(window)

    def _tick(self, at: datetime, text: str, style: Style) -> None:
        x = float(self.x(at.timestamp()))
        low = style.up == "top"
        mark = (_BOTTOM, _BOTTOM + 7) if low else (_TOP - 7, _TOP)
        self.sheet.rule((x, mark[0], x, mark[1]), self.theme.soft)
        half = self.sheet.measure(text, style)[0] / 2
        x = min(max(x, _LEFT - 7 + half), _RIGHT + 40 - half)
        self.sheet.put(x, _BOTTOM + 13 if low else _TOP - 13, text, style)

    def _zone_name(self, window: Interval) -> None:
        words, moments = self.scene.words, self.scene.moments
        offsets = dict.fromkeys(
            moments.offset(at) for at in (window.since, window.until)
        )
        text = words.say(
            "times", "axis", city=moments.city, offsets=" / ".join(offsets)
        )
        style = Style(14, self.theme.soft, across="right")
        self.sheet.put(EDGE, _TOP - 13, text, style)

    def names(self) -> None:
        """Each line's name and last value at its end, spread so that none overlap."""
        lines, room = self.scene.curves.lines, EDGE + 40 - _RIGHT - 20
        fitted = [
            self._fitted(self._name(line), colour, room)
            for line, colour in zip(lines, self.colours(), strict=True)
        ]
        texts, styles = [text for text, _ in fitted], [style for _, style in fitted]
        heights = [
            self.sheet.measure(t, s)[1] + 8 for t, s in zip(texts, styles, strict=True)
        ]
        wanted = [HEIGHT - float(self.y(self._end(line))) for line in lines]
        centres = spread(wanted, heights, HEIGHT - _BOTTOM - 14, HEIGHT - _TOP + 4)
        for text, style, centre, line in zip(
            texts, styles, centres, lines, strict=True
        ):
            end = HEIGHT - float(self.y(self._end(line)))
            if abs(centre - end) > 6:
                self.sheet.rule(
                    (_RIGHT + 3, HEIGHT - end, _RIGHT + 17, HEIGHT - centre),
                    style.colour,
                )
            self.sheet.put(_RIGHT + 20, HEIGHT - centre, text, style)

    def _name(self, line: Line) -> str:
        words = self.scene.words
        if line.last is None or (line.level is None and not line.stale):
            return words.say("chart", "nothing", name=line.name)
        if line.level is None or line.stale:
            since = self.scene.moments.brief(line.last)
            return words.say("chart", "stale", name=line.name, time=since)
        level, clock = words.percent(line.level), words.date(line.last, "clock")
        key = "late" if line.late else "label"
        return words.say("chart", key, name=line.name, level=level, time=clock)

    def _fitted(self, text: str, colour: str, room: float) -> tuple[str, Style]:
        """The name and its style: a long one is set smaller, then on more lines."""
        style = Style(19, colour, "semibold", up="center")
        while style.size > 15 and self.sheet.measure(text, style)[0] > room:
            style = replace(style, size=style.size - 0.5)
        if self.sheet.measure(text, style)[0] > room:
            lines = self.sheet.wrap(text.replace("\n", " "), style, room)
            text = "\n".join(line.strip() for line in lines)
        return text, style

    @staticmethod
    def _end(line: Line) -> float:
        known = line.percent[np.isfinite(line.percent)]
        return float(known[-1]) if known.size else 0.0

    def _gaps(self) -> list[tuple[float, float]]:
        line = self.scene.curves.principal
        return gaps(line.ends, line.percent, line.trace.step_s)

    def notes(self) -> None:
        """The onset, the end, the gaps and the 100 percent line, in words."""
        facts, theme, words = self.scene.event.facts, self.theme, self.scene.words
        sure = is_corroborated(self.scene.event)
        for begin, finish in self._gaps():
            self._gap_note(begin, finish)
        begins = "begins" if sure else "drop"
        self._mark(facts.onset, words.say("chart", begins), theme.alarm)
        if facts.restored is not None:
            self._mark(facts.restored, words.say("chart", "ends"), theme.good)
        self._ordinary_note()

    def _ordinary_note(self) -> None:
        """What 100 percent and the shade mean, where no line runs."""
        words, name = self.scene.words, self.scene.curves.principal.label
        onset = float(self.x(self.scene.event.facts.onset.until.timestamp()))
        spots = ((_LEFT + 8, "left"), (_RIGHT - 8, "right"), (onset + 10, "left"))
        for key in ("band", "ordinary"):
            text = words.say("chart", key, name=name)
            for at in (117.0, 110.0, 90.0, 84.0, 78.0, 70.0, 62.0, 34.0, 12.0):
                for x, across in spots:
                    style = Style(15, self.theme.soft, across=across)
                    if self._try(text, x, float(self.y(at)), style):
                        return

    def _mark(self, when: Interval, words: str, colour: str) -> None:
        """A rule at the interval (a field where it is wide) and its words beside it."""
        begin, end = when.since.timestamp(), when.until.timestamp()
        self._bar(begin, end)
        self.axes.axvspan(begin, end, color=colour, alpha=0.14, lw=0, zorder=1.4)
        self.axes.axvline(begin, color=colour, lw=1.3, zorder=3.0)
        text = f"{words}\n{self._times(when)}"
        left, right = float(self.x(begin)), float(self.x(end))
        for at in (52.0, 64.0, 40.0, 28.0, 76.0, 16.0, 58.0, 46.0, 34.0, 22.0, 70.0):
            y = float(self.y(at))
            for x, across in ((left - 14, "right"), (right + 14, "left")):
                style = Style(17, colour, "semibold", across=across, up="center")
                if self._try(text, x, y, style):
                    return

    def _times(self, when: Interval) -> str:
        """The interval in few words: the day, from, until."""
        words = self.scene.words
        since, until = words.date(when.since, "clock"), words.date(when.until, "clock")
        known = {
            "day": words.date(when.since, "short"),
            "since": since,
            "next": words.date(when.until, "short"),
            "until": words.say("times", "utc", time=until),
        }
        same = when.since.date() == when.until.date()
        return words.say("chart", "mark_day" if same else "mark_days", **known)

    def _bar(self, begin: float, end: float) -> None:
        """Keep notes off something that stands from the bottom to the top."""
        left, right = float(self.x(begin)) - 2, float(self.x(end)) + 2
        self.bars.append(Box(left, HEIGHT - _BOTTOM, right, HEIGHT - _TOP))

    def _gap_note(self, begin: float, finish: float) -> None:
        left, right = float(self.x(begin)), float(self.x(finish))
        style = Style(
            14, self.theme.soft, across="center", up="center", field=self.theme.paper
        )
        text = self.scene.words.say("chart", "gap")
        if right - left > self.sheet.measure(text, style)[0] + 8:
            self._try(text, (left + right) / 2, float(self.y(8.0)), style)
        self._bar(begin, finish)

    def _try(self, text: str, x: float, y: float, style: Style) -> bool:
        """Write it if it covers no line and no other text."""
        box = _box(self.sheet.measure(text, style), x, HEIGHT - y, style)
        field = Box(_LEFT, HEIGHT - _BOTTOM, _RIGHT, HEIGHT - _TOP)
        if box.left < field.left or box.right > field.right:
            return False
        near = box.grown(5.0)
        if any(near.meets(other) for other in (*self.sheet.taken, *self.bars)):
            return False
        for line in self.scene.curves.lines:
            if crosses(near, self.x(line.ends), HEIGHT - self.y(line.percent)):
                return False
        self.sheet.put(x, y, text, style)
        return True


def _box(size: tuple[float, float], x: float, y: float, style: Style) -> Box:
    """Where a text of that size would stand; y upwards."""
    width, height = size
    left = {"left": x, "right": x - width, "center": x - width / 2}[style.across]
    bottom = y - height / 2 if style.up == "center" else y
    return Box(left, bottom, left + width, bottom + height)


def size() -> tuple[int, int]:
    """Width and height of every chart, in pixels."""
    return WIDTH, HEIGHT

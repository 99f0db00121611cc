"""Draw levels over time as named lines, one for each signal or part of the place."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product

import numpy as np
from matplotlib.lines import Line2D

from bot.charts.axes import Axes
from bot.charts.canvas.canvas import Canvas, FillStyle
from bot.charts.canvas.layout import Box, gap_intervals, place_labels, upper_limit
from bot.charts.canvas.theme import LIGHT, POST, Size, Theme
from bot.charts.canvas.typesetting import Style
from bot.charts.data import Line
from bot.charts.frame import MIN_TEXT_SIZE, Scene, draw_frame, new_canvas
from bot.charts.plot_area import PlotArea, name_shapes
from bot.model.incident import EventKind, Phase
from bot.model.interval import Interval
from bot.text.text_builder import is_corroborated

DASHES: tuple[tuple[float, ...] | None, ...] = (
    None,
    (6.0, 2.5),
    (2.2, 1.8),
    (7.0, 2.0, 1.6, 2.0),
)
"""The dash patterns of all lines except the line in the alarm colour.

The patterns keep the lines distinct in greyscale.
"""
_MARK_LEVELS = (52, 64, 40, 28, 76, 16, 58, 46, 34, 22, 70, 86, 8, 115)
_REFERENCE_LEVELS = (117, 110, 90, 84, 78, 70, 62, 34, 12)
"""The levels (percent) at which the text about the 100 percent line may be drawn.

The best level comes first.
"""
_MARKED_KINDS = (EventKind.ESCALATED, EventKind.REOPENED, EventKind.PARTLY_RESTORED)
_MIN_DISTANCE = timedelta(hours=3)


def compose(scene: Scene, theme: Theme = LIGHT, size: Size = POST) -> Canvas:
    """Draw the lines; return the canvas, which is not encoded yet."""
    canvas = new_canvas(scene.captions, theme, size)
    room = draw_frame(canvas, scene.captions)
    lines = scene.curves.lines
    names = _EndLabels(canvas, scene)
    em = canvas.scaled
    axes = Axes(
        canvas,
        Box(
            room.left + level_labels_width(canvas, scene) + em(10),
            room.bottom + em(78),
            room.right - names.wide - em(24),
            room.top - em(46),
        ),
        scene.curves.window,
        upper_limit([line.percent for line in lines]),
    )
    styles, first = line_styles(scene, theme), len(canvas.figure.artists)
    draw_background(axes, scene, scene.curves.principal)
    # The first line is drawn last and on the highest layer, so no line covers it.
    for number, (line, style) in reversed(list(enumerate(styles))):
        axes.draw_series(
            line, style[0], 3.2 if number == 0 else 2.6, 4 - 0.1 * number, style[1]
        )
    name_shapes(canvas.figure.artists[first:])
    colours = tuple(style[0] for _, style in styles)
    canvas.plot = PlotArea(axes.box, room, axes.window, colours).describe(canvas)
    axes.draw_level_labels(
        lambda n: scene.translations.translate("numbers", "percent", n=n)
    )
    names.draw(axes)
    axes.draw_time_labels(scene.times)
    Annotations(axes, scene).draw()
    return canvas


def level_labels_width(canvas: Canvas, scene: Scene) -> float:
    """Return the width of the percentages at the left of the axes, in pixels."""
    style = Style(canvas.scaled(MIN_TEXT_SIZE), canvas.theme.soft)
    labels = [
        scene.translations.translate("numbers", "percent", n=n) for n in (100, 125)
    ]
    return max(canvas.text_width(text, style) for text in labels)


LineStyle = tuple[str, tuple[float, ...] | None]


def line_styles(scene: Scene, theme: Theme) -> list[tuple[Line, LineStyle]]:
    """Return each line with its colour and dashes; one line has the alarm colour."""
    rest = iter(zip(theme.lines, DASHES, strict=True))
    # If only a part dropped, the first line is the place's own line. It gets the calm
    # colour, and the second line gets the alarm colour.
    strong = 1 if scene.only_part_dropped else 0
    styles: list[tuple[Line, LineStyle]] = []
    for number, line in enumerate(scene.curves.lines):
        if number == strong:
            style: LineStyle = (theme.alarm, None)
        elif number == 0:
            style = (theme.calm, (1.4, 1.6))
        else:
            style = next(rest)
        styles.append((line, style))
    return styles


def draw_background(axes: Axes, scene: Scene, line: Line) -> None:
    """Draw what is behind a line: tinted cuts, expected range, hatched gaps, grid."""
    facts, theme = scene.event.facts, axes.canvas.theme
    # The onset and the end of a cut are intervals. The tint runs from the earliest
    # possible onset to the latest possible end (P9).
    for cut in facts.timing.all_cuts:
        until = cut.ended.until.timestamp() if cut.ended else axes.until
        axes.shade_interval(cut.began.since.timestamp(), until, theme.tint)
    axes.draw_band(line)
    for begin, end in unknown_intervals(line, axes.until):
        axes.canvas.hatch_box(axes.time_box(begin, end))
        axes.reserve(begin, end)
    axes.draw_grid()


def unknown_intervals(line: Line, until: float) -> list[tuple[float, float]]:
    """Return the intervals without readings, in seconds since 1970 (P5).

    If the line is stale, a gap at its end reaches to `until`. If the line is not stale,
    a gap at its end is left out, because the newest bins may not be due yet.
    """
    intervals = gap_intervals(line.ends, line.percent, line.trace.step_s)
    if intervals and intervals[-1][1] >= line.ends[-1] and not line.is_stale:
        intervals.pop()
    # A stale series has no data after its last bin, so the time up to `until` is added.
    if line.is_stale and line.ends.size and until > line.ends[-1]:
        intervals.append((float(line.ends[-1]), until))
    return [(begin, end) for begin, end in intervals if end > begin]


def line_label(scene: Scene, line: Line) -> str:
    """Return a line's name with its last level, or with why no current level is given."""
    translations = scene.translations
    if line.last_at is None or (line.level is None and not line.is_stale):
        return translations.translate("chart", "nothing", name=line.name)
    if line.level is None or line.is_stale:
        since = scene.times.brief(line.last_at)
        return translations.translate("chart", "stale", name=line.name, time=since)
    level = translations.percent(line.level)
    time = scene.times.clock_near(line.last_at, scene.event.facts.timing.as_of)
    key = "late" if line.is_late else "label"
    return translations.translate("chart", key, name=line.name, level=level, time=time)


def last_percent(line: Line) -> float:
    """Return the last drawn level of a line, in percent; 0 if the line has no value."""
    finite = line.percent[np.isfinite(line.percent)]
    return float(finite[-1]) if finite.size else 0.0


class _EndLabels:
    """The labels at the right ends of the lines (name, last level), without overlap."""

    def __init__(self, canvas: Canvas, scene: Scene) -> None:
        self.canvas, self.scene = canvas, scene
        share = 0.27 if canvas.size.is_tall else 0.22
        room = canvas.width * share
        self.texts = []
        for line, (colour, _) in line_styles(scene, canvas.theme):
            style = Style(canvas.scaled(27), colour, "semibold", valign="center")
            text = line_label(scene, line)
            rows, style = canvas.fit_text(
                text, style, room, canvas.scaled(MIN_TEXT_SIZE), 2
            )
            self.texts.append(("\n".join(canvas.balance_lines(rows, style)), style))
        self.wide = max(canvas.measure(*label)[0] for label in self.texts)

    def draw(self, axes: Axes) -> None:
        """Draw the labels at the right of the axes."""
        canvas, box, em = self.canvas, axes.box, self.canvas.scaled
        ends = [
            canvas.height - float(axes.y(last_percent(line)))
            for line in self.scene.curves.lines
        ]
        heights = [canvas.measure(*label)[1] + em(12) for label in self.texts]
        placed = place_labels(ends, heights, box.bottom - em(14), box.top + em(6))
        for (text, style), at, end in zip(self.texts, placed, ends, strict=True):
            # If a label was moved away from its line, a stroke connects the two.
            if abs(at - end) > em(6):
                ends_at = (box.right + em(4), canvas.height - end)
                begins = (box.right + em(19), canvas.height - at)
                canvas.polyline((ends_at, begins), style.colour)
            canvas.draw_text(box.right + em(24), canvas.height - at, text, style)


class Annotations:
    """The annotations of a chart: onset, phases, end, gaps and the 100 percent line.

    In the code, a rule is a vertical line that marks a time.
    """

    def __init__(self, axes: Axes, scene: Scene) -> None:
        """Store the axes to annotate, and the scene with the times to show."""
        self.axes, self.scene, self.canvas = axes, scene, axes.canvas

    def draw(self) -> None:
        """Draw all annotations, the most important first."""
        marks = list(self._marks())
        phases = list(self._phases())
        # All vertical lines are drawn before any text, so that texts can avoid them.
        for when, _, colour in marks:
            self._draw_rule(when, colour)
        rules = [self._draw_phase_rule(phase) for phase in phases]
        for when, label, colour in marks:
            self._draw_mark(when, label, colour)
        for phase, rule in zip(phases, rules, strict=True):
            if not self._draw_phase(phase):
                # Readers cannot understand a vertical line without a label.
                rule.remove()
        self._draw_reference()
        for begin, end in unknown_intervals(
            self.scene.curves.principal, self.axes.until
        ):
            self._draw_gap(begin, end)

    def _marks(self) -> Iterator[tuple[Interval, str, str]]:
        """Yield (interval, label, colour) of the latest cut's onset and the incident's end."""
        facts, theme = self.scene.event.facts, self.canvas.theme
        translate = self.scene.translations.translate
        # Only a confirmed incident gets the label "begins". If only one family showed
        # the incident, the label is "drop" (P7).
        begins = "begins" if is_corroborated(self.scene.event) else "drop"
        yield facts.timing.latest_cut.began, translate("chart", begins), theme.alarm
        if facts.timing.restored is not None:
            yield facts.timing.restored, translate("chart", "ends"), theme.good

    def _phases(self) -> Iterator[Phase]:
        """Yield the escalations, reopenings and partial returns that get a label.

        Such a phase is more than three hours after the onset and after the previous
        phase with a label, and more than three hours before the end. In an open
        incident the as-of time counts as the end.
        """
        facts = self.scene.event.facts
        last = facts.timing.onset.until
        for phase in facts.phases:
            timing = facts.timing
            end = timing.restored.since if timing.restored else timing.as_of
            if (
                phase.kind in _MARKED_KINDS
                and last + _MIN_DISTANCE < phase.at < end - _MIN_DISTANCE
            ):
                last = phase.at
                yield phase

    def _draw_phase_rule(self, phase: Phase) -> Line2D:
        """Draw a dashed vertical line at the time of a phase."""
        at = phase.at.timestamp()
        rule = self._vertical_line(
            self.axes.time_box(at, at), self.canvas.theme.soft, 1.3
        )
        rule.set_dashes((2.0, 2.0))
        self.axes.reserve(at, at, coverable=True)
        return rule

    def _draw_rule(self, when: Interval, colour: str) -> None:
        """Shade the interval of an onset or end; draw a vertical line at its start."""
        begin, end = when.since.timestamp(), when.until.timestamp()
        span = self.axes.time_box(begin, end)
        if span.right - span.left > 1:
            self.canvas.fill_box(span, FillStyle(colour, 1.4, alpha=0.2))
        self._vertical_line(span, colour, 1.8)
        self.axes.reserve(begin, end)

    def _vertical_line(self, span: Box, colour: str, width: float) -> Line2D:
        top, low = self.canvas.height - span.top, self.canvas.height - span.bottom
        ends = ((span.left, top), (span.left, low))
        return self.canvas.polyline(ends, colour, width, 3.0)

    def _draw_phase(self, phase: Phase) -> bool:
        """Draw a phase's label beside its vertical line; return whether it fitted."""
        translations, at = self.scene.translations, phase.at.timestamp()
        x = float(self.axes.x(at))
        text = f"{translations.translate('kinds', phase.kind)}\n{self.scene.times.brief(phase.at)}"
        style = Style(
            self.canvas.scaled(MIN_TEXT_SIZE), self.canvas.theme.soft, valign="center"
        )
        return self._draw_beside(text, x, x, style, right_first=True)

    def _draw_mark(self, when: Interval, label: str, colour: str) -> None:
        """Draw the label of the onset or end beside its vertical line."""
        span = self.axes.time_box(when.since.timestamp(), when.until.timestamp())
        style = Style(self.canvas.scaled(24), colour, "semibold", valign="center")
        text = f"{label}\n{self._interval_text(when)}"
        self._draw_beside(text, span.left, span.right, style)

    def _draw_beside(
        self,
        text: str,
        left: float,
        right: float,
        style: Style,
        *,
        right_first: bool = False,
    ) -> bool:
        """Draw a text beside a vertical line if it fits; return whether it was drawn.

        With `right_first`, places at the right are tried first. If no place is free, the
        text may cover the vertical lines of phases.
        """
        gap, theme = self.canvas.scaled(14), self.canvas.theme
        facts = self.scene.event.facts
        begins = facts.timing.onset.since.timestamp()
        before, behind = (left - gap, "right"), (right + gap, "left")
        spots = list(product(_MARK_LEVELS, (before, behind)))
        # The sort is stable: within each side, the order of the heights stays.
        if right_first:
            spots.sort(key=lambda spot: spot[1] is before)
        # A text over a vertical line hides a part of it, so free places come first.
        for cover in (False, True):
            for at, (x, halign) in spots:
                inside = x > float(self.axes.x(begins))
                paper = theme.tint if inside else theme.paper
                spot_style = replace(
                    style, halign=halign, background=paper if cover else ""
                )
                if self.axes.try_text(x, float(self.axes.y(at)), text, spot_style):
                    return True
        return False

    def _interval_text(self, when: Interval) -> str:
        """Format an interval briefly, in UTC: its day or days, and its two times."""
        translations = self.scene.translations
        since, until = (
            translations.date(when.since, "clock"),
            translations.date(when.until, "clock"),
        )
        values = {
            "day": translations.date(when.since, "short"),
            "since": since,
            "next": translations.date(when.until, "short"),
            "until": translations.translate("times", "utc", time=until),
        }
        same = when.since.date() == when.until.date()
        return translations.translate(
            "chart", "mark_day" if same else "mark_days", **values
        )

    def _draw_reference(self) -> None:
        """Write in a free place what the 100 percent line and the shaded range mean."""
        box, em = self.axes.box, self.canvas.scaled
        name = self.scene.curves.principal.label
        onset = self.scene.event.facts.timing.onset.until.timestamp()
        spots = (
            (box.left + em(12), "left"),
            (box.right - em(12), "right"),
            (float(self.axes.x(onset)) + em(12), "left"),
        )
        # If nothing else fits, the short text may cover the vertical lines of phases.
        for key, cover in (("band", ""), ("ordinary", ""), ("ordinary", "tint")):
            text = self.scene.translations.translate("chart", key, name=name)
            for at, (x, halign) in product(_REFERENCE_LEVELS, spots):
                paper = getattr(self.canvas.theme, cover) if cover else ""
                style = Style(
                    em(MIN_TEXT_SIZE),
                    self.canvas.theme.soft,
                    halign=halign,
                    background=paper,
                )
                if self.axes.try_text(x, float(self.axes.y(at)), text, style):
                    return

    def _draw_gap(self, begin: float, end: float) -> None:
        span = self.axes.time_box(begin, end)
        theme, em = self.canvas.theme, self.canvas.scaled
        style = Style(
            em(MIN_TEXT_SIZE),
            theme.soft,
            halign="center",
            valign="center",
            background=theme.paper,
        )
        text = self.scene.translations.translate("chart", "gap")
        if span.right - span.left > self.canvas.text_width(text, style) + em(16):
            at = (span.left + span.right) / 2
            y = float(self.axes.y(9.0))
            box = self.canvas.text_box(at, y, text, style).padded(em(4))
            if not any(box.overlaps(other) for other in self.canvas.text_boxes):
                self.canvas.draw_text(at, y, text, style)

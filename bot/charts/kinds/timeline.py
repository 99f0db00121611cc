"""Draw incidents as bars on a common time axis."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.charts.axes import Axes
from bot.charts.canvas.canvas import Canvas, FillStyle
from bot.charts.canvas.layout import Box
from bot.charts.canvas.theme import LIGHT, POST, Size, Theme
from bot.charts.canvas.typesetting import Style
from bot.charts.frame import MIN_TEXT_SIZE, Captions, Scene, draw_frame, new_canvas
from bot.incidents.timeline.published_cuts import published_cuts, time_down
from bot.incidents.timeline.series import subject_series
from bot.model.incident import Incident, State
from bot.model.interval import DurationRange, Interval, duration_range_between
from bot.model.verdict import NARROW_SCOPES
from bot.text.times import TimeFormatter
from bot.text.translations import Translations

_ROW_HEIGHTS = (36.0, 110.0)
_BAR_HEIGHT = (0.56, 40.0)
"""The height of a bar as a share of its row, and its greatest height in pixels."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One incident as a bar.

    Attributes:
        name: the label of the bar; value: the duration of the incident as text.
        onset, end: the intervals in which the incident began and ended; `end` is None
            for an ongoing incident.
        tone: the name of the bar's theme colour.
        time_down: the total duration of the incident's cuts; None if `onset` and `end`
            give the duration.
    """

    name: str
    value: str
    onset: Interval
    end: Interval | None
    tone: str = "alarm"
    time_down: DurationRange | None = None

    def duration(self, now: datetime) -> DurationRange:
        """Return the shortest and the longest possible duration of the incident.

        The result is `time_down` if that is known. Otherwise it is computed from the onset
        and the end of the incident; an ongoing incident is counted until `now`.
        """
        if self.time_down is not None:
            return self.time_down
        end = self.end or Interval(now, now)
        # The intervals of onset and end may overlap, but a duration is never negative.
        zero = timedelta(0)
        return DurationRange(
            max(zero, end.since - self.onset.until), end.until - self.onset.since
        )


def draw_timeline(
    bars: Sequence[Bar],
    captions: Captions,
    times: TimeFormatter,
    window: Interval,
    theme: Theme = LIGHT,
    size: Size = POST,
) -> Canvas:
    """Draw a bar for each incident, in the order given, as many as fit."""
    canvas = new_canvas(captions, theme, size)
    rows = _BarRows(canvas, draw_frame(canvas, captions), bars, times)
    axes = Axes(canvas, rows.box, window, 100.0)
    _draw_day_lines(axes)
    for bar, row in rows:
        _draw_value(axes, row, bar, _draw_bar(axes, row, bar))
    axes.draw_time_labels(times, local_above=False)
    return canvas


class _BarRows:
    """The rows of a timeline, with the names of the bars at the left."""

    def __init__(
        self, canvas: Canvas, room: Box, bars: Sequence[Bar], times: TimeFormatter
    ) -> None:
        """Lay out as many rows as fit, and write how many bars are left out."""
        em = canvas.scaled
        self.canvas, bottom, top = canvas, room.bottom + em(78), room.top - em(14)
        most = max(1, int((top - bottom) / em(_ROW_HEIGHTS[0])))
        # If not all bars fit, the last row is kept for the number of bars left out.
        self.bars = list(bars[:most] if len(bars) <= most else bars[: most - 1])
        shown = len(self.bars) + (len(bars) > len(self.bars))
        self.high = min(em(_ROW_HEIGHTS[1]), (top - bottom) / max(shown, 1))
        share = 0.34 if canvas.size.is_tall else 0.27
        self.names = [self._name(bar, canvas.width * share) for bar in self.bars]
        left = max(canvas.measure(*name)[0] for name in self.names)
        rest = len(bars) - len(self.bars)
        low = top - self.high * shown
        self.box = Box(room.left + left + em(16), low, room.right, top)
        if rest:
            text = times.translations.translate("lists", "more", n=rest)
            style = Style(
                em(MIN_TEXT_SIZE), canvas.theme.soft, halign="right", valign="center"
            )
            y = canvas.height - low - self.high / 2
            canvas.draw_text(self.box.left - em(16), y, text, style)

    def __iter__(self) -> Iterator[tuple[Bar, Box]]:
        """For each bar: draw its name, then yield the bar and the box to draw it in."""
        canvas, em = self.canvas, self.canvas.scaled
        for number, bar in enumerate(self.bars):
            middle = self.box.top - (number + 0.5) * self.high
            at = canvas.height - middle
            canvas.draw_text(self.box.left - em(16), at, *self.names[number])
            half = min(self.high * _BAR_HEIGHT[0], em(_BAR_HEIGHT[1])) / 2
            yield bar, Box(self.box.left, middle - half, self.box.right, middle + half)

    def _name(self, bar: Bar, room: float) -> tuple[str, Style]:
        canvas = self.canvas
        ink = Style(
            canvas.scaled(24),
            canvas.theme.ink,
            "semibold",
            halign="right",
            valign="center",
        )
        lines, style = canvas.fit_text(
            bar.name, ink, room, canvas.scaled(MIN_TEXT_SIZE), 1
        )
        if len(lines) == 1:
            return lines[0], style
        # A row has room for one line only, so the name is shortened.
        text = lines[0]
        while canvas.text_width(f"{text}\u2026", style) > room and " " in text:
            text = text.rpartition(" ")[0]
        return f"{text}\u2026", style


def _draw_bar(axes: Axes, row: Box, bar: Bar) -> Box:
    """Draw a bar: solid from the latest possible onset to the earliest possible end.

    The bar is pale from the earliest to the latest possible onset, and from the
    earliest to the latest possible end.
    """
    end = bar.end or Interval(axes.window.until, axes.window.until)
    whole = axes.time_box(bar.onset.since.timestamp(), end.until.timestamp())
    sure = axes.time_box(bar.onset.until.timestamp(), end.since.timestamp())
    return draw_uncertain_bar(axes.canvas, bar, row, whole, sure)


def draw_uncertain_bar(
    canvas: Canvas, bar: Bar, row: Box, whole: Box, sure: Box
) -> Box:
    """Draw a bar: solid over `sure`, pale over the rest of `whole`; return its box."""
    colour, least = getattr(canvas.theme, bar.tone), canvas.scaled(3)
    for span, alpha in ((whole, 0.35), (sure, 1.0)):
        # If the intervals of onset and end overlap, the box `sure` is empty or
        # reversed. The bar then gets the width `least`, so that it is visible.
        right = max(span.right, span.left + least)
        box = Box(span.left, row.bottom, right, row.top)
        canvas.fill_box(box, FillStyle(colour, 2.0, alpha=alpha)).set_gid(
            f"bar {bar.name}"
        )
    return Box(whole.left, row.bottom, max(whole.right, whole.left + least), row.top)


def _draw_value(axes: Axes, row: Box, bar: Bar, bar_box: Box) -> None:
    """Write the duration after the bar; if there is no room, before it or else on it."""
    canvas, em = axes.canvas, axes.canvas.scaled
    style = Style(
        em(MIN_TEXT_SIZE),
        canvas.theme.soft,
        valign="center",
        background=canvas.theme.paper,
    )
    y, gap = canvas.height - (row.top + row.bottom) / 2, em(12)
    if bar_box.right + gap + canvas.text_width(bar.value, style) <= row.right:
        canvas.draw_text(bar_box.right + gap, y, bar.value, style)
    elif bar_box.left - gap - canvas.text_width(bar.value, style) >= row.left:
        canvas.draw_text(
            bar_box.left - gap, y, bar.value, replace(style, halign="right")
        )
    else:
        # The bar fills nearly the whole row, so the text is drawn on it.
        style = replace(
            style, colour=canvas.theme.paper, background="", weight="semibold"
        )
        canvas.draw_text(bar_box.left + gap, y, bar.value, style)


def _draw_day_lines(axes: Axes) -> None:
    """Draw a pale line at each tick of the time axis."""
    canvas, box = axes.canvas, axes.box
    for at in axes.lower_ticks():
        x = float(axes.x(at.timestamp()))
        ends = ((x, canvas.height - box.top), (x, canvas.height - box.bottom))
        canvas.polyline(ends, canvas.theme.faint, 1.2, 1.0)


_MAX_PAST = 8


def finished_incidents(past: Iterable[Incident]) -> tuple[Incident, ...]:
    """Return the first eight restored incidents, in the order given."""
    ended = [
        incident
        for incident in past
        if incident.state is State.RESTORED and incident.restored is not None
    ]
    return tuple(ended[:_MAX_PAST])


def duration_bars(scene: Scene, translations: Translations) -> list[Bar]:
    """Return a bar for the incident of `scene`, then bars for its past incidents."""
    timing = scene.event.facts.timing
    lasted = scene.times.duration(timing.duration)
    if timing.restored is None:
        lasted = translations.translate("chart", "ongoing", length=lasted)
    name = _bar_name(timing.onset, translations, confirmed=scene.event.is_confirmed)
    down = timing.duration
    bars = [Bar(name, lasted, timing.onset, timing.restored, time_down=down)]
    for incident in scene.past:
        if incident.restored is None:
            continue
        confirmed = incident.confirmed_at is not None
        name = _bar_name(incident.onset, translations, confirmed=confirmed)
        down = _time_down(incident, incident.restored)
        lasted = scene.times.duration(down)
        bars.append(Bar(name, lasted, incident.onset, incident.restored, "calm", down))
    return bars


def _bar_name(onset: Interval, translations: Translations, *, confirmed: bool) -> str:
    """Return the date of an incident, with a remark if it was never confirmed.

    The remark is needed because other incidents on the chart may be confirmed (P7).
    """
    name = translations.date(onset.since, "dated")
    return name if confirmed else translations.translate("chart", "unsure", name=name)


def _time_down(incident: Incident, restored: Interval) -> DurationRange:
    """Return the total duration of the cuts of an incident that has ended."""
    narrow = incident.scope in NARROW_SCOPES
    about = subject_series(incident.timeline, incident.place, is_about_networks=narrow)
    times = published_cuts(
        about, incident.timeline, incident.scope, incident.onset, restored
    )
    if not times:
        return duration_range_between(incident.onset, restored)
    return time_down(times, restored.until)

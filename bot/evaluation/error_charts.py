"""Charts of the errors on the scorecard: unmatched events and missed labels.

An unmatched event has the chart that its post would have had. A missed label has no
event, so the series of the labelled place are drawn, with the label's time shaded.
"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from bot.charts.axes import Axes
from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.layout import Box
from bot.charts.canvas.typesetting import Style
from bot.charts.data import percent_of
from bot.charts.frame import Captions, draw_frame, new_canvas
from bot.charts.illustrator import Illustrator
from bot.errors import RenderingError
from bot.evaluation.labels import Label
from bot.evaluation.recording_run import RecordingResult, traces_of
from bot.model.incident import Trace
from bot.model.interval import Interval
from bot.text.signal_names import signal_name
from bot.text.times import TimeFormatter

# Higher percentages are drawn at this height. Otherwise a single very high reading
# would make the drop look small.
_MAX_PERCENT = 130.0
_CONTEXT = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class ErrorChart:
    """A PNG file and its alternative text."""

    png: bytes
    alt: str


def incident_chart(
    result: RecordingResult, incident_id: str, illustrator: Illustrator
) -> ErrorChart | None:
    """Return an incident's latest chart that can be drawn; None if no chart can."""
    changes = next(c for c in result.incidents if c[0].incident.id == incident_id)
    # An event without enough evidence cannot be drawn, but an earlier event may have
    # enough.
    for change in reversed(changes):
        try:
            return ErrorChart(*illustrator.picture(change.event, change.evidence))
        except RenderingError:
            continue
    return None


def missed_label_chart(
    result: RecordingResult, label: Label, illustrator: Illustrator
) -> ErrorChart | None:
    """Return a chart of the labelled place or its parts; None if no series exists."""
    end = result.recording.span.until
    when = Interval(label.start, max(label.start, label.end or end))
    traces = traces_of(result, label.entity, when)
    if not traces:
        return None
    window = Interval(
        max(result.recording.span.since, when.since - _CONTEXT),
        min(end, when.until + _CONTEXT),
    )
    captions = _captions(result, label, illustrator)
    register = illustrator.register
    zone = register.local_zone(label.entity)
    times = TimeFormatter(illustrator.translations, register, zone)
    canvas = draw_traces(traces, window, when, captions, times)
    return ErrorChart(canvas.png(), f"{captions.title}. {captions.subtitle}")


def _captions(
    result: RecordingResult, label: Label, illustrator: Illustrator
) -> Captions:
    translate = illustrator.translations.translate
    credit = f"{result.recording.credit}; {result.recording.licence}"
    return Captions(
        title=_caption(illustrator, "missed_title", result, label),
        subtitle=_caption(illustrator, "missed_subtitle", result, label),
        badges=(),
        basis="",
        footer=(translate("chart", "data", credits=credit),),
        as_of="",
        publisher=translate("chart", "mark"),
    )


def _caption(
    illustrator: Illustrator, name: str, result: RecordingResult, label: Label
) -> str:
    lang = illustrator.translations.lang
    template = illustrator.templates.get_template(f"charts/{lang}/{name}.txt")
    text = template.render(
        place=illustrator.register.name(label.entity, lang),
        label=label,
        title=result.recording.title,
    )
    return " ".join(text.split())


def draw_traces(
    traces: tuple[Trace, ...],
    window: Interval,
    shaded_period: Interval,
    captions: Captions,
    times: TimeFormatter,
) -> Canvas:
    """Return a chart of `traces` over `window`; the interval `shaded_period` is shaded."""
    canvas = new_canvas(captions)
    frame, em, theme = draw_frame(canvas, captions), canvas.scaled, canvas.theme
    box = Box(
        frame.left + em(76),
        frame.bottom + em(78),
        frame.right - em(290),
        frame.top - em(46),
    )
    axes = Axes(canvas, box, window, _MAX_PERCENT)
    axes.shade_interval(
        shaded_period.since.timestamp(), shaded_period.until.timestamp(), theme.tint
    )
    axes.draw_grid()
    axes.draw_level_labels(
        lambda n: times.translations.translate("numbers", "percent", n=n)
    )
    axes.draw_time_labels(times)
    for number, trace in enumerate(traces):
        colour = (theme.alarm, *theme.lines)[number % (1 + len(theme.lines))]
        percent = np.minimum(percent_of(trace), _MAX_PERCENT)
        bins = np.arange(1, len(percent) + 1, dtype=np.float64)
        ends = trace.first.timestamp() + trace.step_s * bins
        visible = (ends >= axes.since) & (ends <= axes.until)
        canvas.line(axes.x(ends[visible]), axes.y(percent[visible]), colour, 2.6)
        place = times.register.name(trace.entity, times.translations.lang)
        name = signal_name(times.translations, trace.signal, trace.family)
        lines = canvas.wrap(f"{place}: {name}", Style(em(22), colour), em(265))
        # The names are stacked beside the frame. At the ends of the lines, the names of
        # lines with similar levels would overlap.
        y = canvas.height - box.top + em(24 + 62 * number)
        canvas.draw_text(
            box.right + em(22), y, "\n".join(lines[:2]), Style(em(22), colour)
        )
    return canvas

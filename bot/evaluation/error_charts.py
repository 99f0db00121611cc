"""Pictures of what went wrong: every false alarm, and every event that was missed.

A false alarm is drawn as the bot itself drew it. What was missed has no incident
and so no such picture: its series are drawn alone, with the time of the label.
"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from bot.charts.axes import Axes
from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.layout import Box
from bot.charts.canvas.typesetting import Style
from bot.charts.data import percent_of
from bot.charts.frame import Captions, blank, surround
from bot.charts.illustrator import Illustrator
from bot.errors import RenderingError
from bot.evaluation.labels import Label
from bot.evaluation.recording_run import Judged, evidence_of
from bot.model.incident import Trace
from bot.model.interval import Interval
from bot.text.names import signal_name
from bot.text.times import TimeFormatter

_HIGHEST = 130.0
_AFTER = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class ErrorChart:
    """A PNG and its alt text."""

    png: bytes
    alt: str


def of_incident(
    judged: Judged, incident: str, illustrator: Illustrator
) -> ErrorChart | None:
    """The newest chart of an incident that could be drawn; None where none could."""
    steps = next(s for s in judged.incidents if s[0].incident.id == incident)
    for change in reversed(steps):
        try:
            return ErrorChart(*illustrator.picture(change.event, change.evidence))
        except RenderingError:
            continue
    return None


def of_missed(
    judged: Judged, label: Label, illustrator: Illustrator
) -> ErrorChart | None:
    """The series of the labelled place; None where nothing was recorded of it."""
    end = judged.recording.span.until
    when = Interval(label.start, max(label.start, label.end or end))
    shown = evidence_of(judged, label.entity, when)
    if not shown:
        return None
    window = Interval(
        max(judged.recording.span.since, when.since - _AFTER),
        min(end, when.until + _AFTER),
    )
    told = illustrator.words.say(
        "chart",
        "data",
        credits=f"{judged.recording.credit}; {judged.recording.licence}",
    )
    captions = Captions(
        title=_words(illustrator, "missed_title", judged, label),
        subtitle=_words(illustrator, "missed_subtitle", judged, label),
        badges=(),
        badge="",
        foot=(told,),
        stamp="",
        mark=illustrator.words.say("chart", "mark"),
    )
    moments = TimeFormatter(illustrator.words, illustrator.register, label.entity)
    sheet = drawn(shown, window, when, captions, moments)
    return ErrorChart(sheet.png(), f"{captions.title}. {captions.subtitle}")


def _words(illustrator: Illustrator, name: str, judged: Judged, label: Label) -> str:
    lang = illustrator.words.lang
    template = illustrator.templates.get_template(f"charts/{lang}/{name}.txt")
    told = template.render(
        place=illustrator.register.name(label.entity, lang),
        label=label,
        title=judged.recording.title,
    )
    return " ".join(told.split())


def drawn(
    shown: tuple[Trace, ...],
    window: Interval,
    when: Interval,
    captions: Captions,
    moments: TimeFormatter,
) -> Canvas:
    """The label's time, the lines and, at the right, their names."""
    sheet = blank(captions)
    room, em, theme = surround(sheet, captions), sheet.em, sheet.theme
    box = Box(
        room.left + em(76),
        room.bottom + em(78),
        room.right - em(290),
        room.top - em(46),
    )
    field = Axes(sheet, box, window, _HIGHEST)
    field.tint(when.since.timestamp(), when.until.timestamp(), theme.tint)
    field.grid()
    field.levels(lambda n: moments.words.say("numbers", "percent", n=n))
    field.clocks(moments)
    for number, trace in enumerate(shown):
        colour = (theme.alarm, *theme.lines)[number % (1 + len(theme.lines))]
        percent = np.minimum(percent_of(trace), _HIGHEST)
        bins = np.arange(1, len(percent) + 1, dtype=np.float64)
        ends = trace.first.timestamp() + trace.step_s * bins
        part = (ends >= field.since) & (ends <= field.until)
        sheet.line(field.x(ends[part]), field.y(percent[part]), colour, 2.6)
        place = moments.register.name(trace.entity, moments.words.lang)
        name = signal_name(moments.words, trace.signal, trace.family)
        lines = sheet.wrap(f"{place}: {name}", Style(em(22), colour), em(265))
        y = sheet.height - box.top + em(24 + 62 * number)
        sheet.put(box.right + em(22), y, "\n".join(lines[:2]), Style(em(22), colour))
    return sheet

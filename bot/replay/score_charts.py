"""Pictures of what went wrong: every false alarm, and every event that was missed.

A false alarm is drawn as the bot itself drew it. What was missed has no incident
and so no such picture: its series are drawn alone, with the time of the label.
"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from matplotlib.axes import Axes

from bot.errors import RenderingError
from bot.model.incident import Trace
from bot.model.interval import Interval
from bot.rendering.charts.data import percent_of
from bot.rendering.charts.layout import day_ticks
from bot.rendering.pictures import Illustrator
from bot.rendering.charts.sheet import Sheet, Style, Theme
from bot.rendering.telling import signal_name
from bot.replay.judged import Judged, evidence_of
from bot.replay.labels import Label

_LEFT, _TOP, _RIGHT, _BOTTOM = 99.0, 190.0, 1230.0, 760.0
_HIGHEST = 130.0
_AFTER = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and its alt text."""

    png: bytes
    alt: str


def of_incident(
    judged: Judged, incident: str, illustrator: Illustrator
) -> Picture | None:
    """The newest chart of an incident that could be drawn; None where none could."""
    steps = next(s for s in judged.incidents if s[0].incident.id == incident)
    for change in reversed(steps):
        try:
            return Picture(*illustrator.picture(change.event, change.evidence))
        except RenderingError:
            continue
    return None


def of_missed(judged: Judged, label: Label, illustrator: Illustrator) -> Picture | None:
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
    title = _words(illustrator, "missed_title", judged, label)
    sheet = Sheet(Theme())
    sheet.put(_LEFT, 84, title, Style(34, sheet.theme.ink, "bold"))
    note = _words(illustrator, "missed_subtitle", judged, label)
    sheet.put(_LEFT, 130, note, Style(20, sheet.theme.soft))
    _field(sheet, shown, window, when, illustrator)
    _foot(sheet, judged, illustrator)
    return Picture(sheet.png(), f"{title}. {note}")


def _words(illustrator: Illustrator, name: str, judged: Judged, label: Label) -> str:
    lang = illustrator.words.lang
    template = illustrator.templates.get_template(f"charts/{lang}/{name}.txt")
    told = template.render(
        place=illustrator.register.name(label.entity, lang),
        label=label,
        title=judged.recording.title,
    )
    return " ".join(told.split())


def _field(
    sheet: Sheet,
    shown: tuple[Trace, ...],
    window: Interval,
    when: Interval,
    illustrator: Illustrator,
) -> None:
    """Axes, the label's time, the lines and their names."""
    theme = sheet.theme
    axes = sheet.axes(_LEFT, _TOP, _RIGHT, _BOTTOM)
    axes.set_xlim(window.since.timestamp(), window.until.timestamp())
    axes.set_ylim(0.0, _HIGHEST)
    axes.axvspan(when.since.timestamp(), when.until.timestamp(), color=theme.tint, lw=0)
    _scale(sheet, axes, window, illustrator)
    for number, trace in enumerate(shown):
        colour = (theme.alarm, *theme.lines)[number % (1 + len(theme.lines))]
        _line(axes, trace, colour)
        name = signal_name(illustrator.words, trace.signal, trace.family)
        leaf = illustrator.register.name(trace.entity, illustrator.words.lang)
        text = f"{leaf}: {name}"
        sheet.put(_RIGHT + 20, _TOP + 24 + 26 * number, text, Style(16, colour))


def _line(axes: Axes, trace: Trace, colour: str) -> None:
    """One series; a missing bin breaks it (P5)."""
    percent = np.minimum(percent_of(trace), _HIGHEST)
    ends = trace.first.timestamp() + trace.step_s * np.arange(1, len(percent) + 1)
    axes.plot(ends, percent, color=colour, lw=2.0, zorder=3)


def _scale(
    sheet: Sheet, axes: Axes, window: Interval, illustrator: Illustrator
) -> None:
    theme, words = sheet.theme, illustrator.words
    for level in range(0, int(_HIGHEST), 25):
        axes.axhline(level, color=theme.faint, lw=0.8, zorder=1.5)
        y = _BOTTOM - level / _HIGHEST * (_BOTTOM - _TOP)
        style = Style(16, theme.soft, across="right", up="center_baseline")
        sheet.put(_LEFT - 9, y, words.say("numbers", "percent", n=level), style)
    for at in day_ticks(window):
        share = (at - window.since) / window.width
        text = f"{words.date(at, 'tick')}\n" + words.say(
            "times", "utc", time=words.date(at, "clock")
        )
        style = Style(15, theme.ink, across="center", up="top")
        sheet.put(_LEFT + share * (_RIGHT - _LEFT), _BOTTOM + 20, text, style)


def _foot(sheet: Sheet, judged: Judged, illustrator: Illustrator) -> None:
    """Credit and licence stay when the picture is copied (P13)."""
    about = judged.recording
    told = illustrator.words.say(
        "chart", "data", credits=f"{about.credit}; {about.licence}"
    )
    style = Style(13, sheet.theme.soft)
    for number, line in enumerate(sheet.wrap(told, style, _RIGHT - _LEFT)):
        sheet.put(_LEFT, 843 + 19 * number, line, style)

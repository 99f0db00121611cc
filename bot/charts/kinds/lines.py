"""The place's level with its families, or with its networks: lines that carry names."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product

import numpy as np
from matplotlib.lines import Line2D

from bot.charts.axes import Axes
from bot.charts.canvas.canvas import Canvas, FillStyle
from bot.charts.canvas.layout import Box, gaps, spread, top_of
from bot.charts.canvas.theme import LIGHT, POST, Size, Theme
from bot.charts.canvas.typesetting import Style
from bot.charts.data import Line
from bot.charts.frame import TEXT, Scene, blank, surround
from bot.model.incident import EventKind, Phase
from bot.model.interval import Interval
from bot.text.event_text import is_corroborated

DASHES: tuple[tuple[float, ...] | None, ...] = (
    None,
    (6.0, 2.5),
    (2.2, 1.8),
    (7.0, 2.0, 1.6, 2.0),
)
"""How the lines beside the strong one are dashed: in grey, colours are not enough."""
_HEIGHTS = (52, 64, 40, 28, 76, 16, 58, 46, 34, 22, 70, 86, 8, 115)
_LEVELS = (117, 110, 90, 84, 78, 70, 62, 34, 12)
"""Where the words for the 100 percent line may stand, the best first."""
_LATER = (EventKind.ESCALATED, EventKind.REOPENED, EventKind.PARTLY_RESTORED)
_APART = timedelta(hours=3)


def compose(scene: Scene, theme: Theme = LIGHT, size: Size = POST) -> Canvas:
    """The sheet before it becomes bytes, so that tests can look for overlaps."""
    sheet = blank(scene.captions, theme, size)
    room = surround(sheet, scene.captions)
    lines = scene.curves.lines
    names = _EndLabels(sheet, scene)
    em = sheet.em
    field = Axes(
        sheet,
        Box(
            room.left + levels_wide(sheet, scene) + em(10),
            room.bottom + em(78),
            room.right - names.wide - em(24),
            room.top - em(46),
        ),
        scene.curves.window,
        top_of([line.percent for line in lines]),
    )
    background(field, scene, scene.curves.principal)
    for number, (line, look) in reversed(list(enumerate(looks(scene, theme)))):
        field.draw(
            line, look[0], 3.2 if number == 0 else 2.6, 4 - 0.1 * number, look[1]
        )
    field.levels(lambda n: scene.words.say("numbers", "percent", n=n))
    names.put(field)
    field.clocks(scene.moments)
    Annotations(field, scene).write()
    return sheet


def levels_wide(sheet: Canvas, scene: Scene) -> float:
    """The room that the percent at the left takes."""
    style = Style(sheet.em(TEXT), sheet.theme.soft)
    told = [scene.words.say("numbers", "percent", n=n) for n in (100, 125)]
    return max(sheet.wide(text, style) for text in told)


Look = tuple[str, tuple[float, ...] | None]


def looks(scene: Scene, theme: Theme) -> list[tuple[Line, Look]]:
    """Colour and dashes: the strong one for the first that is wrong."""
    rest = iter(zip(theme.lines, DASHES, strict=True))
    strong = 1 if scene.narrow else 0
    found: list[tuple[Line, Look]] = []
    for number, line in enumerate(scene.curves.lines):
        if number == strong:
            look: Look = (theme.alarm, None)
        elif number == 0:
            look = (theme.calm, (1.4, 1.6))
        else:
            look = next(rest)
        found.append((line, look))
    return found


def background(field: Axes, scene: Scene, line: Line) -> None:
    """Tint, expected band, hatched gaps, grid and the 100 percent line."""
    facts, theme = scene.event.facts, field.sheet.theme
    until = facts.restored.until.timestamp() if facts.restored else field.until
    field.tint(facts.onset.since.timestamp(), until, theme.tint)
    field.band(line)
    for begin, end in unknown(line, field.until):
        field.sheet.hatched(field.span(begin, end))
        field.bar(begin, end)
    field.grid()


def unknown(line: Line, until: float) -> list[tuple[float, float]]:
    """Times without a reading; what may only not be due yet is none (P5)."""
    found = gaps(line.ends, line.percent, line.trace.step_s)
    if found and found[-1][1] >= line.ends[-1] and not line.stale:
        found.pop()
    # A line that ended long ago says nothing of the time since.
    if line.stale and line.ends.size and until > line.ends[-1]:
        found.append((float(line.ends[-1]), until))
    return [(begin, end) for begin, end in found if end > begin]


def label(scene: Scene, line: Line) -> str:
    """A line's name with its last level, or why it has none."""
    words = scene.words
    if line.last is None or (line.level is None and not line.stale):
        return words.say("chart", "nothing", name=line.name)
    if line.level is None or line.stale:
        since = scene.moments.brief(line.last)
        return words.say("chart", "stale", name=line.name, time=since)
    level, clock = words.percent(line.level), words.date(line.last, "clock")
    key = "late" if line.late else "label"
    return words.say("chart", key, name=line.name, level=level, time=clock)


def ending(line: Line) -> float:
    """The last level that is drawn, in percent."""
    known = line.percent[np.isfinite(line.percent)]
    return float(known[-1]) if known.size else 0.0


class _EndLabels:
    """Each line's name and last level at its end, spread so that none overlap."""

    def __init__(self, sheet: Canvas, scene: Scene) -> None:
        self.sheet, self.scene = sheet, scene
        share = 0.27 if sheet.size.tall else 0.22
        room = sheet.width * share
        self.texts = []
        for line, (colour, _) in looks(scene, sheet.theme):
            style = Style(sheet.em(27), colour, "semibold", up="center")
            text = label(scene, line)
            rows, style = sheet.fitted(text, style, room, sheet.em(TEXT), 2)
            self.texts.append(("\n".join(sheet.balanced(rows, style)), style))
        self.wide = max(sheet.measure(*one)[0] for one in self.texts)

    def put(self, field: Axes) -> None:
        """Write them beside the field."""
        sheet, box, em = self.sheet, field.box, self.sheet.em
        ends = [
            sheet.height - float(field.y(ending(line)))
            for line in self.scene.curves.lines
        ]
        heights = [sheet.measure(*one)[1] + em(12) for one in self.texts]
        placed = spread(ends, heights, box.bottom - em(14), box.top + em(6))
        for (text, style), at, end in zip(self.texts, placed, ends, strict=True):
            if abs(at - end) > em(6):
                ends_at = (box.right + em(4), sheet.height - end)
                begins = (box.right + em(19), sheet.height - at)
                sheet.rule((ends_at, begins), style.colour)
            sheet.put(box.right + em(24), sheet.height - at, text, style)


class Annotations:
    """The onset, the phases, the end, the gaps and the 100 percent line, in words."""

    def __init__(self, field: Axes, scene: Scene) -> None:
        """What is to be noted, and where."""
        self.field, self.scene, self.sheet = field, scene, field.sheet

    def write(self) -> None:
        """All of them, the most important first."""
        facts, theme, words = self.scene.event.facts, self.sheet.theme, self.scene.words
        begins = "begins" if is_corroborated(self.scene.event) else "drop"
        marks = [(facts.onset, words.say("chart", begins), theme.alarm)]
        if facts.restored is not None:
            marks.append((facts.restored, words.say("chart", "ends"), theme.good))
        phases = list(self._phases())
        # Every rule first: no words may be written where one will stand.
        for when, _, colour in marks:
            self._rule(when, colour)
        thin = [self._thin_rule(phase) for phase in phases]
        for when, told, colour in marks:
            self._mark(when, told, colour)
        for phase, rule in zip(phases, thin, strict=True):
            if not self._phase(phase):
                # A rule without words would be a riddle; the page has every step.
                rule.remove()
        self._reference()
        for begin, end in unknown(self.scene.curves.principal, self.field.until):
            self._gap(begin, end)

    def _phases(self) -> Iterator[Phase]:
        """Steps after the first that changed what it is, well apart."""
        facts = self.scene.event.facts
        last = facts.onset.until
        for phase in facts.phases:
            end = facts.restored.since if facts.restored else facts.as_of
            if phase.kind in _LATER and last + _APART < phase.at < end - _APART:
                last = phase.at
                yield phase

    def _thin_rule(self, phase: Phase) -> Line2D:
        """Where a phase was told."""
        at = phase.at.timestamp()
        rule = self._stand(self.field.span(at, at), self.sheet.theme.soft, 1.3)
        rule.set_dashes((2.0, 2.0))
        self.field.bar(at, at, thin=True)
        return rule

    def _rule(self, when: Interval, colour: str) -> None:
        """Where it began or ended; a field where that is not known to the point."""
        begin, end = when.since.timestamp(), when.until.timestamp()
        span = self.field.span(begin, end)
        if span.right - span.left > 1:
            self.sheet.area(span, FillStyle(colour, 1.4, alpha=0.2))
        self._stand(span, colour, 1.8)
        self.field.bar(begin, end)

    def _stand(self, span: Box, colour: str, width: float) -> Line2D:
        top, low = self.sheet.height - span.top, self.sheet.height - span.bottom
        ends = ((span.left, top), (span.left, low))
        return self.sheet.rule(ends, colour, width, 3.0)

    def _phase(self, phase: Phase) -> bool:
        """What a phase was, beside its rule; whether there was room."""
        words, at = self.scene.words, phase.at.timestamp()
        x = float(self.field.x(at))
        text = f"{words.say('kinds', phase.kind)}\n{self.scene.moments.brief(phase.at)}"
        style = Style(self.sheet.em(TEXT), self.sheet.theme.soft, up="center")
        return self._beside(text, x, x, style, after=True)

    def _mark(self, when: Interval, told: str, colour: str) -> None:
        """When it began or ended, beside its rule."""
        span = self.field.span(when.since.timestamp(), when.until.timestamp())
        style = Style(self.sheet.em(24), colour, "semibold", up="center")
        text = f"{told}\n{self._times(when)}"
        self._beside(text, span.left, span.right, style)

    def _beside(
        self, text: str, left: float, right: float, style: Style, *, after: bool = False
    ) -> bool:
        """To the left of it or to its right, as near the middle as is free.

        `after` it is better than before: what a phase was is at its own side of its
        rule. Where there is no other room, words cover the rules of phases.
        """
        gap, theme = self.sheet.em(14), self.sheet.theme
        facts = self.scene.event.facts
        begins = facts.onset.since.timestamp()
        before, behind = (left - gap, "right"), (right + gap, "left")
        spots = list(product(_HEIGHTS, (before, behind)))
        if after:
            spots.sort(key=lambda spot: spot[1] is before)
        for cover in (False, True):
            for at, (x, across) in spots:
                inside = x > float(self.field.x(begins))
                paper = theme.tint if inside else theme.paper
                one = replace(style, across=across, field=paper if cover else "")
                if self.field.note(x, float(self.field.y(at)), text, one):
                    return True
        return False

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

    def _reference(self) -> None:
        """What 100 percent and the shade mean, where no line runs."""
        box, em = self.field.box, self.sheet.em
        name = self.scene.curves.principal.label
        onset = self.scene.event.facts.onset.until.timestamp()
        spots = (
            (box.left + em(12), "left"),
            (box.right - em(12), "right"),
            (float(self.field.x(onset)) + em(12), "left"),
        )
        # Where there is no other room, the short one covers the rules of phases.
        for key, cover in (("band", ""), ("ordinary", ""), ("ordinary", "tint")):
            text = self.scene.words.say("chart", key, name=name)
            for at, (x, across) in product(_LEVELS, spots):
                paper = getattr(self.sheet.theme, cover) if cover else ""
                style = Style(
                    em(TEXT), self.sheet.theme.soft, across=across, field=paper
                )
                if self.field.note(x, float(self.field.y(at)), text, style):
                    return

    def _gap(self, begin: float, end: float) -> None:
        span = self.field.span(begin, end)
        theme, em = self.sheet.theme, self.sheet.em
        style = Style(
            em(TEXT), theme.soft, across="center", up="center", field=theme.paper
        )
        text = self.scene.words.say("chart", "gap")
        if span.right - span.left > self.sheet.wide(text, style) + em(16):
            at = (span.left + span.right) / 2
            y = float(self.field.y(9.0))
            box = self.sheet.box(at, y, text, style).grown(em(4))
            if not any(box.meets(other) for other in self.sheet.taken):
                self.sheet.put(at, y, text, style)

"""What stands around every chart: title, state, period, credit, as-of, address."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.fonts import is_rtl
from bot.charts.canvas.layout import Box
from bot.charts.canvas.theme import LIGHT, POST, Size, Theme
from bot.charts.canvas.typesetting import Style
from bot.charts.data import Curves
from bot.model.incident import EventKind, Facts, Incident, IncidentEvent
from bot.places import Register
from bot.text.times import TimeFormatter
from bot.text.translations import Translations

TEXT = 22.0
"""The smallest type of all but the foot: read where the picture is 600 pixels wide."""
FOOT = 17.0
OVER = (EventKind.RESTORED, EventKind.RETRACTED)
"""Steps after which nothing is wrong any more."""


@dataclass(frozen=True, slots=True)
class Captions:
    """The words around a chart; all come from templates.

    Attributes:
        badges: the state and what else it is, each with the theme's colour for it.
        badge: what backs the state.
        foot: credit and licence, what 100 percent is; stamp: as-of, id and address.
        mark: whose picture it is.
    """

    title: str
    subtitle: str
    badges: tuple[tuple[str, str], ...]
    badge: str
    foot: tuple[str, ...]
    stamp: str
    mark: str


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a chart is drawn from; `past` has earlier incidents of the place."""

    event: IncidentEvent
    curves: Curves
    captions: Captions
    words: Translations
    moments: TimeFormatter
    past: tuple[Incident, ...] = ()

    @property
    def narrow(self) -> bool:
        """Whether the principal line is not what is wrong."""
        return not self.curves.principal.wrong and any(
            line.wrong for line in self.curves.lines[1:]
        )


def moments_of(
    words: Translations, register: Register, event: IncidentEvent
) -> TimeFormatter:
    """The clocks a chart of `event` shows."""
    return TimeFormatter(words, register, event.facts.place)


def tone_of(event: IncidentEvent) -> str:
    """The theme's colour for the state."""
    if event.kind in {EventKind.SUSPECTED, EventKind.CORRECTED}:
        return "note"
    return "good" if event.kind in OVER else "alarm"


def natures(facts: Facts) -> Iterator[str]:
    """What keeps this from being news: an exercise, or the past made up from facts."""
    if facts.drill:
        yield "drill"
    if facts.reconstruction:
        yield "reconstruction"


def blank(captions: Captions, theme: Theme = LIGHT, size: Size = POST) -> Canvas:
    """An empty sheet that is read from the side where its title begins."""
    return Canvas(theme, size, rtl=is_rtl(captions.title))


def surround(sheet: Canvas, captions: Captions) -> Box:
    """Draw head and foot; what is left between them is returned, y upwards."""
    bottom = foot(sheet, captions)
    top = head(sheet, captions)
    margin = sheet.size.margin
    return Box(margin, sheet.height - bottom, sheet.width - margin, sheet.height - top)


def head(sheet: Canvas, captions: Captions) -> float:
    """Title, subtitle and state; returns where they end, y downwards.

    A long title is set smaller, then on two lines, never cut.
    """
    em, theme = sheet.em, sheet.theme
    bold = Style(em(46), theme.ink, "bold")
    lines, style = sheet.fitted(captions.title, bold, sheet.room, em(36), 1)
    y = _lines(sheet, sheet.balanced(lines, style), style, em(44))
    plain = Style(em(25), theme.soft)
    lines, style = sheet.fitted(captions.subtitle, plain, sheet.room, em(TEXT), 1)
    y = _lines(sheet, sheet.balanced(lines, style), style, y + em(10))
    if not (captions.badges or captions.badge):
        return y + em(20)
    return _state(sheet, captions, y + em(38))


def _lines(sheet: Canvas, lines: Sequence[str], style: Style, y: float) -> float:
    """Lines one below the other from y on; returns where they end.

    Scripts that stand higher or hang lower than Latin get the room they take.
    """
    for line in lines:
        _, above, below = sheet.ink(line, style)
        y += max(above, 0.8 * style.size)
        sheet.start(y, line, style)
        y += max(below, 0.3 * style.size) + 0.1 * style.size
    return y


def _state(sheet: Canvas, captions: Captions, y: float) -> float:
    """The state on its badge and what backs it; returns where they end."""
    em, taken = sheet.em, 0.0
    for text, tone in captions.badges:
        margin = sheet.size.margin
        x = sheet.width - margin - taken if sheet.rtl else margin + taken
        field = sheet.badge(x, y, text, getattr(sheet.theme, tone))
        taken += field.right - field.left + em(12)
    indent = taken + em(6)
    style = Style(em(23), sheet.theme.soft, up="center")
    room = sheet.room - indent
    lines, style = sheet.fitted(captions.badge, style, room, em(TEXT), 1)
    if len(lines) > 1 and sheet.size.tall:
        # Beside the badge there is no room for it all.
        room, y, indent = sheet.room, y + em(44), 0.0
        lines, style = sheet.fitted(captions.badge, style, room, em(TEXT), 2)
    if len(lines) > 1:
        lines = sheet.clauses(captions.badge, style, room)
    falls = sheet.falls(lines, style)
    for line, fall in zip(lines, falls, strict=True):
        sheet.start(y + fall, line, style, indent)
    hangs = sheet.ink(lines[-1], style)[2] if lines else 0.0
    # From the middle of the last line, as low as its letters hang.
    return y + max(falls, default=0.0) + max(em(24), hangs + 0.5 * style.size + em(6))


def foot(sheet: Canvas, captions: Captions) -> float:
    """Credit, licence, reference, as-of and address; returns where they begin.

    They are on the picture because they stay when it is copied (P13).
    """
    em, theme = sheet.em, sheet.theme
    style = Style(em(FOOT), theme.soft)
    heavy = Style(em(22), theme.ink, "extrabold")
    beside = sheet.room - sheet.wide(captions.mark, heavy) - em(30)
    lines = [
        line for text in captions.foot for line in sheet.wrap(text, style, sheet.room)
    ]
    # Only the last lines have the name beside them.
    lines += sheet.clauses(captions.stamp, style, beside)
    falls = sheet.falls(lines, style)
    y = sheet.height - em(34) - falls[-1]
    above = max(em(30), sheet.ink(lines[0], style)[1] + em(12))
    margin, top = sheet.size.margin, y - above
    sheet.rule(((margin, top), (sheet.width - margin, top)), theme.faint)
    for line, fall in zip(lines, falls, strict=True):
        sheet.start(y + fall, line, style)
    sheet.end(sheet.height - em(34), captions.mark, heavy)
    return top

"""The header and footer of all charts: title, state, credit, as-of time, address."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.fonts import is_rtl
from bot.charts.canvas.layout import Box
from bot.charts.canvas.theme import LIGHT, POST, Size, Theme
from bot.charts.canvas.typesetting import Style
from bot.charts.data import Curves
from bot.model.event import Facts, IncidentEvent
from bot.model.incident import EventKind, Incident
from bot.places import Register
from bot.text.places_affected import zone_of
from bot.text.times import TimeFormatter
from bot.text.translations import Translations

MIN_TEXT_SIZE = 22.0
"""The smallest text size outside the footer, for a picture of 1600 by 900 pixels.

Text of this size is readable if the picture is shown 600 pixels wide.

Only long names in heat strips may be smaller.
"""
FOOTER_TEXT_SIZE = 17.0
_STATE_COLOURS = {
    # The alarm colour would claim more than a suspicion or a correction states (P7).
    EventKind.SUSPECTED: "note",
    EventKind.CORRECTED: "note",
    EventKind.RESTORED: "good",
    # A retraction says that there was no outage, not that one is over (P11).
    EventKind.RETRACTED: "withdrawn",
}
"""The theme colours of the states that are no alarm."""


@dataclass(frozen=True, slots=True)
class Captions:
    """The texts in the header and footer of a chart.

    Attributes:
        badges: the state, then the disclaimers. Each is (text, name of a theme colour).
        basis: what the state is based on, such as the number of families and the onset.
        footer: credits and licences, and what 100 percent means.
        as_of: the as-of time, the incident's id and the address of its page.
        publisher: the name of the publisher.
    """

    title: str
    subtitle: str
    badges: tuple[tuple[str, str], ...]
    basis: str
    footer: tuple[str, ...]
    as_of: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Scene:
    """All input of a chart; `past` has earlier, ended incidents of the place."""

    event: IncidentEvent
    curves: Curves
    captions: Captions
    translations: Translations
    times: TimeFormatter
    past: tuple[Incident, ...] = ()

    @property
    def only_part_dropped(self) -> bool:
        """Whether a line dropped, but not the line of the principal series."""
        return not self.curves.principal.is_dropped and any(
            line.is_dropped for line in self.curves.lines[1:]
        )


def time_formatter_for(
    translations: Translations, register: Register, event: IncidentEvent
) -> TimeFormatter:
    """Return the formatter for the times on a chart of `event`."""
    return TimeFormatter(translations, register, zone_of(event.facts, register))


def state_colour_name(event: IncidentEvent) -> str:
    """Return the name of the theme colour for an incident's state after `event`."""
    return _STATE_COLOURS.get(event.kind, "alarm")


def disclaimers(facts: Facts) -> Iterator[str]:
    """Yield the message keys of the disclaimers for a drill or a reconstruction."""
    if facts.drill:
        yield "drill"
    if facts.reconstruction:
        yield "reconstruction"


def new_canvas(captions: Captions, theme: Theme = LIGHT, size: Size = POST) -> Canvas:
    """Create an empty canvas with the text direction of the title."""
    return Canvas(theme, size, rtl=is_rtl(captions.title))


def draw_frame(canvas: Canvas, captions: Captions) -> Box:
    """Draw header and footer, and return the box between them."""
    bottom = _draw_footer(canvas, captions)
    top = _draw_header(canvas, captions)
    margin = canvas.size.margin
    return Box(
        margin, canvas.height - bottom, canvas.width - margin, canvas.height - top
    )


def _draw_header(canvas: Canvas, captions: Captions) -> float:
    """Draw title, subtitle and state; return their lower edge, counted from the top.

    A title that is too long gets smaller text. If it still does not fit, it gets more
    lines; it is never cut.
    """
    em, theme = canvas.scaled, canvas.theme
    bold = Style(em(46), theme.ink, "bold")
    lines, style = canvas.fit_text(
        captions.title, bold, canvas.content_width, em(36), 1
    )
    y = _draw_lines(canvas, canvas.balance_lines(lines, style), style, em(44))
    plain = Style(em(25), theme.soft)
    lines, style = canvas.fit_text(
        captions.subtitle, plain, canvas.content_width, em(MIN_TEXT_SIZE), 1
    )
    y = _draw_lines(canvas, canvas.balance_lines(lines, style), style, y + em(10))
    if not (captions.badges or captions.basis):
        return y + em(20)
    return _draw_state(canvas, captions, y + em(38))


def _draw_lines(canvas: Canvas, lines: Sequence[str], style: Style, y: float) -> float:
    """Draw lines below `y`; return the lower edge of the last line.

    `y` and the result are counted from the top. Scripts that are taller or deeper than
    Latin get more line height.
    """
    for line in lines:
        _, above, below = canvas.text_extent(line, style)
        y += max(above, 0.8 * style.size)
        canvas.draw_text_at_start(y, line, style)
        y += max(below, 0.3 * style.size) + 0.1 * style.size
    return y


def _draw_state(canvas: Canvas, captions: Captions, y: float) -> float:
    """Draw the badges, and the text `basis` beside or below them; return the lower edge.

    `y` and the edge are counted from the top.
    """
    em, taken = canvas.scaled, 0.0
    for text, tone in captions.badges:
        margin = canvas.size.margin
        x = canvas.width - margin - taken if canvas.rtl else margin + taken
        field = canvas.badge(x, y, text, getattr(canvas.theme, tone))
        taken += field.right - field.left + em(12)
    indent = taken + em(6)
    style = Style(em(23), canvas.theme.soft, valign="center")
    room = canvas.content_width - indent
    lines, style = canvas.fit_text(captions.basis, style, room, em(MIN_TEXT_SIZE), 1)
    if len(lines) > 1 and canvas.size.is_tall:
        # The text does not fit beside the badges, so it is drawn below them.
        room, y, indent = canvas.content_width, y + em(44), 0.0
        lines, style = canvas.fit_text(
            captions.basis, style, room, em(MIN_TEXT_SIZE), 2
        )
    if len(lines) > 1:
        lines = canvas.wrap_clauses(captions.basis, style, room)
    falls = canvas.baseline_offsets(lines, style)
    for line, fall in zip(lines, falls, strict=True):
        canvas.draw_text_at_start(y + fall, line, style, indent)
    descent = canvas.text_extent(lines[-1], style)[2] if lines else 0.0
    # `y` plus the last offset is the middle of the last line. If the letters of this
    # line reach far below it, the space below the line is larger.
    return y + max(falls, default=0.0) + max(em(24), descent + 0.5 * style.size + em(6))


def _draw_footer(canvas: Canvas, captions: Captions) -> float:
    """Draw the footer: credits, as-of text and brand; return the footer's upper edge.

    Credits and licences are part of the picture, so copies of the picture keep them
    (P13). The edge is in pixels, counted from the top.
    """
    em, theme = canvas.scaled, canvas.theme
    style = Style(em(FOOTER_TEXT_SIZE), theme.soft)
    heavy = Style(em(22), theme.ink, "extrabold")
    width = canvas.content_width - canvas.text_width(captions.publisher, heavy) - em(30)
    lines = [
        line
        for text in captions.footer
        for line in canvas.wrap(text, style, canvas.content_width)
    ]
    # Only the lines of the as-of text are narrower, because the publisher's name is beside
    # them.
    lines += canvas.wrap_clauses(captions.as_of, style, width)
    falls = canvas.baseline_offsets(lines, style)
    y = canvas.height - em(34) - falls[-1]
    above = max(em(30), canvas.text_extent(lines[0], style)[1] + em(12))
    margin, top = canvas.size.margin, y - above
    canvas.polyline(((margin, top), (canvas.width - margin, top)), theme.faint)
    for line, fall in zip(lines, falls, strict=True):
        canvas.draw_text_at_start(y + fall, line, style)
    canvas.draw_text_at_end(canvas.height - em(34), captions.publisher, heavy)
    return top

"""What stands around every chart: title, state, period, credit, as-of, address."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.model.incident import EventKind, Facts, IncidentEvent
from bot.places import Register
from bot.rendering.charts.data import Curves
from bot.rendering.charts.fonts import is_rtl
from bot.rendering.charts.layout import Box
from bot.rendering.charts.sheet import Sheet, Style
from bot.rendering.charts.theme import LIGHT, POST, Size, Theme
from bot.rendering.moments import Moments
from bot.rendering.words import Words

TEXT = 22.0
"""The smallest type of all but the foot: read where the picture is 600 pixels wide."""
FOOT = 17.0


@dataclass(frozen=True, slots=True)
class Captions:
    """The words on a chart that come from templates.

    Attributes:
        reference: what 100 percent is, and the dates it was taken from.
    """

    title: str
    subtitle: str
    badge: str
    credits: str
    address: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a chart is drawn from."""

    event: IncidentEvent
    curves: Curves
    captions: Captions
    words: Words
    moments: Moments

    @property
    def over(self) -> bool:
        """Whether nothing is wrong any more."""
        return self.event.kind in {EventKind.RESTORED, EventKind.RETRACTED}

    @property
    def narrow(self) -> bool:
        """Whether the principal line is not what is wrong."""
        return not self.curves.principal.wrong and any(
            line.wrong for line in self.curves.lines[1:]
        )


def moments_of(words: Words, register: Register, event: IncidentEvent) -> Moments:
    """The clocks a chart of `event` shows."""
    return Moments(words, register, event.facts.place)


def blank(scene: Scene, theme: Theme = LIGHT, size: Size = POST) -> Sheet:
    """An empty sheet that is read from the side where its title begins."""
    return Sheet(theme, size, rtl=is_rtl(scene.captions.title))


def surround(sheet: Sheet, scene: Scene) -> Box:
    """Draw head and foot; what is left between them is returned, y upwards."""
    bottom = foot(sheet, scene)
    top = head(sheet, scene)
    margin = sheet.size.margin
    return Box(margin, sheet.height - bottom, sheet.width - margin, sheet.height - top)


def head(sheet: Sheet, scene: Scene) -> float:
    """Title, subtitle and state; returns where they end, y downwards.

    A long title is set smaller, then on two lines, never cut.
    """
    em, theme, captions = sheet.em, sheet.theme, scene.captions
    room = sheet.width - 2 * sheet.size.margin
    y = em(42)
    bold = Style(em(46), theme.ink, "bold")
    lines, style = sheet.fitted(captions.title, bold, room, em(36), 1)
    for line in lines:
        y += style.size * (0.95 if y == em(42) else 1.25)
        sheet.start(y, line, style)
    plain = Style(em(25), theme.soft)
    lines, style = sheet.fitted(captions.subtitle, plain, room, em(TEXT), 1)
    y += em(14)
    for line in lines:
        y += style.size * 1.3
        sheet.start(y, line, style)
    return _state(sheet, scene, y + em(46))


def natures(facts: Facts) -> Iterator[str]:
    """What keeps this from being news: an exercise, or the past made up from facts."""
    if facts.drill:
        yield "drill"
    if facts.reconstruction:
        yield "reconstruction"


def _state(sheet: Sheet, scene: Scene, y: float) -> float:
    """The state on its badge and what backs it; returns where they end."""
    em, theme, words = sheet.em, sheet.theme, scene.words
    kind, margin = scene.event.kind, sheet.size.margin
    colour = theme.good if scene.over else theme.alarm
    if kind in {EventKind.SUSPECTED, EventKind.CORRECTED}:
        colour = theme.note
    badges = [(words.say("kinds", kind).upper(), colour)]
    natural = natures(scene.event.facts)
    badges += [(words.say("chart", nature), theme.soft) for nature in natural]
    taken = 0.0
    for text, shade in badges:
        x = sheet.width - margin - taken if sheet.rtl else margin + taken
        field = sheet.badge(x, y, text, shade)
        taken += field.right - field.left + em(12)
    style = Style(em(23), theme.soft, up="center")
    room = sheet.width - 2 * margin - taken - em(6)
    lines, style = sheet.fitted(scene.captions.badge, style, room, em(TEXT), 1)
    if len(lines) > 1 and sheet.size.tall:
        # Beside the badge there is no room for it all.
        whole = sheet.width - 2 * margin
        lines, style = sheet.fitted(scene.captions.badge, style, whole, em(TEXT), 2)
        y, taken = y + em(46), -em(6)
    step = style.size * 1.3
    for number, line in enumerate(lines):
        sheet.start(y + number * step, line, style, taken + em(6))
    return y + (len(lines) - 1) * step + em(24)


def foot(sheet: Sheet, scene: Scene) -> float:
    """Credit, licence, reference, as-of and address; returns where they begin.

    They are on the picture because they stay when it is copied (P13).
    """
    em, theme, words = sheet.em, sheet.theme, scene.words
    style = Style(em(FOOT), theme.soft)
    heavy = replace(style, size=em(22), colour=theme.ink, weight="extrabold")
    mark = words.say("chart", "mark")
    whole = sheet.width - 2 * sheet.size.margin
    room = whole - sheet.wide(mark, heavy) - em(30)
    lines = [line for text in _told(scene) for line in sheet.wrap(text, style, whole)]
    # The name stands beside the last lines; the others may run beneath nothing.
    tail = sheet.wrap(_stamp(scene), style, room)
    lines += tail
    step = em(FOOT * 1.32)
    y = sheet.height - em(34) - step * (len(lines) - 1)
    top = y - em(30)
    sheet.rule(
        ((sheet.size.margin, top), (sheet.width - sheet.size.margin, top)), theme.faint
    )
    for number, line in enumerate(lines):
        sheet.start(y + number * step, line, style)
    sheet.end(sheet.height - em(34), mark, heavy)
    return top


def _told(scene: Scene) -> Iterator[str]:
    """The lines of the foot that may be as wide as the sheet."""
    words = scene.words
    data = words.say("chart", "data", credits=scene.captions.credits)
    if scene.event.facts.reconstruction:
        data = f"{words.say('chart', 'reconstructed')} {data}"
    yield data
    if scene.captions.reference:
        yield scene.captions.reference


def _stamp(scene: Scene) -> str:
    return scene.words.say(
        "chart",
        "foot",
        as_of=scene.moments.stamp(scene.event.facts.as_of),
        incident=scene.event.incident,
        address=scene.captions.address,
    )

"""What stands around a chart: title, state, period, credit, as-of, address."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.model.incident import EventKind, Facts, IncidentEvent
from bot.places import Register
from bot.rendering.chart_data import Curves
from bot.rendering.moments import Moments
from bot.rendering.sheet import Sheet, Style
from bot.rendering.words import Words

LEFT, RIGHT = 99.0, 1546.0


@dataclass(frozen=True, slots=True)
class Captions:
    """The words on a chart that come from templates."""

    title: str
    subtitle: str
    badge: str
    credits: str
    address: str


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


def head(sheet: Sheet, scene: Scene) -> None:
    """Title, subtitle and state; a long title is set smaller, never cut."""
    theme, captions = sheet.theme, scene.captions
    room = RIGHT - LEFT
    size = 42.0
    while (
        size > 22 and sheet.measure(captions.title, Style(size, "k", "bold"))[0] > room
    ):
        size -= 1
    sheet.put(LEFT, 84, captions.title, Style(size, theme.ink, "bold"))
    style = Style(21, theme.soft)
    while style.size > 14 and sheet.measure(captions.subtitle, style)[0] > room:
        style = Style(style.size - 0.5, theme.soft)
    sheet.put(LEFT, 130, captions.subtitle, style)
    _badges(sheet, scene)


def natures(facts: Facts) -> Iterator[str]:
    """What keeps this from being news: an exercise, or the past made up from facts."""
    if facts.drill:
        yield "drill"
    if facts.reconstruction:
        yield "reconstruction"


def _badges(sheet: Sheet, scene: Scene) -> None:
    theme, words = sheet.theme, scene.words
    kind = scene.event.kind
    colour = theme.good if scene.over else theme.alarm
    if kind in {EventKind.SUSPECTED, EventKind.CORRECTED}:
        colour = theme.note
    state = words.say("kinds", kind).upper()
    right = sheet.badge(LEFT, 170, state, colour).right
    for nature in natures(scene.event.facts):
        right = sheet.badge(
            right + 12, 170, words.say("chart", nature), theme.soft
        ).right
    style = Style(18, theme.soft, up="center_baseline")
    while style.size > 13 and (
        sheet.measure(scene.captions.badge, style)[0] > RIGHT - right - 16
    ):
        style = Style(style.size - 0.5, theme.soft, up="center_baseline")
    sheet.put(right + 16, 170, scene.captions.badge, style)


def foot(sheet: Sheet, scene: Scene) -> None:
    """Credit, licence, as-of and address: they stay when the picture is copied."""
    theme, words = sheet.theme, scene.words
    sheet.rule((LEFT, 818, RIGHT, 818), theme.rule)
    mark = sheet.put(
        RIGHT,
        848,
        words.say("chart", "mark"),
        Style(19, theme.ink, "extrabold", across="right"),
    )
    style = Style(14.5, theme.soft)
    data = words.say("chart", "data", credits=scene.captions.credits)
    if scene.event.facts.reconstruction:
        data = f"{words.say('chart', 'reconstructed')} {data}"
    room = mark.left - 30 - LEFT
    while style.size > 12.5 and len(sheet.wrap(data, style, room)) > 2:
        style = Style(style.size - 0.5, theme.soft)
    stamp = words.say(
        "chart",
        "foot",
        as_of=scene.moments.stamp(scene.event.facts.as_of),
        incident=scene.event.incident,
        address=scene.captions.address,
    )
    lines = [*sheet.wrap(data, style, room), stamp]
    for number, line in enumerate(lines):
        sheet.put(LEFT, 843 + 21 * number, line, style)

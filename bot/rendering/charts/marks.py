"""When it began and ended, on charts that have rows in place of a scale."""

from bot.model.interval import Interval
from bot.rendering.charts.field import Field
from bot.rendering.charts.frame import Scene


def mark_times(field: Field, scene: Scene) -> None:
    """Rules at the onset and at the end; the badge tells them in words."""
    facts, theme = scene.event.facts, field.sheet.theme
    _rule(field, facts.onset, theme.alarm)
    if facts.restored is not None:
        _rule(field, facts.restored, theme.good)


def _rule(field: Field, when: Interval, colour: str) -> None:
    sheet, box = field.sheet, field.box
    for at in dict.fromkeys((when.since, when.until)):
        x = float(field.x(at.timestamp()))
        if box.left <= x <= box.right:
            ends = ((x, sheet.height - box.top), (x, sheet.height - box.bottom))
            # A pale rim keeps it apart from shades of its own colour.
            sheet.rule(ends, sheet.theme.paper, 4.2, 3.0)
            sheet.rule(ends, colour, 2.0, 3.1)

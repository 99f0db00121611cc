"""Which kinds of chart suit an event: a pure function of its facts and evidence."""

from enum import StrEnum

from bot.charts.data import Curves
from bot.charts.kinds.map import mapped
from bot.model.entity import EntityKind
from bot.model.incident import Facts, State
from bot.model.verdict import Scope

_SEVERAL = 4
"""From so many parts on, lines in one field cannot be told apart."""
_MOSTLY = 0.5
_NARROW = (Scope.OPERATOR, Scope.MOBILE)
"""Of networks, not of places: a country's shade would tell nothing of them."""


class ChartKind(StrEnum):
    """The kinds of chart of one event."""

    LINES = "lines"
    OPERATORS = "operators"
    STRIP = "strip"
    MAP = "map"
    DURATIONS = "durations"


def choose(
    facts: Facts, curves: Curves, ended_before: int = 0
) -> tuple[ChartKind, ...]:
    """The kinds that help, the one for the post first; the others are for the page.

    Args:
        facts: of the event.
        curves: what there is to draw.
        ended_before: how many earlier incidents of the place have an end.
    """
    if facts.state is State.RETRACTED:
        # What is not reported any more is on no map, and has no duration.
        return (ChartKind.LINES,)
    regions = _count(curves, EntityKind.REGION)
    networks = _count(curves, EntityKind.ASN)
    shaded = len(mapped(facts))
    found = [ChartKind.LINES]
    if networks >= _SEVERAL and facts.scope in _NARROW:
        found.insert(0, ChartKind.OPERATORS)
    elif networks > 1:
        found.append(ChartKind.OPERATORS)
    if regions >= _SEVERAL:
        found.insert(0, ChartKind.STRIP)
    if shaded >= _SEVERAL and shaded >= _MOSTLY * len(facts.regions):
        # Where is told at a glance by a map, when by the strip beside it.
        found.insert(0, ChartKind.MAP)
    elif facts.place.kind is not EntityKind.ASN and facts.scope not in _NARROW:
        found.append(ChartKind.MAP)
    if ended_before:
        found.append(ChartKind.DURATIONS)
    return tuple(found)


def _count(curves: Curves, kind: EntityKind) -> int:
    return sum(line.trace.entity.kind is kind for line in curves.parts)

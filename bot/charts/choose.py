"""Choose the kinds of chart for an event, from its facts and evidence alone."""

from enum import StrEnum

from bot.charts.data import Curves
from bot.charts.kinds.map import mappable_regions
from bot.model.entity import EntityKind
from bot.model.event import Facts
from bot.model.incident import State
from bot.model.verdict import NARROW_SCOPES

_MANY_PARTS = 4
"""From this number of regions or networks on, readers cannot tell their lines apart."""
_MIN_MAPPED_SHARE = 0.5
"""A map comes first only if it shades at least this share of the affected regions."""


class ChartKind(StrEnum):
    """The kinds of chart of one event."""

    LINES = "lines"
    OPERATORS = "operators"
    STRIP = "strip"
    MAP = "map"
    DURATIONS = "durations"


def choose(facts: Facts, curves: Curves, past_count: int = 0) -> tuple[ChartKind, ...]:
    """Return the kinds of chart that suit an event, the most suitable first.

    A post shows the first kind; a page shows all kinds.

    Args:
        facts: the facts of the event.
        curves: the lines that can be drawn for the event.
        past_count: how many earlier incidents of the place have ended.
    """
    if facts.state is State.RETRACTED:
        # A retracted incident is not a disruption, so it has no map and no duration.
        return (ChartKind.LINES,)
    regions = _count(curves, EntityKind.REGION)
    networks = _count(curves, EntityKind.ASN)
    shaded = len(mappable_regions(facts))
    # `insert` puts a kind before all others. The kind that is inserted last is
    # therefore the chart of the post.
    kinds = [ChartKind.LINES]
    if networks >= _MANY_PARTS and facts.scope in NARROW_SCOPES:
        kinds.insert(0, ChartKind.OPERATORS)
    elif networks > 1:
        kinds.append(ChartKind.OPERATORS)
    if regions >= _MANY_PARTS:
        kinds.insert(0, ChartKind.STRIP)
    if shaded >= _MANY_PARTS and shaded >= _MIN_MAPPED_SHARE * len(facts.parts.regions):
        # The map shows where regions are down and the strip shows when, so both are kept.
        kinds.insert(0, ChartKind.MAP)
    elif facts.place.kind is not EntityKind.ASN and facts.scope not in NARROW_SCOPES:
        # Incidents of single networks are excluded, because a map that shades the whole
        # country would be wrong for them.
        kinds.append(ChartKind.MAP)
    if past_count:
        kinds.append(ChartKind.DURATIONS)
    return tuple(kinds)


def _count(curves: Curves, kind: EntityKind) -> int:
    return sum(line.trace.entity.kind is kind for line in curves.parts)

"""The regions and networks that fell, as tables of the page of an incident.

There is no map of them: the program has outlines of countries only.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.model.event import IncidentEvent
from bot.model.timeline import SeriesLevel
from bot.text.names import capitalise, series_name
from bot.text.signal_names import signal_name
from bot.text.times import TimeFormatter


@dataclass(frozen=True, slots=True)
class AffectedPartView:
    """One region or network, in words; None is unknown (P5).

    Attributes:
        signal: what shows that it fell.
        level, lowest: percentages of the normal level, at the latest step and at most.
        onset: when it fell.
    """

    name: str
    signal: str
    level: str | None
    lowest: str | None
    onset: str | None


@dataclass(frozen=True, slots=True)
class AffectedPartsView:
    """The parts of a place that fell, as the event names them: the deepest first."""

    regions: tuple[AffectedPartView, ...]
    networks: tuple[AffectedPartView, ...]


def affected_parts_view(
    event: IncidentEvent, times: TimeFormatter
) -> AffectedPartsView | None:
    """Return the parts that an event names as affected; None if it names none."""
    parts = event.facts.parts
    if not parts.affected_series:
        return None
    return AffectedPartsView(
        regions=tuple(_views(parts.regions, times)),
        networks=tuple(_views(parts.networks, times)),
    )


def _views(
    parts: Iterable[SeriesLevel], times: TimeFormatter
) -> Iterable[AffectedPartView]:
    translations = times.translations
    for series in parts:
        level, lowest = (
            None if share is None else translations.percent(share)
            for share in (series.level, series.lowest)
        )
        yield AffectedPartView(
            name=series_name(translations, times.register, series),
            signal=capitalise(signal_name(translations, series.signal, series.family)),
            level=level,
            lowest=lowest,
            onset=times.interval(series.onset) if series.onset else None,
        )

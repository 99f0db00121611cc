"""The regions and networks that fell, as tables of the page of an incident.

Where there are outlines of the regions, the chart with the map stands beside the tables.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.charts.choose import ChartKind
from bot.charts.kinds.map import mappable_regions
from bot.model.event import IncidentEvent
from bot.model.incident_report import IncidentReport
from bot.model.timeline import SeriesLevel
from bot.site.charts.views import ChartView
from bot.text.names import capitalise, series_name
from bot.text.signal_names import signal_name
from bot.text.times import TimeFormatter


@dataclass(frozen=True, slots=True)
class AffectedPartView:
    """One region or network, in words; None is unknown (P5).

    Attributes:
        signal: what shows that it fell.
        level, lowest: percentages of the normal level, at the latest step and at most.
    """

    name: str
    signal: str
    level: str | None
    lowest: str | None


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


def impact_map(report: IncidentReport, charts: Sequence[ChartView]) -> ChartView | None:
    """Return the chart that the page shows beside the tables: a map of affected regions.

    The result is None if the map is already the newest chart of the page, or shades no
    region: then it only shows where the place lies.
    """
    if not mappable_regions(report.events[-1].facts):
        return None
    return next((chart for chart in charts[1:] if chart.kind == ChartKind.MAP), None)


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
        )

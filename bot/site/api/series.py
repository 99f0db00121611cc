"""The series of an incident as its living chart draws them."""

import math
from collections.abc import Iterable, Mapping

from bot.charts.data import Curves, Line, bins_within, gather_curves
from bot.errors import RenderingError
from bot.incidents.timeline.silence import event_with_current_levels
from bot.model.event import Credit, IncidentEvent
from bot.model.incident import Evidence
from bot.model.incident_report import IncidentReport
from bot.model.interval import Interval, utc_from_epoch
from bot.site.api.contents import (
    api_credit,
    api_interval,
    api_time,
    credits_of,
    shown_entities,
)
from bot.site.api.folder import ApiFolder
from bot.site.api.list_records import ApiSeries, SeriesFile

_DIGITS = 10
"""The significant digits of a number, as in the CSV files, so that they agree (P4)."""


def series_file(report: IncidentReport, folder: ApiFolder) -> SeriesFile:
    """Return the series of the newest event; none if its data cannot be drawn."""
    event = event_with_current_levels(report)
    curves = _curves(event, report, folder)
    return SeriesFile(
        schema_=folder.schema_url("series"),
        licence=folder.words("licence"),
        incident=report.incident.id,
        event=event.seq,
        reconstruction=event.facts.reconstruction,
        drill=event.facts.drill,
        window=api_interval(curves.window) if curves else None,
        series=_series(curves, report) if curves else (),
    )


def _curves(
    event: IncidentEvent, report: IncidentReport, folder: ApiFolder
) -> Curves | None:
    illustrator = folder.settings.illustrator
    evidence = report.evidence.get(event.key, Evidence(traces=()))
    translations, register = illustrator.translations, illustrator.register
    try:
        return gather_curves(evidence, event.facts, translations, register)
    except RenderingError:
        # The page has no living chart either.
        return None


def _series(curves: Curves, report: IncidentReport) -> tuple[ApiSeries, ...]:
    shown = shown_entities(report)
    by_signal = {credit.signal: credit for credit in credits_of(report)}
    lines = (*curves.lines, *curves.parts)
    # A part may be one of the principal lines, too.
    by_key = {line.trace.key: line for line in reversed(lines)}
    # A series without a credit is left out: nobody could name its source (P13).
    return tuple(
        _one_series(line, by_signal, curves.window)
        for key, line in reversed(by_key.items())
        if key[0] in shown and line.trace.signal in by_signal
    )


def _one_series(
    line: Line, credits_by_signal: Mapping[str, Credit], window: Interval
) -> ApiSeries:
    trace, part = line.trace, bins_within(line.trace, window)
    return ApiSeries(
        entity=str(trace.entity),
        signal=trace.signal,
        family=trace.family,
        name=line.name,
        unit=trace.unit,
        step_s=trace.step_s,
        credit=api_credit(credits_by_signal[trace.signal]),
        times=tuple(api_time(utc_from_epoch(end)) for end in line.ends.tolist()),
        readings=_numbers(trace.values[part]),
        expected=_numbers(trace.expected[part]),
        levels=_numbers(percent / 100.0 for percent in line.percent.tolist()),
    )


def _numbers(values: Iterable[float | None]) -> tuple[float | None, ...]:
    """Return rounded numbers; None for what is missing or not finite (P5)."""
    return tuple(
        None if v is None or not math.isfinite(v) else float(f"{v:.{_DIGITS}g}")
        for v in values
    )

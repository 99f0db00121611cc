"""The levels of a place as plain values, for its page."""

from typing import Any

import numpy as np

from bot.model.delivery import web_address
from bot.model.incident_report import PlaceReadings, PlaceSeries
from bot.model.signal import Values
from bot.site.incident_json import TIME_FORMAT
from bot.text.credits import source_name
from bot.text.names import capitalise
from bot.text.signal_names import signal_name
from bot.text.translations import Translations

CHART_HEIGHT = 120
"""The height of a chart in its own units; an hour is one unit wide."""
_DIGITS = 4
_Y = tuple(str(y) for y in range(CHART_HEIGHT + 1))

LevelData = dict[str, Any]


def level_data(levels: PlaceReadings, translations: Translations) -> LevelData:
    """Return the values for the template.

    Times are ISO 8601 in UTC; None is "not known" or "not shown" (P5, P12).
    """
    series = sorted(levels.series, key=lambda s: s.signal.id)
    hours = max((len(s.hours) for s in series), default=0)
    return {
        "entity": str(levels.place),
        "parent": str(levels.parent) if levels.parent else None,
        "at": levels.at.strftime(TIME_FORMAT),
        "since": levels.since.strftime(TIME_FORMAT),
        "hours": hours,
        "first_day": f"{levels.since:%Y-%m-%d}",
        "last_day": f"{levels.at:%Y-%m-%d}",
        "signals": [_signal_data(s, translations) for s in series],
    }


def _signal_data(series: PlaceSeries, translations: Translations) -> LevelData:
    signal, level = series.signal, series.level
    values = series.hours[~np.isnan(series.hours)]
    highest = float(values.max()) if len(values) else None
    top = highest or 1.0
    return {
        "id": signal.id,
        "name": capitalise(signal_name(translations, signal.id, signal.family)),
        "source": source_name(translations, signal.id),
        "credit": signal.credit,
        "licence": signal.licence,
        "link": web_address(signal.link) or None,
        "unit": signal.unit,
        "level": None if level is None else translations.percent(level),
        "read_at": series.read_at.strftime(TIME_FORMAT) if series.read_at else None,
        "highest": _rounded(highest),
        "lowest": _rounded(float(values.min()) if len(values) else None),
        "hours_read": len(values),
        "chart": step_path(series.hours, top),
    }


def step_path(hours: Values, top: float) -> str:
    """Return an SVG path that has one step for each hour, and a gap for a missing hour.

    Args:
        hours: shape (hours,): one value for each hour; NaN is missing (P5).
        top: the value at the upper edge of the chart; 0 is at the lower edge.
    """
    is_known = ~np.isnan(hours)
    scaled = np.where(is_known, hours / top, 0.0)
    rows = np.rint(CHART_HEIGHT * (1 - np.clip(scaled, 0, 1))).astype(int).tolist()
    edges = np.flatnonzero(np.diff(np.concatenate(([False], is_known, [False]))))
    runs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return "".join(
        f"M{first} {'h1V'.join(map(_Y.__getitem__, rows[first:end]))}h1"
        for first, end in runs
    )


def _rounded(value: float | None) -> float | int | None:
    """Round to `_DIGITS` significant digits; large values have no decimals."""
    if value is None:
        return None
    rounded = float(f"{value:.{_DIGITS}g}")
    return int(rounded) if abs(rounded) >= 10 ** (_DIGITS - 1) else rounded

"""The levels of a place as plain values, for its page."""

from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
from babel.numbers import format_decimal

from bot.model.delivery import web_address
from bot.model.incident_report import PlaceReadings, PlaceSeries
from bot.model.signal import Values
from bot.site.incident_json import TIME_FORMAT
from bot.site.source_views import format_utc
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
        "signals": [_signal_data(s, translations) for s in series],
        **_times(levels, translations),
    }


def _times(levels: PlaceReadings, translations: Translations) -> LevelData:
    return {
        "at_words": time_words(levels.at, translations),
        "first_words": day_words(levels.since, translations),
        "last_words": day_words(levels.at, translations),
    }


# In a tick, many places have readings of the same time.
@lru_cache(maxsize=512)
def time_words(time_utc: datetime, translations: Translations) -> str:
    """Return a time for readers: "11:00 UTC on 5 January 2022"."""
    return format_utc(time_utc, translations)


@lru_cache(maxsize=512)
def day_words(time_utc: datetime, translations: Translations) -> str:
    """Return the day of a time for readers: "5 January 2022"."""
    return translations.date(time_utc, "dated")


@lru_cache(maxsize=512)
def _short_time(time_utc: datetime, translations: Translations) -> str:
    """Return month, day and hour of a time in digits, for a table."""
    return translations.catalogue.digits(f"{time_utc:%m-%d %H:%M}")


@lru_cache(maxsize=512)
def _number_words(number: float, translations: Translations) -> str:
    """Return a number with the digits and the decimal mark of the language."""
    shown = format_decimal(
        number,
        format="0.########",
        locale=translations.info.locale,
    )
    return translations.catalogue.digits(shown)


def _signal_data(series: PlaceSeries, translations: Translations) -> LevelData:
    signal, level = series.signal, series.level
    values = series.hours[~np.isnan(series.hours)]
    highest = float(values.max()) if len(values) else None
    lowest = float(values.min()) if len(values) else None
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
        **_read_at(series.read_at, translations),
        "highest": _rounded(highest),
        "highest_words": _in_words(highest, translations),
        "lowest_words": _in_words(lowest, translations),
        "hours_read": len(values),
        "chart": step_path(series.hours, top),
    }


def _read_at(time: datetime | None, translations: Translations) -> LevelData:
    if time is None:
        return {"read_at": None}
    return {
        "read_at": time.strftime(TIME_FORMAT),
        "read_words": time_words(time, translations),
        "read_short": _short_time(time, translations),
    }


def _in_words(value: float | None, translations: Translations) -> str | None:
    rounded = _rounded(value)
    return None if rounded is None else _number_words(rounded, translations)


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

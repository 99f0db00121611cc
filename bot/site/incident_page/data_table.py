"""The data of a page's chart as a table (P4)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.charts.data import Curves, Line, gather_curves
from bot.charts.illustrator import Illustrator
from bot.errors import RenderingError
from bot.incidents.timeline.silence import event_with_current_levels
from bot.model.incident import Evidence
from bot.model.incident_report import IncidentReport
from bot.model.interval import utc_from_epoch
from bot.text.translations import Translations

_MOST_ROWS = 48
_HOUR_S = 3600
_INTERVALS_H = (1, 2, 3, 6, 12, 24, 48, 168)


@dataclass(frozen=True, slots=True)
class DataRow:
    """One row: the end of an interval in UTC, and a level for each column.

    A level is None if the interval has no reading with a level (P5).
    """

    until: datetime
    levels: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class DataTable:
    """The levels in the chart, with one column for each of its lines.

    Attributes:
        columns: the name of each line.
        interval: the length of the intervals.
        rows: one row for each interval of the chart, oldest first.
        csv: the name of the file with all readings; None if there is none.
    """

    columns: tuple[str, ...]
    interval: timedelta
    rows: tuple[DataRow, ...]
    csv: str | None

    @property
    def hours(self) -> int:
        """The length of the intervals in hours."""
        return int(self.interval.total_seconds()) // _HOUR_S


def data_table(report: IncidentReport, illustrator: Illustrator) -> DataTable | None:
    """Return the levels in the newest event's chart; None if there is nothing to draw.

    Each row has the last reading of each line in an interval, so that a table of weeks
    has no more than `_MOST_ROWS` rows or a few more.
    """
    last = event_with_current_levels(report)
    evidence = report.evidence.get(last.key, Evidence(traces=()))
    translations = illustrator.translations
    try:
        curves = gather_curves(evidence, last.facts, translations, illustrator.register)
    except RenderingError:
        return None
    interval_s = _choose_interval_s(curves)
    return DataTable(
        columns=tuple(line.name for line in curves.lines),
        interval=timedelta(seconds=interval_s),
        rows=tuple(_rows(curves, interval_s, translations)),
        csv=f"{last.seq}.csv",
    )


def _choose_interval_s(curves: Curves) -> int:
    """Return the length of the intervals in seconds: whole hours, and a bin or more."""
    span_s = curves.window.width.total_seconds()
    step_s = max(line.trace.step_s for line in curves.lines)
    least_s = max(step_s, span_s / _MOST_ROWS)
    return next(
        (h * _HOUR_S for h in _INTERVALS_H if h * _HOUR_S >= least_s),
        math.ceil(least_s / _HOUR_S) * _HOUR_S,
    )


def _rows(
    curves: Curves, interval_s: int, translations: Translations
) -> Sequence[DataRow]:
    # The last interval may not be over. Its row then ends with the chart, and like every
    # other row it has the last readings of as long a time.
    newest = curves.window.until
    columns = [
        _last_levels(line, interval_s, newest.timestamp()) for line in curves.lines
    ]
    # An interval without readings has a row as well: its silence can be seen (P5).
    first = int(curves.window.since.timestamp()) // interval_s + 1
    is_over = range(first, int(newest.timestamp()) // interval_s + 1)
    numbers = sorted(set(is_over).union(*columns))
    return [
        DataRow(
            until=min(utc_from_epoch(number * interval_s), newest),
            levels=tuple(
                translations.percent(column[number]) if number in column else None
                for column in columns
            ),
        )
        for number in numbers
    ]


def _last_levels(line: Line, interval_s: int, newest_s: float) -> dict[int, float]:
    """Return the last level (1.0 is normal) of each interval that has one.

    The key is the number of the interval's end since 1970. The last interval is the one
    that ends at `newest_s`, the end of the chart.
    """
    pairs = zip(line.ends.tolist(), line.percent.tolist(), strict=True)
    readings = [(end, percent) for end, percent in pairs if math.isfinite(percent)]
    levels = {math.ceil(end / interval_s): percent / 100.0 for end, percent in readings}
    recent = [percent for end, percent in readings if end > newest_s - interval_s]
    if recent:
        levels[math.ceil(newest_s / interval_s)] = recent[-1] / 100.0
    return levels

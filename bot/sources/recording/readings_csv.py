"""Readings as CSV: `time,entity,signal,value`, one reading on each line.

`time` is the start of the bin in ISO 8601 with a UTC offset. An empty `value` means
that the bin is known to be missing. Files with any error are refused.
"""

import csv
import io
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

import numpy as np

from bot.errors import RecordingError
from bot.model.entity import Entity, parse_entity
from bot.model.signal import Signal, Values
from bot.places import load_register

HEADER = ("time", "entity", "signal", "value")
# This limit is far above every signal's maximum, and within the range of float32, the
# stored type.
_MAX_VALUE = 1e30
# `estimate_phase` tries at most this many phases. A phase is the offset of the bins
# from a multiple of the step.
_MAX_PHASES = 8


class CsvRow(NamedTuple):
    """One line of a CSV file.

    Attributes:
        line: the number of the line in its file.
        time_s: the time, in seconds since 1970.
        value: the reading; NaN if the field is empty.
        text: the fields of the line as they were written.
    """

    line: int
    time_s: float
    entity: Entity
    signal: str
    value: float
    text: tuple[str, ...]


Series = tuple[str, Entity]
"""What identifies a series: the id of its signal, and its entity."""


def read_rows(text: str, file_name: str) -> list[CsvRow]:
    """Return the lines of `text` in their order.

    Args:
        text: the content of a CSV file.
        file_name: the name of the file, for error messages.

    Raises:
        RecordingError: the header is wrong, a line cannot be read, or two lines have the
            same time, entity and signal; the message names the line.
    """
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    entities: dict[str, Entity] = {}
    rows: list[CsvRow] = []
    try:
        if tuple(next(lines, ())) != HEADER:
            raise RecordingError(
                f"{file_name}:1: the header must be {','.join(HEADER)}"
            )
        rows.extend(_row(lines.line_num, f, entities) for f in lines if f)
    except (ValueError, OverflowError, csv.Error) as error:
        raise RecordingError(f"{file_name}:{lines.line_num}: {error}") from error
    _check_repeated(rows, file_name)
    return rows


def write_rows(rows: Iterable[CsvRow]) -> str:
    """Return the header and `rows` as CSV, with the original text of the fields."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(row.text for row in rows)
    return out.getvalue()


def readings_by_series(
    rows: Iterable[CsvRow], signals: Mapping[str, Signal]
) -> dict[Series, dict[int, float]]:
    """Return the readings of each series by bin number, without empty values.

    A reading is in the bin that contains its time. If a bin has two readings, the one
    with the later time counts.
    """
    by_series: dict[Series, dict[int, float]] = {}
    newest: dict[tuple[str, Entity, int], float] = {}
    for row in rows:
        series = by_series.setdefault((row.signal, row.entity), {})
        if math.isnan(row.value):
            continue
        index = bin_of(signals[row.signal], row.time_s)
        key = (row.signal, row.entity, index)
        if row.time_s >= newest.get(key, -math.inf):
            newest[key] = row.time_s
            series[index] = row.value
    return by_series


def bin_of(signal: Signal, time_s: float) -> int:
    """Return the number of the bin that contains the time `time_s` (seconds since 1970)."""
    return int((time_s - signal.phase.total_seconds()) // signal.step_s)


def make_values(readings: Mapping[int, float], first: int, bin_count: int) -> Values:
    """Return `bin_count` values from bin `first` on; NaN where there is no reading (P5)."""
    values = np.full(bin_count, np.nan, dtype=np.float32)
    inside = [i for i in readings if first <= i < first + bin_count]
    values[[i - first for i in inside]] = [readings[i] for i in inside]
    return values


def estimate_phase(rows: Iterable[CsvRow], step_s: int) -> float:
    """Return the phase of the bins, in seconds.

    The phase is the time from a multiple of `step_s` since 1970 to the start of a bin.
    The candidates are the most common remainders of the times divided by `step_s`. The
    best candidate spreads the times over the most bins. (With another phase, a late
    reading could fall into the bin of the next reading, and one of them would be lost.)
    Of equally good candidates, the most common is taken, and of equally common ones the
    smallest. Lines without a value are used only if no line has a value.
    """
    all_rows = list(rows)
    rows_used = [row for row in all_rows if not math.isnan(row.value)] or all_rows
    remainders = Counter(row.time_s % step_s for row in rows_used)
    times = {row.time_s for row in rows_used}

    def rank(phase: float) -> tuple[int, int, float]:
        bins = {(at - phase) // step_s for at in times}
        return -len(bins), -remainders[phase], phase

    commonest = [phase for phase, _ in remainders.most_common(_MAX_PHASES)]
    return min(commonest, key=rank, default=0.0)


def _row(line: int, fields: list[str], entities: dict[str, Entity]) -> CsvRow:
    if len(fields) != len(HEADER):
        raise ValueError(f"{len(HEADER)} fields expected, {len(fields)} found")
    time, entity, signal, value = fields
    if entity not in entities:
        entities[entity] = _existing(parse_entity(entity))
    return CsvRow(
        line=line,
        time_s=_seconds(time),
        entity=entities[entity],
        signal=signal,
        value=_number(value),
        text=tuple(fields),
    )


def _existing(entity: Entity) -> Entity:
    """Return `entity`; raise an error if its country does not exist.

    Raises:
        ValueError: the code of the entity names a country that does not exist.
    """
    if entity.country is not None and entity.country not in load_register().countries:
        raise ValueError(
            f"no country has the code {entity.country!r}; use its ISO 3166-1 code"
        )
    return entity


def _seconds(text: str) -> float:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"not a time: {text!r} (write ISO 8601, such as 2026-01-08T16:00:00Z)"
        ) from None
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone: {text!r} (end it with Z for UTC)")
    return at.timestamp()


def _number(text: str) -> float:
    if not text:
        return math.nan
    try:
        # float() also accepts "1_000", which is more likely a corrupt line.
        value = float(text) if "_" not in text else math.nan
    except ValueError:
        value = math.nan
    if not 0.0 <= value <= _MAX_VALUE:
        raise ValueError(
            f"not a reading: {text!r} (write a number that is 0 or greater, or leave the"
            " field empty)"
        )
    return value


def _check_repeated(rows: list[CsvRow], file_name: str) -> None:
    seen: dict[tuple[float, str, Entity], int] = {}
    for row in rows:
        before = seen.setdefault((row.time_s, row.signal, row.entity), row.line)
        if before != row.line:
            raise RecordingError(
                f"{file_name}:{row.line}: {row.signal} of {row.entity} already has a line"
                f" for this time: line {before}; remove one of these lines"
            )

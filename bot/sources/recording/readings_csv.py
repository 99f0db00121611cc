"""Readings as CSV: `time,entity,signal,value`, one reading a line, read strictly.

`time` is when the bin begins, ISO 8601 with a zone; an empty `value` is a bin that
is known to be missing.
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

HEADER = ("time", "entity", "signal", "value")
_ABSURD = 1e30
_GRIDS_TRIED = 8


class CsvRow(NamedTuple):
    """One line.

    `at` is in seconds since 1970; `value` is NaN where the line has none; `text`
    is the line as it was written.
    """

    line: int
    at: float
    entity: Entity
    signal: str
    value: float
    text: tuple[str, ...]


Series = tuple[str, Entity]
"""A signal's id and an entity."""


def read_rows(text: str, where: str) -> list[CsvRow]:
    """Read every line of `text`; `where` names the file in messages.

    Raises:
        RecordingError: naming `where` and the line, for anything that is not a
            reading, and for a reading that is told twice.
    """
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    entities: dict[str, Entity] = {}
    rows: list[CsvRow] = []
    try:
        if tuple(next(lines, ())) != HEADER:
            raise RecordingError(f"{where}:1: the header must be {','.join(HEADER)}")
        rows.extend(_row(lines.line_num, f, entities) for f in lines if f)
    except (ValueError, OverflowError, csv.Error) as error:
        raise RecordingError(f"{where}:{lines.line_num}: {error}") from error
    _refuse_twice(rows, where)
    return rows


def write_rows(rows: Iterable[CsvRow]) -> str:
    """The header and `rows` as they were written, one line each."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(row.text for row in rows)
    return out.getvalue()


def cells(
    rows: Iterable[CsvRow], signals: Mapping[str, Signal]
) -> dict[Series, dict[int, float]]:
    """The readings of each series by bin; empty values are left out.

    A time off the grid belongs to the bin it lies in, and of two readings in one
    bin the later wins, whatever the order of the lines.
    """
    found: dict[Series, dict[int, float]] = {}
    newest: dict[tuple[str, Entity, int], float] = {}
    for row in rows:
        series = found.setdefault((row.signal, row.entity), {})
        if math.isnan(row.value):
            continue
        index = bin_of(signals[row.signal], row.at)
        key = (row.signal, row.entity, index)
        if row.at >= newest.get(key, -math.inf):
            newest[key] = row.at
            series[index] = row.value
    return found


def bin_of(signal: Signal, at: float) -> int:
    """The number of the bin that `at` (seconds since 1970) lies in."""
    return int((at - signal.phase.total_seconds()) // signal.step_s)


def fill(readings: Mapping[int, float], first: int, bins: int) -> Values:
    """`bins` values from bin `first` on; NaN where there is no reading (P5)."""
    values = np.full(bins, np.nan, dtype=np.float32)
    inside = [i for i in readings if first <= i < first + bins]
    values[[i - first for i in inside]] = [readings[i] for i in inside]
    return values


def phase_of(rows: Iterable[CsvRow], step_s: int) -> float:
    """How far after a multiple of `step_s` these bins begin, in seconds.

    Of the commonest remainders of the times, the one whose grid keeps the most
    readings apart: a collector that is late once a day must not lose that reading
    to its neighbour's bin. Then the most common, then the smallest. Lines without
    a value count only where no line has one.
    """
    everything = list(rows)
    told = [row for row in everything if not math.isnan(row.value)] or everything
    remainders = Counter(row.at % step_s for row in told)
    times = {row.at for row in told}

    def rank(phase: float) -> tuple[int, int, float]:
        bins = {(at - phase) // step_s for at in times}
        return -len(bins), -remainders[phase], phase

    commonest = [phase for phase, _ in remainders.most_common(_GRIDS_TRIED)]
    return min(commonest, key=rank, default=0.0)


def _row(line: int, fields: list[str], entities: dict[str, Entity]) -> CsvRow:
    if len(fields) != len(HEADER):
        raise ValueError(f"{len(HEADER)} fields expected, {len(fields)} found")
    time, entity, signal, value = fields
    if entity not in entities:
        entities[entity] = parse_entity(entity)
    return CsvRow(
        line=line,
        at=_seconds(time),
        entity=entities[entity],
        signal=signal,
        value=_number(value),
        text=tuple(fields),
    )


def _seconds(text: str) -> float:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"not a time: {text!r}") from None
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone: {text!r} (end it with Z)")
    return at.timestamp()


def _number(text: str) -> float:
    if not text:
        return math.nan
    try:
        # float also takes "1_000", which no exporter writes on purpose.
        value = float(text) if "_" not in text else math.nan
    except ValueError:
        value = math.nan
    if not 0.0 <= value <= _ABSURD:
        raise ValueError(f"not a reading: {text!r} (a number from 0 on, or nothing)")
    return value


def _refuse_twice(rows: list[CsvRow], where: str) -> None:
    seen: dict[tuple[float, str, Entity], int] = {}
    for row in rows:
        before = seen.setdefault((row.at, row.signal, row.entity), row.line)
        if before != row.line:
            raise RecordingError(
                f"{where}:{row.line}: {row.signal} of {row.entity} was told for"
                f" this time in line {before} already"
            )

"""Reads and writes rows of packed bins, many rows in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Column, Connection, Table, bindparam, insert, select, update

from bot.errors import StoreError
from bot.model.entity import Entity
from bot.model.signal import Chunk, Signal, Values
from bot.store.readings.packing import (
    PackedRow,
    Times,
    empty_row,
    holds,
    pack_values,
    row_size,
    rows_of,
    stored_row,
    times_seen,
    unpack_times,
    unpack_values,
)
from bot.store.schema import first_seen, readings, revisions, series, signals

# The most series in one statement: older SQLite versions accept at most 999 parameters.
_SERIES = 500
# The most rows held in memory at a time while reading.
_ROWS = 1_000

RowKey = tuple[int, int]
"""The key of a row: the id of the series, and the row number (column `day`)."""

Piece = tuple[int, int, Values]
"""Values for one row: (row number, place of the first value in the row, values)."""


def fill_values(
    connection: Connection,
    panel_values: Values,
    signal: Signal,
    entities: Sequence[Entity],
    bins: range,
) -> None:
    """Copy stored values into `panel_values`, shape (entities, bins)."""
    selection = (signal, entities, bins)
    for row, start, packed in _stored(connection, readings, selection):
        _copy_overlap(panel_values[row], unpack_values(packed), start)


def fill_times(
    connection: Connection,
    panel_times: Times,
    signal: Signal,
    entities: Sequence[Entity],
    bins: range,
) -> None:
    """Copy first-seen times into `panel_times`, shape (entities, bins)."""
    selection = (signal, entities, bins)
    for row, start, packed in _stored(connection, first_seen, selection):
        _copy_overlap(panel_times[row], unpack_times(packed), start)


def write(
    connection: Connection, signal: Signal, chunks: Iterable[Chunk], at: datetime
) -> None:
    """Merge chunks of one signal, seen at `at`, into the stored rows.

    Raises:
        StoreError: the signal changed its step or phase, or `at` cannot be stored (see
            `times_seen`).
    """
    _save_grid(connection, signal)
    size = row_size(signal)
    pieces: defaultdict[str, list[Piece]] = defaultdict(list)
    for chunk in chunks:
        # Values are rounded to float32, as they are stored. If not, a float64 value
        # would differ from its stored value and count as revised each time.
        values = np.asarray(chunk.values, dtype=np.float32)
        pieces[str(chunk.entity)] += rows_of(chunk.first, values, size)
    ids = _ensure_series(connection, signal.id, pieces)
    names = sorted(pieces, key=ids.__getitem__)
    for start in range(0, len(names), _SERIES):
        batch = {ids[name]: pieces[name] for name in names[start : start + _SERIES]}
        _save(connection, _merged(connection, batch, size), size, at)


def _stored(
    connection: Connection,
    table: Table,
    selection: tuple[Signal, Sequence[Entity], range],
) -> Iterator[tuple[int, int, bytes]]:
    """Yield each stored row as (panel row, panel column of its first bin, packed bins).

    The panel has one row per entity and one column per bin of `selection`. Stored rows
    may extend beyond the panel at both ends, so a column may be negative.
    """
    signal, entities, bins = selection
    if not bins:
        return
    _check_grid(connection, signal)
    size = row_size(signal)
    ids = _series_ids(connection, signal.id)
    names = ((row, str(entity)) for row, entity in enumerate(entities))
    panel_rows = {ids[name]: row for row, name in names if name in ids}
    days = range(bins[0] // size, bins[-1] // size + 1)
    for (number, day), packed in _select(connection, table, sorted(panel_rows), days):
        yield panel_rows[number], day * size - bins.start, packed


def _copy_overlap(target: npt.NDArray[Any], bins: npt.NDArray[Any], start: int) -> None:
    """Copy `bins` into `target` from column `start` on, except bins outside `target`."""
    first, stop = max(0, start), min(len(target), start + len(bins))
    target[first:stop] = bins[first - start : stop - start]


def _packed(table: Table) -> Column[bytes]:
    """Return the last column of a table, which holds the packed bins."""
    return table.columns.values()[-1]


def _select(
    connection: Connection, table: Table, numbers: Sequence[int], days: range
) -> Iterator[tuple[RowKey, bytes]]:
    """Yield (key, packed bins) of each stored row of some series and days.

    `numbers` are the ids of the series. `days` are values of the column `day`, which
    numbers the rows of a series. At most `_ROWS` rows are in memory at a time.
    """
    packed = _packed(table)
    query = select(table.c.series, table.c.day, packed).where(
        table.c.series.in_(bindparam("numbers", expanding=True)),
        table.c.day.between(days[0], days[-1]),
    )
    for start in range(0, len(numbers), _SERIES):
        result = connection.execute(
            query,
            {"numbers": numbers[start : start + _SERIES]},
            execution_options={"yield_per": _ROWS},
        )
        for number, day, data in result:
            yield (number, day), data


def _merged(
    connection: Connection, pieces: dict[int, list[Piece]], size: int
) -> dict[RowKey, PackedRow]:
    """Merge `pieces` (by series id) into rows; return the rows that changed, by key."""
    days = {day for series_pieces in pieces.values() for day, _, _ in series_pieces}
    if not days:
        return {}
    span = range(min(days), max(days) + 1)
    stored = dict(_select(connection, readings, list(pieces), span))
    rows: dict[RowKey, PackedRow] = {}
    for number, series_pieces in pieces.items():
        for day, place, values in series_pieces:
            key, packed = (number, day), stored.get((number, day))
            if key not in rows:
                if packed is not None and holds(packed, place, values):
                    continue
                rows[key] = empty_row(size) if packed is None else stored_row(packed)
            rows[key].merge(place, values)
    return {key: row for key, row in rows.items() if row.is_new.any() or row.revised}


def _save(
    connection: Connection, rows: dict[RowKey, PackedRow], size: int, at: datetime
) -> None:
    """Write changed rows, the times at which bins were first seen, and revisions."""
    # Each row of first-seen times refers to a row of readings, so the readings come
    # first.
    _update_or_insert(
        connection,
        readings,
        {key: pack_values(row.values) for key, row in rows.items()},
        {key for key, row in rows.items() if row.is_stored},
    )
    _save_times(connection, rows, at)
    changes = [
        {"series": number, "bin": day * size + place, "old": old, "new": new, "at": at}
        for (number, day), row in rows.items()
        for place, old, new in row.revised
    ]
    if changes:
        connection.execute(insert(revisions), changes)


def _save_times(
    connection: Connection, rows: dict[RowKey, PackedRow], at: datetime
) -> None:
    """Write `at` as the first-seen time of the bins that were missing before."""
    fresh = {key: row for key, row in rows.items() if row.is_new.any()}
    stored = {key for key, row in fresh.items() if row.is_stored}
    stored_times: dict[RowKey, bytes] = {}
    if stored:
        days = {day for _, day in stored}
        numbers = sorted({number for number, _ in stored})
        span = range(min(days), max(days) + 1)
        stored_times = dict(_select(connection, first_seen, numbers, span))
    # Most series of a signal arrive together, so most rows of times are equal. Equal
    # rows are packed only once.
    seen = cache(partial(_times_seen, at))
    packed = {
        key: seen(stored_times.get(key), row.is_new.tobytes())
        for key, row in fresh.items()
    }
    _update_or_insert(connection, first_seen, packed, stored)


def _times_seen(at: datetime, packed: bytes | None, fresh: bytes) -> bytes:
    """Call `times_seen` with a mask given as bytes: an array cannot be a cache key."""
    return times_seen(packed, np.frombuffer(fresh, dtype=np.bool_), at)


def _update_or_insert(
    connection: Connection,
    table: Table,
    packed: dict[RowKey, bytes],
    stored: set[RowKey],
) -> None:
    """Update the rows whose keys are in `stored`, and insert the other rows."""
    column = _packed(table)
    new = [
        {"series": number, "day": day, column.name: data}
        for (number, day), data in packed.items()
        if (number, day) not in stored
    ]
    if new:
        connection.execute(insert(table), new)
    old = [
        {"of_series": number, "of_day": day, "packed": data}
        for (number, day), data in packed.items()
        if (number, day) in stored
    ]
    if old:
        same_row = (
            table.c.series == bindparam("of_series"),
            table.c.day == bindparam("of_day"),
        )
        values: dict[str, Any] = {column.name: bindparam("packed")}
        connection.execute(update(table).where(*same_row).values(values), old)


def _save_grid(connection: Connection, signal: Signal) -> None:
    """Store the time grid of a signal, if the signal is new."""
    if _check_grid(connection, signal):
        return
    connection.execute(
        insert(signals).values(
            id=signal.id,
            step_s=signal.step_s,
            phase_s=int(signal.phase.total_seconds()),
        )
    )


def _check_grid(connection: Connection, signal: Signal) -> bool:
    """Return whether the signal is already stored.

    A stored signal must keep its time grid: with another grid, the stored bin numbers
    would mean other times.

    Raises:
        StoreError: the signal is stored with another step or phase.
    """
    query = select(signals.c.step_s, signals.c.phase_s).where(signals.c.id == signal.id)
    stored = connection.execute(query).first()
    grid = (signal.step_s, int(signal.phase.total_seconds()))
    if stored is not None and tuple(stored) != grid:
        raise StoreError(
            f"the store has {signal.id} in steps of {stored.step_s} s with phase"
            f" {stored.phase_s} s, not {grid[0]} s with phase {grid[1]} s: restore its"
            " `step` in the configuration, or name a new file as `store.path`"
        )
    return stored is not None


def _series_ids(connection: Connection, signal: str) -> dict[str, int]:
    """Return the ids of a signal's series, by entity as text."""
    query = select(series.c.entity, series.c.id).where(series.c.signal == signal)
    return {row.entity: row.id for row in connection.execute(query)}


def _ensure_series(
    connection: Connection, signal: str, entities: Iterable[str]
) -> dict[str, int]:
    """Add a series for each new entity; return the ids of all series of the signal."""
    ids = _series_ids(connection, signal)
    new = [{"signal": signal, "entity": name} for name in entities if name not in ids]
    if not new:
        return ids
    connection.execute(insert(series), new)
    return _series_ids(connection, signal)

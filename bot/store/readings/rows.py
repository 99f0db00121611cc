"""Rows of readings in and out of the database, many at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
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
    cut,
    empty_row,
    pack_values,
    row_size,
    stored_row,
    times_seen,
    unpack_times,
    unpack_values,
)
from bot.store.schema import first_seen, readings, revisions, series, signals

# Series in one statement, and rows held at a time while reading.
_SERIES = 500
_ROWS = 1_000

Spot = tuple[int, int]
"""Where a row lies: the id of its series, and its number."""

Piece = tuple[int, int, Values]
"""Values for one row: its number, the place in it, the values."""


def fill_values(
    connection: Connection,
    into: Values,
    signal: Signal,
    entities: Sequence[Entity],
    bins: range,
) -> None:
    """Put stored values into `into`, shape (entities, bins)."""
    wanted = (signal, entities, bins)
    for row, start, packed in _stored(connection, readings, wanted):
        _overlay(into[row], unpack_values(packed), start)


def fill_times(
    connection: Connection,
    into: Times,
    signal: Signal,
    entities: Sequence[Entity],
    bins: range,
) -> None:
    """Put the times of first sight into `into`, shape (entities, bins)."""
    wanted = (signal, entities, bins)
    for row, start, packed in _stored(connection, first_seen, wanted):
        _overlay(into[row], unpack_times(packed), start)


def write(
    connection: Connection, signal: Signal, chunks: Iterable[Chunk], at: datetime
) -> None:
    """Merge the chunks of one signal into what is stored; seen at `at`.

    Raises:
        StoreError: the signal changed its step.
    """
    _claim_grid(connection, signal)
    size = row_size(signal)
    pieces: defaultdict[str, list[Piece]] = defaultdict(list)
    for chunk in chunks:
        # In the precision of the store: anything finer would look revised for ever.
        values = np.asarray(chunk.values, dtype=np.float32)
        pieces[str(chunk.entity)] += cut(chunk.first, values, size)
    ids = _make_series(connection, signal.id, pieces)
    names = sorted(pieces, key=ids.__getitem__)
    for start in range(0, len(names), _SERIES):
        batch = {ids[name]: pieces[name] for name in names[start : start + _SERIES]}
        _save(connection, _merged(connection, batch, size), size, at)


def _stored(
    connection: Connection,
    table: Table,
    wanted: tuple[Signal, Sequence[Entity], range],
) -> Iterator[tuple[int, int, bytes]]:
    """Rows of a panel: (its row, the column where it starts, packed) each."""
    signal, entities, bins = wanted
    if not bins:
        return
    _check_grid(connection, signal)
    size = row_size(signal)
    ids = _series_ids(connection, signal.id)
    named = ((row, str(entity)) for row, entity in enumerate(entities))
    places = {ids[name]: row for row, name in named if name in ids}
    days = range(bins[0] // size, bins[-1] // size + 1)
    for (number, day), packed in _select(connection, table, sorted(places), days):
        yield places[number], day * size - bins.start, packed


def _overlay(into: npt.NDArray[Any], told: npt.NDArray[Any], start: int) -> None:
    """Lay `told` over `into` from column `start` on; what sticks out is left out."""
    first, stop = max(0, start), min(len(into), start + len(told))
    into[first:stop] = told[first - start : stop - start]


def _packed(table: Table) -> Column[bytes]:
    """The column that holds the packed bins: the last one."""
    return table.columns.values()[-1]


def _select(
    connection: Connection, table: Table, numbers: Sequence[int], days: range
) -> Iterator[tuple[Spot, bytes]]:
    """Stream the rows of these series on these days."""
    packed = _packed(table)
    query = select(table.c.series, table.c.day, packed).where(
        table.c.series.in_(bindparam("numbers", expanding=True)),
        table.c.day.between(days[0], days[-1]),
    )
    for start in range(0, len(numbers), _SERIES):
        found = connection.execute(
            query,
            {"numbers": numbers[start : start + _SERIES]},
            execution_options={"yield_per": _ROWS},
        )
        for number, day, data in found:
            yield (number, day), data


def _merged(
    connection: Connection, pieces: dict[int, list[Piece]], size: int
) -> dict[Spot, PackedRow]:
    """The rows that `pieces` change, with them merged in."""
    days = {day for its_pieces in pieces.values() for day, _, _ in its_pieces}
    if not days:
        return {}
    span = range(min(days), max(days) + 1)
    known = _select(connection, readings, list(pieces), span)
    rows = {spot: stored_row(packed) for spot, packed in known}
    for number, its_pieces in pieces.items():
        for day, place, values in its_pieces:
            spot = (number, day)
            if spot not in rows:
                rows[spot] = empty_row(size)
            rows[spot].merge(place, values)
    return {spot: row for spot, row in rows.items() if row.fresh.any() or row.revised}


def _save(
    connection: Connection, rows: dict[Spot, PackedRow], size: int, at: datetime
) -> None:
    _put(
        connection,
        readings,
        {spot: pack_values(row.values) for spot, row in rows.items()},
        {spot for spot, row in rows.items() if row.stored},
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
    connection: Connection, rows: dict[Spot, PackedRow], at: datetime
) -> None:
    fresh = {spot: row for spot, row in rows.items() if row.fresh.any()}
    stored = {spot for spot, row in fresh.items() if row.stored}
    known: dict[Spot, bytes] = {}
    if stored:
        days = {day for _, day in stored}
        numbers = sorted({number for number, _ in stored})
        span = range(min(days), max(days) + 1)
        known = dict(_select(connection, first_seen, numbers, span))
    packed = {
        spot: times_seen(known.get(spot), row.fresh, at) for spot, row in fresh.items()
    }
    _put(connection, first_seen, packed, stored)


def _put(
    connection: Connection, table: Table, packed: dict[Spot, bytes], stored: set[Spot]
) -> None:
    """Write rows in two batches: update those that are `stored`, insert the rest."""
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
        here = (
            table.c.series == bindparam("of_series"),
            table.c.day == bindparam("of_day"),
        )
        now: dict[str, Any] = {column.name: bindparam("packed")}
        connection.execute(update(table).where(*here).values(now), old)


def _claim_grid(connection: Connection, signal: Signal) -> None:
    """Remember the grid of a signal that is new."""
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
    """Whether the signal is known; bin numbers of another grid would be lies.

    Raises:
        StoreError: it is known with another step or phase.
    """
    query = select(signals.c.step_s, signals.c.phase_s).where(signals.c.id == signal.id)
    known = connection.execute(query).first()
    grid = (signal.step_s, int(signal.phase.total_seconds()))
    if known is not None and tuple(known) != grid:
        raise StoreError(
            f"the store has {signal.id} in steps of {known.step_s} s from"
            f" {known.phase_s} s, not {grid[0]} s from {grid[1]} s: set its `step` in"
            " the configuration back, or name a new file as `store.path`"
        )
    return known is not None


def _series_ids(connection: Connection, signal: str) -> dict[str, int]:
    query = select(series.c.entity, series.c.id).where(series.c.signal == signal)
    return {row.entity: row.id for row in connection.execute(query)}


def _make_series(
    connection: Connection, signal: str, entities: Iterable[str]
) -> dict[str, int]:
    """The ids of a signal's series, where `entities` are there for certain."""
    ids = _series_ids(connection, signal)
    new = [{"signal": signal, "entity": name} for name in entities if name not in ids]
    if not new:
        return ids
    connection.execute(insert(series), new)
    return _series_ids(connection, signal)

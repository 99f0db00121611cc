"""The states of all series of a signal after a bin, and how they are stored."""

import base64
import json
import zlib
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.detection.kernel.columns import HOURS, NEVER, OPEN, ROW, SPANS, StateRow, Table
from bot.detection.kernel.inputs import Flags, Numbers
from bot.errors import StoreError
from bot.model.entity import Entity, parse_entity
from bot.model.signal import Signal, Values

_STORED = tuple(n for n in StateRow._fields if n not in {"level", "previous", "method"})
"""The fields of `StateRow` that are stored.

Levels and their methods are not stored, but computed again from the readings."""
_FLOATS = frozenset(n for n in _STORED if StateRow.__annotations__[n] is float)


class EntityList:
    """The entities of some rows, and the same list as JSON text for the store.

    The states after each bin share this one list. So thousands of entities are encoded
    once, and not at every tick.
    """

    def __init__(self, entities: tuple[Entity, ...]) -> None:
        """Keep the entities; they are encoded when `json` is first read."""
        self._entities = entities

    @cached_property
    def json(self) -> str:
        """The entities as a JSON list."""
        return json.dumps(list(map(str, self._entities)), separators=(",", ":"))


@dataclass(frozen=True, slots=True, eq=False)
class SeriesStates:
    """The states of some series after one bin.

    Bins are numbered as in `Signal.bin_at`.

    Attributes:
        entities: the entity of each row.
        encoded_entities: the same entities, encoded for the store.
        index: the number of the last assessed bin, the same for all rows; NEVER if no
            bin was assessed yet.
        table: one record (dtype `ROW`, see `StateRow`) per row.
        since, until: shape (rows, SPANS): the bins [since, until) of each drop, oldest
            first. These bins are masked: no baseline uses their readings. If the drop
            is not over, `until` is OPEN. An unused entry is 0, 0.
        hours: shape (rows, `HOURS`): see `KernelInputs`.
        in_outage: see `KernelInputs`; one element per row. Not stored: each run takes
            it from the incidents.
        doubted: the bins [since, until) in which the source is distrusted, because it
            revised the readings of many places.
    """

    entities: tuple[Entity, ...]
    encoded_entities: EntityList
    index: int
    table: Table
    since: Numbers
    until: Numbers
    hours: Values
    in_outage: Flags
    doubted: tuple[int, int] = (NEVER, NEVER)

    def state_of_row(self, row: int) -> StateRow:
        """Return the state of a row as Python numbers, which are faster to read."""
        return StateRow(*self.table[row].tolist())

    def dropped_rows(self) -> npt.NDArray[np.int64]:
        """Return the rows that are in a drop."""
        return np.flatnonzero(self.table["dropped"])

    def masks_of_row(self, row: int) -> list[tuple[int, int]]:
        """Return the masked spans (drops) of a row, each as bins [since, until)."""
        pairs = zip(self.since[row].tolist(), self.until[row].tolist(), strict=True)
        return [pair for pair in pairs if pair[1]]


def fresh_states(entities: tuple[Entity, ...]) -> SeriesStates:
    """Return the states of `entities` before the first bin."""
    count = len(entities)
    table = np.full(count, np.array(tuple(StateRow()), dtype=ROW))
    since, until = np.zeros((2, count, SPANS), dtype=np.int32)
    hours = np.full((count, HOURS), np.nan, dtype=np.float32)
    shared = EntityList(entities)
    in_outage = np.zeros(count, dtype=np.bool_)
    return SeriesStates(entities, shared, NEVER, table, since, until, hours, in_outage)


def states_of_rows(states: SeriesStates, rows: npt.NDArray[np.int64]) -> SeriesStates:
    """Return a copy of `states` that has only the given rows, in the given order."""
    entities = tuple(states.entities[row] for row in rows)
    return SeriesStates(
        entities=entities,
        encoded_entities=EntityList(entities),
        index=states.index,
        table=states.table[rows],
        since=states.since[rows],
        until=states.until[rows],
        hours=states.hours[rows],
        in_outage=states.in_outage[rows],
        doubted=states.doubted,
    )


def encode(states: SeriesStates) -> bytes:
    """Return the states as bytes for the store; equal states give equal bytes (P14)."""
    columns = [np.ascontiguousarray(states.table[n]) for n in _STORED]
    # Each row of `until` has the ends of its masked spans first, then zeros. So a row has
    # a masked span only if its first value is not 0.
    masked = np.flatnonzero(states.until[:, 0]).tolist()
    kept = np.flatnonzero(~np.isnan(states.hours).all(axis=1))
    stored = json.dumps(
        {
            "index": states.index,
            "doubted": states.doubted,
            "names": list(_STORED),
            "masks": {str(row): states.masks_of_row(row) for row in masked},
            "hours": {"rows": kept.tolist(), "array": _packed(states.hours[kept])},
            "arrays": _packed(*columns),
        },
        separators=(",", ":"),
    )
    # The entities are already encoded, so their text is inserted.
    return f'{stored[:-1]},"entities":{states.encoded_entities.json}}}'.encode()


def decode(stored: bytes, entities: tuple[Entity, ...]) -> SeriesStates:
    """Return the states of `entities` from stored bytes.

    An entity that is not stored gets a fresh state.

    Raises:
        StoreError: the stored bytes are damaged.
    """
    try:
        return _decoded(stored, entities)
    except (ValueError, KeyError, IndexError, zlib.error) as error:
        raise StoreError(
            "a stored state of detection is damaged: restore a backup of the store"
        ) from error


def _decoded(stored: bytes, entities: tuple[Entity, ...]) -> SeriesStates:
    document = json.loads(stored)
    old_rows = {
        parse_entity(text): row for row, text in enumerate(document["entities"])
    }
    states = fresh_states(entities)
    pairs = [(row, old_rows[e]) for row, e in enumerate(entities) if e in old_rows]
    _decode_table(document, states.table, pairs, len(old_rows))
    for row, old_row in pairs:
        spans = document["masks"].get(str(old_row), [])[-SPANS:]
        for place, (since, until) in enumerate(spans):
            states.since[row, place] = since
            states.until[row, place] = min(until, OPEN)
    _decode_hours(document, states.hours, pairs)
    # Early versions did not store `doubted`.
    doubted = document.get("doubted", (NEVER, NEVER))
    return replace(states, index=document["index"], doubted=(doubted[0], doubted[1]))


def _packed(*arrays: npt.NDArray[Any]) -> str:
    """Return the bytes of the arrays, joined and compressed, as base64 text."""
    joined = b"".join(array.tobytes() for array in arrays)
    return base64.b64encode(zlib.compress(joined, 1)).decode()


def _decode_hours(
    document: dict[str, Any], hours: Values, pairs: list[tuple[int, int]]
) -> None:
    """Fill `hours` from a stored document; `pairs` has (row, stored row) to copy."""
    # Early versions did not store the hours.
    if "hours" not in document:
        return
    data = zlib.decompress(base64.b64decode(document["hours"]["array"]))
    stored = np.frombuffer(data, np.float32).reshape(-1, HOURS)
    places = {old_row: n for n, old_row in enumerate(document["hours"]["rows"])}
    for row, old_row in pairs:
        if old_row in places:
            hours[row] = stored[places[old_row]]


def _decode_table(
    document: dict[str, Any],
    table: Table,
    pairs: list[tuple[int, int]],
    count: int,
) -> None:
    """Fill `table` from a stored table.

    Args:
        document: the stored document with the arrays of all fields.
        table: receives the fields.
        pairs: the rows to fill, as (row, stored row).
        count: how many rows the stored table has.
    """
    rows = np.array([row for row, _ in pairs], dtype=np.int64)
    old_rows = np.array([row for _, row in pairs], dtype=np.int64)
    data = zlib.decompress(base64.b64decode(document["arrays"]))
    for place, name in enumerate(document["names"]):
        # A field that only another version of the program knows is skipped. The skipped
        # field still counts in `place` (the position of a field): its bytes are stored
        # before those of later fields.
        if name in _STORED:
            kind = np.float32 if name in _FLOATS else np.int32
            column = np.frombuffer(data, kind, count, place * count * kind().nbytes)
            table[name][rows] = column[old_rows]


def are_equal(states: SeriesStates, other: SeriesStates) -> bool:
    """Whether two groups of states are equal in everything that is stored.

    Two NaN count as equal.
    """
    return (
        (states.entities, states.index, states.doubted)
        == (other.entities, other.index, other.doubted)
        and all(
            np.array_equal(states.table[n], other.table[n], equal_nan=n in _FLOATS)
            for n in _STORED
        )
        and np.array_equal(states.since, other.since)
        and np.array_equal(states.until, other.until)
        and np.array_equal(states.hours, other.hours, equal_nan=True)
    )


_CHECKPOINT_EVERY = timedelta(hours=3)
"""The least time between two checkpoints.

Assessing three hours again takes little time, and more checkpoints would need more
memory."""
_CHECKPOINTS_KEPT = timedelta(hours=27)
"""How long a checkpoint is kept: a little over a day.

A reading that arrives later than this is stored, but its bin is not assessed again.
"""


@dataclass(frozen=True, slots=True)
class StateCheckpoints:
    """Earlier states of one signal, from which bins can be assessed again.

    Bins are assessed again when a reading arrives late or is revised. The states are
    kept in memory, so there are none after a restart.

    Attributes:
        spacing: the least number of bins between two checkpoints.
        limit: how many checkpoints are kept.
        encoded: the checkpoints, oldest first: each is the number of a bin, and the
            encoded states after this bin.
    """

    spacing: int
    limit: int
    encoded: tuple[tuple[int, bytes], ...] = ()

    def add(self, states: SeriesStates, last_planned_bin: int) -> "StateCheckpoints":
        """Return the checkpoints, with `states` added if a new checkpoint is due.

        A new checkpoint is due `spacing` bins after the last one. States are not added
        if newer checkpoints would replace them before bin `last_planned_bin`.

        Args:
            states: the present states.
            last_planned_bin: the number of the last bin that the caller will assess, now or
                in later calls.
        """
        if states.index == NEVER or states.index < last_planned_bin - self.spacing * (
            self.limit + 1
        ):
            return self
        last = self.encoded[-1][0] if self.encoded else NEVER
        if states.index < last + self.spacing:
            return self
        added = (*self.encoded, (states.index, encode(states)))
        return replace(self, encoded=added[-self.limit :])

    def restore_before(
        self, index: int, states_now: SeriesStates
    ) -> tuple[SeriesStates | None, "StateCheckpoints"]:
        """Return the newest states from before a bin, and the checkpoints before it.

        Args:
            index: the number of the bin.
            states_now: states with the entities that the result must have, one per row.

        Returns:
            The states, or None if no checkpoint is old enough; and all checkpoints from
            before the bin.
        """
        kept = tuple(pair for pair in self.encoded if pair[0] < index)
        if not kept:
            return None, replace(self, encoded=kept)
        states = decode(kept[-1][1], states_now.entities)
        # The encoded entities of `states_now` are used, so that they are not encoded again.
        states = replace(states, encoded_entities=states_now.encoded_entities)
        return states, replace(self, encoded=kept)


def empty_checkpoints(signal: Signal) -> StateCheckpoints:
    """Return empty checkpoints for a signal, with the spacing and limit it needs."""
    spacing = max(1, int(_CHECKPOINT_EVERY.total_seconds()) // signal.step_s)
    limit = int(_CHECKPOINTS_KEPT.total_seconds()) // (spacing * signal.step_s)
    return StateCheckpoints(spacing, max(2, limit))

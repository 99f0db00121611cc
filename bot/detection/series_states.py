"""What a detector remembers of every series between bins, and how it is stored."""

import base64
import json
import zlib
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bot.detection.kernel.columns import NEVER, OPEN, ROW, SPANS, StateRow, Table
from bot.detection.kernel.inputs import Numbers
from bot.model.entity import Entity, parse_entity

_STORED = tuple(n for n in StateRow._fields if n not in {"level", "previous", "method"})
_FLOATS = frozenset(n for n in _STORED if StateRow.__annotations__[n] is float)


@dataclass(frozen=True, slots=True, eq=False)
class SeriesStates:
    """What is known of some series after one bin; bins are those of `Signal.bin_of`.

    `table` has one record (`ROW`, see `StateRow`) a series.

    Attributes:
        entities: whose rows they are.
        index: the last judged bin, the same for all rows; NEVER before the first.
        doubted: the bins [since, until) in which the source is not believed, since it
            has told many of its readings otherwise (see `health.rewrote`).
        since, until: shape (rows, SPANS): the bins [since, until) that drops spoilt,
            oldest first; an open stretch ends at OPEN, an unused place is 0, 0.
    """

    entities: tuple[Entity, ...]
    index: int
    table: Table
    since: Numbers
    until: Numbers
    doubted: tuple[int, int] = (NEVER, NEVER)

    def told(self, row: int) -> StateRow:
        """The record of a row, as plain numbers: quicker to read than the table."""
        return StateRow(*self.table[row].tolist())

    def dropped(self) -> npt.NDArray[np.int64]:
        """The rows that are in a drop."""
        return np.flatnonzero(self.table["dropped"])

    def masks(self, row: int) -> list[tuple[int, int]]:
        """The bins [since, until) of a row that drops spoilt."""
        pairs = zip(self.since[row].tolist(), self.until[row].tolist(), strict=True)
        return [pair for pair in pairs if pair[1]]


def fresh(entities: tuple[Entity, ...]) -> SeriesStates:
    """States that know nothing."""
    count = len(entities)
    table = np.full(count, np.array(tuple(StateRow()), dtype=ROW))
    since, until = np.zeros((2, count, SPANS), dtype=np.int32)
    return SeriesStates(entities, NEVER, table, since, until)


def of_rows(states: SeriesStates, rows: npt.NDArray[np.int64]) -> SeriesStates:
    """A copy of some rows."""
    return SeriesStates(
        entities=tuple(states.entities[row] for row in rows),
        index=states.index,
        table=states.table[rows],
        since=states.since[rows],
        until=states.until[rows],
        doubted=states.doubted,
    )


def encode(states: SeriesStates) -> bytes:
    """As bytes for the store; equal states give equal bytes (P14)."""
    columns = [np.ascontiguousarray(states.table[n]) for n in _STORED]
    packed = zlib.compress(b"".join(c.tobytes() for c in columns), 1)
    spoilt = np.flatnonzero(states.until[:, 0]).tolist()
    told = json.dumps(
        {
            "index": states.index,
            "doubted": states.doubted,
            "names": list(_STORED),
            "masks": {str(row): states.masks(row) for row in spoilt},
            "arrays": base64.b64encode(packed).decode(),
        },
        separators=(",", ":"),
    )
    return f'{told[:-1]},"entities":{_LISTS.of(states.entities)}}}'.encode()


class _Lists:
    """Whose rows they are, as JSON: written once, for the rows stay the same ones."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[tuple[Entity, ...], str]] = {}

    def of(self, entities: tuple[Entity, ...]) -> str:
        """The list of these; the very same tuple, which nobody can change."""
        known = self._known.get(id(entities))
        if known is None or known[0] is not entities:
            if len(self._known) >= _LISTS_KEPT:
                self._known.clear()
            text = json.dumps(list(map(str, entities)), separators=(",", ":"))
            known = self._known[id(entities)] = (entities, text)
        return known[1]


_LISTS_KEPT = 64
_LISTS = _Lists()


def decode(stored: bytes, entities: tuple[Entity, ...]) -> SeriesStates:
    """States for `entities` from stored bytes; what is new to them starts fresh."""
    told = json.loads(stored)
    before = {parse_entity(text): row for row, text in enumerate(told["entities"])}
    states = fresh(entities)
    pairs = [(row, before[e]) for row, e in enumerate(entities) if e in before]
    to = np.array([row for row, _ in pairs], dtype=np.int64)
    come = np.array([row for _, row in pairs], dtype=np.int64)
    data, size = zlib.decompress(base64.b64decode(told["arrays"])), len(before)
    for place, name in enumerate(told["names"]):
        if name in _STORED:  # what another version kept is left
            kind = np.float32 if name in _FLOATS else np.int32
            kept = np.frombuffer(data, kind, size, place * size * kind().nbytes)
            states.table[name][to] = kept[come]
    for row, old in pairs:
        spans = told["masks"].get(str(old), [])[-SPANS:]
        for place, (since, until) in enumerate(spans):
            states.since[row, place] = since
            states.until[row, place] = min(until, OPEN)
    doubted = told.get("doubted", (NEVER, NEVER))  # none before it was asked
    return replace(states, index=told["index"], doubted=(doubted[0], doubted[1]))


def same(one: SeriesStates, other: SeriesStates) -> bool:
    """Whether two states agree in everything that is remembered, NaN with NaN."""
    return (
        (one.entities, one.index, one.doubted)
        == (other.entities, other.index, other.doubted)
        and all(
            np.array_equal(one.table[n], other.table[n], equal_nan=n in _FLOATS)
            for n in _STORED
        )
        and np.array_equal(one.since, other.since)
        and np.array_equal(one.until, other.until)
    )

"""What a detector remembers of every series between bins, and how it is stored."""

import base64
import json
import zlib
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bot.detection.ground import Numbers
from bot.model.entity import Entity, parse_entity

NEVER = -1
"""The bin number that stands for "not yet"."""
OPEN = 2**31 - 1
"""The end of a spoilt stretch that goes on."""
SPANS = 16
"""So many stretches are kept of a series; beyond them the two oldest become one."""
WHYS = ("", "missing", "no-baseline", "too-small", "source-ill", "frozen")
MISSING, NO_BASELINE, TOO_SMALL, SOURCE_ILL, FROZEN = 1, 2, 3, 4, 5

_NAN = float("nan")


class Told(NamedTuple):
    """What is known of one series after a bin; bins are those of `Signal.bin_of`.

    - dropped: 1 while the series is in a drop;
    - run: how many known low bins in a row (or ordinary ones, in a drop);
    - silent: how many bins in a row said nothing that could be judged;
    - same: how many bins in a row repeated the reading before, `value`;
    - risen: how many known bins in a row a drop has stood well above its lowest;
    - calm, calm_first, calm_bad: how many known bins in a row a drop of routes has
      stood halfway back, the first of them, and the last known bin before it;
    - low: the last known low bin; good: the last known bin that was not low;
    - first: the first bin of the present run, low (or ordinary, in a drop);
    - onset_good, onset_bad: last good and first bad bin of the last drop;
    - bad: the last known bin that was not ordinary, in a drop;
    - back_bad, back_good: the same pair for the last return;
    - last, before: the last two known bins;
    - why: index into WHYS: why the last bin could not be judged;
    - lowest: the lowest level of the last drop;
    - lift: see `baselines`; held: the lift when the last drop began; kept: in a drop,
      see `baselines.keep`;
    - level, previous, method: of the bins `last` and `before`, and of `last`; only
      where they were asked for (see `walking.follow`), and not stored.
    """

    dropped: int = 0
    run: int = 0
    silent: int = 0
    same: int = 0
    risen: int = 0
    calm: int = 0
    low: int = NEVER
    good: int = NEVER
    first: int = NEVER
    onset_good: int = NEVER
    onset_bad: int = NEVER
    bad: int = NEVER
    back_bad: int = NEVER
    back_good: int = NEVER
    calm_bad: int = NEVER
    calm_first: int = NEVER
    last: int = NEVER
    before: int = NEVER
    why: int = 0
    lowest: float = _NAN
    value: float = _NAN
    lift: float = 1.0
    held: float = _NAN
    kept: float = _NAN
    level: float = _NAN
    previous: float = _NAN
    method: int = 0


_KINDS = {int: np.int32, float: np.float32}
ROW = np.dtype([(n, _KINDS[kind]) for n, kind in Told.__annotations__.items()])
_STORED = tuple(n for n in Told._fields if n not in {"level", "previous", "method"})
_FLOATS = frozenset(n for n in _STORED if Told.__annotations__[n] is float)
Table = npt.NDArray[Any]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class SeriesStates:
    """What is known of some series after one bin; bins are those of `Signal.bin_of`.

    `table` has one record (`ROW`, see `Told`) a series.

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

    def told(self, row: int) -> Told:
        """The record of a row, as plain numbers: quicker to read than the table."""
        return Told(*self.table[row].tolist())

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
    table = np.full(count, np.array(tuple(Told()), dtype=ROW))
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

"""What a detector remembers of every series between bins, and how it is stored."""

import base64
import json
import zlib
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.detection.baselines import Masks
from bot.model.entity import Entity, parse_entity

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
NEVER = -1
"""The bin number that stands for "not yet"."""


@dataclass(frozen=True, slots=True, eq=False)
class SeriesStates:
    """One element for each row of a panel; bin numbers are those of `Signal.bin_of`.

    Attributes:
        entities: whose rows they are.
        index: the last judged bin, the same for all rows; NEVER before the first.
        dropped: 1 while the series is in a drop.
        run: how many known low bins in a row (or ordinary ones, in a drop).
        silent: how many bins in a row said nothing that could be judged.
        same: how many bins in a row repeated the reading before, `value`.
        risen: how many known bins in a row a drop has stood well above its lowest.
        good: the last known bin that was not low.
        first: the first bin of the present run, low (or ordinary, in a drop).
        onset_good, onset_bad: last good and first bad bin of the present drop.
        bad: the last known bin that was not ordinary, in a drop.
        back_bad, back_good: the same pair for the last return.
        level, previous: the last two known levels, fractions of ordinary.
        lowest: the lowest level of the present drop.
        method: baseline of the last judged bin, an index into METHODS.
        why: index into WHYS: why the last bin could not be judged.
        masks: by row, the bins that drops spoilt; an open one ends at OPEN.
    """

    entities: tuple[Entity, ...]
    index: int
    dropped: Ints
    run: Ints
    silent: Ints
    same: Ints
    risen: Ints
    good: Ints
    first: Ints
    onset_good: Ints
    onset_bad: Ints
    bad: Ints
    back_bad: Ints
    back_good: Ints
    method: Ints
    why: Ints
    level: Floats
    previous: Floats
    lowest: Floats
    value: Floats
    masks: Masks


WHYS = ("", "missing", "no-baseline", "too-small", "source-ill", "frozen")
OPEN = 2**40
_COUNTS = ("dropped", "run", "silent", "same", "risen", "method", "why")
_BINS = ("good", "first", "onset_good", "onset_bad", "bad", "back_bad", "back_good")
_INTS = (*_COUNTS, *_BINS)
_FLOATS = ("level", "previous", "lowest", "value")


def fresh(entities: tuple[Entity, ...]) -> SeriesStates:
    """States that know nothing."""
    count = len(entities)
    arrays: dict[str, Any] = {name: np.zeros(count, np.int64) for name in _COUNTS}
    arrays |= {name: np.full(count, NEVER, dtype=np.int64) for name in _BINS}
    arrays |= {name: np.full(count, np.nan, dtype=np.float32) for name in _FLOATS}
    return SeriesStates(entities=entities, index=NEVER, masks={}, **arrays)


def encode(states: SeriesStates) -> bytes:
    """As bytes for the store; equal states give equal bytes (P14)."""
    arrays = [getattr(states, n).astype(np.int32).tobytes() for n in _INTS]
    arrays += [getattr(states, name).tobytes() for name in _FLOATS]
    packed = base64.b64encode(zlib.compress(b"".join(arrays), 1))
    return json.dumps(
        {
            "index": states.index,
            "names": [*_INTS, *_FLOATS],
            "masks": {str(row): spans for row, spans in sorted(states.masks.items())},
            "entities": list(map(str, states.entities)),
            "arrays": packed.decode(),
        },
        separators=(",", ":"),
    ).encode()


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
        kind = np.float32 if name in _FLOATS else np.int32
        if name in (*_INTS, *_FLOATS):  # what a newer version kept is left
            kept = np.frombuffer(data, kind, size, place * size * kind().nbytes)
            getattr(states, name)[to] = kept[come]
    masks = {
        row: [(since, until) for since, until in told["masks"][str(old)]]
        for row, old in pairs
        if str(old) in told["masks"]
    }
    return replace(states, index=told["index"], masks=masks)


def same(one: SeriesStates, other: SeriesStates) -> bool:
    """Whether two states agree in everything, NaN with NaN."""
    return all(
        np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
        if isinstance(a, np.ndarray)
        else a == b
        for a, b in (
            (getattr(one, f.name), getattr(other, f.name)) for f in fields(one)
        )
    )

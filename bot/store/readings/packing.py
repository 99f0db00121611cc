"""How bins are cut into rows and packed: pure arithmetic on arrays.

A row holds a fixed number of consecutive bins: as many whole bins as fit into a
day, and at least one. Five-minute bins make rows of 288, six-hour bins rows of 4,
two-day bins rows of 1. Bin `n` lies in row `n // size` at place `n % size`; for
steps that divide a day (and no phase) a row is a UTC day.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import numpy.typing as npt

from bot.errors import StoreError
from bot.model.interval import Interval
from bot.model.signal import Signal, Values

Times = npt.NDArray[np.uint32]
"""When bins were first seen: whole seconds since 1970, UTC; 0 is never."""

Mask = npt.NDArray[np.bool_]

_DAY_S = 86_400
_NEVER = 0


def row_size(signal: Signal) -> int:
    """How many bins of `signal` lie in one row."""
    return max(1, _DAY_S // signal.step_s)


def bins_within(signal: Signal, window: Interval) -> range:
    """The numbers of the bins that begin within `window`."""
    return range(_first_from(signal, window.since), _first_from(signal, window.until))


def _first_from(signal: Signal, at: datetime) -> int:
    index = signal.bin_of(at)
    return index if signal.start_of(index) >= at else index + 1


def cut(first: int, values: Values, size: int) -> Iterator[tuple[int, int, Values]]:
    """Cut a run of bins at the rows' borders: (row, place in it, values) each."""
    done = 0
    while done < len(values):
        row, place = divmod(first + done, size)
        piece = values[done : done + size - place]
        yield row, place, piece
        done += len(piece)


@dataclass(slots=True)
class PackedRow:
    """One row while readings are merged into it.

    Attributes:
        values: the bins, shape (size,); NaN is missing.
        stored: whether the store has it already.
        fresh: the bins that held nothing before, shape (size,).
        revised: (place, old, new) of every value that changed.
    """

    values: Values
    stored: bool
    fresh: Mask
    revised: list[tuple[int, float, float]] = field(default_factory=list)

    def merge(self, place: int, values: Values) -> None:
        """Take `values` in from `place` on; a missing one never overwrites (P5)."""
        span = slice(place, place + len(values))
        here = self.values[span]
        missing = np.isnan(here)
        told = ~np.isnan(values) & (here != values)
        self.fresh[span] |= told & missing
        for at in np.flatnonzero(told & ~missing).tolist():
            self.revised.append((place + at, float(here[at]), float(values[at])))
        here[told] = values[told]


def empty_row(size: int) -> PackedRow:
    """A row of which nothing is known."""
    values = np.full(size, np.nan, dtype=np.float32)
    return PackedRow(values, stored=False, fresh=np.zeros(size, dtype=np.bool_))


def stored_row(packed: bytes) -> PackedRow:
    """A row as the store has it, free to be changed."""
    values = unpack_values(packed).copy()
    return PackedRow(values, stored=True, fresh=np.zeros(len(values), dtype=np.bool_))


def pack_values(values: Values) -> bytes:
    """As float32, little-endian."""
    return values.astype("<f4", copy=False).tobytes()


def unpack_values(packed: bytes) -> Values:
    """What `pack_values` wrote, read-only: shape (bins,), float32."""
    return np.frombuffer(packed, dtype="<f4")


def pack_times(times: Times) -> bytes:
    """As the steps between them, uint32, little-endian, compressed.

    Bins arrive at regular times, so the steps are nearly all the same.
    """
    steps = np.diff(times.astype("<u4", copy=False), prepend=np.uint32(0))
    return zlib.compress(steps.tobytes(), 1)


def unpack_times(packed: bytes) -> Times:
    """What `pack_times` wrote: shape (bins,), uint32; a step back wraps around."""
    steps = np.frombuffer(zlib.decompress(packed), dtype="<u4")
    return np.cumsum(steps, dtype=np.uint32)


def times_seen(packed: bytes | None, fresh: Mask, at: datetime) -> bytes:
    """The packed times of a row, with its `fresh` bins first seen at `at`.

    Raises:
        StoreError: the clock is before 1970 or after 2105.
    """
    second = int(at.timestamp())
    if not _NEVER < second <= np.iinfo(np.uint32).max:
        raise StoreError(f"no reading can be first seen at {at}; set the clock right")
    times = (
        np.full(len(fresh), _NEVER, dtype=np.uint32)
        if packed is None
        else unpack_times(packed)
    )
    times[fresh] = second
    return pack_times(times)

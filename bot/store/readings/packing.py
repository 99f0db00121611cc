"""The division of bins into rows, and the binary format of a row; no I/O.

A row holds a fixed number of consecutive bins: as many as fit into a day, and at least
one. A row has 288 bins of five minutes, or 4 bins of six hours, or 1 bin of two days.
Bin `n` is in row `n // size` at place `n % size`. If the step divides a day and the
phase is zero, each row holds the bins of one UTC day.
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
"""When bins were first seen: whole seconds since 1970, UTC; 0 stands for never."""

Mask = npt.NDArray[np.bool_]

_DAY_S = 86_400
_VALUE_BYTES = 4
_NOT_SEEN = 0


def row_size(signal: Signal) -> int:
    """Return how many bins of `signal` are in one row."""
    return max(1, _DAY_S // signal.step_s)


def bins_within(signal: Signal, window: Interval) -> range:
    """Return the numbers of the bins that begin within `window`."""
    return range(_first_from(signal, window.since), _first_from(signal, window.until))


def _first_from(signal: Signal, at: datetime) -> int:
    """Return the number of the first bin that begins at `at` or later."""
    index = signal.bin_at(at)
    return index if signal.start_of(index) >= at else index + 1


def rows_of(first: int, values: Values, size: int) -> Iterator[tuple[int, int, Values]]:
    """Divide consecutive bins into rows; yield the bins of each row.

    Each item is (row number, position of the first bin in the row, values).

    Args:
        first: the number of the first bin.
        values: the values of the bins.
        size: how many bins are in one row.
    """
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
        values: the readings, shape (size,); NaN is missing.
        is_stored: whether the row is in the store.
        is_new: for each bin, whether it was missing before the merge and now has a
            reading, shape (size,).
        revised: (position in the row, old value, new value) of each reading that
            changed.
    """

    values: Values
    is_stored: bool
    is_new: Mask
    revised: list[tuple[int, float, float]] = field(default_factory=list)

    def merge(self, start: int, values: Values) -> None:
        """Write `values` from index `start` on; a missing value replaces no reading (P5)."""
        here = self.values[start : start + len(values)]
        # Every value differs from NaN, so a bin that was missing counts as changed too.
        changed = np.flatnonzero((here != values) & ~np.isnan(values))
        if not len(changed):
            return
        old, new = here[changed], values[changed]
        missing = np.isnan(old)
        self.is_new[start + changed[missing]] = True
        if not missing.all():
            revised = zip(changed.tolist(), old.tolist(), new.tolist(), strict=True)
            self.revised += [
                (start + at, before, after)
                for at, before, after in revised
                if not np.isnan(before)
            ]
        here[changed] = new


def empty_row(size: int) -> PackedRow:
    """Return a row whose bins are all missing."""
    values = np.full(size, np.nan, dtype=np.float32)
    return PackedRow(values, is_stored=False, is_new=np.zeros(size, dtype=np.bool_))


def stored_row(packed: bytes) -> PackedRow:
    """Unpack a stored row; its values are a copy, so they may be changed."""
    values = unpack_values(packed).copy()
    return PackedRow(
        values, is_stored=True, is_new=np.zeros(len(values), dtype=np.bool_)
    )


def holds(packed: bytes, position: int, values: Values) -> bool:
    """Return whether a packed row has exactly `values` from bin `position` on.

    The bytes are compared, because it would be much slower to unpack and merge the row.
    NaN can be encoded in several ways. If a missing bin is stored with another encoding
    than in `values`, the result is False.
    """
    start = position * _VALUE_BYTES
    here = packed[start : start + len(values) * _VALUE_BYTES]
    return here == pack_values(values)


def pack_values(values: Values) -> bytes:
    """Return values as bytes, each value as a little-endian float32."""
    return values.astype("<f4", copy=False).tobytes()


def unpack_values(packed: bytes) -> Values:
    """Return the values that `pack_values` packed: (bins,), float32, read-only."""
    return np.frombuffer(packed, dtype="<f4")


def pack_times(times: Times) -> bytes:
    """Return times as bytes: the compressed differences between successive times.

    Each difference is a little-endian uint32. Bins arrive at regular times, so nearly
    all differences are equal and compress well.
    """
    differences = np.diff(times.astype("<u4", copy=False), prepend=np.uint32(0))
    return zlib.compress(differences.tobytes(), 1)


def unpack_times(packed: bytes) -> Times:
    """Return the times that `pack_times` packed: shape (bins,), uint32."""
    differences = np.frombuffer(zlib.decompress(packed), dtype="<u4")
    # Negative differences were stored modulo 2^32. The sums are modulo 2^32 too, so
    # they are the times again.
    return np.cumsum(differences, dtype=np.uint32)


def times_seen(packed: bytes | None, fresh: Mask, at: datetime) -> bytes:
    """Return a row's first-seen times, packed, with `at` as the time of `fresh` bins.

    Args:
        packed: the stored times of the row; None if none are stored.
        fresh: for each bin, whether it is seen for the first time.
        at: the time at which these bins are first seen; aware.

    Raises:
        StoreError: `at` is not between 1 and 2^32 - 1 seconds after the start of 1970,
            UTC.
    """
    second = int(at.timestamp())
    if not _NOT_SEEN < second <= np.iinfo(np.uint32).max:
        raise StoreError(f"no reading can be first seen at {at}; correct the clock")
    times = (
        np.full(len(fresh), _NOT_SEEN, dtype=np.uint32)
        if packed is None
        else unpack_times(packed)
    )
    times[fresh] = second
    return pack_times(times)

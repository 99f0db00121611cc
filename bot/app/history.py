"""The recent readings of every watched series, in memory, as panels."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import numpy as np

from bot.model.entity import Entity
from bot.model.interval import Interval
from bot.model.panel import Panel
from bot.model.signal import Chunk, Signal, Values
from bot.ports import Readings


class History:
    """A sliding window of readings for each signal; the oldest day falls off.

    Memory: rows x bins x 4 bytes; 5,000 series of 5-minute bins over 28 days
    take 167 MB.
    """

    def __init__(
        self,
        signals: Mapping[str, Signal],
        rows: Mapping[str, tuple[Entity, ...]],
        since: datetime,
        keep: timedelta,
    ) -> None:
        """Make room for `keep` (and a day) from `since` on."""
        self._signals = signals
        self._rows = rows
        self._first = {i: s.bin_of(since) for i, s in signals.items()}
        self._values = {
            i: np.full((len(rows[i]), _width(s, keep)), np.nan, dtype=np.float32)
            for i, s in signals.items()
        }
        self._places = {
            i: {entity: row for row, entity in enumerate(r)} for i, r in rows.items()
        }

    def load(self, readings: Readings, until: datetime) -> None:
        """Take what the store has up to `until`, one signal after the other."""
        for signal_id, signal in self._signals.items():
            since = signal.start_of(self._first[signal_id])
            if until <= since:
                continue
            window = Interval(since, until)
            stored = readings.panel(signal, self._rows[signal_id], window)
            self._put(signal_id, slice(None), stored.first, stored.values)

    def absorb(self, chunks: Iterable[Chunk]) -> None:
        """Take new readings; a missing one never overwrites a known one (P5)."""
        for chunk in chunks:
            row = self._places.get(chunk.signal, {}).get(chunk.entity)
            if row is not None:
                values = chunk.values[None, :]
                self._put(chunk.signal, slice(row, row + 1), chunk.first, values)

    def panel(self, signal_id: str) -> Panel:
        """The window of one signal; a view, not a copy."""
        return Panel(
            signal=self._signals[signal_id],
            entities=self._rows[signal_id],
            first=self._first[signal_id],
            values=self._values[signal_id],
        )

    def _put(self, signal_id: str, rows: slice, first: int, values: Values) -> None:
        self._slide(signal_id, first + values.shape[1])
        start = first - self._first[signal_id]
        told = values[:, max(0, -start) :]
        start = max(0, start)
        there = self._values[signal_id][rows, start : start + told.shape[1]]
        np.copyto(there, told, where=~np.isnan(told))

    def _slide(self, signal_id: str, until: int) -> None:
        """Drop whole days from the left until bin `until` fits."""
        values = self._values[signal_id]
        over = until - self._first[signal_id] - values.shape[1]
        if over <= 0:
            return
        day = _width(self._signals[signal_id], timedelta(0))
        shift = min(-(-over // day) * day, values.shape[1])
        for row in values:  # row by row: a copy of the whole would double the memory
            row[:-shift] = row[shift:].copy()
            row[-shift:] = np.nan
        self._first[signal_id] += -(-over // day) * day


def _width(signal: Signal, keep: timedelta) -> int:
    """Bins in `keep` and one day more."""
    return int((keep + timedelta(days=1)).total_seconds()) // signal.step_s

"""The recent readings of every watched series, in memory, as panels.

A bin is judged against the four weeks before it, however late it is judged: nothing
falls off that a bin still to be judged looks back on (P14).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from bot.detection.batch import RevisedBins
from bot.model.entity import Entity
from bot.model.interval import Interval
from bot.model.signal import Chunk, Panel, Signal, Values
from bot.ports import Readings

_FALLS = timedelta(hours=2)
"""So much falls off at once: every bin would move all others each time."""
_SPARE = 2 * _FALLS
"""Room beside what is kept: hours fall off together, and bins are judged late."""
_BEYOND = timedelta(days=1, hours=1)
"""How far beyond four weeks is looked: days are compared with those of past weeks as
a whole (level, days alike), and a bin with its neighbours."""
_LONGEST_PAUSE = timedelta(days=14)
"""After a longer stop, the bins missed first are judged by a shorter history."""

_TINY = 1e-9


@dataclass(slots=True)
class SignalRevision:
    """Judged bins of a signal that were told late (the first counts), or otherwise."""

    first: int
    retold: list[RevisedBins] = field(default_factory=list)


class History:
    """A sliding window of readings for each signal; the oldest hours fall off.

    Memory: rows x bins x 4 bytes; 5,000 series of 5-minute bins over 28 days, and
    what lies beyond, take 168 MB. A backlog to be judged takes more while it lasts.
    """

    def __init__(
        self,
        signals: Mapping[str, Signal],
        rows: Mapping[str, tuple[Entity, ...]],
        since: datetime,
        keep: timedelta,
    ) -> None:
        """Make room for `keep` (and some more) from `since` on."""
        self._signals = signals
        self._rows = rows
        self._keep = {i: _bins(s, keep + _BEYOND) for i, s in signals.items()}
        self._judged: dict[str, int] = {}
        self._changed: dict[str, SignalRevision] = {}
        self._first = {i: s.bin_of(since) for i, s in signals.items()}
        self._values = {
            i: np.full(
                (len(rows[i]), _bins(s, keep + _BEYOND + _SPARE)), np.nan, np.float32
            )
            for i, s in signals.items()
        }
        self._places = {
            i: {entity: row for row, entity in enumerate(r)} for i, r in rows.items()
        }
        self._newest: dict[str, int] = {}

    def judged(self, bins: Mapping[str, int]) -> None:
        """The last judged bin of each signal: what lies long before it may go."""
        self._judged = dict(bins)

    def reach_back(self, bins: Mapping[str, int]) -> None:
        """Begin, still empty, early enough to go on after these judged bins."""
        self.judged(bins)
        for signal_id, last in bins.items():
            first = self._first[signal_id]
            oldest = first - _bins(self._signals[signal_id], _LONGEST_PAUSE)
            needed = max(last - self._keep[signal_id], oldest)
            self._first[signal_id] = min(first, needed)

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
                self._notice(chunk, row)
                values = chunk.values[None, :]
                self._put(chunk.signal, slice(row, row + 1), chunk.first, values)

    def newest(self, signal_id: str) -> int | None:
        """The number of the newest bin with a reading, in whatever series."""
        return self._newest.get(signal_id)

    def changes(self) -> dict[str, SignalRevision]:
        """By signal what has changed of its judged bins since this was asked."""
        changed, self._changed = self._changed, {}
        return changed

    def _notice(self, chunk: Chunk, row: int) -> None:
        """Remember a reading that came late, or was revised, after its judgement."""
        judged = self._judged.get(chunk.signal)
        if judged is None or chunk.first > judged:
            return
        panel = self.panel(chunk.signal)
        since = max(chunk.first, panel.first)
        until = min(chunk.first + len(chunk.values), judged + 1, panel.last + 1)
        if until <= since:
            return
        told = chunk.values[since - chunk.first : until - chunk.first]
        known = panel.values[row, since - panel.first : until - panel.first]
        new = np.flatnonzero(~np.isnan(told) & (told != known))
        if len(new):
            first = since + int(new[0])
            noted = self._changed.setdefault(chunk.signal, SignalRevision(first))
            noted.first = min(noted.first, first)
            least = self._signals[chunk.signal].minimum
            shares = _changed_by(told[new], known[new], least)
            before = ~np.isnan(shares)
            noted.retold.append(RevisedBins(row, since + new[before], shares[before]))

    def panel(self, signal_id: str) -> Panel:
        """The window of one signal; a view, not a copy."""
        return Panel(
            signal=self._signals[signal_id],
            entities=self._rows[signal_id],
            first=self._first[signal_id],
            values=self._values[signal_id],
        )

    def _put(self, signal_id: str, rows: slice, first: int, values: Values) -> None:
        if (last := _last_known(values)) is not None:
            newest = self._newest.get(signal_id, first + last)
            self._newest[signal_id] = max(newest, first + last)
        self._slide(signal_id, first + values.shape[1])
        start = first - self._first[signal_id]
        told = values[:, max(0, -start) :]
        start = max(0, start)
        there = self._values[signal_id][rows, start : start + told.shape[1]]
        np.copyto(there, told, where=~np.isnan(told))

    def _slide(self, signal_id: str, until: int) -> None:
        """Make room up to bin `until`: drop some hours, widen where none may go."""
        values = self._values[signal_id]
        over = until - self._first[signal_id] - values.shape[1]
        if over <= 0:
            return
        some = max(1, _bins(self._signals[signal_id], _FALLS))
        shift = min(-(-over // some) * some, self._free(signal_id) // some * some)
        if shift < over:
            more = np.full((len(values), over - shift), np.nan, dtype=np.float32)
            values = self._values[signal_id] = np.hstack([values, more])
        shift = min(shift, values.shape[1])
        if shift:
            for row in values:  # row by row: a copy of all would double the memory
                row[:-shift] = row[shift:].copy()
                row[-shift:] = np.nan
            self._first[signal_id] += shift

    def _free(self, signal_id: str) -> int:
        """How many of the oldest bins nothing to be judged looks back on."""
        judged = self._judged.get(signal_id)
        if judged is None:
            return 0
        return max(0, judged - self._keep[signal_id] - self._first[signal_id])


def _changed_by(told: Values, known: Values, least: float) -> Values:
    """By what share of the larger one readings differ; NaN where none was known."""
    larger = np.maximum(np.maximum(np.abs(told), np.abs(known)), max(least, _TINY))
    return np.asarray(np.abs(told - known) / larger)


def _last_known(values: Values) -> int | None:
    """The last column with a reading."""
    columns = range(values.shape[1] - 1, -1, -1)
    return next((c for c in columns if not np.isnan(values[:, c]).all()), None)


def _bins(signal: Signal, span: timedelta) -> int:
    return int(span.total_seconds()) // signal.step_s

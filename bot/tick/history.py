"""The recent readings of every watched series, in memory, as panels.

Each bin is compared with the four weeks before it. Readings are kept as long as any bin
that is not assessed yet needs them, even if that bin is assessed late (P14).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from bot.detection.kernel.columns import NEVER
from bot.detection.series_states import decode
from bot.detection.setup import Bins, RevisedBins, SignalRevision
from bot.model.entity import Entity
from bot.model.interval import Interval
from bot.model.signal import Chunk, Panel, Signal, Values
from bot.ports import Readings

# The assessor itself reads a history.
if TYPE_CHECKING:
    from bot.tick.assessment import Assessor

_DISCARD_SPAN = timedelta(hours=2)
"""Old readings are discarded in spans of this length.

After a span is discarded, all later readings are moved to the start of the window.
"""
_SPARE_SPAN = 2 * _DISCARD_SPAN
"""How much more time the window covers than the assessment of one bin needs.

The extra time has old readings that cannot be discarded yet, and bins that are assessed
late.
"""
_LOOK_BACK_BEYOND = timedelta(days=1, hours=1)
"""How far detection looks back beyond the four weeks.

Whole days are compared with those of past weeks, and each bin with its neighbours.
"""
_LONGEST_PAUSE = timedelta(days=14)
"""How far at most the window is moved back after the program was stopped.

After a longer stop, the first bins that are assessed have less history.
"""
_LEAST_DIVISOR = 1e-9
"""The smallest divisor of a relative difference, so that the divisor is never zero."""


class History:
    """A sliding window of readings for each signal.

    Memory: rows x bins x 4 bytes. A window of 28 days plus `_LOOK_BACK_BEYOND` plus
    `_SPARE_SPAN` takes 168 MB for 5,000 series of 5-minute bins. While a backlog of bins
    waits to be assessed, the window takes more.
    """

    def __init__(
        self,
        signals: Mapping[str, Signal],
        rows: Mapping[str, tuple[Entity, ...]],
        since: datetime,
        kept_span: timedelta,
    ) -> None:
        """Begin without readings.

        Args:
            signals: every signal by id.
            rows: the entities of each signal, in the order of the panel's rows.
            since: the start of the window; aware, UTC.
            kept_span: the readings of at least this span before each assessed bin are kept.
        """
        self._signals = signals
        self._rows = rows
        self._room = kept_span + _LOOK_BACK_BEYOND + _SPARE_SPAN
        self._keep = {
            i: _bins_in(s, kept_span + _LOOK_BACK_BEYOND) for i, s in signals.items()
        }
        self._row_of = {
            i: {entity: row for row, entity in enumerate(r)} for i, r in rows.items()
        }
        self._assessed: dict[str, int] = {}
        self._changed: dict[str, SignalRevision] = {}
        self._first: dict[str, int] = {}
        self._values: dict[str, Values] = {}
        self._newest: dict[str, int] = {}
        self._newest_of_rows: dict[str, Bins] = {}
        self.restart(since)

    def restart(self, since: datetime) -> None:
        """Drop all readings, and begin a new window at `since`."""
        self._assessed, self._changed, self._newest = {}, {}, {}
        for signal_id, signal in self._signals.items():
            shape = len(self._rows[signal_id]), _bins_in(signal, self._room)
            self._first[signal_id] = signal.bin_at(since)
            self._values[signal_id] = np.full(shape, np.nan, np.float32)
            self._newest_of_rows[signal_id] = np.full(shape[0], NEVER, np.int64)

    def mark_assessed(self, bins: Mapping[str, int]) -> None:
        """Set the last assessed bin of each signal.

        Readings that no later bin needs can then be discarded.
        """
        self._assessed = dict(bins)

    def reach_back(self, bins: Mapping[str, int]) -> None:
        """Move the empty window back, so that each signal's next bins can be assessed.

        It is moved back by at most `_LONGEST_PAUSE`.

        Args:
            bins: the last assessed bin of each signal.
        """
        self.mark_assessed(bins)
        for signal_id, last in bins.items():
            first = self._first[signal_id]
            oldest = first - _bins_in(self._signals[signal_id], _LONGEST_PAUSE)
            needed = max(last - self._keep[signal_id], oldest)
            self._first[signal_id] = min(first, needed)

    def load(self, readings: Readings, until: datetime) -> None:
        """Load the stored readings from the start of the window up to `until`."""
        for signal_id, signal in self._signals.items():
            since = signal.start_of(self._first[signal_id])
            if until <= since:
                continue
            window = Interval(since, until)
            stored = readings.panel(signal, self._rows[signal_id], window)
            # Earlier versions of the program stored readings above the maximum. Such
            # readings are refused now.
            stored.values[stored.values > signal.maximum] = np.nan
            self._write_values(signal_id, slice(None), stored.first, stored.values)

    def add(self, chunks: Iterable[Chunk]) -> None:
        """Add new readings; a missing reading never replaces a known one (P5)."""
        # Nearly all readings of an answer are known already, and each call that
        # compares readings takes time. Therefore each call compares many series.
        for rows, block in self._blocks(chunks):
            signal_id, first = block[0].signal, block[0].first
            values = np.array([chunk.values for chunk in block])
            self._note_revisions(signal_id, rows, first, values)
            self._write_values(signal_id, rows, first, values)

    def _blocks(self, chunks: Iterable[Chunk]) -> Iterator[tuple[slice, list[Chunk]]]:
        """Yield blocks of successive chunks with the same bins in adjacent rows.

        Each block comes with its rows. Chunks of entities that are not watched are left
        out.
        """
        block: list[Chunk] = []
        start = 0
        for chunk in chunks:
            row = self._row_of.get(chunk.signal, {}).get(chunk.entity)
            # A source may answer with entities that are not watched.
            if row is None:
                continue
            adjoins = row == start + len(block)
            if block and not (adjoins and _same_bins(block[0], chunk)):
                yield slice(start, start + len(block)), block
                block = []
            start = start if block else row
            block.append(chunk)
        if block:
            yield slice(start, start + len(block)), block

    @property
    def newest_bins(self) -> Mapping[str, int]:
        """By signal id, the newest bin in which any series has a reading."""
        return self._newest

    def newest_bin(self, signal_id: str) -> int | None:
        """Return the number of a signal's newest bin with a reading, or None."""
        return self._newest.get(signal_id)

    def newest_bin_of(self, signal_id: str, entity: Entity) -> int | None:
        """Return the number of a series' newest bin with a reading, or None."""
        row = self._row_of.get(signal_id, {}).get(entity)
        newest = NEVER if row is None else int(self._newest_of_rows[signal_id][row])
        return None if newest == NEVER else newest

    def take_changes(self) -> dict[str, SignalRevision]:
        """Return the late and revised readings of assessed bins, and forget them.

        So each call returns only readings that were added since the last call.
        """
        changed, self._changed = self._changed, {}
        return changed

    def _note_revisions(
        self, signal_id: str, rows: slice, first: int, values: Values
    ) -> None:
        """Record the readings that are new or changed in assessed bins.

        The arguments are those of `_write_values`.
        """
        assessed = self._assessed.get(signal_id)
        # Bins that are not assessed yet are not recorded: detection will read them
        # anyway.
        if assessed is None or first > assessed:
            return
        panel = self.panel(signal_id)
        since = max(first, panel.first)
        until = min(first + values.shape[1], assessed + 1, panel.last + 1)
        if until <= since:
            return
        now = values[:, since - first : until - first]
        before = panel.values[rows, since - panel.first : until - panel.first]
        # A late reading replaces NaN, from which every number differs. So both revised
        # and late readings are found.
        is_new = ~np.isnan(now) & (now != before)
        for number in np.flatnonzero(is_new.any(axis=1)).tolist():
            new = np.flatnonzero(is_new[number])
            readings = now[number, new], before[number, new]
            self._add_revision(signal_id, rows.start + number, since + new, readings)

    def _add_revision(
        self, signal_id: str, row: int, bins: Bins, readings: tuple[Values, Values]
    ) -> None:
        """Record late and revised bins of a row.

        Args:
            signal_id: the id of the signal.
            row: the row of the series.
            bins: the numbers of the bins.
            readings: the new readings of these bins, and the old ones.
        """
        noted = self._changed.get(signal_id, SignalRevision(int(bins[0])))
        shares = _relative_change(*readings, self._signals[signal_id].minimum)
        # The relative change of a late reading is NaN, because its bin had no value before.
        revised = ~np.isnan(shares)
        self._changed[signal_id] = SignalRevision(
            min(noted.first, int(bins[0])),
            (*noted.revised, RevisedBins(row, bins[revised], shares[revised])),
        )

    def panels(self) -> dict[str, Panel]:
        """Return the window of every signal, by id; views, not copies."""
        return {signal_id: self.panel(signal_id) for signal_id in self._signals}

    def panel(self, signal_id: str) -> Panel:
        """Return the readings that are kept of one signal; a view, not a copy."""
        return Panel(
            signal=self._signals[signal_id],
            entities=self._rows[signal_id],
            first=self._first[signal_id],
            values=self._values[signal_id],
        )

    def _write_values(
        self, signal_id: str, rows: slice, first: int, values: Values
    ) -> None:
        """Write the values that are not NaN into the window.

        Args:
            signal_id: the id of the signal.
            rows: the rows of the window to write.
            first: the number of the bin in the first column of `values`.
            values: the readings; NaN is missing.
        """
        if (last := _last_known(values)) is not None:
            newest = self._newest.get(signal_id, first + last)
            self._newest[signal_id] = max(newest, first + last)
            self._note_newest(signal_id, rows, first, values)
        self._extend_window(signal_id, first + values.shape[1])
        start = first - self._first[signal_id]
        # Bins before the window are left out.
        within = values[:, max(0, -start) :]
        start = max(0, start)
        target = self._values[signal_id][rows, start : start + within.shape[1]]
        np.copyto(target, within, where=~np.isnan(within))

    def _note_newest(
        self, signal_id: str, rows: slice, first: int, values: Values
    ) -> None:
        """Note each row's newest bin with a reading; arguments as in `_write_values`."""
        is_known = ~np.isnan(values)
        last = values.shape[1] - 1 - np.argmax(is_known[:, ::-1], axis=1)
        bins = np.where(is_known.any(axis=1), first + last, NEVER)
        newest = self._newest_of_rows[signal_id]
        newest[rows] = np.maximum(newest[rows], bins)

    def _extend_window(self, signal_id: str, until: int) -> None:
        """Move or lengthen the window so that it reaches to bin `until`, exclusive.

        To make room, old bins that are not needed are discarded. If there are too few
        of these, the window becomes longer.
        """
        values = self._values[signal_id]
        over = until - self._first[signal_id] - values.shape[1]
        if over <= 0:
            return
        unit = max(1, _bins_in(self._signals[signal_id], _DISCARD_SPAN))
        shift = min(
            -(-over // unit) * unit, self._discardable_bins(signal_id) // unit * unit
        )
        if shift < over:
            more = np.full((len(values), over - shift), np.nan, dtype=np.float32)
            values = self._values[signal_id] = np.hstack([values, more])
        shift = min(shift, values.shape[1])
        if shift:
            # The rows are moved one by one: a copy of the whole array would need twice
            # the memory.
            for row in values:
                row[:-shift] = row[shift:].copy()
                row[-shift:] = np.nan
            self._first[signal_id] += shift

    def _discardable_bins(self, signal_id: str) -> int:
        """Return how many of the oldest bins are not needed to assess any later bin."""
        assessed = self._assessed.get(signal_id)
        if assessed is None:
            return 0
        return max(0, assessed - self._keep[signal_id] - self._first[signal_id])


def restore_detection(
    stored: Mapping[str, bytes], assessor: "Assessor", history: History
) -> None:
    """Restore the stored state of detection; move the empty history back to suit it.

    Args:
        stored: the encoded states of each signal's series, by signal id.
        assessor: gets the states.
        history: is moved back before readings are loaded: after a stop, the first bins to
            assess need the four weeks before them (P14).
    """
    for signal_id, states in assessor.states.items():
        if signal_id in stored:
            restored = decode(stored[signal_id], states.entities)
            assessor.restore_states(signal_id, restored)
    assessed = {i: b for i, b in assessor.last_bins.items() if b != NEVER}
    history.reach_back(assessed)


def _relative_change(new: Values, old: Values, least_divisor: float) -> Values:
    """Return |new - old| as shares of the larger reading; NaN where `old` is NaN.

    `least_divisor` is the smallest divisor, so that small readings do not give large
    shares.
    """
    larger = np.maximum(
        np.maximum(np.abs(new), np.abs(old)), max(least_divisor, _LEAST_DIVISOR)
    )
    return np.asarray(np.abs(new - old) / larger)


def _same_bins(a: Chunk, b: Chunk) -> bool:
    """Whether two chunks have the same signal and the same bins."""
    bins_of_a = a.signal, a.first, len(a.values)
    return bins_of_a == (b.signal, b.first, len(b.values))


def _last_known(values: Values) -> int | None:
    """Return the last column with a reading; None if there is none."""
    columns = range(values.shape[1] - 1, -1, -1)
    return next((c for c in columns if not np.isnan(values[:, c]).all()), None)


def _bins_in(signal: Signal, span: timedelta) -> int:
    return int(span.total_seconds()) // signal.step_s

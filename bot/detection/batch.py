"""The detectors' states of every watched series, taken over the bins that fall due."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.detection import runner, traces
from bot.detection.day_shapes import Past, span
from bot.detection.kernel import health
from bot.detection.kernel.columns import NEVER, Table
from bot.detection.kernel.drops import BinReadings
from bot.detection.kernel.inputs import Numbers
from bot.detection.runner import Clocks, Trail, Walked
from bot.detection.series_states import SeriesStates, fresh, of_rows
from bot.detection.source_health import Health
from bot.detection.source_health import health as source_health
from bot.detection.state_checkpoints import StateCheckpoints
from bot.detection.thresholds import Thresholds, signal_params
from bot.detection.utc_offsets import UtcOffsets
from bot.model.entity import Entity
from bot.model.incident import Trace
from bot.model.interval import Interval
from bot.model.signal import Gap, Panel, Signal, Values
from bot.model.watchlist import Watchlist

Bins = npt.NDArray[np.int64]


class RevisedBins(NamedTuple):
    """Bins of a row that were told otherwise: which, and how far each has changed.

    A change is a share of the larger reading, at least of what can be judged.
    """

    row: int
    bins: Bins
    shares: Values


class Detector:
    """One signal: its series' states, and how to take them further.

    Attributes:
        states: after the last judged bin.
        groups: the number of the place that each row belongs to.
    """

    def __init__(
        self,
        signal: Signal,
        rows: tuple[Entity, ...],
        watch: Watchlist,
        thresholds: Thresholds,
    ) -> None:
        """Begin knowing nothing."""
        self.signal = signal
        self.rows = rows
        self.states: SeriesStates = fresh(rows)
        self.groups = _groups(rows, watch)
        self.places = tuple(watch.place_of[entity] for entity in rows)
        self.measure = signal_params(signal, thresholds)
        self._marks = StateCheckpoints(signal)
        self._wall = UtcOffsets(signal, rows, watch)

    def walk(self, panel: Panel, until: int, ahead: int = 0) -> "DetectionBatch":
        """Judge all bins before bin `until` that were not judged yet.

        Others follow at once, up to bin `ahead`.
        """
        before = self.states
        clocks = self._wall.clocks(panel, until)
        if until <= self.begin(panel):
            return DetectionBatch(
                self, panel, before, runner.nothing(before, panel), clocks
            )
        self._marks.keep(before, ahead)
        walked = runner.walk(panel, before, until, self.groups, self.measure, clocks)
        self.states = walked.states
        return DetectionBatch(self, panel, before, walked, clocks)

    def doubt(self, retold: Iterable[RevisedBins]) -> None:
        """Where many places were told otherwise, believe nothing of it for a while.

        Neither what was told now, from the first such bin on, nor what comes next: it
        opens and closes nothing (P5, P6).
        """
        m, last = self.measure, self.states.index
        firsts = {
            told.row: int(told.bins[told.shares >= m.ill_revision][0])
            for told in retold
            if (told.shares >= m.ill_revision).any()
        }
        heard = ~np.isnan(self.states.table["value"])
        rows = np.array(list(firsts), dtype=np.int64)
        if health.rewrote(self.groups[rows], self.groups[heard], m):
            since, until = self.states.doubted
            since = since if until > last else min(firsts.values())
            self.states = replace(self.states, doubted=(since, last + 1 + m.stale))

    def again(self, panel: Panel, first: int) -> set[Entity]:
        """Judge anew from bin `first`, whose readings changed, to the last judged.

        Returns:
            The places of which a drop is now judged otherwise.
        """
        before = self.states
        start = self._marks.before(first, before)
        if start is None or first > before.index:
            return set()
        self.states = replace(start, doubted=before.doubted)
        self.walk(panel, before.index + 1)
        other = _judged_otherwise(self.states.table, before.table)
        return {self.places[row] for row in np.flatnonzero(other)}

    def trace(
        self,
        panel: Panel,
        one: SeriesStates,
        row: int,
        since: datetime,
        brand: str = "",
    ) -> Trace:
        """A series from `since` on, as its states `one` (of it alone) know it."""
        clocks = self._wall.clocks(panel, panel.last)
        ground = runner.ground_of(panel, one, [row], clocks)
        return traces.trace(panel, one, ground, self.measure, since, brand)

    def until(self, panel: Panel, now: datetime, patient: datetime) -> int:
        """The bin before which all are due: told by somebody, or waited for in vain.

        Args:
            panel: the readings.
            now: bins that ended later are not due.
            patient: nobody is waited for whose bin was due before then.
        """
        due = self.signal.bin_of(now - self.signal.lag)
        given_up = self.signal.bin_of(patient - self.signal.lag)
        first = max(given_up, self.begin(panel), panel.first)
        told = ~np.isnan(panel.values[:, first - panel.first : due - panel.first])
        known = np.flatnonzero(told.any(axis=0))
        arrived = first + int(known[-1]) + 1 if len(known) else 0
        return min(due, max(arrived, given_up))

    def due_before(self, instant: datetime) -> int:
        """The first bin that falls due only at `instant`, or later."""
        index = self.signal.bin_of(instant - self.signal.lag)
        return index if self.signal.due_at(index - 1) < instant else index - 1

    def begin(self, panel: Panel) -> int:
        """The first bin that was not judged yet."""
        last = self.states.index
        return max(panel.first, last + 1) if last != NEVER else panel.first


class DetectionBatch:
    """Some bins of one signal, judged, and how one looks back at them."""

    def __init__(
        self,
        detector: Detector,
        panel: Panel,
        before: SeriesStates,
        walked: Walked,
        clocks: Clocks,
    ) -> None:
        """Nobody is followed yet."""
        self._detector = detector
        self._panel = panel
        self._before = before
        self._walked = walked
        self._clocks = clocks
        self._trail: Trail | None = None
        self._place: dict[int, int] = {}
        self._after = (NEVER, before)
        self._looks: dict[int, BinReadings] = {}

    @property
    def bins(self) -> range:
        """The judged bins."""
        first = self._walked.first
        return range(first, first + len(self._walked.ill))

    def touched(self) -> set[Entity]:
        """The places of which a series was in a drop at any time."""
        rows = np.flatnonzero(self._walked.touched)
        return {self._detector.places[row] for row in rows}

    def gaps(self) -> list[Gap]:
        """The bins in which the source was ill."""
        signal = self._detector.signal
        ill = np.flatnonzero(self._walked.ill > health.WELL) + self._walked.first
        return [
            Gap(
                signal.id,
                None,
                Interval(signal.start_of(int(index)), signal.start_of(int(index) + 1)),
                f"source-ill: {self.health(int(index)).reason}",
            )
            for index in ill
        ]

    def health(self, index: int) -> Health:
        """Whether the source could be believed in a judged bin."""
        return source_health(int(self._walked.ill[index - self._walked.first]))

    def follow(self, rows: list[int]) -> None:
        """Keep the states of these rows after each bin, for what comes below."""
        self._place = {row: place for place, row in enumerate(rows)}
        self._after = (NEVER, self._before)
        self._trail = runner.follow(
            self._panel,
            self._before,
            np.array(rows, dtype=np.int64),
            self._walked.ill,
            self._detector.measure,
            self._clocks,
        )

    def after(self, row: int, index: int) -> tuple[SeriesStates, int]:
        """The states of followed rows after a bin, and the place of `row` in them."""
        if self._trail is None:
            raise KeyError(row)
        if self._after[0] != index:
            self._after = (index, self._trail.after(index))
        return self._after[1], self._place[row]

    def look(self, index: int) -> BinReadings:
        """How a bin reads in all rows."""
        if index not in self._looks:
            self._looks[index] = runner.look(
                self._panel,
                self._walked.states,
                index,
                self._detector.measure,
                self._clocks,
            )
        return self._looks[index]

    def column(self, index: int) -> Values:
        """All rows as they read in a bin."""
        return self._panel.column(index)

    def past(self, row: int, index: int) -> Past:
        """A fallen, followed row up to a bin; what an earlier drop spoilt is missing."""
        states, place = self.after(row, index)
        m, bad = self._detector.measure, int(states.table[place]["onset_bad"])
        first = index + 1 - span(m)
        values = self._panel.row(row, first, index + 1)
        for since, until in states.masks(place):
            if until <= bad:
                values[max(0, since - first) : max(0, until - first)] = np.nan
        return Past(values, index + 1 - bad, m)

    def trace(self, row: int, index: int, since: datetime, brand: str) -> Trace:
        """A followed row from `since` on, as it was known after bin `index`."""
        states, place = self.after(row, index)
        one = of_rows(states, np.array([place]))
        return self._detector.trace(self._panel, one, row, since, brand)


def _judged_otherwise(now: Table, before: Table) -> npt.NDArray[np.bool_]:
    """The rows of which the last drop is there, began or went as deep as before, not.

    A drop that no longer is leaves its traces in neither.
    """
    other = now["dropped"] != before["dropped"]
    for name in ("onset_bad", "back_good"):
        other |= now[name] != before[name]
    deep = np.nan_to_num(now["lowest"]) != np.nan_to_num(before["lowest"])
    return np.asarray(other | (deep & (now["dropped"] > 0)), dtype=np.bool_)


def _groups(rows: tuple[Entity, ...], watch: Watchlist) -> Numbers:
    """The number of the place that each row belongs to."""
    places = sorted({watch.place_of[entity] for entity in rows})
    number = {place: at for at, place in enumerate(places)}
    return np.array([number[watch.place_of[e]] for e in rows], dtype=np.int32)

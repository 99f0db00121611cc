"""What is measured, and by whom."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from bot.model.entity import Entity
from bot.model.interval import Interval

Values = npt.NDArray[np.float32]
"""Readings, oldest first; NaN is a missing bin, never a zero (P5)."""

_ZERO = datetime(1970, 1, 1, tzinfo=UTC)


class Family(StrEnum):
    """Signals of one family see with the same eyes: together they are one vote (P7)."""

    ACTIVE_PROBING = "active-probing"
    TRAFFIC = "traffic"
    CONTROL_PLANE = "control-plane"
    TELEMETRY = "telemetry"
    TELESCOPE = "telescope"


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing measured by one party, on a regular grid of bins.

    Attributes:
        id: `source.name`, as `ioda.bgp`.
        unit: what a value counts, in words.
        step: the width of a bin.
        lag: how long after its end a bin is published.
        family: whose vote it is.
        credit: whom to name at the point of use (P13).
        licence: under what terms, in the holder's words or an SPDX id.
        link: where a reader finds the source, or None.
        phase: how far after a multiple of `step` (since 1970) a bin begins.
        minimum: the least expected value that can be judged; below it the
            ratio is the noise of small numbers.
        snapshot: whether a value shows the instant its bin begins (a routing
            table) instead of the whole bin.
    """

    id: str
    unit: str
    step: timedelta
    lag: timedelta
    family: Family
    credit: str
    licence: str
    link: str | None = None
    phase: timedelta = timedelta(0)
    minimum: float = 0.0
    snapshot: bool = False

    @property
    def step_s(self) -> int:
        """The step in whole seconds."""
        return int(self.step.total_seconds())

    def bin_of(self, at: datetime) -> int:
        """The number of the bin that `at` lies in."""
        seconds = at.timestamp() - self.phase.total_seconds()
        return int(seconds // self.step_s)

    def start_of(self, index: int) -> datetime:
        """When bin `index` begins: aware, UTC."""
        return _ZERO + self.phase + int(index) * self.step

    def seen_at(self, index: int) -> datetime:
        """Up to which instant bin `index` has looked: its end, or its beginning."""
        return self.start_of(index if self.snapshot else index + 1)

    def due_at(self, index: int) -> datetime:
        """When bin `index` ought to be published: its end and the lag."""
        return self.start_of(index + 1) + self.lag


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """A run of consecutive bins of one series.

    Attributes:
        first: the number of the first bin (see `Signal.bin_of`).
        values: one value a bin.
    """

    entity: Entity
    signal: str
    first: int
    values: Values


@dataclass(frozen=True, slots=True)
class Gap:
    """Silence that we know of: who said nothing, when, and why (P5, P17).

    `entity` is None where the whole signal is silent.
    """

    signal: str
    entity: Entity | None
    window: Interval
    reason: str


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a source.

    Attributes:
        key: stable, so that a back-fill can go on where it stopped.
        path: what the source's own protocol needs to ask it.
    """

    key: str
    signals: tuple[str, ...]
    entities: tuple[Entity, ...]
    window: Interval
    path: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source answered, before anything is concluded from it (P3)."""

    source: str
    request: Request
    at: datetime
    status: int
    body: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """An answer, read: the readings in it and the silences."""

    chunks: tuple[Chunk, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The readings of one signal.

    Attributes:
        signal: what all rows measure.
        entities: one for each row.
        first: the number of the bin in column 0.
        values: shape (rows, bins), float32; NaN is missing (P5).
    """

    signal: Signal
    entities: tuple[Entity, ...]
    first: int
    values: Values

    @property
    def last(self) -> int:
        """The number of the last column's bin."""
        return self.first + int(self.values.shape[1]) - 1

    def column(self, index: int) -> Values:
        """All rows at bin `index`; NaN where the panel does not reach."""
        at = index - self.first
        if 0 <= at < self.values.shape[1]:
            return np.asarray(self.values[:, at], dtype=np.float32)
        return np.full(len(self.entities), np.nan, dtype=np.float32)

    def row(self, row: int, since: int, until: int) -> Values:
        """A copy of one row over the bins [since, until); NaN beyond the panel."""
        told = np.full(until - since, np.nan, dtype=np.float32)
        first, end = max(since, self.first), min(until, self.last + 1)
        if first < end:
            seen = self.values[row, first - self.first : end - self.first]
            told[first - since : end - since] = seen
        return told

"""Signals, the names by which readers know them, and their readings and gaps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.model.entity import Entity
from bot.model.interval import Interval

# Importing numpy takes longer than all the work of a short command. This module needs
# numpy for types only, and the methods that compute with it import it themselves.
if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Values = npt.NDArray[np.float32]
else:
    Values = Any
"""Readings, oldest first; NaN is a missing bin, never a zero (P5)."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


ADDRESS_MAP = "address-map"
"""The map that assigns addresses to countries, regions and networks.

It is one of the possible `Signal.inputs`.
"""


class Family(StrEnum):
    """A group of signals that observe the same thing; the group counts once (P7)."""

    ACTIVE_PROBING = "active-probing"
    TRAFFIC = "traffic"
    CONTROL_PLANE = "control-plane"
    TELEMETRY = "telemetry"
    TELESCOPE = "telescope"


STRONG_FAMILIES = (Family.ACTIVE_PROBING, Family.TRAFFIC, Family.CONTROL_PLANE)
"""Families that can open an incident alone.

If several of them have fallen, texts give the level of the first in this order.
Telescope and telemetry are too noisy to open an incident."""
NOISY_FAMILIES = frozenset({Family.TELESCOPE, Family.TELEMETRY})
"""Families that vary a lot without an outage."""
FLAT_FAMILIES = frozenset({Family.CONTROL_PLANE, Family.ACTIVE_PROBING})
"""Families without a strong daily cycle: one time of day can stand in for another."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One quantity measured by one provider, on a regular grid of bins.

    Attributes:
        id: `source.name`, such as `ioda.bgp`.
        unit: what a value counts, in words.
        step: the width of a bin.
        lag: how long after the end of a bin its value is published.
        family: the group of signals that observe the same thing as this signal.
        credit: whom to credit at the point of use (P13).
        licence: the licence, in the holder's words or as an SPDX id.
        link: the address of the source; None if it has none.
        phase: how far after a multiple of `step` (since 1970) a bin begins.
        minimum: the lowest baseline that can be assessed; below it, noise of small
            counts dominates the level.
        snapshot: whether a value describes the start of its bin (a routing table)
            instead of the whole bin.
        maximum: the highest possible value; a higher reading is stored as a gap.
        inputs: what the source derives the signal from besides its own measurement,
            such as a map of addresses. An error in an input shows in every signal that
            is derived from it, so such signals are not independent of each other.
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
    maximum: float = float("inf")
    inputs: tuple[str, ...] = ()

    @property
    def step_s(self) -> int:
        """Return the step in whole seconds."""
        return int(self.step.total_seconds())

    def bin_at(self, at: datetime) -> int:
        """Return the number of the bin that contains `at`."""
        seconds = at.timestamp() - self.phase.total_seconds()
        return int(seconds // self.step_s)

    def start_of(self, index: int) -> datetime:
        """Return the start of bin `index`, aware, UTC."""
        return _EPOCH + self.phase + int(index) * self.step

    def last_instant_of(self, index: int) -> datetime:
        """Return the last instant that a bin describes.

        That is the end of the bin, or its start if the signal is a snapshot.
        """
        # A routing table describes the instant at which it was taken, so the end of the
        # bin would be a time that was not measured (P9, P18).
        return self.start_of(index if self.snapshot else index + 1)

    def due_at(self, index: int) -> datetime:
        """Return when bin `index` is due: its end plus the lag."""
        return self.start_of(index + 1) + self.lag

    def current_until(self, last_instant: datetime, grace: timedelta) -> datetime:
        """Return when a reading stops being current, because the next one is overdue.

        Args:
            last_instant: the last instant that the reading describes (see
                `last_instant_of`).
            grace: how long to wait for a missing reading after it was due.
        """
        to_end_of_next = 2 * self.step if self.snapshot else self.step
        return last_instant + to_end_of_next + self.lag + grace


@dataclass(frozen=True, slots=True)
class SignalLabel:
    """How readers know a signal: by its family, or by the product that it measures.

    Attributes:
        product: the brand whose users are measured, as in "Google traffic"; None if
            readers know the signal by its family alone.
    """

    family: Family
    product: str | None = None


# Mappings have no hash, so a brand is compared and hashed by its identity.
@dataclass(frozen=True, slots=True, eq=False)
class SourceBrand:
    """The proper names by which texts call a source, the same in every language.

    Attributes:
        id: the part of its signals' ids before the dot: `ioda` in `ioda.bgp`.
        name: the name by which readers know the source.
        signals: the label of each signal, by the part of the signal's id after the dot.
        evidence: the names that a text may give as the source of a measurement. Each
            name comes with strings in lower case; a text may use the name if the id or
            the credit of a signal contains one of these strings.
        other_names: further names in the source's credit lines, which make no claim
            about an event.
    """

    id: str
    name: str
    signals: Mapping[str, SignalLabel]
    evidence: Mapping[str, tuple[str, ...]]
    other_names: tuple[str, ...] = ()


# A comparison of arrays gives no single truth value, so `eq` is False for records that
# hold arrays.
@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """A run of consecutive bins of one series.

    Attributes:
        first: the number of the first bin (see `Signal.bin_at`).
        values: shape (bins,).
    """

    entity: Entity
    signal: str
    first: int
    values: Values


@dataclass(frozen=True, slots=True)
class Gap:
    """Bins known to be missing, and why (P5, P17).

    `entity` is None if the whole signal is missing.
    """

    signal: str
    entity: Entity | None
    window: Interval
    reason: str


@dataclass(frozen=True, slots=True)
class Request:
    """One request to a source.

    Attributes:
        key: identifies the request, also after a restart, so that a backfill can
            continue where it stopped.
        window: the time for which readings are requested.
        path: the request in the source's own protocol.
    """

    key: str
    signals: tuple[str, ...]
    entities: tuple[Entity, ...]
    window: Interval
    path: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The raw response of a source; stored before it is parsed (P3)."""

    source: str
    request: Request
    at: datetime
    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """What is known of a stored answer without its body.

    Attributes:
        sha256: the SHA-256 of the body in hex.
        request: the key of the request.
        window: the time for which readings were requested.
        at: when the answer arrived; aware, UTC.
    """

    sha256: str
    source: str
    request: str
    window: Interval
    status: int
    at: datetime


@dataclass(frozen=True, slots=True, eq=False)
class ParsedAnswer:
    """The readings and gaps of one response."""

    chunks: tuple[Chunk, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The readings of one signal.

    Attributes:
        signal: what all rows measure.
        entities: the entity of each row.
        first: the number of the bin in column 0.
        values: shape (rows, bins), float32; NaN is missing (P5).
    """

    signal: Signal
    entities: tuple[Entity, ...]
    first: int
    values: Values

    @property
    def last(self) -> int:
        """Return the number of the bin in the last column."""
        return self.first + int(self.values.shape[1]) - 1

    def readings_in_bin(self, index: int) -> Values:
        """Return the reading of each row in bin `index`; NaN outside the panel."""
        import numpy as np

        column_index = index - self.first
        if 0 <= column_index < self.values.shape[1]:
            return np.asarray(self.values[:, column_index], dtype=np.float32)
        return np.full(len(self.entities), np.nan, dtype=np.float32)

    def readings_of_row(self, row: int, since: int, until: int) -> Values:
        """Return a copy of a row's bins [since, until); NaN outside the panel."""
        import numpy as np

        # The readings are copied, because callers overwrite masked bins.
        values = np.full(until - since, np.nan, dtype=np.float32)
        first, end = max(since, self.first), min(until, self.last + 1)
        if first < end:
            inside = self.values[row, first - self.first : end - self.first]
            values[first - since : end - since] = inside
        return values

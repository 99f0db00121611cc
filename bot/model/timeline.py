"""The series of an incident over time: their levels, their drops and the cuts they make."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.entity import Entity, NetworkKind, SeriesKey
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import SeriesState


@dataclass(frozen=True, slots=True)
class SeriesLevel:
    """The state of one series when an event was made.

    `brand` and `kind` are set for networks in the register; levels are fractions of
    the baseline (1.0 is normal).
    """

    entity: Entity
    signal: str
    family: Family
    state: SeriesState
    level: float | None
    lowest: float | None
    onset: Interval | None
    as_of: datetime
    brand: str = ""
    kind: NetworkKind = NetworkKind.UNKNOWN

    @property
    def key(self) -> SeriesKey:
        """Entity and signal of the series."""
        return self.entity, self.signal


@dataclass(frozen=True, slots=True)
class Drop:
    """One drop of one series.

    Attributes:
        onset: the interval in which it began.
        ended: the interval in which the series became normal again; None while it lasts.
        lowest: the lowest level in it (1.0 is normal); None if unknown.
        seen_low: until when it was seen to last; aware, UTC. None if it has ended, or if
            an earlier version stored it.
    """

    onset: Interval
    ended: Interval | None
    lowest: float | None
    seen_low: datetime | None = None


@dataclass(frozen=True, slots=True)
class SeriesTimeline:
    """One series over an incident.

    Attributes:
        drops: the series' drops that belong to the incident, oldest first.
        state: the state at the last event.
        level: the level at the last event; None if unknown.
        as_of: the last instant that the bin behind `level` describes; aware, UTC.
        reported: whether a level of this series was published.
        silences: the times of an hour or more without readings since its first drop,
            oldest first; only of families that are steady.
    """

    entity: Entity
    signal: str
    family: Family
    drops: tuple[Drop, ...]
    state: SeriesState
    level: float | None
    as_of: datetime
    reported: bool = False
    silences: tuple[Interval, ...] = ()

    @property
    def key(self) -> SeriesKey:
        """Entity and signal of the series."""
        return self.entity, self.signal


@dataclass(frozen=True, slots=True)
class Cut:
    """A time in which the subject of an incident was down without a break.

    The subject is the place, or the parts of it that fell.

    Attributes:
        began: the interval in which the first series of the subject fell.
        ended: the interval in which the last of these series returned; None while the
            cut lasts.
        seen_low: the last time at which a series of the subject read low; aware, UTC.
            It may be set for a cut that has ended. None if it is not stored.
        unseen: a time within it in which no series was seen low: it may be two cuts.
        silent_before: a time between it and the cut before in which a series that shows
            it had no readings: there may have been another cut. None if there is none.
    """

    began: Interval
    ended: Interval | None
    seen_low: datetime | None = None
    unseen: Interval | None = None
    silent_before: Interval | None = None

"""The series of an incident over time: their levels, their drops, and the cuts."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.entity import Entity, NetworkKind, SeriesKey
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import SeriesState


@dataclass(frozen=True, slots=True)
class SeriesLevel:
    """The state of one series when an event was made.

    `brand` and `kind` are set for networks in the register. Levels are fractions of the
    baseline (1.0 is normal), and None if unknown.
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
        onset: the interval in which the drop began.
        ended: the interval in which the series became normal again. None while the drop
            lasts, and if the series fell silent in the drop.
        lowest: the lowest level in the drop (1.0 is normal); None if unknown.
        seen_low: the last time at which the series was seen low; aware, UTC. None if
            `ended` is set. Also None in records of an earlier version of the program.
    """

    onset: Interval
    ended: Interval | None
    lowest: float | None
    seen_low: datetime | None = None


@dataclass(frozen=True, slots=True)
class SeriesTimeline:
    """One series that fell in an incident: its drops, and its state at the last event.

    Attributes:
        drops: the drops of the series that belong to the incident, oldest first.
        state: the state of the series at the last event.
        level: the level of the series at the last event; None if unknown.
        as_of: the last instant that the bin behind `level` describes; aware, UTC.
        reported: whether a level of this series was published.
        silences: the times of an hour or more without readings since the first drop of
            the series, oldest first. () for families other than routes and probing.
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

    The subject is the place, or the parts of the place that fell.

    Attributes:
        began: the interval in which the first series of the subject fell.
        ended: the interval in which the last of these series returned; None while the
            cut lasts.
        seen_low: the last time at which a series of the subject was seen low; aware,
            UTC. Also set for a cut that has ended. None if this time is not known.
        unseen: a time within the cut in which no series of the subject was seen low;
            None if there is none. The subject may have been back in this time.
        silent_before: a time between the previous cut and this cut in which the series
            of both cuts had no readings; None if there is none. Another cut may lie in
            this time.
    """

    began: Interval
    ended: Interval | None
    seen_low: datetime | None = None
    unseen: Interval | None = None
    silent_before: Interval | None = None

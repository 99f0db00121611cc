"""Incidents, their phases, and the readings behind them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.entity import Entity, SeriesKey
from bot.model.interval import Interval
from bot.model.signal import FLAT_FAMILIES, Family
from bot.model.timeline import SeriesTimeline
from bot.model.verdict import Scope, Severity


class State(StrEnum):
    """The state of an incident."""

    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    PARTLY_RESTORED = "partly-restored"
    RESTORED = "restored"
    RETRACTED = "retracted"


class EventKind(StrEnum):
    """What an incident event reports."""

    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    ESCALATED = "escalated"
    UPDATED = "updated"
    PARTLY_RESTORED = "partly-restored"
    REOPENED = "reopened"
    RESTORED = "restored"
    CORRECTED = "corrected"
    RETRACTED = "retracted"


CORRECTION_KINDS = (EventKind.CORRECTED, EventKind.RETRACTED)
"""Kinds of events that replace or withdraw something that was published."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A short record of an event, for later steps and texts; `at` is aware, UTC."""

    kind: EventKind
    at: datetime
    scope: Scope
    severity: Severity


@dataclass(frozen=True, slots=True)
class Trace:
    """Readings and baseline of one series during an event, for chart, page and CSV.

    Attributes:
        first: the start of the first bin; aware, UTC.
        step_s: the step in seconds.
        values: the reading of each bin, in the signal's unit; None if it is missing
            (P5).
        expected: the baseline of each bin, in the same unit; None if it has none.
        spread: the robust spread of the baseline, in the same unit; None if the bin has
            no baseline, or if the baseline has no spread.
        brand: the brand of a network; "" for other entities.
    """

    entity: Entity
    signal: str
    family: Family
    unit: str
    first: datetime
    step_s: int
    values: tuple[float | None, ...]
    expected: tuple[float | None, ...]
    spread: tuple[float | None, ...]
    brand: str = ""

    @property
    def key(self) -> SeriesKey:
        """Entity and signal of the series."""
        return self.entity, self.signal

    @property
    def levels(self) -> tuple[float | None, ...]:
        """The level of each bin; None if its reading or its baseline is missing."""
        pairs = zip(self.values, self.expected, strict=True)
        return tuple(None if v is None or not e else v / e for v, e in pairs)

    @property
    def comparable_levels(self) -> tuple[float | None, ...]:
        """The level of each bin; None also if the baseline may be of another hour.

        Weeks into a drop, a baseline has no spread: it comes from a single past week.
        If a reading of the same hour is missing in that week, a reading of a busy hour
        takes its place. Traffic at night would read low against a busy hour. So for
        families with a strong daily cycle, a level whose baseline has no spread is left
        out.
        """
        if self.family in FLAT_FAMILIES:
            return self.levels
        pairs = zip(self.levels, self.spread, strict=True)
        return tuple(v if spread is not None else None for v, spread in pairs)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The traces behind one event, the principal series first."""

    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """The current state of an incident, folded from its events.

    Attributes:
        severity: the worst severity so far.
        onset: the interval in which the incident began.
        confirmed_at: when the incident was first confirmed; None if it never was.
        restored: the interval in which the incident ended; None if no end was reported.
        level_min: the lowest level that was published for the place or for a part of
            the place (1.0 is normal); None if no level was published.
        families: every family that was down, in the order in which they fell. While the
            incident is only suspected, a single family.
        networks: every network and region that the events named as affected.
        told_level: the level in the last event; None if the event has none.
        told_families: the families last reported as down at the place itself.
        changed_at: the time of the last event; aware, UTC.
        seq: the number of the last event.
        phases: the events so far, oldest first.
        told_parts: the networks and regions last published as affected.
        principal: the id of the signal whose level was last published. None if that
            level belonged to a part of the place.
        timeline: the timeline in the last event.
        rule: the id of the verdict rule that opened the incident.
    """

    id: str
    place: Entity
    state: State
    scope: Scope
    severity: Severity
    onset: Interval
    confirmed_at: datetime | None
    restored: Interval | None
    level_min: float | None
    families: tuple[Family, ...]
    networks: tuple[Entity, ...]
    told_level: float | None
    told_families: tuple[Family, ...]
    changed_at: datetime
    seq: int
    phases: tuple[Phase, ...]
    told_parts: tuple[Entity, ...] = ()
    principal: str | None = None
    timeline: tuple[SeriesTimeline, ...] = ()
    rule: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the incident is neither restored nor retracted."""
        return self.state not in {State.RESTORED, State.RETRACTED}


@dataclass(frozen=True, slots=True)
class UnreadableIncident:
    """What is known of an incident whose record is damaged.

    Attributes:
        closed_at: the time of its last event, if it was restored or retracted; None if
            it is open. Aware, UTC.
    """

    id: str
    place: Entity
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Abstention:
    """The recorded decision that a verdict makes no event, with the reason (P17)."""

    place: Entity
    at: datetime
    outcome: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class ManualCorrection:
    """A person's correction or retraction; the next tick turns it into an event.

    Attributes:
        kind: corrected or retracted.
        statement: what was wrong; it is published.
        by: the name of the person; stored, not published.
        at: when the person made the correction; aware, UTC.
        id: the number of the correction in the store; 0 before it is stored.
    """

    incident: str
    kind: EventKind
    statement: str
    by: str
    at: datetime
    id: int = 0

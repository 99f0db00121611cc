"""Incidents and their events."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.model.entity import Entity, NetworkKind
from bot.model.impact import Impact
from bot.model.interval import Interval, Span
from bot.model.signal import Family
from bot.model.verdict import Check, Scope, SeriesState, Severity


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
"""Kinds of events that replace or withdraw an earlier published statement."""


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


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom to credit for a signal, and its licence (P13)."""

    signal: str
    text: str
    licence: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Phase:
    """One event of an incident in brief, for phrases such as "after a day of"."""

    kind: EventKind
    at: datetime
    scope: Scope
    severity: Severity


@dataclass(frozen=True, slots=True)
class CorrectedClaims:
    """Published claims that the readings no longer support (P11).

    Attributes:
        told_at: the time of the incident's first event.
        lowest: the wrong lowest level as published; None: it is still correct.
        onset: the wrong onset as published; None: it is still correct.
    """

    told_at: datetime
    lowest: float | None = None
    onset: Interval | None = None


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
    """

    entity: Entity
    signal: str
    family: Family
    drops: tuple[Drop, ...]
    state: SeriesState
    level: float | None
    as_of: datetime
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """A time in which the subject of an incident was down without a break.

    The subject is the place, or the parts of it that fell.

    Attributes:
        began: the interval in which the first series of the subject fell.
        ended: the interval in which the last of these series returned; None while the
            cut lasts.
        seen_low: until when it was seen to last; see `Drop`.
        unseen: a time within it in which no series was seen low: it may be two cuts.
    """

    began: Interval
    ended: Interval | None
    seen_low: datetime | None = None
    unseen: Interval | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that may be published about one event (P4).

    Attributes:
        place: a country; a network or region if its country is not known.
        state: the incident's state after the event.
        scope: the widest scope so far.
        severity: the current severity; the worst severity once the incident is over.
        level: the current level of the principal series; 1.0 is normal.
        lowest: the lowest level of the incident's subject (see `Cut`) that may be
            published; None if there is none.
        principal: the id of the signal whose level represents the place; "" if none.
        as_of: the last instant that the newest bin behind the level describes.
        onset: the interval in which the incident began.
        restored: the interval in which the incident ended; None if no end was reported.
        duration: how long the subject was down, added up over all cuts until `as_of`.
        families: the families that are down now; opened_by: all families that were
            down during the incident. A suspected incident has one family in both.
        returned: the families in `opened_by` that are not down now.
        series: the place's own series.
        networks, regions: one series of each part that is down, the deepest part
            first; once the incident is over, of each part that it was about.
        unknown: the ids of the place's signals whose series are unknown.
        credits: one for each signal used.
        phases: earlier events, oldest first.
        checks: the artefact checks and their results.
        rule: the id of the verdict rule.
        method: the kind of baseline of the principal series.
        reconstruction: whether the readings were made from published facts and not
            measured; everything published says so.
        part: the network or region that `level` belongs to; None if `level` is the
            place's own.
        parts_back: the networks whose return this event reports.
        impact: who is cut off; None in events stored without it.
        drill: whether this is a drill: its posts say so, and cannot leave the machine
            (P16).
        statement: what a person says was wrong; corrections and retractions only.
        wrong: the claims that revised readings no longer support; None if a person made
            the correction, and for other events.
        timeline: every series that fell in the incident, with each of its drops.
        cuts: the times in which the subject of the incident was down, oldest first.
    """

    place: Entity
    state: State
    scope: Scope
    severity: Severity
    level: float | None
    lowest: float | None
    principal: str
    as_of: datetime
    onset: Interval
    restored: Interval | None
    duration: Span
    families: tuple[Family, ...]
    opened_by: tuple[Family, ...]
    returned: tuple[Family, ...]
    series: tuple[SeriesLevel, ...]
    networks: tuple[SeriesLevel, ...]
    regions: tuple[SeriesLevel, ...]
    unknown: tuple[str, ...]
    credits: tuple[Credit, ...]
    phases: tuple[Phase, ...]
    checks: tuple[Check, ...]
    rule: str
    method: str
    reconstruction: bool = False
    part: Entity | None = None
    parts_back: tuple[SeriesLevel, ...] = ()
    impact: Impact | None = None
    drill: bool = False
    statement: str = ""
    wrong: CorrectedClaims | None = None
    timeline: tuple[SeriesTimeline, ...] = ()
    cuts: tuple[Cut, ...] = ()

    @property
    def latest_cut(self) -> Cut:
        """The last of several cuts, or one from the onset to the end."""
        newest = self.cuts[-1] if self.cuts else Cut(self.onset, None)
        if len(self.cuts) > 1:
            return newest
        # A single cut is published with the onset and the end of the incident.
        ended = self.restored or newest.ended
        return replace(newest, began=self.onset, ended=ended)

    @property
    def all_cuts(self) -> tuple[Cut, ...]:
        """Every cut; at least one."""
        return self.cuts if len(self.cuts) > 1 else (self.latest_cut,)


@dataclass(frozen=True, slots=True)
class Trace:
    """One series over the window of an event, for chart, page and CSV.

    Attributes:
        first: the start of the first bin, aware, UTC; step_s: the step in seconds.
        values: readings in the signal's unit; None is a missing bin (P5).
        expected: the baseline in the same unit; None where there is none.
        spread: the robust spread of the baseline in the same unit; None where there is
            no baseline.
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


@dataclass(frozen=True, slots=True)
class Evidence:
    """The traces behind one event, the principal series first."""

    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class IncidentEvent:
    """One step of an incident; immutable once stored (P11).

    Attributes:
        incident: the incident's id, such as `KZ-2022-0104`.
        seq: the event's number within the incident, from 1.
        at: when the newest reading behind the event was due, or when a person's
            correction was applied; aware, UTC. A live run and a replay give the same
            time (P14).
        reason: why this step was taken, a stable kebab-case id (P17).
    """

    incident: str
    seq: int
    kind: EventKind
    at: datetime
    reason: str
    facts: Facts

    @property
    def key(self) -> str:
        """Return the event's unique key, such as `KZ-2022-0104.1`."""
        return f"{self.incident}.{self.seq}"

    @property
    def confirmed(self) -> bool:
        """Whether the incident was confirmed at this event or before."""
        # The phases hold earlier events only, so the event's own kind is added.
        kinds = {self.kind, *(phase.kind for phase in self.facts.phases)}
        return EventKind.CONFIRMED in kinds


@dataclass(frozen=True, slots=True)
class Incident:
    """The current state of an incident, folded from its events.

    Attributes:
        seq: the number of the last event.
        confirmed_at: when it was first confirmed; None if it never was.
        level_min: the lowest level that was published of the place or of a part of it
            (1.0 is normal).
        families: every family that was down in it, in the order they fell.
        networks: every network and region that its events named as down.
        told_level: the level in the last event.
        told_families: the families last reported as down at the place itself.
        changed_at: the time of the last event.
        phases: its events so far, oldest first.
        told_parts: the networks and regions last published as down.
        principal: the id of the signal whose level was last published; "" if this level
            was not the place's own.
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
    principal: str = ""
    timeline: tuple[SeriesTimeline, ...] = ()
    rule: str = ""

    @property
    def open(self) -> bool:
        """Whether the incident is still going on."""
        return self.state not in {State.RESTORED, State.RETRACTED}


@dataclass(frozen=True, slots=True)
class Abstention:
    """The recorded decision that a verdict leads to no event, and the reason (P17)."""

    place: Entity
    at: datetime
    outcome: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class IncidentChange:
    """A new event, its incident and its evidence; stored in one transaction."""

    incident: Incident
    event: IncidentEvent
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ManualCorrection:
    """A person's correction or retraction; the next tick turns it into an event.

    Attributes:
        kind: corrected or retracted.
        statement: what was wrong; it is published.
        by: who made it; stored, not published.
        at: when it was made, aware, UTC.
        id: its number in the store; 0 before it is stored.
    """

    incident: str
    kind: EventKind
    statement: str
    by: str
    at: datetime
    id: int = 0

"""The event as the public knows it, and its steps."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.entity import Entity, NetworkKind
from bot.model.impact import Impact
from bot.model.interval import Interval, Span
from bot.model.signal import Family
from bot.model.verdict import Check, Scope, SeriesState, Severity


class State(StrEnum):
    """Where an incident stands."""

    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    PARTLY_RESTORED = "partly-restored"
    RESTORED = "restored"
    RETRACTED = "retracted"


class EventKind(StrEnum):
    """A step of an incident, in the past tense."""

    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    ESCALATED = "escalated"
    UPDATED = "updated"
    PARTLY_RESTORED = "partly-restored"
    REOPENED = "reopened"
    RESTORED = "restored"
    CORRECTED = "corrected"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class SeriesLevel:
    """How one series stood when an event was made.

    `brand` and `kind` are set for a network in the register; levels are
    fractions of ordinary (1.0 is ordinary).
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
    """Whom to name, and under what terms (P13)."""

    signal: str
    text: str
    licence: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Phase:
    """An earlier step of the same incident, for words like "after a day of ..."."""

    kind: EventKind
    at: datetime
    scope: Scope
    severity: Severity


@dataclass(frozen=True, slots=True)
class CorrectedClaims:
    """What was told and is no longer what the readings show (P11).

    Attributes:
        told_at: when it was first told.
        lowest: the lowest level that was told; None: it stands.
        onset: the beginning that was told; None: it stands.
    """

    told_at: datetime
    lowest: float | None = None
    onset: Interval | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that may be said of one event: no number comes from elsewhere (P4).

    Attributes:
        place: country, or the network or region where no country is known.
        state: the incident's state after the event.
        scope: widest so far or now; severity: now.
        level: the principal series now, as a fraction of ordinary.
        lowest: the lowest level of the principal series so far in this incident.
        principal: the id of the signal whose level speaks for the place.
        as_of: the end of the newest bin behind the level.
        onset: the beginning, as an interval.
        restored: the end, as an interval; None while it lasts.
        duration: from onset to `restored`, or to `as_of` while it lasts.
        families: families that read dropped now; opened_by: all that ever did in
            this incident; returned: those of them that read ordinary again.
        series: the place's own series; networks and regions: one each for the
            affected ones (the deepest series), deepest first.
        unknown: ids of the place's signals that say nothing now.
        credits: for every signal used.
        phases: earlier events, oldest first.
        checks: the artefact checks that were asked.
        rule: the id of the rule that fired; method: the baseline of the principal.
        reconstruction: made from published facts, not measured; every outlet says so.
        part: the network or region that the level is of; None: the place itself.
        parts_back: networks that were told as down and read ordinary again.
        impact: who is cut off; None in facts that were stored before it was counted.
        drill: an exercise; it cannot leave this machine, and every outlet says so (P16).
        statement: what a person says was wrong; corrections and retractions only.
        wrong: what a correction takes back; None for any other step.
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


@dataclass(frozen=True, slots=True)
class Trace:
    """One series over the window an event shows: what chart, page and CSV draw.

    Attributes:
        first: when the first bin begins, aware, UTC; step_s: bin width in seconds.
        values: readings in the signal's unit, None is missing (P5).
        expected: the baseline, None where there is none.
        spread: the robust spread of the baseline, same unit, None where none.
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
    """The traces behind one event; the principal series comes first."""

    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class IncidentEvent:
    """One step of an incident, as decided; never changed afterwards (P11).

    Attributes:
        incident: the incident's id, as `KZ-2022-0104`.
        seq: 1, 2, 3 ... within the incident.
        at: when the readings behind it were due; aware, UTC (the same live and
            in replay, P14).
        reason: a stable kebab-case word: why this step was taken (P17).
    """

    incident: str
    seq: int
    kind: EventKind
    at: datetime
    reason: str
    facts: Facts

    @property
    def key(self) -> str:
        """`KZ-2022-0104.1`: unique among all events."""
        return f"{self.incident}.{self.seq}"

    @property
    def confirmed(self) -> bool:
        """Whether the incident was confirmed by now, whatever its state since."""
        kinds = {self.kind, *(phase.kind for phase in self.facts.phases)}
        return EventKind.CONFIRMED in kinds


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident as its events leave it: the fold of them, kept for speed.

    Attributes:
        seq: the number of the last event.
        confirmed_at: when it was first confirmed; None while suspected.
        level_min: the lowest settled level of the principal series so far.
        families: every family that has read dropped in it, in the order they fell.
        networks: every network that was named in it.
        told_level: the level that the last event told; told_families: those that
            read dropped then.
        changed_at: when the last event was made.
        phases: its events so far, oldest first.
        told_parts: the networks and regions that people were last told are down.
        principal: the id of the signal whose level was last told, where it is the
            place's own.
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

    @property
    def open(self) -> bool:
        """Whether the next verdict belongs to it."""
        return self.state not in {State.RESTORED, State.RETRACTED}


@dataclass(frozen=True, slots=True)
class Abstention:
    """The recorded decision to make no step of a verdict, with its reason (P17)."""

    place: Entity
    at: datetime
    outcome: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class IncidentChange:
    """An incident as a new event leaves it; saved together or not at all."""

    incident: Incident
    event: IncidentEvent
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ManualCorrection:
    """One ruling; the loop makes it an event of the incident in its next round.

    Attributes:
        kind: corrected or retracted.
        statement: what was wrong, in words that are published.
        by: whose ruling it is; kept, not published.
        at: when it was made, aware, UTC.
        id: its number in the store; 0 before it is there.
    """

    incident: str
    kind: EventKind
    statement: str
    by: str
    at: datetime
    id: int = 0

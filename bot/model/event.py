"""The events of an incident, with the facts that may be published about each."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.model.entity import Entity, NetworkKind
from bot.model.incident import EventKind, Evidence, Incident, Phase, State
from bot.model.interval import DurationRange, Interval
from bot.model.signal import Family
from bot.model.timeline import Cut, SeriesLevel, SeriesTimeline
from bot.model.verdict import Check, Scope, SeriesState, Severity


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom to credit for a signal, and its licence (P13)."""

    signal: str
    text: str
    licence: str
    link: str | None


@dataclass(frozen=True, slots=True)
class KindImpact:
    """The state of the watched networks of one kind.

    Attributes:
        watched: how many networks of this kind are watched; if 0, the impact is not
            known (P5).
        dropped: how many of the watched networks of this kind are down.
        unknown: how many of the watched networks of this kind have no reliable reading;
            these do not count as normal (P5).
        median_level: the median level of the networks that are down, 1.0 is normal;
            None if none is down or no level is known.
    """

    kind: NetworkKind
    watched: int
    dropped: int
    unknown: int
    median_level: float | None


@dataclass(frozen=True, slots=True)
class Direction:
    """The state of a place's traffic in one direction.

    Attributes:
        state: ordinary, dropped or unknown.
        family: the family that shows the state; None where the state is unknown.
        by_networks: whether series of the place's networks show the state. False if
            series of the place itself show it.
        is_pending: whether the state is unknown only for now: no reading since the
            onset has arrived yet.
    """

    state: SeriesState
    family: Family | None
    by_networks: bool = False
    is_pending: bool = False


@dataclass(frozen=True, slots=True)
class Impact:
    """The impact of an incident.

    Attributes:
        kinds: mobile, fixed and hosting networks, in that order.
        users_out: the state of traffic from users in the place to the internet.
        services_in: the state of traffic from the internet to services in the place.
    """

    kinds: tuple[KindImpact, ...]
    users_out: Direction
    services_in: Direction


@dataclass(frozen=True, slots=True)
class CorrectedClaims:
    """Published claims that revised readings no longer support (P11).

    Attributes:
        told_at: the time of the incident's first event.
        lowest: the published lowest level; None if this level is still supported.
        onset: the published onset; None if this onset is still supported.
    """

    told_at: datetime
    lowest: float | None = None
    onset: Interval | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong in earlier events; exactly one field is set.

    Attributes:
        statement: what a person says was wrong, in a correction or retraction by a
            person.
        wrong: the published claims that revised readings no longer support.
    """

    statement: str | None = None
    wrong: CorrectedClaims | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """When an incident began and ended, and how long its subject was down (see `Cut`).

    Attributes:
        as_of: the last instant that the newest bin of the principal series describes.
            If no series represents the place, the time of the event. Aware, UTC.
        onset: the interval in which the incident began.
        restored: the interval in which the incident ended; None if no end was reported.
        duration: how long the subject was down: the sum of all cuts. A cut that is not
            over counts up to `as_of`.
        cuts: the times in which the subject was down, oldest first.
    """

    as_of: datetime
    onset: Interval
    restored: Interval | None
    duration: DurationRange
    cuts: tuple[Cut, ...] = ()

    @property
    def latest_cut(self) -> Cut:
        """The last cut; a single cut has the published onset and end."""
        newest = self.cuts[-1] if self.cuts else Cut(self.onset, None)
        if len(self.cuts) > 1:
            return newest
        # A single cut is the whole incident, so it gets the published onset and end.
        ended = self.restored or newest.ended
        return replace(newest, began=self.onset, ended=ended)

    @property
    def all_cuts(self) -> tuple[Cut, ...]:
        """All cuts, oldest first; if there are fewer than two, only `latest_cut`."""
        return self.cuts if len(self.cuts) > 1 else (self.latest_cut,)


@dataclass(frozen=True, slots=True)
class PlaceLevels:
    """The levels of the place.

    Levels are fractions of the baseline: 1.0 is normal, and higher levels are possible.

    Attributes:
        now: the present level of the principal series; None if the series has no
            current reading.
        lowest: the lowest level of the incident's subject (see `Cut`); None if no
            lowest level may be published.
        principal: the id of the signal whose level represents the place; None if no
            signal represents it.
        part: the network or region that `now` belongs to; None if `now` is the place's
            own, or if no series represents the place.
        method: the kind of baseline of the principal series; None if there is no such
            series.
        series: the place's own series.
        unknown: the ids of the place's signals whose series are unknown.
    """

    now: float | None
    lowest: float | None
    principal: str | None
    part: Entity | None
    method: str | None
    series: tuple[SeriesLevel, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the place that an event names; each is given by one series.

    While the incident lasts, `networks` and `regions` have the parts that are down,
    ordered by present level. Once the incident is over, they have the parts that the
    incident was about, ordered by lowest level. The deepest part comes first.

    Attributes:
        networks: the series of networks.
        regions: the series of regions.
        back: the series of networks whose return this event reports.
    """

    networks: tuple[SeriesLevel, ...] = ()
    regions: tuple[SeriesLevel, ...] = ()
    back: tuple[SeriesLevel, ...] = ()

    @property
    def affected_series(self) -> tuple[SeriesLevel, ...]:
        """The series of `networks`, then those of `regions`."""
        return self.networks + self.regions


@dataclass(frozen=True, slots=True)
class Sources:
    """The measurements that an event rests on.

    Attributes:
        families: the families that are down now.
        opened_by: all families that were down during the incident so far. While the
            incident is only suspected, `families` and `opened_by` name one and the same
            family.
        returned: the families in `opened_by` that are not down now.
        credits: the credit of each signal that was used.
    """

    families: tuple[Family, ...]
    opened_by: tuple[Family, ...]
    returned: tuple[Family, ...]
    credits: tuple[Credit, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that may be published about one event (P4).

    Attributes:
        place: a country; a network or region if its country is not known.
        state: the incident's state after the event.
        scope: the widest scope so far.
        severity: the present severity. Once the incident is over, the worst severity.
        checks: the artefact checks and their results.
        rule: the id of the verdict rule that matched.
        phases: the incident's earlier events, oldest first.
        timeline: every series that fell in the incident, with each of its drops.
        impact: who is cut off; None in events that were stored without it.
        correction: what was wrong. Set only if the event is a correction, or a
            retraction by a person.
        reconstruction: whether the readings were made from published facts instead of
            measurements. Everything published from such readings says so.
        drill: whether this is a drill. The posts of a drill say so, and cannot leave
            the machine (P16).
    """

    place: Entity
    state: State
    scope: Scope
    severity: Severity
    timing: Timing
    levels: PlaceLevels
    parts: Parts
    sources: Sources
    checks: tuple[Check, ...]
    rule: str
    phases: tuple[Phase, ...]
    timeline: tuple[SeriesTimeline, ...] = ()
    impact: Impact | None = None
    correction: Correction | None = None
    reconstruction: bool = False
    drill: bool = False

    @property
    def principal(self) -> tuple[Entity, str] | None:
        """Entity and signal id of the series that represents the place.

        None if no series represents the place.
        """
        levels = self.levels
        if levels.principal is None:
            return None
        return levels.part or self.place, levels.principal

    @property
    def listed_series(self) -> tuple[SeriesLevel, ...]:
        """The series of the place itself, then one series for each affected part."""
        return self.levels.series + self.parts.affected_series

    @property
    def statement(self) -> str | None:
        """What a person says was wrong; None if no person says so in this event."""
        return self.correction.statement if self.correction else None

    @property
    def wrong_claims(self) -> CorrectedClaims | None:
        """The claims that revised readings no longer support; None without any."""
        return self.correction.wrong if self.correction else None


@dataclass(frozen=True, slots=True)
class IncidentEvent:
    """One step of an incident; immutable once stored (P11).

    Attributes:
        incident: the incident's id, such as `KZ-2022-0104`.
        seq: the event's number within the incident, from 1.
        at: when the newest reading behind the event was due; for a correction by a
            person, when the program applied the correction. Aware, UTC. A live run and
            a replay give the same time (P14).
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
    def is_confirmed(self) -> bool:
        """Whether the incident was confirmed at this event or before."""
        # `phases` has earlier events only, so the kind of this event is added.
        kinds = {self.kind, *(phase.kind for phase in self.facts.phases)}
        return EventKind.CONFIRMED in kinds


@dataclass(frozen=True, slots=True)
class IncidentChange:
    """A new event, its incident and its evidence; stored in one transaction."""

    incident: Incident
    event: IncidentEvent
    evidence: Evidence

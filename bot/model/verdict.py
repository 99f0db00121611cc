"""What detection concludes: a finding for a series, a verdict for a place."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.entity import Entity
from bot.model.interval import Interval
from bot.model.signal import Family


class SeriesState(StrEnum):
    """How a series reads now; unknown is not ordinary (P5)."""

    ORDINARY = "ordinary"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """One series now.

    Attributes:
        entity: whose series.
        signal: the signal's id.
        family: whose vote it is.
        state: ordinary, dropped or unknown.
        level: reading over baseline, 1.0 is ordinary; None when unknown.
        settled: the milder of the last two levels, so that a bin that an outage
            cuts in two does not speak for either side.
        lowest: the lowest level of this drop; None when not dropped.
        onset: from the end of the last good bin to the end of the first bad one,
            so that the beginning lies within; None when not dropped.
        last_onset: the same for the last drop, over or not; None when never dropped.
        recovered: the same for the last return; None when never dropped.
        easing: whether a drop has stood well above its lowest level for longer than
            a return to ordinary takes to be believed.
        firm: whether a drop has shown in two bins at least; in signals whose bins are
            wide one is enough to bear another family out, not to speak alone.
        as_of: the end of the newest bin that was judged.
        method: which baseline was used (`weekly`, `daily`, `flat`, `none`).
        why: why it is unknown (`missing`, `source-ill`, `no-baseline`,
            `too-small`), else empty.
    """

    entity: Entity
    signal: str
    family: Family
    state: SeriesState
    level: float | None
    settled: float | None
    lowest: float | None
    onset: Interval | None
    recovered: Interval | None
    as_of: datetime
    method: str
    why: str = ""
    easing: bool = False
    firm: bool = True
    last_onset: Interval | None = None


class Outcome(StrEnum):
    """What the findings of a place say together."""

    ORDINARY = "ordinary"
    DOUBTFUL = "doubtful"
    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    UNKNOWN = "unknown"


class Scope(StrEnum):
    """How much of the place is cut off, narrowest first."""

    OPERATOR = "operator"
    MOBILE = "mobile"
    REGIONAL = "regional"
    NATIONAL = "national"


class Severity(StrEnum):
    """How deep, mildest first (level now, percent of ordinary)."""

    MINOR = "minor"
    MODERATE = "moderate"
    MAJOR = "major"
    NEAR_TOTAL = "near-total"


@dataclass(frozen=True, slots=True)
class Check:
    """A recorded answer to "what else could this be?".

    `passed` is None where the question could not be answered.
    """

    name: str
    passed: bool | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the findings of a place and its networks and regions say together.

    Attributes:
        place: the group: mostly a country.
        at: when the newest reading behind it was due; aware, UTC.
        outcome: see `Outcome`.
        rule: the id of the rule that fired.
        own: findings of the place itself.
        parts: findings of its networks and regions.
        scope: how much of the place; None when nothing dropped.
        severity: how deep; None when nothing dropped.
        principal: the finding whose level speaks for the place.
        onset: when the drop began, by the earliest family counted.
        families: the families that read dropped, in the order they fell.
        checks: what else was asked.
        revised: readings came late or changed, and a drop of the place was judged
            otherwise because of it.
    """

    place: Entity
    at: datetime
    outcome: Outcome
    rule: str
    own: tuple[Finding, ...]
    parts: tuple[Finding, ...]
    scope: Scope | None
    severity: Severity | None
    principal: Finding | None
    onset: Interval | None
    families: tuple[Family, ...]
    checks: tuple[Check, ...]
    revised: bool = False

    @property
    def fallen_parts(self) -> tuple[Finding, ...]:
        """The findings of networks and regions that read dropped."""
        return tuple(f for f in self.parts if f.state is SeriesState.DROPPED and f.firm)

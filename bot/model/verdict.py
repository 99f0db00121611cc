"""Results of detection: a finding for a series, a verdict for a place."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.entity import Entity, SeriesKey
from bot.model.interval import Interval
from bot.model.signal import Family


class SeriesState(StrEnum):
    """The state of a series; unknown does not count as normal (P5)."""

    ORDINARY = "ordinary"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


class BaselineMethod(StrEnum):
    """The kind of baseline; stored events use these names."""

    NONE = "none"
    FLAT = "flat"
    DAILY = "daily"
    WEEKLY = "weekly"
    THIN = "thin"
    """Late in a long outage: the same time in only one of the past weeks."""
    KEPT = "kept"
    """The baseline kept from before an outage, which has lasted longer than the history."""


class UnknownReason(StrEnum):
    """Why a series cannot be assessed; stored gaps use these names."""

    MISSING = "missing"
    NO_BASELINE = "no-baseline"
    TOO_SMALL = "too-small"
    SOURCE_ILL = "source-ill"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class Finding:
    """The state of one series.

    Attributes:
        signal: the signal's id.
        level: the reading divided by the baseline, 1.0 is normal; None if unknown.
        smoothed_level: the higher of the last two levels; None if unknown. An outage
            may cover its last bin only in part, so the level of one bin alone may
            mislead.
        lowest: the lowest level of this drop; None if not in a drop.
        onset: the interval in which the drop began: from the end of the last normal bin
            to the end of the first low bin. None if not in a drop.
        last_onset: the onset of the latest drop, which may be over; None if there was
            no drop.
        last_lowest: the lowest level of the latest drop; None if there was no drop.
        recovered: the interval in which the series last became normal again. None in a
            drop, and if the series never returned from a drop.
        recovering: whether the level has been well above the lowest level of the drop
            for longer than the hold time.
        sustained: whether the drop was seen in at least two bins. In a series with wide
            bins, one low bin begins a drop. A drop of one bin can corroborate another
            family, but cannot open an incident alone.
        as_of: the last instant that the newest assessed bin describes.
        method: the kind of baseline.
        inputs: the inputs of the signal (see `Signal.inputs`).
        shallow: whether the series was assessed with the thresholds of shallow drops.
        unknown_reason: why the newest bin could not be assessed; None unless the state
            is unknown.
    """

    entity: Entity
    signal: str
    family: Family
    state: SeriesState
    level: float | None
    smoothed_level: float | None
    lowest: float | None
    onset: Interval | None
    recovered: Interval | None
    as_of: datetime
    method: BaselineMethod
    unknown_reason: UnknownReason | None = None
    recovering: bool = False
    sustained: bool = True
    last_onset: Interval | None = None
    last_lowest: float | None = None
    inputs: tuple[str, ...] = ()
    shallow: bool = False

    @property
    def key(self) -> SeriesKey:
        """Entity and signal of the series."""
        return self.entity, self.signal


class Outcome(StrEnum):
    """The outcome of a verdict."""

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

    @property
    def rank(self) -> int:
        """The position of this scope in the order, from 0 for the narrowest."""
        return tuple(Scope).index(self)


NARROW_SCOPES = (Scope.OPERATOR, Scope.MOBILE)
"""The scopes in which single networks are down.

Texts then give the levels of these networks, and not the level of the place.
"""


class Severity(StrEnum):
    """The depth of a drop by its current level, mildest first."""

    MINOR = "minor"
    MODERATE = "moderate"
    MAJOR = "major"
    NEAR_TOTAL = "near-total"

    @property
    def rank(self) -> int:
        """The position of this severity in the order, from 0 for the mildest."""
        return tuple(Severity).index(self)


LEAST_LEVELS = (
    (0.75, Severity.MINOR),
    (0.50, Severity.MODERATE),
    (0.20, Severity.MAJOR),
    (0.00, Severity.NEAR_TOTAL),
)
"""The least level of each severity, mildest first."""


MAX_PRINTED_PERCENT = 1000
"""The highest level that is printed as a number, in percent of normal.

A higher level comes from a very low baseline, or from the way of measuring. As a
number, it would mean nothing to a reader.
"""


def round_to_percent(level: float) -> int:
    """Round a level to whole percent, as it is printed everywhere (P4).

    The result is at most `MAX_PRINTED_PERCENT` + 1, even for an infinite level. Higher
    levels are not printed as a number.
    """
    # The data files give eight decimals of a percent. The level is rounded to these first, so
    # that it rounds as what a reader finds there: 49.49999999999999 as 49.5.
    percent = round(min(level * 100, MAX_PRINTED_PERCENT + 1), 8)
    # `round` would round halves to the even number, which readers do not expect.
    return int(percent + 0.5)


def severity_of(level: float) -> Severity:
    """Return the severity of a level (1.0 is normal); the level is rounded to percent."""
    printed = round_to_percent(level) / 100
    return next(
        (severity for least, severity in LEAST_LEVELS if printed >= least),
        Severity.NEAR_TOTAL,
    )


class CheckName(StrEnum):
    """An artefact check; stored events use these names, so none is ever removed."""

    ADDRESSES_WITHOUT_PEOPLE = "addresses-without-people"
    CLOCK = "clock"
    CLOCK_CHANGE = "clock-change"
    EXPECTED_EVENT = "expected-event"
    GEOLOCATION = "geolocation"
    LEVEL_SHIFT = "level-shift"
    ONE_VANTAGE = "one-vantage"
    PARTIAL_BIN = "partial-bin"
    PEOPLE_WITHOUT_NETWORK = "people-without-network"
    POPULATION = "population"
    RENUMBERING = "renumbering"
    ROUTES_WITHOUT_SERVICE = "routes-without-service"
    SEASON = "season"
    SHARED_INPUT = "shared-input"
    SOURCE_HEALTH = "source-health"
    SOURCE_RISE = "source-rise"
    SYMPATHETIC = "sympathetic"


@dataclass(frozen=True, slots=True)
class Check:
    """The recorded result of one artefact check.

    Attributes:
        name: the check.
        passed: True if nothing points to the artefact; False if the drop, or its end,
            may be this artefact; None if the result is unknown.
        note: what the check found.
        signal: the id of the signal that was checked; "" if the check looked at several
            signals.
    """

    name: CheckName
    passed: bool | None
    note: str = ""
    signal: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The findings of a place and its parts, combined.

    Attributes:
        place: usually a country.
        at: when the newest reading behind the verdict was due; aware, UTC.
        rule: the id of the rule that matched. If an artefact check prevented the
            outcome Confirmed, `held-back-by-` and the name of the check.
        own: findings of the place itself.
        parts: findings of its networks and regions.
        scope: how much of the place is down; None unless at least suspected.
        severity: how deep the drop is; None unless at least suspected.
        principal: the finding whose level represents the place; None if no finding
            does.
        onset: the earliest onset of the families that fell together. If parts fell
            alone or before the place, the time by which a quarter of the parts' drops
            had begun. None unless at least suspected.
        families: the families that fell together, in the order in which they fell; some
            may have recovered.
        checks: the artefact checks and their results.
        revised: whether late or revised readings changed the result for a drop of
            the place.
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
    def findings(self) -> tuple[Finding, ...]:
        """The findings of the place itself, then those of its parts."""
        return self.own + self.parts

    @property
    def fallen_parts(self) -> tuple[Finding, ...]:
        """Return the findings of networks and regions with a sustained drop."""
        return tuple(
            f for f in self.parts if f.state is SeriesState.DROPPED and f.sustained
        )

"""The provenance of every threshold, which the scorecard shows.

A value may have been chosen after looking at a recording. It then fits this recording,
and the score on the recording is no independent evidence for the value. The table marks
such values. A threshold that is missing in the table is shown as "not stated", and a
test fails.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import StrEnum

from bot.detection.thresholds import SPREAD_FLOOR
from bot.tick.rules import AssessmentRules

CHOSEN_ON_SEED, PUBLISHED_SEED = 11, 21
"""Seeds of generated series. Thresholds are chosen on series of the first seed, and
scores are published for series of the second."""


class Origin(StrEnum):
    """How a value was chosen."""

    REFERENCE = "reference"
    """The value is from a paper, or from the documented rules of IODA or Cloudflare."""
    CHOSEN = "chosen"
    """The value was chosen by hand before any recording was scored; no source gives it."""
    IN_VIEW = "iran-2026-01-in-view"
    """The value was set after the recording of Iran, January 2026, had been looked at."""
    UNCLEAR = "unclear"
    """The value was set while recordings were in use; nobody noted which recordings."""
    SPLIT = "split-seed-11"
    """The value was chosen on series of seed 11; series of seed 21 are scored."""
    NOT_STATED = "not-stated"


@dataclass(frozen=True, slots=True)
class Threshold:
    """One threshold in force and its provenance.

    Attributes:
        value: a fraction, a count, or a time in seconds.
        source: where the value is from, or which other value was considered.
    """

    name: str
    value: float
    origin: Origin
    source: str


_IODA = "IODA, detection criteria (ioda-ui, Help.js)"
_CHOCOLATINE = "Chocolatine (TMA 2019)"
_EXIT_RULE = f"1 - (1 - entry) / 4, after {_CHOCOLATINE}, would give"
_RADAR = "Cloudflare Radar, anomaly detection (2023)"
_OWN = "our own limit"
_NO_SOURCE = "no source gives one"
_TABLE: dict[str, tuple[Origin, str]] = {
    "limit.control-plane.on": (
        Origin.CHOSEN,
        f"{_OWN}; IODA warns at 99 %, which is an early hint",
    ),
    "limit.control-plane.off": (
        Origin.REFERENCE,
        f"1 - (1 - entry) / 4, the exit rule of {_CHOCOLATINE}, rounded",
    ),
    "limit.active-probing.on": (Origin.REFERENCE, _IODA),
    "limit.active-probing.off": (Origin.IN_VIEW, f"{_EXIT_RULE} 0.95"),
    "limit.traffic.on": (Origin.CHOSEN, _OWN),
    "limit.traffic.off": (Origin.CHOSEN, f"{_EXIT_RULE} 0.925"),
    "limit.telemetry.on": (Origin.CHOSEN, _NO_SOURCE),
    "limit.telemetry.off": (Origin.CHOSEN, f"{_EXIT_RULE} 0.875"),
    "limit.telescope.on": (Origin.REFERENCE, _IODA),
    "limit.telescope.off": (Origin.CHOSEN, f"{_EXIT_RULE} 0.8125"),
    "spread-floor.active-probing": (Origin.CHOSEN, f"{_OWN}, of the median"),
    "spread-floor.control-plane": (
        Origin.CHOSEN,
        "first planned as 1 % for all families",
    ),
    "spread-floor.traffic": (Origin.CHOSEN, "first planned as 1 % for all families"),
    "spread-floor.telemetry": (Origin.CHOSEN, "first planned as 1 % for all families"),
    "spread-floor.telescope": (Origin.CHOSEN, "first planned as 1 % for all families"),
    "spreads": (Origin.CHOSEN, _OWN),
    "bins-to-open": (Origin.REFERENCE, "two rounds in a row: Hubble (NSDI 2008)"),
    "wide": (
        Origin.SPLIT,
        "two rounds and more of eleven minutes; chosen on generated data, seed 11",
    ),
    "bins-to-close.at-least": (Origin.IN_VIEW, f"{_OWN}; first planned as three too"),
    "hold": (Origin.CHOSEN, "first planned as 30 minutes"),
    "rise": (Origin.UNCLEAR, "first planned as 0.15 for an update"),
    "stale": (Origin.CHOSEN, _NO_SOURCE),
    "coincidence": (Origin.CHOSEN, _NO_SOURCE),
    "control-basket": (Origin.CHOSEN, _NO_SOURCE),
    "ill-share": (
        Origin.CHOSEN,
        "first planned as 5 % or the signal's own 99.9th percentile",
    ),
    "ill-level": (Origin.CHOSEN, "first planned as 0.97"),
    "ill-routes": (Origin.CHOSEN, f"{_OWN}, of the median level of all entities"),
    "ill-revision": (Origin.CHOSEN, _NO_SOURCE),
    "pace.reopen-within": (Origin.CHOSEN, "first planned as 2 hours"),
    "pace.update-every": (Origin.CHOSEN, "first planned as 6 hours at most"),
    "pace.least-between": (Origin.CHOSEN, _NO_SOURCE),
    "pace.ease-after": (Origin.UNCLEAR, _NO_SOURCE),
    "pace.max-state-changes-per-day": (Origin.UNCLEAR, _NO_SOURCE),
    "pace.level-step": (Origin.CHOSEN, "first planned as 0.15"),
    "rule.lone-traffic.below": (
        Origin.SPLIT,
        "between our limits for traffic, 0.70 and 0.35; tried on generated data, seed 11",
    ),
    "together.for": (Origin.CHOSEN, _NO_SOURCE),
    "together.level-shift.after": (Origin.CHOSEN, "as in check.level-shift"),
    "together.level-shift.level": (Origin.CHOSEN, "as in check.level-shift"),
    "regions.for-the-place.share": (Origin.CHOSEN, "more than half of its regions"),
    "regions.for-the-place.regions": (Origin.CHOSEN, _NO_SOURCE),
    "rule.a-network-vanished.below": (Origin.CHOSEN, _NO_SOURCE),
    "scope.nation-at-least": (Origin.CHOSEN, "half of the place, by its own loss"),
    "scope.shallow": (Origin.CHOSEN, _NO_SOURCE),
    "scope.normal-at-least": (Origin.CHOSEN, _NO_SOURCE),
    "onset.of-parts": (Origin.CHOSEN, "when one in four of the parts had fallen"),
    "onset.plateau-bins": (Origin.CHOSEN, _NO_SOURCE),
    "check.shared-input.at-most": (Origin.CHOSEN, _NO_SOURCE),
    "check.shared-input.steady": (Origin.CHOSEN, _NO_SOURCE),
    "rule.many-regions.share": (Origin.UNCLEAR, _NO_SOURCE),
    "rule.many-regions.regions": (Origin.UNCLEAR, _NO_SOURCE),
    "rule.a-crowded-region.share": (Origin.UNCLEAR, _NO_SOURCE),
    "rule.a-crowded-region.regions": (Origin.UNCLEAR, _NO_SOURCE),
    "restored.share-of-regions": (Origin.UNCLEAR, _NO_SOURCE),
    "baseline.weeks": (Origin.CHOSEN, f"{_OWN}: the same time of the last four weeks"),
    "baseline.days": (Origin.REFERENCE, f"a week, as for probing: {_IODA}"),
    "severity.moderate-below": (Origin.CHOSEN, _OWN),
    "severity.major-below": (Origin.CHOSEN, _OWN),
    "severity.near-total-below": (Origin.CHOSEN, _OWN),
    "mobile-only.nation-at-least": (Origin.CHOSEN, _NO_SOURCE),
    "check.frozen.after": (Origin.UNCLEAR, _NO_SOURCE),
    "check.frozen.bins": (Origin.UNCLEAR, _NO_SOURCE),
    "check.frozen.count": (Origin.UNCLEAR, _NO_SOURCE),
    "check.source-repeats.bins": (Origin.CHOSEN, _NO_SOURCE),
    "routes-settle.after": (Origin.UNCLEAR, "halfway back, for a day; no source"),
    "baseline.lift-at-most": (Origin.CHOSEN, f"{_OWN}, from a range of 0.7 to 1.3"),
    "days-alike.of": (Origin.REFERENCE, f"the last 28 days: {_RADAR}"),
    "days-alike.nearest": (Origin.REFERENCE, f"six days: {_RADAR}"),
    "check.level-shift.after": (Origin.CHOSEN, f"{_OWN}: seven days"),
    "check.level-shift.level": (Origin.UNCLEAR, _NO_SOURCE),
    "new-level.after": (
        Origin.UNCLEAR,
        "the baseline's own four weeks; first planned as 7 days, then a person's review",
    ),
    "new-level.never-below": (Origin.UNCLEAR, _NO_SOURCE),
    "kept.busy-hours": (Origin.UNCLEAR, _NO_SOURCE),
    "check.twin.gain-from": (Origin.UNCLEAR, _NO_SOURCE),
    "check.twin.gain-to": (Origin.UNCLEAR, _NO_SOURCE),
    "check.twin.spreads": (Origin.UNCLEAR, _NO_SOURCE),
    "short-history.below": (Origin.CHOSEN, f"{_OWN}: a critical level of traffic"),
    "check.season.as-low": (Origin.CHOSEN, _NO_SOURCE),
    "check.season.days": (Origin.CHOSEN, _NO_SOURCE),
    "check.population.times-the-least": (Origin.CHOSEN, _NO_SOURCE),
}
# These fields hold the limits of several families or signals. Each limit is listed as a
# separate threshold.
_LISTED_SEPARATELY = frozenset({"limits", "by_signal"})
# Constants in the code that `AssessmentRules` does not hold; a test compares them with the
# code.
HARD_CODED = (
    ("bins-to-close.at-least", 3.0),
    ("rule.lone-traffic.below", 0.5),
    ("together.for", 7_200.0),
    ("together.level-shift.after", 604_800.0),
    ("together.level-shift.level", 0.5),
    ("regions.for-the-place.share", 0.5),
    ("regions.for-the-place.regions", 3.0),
    ("rule.a-network-vanished.below", 0.05),
    ("scope.nation-at-least", 0.5),
    ("scope.shallow", 0.65),
    ("scope.normal-at-least", 0.9),
    ("onset.of-parts", 4.0),
    ("onset.plateau-bins", 4.0),
    ("check.shared-input.at-most", 0.5),
    ("check.shared-input.steady", 0.1),
    ("rule.many-regions.share", 0.1),
    ("rule.many-regions.regions", 5.0),
    ("rule.a-crowded-region.share", 0.25),
    ("rule.a-crowded-region.regions", 5.0),
    ("restored.share-of-regions", 0.9),
    ("baseline.weeks", 4.0),
    ("baseline.days", 7.0),
    ("severity.moderate-below", 0.75),
    ("severity.major-below", 0.5),
    ("severity.near-total-below", 0.2),
    ("mobile-only.nation-at-least", 0.4),
    ("check.frozen.after", 21_600.0),
    ("check.frozen.bins", 12.0),
    ("check.frozen.count", 200.0),
    ("check.source-repeats.bins", 3.0),
    ("routes-settle.after", 86_400.0),
    ("baseline.lift-at-most", 1.3),
    ("days-alike.of", 28.0),
    ("days-alike.nearest", 6.0),
    ("check.level-shift.after", 604_800.0),
    ("check.level-shift.level", 0.5),
    ("new-level.after", 2_419_200.0),
    ("new-level.never-below", 0.5),
    ("kept.busy-hours", 0.9),
    ("check.twin.gain-from", 0.6),
    ("check.twin.gain-to", 1.4),
    ("check.twin.spreads", 4.0),
    ("short-history.below", 0.35),
    ("check.season.as-low", 0.95),
    ("check.season.days", 2.0),
    ("check.population.times-the-least", 2.0),
)


def thresholds_of(rules: AssessmentRules) -> tuple[Threshold, ...]:
    """Return every threshold of `rules`, configurable or hard-coded, with its origin."""
    return tuple(
        # A threshold without a stated origin is shown as "not stated", and a test
        # fails. An error here would prevent the whole scorecard.
        Threshold(name, value, *_TABLE.get(name, (Origin.NOT_STATED, "")))
        for name, value in _values(rules)
    )


def _values(rules: AssessmentRules) -> Iterator[tuple[str, float]]:
    thresholds = rules.thresholds
    for family, limit in thresholds.limits.items():
        yield f"limit.{family}.on", limit.on
        yield f"limit.{family}.off", limit.off
    for signal, limit in thresholds.by_signal.items():
        yield f"limit.{signal}.on", limit.on
        yield f"limit.{signal}.off", limit.off
    for family, floor in SPREAD_FLOOR.items():
        yield f"spread-floor.{family}", floor
    for part, prefix in ((thresholds, ""), (rules.timing, "pace.")):
        # All other fields are taken, under their own names, so that no new threshold is
        # missing on the scorecard.
        for field in fields(part):
            if field.name not in _LISTED_SEPARATELY:
                value = getattr(part, field.name)
                yield prefix + field.name.replace("_", "-"), _as_number(value)
    yield from HARD_CODED


def _as_number(value: object) -> float:
    if isinstance(value, timedelta):
        return value.total_seconds()
    return float(str(value))

"""Thresholds of detection: how deep a drop must be, by family, and when it is over.

`bot.evaluation.threshold_provenance` states for each value whether it comes from the
literature, and which recording had been looked at when the value was chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.detection.kernel.inputs import SignalParams
from bot.model.signal import FLAT_FAMILIES, Family, Signal


@dataclass(frozen=True, slots=True)
class Limit:
    """Where a drop begins (`on`) and ends (`off`), as levels (1.0 is normal).

    `off` lies above `on`, so that a level that wavers around `on` makes one drop and
    not many.
    """

    on: float
    off: float


FAMILY_LIMITS: Mapping[Family, Limit] = {
    Family.CONTROL_PLANE: Limit(on=0.95, off=0.985),
    Family.ACTIVE_PROBING: Limit(on=0.80, off=0.90),
    Family.TRAFFIC: Limit(on=0.70, off=0.85),
    Family.TELEMETRY: Limit(on=0.50, off=0.80),
    Family.TELESCOPE: Limit(on=0.25, off=0.60),
}
"""The default limits of each family.

Drops of probing (80 %) and telescope (25 %) begin at IODA's warning levels. IODA's
level for routes, 99 %, is only an early hint of an outage, so drops of routes begin
lower."""

SPREAD_FLOOR: Mapping[Family, float] = {
    Family.CONTROL_PLANE: 0.005,
    Family.ACTIVE_PROBING: 0.01,
    Family.TRAFFIC: 0.03,
    Family.TELEMETRY: 0.05,
    Family.TELESCOPE: 0.05,
}
"""The least spread that is used, as a fraction of the baseline.

A measured spread that is smaller is small only by chance. The value for traffic is
higher than those for routes and probing, because traffic varies more from day to day
than its samples show.
"""

SHALLOW_LIMITS: Mapping[Family, Limit] = {
    Family.CONTROL_PLANE: Limit(on=0.97, off=0.985),
    Family.ACTIVE_PROBING: Limit(on=0.90, off=0.95),
    Family.TRAFFIC: Limit(on=0.85, off=0.92),
}
"""The limits of shallow drops.

Shallow drops count only if several families are in a shallow drop at the same time."""
SHALLOW_SPREADS = 8.0
"""How many spreads below the baseline a shallow drop must lie.

This is twice the number for other drops."""

LIFT_AT_MOST = 1.3
"""The largest factor by which a baseline is multiplied after the level has risen.

The factor may also be less than 1, but not less than `off`: a day with a level below
`off` is not normal.
"""

SHORT_HISTORY_ON = 0.35
"""The level below which a drop begins while a signal has only a daily baseline.

This is so for signals with a daily cycle, while less than two weeks of readings are
known. A daily baseline compares a Saturday with weekdays; no weekend falls this low.
"""

FROZEN_AFTER = timedelta(hours=6)
FROZEN_BINS = 12
FROZEN_COUNT = 200.0
"""The least count that is rejected as frozen if it stays the same for too long.

Too long means `FROZEN_AFTER` or `FROZEN_BINS`, whichever is longer. Counts of hundreds
change a little from bin to bin while a source works.
"""

SETTLE_AFTER = timedelta(hours=24)
"""How long routes must stay at or above the midpoint of `on` and `off` to end a drop.

A drop of routes also ends once the series has been normal for the hold time."""

NEW_LEVEL_AFTER = timedelta(days=28)
NEW_LEVEL_LOWEST = 0.5
"""A drop whose level was never below this is accepted as the new normal level.

It is accepted once it has lasted `NEW_LEVEL_AFTER`. By then, no reading from before the
drop is left in the four weeks of the baseline."""

LEAST_BASELINE = 1e-3
"""The least baseline that can be assessed, in the signal's unit.

Indices and percentages are published to about three digits. So a reading divided by a
smaller baseline would mostly show how the reading was rounded."""

# The value of `SignalParams.settled` for families other than routes. No series stays at
# such a level, so their drops end only by the hold time.
_NEVER_SETTLED = 9.0
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The configurable parameters of detection.

    Attributes:
        limits: the limits, by family.
        by_signal: exceptions from `limits`, by signal id.
        spreads: how many spreads below the baseline a low reading must be.
        bins_to_open: how many low bins in a row begin a drop. If bins are at least as
            long as `wide`, the number is one less.
        wide: a bin is wide if it is at least this long. It holds two rounds of probing,
            so a drop begins one low bin earlier. A drop of a single low bin opens no
            incident alone (`Finding.sustained`).
        hold: how long a series must read normal before its drop is over.
        rise: how far the level of a series must be above the lowest level of its drop
            for the series to count as recovering (1.0 is normal).
        stale: how long a series may be silent before its state is unknown. Also how
            long a source is distrusted after it revised the readings of many places.
        coincidence: how far apart the onsets of two families may lie for both to count
            as one event.
        control_basket: the fewest places with a comparable series for which the health
            of a source is assessed.
        ill_share: a source is unhealthy if more than this share of the places, and more
            than two places, fall in one bin, or repeat their readings, or have their
            readings revised.
        ill_level: a source is unhealthy if most places read below this level.
        ill_routes: the value of `ill_level` for routes, which vary least of all
            families.
        ill_revision: a reading counts as revised if it changed by at least this share
            of the larger of its two values.
    """

    limits: Mapping[Family, Limit] = field(default_factory=lambda: FAMILY_LIMITS)
    by_signal: Mapping[str, Limit] = field(default_factory=dict)
    spreads: float = 4.0
    bins_to_open: int = 2
    wide: timedelta = timedelta(minutes=30)
    hold: timedelta = timedelta(hours=1)
    rise: float = 0.25
    stale: timedelta = timedelta(hours=2)
    coincidence: timedelta = timedelta(hours=6)
    control_basket: int = 8
    ill_share: float = 0.25
    ill_level: float = 0.9
    ill_routes: float = 0.97
    ill_revision: float = 0.1

    def limit_of(self, signal: Signal) -> Limit:
        """Return where a drop of `signal` begins and ends."""
        return self.by_signal.get(signal.id, self.limits[signal.family])

    def low_bins_to_open(self, signal: Signal) -> int:
        """Return how many low bins in a row begin a drop of `signal`."""
        return self.bins_to_open - (signal.step >= self.wide)

    def bins_to_close(self, signal: Signal) -> int:
        """Return how many normal bins in a row end a drop of `signal`.

        Together they last at least `hold`. There are at least three of them, or at
        least two if a bin is longer than an hour.
        """
        least = 3 if signal.step <= _HOUR else 2
        return max(least, -(-int(self.hold.total_seconds()) // signal.step_s))

    def stale_bins(self, signal: Signal) -> int:
        """Return how many bins in a row may lack an assessment.

        With more such bins, the state of a series of `signal` is unknown.
        """
        return max(1, int(self.stale.total_seconds()) // signal.step_s)


def shallow_params(signal: Signal, thresholds: Thresholds) -> SignalParams:
    """Return the parameters of the compiled loops for shallow drops of `signal`."""
    limits = {**thresholds.limits, **SHALLOW_LIMITS}
    shallow = replace(thresholds, limits=limits, by_signal={}, spreads=SHALLOW_SPREADS)
    params = signal_params(signal, shallow)
    routes = signal.family is Family.CONTROL_PLANE
    return params._replace(
        # With a short history, other drops must be deeper to count. A shallow drop need
        # not, because another family must show it too.
        new=params.on,
        # Counts of events vary by chance, by about their square root. Numbers of routes
        # do not.
        poisson=params.poisson and not routes,
    )


def signal_params(signal: Signal, thresholds: Thresholds) -> SignalParams:
    """Return the parameters of the compiled loops for series of `signal`."""
    limit = thresholds.limit_of(signal)
    routes = signal.family is Family.CONTROL_PLANE
    flat = signal.family in FLAT_FAMILIES
    hour = _whole_bins(signal, _HOUR)
    return SignalParams(
        step_s=signal.step_s,
        phase_s=int(signal.phase.total_seconds()),
        hour=max(1, hour),
        day=_whole_bins(signal, _DAY),
        week=_whole_bins(signal, 7 * _DAY),
        # The neighbours of a sample are bins within an hour of it, at most two on each
        # side. If a bin is longer than an hour, it has no neighbour.
        pool=min(2, hour),
        young=max(1, _whole_bins(signal, _DAY / 2)),
        flat=flat,
        alike=signal.family is Family.TRAFFIC,
        floor=SPREAD_FLOOR[signal.family],
        poisson=signal.minimum > 0,
        minimum=max(signal.minimum, LEAST_BASELINE),
        on=limit.on,
        new=limit.on if flat else min(limit.on, SHORT_HISTORY_ON),
        off=limit.off,
        spreads=thresholds.spreads,
        settled=(limit.on + limit.off) / 2 if routes else _NEVER_SETTLED,
        settle=_whole_bins(signal, SETTLE_AFTER),
        shallow=NEW_LEVEL_LOWEST,
        shift=_whole_bins(signal, NEW_LEVEL_AFTER),
        opens=thresholds.low_bins_to_open(signal),
        closes=thresholds.bins_to_close(signal),
        stale=thresholds.stale_bins(signal),
        rise=thresholds.rise,
        # Counts of routes often stay the same, so their repetition is no fault.
        freezes=not routes,
        frozen=max(FROZEN_BINS, _whole_bins(signal, FROZEN_AFTER)),
        # Small counts repeat by chance, so only large counts are rejected as frozen.
        busy=FROZEN_COUNT if signal.minimum > 0 else 0.0,
        lift=LIFT_AT_MOST,
        basket=thresholds.control_basket,
        ill_share=thresholds.ill_share,
        ill_level=thresholds.ill_routes if routes else thresholds.ill_level,
        ill_revision=thresholds.ill_revision,
    )


def _whole_bins(signal: Signal, span: timedelta) -> int:
    """Return how many whole bins of `signal` fit into `span`."""
    return int(span.total_seconds()) // signal.step_s

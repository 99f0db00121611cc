"""Thresholds of detection: how deep a drop must be, by family, and when it is over.

`bot.evaluation.threshold_provenance` states for each value whether it is from the
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
"""The default limits.

Drops of probing (80 %) and telescope (25 %) begin at IODA's warning levels. IODA's level
for routes, 99 %, is only an early hint of an outage, so drops of routes begin lower."""

SPREAD_FLOOR: Mapping[Family, float] = {
    Family.CONTROL_PLANE: 0.005,
    Family.ACTIVE_PROBING: 0.01,
    Family.TRAFFIC: 0.03,
    Family.TELEMETRY: 0.05,
    Family.TELESCOPE: 0.05,
}
"""The least spread, as a fraction of the baseline.

A smaller measured spread is small only by chance.

The value for traffic is high because traffic varies more from day to day than its
pooled bins show."""

SHALLOW_LIMITS: Mapping[Family, Limit] = {
    Family.CONTROL_PLANE: Limit(on=0.97, off=0.985),
    Family.ACTIVE_PROBING: Limit(on=0.90, off=0.95),
    Family.TRAFFIC: Limit(on=0.85, off=0.92),
}
"""The limits of shallow drops.

A shallow drop counts only if several families show one at the same time."""
SHALLOW_SPREADS = 8.0
"""How many spreads below the baseline a shallow drop must lie.

This is twice the number for other drops."""

LIFT_AT_MOST = 1.3
"""The largest factor by which a baseline is corrected after the level has risen.

The smallest factor is the level at which a drop ends, because a day below this level is
not normal."""

SHORT_HISTORY_ON = 0.35
"""The level at which a drop of a signal with a daily cycle begins on a daily baseline.

A daily baseline is used while less than two weeks are known. It compares a Saturday
with weekdays, and no weekend falls this low."""

FROZEN_AFTER = timedelta(hours=6)
FROZEN_BINS = 12
FROZEN_COUNT = 200.0
"""A count this high that stays the same for both `FROZEN_AFTER` and `FROZEN_BINS` is frozen.

Counts of hundreds change from bin to bin, if only by one."""

SETTLE_AFTER = timedelta(hours=24)
"""How long routes must stay at or above a level for their drop to end.

The level is the midpoint of `on` and `off`."""

NEW_LEVEL_AFTER = timedelta(days=28)
NEW_LEVEL_LOWEST = 0.5
"""A drop that was never below this level may become the new normal level.

It does so once it has lasted `NEW_LEVEL_AFTER`. By then all readings from before the
drop have left the four weeks of the baseline."""

LEAST_BASELINE = 1e-3
"""The least baseline that can be assessed, in the signal's unit.

Indices and percentages are published to about three digits, so a ratio to a smaller
baseline is mostly rounding."""

# `SignalParams.settled` for all families except routes. This level is so high that the
# hold time always ends a drop first, so no drop of these families ends by settling.
_NEVER_SETTLED = 9.0
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The configurable parameters of detection.

    Attributes:
        limits: the limits, by family.
        by_signal: exceptions from `limits`, by signal id.
        spreads: how many robust spreads below the baseline a drop must lie.
        bins_to_open: how many low bins in a row open a drop; one less where a bin is at
            least as long as `wide`.
        wide: a bin of at least this length holds two rounds of probing, so a drop opens
            one low bin earlier. By itself, a drop with a single low bin opens no
            incident (`Finding.sustained`).
        hold: how long a series must read normal before its drop is over.
        rise: how far above the lowest level of its drop a series must be to count as
            recovering (1.0 is normal).
        stale: how long a series may be silent before it is unknown, and how long a
            source that revised the readings of many places is distrusted.
        coincidence: how far apart the onsets of two families may lie in one event.
        control_basket: the fewest places from which source health is assessed.
        ill_share: a source is unhealthy if more than this share of the places, and more
            than two places, are newly low in one bin, repeat their readings, or had
            their readings revised.
        ill_level: a source is unhealthy if most places read below this level.
        ill_routes: `ill_level` for routes, which are the steadiest family.
        ill_revision: a reading counts as revised if it changed by at least this share of
            the larger of its two values.
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

    def limit(self, signal: Signal) -> Limit:
        """Return where a drop of `signal` begins and ends."""
        return self.by_signal.get(signal.id, self.limits[signal.family])

    def opens(self, signal: Signal) -> int:
        """Return how many low bins in a row open a drop of `signal`."""
        return self.bins_to_open - (signal.step >= self.wide)

    def bins_to_close(self, signal: Signal) -> int:
        """Return how many normal bins in a row end a drop.

        They last at least `hold`, and are at least three, or two where a bin is longer
        than an hour.
        """
        least = 3 if signal.step <= _HOUR else 2
        return max(least, -(-int(self.hold.total_seconds()) // signal.step_s))

    def stale_bins(self, signal: Signal) -> int:
        """Return after how many silent bins a series is unknown."""
        return max(1, int(self.stale.total_seconds()) // signal.step_s)


def shallow_params(signal: Signal, thresholds: Thresholds) -> SignalParams:
    """Return the parameters of the compiled loops for shallow drops of `signal`."""
    limits = {**thresholds.limits, **SHALLOW_LIMITS}
    shallow = replace(thresholds, limits=limits, by_signal={}, spreads=SHALLOW_SPREADS)
    params = signal_params(signal, shallow)
    routes = signal.family is Family.CONTROL_PLANE
    return params._replace(
        # Another family has to show the drop too, so the limit need not be lower while
        # the history is short.
        new=params.on,
        # The number of routes does not vary by chance as counts of events do.
        poisson=params.poisson and not routes,
    )


def signal_params(signal: Signal, thresholds: Thresholds) -> SignalParams:
    """Return the parameters of the compiled loops for series of `signal`."""
    limit = thresholds.limit(signal)
    routes = signal.family is Family.CONTROL_PLANE
    flat = signal.family in FLAT_FAMILIES
    hour = _whole_bins(signal, _HOUR)
    return SignalParams(
        step_s=signal.step_s,
        phase_s=int(signal.phase.total_seconds()),
        hour=max(1, hour),
        day=_whole_bins(signal, _DAY),
        week=_whole_bins(signal, 7 * _DAY),
        # Samples are pooled within an hour, and a bin longer than an hour has no
        # neighbour in that time.
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
        opens=thresholds.opens(signal),
        closes=thresholds.bins_to_close(signal),
        stale=thresholds.stale_bins(signal),
        rise=thresholds.rise,
        # A routing table is steady: repeated counts of routes are no fault.
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

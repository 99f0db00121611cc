"""How deep a drop must be, by family, and how long it must hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.detection.kernel.inputs import SignalParams
from bot.model.signal import Family, Signal


@dataclass(frozen=True, slots=True)
class Limit:
    """Where a drop begins (`on`) and ends (`off`), as fractions of ordinary.

    The exit is wider than the entry, so that a level that wavers around the
    entry makes one drop and not ten.
    """

    on: float
    off: float


# Entries as recommended for a first detector of these signals: IODA's own warning
# levels for probing (80 %) and telescope (25 %), a firmer one for routes than its
# 99 %, which is an early hint and not an outage.
FAMILY_LIMITS: Mapping[Family, Limit] = {
    Family.CONTROL_PLANE: Limit(on=0.95, off=0.985),
    Family.ACTIVE_PROBING: Limit(on=0.80, off=0.90),
    Family.TRAFFIC: Limit(on=0.70, off=0.85),
    Family.TELEMETRY: Limit(on=0.50, off=0.80),
    Family.TELESCOPE: Limit(on=0.25, off=0.60),
}

# The least spread, as a fraction of the baseline: quieter histories than that are
# luck. Traffic varies from day to day more than its pooled bins show.
SPREAD_FLOOR: Mapping[Family, float] = {
    Family.CONTROL_PLANE: 0.005,
    Family.ACTIVE_PROBING: 0.01,
    Family.TRAFFIC: 0.03,
    Family.TELEMETRY: 0.05,
    Family.TELESCOPE: 0.05,
}

# How far a baseline follows a level that has risen (detection.md, A5: clamp 0.7-1.3);
# downwards it follows no further than the exit of a drop: below, a day is not ordinary.
LIFT_AT_MOST = 1.3

# While less than two weeks are known, a Saturday is held against the weekdays before
# it: people's signals open only below what no weekend reaches, the reference's
# critical level for traffic.
NO_WEEKEND = 0.35


@dataclass(frozen=True, slots=True)
class Thresholds:
    """All numbers that detection goes by.

    Attributes:
        limits: by family; by_signal: exceptions, by signal id.
        spreads: how many robust spreads below the baseline a drop must lie.
        bins_to_open: how many known low bins in a row open a drop; one less does
            where bins are as `wide` as two rounds of probing and more, but then the
            family may not speak alone before the next one (`Finding.firm`).
        hold: how long a series must read ordinary before its drop is over.
        rise: how far above its lowest level a drop must stand to be easing.
        stale: how long a series may say nothing before it is unknown; and how long a
            source is not believed that has told many of its readings otherwise.
        coincidence: how far apart two families may fall and still be one event.
        control_basket: the fewest places from which a source's health is judged;
            ill_routes: what `ill_level` is for routes, which are the steadiest;
            ill_share, ill_level: the share of them newly low in one bin, and the
            median level of all, at which the source is taken to be ill;
            ill_revision: by what share a reading is told otherwise that counts as
            rewritten; where `ill_share` of the places are, the source is ill, too.
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
        """Where a drop of `signal` begins and ends."""
        return self.by_signal.get(signal.id, self.limits[signal.family])

    def opens(self, signal: Signal) -> int:
        """How many low bins in a row open a drop of `signal`."""
        return self.bins_to_open - (signal.step >= self.wide)

    def bins_to_close(self, signal: Signal) -> int:
        """How many ordinary bins in a row end a drop: at least three below 6 h."""
        least = 3 if signal.step <= timedelta(hours=1) else 2
        return max(least, -(-int(self.hold.total_seconds()) // signal.step_s))

    def stale_bins(self, signal: Signal) -> int:
        """After how many silent bins a series is unknown."""
        return max(1, int(self.stale.total_seconds()) // signal.step_s)


_FLAT = frozenset({Family.CONTROL_PLANE, Family.ACTIVE_PROBING})
"""Without a strong daily cycle: any time of day may stand for any other."""


# A count of hundreds that does not change by one in six hours has stopped counting.
FROZEN = timedelta(hours=6)


FROZEN_BINS = 12


BUSY = 200.0


SETTLES = timedelta(hours=24)


# All that is older has left the history by then (see `baselines`).
SHIFTED = timedelta(days=28)


SHALLOW = 0.5


_HOUR = timedelta(hours=1)


_DAY = timedelta(days=1)


def signal_params(signal: Signal, thresholds: Thresholds) -> SignalParams:
    """The numbers that series of `signal` are held against."""
    limit = thresholds.limit(signal)
    routes = signal.family is Family.CONTROL_PLANE
    hour = bins(signal, _HOUR)
    return SignalParams(
        step_s=signal.step_s,
        phase_s=int(signal.phase.total_seconds()),
        hour=max(1, hour),
        day=bins(signal, _DAY),
        week=bins(signal, 7 * _DAY),
        pool=min(2, hour),
        young=max(1, bins(signal, _DAY / 2)),
        flat=signal.family in _FLAT,
        alike=signal.family is Family.TRAFFIC,
        floor=SPREAD_FLOOR[signal.family],
        poisson=signal.minimum > 0,
        minimum=max(signal.minimum, 1e-9),
        on=limit.on,
        new=limit.on if signal.family in _FLAT else min(limit.on, NO_WEEKEND),
        off=limit.off,
        spreads=thresholds.spreads,
        settled=(limit.on + limit.off) / 2 if routes else 9.0,
        settle=bins(signal, SETTLES),
        shallow=SHALLOW,
        shift=bins(signal, SHIFTED),
        opens=thresholds.opens(signal),
        closes=thresholds.bins_to_close(signal),
        stale=thresholds.stale_bins(signal),
        rise=thresholds.rise,
        freezes=not routes,
        frozen=max(FROZEN_BINS, bins(signal, FROZEN)),
        busy=BUSY if signal.minimum > 0 else 0.0,
        lift=LIFT_AT_MOST,
        basket=thresholds.control_basket,
        ill_share=thresholds.ill_share,
        ill_level=thresholds.ill_routes if routes else thresholds.ill_level,
        ill_revision=thresholds.ill_revision,
    )


def bins(signal: Signal, span: timedelta) -> int:
    """How many whole bins of `signal` fit into `span`."""
    return int(span.total_seconds()) // signal.step_s

"""All that the compiled loops go by, for one signal, as plain numbers."""

from datetime import timedelta
from typing import NamedTuple

import numpy as np

from bot.detection.ground import Record
from bot.detection.thresholds import LIFT_AT_MOST, NO_WEEKEND, SPREAD_FLOOR, Thresholds
from bot.model.signal import Family, Signal

_FLAT = frozenset({Family.CONTROL_PLANE, Family.ACTIVE_PROBING})
"""Without a strong daily cycle: any time of day may stand for any other."""
# A count of hundreds that does not change by one in six hours has stopped counting.
FROZEN = timedelta(hours=6)
FROZEN_BINS = 12
BUSY = 200.0
STILL_BINS = 3
"""So often in a row a reading repeats itself before a whole source is asked."""
SETTLES = timedelta(hours=24)
# All that is older has left the history by then (see `baselines`).
SHIFTED = timedelta(days=28)
SHALLOW = 0.5
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class Measure(NamedTuple):
    """Bins are counted in `Signal.bin_of`; shares are fractions of ordinary.

    Attributes:
        step_s, phase_s: to find the hour of a bin.
        hour, day, week: lengths in bins; pool: bins on either side of one.
        young: within so many bins a flat sample might still turn out to be spoilt.
        flat: whether any time of day may stand for any other.
        alike: whether a fall is held against days alike, too.
        floor, poisson: the least spread (a share; and the root of a count).
        minimum: the least expected reading that can be judged.
        on, off, spreads: where a drop begins and ends; new: where one begins while no
            weekend is known.
        settled, settle: at and after how many bins a drop ends below `off`.
        shallow, shift: a drop that never went below is the new level after so many bins.
        opens, closes, stale: numbers of bins.
        rise: how far above its lowest level a drop is easing.
        freezes: whether readings that repeat themselves are disbelieved.
        frozen, busy: after how many bins; from which reading on.
        lift: how far a level is followed upwards.
        basket, ill_share, ill_level, ill_revision: see `Thresholds`.
    """

    step_s: int
    phase_s: int
    hour: int
    day: int
    week: int
    pool: int
    young: int
    flat: bool
    alike: bool
    floor: float
    poisson: bool
    minimum: float
    on: float
    new: float
    off: float
    spreads: float
    settled: float
    settle: int
    shallow: float
    shift: int
    opens: int
    closes: int
    stale: int
    rise: float
    freezes: bool
    frozen: int
    busy: float
    lift: float
    basket: int
    ill_share: float
    ill_level: float
    ill_revision: float


_KINDS = {int: np.int64, float: np.float64, bool: np.bool_}
_ROW = np.dtype([(n, _KINDS[kind]) for n, kind in Measure.__annotations__.items()])


def record(m: Measure) -> Record:
    """The same numbers as a record, which compiled functions pass on as one pointer.

    As a tuple each call would pass them one by one; that takes a sixth of all the time
    of compiling.
    """
    return np.array([tuple(m)], dtype=_ROW)[0]


def measure(signal: Signal, thresholds: Thresholds) -> Measure:
    """The numbers that series of `signal` are held against."""
    limit = thresholds.limit(signal)
    routes = signal.family is Family.CONTROL_PLANE
    hour = bins(signal, _HOUR)
    return Measure(
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

"""What is true in a generated world: how much of each series was left, and when."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from bot.evaluation.synthetic.outages import SyntheticOutage, losses
from bot.evaluation.synthetic.world import World
from bot.model.entity import Entity
from bot.model.signal import Family, Signal

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """The truth about one place.

    Attributes:
        outages: the outages of the place, oldest first.
        left: for each family the share of its normal level that was left in each bin;
            the first bin begins with the world.
        signals: the signal of each family.
        noise: for each family the standard deviation of a reading, as a share of the
            normal level.
        begins: the start of the world; aware, UTC.
    """

    outages: tuple[SyntheticOutage, ...]
    left: Mapping[Family, Floats]
    signals: Mapping[Family, Signal]
    noise: Mapping[Family, float]
    begins: datetime

    def levels(self, family: Family, since: datetime, until: datetime) -> Floats:
        """Return the levels of a family in the bins that end after `since`, up to `until`."""
        signal, values = self.signals[family], self.left[family]
        zero = signal.bin_of(self.begins)
        # A bin is named by its end, so that of `until` is the one before.
        first = max(0, signal.bin_of(since) - zero - 1)
        last = max(first + 1, signal.bin_of(until - timedelta(seconds=1)) - zero + 1)
        return values[first:last]

    def level_at(self, family: Family, at: datetime) -> float:
        """Return the level of a family in the bin that ends at `at`."""
        return float(self.levels(family, at, at)[-1])

    def outage_at(self, at: datetime) -> SyntheticOutage | None:
        """Return the outage that was going on at `at`, or None."""
        return next((o for o in self.outages if o.since <= at < o.until), None)

    def cuts(self, since: datetime, until: datetime) -> tuple[SyntheticOutage, ...]:
        """Return the outages that lie between two times, in part or whole."""
        return tuple(o for o in self.outages if o.until > since and o.since < until)


def truth_of(world: World, place: Entity, outages: Iterable[SyntheticOutage]) -> Truth:
    """Return the truth about a place; `outages` may be of other places, too."""
    own = tuple(sorted((o for o in outages if o.place == place), key=lambda o: o.since))
    left = {}
    for signal in world.signals.values():
        left[signal.family] = np.ones(world.values[signal.id].shape[1])
    for outage in own:
        for family, _, loss, first in losses(world, outage):
            window = left[family][first : first + len(loss)]
            window *= 1 - loss[: len(window)]
    signals = {signal.family: signal for signal in world.signals.values()}
    noise = {signal.family: _noise(world, signal, place) for signal in signals.values()}
    return Truth(own, left, signals, noise, world.since)


def _noise(world: World, signal: Signal, place: Entity) -> float:
    """Return how much the readings of one bin vary from week to week, as a share.

    The first weeks of a world have no outage.
    """
    week = timedelta(weeks=1) // signal.step
    row = world.series(signal.family, place)
    first, second = row[:week], row[week : 2 * week]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.log(second / first)
    # The difference of two readings varies by the square root of two more than each.
    return float(np.std(ratios[np.isfinite(ratios)])) / math.sqrt(2)

"""The truth about a generated world: to which level each series fell, and when."""

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from bot.evaluation.synthetic.outages import SyntheticOutage, losses
from bot.evaluation.synthetic.world import World
from bot.model.entity import Entity
from bot.model.interval import Interval
from bot.model.signal import Family, Signal
from bot.places import Register

_SIZED_BY = Family.ACTIVE_PROBING
_MEASURABLE = 0.3
"""Below this share of the normal level, noise is not measured."""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """The truth about one place.

    Attributes:
        outages: the outages of the place, oldest first.
        remaining_levels: for each family, the level in each bin without noise: the share of
            the normal level that was left. The first bin is the first bin of the world.
        signals: the signal of each family.
        noise: for each family, the standard deviation of a level, as a share of the
            normal level.
        world_start: the start of the world; aware, UTC.
        name: the English name of the place.
        share: the share of its country that a part holds, 0 to 1; 1 for a country.
        parts: the truth about each region or network of the place, by its English name.
        zones: the time zones of the place and its parts. The key of a zone is the
            English name of the city with which texts name local times.
    """

    outages: tuple[SyntheticOutage, ...]
    remaining_levels: Mapping[Family, Floats]
    signals: Mapping[Family, Signal]
    noise: Mapping[Family, float]
    world_start: datetime
    name: str = ""
    share: float = 1.0
    parts: Mapping[str, "Truth"] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)

    @property
    def families(self) -> tuple[Family, ...]:
        """The families that have a series of the place, without the telescope."""
        return tuple(f for f in self.remaining_levels if f is not Family.TELESCOPE)

    def levels(self, family: Family, since: datetime, until: datetime) -> Floats:
        """Return the levels of a family in the bins from `since` to `until`."""
        signal, values = self.signals[family], self.remaining_levels[family]
        zero = signal.bin_at(self.world_start)
        if signal.snapshot:
            first = max(0, signal.bin_at(since) - zero)
            return values[first : max(first, signal.bin_at(until) - zero) + 1]
        # Texts give the end of a bin as its time. So the time at which one bin ends and the
        # next begins means the earlier bin.
        first = max(0, signal.bin_at(since) - zero - 1)
        last = max(first + 1, signal.bin_at(until - timedelta(seconds=1)) - zero + 1)
        return values[first:last]

    def level_at(self, family: Family, bin_end: datetime) -> float:
        """Return the level of a family in the bin that ends at `bin_end`."""
        return float(self.levels(family, bin_end, bin_end)[-1])

    def cuts(self, since: datetime, until: datetime) -> tuple[SyntheticOutage, ...]:
        """Return the outages that overlap the time from `since` to `until`."""
        return tuple(o for o in self.outages if o.until > since and o.since < until)

    def low_intervals(
        self, since: datetime, until: datetime, limit: float
    ) -> tuple[Interval, ...]:
        """Return the intervals in which any family was below `limit`.

        Only the time from `since` to `until` is searched. In a shallow outage, a
        partial return to nearly normal levels may end an interval.
        """
        fine = min((self.signals[f] for f in self.families), key=lambda s: s.step)
        bins = np.arange(fine.bin_at(since), fine.bin_at(until) + 1)
        low = np.zeros(len(bins), dtype=bool)
        for family in self.families:
            signal, values = self.signals[family], self.remaining_levels[family]
            at = bins * fine.step_s // signal.step_s - signal.bin_at(self.world_start)
            low |= values[np.clip(at, 0, len(values) - 1)] < limit
        edges = np.flatnonzero(np.diff(low, prepend=False, append=False))
        times = [fine.start_of(int(bins[0]) + n) for n in edges.tolist()]
        return tuple(
            Interval(*ends) for ends in zip(times[::2], times[1::2], strict=True)
        )


def truth_of(
    world: World, place: Entity, outages: Iterable[SyntheticOutage], register: Register
) -> Truth:
    """Return the truth about a place; outages of other places are ignored."""
    outages = tuple(outages)
    parts = _parts_of(world, place)
    whole = _size(world, place)
    truths = [
        replace(
            _own_truth(world, part, outages),
            name=_name(world, part, register),
            share=_size(world, part) / whole,
        )
        for part in parts
    ]
    zones = {register.local_zone(place), *map(register.local_zone, parts)} - {"UTC"}
    return replace(
        _own_truth(world, place, outages),
        name=_name(world, place, register),
        parts={truth.name: truth for truth in truths},
        zones={register.city(zone, "en"): zone for zone in zones},
    )


def _size(world: World, place: Entity) -> float:
    """Return the median of a place's probing in the first week, which has no outage."""
    week = world.bins_between(_SIZED_BY, timedelta(0), timedelta(weeks=1))
    return float(np.nanmedian(world.series(_SIZED_BY, place)[week]))


def _own_truth(
    world: World, place: Entity, outages: tuple[SyntheticOutage, ...]
) -> Truth:
    own = tuple(sorted((o for o in outages if o.place == place), key=lambda o: o.since))
    signals = {s.family: s for s in world.signals.values() if place in world.rows[s.id]}
    left = {f: np.ones(world.values[s.id].shape[1]) for f, s in signals.items()}
    for outage in own:
        for family, _, loss, first in losses(world, outage):
            window = left[family][first : first + len(loss)]
            window *= 1 - loss[: len(window)]
    noise = {f: _noise(world, s, place, left[f]) for f, s in signals.items()}
    return Truth(own, left, signals, noise, world.since)


def _parts_of(world: World, place: Entity) -> tuple[Entity, ...]:
    """Return the regions and networks of a country that have series."""
    networks = {n.entity for n in world.networks if n.country == place.code}
    rows = {e for entities in world.rows.values() for e in entities}
    regions = {e for e in rows if e.country == place.code and e != place}
    return tuple(sorted(networks | regions))


def _name(world: World, part: Entity, register: Register) -> str:
    brands = {n.entity: n.brand for n in world.networks}
    return register.name(part, "en", brands.get(part, ""))


def _noise(
    world: World, signal: Signal, place: Entity, remaining_levels: Floats
) -> float:
    """Return the root mean square error of a level, as a share of the normal level.

    The error comes from the noise of a reading and from its baseline, the median of the
    three weeks before. `remaining_levels` is the share of the normal level that the outages
    leave in each bin. Readings are divided by this share.
    """
    week = timedelta(weeks=1) // signal.step
    # Without readings, a time of day has no median, and numpy would warn.
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        readings = world.series(signal.family, place)
        normal = np.where(
            remaining_levels > _MEASURABLE, readings / remaining_levels, np.nan
        )
        weeks = normal[: len(normal) // week * week].reshape(-1, week)
        ratios = [
            np.log(weeks[n] / np.nanmedian(weeks[n - 3 : n], axis=0))
            for n in range(3, len(weeks))
        ]
    errors = np.concatenate(ratios)
    return float(np.sqrt(np.mean(errors[np.isfinite(errors)] ** 2)))

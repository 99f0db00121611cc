"""Synthetic national outages of every depth, duration and shape.

The loss of each family follows what is published about real outages (the curated IODA
list, SIGCOMM 2023). Traffic, probing and telescope fall by 85 to 100 % of the outage's
depth, at once or a few minutes later. Routes are withdrawn only in some deep outages.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import product

import numpy as np
import numpy.typing as npt

from bot.evaluation.synthetic.world import World
from bot.model.entity import Entity
from bot.model.signal import Family, Signal

Floats = npt.NDArray[np.float64]

DEPTHS = (0.10, 0.30, 0.50, 0.80, 0.95, 1.00)
DURATIONS = (
    timedelta(minutes=15),
    timedelta(minutes=30),
    timedelta(minutes=60),
    timedelta(hours=3),
    timedelta(hours=12),
    timedelta(days=3),
    timedelta(days=10),
)
_RESOLUTION_S = 300
"""The loss is computed every five minutes and averaged over a bin, unless the signal
is a snapshot of an instant."""
_MIN_GAP = timedelta(days=5)
"""The least time between two outages of a country, so that no incident covers both."""
_MAX_ATTEMPTS = 300


class Shape(StrEnum):
    """The course of an outage over time."""

    SUDDEN = "sudden"
    GRADUAL = "gradual over 2 h"
    STEPWISE = "stepwise"
    PARTIAL_RETURN = "partial return in the middle"
    DIURNAL = "diurnal return"


@dataclass(frozen=True, slots=True)
class FamilyEffect:
    """How one family shows an outage.

    Attributes:
        weight: the family's largest loss, as a fraction of the outage's depth.
        delay: the time from the start of the outage to the start of the family's loss.
    """

    weight: float
    delay: timedelta


@dataclass(frozen=True, slots=True)
class SyntheticOutage:
    """The ground truth of one injected outage.

    Attributes:
        since, until: the half-open interval of the outage; aware, UTC.
        depth: the largest share of connectivity that is lost, 0 to 1.
        effects: each family that shows the outage, with the effect on the family.
    """

    place: Entity
    since: datetime
    until: datetime
    depth: float
    shape: Shape
    effects: tuple[tuple[Family, FamilyEffect], ...]

    @property
    def duration(self) -> timedelta:
        """The time from `since` to `until`."""
        return self.until - self.since


@dataclass(frozen=True, slots=True)
class OutageKind:
    """A depth and a duration (a cell of the recall matrix), and a shape."""

    depth: float
    duration: timedelta
    shape: Shape


def outage_kinds(longest: timedelta = DURATIONS[-1]) -> list[OutageKind]:
    """Return all combinations of depths, durations up to `longest`, and shapes."""
    durations = [d for d in DURATIONS if d <= longest]
    return [OutageKind(*kind) for kind in product(DEPTHS, durations, Shape)]


def draw_outages(
    world: World, kinds: Iterable[OutageKind], seed: int, warm_up: timedelta
) -> tuple[SyntheticOutage, ...]:
    """Draw a country and a time for each kind of outage; nothing is injected yet.

    Two outages of a country are at least five days apart. A kind for which no time is
    found is skipped.

    Args:
        world: the countries and the time span.
        kinds: the kinds of outages, in the order in which they are placed.
        seed: the seed of the random choices.
        warm_up: no outage begins in this time after the start of the world.
    """
    rng = np.random.default_rng([seed, 7])
    occupied_times: dict[Entity, list[tuple[datetime, datetime]]] = {}
    placed = (_place(world, kind, occupied_times, rng, warm_up) for kind in kinds)
    return tuple(sorted((o for o in placed if o), key=lambda o: (o.since, o.place)))


def _place(
    world: World,
    kind: OutageKind,
    occupied_times: dict[Entity, list[tuple[datetime, datetime]]],
    rng: np.random.Generator,
    warm_up: timedelta,
) -> SyntheticOutage | None:
    """Draw a country and a time for an outage; None if no free time is found."""
    first = world.since + warm_up
    # Twelve hours at the end are left for the detection of the end of the outage.
    slack = world.until - timedelta(hours=12) - kind.duration - first
    minutes = int(slack.total_seconds() // 60)
    for _ in range(_MAX_ATTEMPTS if minutes > 0 else 0):
        place = world.places[int(rng.integers(len(world.places)))]
        since = first + timedelta(minutes=int(rng.integers(minutes)))
        until = since + kind.duration
        taken_here = occupied_times.setdefault(place, [])
        if all(until + _MIN_GAP < b or e + _MIN_GAP < since for b, e in taken_here):
            taken_here.append((since, until))
            effects = draw_effects(kind, rng)
            return SyntheticOutage(place, since, until, kind.depth, kind.shape, effects)
    return None


def draw_effects(
    kind: OutageKind, rng: np.random.Generator
) -> tuple[tuple[Family, FamilyEffect], ...]:
    """Choose each family's effect at random, in the ranges of published outages."""

    def effect(weight: float, latest: int) -> FamilyEffect:
        return FamilyEffect(weight, timedelta(minutes=int(rng.integers(latest + 1))))

    effects = [
        (Family.ACTIVE_PROBING, effect(float(rng.uniform(0.9, 1.0)), 10)),
        (Family.TRAFFIC, effect(float(rng.uniform(0.95, 1.0)), 0)),
        (Family.TELESCOPE, effect(float(rng.uniform(0.85, 1.0)), 5)),
    ]
    # In InetIntel's curated list of outages, partial outages are seldom visible in routes.
    if kind.depth >= 0.8 and rng.random() < 0.75:
        effects.append(
            (Family.CONTROL_PLANE, effect(float(rng.uniform(0.25, 1.0)), 20))
        )
    return tuple(effects)


def inject(world: World, outages: Iterable[SyntheticOutage]) -> None:
    """Lower the series of a world, in place, by the share that each outage removes."""
    for outage in outages:
        for family, signal, loss, first in losses(world, outage):
            row = world.series(family, outage.place)
            window = row[first : first + len(loss)]
            left = window * (1 - loss[: len(window)])
            window[:] = np.rint(left) if signal.minimum > 0 else left


def losses(
    world: World, outage: SyntheticOutage
) -> Iterator[tuple[Family, Signal, Floats, int]]:
    """Yield the loss of each affected family.

    Each item has the family, its signal, the lost share of each bin, and the index of
    the first of these bins in the world.
    """
    for family, effect in outage.effects:
        signal = world.signal_of(family)
        first = signal.bin_at(outage.since) - signal.bin_at(world.since)
        last = signal.bin_at(outage.until + effect.delay) - signal.bin_at(world.since)
        start = signal.start_of(signal.bin_at(outage.since))
        offset = (start - outage.since - effect.delay).total_seconds()
        times = offset + _sample_times(signal, last - first + 1)
        lost = _loss_profile(outage, times.ravel()).reshape(times.shape).mean(axis=1)
        yield family, signal, effect.weight * outage.depth * lost, first


def _sample_times(signal: Signal, bins: int) -> Floats:
    """Return the times at which each bin is sampled; shape (bins, samples).

    They are in seconds, counted from the start of the first bin.
    """
    begins = np.arange(bins, dtype=np.float64)[:, None] * signal.step_s
    if signal.snapshot:
        return np.asarray(begins)
    return np.asarray(
        begins + np.arange(_RESOLUTION_S / 2, signal.step_s, _RESOLUTION_S)[None, :]
    )


def _loss_profile(outage: SyntheticOutage, seconds: Floats) -> Floats:
    """Return which fraction of its depth (0 to 1) the outage has at each time.

    The times are in seconds after the onset.
    """
    duration_s = outage.duration.total_seconds()
    inside = (seconds >= 0) & (seconds < duration_s)
    profiles = {
        Shape.SUDDEN: lambda t, _: np.ones_like(t),
        Shape.GRADUAL: lambda t, d: np.clip(t / min(7200, d / 2), 0, 1),
        Shape.STEPWISE: lambda t, d: (
            np.ceil(np.clip(t / min(7200, d / 2), 0.01, 1) * 3) / 3
        ),
        Shape.PARTIAL_RETURN: lambda t, d: np.where(np.abs(t - d / 2) < d / 6, 0.5, 1),
        Shape.DIURNAL: _diurnal_profile,
    }
    return np.where(inside, profiles[outage.shape](seconds, duration_s), 0.0)


def _diurnal_profile(seconds: Floats, duration_s: float) -> Floats:
    """Return which fraction of the depth applies: 1.0, or 0.4 in the last third of a day.

    Days are counted from the onset. An outage of less than a day has 0.4 in the last
    third of its duration.
    """
    if duration_s < 86400:
        return np.where(seconds > duration_s * 2 / 3, 0.4, 1.0)
    return np.where(seconds % 86400 > 16 * 3600, 0.4, 1.0)

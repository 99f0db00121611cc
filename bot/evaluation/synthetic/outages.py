"""National outages of every depth, duration and shape, each with its truth.

How the families are hit follows what is published of real ones (reference: the
curated IODA list, SIGCOMM'23): traffic, probing and telescope follow the depth at
once or a few minutes later; routes only go with the deep ones, and not with all.
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
_FINE_S = 300
"""An outage is computed at every five minutes and averaged over a bin, unless a bin
shows an instant."""
_APART = timedelta(days=5)
_TRIES = 300


class Shape(StrEnum):
    """How an outage begins, goes on and ends."""

    SUDDEN = "sudden"
    GRADUAL = "gradual over 2 h"
    STEPWISE = "stepwise"
    PARTIAL_RETURN = "partial return in the middle"
    DIURNAL = "diurnal return"


@dataclass(frozen=True, slots=True)
class Hit:
    """How one family is hit: how much of the depth it shows, and how late."""

    weight: float
    delay: timedelta


@dataclass(frozen=True, slots=True)
class SyntheticOutage:
    """The truth about one injected outage.

    Attributes:
        since, until: half-open, aware, UTC.
        depth: the share of connectivity that is lost at the deepest.
        hits: by family; a family that sees nothing is left out.
    """

    place: Entity
    since: datetime
    until: datetime
    depth: float
    shape: Shape
    hits: tuple[tuple[Family, Hit], ...]

    @property
    def duration(self) -> timedelta:
        """How long it lasts."""
        return self.until - self.since


@dataclass(frozen=True, slots=True)
class OutageKind:
    """One cell of the matrix, in one shape."""

    depth: float
    duration: timedelta
    shape: Shape


def kinds(longest: timedelta = DURATIONS[-1]) -> list[OutageKind]:
    """Every depth in every duration, up to `longest`, in every shape."""
    durations = [d for d in DURATIONS if d <= longest]
    return [OutageKind(*told) for told in product(DEPTHS, durations, Shape)]


def draw(
    world: World, wanted: Iterable[OutageKind], seed: int, warm_up: timedelta
) -> tuple[SyntheticOutage, ...]:
    """Find a place and a time for each kind; those of a place lie days apart.

    A kind for which there is no room left is left out; the result says what is in.

    Args:
        world: whose places and span.
        wanted: what to place, in this order.
        seed: of the choices.
        warm_up: no outage begins earlier than that.
    """
    rng = np.random.default_rng([seed, 7])
    taken: dict[Entity, list[tuple[datetime, datetime]]] = {}
    placed = (_place(world, kind, taken, rng, warm_up) for kind in wanted)
    return tuple(sorted((o for o in placed if o), key=lambda o: (o.since, o.place)))


def _place(
    world: World,
    kind: OutageKind,
    taken: dict[Entity, list[tuple[datetime, datetime]]],
    rng: np.random.Generator,
    warm_up: timedelta,
) -> SyntheticOutage | None:
    first = world.since + warm_up
    room = world.until - timedelta(hours=12) - kind.duration - first
    minutes = int(room.total_seconds() // 60)
    for _ in range(_TRIES if minutes > 0 else 0):
        place = world.places[int(rng.integers(len(world.places)))]
        since = first + timedelta(minutes=int(rng.integers(minutes)))
        until = since + kind.duration
        near = taken.setdefault(place, [])
        if all(until + _APART < b or e + _APART < since for b, e in near):
            near.append((since, until))
            hits = draw_hits(kind, rng)
            return SyntheticOutage(place, since, until, kind.depth, kind.shape, hits)
    return None


def draw_hits(
    kind: OutageKind, rng: np.random.Generator
) -> tuple[tuple[Family, Hit], ...]:
    """How an outage of that kind hits the families, after published ones."""

    def hit(weight: float, latest: int) -> Hit:
        return Hit(weight, timedelta(minutes=int(rng.integers(latest + 1))))

    told = [
        (Family.ACTIVE_PROBING, hit(float(rng.uniform(0.9, 1.0)), 10)),
        (Family.TRAFFIC, hit(float(rng.uniform(0.95, 1.0)), 0)),
        (Family.TELESCOPE, hit(float(rng.uniform(0.85, 1.0)), 5)),
    ]
    if kind.depth >= 0.8 and rng.random() < 0.75:
        told.append((Family.CONTROL_PLANE, hit(float(rng.uniform(0.25, 1.0)), 20)))
    return tuple(told)


def inject(world: World, outages: Iterable[SyntheticOutage]) -> None:
    """Take from the series of a world what the outages take."""
    for outage in outages:
        for family, signal, loss, first in losses(world, outage):
            row = world.row(family, outage.place)
            window = row[first : first + len(loss)]
            left = window * (1 - loss[: len(window)])
            window[:] = np.rint(left) if signal.minimum > 0 else left


def losses(
    world: World, outage: SyntheticOutage
) -> Iterator[tuple[Family, Signal, Floats, int]]:
    """For each family hit: its signal, the share lost by bin, and the first column."""
    for family, hit in outage.hits:
        signal = world.of(family)
        first = signal.bin_of(outage.since) - signal.bin_of(world.since)
        last = signal.bin_of(outage.until + hit.delay) - signal.bin_of(world.since)
        start = signal.start_of(signal.bin_of(outage.since))
        offset = (start - outage.since - hit.delay).total_seconds()
        times = offset + _looks(signal, last - first + 1)
        lost = _course(outage, times.ravel()).reshape(times.shape).mean(axis=1)
        yield family, signal, hit.weight * outage.depth * lost, first


def _looks(signal: Signal, bins: int) -> Floats:
    """When each bin looks, in seconds after the first begins; shape (bins, looks)."""
    begins = np.arange(bins, dtype=np.float64)[:, None] * signal.step_s
    if signal.snapshot:
        return np.asarray(begins)
    return np.asarray(begins + np.arange(_FINE_S / 2, signal.step_s, _FINE_S)[None, :])


def _course(outage: SyntheticOutage, seconds: Floats) -> Floats:
    """The share of the depth at some times after the onset, 0 to 1."""
    lasting = outage.duration.total_seconds()
    inside = (seconds >= 0) & (seconds < lasting)
    courses = {
        Shape.SUDDEN: lambda t, _: np.ones_like(t),
        Shape.GRADUAL: lambda t, d: np.clip(t / min(7200, d / 2), 0, 1),
        Shape.STEPWISE: lambda t, d: (
            np.ceil(np.clip(t / min(7200, d / 2), 0.01, 1) * 3) / 3
        ),
        Shape.PARTIAL_RETURN: lambda t, d: np.where(np.abs(t - d / 2) < d / 6, 0.5, 1),
        Shape.DIURNAL: _by_day,
    }
    return np.where(inside, courses[outage.shape](seconds, lasting), 0.0)


def _by_day(seconds: Floats, lasting: float) -> Floats:
    """Each day some hours of return to 60 percent; of a short one, its last third."""
    if lasting < 86400:
        return np.where(seconds > lasting * 2 / 3, 0.4, 1.0)
    return np.where(seconds % 86400 > 16 * 3600, 0.4, 1.0)

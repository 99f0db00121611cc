"""Generated series for the benchmarks: daily and weekly cycles, noise and outages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from bot.model.entity import Entity
from bot.model.signal import Chunk, Family, Signal, Values
from bot.tick.history import History

Floats = npt.NDArray[np.float64]
STEP = timedelta(minutes=5)
A_DAY = timedelta(days=1) // STEP
_WEEKS_BETWEEN = 40
"""The mean number of weeks between two outages of one place."""
_MAX_OUTAGE_BINS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Seasons:
    """Readings of some places in some signals.

    Attributes:
        values: shape (places x signals, bins); the rows of a place are adjacent.
        outages: the number of generated outages; each lowers all signals of its place.
    """

    values: Values
    signals: dict[str, Signal]
    places: tuple[Entity, ...]
    since: datetime
    outages: int

    @property
    def rows(self) -> dict[str, tuple[Entity, ...]]:
        """The places of each signal, which are all places, by the signal's id."""
        return dict.fromkeys(self.signals, self.places)

    @property
    def until(self) -> datetime:
        """The end of the last bin."""
        return self.since + STEP * self.values.shape[1]

    def take_down(self, one_in: int, since: datetime) -> None:
        """Lower one place in `one_in` to 30% from `since` on."""
        first, size = (since - self.since) // STEP, len(self.signals)
        for number in range(0, len(self.places), one_in):
            self.values[number * size : (number + 1) * size, first:] *= 0.3

    def of(self, number: int) -> Values:
        """Return the rows of the signal with this index, as a view."""
        return self.values[number :: len(self.signals)]

    def history(self, keep: timedelta) -> History:
        """Return all readings in the form in which the loop holds them in memory."""
        history = History(self.signals, self.rows, self.since, keep)
        for number, (name, signal) in enumerate(self.signals.items()):
            first = signal.bin_at(self.since)
            rows_of_places = zip(self.places, self.of(number), strict=True)
            history.add(Chunk(place, name, first, row) for place, row in rows_of_places)
        return history


def make(
    places: tuple[Entity, ...],
    families: tuple[Family, ...],
    since: datetime,
    bins: int,
    local: Callable[[datetime, Entity], datetime] | None = None,
) -> Seasons:
    """Generate series; the same arguments give the same series.

    Args:
        places: the places, each in all families.
        families: the families; each has one signal.
        since: the start of the first bin.
        bins: the number of bins.
        local: converts a time to the local time of a place; None for UTC.
    """
    rng = np.random.default_rng(1)
    values = np.empty((len(places) * len(families), bins), dtype=np.float32)
    hours: Floats = np.arange(bins, dtype=np.float64) * (24 / A_DAY)
    for number, row in enumerate(values):
        if local is not None and number % len(families) == 0:
            hours = _hours(places[number // len(families)], since, bins, local)
        row[:] = _series(hours, rng)
    outages = round(len(places) * bins / (7 * A_DAY * _WEEKS_BETWEEN))
    for _ in range(outages):
        first = len(families) * int(rng.integers(len(places)))
        at = int(rng.integers(max(1, bins - _MAX_OUTAGE_BINS)))
        duration = min(_MAX_OUTAGE_BINS, 3 + int(rng.exponential(36)))
        remaining_share = rng.uniform(0, 0.7)
        values[first : first + len(families), at : at + duration] *= remaining_share
    signals = {f"made-up.{family}": _signal(family) for family in families}
    return Seasons(np.round(values, 1), signals, places, since, outages)


def _hours(
    place: Entity,
    since: datetime,
    bins: int,
    local: Callable[[datetime, Entity], datetime],
) -> Floats:
    """Return the local hour of each bin; the offset may change with the season."""
    noons = [since + timedelta(days=d + 0.5) for d in range(-(-bins // A_DAY))]
    utc_offsets = [local(noon, place).utcoffset() or timedelta(0) for noon in noons]
    offset_hours = np.repeat([o / timedelta(hours=1) for o in utc_offsets], A_DAY)[
        :bins
    ]
    return np.asarray(np.arange(bins) * (24 / A_DAY) + offset_hours)


def _series(hours: Floats, rng: np.random.Generator) -> Values:
    """Return one series: a daily cycle up to 45%, lower weekends and 3% noise."""
    angle = 2 * np.pi * hours / 24 + rng.uniform(0, 2 * np.pi)
    daily_cycle = 1 + rng.uniform(0, 0.45) * np.sin(angle)
    weekly_cycle = np.where(hours // 24 % 7 >= 5, rng.uniform(0.85, 1), 1)
    noise = 1 + 0.03 * rng.standard_normal(len(hours), dtype=np.float32)
    normal_level = max(100.0, rng.lognormal(7, 1))
    return np.asarray(
        normal_level * daily_cycle * weekly_cycle * noise, dtype=np.float32
    )


def _signal(family: Family) -> Signal:
    return Signal(
        id=f"made-up.{family}",
        unit="made up",
        step=STEP,
        lag=timedelta(0),
        family=family,
        credit="nobody",
        licence="CC0-1.0",
        minimum=20.0,
    )

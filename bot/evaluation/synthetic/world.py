"""Generated countries: realistic quiet series, seeded, and stated as generated.

Nothing here was measured. The same plan makes the same series, byte for byte (P14).
Signals, steps, lags and least counts are those of the catalogue we read from IODA.

What is imitated, by signal: the sizes of countries over four decades, down to some
with few networks; day and week cycles by the clocks of the place, daylight saving
with them; noise; growth; national holidays (traffic only); bins that are missing for
one place or for all; bins told late, and bins told again with a slightly other value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt

from bot.model.entity import Entity, EntityKind, Network
from bot.model.signal import Chunk, Family, Signal, Values
from bot.model.watchlist import Watchlist, group
from bot.places import Register, load_register
from bot.sources.ioda.signals import catalogue

Floats = npt.NDArray[np.float64]
Bins = npt.NDArray[np.int64]

START = datetime(2026, 1, 5, tzinfo=UTC)
"""A Monday in the northern winter: a year from here holds both clock changes."""
_TINY = 0.06
_FRIDAY_WEEKENDS = 0.12
_UP_SHARE = 0.7
"""Of a country's /24s about so many answer probes."""


@dataclass(frozen=True, slots=True)
class WorldPlan:
    """What to generate.

    Attributes:
        seed: of everything random.
        countries: how many, at most as many as the register has zones for.
        codes: which; empty takes the first by their codes.
        days: how long.
        step: no signal is finer than that; None keeps each signal's own step.
        start: when the first bin begins; aware, UTC, midnight.
        largest_only: leave out countries too small to be judged.
        flaws: whether bins go missing, come late and are revised, and whether there
            are holidays.
    """

    seed: int = 1
    countries: int = 250
    codes: tuple[str, ...] = ()
    days: int = 364
    step: timedelta | None = timedelta(minutes=30)
    start: datetime = START
    largest_only: bool = False
    flaws: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class FirstTold:
    """Bins that were first told otherwise: late (NaN) or before a revision."""

    rows: Bins
    columns: Bins
    values: Values


@dataclass(slots=True, eq=False)
class World:
    """Generated series and how they are told.

    Attributes:
        values: for each signal, shape (rows, bins), as finally told.
        first_told: for each signal, what some bins looked like until the next stride.
        stray: chunks that a broken clock sends, `strays_at` after the beginning.
        networks: the register's entries for the networks among the rows.
        parents: the country of rows that neither tell it nor are in the register.
    """

    signals: dict[str, Signal]
    rows: dict[str, tuple[Entity, ...]]
    since: datetime
    days: int
    values: dict[str, Values]
    networks: tuple[Network, ...] = ()
    parents: Mapping[Entity, Entity] = field(default_factory=dict)
    first_told: dict[str, FirstTold] = field(default_factory=dict)
    stray: list[Chunk] = field(default_factory=list)
    strays_at: timedelta = timedelta(days=30)

    @property
    def places(self) -> tuple[Entity, ...]:
        """The countries, in order."""
        return tuple(
            sorted({e for r in self.rows.values() for e in r if e.country is not None})
        )

    @property
    def until(self) -> datetime:
        """The end of the last bin."""
        return self.since + timedelta(days=self.days)

    def watch(self) -> Watchlist:
        """The rows, grouped into countries."""
        register = {network.entity: network for network in self.networks}
        return group(
            {e for r in self.rows.values() for e in r},
            register,
            self.parents,
            load_register().zone,
        )

    def of(self, family: Family) -> Signal:
        """The signal of a family; there is one of each."""
        return next(s for s in self.signals.values() if s.family is family)

    def row(self, family: Family, entity: Entity) -> Values:
        """One series, as a view that may be written to."""
        signal = self.of(family).id
        row: Values = self.values[signal][self.rows[signal].index(entity)]
        return row

    def columns(self, family: Family, since: timedelta, until: timedelta) -> slice:
        """The bins between two times after the beginning."""
        step = self.of(family).step
        return slice(since // step, until // step)


@dataclass(frozen=True, slots=True, eq=False)
class _Nature:
    """What each country is like; one element a country.

    Attributes:
        size: /24s; growth: a year, as a fraction; swing: of the day in traffic.
        weekend: traffic on days off, as a fraction of a working day.
        early: whether Friday and Saturday are the days off.
        rough: noise of traffic, as a fraction.
    """

    size: Floats
    growth: Floats
    swing: Floats
    weekend: Floats
    early: npt.NDArray[np.bool_]
    rough: Floats


def build(plan: WorldPlan) -> World:
    """The quiet world of a plan: no outage anywhere."""
    register = load_register()
    codes = plan.codes or sorted(register.zones)[: plan.countries]
    places = tuple(Entity(EntityKind.COUNTRY, code) for code in codes)
    rng = np.random.default_rng(plan.seed)
    nature = _nature(len(places), rng, plan)
    world = World(
        signals=_signals(plan.step),
        rows={},
        since=plan.start,
        days=plan.days,
        values={},
    )
    clocks = _offsets(places, plan, register)
    for signal in world.signals.values():
        values = _series(signal, nature, clocks, rng)
        _take_days_off(values, signal, plan, rng)
        world.rows[signal.id] = places
        world.values[signal.id] = values
        if plan.flaws:
            _lose(values, signal, rng)
            world.first_told[signal.id] = _first_told(values, rng)
    return world


def _signals(step: timedelta | None) -> dict[str, Signal]:
    every = (d.signal for d in catalogue().values())
    return {s.id: replace(s, step=max(s.step, step or s.step)) for s in every}


def _nature(count: int, rng: np.random.Generator, plan: WorldPlan) -> _Nature:
    size = np.exp(rng.normal(7.0, 1.9, count))
    if plan.largest_only:
        size = np.maximum(size, 400.0)
    else:
        tiny = rng.random(count) < _TINY
        size = np.where(tiny, rng.uniform(4, 40, count), np.maximum(size, 40.0))
    return _Nature(
        size=size,
        growth=rng.uniform(-0.05, 0.25, count),
        swing=rng.uniform(0.3, 0.6, count),
        weekend=rng.uniform(0.75, 1.1, count),
        early=rng.random(count) < _FRIDAY_WEEKENDS,
        rough=rng.uniform(0.015, 0.05, count) + 0.15 / np.sqrt(size),
    )


def _offsets(places: tuple[Entity, ...], plan: WorldPlan, register: Register) -> Floats:
    """Hours east of UTC, shape (countries, days): as the clocks were set that day."""
    noons = [plan.start + timedelta(days=d, hours=12) for d in range(plan.days)]
    told = [[_east(register.local(noon, e)) for noon in noons] for e in places]
    return np.array(told, dtype=np.float64)


def _east(local: datetime) -> float:
    offset = local.utcoffset() or timedelta(0)
    return offset.total_seconds() / 3600


def local_hours(signal: Signal, offsets: Floats) -> Floats:
    """Hours on the clocks of each place since Monday of the first week."""
    a_day = timedelta(days=1) // signal.step
    bins = np.arange(offsets.shape[1] * a_day)
    hours = bins * (signal.step_s / 3600)
    return np.asarray(hours[None, :] + np.repeat(offsets, a_day, axis=1))


def _series(
    signal: Signal,
    nature: _Nature,
    offsets: Floats,
    rng: np.random.Generator,
) -> Values:
    hours = local_hours(signal, offsets)
    years = np.arange(hours.shape[1]) * (signal.step_s / (365 * 86400))
    trend = 1 + nature.growth[:, None] * years[None, :]
    makers = {
        Family.CONTROL_PLANE: _routes,
        Family.ACTIVE_PROBING: _probing,
        Family.TELESCOPE: _telescope,
        Family.TRAFFIC: _traffic,
    }
    made = np.asarray(makers[signal.family](nature, hours, rng) * trend)
    if signal.minimum > 0:
        made = np.rint(made)  # a count
    return np.asarray(made, dtype=np.float32)


def _noise(shape: tuple[int, ...], rng: np.random.Generator) -> Values:
    return rng.standard_normal(shape, dtype=np.float32)


def day_shape(hours: Floats) -> Floats:
    """The day of people, -1 (before dawn) to 1 (evening), by the local hour."""
    angle = (hours - 16.0) * (2 * np.pi / 24)
    return np.asarray(0.85 * np.cos(angle) + 0.15 * np.cos(2 * angle - 1.0))


def _routes(nature: _Nature, hours: Floats, rng: np.random.Generator) -> Floats:
    """Visible /24s: nearly still, with a small step of announcements each few days."""
    steps = np.where(
        rng.random(hours.shape) < 0.008 * float(hours[0, 1] - hours[0, 0]),
        0.004 * _noise(hours.shape, rng),
        0,
    )
    drift = np.cumsum(steps, axis=1) + 0.0008 * _noise(hours.shape, rng)
    return np.asarray(nature.size[:, None] * (1 + drift))


def _probing(nature: _Nature, hours: Floats, rng: np.random.Generator) -> Floats:
    """/24s that answer: a faint day, and the noise of chance."""
    up = _UP_SHARE * nature.size[:, None]
    faint = 0.08 * (nature.swing[:, None] - 0.25)
    chance = np.sqrt(_UP_SHARE * (1 - _UP_SHARE) / nature.size)[:, None] / 3 + 0.003
    read = up * (1 + faint * day_shape(hours) + chance * _noise(hours.shape, rng))
    return np.asarray(np.maximum(read, 0))


def _telescope(nature: _Nature, hours: Floats, rng: np.random.Generator) -> Floats:
    """Unique sources of unsolicited traffic: a day, rough noise, bursts, few counts."""
    mean = 0.6 * nature.size[:, None] * (1 + 0.25 * day_shape(hours))
    rough = np.exp(0.12 * _noise(hours.shape, rng))
    burst = np.where(rng.random(hours.shape) < 0.002, 1.8, 1.0)
    return np.asarray(rng.poisson(mean * rough * burst), dtype=np.float64)


def _traffic(nature: _Nature, hours: Floats, rng: np.random.Generator) -> Floats:
    """Traffic: a strong day, a week, and days that differ from each other."""
    day = np.floor(hours / 24).astype(np.int64)
    weekday = np.where(nature.early[:, None], (day + 1) % 7, day % 7)
    week = np.where(weekday >= 5, nature.weekend[:, None], 1.0)
    number = day - day.min()
    count = int(number.max()) + 1
    of_day = 1 + 0.02 * _noise((len(hours), count), rng)
    factor = np.take_along_axis(of_day, number, axis=1)
    wave = 1 + nature.swing[:, None] * day_shape(hours)
    rough = 1 + nature.rough[:, None] * _noise(hours.shape, rng)
    return np.asarray(1000 * wave * week * factor * np.maximum(rough, 0.02))


def _take_days_off(
    values: Values, signal: Signal, plan: WorldPlan, rng: np.random.Generator
) -> None:
    """About ten days off a year for each country: 70 to 95 percent of its traffic."""
    if signal.family is not Family.TRAFFIC or not plan.flaws:
        return
    a_day = timedelta(days=1) // signal.step
    shape = (len(values), values.shape[1] // a_day)
    off = rng.random(shape) < 10 / 365
    factors = np.where(off, rng.uniform(0.7, 0.95, shape), 1.0)
    values *= np.repeat(factors, a_day, axis=1).astype(np.float32)


def _lose(values: Values, signal: Signal, rng: np.random.Generator) -> None:
    """Bins go missing: single ones, hours of a country, hours of everybody."""
    rows, bins = values.shape
    an_hour = max(1, 3600 // signal.step_s)
    values[rng.random(values.shape) < 0.002] = np.nan
    days = bins * signal.step_s // 86400
    for _ in range(int(rng.poisson(rows * days / 180))):
        row, at = int(rng.integers(rows)), int(rng.integers(bins))
        values[row, at : at + int(rng.integers(1, 12)) * an_hour] = np.nan
    for _ in range(int(rng.poisson(days / 60))):
        at = int(rng.integers(bins))
        values[:, at : at + int(rng.integers(1, 6)) * an_hour] = np.nan


def _first_told(values: Values, rng: np.random.Generator) -> FirstTold:
    """One bin in two hundred comes late, or is revised by a few percent."""
    count = values.size // 200
    rows = rng.integers(values.shape[0], size=count)
    columns = rng.integers(values.shape[1], size=count)
    factors = 1 + 0.02 * rng.standard_normal(count)
    factors[rng.random(count) < 0.3] = np.nan
    told = values[rows, columns] * factors
    return FirstTold(rows, columns, np.asarray(told, dtype=np.float32))

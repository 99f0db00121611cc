"""Generated countries: seeded series that resemble real ones, without any outage.

Nothing here was measured, and every output says so. The same plan makes the same
series, byte for byte (P14). Signals, lags and minimum counts are those of our catalogue
of IODA signals. So are the steps, unless the plan sets a longer step.

The series imitate:

- countries of all sizes over four orders of magnitude, some with few networks;
- daily and weekly cycles in local time, with daylight saving;
- noise, growth, and national holidays (traffic only);
- bins that are missing for one country or for all, late bins, and bins that are revised
  by a few percent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt

from bot.model.entity import Entity, EntityKind, Network
from bot.model.signal import Chunk, Family, Signal, Values
from bot.model.watchlist import Watchlist, group_into_places
from bot.places import Register, load_register, local_time
from bot.sources.ioda.signals import catalogue

Floats = npt.NDArray[np.float64]
Bins = npt.NDArray[np.int64]

START = datetime(2026, 1, 5, tzinfo=UTC)
"""A Monday in the northern winter; the year that follows has both clock changes."""
_TINY_SHARE = 0.06
"""The share of countries with few networks; chance dominates their counts."""
_FRIDAY_WEEKEND_SHARE = 0.12
"""The share of countries whose weekend is Friday and Saturday."""
_RESPONDING_SHARE = 0.7
"""The share of a country's /24s that respond to probes."""


@dataclass(frozen=True, slots=True)
class WorldPlan:
    """The parameters of a generated world.

    Attributes:
        seed: the seed of all random numbers.
        countries: the number of countries; at most as many as have a time zone in the
            register.
        codes: the countries' codes; empty: the first `countries` codes in alphabetical
            order.
        days: the length of the series.
        step: the least step of a signal; shorter steps are raised to it. None: each
            signal keeps its own step.
        start: the start of the first bin; aware, UTC, midnight.
        enlarges_small_countries: whether small countries get 400 /24s each, so that all
            countries can be assessed.
        has_irregularities: whether there are holidays, and bins that are missing, late or
            revised.
    """

    seed: int = 1
    countries: int = 250
    codes: tuple[str, ...] = ()
    days: int = 364
    step: timedelta | None = timedelta(minutes=30)
    start: datetime = START
    enlarges_small_countries: bool = False
    has_irregularities: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class FirstReports:
    """For one signal, the first reports of bins whose values change later.

    The arrays have the same length. `values[i]` is the first report of the bin in row
    `rows[i]` and column `columns[i]`. NaN means that the bin is late; a number is
    revised later.
    """

    rows: Bins
    columns: Bins
    values: Values


@dataclass(slots=True, eq=False)
class World:
    """Generated series and how their readings are published.

    Attributes:
        rows: for each signal, the entities of the rows in `values`.
        since: the start of the first bin; aware, UTC.
        values: for each signal, the final readings; shape (rows, bins).
        networks: the register's entries for the networks among the rows.
        parents: the country of each entity whose country is neither in its code nor in
            `networks`.
        first_reports: for each signal, the first reports of its late and revised bins.
        misdated: chunks with wrong times, as from a broken clock. They are published
            when `misdated_after` has passed since `since`.
    """

    signals: dict[str, Signal]
    rows: dict[str, tuple[Entity, ...]]
    since: datetime
    days: int
    values: dict[str, Values]
    networks: tuple[Network, ...] = ()
    parents: Mapping[Entity, Entity] = field(default_factory=dict)
    first_reports: dict[str, FirstReports] = field(default_factory=dict)
    misdated: list[Chunk] = field(default_factory=list)
    misdated_after: timedelta = timedelta(days=30)

    @property
    def places(self) -> tuple[Entity, ...]:
        """The countries and regions that have rows, sorted."""
        return tuple(
            sorted({e for r in self.rows.values() for e in r if e.country is not None})
        )

    @property
    def until(self) -> datetime:
        """The end of the last bin; aware, UTC."""
        return self.since + timedelta(days=self.days)

    def watchlist(self) -> Watchlist:
        """Return the watchlist: the entities of all rows, grouped into countries."""
        register = {network.entity: network for network in self.networks}
        return group_into_places(
            {e for r in self.rows.values() for e in r},
            register,
            self.parents,
            load_register().principal_zone,
        )

    def signal_of(self, family: Family) -> Signal:
        """Return the first signal of a family; generated worlds have only one."""
        return next(s for s in self.signals.values() if s.family is family)

    def series(self, family: Family, entity: Entity) -> Values:
        """Return one series as a view: writing to the view changes the world."""
        signal = self.signal_of(family).id
        row: Values = self.values[signal][self.rows[signal].index(entity)]
        return row

    def bins_between(self, family: Family, since: timedelta, until: timedelta) -> slice:
        """Return the bins between two times, counted from the start of the world."""
        step = self.signal_of(family).step
        return slice(since // step, until // step)


@dataclass(frozen=True, slots=True, eq=False)
class _CountryTraits:
    """The properties of the countries; each array has one element per country.

    Attributes:
        size: the number of /24s.
        growth: the growth per year, as a fraction.
        daily_swing: the amplitude of the daily cycle of traffic, as a fraction.
        weekend_level: traffic on a day off, as a fraction of traffic on a working day.
        friday_weekend: whether Friday and Saturday are the days off, instead of
            Saturday and Sunday.
        noise: the standard deviation of the noise of traffic, as a fraction.
    """

    size: Floats
    growth: Floats
    daily_swing: Floats
    weekend_level: Floats
    friday_weekend: npt.NDArray[np.bool_]
    noise: Floats


def build_world(plan: WorldPlan) -> World:
    """Return the world of a plan; no country has an outage."""
    register = load_register()
    codes = plan.codes or sorted(register.zones)[: plan.countries]
    places = tuple(Entity(EntityKind.COUNTRY, code) for code in codes)
    rng = np.random.default_rng(plan.seed)
    traits = _draw_traits(len(places), rng, plan)
    world = World(
        signals=_signals(plan.step),
        rows={},
        since=plan.start,
        days=plan.days,
        values={},
    )
    offsets = _utc_offsets(places, plan, register)
    # The order of the random draws must stay: another order makes another world (P14).
    for signal in world.signals.values():
        values = _series(signal, traits, offsets, rng)
        _apply_holidays(values, signal, plan, rng)
        world.rows[signal.id] = places
        world.values[signal.id] = values
        if plan.has_irregularities:
            _drop_bins(values, signal, rng)
            world.first_reports[signal.id] = draw_first_reports(values, rng)
    return world


def _signals(step: timedelta | None) -> dict[str, Signal]:
    catalogued = (d.signal for d in catalogue().values())
    return {s.id: replace(s, step=max(s.step, step or s.step)) for s in catalogued}


def _draw_traits(
    count: int, rng: np.random.Generator, plan: WorldPlan
) -> _CountryTraits:
    # The sizes are log-normal, as the numbers of /24s of real countries roughly are.
    # Their median is 1,100.
    size = np.exp(rng.normal(7.0, 1.9, count))
    if plan.enlarges_small_countries:
        size = np.maximum(size, 400.0)
    else:
        tiny = rng.random(count) < _TINY_SHARE
        size = np.where(tiny, rng.uniform(4, 40, count), np.maximum(size, 40.0))
    return _CountryTraits(
        size=size,
        growth=rng.uniform(-0.05, 0.25, count),
        daily_swing=rng.uniform(0.3, 0.6, count),
        weekend_level=rng.uniform(0.75, 1.1, count),
        friday_weekend=rng.random(count) < _FRIDAY_WEEKEND_SHARE,
        # The fewer users a country has, the noisier its traffic is.
        noise=rng.uniform(0.015, 0.05, count) + 0.15 / np.sqrt(size),
    )


def _utc_offsets(
    places: tuple[Entity, ...], plan: WorldPlan, register: Register
) -> Floats:
    """Return the UTC offsets at each day's noon, in hours; shape (countries, days)."""
    noons = [plan.start + timedelta(days=d, hours=12) for d in range(plan.days)]
    offsets = [
        [_hours_east(local_time(noon, register.principal_zone(e))) for noon in noons]
        for e in places
    ]
    return np.array(offsets, dtype=np.float64)


def _hours_east(local: datetime) -> float:
    offset = local.utcoffset() or timedelta(0)
    return offset.total_seconds() / 3600


def local_hours(signal: Signal, offsets: Floats) -> Floats:
    """Return each bin's local time, in hours since midnight of the first day, a Monday.

    The shape is (countries, bins).
    """
    bins_a_day = timedelta(days=1) // signal.step
    bins = np.arange(offsets.shape[1] * bins_a_day)
    hours = bins * (signal.step_s / 3600)
    return np.asarray(hours[None, :] + np.repeat(offsets, bins_a_day, axis=1))


def _series(
    signal: Signal,
    traits: _CountryTraits,
    offsets: Floats,
    rng: np.random.Generator,
) -> Values:
    hours = local_hours(signal, offsets)
    years = np.arange(hours.shape[1]) * (signal.step_s / (365 * 86400))
    trend = 1 + traits.growth[:, None] * years[None, :]
    generators = {
        Family.CONTROL_PLANE: _routes,
        Family.ACTIVE_PROBING: _probing,
        Family.TELESCOPE: _telescope,
        Family.TRAFFIC: _traffic,
    }
    readings = np.asarray(generators[signal.family](traits, hours, rng) * trend)
    if signal.minimum > 0:
        readings = np.rint(readings)  # a count
    return np.asarray(readings, dtype=np.float32)


def _noise(shape: tuple[int, ...], rng: np.random.Generator) -> Values:
    return rng.standard_normal(shape, dtype=np.float32)


def daily_cycle(hours: Floats) -> Floats:
    """Return human activity at local hours: about -0.8 at 3 h, nearly 1 at 17 h."""
    angle = (hours - 16.0) * (2 * np.pi / 24)
    return np.asarray(0.85 * np.cos(angle) + 0.15 * np.cos(2 * angle - 1.0))


def _routes(traits: _CountryTraits, hours: Floats, rng: np.random.Generator) -> Floats:
    """Return visible /24s: nearly constant, with a small step every few days."""
    steps = np.where(
        rng.random(hours.shape) < 0.008 * float(hours[0, 1] - hours[0, 0]),
        0.004 * _noise(hours.shape, rng),
        0,
    )
    drift = np.cumsum(steps, axis=1) + 0.0008 * _noise(hours.shape, rng)
    return np.asarray(traits.size[:, None] * (1 + drift))


def _probing(traits: _CountryTraits, hours: Floats, rng: np.random.Generator) -> Floats:
    """Return responding /24s: a weak daily cycle, and sampling noise."""
    up = _RESPONDING_SHARE * traits.size[:, None]
    daily_swing = 0.08 * (traits.daily_swing[:, None] - 0.25)
    chance = (
        np.sqrt(_RESPONDING_SHARE * (1 - _RESPONDING_SHARE) / traits.size)[:, None] / 3
        + 0.003
    )
    read = up * (
        1 + daily_swing * daily_cycle(hours) + chance * _noise(hours.shape, rng)
    )
    return np.asarray(np.maximum(read, 0))


def _telescope(
    traits: _CountryTraits, hours: Floats, rng: np.random.Generator
) -> Floats:
    """Return unique source addresses: daily cycle, strong noise, bursts, and chance."""
    mean = 0.6 * traits.size[:, None] * (1 + 0.25 * daily_cycle(hours))
    scatter = np.exp(0.12 * _noise(hours.shape, rng))
    burst = np.where(rng.random(hours.shape) < 0.002, 1.8, 1.0)
    return np.asarray(rng.poisson(mean * scatter * burst), dtype=np.float64)


def _traffic(traits: _CountryTraits, hours: Floats, rng: np.random.Generator) -> Floats:
    """Return traffic: a strong daily cycle, a weekly cycle, and a random factor per day."""
    day = np.floor(hours / 24).astype(np.int64)
    weekday = np.where(traits.friday_weekend[:, None], (day + 1) % 7, day % 7)
    week = np.where(weekday >= 5, traits.weekend_level[:, None], 1.0)
    number = day - day.min()
    count = int(number.max()) + 1
    day_noise = 1 + 0.02 * _noise((len(hours), count), rng)
    factor = np.take_along_axis(day_noise, number, axis=1)
    cycle = 1 + traits.daily_swing[:, None] * daily_cycle(hours)
    scatter = 1 + traits.noise[:, None] * _noise(hours.shape, rng)
    return np.asarray(1000 * cycle * week * factor * np.maximum(scatter, 0.02))


def _apply_holidays(
    values: Values, signal: Signal, plan: WorldPlan, rng: np.random.Generator
) -> None:
    """Lower traffic to 70 to 95 % on about ten holidays a year in each country."""
    if signal.family is not Family.TRAFFIC or not plan.has_irregularities:
        return
    bins_a_day = timedelta(days=1) // signal.step
    shape = (len(values), values.shape[1] // bins_a_day)
    day_off = rng.random(shape) < 10 / 365
    factors = np.where(day_off, rng.uniform(0.7, 0.95, shape), 1.0)
    values *= np.repeat(factors, bins_a_day, axis=1).astype(np.float32)


def _drop_bins(values: Values, signal: Signal, rng: np.random.Generator) -> None:
    """Remove single bins, hours of single countries, and hours of all countries."""
    rows, bins = values.shape
    bins_an_hour = max(1, 3600 // signal.step_s)
    values[rng.random(values.shape) < 0.002] = np.nan
    days = bins * signal.step_s // 86400
    for _ in range(int(rng.poisson(rows * days / 180))):
        row, first = int(rng.integers(rows)), int(rng.integers(bins))
        values[row, first : first + int(rng.integers(1, 12)) * bins_an_hour] = np.nan
    for _ in range(int(rng.poisson(days / 60))):
        first = int(rng.integers(bins))
        values[:, first : first + int(rng.integers(1, 6)) * bins_an_hour] = np.nan


def draw_first_reports(values: Values, rng: np.random.Generator) -> FirstReports:
    """Draw the readings that one bin in 200 has at first, before it is corrected.

    30 % of these bins have no reading at first (NaN); the others have one that is about
    2 % off.
    """
    count = values.size // 200
    rows = rng.integers(values.shape[0], size=count)
    columns = rng.integers(values.shape[1], size=count)
    factors = 1 + 0.02 * rng.standard_normal(count)
    factors[rng.random(count) < 0.3] = np.nan
    reported = values[rows, columns] * factors
    return FirstReports(rows, columns, np.asarray(reported, dtype=np.float32))

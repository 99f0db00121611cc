"""A generated year of readings: 250 countries, two families, and what is planted in it.

Everything is made from one seed. A reading is a level of its country with noise, and in
probing a daily cycle. Falls and returns are abrupt, and a fall keeps its depth. Planted are outages, which must be posted, and faults, which must not: drops of
one family alone, places without readings, hours in which the source does not answer, and
half hours in which the source serves half of every count.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt

from bot.clock import Clock
from bot.errors import SourceUnavailable
from bot.model.entity import Entity, EntityKind
from bot.model.interval import Interval
from bot.model.signal import Answer, Chunk, ParsedAnswer, Request, Signal
from bot.sources.ioda.config import IodaConfig, iso_countries

START = datetime(2026, 1, 5, tzinfo=UTC)
"""The first tick; a Monday, because weeks are counted from it."""
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_STEP, _WEEK = timedelta(minutes=5), timedelta(days=7)
_SLOT = timedelta(days=14)
"""A country has at most one outage in such a span, and it begins in the first half."""
_LAST_END = timedelta(hours=6)
"""How long before the end of the run the last outage is over."""
_MISSING = 65_535
"""The code of a bin without a reading in an answer; every count is lower."""
_DATASOURCES = ("bgp", "ping-slash24")
_NOISE = {"ioda.bgp": 0.001, "ioda.ping-slash24": 0.005}
_CYCLE = {"ioda.bgp": 0.0, "ioda.ping-slash24": 0.03}
_HIGHEST = 45_000.0

Counts = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class YearSize:
    """How large a run is.

    Attributes:
        days: its length; a year is 52 weeks.
        countries: how many countries are watched, at most 250.
        outages: how many outages are planted.
    """

    days: int = 364
    countries: int = 250
    outages: int = 1_500

    @property
    def until(self) -> datetime:
        """The end of the run."""
        return START + self.days * _DAY

    def of_year(self, count: int) -> int:
        """Return how many of `count` things a year happen in this run."""
        return round(count * self.days / 364)

    def places(self) -> tuple[Entity, ...]:
        """Return the countries, in the order of their rows."""
        codes = ("XK", *iso_countries())[: self.countries]
        return tuple(Entity(EntityKind.COUNTRY, code) for code in codes)


@dataclass(frozen=True, slots=True)
class PlantedDrop:
    """A fall of one country.

    Attributes:
        row: the number of the country.
        window: when the country is down.
        shares: what is left of each signal's readings; NaN: there are no readings.
    """

    row: int
    window: Interval
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class PlantedYear:
    """What is planted in a run.

    Attributes:
        size: how large the run is.
        outages: falls of both families, each of which must be posted.
        decoys: falls of one family, and places without readings.
        silences: when the source does not answer.
        halved: when all readings of one signal are halved.
    """

    size: YearSize
    outages: tuple[PlantedDrop, ...]
    decoys: tuple[PlantedDrop, ...]
    silences: tuple[Interval, ...]
    halved: tuple[tuple[str, Interval], ...]


def signals() -> tuple[Signal, ...]:
    """Return IODA's signals of routes (5-minute bins) and probing (10-minute bins)."""
    return tuple(
        d.signal for d in IodaConfig(datasources=_DATASOURCES).requested_datasources()
    )


class YearPlanter:
    """Chooses what happens in a run; the same size and seed give the same plan."""

    def __init__(self, size: YearSize, seed: int) -> None:
        """Choose for a run of this size."""
        self._size = size
        self._random = np.random.default_rng(seed)
        self._slots = self._shuffled_slots()
        self._halved: tuple[tuple[str, Interval], ...] = ()

    def plant(self) -> PlantedYear:
        """Return the plan."""
        size = self._size
        ids = [signal.id for signal in signals()]
        self._halved = tuple(
            (ids[number % 2], self._window(40 * _MINUTE))
            for number in range(size.of_year(24))
        )
        return PlantedYear(
            size=size,
            outages=tuple(self._drops(size.outages)),
            decoys=tuple(self._decoys(size.of_year(200))),
            silences=tuple(self._window(90 * _MINUTE) for _ in range(size.of_year(60))),
            halved=self._halved,
        )

    def _shuffled_slots(self) -> Iterator[tuple[int, datetime]]:
        """Yield country and start of each slot once, in random order.

        The slots of the countries begin on different days, so that outages are spread
        over the whole run.
        """
        countries, span = self._size.countries, min(_SLOT, self._size.days * _DAY / 2)
        slots = self._size.days * _DAY // span
        for number in self._random.permutation(countries * slots).tolist():
            slot, row = divmod(number, countries)
            yield row, START + (slot + row / countries) * span

    def _drops(self, count: int) -> Iterator[PlantedDrop]:
        """Yield `count` falls of both families, each in a slot of its own."""
        while count:
            row, slot = next(self._slots)
            window = self._outage_window(slot)
            # In a signal that is halved everywhere, no fall can be recognised.
            if window is not None and not self._is_near_fault(window.since):
                left = self._random.uniform(0.0, 0.6)
                ids = [signal.id for signal in signals()]
                shares = {i: left * self._random.uniform(0.9, 1.1) for i in ids}
                yield PlantedDrop(row, window, shares)
                count -= 1

    def _outage_window(self, slot: datetime) -> Interval | None:
        """Return the window of an outage, from an hour to three days, mostly short.

        None: the run would end too soon after it.
        """
        hours = float(np.exp(self._random.uniform(0.0, np.log(72.0))))
        spread = min(_SLOT, self._size.days * _DAY / 2) / 2
        wait = self._random.uniform(1.0, spread / _HOUR)
        since = START + (slot - START + wait * _HOUR) // _STEP * _STEP
        until = since + round(12 * hours) * _STEP
        over = until + _LAST_END <= self._size.until
        return Interval(since, until) if over else None

    def _decoys(self, count: int) -> Iterator[PlantedDrop]:
        """Yield falls of routes alone, of probing alone, and countries without readings.

        Of four, the first and the third are falls.
        """
        for number, drop in enumerate(self._drops(count)):
            shares: dict[str, float] = dict.fromkeys(drop.shares, np.nan)
            if number % 2 == 0:
                alone = signals()[number // 2 % 2].id
                shares = dict.fromkeys(drop.shares, 1.0)
                shares[alone] = drop.shares[alone]
            yield replace(drop, shares=shares)

    def _window(self, longest: timedelta) -> Interval:
        minutes = self._random.uniform(60, self._size.days * 1440 - 720)
        at = START + timedelta(minutes=int(minutes))
        return Interval(at, at + longest * self._random.uniform(0.3, 1.0))

    def _is_near_fault(self, at: datetime) -> bool:
        """Whether a fall at this time lies within six hours of a fault."""
        return any(
            halved.since - 6 * _HOUR < at < halved.until + 6 * _HOUR
            for _, halved in self._halved
        )


class GeneratedSource:
    """Serves the readings of a planted year; each bin from the time at which it is due.

    An answer has the counts of every series in its window, two bytes each.
    """

    name = "ioda"
    reconstruction = False

    def __init__(self, year: PlantedYear, seed: int, clock: Clock) -> None:
        """Serve `year`; answers are dated with `clock`, whose time decides what is due."""
        self.places = year.size.places()
        self.signals: tuple[Signal, ...] = signals()
        self.rows: Mapping[str, tuple[Entity, ...]] = {
            signal.id: self.places for signal in self.signals
        }
        self.parents: Mapping[Entity, Entity] = {}
        self._year, self._seed, self._clock = year, seed, clock
        self._count = len(self.places)
        self._weeks: dict[tuple[str, int], Counts] = {}
        rng = np.random.default_rng(seed)
        self._levels = 10 ** rng.uniform(
            2.5, np.log10(_HIGHEST), (len(self.signals), self._count)
        )
        self._peaks = rng.uniform(0, 2 * np.pi, self._count)

    def requests(self, window: Interval) -> tuple[Request, ...]:
        """Return one request for everything in `window`, or () for an empty window."""
        if not window.width:
            return ()
        name = f"{self.name}/{window.since.isoformat()}/{window.until.isoformat()}"
        return (Request(name, tuple(self.rows), self.places, window, name),)

    def ask(self, request: Request) -> Answer:
        """Return the counts that are due; the source may be silent."""
        now = self._clock.now()
        if any(s.since <= now < s.until for s in self._year.silences):
            raise SourceUnavailable("the generated source is silent")
        parts = [
            self._counts(signal, bins).tobytes()
            for signal, bins in self._due(request.window, now)
        ]
        return Answer(self.name, request, now, 200, b"".join(parts))

    def parse(self, answer: Answer) -> ParsedAnswer:
        """Return the readings of an answer, a chunk for each series."""
        chunks: list[Chunk] = []
        rest = np.frombuffer(answer.body, dtype="<u2")
        for signal, bins in self._due(answer.request.window, answer.at):
            size = self._count * len(bins)
            counts, rest = rest[:size].reshape(self._count, -1), rest[size:]
            values = counts.astype(np.float32)
            values[counts == _MISSING] = np.nan
            if len(bins):
                chunks += [
                    Chunk(place, signal.id, bins.start, row)
                    for place, row in zip(self.places, values, strict=True)
                ]
        return ParsedAnswer(tuple(chunks), ())

    def _due(self, window: Interval, now: datetime) -> Iterator[tuple[Signal, range]]:
        """Yield each signal with the bins that begin in `window` and are due."""
        for signal in self.signals:
            first = -(-int(window.since.timestamp()) // signal.step_s)
            end = -(-int(window.until.timestamp()) // signal.step_s)
            due = signal.bin_at(now - signal.lag)
            yield signal, range(first, max(first, min(end, due)))

    def _counts(self, signal: Signal, bins: range) -> Counts:
        """Return the counts of some bins: shape (countries, bins)."""
        size = int(_WEEK.total_seconds()) // signal.step_s
        zero = signal.bin_at(START)
        parts = [np.empty((self._count, 0), dtype="<u2")]
        at = bins.start
        while at < bins.stop:
            week, first = divmod(at - zero, size)
            stop = min(size, first + bins.stop - at)
            parts.append(self._week(signal, week)[:, first:stop])
            at += stop - first
        return np.concatenate(parts, axis=1)

    def _week(self, signal: Signal, week: int) -> Counts:
        """Return a week of counts, from memory if it was made shortly before."""
        key = signal.id, week
        if key not in self._weeks:
            old = [k for k in self._weeks if k[0] == signal.id and abs(k[1] - week) > 1]
            for other in old:
                del self._weeks[other]
            self._weeks[key] = self._make_week(signal, week)
        return self._weeks[key]

    def _make_week(self, signal: Signal, week: int) -> Counts:
        number = self.signals.index(signal)
        size = int(_WEEK.total_seconds()) // signal.step_s
        rng = np.random.default_rng((self._seed, number, week + 100))
        days = np.arange(size) * (signal.step_s / 86_400)
        cycle = 1 + _CYCLE[signal.id] * np.sin(
            2 * np.pi * days[None, :] + self._peaks[:, None]
        )
        noise = 1 + _NOISE[signal.id] * rng.standard_normal((self._count, size))
        values = self._levels[number][:, None] * cycle * noise
        first = signal.bin_at(START) + week * size
        self._plant(signal, first, values)
        counts = np.rint(np.nan_to_num(values, nan=_MISSING))
        return counts.astype("<u2")

    def _plant(
        self, signal: Signal, first: int, values: npt.NDArray[np.float64]
    ) -> None:
        """Multiply the values by what the planted falls and faults leave of them."""

        def columns(window: Interval) -> slice:
            since = -(-int(window.since.timestamp()) // signal.step_s)
            until = -(-int(window.until.timestamp()) // signal.step_s)
            return slice(max(0, since - first), max(0, until - first))

        for drop in (*self._year.outages, *self._year.decoys):
            values[drop.row, columns(drop.window)] *= drop.shares[signal.id]
        for halved, window in self._year.halved:
            if halved == signal.id:
                values[:, columns(window)] *= 0.5

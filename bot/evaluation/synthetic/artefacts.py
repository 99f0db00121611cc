"""Fixtures of artefacts: events that look like an outage but are not one.

Each fixture is a small generated world with one artefact of the measurement. A fixture
names the places with a true outage, if there are any, and states what must not happen.
In all fixtures, no incident may be confirmed at a place without a true outage (P1, P6).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import numpy as np

from bot.evaluation.synthetic import reporting_artefacts
from bot.evaluation.synthetic.outages import (
    FamilyEffect,
    Shape,
    SyntheticOutage,
    inject,
)
from bot.evaluation.synthetic.reporting_artefacts import ONSET, country_entity
from bot.evaluation.synthetic.world import World, WorldPlan, build_world
from bot.model.entity import Entity, Network, NetworkKind
from bot.model.signal import Family, Values

_ALL_CODES = "ARAUBDBRCACDCLDEEGESETFRGBIDINIRITJPKEKZMXNGPLUS"
_CODES = tuple(_ALL_CODES[at : at + 2] for at in range(0, len(_ALL_CODES), 2))
_MAY = datetime(2026, 5, 4, tzinfo=UTC)  # a Monday; five weeks without clock changes
_MARCH = datetime(2026, 3, 2, tzinfo=UTC)  # Europe's clocks change on day 27
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_END = timedelta(days=35)
_TRAFFIC, _PROBING = Family.TRAFFIC, Family.ACTIVE_PROBING
_ROUTES, _TELESCOPE = Family.CONTROL_PLANE, Family.TELESCOPE
_COUNT_FAMILIES = (_ROUTES, _PROBING, _TELESCOPE)
"""The families that count addresses; IODA serves all of them from one back end."""


class Expectation(StrEnum):
    """What must be true of each place without a true outage; shown on the scorecard."""

    NOTHING_CONFIRMED = "nothing is confirmed"
    NOTHING_OPENS = "nothing opens"


@dataclass(frozen=True, slots=True)
class Artefact:
    """One fixture: an artefact, and how its world is generated and assessed.

    Attributes:
        apply: adds the artefact to a world without outages, and a true outage if the
            fixture has one; returns the places with a true outage.
        history_length: the time from the start of the world to the first assessment.
            Readings from this time are history for the baselines.
        stride: the time between two assessments. Each assessment gets the readings that
            came since the last one.
        start: the start of the world; aware, UTC.
    """

    name: str
    expectation: Expectation
    apply: Callable[[World, np.random.Generator], Iterable[Entity]]
    history_length: timedelta = timedelta(days=24)
    stride: timedelta = _DAY
    start: datetime = _MAY

    def world(self, seed: int) -> tuple[World, frozenset[Entity]]:
        """Return the world with the artefact, and the places with a true outage."""
        plan = WorldPlan(
            seed=seed,
            codes=_CODES,
            days=_END // _DAY,
            start=self.start,
            enlarges_small_countries=True,
            has_irregularities=False,
        )
        world = build_world(plan)
        return world, frozenset(self.apply(world, np.random.default_rng([seed, 11])))


def _scale(
    world: World,
    place: Entity,
    factors: Mapping[Family, float | Values],
    since: timedelta = ONSET,
    until: timedelta = _END,
) -> None:
    """Multiply the series of a place by the factor of their family.

    `since` and `until` limit the bins; both are counted from the start of the world.
    """
    for family, factor in factors.items():
        window = world.series(family, place)[world.bins_between(family, since, until)]
        scaled = window * factor
        window[:] = np.rint(scaled) if world.signal_of(family).minimum > 0 else scaled


def _whole_source_dip(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """Break the probers' uplink for 3 h: all countries lose 25 to 65 % of probing."""
    for place in world.places:
        _scale(
            world, place, {_PROBING: rng.uniform(0.35, 0.75)}, ONSET, ONSET + 3 * _HOUR
        )
    return ()


def _part_of_source_dips(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """Break two of several probers half an hour apart: 11 of 24 countries drop."""
    for number, place in enumerate(world.places[:11]):
        start = ONSET + (0.5 * _HOUR if number > 5 else 0 * _HOUR)
        _scale(
            world, place, {_PROBING: rng.uniform(0.3, 0.7)}, start, start + 4 * _HOUR
        )
    return ()


def _back_end_dips(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """Break the back end of three families for 2 h: all countries drop in all three."""
    for place in world.places:
        factors = {family: rng.uniform(0.2, 0.8) for family in _COUNT_FAMILIES}
        _scale(world, place, factors, ONSET, ONSET + 2 * _HOUR)
    return ()


def _collector_loses_peers(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """Reset a route collector: visible /24s drop by 3 to 15 % in all countries."""
    for place in world.places:
        _scale(
            world, place, {_ROUTES: rng.uniform(0.85, 0.97)}, ONSET, ONSET + 6 * _HOUR
        )
    return ()


def _api_gap(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Remove all readings for 12 h during a true outage in KZ, as if the API failed."""
    effects = tuple(
        (f, FamilyEffect(1.0, timedelta(0))) for f in Family if f in _ALL_FAMILIES
    )
    place = country_entity("KZ")
    since, until = (world.since + ONSET - 6 * _HOUR, world.since + ONSET + 30 * _HOUR)
    inject(
        world,
        [SyntheticOutage(place, since, until, 0.95, Shape.SUDDEN, effects)],
    )
    for family in _ALL_FAMILIES:
        window = world.bins_between(family, ONSET, ONSET + 12 * _HOUR)
        world.values[world.signal_of(family).id][:, window] = np.nan
    return (place,)


def _null_as_zero(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Report 0 everywhere for 3 h, as a source may do if its values are missing."""
    for place in world.places:
        _scale(
            world, place, dict.fromkeys(_ALL_FAMILIES, 0.0), ONSET, ONSET + 3 * _HOUR
        )
    return ()


def _geolocation_step(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Move 35 % of PL's addresses to DE for good, as if geolocation data had changed.

    The traffic of PL and the readings of its networks do not change.
    """
    _add_networks(world, country_entity("PL"), (0.5, 0.5))
    for family in _COUNT_FAMILIES:
        _move(world, family, country_entity("PL"), country_entity("DE"), 0.35)
    return ()


def _move(
    world: World, family: Family, source: Entity, target: Entity, share: float
) -> None:
    """Move a share of the readings of `source` to `target`, from `ONSET` on."""
    window = world.bins_between(family, ONSET, _END)
    moved = np.rint(share * world.series(family, source)[window])
    world.series(family, source)[window] -= moved
    world.series(family, target)[window] += moved


def _renumbering(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Move 70 % of a network's prefixes to another network; the country stays as is."""
    network, sibling = _add_networks(world, country_entity("IT"), (0.4, 0.3))
    for family in (_ROUTES, _PROBING):
        _move(world, family, network, sibling, 0.7)
    return ()


def _level_shift(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Renew the probers' target list for MX: 35 % fewer targets respond, for good."""
    _scale(world, country_entity("MX"), {_PROBING: 0.65})
    return ()


def _leased_space(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Move leased addresses of CL abroad: routes and probing lose a quarter for good.

    No user is cut off: traffic and telescope do not change.
    """
    _scale(world, country_entity("CL"), {_ROUTES: 0.75, _PROBING: 0.74})
    return ()


def _routing_only(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Aggregate prefixes of IR for 12 h: routes drop, but no user is affected."""
    _scale(world, country_entity("IR"), {_ROUTES: 0.6}, ONSET, ONSET + 12 * _HOUR)
    return ()


def _holiday(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Lower traffic of JP by 45 % for two days (holidays); two other signals less."""
    factors: dict[Family, float | Values] = {
        _TRAFFIC: 0.55,
        _PROBING: 0.95,
        _TELESCOPE: 0.9,
    }
    # Midnight in JP is nine hours before midnight UTC.
    since, until = 29 * _DAY - 9 * _HOUR, 31 * _DAY - 9 * _HOUR
    _scale(world, country_entity("JP"), factors, since, until)
    return ()


def _young_weekend(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Halve traffic, and lower probing, on all weekends in a third of the countries."""
    for place in world.places[::3]:
        for saturday in range(5, 35, 7):
            since, until = saturday * _DAY, min((saturday + 2) * _DAY, _END)
            _scale(world, place, {_TRAFFIC: 0.5, _PROBING: 0.9}, since, until)
    return ()


def _long_weekend(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Lower a Monday and a Tuesday in FR as much as each weekend is lowered."""
    for saturday, days in ((5, 2), (12, 2), (19, 2), (26, 4)):
        since, until = saturday * _DAY, (saturday + days) * _DAY
        _scale(
            world, country_entity("FR"), {_TRAFFIC: 0.5, _PROBING: 0.88}, since, until
        )
    return ()


def _clock_change(_: World, __: np.random.Generator) -> Iterable[Entity]:
    """Change nothing: in this world Europe's clocks change on day 27 anyway."""
    return ()


def _frozen_source(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Repeat one bin of traffic for two days, in all countries."""
    signal = world.signal_of(_TRAFFIC).id
    window = world.bins_between(_TRAFFIC, ONSET, ONSET + 2 * _DAY)
    world.values[signal][:, window] = world.values[signal][:, [window.start - 1]]
    return ()


def _frozen_value(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Repeat the traffic and probing of one evening bin in BD for three days."""
    for family in (_TRAFFIC, _PROBING):
        since = 30 * _DAY - 8 * _HOUR  # 22 h in Bangladesh, which is 16 h UTC
        window = world.bins_between(family, since, since + 3 * _DAY)
        row = world.series(family, country_entity("BD"))
        row[window] = row[window.start - 1]
    return ()


def _small_population(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """Give ten countries 6 to 42 /24s each; every /24 goes up and down on its own."""
    for place, size in zip(world.places, range(6, 46, 4), strict=False):
        for family, count in (
            (_PROBING, _intermittent_networks(world, size, 0.85, rng)),
            (_ROUTES, _intermittent_networks(world, max(2, size // 6), 0.97, rng) * 6),
            (_TELESCOPE, rng.poisson(0.5 * size, world.days * 48)),
        ):
            world.series(family, place)[:] = count
        noise = np.exp(0.25 * rng.standard_normal(world.days * 48))
        world.series(_TRAFFIC, place)[:] *= np.asarray(noise, dtype=np.float32)
    return ()


def _intermittent_networks(
    world: World, size: int, mean_up_share: float, rng: np.random.Generator
) -> Values:
    """Return how many of `size` /24s are up in each half hour.

    `mean_up_share` is the mean share that is up. Each /24 stays up or down for hours.
    """
    bins = world.days * 48
    is_up = rng.random((size, bins)) < mean_up_share
    keeps_state = rng.random((size, bins)) > 1 / 12  # for six hours on average
    keeps_state[:, 0] = False
    last_draw = np.maximum.accumulate(np.where(keeps_state, 0, np.arange(bins)), axis=1)
    count = np.take_along_axis(is_up, last_draw, axis=1).sum(axis=0)
    return np.asarray(count, dtype=np.float32)


def _one_vantage(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Block the prober's address in KZ: only probing drops."""
    _scale(world, country_entity("KZ"), {_PROBING: 0.04}, ONSET, ONSET + 3 * _DAY)
    return ()


def _expected_event(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """Lower two signals of six countries for 30 h, from the day before a holiday."""
    for number, code in enumerate(("BD", "EG", "ID", "IR", "KZ", "NG")):
        since = 30 * _DAY + (10 + number) * _HOUR
        factors = {_TRAFFIC: rng.uniform(0.45, 0.6), _PROBING: rng.uniform(0.86, 0.93)}
        _scale(world, country_entity(code), factors, since, since + 30 * _HOUR)
    return ()


def _sympathetic_dip(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Cut off ET (true outage); KE and CD use services in ET and lose traffic."""
    _scale(
        world,
        country_entity("ET"),
        dict.fromkeys(_ALL_FAMILIES, 0.03),
        ONSET,
        ONSET + 8 * _HOUR,
    )
    for code in ("KE", "CD"):
        factors: dict[Family, float | Values] = {_TRAFFIC: 0.6, _PROBING: 0.9}
        _scale(world, country_entity(code), factors, ONSET, ONSET + 8 * _HOUR)
    return (country_entity("ET"),)


_ALL_FAMILIES = (*_COUNT_FAMILIES, _TRAFFIC)


def _add_networks(
    world: World, place: Entity, shares: tuple[float, ...]
) -> tuple[Entity, ...]:
    """Add a network for each share of a country's routes and probing; return them."""
    numbers = range(64496, 64496 + len(shares))  # reserved for documentation (RFC 5398)
    networks = tuple(
        Network(n, f"Net {n}", f"Holding {n}", NetworkKind.FIXED, place.code)
        for n in numbers
    )
    for family in (_ROUTES, _PROBING):
        signal = world.signal_of(family).id
        series = [np.rint(share * world.series(family, place)) for share in shares]
        world.values[signal] = np.vstack([*series, world.values[signal]])
        entities = tuple(n.entity for n in networks)
        world.rows[signal] = (*entities, *world.rows[signal])
    world.networks += networks
    return tuple(n.entity for n in networks)


_LIVE_STRIDE = timedelta(minutes=30)
_NO_OPENING = Expectation.NOTHING_OPENS
_NO_CONFIRMATION = Expectation.NOTHING_CONFIRMED
ARTEFACTS: tuple[Artefact, ...] = (
    Artefact("whole-source-dip", _NO_OPENING, _whole_source_dip),
    Artefact("part-of-a-source-dips", _NO_OPENING, _part_of_source_dips),
    Artefact("back-end-dips", _NO_OPENING, _back_end_dips),
    Artefact("collector-loses-peers", _NO_OPENING, _collector_loses_peers),
    Artefact("api-gap", _NO_OPENING, _api_gap),
    Artefact("null-as-zero", _NO_OPENING, _null_as_zero),
    Artefact("geolocation-step", _NO_CONFIRMATION, _geolocation_step),
    Artefact("prefix-renumbering", _NO_CONFIRMATION, _renumbering),
    Artefact("level-shift", _NO_CONFIRMATION, _level_shift),
    Artefact("leased-space-leaves", _NO_CONFIRMATION, _leased_space),
    Artefact("routing-without-traffic", _NO_CONFIRMATION, _routing_only),
    Artefact("traffic-without-routing", _NO_CONFIRMATION, _holiday),
    Artefact("weekend-on-a-young-history", _NO_CONFIRMATION, _young_weekend, 0 * _DAY),
    Artefact("long-weekend", _NO_CONFIRMATION, _long_weekend),
    Artefact("daylight-saving", _NO_OPENING, _clock_change, 21 * _DAY, start=_MARCH),
    Artefact(
        "partial-last-bin",
        _NO_OPENING,
        reporting_artefacts.partial_bins,
        28 * _DAY,
        _LIVE_STRIDE,
    ),
    Artefact(
        "late-last-bin",
        _NO_OPENING,
        reporting_artefacts.late_bins,
        28 * _DAY,
        _LIVE_STRIDE,
    ),
    Artefact(
        "rewritten-source",
        _NO_OPENING,
        reporting_artefacts.rewritten_source,
        28 * _DAY,
        _HOUR,
    ),
    Artefact(
        "future-bins", _NO_OPENING, reporting_artefacts.future_bins, 28 * _DAY, _HOUR
    ),
    Artefact("frozen-source", _NO_OPENING, _frozen_source),
    Artefact("frozen-value", _NO_CONFIRMATION, _frozen_value),
    Artefact("small-population", _NO_CONFIRMATION, _small_population, 21 * _DAY),
    Artefact("one-vantage", _NO_CONFIRMATION, _one_vantage),
    Artefact("expected-event", _NO_CONFIRMATION, _expected_event),
    Artefact("sympathetic-dip", _NO_CONFIRMATION, _sympathetic_dip),
)
"""The artefacts of the synthetic benchmark; the scorecard shows their names."""

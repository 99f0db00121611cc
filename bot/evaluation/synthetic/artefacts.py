"""What is not an outage and looks like one: one fixture for each artefact by name.

Each is a small generated world in which nothing is cut off (or only what it says),
with the artefact laid over it as the reference describes it (detection.md A4,
features.md 5.3), and what must not happen. None may end in a `Confirmed` (P1, P6).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import numpy as np

from bot.evaluation.synthetic import reporting_artefacts
from bot.evaluation.synthetic.outages import Hit, Shape, SyntheticOutage, inject
from bot.evaluation.synthetic.reporting_artefacts import AT, country
from bot.evaluation.synthetic.world import World, WorldPlan, build
from bot.model.entity import Entity, Network, NetworkKind
from bot.model.signal import Family, Values

_ALL = "ARAUBDBRCACDCLDEEGESETFRGBIDINIRITJPKEKZMXNGPLUS"
_CODES = tuple(_ALL[at : at + 2] for at in range(0, len(_ALL), 2))
_MAY = datetime(2026, 5, 4, tzinfo=UTC)  # a Monday; no clock changes in five weeks
_MARCH = datetime(2026, 3, 2, tzinfo=UTC)  # Europe's clocks change on day 27
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_END = timedelta(days=35)
_TRAFFIC, _PROBING = Family.TRAFFIC, Family.ACTIVE_PROBING
_ROUTES, _TELESCOPE = Family.CONTROL_PLANE, Family.TELESCOPE
_COUNTED = (_ROUTES, _PROBING, _TELESCOPE)
"""The families that one back end serves, and that count addresses."""


class Must(StrEnum):
    """What must not happen."""

    NOTHING_CONFIRMED = "nothing is confirmed"
    NOTHING_OPENS = "nothing opens"


@dataclass(frozen=True, slots=True)
class Artefact:
    """A fixture.

    Attributes:
        lay: changes a quiet world, and says of which places an outage is true.
        begin: from when on the world is judged; before that it is known history.
        stride: how often readings arrive.
        start: when the world begins; aware, UTC.
    """

    name: str
    must: Must
    lay: Callable[[World, np.random.Generator], Iterable[Entity]]
    begin: timedelta = timedelta(days=24)
    stride: timedelta = _DAY
    start: datetime = _MAY

    def world(self, seed: int) -> tuple[World, frozenset[Entity]]:
        """The world with the artefact in it, and where an outage is true."""
        plan = WorldPlan(
            seed=seed,
            codes=_CODES,
            days=_END // _DAY,
            start=self.start,
            largest_only=True,
            flaws=False,
        )
        world = build(plan)
        return world, frozenset(self.lay(world, np.random.default_rng([seed, 11])))


def _scale(
    world: World,
    place: Entity,
    factors: Mapping[Family, float | Values],
    since: timedelta = AT,
    until: timedelta = _END,
) -> None:
    for family, factor in factors.items():
        window = world.row(family, place)[world.columns(family, since, until)]
        scaled = window * factor
        window[:] = np.rint(scaled) if world.of(family).minimum > 0 else scaled


def _whole_source_dip(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """The probers' uplink fails: every country loses a quarter to two thirds, 3 h."""
    for place in world.places:
        _scale(world, place, {_PROBING: rng.uniform(0.35, 0.75)}, AT, AT + 3 * _HOUR)
    return ()


def _part_of_source_dips(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """Two of several probers fail half an hour apart: half the countries fall."""
    for number, place in enumerate(world.places[:11]):
        late = AT + (0.5 * _HOUR if number > 5 else 0 * _HOUR)
        _scale(world, place, {_PROBING: rng.uniform(0.3, 0.7)}, late, late + 4 * _HOUR)
    return ()


def _back_end_dips(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """The back end of three signals loses input: all countries, all three, 2 h."""
    for place in world.places:
        factors = {family: rng.uniform(0.2, 0.8) for family in _COUNTED}
        _scale(world, place, factors, AT, AT + 2 * _HOUR)
    return ()


def _collector_loses_peers(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """A route collector is reset: visible /24s fall by 3 to 15 percent everywhere."""
    for place in world.places:
        _scale(world, place, {_ROUTES: rng.uniform(0.85, 0.97)}, AT, AT + 6 * _HOUR)
    return ()


def _api_gap(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """The API has no data for anybody for twelve hours, amid a true outage (KZ)."""
    sees = tuple((f, Hit(1.0, timedelta(0))) for f in Family if f in _SERVED)
    since, until = world.since + AT - 6 * _HOUR, world.since + AT + 30 * _HOUR
    inject(
        world, [SyntheticOutage(country("KZ"), since, until, 0.95, Shape.SUDDEN, sees)]
    )
    for family in _SERVED:
        window = world.columns(family, AT, AT + 12 * _HOUR)
        world.values[world.of(family).id][:, window] = np.nan
    return (country("KZ"),)


def _null_as_zero(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """A broken back end answers 0 where it knows nothing: all, everywhere, 3 h."""
    for place in world.places:
        _scale(world, place, dict.fromkeys(_SERVED, 0.0), AT, AT + 3 * _HOUR)
    return ()


def _geolocation_step(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """A new geolocation data base moves a third of PL's addresses to DE, for good.

    Its networks read on as before, and so does traffic.
    """
    _add_networks(world, country("PL"), (0.5, 0.5))
    for family in _COUNTED:
        _move(world, family, country("PL"), country("DE"), 0.35)
    return ()


def _move(
    world: World, family: Family, one: Entity, other: Entity, share: float
) -> None:
    """From the artefact on, `other` counts what `one` no longer does."""
    window = world.columns(family, AT, _END)
    moved = np.rint(share * world.row(family, one)[window])
    world.row(family, one)[window] -= moved
    world.row(family, other)[window] += moved


def _renumbering(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """A network hands most of its prefixes to its sibling; the country stands."""
    one, other = _add_networks(world, country("IT"), (0.4, 0.3))
    for family in (_ROUTES, _PROBING):
        _move(world, family, one, other, 0.7)
    return ()


def _level_shift(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """The probers' list is renewed: 35 percent fewer targets answer, for good."""
    _scale(world, country("MX"), {_PROBING: 0.65})
    return ()


def _leased_space(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Leased space leaves a country for good: routes and probes see a quarter less.

    Nobody there lost anything: traffic and telescope stand.
    """
    _scale(world, country("CL"), {_ROUTES: 0.75, _PROBING: 0.74})
    return ()


def _routing_only(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Specifics are aggregated or prepended away: routes fall, users notice nothing."""
    _scale(world, country("IR"), {_ROUTES: 0.6}, AT, AT + 12 * _HOUR)
    return ()


def _holiday(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Two national days off: traffic down by 45 percent, offices switched off."""
    factors: dict[Family, float | Values] = {
        _TRAFFIC: 0.55,
        _PROBING: 0.95,
        _TELESCOPE: 0.9,
    }
    _scale(world, country("JP"), factors, 29 * _DAY - 9 * _HOUR, 31 * _DAY - 9 * _HOUR)
    return ()


def _young_weekend(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Weekends halve traffic and dim offices; the first are met with little history."""
    for place in world.places[::3]:
        for saturday in range(5, 35, 7):
            since, until = saturday * _DAY, min((saturday + 2) * _DAY, _END)
            _scale(world, place, {_TRAFFIC: 0.5, _PROBING: 0.9}, since, until)
    return ()


def _long_weekend(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """A Monday and a Tuesday that read like the weekend before them."""
    for saturday, days in ((5, 2), (12, 2), (19, 2), (26, 4)):
        since, until = saturday * _DAY, (saturday + days) * _DAY
        _scale(world, country("FR"), {_TRAFFIC: 0.5, _PROBING: 0.88}, since, until)
    return ()


def _clock_change(_: World, __: np.random.Generator) -> Iterable[Entity]:
    """Nothing is laid: the world's clocks change in Europe on day 27."""
    return ()


def _frozen_source(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """The traffic source repeats one bin for everybody for two days."""
    signal = world.of(_TRAFFIC).id
    window = world.columns(_TRAFFIC, AT, AT + 2 * _DAY)
    world.values[signal][:, window] = world.values[signal][:, [window.start - 1]]
    return ()


def _frozen_value(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """One country's traffic and probing repeat the values of a dead night hour."""
    for family in (_TRAFFIC, _PROBING):
        since = 30 * _DAY - 8 * _HOUR  # before dawn in Bangladesh is 22 h UTC
        window = world.columns(family, since, since + 3 * _DAY)
        row = world.row(family, country("BD"))
        row[window] = row[window.start - 1]
    return ()


def _small_population(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """Ten places of 6 to 40 /24s: networks that come and go one by one, few counts."""
    for place, size in zip(world.places, range(6, 46, 4), strict=False):
        for family, count in (
            (_PROBING, _flickering(world, size, 0.85, rng)),
            (_ROUTES, _flickering(world, max(2, size // 6), 0.97, rng) * 6),
            (_TELESCOPE, rng.poisson(0.5 * size, world.days * 48)),
        ):
            world.row(family, place)[:] = count
        rough = np.exp(0.25 * rng.standard_normal(world.days * 48))
        world.row(_TRAFFIC, place)[:] *= np.asarray(rough, dtype=np.float32)
    return ()


def _flickering(world: World, size: int, up: float, rng: np.random.Generator) -> Values:
    """How many of `size` networks are up in each half hour; each stays for hours."""
    bins = world.days * 48
    drawn = rng.random((size, bins)) < up
    stays = rng.random((size, bins)) > 1 / 12  # six hours in the mean
    stays[:, 0] = False
    last = np.maximum.accumulate(np.where(stays, 0, np.arange(bins)), axis=1)
    count = np.take_along_axis(drawn, last, axis=1).sum(axis=0)
    return np.asarray(count, dtype=np.float32)


def _one_vantage(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """A country filters the probing site: probes die, everything else goes on."""
    _scale(world, country("KZ"), {_PROBING: 0.04}, AT, AT + 3 * _DAY)
    return ()


def _expected_event(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """The eve of a feast many countries keep: from their local evening, for a day."""
    for number, code in enumerate(("BD", "EG", "ID", "IR", "KZ", "NG")):
        since = 30 * _DAY + (10 + number) * _HOUR
        factors = {_TRAFFIC: rng.uniform(0.45, 0.6), _PROBING: rng.uniform(0.86, 0.93)}
        _scale(world, country(code), factors, since, since + 30 * _HOUR)
    return ()


def _sympathetic_dip(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """ET is cut off (true); KE and CD use services there: their traffic sags too."""
    _scale(world, country("ET"), dict.fromkeys(_SERVED, 0.03), AT, AT + 8 * _HOUR)
    for code in ("KE", "CD"):
        factors: dict[Family, float | Values] = {_TRAFFIC: 0.6, _PROBING: 0.9}
        _scale(world, country(code), factors, AT, AT + 8 * _HOUR)
    return (country("ET"),)


_SERVED = (*_COUNTED, _TRAFFIC)


def _add_networks(
    world: World, place: Entity, shares: tuple[float, ...]
) -> tuple[Entity, ...]:
    """Networks that have their share of a country, in routes and probing."""
    numbers = range(64496, 64496 + len(shares))  # kept for documentation (RFC 5398)
    networks = tuple(
        Network(n, f"Net {n}", f"Holding {n}", NetworkKind.FIXED, place.code)
        for n in numbers
    )
    for family in (_ROUTES, _PROBING):
        signal = world.of(family).id
        own = [np.rint(share * world.row(family, place)) for share in shares]
        world.values[signal] = np.vstack([*own, world.values[signal]])
        entities = tuple(n.entity for n in networks)
        world.rows[signal] = (*entities, *world.rows[signal])
    world.networks += networks
    return tuple(n.entity for n in networks)


_QUIET, _SINGLE = Must.NOTHING_OPENS, Must.NOTHING_CONFIRMED
_AS_IT_COMES = timedelta(minutes=30)
ARTEFACTS: tuple[Artefact, ...] = (
    Artefact("whole-source-dip", _QUIET, _whole_source_dip),
    Artefact("part-of-a-source-dips", _QUIET, _part_of_source_dips),
    Artefact("back-end-dips", _QUIET, _back_end_dips),
    Artefact("collector-loses-peers", _QUIET, _collector_loses_peers),
    Artefact("api-gap", _QUIET, _api_gap),
    Artefact("null-as-zero", _QUIET, _null_as_zero),
    Artefact("geolocation-step", _SINGLE, _geolocation_step),
    Artefact("prefix-renumbering", _SINGLE, _renumbering),
    Artefact("level-shift", _SINGLE, _level_shift),
    Artefact("leased-space-leaves", _SINGLE, _leased_space),
    Artefact("routing-without-traffic", _SINGLE, _routing_only),
    Artefact("traffic-without-routing", _SINGLE, _holiday),
    Artefact("weekend-on-a-young-history", _SINGLE, _young_weekend, 0 * _DAY),
    Artefact("long-weekend", _SINGLE, _long_weekend),
    Artefact("daylight-saving", _QUIET, _clock_change, 21 * _DAY, start=_MARCH),
    Artefact(
        "partial-last-bin",
        _QUIET,
        reporting_artefacts.partial_bins,
        28 * _DAY,
        _AS_IT_COMES,
    ),
    Artefact(
        "late-last-bin", _QUIET, reporting_artefacts.late_bins, 28 * _DAY, _AS_IT_COMES
    ),
    Artefact(
        "rewritten-source",
        _QUIET,
        reporting_artefacts.rewritten_source,
        28 * _DAY,
        _HOUR,
    ),
    Artefact("future-bins", _QUIET, reporting_artefacts.future_bins, 28 * _DAY, _HOUR),
    Artefact("frozen-source", _QUIET, _frozen_source),
    Artefact("frozen-value", _SINGLE, _frozen_value),
    Artefact("small-population", _SINGLE, _small_population, 21 * _DAY),
    Artefact("one-vantage", _SINGLE, _one_vantage),
    Artefact("expected-event", _SINGLE, _expected_event),
    Artefact("sympathetic-dip", _SINGLE, _sympathetic_dip),
)
"""Every artefact of the list, with its variants."""

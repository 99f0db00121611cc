"""Generated worlds for the sentence oracle, with outages of every kind.

A world has countries of all time zones; some of them have regions or networks. It has:

- outages of every depth and length, and series of cuts;
- outages of some regions or networks, which fall together, one after the other, or
  after an outage of the whole country;
- families that fall silent, and readings that come late or are revised.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from bot.evaluation.synthetic.outages import (
    OutageKind,
    Shape,
    SyntheticOutage,
    draw_effects,
    inject,
)
from bot.evaluation.synthetic.world import (
    World,
    WorldPlan,
    build_world,
    draw_first_reports,
)
from bot.model.entity import Entity, EntityKind, Network, NetworkKind
from bot.model.signal import Family
from bot.places import load_register

HISTORY = timedelta(days=29)
"""The least time before the first outage of a world; baselines need four weeks."""
_FIVE_MINUTES = timedelta(minutes=5)
_DAYS, _LONG_DAYS = 42, 70
_LONG_SHARE = 0.1
"""The share of worlds that are long; their outages last for weeks."""
_COUNTRIES = 20
_STORY_SHARE = 0.4
"""The share of countries with an outage."""
_APART = timedelta(hours=6)
"""The first outage of each country begins in a period of its own, of this length.

Outages that begin in several countries at once would look like an unhealthy source."""
_STEPS = (
    timedelta(minutes=5),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=6),
)
_DEPTHS, _LONG_DEPTHS = (0.3, 0.5, 0.7, 0.9, 1.0), (0.5, 0.7, 0.9, 1.0)
"""The depths of most outages, and the depths of outages that last for weeks.

An outage of weeks is not shallow. Traffic may not show a shallow outage as a drop, and
the baseline of traffic would then follow the low level."""
_HOURS, _LONG_HOURS = (1, 2, 3, 6, 12, 30, 80), (200, 400, 600)
_CUTS_SHARE = 0.3
"""The share of outages that consist of repeated cuts."""
_REGIONS = ("Central", "Eastern", "Northern", "Southern", "Western")
_FIRST_ASN = 64496
"""The first network number that is reserved for documentation (RFC 5398)."""
_COUNTRIES_WITH_PARTS = 6
"""How many countries, from the first one on, have regions or networks."""
_PART_FAMILIES = (Family.ACTIVE_PROBING, Family.CONTROL_PLANE)
_PART_STORY_SHARE = 0.5
"""At most this share of the outages in countries with parts affects only some parts."""
_AFTERMATH_SHARE = 0.3
"""How often one part falls alone after the outages of a country with parts.

This happens only in worlds that are not long.
"""
_STAGGERED_SHARE = 0.3
"""How often the parts of a country fall one by one, if only some of them fall.

In a series of cuts and in a long world, they always fall together.
"""
_SILENT_SHARE = 0.2
"""The share of outages in which one family falls silent."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """The regions or networks of a country.

    Attributes:
        shares: each part, with its share of the country, 0 to 1.
        step: the bin width of the parts' probing.
    """

    country: Entity
    shares: tuple[tuple[Entity, float], ...]
    step: timedelta


def draw_world(seed: int) -> tuple[World, tuple[SyntheticOutage, ...]]:
    """Return a world and the outages in it; the same seed gives the same world (P14).

    An outage of a part is returned twice: once for the part, and once for its country,
    which loses the part's share.
    """
    rng = np.random.default_rng([seed, 23])
    is_long = bool(rng.random() < _LONG_SHARE)
    codes = sorted(load_register().zones)
    world = build_world(
        WorldPlan(
            seed=seed,
            codes=tuple(sorted(rng.choice(codes, _COUNTRIES, replace=False))),
            days=_LONG_DAYS if is_long else _DAYS,
            step=_STEPS[int(rng.integers(1 if is_long else 0, len(_STEPS)))],
            enlarges_small_countries=True,
            has_irregularities=False,
        )
    )
    countries = world.places
    parts = {
        country: _add_parts(world, country, rng, regions=bool(rng.random() < 0.5))
        for country in countries[:_COUNTRIES_WITH_PARTS]
    }
    outages: list[SyntheticOutage] = []
    since = world.since + HISTORY
    for country in countries:
        if rng.random() >= _STORY_SHARE:
            continue
        since += _APART
        country_outages = list(_story(country, since, rng, is_long=is_long))
        if country in parts:
            country_outages = list(
                _in_parts(country_outages, parts[country], rng, is_long=is_long)
            )
        outages += country_outages
    inject(world, outages)
    _silence(world, outages, rng)
    for signal, values in world.values.items():
        world.first_reports[signal] = draw_first_reports(values, rng)
    return world, tuple(outages)


def _story(
    place: Entity, earliest_start: datetime, rng: np.random.Generator, *, is_long: bool
) -> Iterator[SyntheticOutage]:
    """Draw one outage or a series of cuts; the first begins up to 6 h after `earliest_start`."""
    hours = rng.choice(_LONG_HOURS if is_long else _HOURS)
    kind = OutageKind(
        depth=float(rng.choice(_LONG_DEPTHS if is_long else _DEPTHS)),
        duration=timedelta(hours=int(hours)),
        shape=list(Shape)[int(rng.integers(len(Shape)))],
    )
    since = earliest_start + timedelta(
        minutes=5 * int(rng.integers(_APART // _FIVE_MINUTES))
    )
    count, gap = 1, timedelta(0)
    if rng.random() < _CUTS_SHARE:
        kind = OutageKind(
            kind.depth, timedelta(hours=int(rng.integers(1, 5))), Shape.SUDDEN
        )
        count, gap = int(rng.integers(2, 6)), timedelta(hours=int(rng.integers(8, 25)))
    effects = draw_effects(kind, rng)
    for number in range(count):
        begins = since + number * gap
        yield SyntheticOutage(
            place, begins, begins + kind.duration, kind.depth, kind.shape, effects
        )


def _add_parts(
    world: World, country: Entity, rng: np.random.Generator, *, regions: bool
) -> _Parts:
    """Add regions or networks; split the country's routes and probing among them."""
    if regions:
        parts = tuple(
            Entity(EntityKind.REGION, f"{country.code}/{name}") for name in _REGIONS
        )
    else:
        parts = _add_networks(world, country)
    shares = rng.dirichlet(np.full(len(parts), 5.0))
    for family in _PART_FAMILIES:
        signal = world.signal_of(family).id
        whole = world.series(family, country)
        noise = 1 + 0.005 * rng.standard_normal((len(parts), len(whole)))
        rows = np.rint(shares[:, None] * whole * noise).astype(np.float32)
        world.values[signal] = np.vstack([world.values[signal], rows])
        world.rows[signal] = (*world.rows[signal], *parts)
    step = world.signal_of(_PART_FAMILIES[0]).step
    return _Parts(country, tuple(zip(parts, map(float, shares), strict=True)), step)


def _add_networks(world: World, country: Entity) -> tuple[Entity, ...]:
    first = _FIRST_ASN + len(world.networks)
    numbers = range(first, first + 3)
    world.networks += tuple(
        Network(n, f"Net {n}", f"Holding {n}", NetworkKind.FIXED, country.code)
        for n in numbers
    )
    return tuple(Entity(EntityKind.ASN, str(n)) for n in numbers)


def _in_parts(
    country_outages: list[SyntheticOutage],
    parts: _Parts,
    rng: np.random.Generator,
    *,
    is_long: bool,
) -> Iterator[SyntheticOutage]:
    """Yield the outages of all or some parts of a country, and of the country itself.

    An outage of weeks (`is_long`) always affects all parts. If it affected only some parts,
    it would be shallow in the country, and within weeks the country's baseline would follow
    it.
    """
    affected_parts = [part for part in parts.shares if rng.random() < 0.4]
    if is_long or not affected_parts or rng.random() > _PART_STORY_SHARE:
        affected_parts = list(parts.shares)
    staggered = (
        len(country_outages) == 1 and not is_long and rng.random() < _STAGGERED_SHARE
    )
    for outage in country_outages:
        if staggered and len(affected_parts) < len(parts.shares):
            yield from _one_after_the_other(outage, affected_parts, rng)
        else:
            yield from _of_parts(outage, affected_parts)
    if not is_long and rng.random() < _AFTERMATH_SHARE:
        part = parts.shares[int(rng.integers(len(parts.shares)))]
        yield from _of_parts(_later(country_outages[-1], parts.step, rng), [part])


def _of_parts(
    outage: SyntheticOutage, affected_parts: Sequence[tuple[Entity, float]]
) -> Iterator[SyntheticOutage]:
    """Yield an outage of the country, then an outage of each part in `affected_parts`.

    The country's depth is the depth of `outage` times the sum of the parts' shares.
    """
    share = sum(share for _, share in affected_parts)
    yield replace(outage, depth=outage.depth * share)
    effects = tuple(e for e in outage.effects if e[0] in _PART_FAMILIES)
    for part, _ in affected_parts:
        yield replace(outage, place=part, effects=effects)


def _one_after_the_other(
    outage: SyntheticOutage,
    affected_parts: Sequence[tuple[Entity, float]],
    rng: np.random.Generator,
) -> Iterator[SyntheticOutage]:
    """Yield outages of the parts, one after the other.

    Each part begins at most `outage.duration` after the part before it.
    """
    begins = outage.since
    for part in affected_parts:
        moved = replace(outage, since=begins, until=begins + outage.duration)
        yield from _of_parts(moved, [part])
        begins += _in_five_minutes(float(rng.random()) * outage.duration)


def _later(
    outage: SyntheticOutage, step: timedelta, rng: np.random.Generator
) -> SyntheticOutage:
    """Return an outage of 3 to 12 hours that begins 3 to 20 hours after `outage` ends.

    At least two bins lie between the two outages, because readings could not separate
    them otherwise.
    """
    begins = outage.until + max(2 * step, timedelta(hours=int(rng.integers(3, 21))))
    lasts = timedelta(hours=int(rng.integers(3, 13)))
    return replace(
        outage,
        since=begins,
        until=begins + lasts,
        depth=float(rng.choice(_DEPTHS)),
        shape=Shape.SUDDEN,
    )


def _in_five_minutes(span: timedelta) -> timedelta:
    return span // _FIVE_MINUTES * _FIVE_MINUTES


def _silence(
    world: World, outages: list[SyntheticOutage], rng: np.random.Generator
) -> None:
    """Remove the readings of one family for hours, in some outages of countries."""
    for outage in outages:
        if rng.random() > _SILENT_SHARE or outage.place.kind is not EntityKind.COUNTRY:
            continue
        family = outage.effects[int(rng.integers(len(outage.effects)))][0]
        begins = outage.since + float(rng.random()) * outage.duration
        since = begins - world.since
        until = since + timedelta(hours=int(rng.integers(2, 30)))
        bins = world.bins_between(family, since, until)
        world.series(family, outage.place)[bins] = np.nan

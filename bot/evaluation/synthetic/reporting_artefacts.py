"""Artefacts of how readings are told: first otherwise, late, or dated wrongly."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from bot.evaluation.synthetic.world import FirstTold, Floats, World
from bot.model.entity import Entity, EntityKind
from bot.model.signal import Chunk, Family

AT = timedelta(days=30, hours=10)
"""When an artefact begins, after its world."""
_DAY = timedelta(days=1)
_TRAFFIC, _PROBING = Family.TRAFFIC, Family.ACTIVE_PROBING
_ROUTES, _TELESCOPE = Family.CONTROL_PLANE, Family.TELESCOPE


def country(code: str) -> Entity:
    """A country by its code."""
    return Entity(EntityKind.COUNTRY, code)


def partial_bins(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """Each newest bin is first told half full: one country in probing, all in darknet.

    Half an hour later it is told in full; that goes on for a day.
    """
    _told_first(world, _PROBING, [country("NG")], rng.uniform(0.3, 0.7, (1, 48)))
    everybody = world.places
    shares = rng.uniform(0.1, 0.6, (len(everybody), 48))
    _told_first(world, _TELESCOPE, everybody, shares)
    return ()


def late_bins(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """Routes: one bin in four comes half an hour late; BR's traffic comes in parts."""
    half = world.places[::2]
    late = np.where(rng.random((len(half), 48)) < 0.25, np.nan, 1.0)
    _told_first(world, _ROUTES, half, late)
    _told_first(world, _TRAFFIC, [country("BR")], rng.uniform(0.4, 0.8, (1, 48)))
    return ()


def rewritten_source(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """A back end tells estimates for a day, and puts them right an hour later.

    Half the countries are told an eighth or more too much or too little; NG, for three hours,
    a fifth of the truth, in two families.
    """
    half = world.places[::2]
    nigeria = country("NG")
    told = (*(p for p in half if p != nigeria), nigeria)
    for family in (_PROBING, _TELESCOPE):
        off = rng.uniform(0.12, 0.18, (len(told), 48))
        shares = np.where(rng.random(off.shape) < 0.5, 1 - off, 1 + off)
        shares[-1] = np.where((np.arange(48) >= 12) & (np.arange(48) < 18), 0.2, 1.0)
        _told_first(world, family, told, shares)
    return ()


def future_bins(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """A broken clock dates zeros two days ahead, and others in the year 1925."""
    for family in (_ROUTES, _PROBING, _TELESCOPE):
        signal = world.of(family)
        zeros = np.zeros(12, dtype=np.float32)
        ahead = signal.bin_of(world.since + world.strays_at + 2 * _DAY)
        past = signal.bin_of(datetime(1970, 1, 2, tzinfo=UTC))
        for code in ("ES", "KE", "US"):
            world.stray.append(Chunk(country(code), signal.id, ahead, zeros))
            world.stray.append(Chunk(country(code), signal.id, past, zeros))
    return ()


def _told_first(
    world: World, family: Family, places: Sequence[Entity], shares: Floats
) -> None:
    """For a day, first tell a share of the truth; shape of it (places, bins)."""
    signal = world.of(family).id
    window = world.columns(family, AT, AT + _DAY)
    rows = np.array([world.rows[signal].index(p) for p in places], dtype=np.int64)
    columns = np.arange(window.start, window.stop, dtype=np.int64)
    told = world.values[signal][rows[:, None], columns] * shares
    world.first_told[signal] = FirstTold(
        rows=np.repeat(rows, len(columns)),
        columns=np.tile(columns, len(rows)),
        values=np.asarray(told.ravel(), dtype=np.float32),
    )

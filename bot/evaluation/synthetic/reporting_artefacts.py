"""Artefacts of publication: readings that are revised, late or wrongly dated."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from bot.evaluation.synthetic.world import FirstReports, Floats, World
from bot.model.entity import Entity, EntityKind
from bot.model.signal import Chunk, Family

ONSET = timedelta(days=30, hours=10)
"""The time from the start of a world to the onset of its artefact."""
_DAY = timedelta(days=1)
_TRAFFIC, _PROBING = Family.TRAFFIC, Family.ACTIVE_PROBING
_ROUTES, _TELESCOPE = Family.CONTROL_PLANE, Family.TELESCOPE


def country_entity(code: str) -> Entity:
    """Return the entity of a country code."""
    return Entity(EntityKind.COUNTRY, code)


def partial_bins(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """For a day, report each bin too low at first, and correctly half an hour later.

    The bins are those of probing in NG and of the telescope in all countries.
    """
    _report_first(
        world, _PROBING, [country_entity("NG")], rng.uniform(0.3, 0.7, (1, 48))
    )
    places = world.places
    shares = rng.uniform(0.1, 0.6, (len(places), 48))
    _report_first(world, _TELESCOPE, places, shares)
    return ()


def late_bins(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """For a day, publish a quarter of the bins of routes late, in every second country.

    Traffic in BR is first reported too low.
    """
    half = world.places[::2]
    late = np.where(rng.random((len(half), 48)) < 0.25, np.nan, 1.0)
    _report_first(world, _ROUTES, half, late)
    _report_first(
        world, _TRAFFIC, [country_entity("BR")], rng.uniform(0.4, 0.8, (1, 48))
    )
    return ()


def rewritten_source(world: World, rng: np.random.Generator) -> Iterable[Entity]:
    """Publish estimates of probing and telescope for a day; revise each an hour later.

    In half of the countries the estimates are 12 to 18 % too high or too low. In NG
    they are a fifth of the final values for three hours, and otherwise correct.
    """
    half = world.places[::2]
    nigeria = country_entity("NG")
    places = (*(p for p in half if p != nigeria), nigeria)
    for family in (_PROBING, _TELESCOPE):
        error = rng.uniform(0.12, 0.18, (len(places), 48))
        shares = np.where(rng.random(error.shape) < 0.5, 1 - error, 1 + error)
        shares[-1] = np.where((np.arange(48) >= 12) & (np.arange(48) < 18), 0.2, 1.0)
        _report_first(world, family, places, shares)
    return ()


def future_bins(world: World, _: np.random.Generator) -> Iterable[Entity]:
    """Publish zeros with dates in the future and in 1970, as a broken clock does."""
    # The values are zeros: if a bin in the future were used, it would look like a
    # blackout.
    for family in (_ROUTES, _PROBING, _TELESCOPE):
        signal = world.signal_of(family)
        zeros = np.zeros(12, dtype=np.float32)
        future = signal.bin_at(world.since + world.misdated_after + 2 * _DAY)
        past = signal.bin_at(datetime(1970, 1, 2, tzinfo=UTC))
        for code in ("ES", "KE", "US"):
            world.misdated.append(Chunk(country_entity(code), signal.id, future, zeros))
            world.misdated.append(Chunk(country_entity(code), signal.id, past, zeros))
    return ()


def _report_first(
    world: World, family: Family, places: Sequence[Entity], shares: Floats
) -> None:
    """For a day, set the first report of each bin to its final value times a share.

    `shares` has the shape (places, bins); NaN makes the bin late.
    """
    signal = world.signal_of(family).id
    window = world.bins_between(family, ONSET, ONSET + _DAY)
    rows = np.array([world.rows[signal].index(p) for p in places], dtype=np.int64)
    columns = np.arange(window.start, window.stop, dtype=np.int64)
    reported = world.values[signal][rows[:, None], columns] * shares
    world.first_reports[signal] = FirstReports(
        rows=np.repeat(rows, len(columns)),
        columns=np.tile(columns, len(rows)),
        values=np.asarray(reported.ravel(), dtype=np.float32),
    )

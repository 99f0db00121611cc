"""Outlines of countries, and of the regions that there are any for.

Natural Earth's countries at 1:50 million and the states of India, and the states and
counties of the US by its Census Bureau: all in the public domain, read from a package
that ships them. Of other countries there are no regions: their map is the country's.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from mapcraft import packs, topology

from bot.charts.canvas.layout import Numbers
from bot.model.entity import Entity, EntityKind

_WORLD = "world-countries-2024"
_COUNTIES = "us-counties-2021"
_REGIONS = {
    ("US", 1): "us-states-2024",
    ("US", 2): _COUNTIES,
    ("IN", 1): "india-states-2011",
}
_SPELT = (("saint", "st"), ("sainte", "ste"))

Rings = tuple[Numbers, ...]
"""Each n x 2: degrees east, degrees north."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A country or a region on the ground.

    `bounds` has west, south, east and north of each ring, n x 4; a ring over the date
    line runs on beyond 180 degrees.
    """

    name: str
    rings: Rings
    bounds: Numbers


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Outline]:
    """Every country by its code of two letters."""
    pack = packs.load(_WORLD)
    shapes = _shapes(_WORLD)
    found = {}
    for number, region in pack.regions.items():
        codes = [a for a in region.aliases if re.fullmatch("[A-Z]{2}", a)]
        if codes and number in shapes:
            found[codes[0]] = _outline(region.name, shapes[number])
    return found


@lru_cache(maxsize=1)
def every_ring() -> tuple[Numbers, tuple[tuple[str, int], ...]]:
    """The bounds of all rings of all countries, n x 4, and whose ring each is."""
    found = countries()
    whose = [(code, n) for code, one in found.items() for n in range(len(one.rings))]
    return np.concatenate([one.bounds for one in found.values()]), tuple(whose)


def outline_of(entity: Entity) -> Outline | None:
    """Where a country or a region is; None where no outline is at hand."""
    if entity.kind is EntityKind.COUNTRY:
        return countries().get(entity.code)
    if entity.kind is EntityKind.ASN:
        return None
    country, *path = entity.code.split("/")
    named = _REGIONS.get((country, len(path)))
    return _named(named).get(tuple(_plain(part) for part in path)) if named else None


def siblings(entity: Entity) -> tuple[Outline, ...]:
    """The first level of regions of its country, where there are outlines of them."""
    pack_id = _REGIONS.get((entity.code.split("/")[0], 1))
    if entity.kind is EntityKind.ASN or pack_id is None:
        return ()
    return tuple(dict.fromkeys(_named(pack_id).values()))


@lru_cache(maxsize=8)
def _named(pack_id: str) -> Mapping[tuple[str, ...], Outline]:
    """The regions of a pack by their names as they are compared: state, county."""
    pack, shapes = packs.load(pack_id), _shapes(pack_id)
    states = {r.id: r.name for r in packs.load("us-states-2024").regions.values()}
    found: dict[tuple[str, ...], Outline] = {}
    for number, region in pack.regions.items():
        if number not in shapes:
            continue
        above = (states[number[:2]],) if pack_id == _COUNTIES else ()
        outline = _outline(region.name, shapes[number])
        for name in (region.name, *region.aliases):
            path = tuple(_plain(part) for part in (*above, name))
            found.setdefault(path, outline)
    return found


def _outline(name: str, rings: Rings) -> Outline:
    bounds = [(*ring.min(axis=0), *ring.max(axis=0)) for ring in rings]
    return Outline(name, rings, np.array(bounds, dtype=np.float64))


@lru_cache(maxsize=8)
def _shapes(pack_id: str) -> Mapping[str, Rings]:
    """Rings by the number of a region, as the package's own decoder gives them."""
    pack = packs.load(pack_id)
    shapes = topology.shapes(pack.topology, pack.object_name, _key)
    return {
        shape.region_id: tuple(_steady(ring) for ring in shape.rings)
        for shape in shapes
    }


def _steady(ring: list[tuple[float, float]]) -> Numbers:
    """A ring that does not jump round the earth where it crosses the date line."""
    east, north = np.array(ring, dtype=np.float64).T
    return np.column_stack((np.unwrap(east, period=360.0), north))


def _key(geometry: Mapping[str, object]) -> str | None:
    known = geometry.get("id")
    return None if known is None else str(known)


def _plain(name: str) -> str:
    """A name as it is compared: without accents, spaces and ways to write "Saint"."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+", folded.lower())
    return "".join(dict(_SPELT).get(word, word) for word in words)

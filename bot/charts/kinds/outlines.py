"""Outlines of all countries, and of the regions of India and the US.

The outlines are from Natural Earth (countries at 1:50 million, states of India) and the
US Census Bureau (states, counties). All are in the public domain and come with the
package mapcraft. Other countries have no outlines of regions, so a map of them shows
the whole country.
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
_SPELLINGS = (("saint", "st"), ("sainte", "ste"))

_HALF_TURN = 180.0
"""A ring with two points this many degrees apart crosses the date line."""

Rings = tuple[Numbers, ...]
"""Closed outlines, each an array of n x 2: degrees east and degrees north."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """The outline of a country or region.

    `bounds` is an array of n x 4: the west, south, east and north bound of each ring. A
    ring that crosses the date line continues beyond 180 degrees.
    """

    name: str
    rings: Rings
    bounds: Numbers

    @property
    def centre(self) -> tuple[float, float]:
        """The centre of the largest ring's bounding box, in degrees east and north.

        Islands far away do not move it.
        """
        west, south, east, north = max(
            self.bounds.tolist(), key=lambda box: (box[2] - box[0]) * (box[3] - box[1])
        )
        # A ring that crosses the date line continues beyond 180 degrees.
        middle = ((west + east) / 2 + 180) % 360 - 180
        return round(middle, 4), round((south + north) / 2, 4)


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Outline]:
    """Return the outlines of all countries, by two-letter code."""
    pack = packs.load(_WORLD)
    shapes = _rings_by_id(_WORLD)
    outlines = {}
    for number, region in pack.regions.items():
        codes = [a for a in region.aliases if re.fullmatch("[A-Z]{2}", a)]
        if codes and number in shapes:
            outlines[codes[0]] = _outline(region.name, shapes[number])
    return outlines


@lru_cache(maxsize=1)
def all_rings() -> tuple[Numbers, tuple[tuple[str, int], ...]]:
    """Return the bounds of the rings of all countries (n x 4), and the origin of each.

    An origin is (country code, number of the ring in the country's outline).
    """
    outlines = countries()
    owners = [(code, n) for code, o in outlines.items() for n in range(len(o.rings))]
    return np.concatenate([o.bounds for o in outlines.values()]), tuple(owners)


def outline_of(entity: Entity) -> Outline | None:
    """Return the outline of a country or region, or None if there is none."""
    if entity.kind is EntityKind.COUNTRY:
        return countries().get(entity.code)
    if entity.kind is EntityKind.ASN:
        return None
    country, *path = entity.code.split("/")
    pack_id = _REGIONS.get((country, len(path)))
    return (
        _regions_by_name(pack_id).get(tuple(_normalised(part) for part in path))
        if pack_id
        else None
    )


def first_level_outlines(entity: Entity) -> tuple[Outline, ...]:
    """Return the outlines of all first-level regions of the entity's country, if any."""
    pack_id = _REGIONS.get((entity.code.split("/")[0], 1))
    if entity.kind is EntityKind.ASN or pack_id is None:
        return ()
    # The mapping has a region under its name and under each alias, so repeats are
    # removed.
    return tuple(dict.fromkeys(_regions_by_name(pack_id).values()))


@lru_cache(maxsize=8)
def _regions_by_name(pack_id: str) -> Mapping[tuple[str, ...], Outline]:
    """Return the outlines of the regions in a mapcraft pack, by normalised name.

    A name is (state,) or (state, county).
    """
    pack, shapes = packs.load(pack_id), _rings_by_id(pack_id)
    states = {r.id: r.name for r in packs.load("us-states-2024").regions.values()}
    by_name: dict[tuple[str, ...], Outline] = {}
    for number, region in pack.regions.items():
        if number not in shapes:
            continue
        # Counties of different states share names, so the state is part of the key. The
        # id of a county starts with the two digits of its state.
        above = (states[number[:2]],) if pack_id == _COUNTIES else ()
        outline = _outline(region.name, shapes[number])
        for name in (region.name, *region.aliases):
            path = tuple(_normalised(part) for part in (*above, name))
            by_name.setdefault(path, outline)
    return by_name


def _outline(name: str, rings: Rings) -> Outline:
    bounds = [(*ring.min(axis=0), *ring.max(axis=0)) for ring in rings]
    return Outline(name, rings, np.array(bounds, dtype=np.float64))


@lru_cache(maxsize=8)
def _rings_by_id(pack_id: str) -> Mapping[str, Rings]:
    """Return the rings of each region in a mapcraft pack, by the region's id."""
    pack = packs.load(pack_id)
    shapes = topology.shapes(pack.topology, pack.object_name, _region_id)
    return {
        shape.region_id: tuple(_unwrap_ring(ring) for ring in shape.rings)
        for shape in shapes
    }


def _unwrap_ring(ring: list[tuple[float, float]]) -> Numbers:
    """Return a ring whose longitudes do not jump where it crosses the date line."""
    points = np.array(ring, dtype=np.float64)
    # Only a ring that crosses the date line spans 180 degrees. All other rings skip
    # `np.unwrap`, which takes 0.1 ms for each ring.
    if np.ptp(points[:, 0]) >= _HALF_TURN:
        points[:, 0] = np.unwrap(points[:, 0], period=2 * _HALF_TURN)
    return points


def _region_id(geometry: Mapping[str, object]) -> str | None:
    region_id = geometry.get("id")
    return None if region_id is None else str(region_id)


def _normalised(name: str) -> str:
    """Return a name in lower case, without accents and spaces, and with "st" for "saint"."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+", folded.lower())
    return "".join(dict(_SPELLINGS).get(word, word) for word in words)

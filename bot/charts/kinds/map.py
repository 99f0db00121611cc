"""Draw a map of a country and its neighbours, shaded by level, and a list of levels."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.path import Path

from bot.charts.canvas import shades
from bot.charts.canvas.canvas import Canvas, FillStyle
from bot.charts.canvas.layout import Box, Numbers, simplify_ring
from bot.charts.canvas.theme import LIGHT, POST, Size, Theme
from bot.charts.canvas.typesetting import Style
from bot.charts.frame import MIN_TEXT_SIZE, Scene, draw_frame, new_canvas
from bot.charts.kinds.level_list import draw_level_list
from bot.charts.kinds.outlines import (
    Outline,
    Rings,
    all_rings,
    countries,
    first_level_outlines,
    outline_of,
)
from bot.charts.kinds.place_names import MapCells
from bot.model.entity import Entity, EntityKind
from bot.model.event import Facts
from bot.model.timeline import SeriesLevel

_MIN_LAND_SHARE = 0.04
"""Rings (closed outlines) below this share of the largest ring do not widen the map."""
_RESOLUTION = 2.0
"""The width of a square in pixels; points of a ring in the same square are merged."""
_SURROUNDINGS = 0.14
"""The margin of a map around the place, as a share of the place's size."""


def compose(scene: Scene, theme: Theme = LIGHT, size: Size = POST) -> Canvas:
    """Draw map and list; return the canvas, which is not encoded yet."""
    canvas = new_canvas(scene.captions, theme, size)
    room, em = draw_frame(canvas, scene.captions), canvas.scaled
    translate = scene.translations.translate
    below = shades.draw_legend(
        canvas,
        room,
        translate("chart", "key"),
        lambda n: translate("numbers", "percent", n=n),
    )
    if size.is_tall:
        share = room.bottom + (below - room.bottom) * 0.38
        land = Box(room.left, share, room.right, below - em(16))
        beside = Box(room.left, room.bottom + em(14), room.right, share - em(20))
    else:
        land, beside = _split_sides(canvas, room, room.bottom + em(20), below - em(16))
    _draw_land(canvas, scene, land)
    draw_level_list(canvas, scene, beside)
    return canvas


def _split_sides(
    canvas: Canvas, room: Box, bottom: float, top: float
) -> tuple[Box, Box]:
    """Return the boxes of map and list; the map is on the side where reading starts."""
    wide = (room.right - room.left) * 0.62
    gap = canvas.scaled(40)
    if canvas.rtl:
        middle = room.right - wide
        land = Box(middle, bottom, room.right, top)
        return land, Box(room.left, bottom, middle - gap, top)
    middle = room.left + wide
    land = Box(room.left, bottom, middle, top)
    return land, Box(middle + gap, bottom, room.right, top)


def mappable_regions(facts: Facts) -> tuple[SeriesLevel, ...]:
    """Return the affected regions that have both a level and an outline."""
    return tuple(
        region
        for region in facts.parts.regions
        if region.level is not None and outline_of(region.entity) is not None
    )


def home_outline(scene: Scene) -> Outline | None:
    """Return the outline of the event's country; None if it is not known."""
    place = scene.event.facts.place
    code = scene.times.register.country(place)
    return outline_of(Entity(EntityKind.COUNTRY, code)) if code else None


@dataclass(frozen=True, slots=True)
class _Projection:
    """An equirectangular projection from degrees to pixels.

    Attributes:
        east, north: longitude and latitude of the map's centre, in degrees.
        scale: pixels for each degree of latitude.
        longitude_scale: the cosine of the centre's latitude, which scales longitudes.
        x, y: the centre of the map, in pixels; y is counted from the bottom.
    """

    east: float
    north: float
    scale: float
    longitude_scale: float
    x: float
    y: float

    def to_pixels(self, ring: Numbers) -> Numbers:
        """Convert a ring (n x 2) from degrees to pixels, y counted from the bottom."""
        east = _near_longitude(ring[:, 0], self.east) - self.east
        xs = self.x + east * self.longitude_scale * self.scale
        return np.column_stack((xs, self.y + (ring[:, 1] - self.north) * self.scale))

    def rings_in(self, bounds: Numbers, box: Box) -> list[int]:
        """Return the indexes of the rings that reach into a box.

        `bounds` has the bounds of each ring, in degrees; the box is in pixels.
        """
        # A ring may continue beyond 180 degrees. Its longitudes are therefore shifted
        # by whole turns to the place nearest to the map's centre.
        west, south, east, north = bounds.T
        turn = 360.0 * np.rint(((west + east) / 2 - self.east) / 360.0)
        wide = (box.right - box.left) / 2 / (self.scale * self.longitude_scale)
        high = (box.top - box.bottom) / 2 / self.scale
        near = (west - turn < self.east + wide) & (east - turn > self.east - wide)
        near &= (south < self.north + high) & (north > self.north - high)
        return [int(n) for n in np.flatnonzero(near)]

    def outline_rings(self, outline: Outline, box: Box) -> list[Numbers]:
        """Return the rings of an outline that reach into a box, clipped to the box.

        The result is in pixels.
        """
        near = self.rings_in(outline.bounds, box)
        return [_clip_ring(self.to_pixels(outline.rings[n]), box) for n in near]

    def country_rings(self, box: Box) -> dict[str, list[Numbers]]:
        """Return the rings of all countries that reach into a box, by country code.

        The rings are clipped to the box, and in pixels.
        """
        bounds, whose = all_rings()
        by_country: dict[str, list[Numbers]] = {}
        for number in self.rings_in(bounds, box):
            code, ring = whose[number]
            placed = self.to_pixels(countries()[code].rings[ring])
            by_country.setdefault(code, []).append(_clip_ring(placed, box))
        return by_country


def _near_longitude(east: Numbers, middle: float) -> Numbers:
    """Shift longitudes by a multiple of 360 degrees, to bring them near `middle`."""
    return np.asarray(east - 360.0 * np.rint((east.mean() - middle) / 360.0))


def _fit_projection(rings: Rings, box: Box) -> _Projection:
    """Return the projection that fits rings into the middle of a box, with a margin."""
    west, south, east, north = _bounds(rings)
    # The latitude is limited, because near a pole its cosine would reduce all
    # longitudes to almost nothing.
    squeeze = float(np.cos(np.radians(np.clip((south + north) / 2, -75, 75))))
    wide, high = (east - west) * squeeze, north - south
    # The fixed 0.3 degrees show some surroundings even around a very small country.
    room = max(wide, high) * _SURROUNDINGS + 0.3
    scale = min(
        (box.right - box.left) / (wide + 2 * room),
        (box.top - box.bottom) / (high + 2 * room),
    )
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    return _Projection((west + east) / 2, (south + north) / 2, scale, squeeze, x, y)


def _bounds(rings: Rings) -> tuple[float, float, float, float]:
    """Return the west, south, east and north bounds of the larger rings, in degrees.

    If the rings cross the date line, a bound lies beyond -180 or 180 degrees.
    """
    spans = [np.ptp(r[:, 0]) * np.ptp(r[:, 1]) for r in rings]
    largest = rings[int(np.argmax(spans))]
    middle = float(largest[:, 0].mean())
    # Small rings are left out. With distant islands, the map would be so wide that the
    # mainland would be too small to read.
    large = [
        np.column_stack((_near_longitude(r[:, 0], middle), r[:, 1]))
        for r, span in zip(rings, spans, strict=True)
        if span >= _MIN_LAND_SHARE * max(spans)
    ]
    points = np.concatenate(large)
    west, south = points.min(axis=0)
    east, north = points.max(axis=0)
    return float(west), float(south), float(east), float(north)


def _draw_land(canvas: Canvas, scene: Scene, box: Box) -> None:
    """Draw the country, its neighbours and its affected regions."""
    theme, facts = canvas.theme, scene.event.facts
    home, regions = home_outline(scene), mappable_regions(facts)
    if home is None:
        return
    # The map shows only the surroundings of the affected regions. If there are no such
    # regions, it shows the whole country.
    focus = (
        _rings_of([outline_of(region.entity) for region in _most_affected(regions)])
        or home.rings
    )
    projection = _fit_projection(focus, box)
    names = _MapLabels(canvas, scene, MapCells(canvas, box))
    canvas.fill_box(box, FillStyle(theme.sea, 0.5)).set_gid("sea")
    neighbours: list[Numbers] = []
    for code, rings in projection.country_rings(box).items():
        is_home = countries()[code] is home
        shade = _country_shade(theme, facts, regions) if is_home else theme.void
        names.country(code, rings, shade, is_home=is_home)
        if is_home:
            fill_style = FillStyle(shade, 2.0, theme.soft, 1.0)
            _draw(canvas, rings, box, fill_style, f"land {home.name}")
        else:
            # All neighbours share one style, so they are drawn as one path.
            neighbours += rings
    _draw(
        canvas, neighbours, box, FillStyle(theme.void, 1.0, theme.paper, 1.0), "beside"
    )
    _draw_regions(canvas, projection, facts, box, names)
    names.draw(name_parts=bool(regions) and bool(first_level_outlines(facts.place)))
    canvas.fill_box(box, FillStyle("none", 5.0, theme.rule, 1.2)).set_gid("border")


def _draw_regions(
    canvas: Canvas, projection: _Projection, facts: Facts, box: Box, names: "_MapLabels"
) -> None:
    """Draw all regions of the country and shade the affected ones by level."""
    theme, regions = canvas.theme, mappable_regions(facts)
    for outline in first_level_outlines(facts.place) if regions else ():
        rings = projection.outline_rings(outline, box)
        _draw(canvas, rings, box, FillStyle("none", 2.5, theme.rule, 1.0), "part")
        names.part(outline.name, rings)
    for region in regions:
        land = outline_of(region.entity)
        if land is not None:
            rings, shade = (
                projection.outline_rings(land, box),
                shades.shade(theme, region.level),
            )
            fill_style = FillStyle(shade, 3.0, theme.soft, 1.0)
            _draw(canvas, rings, box, fill_style, f"region {region.entity}")
            names.region(region.entity, rings, shade)


class _MapLabels:
    """Collects the names on a map and draws them, the most important first."""

    def __init__(self, canvas: Canvas, scene: Scene, land: MapCells) -> None:
        self.canvas, self.scene, self.land = canvas, scene, land
        self.own: list[tuple[list[Numbers], str, Style]] = []
        self.affected: list[tuple[list[Numbers], str, Style]] = []
        self.others: list[tuple[list[Numbers], str, Style]] = []
        self.parts: list[tuple[list[Numbers], str, Style]] = []

    def country(
        self, code: str, rings: list[Numbers], shade: str, *, is_home: bool
    ) -> None:
        """Add the name of a country; `is_home`: it is the country of the event."""
        entity = Entity(EntityKind.COUNTRY, code)
        name = self._name(entity)
        if is_home:
            style = self._style(
                27, shades.contrasting_colour(self.canvas.theme, shade), "semibold"
            )
            self.own.append((rings, name, style))
        else:
            self.others.append(
                (rings, name, self._style(MIN_TEXT_SIZE, self.canvas.theme.soft))
            )

    def part(self, name: str, rings: list[Numbers]) -> None:
        """Add the name of a first-level region, affected or not."""
        if rings:
            style = self._style(MIN_TEXT_SIZE, self.canvas.theme.soft)
            self.parts.append((rings, name, style))

    def region(self, entity: Entity, rings: list[Numbers], shade: str) -> None:
        """Add the name of an affected region."""
        if rings:
            style = self._style(
                MIN_TEXT_SIZE, shades.contrasting_colour(self.canvas.theme, shade)
            )
            self.affected.append((rings, self._name(entity), style))

    def draw(self, *, name_parts: bool) -> None:
        """Draw the names that fit.

        With `name_parts`, the regions are named instead of the country of the event.
        """
        # The areas of the affected regions are reserved after their names are placed.
        # Another name in such a region would be read as the region's name.
        for rings, name, style in self.affected:
            self.land.place_name(rings, name, style)
        for rings, _, _ in self.affected:
            self.land.reserve(rings)
        for label in (*(self.parts if name_parts else self.own), *self.others):
            self.land.place_name(*label)

    def _name(self, entity: Entity) -> str:
        # A region's name is drawn without a word such as "County": "Orange County" would
        # not fit into the outline of the county.
        if entity.kind is EntityKind.REGION:
            return entity.last_code_part
        return self.scene.times.register.name(entity, self.scene.translations.lang)

    def _style(self, size: float, colour: str, weight: str = "regular") -> Style:
        return Style(
            self.canvas.scaled(size), colour, weight, halign="center", valign="center"
        )


def _most_affected(regions: Sequence[SeriesLevel]) -> Sequence[SeriesLevel]:
    """Return the regions that set the map's extent: below 90 percent, or else all."""
    nearly = shades.EDGES[-1] / 100.0
    low = [
        region
        for region in regions
        if region.level is not None and region.level < nearly
    ]
    return low or regions


def _rings_of(outlines: Sequence[Outline | None]) -> Rings:
    return tuple(
        ring for outline in outlines if outline is not None for ring in outline.rings
    )


def _country_shade(theme: Theme, facts: Facts, regions: Sequence[SeriesLevel]) -> str:
    """Return the shade of the country's level, or a neutral colour.

    The colour is neutral in three cases: the map shades regions, the level belongs to a
    part, or the place is not a country.
    """
    # A shade on the whole country states that the country has this level. A level of
    # regions or of a part must therefore not be used (P4).
    of_part = facts.levels.part is not None
    if regions or of_part or facts.place.kind is not EntityKind.COUNTRY:
        return theme.ground
    return shades.shade(theme, facts.levels.now)


def _draw(
    canvas: Canvas, rings: Sequence[Numbers], box: Box, fill_style: FillStyle, name: str
) -> None:
    """Draw rings as one path, clipped to the box."""
    if not rings:
        return
    paths = [Path(np.vstack((ring, ring[:1])), closed=True) for ring in rings]
    drawn = canvas.fill_path(Path.make_compound_path(*paths), fill_style, within=box)
    drawn.set_gid(name)


def _clip_ring(ring: Numbers, box: Box) -> Numbers:
    """Clip a ring a little outside a box; merge close points (see `_RESOLUTION`)."""
    # Where a ring is clipped, it gets a straight edge. Because of the margin, this edge
    # is outside the box and not visible.
    near = box.padded(20)
    inside = np.clip(ring, (near.left, near.bottom), (near.right, near.top))
    return simplify_ring(inside, _RESOLUTION)

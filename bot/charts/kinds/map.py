"""A map: where it is, how deep, and what of the country that has outlines of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.path import Path

from bot.charts.canvas import shades
from bot.charts.canvas.canvas import Canvas, FillStyle
from bot.charts.canvas.layout import Box, Numbers, thinned
from bot.charts.canvas.theme import LIGHT, POST, Size, Theme
from bot.charts.canvas.typesetting import Style
from bot.charts.frame import TEXT, Scene, blank, surround
from bot.charts.kinds.level_list import list_levels
from bot.charts.kinds.outlines import (
    Outline,
    Rings,
    countries,
    every_ring,
    outline_of,
    siblings,
)
from bot.charts.kinds.place_names import MapCells
from bot.model.entity import Entity, EntityKind
from bot.model.incident import Facts, SeriesLevel

_PART = 0.04
"""A piece of land smaller than that share of the largest does not widen the map."""
_GRAIN = 2.0
"""Outlines are as fine as that, in pixels."""
_ROOM = 0.14
"""How much of its neighbours is shown, by the size of the place."""


def compose(scene: Scene, theme: Theme = LIGHT, size: Size = POST) -> Canvas:
    """The sheet before it becomes bytes, so that tests can look for overlaps."""
    sheet = blank(scene.captions, theme, size)
    room, em = surround(sheet, scene.captions), sheet.em
    say = scene.words.say
    below = shades.key(
        sheet, room, say("chart", "key"), lambda n: say("numbers", "percent", n=n)
    )
    if size.tall:
        share = room.bottom + (below - room.bottom) * 0.38
        land = Box(room.left, share, room.right, below - em(16))
        beside = Box(room.left, room.bottom + em(14), room.right, share - em(20))
    else:
        land, beside = _sides(sheet, room, room.bottom + em(20), below - em(16))
    _land(sheet, scene, land)
    list_levels(sheet, scene, beside)
    return sheet


def _sides(sheet: Canvas, room: Box, bottom: float, top: float) -> tuple[Box, Box]:
    """The map where reading starts, and what is told beside it."""
    wide = (room.right - room.left) * 0.62
    gap = sheet.em(40)
    if sheet.rtl:
        middle = room.right - wide
        land = Box(middle, bottom, room.right, top)
        return land, Box(room.left, bottom, middle - gap, top)
    middle = room.left + wide
    land = Box(room.left, bottom, middle, top)
    return land, Box(middle + gap, bottom, room.right, top)


def mapped(facts: Facts) -> tuple[SeriesLevel, ...]:
    """The regions that can be shaded: they fell, have a level, and an outline."""
    return tuple(
        one
        for one in facts.regions
        if one.level is not None and outline_of(one.entity) is not None
    )


def country_of(scene: Scene) -> Outline | None:
    """The outline of the country that it is in."""
    place = scene.event.facts.place
    code = scene.moments.register.country(place)
    return outline_of(Entity(EntityKind.COUNTRY, code)) if code else None


@dataclass(frozen=True, slots=True)
class _Projection:
    """Degrees to pixels: east-west shrunk as at the middle of the map.

    `east` and `north` are the middle, in degrees; `x` and `y` in pixels, upwards.
    """

    east: float
    north: float
    scale: float
    squeeze: float
    x: float
    y: float

    def place(self, ring: Numbers) -> Numbers:
        """Pixels, y upwards."""
        east = _turned(ring[:, 0], self.east) - self.east
        xs = self.x + east * self.squeeze * self.scale
        return np.column_stack((xs, self.y + (ring[:, 1] - self.north) * self.scale))

    def near(self, bounds: Numbers, box: Box) -> list[int]:
        """Which of the rings with these bounds come into a box."""
        west, south, east, north = bounds.T
        turn = 360.0 * np.rint(((west + east) / 2 - self.east) / 360.0)
        wide = (box.right - box.left) / 2 / (self.scale * self.squeeze)
        high = (box.top - box.bottom) / 2 / self.scale
        near = (west - turn < self.east + wide) & (east - turn > self.east - wide)
        near &= (south < self.north + high) & (north > self.north - high)
        return [int(n) for n in np.flatnonzero(near)]

    def shows(self, outline: Outline, box: Box) -> list[Numbers]:
        """The rings that come into a box, in pixels."""
        near = self.near(outline.bounds, box)
        return [_lean(self.place(outline.rings[n]), box) for n in near]

    def world(self, box: Box) -> dict[str, list[Numbers]]:
        """The rings of every country that come into a box, in pixels, by its code."""
        bounds, whose = every_ring()
        found: dict[str, list[Numbers]] = {}
        for number in self.near(bounds, box):
            code, ring = whose[number]
            placed = self.place(countries()[code].rings[ring])
            found.setdefault(code, []).append(_lean(placed, box))
        return found


def _turned(east: Numbers, middle: float) -> Numbers:
    """The same degrees as near to the middle of the map as whole turns bring them."""
    return np.asarray(east - 360.0 * np.rint((east.mean() - middle) / 360.0))


def _ground(rings: Rings, box: Box) -> _Projection:
    """The ground that shows these rings in the middle of a box."""
    west, south, east, north = _bounds(rings)
    squeeze = float(np.cos(np.radians(np.clip((south + north) / 2, -75, 75))))
    wide, high = (east - west) * squeeze, north - south
    room = max(wide, high) * _ROOM + 0.3
    scale = min(
        (box.right - box.left) / (wide + 2 * room),
        (box.top - box.bottom) / (high + 2 * room),
    )
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    return _Projection((west + east) / 2, (south + north) / 2, scale, squeeze, x, y)


def _bounds(rings: Rings) -> tuple[float, float, float, float]:
    """West, south, east, north of the land that matters, over the date line too."""
    spans = [np.ptp(r[:, 0]) * np.ptp(r[:, 1]) for r in rings]
    largest = rings[int(np.argmax(spans))]
    middle = float(largest[:, 0].mean())
    large = [
        np.column_stack((_turned(r[:, 0], middle), r[:, 1]))
        for r, span in zip(rings, spans, strict=True)
        if span >= _PART * max(spans)
    ]
    every = np.concatenate(large)
    west, south = every.min(axis=0)
    east, north = every.max(axis=0)
    return float(west), float(south), float(east), float(north)


def _land(sheet: Canvas, scene: Scene, box: Box) -> None:
    """The country among its neighbours, and its regions that fell."""
    theme, facts = sheet.theme, scene.event.facts
    home, regions = country_of(scene), mapped(facts)
    if home is None:
        return
    focus = _rings([outline_of(one.entity) for one in _hit(regions)]) or home.rings
    ground = _ground(focus, box)
    names = _MapLabels(sheet, scene, MapCells(sheet, box))
    sheet.area(box, FillStyle(theme.sea, 0.5)).set_gid("sea")
    beside: list[Numbers] = []
    for code, rings in ground.world(box).items():
        own = countries()[code] is home
        shade = _country_shade(theme, facts, regions) if own else theme.void
        names.country(code, rings, shade, own=own)
        if own:
            paint = FillStyle(shade, 2.0, theme.soft, 1.0)
            _draw(sheet, rings, box, paint, f"land {home.name}")
        else:
            beside += rings
    _draw(sheet, beside, box, FillStyle(theme.void, 1.0, theme.paper, 1.0), "beside")
    _regions(sheet, ground, facts, box, names)
    names.write(parts=bool(regions) and bool(siblings(facts.place)))
    sheet.area(box, FillStyle("none", 5.0, theme.rule, 1.2)).set_gid("border")


def _regions(
    sheet: Canvas, ground: _Projection, facts: Facts, box: Box, names: "_MapLabels"
) -> None:
    """Those that fell by their level, among the others of their country."""
    theme, regions = sheet.theme, mapped(facts)
    for outline in siblings(facts.place) if regions else ():
        rings = ground.shows(outline, box)
        _draw(sheet, rings, box, FillStyle("none", 2.5, theme.rule, 1.0), "part")
        names.part(outline.name, rings)
    for one in regions:
        land = outline_of(one.entity)
        if land is not None:
            rings, shade = ground.shows(land, box), shades.shade(theme, one.level)
            paint = FillStyle(shade, 3.0, theme.soft, 1.0)
            _draw(sheet, rings, box, paint, f"region {one.entity}")
            names.region(one.entity, rings, shade)


class _MapLabels:
    """The names of what a map shows, the most important first."""

    def __init__(self, sheet: Canvas, scene: Scene, land: MapCells) -> None:
        self.sheet, self.scene, self.land = sheet, scene, land
        self.own: list[tuple[list[Numbers], str, Style]] = []
        self.fallen: list[tuple[list[Numbers], str, Style]] = []
        self.others: list[tuple[list[Numbers], str, Style]] = []
        self.parts: list[tuple[list[Numbers], str, Style]] = []

    def country(
        self, code: str, rings: list[Numbers], shade: str, *, own: bool
    ) -> None:
        """A country: the one that is told is named strongly."""
        entity = Entity(EntityKind.COUNTRY, code)
        name = self._name(entity)
        if own:
            style = self._style(
                27, shades.readable(self.sheet.theme, shade), "semibold"
            )
            self.own.append((rings, name, style))
        else:
            self.others.append((rings, name, self._style(TEXT, self.sheet.theme.soft)))

    def part(self, name: str, rings: list[Numbers]) -> None:
        """A region of the first level, fallen or not."""
        if rings:
            style = self._style(TEXT, self.sheet.theme.soft)
            self.parts.append((rings, name, style))

    def region(self, entity: Entity, rings: list[Numbers], shade: str) -> None:
        """A region that fell."""
        if rings:
            style = self._style(TEXT, shades.readable(self.sheet.theme, shade))
            self.fallen.append((rings, self._name(entity), style))

    def write(self, *, parts: bool) -> None:
        """All that have room; of a country with `parts` these are named in its place."""
        for rings, name, style in self.fallen:
            self.land.name(rings, name, style)
        for rings, _, _ in self.fallen:
            self.land.keep_off(rings)
        for one in (*(self.parts if parts else self.own), *self.others):
            self.land.name(*one)

    def _name(self, entity: Entity) -> str:
        return self.scene.moments.register.name(entity, self.scene.words.lang)

    def _style(self, size: float, colour: str, weight: str = "regular") -> Style:
        return Style(self.sheet.em(size), colour, weight, across="center", up="center")


def _hit(regions: Sequence[SeriesLevel]) -> Sequence[SeriesLevel]:
    """Those that the map is of: one that is nearly back, far off, does not widen it."""
    nearly = shades.EDGES[-1] / 100.0
    low = [one for one in regions if one.level is not None and one.level < nearly]
    return low or regions


def _rings(outlines: Sequence[Outline | None]) -> Rings:
    return tuple(ring for one in outlines if one is not None for ring in one.rings)


def _country_shade(theme: Theme, facts: Facts, regions: Sequence[SeriesLevel]) -> str:
    """The country's own level, unless the level is of something within it."""
    if regions or facts.part is not None or facts.place.kind is not EntityKind.COUNTRY:
        return theme.ground
    return shades.shade(theme, facts.level)


def _draw(
    sheet: Canvas, rings: Sequence[Numbers], box: Box, paint: FillStyle, name: str
) -> None:
    """What of an outline comes into the box."""
    if not rings:
        return
    paths = [Path(np.vstack((ring, ring[:1])), closed=True) for ring in rings]
    drawn = sheet.shape(Path.make_compound_path(*paths), paint, within=box)
    drawn.set_gid(name)


def _lean(ring: Numbers, box: Box) -> Numbers:
    """A ring as it is seen in a box: nothing far beyond its edges, no grain."""
    near = box.grown(20)
    inside = np.clip(ring, (near.left, near.bottom), (near.right, near.top))
    return thinned(inside, _GRAIN)

"""A map: where it is, how deep, and what of the country that has outlines of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from bot.model.entity import Entity, EntityKind
from bot.model.incident import Facts, SeriesLevel
from bot.rendering.charts import ramp
from bot.rendering.charts.data import Line
from bot.rendering.charts.frame import TEXT, Scene, blank, surround
from bot.rendering.charts.layout import Box, Numbers
from bot.rendering.charts.lines import label
from bot.rendering.charts.outlines import (
    Outline,
    Rings,
    countries,
    outline_of,
    siblings,
)
from bot.rendering.charts.sheet import Paint, Sheet, Style
from bot.rendering.charts.theme import LIGHT, POST, Size, Theme

_PART = 0.04
"""A piece of land smaller than that share of the largest does not widen the map."""
_GRAIN = 1.0
"""Outlines are as fine as that, in pixels."""
_ROOM = 0.14
"""How much of its neighbours is shown, by the size of the place."""


def compose(scene: Scene, theme: Theme = LIGHT, size: Size = POST) -> Sheet:
    """The sheet before it becomes bytes, so that tests can look for overlaps."""
    sheet = blank(scene.captions, theme, size)
    room, em = surround(sheet, scene.captions), sheet.em
    say = scene.words.say
    below = ramp.key(
        sheet, room, say("chart", "key"), lambda n: say("numbers", "percent", n=n)
    )
    if size.tall:
        share = room.bottom + (below - room.bottom) * 0.34
        land = Box(room.left, share, room.right, below - em(16))
        beside = Box(room.left, room.bottom + em(14), room.right, share - em(20))
    else:
        middle = room.left + (room.right - room.left) * 0.62
        land = Box(room.left, room.bottom + em(20), middle, below - em(16))
        beside = Box(middle + em(40), land.bottom, room.right, land.top)
    _land(sheet, scene, land)
    _told(sheet, scene, beside)
    return sheet


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
class _Ground:
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

    def shows(self, outline: Outline, box: Box) -> list[Numbers]:
        """The rings that come into a box, in pixels."""
        west, south, east, north = outline.bounds.T
        turn = 360.0 * np.rint(((west + east) / 2 - self.east) / 360.0)
        wide = (box.right - box.left) / 2 / (self.scale * self.squeeze)
        high = (box.top - box.bottom) / 2 / self.scale
        near = (west - turn < self.east + wide) & (east - turn > self.east - wide)
        near &= (south < self.north + high) & (north > self.north - high)
        return [self.place(outline.rings[n]) for n in np.flatnonzero(near)]


def _turned(east: Numbers, middle: float) -> Numbers:
    """The same degrees as near to the middle of the map as whole turns bring them."""
    return np.asarray(east - 360.0 * np.rint((east.mean() - middle) / 360.0))


def _ground(rings: Rings, box: Box) -> _Ground:
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
    return _Ground((west + east) / 2, (south + north) / 2, scale, squeeze, x, y)


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


def _land(sheet: Sheet, scene: Scene, box: Box) -> None:
    """The country among its neighbours, and its regions that fell."""
    theme, facts = sheet.theme, scene.event.facts
    home, regions = country_of(scene), mapped(facts)
    if home is None:
        return
    focus = _rings([outline_of(one.entity) for one in regions]) or home.rings
    ground = _ground(focus, box)
    sheet.area(box, Paint(theme.sea, 0.5)).set_gid("sea")
    for outline in countries().values():
        own = outline is home
        shade = _country_shade(theme, facts, regions) if own else theme.void
        rim = theme.soft if own else theme.paper
        _draw(sheet, ground, outline, box, Paint(shade, 2.0 if own else 1.0, rim, 1.0))
    if regions:
        for outline in siblings(facts.place):
            _draw(sheet, ground, outline, box, Paint("none", 2.5, theme.rule, 1.0))
    for one in regions:
        land = outline_of(one.entity)
        if land is not None:
            paint = Paint(ramp.shade(theme, one.level), 3.0, theme.soft, 1.0)
            _draw(sheet, ground, land, box, paint, f"region {one.entity}")
    sheet.area(box, Paint("none", 5.0, theme.rule, 1.2)).set_gid("border")


def _rings(outlines: Sequence[Outline | None]) -> Rings:
    return tuple(ring for one in outlines if one is not None for ring in one.rings)


def _country_shade(theme: Theme, facts: Facts, regions: Sequence[SeriesLevel]) -> str:
    """The country's own level, unless the level is of something within it."""
    if regions or facts.part is not None or facts.place.kind is not EntityKind.COUNTRY:
        return theme.ground
    return ramp.shade(theme, facts.level)


def _draw(
    sheet: Sheet,
    ground: _Ground,
    outline: Outline,
    box: Box,
    paint: Paint,
    name: str = "",
) -> None:
    """What of an outline comes into the box."""
    seen = ground.shows(outline, box)
    if not seen:
        return
    paths = [_cut(_coarse(ring), box) for ring in seen]
    drawn = sheet.shape(Path.make_compound_path(*paths), paint, within=box)
    drawn.set_gid(name or f"land {outline.name}")


def _coarse(ring: Numbers) -> Numbers:
    """Without the points that come to lie on the one before."""
    steps = np.rint(ring / _GRAIN).astype(np.int64)
    kept = np.concatenate(([True], (np.diff(steps, axis=0) != 0).any(axis=1)))
    return ring[kept]


def _cut(ring: Numbers, box: Box) -> Path:
    """The part of a ring that is near the box."""
    path = Path(np.vstack((ring, ring[:1])), closed=True)
    near = box.grown(20)
    extents = (near.left, near.bottom, near.right, near.top)
    return path.clip_to_bbox(Bbox.from_extents(*extents))


def _told(sheet: Sheet, scene: Scene, box: Box) -> None:
    """Beside the map: what fell, by name, the deepest first."""
    em, words = sheet.em, scene.words
    rows = _rows(scene)
    step = em(38)
    most = max(1, int((box.top - box.bottom) / step) - 1)
    y = sheet.height - box.top + em(20)
    for number, (name, level) in enumerate(rows[:most]):
        at = y + number * step
        value = Style(em(25), sheet.theme.ink, "semibold", across="right", up="center")
        taken = sheet.put(box.right, at, level, value) if level else None
        room = (taken.left if taken else box.right) - box.left - em(16)
        style = Style(em(25), sheet.theme.ink, up="center")
        lines, style = sheet.fitted(name, style, room, em(TEXT), 1)
        sheet.put(box.left, at, lines[0], style)
    if len(rows) > most:
        text = words.say("lists", "more", n=len(rows) - most)
        style = Style(em(TEXT), sheet.theme.soft, up="center")
        sheet.put(box.left, y + most * step, text, style)


def _rows(scene: Scene) -> list[tuple[str, str]]:
    """Name and level: of the regions that fell, else of the lines of the chart."""
    words, register = scene.words, scene.moments.register
    if scene.event.facts.regions:
        return [
            (register.name(one.entity, words.lang), _percent(scene, one.level))
            for one in scene.event.facts.regions
        ]
    return [_of_line(scene, line) for line in scene.curves.lines]


def _of_line(scene: Scene, line: Line) -> tuple[str, str]:
    """A line's name with its level or, where it has none now, with the reason."""
    if line.level is None or line.stale or line.late:
        return " ".join(label(scene, line).split()), ""
    return line.name, _percent(scene, line.level)


def _percent(scene: Scene, level: float | None) -> str:
    return "" if level is None else scene.words.percent(level)

"""Colours (light and dark) and picture sizes of charts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a chart, which colour-blind readers can tell apart too.

    Attributes:
        paper: the background; ink: main text; soft: secondary text.
        faint: the grid; rule: frames, ticks and hatching.
        alarm: a disruption; good: a restoration; note: a suspicion or correction.
        withdrawn: a retraction.
        tint: the background during a disruption; band: the expected range.
        calm: bars of incidents that are over; also the place's line, if only a part of
            the place is down.
        lines: the other lines, each lighter or darker than its neighbours.
        ramp: the shades of levels from zero to normal, for strips and maps; they differ
            in lightness, so they stay distinct in greyscale.
        void: a missing level, and neighbouring countries; ground: the country on a map,
            if the map does not shade the country by its level.
        sea: water.
    """

    name: str
    paper: str
    ink: str
    soft: str
    faint: str
    rule: str
    alarm: str
    tint: str
    band: str
    calm: str
    good: str
    note: str
    withdrawn: str
    lines: tuple[str, ...]
    ramp: tuple[str, ...]
    void: str
    ground: str
    sea: str


LIGHT = Theme(
    name="light",
    paper="#ffffff",
    ink="#12161c",
    soft="#56606b",
    faint="#e3e7eb",
    rule="#b4bdc6",
    alarm="#c8102e",
    tint="#fbeef0",
    band="#d9e0e6",
    calm="#2f3e4e",
    good="#1d6b4f",
    note="#7a5200",
    withdrawn="#4b3f8f",
    lines=("#0d3b66", "#1f77b4", "#5b2c83", "#8a6100"),
    ramp=("#5c0011", "#a50f15", "#dc3d2a", "#f57d5c", "#fbb9a0", "#f3eeec"),
    void="#e9ebec",
    ground="#fbf9f7",
    sea="#dbe6ee",
)
DARK = Theme(
    name="dark",
    paper="#10151c",
    ink="#f4f6f8",
    soft="#9ba6b2",
    faint="#242c36",
    rule="#4a5663",
    alarm="#ff5a66",
    tint="#241a22",
    band="#263240",
    calm="#d5dbe1",
    good="#4fc08d",
    note="#e0a63a",
    withdrawn="#aba1f2",
    lines=("#b5dcff", "#5aa9e6", "#e3c8ff", "#d1a24a"),
    # The deepest drop must have the highest contrast, so on a dark background its shade
    # is the lightest.
    ramp=("#fff0e8", "#ffbfa3", "#fb8468", "#d2504a", "#8f3439", "#2c3541"),
    void="#222b35",
    ground="#333d49",
    sea="#0a0e14",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a picture in pixels; `unit` is the scale of text and spaces.

    Text must be readable when a picture is shown 600 pixels wide. A narrow picture is
    reduced less to reach this width, so its text needs fewer pixels.
    """

    name: str
    width: int
    height: int
    unit: float

    @property
    def margin(self) -> float:
        """The margin at each side, in pixels."""
        return round(64 * self.unit)

    @property
    def is_tall(self) -> bool:
        """Whether the picture is higher than wide."""
        return self.height > self.width


POST = Size("post", 1600, 900, 1.0)
# The card is the picture of link previews, so it has the proportions of such previews.
CARD = Size("card", 1200, 630, 0.76)
TALL = Size("tall", 1080, 1350, 0.94)
SIZES = {size.name: size for size in (POST, CARD, TALL)}

"""Colours and sizes: one look, dark and light, for posts, cards, phones and pages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours; `lines` are told apart by people who see colours differently, too.

    Attributes:
        paper: behind everything; ink: what is read first; soft: what helps to read.
        faint: the grid; rule: frames, ticks and hatches.
        alarm: what is wrong; good: the return; note: what is doubtful.
        tint: behind the time that is wrong; band: the expected range.
        calm: what is not wrong where something else is.
        lines: for the other lines, each lighter or darker than the ones beside it.
        ramp: levels from nothing to ordinary, for strips and maps: they differ in
            lightness alone, so that they read in grey as well.
        void: what has no level, and land beside; ground: land that others lie in.
        sea: what is no land.
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
    lines=("#b5dcff", "#5aa9e6", "#e3c8ff", "#d1a24a"),
    ramp=("#fff0e8", "#ffbfa3", "#fb8468", "#d2504a", "#8f3439", "#2c3541"),
    void="#222b35",
    ground="#333d49",
    sea="#0a0e14",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


@dataclass(frozen=True, slots=True)
class Size:
    """A picture in pixels; `unit` is what a text size of one is, in pixels.

    Text must be read where the picture is 600 pixels wide, so a narrower picture
    has smaller text in its own pixels.
    """

    name: str
    width: int
    height: int
    unit: float

    @property
    def margin(self) -> float:
        """The empty space at each side."""
        return round(64 * self.unit)

    @property
    def tall(self) -> bool:
        """Whether there is more height than width."""
        return self.height > self.width


POST = Size("post", 1600, 900, 1.0)
CARD = Size("card", 1200, 630, 0.76)
TALL = Size("tall", 1080, 1350, 0.94)
SIZES = {size.name: size for size in (POST, CARD, TALL)}

"""Where things go on a chart: pure arithmetic, in pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np
import numpy.typing as npt

from bot.model.interval import Interval

Numbers = npt.NDArray[np.float64]

_DAY = timedelta(days=1)
_QUARTER = timedelta(hours=6)
_CEILING = 200.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, y upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def corners(self) -> Numbers:
        """The four corners, the first again at the end."""
        xs = (self.left, self.right, self.right, self.left, self.left)
        ys = (self.bottom, self.bottom, self.top, self.top, self.bottom)
        return np.array(list(zip(xs, ys, strict=True)), dtype=np.float64)

    def around(self, other: "Box") -> "Box":
        """The least box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def holds(self, other: "Box") -> bool:
        """Whether the other lies within."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.bottom <= other.bottom and other.top <= self.top

    def meets(self, other: "Box") -> bool:
        """Whether they share a point within."""
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top

    def grown(self, by: float) -> "Box":
        """The box with a margin on every side."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)


def spread(
    wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """Centres as near to `wanted` as can be, without overlap, within low..high."""
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    placed = [0.0] * len(wanted)
    floor = low
    for number in order:
        half = heights[number] / 2
        placed[number] = max(wanted[number], floor + half)
        floor = placed[number] + half
    roof = high
    for number in reversed(order):
        half = heights[number] / 2
        placed[number] = min(placed[number], roof - half)
        roof = placed[number] - half
    return placed


def top_of(percent: Sequence[Numbers]) -> float:
    """The y axis's upper end: 125, more where lines go higher, 200 at most."""
    peaks = [float(np.nanmax(p)) for p in percent if np.isfinite(p).any()]
    highest = max(peaks, default=100.0)
    return float(min(max(125.0, np.ceil(highest / 25.0) * 25.0), _CEILING))


def day_ticks(window: Interval, zone: tzinfo = UTC, most: int = 8) -> list[datetime]:
    """Midnights of `zone` within the window, evenly chosen, `most` at most."""
    inside = _walls(window, zone, _DAY)
    step = -(-len(inside) // most) if inside else 1
    return inside[::step]


def ticks(window: Interval, zone: tzinfo = UTC, most: int = 8) -> list[datetime]:
    """Midnights or, where there are hardly any, hours of the day as well."""
    days = day_ticks(window, zone, most)
    if len(days) > 2:
        return days
    found = [_walls(window, zone, step) for step in (_QUARTER, 2 * _QUARTER)]
    return next((some for some in found if len(some) <= most), days)


def _walls(window: Interval, zone: tzinfo, step: timedelta) -> list[datetime]:
    """What the clocks of `zone` show every `step` from midnight on, in the window."""
    first = window.since.astimezone(zone)
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    count = int((window.until - window.since + 2 * _DAY) / step) + 1
    every = [midnight + number * step for number in range(count)]
    return [t for t in every if window.since <= t.astimezone(UTC) <= window.until]


def month_ticks(window: Interval, most: int = 12) -> list[datetime]:
    """First days of months within the window, in UTC, evenly chosen, `most` at most."""
    at = window.since.astimezone(UTC).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
    inside = []
    while at <= window.until:
        if at >= window.since:
            inside.append(at)
        at = (at + 31 * _DAY).replace(day=1)
    step = -(-len(inside) // most) if inside else 1
    return inside[::step]


def thinned(ring: Numbers, grain: float) -> Numbers:
    """A line (n x 2) without the points that come to lie on the one before."""
    steps = np.rint(ring / grain).astype(np.int64)
    kept = np.concatenate(([True], (np.diff(steps, axis=0) != 0).any(axis=1)))
    return ring[kept]


def gaps(ends: Numbers, percent: Numbers, step_s: int) -> list[tuple[float, float]]:
    """Runs of missing bins as (from, to), seconds since 1970."""
    missing = np.concatenate(([False], ~np.isfinite(percent), [False]))
    turns = np.flatnonzero(missing[1:] != missing[:-1])
    return [
        (float(ends[begin]) - step_s, float(ends[end - 1]))
        for begin, end in zip(turns[::2], turns[1::2], strict=True)
    ]


def alone(percent: Numbers) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which values have no neighbour, so that no line would show them."""
    known = np.concatenate(([False], np.isfinite(percent), [False]))
    return known[1:-1] & ~known[:-2] & ~known[2:]


def crosses(box: Box, xs: Numbers, ys: Numbers) -> bool:
    """Whether a drawn line touches the box; points between samples count too."""
    # The samples beside the box count too: the line runs between them.
    begin = max(int(np.searchsorted(xs, box.left)) - 1, 0)
    end = min(int(np.searchsorted(xs, box.right)) + 1, len(xs))
    x, y = xs[begin:end], ys[begin:end]
    enter, leave = np.zeros(max(len(x) - 1, 0)), np.ones(max(len(x) - 1, 0))
    for at, low, high in ((x, box.left, box.right), (y, box.bottom, box.top)):
        first, last = _inside(at, low, high)
        enter, leave = np.maximum(enter, first), np.minimum(leave, last)
    # What is missing at either end is no line.
    return bool((enter <= leave).any())


def _inside(at: Numbers, low: float, high: float) -> tuple[Numbers, Numbers]:
    """The shares of each step between which it runs from `low` to `high`."""
    begin, step = at[:-1], np.diff(at)
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (low - begin) / step, (high - begin) / step
    level = (begin >= low) & (begin <= high)
    first = np.where(step == 0, np.where(level, 0.0, np.inf), np.minimum(one, other))
    last = np.where(step == 0, np.where(level, 1.0, -np.inf), np.maximum(one, other))
    return first, last

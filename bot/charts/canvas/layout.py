"""Layout arithmetic in pixels: boxes, label positions, ticks and line geometry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np
import numpy.typing as npt

from bot.model.interval import Interval

Numbers = npt.NDArray[np.float64]

_DAY = timedelta(days=1)
_SIX_HOURS = timedelta(hours=6)
_HIGHEST_LIMIT = 200.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; y is counted from the bottom of the picture."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def corners(self) -> Numbers:
        """The corners as a closed ring, shape (5, 2): the last is the first again."""
        xs = (self.left, self.right, self.right, self.left, self.left)
        ys = (self.bottom, self.bottom, self.top, self.top, self.bottom)
        return np.array(list(zip(xs, ys, strict=True)), dtype=np.float64)

    def union(self, other: "Box") -> "Box":
        """Return the smallest box that contains both boxes."""
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def contains(self, other: "Box") -> bool:
        """Whether the box `other` lies within this box."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.bottom <= other.bottom and other.top <= self.top

    def overlaps(self, other: "Box") -> bool:
        """Whether the interiors of the boxes overlap."""
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top

    def padded(self, by: float) -> "Box":
        """Return this box enlarged by `by` on each side."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)


def place_labels(
    preferred_centres: Sequence[float],
    heights: Sequence[float],
    low: float,
    high: float,
) -> list[float]:
    """Return the centres of labels: near `preferred_centres`, but without overlap.

    The labels stay between `low` and `high` if there is room for all of them.
    """
    order = sorted(range(len(preferred_centres)), key=lambda n: preferred_centres[n])
    placed = [0.0] * len(preferred_centres)
    floor = low
    for number in order:
        half = heights[number] / 2
        placed[number] = max(preferred_centres[number], floor + half)
        floor = placed[number] + half
    # The first pass may push labels above the upper limit. The second pass starts from
    # the highest label and moves labels down as far as needed.
    roof = high
    for number in reversed(order):
        half = heights[number] / 2
        placed[number] = min(placed[number], roof - half)
        roof = placed[number] - half
    return placed


def upper_limit(percent: Sequence[Numbers]) -> float:
    """Return the upper end of the y axis in percent: 125, or up to 200 if needed."""
    peaks = [float(np.nanmax(p)) for p in percent if np.isfinite(p).any()]
    highest = max(peaks, default=100.0)
    return float(min(max(125.0, np.ceil(highest / 25.0) * 25.0), _HIGHEST_LIMIT))


def day_ticks(
    window: Interval, zone: tzinfo = UTC, max_count: int = 8
) -> list[datetime]:
    """Return at most `max_count` midnights of `zone` in the window, evenly spaced."""
    inside = _local_times(window, zone, _DAY)
    step = -(-len(inside) // max_count) if inside else 1
    return inside[::step]


def ticks(window: Interval, zone: tzinfo = UTC, max_count: int = 8) -> list[datetime]:
    """Return ticks at midnights, or every 6 or 12 hours if there are under 3 midnights.

    There are at most `max_count` ticks, evenly spaced in the local time of `zone`.
    """
    days = day_ticks(window, zone, max_count)
    if len(days) > 2:
        return days
    options = [
        _local_times(window, zone, step) for step in (_SIX_HOURS, 2 * _SIX_HOURS)
    ]
    return next((times for times in options if len(times) <= max_count), days)


def _local_times(window: Interval, zone: tzinfo, step: timedelta) -> list[datetime]:
    """Return the times in the window at each multiple of `step` after local midnight."""
    first = window.since.astimezone(zone)
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    # `midnight` is up to a day before the window, and a change of the clocks may move
    # the later times. The times therefore cover two days more than the window.
    count = int((window.until - window.since + 2 * _DAY) / step) + 1
    # The step is added to the local time, so that the ticks stay on the same local
    # hours when the clocks change.
    times = [midnight + number * step for number in range(count)]
    return [t for t in times if window.since <= t.astimezone(UTC) <= window.until]


def month_ticks(window: Interval, max_count: int = 12) -> list[datetime]:
    """Return at most `max_count` month starts (UTC) in the window, evenly spaced."""
    at = window.since.astimezone(UTC).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
    inside = []
    while at <= window.until:
        if at >= window.since:
            inside.append(at)
        at = (at + 31 * _DAY).replace(day=1)
    step = -(-len(inside) // max_count) if inside else 1
    return inside[::step]


def simplify_ring(ring: Numbers, grid_step: float) -> Numbers:
    """Return a ring (n x 2) without the points that are close to the point before.

    Two points are close if both round to the same multiples of `grid_step`.
    """
    steps = np.rint(ring / grid_step).astype(np.int64)
    kept = np.concatenate(([True], (np.diff(steps, axis=0) != 0).any(axis=1)))
    return ring[kept]


def gap_intervals(
    ends: Numbers, percent: Numbers, step_s: int
) -> list[tuple[float, float]]:
    """Return the runs of missing bins as (from, to), in seconds since 1970."""
    missing = np.concatenate(([False], ~np.isfinite(percent), [False]))
    turns = np.flatnonzero(missing[1:] != missing[:-1])
    return [
        (float(ends[begin]) - step_s, float(ends[end - 1]))
        for begin, end in zip(turns[::2], turns[1::2], strict=True)
    ]


def isolated_values(percent: Numbers) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return a mask that is true for each value between two gaps.

    A line cannot show such a value.
    """
    finite = np.concatenate(([False], np.isfinite(percent), [False]))
    return finite[1:-1] & ~finite[:-2] & ~finite[2:]


def line_crosses_box(box: Box, xs: Numbers, ys: Numbers) -> bool:
    """Return whether a line touches the box at a point or between two points."""
    # The nearest points left and right of the box are included, because the line may
    # cross the box between two points.
    begin = max(int(np.searchsorted(xs, box.left)) - 1, 0)
    end = min(int(np.searchsorted(xs, box.right)) + 1, len(xs))
    x, y = xs[begin:end], ys[begin:end]
    enter, leave = np.zeros(max(len(x) - 1, 0)), np.ones(max(len(x) - 1, 0))
    for at, low, high in ((x, box.left, box.right), (y, box.bottom, box.top)):
        first, last = _inside(at, low, high)
        enter, leave = np.maximum(enter, first), np.minimum(leave, last)
    # A segment with a missing end gives NaN, which compares as False.
    return bool((enter <= leave).any())


def _inside(at: Numbers, low: float, high: float) -> tuple[Numbers, Numbers]:
    """Return where each segment enters and leaves the range from `low` to `high`.

    The results are fractions of the segment's length.
    """
    begin, step = at[:-1], np.diff(at)
    with np.errstate(divide="ignore", invalid="ignore"):
        at_low, at_high = (low - begin) / step, (high - begin) / step
    level = (begin >= low) & (begin <= high)
    first = np.where(
        step == 0, np.where(level, 0.0, np.inf), np.minimum(at_low, at_high)
    )
    last = np.where(
        step == 0, np.where(level, 1.0, -np.inf), np.maximum(at_low, at_high)
    )
    return first, last

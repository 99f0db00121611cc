"""Intervals of time: half-open, aware, UTC (P9)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """From `since` (included) to `until` (excluded); both aware, UTC."""

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        """Check that both ends have a time zone, and that they are in order.

        Raises:
            ValueError: the interval ends before it begins, or an end has no time zone.
        """
        if self.since.tzinfo is None or self.until.tzinfo is None:
            raise ValueError(f"a time of the interval has no time zone: {self}")
        if self.until < self.since:
            raise ValueError(f"the interval ends before it begins: {self}")

    @property
    def width(self) -> timedelta:
        """Return the length of the interval."""
        return self.until - self.since

    def overlaps(self, other: "Interval") -> bool:
        """Whether the intervals have an instant in common."""
        return self.since < other.until and other.since < self.until


@dataclass(frozen=True, slots=True)
class DurationRange:
    """A duration that is known only as a range: it lies between two bounds (P9)."""

    shortest: timedelta
    longest: timedelta


def duration_range_between(start: Interval, end: Interval) -> DurationRange:
    """Return how long it takes, at least and at most, from `start` to `end`.

    Neither duration is negative, even if the intervals overlap.
    """
    zero = timedelta(0)
    return DurationRange(
        shortest=max(zero, end.since - start.until),
        longest=max(zero, end.until - start.since),
    )


def utc_from_epoch(seconds: float) -> datetime:
    """Convert seconds since 1970 to an aware UTC time."""
    return datetime.fromtimestamp(seconds, UTC)

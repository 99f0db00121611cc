"""Times are intervals, half-open, aware and UTC (P9)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """From `since` (within) to `until` (without); both aware, UTC."""

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        """Refuse an interval that ends before it begins.

        Raises:
            ValueError: for that, or for a time without a zone.
        """
        if self.since.tzinfo is None or self.until.tzinfo is None:
            raise ValueError("an interval needs aware times")
        if self.until < self.since:
            raise ValueError(f"interval ends before it begins: {self}")

    @property
    def width(self) -> timedelta:
        """How finely the time is known."""
        return self.until - self.since

    def overlaps(self, other: "Interval") -> bool:
        """Whether some instant lies in both."""
        return self.since < other.until and other.since < self.until


@dataclass(frozen=True, slots=True)
class Span:
    """A duration known only as a range (P9)."""

    shortest: timedelta
    longest: timedelta


def span_between(start: Interval, end: Interval) -> Span:
    """The shortest and the longest time from `start` to `end`, never negative."""
    zero = timedelta(0)
    return Span(
        shortest=max(zero, end.since - start.until),
        longest=max(zero, end.until - start.since),
    )


def from_epoch(seconds: float) -> datetime:
    """Seconds since 1970 as an aware UTC time."""
    return datetime.fromtimestamp(seconds, UTC)

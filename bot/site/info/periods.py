"""Weeks, months and quarters in UTC, named as in ISO 8601."""

from datetime import UTC, date, datetime, timedelta

from bot.model.interval import Interval


def week_of(at: datetime) -> str:
    """Return the ISO week that contains `at` (aware, UTC), such as `2026-W05`."""
    year, week, _ = at.isocalendar()
    return f"{year:04}-W{week:02}"


def month_of(at: datetime) -> str:
    """Return the month that contains `at` (aware, UTC), such as `2026-01`."""
    return f"{at:%Y-%m}"


def quarter_of(month: str) -> str:
    """Return the quarter of a month: `2026-Q1` for `2026-03`."""
    year, _, number = month.partition("-")
    return f"{year}-Q{(int(number) + 2) // 3}"


def months_of(quarter: str) -> tuple[str, str, str]:
    """Return the three months of a quarter."""
    year, _, number = quarter.partition("-Q")
    first = 3 * int(number) - 2
    return f"{year}-{first:02}", f"{year}-{first + 1:02}", f"{year}-{first + 2:02}"


def bounds_of(period: str) -> Interval:
    """Return the first instant of a week, month or quarter, and that of the next one.

    Raises:
        ValueError: there is no such period.
    """
    year, _, rest = period.partition("-")
    if rest.startswith("W"):
        # ISO 8601: a week begins on Monday; the first one has the year's first Thursday.
        monday = date.fromisocalendar(int(year), int(rest[1:]), 1)
        return _interval(monday, monday + timedelta(days=7))
    if rest.startswith("Q"):
        first, _, last = months_of(period)
        return Interval(bounds_of(first).since, bounds_of(last).until)
    month = int(rest)
    following = date(int(year) + month // 12, month % 12 + 1, 1)
    return _interval(date(int(year), month, 1), following)


def _interval(since: date, until: date) -> Interval:
    return Interval(
        datetime(since.year, since.month, since.day, tzinfo=UTC),
        datetime(until.year, until.month, until.day, tzinfo=UTC),
    )

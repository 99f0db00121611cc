"""Figures about the public list of outages, computed from its file."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

FILE = "data/labels/inetintel_outages_2018_2022.csv"
ORDERED = ("Government-Ordered", "Exams")
"""The causes in the list that are shutdowns ordered by a government."""
_FORMS = (
    "%A, %B %d, %Y, %I:%M:%S %p",
    "%A, %B %d, %Y, %I:%M %p",
    "%m/%d/%Y %I:%M:%S %p",
)
_SIGNALS = (
    "IODA BGP visible by human",
    "IODA AP visible by human",
    "IODA IBR visible by human",
)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Row:
    """One event of the list; a time that does not parse is None, never guessed."""

    country: str
    national: bool
    ordered: bool
    begin: datetime | None
    end: datetime | None
    signals: tuple[str, ...]


def read(path: Path) -> tuple[Row, ...]:
    """Return all rows of the list."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return tuple(_row(raw) for raw in csv.DictReader(stream))


def count_true(answers: Iterable[bool | None]) -> tuple[int, int]:
    """Return the number of True answers and of answers that are not None."""
    decided = [answer for answer in answers if answer is not None]
    return sum(decided), len(decided)


def on_half_hour(row: Row) -> bool | None:
    """Return whether the event began on the hour or half hour; None if unknown."""
    return None if row.begin is None else row.begin.minute in {0, 30}


def half_hours_long(row: Row) -> bool | None:
    """Return whether the event lasted a multiple of 30 minutes; None if unknown."""
    if row.begin is None or row.end is None or row.end <= row.begin:
        return None
    return (row.end - row.begin) % timedelta(minutes=30) == timedelta(0)


def all_signals(row: Row) -> bool | None:
    """Return whether routes, probing and telescope all showed the event; None: unknown."""
    complete = all(seen in {"TRUE", "FALSE"} for seen in row.signals)
    return all(seen == "TRUE" for seen in row.signals) if complete else None


def recurs(row: Row, rows: Iterable[Row]) -> bool | None:
    """Return whether the country's next national event began exactly 1, 2, 3 or 4 days later.

    None if the event is not national, its beginning is unknown, or no event is later.
    """
    if row.begin is None or not row.national:
        return None
    later = [
        other.begin
        for other in rows
        if other.begin is not None
        and other.national
        and other.country == row.country
        and other.begin > row.begin
    ]
    if not later:
        return None
    return min(later) - row.begin in {n * _DAY for n in range(1, 5)}


def _row(raw: dict[str, str]) -> Row:
    columns = {key.strip(): (value or "").strip() for key, value in raw.items() if key}
    scope = "Scope (based on granularity at which the outage appears in IODA)"
    return Row(
        country=columns["Country"],
        national=columns[scope] == "Country",
        ordered=columns["Cause"] in ORDERED,
        begin=_time(columns["Begin time"]),
        end=_time(columns["End time"]),
        signals=tuple(columns[name].upper() for name in _SIGNALS),
    )


def _time(text: str) -> datetime | None:
    plain = " ".join(text.split())
    for form in _FORMS:
        try:
            return datetime.strptime(plain, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None

"""Figures of the public list of outages, counted anew from its file."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

FILE = "data/labels/inetintel_outages_2018_2022.csv"
ORDERED = ("Government-Ordered", "Exams")
"""The list's causes that are orders."""
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
    """Every row of the list."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return tuple(_row(raw) for raw in csv.DictReader(stream))


def share(answers: Iterable[bool | None]) -> tuple[int, int]:
    """How many say yes, of how many that could be asked."""
    known = [answer for answer in answers if answer is not None]
    return sum(known), len(known)


def on_half_hour(row: Row) -> bool | None:
    """Whether it began on the hour or half hour."""
    return None if row.begin is None else row.begin.minute in {0, 30}


def half_hours_long(row: Row) -> bool | None:
    """Whether it lasted a multiple of 30 minutes."""
    if row.begin is None or row.end is None or row.end <= row.begin:
        return None
    return (row.end - row.begin) % timedelta(minutes=30) == timedelta(0)


def all_signals(row: Row) -> bool | None:
    """Whether it showed in routing, probing and telescope alike."""
    judged = all(seen in {"TRUE", "FALSE"} for seen in row.signals)
    return all(seen == "TRUE" for seen in row.signals) if judged else None


def recurs(row: Row, rows: Iterable[Row]) -> bool | None:
    """Whether the country's next national event began exactly 1 to 4 days later."""
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
    known = {key.strip(): (value or "").strip() for key, value in raw.items() if key}
    scope = "Scope (based on granularity at which the outage appears in IODA)"
    return Row(
        country=known["Country"],
        national=known[scope] == "Country",
        ordered=known["Cause"] in ORDERED,
        begin=_time(known["Begin time"]),
        end=_time(known["End time"]),
        signals=tuple(known[name].upper() for name in _SIGNALS),
    )


def _time(text: str) -> datetime | None:
    plain = " ".join(text.split())
    for form in _FORMS:
        try:
            return datetime.strptime(plain, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None

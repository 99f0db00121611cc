"""What truly happened, as far as somebody outside wrote it down.

Two forms are read: our own short table of labelled recordings, strictly; and the
curated list of outages behind "Destination Unreachable" (SIGCOMM 2023), of which
the good rows are kept and the others counted by what is wrong with them.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.errors import RecordingError
from bot.model.entity import Entity, parse_entity

HEADER = ("recording", "entity", "start", "end", "cause", "source", "use")
_BEGIN, _END = "Begin time", "End time"
_SCOPE = "Scope (based on granularity at which the outage appears in IODA)"
_SIGNALS = {
    "bgp": "IODA BGP visible by human",
    "active-probing": "IODA AP visible by human",
    "telescope": "IODA IBR visible by human",
}
_NEEDED = (_BEGIN, _END, "Country", _SCOPE, "Cause", *_SIGNALS.values())
_FORMS = ("%B %d %Y %I:%M:%S %p", "%B %d %Y %I:%M %p", "%m/%d/%Y %I:%M:%S %p")
_MARKS = {"true": True, "ture": True, "false": False}


@dataclass(frozen=True, slots=True)
class Label:
    """One event that is known to have happened.

    Attributes:
        start, end: aware, UTC; `end` is None where it is not known.
        use: what the label may be used for, in the table's own words, split at ";".
    """

    recording: str
    entity: Entity
    start: datetime
    end: datetime | None
    cause: str
    source: str
    use: tuple[str, ...]

    @property
    def timed(self) -> bool:
        """Whether its beginning is exact enough to measure a delay from."""
        return "not time-to-detect" not in self.use

    @property
    def ends_known(self) -> bool:
        """Whether its end may be used to measure the delay of the all-clear."""
        return "restore" in self.use and self.end is not None


@dataclass(frozen=True, slots=True)
class Outage:
    """One row of the curated list.

    Attributes:
        begin, end: UTC, as the list's own links to graphs show.
        country: its name as it was written; scope: `Country`, `Region (NAME)`, ...
        visible: by signal whether people saw it drop; None where not told.
    """

    id: str
    line: int
    begin: datetime
    end: datetime
    country: str
    scope: str
    cause: str
    confirmation: str
    visible: Mapping[str, bool | None]


@dataclass(frozen=True, slots=True)
class Curated:
    """The good rows, and how many were left out for which reason."""

    outages: tuple[Outage, ...]
    left_out: Mapping[str, int]


def read_labels(text: str, where: str) -> tuple[Label, ...]:
    """Read the table of labelled recordings.

    Args:
        text: CSV with the header `recording,entity,start,end,cause,source,use`.
        where: what the file is called in messages.

    Raises:
        RecordingError: naming `where`, the line and what is wrong with it.
    """
    lines = csv.reader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True
    )
    found: list[Label] = []
    try:
        if tuple(next(lines, ())) != HEADER:
            raise RecordingError(f"{where}:1: the header must be {','.join(HEADER)}")
        found.extend(_label(fields) for fields in lines if fields)
    except (ValueError, csv.Error) as error:
        raise RecordingError(f"{where}:{lines.line_num}: {error}") from error
    if len(set(found)) < len(found):
        raise RecordingError(f"{where}: one label stands in it twice")
    return tuple(found)


def _label(fields: list[str]) -> Label:
    if len(fields) != len(HEADER):
        raise ValueError(f"{len(HEADER)} fields expected, {len(fields)} found")
    recording, entity, start, end, cause, source, use = (f.strip() for f in fields)
    if not recording or not use:
        raise ValueError("a label needs its recording and what it may be used for")
    begins, ends = _time(start), _time(end) if end else None
    if ends is not None and ends <= begins:
        raise ValueError(f"it ends ({end}) before it begins ({start})")
    told = tuple(part.strip() for part in use.split(";"))
    return Label(recording, parse_entity(entity), begins, ends, cause, source, told)


def _time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"not a time: {text!r}") from None
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone: {text!r} (end it with Z)")
    return at.astimezone(UTC)


def read_inetintel(text: str, where: str) -> Curated:
    """Read the curated list of outages; bad rows are left out and counted.

    Args:
        text: the CSV, with or without its byte order mark and blank tail columns.
        where: what the file is called in messages.

    Raises:
        RecordingError: it is not that list.
    """
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    names = [name.strip() for name in next(lines, [])]
    lacking = [name for name in _NEEDED if name not in names]
    if lacking:
        raise RecordingError(
            f"{where}:1: no column {lacking[0]!r}: not the curated list"
        )
    good: list[Outage] = []
    bad: Counter[str] = Counter()
    for line, row in _rows(lines, names):
        found = _outage(row, line)
        if isinstance(found, Outage):
            good.append(found)
        else:
            bad[found] += 1
    return Curated(tuple(good), dict(sorted(bad.items())))


def _rows(
    lines: Iterable[list[str]], names: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows by column; columns without a name are left out, and so are empty rows."""
    for line, fields in enumerate(lines, start=2):
        pairs = zip(names, fields, strict=False)
        row = {name: value.strip() for name, value in pairs if name}
        if any(row.values()):
            yield line, row


def _outage(row: Mapping[str, str], line: int) -> Outage | str:
    """The row as an outage, or why it is none."""
    begin, end = _written(row.get(_BEGIN, "")), _written(row.get(_END, ""))
    if begin is None or end is None:
        told = {row.get(key, "").upper() for key in (_BEGIN, _END)}
        return "no-time" if told & {"", "N/A", "NA"} else "time-not-readable"
    if end <= begin:
        return "ends-before-it-begins" if end < begin else "ends-as-it-begins"
    return Outage(
        id=row.get("ID", ""),
        line=line,
        begin=begin,
        end=end,
        country=row.get("Country", ""),
        scope=row.get(_SCOPE, ""),
        cause=row.get("Cause", "") or "Unknown",
        confirmation=row.get("Confirmation Status", ""),
        visible={k: _MARKS.get(row.get(c, "").lower()) for k, c in _SIGNALS.items()},
    )


def _written(text: str) -> datetime | None:
    """`Monday, May 28, 2018, 9:00 AM` and its variants; None for anything else."""
    plain = re.sub(r"^[A-Za-z]+day,?\s+", "", text.strip())
    plain = re.sub(r":\s+(?=[AP]M$)", " ", " ".join(plain.replace(",", " ").split()))
    for form in _FORMS:
        try:
            return datetime.strptime(plain, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None

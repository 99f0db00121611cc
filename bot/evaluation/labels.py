"""Labels: the ground truth, as outside sources documented it.

Two formats are read. Our own table of labelled recordings is read strictly: one bad
row is an error. The other format is that of the curated list of outages behind
"Destination Unreachable" (SIGCOMM 2023). We cannot correct this list, so its bad rows
are skipped and counted by reason.
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
_BEGIN_COLUMN, _END_COLUMN = "Begin time", "End time"
_SCOPE_COLUMN = "Scope (based on granularity at which the outage appears in IODA)"
_SIGNAL_COLUMNS = {
    "bgp": "IODA BGP visible by human",
    "active-probing": "IODA AP visible by human",
    "telescope": "IODA IBR visible by human",
}
_REQUIRED_COLUMNS = (
    _BEGIN_COLUMN,
    _END_COLUMN,
    "Country",
    _SCOPE_COLUMN,
    "Cause",
    *_SIGNAL_COLUMNS.values(),
)
_TIME_FORMATS = ("%B %d %Y %I:%M:%S %p", "%B %d %Y %I:%M %p", "%m/%d/%Y %I:%M:%S %p")
# "ture" is a misspelling in the curated list.
_BOOLEANS = {"true": True, "ture": True, "false": False}


@dataclass(frozen=True, slots=True)
class Label:
    """One event that is known to have happened.

    Attributes:
        recording: the name of the recording that shows the event.
        start, end: when the event began and ended; aware, UTC. `end` is None if it is
            not known.
        use: what the label may be used for, such as "detect" and "restore", and what it
            may not be used for ("not time-to-detect"); separated by ";" in the table.
    """

    recording: str
    entity: Entity
    start: datetime
    end: datetime | None
    cause: str
    source: str
    use: tuple[str, ...]

    @property
    def has_exact_onset(self) -> bool:
        """Whether the label's start is exact enough to measure the time to detect."""
        return "not time-to-detect" not in self.use

    @property
    def has_exact_end(self) -> bool:
        """Whether the label's end is known, and exact enough to measure the time to restore."""
        return "restore" in self.use and self.end is not None


@dataclass(frozen=True, slots=True)
class CuratedOutage:
    """One row of the curated list.

    Attributes:
        line: the number of the row; the header is row 1.
        begin, end: when the outage began and ended; aware, UTC. The list does not name
            a time zone, but its links to graphs use UTC.
        country: the country's name in the list, not a code.
        scope: `Country`, `Region (NAME)`, ...
        visible: for each signal, whether a person saw a drop; None if the list does not
            say.
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
class CuratedList:
    """The readable rows of the curated list, and how many were skipped for each reason."""

    outages: tuple[CuratedOutage, ...]
    skipped: Mapping[str, int]


def read_labels(text: str, file_name: str) -> tuple[Label, ...]:
    """Return the labels in our own table of labelled recordings.

    Args:
        text: CSV with the header `recording,entity,start,end,cause,source,use`.
        file_name: the file's name, for error messages.

    Raises:
        RecordingError: the text is not such a table, or lists a label twice. The
            message names the file and, for a wrong row, its line.
    """
    lines = csv.reader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True
    )
    labels: list[Label] = []
    try:
        if tuple(next(lines, ())) != HEADER:
            raise RecordingError(
                f"{file_name}:1: the header must be {','.join(HEADER)}"
            )
        labels.extend(_parse_label(fields) for fields in lines if fields)
    except (ValueError, csv.Error) as error:
        raise RecordingError(f"{file_name}:{lines.line_num}: {error}") from error
    # A repeated label is refused: an event matches only one label, so the second copy
    # would always count as a miss.
    if len(set(labels)) < len(labels):
        raise RecordingError(f"{file_name}: a label is listed twice; keep one row")
    return tuple(labels)


def _parse_label(fields: list[str]) -> Label:
    if len(fields) != len(HEADER):
        raise ValueError(f"{len(HEADER)} fields expected, {len(fields)} found")
    recording, entity, start, end, cause, source, use = (f.strip() for f in fields)
    if not recording or not use:
        raise ValueError(
            "a label needs a recording, and at least one use in the column 'use'"
        )
    begins, ends = _parse_time(start), _parse_time(end) if end else None
    if ends is not None and ends <= begins:
        raise ValueError(
            f"the end of a label ({end}) must be after its start ({start})"
        )
    uses = tuple(part.strip() for part in use.split(";"))
    return Label(recording, parse_entity(entity), begins, ends, cause, source, uses)


def _parse_time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"not an ISO 8601 time: {text!r}") from None
    # A time without a zone is refused: it may be a local time. Read as UTC, it would
    # shift the label by hours, and a detected outage would count as a miss.
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone: {text!r}; append Z for UTC")
    return at.astimezone(UTC)


def read_inetintel(text: str, file_name: str) -> CuratedList:
    """Return the content of InetIntel's curated list; bad rows are skipped and counted.

    Args:
        text: the CSV, with or without a byte order mark and blank columns at the end.
        file_name: the file's name, for error messages.

    Raises:
        RecordingError: the header lacks a required column.
    """
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    names = [name.strip() for name in next(lines, [])]
    # The columns are looked up by name, because the list has other columns too, and
    # blank ones at the end.
    missing = [name for name in _REQUIRED_COLUMNS if name not in names]
    if missing:
        raise RecordingError(
            f"{file_name}:1: no column {missing[0]!r}; pass InetIntel's curated list"
        )
    good: list[CuratedOutage] = []
    bad: Counter[str] = Counter()
    # Skipped rows are counted, so that the rows read and the rows skipped add up to the
    # whole list.
    for line, row in _rows_by_column(lines, names):
        outage = _parse_outage(row, line)
        if isinstance(outage, CuratedOutage):
            good.append(outage)
        else:
            bad[outage] += 1
    return CuratedList(tuple(good), dict(sorted(bad.items())))


def _rows_by_column(
    lines: Iterable[list[str]], names: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row with its number; the header is row 1, and empty rows are skipped.

    Columns without a name are left out.
    """
    for line, fields in enumerate(lines, start=2):
        pairs = zip(names, fields, strict=False)
        row = {name: value.strip() for name, value in pairs if name}
        if any(row.values()):
            yield line, row


def _parse_outage(row: Mapping[str, str], line: int) -> CuratedOutage | str:
    """Return the outage in a row; for a row to skip, return the reason."""
    begin, end = (
        _parse_curated_time(row.get(_BEGIN_COLUMN, "")),
        _parse_curated_time(row.get(_END_COLUMN, "")),
    )
    if begin is None or end is None:
        times = {row.get(key, "").upper() for key in (_BEGIN_COLUMN, _END_COLUMN)}
        return "no-time" if times & {"", "N/A", "NA"} else "time-not-readable"
    if end <= begin:
        return "ends-before-it-begins" if end < begin else "ends-as-it-begins"
    return CuratedOutage(
        id=row.get("ID", ""),
        line=line,
        begin=begin,
        end=end,
        country=row.get("Country", ""),
        scope=row.get(_SCOPE_COLUMN, ""),
        cause=row.get("Cause", "") or "Unknown",
        confirmation=row.get("Confirmation Status", ""),
        visible={
            k: _BOOLEANS.get(row.get(c, "").lower()) for k, c in _SIGNAL_COLUMNS.items()
        },
    )


def _parse_curated_time(text: str) -> datetime | None:
    """Return the time in a text such as `Monday, May 28, 2018, 9:00 AM`; UTC.

    The result is None if the text has none of the forms that the list uses.
    """
    cleaned = re.sub(r"^[A-Za-z]+day,?\s+", "", text.strip())
    cleaned = re.sub(
        r":\s+(?=[AP]M$)", " ", " ".join(cleaned.replace(",", " ").split())
    )
    for time_format in _TIME_FORMATS:
        try:
            return datetime.strptime(cleaned, time_format).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None

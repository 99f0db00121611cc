"""Adjudications: a person's judgements of events that match no label.

Labels are incomplete, so an event that matches none may be false, or true and
unlabelled. The adjudication sheet is a CSV file that lists every such event. A person
enters true, false or unknown, a name and a source, and keeps the sheet in the folder
of the labels. The next backtest reads it there.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import RecordingError
from bot.evaluation.matching import Detection
from bot.evaluation.metrics import Ratio, Score, proportion
from bot.site.data_files import plain_text, spreadsheet_text

HEADER = (
    *("recording", "incident", "entity", "scope", "from", "until", "said"),
    *("verdict", "by", "source"),
)
_TIME = "%Y-%m-%dT%H:%M:%SZ"


class Adjudication(StrEnum):
    """How a person judged an event; empty if nobody has judged it yet."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"
    PENDING = ""


@dataclass(frozen=True, slots=True)
class AdjudicatedEvent:
    """A person's judgement of one event.

    Attributes:
        ruling: the judgement.
        by: the person's name; empty if nobody has judged the event.
        source: the evidence for the judgement.
    """

    ruling: Adjudication = Adjudication.PENDING
    by: str = ""
    source: str = ""


EventKey = tuple[str, str]
"""The name of the recording and the id of the incident."""
Adjudications = Mapping[EventKey, AdjudicatedEvent]


@dataclass(frozen=True, slots=True)
class AdjudicatedPrecision:
    """Two shares of true events, computed from labels and adjudications.

    Attributes:
        precision: the share of true events among the events with a label and those
            judged as true or false.
        at_least: the share of true events if all events judged as unknown, or not yet
            judged, count as false; None if there are no events.
        counts: for each adjudication, the number of events without a label.
    """

    precision: Ratio
    at_least: float | None
    counts: Mapping[Adjudication, int]


def read_adjudications(text: str, where: str) -> dict[EventKey, AdjudicatedEvent]:
    """Return the adjudications of a filled-in sheet.

    Args:
        text: CSV as `adjudication_sheet` writes it; a byte order mark is accepted,
            because spreadsheet programs add one.
        where: the file's name, for error messages.

    Raises:
        RecordingError: the text is not an adjudication sheet, or lists an incident
            twice. The message names the file and, for a wrong row, its line.
    """
    # The reader is strict: otherwise a stray quote would join cells or rows without an
    # error.
    lines = csv.reader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True
    )
    rows: list[tuple[EventKey, AdjudicatedEvent]] = []
    try:
        if tuple(next(lines, ())) != HEADER:
            raise RecordingError(f"{where}:1: the header must be {','.join(HEADER)}")
        rows.extend(_parse_row(fields) for fields in lines if fields)
    except (ValueError, csv.Error) as error:
        raise RecordingError(f"{where}:{lines.line_num}: {error}") from error
    # A repeated incident is refused, because its last row would replace the first one
    # without an error.
    if len(dict(rows)) < len(rows):
        raise RecordingError(f"{where}: an incident is listed twice; keep one row")
    return dict(rows)


def _parse_row(fields: list[str]) -> tuple[EventKey, AdjudicatedEvent]:
    if len(fields) != len(HEADER):
        raise ValueError(f"{len(HEADER)} fields expected, {len(fields)} found")
    cells = (plain_text(field.strip()) for field in fields)
    row = dict(zip(HEADER, cells, strict=True))
    try:
        ruling = Adjudication(row["verdict"].casefold())
    except ValueError:
        raise ValueError(
            f"verdict must be true, false, unknown or empty, not {row['verdict']!r}"
        ) from None
    # A judgement needs a name and evidence, so that a reader can check it (P17).
    if ruling in {Adjudication.TRUE, Adjudication.FALSE} and not (
        row["by"] and row["source"]
    ):
        raise ValueError(
            "a verdict of true or false needs a name in the column `by` and evidence"
            " in the column `source`"
        )
    event = AdjudicatedEvent(ruling, row["by"], row["source"])
    return (row["recording"], row["incident"]), event


def adjudication_sheet(
    unmatched: Iterable[Detection], adjudications: Adjudications
) -> str:
    """Return the CSV sheet: one row for each unmatched event, with its adjudication."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for d in unmatched:
        event = adjudications.get((d.recording, d.key), AdjudicatedEvent())
        row = (
            *(d.recording, d.key, d.place, d.scope),
            *(d.period.since.strftime(_TIME), d.period.until.strftime(_TIME)),
            "confirmed" if d.confirmed_at else "suspected",
            *(event.ruling, event.by, event.source),
        )
        writer.writerow(spreadsheet_text(str(cell)) for cell in row)
    return out.getvalue()


def adjudicated_precision(
    score: Score, adjudications: Adjudications
) -> AdjudicatedPrecision:
    """Return the precision of `score`, using the adjudications of unmatched events."""
    events = [
        adjudications.get((d.recording, d.key), AdjudicatedEvent())
        for d in score.unmatched
    ]
    # A missing adjudication counts as pending, so a new event lowers `at_least`.
    counts = {r: sum(event.ruling is r for event in events) for r in Adjudication}
    labelled = score.count("true_positives")
    true = labelled + counts[Adjudication.TRUE]
    total = labelled + len(events)
    return AdjudicatedPrecision(
        precision=proportion(true, true + counts[Adjudication.FALSE]),
        at_least=true / total if total else None,
        counts=counts,
    )

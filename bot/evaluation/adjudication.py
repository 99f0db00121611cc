"""What people found out about events that no label tells of.

Labels are incomplete: what matches none may be false, or true and unlabelled. The
sheet lists every such event; a person writes true, false or unknown beside it, with
a name and a source, and keeps the sheet beside the labels for the next run.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import RecordingError
from bot.evaluation.matching import Detection
from bot.evaluation.metrics import Ratio, Score, share_of

HEADER = (
    *("recording", "incident", "entity", "scope", "from", "until", "said"),
    *("verdict", "by", "source"),
)
_TIME = "%Y-%m-%dT%H:%M:%SZ"


class Adjudication(StrEnum):
    """What an audit came to; an empty cell is an audit still to be made."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"
    OPEN = ""


@dataclass(frozen=True, slots=True)
class AdjudicatedEvent:
    """One person's ruling about one event; `source`: how they know."""

    ruling: Adjudication = Adjudication.OPEN
    by: str = ""
    source: str = ""


Key = tuple[str, str]
"""Recording and incident."""
Audits = Mapping[Key, AdjudicatedEvent]


@dataclass(frozen=True, slots=True)
class AuditedPrecision:
    """How many of all events told of were true, as far as people looked.

    Attributes:
        precision: true ones among those labelled or audited as true or false.
        at_least: the same with everything unknown or not yet audited taken as false.
        counts: events that no label tells of, by ruling.
    """

    precision: Ratio
    at_least: float | None
    counts: Mapping[Adjudication, int]


def read_audits(text: str, where: str) -> dict[Key, AdjudicatedEvent]:
    """Read a sheet, filled in.

    Raises:
        RecordingError: naming `where`, the line and what is wrong with it.
    """
    lines = csv.reader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True
    )
    found: list[tuple[Key, AdjudicatedEvent]] = []
    try:
        if tuple(next(lines, ())) != HEADER:
            raise RecordingError(f"{where}:1: the header must be {','.join(HEADER)}")
        found.extend(_audit(fields) for fields in lines if fields)
    except (ValueError, csv.Error) as error:
        raise RecordingError(f"{where}:{lines.line_num}: {error}") from error
    if len(dict(found)) < len(found):
        raise RecordingError(f"{where}: one incident stands in it twice")
    return dict(found)


def _audit(fields: list[str]) -> tuple[Key, AdjudicatedEvent]:
    if len(fields) != len(HEADER):
        raise ValueError(f"{len(HEADER)} fields expected, {len(fields)} found")
    told = dict(zip(HEADER, (f.strip() for f in fields), strict=True))
    try:
        ruling = Adjudication(told["verdict"].casefold())
    except ValueError:
        raise ValueError(
            f"a verdict is true, false, unknown or empty, not {told['verdict']!r}"
        ) from None
    if ruling in {Adjudication.TRUE, Adjudication.FALSE} and not (
        told["by"] and told["source"]
    ):
        raise ValueError("a verdict needs who gives it and how they know")
    audit = AdjudicatedEvent(ruling, told["by"], told["source"])
    return (told["recording"], told["incident"]), audit


def sheet(unmatched: Iterable[Detection], audits: Audits) -> str:
    """The table to fill in: one line an event, what is known of it already there."""
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(HEADER)
    for d in unmatched:
        audit = audits.get((d.recording, d.key), AdjudicatedEvent())
        lines.writerow(
            (
                *(d.recording, d.key, d.place, d.scope),
                *(d.when.since.strftime(_TIME), d.when.until.strftime(_TIME)),
                "confirmed" if d.confirmed_at else "suspected",
                *(audit.ruling, audit.by, audit.source),
            )
        )
    return out.getvalue()


def audited(score: Score, audits: Audits) -> AuditedPrecision:
    """The precision of `score` with what people found out about its unmatched events."""
    told = [
        audits.get((d.recording, d.key), AdjudicatedEvent()) for d in score.unmatched
    ]
    counts = {r: sum(a.ruling is r for a in told) for r in Adjudication}
    true = score.count("found") + counts[Adjudication.TRUE]
    every = score.count("found") + len(told)
    return AuditedPrecision(
        precision=share_of(true, true + counts[Adjudication.FALSE]),
        at_least=true / every if every else None,
        counts=counts,
    )

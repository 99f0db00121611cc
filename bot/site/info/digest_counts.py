"""What a digest says of a period: counts, durations, and what could not be seen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.model.incident import State
from bot.model.interval import DurationRange
from bot.model.verdict import Severity
from bot.site.info.list_files import Row


@dataclass(frozen=True, slots=True)
class DigestCounts:
    """The counts of a period.

    Attributes:
        incidents: the incidents that began in the period, oldest first, without those
            that were retracted.
        retracted: the incidents that began in the period and were retracted.
        corrections: the corrections and retractions that were made in the period.
        confirmed: how many incidents were confirmed at some time.
        lasting: how many incidents are not over, as far as is known.
        by_class: how many incidents have each class, the most frequent first.
        by_severity: how many incidents have each severity, the worst first.
        durations: how long the shortest, the median and the longest of those took that
            are over; empty if none is.
        over: how many incidents are over.
        blind: the incidents during which sources could not be read or judged.
    """

    incidents: Sequence[Row]
    retracted: Sequence[Row]
    corrections: Sequence[Row]
    confirmed: int
    lasting: int
    by_class: Mapping[str, int]
    by_severity: Mapping[str, int]
    durations: tuple[DurationRange, ...]
    over: int
    blind: Sequence[Row]


def count_rows(rows: Sequence[Row]) -> DigestCounts:
    """Count the rows of a period, which are ordered by time."""
    all_incidents = [row for row in rows if row["role"] == "incident"]
    incidents = [row for row in all_incidents if row["state"] != State.RETRACTED]
    over = [row for row in incidents if row["state"] == State.RESTORED]
    classes = Counter(row["class"] for row in incidents)
    severities = Counter(row["severity"] for row in incidents)
    return DigestCounts(
        incidents=incidents,
        retracted=[row for row in all_incidents if row["state"] == State.RETRACTED],
        corrections=[row for row in rows if row["role"] == "correction"],
        confirmed=sum(row["confirmed"] for row in incidents),
        lasting=len(incidents) - len(over),
        # Equal counts are ordered by name, so that the page is always the same (P14).
        by_class=dict(sorted(classes.items(), key=lambda item: (-item[1], item[0]))),
        by_severity={s: severities[s] for s in reversed(Severity) if severities[s]},
        durations=_durations(over),
        over=len(over),
        blind=[row for row in incidents if row["unseen"]],
    )


def _durations(over: Sequence[Row]) -> tuple[DurationRange, ...]:
    """Return the shortest, the median and the longest duration, each as a range.

    Each is the duration of an incident. Of an even number of incidents, the median is the
    lower one of the two in the middle.
    """
    spans = sorted(row["lasted"] for row in over if row["lasted"])
    if not spans:
        return ()
    chosen = spans[0], spans[(len(spans) - 1) // 2], spans[-1]
    return tuple(
        DurationRange(timedelta(seconds=shortest), timedelta(seconds=longest))
        for shortest, longest in chosen
    )

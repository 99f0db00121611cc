"""What a place's history shows: incidents by class and by part of the year."""

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.model.classification import ClassKind
from bot.model.entity import Entity
from bot.model.incident import State
from bot.model.interval import DurationRange
from bot.text.causes import class_name
from bot.text.times import TimeFormatter

_LEAST = 3
"""Of fewer incidents than this, nothing but their number is given."""
Row = Mapping[str, Any]


def history_counts(
    rows: Sequence[Row], place: Entity | None, times: TimeFormatter
) -> dict[str, Any] | None:
    """Return the counts of a place's own incidents; None if it has none.

    Drills, retracted incidents, and those that were never confirmed are left out: of
    these, it is not known that anything was down (P7).

    Args:
        rows: the rows of the history.
        place: the place; other rows are about its parts.
        times: formats durations; its time zone is that of the place.

    Returns:
        `count`; `classes`: each with its name, its count, and the median and the longest
        duration of those that ended, None if fewer than three did; `seasons`: each
        quarter of the year with its name and count, empty if there are fewer than three
        incidents. All are for readers, in the language of `times`.
    """
    own = [row for row in rows if _counts(row, place)]
    if not own:
        return None
    by_class: dict[ClassKind, list[Row]] = {}
    for row in own:
        by_class.setdefault(_class_of(row), []).append(row)
    # Equal counts are ordered by class, so that the page is always the same (P14).
    ordered = sorted(by_class.items(), key=lambda item: (-len(item[1]), item[0]))
    return {
        "count": len(own),
        "classes": [_class_counts(kind, same, times) for kind, same in ordered],
        "seasons": _seasons(own, times) if len(own) >= _LEAST else [],
    }


def median_range(spans: Sequence[DurationRange]) -> DurationRange:
    """Return the medians of the shortest and of the longest possible durations."""
    return DurationRange(
        _median([span.shortest for span in spans]),
        _median([span.longest for span in spans]),
    )


def longest_range(spans: Sequence[DurationRange]) -> DurationRange:
    """Return the duration that is the longest at most."""
    return max(spans, key=lambda span: (span.longest, span.shortest))


def span_of(row: Row) -> DurationRange | None:
    """Return how long an incident lasted; None if it did not end, or was retracted."""
    if not row["down_s"]:
        return None
    return DurationRange(*(timedelta(seconds=s) for s in row["down_s"]))


def _counts(row: Row, place: Entity | None) -> bool:
    is_real = not row["drill"] and row["state"] != State.RETRACTED
    return is_real and row["confirmed"] and row["entity"] == str(place)


def _class_of(row: Row) -> ClassKind:
    """Return the class; `UNKNOWN` also if an earlier version wrote the row."""
    try:
        return ClassKind(str(row.get("class")))
    except ValueError:
        return ClassKind.UNKNOWN


def _class_counts(
    kind: ClassKind, rows: Sequence[Row], times: TimeFormatter
) -> dict[str, Any]:
    spans = [span for span in map(span_of, rows) if span is not None]
    has_enough = len(spans) >= _LEAST
    return {
        "id": str(kind),
        "name": class_name(times.translations, kind),
        "count": len(rows),
        "median": times.duration(median_range(spans)) if has_enough else None,
        "longest": times.duration(longest_range(spans)) if has_enough else None,
    }


def _seasons(rows: Sequence[Row], times: TimeFormatter) -> list[dict[str, Any]]:
    """Return the quarters of the year in which incidents began, with their counts."""
    quarters = Counter(_quarter(row, times) for row in rows)
    translate = times.translations.translate
    return [
        {"name": translate("history", f"quarter{quarter}"), "count": quarters[quarter]}
        for quarter in sorted(quarters)
    ]


def _quarter(row: Row, times: TimeFormatter) -> int:
    began = times.local(datetime.fromisoformat(row["onset"]["from"]))
    return (began.month + 2) // 3


def _median(spans: Sequence[timedelta]) -> timedelta:
    return timedelta(seconds=statistics.median(s.total_seconds() for s in spans))

"""The data behind a picture, with credit and licence in every row (P4, P13)."""

import csv
import io
from collections.abc import Iterator

import numpy as np

from bot.charts.data import percent_of, within
from bot.model.incident import Evidence, Facts, Trace
from bot.model.interval import Interval, from_epoch

HEADER = (
    "time",
    "entity",
    "signal",
    "value",
    "expected",
    "percent_of_ordinary",
    "basis",
    "credit",
    "licence",
)


def write_csv(evidence: Evidence, facts: Facts, window: Interval) -> str:
    """Every trace within `window`; `time` is the start of a bin, UTC.

    A missing reading is an empty field, never a zero (P5). `basis` says whether
    the row was measured or reconstructed.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    for trace in evidence.traces:
        writer.writerows(_rows(trace, facts, window))
    return stream.getvalue()


def _rows(trace: Trace, facts: Facts, window: Interval) -> Iterator[tuple[str, ...]]:
    named = {c.signal: (c.text, c.licence) for c in facts.credits}
    credit = named.get(trace.signal, ("", ""))
    basis = "reconstruction" if facts.reconstruction else "measured"
    basis = "drill" if facts.drill else basis
    percent = percent_of(trace)
    part = within(trace, window)
    for number in range(part.start, part.stop):
        start = from_epoch(trace.first.timestamp() + number * trace.step_s)
        yield (
            start.strftime("%Y-%m-%dT%H:%M:%SZ"),
            str(trace.entity),
            trace.signal,
            _number(trace.values[number]),
            _number(trace.expected[number]),
            _number(float(percent[number])),
            basis,
            *credit,
        )


def _number(value: float | None) -> str:
    """Ten digits: enough to round to the same percent as everywhere else."""
    if value is None or not np.isfinite(value):
        return ""
    return f"{value:.10g}"

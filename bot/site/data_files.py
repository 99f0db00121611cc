"""The CSV file behind a chart, with credit and licence in every row (P4, P13)."""

import csv
import io
import math
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache

from bot.charts.data import bins_within, gather_curves, percent_of
from bot.charts.illustrator import Illustrator
from bot.errors import RenderingError
from bot.model.event import Facts, IncidentEvent
from bot.model.incident import Evidence, Trace
from bot.model.interval import Interval, utc_from_epoch

_SECONDS = len("2022-01-05T10:30:00")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MARKED_STARTS = tuple(f"'{start}" for start in _FORMULA_STARTS)
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


def csv_text(evidence: Evidence, facts: Facts, window: Interval) -> str:
    """Return the text of a CSV file with the bins of all traces within `window`.

    The column `time` has the start of the bin, in UTC. A missing reading is an empty
    field, never zero (P5). The column `basis` is `measured`, `reconstruction` or
    `drill`.
    """
    lines = [_csv_line(HEADER)]
    for trace in evidence.traces:
        lines += _lines(trace, facts, window)
    return "".join(f"{line}\n" for line in lines)


def _lines(trace: Trace, facts: Facts, window: Interval) -> Iterator[str]:
    credits_by_signal = {c.signal: (c.text, c.licence) for c in facts.sources.credits}
    credit = credits_by_signal.get(trace.signal, ("", ""))
    basis = "reconstruction" if facts.reconstruction else "measured"
    # A drill may replay a reconstruction. The rows then say only "drill", which is the
    # more important warning.
    basis = "drill" if facts.drill else basis
    # Only these fields may need quotes. They are equal in all lines of a trace, so they
    # are formatted once.
    series, origin = (
        _csv_line((str(trace.entity), trace.signal)),
        _csv_line((basis, *credit)),
    )
    bins = bins_within(trace, window)
    starts = range(bins.start * trace.step_s, bins.stop * trace.step_s, trace.step_s)
    columns = (trace.values, trace.expected, percent_of(trace).tolist())
    for time, value, expected, percent in zip(
        _times(trace.first, starts), *(column[bins] for column in columns), strict=True
    ):
        numbers = f"{_number(value)},{_number(expected)},{_number(percent)}"
        yield f"{time},{series},{numbers},{origin}"


def _csv_line(fields: Iterable[str]) -> str:
    """Join the fields of a line with commas, with quotes where CSV needs them."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="").writerow(map(spreadsheet_text, fields))
    return stream.getvalue()


def spreadsheet_text(field: str) -> str:
    """Return a field in a form that no spreadsheet takes for a formula.

    An apostrophe is put before a field that begins like a formula: spreadsheets then
    show the field as text (OWASP, "CSV Injection").
    """
    return f"'{field}" if field.startswith(_FORMULA_STARTS) else field


def plain_text(field: str) -> str:
    """Return the text from which `spreadsheet_text` made `field`."""
    return field[1:] if field.startswith(_MARKED_STARTS) else field


# The results are cached, because many series of an event have the same bins.
@lru_cache(maxsize=8)
def _times(first: datetime, starts: range) -> tuple[str, ...]:
    """Return the times `starts` seconds after `first`, as ISO 8601 text in UTC."""
    first_s = first.timestamp()
    # `isoformat` gives the same text as `strftime` in a third of the time.
    return tuple(
        f"{utc_from_epoch(first_s + start).isoformat()[:_SECONDS]}Z" for start in starts
    )


def _number(value: float | None) -> str:
    """Format a number with ten digits; return "" if it is missing or not finite.

    With ten digits, a percentage that a reader rounds is the same as in the texts.
    """
    if value is None or not math.isfinite(value):
        return ""
    return f"{value:.10g}"


def data_window(
    event: IncidentEvent, evidence: Evidence, illustrator: Illustrator
) -> Interval:
    """Return the time window of an event's CSV file: the window of its chart.

    Without a chart, the window is from the first bin to the as-of time.
    """
    translations, register = illustrator.translations, illustrator.register
    try:
        return gather_curves(evidence, event.facts, translations, register).window
    except RenderingError:
        first = min(trace.first for trace in evidence.traces)
        as_of = event.facts.timing.as_of
        return Interval(min(first, as_of), as_of)

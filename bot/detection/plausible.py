"""Refuses readings that are higher than a signal can measure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from bot.model.interval import Interval
from bot.model.signal import Chunk, Gap, ParsedAnswer, Signal

ABOVE_MAXIMUM = "reading-above-maximum"
"""The reason that is stored with the gap that replaces a refused reading."""


def refuse_implausible(
    parsed: ParsedAnswer, signals: Mapping[str, Signal]
) -> ParsedAnswer:
    """Replace each reading above its signal's maximum by a gap with a reason.

    The reading becomes missing. It is not lowered to the maximum, because the maximum
    was not measured (P5). The raw response stays in the store (P3).

    Args:
        parsed: the readings of one response; returned unchanged if all are plausible.
        signals: the signals, by id.

    Raises:
        KeyError: a signal of `parsed` is not in `signals`.
    """
    refused = {
        number: above
        for number, chunk in enumerate(parsed.chunks)
        if (above := chunk.values > signals[chunk.signal].maximum).any()
    }
    if not refused:
        return parsed
    chunks, gaps = list(parsed.chunks), list(parsed.gaps)
    for number, above in refused.items():
        chunk = chunks[number]
        values = np.where(above, np.float32(np.nan), chunk.values)
        chunks[number] = replace(chunk, values=values)
        gaps += _gaps(chunk, np.flatnonzero(above).tolist(), signals[chunk.signal])
    return ParsedAnswer(tuple(chunks), tuple(gaps))


def _gaps(chunk: Chunk, columns: list[int], signal: Signal) -> Iterator[Gap]:
    """Yield one gap for each run of consecutive numbers in `columns`.

    `columns` has the positions of the chunk's refused values, ascending.
    """
    first = columns[0]
    # -1 is never one more than a column, so it ends the last run.
    for column, following in zip(columns, [*columns[1:], -1], strict=True):
        if following == column + 1:
            continue
        since = signal.start_of(chunk.first + first)
        until = signal.start_of(chunk.first + column + 1)
        yield Gap(chunk.signal, chunk.entity, Interval(since, until), ABOVE_MAXIMUM)
        first = following

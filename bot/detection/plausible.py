"""Refuse readings that no true measurement of a signal can be."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from bot.model.interval import Interval
from bot.model.signal import Chunk, Gap, Parsed, Signal

ABOVE_MAXIMUM = "reading-above-maximum"
"""The reason of a gap where a reading was refused."""


def refuse_implausible(parsed: Parsed, signals: Mapping[str, Signal]) -> Parsed:
    """The same, with each reading above its signal's maximum as a gap with a reason.

    Such a reading is missing: it is not lowered to the maximum, for nobody measured
    that either (P5). The answer as it came stays in the store (P3).
    """
    refused = {
        place: above
        for place, chunk in enumerate(parsed.chunks)
        if (above := chunk.values > signals[chunk.signal].maximum).any()
    }
    if not refused:
        return parsed
    chunks, gaps = list(parsed.chunks), list(parsed.gaps)
    for place, above in refused.items():
        chunk = chunks[place]
        values = np.where(above, np.float32(np.nan), chunk.values)
        chunks[place] = replace(chunk, values=values)
        gaps += _gaps(chunk, np.flatnonzero(above).tolist(), signals[chunk.signal])
    return Parsed(tuple(chunks), tuple(gaps))


def _gaps(chunk: Chunk, places: list[int], signal: Signal) -> Iterator[Gap]:
    """One gap for each run of consecutive bins."""
    first = places[0]
    for place, following in zip(places, [*places[1:], -1], strict=True):
        if following == place + 1:
            continue
        since = signal.start_of(chunk.first + first)
        until = signal.start_of(chunk.first + place + 1)
        yield Gap(chunk.signal, chunk.entity, Interval(since, until), ABOVE_MAXIMUM)
        first = following

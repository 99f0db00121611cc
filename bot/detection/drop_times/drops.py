"""Finds the drops in a trace: when each began and ended, and its lowest level."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.detection.drop_times.end import (
    LEAST_BACK,
    low_positions,
    precise_return,
)
from bot.detection.drop_times.levels import BACK_FOR, TraceLevels, last_known_before
from bot.detection.drop_times.onset import precise_onset
from bot.detection.kernel.columns import OPEN
from bot.model.incident import Trace
from bot.model.interval import Interval
from bot.model.signal import Signal
from bot.model.timeline import Drop

_SILENT_FOR = timedelta(hours=1)
"""The shortest silence that `silences_of` returns; a shorter one can hide no drop."""


def drops_of(
    trace: Trace, signal: Signal, masks: list[tuple[int, int]]
) -> tuple[Drop, ...]:
    """Return the drops that began within a trace, oldest first.

    Args:
        trace: the trace of the series. It begins well before the first of the drops, so
            that, if possible, it has a normal bin before that drop.
        signal: the signal of the series.
        masks: the bins of each drop, as (first low bin, first normal bin after the
            drop). The second number is OPEN if the drop is not over.
    """
    levels = trace.levels
    first = signal.bin_at(trace.first)
    return tuple(
        _drop_of_segment(trace, levels, signal, part)
        for mask in masks
        if mask[1] > mask[0]
        for part in _segments_of(levels, first, signal, mask)
    )


@dataclass(frozen=True, slots=True)
class _DropSegment:
    """A segment of a drop; a return or a silence divides a drop into segments.

    Attributes:
        since: the number of the first low bin of the segment.
        until: the number of the first bin after the segment; OPEN if the drop is not
            over.
        after_silence: whether a silence divides the segment from the one before. If so,
            it is not known whether the series had returned during the silence.
        falls_silent: whether a silence divides the segment from the next one. If so, it
            is not known when the segment ended.
    """

    since: int
    until: int
    after_silence: bool = False
    falls_silent: bool = False


def _segments_of(
    levels: TraceLevels, first: int, signal: Signal, mask: tuple[int, int]
) -> Iterator[_DropSegment]:
    """Yield the segments of a drop; between two segments the series was back or silent.

    Detection sees one drop, even if the series returns to just below its baseline and
    falls again, or is silent for hours. The first segment begins with the first bin of
    the drop. But if no bin is low in the first `BACK_FOR` of the drop, as after a
    revision, the first segment begins with the first low bin.

    Args:
        levels: the levels of the trace.
        first: the number of the first bin of the trace.
        signal: the signal of the series.
        mask: the first low bin of the drop, and the first normal bin after the drop or
            OPEN.
    """
    within = max(0, mask[0] - first), min(mask[1] - first, len(levels))
    start, after_silence = mask[0], False
    low = low_positions(levels, within, signal)
    if low and (low[0] - within[0]) * signal.step >= BACK_FOR:
        start = low[0] + first
    for before, n in itertools.pairwise(low):
        if (n - before - 1) * signal.step < BACK_FOR:
            continue
        back = [level for level in levels[before + 1 : n] if level is not None]
        silent = len(back) < LEAST_BACK
        # A segment ends at the first bin with a level after its last low bin, even if
        # that bin is hours later.
        until = next(m for m in range(before + 1, n + 1) if levels[m] is not None)
        yield _DropSegment(start, until + first, after_silence, silent)
        start, after_silence = n + first, silent
    yield _DropSegment(start, mask[1], after_silence)


def silences_of(trace: Trace, signal: Signal) -> tuple[Interval, ...]:
    """Return the times of an hour or more without readings in a trace, oldest first."""
    levels, first = trace.levels, signal.bin_at(trace.first)
    read = [n for n, level in enumerate(levels) if level is not None]
    return tuple(
        Interval(
            signal.last_instant_of(before + first), signal.last_instant_of(n + first)
        )
        for before, n in itertools.pairwise(read)
        if (n - before - 1) * signal.step >= _SILENT_FOR
    )


def _drop_of_segment(
    trace: Trace, levels: TraceLevels, signal: Signal, segment: _DropSegment
) -> Drop:
    first = signal.bin_at(trace.first)
    since, until = segment.since - first, segment.until - first
    comparable = trace.comparable_levels[max(0, since) : max(0, until)]
    lowest = min((v for v in comparable if v is not None), default=None)
    good = last_known_before(levels, since)
    if good >= 0 and levels[good] is None:
        # Without a level before the drop, the series may have fallen at any time since
        # the trace began.
        good = 0
    onset = Interval(
        signal.last_instant_of(good + first), signal.last_instant_of(segment.since)
    )
    # After a silence the onset is not made more precise: the readings before the
    # silence may belong to another drop.
    if not segment.after_silence and onset.width < BACK_FOR + signal.step:
        onset = precise_onset(trace, signal, onset)
    if segment.until == OPEN or segment.falls_silent:
        low = low_positions(levels, (max(0, since), min(until, len(levels))), signal)
        return Drop(
            onset,
            None,
            lowest,
            signal.last_instant_of(low[-1] + first) if low else None,
        )
    last = last_known_before(levels, until)
    ended = Interval(
        signal.last_instant_of(last + first), signal.last_instant_of(segment.until)
    )
    return Drop(onset, precise_return(trace, signal, ended, onset.until), lowest)

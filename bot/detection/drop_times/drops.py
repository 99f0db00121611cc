"""The drops in a trace."""

import itertools
from collections.abc import Iterator
from datetime import timedelta

from bot.detection.drop_times.end import low_positions, precise_return
from bot.detection.drop_times.levels import known_before, level_of_bins
from bot.detection.drop_times.onset import precise_onset
from bot.detection.kernel.columns import OPEN
from bot.model.incident import Drop, Trace
from bot.model.interval import Interval
from bot.model.signal import Signal

_BACK_FOR = timedelta(hours=3)
"""For so long a series must be mostly back between two cuts."""


def drops_of(
    trace: Trace, signal: Signal, masks: list[tuple[int, int]]
) -> tuple[Drop, ...]:
    """Return the drops that began within a trace, oldest first.

    Args:
        trace: of the series, with a normal bin before the first of these drops if the
            history has one.
        signal: what is measured.
        masks: the bins [first low bin, first normal bin) of each drop; the end of one
            that lasts is OPEN.
    """
    levels = level_of_bins(trace)
    first = signal.bin_of(trace.first)
    return tuple(
        _drop(trace, levels, first, signal, part)
        for mask in masks
        if mask[1] > mask[0]
        for part in _cuts_in(levels, first, signal, mask)
    )


def _cuts_in(
    levels: list[float | None], first: int, signal: Signal, mask: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield the parts of a drop between which the series was mostly back, as bins.

    Where a series returns to just below its baseline and falls again, detection sees one
    drop.
    """
    since, until = max(0, mask[0] - first), min(mask[1] - first, len(levels))
    low = low_positions(levels, (since, until), signal)
    start = mask[0]
    for before, n in itertools.pairwise(low):
        back = [level for level in levels[before + 1 : n] if level is not None]
        if len(back) > 2 and (n - before - 1) * signal.step >= _BACK_FOR:
            yield start, before + 1 + first
            start = n + first
    yield start, mask[1]


def _drop(
    trace: Trace,
    levels: list[float | None],
    first: int,
    signal: Signal,
    mask: tuple[int, int],
) -> Drop:
    since, until = mask[0] - first, mask[1] - first
    inside = [v for v in levels[max(0, since) : max(0, until)] if v is not None]
    good = known_before(levels, since)
    onset = Interval(signal.seen_at(good + first), signal.seen_at(mask[0]))
    onset = precise_onset(trace, signal, onset)
    ended, seen_low = None, None
    if mask[1] == OPEN:
        low = low_positions(levels, (max(0, since), len(levels)), signal)
        seen_low = signal.seen_at(low[-1] + first) if low else None
    else:
        last = known_before(levels, until)
        ended = Interval(signal.seen_at(last + first), signal.seen_at(mask[1]))
        ended = precise_return(trace, signal, ended, onset.until)
    return Drop(onset, ended, min(inside, default=None), seen_low)

"""The trace of a series: its readings and their baseline; and the drops in it."""

import math
import statistics
from datetime import datetime

import numpy as np

from bot.detection.kernel.baselines import Columns
from bot.detection.kernel.columns import OPEN, StateRow
from bot.detection.kernel.expect import expect_row
from bot.detection.kernel.inputs import KernelInputs, SignalParams
from bot.detection.series_states import SeriesStates
from bot.model.incident import Drop, Trace
from bot.model.interval import Interval
from bot.model.signal import Panel, Signal, Values

_PLATEAU_BINS = 4
"""So many bins in a row without a higher level are the level before a fall."""
_LEAST_NOISE = 0.005
"""As a share of the baseline."""
_DIGITS = 6
"""Significant digits of a stored reading; float32 holds no more reliably."""


def trace(
    panel: Panel,
    states: SeriesStates,
    inputs: KernelInputs,
    params: SignalParams,
    since: datetime,
    brand: str,
) -> Trace:
    """Return one series from the bin that contains `since` to the last assessed bin.

    Bins that are not due yet are left out. Readings after a bin have no part in its
    baseline, but drops that were detected since are masked in it. Values are in the
    signal's unit, rounded to six significant digits; None is missing.

    Args:
        panel: the readings of all series of the signal.
        states: the state of this series alone, after the last assessed bin.
        inputs: the kernel's inputs for this series alone.
        params: the parameters of the signal.
        since: the start of the trace, aware.
        brand: the brand of the network; "" for anything else.
    """
    signal = panel.signal
    first = max(signal.bin_of(since), panel.first)
    # A bin that was assessed as missing may lie beyond the end of the panel.
    bins = np.arange(first, min(states.index, panel.last) + 1, dtype=np.int64)
    row = states.row(0)
    expected, spread = _expect(inputs, row, bins - panel.first, params)
    if not math.isnan(row.kept):
        # In a drop that has outlasted its own history, the kept level is the baseline.
        unknown = np.isnan(expected) & (bins >= row.onset_bad)
        expected[unknown] = row.kept
    return Trace(
        entity=states.entities[0],
        signal=signal.id,
        family=signal.family,
        unit=signal.unit,
        first=signal.start_of(first),
        step_s=signal.step_s,
        values=_rounded(panel.values[inputs.rows[0], bins - panel.first]),
        expected=_rounded(expected),
        spread=_rounded(spread),
        brand=brand,
    )


def _expect(
    inputs: KernelInputs, row: StateRow, columns: Columns, params: SignalParams
) -> tuple[Values, Values]:
    """Return baseline and spread of each column, with the level correction it had.

    Bins from before the series was normal again use the correction from before the drop,
    so that a later change of level does not change what was published about them (P11).
    """
    back = columns >= row.back_good - inputs.first
    held = row.held if row.back_good > row.onset_bad else math.nan
    before = row.lift if math.isnan(held) else held
    parts = (
        expect_row(inputs, 0, columns[~back], before, params),
        expect_row(inputs, 0, columns[back], row.lift, params),
    )
    expected, spread = (np.concatenate(pair) for pair in zip(*parts, strict=True))
    return expected, spread


def _rounded(values: Values) -> tuple[float | None, ...]:
    """Round to `_DIGITS` significant digits; NaN becomes None."""
    exact = np.asarray(values, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        digits = _DIGITS - 1 - np.floor(np.log10(np.abs(exact)))
    digits = np.where(np.isfinite(digits), digits, 0.0)
    up, down = 10.0 ** np.maximum(digits, 0), 10.0 ** np.maximum(-digits, 0)
    # A whole number divided by a power of ten is the float nearest to the decimal.
    rounded = np.rint(exact * up / down) * down / up
    numbers: list[float | None] = rounded.tolist()
    for index in np.flatnonzero(np.isnan(rounded)).tolist():
        numbers[index] = None
    return tuple(numbers)


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
    levels = _level_of_bins(trace)
    first = signal.bin_of(trace.first)
    return tuple(
        _drop(trace, levels, first, signal, mask) for mask in masks if mask[1] > mask[0]
    )


def _drop(
    trace: Trace,
    levels: list[float | None],
    first: int,
    signal: Signal,
    mask: tuple[int, int],
) -> Drop:
    since, until = mask[0] - first, mask[1] - first
    inside = [v for v in levels[max(0, since) : max(0, until)] if v is not None]
    good = _known_before(levels, since)
    onset = Interval(signal.seen_at(good + first), signal.seen_at(mask[0]))
    onset = precise_onset(trace, signal, onset)
    ended = None
    if mask[1] != OPEN:
        last = _known_before(levels, until)
        ended = Interval(signal.seen_at(last + first), signal.seen_at(mask[1]))
        ended = precise_return(trace, signal, ended)
    return Drop(onset, ended, min(inside, default=None))


def _known_before(levels: list[float | None], position: int) -> int:
    """Return the position of the last known level before `position`."""
    positions = (
        n
        for n in range(min(position, len(levels)) - 1, -1, -1)
        if levels[n] is not None
    )
    # Without one, the bin before is the least that can be said.
    return next(positions, position - 1)


def _level_of_bins(trace: Trace) -> list[float | None]:
    pairs = zip(trace.values, trace.expected, strict=True)
    return [None if v is None or not e else v / e for v, e in pairs]


def precise_onset(trace: Trace, signal: Signal, onset: Interval) -> Interval:
    """Return the interval in which a fall began, as precisely as its readings show it.

    A drop is detected once it is deep enough. A fall over hours has begun well before
    that: in the last bin of the level that it fell from, or after it. A sudden fall that
    began late in a bin lowers that bin only a little: then it began within it.

    Args:
        trace: the series, from some days before the onset.
        signal: what is measured.
        onset: the bins between which the drop was detected.
    """
    levels, first = _level_of_bins(trace), signal.bin_of(trace.first)
    # `seen_at` is the end of a bin, or its start for a snapshot.
    good = signal.bin_of(onset.since) - (not signal.snapshot) - first
    if not 0 < good < len(levels) or (start := levels[good]) is None:
        return onset
    noise = _noise(trace, good)
    last = _known_before(levels, good)
    before = levels[last]
    # A slow fall goes on as it began; a sudden one is far lower in the next bin.
    if (
        before is not None
        and start - _next(levels, good) > 1.5 * (before - start) + noise
    ):
        least = min(noise, 3 * _local_noise(levels, last))
        return _sudden_onset(before - start, least, noise, signal, onset)
    peak = _peak_before(levels, good, noise)
    top = levels[peak]
    if top is None or top - start < noise:
        return onset
    if start > 1 - 2 * noise or top - start < 3 * noise:
        # The last good bins had sunk a little: the fall may have begun in them.
        return Interval(signal.seen_at(peak + first), onset.until)
    below = (
        n
        for n in range(peak + 1, good + 1)
        if (level := levels[n]) is not None and level < top - 3 * noise
    )
    # Within the last bin of that level the fall may have begun too slowly to show.
    since, until = signal.seen_at(peak - 1 + first), signal.seen_at(next(below) + first)
    return Interval(since, until)


def precise_return(trace: Trace, signal: Signal, recovered: Interval) -> Interval:
    """Return the interval in which a series returned, as precisely as its readings show it.

    A sudden return within the last low bin raises that bin a little: then it happened
    within it, and not after it.

    Args:
        trace: the series, from some hours before the return.
        signal: what is measured.
        recovered: from the end of the last low bin to that of the first normal one.
    """
    levels, first = _level_of_bins(trace), signal.bin_of(trace.first)
    last = signal.bin_of(recovered.since) - (not signal.snapshot) - first
    if signal.snapshot or not 0 < last < len(levels) or levels[last] is None:
        return recovered
    noise = _noise(trace, last)
    low = _last_clearly_low(levels, last, noise)
    if low < last:
        # The bins after it may have been normal, but for the noise.
        return Interval(signal.start_of(low + first), recovered.until)
    before = _known_before(levels, last)
    earlier = _known_before(levels, before)
    if earlier < 0 or before < 0:
        return recovered
    shape = (levels[last] or 0.0, levels[before] or 0.0, levels[earlier] or 0.0)
    return _sudden_return(shape, noise, signal, recovered)


def _sudden_return(
    shape: tuple[float, float, float], noise: float, signal: Signal, recovered: Interval
) -> Interval:
    """Return when a series returned, by the levels of its last three low bins, last first.

    The last low bin rose: within it. It did not: after it. In between, either may be true:
    of a drop of one or two bins it is not known how low it would have been; and where the
    level had risen before, too, a slow return may have ended in either bin.
    """
    level, low, lower = shape
    last = signal.bin_of(recovered.since) - 1
    steady = abs(low - lower) <= noise
    if steady and level <= low + noise:
        return recovered
    if not steady or level <= low + 3 * noise:
        return Interval(signal.start_of(last), recovered.until)
    return _within_bin(signal, last)


def _sudden_onset(
    sunk: float, least: float, noise: float, signal: Signal, onset: Interval
) -> Interval:
    """Return when a sudden fall began, by how much the last good bin had sunk.

    Late in a bin an outage lowers it only a little. If it had sunk by `least` or more,
    but that does not stand out from the noise, the fall may have begun in this bin or
    the next.
    """
    if signal.snapshot or sunk < least:
        return onset
    good = signal.bin_of(onset.since) - 1
    if sunk < 3 * noise:
        return Interval(signal.start_of(good), onset.until)
    return _within_bin(signal, good)


def _within_bin(signal: Signal, index: int) -> Interval:
    return Interval(signal.start_of(index), signal.start_of(index + 1))


def _next(levels: list[float | None], position: int) -> float:
    """Return the next known level; infinity if there is none."""
    after = levels[position + 1 :]
    return next((level for level in after if level is not None), math.inf)


def _noise(trace: Trace, position: int) -> float:
    """Return the spread at a bin as a share of the baseline."""
    spread, expected = trace.spread[position], trace.expected[position]
    return spread / expected if spread and expected else 0.01


def _local_noise(levels: list[float | None], position: int) -> float:
    """Return how much the last levels up to `position` vary, as a standard deviation."""
    recent = levels[max(0, position - 2 * _PLATEAU_BINS) : position + 1]
    known_levels = [level for level in recent if level is not None]
    if not known_levels:
        return _LEAST_NOISE
    return max(_LEAST_NOISE, statistics.pstdev(known_levels))


def _last_clearly_low(levels: list[float | None], position: int, noise: float) -> int:
    """Return the last position up to `position` whose level no noise explains.

    It is `position` itself if none of the few bins before it has such a level, as in a
    shallow drop.
    """
    clear = (
        n
        for n in range(position, max(-1, position - _PLATEAU_BINS), -1)
        if (level := levels[n]) is not None and level < 1 - 3 * noise
    )
    return next(clear, position)


def _peak_before(levels: list[float | None], position: int, noise: float) -> int:
    """Return where the level from which a fall came was last reached.

    The search ends where a few bins in a row bring no higher level.
    """
    peak, highest, misses = position, levels[position] or 0.0, 0
    for n in range(position - 1, -1, -1):
        level = levels[n]
        if level is None:
            continue
        if level > highest + noise / 2:
            peak, highest, misses = n, level, 0
        else:
            misses += 1
        if misses == _PLATEAU_BINS or highest > 1 - noise:
            break
    return peak

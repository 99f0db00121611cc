"""One more bin of every series: when a drop opens, deepens and ends.

A drop opens after two known low bins in a row and ends after the series has read
ordinary for a hold time; in between lies a band that changes nothing. A bin that
says nothing neither opens nor closes (P5).
"""

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from bot.detection.baselines import Baseline, Masks, expect
from bot.detection.state import NEVER, OPEN, WHYS, Floats, SeriesStates
from bot.detection.thresholds import SPREAD_FLOOR, Limit, Thresholds
from bot.model.panel import Panel
from bot.model.signal import Family, Signal

Flags = npt.NDArray[np.bool_]
# A count of hundreds that does not change by one in six hours has stopped counting.
_FROZEN = timedelta(hours=6)
_FROZEN_BINS = 12
_BUSY = 200.0


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How one bin reads, before it is held against what came before.

    Attributes:
        level: reading over baseline; NaN where nothing can be judged.
        low, back: below the entry; above the exit.
        read, expected, spread: the reading and its baseline, in the signal's unit.
        why: an index into WHYS where nothing can be judged, else 0.
    """

    level: Floats
    low: Flags
    back: Flags
    method: npt.NDArray[np.int64]
    why: npt.NDArray[np.int64]
    read: Floats
    expected: Floats
    spread: Floats


def look(
    panel: Panel, states: SeriesStates, index: int, thresholds: Thresholds
) -> Look:
    """Hold bin `index` of every row against its baseline."""
    signal = panel.signal
    base = expect(
        signal,
        panel.values,
        index - panel.first,
        columns(states.masks, panel.first),
        SPREAD_FLOOR[signal.family],
    )
    seen = _compare(panel.column(index), base, signal, thresholds)
    return _thaw(seen, states, signal)


def _thaw(seen: Look, states: SeriesStates, signal: Signal) -> Look:
    """Disbelieve a busy count that repeats itself to the last digit for hours.

    A low one is believed: in a blackout nothing moves.
    """
    if signal.minimum <= 0 or signal.family is Family.CONTROL_PLANE:
        return seen
    still = max(_FROZEN_BINS, int(_FROZEN.total_seconds()) // signal.step_s)
    frozen = (states.same >= still) & (seen.read == states.value)
    frozen &= (seen.expected >= _BUSY) & ~seen.low & (seen.why == 0)
    if not frozen.any():
        return seen
    return replace(
        seen,
        level=np.where(frozen, np.nan, seen.level).astype(np.float32),
        back=seen.back & ~frozen,
        why=np.where(frozen, WHYS.index("frozen"), seen.why),
    )


def columns(masks: Masks, first: int) -> Masks:
    """Masks in columns of a panel that begins at bin `first`."""
    return {
        row: [(since - first, until - first) for since, until in spans]
        for row, spans in masks.items()
    }


def _compare(
    read: Floats, base: Baseline, signal: Signal, thresholds: Thresholds
) -> Look:
    limit: Limit = thresholds.limit(signal)
    why = np.zeros(len(read), dtype=np.int64)
    expected = base.expected
    why[np.isnan(expected)] = WHYS.index("no-baseline")
    why[expected <= 0] = WHYS.index("too-small")
    why[expected < signal.minimum] = WHYS.index("too-small")
    why[np.isnan(read)] = WHYS.index("missing")
    usable = np.where(why == 0, expected, np.nan).astype(np.float32)
    level = np.asarray(read / usable, dtype=np.float32)
    with np.errstate(invalid="ignore"):  # NaN compares false, as it should
        deep = (usable - read) > thresholds.spreads * base.spread
        low = (level < limit.on) & deep
        back = level > limit.off
    return Look(
        level=level,
        low=low,
        back=back,
        method=base.method.astype(np.int64),
        why=why,
        read=read,
        expected=usable,
        spread=base.spread,
    )


def step(
    panel: Panel,
    states: SeriesStates,
    index: int,
    seen: Look,
    thresholds: Thresholds,
) -> SeriesStates:
    """The states after bin `index`, which must be the one after the last judged."""
    signal = panel.signal
    known = seen.why == 0
    silent = np.where(known, 0, states.silent + 1)
    towards = np.where(states.dropped == 1, seen.back, seen.low)
    forgotten = silent > thresholds.stale_bins(signal)
    run = np.where(known, np.where(towards, states.run + 1, 0), states.run)
    run = np.where(forgotten & (states.dropped == 0), 0, run)
    first = np.where(known & towards & (run == 1), index, states.first)
    lowest = _lower(states, seen)
    with np.errstate(invalid="ignore"):
        above = known & (seen.level >= lowest + thresholds.rise)
    stepped = replace(
        states,
        index=index,
        risen=np.where(known, np.where(above, states.risen + 1, 0), states.risen),
        run=run,
        silent=silent,
        first=first,
        good=np.where(known & ~seen.low, index, states.good),
        bad=np.where(known & ~seen.back, index, states.bad),
        method=seen.method,
        why=seen.why,
        same=np.where(seen.read == states.value, states.same + 1, 0),
        value=np.where(np.isnan(seen.read), states.value, seen.read),
        previous=np.where(known, states.level, states.previous),
        level=np.where(known, seen.level, states.level),
        lowest=lowest,
    )
    return _turn(stepped, states, signal, thresholds)


def _lower(states: SeriesStates, seen: Look) -> Floats:
    """The lowest level of the drop, or of the low run that may become one."""
    lowest = np.where(
        (states.dropped == 1) | (seen.low & (states.run > 0)),
        np.fmin(states.lowest, seen.level),
        np.where(seen.low, seen.level, states.lowest),
    )
    return np.asarray(lowest, dtype=np.float32)


def _turn(
    now: SeriesStates, before: SeriesStates, signal: Signal, thresholds: Thresholds
) -> SeriesStates:
    """Open the drops that are due to open, end those that are due to end."""
    opens = (now.dropped == 0) & (now.run >= thresholds.bins_to_open)
    ends = (now.dropped == 1) & (now.run >= thresholds.bins_to_close(signal))
    if not (opens.any() or ends.any()):
        return now
    turned = opens | ends
    return replace(
        now,
        dropped=np.where(opens, 1, np.where(ends, 0, now.dropped)),
        run=np.where(turned, 0, now.run),
        onset_good=np.where(opens, before.good, now.onset_good),
        onset_bad=np.where(opens, now.first, now.onset_bad),
        bad=np.where(opens, now.index, now.bad),
        back_bad=np.where(ends, before.bad, now.back_bad),
        back_good=np.where(ends, now.first, now.back_good),
        masks=_mask(now, opens, ends),
    )


def _mask(now: SeriesStates, opens: Flags, ends: Flags) -> Masks:
    masks = dict(now.masks)
    for row in np.flatnonzero(opens):
        since = int(now.first[row])
        masks[int(row)] = [*masks.get(int(row), []), (since, OPEN)]
    for row in np.flatnonzero(ends):
        spans = masks[int(row)]
        masks[int(row)] = [*spans[:-1], (spans[-1][0], int(now.first[row]))]
    return masks


def trim(masks: Masks, before: int) -> Masks:
    """Forget the spoilt bins that lie wholly before bin `before`."""
    kept = {row: [s for s in spans if s[1] > before] for row, spans in masks.items()}
    return {row: spans for row, spans in kept.items() if spans}


def is_new(states: SeriesStates) -> bool:
    """Whether no bin has been judged yet."""
    return states.index == NEVER

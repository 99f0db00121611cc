"""Makes a `Finding` from the state that the compiled loops hold of a series."""

import math

from bot.detection.kernel.baselines import METHODS
from bot.detection.kernel.columns import NEVER, UNKNOWN_REASONS, StateRow
from bot.detection.series_states import SeriesStates
from bot.detection.thresholds import Thresholds
from bot.model.interval import Interval
from bot.model.signal import Signal
from bot.model.verdict import BaselineMethod, Finding, SeriesState, UnknownReason

_METHODS = tuple(BaselineMethod(name) for name in METHODS)
_UNKNOWN_REASONS = (None, *(UnknownReason(name) for name in UNKNOWN_REASONS[1:]))
"""The reason for each `UnknownReasonCode`; None for code 0, an assessed bin."""


def finding_of_row(
    signal: Signal, states: SeriesStates, row: int, thresholds: Thresholds
) -> Finding:
    """Return the finding of one row after the last assessed bin.

    If no bin of a series can be assessed, its state stays the same for
    `Thresholds.stale`. After that time the state is unknown, in a drop and outside a
    drop (P5).

    Args:
        signal: the signal of the series.
        states: the states of some series, with the levels of their last bins (see
            `SignalBatch.follow`).
        row: the position of the series in `states`.
        thresholds: the thresholds with which the series were assessed.
    """
    record = states.state_of_row(row)
    state = _state_of(record, signal, thresholds)
    assessed, dropped = state is not SeriesState.UNKNOWN, state is SeriesState.DROPPED
    onset = _last_onset(signal, record)
    return Finding(
        entity=states.entities[row],
        signal=signal.id,
        family=signal.family,
        state=state,
        level=_none_if_nan(record.level) if assessed else None,
        smoothed_level=_higher_of_last_two(record) if assessed else None,
        lowest=_none_if_nan(record.lowest) if dropped else None,
        onset=onset if record.dropped else None,
        last_onset=onset,
        last_lowest=_none_if_nan(record.lowest) if onset else None,
        recovered=_last_return(signal, record),
        # `record.silent` is how many of the newest bins were not assessed. So level and
        # time are those of the last bin before them (P18).
        as_of=signal.last_instant_of(states.index - record.silent),
        method=_METHODS[record.method],
        inputs=signal.inputs,
        unknown_reason=None if assessed else _UNKNOWN_REASONS[record.why],
        # In a series with wide bins, one low bin begins a drop. The second low bin
        # makes the drop sustained.
        sustained=record.low > record.onset_bad,
        recovering=dropped and record.risen > thresholds.bins_to_close(signal),
    )


def _state_of(record: StateRow, signal: Signal, thresholds: Thresholds) -> SeriesState:
    if record.silent > thresholds.stale_bins(signal) or math.isnan(record.level):
        return SeriesState.UNKNOWN
    return SeriesState.DROPPED if record.dropped else SeriesState.ORDINARY


def _none_if_nan(value: float) -> float | None:
    return None if math.isnan(value) else value


def _higher_of_last_two(record: StateRow) -> float:
    """Return the higher of the last two levels; the last level if there is no other.

    An outage may cover a bin only in part, so the level of one bin alone may mislead.
    """
    now, before = float(record.level), float(record.previous)
    return now if math.isnan(before) else max(now, before)


def _last_onset(signal: Signal, record: StateRow) -> Interval | None:
    """Return the onset of the last drop, even if it is over; None without a drop."""
    bad, good = record.onset_bad, record.onset_good
    if bad == NEVER:
        return None
    # `good` is the last bin before the drop that was not low. Without such a bin, the
    # drop is taken to begin within its first bin.
    since = signal.last_instant_of(good if good != NEVER else bad - 1)
    return Interval(since, signal.last_instant_of(bad))


def _last_return(signal: Signal, record: StateRow) -> Interval | None:
    """Return when the series last became normal; None in a drop or without a return."""
    if record.back_good == NEVER or record.dropped:
        return None
    return Interval(
        signal.last_instant_of(record.back_bad),
        signal.last_instant_of(record.back_good),
    )

"""What the state of a row means: a finding, in words of the field."""

import math

from bot.detection.kernel.baselines import METHODS
from bot.detection.kernel.columns import NEVER, WHYS, StateRow
from bot.detection.series_states import SeriesStates
from bot.detection.thresholds import Thresholds
from bot.model.interval import Interval
from bot.model.signal import Signal
from bot.model.verdict import Finding, SeriesState


def finding(
    signal: Signal, states: SeriesStates, row: int, thresholds: Thresholds
) -> Finding:
    """What row `row` shows after the last judged bin.

    A series that was silent for a short time keeps its last word; after
    `Thresholds.stale` it is unknown, dropped or not (P5).
    """
    told = states.told(row)
    mark = _mark(told, signal, thresholds)
    known, dropped = mark is not SeriesState.UNKNOWN, mark is SeriesState.DROPPED
    onset = _onset(signal, told)
    return Finding(
        entity=states.entities[row],
        signal=signal.id,
        family=signal.family,
        state=mark,
        level=_number(told.level) if known else None,
        settled=_milder(told) if known else None,
        lowest=_number(told.lowest) if dropped else None,
        onset=onset if told.dropped else None,
        last_onset=onset,
        recovered=_recovered(signal, told),
        as_of=signal.seen_at(states.index - told.silent),
        method=METHODS[told.method],
        why="" if known else WHYS[told.why],
        firm=told.low > told.onset_bad,
        easing=dropped and told.risen > thresholds.bins_to_close(signal),
    )


def _mark(told: StateRow, signal: Signal, thresholds: Thresholds) -> SeriesState:
    if told.silent > thresholds.stale_bins(signal) or math.isnan(told.level):
        return SeriesState.UNKNOWN
    return SeriesState.DROPPED if told.dropped else SeriesState.ORDINARY


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _milder(told: StateRow) -> float:
    """The milder of the last two levels: a bin cut in two speaks for neither side."""
    now, before = float(told.level), float(told.previous)
    return now if math.isnan(before) else max(now, before)


def _onset(signal: Signal, told: StateRow) -> Interval | None:
    """Of the last drop, over or not."""
    bad, good = told.onset_bad, told.onset_good
    if bad == NEVER:
        return None
    since = signal.seen_at(good if good != NEVER else bad - 1)
    return Interval(since, signal.seen_at(bad))


def _recovered(signal: Signal, told: StateRow) -> Interval | None:
    if told.back_good == NEVER or told.dropped:
        return None
    return Interval(signal.seen_at(told.back_bad), signal.seen_at(told.back_good))

"""What the state of a row means: a finding, in words of the field."""

import math

from bot.detection.baselines import METHODS
from bot.detection.state import NEVER, WHYS, SeriesStates
from bot.detection.thresholds import Thresholds
from bot.model.interval import Interval
from bot.model.signal import Signal
from bot.model.verdict import Finding, Mark


def finding(
    signal: Signal, states: SeriesStates, row: int, thresholds: Thresholds
) -> Finding:
    """What row `row` shows after the last judged bin.

    A series that was silent for a short time keeps its last word; after
    `Thresholds.stale` it is unknown, dropped or not (P5).
    """
    silent = int(states.silent[row])
    newest = states.index - silent
    level = _number(states.level[row])
    mark = _mark(states, row, signal, thresholds)
    dropped = mark is Mark.DROPPED
    return Finding(
        entity=states.entities[row],
        signal=signal.id,
        family=signal.family,
        state=mark,
        level=level if mark is not Mark.UNKNOWN else None,
        settled=_milder(states, row) if mark is not Mark.UNKNOWN else None,
        lowest=_number(states.lowest[row]) if dropped else None,
        onset=_onset(signal, states, row) if states.dropped[row] else None,
        recovered=_recovered(signal, states, row),
        as_of=signal.seen_at(newest),
        method=METHODS[int(states.method[row])],
        why=WHYS[int(states.why[row])] if mark is Mark.UNKNOWN else "",
        easing=dropped and bool(states.risen[row] > thresholds.bins_to_close(signal)),
    )


def _mark(
    states: SeriesStates, row: int, signal: Signal, thresholds: Thresholds
) -> Mark:
    stale = states.silent[row] > thresholds.stale_bins(signal)
    if stale or math.isnan(states.level[row]):
        return Mark.UNKNOWN
    return Mark.DROPPED if states.dropped[row] else Mark.ORDINARY


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _milder(states: SeriesStates, row: int) -> float | None:
    """The milder of the last two levels: a bin cut in two speaks for neither side."""
    now, before = float(states.level[row]), float(states.previous[row])
    return now if math.isnan(before) else max(now, before)


def _onset(signal: Signal, states: SeriesStates, row: int) -> Interval:
    bad, good = int(states.onset_bad[row]), int(states.onset_good[row])
    since = signal.seen_at(good if good != NEVER else bad - 1)
    return Interval(since, signal.seen_at(bad))


def _recovered(signal: Signal, states: SeriesStates, row: int) -> Interval | None:
    good, bad = int(states.back_good[row]), int(states.back_bad[row])
    if good == NEVER or states.dropped[row]:
        return None
    return Interval(signal.seen_at(bad), signal.seen_at(good))

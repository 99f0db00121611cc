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
    told = states.table[row]
    newest = states.index - int(told["silent"])
    level = _number(told["level"])
    mark = _mark(states, row, signal, thresholds)
    dropped = mark is Mark.DROPPED
    return Finding(
        entity=states.entities[row],
        signal=signal.id,
        family=signal.family,
        state=mark,
        level=level if mark is not Mark.UNKNOWN else None,
        settled=_milder(states, row) if mark is not Mark.UNKNOWN else None,
        lowest=_number(told["lowest"]) if dropped else None,
        onset=_onset(signal, states, row) if told["dropped"] else None,
        last_onset=_onset(signal, states, row),
        recovered=_recovered(signal, states, row),
        as_of=signal.seen_at(newest),
        method=METHODS[int(told["method"])],
        why=WHYS[int(told["why"])] if mark is Mark.UNKNOWN else "",
        firm=bool(told["low"] > told["onset_bad"]),
        easing=dropped and bool(told["risen"] > thresholds.bins_to_close(signal)),
    )


def _mark(
    states: SeriesStates, row: int, signal: Signal, thresholds: Thresholds
) -> Mark:
    told = states.table[row]
    stale = told["silent"] > thresholds.stale_bins(signal)
    if stale or math.isnan(told["level"]):
        return Mark.UNKNOWN
    return Mark.DROPPED if told["dropped"] else Mark.ORDINARY


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _milder(states: SeriesStates, row: int) -> float | None:
    """The milder of the last two levels: a bin cut in two speaks for neither side."""
    now, before = (
        float(states.table[row]["level"]),
        float(states.table[row]["previous"]),
    )
    return now if math.isnan(before) else max(now, before)


def _onset(signal: Signal, states: SeriesStates, row: int) -> Interval | None:
    """Of the last drop, over or not."""
    told = states.table[row]
    bad, good = int(told["onset_bad"]), int(told["onset_good"])
    if bad == NEVER:
        return None
    since = signal.seen_at(good if good != NEVER else bad - 1)
    return Interval(since, signal.seen_at(bad))


def _recovered(signal: Signal, states: SeriesStates, row: int) -> Interval | None:
    told = states.table[row]
    good, bad = int(told["back_good"]), int(told["back_bad"])
    if good == NEVER or told["dropped"]:
        return None
    return Interval(signal.seen_at(bad), signal.seen_at(good))

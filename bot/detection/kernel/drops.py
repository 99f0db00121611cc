"""The state machine of one series: when a drop begins, deepens and ends.

A drop begins after `SignalParams.opens` low bins in a row. It ends after the series has
been normal for the hold time; levels between the two thresholds change nothing. A bin
that cannot be assessed neither begins nor ends a drop (P5). There are two other ends.
Some routes never come back, so a drop of routes also ends once its level has stayed for
a day at or above the midpoint of the two thresholds. And if a drop was never deep and
has lasted for four weeks, its level is accepted as the new normal level: the drop ends
without a return. A drop of a place with a confirmed outage never ends without a return.
"""

import math

import numpy as np

from bot.compilation import compiled, compiled_inline
from bot.detection.kernel.baselines import smaller
from bot.detection.kernel.columns import ASSESSED, OPEN
from bot.detection.kernel.inputs import Numbers, Record, SignalParams

Masks = tuple[Numbers, Numbers]
"""The starts and ends of a series' masked spans: the bins of its drops."""


@compiled
def advance_state(
    state: Record,
    masks: Masks,
    index: int,
    value: float,
    assessment: Record,
    params: SignalParams,
) -> None:
    """Advance the state of one series by one bin.

    Args:
        state: a record of dtype `ROW`, changed in place.
        masks: the series' masked spans, changed if a drop begins or ends.
        index: the number of the bin.
        value: the reading; NaN is missing.
        assessment: a record of dtype `ASSESSMENT`.
        params: the parameters of the signal.
    """
    # If a drop begins or ends now, one of these is the last bin before the change. They
    # are copied before the present bin overwrites the fields.
    good, bad, calm_bad = state.good, state.bad, state.calm_bad
    state.why = assessment.why
    if assessment.why == ASSESSED:
        _count_assessed(state, index, assessment, params)
    else:
        _count_silent(state, params)
    state.same = state.same + 1 if value == state.value else 0
    if not math.isnan(value):
        state.value = value
    if state.dropped == 0:
        if state.run >= params.opens:
            _begin_drop(state, masks, index, good)
    elif state.run >= params.closes:
        _end_drop(state, masks, bad, state.first)
    elif state.calm >= params.settle:
        _end_drop(state, masks, calm_bad, state.calm_first)


@compiled_inline
def advance_normal(state: Record, index: int, value: float) -> None:
    """Do what `advance_state` does for a reading that is not low, but faster.

    The series must be in no drop and in no run of low bins.
    """
    state.why, state.silent = ASSESSED, 0
    state.same = state.same + 1 if value == state.value else 0
    state.value, state.good = value, index
    state.before, state.last = state.last, index


@compiled_inline
def _count_assessed(
    state: Record, index: int, assessment: Record, params: SignalParams
) -> None:
    low, level = assessment.low, assessment.level
    # The low bins before the detection of a drop are part of it, and count for its
    # lowest level.
    deeper = state.dropped == 1 or (low and state.run > 0)
    if deeper:
        lowest = state.lowest
        state.lowest = level if math.isnan(lowest) else smaller(lowest, level)
    elif low:
        state.lowest = level
    towards = assessment.normal if state.dropped == 1 else low
    state.run = state.run + 1 if towards else 0
    if state.run == 1:
        state.first = index
    state.silent = 0
    state.before, state.last = state.last, index
    if low:
        state.low = index
    else:
        state.good = index
    if state.dropped == 1:
        _count_in_drop(state, index, assessment, params)


@compiled_inline
def _count_silent(state: Record, params: SignalParams) -> None:
    state.silent += 1
    # Low bins before and after a long silence are not counted together.
    if state.silent > params.stale and state.dropped == 0:
        state.run = 0


@compiled_inline
def _count_in_drop(
    state: Record, index: int, assessment: Record, params: SignalParams
) -> None:
    level = assessment.level
    if not assessment.normal:
        state.bad = index
    state.risen = state.risen + 1 if level >= state.lowest + params.rise else 0
    state.calm = state.calm + 1 if level >= params.settled else 0
    if state.calm == 1:
        state.calm_first = index
    if state.calm == 0:
        state.calm_bad = index


@compiled_inline
def _begin_drop(state: Record, masks: Masks, index: int, last_not_low: int) -> None:
    """Begin a drop at the first bin of the run of low bins.

    Args:
        state: the state of the series.
        masks: the series' masked spans.
        index: the number of the present bin.
        last_not_low: the last assessed bin that was not low, before the run.
    """
    # `held` keeps the present `lift`. Traces of bins up to the end of the drop use
    # `held`, so a later `lift` does not change what was published about them (P11).
    state.dropped, state.held = 1, state.lift
    state.kept = np.nan
    state.run, state.risen, state.calm = 0, 0, 0
    state.onset_good, state.onset_bad = last_not_low, state.first
    state.bad, state.calm_bad = index, index
    _begin_mask(masks[0], masks[1], state.first)


@compiled_inline
def _end_drop(
    state: Record, masks: Masks, last_before_return: int, first_of_return: int
) -> None:
    """End a drop, and the masked span of its bins, before the bin `first_of_return`.

    A kept baseline stays, because charts of the drop still need it.

    Args:
        state: the state of the series.
        masks: the series' masked spans.
        last_before_return: the last bin of the drop before the return.
        first_of_return: the first bin of the return.
    """
    kept = state.kept
    _reset_drop(state)
    state.kept = kept
    state.back_bad, state.back_good = last_before_return, first_of_return
    until = masks[1]
    for n in range(len(until)):
        if until[n] == OPEN:
            until[n] = first_of_return


@compiled_inline
def accept_as_normal_level(state: Record, masks: Masks) -> None:
    """End a drop without a return: its level is accepted as the new normal level.

    The bins of the drop are unmasked, because the history has no other bins for a
    baseline.
    """
    _reset_drop(state)
    state.lift = 1.0
    since, until = masks
    for n in range(len(until)):
        if until[n] == OPEN:
            until[n] = since[n]


@compiled_inline
def _reset_drop(state: Record) -> None:
    state.dropped, state.run, state.risen, state.calm = 0, 0, 0, 0
    state.kept = np.nan


@compiled_inline
def _begin_mask(since: Numbers, until: Numbers, first: int) -> None:
    """Begin a masked span at bin `first`; if no entry is free, merge the two oldest."""
    used = 0
    while used < len(until) and until[used] != 0:
        used += 1
    # The merged span also masks the bins between the two oldest drops; no bin is
    # unmasked.
    if used == len(until):
        until[0] = until[1]
        for n in range(1, used - 1):
            since[n], until[n] = since[n + 1], until[n + 1]
        used -= 1
    since[used], until[used] = first, OPEN


@compiled_inline
def remove_old_masks(masks: Masks, before: int) -> None:
    """Remove the masked spans that end at bin `before` or earlier."""
    since, until = masks
    kept = 0
    for n in range(len(until)):
        if until[n] > before:
            since[kept], until[kept] = since[n], until[n]
            kept += 1
    for n in range(kept, len(until)):
        since[n], until[n] = 0, 0

"""Idle series: series whose bins need not be assessed one by one in an interval.

An idle series is in no drop, and all its readings in the interval are known and not
low. At nearly any time, nearly all series are idle. At the end of the interval, the state
of an idle series is updated for all its bins in one step. Until then, idle series are only
counted, for the health of their source.
"""

import numpy as np

from bot.compilation import compiled, compiled_inline
from bot.detection.kernel.assessment import set_from_prefilter
from bot.detection.kernel.baselines import larger, smaller
from bot.detection.kernel.columns import ASSESSED
from bot.detection.kernel.context import ActiveSeries, IdleSeries, KernelContext
from bot.detection.kernel.inputs import (
    STILL_BINS,
    Flags,
    KernelInputs,
    Record,
    SignalParams,
    Span,
    Values,
)
from bot.detection.kernel.prefilter import (
    NORMAL,
    UNDECIDED,
    WEAK,
    Codes,
    prefetch_samples,
    prefilter,
)

_LEAST_BINS = 4
"""The shortest interval, in bins, in which the kernel searches for idle series.

In a shorter interval, it is faster to assess all series."""
_FETCHED_ROWS = 32
"""How many rows' samples are fetched at once; see `prefilter.prefetch_samples`."""


@compiled_inline
def find_idle(context: KernelContext, span: Span) -> None:
    """Find the series that are idle in `span`, the interval that is assessed next."""
    active, idle = context.active, context.idle
    first = span[0] - context.inputs.first
    until = span[1] - context.inputs.first
    # Active series use the prefilter codes too, so these are filled even if the
    # interval is too short to search for idle series.
    _prefilter_all(context, (first, until))
    if until - first < _LEAST_BINS:
        return
    _mark_idle(context, (first, until))
    count = 0
    for row in range(len(context.states)):
        if not idle.idle[row]:
            active.rows[count] = row
            count += 1
    active.row_count[0] = count


@compiled
def update_idle(
    inputs: KernelInputs,
    states: Record,
    span: Span,
    active: ActiveSeries,
    idle: IdleSeries,
    assessments: Record,
) -> None:
    """Bring all idle series up to date over the bins of `span`, and make them active.

    If the idle series become active earlier than planned, the active series have
    already been assessed in the bin after `span`. Then the idle series are assessed in
    that bin too.
    """
    since, index = span
    first, column = since - inputs.first, index - inputs.first
    for row in range(len(states)):
        active.rows[row] = row
        if idle.idle[row]:
            # The array is indexed in two steps, so that numba knows that the slice is
            # contiguous.
            values = inputs.values[inputs.rows[row]]
            _apply_skipped(states[row], index, values[first:column])
            if index - since < active.codes.shape[1] and column < len(values):
                active.values[row] = values[column]
                set_from_prefilter(assessments[row], active.codes[row, index - since])
            idle.idle[row] = False
    active.row_count[0] = len(states)
    _clear_counts(idle)


@compiled_inline
def _prefilter_all(context: KernelContext, columns: Span) -> None:
    """Write the prefilter code of each series in each bin of an interval.

    The code is UNDECIDED for bins outside the panel (the table of readings), and for
    series in a drop or in a run of low bins.
    """
    inputs, states, params = context.inputs, context.states, context.params
    codes, workspace = context.active.codes, context.workspace
    first, until = columns
    inside = larger(0, smaller(until, inputs.values.shape[1]) - first)
    for row in range(len(states)):
        for n in range(until - first):
            codes[row, n] = UNDECIDED
        if row % _FETCHED_ROWS == 0:
            rows = row, smaller(row + _FETCHED_ROWS, len(states))
            # `prefetch_samples` returns a sum of what it reads. The sum is stored, because
            # otherwise the compiler would remove the reads.
            workspace.samples[0] = prefetch_samples(inputs, rows, first, params)
        # In a drop or a run of low bins, levels are needed. The prefilter computes no
        # levels.
        if states[row].dropped == 0 and states[row].run == 0:
            lift, space = np.float64(states[row].lift), workspace.prefilter
            prefilter(inputs, row, (first, first + inside), lift, params, space)
            for n in range(inside):
                codes[row, n] = space.codes[n]


@compiled_inline
def _mark_idle(context: KernelContext, columns: Span) -> None:
    """Mark and count the series that are idle in an interval, in `context.idle`."""
    inputs, states, params = context.inputs, context.states, context.params
    idle, codes = context.idle, context.active.codes
    first, until = columns
    bins = until - first
    _clear_counts(idle)
    # `_apply_skipped` needs a reading in each bin. So no series is idle in an interval
    # that extends beyond the panel.
    inside = first >= 0 and until <= inputs.values.shape[1]
    for row in range(len(states)):
        is_idle = inside and _is_normal_throughout(states[row], codes[row], bins)
        if is_idle and params.freezes:
            values = inputs.values[inputs.rows[row]][first:until]
            is_idle = _is_never_frozen(states[row], values, params, idle.still[row])
        idle.idle[row] = is_idle
        if is_idle:
            idle.by_place[context.groups[row]] += 1
            for n in range(bins):
                idle.weak_count[n] += codes[row, n] == WEAK
                idle.still_count[n] += idle.still[row, n]


@compiled_inline
def _clear_counts(idle: IdleSeries) -> None:
    for n in range(len(idle.weak_count)):
        idle.weak_count[n], idle.still_count[n] = 0, 0
    for place in range(len(idle.by_place)):
        idle.by_place[place] = 0


@compiled_inline
def _is_normal_throughout(state: Record, codes: Codes, bins: int) -> bool:
    if state.dropped != 0 or state.run != 0:
        return False
    others = 0
    for n in range(bins):
        others += (codes[n] != NORMAL) & (codes[n] != WEAK)
    return others == 0


@compiled_inline
def _is_never_frozen(
    state: Record, values: Values, params: SignalParams, still: Flags
) -> bool:
    """Whether no reading is rejected as frozen; also fill `still` (see `IdleSeries`).

    If the result is False, `still` may be filled only in part.
    """
    same, last = state.same, state.value
    for n in range(len(values)):
        repeated = values[n] == last and values[n] >= params.busy
        if repeated and same >= params.frozen:
            return False
        still[n] = repeated and same + 1 >= STILL_BINS
        same = same + 1 if values[n] == last else 0
        last = values[n]
    return True


@compiled_inline
def _apply_skipped(state: Record, index: int, values: Values) -> None:
    """Do at once what `drops.advance_normal` does for each of `values` in turn.

    Args:
        state: the state of the series; changed in place.
        index: the number of the bin after the last of `values`.
        values: the readings of the skipped bins, oldest first.
    """
    count = len(values)
    if count == 0:
        return
    same = 0
    while same < count - 1 and values[count - 1 - same] == values[count - 2 - same]:
        same += 1
    # The count of repetitions goes on only if all skipped readings equal the last reading
    # before the skipped bins.
    went_on = same == count - 1 and values[0] == state.value
    state.same = same + state.same + 1 if went_on else same
    state.why, state.silent = ASSESSED, 0
    state.value, state.good = values[count - 1], index - 1
    state.before = index - 2 if count > 1 else state.last
    state.last = index - 1

"""The loop over the bins of one signal, which assesses all series in each bin."""

import math
from typing import Any

import numpy as np

from bot.compilation import compiled, compiled_inline
from bot.detection.kernel import health
from bot.detection.kernel.assessment import (
    assess,
    is_frozen,
    reject_assessment,
    set_from_prefilter,
)
from bot.detection.kernel.baselines import baseline_from_samples, larger, smaller
from bot.detection.kernel.columns import OPEN
from bot.detection.kernel.context import KernelContext
from bot.detection.kernel.drops import advance_normal, advance_state
from bot.detection.kernel.idle import find_idle, update_idle
from bot.detection.kernel.inputs import Record, SignalParams, Span
from bot.detection.kernel.levels import (
    recompute_levels,
    store_levels,
    update_on_new_day,
)
from bot.detection.kernel.prefilter import UNDECIDED, WEAK


@compiled
def assess_bins_of_span(context: KernelContext, span: Span) -> None:
    """Assess all series, and the health of their source, in each bin of a span.

    The span is divided into intervals. In an interval, most series are idle: they are
    not assessed bin by bin (see the module `idle`). If the run records the states after
    each bin, two things differ. No series is idle. And the health of the source is not
    assessed: it is read from `context.source_health`.
    """
    recorded = _records_states(context)
    if recorded:
        _recompute_levels(context)
        _record_states(context, 0)
    begin = end = span[0]
    for index in range(span[0], span[1]):
        step = index - span[0]
        if index == end:
            _update_idle(context, (begin, index))
            begin = index
            end = smaller(span[1], index + _interval_bins(index, context.params))
            _begin_interval(context, (begin, end))
        _assess_active(context, index, index - begin)
        if not recorded:
            code = _source_health(context, index, index - begin)
            context.source_health[step] = code
            if code > health.HEALTHY:
                # In this bin all series become unknown, so the idle ones must be
                # active, too.
                _update_idle(context, (begin, index))
        _advance_active(context, index, step)
        if recorded:
            store_levels(context.states, context.workspace.assessments)
            _record_states(context, step + 1)
    _update_idle(context, (begin, span[1]))


@compiled_inline
def _records_states(context: KernelContext) -> bool:
    return len(context.history.states) > 0


@compiled_inline
def _update_idle(context: KernelContext, span: Span) -> None:
    update_idle(
        context.inputs,
        context.states,
        span,
        context.active,
        context.idle,
        context.workspace.assessments,
    )


@compiled_inline
def _recompute_levels(context: KernelContext) -> None:
    samples = context.workspace.samples
    recompute_levels(context.inputs, context.states, context.params, samples)


@compiled_inline
def _begin_interval(context: KernelContext, span: Span) -> None:
    samples = context.workspace.samples
    new_day = update_on_new_day(
        context.inputs, context.states, span[0], context.params, samples
    )
    if not _records_states(context):
        find_idle(context, span)
    # On a new day baselines change (see `update_on_new_day`), so the levels are computed
    # again. They are then the same as in a run that begins with this bin (P14).
    elif new_day:
        _recompute_levels(context)


@compiled_inline
def _interval_bins(index: int, params: SignalParams) -> int:
    """Return the largest number of bins in an interval whose first bin is `index`.

    The baseline of a bin must not be computed from another bin of the same interval,
    and only the first bin may begin a day.
    """
    return larger(1, smaller(params.young, params.day - index % params.day))


@compiled_inline
def _record_states(context: KernelContext, step: int) -> None:
    inputs, history = context.inputs, context.history
    for row in range(len(context.states)):
        history.states[step, row] = context.states[row]
        for n in range(inputs.since.shape[1]):
            history.since[step, row, n] = inputs.since[row, n]
            history.until[step, row, n] = inputs.until[row, n]
        for hour in range(inputs.hours.shape[1]):
            history.hours[step, row, hour] = inputs.hours[row, hour]


@compiled_inline
def _assess_active(context: KernelContext, index: int, step: int) -> None:
    """Assess the active series in bin `index`, which is bin `step` of the interval."""
    inputs, params, active = context.inputs, context.params, context.active
    assessments = context.workspace.assessments
    column = index - inputs.first
    inside = 0 <= column < inputs.values.shape[1]
    for n in range(active.row_count[0]):
        row: Any = np.int64(active.rows[n])
        state, code = context.states[row], active.codes[row, step]
        value = float(inputs.values[inputs.rows[row], column]) if inside else np.nan
        active.values[row] = value
        # The code was set at the beginning of the interval. If a drop or a run of low
        # bins has begun since then, the level is needed.
        steady = state.dropped == 0 and state.run == 0
        if (
            code != UNDECIDED
            and steady
            and not math.isnan(value)
            and not is_frozen(state, value, params)
        ):
            set_from_prefilter(assessments[row], code)
        else:
            assess(inputs, state, row, column, params, context.workspace)


@compiled_inline
def _advance_active(context: KernelContext, index: int, step: int) -> None:
    """Advance the active series by the bin `index`, which is bin `step` of the span."""
    inputs, params, active = context.inputs, context.params, context.active
    unhealthy = context.source_health[step] > health.HEALTHY
    for n in range(active.row_count[0]):
        row: Any = np.int64(active.rows[n])
        state, assessment = context.states[row], context.workspace.assessments[row]
        # The assessment of an unhealthy source is rejected first, so that a fault of
        # the source neither begins nor ends a drop (P6).
        if unhealthy:
            reject_assessment(assessment)
        if assessment.prefiltered:
            advance_normal(state, index, active.values[row])
        else:
            masks, was = (inputs.since[row], inputs.until[row]), state.dropped
            advance_state(state, masks, index, active.values[row], assessment, params)
            context.ever_dropped[row] |= state.dropped == 1
            if was == 0 and state.dropped == 1 and params.flat:
                _mask_earlier(context, row, state)


@compiled_inline
def _mask_earlier(context: KernelContext, row: int, state: Record) -> None:
    """Begin the mask of a new drop up to a week earlier, if readings were low then.

    Small counts may be below the threshold for days and begin no drop, because they are
    within the noise. If they were not masked, they would lower the baseline.
    """
    inputs, params, first = context.inputs, context.params, state.first
    samples, column = context.workspace.samples, first - inputs.first
    baseline = baseline_from_samples(
        inputs, row, column, np.float64(state.lift), params, samples
    )[0]
    since, limit = first, params.on * baseline
    for near in range(column - 1, larger(-1, column - 1 - params.week), -1):
        value = inputs.values[inputs.rows[row], near]
        if value < limit:
            since = near + inputs.first
        elif not math.isnan(value):
            break
    for n in range(inputs.until.shape[1]):
        if inputs.until[row, n] == OPEN:
            inputs.since[row, n] = since


@compiled_inline
def _source_health(context: KernelContext, index: int, step: int) -> int:
    """Return the `HealthCode` of bin `index`, which is bin `step` of the interval."""
    code = _health_by_places(context, step)
    distrusted = context.distrusted
    # A fault that the bin itself shows is the more specific reason, so it is returned
    # first.
    if code <= health.HEALTHY and distrusted[0] <= index < distrusted[1]:
        return health.MANY_REVISED
    return code


@compiled_inline
def _health_by_places(context: KernelContext, step: int) -> int:
    """Return the `HealthCode` of bin `step` of the interval by comparing places.

    Idle series are only counted at first. Each of them is looked at only if the counts
    do not decide.
    """
    scratch, active, idle = context.health, context.active, context.idle
    params, assessments = context.params, context.workspace.assessments
    rows = active.rows, active.row_count[0]
    weak, changed = health.collect_series_health(
        scratch, context.states, assessments, active.values, rows, params
    )
    weak, changed = weak + idle.weak_count[step], changed + idle.still_count[step]
    places = health.count_comparable_places(
        scratch, rows, context.groups, idle.by_place
    )
    code = health.screen_by_counts(weak, changed, places, params)
    # In nearly every bin the counts decide.
    if code != health.UNDECIDED:
        return code
    for row in range(len(context.states)):
        if idle.idle[row]:
            scratch.comparable[row], scratch.fell[row] = True, False
            scratch.weak[row] = active.codes[row, step] == WEAK
            scratch.still[row] = idle.still[row, step]
    return health.diagnose_by_places(scratch, context.groups, changed, places, params)

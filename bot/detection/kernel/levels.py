"""The daily update of the baseline of each series, and the levels of its last bins."""

import math

import numpy as np

from bot.compilation import compiled, compiled_inline
from bot.detection.kernel.assessment import baseline_of
from bot.detection.kernel.baselines import (
    Samples,
    baseline_to_keep,
    day_ratio,
    keep_hourly_baselines,
    larger,
    smaller,
)
from bot.detection.kernel.columns import ASSESSED
from bot.detection.kernel.drops import accept_as_normal_level, remove_old_masks
from bot.detection.kernel.inputs import KernelInputs, Record, SignalParams

_MASKS_KEPT_DAYS = 36
"""The age in days at which a masked span (the bins of a drop) is removed.

No baseline uses readings of this age. It is four weeks, a day for clock changes, and a
margin."""


@compiled
def update_on_new_day(
    inputs: KernelInputs,
    states: Record,
    index: int,
    params: SignalParams,
    samples: Samples,
) -> bool:
    """If a day begins with bin `index`, update what changes once a day.

    For a series in no drop, the factor that corrects its baseline is updated. For a
    series in a drop, the baseline from before the drop is kept, in case the drop
    outlasts the history. If the drop is old and was never deep, its level is accepted
    as the normal level instead. The level of a confirmed outage is never accepted,
    because then the return of service could not be seen (P9).

    Returns:
        Whether a day begins.
    """
    if index % params.day != 0:
        return False
    for row in range(len(states)):
        state, masks = states[row], (inputs.since[row], inputs.until[row])
        remove_old_masks(masks, index - _MASKS_KEPT_DAYS * params.day)
        if state.dropped == 0:
            _update_lift(inputs, state, row, index, params, samples)
        elif (
            index - state.onset_bad >= params.shift
            and state.lowest >= params.shallow
            and not inputs.in_outage[row]
        ):
            accept_as_normal_level(state, masks)
        # The baseline is kept only once: later, the drop masks more of the last week.
        elif math.isnan(state.kept):
            column = index - inputs.first
            state.kept = baseline_to_keep(inputs, row, column, params, samples)
            # The week before the onset is used: in the week before `index`, the drop
            # masks bins.
            onset, lift = state.onset_bad - inputs.first, np.float64(state.lift)
            keep_hourly_baselines(inputs, row, onset, lift, params, samples)
    return True


@compiled_inline
def _update_lift(
    inputs: KernelInputs,
    state: Record,
    row: int,
    index: int,
    params: SignalParams,
    samples: Samples,
) -> None:
    """Update `lift`, the factor that corrects the weekly baseline, from the last day.

    The ratio is what `day_ratio` returns for the last day. If the ratio is below
    `SignalParams.off`, the factor stays. Otherwise the new factor depends on the low bins
    of the day:

    - If no bin was low, the factor becomes the ratio, but at most `SignalParams.lift`.
      In the week after a drop, it can only rise: the series may be back only in part,
      and fall again.
    - If a bin was low, a factor above the ratio becomes the ratio, but at least 1.0.
    """
    # A day in which a drop ended does not show the normal level.
    if state.back_good > index - params.day:
        return
    # If the ratio is NaN, each of these comparisons fails, and the factor stays.
    ratio = day_ratio(inputs, row, index - inputs.first, params, samples)
    if ratio >= params.off and state.low < index - params.day:
        lift = smaller(ratio, params.lift)
        if lift > state.lift or state.back_good <= index - params.week:
            state.lift = lift
    elif params.off <= ratio < state.lift:
        # The readings may look low because the baseline was corrected too far upwards.
        state.lift = larger(ratio, 1.0)


@compiled
def recompute_levels(
    inputs: KernelInputs, states: Record, params: SignalParams, samples: Samples
) -> None:
    """Compute the levels in the last two assessed bins again, by present baselines.

    The levels are stored in `states`.
    """
    for row in range(len(states)):
        state = states[row]
        state.level, state.previous = np.nan, np.nan
        for back in range(2):
            index = state.before if back == 1 else state.last
            if index >= 0:
                column = index - inputs.first
                baseline, method, _ = baseline_of(
                    inputs, state, row, column, params, samples
                )
                level = _level(inputs, row, column, baseline)
                if back == 0:
                    state.level, state.method = level, method
                else:
                    state.previous = level


@compiled_inline
def _level(inputs: KernelInputs, row: int, column: int, baseline: float) -> float:
    if 0 <= column < inputs.values.shape[1] and baseline > 0:
        return float(inputs.values[inputs.rows[row], column]) / baseline
    return np.nan


@compiled_inline
def store_levels(states: Record, assessments: Record) -> None:
    """Store the levels of the present bin in the states."""
    for row in range(len(states)):
        if assessments[row].why == ASSESSED:
            states[row].previous = states[row].level
            states[row].level = assessments[row].level
            states[row].method = assessments[row].method

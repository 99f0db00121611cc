"""Assesses one bin of one series: compares its reading with its baseline."""

import math
from typing import NamedTuple

import numpy as np

from bot.compilation import compiled, compiled_inline
from bot.detection.kernel.baselines import (
    DAILY,
    KEPT,
    Samples,
    baseline_from_samples,
    kept_baseline,
)
from bot.detection.kernel.columns import (
    ASSESSED,
    FROZEN,
    MISSING,
    NO_BASELINE,
    SOURCE_ILL,
    TOO_SMALL,
)
from bot.detection.kernel.inputs import (
    STILL_BINS,
    KernelInputs,
    Record,
    SignalParams,
)
from bot.detection.kernel.prefilter import NO_BASELINE as PREFILTER_NO_BASELINE
from bot.detection.kernel.prefilter import TOO_SMALL as PREFILTER_TOO_SMALL
from bot.detection.kernel.prefilter import WEAK, PrefilterScratch
from bot.detection.kernel.similar_days import expected_on_similar_days
from bot.detection.kernel.spread import spread


class KernelWorkspace(NamedTuple):
    """Memory that the compiled loops write intermediate results to.

    Attributes:
        assessments: the assessment of each series in the current bin; shape (series,),
            dtype `ASSESSMENT`.
        samples: the samples of the baseline that is being computed.
        prefilter: see `PrefilterScratch`.
    """

    assessments: Record
    samples: Samples
    prefilter: PrefilterScratch


@compiled
def assess(
    inputs: KernelInputs,
    state: Record,
    row: int,
    column: int,
    params: SignalParams,
    workspace: KernelWorkspace,
) -> None:
    """Compare a reading with its baseline; write the result to `workspace.assessments`.

    Args:
        inputs: the readings.
        state: the state of the series before this bin.
        row: the number of the series.
        column: the column of the bin in the table of readings.
        params: the parameters of the signal.
        workspace: receives the result, and has space for samples.
    """
    result = workspace.assessments[row]
    reset_assessment(result)
    result.level = np.nan
    inside = 0 <= column < inputs.values.shape[1]
    value = float(inputs.values[inputs.rows[row], column]) if inside else np.nan
    if math.isnan(value):
        result.why = MISSING
        return
    _compare(inputs, state, row, column, params, workspace)
    # A low series that repeats its reading has dropped to a constant. This is a real
    # drop, so the series is not rejected as frozen.
    if is_frozen(state, value, params) and result.why == ASSESSED and not result.low:
        result.why, result.level, result.normal = FROZEN, np.nan, False


@compiled_inline
def reset_assessment(result: Record) -> None:
    """Reset an assessment, so that it says: the bin is assessed and not low."""
    result.why, result.level, result.method = ASSESSED, 0.0, 0
    result.low, result.normal, result.weak = False, False, False
    result.below_entry, result.prefiltered = False, False


@compiled_inline
def set_from_prefilter(result: Record, code: int) -> None:
    """Set an assessment to what a `PrefilterCode` other than UNDECIDED says."""
    reset_assessment(result)
    if code == PREFILTER_TOO_SMALL:
        result.why, result.level = TOO_SMALL, np.nan
    elif code == PREFILTER_NO_BASELINE:
        result.why, result.level = NO_BASELINE, np.nan
    else:
        result.prefiltered = True
        result.weak = code == WEAK


@compiled_inline
def reject_assessment(result: Record) -> None:
    """Set the assessment of a bin to unknown, because its source is unhealthy."""
    if result.why == ASSESSED:
        reset_assessment(result)
        result.why, result.level = SOURCE_ILL, np.nan


@compiled_inline
def _compare(
    inputs: KernelInputs,
    state: Record,
    row: int,
    column: int,
    params: SignalParams,
    workspace: KernelWorkspace,
) -> None:
    result, samples = workspace.assessments[row], workspace.samples
    baseline, method, count = baseline_of(inputs, state, row, column, params, samples)
    result.method = method
    if method == 0:
        result.why = NO_BASELINE
    elif baseline < params.minimum:
        result.why = TOO_SMALL
    else:
        value = float(inputs.values[inputs.rows[row], column])
        result.level = np.float32(value / baseline)
        # `below_entry` ignores the noise. It serves to judge the health of the source: a
        # fault of the source may lower the readings of many small places, each by less than
        # the noise (see `health.collect_series_health`).
        result.below_entry = value < params.on * baseline
        result.weak = value < params.ill_level * baseline
        result.normal = value > params.off * baseline
        # A daily baseline compares a weekend with weekdays. So with a daily baseline, a
        # reading must be lower to count as low.
        low = value < (params.new if method == DAILY else params.on) * baseline
        # A kept baseline has no samples and so no spread. With it, the level alone
        # decides.
        if low and count > 0:
            result_ = baseline, method, count
            lift = np.float64(state.lift)
            deviation = spread(inputs, (row, column), result_, lift, params, samples)
            low = baseline - value > params.spreads * deviation
        if low and params.alike and state.dropped == 0:
            low = _low_on_similar_days(inputs, state, row, column, params, samples)
        result.low = low


@compiled_inline
def baseline_of(
    inputs: KernelInputs,
    state: Record,
    row: int,
    column: int,
    params: SignalParams,
    samples: Samples,
) -> tuple[float, int, int]:
    """Return the baseline, its method and the number of its samples.

    They are those of `baselines.baseline_from_samples`. Late in a long drop, that function
    finds no baseline; then the baseline that was kept from before the drop is returned,
    with 0 samples.
    """
    lift = np.float64(state.lift)
    baseline, method, count = baseline_from_samples(
        inputs, row, column, lift, params, samples
    )
    if method == 0 and state.dropped == 1 and not math.isnan(state.kept):
        kept = np.float64(state.kept)
        baseline = kept_baseline(inputs, row, column, kept, params)
        method, count = KEPT, 0
    return baseline, method, count


@compiled_inline
def _low_on_similar_days(
    inputs: KernelInputs,
    state: Record,
    row: int,
    column: int,
    params: SignalParams,
    samples: Samples,
) -> bool:
    """Whether a reading is also low compared with the most similar past days.

    The result is True if too few days can be compared.
    """
    # Days are compared by the 24 hours before the bin. For today, these hours end
    # before the present low readings: otherwise past days with an outage would be the
    # most similar.
    until = state.first - inputs.first if state.run > 0 else column
    similar = expected_on_similar_days(inputs, row, column, until, params, samples)
    # `not a >= b` is also true for NaN. So without such a baseline, a reading counts as
    # low.
    return not inputs.values[inputs.rows[row], column] >= params.on * similar


@compiled_inline
def is_frozen(state: Record, value: float, params: SignalParams) -> bool:
    """Whether a reading has stayed the same for so long that it is rejected."""
    return (
        params.freezes
        and state.same >= params.frozen
        and value == state.value
        and value >= params.busy
    )


@compiled_inline
def is_still(state: Record, value: float, params: SignalParams) -> bool:
    """Whether a reading is repeated so often that its source looks unhealthy."""
    return (
        params.freezes
        and state.same + 1 >= STILL_BINS
        and value == state.value
        and value >= params.busy
    )

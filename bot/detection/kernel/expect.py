"""Computes baselines and spreads of many bins, for traces and artefact checks."""

from typing import Any

import numpy as np

from bot.compilation import compiled
from bot.detection.kernel.baselines import (
    MAX_SAMPLES,
    Columns,
    Samples,
    baseline_from_samples,
    kept_baseline,
)
from bot.detection.kernel.inputs import (
    KernelInputs,
    Numbers,
    SignalParams,
    Values,
    params_record,
)
from bot.detection.kernel.spread import spread


@compiled
def _fill_baselines(
    inputs: KernelInputs,
    bins: tuple[Numbers, Columns],
    settings: tuple[float, float],
    params: SignalParams,
    samples: Samples,
    out: Values,
) -> None:
    (rows, columns), (lift, minimum) = bins, settings
    for n in range(len(columns)):
        row: Any = np.int64(rows[n])
        result = baseline_from_samples(inputs, row, columns[n], lift, params, samples)
        out[0, n] = result[0] if result[0] >= minimum else np.nan
        out[1, n] = np.nan
        if result[2]:
            bin_ = row, columns[n]
            out[1, n] = spread(inputs, bin_, result, lift, params, samples)


def baselines_and_spreads(
    inputs: KernelInputs,
    bins: tuple[Numbers, Columns],
    lift: float,
    minimum: float,
    params: SignalParams,
) -> tuple[Values, Values]:
    """Return the baselines and the spreads of many bins; NaN if there is no baseline.

    Args:
        inputs: the readings.
        bins: two arrays with one element per bin: the number of its series, and its
            column.
        lift: the factor that corrects a weekly or thin baseline.
        minimum: the least baseline; if a baseline is smaller, NaN is returned for it.
        params: the parameters of the signal.
    """
    out = np.empty((2, len(bins[1])), dtype=np.float32)
    settings = float(lift), float(minimum)
    _fill_baselines(
        inputs, bins, settings, params_record(params), np.empty(MAX_SAMPLES), out
    )
    return out[0], out[1]


@compiled
def _fill_kept_baselines(
    inputs: KernelInputs,
    columns: Columns,
    kept: float,
    params: SignalParams,
    out: Values,
) -> None:
    for n in range(len(columns)):
        out[n] = kept_baseline(inputs, 0, columns[n], kept, params)


def kept_baselines(
    inputs: KernelInputs, columns: Columns, kept: float, params: SignalParams
) -> Values:
    """Return baselines of the first series, as they were kept from before a long drop.

    Args:
        inputs: the inputs; `inputs.hours` has the kept baselines, by hour.
        columns: the columns of `inputs.values` for which baselines are returned.
        kept: a single kept baseline; it is returned for the hours that are not in
            `inputs.hours`.
        params: the parameters of the signal.
    """
    out = np.empty(len(columns), dtype=np.float32)
    _fill_kept_baselines(inputs, columns, float(kept), params_record(params), out)
    return out


def baselines_and_spreads_of_row(
    inputs: KernelInputs, row: int, columns: Columns, lift: float, params: SignalParams
) -> tuple[Values, Values]:
    """Return the baselines and the spreads of one series in many columns.

    They are NaN where there is no baseline.
    """
    rows = np.full(len(columns), row, dtype=np.int32)
    return baselines_and_spreads(inputs, (rows, columns), lift, -np.inf, params)

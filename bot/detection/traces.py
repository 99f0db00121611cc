"""The trace of a series: its readings and their baseline."""

import math
from datetime import datetime

import numpy as np

from bot.detection.kernel.baselines import Columns
from bot.detection.kernel.columns import StateRow
from bot.detection.kernel.expect import baselines_and_spreads_of_row, kept_baselines
from bot.detection.kernel.inputs import KernelInputs, SignalParams
from bot.detection.series_states import SeriesStates
from bot.model.incident import Trace
from bot.model.signal import Panel, Values

_DIGITS = 6
"""How many significant digits a stored reading has; float32 is exact to so many."""


def make_trace(
    panel: Panel,
    states: SeriesStates,
    inputs: KernelInputs,
    params: SignalParams,
    since: datetime,
    brand: str,
) -> Trace:
    """Return the trace of a series from the bin at `since` to the last assessed bin.

    Bins that are not due yet are left out. The baseline of a bin uses only readings
    from before the bin, and no reading in a drop, even if the drop was detected later.
    Values are in the signal's unit, rounded to six significant digits; None if missing.

    Args:
        panel: the readings of all series of the signal.
        states: the state of this series alone, after the last assessed bin.
        inputs: the kernel's inputs for this series alone.
        params: the parameters of the signal.
        since: a time in the first bin of the trace; aware.
        brand: the brand of the network; "" if the entity has none.
    """
    signal = panel.signal
    first = max(signal.bin_at(since), panel.first)
    # A bin that was assessed as missing may lie beyond the end of the panel. The trace
    # ends with the panel at the latest.
    bins = np.arange(first, min(states.index, panel.last) + 1, dtype=np.int64)
    row = states.state_of_row(0)
    expected, spread = _baselines_and_spreads(inputs, row, bins - panel.first, params)
    if not math.isnan(row.kept):
        # Late in a long drop no sample is left for a baseline, so the baseline that was
        # kept from before the drop is used.
        unknown = np.isnan(expected) & (bins >= row.onset_bad)
        columns = bins[unknown] - panel.first
        expected[unknown] = kept_baselines(inputs, columns, row.kept, params)
    return Trace(
        entity=states.entities[0],
        signal=signal.id,
        family=signal.family,
        unit=signal.unit,
        first=signal.start_of(first),
        step_s=signal.step_s,
        values=_rounded(panel.values[inputs.rows[0], bins - panel.first]),
        expected=_rounded(expected),
        spread=_rounded(spread),
        brand=brand,
    )


def _baselines_and_spreads(
    inputs: KernelInputs, row: StateRow, columns: Columns, params: SignalParams
) -> tuple[Values, Values]:
    """Return the baseline and spread of the series in each column.

    Up to the end of the last drop, baselines keep the correction factor that applied
    before the drop. So a later factor does not change what was published about these
    bins (P11). If the level of the last drop was accepted as normal, the factor of now
    applies everywhere.
    """
    back = columns >= row.back_good - inputs.first
    held = row.held if row.back_good > row.onset_bad else math.nan
    before = row.lift if math.isnan(held) else held
    parts = (
        baselines_and_spreads_of_row(inputs, 0, columns[~back], before, params),
        baselines_and_spreads_of_row(inputs, 0, columns[back], row.lift, params),
    )
    expected, spread = (np.concatenate(pair) for pair in zip(*parts, strict=True))
    return expected, spread


def _rounded(values: Values) -> tuple[float | None, ...]:
    """Round to `_DIGITS` significant digits; NaN becomes None."""
    exact = np.asarray(values, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        digits = _DIGITS - 1 - np.floor(np.log10(np.abs(exact)))
    digits = np.where(np.isfinite(digits), digits, 0.0)
    up, down = 10.0 ** np.maximum(digits, 0), 10.0 ** np.maximum(-digits, 0)
    # Division by a power of ten gives the float nearest to the decimal number, which
    # multiplication by a negative power does not.
    rounded = np.rint(exact * up / down) * down / up
    numbers: list[float | None] = rounded.tolist()
    for index in np.flatnonzero(np.isnan(rounded)).tolist():
        numbers[index] = None
    return tuple(numbers)

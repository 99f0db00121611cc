"""One series over a window, with what was expected of it: the evidence drawn."""

import math
from datetime import datetime

import numpy as np

from bot.detection.kernel.baselines import Columns, expect_row
from bot.detection.kernel.columns import StateRow
from bot.detection.kernel.inputs import KernelInputs, SignalParams
from bot.detection.series_states import SeriesStates
from bot.model.incident import Trace
from bot.model.signal import Panel, Values

_DIGITS = 6
"""Significant digits of a stored reading: float32 has no more."""


def trace(
    panel: Panel,
    states: SeriesStates,
    ground: KernelInputs,
    m: SignalParams,
    since: datetime,
    brand: str,
) -> Trace:
    """One series from the bin at `since` to the last judged bin.

    Bins beyond that are not due and are left out. Columns after a bin play no part
    in its baseline, but drops found since are masked.

    Args:
        panel: the readings.
        states: of this series alone.
        ground: what it is judged on.
        m: the numbers of the signal.
        since: aware.
        brand: what a network is called, if it is one.
    """
    signal = panel.signal
    first = max(signal.bin_of(since), panel.first)
    # A bin may be judged, as missing, that the panel has never reached.
    bins = np.arange(first, min(states.index, panel.last) + 1, dtype=np.int64)
    told = states.told(0)
    expected, spread = _expect(ground, told, bins - panel.first, m)
    if told.dropped:
        beyond = np.isnan(expected) & (bins >= told.onset_bad)
        expected[beyond] = told.kept
    return Trace(
        entity=states.entities[0],
        signal=signal.id,
        family=signal.family,
        unit=signal.unit,
        first=signal.start_of(first),
        step_s=signal.step_s,
        values=_numbers(panel.values[ground.rows[0], bins - panel.first]),
        expected=_numbers(expected),
        spread=_numbers(spread),
        brand=brand,
    )


def _expect(
    ground: KernelInputs, told: StateRow, columns: Columns, m: SignalParams
) -> tuple[Values, Values]:
    """What was expected, by the level that was followed at the time.

    What lies before a return is held against the level from before the drop: days that
    came later must not redraw it (P11).
    """
    back = columns >= told.back_good - ground.first
    held = told.held if told.back_good > told.onset_bad else math.nan
    before = told.lift if math.isnan(held) else held
    parts = (
        expect_row(ground, 0, columns[~back], before, m),
        expect_row(ground, 0, columns[back], told.lift, m),
    )
    expected, spread = (np.concatenate(both) for both in zip(*parts, strict=True))
    return expected, spread


def _numbers(values: Values) -> tuple[float | None, ...]:
    """Rounded to so many digits; None is missing."""
    exact = np.asarray(values, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        digits = _DIGITS - 1 - np.floor(np.log10(np.abs(exact)))
    digits = np.where(np.isfinite(digits), digits, 0.0)
    up, down = 10.0 ** np.maximum(digits, 0), 10.0 ** np.maximum(-digits, 0)
    # A whole number over a power of ten is the nearest number there is.
    rounded = np.rint(exact * up / down) * down / up
    told: list[float | None] = rounded.tolist()
    for place in np.flatnonzero(np.isnan(rounded)).tolist():
        told[place] = None
    return tuple(told)

"""One series over a window, with what was expected of it: the evidence drawn."""

from datetime import datetime

import numpy as np

from bot.detection.baselines import expect_row
from bot.detection.drops import columns
from bot.detection.state import SeriesStates
from bot.detection.thresholds import SPREAD_FLOOR
from bot.model.incident import Trace
from bot.model.panel import Panel
from bot.model.signal import Values

_DIGITS = 6
"""Significant digits of a stored reading: float32 has no more."""


def trace(
    panel: Panel, states: SeriesStates, row: int, since: datetime, brand: str
) -> Trace:
    """Row `row` from the bin at `since` to the last judged bin.

    Bins beyond that are not due and are left out. Columns after a bin play no part
    in its baseline, but drops found since are masked.
    """
    signal = panel.signal
    first = max(signal.bin_of(since), panel.first)
    # A bin may be judged, as missing, that the panel has never reached.
    bins = np.arange(first, min(states.index, panel.last) + 1, dtype=np.int64)
    base = expect_row(
        signal,
        panel.values,
        row,
        bins - panel.first,
        columns(states.masks, panel.first),
        SPREAD_FLOOR[signal.family],
    )
    return Trace(
        entity=panel.entities[row],
        signal=signal.id,
        family=signal.family,
        unit=signal.unit,
        first=signal.start_of(first),
        step_s=signal.step_s,
        values=_numbers(panel.values[row, bins - panel.first]),
        expected=_numbers(base.expected),
        spread=_numbers(base.spread),
        brand=brand,
    )


def _numbers(values: Values) -> tuple[float | None, ...]:
    return tuple(
        None if np.isnan(v) else float(f"{float(v):.{_DIGITS}g}") for v in values
    )

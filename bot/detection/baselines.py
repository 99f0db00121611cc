"""The expected reading and its spread: the same time of the week, in past weeks.

For bin b the samples are the bins at b minus 1, 2, 3 and 4 weeks, pooled with their
nearest neighbours (within an hour). The baseline is their median, the spread
1.4826 times their median absolute deviation, which equals the standard deviation
for normal noise. While fewer than two weeks are known, the same time of the past
seven days serves (three known at least); before that, for signals without a strong
daily cycle, the median of up to seven days (one day at least); and deep in a long
outage the same time of a single week ("thin"). Else: no baseline.

Method and fall-backs: seasonal medians, as in the IODA and Trinocular literature.
"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from bot.model.signal import Family, Signal, Values

Bins = npt.NDArray[np.int64]
Masks = dict[int, list[tuple[int, int]]]
"""For some rows, the bins [from, to) that a drop spoilt: no history for a baseline."""

WEEKS = 4
DAYS = 7
METHODS = ("none", "flat", "daily", "weekly", "thin")
_FLAT = frozenset({Family.CONTROL_PLANE, Family.ACTIVE_PROBING})
_MAD_TO_SIGMA = 1.4826


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """What was to be expected; one element for each row (or bin) asked for.

    Attributes:
        expected, spread: in the signal's unit; NaN where there is no baseline.
        method: an index into `METHODS`.
    """

    expected: Values
    spread: Values
    method: npt.NDArray[np.int8]


def _bins(signal: Signal, span: timedelta) -> int:
    return int(span.total_seconds()) // signal.step_s


def _offsets(signal: Signal, period: timedelta, count: int) -> Bins:
    """How far back the samples lie: shape (count, pooled bins)."""
    pool = min(2, _bins(signal, timedelta(hours=1)))
    back = np.arange(1, count + 1, dtype=np.int64) * _bins(signal, period)
    near = np.arange(-pool, pool + 1, dtype=np.int64)
    return back[:, None] + near[None, :]


def _summary(
    samples: Values, periods: int, least: int, floor: float
) -> tuple[Values, Values, npt.NDArray[np.bool_]]:
    """Median, spread and usability of samples of shape (rows, periods x pool)."""
    rows = samples.shape[0]
    known = ~np.isnan(samples)
    enough = known.reshape(rows, periods, -1).any(axis=2).sum(axis=1) >= least
    expected = np.full(rows, np.nan, dtype=np.float32)
    spread = np.full(rows, np.nan, dtype=np.float32)
    if enough.any():
        usable = samples[enough]
        middle = median(usable)
        away = median(np.abs(usable - middle[:, None]))
        expected[enough] = middle
        spread[enough] = np.maximum(_MAD_TO_SIGMA * away, floor * middle)
    return expected, spread, enough


def median(samples: Values) -> Values:
    """The median of each row, NaN left out; every row has a number.

    The mean of the two middle values; much quicker than numpy's own with NaN.
    """
    ordered = np.sort(samples, axis=1)  # NaN goes last
    count = (~np.isnan(samples)).sum(axis=1)
    row = np.arange(len(samples))
    low = ordered[row, (count - 1) // 2]
    high = ordered[row, count // 2]
    return np.asarray((low + high) / 2, dtype=np.float32)


def expect(
    signal: Signal, values: Values, at: int, masks: Masks, floor: float
) -> Baseline:
    """The baseline of every row at column `at`, from the columns before it.

    Args:
        signal: whose step and family decide the samples.
        values: shape (rows, bins); only columns before `at` are looked at.
        at: the column to expect.
        masks: spoilt bins, in columns.
        floor: the least spread, as a fraction of the baseline.
    """
    rows = np.arange(values.shape[0], dtype=np.int64)
    return _expect(signal, values, rows, np.full_like(rows, at), masks, floor)


def expect_row(
    signal: Signal, values: Values, row: int, at: Bins, masks: Masks, floor: float
) -> Baseline:
    """The baselines of one row at many columns, each from the columns before it."""
    own = {row: masks[row]} if row in masks else {}
    return _expect(signal, values, np.full_like(at, row), at, own, floor)


def _expect(
    signal: Signal, values: Values, rows: Bins, at: Bins, masks: Masks, floor: float
) -> Baseline:
    found = Baseline(
        expected=np.full(len(rows), np.nan, dtype=np.float32),
        spread=np.full(len(rows), np.nan, dtype=np.float32),
        method=np.zeros(len(rows), dtype=np.int8),
    )
    for method, offsets, least in _ladder(signal):
        missing = np.flatnonzero(found.method == 0)
        if not len(missing):
            break
        columns = at[missing, None] - offsets.ravel()[None, :]
        samples = _gather(values, rows[missing], columns, masks)
        expected, spread, good = _summary(samples, len(offsets), least, floor)
        hit = missing[good]
        found.expected[hit] = expected[good]
        found.spread[hit] = spread[good]
        found.method[hit] = METHODS.index(method)
    if signal.minimum > 0:  # a count: no quieter than chance allows (Poisson)
        np.maximum(found.spread, np.sqrt(np.abs(found.expected)), out=found.spread)
    return found


def _ladder(signal: Signal) -> list[tuple[str, Bins, int]]:
    """The methods, best first: name, offsets (periods, pool), least periods known."""
    week, day = timedelta(days=7), timedelta(days=1)
    steps = [
        ("weekly", _offsets(signal, week, WEEKS), 2),
        ("daily", _offsets(signal, day, DAYS), 3),
    ]
    if signal.family in _FLAT:
        bins = np.arange(1, _bins(signal, day) * DAYS + 1, dtype=np.int64)
        steps.append(("flat", bins[:, None], max(4, _bins(signal, day))))
    # Deep in a long outage one ordinary week may be all that is left.
    steps.append(("thin", _offsets(signal, week, WEEKS), 1))
    return steps


def _gather(values: Values, rows: Bins, columns: Bins, masks: Masks) -> Values:
    """Samples of shape (rows, samples); NaN outside the panel and under a mask."""
    inside = (columns >= 0) & (columns < values.shape[1])
    samples = values[rows[:, None], np.where(inside, columns, 0)]
    samples[~inside] = np.nan
    for row, spans in masks.items():
        places = np.flatnonzero(rows == row)
        for since, until in spans:
            spoilt = (columns[places] >= since) & (columns[places] < until)
            samples[places] = np.where(spoilt, np.nan, samples[places])
    return np.asarray(samples, dtype=np.float32)

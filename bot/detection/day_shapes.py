"""Tests whether a day such as a holiday, or a changed clock, explains a drop.

On holidays, during matches and when a weekend is moved to other days, traffic falls as
in an outage. If clocks are changed at short notice, traffic rises and falls an hour
early or late. In both cases people behave differently, and the network works. So a drop
is compared with the days of the past four weeks. Cloudflare Radar's forecast (2023)
also uses four weeks.
"""

import warnings
from dataclasses import dataclass

import numpy as np

from bot.detection.kernel.inputs import SignalParams
from bot.model.signal import Values

DAYS = 27
"""How many earlier days are compared with the drop.

With the day of the drop these are 28 days, the length of every history (P14).
"""
_AS_LOW = 0.95
"""The least ratio at which a past day counts as being as low as the drop.

The ratio is the median of the readings in the drop, each divided by the past day's
reading at the same time of day. At 1.0 the past day was as low as the drop; above 1.0 it
was lower.
"""
_SIMILAR_DAYS = 2
"""How many past days as low as the drop are enough to explain the drop.

One such day is not enough: it may have had an outage that was not detected.
"""
_WEEKS = 3


@dataclass(frozen=True, slots=True, eq=False)
class PastReadings:
    """The past readings of a series that is in a drop, up to its newest bin.

    Attributes:
        values: shape (`history_bins_needed`,): the readings of the series, newest last; NaN
            where a reading is missing or lies in an earlier drop.
        drop_bins: how many bins the drop has so far; they are the newest bins.
        params: the parameters of the signal.
    """

    values: Values
    drop_bins: int
    params: SignalParams

    def readings_moved_back(self, bins: int) -> Values:
        """Move the drop's last day back by `bins` bins, and return the readings in it.

        If `bins` is 0, these are the readings of the drop itself in its last 24 hours,
        or in all its bins if it is shorter. There are fewer readings if the history
        does not reach back far enough.
        """
        count = min(self.drop_bins, self.params.day)
        end = len(self.values) - bins
        return self.values[max(0, end - count) : max(0, end)]


def history_bins_needed(params: SignalParams) -> int:
    """Return how many bins of history the comparisons with past days need."""
    return (DAYS + 1) * params.day


def is_as_low_on_other_days(past: PastReadings) -> bool:
    """Whether two or more days of the past four weeks were as low at the same hours."""
    days = (
        past.readings_moved_back(back * past.params.day) for back in range(1, DAYS + 1)
    )
    return (
        sum(_was_as_low(past.readings_moved_back(0), day) for day in days)
        >= _SIMILAR_DAYS
    )


def _was_as_low(drop_readings: Values, day_readings: Values) -> bool:
    """Whether a past day was as low as the drop.

    Args:
        drop_readings: the readings of the drop in its last day.
        day_readings: the readings of the past day in the same bins of the day.
    """
    if len(day_readings) < len(drop_readings):
        return False
    ratio = _ratios(drop_readings, day_readings)
    # A past day with readings in less than half of these bins proves nothing (P5).
    return 2 * len(ratio) >= len(drop_readings) and float(np.median(ratio)) >= _AS_LOW


def is_normal_at_another_hour(past: PastReadings) -> bool:
    """Whether the readings of the drop would be normal an hour earlier or later.

    The result is False if a bin is longer than an hour, because a changed clock does
    not show in such bins.
    """
    params = past.params
    if params.step_s > 3600:
        return False
    return any(_normal_when_shifted(past, by) for by in (-params.hour, params.hour))


def _normal_when_shifted(past: PastReadings, shift: int) -> bool:
    """Whether the drop reads normal against past weeks at a shifted time.

    Each bin is compared with the bins of past weeks, `shift` bins before the same time.
    """
    params, now = past.params, past.readings_moved_back(0)
    weeks = [
        past.readings_moved_back(k * params.week + shift) for k in range(1, _WEEKS + 1)
    ]
    # A week that reaches beyond the start of the history has fewer readings than the
    # drop. It cannot be stacked with the other weeks.
    whole = [week for week in weeks if len(week) == len(now)]
    if not whole:
        return False
    with warnings.catch_warnings():
        # If a bin is missing in all of these weeks, its median is NaN and numpy warns.
        warnings.simplefilter("ignore", RuntimeWarning)
        ratio = _ratios(now, np.nanmedian(np.stack(whole), axis=0))
    return 2 * len(ratio) >= len(now) and bool((ratio >= params.off).all())


def _ratios(drop_readings: Values, past_readings: Values) -> Values:
    """Return `drop_readings` divided by `past_readings`, bin by bin.

    A bin is left out if one of its two readings is missing, or if the past reading is
    not above zero.
    """
    both = ~np.isnan(drop_readings) & (past_readings > 0)
    return np.asarray(drop_readings[both] / past_readings[both])

"""Shapes of days that look like a loss: another kind of day, or a clock that was set.

Holidays, matches and weekends that move empty the lines as an outage does; and where
a clock is set at short notice, the day's shape comes an hour early or late. Both
move people alone, never the network (detection.md A4, "holiday / DST").
"""

import warnings
from dataclasses import dataclass

import numpy as np

from bot.detection.kernel.inputs import SignalParams
from bot.model.signal import Values

DAYS = 27
"""Days compared; with the drop's own they are what a history surely holds (P14)."""
_AS_LOW = 0.95
"""At that share of another day's readings, and above, this day is no lower."""
_ENOUGH = 2
"""So many days alike are a kind of day; one may have had an outage nobody saw."""
_WEEKS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """A series up to now.

    Attributes:
        values: its readings, newest last, `span` of them; NaN is missing, or spoilt
            by an earlier drop.
        fallen: how many of the newest bins lie in the drop.
        measure: the numbers of its signal.
    """

    values: Values
    fallen: int
    measure: SignalParams

    def back(self, bins: int) -> Values:
        """The bins of the drop, its last day at most, so many bins earlier."""
        count = min(self.fallen, self.measure.day)
        end = len(self.values) - bins
        return self.values[max(0, end - count) : max(0, end)]


def span(m: SignalParams) -> int:
    """How many bins the questions below look back on."""
    return (DAYS + 1) * m.day


def like_another_day(past: Past) -> bool:
    """Whether on other days of the past four weeks the same hours were as low."""
    days = (past.back(back * past.measure.day) for back in range(1, DAYS + 1))
    return sum(_as_low(past.back(0), day) for day in days) >= _ENOUGH


def _as_low(now: Values, then: Values) -> bool:
    if len(then) < len(now):
        return False
    ratio = _ratio(now, then)
    return 2 * len(ratio) >= len(now) and float(np.median(ratio)) >= _AS_LOW


def like_another_hour(past: Past) -> bool:
    """Whether the readings are ordinary for an hour earlier or later."""
    m = past.measure
    if m.step_s > 3600:
        return False  # such bins do not notice that a clock was set
    return any(_ordinary(past, shift) for shift in (-m.hour, m.hour))


def _ordinary(past: Past, shift: int) -> bool:
    m, now = past.measure, past.back(0)
    weeks = [past.back(k * m.week + shift) for k in range(1, _WEEKS + 1)]
    whole = [week for week in weeks if len(week) == len(now)]
    if not whole:
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a bin known in no week
        ratio = _ratio(now, np.nanmedian(np.stack(whole), axis=0))
    return 2 * len(ratio) >= len(now) and bool((ratio >= m.off).all())


def _ratio(now: Values, then: Values) -> Values:
    """Bin by bin, where both are known."""
    known = ~np.isnan(now) & (then > 0)
    return np.asarray(now[known] / then[known])

"""The UTC offsets of the watched places, hour by hour, as input of the kernel (P9)."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from bot.detection.kernel.inputs import Offsets
from bot.detection.kernel_calls import Clocks, utc_clocks
from bot.model.entity import Entity
from bot.model.signal import Panel, Signal
from bot.model.watchlist import Watchlist

_AHEAD = timedelta(days=30)
"""A new table of offsets extends at least this far beyond the last requested bin.

It extends by half of the requested period if that is more. So a live run does not make
a new table for each bin, and a long replay does not make one for each month.
"""
_HOUR_S = 3600


class UtcOffsets:
    """The UTC offsets of one signal's series; the table grows as bins are requested."""

    def __init__(
        self, signal: Signal, rows: tuple[Entity, ...], watch: Watchlist
    ) -> None:
        """Look up the time zone of each row's place; UTC if the place has none.

        Args:
            signal: gives the length of a bin.
            rows: the entity of each row.
            watch: states the place of each entity, and the time zone of each place.
        """
        names = [watch.zones.get(watch.place_of[e], "UTC") for e in rows]
        self._zones = sorted(set(names))
        number = {name: index for index, name in enumerate(self._zones)}
        self._zone = np.array([number[name] for name in names], dtype=np.int32)
        self._signal = signal
        # Offsets are counted in whole bins, so if a bin is longer than an hour, a clock
        # change makes no difference.
        self._constant = signal.step_s > _HOUR_S or self._zones in ([], ["UTC"])
        self._until = 0
        self._clocks = utc_clocks(len(rows))

    def clocks(self, panel: Panel, until: int) -> Clocks:
        """Return the UTC offsets, in bins, from the panel's first bin to bin `until`.

        Raises:
            ZoneInfoNotFoundError: a place has a zone that the time zone database lacks.
        """
        if self._constant:
            return self._clocks
        first, last = self._hour(panel.first), self._hour(until)
        if first < self._clocks.hour or last >= self._until:
            margin = int(_AHEAD.total_seconds()) // _HOUR_S
            self._make_table(first, last + max(margin, (last - first) // 2))
        return self._clocks

    def _hour(self, index: int) -> int:
        """Return the hour since 1970 in which bin `index` begins."""
        return int(self._signal.start_of(index).timestamp()) // _HOUR_S

    def _make_table(self, first: int, until: int) -> None:
        """Make the table for the hours [first, until) since 1970."""
        step = self._signal.step_s
        rows = [_hourly_offsets(name, first, until) // step for name in self._zones]
        east = np.array(rows, dtype=np.int16)
        moves = np.asarray((east != east[:, :1]).any(axis=1))
        self._until = until
        self._clocks = Clocks(self._zone, east, moves, first)


def _hourly_offsets(zone: str, first: int, until: int) -> Offsets:
    """Return the UTC offsets of a zone, in seconds, in the hours [first, until).

    The hours are counted from 1970; the offset is that at the start of each hour.
    """
    days = range(first // 24, -(-until // 24) + 1)
    whole = np.concatenate([_offsets_of_day(zone, day) for day in days])
    start = first - first // 24 * 24
    return np.asarray(whole[start : start + until - first])


@lru_cache(maxsize=100_000)
def _offsets_of_day(zone: str, day: int) -> Offsets:
    """Return the UTC offsets, in seconds, of a zone in the 24 hours of a day (UTC).

    `day` is counted from 1970.
    """
    begins, ends = _offset_at(zone, day * 24), _offset_at(zone, day * 24 + 24)
    # A look-up is slow, so single hours are looked up only if the offset changes within
    # the day.
    if begins == ends:
        return np.full(24, begins, dtype=np.int32)
    hours = [_offset_at(zone, day * 24 + hour) for hour in range(24)]
    return np.array(hours, dtype=np.int32)


def _offset_at(zone: str, hour: int) -> int:
    at = datetime.fromtimestamp(hour * _HOUR_S, tz=UTC)
    offset = at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
    return int(offset.total_seconds())

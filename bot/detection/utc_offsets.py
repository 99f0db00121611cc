"""What the clocks of the watched places showed, as detection needs it (P9)."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from bot.detection.kernel.inputs import Offsets
from bot.detection.kernel_calls import Clocks, utc
from bot.model.entity import Entity
from bot.model.signal import Panel, Signal
from bot.model.watchlist import Watchlist

_AHEAD = timedelta(days=30)
"""So far beyond what is asked for a table reaches at least, and half as far again as
it is long: not to be made at every bin, nor in a long replay at every month."""
_HOUR_S = 3600


class UtcOffsets:
    """The clocks of one signal's series, for whatever window is asked for."""

    def __init__(
        self, signal: Signal, rows: tuple[Entity, ...], watch: Watchlist
    ) -> None:
        """Find the zone of each row."""
        names = [watch.zones.get(watch.place_of[e], "UTC") for e in rows]
        self._zones = sorted(set(names))
        number = {name: at for at, name in enumerate(self._zones)}
        self._zone = np.array([number[name] for name in names], dtype=np.int32)
        self._signal = signal
        # Bins longer than an hour do not notice that a clock was set.
        self._still = signal.step_s > _HOUR_S or self._zones in ([], ["UTC"])
        self._until = 0
        self._clocks = utc(len(rows))

    def clocks(self, panel: Panel, until: int) -> Clocks:
        """The clocks from the panel's first bin to the bin `until`."""
        if self._still:
            return self._clocks
        first, last = self._hour(panel.first), self._hour(until)
        if first < self._clocks.hour or last >= self._until:
            ahead = int(_AHEAD.total_seconds()) // _HOUR_S
            self._make(first, last + max(ahead, (last - first) // 2))
        return self._clocks

    def _hour(self, index: int) -> int:
        return int(self._signal.start_of(index).timestamp()) // _HOUR_S

    def _make(self, first: int, until: int) -> None:
        step = self._signal.step_s
        tables = [ahead(name, first, until) // step for name in self._zones]
        east = np.array(tables, dtype=np.int16)
        moves = np.asarray((east != east[:, :1]).any(axis=1))
        self._until = until
        self._clocks = Clocks(self._zone, east, moves, first)


def ahead(zone: str, first: int, until: int) -> Offsets:
    """Seconds ahead of UTC at the beginning of each hour since 1970, int32."""
    days = range(first // 24, -(-until // 24) + 1)
    whole = np.concatenate([_day(zone, day) for day in days])
    start = first - first // 24 * 24
    return np.asarray(whole[start : start + until - first])


@lru_cache(maxsize=100_000)
def _day(zone: str, day: int) -> Offsets:
    """The 24 hours of a day since 1970; clocks are asked hourly only where they move."""
    begins, ends = _offset(zone, day * 24), _offset(zone, day * 24 + 24)
    if begins == ends:
        return np.full(24, begins, dtype=np.int32)
    hours = [_offset(zone, day * 24 + hour) for hour in range(24)]
    return np.array(hours, dtype=np.int32)


def _offset(zone: str, hour: int) -> int:
    at = datetime.fromtimestamp(hour * _HOUR_S, tz=UTC)
    offset = at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
    return int(offset.total_seconds())

"""Detector states of the last day, to go back to when readings arrive late."""

from collections import deque
from datetime import timedelta

from bot.detection.kernel.columns import NEVER
from bot.detection.series_states import SeriesStates, decode, encode
from bot.model.signal import Signal

_EVERY = timedelta(hours=3)
"""What lies between is walked again: quick, and it takes no memory."""
_KEPT = timedelta(hours=27)
"""A little over a day: later than that a reading is stored, not judged again."""


class StateCheckpoints:
    """The states of one signal as they were, every few hours (or each bin).

    They are kept in the form in which they are stored, which is small.
    """

    def __init__(self, signal: Signal) -> None:
        """Begin without any: a restart forgets them."""
        self._every = max(1, int(_EVERY.total_seconds()) // signal.step_s)
        kept = max(2, int(_KEPT.total_seconds()) // (self._every * signal.step_s))
        self._reach = self._every * (kept + 1)
        self._states: deque[tuple[int, bytes]] = deque(maxlen=kept)

    def keep(self, states: SeriesStates, ahead: int) -> None:
        """Remember `states`, if some time has passed since the last ones.

        Where bin `ahead` is known to be reached before anybody can ask, what will be
        forgotten by then is not kept.
        """
        last = self._states[-1][0] if self._states else NEVER
        if states.index < ahead - self._reach:
            return
        if states.index != NEVER and states.index >= last + self._every:
            self._states.append((states.index, encode(states)))

    def before(self, index: int, now: SeriesStates) -> SeriesStates | None:
        """The newest states from before bin `index`, forgetting later ones.

        `now` is what they have become.
        """
        while self._states and self._states[-1][0] >= index:
            self._states.pop()
        return decode(self._states[-1][1], now.entities) if self._states else None

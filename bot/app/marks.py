"""Detector states of the last day, to go back to when readings arrive late."""

from collections import deque
from datetime import timedelta

from bot.detection.state import NEVER, SeriesStates
from bot.model.signal import Signal

_EVERY = timedelta(hours=1)
_KEPT = timedelta(hours=26)
"""A little over a day: later than that a reading is stored, not judged again."""


class Marks:
    """The states of one signal as they were, one for each hour (or each bin)."""

    def __init__(self, signal: Signal) -> None:
        """Begin without any: a restart forgets them."""
        self._every = max(1, int(_EVERY.total_seconds()) // signal.step_s)
        kept = max(2, int(_KEPT.total_seconds()) // (self._every * signal.step_s))
        self._states: deque[SeriesStates] = deque(maxlen=kept)

    def keep(self, states: SeriesStates) -> None:
        """Remember `states`, if an hour has passed since the last ones."""
        last = self._states[-1].index if self._states else NEVER
        if states.index != NEVER and states.index >= last + self._every:
            self._states.append(states)

    def before(self, index: int) -> SeriesStates | None:
        """The newest states from before bin `index`, forgetting later ones."""
        while self._states and self._states[-1].index >= index:
            self._states.pop()
        return self._states[-1] if self._states else None

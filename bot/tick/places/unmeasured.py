"""Looks for places that the configuration names, and that no signal measures (P19)."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

from bot.model.entity import Entity
from bot.model.operations import AlertKind, OperatorAlert
from bot.model.signal import Signal
from bot.tick.history import History

_NEVER_AFTER = timedelta(hours=1)
"""How long after the start of reading a place may be without any reading."""
_LOST_AFTER = timedelta(days=1)
"""How long a place that was measured may be without a reading of any signal."""


class NamedPlaces:
    """The countries, regions and networks that the configuration names one by one.

    A misspelt or retired name gets no error from a source: its answers are empty.
    """

    def __init__(
        self,
        named: Collection[Entity],
        signals: Mapping[str, Signal],
        history: History,
    ) -> None:
        """Watch the `named` entities in `history`, which has readings of `signals`."""
        self._named = sorted(named)
        self._signals = signals
        self._history = history

    def alerts(self, reading_since: datetime, now: datetime) -> Iterator[OperatorAlert]:
        """Yield an alert for each named place without a reading of any signal.

        Args:
            reading_since: when reading began; aware.
            now: the present time; aware.
        """
        for entity in self._named:
            newest = self._newest(entity)
            since = newest or reading_since
            patience = _LOST_AFTER if newest else _NEVER_AFTER
            if now - since > patience:
                yield OperatorAlert(AlertKind.UNMEASURED, str(entity), since)

    def _newest(self, entity: Entity) -> datetime | None:
        bins = (
            (signal, self._history.newest_bin_of(id_, entity))
            for id_, signal in self._signals.items()
        )
        instants = [
            s.last_instant_of(newest) for s, newest in bins if newest is not None
        ]
        return max(instants, default=None)

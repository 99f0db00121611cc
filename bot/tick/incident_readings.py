"""Which series of open incidents have current readings, for pages and alerts (P19)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from bot.model.entity import SeriesKey
from bot.model.incident import Incident
from bot.model.incident_report import ReadingStatus
from bot.model.operations import AlertKind, OperatorAlert
from bot.model.signal import Signal
from bot.tick.assessment import Assessor
from bot.tick.history import History


class IncidentReadings:
    """Determines once a tick which series of each open incident are silent."""

    def __init__(
        self,
        assessor: Assessor,
        history: History,
        signals: Mapping[str, Signal],
        grace: timedelta,
    ) -> None:
        """Use the incidents of `assessor` and the readings in `history`.

        Args:
            assessor: has the open incidents and the series of each place.
            history: has the readings.
            signals: every signal by id.
            grace: how long to wait for a missing reading after it was due.
        """
        self._assessor = assessor
        self._history = history
        self._signals = signals
        self._grace = grace

    def collect(self, now: datetime) -> dict[str, ReadingStatus]:
        """Return, by incident id, the status of each open incident's readings."""
        incidents = self._assessor.open_incidents
        return {incident.id: self._status(incident, now) for incident in incidents}

    def _status(self, incident: Incident, now: datetime) -> ReadingStatus:
        last, silence = {}, {}
        for entity, signal_id in self._series(incident):
            signal = self._signals[signal_id]
            newest = self._history.newest_bin_of(signal_id, entity)
            if newest is None:
                continue
            key, seen = (entity, signal_id), signal.last_instant_of(newest)
            last[key] = seen
            if now >= signal.current_until(seen, self._grace):
                silence[key] = seen
        if len(silence) < len(last):
            return ReadingStatus(silence)
        # Without any reading in the history, the time of the last reading is not known.
        # The onset is used instead.
        newest_at = max(last.values(), default=incident.onset.since)
        return ReadingStatus(silence, blind_since=newest_at)

    def _series(self, incident: Incident) -> Iterator[SeriesKey]:
        """Yield the series of the place itself, and those that fell in the incident.

        A part that never fell does not show whether the incident lasts.
        """
        fell = {s.key for s in incident.timeline}
        for key in self._assessor.series_of(incident.place):
            if key[0] == incident.place or key in fell:
                yield key


def blind_alerts(statuses: Mapping[str, ReadingStatus]) -> Iterable[OperatorAlert]:
    """Yield an alert for each open incident without any current reading."""
    for incident, status in sorted(statuses.items()):
        if status.blind_since is not None:
            yield OperatorAlert(AlertKind.BLIND, incident, status.blind_since)

"""The status of every source now, and its faults during an incident (P6, P17)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from bot.detection.source_health import Health
from bot.model.event import Credit, IncidentEvent
from bot.model.incident import Incident
from bot.model.operations import AlertKind, OperatorAlert
from bot.model.signal import Gap, Signal
from bot.model.source_status import FaultKind, SourceFault, SourceState, SourceStatus
from bot.model.verdict import UnknownReason
from bot.ports import Readings
from bot.tick.history import History
from bot.tick.reader import RequestedSeries, Unanswered

_ILL = f"{UnknownReason.SOURCE_ILL}: "
UNREAD_AFTER = timedelta(hours=1)
"""How long requests for some places may fail before operators are alerted."""
FAULTY_AFTER = timedelta(minutes=30)
"""How long a source may be taken to be at fault before operators are alerted."""
_LOOK_BACK = timedelta(days=30)
"""How far back the start of a source's fault is looked for."""


class SourceStatusCollector:
    """Determines the status of each signal, once a tick."""

    def __init__(
        self, signals: Mapping[str, Signal], readings: Readings, grace: timedelta
    ) -> None:
        """Collect the statuses of `signals`.

        Args:
            signals: every signal by id, in the order of the result.
            readings: the stored readings and gaps; past faults are read from the gaps.
            grace: how long to wait for a missing reading after it was due.
        """
        self._signals = signals
        self._readings = readings
        self._grace = grace

    def collect(
        self, history: History, health: Mapping[str, Health], now: datetime
    ) -> tuple[SourceStatus, ...]:
        """Return the status of each signal at `now`.

        Raises:
            StoreError: the store cannot be read.
        """
        return tuple(
            self._status(signal, history.newest_bin(id_), health[id_], now)
            for id_, signal in self._signals.items()
        )

    def _status(
        self, signal: Signal, newest: int | None, health: Health, now: datetime
    ) -> SourceStatus:
        seen = None if newest is None else signal.last_instant_of(newest)
        standing, since, reason = SourceState.ORDINARY, None, ""
        if newest is None:
            standing = SourceState.UNHEARD
        elif now >= signal.current_until(signal.last_instant_of(newest), self._grace):
            standing, since = SourceState.SILENT, seen
        elif health.unhealthy:
            standing, reason = SourceState.ILL, health.reason or ""
            since = self._unhealthy_since(signal, now)
        elif health.unhealthy is None:
            standing = SourceState.UNTOLD
        return SourceStatus(
            signal=signal.id,
            family=signal.family,
            credit=Credit(signal.id, signal.credit, signal.licence, signal.link),
            newest=seen,
            standing=standing,
            since=since,
            reason=reason,
        )

    def _unhealthy_since(self, signal: Signal, now: datetime) -> datetime | None:
        """Return when the present fault began, whatever its reason; None if unknown."""
        faults = self._readings.faults((signal.id,), now - _LOOK_BACK)
        ill = [gap.window for gap, _ in faults if gap.reason.startswith(_ILL)]
        since: datetime | None = None
        # A fault is stored as many gaps that adjoin or overlap. So from the newest gap
        # on, the loop goes back until a time without a gap: the fault began after that
        # time.
        for window in sorted(ill, key=lambda w: w.until, reverse=True):
            if since is not None and window.until < since:
                break
            since = window.since if since is None else min(since, window.since)
        return since


def lost_signal_alerts(
    statuses: Sequence[SourceStatus],
    failures: Mapping[str, str],
    reading_since: datetime,
) -> Iterator[OperatorAlert]:
    """Yield an alert for each signal without a current reading (P19).

    Args:
        statuses: the present statuses.
        failures: why the last request for a signal failed, by the signal's id.
        reading_since: when reading began. The alert of a signal that never had a reading
            has this time.
    """
    for status in statuses:
        if status.standing in {SourceState.SILENT, SourceState.UNHEARD}:
            note = failures.get(status.signal, "")
            since = status.since or reading_since
            yield OperatorAlert(AlertKind.LOST, status.signal, since, note)


def faulty_signal_alerts(
    statuses: Sequence[SourceStatus], before: datetime
) -> Iterator[OperatorAlert]:
    """Yield an alert for each signal that has been taken to be at fault since `before`.

    If very many places really fall at once, the health check takes the source to be at
    fault, and nothing is reported. So a person must look (P6, P19).
    """
    for status in statuses:
        # Without a known beginning, the fault is that of the newest reading.
        since = status.since or status.newest
        is_faulty = status.standing is SourceState.ILL
        if is_faulty and since is not None and since <= before:
            yield OperatorAlert(AlertKind.FAULTY, status.signal, since, status.reason)


def unread_alerts(
    unanswered: Mapping[RequestedSeries, Unanswered], before: datetime
) -> Iterator[OperatorAlert]:
    """Yield an alert for the places of a signal that had no answer since `before` (P19).

    There is one alert for all places that are read by the same requests. A signal
    without any answer is not in `unanswered`: such a signal has its own alert once it
    is lost.
    """
    for (signals, entities), failure in unanswered.items():
        if failure.since <= before:
            places = str(entities[0])
            if len(entities) > 1:
                places = f"{entities[0]} to {entities[-1]} ({len(entities)} places)"
            subject = f"{', '.join(signals)} of {places}"
            yield OperatorAlert(
                AlertKind.UNREAD, subject, failure.since, failure.reason
            )


def have_states_changed(
    statuses_before: Sequence[SourceStatus], statuses_now: Sequence[SourceStatus]
) -> bool:
    """Whether any signal has another state in `statuses_now` than in `statuses_before`."""
    return [(c.signal, c.standing) for c in statuses_before] != [
        (c.signal, c.standing) for c in statuses_now
    ]


def faults_of(
    incident: Incident,
    events: Sequence[IncidentEvent],
    readings: Readings,
    present_statuses: Sequence[SourceStatus] = (),
) -> tuple[SourceFault, ...]:
    """Return the faults that an incident's signals had during the incident.

    Args:
        incident: the incident; if it is open, present faults are included.
        events: the events of the incident, which credit its signals.
        readings: holds the faults that were stored.
        present_statuses: the present statuses, if they are known.

    Raises:
        StoreError: the store cannot be read.
    """
    used = {credit.signal for event in events for credit in event.facts.sources.credits}
    stored = readings.faults(tuple(sorted(used)), incident.onset.since)
    faults = [_fault_of_gap(gap, at) for gap, at in stored]
    if incident.is_open:
        faults = _with_present_faults(
            faults, [c for c in present_statuses if c.signal in used]
        )
    else:
        over = incident.restored.until if incident.restored else incident.changed_at
        faults = [fault for fault in faults if fault.since <= over]
    return tuple(sorted(faults, key=lambda f: (f.since, f.signal, f.kind)))


def _fault_of_gap(gap: Gap, at: datetime) -> SourceFault:
    """Return a stored gap as a fault; `at` is when the gap was first seen.

    The fault of an unhealthy source covers the bins of the gap. The fault of a failed
    request begins at `at`.
    """
    if gap.reason.startswith(_ILL):
        reason = gap.reason.removeprefix(_ILL)
        window = gap.window
        return SourceFault(
            gap.signal, FaultKind.ILL, window.since, window.until, reason
        )
    until = max(at, gap.window.until)
    # Only the kind of error is kept. The text after the colon may come from the server,
    # and must not be on a public page.
    reason = gap.reason.partition(":")[0]
    return SourceFault(gap.signal, FaultKind.UNANSWERED, at, until, reason)


def _with_present_faults(
    faults: list[SourceFault], present_statuses: Iterable[SourceStatus]
) -> list[SourceFault]:
    """Return `faults`, with the present faults of the statuses in `present_statuses`.

    A present fault has no end. If its kind is ILL, it replaces the stored faults that
    are its beginning.
    """
    for status in present_statuses:
        signal, since = status.signal, status.since
        if status.standing is SourceState.ILL and since is not None:
            # The stored faults since then are the beginning of the present fault, which
            # replaces them.
            past = [
                f for f in faults if f.signal != signal or _is_other_fault(f, since)
            ]
            present = SourceFault(signal, FaultKind.ILL, since, None, status.reason)
            faults = [*past, present]
        elif status.standing is SourceState.SILENT and since is not None:
            silence = SourceFault(signal, FaultKind.SILENT, since, None, "")
            faults = [*faults, silence]
    return faults


def _is_other_fault(fault: SourceFault, since: datetime) -> bool:
    """Whether a fault began before `since`, or is not of the kind unhealthy."""
    return fault.kind is not FaultKind.ILL or fault.since < since

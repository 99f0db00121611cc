"""The roll call: how every source stands now, and what befell it (P6, P17)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.detection.source_health import Health
from bot.model.incident import Credit, Incident, IncidentEvent
from bot.model.signal import Gap, Signal
from bot.model.source_status import FaultKind, SourceFault, SourceState, SourceStatus
from bot.model.verdict import UnknownReason
from bot.ports import Readings
from bot.tick.history import History

_ILL = f"{UnknownReason.SOURCE_ILL}: "
_LOOK_BACK = timedelta(days=30)
"""How far back the beginning of an illness is looked for."""


class SourceStatusCollector:
    """Asks after each signal once a tick."""

    def __init__(
        self, signals: Mapping[str, Signal], readings: Readings, grace: timedelta
    ) -> None:
        """Keep what is needed.

        Args:
            signals: every signal by id.
            readings: where silences and illnesses are stored.
            grace: how long past its due time a reading is waited for.
        """
        self._signals = signals
        self._readings = readings
        self._grace = grace

    def call(
        self, history: History, health: Mapping[str, Health], now: datetime
    ) -> tuple[SourceStatus, ...]:
        """Each signal as of `now`, in the order of the sources.

        Raises:
            StoreError: the store cannot be read.
        """
        return tuple(
            self._one(signal, history.newest(id_), health[id_], now)
            for id_, signal in self._signals.items()
        )

    def _one(
        self, signal: Signal, newest: int | None, health: Health, now: datetime
    ) -> SourceStatus:
        seen = None if newest is None else signal.seen_at(newest)
        standing, since, reason = SourceState.ORDINARY, None, ""
        if newest is None:
            standing = SourceState.UNHEARD
        elif now - self._grace >= signal.due_at(newest + 1):
            standing, since = SourceState.SILENT, seen
        elif health.ill:
            standing, reason = SourceState.ILL, health.reason or ""
            since = self._ill_since(signal, now)
        elif health.ill is None:
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

    def _ill_since(self, signal: Signal, now: datetime) -> datetime | None:
        """When the illness that lasts began, whatever reasons it had on the way."""
        told = self._readings.faults((signal.id,), now - _LOOK_BACK)
        ill = [gap.window for gap, _ in told if gap.reason.startswith(_ILL)]
        since: datetime | None = None
        for window in sorted(ill, key=lambda w: w.until, reverse=True):
            if since is not None and window.until < since:
                break
            since = window.since if since is None else min(since, window.since)
        return since


def changed(before: Sequence[SourceStatus], now: Sequence[SourceStatus]) -> bool:
    """Whether a signal stands otherwise than before."""
    return [(c.signal, c.standing) for c in before] != [
        (c.signal, c.standing) for c in now
    ]


def faults_of(
    incident: Incident,
    events: Sequence[IncidentEvent],
    readings: Readings,
    now: Sequence[SourceStatus] = (),
) -> tuple[SourceFault, ...]:
    """What befell the signals that an incident is told by, while it went on.

    Args:
        incident: the incident; an open one goes on.
        events: its steps, which name the signals.
        readings: where silences and illnesses are stored.
        now: how the signals stand, if that is known.

    Raises:
        StoreError: the store cannot be read.
    """
    used = {credit.signal for event in events for credit in event.facts.credits}
    told = readings.faults(tuple(sorted(used)), incident.onset.since)
    found = [_fault(gap, at) for gap, at in told]
    if incident.open:
        found = _going_on(found, [c for c in now if c.signal in used])
    else:
        over = incident.restored.until if incident.restored else incident.changed_at
        found = [fault for fault in found if fault.since <= over]
    return tuple(sorted(found, key=lambda f: (f.since, f.signal, f.kind)))


def _fault(gap: Gap, at: datetime) -> SourceFault:
    """An illness has bins; of a question left open we know when we put it."""
    if gap.reason.startswith(_ILL):
        reason = gap.reason.removeprefix(_ILL)
        window = gap.window
        return SourceFault(
            gap.signal, FaultKind.ILL, window.since, window.until, reason
        )
    until = max(at, gap.window.until)
    reason = gap.reason.partition(":")[0]
    return SourceFault(gap.signal, FaultKind.UNANSWERED, at, until, reason)


def _going_on(
    found: list[SourceFault], now: Iterable[SourceStatus]
) -> list[SourceFault]:
    """With the end left open of what lasts, and with the silences of now."""
    for one in now:
        if one.standing is SourceState.ILL and one.since is not None:
            past = [f for f in found if f.signal != one.signal or _before(f, one.since)]
            lasts = SourceFault(one.signal, FaultKind.ILL, one.since, None, one.reason)
            found = [*past, lasts]
        elif one.standing is SourceState.SILENT and one.since is not None:
            found = [
                *found,
                SourceFault(one.signal, FaultKind.SILENT, one.since, None, ""),
            ]
    return found


def _before(fault: SourceFault, since: datetime) -> bool:
    """Whether a fault is another than the illness that lasts since then."""
    return fault.kind is not FaultKind.ILL or fault.since < since

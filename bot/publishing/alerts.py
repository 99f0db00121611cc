"""Alerts to the operators about problems that prevent publication.

A problem is reported when it is new, and again at intervals while it lasts; the end of
some problems is reported too. The store remembers what was reported, so that a restart
repeats nothing, and a problem that ends meanwhile is reported as over.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.editorial.corrections import open_correction_statuses
from bot.editorial.isolation import call_and_catch
from bot.errors import StoreLocked
from bot.model.operations import (
    AlertKind,
    AlertMemory,
    AlertReport,
    FailureCount,
    OperatorAlert,
)
from bot.policy.operator_alerts import DeliveryStatus, due_alerts
from bot.ports import Channel, Renderer, Store, StoreFailureRecord
from bot.publishing.alert_messages import AlertMessenger, MessageOutcome
from bot.publishing.store_failures import AGAIN, StoreFailures

_DAY = timedelta(days=1)
_FORGOTTEN_KINDS = frozenset(
    {
        AlertKind.DAMAGED,
        AlertKind.UNREAD,
        AlertKind.UNMEASURED,
        AlertKind.UNSUPPORTED,
        AlertKind.TIMESTAMP,
    }
)
"""The kinds of problems that only the process knows which saw them begin.

A restart forgets them: its first ticks cannot tell whether they are over.
"""
_MAX_WAITING = 100
"""How many of the drafts that wait for a person are looked at."""
_FAILED_BEATS = 3
"""Refused heartbeats are reported after this many in a row."""
# If a page cannot be written, the posts on its incident wait (P15), so this failure is
# reported after one tick. Other failures may be over at the next tick.
_FAILED_TICKS = {AlertKind.LOOP: 3, AlertKind.SILENT: 3, AlertKind.PAGE: 1}
"""A kind of failure is reported after this many failed ticks in a row."""

# Kinds that are not listed concern single posts or corrections, or a pause, which a
# person ends. Their end is not reported.
KINDS_WITH_END_REPORT = frozenset(
    {
        AlertKind.STUCK,
        AlertKind.LOOP,
        AlertKind.SILENT,
        AlertKind.INCIDENT,
        AlertKind.DAMAGED,
        AlertKind.CLOCK,
        AlertKind.PAGE,
        AlertKind.BLIND,
        AlertKind.LOST,
        AlertKind.FAULTY,
        AlertKind.UNREAD,
        AlertKind.UNMEASURED,
        AlertKind.UNREVIEWED,
        AlertKind.UNSUPPORTED,
        AlertKind.TIMESTAMP,
        AlertKind.READERS,
        AlertKind.LEDGER,
        AlertKind.HEARTBEAT,
    }
)
"""The kinds of problems whose end is reported too."""
# A tick that failed (LOOP) or did nothing (CLOCK) does not look for other problems. A
# tick in which no source answered (SILENT) cannot show whether a single signal is lost.
_HIDDEN_KINDS = {
    AlertKind.LOOP: KINDS_WITH_END_REPORT - {AlertKind.LOOP},
    AlertKind.CLOCK: KINDS_WITH_END_REPORT - {AlertKind.CLOCK},
    AlertKind.SILENT: frozenset(
        {
            AlertKind.LOST,
            AlertKind.FAULTY,
            AlertKind.UNREAD,
            AlertKind.UNMEASURED,
            AlertKind.BLIND,
        }
    ),
}
"""For three kinds of problems: the kinds that a tick with such a problem cannot check.

After such a tick, problems of those kinds are not reported as over.
"""


class Heartbeat(Protocol):
    """Sends heartbeats to an external watchdog, which raises an alarm when they stop."""

    def beat(self) -> str | None:
        """Send one heartbeat; return why it failed, or None. Never raises."""
        ...


@dataclass(frozen=True, slots=True)
class AlertTiming:
    """When a problem is reported.

    Attributes:
        late_after: how old an unpublished post or correction must be to be late.
        repeat_after: the interval between two reports of the same problem.
    """

    late_after: timedelta = timedelta(minutes=15)
    repeat_after: timedelta = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class AlertTargets:
    """Where alerts go; every alert is also logged.

    Attributes:
        channel: carries alerts to the operators; None: alerts are only logged.
        heartbeat: sends the heartbeats; None: no heartbeat is sent.
        failures: records alerts about store failures in a place outside the store; None:
            they are not recorded.
    """

    channel: Channel | None = None
    heartbeat: Heartbeat | None = None
    failures: StoreFailureRecord | None = None


class AlertSender:
    """Checks the state of publication after each tick, and alerts the operators."""

    def __init__(
        self,
        store: Store,
        renderer: Renderer,
        clock: Clock,
        targets: AlertTargets | None = None,
        timing: AlertTiming | None = None,
    ) -> None:
        """Create a sender that has reported nothing yet.

        Args:
            store: has the deliveries, pauses and corrections to check.
            renderer: writes the text of an alert.
            clock: the machine's clock.
            targets: where alerts go; None: only to the log.
            timing: when problems are reported; None: the defaults.
        """
        self._store = store
        self._clock = clock
        self._targets = targets or AlertTargets()
        self._timing = timing or AlertTiming()
        self._messenger = AlertMessenger(renderer, self._targets.channel)
        self._store_failures = StoreFailures(
            self._messenger, self._targets.failures, self._timing.repeat_after
        )
        self._memory: AlertMemory | None = None
        self._reported: dict[_Key, AlertReport] = {}
        # For each kind of failure: how many ticks, or heartbeats, in a row have failed.
        self._failures: dict[AlertKind, FailureCount] = {}
        # When each damaged record was first noted, by the name of the record.
        self._damaged: dict[str, datetime] = {}
        self._log = structlog.get_logger("alarm")

    def after_tick(
        self,
        failures: Mapping[AlertKind, str],
        tick_alerts: Sequence[OperatorAlert] = (),
    ) -> tuple[OperatorAlert, ...]:
        """Send the due alerts and the heartbeat after a tick; return these alerts.

        No heartbeat is sent if the tick failed, if no source answered, or if the clock
        is not plausible. Nor is one sent while an alert may not have reached the
        operators: the external watchdog then alerts them instead (P19). If the clock is
        not plausible, posts are not checked for problems.

        Args:
            failures: the error message of each kind of failure in this tick.
            tick_alerts: alerts on problems that the tick itself noticed.
        """
        now = self._clock.now()
        self._recall()
        clock_wrong = any(alert.kind is AlertKind.CLOCK for alert in tick_alerts)
        alerts = (
            *tick_alerts,
            *self._tick_failure_alerts(failures, now),
            *(() if clock_wrong else self._post_alerts_unless_locked(now)),
            *self._of_records(now),
            *self._of_heartbeats(),
        )
        kinds = {*failures, *(alert.kind for alert in tick_alerts)}
        ends = self._ends_of_problems(alerts, kinds)
        due_now = [alert for alert in alerts if self._is_due(alert, now)]
        # A tick that failed, or that did nothing, may not have written to the store. So it
        # does not show that the store works again.
        works = not clock_wrong and AlertKind.LOOP not in failures
        store_ends = self._store_failures.end_alerts(now) if works else ()
        messages = (*due_now, *ends.values(), *store_ends)
        outcome = (
            self._messenger.report(messages, now) if messages else MessageOutcome.SENT
        )
        if outcome is not MessageOutcome.FAILED:
            certain = outcome is MessageOutcome.SENT
            self._forget(ends)
            if store_ends:
                self._store_failures.forget()
            self._reported |= {_key(a): AlertReport(a, now, certain) for a in due_now}
        blind = AlertKind.LOOP in failures or AlertKind.SILENT in failures
        if not blind and not clock_wrong and outcome is MessageOutcome.SENT:
            self._beat(now)
        # Times of a clock that is not plausible are not stored (P16).
        if not clock_wrong:
            self._remember()
        return messages

    def _recall(self) -> None:
        """Take over what an earlier process reported; only the first call does.

        While another program has locked the store, the next tick tries again.
        """
        if self._memory is not None:
            return
        try:
            self._memory = self._store.alert_memory.read()
        except StoreLocked:
            return
        reports = self._memory.reports
        kept = (r for r in reports if r.alert.kind not in _FORGOTTEN_KINDS)
        self._reported = {
            _key(report.alert): report for report in kept
        } | self._reported
        self._failures = {f.kind: f for f in self._memory.failures} | self._failures

    def _remember(self) -> None:
        """Store what was reported, if it has changed."""
        memory = AlertMemory(
            tuple(self._reported.values()), tuple(self._failures.values())
        )
        if memory == self._memory:
            return
        try:
            self._store.alert_memory.write(memory)
        except StoreLocked:
            return
        self._memory = memory

    def _ends_of_problems(
        self, alerts: Sequence[OperatorAlert], kinds: Collection[AlertKind]
    ) -> dict["_Key", OperatorAlert]:
        """Return the alerts on the ends of problems; forget the other problems that ended.

        A problem that is over is forgotten: if it occurs again, it counts as new.

        Args:
            alerts: the present problems.
            kinds: the kinds of problems of this tick, which may hide others.
        """
        hidden = {k for kind in kinds for k in _HIDDEN_KINDS.get(kind, ())}
        present = {_key(alert) for alert in alerts}
        present |= {k for k in self._reported if k[0] in hidden}
        over = {k: r for k, r in self._reported.items() if k not in present}
        ends = {
            k: replace(r.alert, over=True)
            for k, r in over.items()
            if k[0] in KINDS_WITH_END_REPORT
        }
        self._forget(over.keys() - ends.keys())
        return ends

    def _beat(self, now: datetime) -> None:
        """Send the heartbeat if it is certain that the operators got every alert."""
        heartbeat = self._targets.heartbeat
        if heartbeat is None or not all(r.certain for r in self._reported.values()):
            return
        reasons: list[str | None] = []
        error = call_and_catch(lambda: reasons.append(heartbeat.beat()))
        why = reasons[0] if error is None else type(error).__name__
        kind = AlertKind.HEARTBEAT
        last = self._failures.pop(kind, FailureCount(kind, 0, now))
        if why is not None:
            self._failures[kind] = FailureCount(kind, last.count + 1, last.since, why)

    def _of_heartbeats(self) -> Iterable[OperatorAlert]:
        """Return an alert if the watchdog has refused several heartbeats in a row."""
        failed = self._failures.get(AlertKind.HEARTBEAT)
        if failed is None or failed.count < _FAILED_BEATS:
            return ()
        return (OperatorAlert(failed.kind, "", failed.since, failed.note),)

    def store_failed(self, error: str) -> None:
        """Alert the operators that the store failed, without reading the store.

        The loop ends after that. The alert is not sent if an earlier run sent it a short
        time ago.
        """
        self._store_failures.report(error, self._clock.now())

    def _post_alerts_unless_locked(self, now: datetime) -> Sequence[OperatorAlert]:
        """Return the alerts on posts; empty if another program has locked the store."""
        try:
            return tuple(self._of_posts(now))
        except StoreLocked:
            return ()

    def _of_records(self, now: datetime) -> Iterable[OperatorAlert]:
        """Return an alert for each record of the store that cannot be read.

        Nothing is read for this: the store notes these records when it reads them.
        """
        reasons = self._store.damaged()
        self._damaged = {name: self._damaged.get(name, now) for name in reasons}
        return (
            OperatorAlert(AlertKind.DAMAGED, name, self._damaged[name], reason)
            for name, reason in reasons.items()
        )

    def _forget(self, keys: Iterable["_Key"]) -> None:
        for key in tuple(keys):
            del self._reported[key]

    def _is_due(self, alert: OperatorAlert, now: datetime) -> bool:
        """Return whether a problem is new, or was last reported long enough ago.

        If the last report is later than `now`, the clock was set back, and the result
        is True.
        """
        report = self._reported.get(_key(alert))
        if report is None:
            return True
        repeat_after = self._timing.repeat_after if report.certain else AGAIN
        return not now - repeat_after < report.reported_at <= now

    def _of_posts(self, now: datetime) -> tuple[OperatorAlert, ...]:
        store = self._store
        status = DeliveryStatus(
            store.deliveries.recent(now - _DAY),
            store.pauses.active(),
            open_correction_statuses(store),
            store.drafts.waiting(_MAX_WAITING),
        )
        return due_alerts(status, now, self._timing.late_after)

    def _tick_failure_alerts(
        self, failures: Mapping[AlertKind, str], now: datetime
    ) -> list[OperatorAlert]:
        """Return an alert for each kind of failure that lasts.

        A kind of failure lasts if it occurred in as many ticks in a row as
        `_FAILED_TICKS` requires.
        """
        for kind in _FAILED_TICKS:
            last = self._failures.pop(kind, FailureCount(kind, 0, now))
            if kind in failures:
                self._failures[kind] = replace(last, count=last.count + 1)
        return [
            OperatorAlert(kind, "", self._failures[kind].since, failures[kind])
            for kind, least in _FAILED_TICKS.items()
            if kind in failures and self._failures[kind].count >= least
        ]


_Key = tuple[AlertKind, str]


def _key(alert: OperatorAlert) -> _Key:
    return alert.kind, alert.subject

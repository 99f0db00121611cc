"""Alerts to the operators about problems that prevent publication.

A problem is reported when it is new, and again at intervals while it lasts; the end of
some problems is reported too. After a restart a problem may be reported a second time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.editorial.corrections import outstanding
from bot.errors import ChannelError, RenderingError, StoreLocked
from bot.model.delivery import Post
from bot.model.operations import AlertKind, OperatorAlert
from bot.policy.operator_alerts import DeliveryStatus, due_alerts
from bot.ports import Channel, Renderer, Store

OPERATORS = "operators"
"""The name of the channel that carries operator alerts."""
_DAY = timedelta(days=1)
# If a page cannot be written, the posts on its incident wait (P15), so this failure is
# reported after one tick. Other failures may be over at the next tick.
_FAILED_TICKS = {AlertKind.LOOP: 3, AlertKind.SILENT: 3, AlertKind.PAGE: 1}
"""A kind of failure is reported after this many failed ticks in a row."""

# Kinds that are not listed concern single posts or corrections, or a pause, which a
# person ends. Their end is not reported.
_END_REPORTED = frozenset(
    {
        AlertKind.STUCK,
        AlertKind.LOOP,
        AlertKind.SILENT,
        AlertKind.INCIDENT,
        AlertKind.CLOCK,
        AlertKind.PAGE,
        AlertKind.BLIND,
        AlertKind.LOST,
    }
)
"""The kinds of problems whose end is reported too."""
# A tick that failed (LOOP) or did nothing (CLOCK) does not look for other problems. A
# tick in which no source answered (SILENT) cannot show whether a single signal is lost.
_HIDDEN_BY = {
    AlertKind.LOOP: _END_REPORTED - {AlertKind.LOOP},
    AlertKind.CLOCK: _END_REPORTED - {AlertKind.CLOCK},
    AlertKind.SILENT: frozenset({AlertKind.LOST}),
}
"""For some kinds of problems in a tick: the kinds whose end that tick cannot show."""


class Heartbeat(Protocol):
    """Sends heartbeats to an external watchdog, which raises an alarm when they stop."""

    def beat(self) -> None:
        """Send one heartbeat. Never raises."""
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
    """

    channel: Channel | None = None
    heartbeat: Heartbeat | None = None


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
        self._renderer = renderer
        self._clock = clock
        self._targets = targets or AlertTargets()
        self._timing = timing or AlertTiming()
        self._reported: dict[_Key, _Report] = {}
        # For each kind of failure: how many ticks in a row have had this failure, and
        # when the last tick without it was.
        self._failures: dict[AlertKind, tuple[int, datetime]] = {}
        self._log = structlog.get_logger("alarm")

    def after_tick(
        self, failed: Mapping[AlertKind, str], tick_alerts: Sequence[OperatorAlert] = ()
    ) -> tuple[OperatorAlert, ...]:
        """Send the heartbeat and the due alerts after a tick; return the alerts.

        No heartbeat is sent if the tick failed, if no source answered, or if the clock
        is not plausible. If the clock is not plausible, problems of posts are not
        checked.

        Args:
            failed: the error message of each kind of failure in this tick.
            tick_alerts: alerts on problems that the tick itself noticed.
        """
        now = self._clock.now()
        clock_wrong = any(alert.kind is AlertKind.CLOCK for alert in tick_alerts)
        heartbeat = self._targets.heartbeat
        blind = AlertKind.LOOP in failed or AlertKind.SILENT in failed
        if not blind and not clock_wrong and heartbeat is not None:
            heartbeat.beat()
        of_posts = () if clock_wrong else self._of_posts_if_readable(now)
        alerts = (*tick_alerts, *self._of_ticks(failed, now), *of_posts)
        kinds = {*failed, *(alert.kind for alert in tick_alerts)}
        hidden = {k for kind in kinds for k in _HIDDEN_BY.get(kind, ())}
        # A problem that is over is forgotten: if it occurs again, it counts as new.
        present = {_key(alert) for alert in alerts}
        present |= {k for k in self._reported if k[0] in hidden}
        over = {k: r for k, r in self._reported.items() if k not in present}
        ends = {
            k: replace(r.alert, over=True)
            for k, r in over.items()
            if k[0] in _END_REPORTED
        }
        due = [alert for alert in alerts if self._is_due(alert, now)]
        self._forget(over.keys() - ends.keys())
        messages = (*due, *ends.values())
        if messages and self._report(messages, now):
            self._forget(ends)
            self._reported |= {_key(alert): _Report(now, alert) for alert in due}
        return messages

    def store_failed(self, error: str) -> None:
        """Alert the operators that the store failed, without reading the store.

        The loop ends after that, so the alert is sent once.
        """
        now = self._clock.now()
        self._report((OperatorAlert(AlertKind.STORE, "", now, error),), now)

    def _of_posts_if_readable(self, now: datetime) -> Sequence[OperatorAlert]:
        """Return the alerts on posts; empty if another program has locked the store."""
        try:
            return tuple(self._of_posts(now))
        except StoreLocked:
            return ()

    def _forget(self, keys: Iterable["_Key"]) -> None:
        for key in tuple(keys):
            del self._reported[key]

    def _is_due(self, alert: OperatorAlert, now: datetime) -> bool:
        """Return whether a problem is new, or was last reported long enough ago.

        If the last report is later than `now`, the clock was set back, and the result
        is True.
        """
        report = self._reported.get(_key(alert))
        return report is None or not now - self._timing.repeat_after < report.at <= now

    def _of_posts(self, now: datetime) -> tuple[OperatorAlert, ...]:
        store = self._store
        status = DeliveryStatus(
            store.deliveries.recent(now - _DAY),
            store.pauses.active(),
            outstanding(store),
        )
        return due_alerts(status, now, self._timing.late_after)

    def _of_ticks(
        self, failed: Mapping[AlertKind, str], now: datetime
    ) -> list[OperatorAlert]:
        """Return an alert for each kind of failure that lasts.

        A kind of failure lasts if it occurred in as many ticks in a row as
        `_FAILED_TICKS` requires.
        """
        for kind in _FAILED_TICKS:
            count, since = self._failures.get(kind, (0, now))
            self._failures[kind] = (count + 1, since) if kind in failed else (0, now)
        return [
            OperatorAlert(kind, "", since, failed[kind])
            for kind, (count, since) in self._failures.items()
            if count >= _FAILED_TICKS[kind]
        ]

    def _report(self, due: tuple[OperatorAlert, ...], now: datetime) -> bool:
        """Log and send alerts; return False if the next tick must send them again."""
        for alert in due:
            kind, note = str(alert.kind), alert.note
            self._log.error("operator alert", kind=kind, of=alert.subject, note=note)
        channel = self._targets.channel
        if channel is None:
            return True
        try:
            post = self._post(due, now)
            # The alert may be about the queue of deliveries, so its post is sent
            # directly.
            channel.send(replace(post, token=channel.token(post)), None)
        # An error must not stop the loop. The alerts then count as not reported, and
        # the next tick sends them again.
        except (ChannelError, RenderingError) as error:
            self._log.error("operator alert not sent", error=str(error))
            return False
        return True

    def _post(self, due: tuple[OperatorAlert, ...], now: datetime) -> Post:
        text = self._renderer.alert_letter(due, now)
        key = f"trouble-{now:%Y%m%dT%H%M%S}"
        return Post(
            key=f"{key}/{OPERATORS}",
            incident="",
            event=key,
            channel=OPERATORS,
            lang="en",
            at=now,
            made_at=now,
            text=text,
            length=len(text),
            picture=None,
            reply_to=None,
            frozen=True,
        )


@dataclass(frozen=True, slots=True)
class _Report:
    """An alert, and the time (`at`) when it was last reported."""

    at: datetime
    alert: OperatorAlert


_Key = tuple[AlertKind, str]


def _key(alert: OperatorAlert) -> _Key:
    return alert.kind, alert.subject

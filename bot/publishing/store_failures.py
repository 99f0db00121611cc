"""Alerts on a store that cannot be used, across restarts of the program.

The program ends when its store fails, and a supervisor starts it again, perhaps every few
seconds. So what was reported is kept in a file beside the store.
"""

from datetime import datetime, timedelta

import structlog

from bot.model.operations import AlertKind, OperatorAlert, StoreFailureReport
from bot.ports import StoreFailureRecord
from bot.publishing.alert_messages import AlertMessenger, MessageOutcome

AGAIN = timedelta(hours=1)
"""The time after which an alert is repeated if it may not have arrived."""


class StoreFailures:
    """Reports that the store failed: once, again at intervals, and when it is over.

    Without a record, or if the record cannot be written, each failure is reported.
    """

    def __init__(
        self,
        messenger: AlertMessenger,
        record: StoreFailureRecord | None,
        repeat_after: timedelta,
    ) -> None:
        """Send alerts with `messenger`, and keep in `record` what was reported.

        Args:
            messenger: sends the alerts.
            record: readable after a restart and without the store; None: not kept.
            repeat_after: the interval between two reports of a failure that lasts.
        """
        self._messenger = messenger
        self._record = record
        self._repeat_after = repeat_after
        self._ended = False
        self._log = structlog.get_logger("alarm")

    def report(self, error: str, now: datetime) -> None:
        """Alert the operators that the store failed, unless they know it.

        Args:
            error: why the store cannot be used.
            now: the present time; aware, UTC.
        """
        last = self._record.read() if self._record else None
        if last is not None and not self._is_due(last, now):
            self._log.error("store failed; reported before", at=last.at, note=error)
            return
        since = last.since if last else now
        alert = OperatorAlert(AlertKind.STORE, "", since, error)
        outcome = self._messenger.report((alert,), now)
        # A report that certainly did not arrive is repeated after the next start.
        if self._record is not None and outcome is not MessageOutcome.FAILED:
            certain = outcome is MessageOutcome.SENT
            self._record.write(StoreFailureReport(since, now, certain))

    def end_alerts(self, now: datetime) -> tuple[OperatorAlert, ...]:
        """Return the alert that an earlier failure is over; empty if there was none.

        It is returned in each call until `forget` is called.

        Args:
            now: the present time; aware, UTC. If the stored start of the failure is
                later, the alert gives `now` as its start.
        """
        if self._record is None or self._ended:
            return ()
        last = self._record.read()
        if last is None:
            self.forget()
            return ()
        since = min(last.since, now)
        return (OperatorAlert(AlertKind.STORE, "", since, over=True),)

    def forget(self) -> None:
        """Record that the store works again; only the first call writes.

        One call is enough, because this program ends when its store fails.
        """
        if self._record is not None and not self._ended:
            self._record.write(None)
        self._ended = True

    def _is_due(self, last: StoreFailureReport, now: datetime) -> bool:
        # If the last report is later than `now`, the clock was set back, and a report is
        # due.
        repeat_after = self._repeat_after if last.certain else AGAIN
        return not now - repeat_after < last.at <= now

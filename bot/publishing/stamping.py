"""Has the newest head of the ledger stamped by each authority, in a thread of its own.

The head itself is the queue: it is stored before it is stamped, and the chain of the ledger
joins it to all earlier entries. So if several heads wait, only the newest is stamped.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

import structlog

from bot.clock import Clock
from bot.editorial.isolation import call_and_catch, describe_error
from bot.errors import BotError, StoreError, reason_of
from bot.model.operations import AlertKind, OperatorAlert
from bot.publishing.retry_delays import RetryDelays
from bot.site.evidence.ledger import newest_head
from bot.site.evidence.timestamps.files import StampFolder
from bot.site.evidence.timestamps.verification import TimeStamp

INTERVAL = timedelta(minutes=1)
_NO_END = "the request has not ended"
_STOP_S = 1.0
"""How long the end of the program waits for a file that is being written."""


class Authority(Protocol):
    """Gives time stamps."""

    @property
    def name(self) -> str:
        """The name of the authority."""
        ...

    def stamp(self, digest: bytes) -> tuple[bytes, TimeStamp]:
        """Return a reply that was checked, and its time stamp; may raise BotError."""
        ...


@dataclass(frozen=True, slots=True)
class _StampFailure:
    """One or more failures in a row of the same authority."""

    reason: str
    since: datetime
    count: int
    retry_at: datetime


class LedgerStamping:
    """Asks each authority for a time stamp of the newest head, and keeps the failures."""

    def __init__(
        self,
        folder: StampFolder,
        authorities: Sequence[Authority],
        clock: Clock,
        is_paused: Callable[[], bool],
        alert_after: timedelta = timedelta(minutes=15),
    ) -> None:
        """Create the work; nothing is asked yet.

        Args:
            folder: where the time stamps are kept.
            authorities: who is asked.
            clock: gives the present time.
            is_paused: whether the kill switch is on. May raise StoreError.
            alert_after: how long an authority must fail before the operators are alerted.
        """
        self._folder = folder
        self._authorities = authorities
        self._clock = clock
        self._is_paused = is_paused
        self._alert_after = alert_after
        self._delays = RetryDelays(first=INTERVAL)
        self._failures: dict[str, _StampFailure] = {}
        # Who is asked now, and since when.
        self._asked: tuple[str, datetime] | None = None
        # The hash of the head that each authority stamped last.
        self._stamped: dict[str, str] = {}
        self._stopped = threading.Event()
        self._has_run = threading.Event()
        self._log = structlog.get_logger("timestamps")

    def alerts(self) -> tuple[OperatorAlert, ...]:
        """Return an alert for each authority that has failed for a while (P19)."""
        before = self._clock.now() - self._alert_after
        # The other thread may change both meanwhile.
        failures, asked = self._failures.copy(), self._asked
        alerts = {
            name: OperatorAlert(AlertKind.TIMESTAMP, name, f.since, f.reason)
            for name, f in sorted(failures.items())
            if f.since <= before
        }
        # No time limit holds while the system looks up the name of a server.
        if asked is not None and asked[1] <= before and asked[0] not in alerts:
            alerts[asked[0]] = OperatorAlert(AlertKind.TIMESTAMP, *asked, _NO_END)
        return tuple(alerts.values())

    def run(self) -> None:
        """Ask each authority once that is due, unless the kill switch is on."""
        # Those that failed come last: an authority that drips must not delay the others.
        for authority in sorted(self._authorities, key=self._has_failed):
            head = newest_head(self._folder.ledger)
            if head is None or self._stopped.is_set():
                return
            if self._is_due(authority.name, head) and not self._must_be_silent():
                self._asked = authority.name, self._clock.now()
                error = call_and_catch(partial(self._ask, authority, head))
                self._asked = None
                self._record(authority.name, error)

    @contextmanager
    def in_background(self, interval: timedelta = INTERVAL) -> Iterator[None]:
        """Call `run` at once and then in each interval, within the `with` block.

        The end of the block does not wait for an authority that does not answer.
        """
        # The process does not wait for this thread.
        thread = threading.Thread(
            target=self._repeat, args=(interval,), name="timestamps", daemon=True
        )
        thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            thread.join(_STOP_S)

    def wait_for_run(self, seconds: float) -> bool:
        """Wait until each authority was asked once, at most so long; return whether."""
        return self._has_run.wait(seconds)

    def _repeat(self, interval: timedelta) -> None:
        while not self._stopped.is_set():
            error = call_and_catch(self.run)
            if error is not None:
                self._log.error("time stamps failed", exc_info=error)
            self._has_run.set()
            self._stopped.wait(interval.total_seconds())

    def _is_due(self, name: str, head: Mapping[str, Any]) -> bool:
        failure = self._failures.get(name)
        if failure is not None and self._clock.now() < failure.retry_at:
            return False
        if self._stamped.get(name) != head["last"] and self._folder.has(head, name):
            self._stamped[name] = head["last"]
        return bool(self._stamped.get(name) != head["last"])

    def _has_failed(self, authority: Authority) -> bool:
        return authority.name in self._failures

    def _must_be_silent(self) -> bool:
        """Return whether nothing may leave this machine (P16)."""
        try:
            return self._is_paused()
        # Without the store nobody knows whether the kill switch is on.
        except StoreError:
            return True

    def _ask(self, authority: Authority, head: Mapping[str, Any]) -> None:
        reply, stamp = authority.stamp(bytes.fromhex(head["last"]))
        # The program is ending, and does not wait until a file is complete.
        if self._stopped.is_set():
            return
        self._folder.save(head, authority.name, reply, stamp)
        self._stamped[authority.name] = head["last"]

    def _record(self, name: str, error: Exception | None) -> None:
        if error is None:
            self._failures.pop(name, None)
            return
        now, before = self._clock.now(), self._failures.get(name)
        count = before.count + 1 if before else 1
        is_expected = isinstance(error, BotError | OSError)
        reason = reason_of(error) if is_expected else describe_error(error)
        self._failures[name] = _StampFailure(
            reason,
            before.since if before else now,
            count,
            now + self._delays.after(count - 1),
        )
        # The traceback of an unexpected error shows where the program is at fault.
        detail: dict[str, Any] = (
            {"error": reason} if is_expected else {"exc_info": error}
        )
        self._log.warning("no time stamp", authority=name, **detail)

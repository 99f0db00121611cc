"""Keeps a failure in the work on one incident from affecting other incidents.

Such work is, for example, to draft an event or to write a page. If it raises an
exception, the failure is recorded with its reason and reported to the operators. The
work on all other incidents goes on. Only a failure of the store stops all work.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import structlog

from bot.clock import Clock, SystemClock
from bot.errors import BotError, RecordDamaged, RenderingError, StoreError
from bot.model.incident import Abstention
from bot.model.operations import AlertKind, OperatorAlert
from bot.ports import Store

_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=6)
FAILED_OUTCOME = "failed"
"""The outcome that is stored if the work on an incident failed."""


class Work(StrEnum):
    """A kind of work that is done for each incident separately."""

    JUDGEMENT = "judgement"
    CLASS = "class"
    CORRECTION = "ruling"
    DRAFT = "draft"
    PAGE = "page"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class _Failure:
    """One or more failures in a row of the same work on the same incident.

    Attributes:
        reason: the reason of the last failure.
        first_failed_at: the time of the first failure.
        count: the number of failures.
        retry_at: the earliest time at which the work is tried again.
    """

    reason: str
    first_failed_at: datetime
    count: int
    retry_at: datetime


def call_and_catch(action: Callable[[], object]) -> Exception | None:
    """Call `action`; return the exception that it raised, or None.

    Raises:
        StoreError: the store failed, so no work can go on. `RecordDamaged` is returned
            like other exceptions, because it concerns only one incident.
    """
    try:
        action()
    except Exception as error:  # any error: one incident must not stop the others
        if isinstance(error, StoreError) and not isinstance(error, RecordDamaged):
            raise
        return error
    return None


def describe_error(error: Exception) -> str:
    """Return the name of an error's type; for a BotError, also its message.

    Messages of other errors may contain secrets.
    """
    name = type(error).__name__
    return f"{name}: {error}" if isinstance(error, BotError) else name


class Isolation:
    """Does the work on single incidents, and remembers which work has failed.

    After a `RenderingError` the work is tried again in every tick. Any other exception
    is most likely a bug and would be raised again. After it, the work waits for five
    minutes, then twice as long after each failure, at most six hours. Failures are only
    in memory, so all work is tried again after a restart.
    """

    def __init__(self, store: Store, clock: Clock | None = None) -> None:
        """Record failures in `store`, with times from `clock`.

        If `clock` is None, the machine's clock is used.
        """
        self._store = store
        self._clock = clock or SystemClock()
        self._failures: dict[tuple[str, Work], _Failure] = {}
        self._log = structlog.get_logger("isolation")

    def attempt(
        self, incident_id: str, work: Work, action: Callable[[], object]
    ) -> bool:
        """Call `action`, unless it must wait because it failed before.

        Return True if `action` succeeded, and False if it failed or must wait.

        Raises:
            StoreError: the store failed.
        """
        key, now = (incident_id, work), self._clock.now()
        failure = self._failures.get(key)
        # No wait is longer than `_LONGEST_WAIT`: if `retry_at` is further ahead, the clock
        # was set back, and the work is tried now.
        if failure and now < failure.retry_at <= now + _LONGEST_WAIT:
            return False
        error = call_and_catch(action)
        if error is None:
            self._failures.pop(key, None)
            return True
        self._failures[key] = _failed_again(failure, error, now)
        if failure is None:
            self._record(incident_id, work, error, now)
        return False

    def alerts(self) -> tuple[OperatorAlert, ...]:
        """Return an alert for each piece of work whose last attempt failed."""
        return tuple(
            OperatorAlert(
                AlertKind.INCIDENT,
                incident,
                failure.first_failed_at,
                f"{work}: {failure.reason}",
            )
            for (incident, work), failure in sorted(self._failures.items())
        )

    def _record(
        self, incident_id: str, work: Work, error: Exception, now: datetime
    ) -> None:
        """Log a failure; if the incident is stored, store an abstention too (P17)."""
        self._log.error("work failed", incident=incident_id, work=work, exc_info=error)
        reason = f"{incident_id}: {describe_error(error)}"
        place = self._store.incidents.place_of(incident_id)
        if place is not None:
            abstention = Abstention(
                place, now, FAILED_OUTCOME, f"{work}-failed", reason
            )
            self._store.incidents.record((), (abstention,), {}, now)


def _failed_again(
    last_failure: _Failure | None, error: Exception, now: datetime
) -> _Failure:
    count = last_failure.count + 1 if last_failure else 1
    # The exponent is limited: with a large count, the wait would be too large for the
    # type `timedelta`.
    wait = min(_FIRST_WAIT * 2.0 ** min(count - 1, 10), _LONGEST_WAIT)
    if isinstance(error, RenderingError):
        wait = timedelta(0)
    since = last_failure.first_failed_at if last_failure else now
    return _Failure(describe_error(error), since, count, now + wait)

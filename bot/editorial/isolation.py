"""Keeps a failure of one incident's work to that incident.

An exception that one incident's class, draft, page or mark raises is recorded with its
reason and told to the operators; the work of every other incident goes on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import structlog

from bot.clock import Clock, SystemClock
from bot.errors import BotError, RecordDamaged, RenderingError, StoreError
from bot.model.incident import Abstention
from bot.model.operator_alert import AlertKind, OperatorAlert
from bot.ports import Store

_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=6)
FAILED = "failed"
"""The outcome that is stored for work that could not be done."""


class Work(StrEnum):
    """A step that is done for one incident at a time."""

    JUDGEMENT = "judgement"
    CLASS = "class"
    RULING = "ruling"
    DRAFT = "draft"
    PAGE = "page"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class _Failure:
    """Attributes: since: the first of `count` failures in a row; until: retried then."""

    reason: str
    since: datetime
    count: int
    until: datetime


def failure_of(act: Callable[[], object]) -> Exception | None:
    """Do `act`; returns the exception it raised, or None.

    Raises:
        StoreError: nothing is safe without the store. A single record that cannot be
            read (`RecordDamaged`) concerns one incident, and is returned.
    """
    try:
        act()
    except Exception as error:  # whatever it is: one incident must not stop the others
        if isinstance(error, StoreError) and not isinstance(error, RecordDamaged):
            raise
        return error
    return None


def reason_of(error: Exception) -> str:
    """What went wrong, without secrets: only our own errors are sure to hold none."""
    name = type(error).__name__
    return f"{name}: {error}" if isinstance(error, BotError) else name


class Isolation:
    """Does work of single incidents, and remembers which could not be done.

    A page or text that could not be made (`RenderingError`) is tried again in every
    round. Any other exception is a mistake in the program that will most likely occur
    again: it is tried again after five minutes, then after twice as long each time, up
    to six hours. A restart tries everything once.
    """

    def __init__(self, store: Store, clock: Clock | None = None) -> None:
        """Record failures in `store`, dated by `clock` (the machine's by default)."""
        self._store = store
        self._clock = clock or SystemClock()
        self._failures: dict[tuple[str, Work], _Failure] = {}
        self._log = structlog.get_logger("isolation")

    def attempt(self, incident: str, work: Work, act: Callable[[], object]) -> bool:
        """Do `act`, work of one incident, if it is not to wait; whether it was done.

        Raises:
            StoreError: nothing is safe without the store.
        """
        key, now = (incident, work), self._clock.now()
        failure = self._failures.get(key)
        # A clock that was set back must not make the work wait longer.
        if failure and now < failure.until <= now + _LONGEST_WAIT:
            return False
        error = failure_of(act)
        if error is None:
            self._failures.pop(key, None)
            return True
        self._failures[key] = _failed_again(failure, error, now)
        if failure is None:
            self._record(incident, work, error, now)
        return False

    def troubles(self) -> tuple[OperatorAlert, ...]:
        """The incidents of which something cannot be done now, for the operators."""
        return tuple(
            OperatorAlert(
                AlertKind.INCIDENT, incident, failure.since, f"{work}: {failure.reason}"
            )
            for (incident, work), failure in sorted(self._failures.items())
        )

    def _record(
        self, incident: str, work: Work, error: Exception, now: datetime
    ) -> None:
        """Log the failure, and store its reason beside those of other silences (P17)."""
        self._log.error("work failed", incident=incident, work=work, exc_info=error)
        reason = f"{incident}: {reason_of(error)}"
        place = self._store.incidents.place_of(incident)
        if place is not None:
            abstention = Abstention(place, now, FAILED, f"{work}-failed", reason)
            self._store.incidents.record((), (abstention,), {}, now)


def _failed_again(before: _Failure | None, error: Exception, now: datetime) -> _Failure:
    count = before.count + 1 if before else 1
    wait = min(_FIRST_WAIT * 2.0 ** min(count - 1, 10), _LONGEST_WAIT)
    if isinstance(error, RenderingError):
        wait = timedelta(0)
    since = before.since if before else now
    return _Failure(reason_of(error), since, count, now + wait)

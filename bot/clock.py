"""The only reader of time, so that replay is live with another clock (P14)."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

_NAP_S = 0.1


class Clock(Protocol):
    """What the program knows of time."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        ...

    def sleep(self, duration: timedelta) -> None:
        """Wait that long on this clock, or until woken."""
        ...


class SystemClock:
    """The machine's own clock; `wake` ends a sleep early (a stop was asked for).

    `wake` may be called from a signal's handler, or from another thread.
    """

    def __init__(self) -> None:
        self._woken = False

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        return datetime.now(UTC)

    def sleep(self, duration: timedelta) -> None:
        """Wait, at most until `wake` is called.

        In short naps: a lock to wait on could not be released by a signal's handler
        that interrupts whoever holds it.
        """
        end = time.monotonic() + duration.total_seconds()
        while not self._woken and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, _NAP_S))

    def elapsed(self) -> timedelta:
        """The time since some fixed instant, whatever the clock is set to meanwhile.

        Where the system offers it, time that the machine was suspended counts.
        """
        return timedelta(seconds=_elapsed_s())

    def wake(self) -> None:
        """End this sleep and every later one."""
        self._woken = True


def _elapsed_s() -> float:
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class ScaledClock(SystemClock):
    """A clock that began at `start` and runs `factor` times as fast as the machine's."""

    def __init__(self, start: datetime, factor: float) -> None:
        """Begin at `start` now."""
        super().__init__()
        self._start = start
        self._factor = factor
        self._began = time.monotonic()

    def now(self) -> datetime:
        """Start plus the scaled time since it was made, aware, UTC."""
        elapsed = (time.monotonic() - self._began) * self._factor
        return self._start + timedelta(seconds=elapsed)

    def sleep(self, duration: timedelta) -> None:
        """Wait `duration` of this clock's time."""
        super().sleep(duration / self._factor)


class StillClock:
    """A clock that moves only when told: replay and tests."""

    def __init__(self, at: datetime) -> None:
        """Stand at `at`."""
        self.at = at

    def now(self) -> datetime:
        """Where it stands."""
        return self.at

    def sleep(self, duration: timedelta) -> None:
        """Sleeping is moving on, at once."""
        self.at += duration

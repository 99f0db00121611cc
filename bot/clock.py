"""The clocks. All code whose results depend on the time takes the time from a clock.

A replay uses a clock that it sets itself, so each run gives the same results (P14).
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

# While a clock sleeps, it checks this often (in seconds) whether `wake` was called.
_POLL_S = 0.1


class Clock(Protocol):
    """Returns the current time, and sleeps."""

    def now(self) -> datetime:
        """Return the current time, aware, UTC."""
        ...

    def sleep(self, duration: timedelta) -> None:
        """Wait for `duration` of this clock's time, or until woken."""
        ...


class SystemClock:
    """The machine's clock; `wake` ends a sleep early when a stop was requested.

    `wake` may be called from a signal handler or from another thread.
    """

    def __init__(self) -> None:
        self._woken = False

    def now(self) -> datetime:
        """Return the current time, aware, UTC."""
        return datetime.now(UTC)

    def sleep(self, duration: timedelta) -> None:
        """Wait for `duration`, or until `wake` is called.

        The method checks several times a second whether `wake` was called. It does not
        wait on a lock: a signal handler that calls `wake` would deadlock if the
        interrupted thread held the lock.
        """
        # The wait is measured with the monotonic clock, because the machine's clock may
        # be set to another time during the wait.
        end = time.monotonic() + duration.total_seconds()
        while not self._woken and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, _POLL_S))

    def elapsed(self) -> timedelta:
        """Return the time since a fixed instant; setting the clock does not affect it.

        On systems with `CLOCK_BOOTTIME`, the time in which the machine was suspended is
        included.
        """
        return timedelta(seconds=_elapsed_s())

    def wake(self) -> None:
        """End the current sleep and every later one."""
        self._woken = True


def _elapsed_s() -> float:
    # Not every system has CLOCK_BOOTTIME, and the monotonic clock may stop while the
    # machine is suspended.
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


@dataclass(slots=True)
class TrustedTime:
    """When the machine's clock was last trusted; several clock objects can share a record.

    Attributes:
        last: what the clock showed (aware, UTC), and the value of `elapsed()` then; None
            before the clock was trusted for the first time.
    """

    last: tuple[datetime, timedelta] | None = None


class TrustedClock(SystemClock):
    """The machine's clock as it was last trusted, moved on by the monotonic clock.

    If the machine's clock is set, this clock does not follow until `trust` is called. So
    nothing is dated, delayed or deleted by a wrong time, even if the clock is set while
    a tick or a delivery runs.
    Before the first call of `trust`, this clock shows what the machine's clock shows.
    """

    def __init__(
        self, machine: SystemClock, trusted_time: TrustedTime | None = None
    ) -> None:
        """Follow `machine`.

        Args:
            machine: the machine's clock.
            trusted_time: shared with the clocks that have the same trusted time; None:
                a new one.
        """
        super().__init__()
        self._machine = machine
        self._trusted_time = trusted_time or TrustedTime()

    def now(self) -> datetime:
        """Return the trusted time, aware, UTC."""
        last = self._trusted_time.last
        if last is None:
            return self._machine.now()
        at, elapsed = last
        return at + (self.elapsed() - elapsed)

    def machine_now(self) -> datetime:
        """Return what the machine's clock shows, right or wrong; aware, UTC."""
        return self._machine.now()

    def elapsed(self) -> timedelta:
        """Return the time since a fixed instant; setting the clock does not affect it."""
        return self._machine.elapsed()

    def trust(self, at: datetime, elapsed: timedelta) -> None:
        """Trust `at`, which the machine's clock showed at the monotonic time `elapsed`."""
        self._trusted_time.last = at, elapsed

    def companion(self) -> "TrustedClock":
        """Return a clock with the same trusted time, whose sleeps are woken separately."""
        return TrustedClock(self._machine, self._trusted_time)


class ScaledClock(SystemClock):
    """A clock that starts at `start` and runs `factor` times as fast as real time."""

    def __init__(self, start: datetime, factor: float) -> None:
        """Make the clock show `start` now."""
        super().__init__()
        self._start = start
        self._factor = factor
        self._began = time.monotonic()

    def now(self) -> datetime:
        """Return `start` plus the scaled time since construction, aware, UTC."""
        elapsed = (time.monotonic() - self._began) * self._factor
        return self._start + timedelta(seconds=elapsed)

    def sleep(self, duration: timedelta) -> None:
        """Wait for `duration` of this clock's time, or until `wake` is called."""
        super().sleep(duration / self._factor)


class StillClock:
    """A clock that moves only when `sleep` is called; for replays and tests."""

    def __init__(self, time: datetime) -> None:
        """Make the clock show `time`, aware, UTC."""
        self.time = time

    def now(self) -> datetime:
        """Return the time that the clock shows, aware, UTC."""
        return self.time

    def sleep(self, duration: timedelta) -> None:
        """Move the clock forward by `duration` and return at once."""
        self.time += duration

"""The loop: tick after tick until asked to stop; one bad tick never ends it."""

from collections.abc import Callable
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.errors import StoreError
from bot.model.operator_alert import AlertKind
from bot.publishing.alerts import AlertSender
from bot.tick.runner import TickResult, TickRunner

Watcher = Callable[[TickResult], None]


class Loop:
    """Runs a newsroom on a clock."""

    def __init__(
        self,
        newsroom: TickRunner,
        clock: Clock,
        poll: timedelta,
        watcher: Watcher,
        alarm: AlertSender | None = None,
    ) -> None:
        """Tick every `poll`; `watcher` is told of each tick, `alarm` when it is over."""
        self._alarm = alarm
        self._newsroom = newsroom
        self._clock = clock
        self._poll = poll
        self._watcher = watcher
        self._stopping = False
        self._log = structlog.get_logger("loop")
        self.failures = 0

    def stop(self) -> None:
        """Stop after the present tick."""
        self._stopping = True

    def stopping(self) -> bool:
        """Whether a stop was asked for."""
        return self._stopping

    def run(self, *, once: bool = False) -> None:
        """Tick until stopped, or once.

        Raises:
            StoreError: nothing is safe without the store.
        """
        while not self._stopping:
            began = self._clock.now()
            self._tick()
            if once:
                return
            spent = self._clock.now() - began
            if spent < self._poll:  # a stop wakes the clock
                self._clock.sleep(self._poll - spent)

    def _tick(self) -> None:
        wrong: dict[AlertKind, str] = {}
        try:
            tick = self._newsroom.tick()
            self._watcher(tick)
            if not tick.heard:
                wrong[AlertKind.SILENT] = tick.failed[0]
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - the one place: a bad tick is over
            self.failures += 1
            wrong[AlertKind.LOOP] = type(error).__name__
            self._log.exception("tick failed", failures=self.failures)
        if self._alarm is not None:
            self._alarm.round_over(wrong)

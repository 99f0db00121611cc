"""The loop: runs ticks until it is stopped, or until the store fails."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

import structlog

from bot.clock import Clock
from bot.editorial.isolation import call_and_catch
from bot.errors import BotError, RecordDamaged, StoreError, StoreLocked
from bot.model.operations import AlertKind, OperatorAlert
from bot.publishing.alerts import AlertSender
from bot.tick.runner import TickResult, TickRunner

Watcher = Callable[[TickResult], None]
"""Called with the result of each tick."""
AlertSource = Callable[[], Sequence[OperatorAlert]]
_MAX_PAGES_NAMED = 5
"""The number of failed pages that an operator alert names at most."""


class Loop:
    """Runs ticks at a fixed interval.

    Attributes:
        failures: how many ticks have failed since the start.
        wrong: what went wrong in the last tick.
    """

    def __init__(
        self,
        runner: TickRunner,
        clock: Clock,
        interval: timedelta,
        watcher: Watcher,
        alert_sender: AlertSender | None = None,
        other_alerts: AlertSource | None = None,
    ) -> None:
        """Create a loop that starts a tick every `interval`.

        Args:
            runner: runs the ticks.
            clock: gives the time and sleeps between ticks.
            interval: the time from the start of one tick to the start of the next.
            watcher: called with the result of each tick.
            alert_sender: sends operator alerts and the heartbeat after each tick; if None,
                neither is sent.
            other_alerts: returns the alerts on work that is done outside ticks; None:
                there is no such work.
        """
        self._other_alerts = other_alerts
        self._alarm = alert_sender
        self._runner = runner
        self._clock = clock
        self._poll = interval
        self._watcher = watcher
        self._stopping = False
        self._log = structlog.get_logger("loop")
        self.failures = 0
        self.wrong: frozenset[AlertKind] = frozenset()

    def stop(self) -> None:
        """Stop after the current tick."""
        self._stopping = True

    def is_stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._stopping

    def run(self, *, once: bool = False) -> None:
        """Run ticks until `stop` is called; with `once`, run a single tick.

        Raises:
            StoreError: the store failed, so that no tick can run.
        """
        while not self._stopping:
            began = self._clock.now()
            self._tick_or_alert()
            if once:
                return
            spent = self._clock.now() - began
            if spent < self._poll:
                # If the clock was set back, `spent` is negative. Even then, the wait is
                # not longer than `_poll`.
                self._clock.sleep(min(self._poll, self._poll - spent))

    def _tick_or_alert(self) -> None:
        """Run one tick; if the store fails, alert the operators and end the loop."""
        try:
            self._tick()
        except StoreError as error:
            if self._alarm is not None:
                self._alarm.store_failed(str(error))
            raise

    def _tick(self) -> None:
        """Run one tick, and send the alerts on what went wrong in it."""
        wrong: dict[AlertKind, str] = {}
        tick_alerts: tuple[OperatorAlert, ...] = ()
        try:
            tick = self._with_other_alerts(self._runner.tick())
            self._watcher(tick)
            tick_alerts = tick.alerts
            # The alert quotes only one of the failed requests. There may be hundreds,
            # and most fail in the same way.
            if not tick.any_answer:
                # If the first backfill was stopped, there may be no failed request to
                # quote.
                wrong[AlertKind.SILENT] = next(iter(tick.failed), "")
            if tick.pages_failed:
                wrong[AlertKind.PAGE] = "; ".join(tick.pages_failed[:_MAX_PAGES_NAMED])
        # The loop goes on, because a locked store becomes free again: another program
        # may be making a backup (P19). A record that is damaged concerns one incident.
        except (StoreLocked, RecordDamaged) as error:
            self._record_failure(error, wrong)
        # Everything must be recorded before it is posted (P3, P10). So without the
        # store, the loop must end.
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - the one place for it: the loop must go on
            self._record_failure(error, wrong)
        # A tick with an implausible clock does nothing, so it did not succeed either.
        clocks = {a.kind for a in tick_alerts if a.kind is AlertKind.CLOCK}
        self.wrong = frozenset({*wrong, *clocks})
        if self._alarm is not None:
            self._alert(self._alarm, wrong, tick_alerts)

    def _with_other_alerts(self, tick: TickResult) -> TickResult:
        if self._other_alerts is None:
            return tick
        return replace(tick, alerts=(*tick.alerts, *self._other_alerts()))

    def _alert(
        self,
        alarm: AlertSender,
        wrong: Mapping[AlertKind, str],
        tick_alerts: Sequence[OperatorAlert],
    ) -> None:
        """Send the alerts; an unexpected error is logged, and the loop goes on (P19)."""
        error = call_and_catch(partial(alarm.after_tick, wrong, tick_alerts))
        if error is not None:
            self._log.error("alerts failed", exc_info=error)

    def _record_failure(self, error: Exception, problems: dict[AlertKind, str]) -> None:
        """Count and log a failed tick, and add the type of its error to `problems`."""
        self.failures += 1
        problems[AlertKind.LOOP] = type(error).__name__
        # The traceback of an unexpected error shows where the program is at fault. An
        # expected error, such as a locked store, explains itself.
        if isinstance(error, BotError):
            self._log.error("tick failed", failures=self.failures, error=str(error))
        else:
            self._log.error("tick failed", failures=self.failures, exc_info=error)

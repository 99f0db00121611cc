"""Delivery of due posts: each channel has one worker, in one thread at a time."""

from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.errors import RecordChanged
from bot.model.delivery import Delivery, DeliveryState
from bot.policy.channel_rules import ChannelRules
from bot.policy.reasons import DelayReason
from bot.ports import Channel, Store
from bot.publishing.channel_worker import ChannelWorker
from bot.publishing.restore_check import RestoreCheck, RestoreGuard
from bot.publishing.retry_delays import RetryDelays

MAX_TICK_WAIT = timedelta(seconds=20)
"""How long a tick waits for its workers; slower workers continue in the next tick."""


@dataclass(frozen=True, slots=True)
class PostTiming:
    """The timing of posts.

    Attributes:
        delays: the delays before a retry.
        max_wait: how long a tick waits for slow channels; None: until all are done.
        stale_after: for each channel, how long a post may be due before a person decides
            whether it is still sent; for a channel without an entry, without limit.
        channel_rules: the rules of each channel, by name; a channel without an entry
            has no rules.
        guard: recognizes a store that may lack published posts, because it was restored
            or begun anew; such posts must not be sent again. None: this is not checked.
    """

    delays: RetryDelays = field(default_factory=RetryDelays)
    max_wait: timedelta | None = MAX_TICK_WAIT
    channel_rules: Mapping[str, ChannelRules] = field(default_factory=dict)
    guard: RestoreGuard | None = field(default_factory=RestoreGuard)
    stale_after: Mapping[str, timedelta] = field(default_factory=dict)

    def delays_of(self, channel: str) -> RetryDelays:
        """Return the delays of a channel, with its limit for late posts."""
        return replace(self.delays, stale_after=self.stale_after.get(channel))

    def rules_of(self, channel: str) -> ChannelRules:
        """Return a channel's rules; a channel without an entry has no restrictions."""
        return self.channel_rules.get(channel, ChannelRules())


class Publisher:
    """Passes due deliveries to the workers of their channels, which run in parallel."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        clock: Clock,
        timing: PostTiming | None = None,
    ) -> None:
        """Create a worker for each channel.

        Args:
            store: has the deliveries and the pictures.
            channels: the channels by name.
            clock: the machine's clock.
            timing: the timing of posts; None: the defaults.
        """
        self._store = store
        self._clock = clock
        self._pacing = timing or PostTiming()
        self._restore = RestoreCheck(store, clock, self._pacing.guard)
        self._workers = {
            name: ChannelWorker(
                channel,
                store,
                clock,
                self._pacing.delays_of(name),
                self._pacing.rules_of(name),
                self._restore,
            )
            for name, channel in channels.items()
        }
        # A pool without threads is an error, so there is at least one thread even
        # without channels.
        self._pool = ThreadPoolExecutor(max(1, len(self._workers)), "channel")
        self._running: dict[str, Future[list[Delivery]]] = {}
        self._sent: list[Delivery] = []
        self._log = structlog.get_logger("publishing")

    def recover(self) -> int:
        """Mark as unknown the deliveries that a crash interrupted; return how many.

        This must be called at the start of the program, once the clock is trusted.
        """
        self._restore.begin()
        read_back_at = self._clock.now() + self._pacing.delays.settle_after
        return self._store.deliveries.recover(read_back_at)

    def publish_due(
        self, waiting_incidents: Callable[[], Collection[str]] = tuple
    ) -> tuple[Delivery, ...]:
        """Process every due delivery once; return deliveries sent since the last call.

        A channel whose worker is still busy from an earlier tick is skipped.

        Args:
            waiting_incidents: returns the ids of incidents whose posts must wait because
                the report page is not written yet: no post may link to a missing page
                (P15).

        Raises:
            Exception: see `collect_sent`.
        """
        self._restore.begin()
        for name, due in self._due_by_channel(waiting_incidents).items():
            if name not in self._workers:
                # The channel was removed from the configuration. Its posts wait until
                # it is back, or a person drops them.
                self._log.warning(
                    "post for a channel that is not configured", post=due[0].post.key
                )
                self._note_unconfigured(due)
            elif name not in self._running:
                deliver = self._workers[name].deliver
                self._running[name] = self._pool.submit(deliver, due)
        max_wait = self._pacing.max_wait
        timeout_s = None if max_wait is None else max_wait.total_seconds()
        # A worker that takes longer stays in `_running`; a later call collects its
        # posts.
        wait(self._running.values(), timeout_s)
        return self.collect_sent()

    def close(self) -> None:
        """Wait until every worker has processed its deliveries."""
        self._pool.shutdown(wait=True)

    def collect_sent(self) -> tuple[Delivery, ...]:
        """Return the deliveries that finished workers have sent since the last call.

        Raises:
            Exception: the first unexpected exception of a worker. The next call then
                returns the deliveries that were sent.
        """
        errors: list[BaseException] = []
        for name in _finished(self._running):
            future, worker = self._running.pop(name), self._workers[name]
            if (error := future.exception()) is not None:
                errors.append(error)
            else:
                self._sent += future.result()
            errors += worker.errors
            worker.errors = []
        # The exception is raised only after all results are collected, so that the
        # deliveries of the other channels are not lost.
        if errors:
            raise errors[0]
        sent, self._sent = self._sent, []
        # Workers finish in any order. The deliveries are sorted, so that a replay
        # always gives the same result (P14).
        return tuple(sorted(sent, key=lambda d: (d.post.at, d.post.key)))

    def _note_unconfigured(self, due: Iterable[Delivery]) -> None:
        """Note on each delivery why it waits, for operators and editors (P17)."""
        note = str(DelayReason.NOT_CONFIGURED)
        for delivery in due:
            if delivery.state is DeliveryState.WAITING and delivery.note != note:
                # A person may change the delivery at the same moment. Then it gets no note.
                with suppress(RecordChanged):
                    self._store.deliveries.defer(
                        delivery.post.key, delivery.not_before, note
                    )

    def _due_by_channel(
        self, waiting_incidents: Callable[[], Collection[str]]
    ) -> dict[str, list[Delivery]]:
        """Return due deliveries by channel, oldest event first; skip `waiting_incidents`."""
        due: dict[str, list[Delivery]] = {}
        deliveries = self._store.deliveries.due(self._clock.now())
        # A person may approve a draft at any moment, which queues the post and marks the
        # page as outdated in one transaction. So the pages are looked up after the posts.
        waiting = waiting_incidents()
        for delivery in deliveries:
            if delivery.post.incident not in waiting:
                due.setdefault(delivery.post.channel, []).append(delivery)
        return due


def _finished(running: Mapping[str, Future[list[Delivery]]]) -> list[str]:
    return [name for name, future in running.items() if future.done()]

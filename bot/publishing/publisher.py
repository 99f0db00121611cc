"""Posting, as a step of its own: every channel in a lane of its own (see `lane`)."""

from collections.abc import Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.model.delivery import Delivery
from bot.policy.channel_rules import ChannelRules
from bot.ports import Channel, Store
from bot.publishing.channel_worker import ChannelWorker, RetryDelays

PATIENCE = timedelta(seconds=20)
"""So long a round waits for its lanes; who is slower goes on beside the next one."""


@dataclass(frozen=True, slots=True)
class Pacing:
    """How posts are paced.

    Attributes:
        waits: see there.
        patience: how long a round waits for slow channels; None: to the end.
        desks: the rules of channels that have some, by name.
    """

    waits: RetryDelays = field(default_factory=RetryDelays)
    patience: timedelta | None = PATIENCE
    desks: Mapping[str, ChannelRules] = field(default_factory=dict)

    def desk(self, channel: str) -> ChannelRules:
        """The rules of a channel; none, where it has none."""
        return self.desks.get(channel, ChannelRules())


class Publisher:
    """Takes due deliveries to their channels; no channel ever waits for another."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        clock: Clock,
        rules: Pacing | None = None,
    ) -> None:
        """Keep what is needed.

        Args:
            store: where deliveries and pictures lie.
            channels: by name.
            clock: the machine's.
            rules: see there.
        """
        self._store = store
        self._clock = clock
        self._rules = rules or Pacing()
        self._lanes = {
            name: ChannelWorker(
                channel, store, clock, self._rules.waits, self._rules.desk(name)
            )
            for name, channel in channels.items()
        }
        self._pool = ThreadPoolExecutor(max(1, len(self._lanes)), "lane")
        self._busy: dict[str, Future[list[Delivery]]] = {}
        self._sent: list[Delivery] = []
        self._log = structlog.get_logger("publishing")

    def recover(self) -> int:
        """At start: what was being sent when we died is unknown now; how many."""
        later = self._clock.now() + self._rules.waits.settle_after
        return self._store.deliveries.recover(later)

    def publish_due(self, without: Collection[str] = ()) -> tuple[Delivery, ...]:
        """Take every due delivery one step on; returns those that went out.

        Incidents in `without` wait: their page is not there yet (P15). A lane that is
        still at work from an earlier round is left to it.
        """
        for name, due in self._due(without).items():
            if name not in self._lanes:
                self._log.warning("no such channel", post=due[0].post.key)
            elif name not in self._busy:
                self._busy[name] = self._pool.submit(self._lanes[name].take, due)
        patience = self._rules.patience
        seconds = None if patience is None else patience.total_seconds()
        wait(self._busy.values(), seconds)
        return self.gathered()

    def close(self) -> None:
        """Wait for the lanes still at work: what they send is to be settled."""
        self._pool.shutdown(wait=True)

    def _due(self, without: Collection[str]) -> dict[str, list[Delivery]]:
        """What is due, by channel, oldest event first."""
        found: dict[str, list[Delivery]] = {}
        for delivery in self._store.deliveries.due(self._clock.now()):
            if delivery.post.incident not in without:
                found.setdefault(delivery.post.channel, []).append(delivery)
        return found

    def gathered(self) -> tuple[Delivery, ...]:
        """What the lanes that are done have sent.

        A mistake of ours is told; what the others sent is not lost by it.
        """
        mistakes: list[BaseException] = []
        for future in [self._busy.pop(name) for name in _done(self._busy)]:
            if (mistake := future.exception()) is not None:
                mistakes.append(mistake)
            else:
                self._sent += future.result()
        if mistakes:
            raise mistakes[0]
        sent, self._sent = self._sent, []
        return tuple(sorted(sent, key=lambda d: (d.post.at, d.post.key)))


def _done(busy: Mapping[str, Future[list[Delivery]]]) -> list[str]:
    return [name for name, future in busy.items() if future.done()]

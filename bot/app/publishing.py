"""Posting, as a step of its own: claim, send, settle (P10).

It works on stored deliveries only, so it can die anywhere and go on. What may have
gone out is looked for before anything else; it is never sent again unread.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.errors import (
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
)
from bot.model.post import Delivery, DeliveryState, Post
from bot.ports import Channel, Store

_LONGEST_WAIT = timedelta(hours=1)
_ROUNDS = 5
"""So often a post is sent, left without a word, and not found; then a person looks."""
_UNSETTLED = frozenset(
    {DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.UNKNOWN}
)


class Publisher:
    """Takes due deliveries to their channels; one channel never waits for another."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        clock: Clock,
        settle_after: timedelta = timedelta(seconds=60),
        first_wait: timedelta = timedelta(seconds=30),
    ) -> None:
        """Keep what is needed.

        Args:
            store: where deliveries and pictures lie.
            channels: by name.
            clock: the loop's.
            settle_after: how long a server may still be busy with a post whose
                answer was lost; reading back sooner could miss it.
            first_wait: the first pause before another try; it doubles.
        """
        self._store = store
        self._channels = channels
        self._clock = clock
        self._settle_after = settle_after
        self._first_wait = first_wait
        self._rounds: Counter[str] = Counter()
        self._log = structlog.get_logger("publishing")

    def recover(self) -> int:
        """At start: what was being sent when we died is unknown now; how many."""
        return self._store.deliveries.recover(self._clock.now() + self._settle_after)

    def publish_due(self, without: Collection[str] = ()) -> tuple[Delivery, ...]:
        """Take every due delivery one step on; returns those that went out.

        Incidents in `without` wait: their page is not there yet (P15).
        """
        sent: list[Delivery] = []
        due = self._store.deliveries.due(self._clock.now())
        for delivery in (d for d in due if d.post.incident not in without):
            channel = self._channels.get(delivery.post.channel)
            if channel is None:
                self._log.warning("no such channel", post=delivery.post.key)
                continue
            post = self._frozen(delivery.post, channel)
            if post is not None and self._take(delivery, post, channel):
                sent.append(delivery)
        return tuple(sent)

    def _frozen(self, post: Post, channel: Channel) -> Post | None:
        """The post as it goes out: an answer to the incident's earlier ones there.

        None while an earlier one is unsettled: order in a thread is kept. What was
        frozen at its first try stays so (P10).
        """
        if post.frozen:
            return post
        root = parent = None
        for other in self._store.deliveries.of_incident(post.incident):
            if other.post.key == post.key:
                break
            if other.post.channel != post.channel:
                continue
            if other.state in _UNSETTLED:
                return None
            parent = other.receipt.id if other.receipt else parent
            root = root or parent
        whole = replace(post, reply_to=parent, root=root, frozen=True)
        return replace(whole, token=channel.token(whole))

    def _take(self, delivery: Delivery, post: Post, channel: Channel) -> bool:
        deliveries = self._store.deliveries
        unknown = delivery.state is DeliveryState.UNKNOWN
        if not unknown and not deliveries.claim(post.key, self._clock.now(), post):
            return False
        step = self._look_for if unknown else self._send
        try:
            return step(delivery, post, channel)
        except Exception as error:  # ours: the loop tells it, and the others go on
            deliveries.doubt(post.key, self._later(), f"our {type(error).__name__}")
            raise

    def _send(self, delivery: Delivery, post: Post, channel: Channel) -> bool:
        deliveries = self._store.deliveries
        picture = post.picture
        data = self._store.drafts.picture(picture.sha256) if picture else None
        try:
            receipt = channel.send(post, data)
        except ChannelUnavailable as error:
            self._postpone(delivery, error.retry_after, str(error))
        except ChannelRefused as error:
            deliveries.refuse(post.key, str(error))
            self._log.error("post refused", post=post.key, error=str(error))
        except ChannelUnknown as error:
            deliveries.doubt(post.key, self._later(), str(error))
            self._log.warning("post unknown", post=post.key, error=str(error))
        else:
            deliveries.settle(post.key, receipt, self._clock.now())
            return True
        return False

    def _look_for(self, delivery: Delivery, post: Post, channel: Channel) -> bool:
        """Settle an unknown post by reading back; only certain absence frees it."""
        deliveries = self._store.deliveries
        try:
            receipt = channel.find(post)
        except ChannelUnavailable as error:
            wait = error.retry_after or self._wait(delivery.tries)
            deliveries.doubt(post.key, self._clock.now() + wait, str(error))
        except ChannelUnknown as error:
            self._hand_over(post, str(error))
        else:
            if receipt is not None:
                deliveries.settle(post.key, receipt, self._clock.now())
                return True
            self._free(post)
        return False

    def _free(self, post: Post) -> None:
        """It is not there: send it again, but not for ever."""
        self._rounds[post.key] += 1
        if self._rounds[post.key] < _ROUNDS:
            now = self._clock.now()
            self._store.deliveries.postpone(post.key, now, "read back: not there")
        else:
            self._hand_over(post, f"sent {_ROUNDS} times and never found there")

    def _hand_over(self, post: Post, note: str) -> None:
        self._store.deliveries.hand_over(post.key, note)
        self._log.error("post needs a person", post=post.key, error=note)

    def _postpone(
        self, delivery: Delivery, retry_after: timedelta | None, note: str
    ) -> None:
        wait = retry_after or self._wait(delivery.tries)
        until: datetime = self._clock.now() + wait
        self._store.deliveries.postpone(delivery.post.key, until, note)
        self._log.warning("post waits", post=delivery.post.key, error=note)

    def _wait(self, tries: int) -> timedelta:
        doubled = self._first_wait * float(2 ** min(tries, 10))
        return min(doubled, _LONGEST_WAIT)

    def _later(self) -> datetime:
        return self._clock.now() + self._settle_after

"""One channel's lane: its due posts, one after the other, claim, send, settle (P10).

It works on stored deliveries only, so it can die anywhere and go on. What may have
gone out is looked for before anything else; it is never sent again unread.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.clock import Clock
from bot.editorial.isolation import failure_of
from bot.errors import (
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
    ChannelUnreachable,
)
from bot.model.delivery import Delivery, DeliveryState, Post
from bot.model.incident import EventKind
from bot.policy.channel_rules import CORRECTIONS, MONTH, ChannelRules, delay_until
from bot.policy.reasons import DropReason
from bot.ports import Channel, Store

_LONGEST_WAIT = timedelta(hours=1)
_ROUNDS = 5
"""So often a post is sent, left without a word, and not found; then a person looks."""
_UNSETTLED = frozenset(
    {DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.UNKNOWN}
)


@dataclass(frozen=True, slots=True)
class RetryDelays:
    """How long to wait.

    Attributes:
        settle_after: how long a server may still be busy with a post whose answer was
            lost; reading back sooner could miss it.
        first: the first pause before another try; it doubles, to an hour.
    """

    settle_after: timedelta = timedelta(seconds=60)
    first: timedelta = timedelta(seconds=30)

    def after(self, tries: int) -> timedelta:
        """The pause after so many tries."""
        return min(self.first * float(2 ** min(tries, 10)), _LONGEST_WAIT)


class ChannelWorker:
    """Takes a channel's due deliveries one step on."""

    def __init__(
        self,
        channel: Channel,
        store: Store,
        clock: Clock,
        waits: RetryDelays,
        desk: ChannelRules | None = None,
    ) -> None:
        """Keep what is needed."""
        self._desk = desk or ChannelRules()
        self._channel = channel
        self._store = store
        self._clock = clock
        self._waits = waits
        self._rounds: Counter[str] = Counter()
        self._rests_until: datetime | None = None
        self.mistakes: list[BaseException] = []
        self._log = structlog.get_logger("publishing")

    def take(self, due: Iterable[Delivery]) -> list[Delivery]:
        """One step for each; returns those that went out.

        A channel that cannot be reached, or asked to be left alone, is left alone.

        An unexpected exception of one delivery is kept in `mistakes`; the others have
        their step.

        Raises:
            StoreError: nothing is safe without the store.
        """
        sent: list[Delivery] = []
        for delivery in due:
            if self._resting() or self._store.pauses.stops(self._channel.name):
                break
            error = failure_of(partial(self._take_one, delivery, sent))
            if error is not None:
                self.mistakes.append(error)
        return sent

    def _take_one(self, delivery: Delivery, sent: list[Delivery]) -> None:
        post = self._frozen(delivery.post)
        if post is None or self._put_off(delivery, post):
            return
        if self._step(delivery, post):
            sent.append(delivery)

    def _put_off(self, delivery: Delivery, post: Post) -> bool:
        """Whether a waiting post waits longer by the desk's rules, or for ever."""
        if delivery.state is not DeliveryState.WAITING:
            return False
        deliveries, now = self._store.deliveries, self._clock.now()
        if self._overtaken(post):
            deliveries.drop(post.key, DropReason.RETRACTED)
            return True
        counted = self._desk.counts
        sent = deliveries.sent(post.channel, now - MONTH) if counted else ()
        until, why = delay_until(self._desk, post, now, sent)
        if until > now:
            deliveries.defer(post.key, until, why)
            self._log.warning("post put off", post=post.key, until=until, why=why)
        return until > now

    def _overtaken(self, post: Post) -> bool:
        """Whether a retraction waits behind a claim that is not out yet."""
        if post.kind in CORRECTIONS:
            return False
        thread = self._store.deliveries.of_incident(post.incident)
        keys = [d.post.key for d in thread]
        later = thread[keys.index(post.key) + 1 :]
        return any(
            d.post.kind is EventKind.RETRACTED and d.post.channel == post.channel
            for d in later
        )

    def _resting(self) -> bool:
        return self._rests_until is not None and self._clock.now() < self._rests_until

    def _frozen(self, post: Post) -> Post | None:
        """The post as it goes out: an answer to the incident's earlier ones there.

        None while an earlier one is unsettled: order in a thread is kept. What was
        frozen at its first try stays so (P10).
        """
        if post.frozen:
            return post
        if post.amends is not None:  # it takes the place of words, and answers none
            return replace(post, frozen=True, token=self._channel.token(post))
        root = parent = None
        for other in self._store.deliveries.of_incident(post.incident):
            if other.post.key == post.key:
                break
            if other.post.channel != post.channel or other.post.amends is not None:
                continue
            if other.state in _UNSETTLED:
                return None
            parent = other.receipt.id if other.receipt else parent
            root = root or parent
        opens = parent is None and post.opening is not None
        text = post.opening if opens and post.opening is not None else post.text
        whole = replace(post, text=text, reply_to=parent, root=root, frozen=True)
        return replace(whole, token=self._channel.token(whole))

    def _step(self, delivery: Delivery, post: Post) -> bool:
        deliveries = self._store.deliveries
        unknown = delivery.state is DeliveryState.UNKNOWN
        if not unknown and not deliveries.claim(post.key, self._clock.now(), post):
            return False
        step = self._look_for if unknown else self._send
        try:
            return step(delivery, post)
        except Exception as error:  # a defect: nobody knows whether it is out
            deliveries.mark_unknown(
                post.key, self._later(), f"our {type(error).__name__}"
            )
            raise

    def _send(self, delivery: Delivery, post: Post) -> bool:
        deliveries = self._store.deliveries
        picture = post.picture
        data = self._store.drafts.picture(picture.sha256) if picture else None
        try:
            receipt = self._channel.send(post, data)
        except ChannelUnavailable as error:
            self._postpone(delivery, error)
        except ChannelRefused as error:
            deliveries.refuse(post.key, str(error))
            self._log.error("post refused", post=post.key, error=str(error))
        except ChannelUnknown as error:
            deliveries.mark_unknown(post.key, self._later(), str(error))
            self._log.warning("post unknown", post=post.key, error=str(error))
        else:
            deliveries.settle(post.key, receipt, self._clock.now())
            return True
        return False

    def _look_for(self, delivery: Delivery, post: Post) -> bool:
        """Settle an unknown post by reading back; only certain absence frees it."""
        deliveries = self._store.deliveries
        try:
            receipt = self._channel.find(post)
        except ChannelUnavailable as error:
            deliveries.mark_unknown(post.key, self._rest(delivery, error), str(error))
        except ChannelUnknown as error:
            self._hand_over(post, str(error))
        else:
            if receipt is not None:
                deliveries.settle(post.key, receipt, self._clock.now())
                return True
            self._free(post)
        return False

    def _free(self, post: Post) -> None:
        """It is not there: send it again, later each time, and not for ever."""
        self._rounds[post.key] += 1
        rounds = self._rounds[post.key]
        if rounds < _ROUNDS:
            wait = self._waits.after(rounds - 1) if rounds > 1 else timedelta(0)
            until = self._clock.now() + wait
            self._store.deliveries.retry_at(post.key, until, "read back: not there")
        else:
            self._hand_over(post, f"sent {_ROUNDS} times and never found there")

    def _hand_over(self, post: Post, note: str) -> None:
        self._store.deliveries.escalate(post.key, note)
        self._log.error("post needs a person", post=post.key, error=note)

    def _postpone(self, delivery: Delivery, error: ChannelUnavailable) -> None:
        until = self._rest(delivery, error)
        self._store.deliveries.retry_at(delivery.post.key, until, str(error))
        self._log.warning("post waits", post=delivery.post.key, error=str(error))

    def _rest(self, delivery: Delivery, error: ChannelUnavailable) -> datetime:
        """When to try again; who cannot be reached, or said when, rests until then."""
        wait = error.retry_after or self._waits.after(delivery.tries)
        until: datetime = self._clock.now() + wait
        if error.retry_after or isinstance(error, ChannelUnreachable):
            self._rests_until = until
        return until

    def _later(self) -> datetime:
        return self._clock.now() + self._waits.settle_after

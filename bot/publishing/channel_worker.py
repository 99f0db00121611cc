"""The worker of one channel: claims, sends and settles its due deliveries (P10).

The deliveries and their states are stored, so the worker may stop at any moment and
goes on after a restart. A post that may have been published is looked for on the
channel. It is sent again only if it is not there.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.clock import Clock
from bot.editorial.isolation import call_and_catch
from bot.errors import (
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
    ChannelUnreachable,
    RecordChanged,
    RecordDamaged,
)
from bot.model.delivery import Delivery, DeliveryState, Post, Receipt
from bot.model.incident import CORRECTION_KINDS, State
from bot.policy.channel_rules import MONTH, ChannelRules, earliest_sending, is_old_news
from bot.policy.reasons import DropReason
from bot.ports import Channel, MultiPartChannel, SeparateMessagesChannel, Store
from bot.publishing.restore_check import RestoreCheck
from bot.publishing.retry_delays import RetryDelays
from bot.publishing.target_check import problem_of
from bot.publishing.threads import ThreadOrder

_LONGEST_ASKED = timedelta(days=1)
"""A channel that asks for a longer wait is tried again after this."""
_MAX_SENDS = 5
"""After a post was sent this many times and never found, a person decides."""
_MAYBE_PUBLISHED_NOTE = (
    "the store was restored, begun anew or stopped for hours, so the post may be"
    " published already, and the channel cannot be searched"
)
_UNKNOWN_POSTS_NOTE = (
    "the store was restored or begun anew, and the channel has posts ({count}) that it"
    " does not know: one of them may be this post with a different text"
)
_OLD_NEWS = (
    "the post is not published, or to a part of its readers only, and it is late by more"
    " than {hours:g} h, so it would be old news: a person decides whether it is still sent"
)


class ChannelWorker:
    """Processes the due deliveries of one channel, in order.

    Attributes:
        errors: unexpected exceptions of single deliveries; the caller empties the list.
    """

    def __init__(
        self,
        channel: Channel,
        store: Store,
        clock: Clock,
        delays: RetryDelays,
        rules: ChannelRules | None = None,
        restore_check: RestoreCheck | None = None,
    ) -> None:
        """Create a worker.

        Args:
            channel: the channel.
            store: has the deliveries and the pictures.
            clock: the machine's clock.
            delays: the delays before a retry.
            rules: the rules of the channel; None: no rules.
            restore_check: tells which posts may already be public although the store does
                not record this; None: the store counts as complete.
        """
        self._rules = rules or ChannelRules()
        self._channel = channel
        self._thread = ThreadOrder(channel, store, clock)
        self._store = store
        self._clock = clock
        self._delays = delays
        self._sends: Counter[str] = Counter()
        self._backoff_until: datetime | None = None
        self._restore = restore_check or RestoreCheck(store, clock, None)
        self._contacted = False
        self.errors: list[BaseException] = []
        self._log = structlog.get_logger("publishing")

    def deliver(self, due_deliveries: Iterable[Delivery]) -> list[Delivery]:
        """Process each delivery once; return those whose posts are published.

        The worker ends early if the channel cannot be reached or has asked to wait, or
        if a person has paused it. If a delivery raises an unexpected exception, the
        exception is added to `errors`, and the next delivery is processed.

        Raises:
            StoreError: the store failed, and without it no post can be sent safely.
        """
        published_deliveries: list[Delivery] = []
        for delivery in due_deliveries:
            # The kill switch is read before each post, so it also stops the rest of the
            # deliveries (P16).
            if self._is_backing_off() or self._store.pauses.is_paused(
                self._channel.name
            ):
                break
            error = call_and_catch(
                partial(self._deliver_one, delivery, published_deliveries)
            )
            # A damaged record stops one incident only; operators are alerted to it.
            if isinstance(error, RecordDamaged):
                self._log.error(
                    "post not sent", post=delivery.post.key, error=str(error)
                )
            elif error is not None:
                self.errors.append(error)
        return published_deliveries

    def _deliver_one(
        self, delivery: Delivery, published_deliveries: list[Delivery]
    ) -> None:
        """Process one delivery; add it to `published_deliveries` if it is published.

        If a person settles the delivery at the same moment, the person's record stays.
        """
        try:
            if self._is_for_another_target(delivery):
                return
            post = self._thread.final_form(delivery.post)
            if post is None or self._is_held_back(delivery, post):
                return
            self._thread.drop_overtaken(post)
            if self._step(delivery, post):
                published_deliveries.append(delivery)
        except RecordChanged as error:
            self._log.warning("post settled meanwhile", why=str(error))

    def _is_for_another_target(self, delivery: Delivery) -> bool:
        """Leave a post to a person if it was approved for another target.

        Return whether this was done. Nothing is sent to a target that was not approved. A
        post that may already be in the old target is not looked for in the new one.
        """
        problem = problem_of(delivery, self._channel.target)
        if problem is not None:
            self._escalate(delivery.post, problem)
        return problem is not None

    def _is_held_back(self, delivery: Delivery, post: Post) -> bool:
        """Drop or defer a post that must not be sent now; return whether this was done.

        The post is dropped if its incident was retracted after the post was queued. The
        post is deferred if a rule of its channel does not allow it yet.
        """
        # Only a waiting post is held back. A post that may have been published is looked
        # for on the channel in any case.
        if delivery.state is not DeliveryState.WAITING:
            return False
        deliveries, now = self._store.deliveries, self._clock.now()
        # After the retraction of its incident, a post would spread a statement that is
        # known to be wrong (P11).
        if self._is_superseded(post):
            self._withdraw(delivery, post)
            return True
        recent_deliveries = (
            deliveries.sent_posts(post.channel, now - MONTH)
            if self._rules.needs_earlier_posts
            else ()
        )
        until, reason = earliest_sending(self._rules, post, now, recent_deliveries)
        if until > now:
            deliveries.defer(post.key, until, reason)
            self._log.warning("post deferred", post=post.key, until=until, why=reason)
        return until > now

    def _withdraw(self, delivery: Delivery, post: Post) -> None:
        """Drop a post; if a part of its readers has it, record that it was sent.

        The channel then owes these readers the retraction (P11).
        """
        deliveries, channel, receipt = self._store.deliveries, self._channel, None
        if isinstance(channel, SeparateMessagesChannel):
            try:
                receipt = channel.withdraw(post)
            except ChannelUnavailable as error:
                deliveries.defer(post.key, self._retry_at(delivery, error), str(error))
                return
        if receipt is None:
            deliveries.drop(post.key, DropReason.RETRACTED)
        elif deliveries.claim(post.key, self._clock.now(), post):
            self._settle(post, receipt)

    def _is_superseded(self, post: Post) -> bool:
        """Return whether a post must not be sent because its incident was retracted.

        The result is False for the posts of corrections and retractions. A retraction
        counts even if it still waits for review, or if this channel does not carry it.
        """
        if post.kind in CORRECTION_KINDS:
            return False
        return self._store.incidents.get(post.incident).state is State.RETRACTED

    def _is_backing_off(self) -> bool:
        return (
            self._backoff_until is not None and self._clock.now() < self._backoff_until
        )

    def _step(self, delivery: Delivery, post: Post) -> bool:
        """Send a waiting post, or look for a post of unknown outcome on the channel.

        Return whether the post is published.
        """
        deliveries = self._store.deliveries
        unknown = delivery.state is DeliveryState.UNKNOWN
        # The claim stores the final form of the post before anything is sent. After a
        # crash, exactly this post is looked for or sent again (P10).
        if not unknown and not deliveries.claim(post.key, self._clock.now(), post):
            return False
        step = self._look_for if unknown else self._send_unless_published
        try:
            return step(delivery, post)
        except RecordChanged:
            raise
        except Exception as error:
            # An unexpected exception leaves open whether the post was published.
            note = f"unexpected {type(error).__name__}"
            deliveries.mark_unknown(post.key, self._read_back_at(), note)
            raise

    def _send_unless_published(self, delivery: Delivery, post: Post) -> bool:
        """Send a post, unless the channel has the post already.

        The channel is searched before its first post in this run, and before each post
        of an event that is older than this run. The store may have been restored from a
        copy, or begun anew; it then lacks posts that were published (P10).
        """
        is_new = self._contacted and not self._restore.is_before_this_run(post)
        if is_new or not self._restore.is_on:
            return self._send(delivery, post)
        try:
            return self._send_unless_found(delivery, post)
        except ChannelUnavailable as error:
            self._postpone(delivery, error)
        # The channel cannot be searched, or refuses the search.
        except (ChannelUnknown, ChannelRefused) as error:
            return self._send_if_certainly_new(delivery, post, str(error))
        return False

    def _send_unless_found(self, delivery: Delivery, post: Post) -> bool:
        """Search the channel for a post, and send the post only if it is not there.

        If the channel may have the post with a different text, a person decides.

        Raises:
            ChannelError: the channel could not be searched; nothing was sent.
        """
        receipt = self._read_back(post)
        unknown_count = 0
        if receipt is None:
            unknown_count = self._restore.count_unknown_posts(self._channel, post)
        self._contacted = True
        if receipt is not None:
            self._settle(post, receipt)
            self._log.warning("post was on the channel already", post=post.key)
            return True
        if unknown_count:
            self._escalate(post, _UNKNOWN_POSTS_NOTE.format(count=unknown_count))
            return False
        return self._send(delivery, post)

    def _send_if_certainly_new(
        self, delivery: Delivery, post: Post, error: str
    ) -> bool:
        """Send a post to a channel that cannot be searched.

        If the post may be published already, it is not sent, and a person decides.
        """
        if not self._restore.store_may_lack(post):
            self._contacted = True
            return self._send(delivery, post)
        self._escalate(post, f"{_MAYBE_PUBLISHED_NOTE}: {error}")
        return False

    def _settle(self, post: Post, receipt: Receipt) -> None:
        now = self._clock.now()
        self._store.deliveries.settle(post.key, receipt, now)
        self._restore.record_publication(self._channel.name, now)

    def _is_old_news(self, delivery: Delivery) -> bool:
        limit = self._delays.stale_after
        return limit is not None and is_old_news(delivery, self._clock.now(), limit)

    def _send(self, delivery: Delivery, post: Post) -> bool:
        deliveries = self._store.deliveries
        if self._is_old_news(delivery):
            hours = (self._delays.stale_after or timedelta(0)) / timedelta(hours=1)
            self._escalate(post, _OLD_NEWS.format(hours=hours))
            return False
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
            deliveries.mark_unknown(post.key, self._read_back_at(), str(error))
            self._log.warning("post outcome unknown", post=post.key, error=str(error))
        else:
            self._settle(post, receipt)
            return True
        return False

    def _look_for(self, delivery: Delivery, post: Post) -> bool:
        """Look for a post of unknown outcome; settle it if found, requeue it if not."""
        deliveries = self._store.deliveries
        try:
            receipt = self._read_back(post)
        except ChannelUnavailable as error:
            retry_at = self._retry_at(delivery, error)
            deliveries.mark_unknown(post.key, retry_at, str(error))
        # The program cannot look for posts on this channel. Sending the post again could
        # publish it twice, so a person decides (P10).
        except ChannelUnknown as error:
            self._escalate(post, str(error), in_doubt=True)
        else:
            if receipt is not None:
                self._settle_found(post, receipt)
                return True
            self._requeue(post)
        return False

    def _settle_found(self, post: Post, receipt: Receipt) -> None:
        """Record that a post of unknown outcome was found on the channel."""
        try:
            self._settle(post, receipt)
        except RecordChanged:
            # A person may have queued the post again meanwhile. Its delivery is then
            # claimed and settled, so that the post is not published twice (P10).
            if not self._store.deliveries.claim(post.key, self._clock.now(), post):
                raise
            self._settle(post, receipt)

    def _read_back(self, post: Post) -> Receipt | None:
        """Look for a post on the channel; return its receipt, or None if it is absent.

        If only a part of the post is there, the missing parts are sent first.
        """
        receipt = self._channel.find(post)
        if receipt is not None and isinstance(self._channel, MultiPartChannel):
            return self._channel.complete(post, receipt)
        return receipt

    def _requeue(self, post: Post) -> None:
        """Queue a missing post again; after `_MAX_SENDS` sends, a person decides."""
        # `tries` of the delivery also counts sends that certainly failed, so it cannot
        # be used here.
        self._sends[post.key] += 1
        sends = self._sends[post.key]
        if sends < _MAX_SENDS:
            wait = self._delays.after(sends - 1) if sends > 1 else timedelta(0)
            retry_at = self._clock.now() + wait
            note = "the post was looked for and is not on the channel"
            self._store.deliveries.retry_at(post.key, retry_at, note)
        else:
            note = (
                f"the post was sent {_MAX_SENDS} times and never found on the channel"
            )
            self._escalate(post, note)

    def _escalate(self, post: Post, note: str, *, in_doubt: bool = False) -> None:
        self._store.deliveries.escalate(post.key, note, in_doubt=in_doubt)
        self._log.error("post left to a person", post=post.key, error=note)

    def _postpone(self, delivery: Delivery, error: ChannelUnavailable) -> None:
        retry_at = self._retry_at(delivery, error)
        self._store.deliveries.retry_at(delivery.post.key, retry_at, str(error))
        self._log.warning("post postponed", post=delivery.post.key, error=str(error))

    def _retry_at(self, delivery: Delivery, error: ChannelUnavailable) -> datetime:
        """Return when to try again to send a post or to look for it.

        If the channel cannot be reached or has asked to wait, all posts of the channel
        wait until that time.
        """
        asked = min(error.retry_after or timedelta(0), _LONGEST_ASKED)
        wait = asked or self._delays.after(delivery.tries)
        retry_at: datetime = self._clock.now() + wait
        if error.retry_after or isinstance(error, ChannelUnreachable):
            self._backoff_until = retry_at
        return retry_at

    def _read_back_at(self) -> datetime:
        return self._clock.now() + self._delays.settle_after

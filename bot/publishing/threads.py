"""The order of the posts of one incident on one channel, and their final form."""

from collections.abc import Iterator
from dataclasses import replace

from bot.clock import Clock
from bot.model.delivery import Delivery, DeliveryState, Post
from bot.policy.channel_rules import overtakes
from bot.policy.reasons import DropReason
from bot.policy.targets import may_be_same
from bot.ports import Channel, Store

_UNSETTLED = frozenset(
    {DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.UNKNOWN}
)


class ThreadOrder:
    """Decides when a post may follow the earlier posts of its incident on a channel."""

    def __init__(self, channel: Channel, store: Store, clock: Clock) -> None:
        """Prepare to read the threads of `channel` from `store`; nothing is read yet."""
        self._channel = channel
        self._store = store
        self._clock = clock

    def final_form(self, post: Post) -> Post | None:
        """Return the post in its final form, as a reply to the incident's previous post.

        The result is None while an earlier post of the incident waits or has an unknown
        outcome on this channel, because the posts of a thread must keep their order. An
        earlier post does not delay `post` if `post` is sent in its place (see
        `overtakes`). A post that got its final form at an earlier attempt is returned
        unchanged, with the time of that attempt (P10).
        """
        if post.frozen:
            return post
        # A post with `amends` replaces an earlier post and is no reply, so it does not
        # wait for other posts.
        if post.amends is not None:
            tried = replace(post, frozen=True, tried_at=self._clock.now())
            return replace(tried, token=self._channel.token(tried))
        root = parent = None
        for other in self._earlier(post):
            if other.state in _UNSETTLED:
                if self._overtakes(post, other):
                    continue
                return None
            parent = other.receipt.id if other.receipt else parent
            root = root or parent
        return self._as_reply(post, parent, root)

    def drop_overtaken(self, post: Post) -> None:
        """Drop the earlier posts of the thread that `post` replaces (see `overtakes`).

        Raises:
            RecordChanged: a person settled one of them at the same moment.
        """
        for other in self._earlier(post):
            if self._overtakes(post, other):
                self._store.deliveries.drop(other.post.key, DropReason.OVERTAKEN)

    def _earlier(self, post: Post) -> Iterator[Delivery]:
        """Yield the earlier posts of the thread, oldest event first; skip edits."""
        for other in self._store.deliveries.of_incident(post.incident):
            if other.post.key == post.key:
                break
            if other.post.channel != post.channel or other.post.amends is not None:
                continue
            # A post in another target cannot be replied to: its id may be that of another
            # message here.
            if may_be_same(other.post.target, post.target):
                yield other

    def _overtakes(self, post: Post, other: Delivery) -> bool:
        return overtakes(post, other, self._clock.now())

    def _as_reply(self, post: Post, parent: str | None, root: str | None) -> Post:
        # On a channel where only the first post of a thread has a link, `opening` is the
        # text with the link.
        is_first = parent is None and post.opening is not None
        text = post.opening if is_first and post.opening is not None else post.text
        reply = replace(
            post,
            text=text,
            reply_to=parent,
            root=root,
            frozen=True,
            tried_at=self._clock.now(),
        )
        return replace(reply, token=self._channel.token(reply))

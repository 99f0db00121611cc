"""Finds posts that may already be published, but not be recorded in the store (P10).

A store may have been restored from a copy: the posts made after the copy are missing. A
store that was begun anew after a loss has no posts. The program then makes the missing
posts again.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from bot.clock import Clock
from bot.model.delivery import Post, PublishedRecord
from bot.ports import Channel, ListedChannel, PublishedTimes, Store

MAX_NORMAL_STOP = timedelta(hours=3)
"""A store whose last tick is longer ago than this may be an old copy.

A shorter stop between two runs is normal and raises no doubt.
"""
_LISTING_TOLERANCE = timedelta(days=2)
"""`ids_since` may also list posts up to this much older than the given time."""
_ALWAYS = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RestoreGuard:
    """The means to recognize a restored store.

    Attributes:
        published_times: the record, outside the store, of when each channel published its
            last post; None: there is no record, and the store counts as complete.
        clock: the clock that events are dated with; None: the publisher's clock.
    """

    published_times: PublishedTimes | None = None
    clock: Clock | None = None


class RestoreCheck:
    """Tells which posts may already be published, but not be recorded in the store."""

    def __init__(self, store: Store, clock: Clock, guard: RestoreGuard | None) -> None:
        """Create the check; `begin` reads the records.

        If `guard` is None, the store counts as complete.
        """
        self._store = store
        self._guard = guard
        self._clock = (guard.clock if guard else None) or clock
        self._began: datetime | None = None
        self._complete_since = _ALWAYS
        self._log = structlog.get_logger("publishing")

    @property
    def is_on(self) -> bool:
        """Whether a restored store can be recognized.

        It can if the check was created with a `RestoreGuard`.
        """
        return self._guard is not None

    def begin(self) -> None:
        """Find out since when the store has every post; later calls do nothing.

        This must be called before the first tick of the run: it needs the time of the
        last tick of the previous run, which the first tick overwrites.
        """
        if self._guard is None or self._began is not None:
            return
        self._began = self._clock.now()
        published_times = self._guard.published_times
        if published_times is None:
            return
        record = published_times.read()
        if record is None or self._lacks_posts(record, self._began):
            # Only the posts of this run are certain to be recorded.
            published_times.begin(self._began)
            self._complete_since = self._began
            # A first start has neither a record nor stored states. There is nothing to
            # report then.
            if record is not None or self._store.incidents.states_at() is not None:
                self._log.warning("the store may lack posts", before=self._began)
        else:
            self._complete_since = record.since

    def is_before_this_run(self, post: Post) -> bool:
        """Return whether a post's event is older than this run.

        An earlier run may have published such a post.
        """
        return self._began is not None and post.at < self._began

    def store_may_lack(self, post: Post) -> bool:
        """Return whether a post may be published already, but not be recorded.

        This is possible if the post's event is older than the time from which the store has
        every post. The result is False if a person has looked for the post after that time
        and not found it.
        """
        if post.absent_at is not None and post.absent_at >= self._complete_since:
            return False
        return post.at < self._complete_since

    def count_unknown_posts(self, channel: Channel, post: Post) -> int:
        """Return how many posts on the channel may be `post`, sent with another text.

        All posts of the channel since the event of `post` count, but not those in the
        store. The result is 0 for an edit, for a channel that cannot list its posts, or
        if the store cannot have lost `post`. A lost post that is made again may differ.
        """
        if post.amends is not None or not isinstance(channel, ListedChannel):
            return 0
        if not self.store_may_lack(post):
            return 0
        recent = self._store.deliveries.recent(post.at - _LISTING_TOLERANCE)
        receipts = (d.receipt for d in recent if d.post.channel == channel.name)
        stored_ids = {receipt.id for receipt in receipts if receipt is not None}
        return len(channel.ids_since(post.at) - stored_ids)

    def record_publication(self, channel: str, published_at: datetime) -> None:
        """Record that a channel published a post at `published_at`."""
        if self._guard is not None and self._guard.published_times is not None:
            self._guard.published_times.record(channel, published_at)

    def _lacks_posts(self, record: PublishedRecord, now: datetime) -> bool:
        last_tick = self._store.incidents.states_at()
        if last_tick is None or now - last_tick > MAX_NORMAL_STOP:
            return True
        return any(
            not self._store.deliveries.sent_posts(channel, at)
            for channel, at in record.last.items()
        )

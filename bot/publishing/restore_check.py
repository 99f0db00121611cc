"""Which posts may be published although the store does not know it (P10).

A store that was restored from a copy does not know the posts since the copy, and a store
that was begun anew after a loss knows none. The program then makes these posts again.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from bot.clock import Clock
from bot.model.delivery import Post, PublishedRecord
from bot.ports import PublishedTimes, Store

LONGEST_STOP = timedelta(hours=3)
"""If the store's last tick is longer ago, the store may be an old copy.

Between two runs of one store, the program may have been stopped for this time.
"""
_ALWAYS = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RestoreGuard:
    """What a restored store is recognized by.

    Attributes:
        published: when each channel published its last post; None: not recorded, and
            the store counts as complete.
        clock: the loop's clock, which dates events; None: the publisher's clock.
    """

    published: PublishedTimes | None = None
    clock: Clock | None = None


class RestoreCheck:
    """Tells, for each post, whether it may be published without the store's knowledge."""

    def __init__(self, store: Store, clock: Clock, guard: RestoreGuard | None) -> None:
        """Read nothing yet; with `guard` None, the store counts as complete."""
        self._store = store
        self._guard = guard
        self._clock = (guard.clock if guard else None) or clock
        self._began: datetime | None = None
        self._complete_since = _ALWAYS
        self._log = structlog.get_logger("publishing")

    @property
    def is_on(self) -> bool:
        """Whether restored stores are looked for at all."""
        return self._guard is not None

    def begin(self) -> None:
        """Find out since when the store is complete; only the first call does anything.

        This must be called before the first tick, whose time the store would record.
        """
        if self._guard is None or self._began is not None:
            return
        self._began = self._clock.now()
        published = self._guard.published
        if published is None:
            return
        record = published.read()
        if record is None or self._lacks_posts(record, self._began):
            # All that is known from here on: every post of this run will be recorded.
            published.begin(self._began)
            self._complete_since = self._began
            self._log.info("the store may lack posts", before=self._began)
        else:
            self._complete_since = record.since

    def is_before_this_run(self, post: Post) -> bool:
        """Return whether an earlier run may have published a post.

        This is the case if its event is older than this run.
        """
        return self._began is not None and post.at < self._began

    def may_lack(self, post: Post) -> bool:
        """Return whether a post may be published although the store does not know it.

        The result is False if a person looked for the post since the store is complete.
        """
        if post.absent_at is not None and post.absent_at >= self._complete_since:
            return False
        return post.at < self._complete_since

    def note(self, channel: str, at: datetime) -> None:
        """Record that a channel published a post at `at`."""
        if self._guard is not None and self._guard.published is not None:
            self._guard.published.note(channel, at)

    def _lacks_posts(self, record: PublishedRecord, now: datetime) -> bool:
        last_tick = self._store.incidents.states_at()
        if last_tick is None or now - last_tick > LONGEST_STOP:
            return True
        return any(
            not self._store.deliveries.sent(channel, at)
            for channel, at in record.last.items()
        )

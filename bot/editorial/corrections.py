"""Lists which channels owe a correction, and marks the wrong posts (P11).

A channel that carried a wrong post owes a correction until it has sent one. A
correction is a separate post in the incident's thread. On channels that can replace the
text of a post, the wrong post is also marked: its new text says that the post was
corrected or retracted. The edit that replaces the text is called a mark.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial

from bot.clock import Clock
from bot.editorial.isolation import Isolation, Work
from bot.errors import RecordDamaged
from bot.model.delivery import Delivery, DeliveryState, Post
from bot.model.draft import Outlet
from bot.model.event import IncidentEvent
from bot.model.incident import EventKind
from bot.policy.corrections import (
    CorrectionStatus,
    correction_statuses,
    deliveries_with_claims,
    event_number_of,
)
from bot.ports import Channel, Renderer, Store

_FINAL = frozenset(
    {
        DeliveryState.SENT,
        DeliveryState.REFUSED,
        DeliveryState.DROPPED,
        DeliveryState.GIVEN_UP,
    }
)


def all_correction_statuses(store: Store) -> tuple[CorrectionStatus, ...]:
    """Return the status of every correction on each channel that owes or owed it.

    The oldest correction comes first.
    """
    return _statuses(store, store.incidents.corrections())


def open_correction_statuses(store: Store) -> tuple[CorrectionStatus, ...]:
    """Return the statuses of all corrections that are not closed."""
    return _statuses(store, store.incidents.open_corrections())


def _statuses(
    store: Store, corrections: Iterable[IncidentEvent]
) -> tuple[CorrectionStatus, ...]:
    statuses: list[CorrectionStatus] = []
    for event in corrections:
        # While the record of a delivery is damaged, it is not known where the correction
        # must still be posted. The store notes this delivery (`Store.damaged`); the other
        # corrections are not affected.
        with suppress(RecordDamaged):
            at = store.incidents.recorded_at(event.key)
            thread = store.deliveries.of_incident(event.incident)
            statuses += correction_statuses(event, at, thread)
    return tuple(statuses)


class CorrectionMarker:
    """Queues an edit of each post that a correction or retraction calls wrong.

    The edit marks the post as corrected or retracted.
    """

    def __init__(
        self,
        store: Store,
        renderer: Renderer,
        channels: Mapping[str, Channel],
        clock: Clock,
        isolation: Isolation | None = None,
    ) -> None:
        """Mark posts on those of `channels` that can replace text.

        Args:
            store: holds corrections and deliveries; receives the marks.
            renderer: writes the marked text.
            channels: the channels by name.
            clock: dates the marks.
            isolation: limits a failure to its incident; None: a new one is made.
        """
        self._isolation = isolation or Isolation(store, clock)
        self._store = store
        self._renderer = renderer
        self._channels = channels
        self._clock = clock

    def mark_all(self) -> int:
        """Queue all missing marks; return their number.

        A correction is closed when it is sent and marked on all channels. A closed
        correction is read again only if its incident gets another post.
        """
        posts: list[Post] = []
        for event in self._store.incidents.open_corrections():
            mark = partial(self._gather_marks, event, posts)
            self._isolation.attempt(event.incident, Work.MARK, mark)
        return self._store.deliveries.queue(posts)

    def _gather_marks(self, event: IncidentEvent, posts: list[Post]) -> None:
        """Append to `posts` the marks to make now; close the correction if it is done.

        A mark is an edit that tells readers of a wrong post that it was corrected.
        """
        thread = self._store.deliveries.of_incident(event.incident)
        unmarked = list(self._unmarked(event, thread))
        if not unmarked and _is_complete(event, thread):
            # Later ticks do not read the thread of a closed correction. A new post of
            # the incident opens the correction again.
            self._store.incidents.close_correction(event.key)
        for outlet, wrong_delivery, key in unmarked:
            posts += self._mark(event, outlet, wrong_delivery, key)

    def _unmarked(
        self, event: IncidentEvent, thread: tuple[Delivery, ...]
    ) -> Iterator[tuple[Outlet, Delivery, str]]:
        """Yield (outlet, delivery, key of the mark) for each wrong post to mark now."""
        # A mark does not say what was wrong, so the correction must be sent first.
        corrected = {d.post.channel for d in thread if _is_sent_correction(d, event)}
        keys = {d.post.key for d in thread}
        for wrong_delivery in _wrong_posts(event, thread):
            # The key depends only on the correction and the wrong post. After a crash
            # the same key is made again, so no second mark is queued (P10).
            key = f"{event.key}/{wrong_delivery.post.channel}/marks/{event_number_of(wrong_delivery)}"
            outlet = self._outlet(wrong_delivery.post.channel)
            if wrong_delivery.post.channel in corrected and key not in keys and outlet:
                yield outlet, wrong_delivery, key

    def _outlet(self, channel: str) -> Outlet | None:
        """Return a channel's outlet; None if the channel cannot edit a post's text."""
        # The channel may have been removed from the configuration after it posted.
        configured = self._channels.get(channel)
        outlet = configured.outlet() if configured is not None else None
        return outlet if outlet is not None and outlet.edits else None

    def _mark(
        self, event: IncidentEvent, outlet: Outlet, wrong_delivery: Delivery, key: str
    ) -> Iterator[Post]:
        """Yield the post that marks a wrong post, if the wrong post has a receipt."""
        if wrong_delivery.receipt is None:
            return
        text = self._renderer.mark_as_wrong(event, outlet, wrong_delivery.post.text)
        yield Post(
            key=key,
            incident=event.incident,
            event=event.key,
            channel=outlet.name,
            lang=wrong_delivery.post.lang,
            at=event.at,
            made_at=self._clock.now(),
            text=text.body,
            length=text.length,
            picture=None,
            reply_to=None,
            kind=event.kind,
            amends=wrong_delivery.receipt.id,
            target=wrong_delivery.post.target,
        )


def _is_sent_correction(delivery: Delivery, event: IncidentEvent) -> bool:
    """Return whether a delivery is a sent post of `event`, not an edit of an older post."""
    post = delivery.post
    own = post.event == event.key and post.amends is None
    return own and delivery.state is DeliveryState.SENT


def _is_complete(event: IncidentEvent, thread: tuple[Delivery, ...]) -> bool:
    """Return whether nothing is left to do for the correction `event`.

    Every delivery of the thread must be final, and no channel may owe the correction.
    """
    # The second argument only affects how long a correction took. This is not used
    # here, so any time can be passed.
    statuses = correction_statuses(event, event.at, thread)
    corrected = all(status.corrected_at is not None for status in statuses)
    return corrected and all(delivery.state in _FINAL for delivery in thread)


def _wrong_posts(
    event: IncidentEvent, thread: tuple[Delivery, ...]
) -> Iterator[Delivery]:
    """Yield the sent posts that the correction or retraction `event` calls wrong.

    A retraction calls all posts wrong, a correction only the last on each channel.
    """
    sent = [
        d
        for d in deliveries_with_claims(event, thread)
        if d.state is DeliveryState.SENT
    ]
    if event.kind is EventKind.RETRACTED:
        yield from sent
        return
    # The thread is in the order of its events. Each post replaces the earlier posts on
    # its channel in this dictionary, so the last post stays.
    newest = {d.post.channel: d for d in sent}
    yield from newest.values()

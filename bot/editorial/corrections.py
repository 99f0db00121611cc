"""Corrections go everywhere the original went: who owes one, and marks on the originals.

A correction is a post of its own, an answer to what it corrects. Where a channel lets
words be replaced, the wrong ones are marked as well (P11).
"""

from collections.abc import Iterator, Mapping

import structlog

from bot.clock import Clock
from bot.errors import RenderingError
from bot.model.delivery import Delivery, DeliveryState, Post
from bot.model.draft import Outlet
from bot.model.incident import EventKind, IncidentEvent
from bot.policy.corrections import CorrectionStatus, claims, correction_statuses, seq_of
from bot.ports import Channel, Renderer, Store


def all_correction_statuses(store: Store) -> tuple[CorrectionStatus, ...]:
    """What every channel owes or has paid, oldest correction first."""
    return tuple(
        debt
        for event in store.incidents.corrections()
        for debt in correction_statuses(
            event,
            store.incidents.recorded_at(event.key),
            store.deliveries.of_incident(event.incident),
        )
    )


class CorrectionMarker:
    """Queues marks for the words that a correction has overtaken."""

    def __init__(
        self,
        store: Store,
        renderer: Renderer,
        channels: Mapping[str, Channel],
        clock: Clock,
    ) -> None:
        """Keep what is needed."""
        self._store = store
        self._renderer = renderer
        self._channels = channels
        self._clock = clock
        self._log = structlog.get_logger("correcting")

    def mark_all(self) -> int:
        """Queue what is to be marked and is not yet; returns how many posts."""
        posts = [
            post
            for event in self._store.incidents.corrections()
            for post in self._marks(event)
        ]
        return self._store.deliveries.queue(posts)

    def _marks(self, event: IncidentEvent) -> Iterator[Post]:
        thread = self._store.deliveries.of_incident(event.incident)
        told = {d.post.channel for d in thread if _tells(d, event)}
        known = {d.post.key for d in thread}
        for claim in _overtaken(event, thread):
            key = f"{event.key}/{claim.post.channel}/marks/{seq_of(claim)}"
            outlet = self._outlet(claim.post.channel)
            if claim.post.channel in told and key not in known and outlet is not None:
                yield from self._mark(event, outlet, claim, key)

    def _outlet(self, channel: str) -> Outlet | None:
        """The channel's outlet, if words can be replaced there."""
        known = self._channels.get(channel)
        outlet = known.outlet() if known is not None else None
        return outlet if outlet is not None and outlet.edits else None

    def _mark(
        self, event: IncidentEvent, outlet: Outlet, claim: Delivery, key: str
    ) -> Iterator[Post]:
        if claim.receipt is None:
            return
        try:
            text = self._renderer.marked(event, outlet, claim.post.text)
        except RenderingError as error:
            self._log.error("mark failed", post=key, error=str(error))
            return
        yield Post(
            key=key,
            incident=event.incident,
            event=event.key,
            channel=outlet.name,
            lang=claim.post.lang,
            at=event.at,
            made_at=self._clock.now(),
            text=text.body,
            length=text.length,
            picture=None,
            reply_to=None,
            kind=event.kind,
            amends=claim.receipt.id,
        )


def _tells(delivery: Delivery, event: IncidentEvent) -> bool:
    """Whether it is the correction itself, and out."""
    post = delivery.post
    own = post.event == event.key and post.amends is None
    return own and delivery.state is DeliveryState.SENT


def _overtaken(
    event: IncidentEvent, thread: tuple[Delivery, ...]
) -> Iterator[Delivery]:
    """The posts whose words no longer hold: all, if nothing stands; else the last."""
    out = [d for d in claims(event, thread) if d.state is DeliveryState.SENT]
    if event.kind is EventKind.RETRACTED:
        yield from out
        return
    newest = {d.post.channel: d for d in out}
    yield from newest.values()

"""What operators do with posts: stop and resume channels, settle what is unknown."""

from dataclasses import replace

from bot.clock import Clock
from bot.editorial.review import unbacked
from bot.errors import BotError, StoreError
from bot.model.delivery import EVERY, Delivery, DeliveryState, Pause, Post, Receipt
from bot.model.draft import Described, Outlet, Text
from bot.ports import Checker, Store

UNSETTLED = frozenset(
    {
        DeliveryState.WAITING,
        DeliveryState.SENDING,
        DeliveryState.UNKNOWN,
        DeliveryState.PERSON,
    }
)


class DeliveryAdmin:
    """Acts of a person on channels and posts, each with a name and a reason (P17)."""

    def __init__(self, store: Store, clock: Clock, by: str, reason: str) -> None:
        """Who acts, and why.

        Raises:
            BotError: one of them is missing.
        """
        if not by.strip() or not reason.strip():
            raise BotError("say who you are with --by and why with --reason: both stay")
        self._store = store
        self._clock = clock
        self._by = by.strip()
        self._reason = reason.strip()

    def pause(self, channel: str = EVERY) -> None:
        """Nothing goes out there from now on; what is on its way may still arrive."""
        pauses, at = self._store.pauses, self._clock.now()
        pauses.pause(Pause(channel, self._by, self._reason, at))

    def resume(self, channel: str = EVERY) -> None:
        """Let it post again.

        Raises:
            BotError: it was not stopped.
        """
        if channel not in {pause.channel for pause in self._store.pauses.active()}:
            what = "all of it" if channel == EVERY else channel
            raise BotError(f"{what} is not stopped; `outagewire pause` tells what is")
        at = self._clock.now()
        self._store.pauses.resume(channel, self._by, self._reason, at)

    def is_out(self, key: str, receipt: Receipt) -> None:
        """A person saw it there."""
        self._unsettled(key)
        self._store.deliveries.settle(key, receipt, self._clock.now())

    def is_not_out(self, key: str) -> None:
        """A person looked, and it is not there: it is sent again."""
        self._unsettled(key)
        self._store.deliveries.let_go(key, self._clock.now(), self._why())

    def forget(self, key: str) -> None:
        """It is not to be sent any more."""
        self._unsettled(key)
        self._store.deliveries.drop(key, self._why())

    def describe(self, key: str, outlet: Outlet, alt: str, checker: Checker) -> str:
        """Give the picture of a post that is out another description.

        `checker` holds the new words against the facts and the picture's arrays.

        Returns:
            The key of the delivery that carries it there.

        Raises:
            BotError: the channel has no way to, it is too long, or there is nothing
                to describe.
            ClaimsUnbacked: it claims what nothing backs.
        """
        alt = alt.strip()
        if not outlet.redescribes:
            raise BotError(f"{outlet.name} has no way to change a description")
        if not alt or len(alt) > outlet.alt_limit:
            raise BotError(f"--alt takes 1 to {outlet.alt_limit} characters there")
        out = self._delivery(key)
        if out.receipt is None or out.post.picture is None:
            raise BotError(f"{key} is {out.state}, or has no picture")
        self._refuse_unbacked(out.post, alt, checker)
        at = self._clock.now()
        new = replace(
            out.post,
            key=f"{key}/alt/{at:%Y%m%dT%H%M%S%f}",
            picture=replace(out.post.picture, alt=alt),
            amends=out.receipt.id,
            frozen=False,
        )
        self._store.deliveries.queue([new])
        return new.key

    def _refuse_unbacked(self, post: Post, alt: str, checker: Checker) -> None:
        """No second person answers here: a picture can be described by what it shows."""
        incidents = self._store.incidents
        event, evidence = incidents.event(post.event), incidents.evidence(post.event)
        words = Text(post.channel, post.lang, alt, len(alt))
        causes = self._store.attributions.of_incident(post.incident)
        found = checker.check(
            event, replace(words, body=""), causes, Described(alt, evidence)
        )
        if found:
            raise unbacked(words, found)

    def _why(self) -> str:
        return f"{self._by}: {self._reason}"

    def _unsettled(self, key: str) -> Delivery:
        delivery = self._delivery(key)
        if delivery.state not in UNSETTLED:
            raise StoreError(f"{key} is {delivery.state} already")
        return delivery

    def _delivery(self, key: str) -> Delivery:
        for delivery in self._store.deliveries.all():
            if delivery.post.key == key:
                return delivery
        raise StoreError(f"there is no delivery {key}; `outagewire deliveries` lists")

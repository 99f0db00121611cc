"""Manual changes to deliveries: settle an unknown outcome, replace alternative text."""

from collections.abc import Mapping
from dataclasses import replace

from bot.clock import Clock
from bot.editorial.review import unbacked_error
from bot.editorial.visible_texts import require_visible
from bot.errors import BotError, ChannelUnavailable, ConfigError, StoreError
from bot.model.delivery import (
    UNSETTLED,
    Delivery,
    DeliveryState,
    Post,
    Receipt,
    web_address,
)
from bot.model.draft import Outlet, OutletText, PictureDescription
from bot.policy.targets import may_be_same
from bot.ports import Channel, ClaimLinter, SeparateMessagesChannel, Store
from bot.publishing.pausing import require_name_and_reason

_MAY_CHANGE = UNSETTLED | {DeliveryState.GIVEN_UP}
"""A person may still find out what became of a delivery that was given up."""


class DeliveryAdmin:
    """Changes deliveries for a person, who must give a name and a reason (P17)."""

    def __init__(self, store: Store, clock: Clock, person: str, reason: str) -> None:
        """Check that a name (`person`) and a reason are given.

        Raises:
            BotError: the name or the reason is missing.
        """
        self._store = store
        self._clock = clock
        self._by, self._reason = require_name_and_reason(person, reason)

    def mark_posted(self, key: str, receipt: Receipt) -> None:
        """Mark a delivery as sent: a person saw the post on the channel.

        Raises:
            StoreError: there is no such delivery, or it is settled already.
                `mark_not_posted` and `drop` raise StoreError in these cases too.
            BotError: the id or the address has hidden characters.
            ConfigError: the address of the post is not a web address.
        """
        self._require_unsettled(key)
        require_visible(posted_id=receipt.id, url=receipt.url or "")
        if receipt.url is not None and not web_address(receipt.url):
            problem = f"{receipt.url!r} is not a web address; write it with https://"
            raise ConfigError((problem,))
        self._store.deliveries.settle(key, receipt, self._clock.now())

    def mark_not_posted(self, key: str, targets: Mapping[str, str]) -> None:
        """Queue a delivery again: a person saw that the post is not on the channel.

        `targets` has the present target of each configured channel, by its name. The post
        goes to the present target of its channel, or keeps its target if the channel is not
        configured.

        Raises:
            BotError: the post changes an earlier post in another target.
        """
        self._require_unsettled(key)
        post = self._delivery(key).post
        target = targets.get(post.channel)
        if post.amends is not None and not may_be_same(post.target, target):
            raise BotError(
                f"{key} changes a post in {post.target}, and {post.channel} points to"
                f" {target} now; change that post by hand and pass --posted-id, or pass"
                " --drop"
            )
        self._store.deliveries.requeue(key, self._clock.now(), self._note(), target)

    def drop(
        self, key: str, channel: Channel | None, *, not_posted: bool = False
    ) -> None:
        """Let a post never be sent (again).

        If the post was passed to its channel, it counts as published perhaps, and its
        channel gets the corrections (P11). If some readers of the channel have the post,
        it counts as sent.

        Args:
            key: the key of the delivery.
            channel: the channel of the post; None if it is not configured any more.
            not_posted: whether the person saw that the post is not on the channel.

        Raises:
            StoreError: there is no such delivery, or it is being sent or settled.
            BotError: it cannot be found out now which readers have the post.
        """
        self._require_unsettled(key)
        delivery = self._delivery(key)
        readers: object = channel
        is_sending = delivery.state is DeliveryState.SENDING
        if isinstance(readers, SeparateMessagesChannel) and not is_sending:
            self._withdraw(delivery, readers, not_posted=not_posted)
            return
        in_doubt = delivery.tries > 0 and not not_posted
        self._store.deliveries.drop(key, self._note(), in_doubt=in_doubt)

    def _withdraw(
        self, delivery: Delivery, channel: SeparateMessagesChannel, *, not_posted: bool
    ) -> None:
        """Send a post to no more readers; it counts as sent if some have it."""
        deliveries, key = self._store.deliveries, delivery.post.key
        now = self._clock.now()
        post = replace(delivery.post, absent_at=now) if not_posted else delivery.post
        # A post that is left to a person is sent by no other process meanwhile.
        if delivery.state in UNSETTLED - {DeliveryState.PERSON}:
            deliveries.escalate(key, self._note())
        try:
            receipt = channel.withdraw(post)
        except ChannelUnavailable as error:
            raise BotError(
                f"{error}; {key} is left to you: repeat the command when this is mended"
            ) from None
        if receipt is None:
            deliveries.drop(key, self._note())
        else:
            deliveries.settle(key, receipt, now)

    def queue_description(
        self, key: str, outlet: Outlet, alt: str, checker: ClaimLinter, target: str
    ) -> str:
        """Queue a new alternative text for the picture of a published post.

        Args:
            key: the key of the post's delivery.
            outlet: the outlet of the post's channel.
            alt: the new alternative text.
            checker: compares `alt` with the facts and with what the picture shows.
            target: where the post's channel points now.

        Returns:
            The key of the delivery that carries the change.

        Raises:
            BotError: the channel cannot change descriptions, `alt` is empty, too long or
                has hidden characters, the post is not published or is in another target,
                or the post has no picture.
            ClaimsUnbacked: `alt` makes a claim that the facts do not support.
            StoreError: there is no such delivery.
        """
        alt = alt.strip()
        if not outlet.redescribes:
            raise BotError(f"{outlet.name} cannot change the description of a picture")
        if not alt or len(alt) > outlet.alt_limit:
            raise BotError(
                f"--alt must have 1 to {outlet.alt_limit} characters for {outlet.name}"
            )
        require_visible(may_have_lines=True, alt=alt)
        delivery = self._delivery(key)
        if delivery.receipt is None or delivery.post.picture is None:
            raise BotError(
                f"{key} was not sent or has no picture (state: {delivery.state}); only a"
                " sent post with a picture can get a new description"
            )
        if not may_be_same(delivery.post.target, target):
            raise BotError(
                f"{key} is in {delivery.post.target}, and {outlet.name} points to"
                f" {target} now; change the description by hand"
            )
        self._require_supported(delivery.post, alt, checker)
        now = self._clock.now()
        edit = replace(
            delivery.post,
            # The key contains the time, so that a picture's description can be changed
            # more than once.
            key=f"{key}/alt/{now:%Y%m%dT%H%M%S%f}",
            picture=replace(delivery.post.picture, alt=alt),
            amends=delivery.receipt.id,
            # The copy has the token of the published post. Because the copy is not
            # frozen, the worker gives it a new token.
            frozen=False,
        )
        self._store.deliveries.queue([edit])
        return edit.key

    def _require_supported(self, post: Post, alt: str, checker: ClaimLinter) -> None:
        """Raise ClaimsUnbacked if the facts do not support the alternative text.

        A second person may approve the text of a post despite objections, but not an
        alternative text: that can always be reworded to say only what the picture
        shows.
        """
        incidents = self._store.incidents
        event, evidence = incidents.event(post.event), incidents.evidence(post.event)
        text = OutletText(post.channel, post.lang, alt, len(alt))
        causes = self._store.attributions.of_incident(post.incident)
        # The post's text was checked before it was sent. Only the new description is
        # checked here.
        objections = checker.check(
            event, replace(text, body=""), causes, PictureDescription(alt, evidence)
        )
        if objections:
            raise unbacked_error(text, objections)

    def _note(self) -> str:
        return f"{self._by}: {self._reason}"

    def _require_unsettled(self, key: str) -> None:
        delivery = self._delivery(key)
        if delivery.state not in _MAY_CHANGE:
            raise StoreError(f"delivery {key} is already {delivery.state}")

    def _delivery(self, key: str) -> Delivery:
        delivery = self._store.deliveries.get(key)
        if delivery is None:
            raise StoreError(
                f"there is no delivery {key}; `outagewire deliveries` lists them"
            )
        return delivery

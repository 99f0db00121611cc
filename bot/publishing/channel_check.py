"""The check of a channel: send a test post, look for it there, and remove it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.errors import ChannelError, ChannelRefused, ChannelUnknown
from bot.model.delivery import Post, Receipt
from bot.model.draft import Outlet, Picture
from bot.ports import Channel


@dataclass(frozen=True, slots=True)
class CheckStep:
    """The result of one step of a channel check.

    Attributes:
        name: "send", "find" or "remove".
        result: the URL or id of the test post, or the error message; "" if there is
            nothing to report.
        duration: how long the step took.
        failed: whether the step shows that the channel cannot be used for posts.
    """

    name: str
    result: str
    duration: timedelta
    failed: bool = False


def check_channel(
    channel: Channel, post: Post, picture: bytes | None, clock: Clock
) -> Iterator[CheckStep]:
    """Send `post`, look for it, and remove it; yield each step when it is done.

    `post` must be a test post (`private`): if the channel allows it, only the operator
    sees the post. If sending fails, there is no further step. A channel that cannot
    remove posts still passes the check.
    """
    # Some channels find a post by its token. The token is therefore set before sending,
    # as in `ChannelWorker`.
    frozen_post = replace(post, token=channel.token(post), frozen=True)
    receipts: list[Receipt] = []

    def send() -> str:
        receipt = channel.send(frozen_post, picture)
        receipts.append(receipt)
        return receipt.url or receipt.id

    step = _step("send", send, clock)
    yield step
    if step.failed:
        return
    (sent,) = receipts
    # The post is removed even if it was not found: no test post must stay visible.
    yield _step("find", lambda: _found(channel.find(frozen_post), sent), clock)
    yield _step("remove", lambda: _removed(channel, sent), clock)


def make_test_post(
    outlet: Outlet, text: str, length: int, picture: Picture | None, now: datetime
) -> Post:
    """Build a private test post, which belongs to no incident."""
    key = f"test-{now:%Y%m%dT%H%M%S}"
    return Post(
        key=f"{key}/{outlet.name}",
        incident="",
        event=key,
        channel=outlet.name,
        lang=outlet.lang,
        at=now,
        made_at=now,
        text=text,
        length=length,
        picture=picture,
        reply_to=None,
        private=True,
    )


def _removed(channel: Channel, receipt: Receipt) -> str:
    try:
        channel.remove(receipt)
    # A channel that cannot delete posts is still fit for posting.
    except ChannelRefused as error:
        return str(error)
    return ""


def _found(receipt: Receipt | None, sent_receipt: Receipt) -> str:
    # None is not a failure: `find` also returns None if sending a post again does no
    # harm on the channel.
    if receipt is None:
        return ""
    if receipt.id != sent_receipt.id:
        raise ChannelUnknown(
            f"another post was found: {receipt.id}, not {sent_receipt.id}"
        )
    return receipt.url or receipt.id


def _step(name: str, action: Callable[[], str], clock: Clock) -> CheckStep:
    began = clock.now()
    try:
        result, failed = action(), False
    except ChannelError as error:
        result, failed = str(error), True
    return CheckStep(name, result, clock.now() - began, failed)

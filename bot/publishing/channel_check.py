"""A test post: sent, read back and taken down again, each step told as it is done."""

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
    """One step of a test post.

    Attributes:
        name: send, find or remove.
        told: what came of it, or what went wrong.
        took: on the clock.
        failed: whether the channel is not fit for posting.
    """

    name: str
    told: str
    took: timedelta
    failed: bool = False


def check_channel(
    channel: Channel, post: Post, picture: bytes | None, clock: Clock
) -> Iterator[CheckStep]:
    """Send `post`, which is private, look for it, and take it down.

    What cannot be taken down, because the channel has no way to, is no failure: the
    post went to its operator alone.
    """
    whole = replace(post, token=channel.token(post), frozen=True)
    sent: list[Receipt] = []

    def send() -> str:
        sent.append(channel.send(whole, picture))
        return sent[0].url or sent[0].id

    first = _step("send", send, clock)
    yield first
    if first.failed:
        return
    yield _step("find", lambda: _found(channel.find(whole), sent[0]), clock)
    yield _step("remove", lambda: _taken_down(channel, sent[0]), clock)


def check_post(
    outlet: Outlet, text: str, length: int, picture: Picture | None, now: datetime
) -> Post:
    """The post of a test: of no incident, and for the operator alone."""
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


def _taken_down(channel: Channel, receipt: Receipt) -> str:
    try:
        channel.remove(receipt)
    except ChannelRefused as error:
        return str(error)
    return ""


def _found(found: Receipt | None, sent: Receipt) -> str:
    if found is None:
        return ""
    if found.id != sent.id:
        raise ChannelUnknown(f"another post was found: {found.id}, not {sent.id}")
    return found.url or found.id


def _step(name: str, act: Callable[[], str], clock: Clock) -> CheckStep:
    began = clock.now()
    try:
        told, failed = act(), False
    except ChannelError as error:
        told, failed = str(error), True
    return CheckStep(name, told, clock.now() - began, failed)

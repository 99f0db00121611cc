"""Posts, and the state of their delivery."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.draft import Picture
from bot.model.incident import EventKind


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a channel returned for a post.

    Attributes:
        id: the post's id on the channel; replies refer to it.
        url: where people can see it, or None.
    """

    id: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """Everything that determines a post; frozen before the first byte is sent (P10).

    Attributes:
        key: `EVENT/CHANNEL`, unique; also the idempotency key where the channel takes one.
        at: the event's own time.
        made_at: when the post was created.
        reply_to: the receipt id of the incident's previous post, or None.
        root: the receipt id of the first post of the thread, or None.
        token: the channel's idempotency token, such as a record key, a transaction id
            or a Message-ID; "" where the channel has none.
        frozen: whether `reply_to`, `root` and `token` are final, as they are once
            the delivery has been claimed.
        kind: the event's kind; None for posts that announce no event.
        opening: the text to use if the post begins a thread; None: `text` is used.
        amends: the receipt id of an earlier post whose text this one replaces; a
            picture's description is replaced as well.
        private: a test post; if the channel allows it, only the operator sees it.
        tried_at: when it was first sent; None before that.
    """

    key: str
    incident: str
    event: str
    channel: str
    lang: str
    at: datetime
    made_at: datetime
    text: str
    length: int
    picture: Picture | None
    reply_to: str | None
    root: str | None = None
    token: str = ""
    frozen: bool = False
    kind: EventKind | None = None
    opening: str | None = None
    amends: str | None = None
    private: bool = False
    tried_at: datetime | None = None

    @property
    def dated(self) -> datetime:
        """The time that the post carries: of its first try, which repeats keep (P10, P18).

        Timelines sort by it: a post that had waited would stand hours back.
        """
        return self.tried_at or self.made_at


class DeliveryState(StrEnum):
    """The state of a delivery.

    waiting → sending → sent, refused, unknown, or waiting for another try.
    unknown → sent or waiting, by what the channel answers; or person: a person decides.
    dropped: never to be sent.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    DROPPED = "dropped"
    UNKNOWN = "unknown"
    PERSON = "person"


UNSETTLED = frozenset(
    {
        DeliveryState.WAITING,
        DeliveryState.SENDING,
        DeliveryState.UNKNOWN,
        DeliveryState.PERSON,
    }
)
"""The states of deliveries whose outcome is not known yet."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A post and the state of its delivery.

    Attributes:
        tries: how often the post was passed to the channel.
        not_before: the earliest time to send the post, or to look for it on the channel.
        note: the last error, without secrets.
        settled_at: when the post was recorded as published; None until then.
    """

    post: Post
    state: DeliveryState
    receipt: Receipt | None
    tries: int
    not_before: datetime
    note: str = ""
    settled_at: datetime | None = None


def web_address(address: str | None) -> str:
    """Return an address to which a page may link; "" for any that is not of the web.

    Addresses come from servers, people and recordings. One with another scheme could run
    a script on the page.
    """
    is_web = (address or "").lower().startswith(("https://", "http://"))
    return address if address and is_web else ""

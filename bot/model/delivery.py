"""One draft on one channel, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.draft import Picture
from bot.model.incident import EventKind


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a channel gave back for a post.

    Attributes:
        id: the post's id on the channel, which answers refer to.
        url: where people can see it, or None.
    """

    id: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """Everything that determines a post; frozen before the first byte goes out (P10).

    Attributes:
        key: `EVENT/CHANNEL`, unique; also the idempotency key where one is taken.
        at: the event's own time; made_at: when the post was frozen.
        reply_to: the receipt id of the incident's earlier post, or None; root: that
            of the first in its thread.
        token: what makes a post one and the same to its channel: a record key, an
            idempotency key, a transaction id, a Message-ID; empty where it has none.
        frozen: whether the last three are settled, as they are when it is claimed.
        kind: of the event; None for posts of another kind.
        opening: the words, should it begin a thread there; None: the same.
        amends: the receipt id of an earlier post whose words these replace; with a
            picture, its description replaces that of the picture there.
        private: for the operator alone, as far as the channel can: a test.
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


class DeliveryState(StrEnum):
    """Where a post stands.

    waiting → sending → sent, refused, or unknown; unknown → sent or waiting, by
    reading back, or → person. Dropped: we ourselves do not send it any more.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    DROPPED = "dropped"
    UNKNOWN = "unknown"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A post and what became of it so far.

    Attributes:
        tries: how many times it was handed to the channel.
        not_before: when it may be tried (or read back) next.
        note: the last error, without secrets.
        settled_at: when we knew that it is out; None while we do not.
    """

    post: Post
    state: DeliveryState
    receipt: Receipt | None
    tries: int
    not_before: datetime
    note: str = ""
    settled_at: datetime | None = None


EVERY = "*"
"""Stands for all channels."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A channel on which nothing goes out until somebody resumes it.

    Attributes:
        channel: its name, or `EVERY`.
        by: who stopped it; reason: why.
        since: aware, UTC.
    """

    channel: str
    by: str
    reason: str
    since: datetime

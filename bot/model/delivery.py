"""Posts, and the state of their delivery."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.draft import Picture
from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind
from bot.model.verdict import Severity


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a channel returned for a post.

    Attributes:
        id: the post's id on the channel; replies refer to it.
        url: the address where people can see the post; None if it has none.
    """

    id: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class PostSubject:
    """What a post is about, for channels that send it to some of their readers only.

    Attributes:
        places: the place of the incident, and the parts that the event names.
        severity: the severity that the event states.
    """

    places: tuple[Entity, ...]
    severity: Severity

    @property
    def all_places(self) -> frozenset[Entity]:
        """The places, and the countries that they are in."""
        codes = {place.country for place in self.places}
        countries = {Entity(EntityKind.COUNTRY, code) for code in codes if code}
        return frozenset(countries.union(self.places))


@dataclass(frozen=True, slots=True)
class Post:
    """A text and a picture for one channel, with all that determines the post.

    The text, the picture and `token` never change after the first sending (P10).

    Attributes:
        key: `EVENT/CHANNEL`, unique; channels derive `token` from it.
        at: the time of the event.
        made_at: when the post was created.
        length: the length of `text`, as the channel counts.
        picture: the chart; None if the post has none.
        reply_to: the receipt id of the incident's previous post on the channel. None if
            there is no previous post, or if this post is not frozen yet.
        root: the receipt id of the first post of the thread; None in the same cases as
            `reply_to`.
        token: by this text, the channel recognizes a second sending of the same post.
            Examples are a record key, a transaction id and a Message-ID. "" if the
            channel has no such text.
        frozen: whether `reply_to`, `root` and `token` are final. They become final when
            the delivery is claimed.
        kind: the kind of the event; None if the post announces no event.
        opening: the text to use if the post begins a thread; if None, `text` is used.
        amends: the receipt id of an earlier post. This post replaces the text and the
            picture description of that post. None if this post replaces nothing.
        private: whether this is a test post; if the channel allows it, only the
            operator sees a test post.
        tried_at: when the post was first passed to the channel; None before that.
        absent_at: when a person last saw that the post is not on the channel; None if
            nobody looked.
        target: where the post goes, as its channel named it when the post was approved;
            None if it is unknown, or if the post is sent wherever the channel points.
        subject: the places and the severity that the post is about; None if it announces
            no event, or if an older version stored it.
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
    absent_at: datetime | None = None
    target: str | None = None
    subject: PostSubject | None = None

    @property
    def post_date(self) -> datetime:
        """The date of the post on its channel: the time of the first try (P10, P18).

        Later tries keep this date. Before the first try, the result is the time at
        which the post was created. Channels sort posts by date. If a post waited for
        hours, the time of its creation would place it below newer posts.
        """
        return self.tried_at or self.made_at


class DeliveryState(StrEnum):
    """The state of a delivery.

    A delivery begins as waiting, and is sending while the channel is called. After the
    call, the delivery is sent, refused by the channel, waiting for another try, or
    unknown. Unknown means that the post may have been published. The program then looks
    for the post on the channel. If the channel can tell, the delivery becomes sent or
    waiting. If the channel cannot tell, the delivery is left to a person. A dropped
    delivery was not published and is never sent. A person may also give a delivery up: it
    is never sent again, but it may have been published, so its channel still needs the
    corrections (P11).
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    DROPPED = "dropped"
    GIVEN_UP = "given-up"
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
        not_before: the earliest time to send the post, or to look for it on the
            channel.
        receipt: what the channel returned; None until the post is sent.
        note: the last error, or why the post was delayed or dropped; without secrets.
        settled_at: when the delivery was recorded as sent; None before that.
    """

    post: Post
    state: DeliveryState
    receipt: Receipt | None
    tries: int
    not_before: datetime
    note: str = ""
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PublishedRecord:
    """What is recorded outside the store about published posts.

    Attributes:
        since: the store has every post of the events since then; earlier posts may be
            published although the store does not know them. Aware, UTC.
        last: when each channel published its last post, by channel; aware, UTC.
    """

    since: datetime
    last: Mapping[str, datetime]


def web_address(address: str | None) -> str:
    """Return `address` if it begins with http:// or https://, otherwise "".

    A page may link only to addresses that this function returned. Addresses come from
    servers, people and recordings, and an address with another scheme could run a
    script on the page.
    """
    is_web = (address or "").lower().startswith(("https://", "http://"))
    return address if address and is_web else ""

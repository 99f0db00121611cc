"""What would be said about one event: words, picture, and where they wait."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Action(StrEnum):
    """What policy says of an event on a channel."""

    PUBLISH = "publish"
    REVIEW = "review"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Decision:
    """Publish, review or hold one event on one channel, with its reason (P17)."""

    event: str
    channel: str
    action: Action
    reason: str
    at: datetime


class Counting(StrEnum):
    """How a channel counts a post's length."""

    WEIGHTED = "weighted"
    GRAPHEMES = "graphemes"


@dataclass(frozen=True, slots=True)
class Outlet:
    """A channel as the writer sees it.

    Attributes:
        name: the channel's name in the configuration.
        kind: the vendor, which chooses the templates (`x`, `mastodon`, `file`).
        lang: the language of its posts, a CLDR code.
        limit: the longest post, in the channel's own count.
        counting: how it counts.
        url_length: what one link counts for.
        alt_limit: the longest alt text, in characters.
        links: whether a post carries the report's address.
    """

    name: str
    kind: str
    lang: str = "en"
    limit: int = 500
    counting: Counting = Counting.GRAPHEMES
    url_length: int = 23
    alt_limit: int = 1000
    links: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as it will be posted; its bytes lie in the store under `sha256`."""

    name: str
    mime: str
    width: int
    height: int
    sha256: str
    alt: str


@dataclass(frozen=True, slots=True)
class Text:
    """The words for one outlet.

    `length` is in the outlet's own count.
    """

    channel: str
    lang: str
    body: str
    length: int


class DraftState(StrEnum):
    """Where a draft stands."""

    WAITING = "waiting"
    HELD = "held"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Draft:
    """Words and picture for one event, exactly as they would go out.

    Attributes:
        id: the event's key.
        picture: None where the chart failed; the words still go.
        version: 1, and one more for each edit; all versions are kept.
        note: the last reason given for a change of state.
    """

    id: str
    incident: str
    event: str
    texts: tuple[Text, ...]
    picture: Picture | None
    state: DraftState
    version: int
    made_at: datetime
    note: str = ""

    def text_for(self, channel: str) -> Text | None:
        """The words for `channel`, if it has any."""
        return next((t for t in self.texts if t.channel == channel), None)

"""What would be said about one event: words, picture, and where they wait."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.incident import Evidence


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
    UTF16 = "utf16"
    GRAPHEMES_OR_BYTES = "graphemes-or-bytes"
    """A grapheme, or ten bytes of UTF-8, whichever are more."""


class Links(StrEnum):
    """Which posts carry the report's address: some channels charge for it."""

    ALWAYS = "always"
    FIRST = "first"
    NEVER = "never"


class ColorScheme(StrEnum):
    """Whether a picture is dark ink on light paper, or the other way round."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Outlet:
    """A channel as the writer sees it.

    Attributes:
        name: the channel's name in the configuration.
        kind: the vendor, which chooses the templates (`x`, `mastodon`, `file`).
        lang: the language of its posts, a CLDR code.
        limit: the longest post, in the channel's own count.
        counting: how it counts.
        url_length: what one link counts for; None: as long as it is.
        alt_limit: the longest alt text, in characters.
        links: which posts carry the report's address; `FIRST`: those that begin a
            thread, so an answer to a post that never went out carries it too.
        templates: the set of templates that goes before the kind's; empty: none.
        edits: whether the words of a post that is out can be replaced there.
        plain: whether its posts go without emoji.
        redescribes: whether its picture's description can, too.
        theme: the picture it asks for; one that all share is drawn for all.
    """

    name: str
    kind: str
    lang: str = "en"
    limit: int = 500
    counting: Counting = Counting.GRAPHEMES
    url_length: int | None = 23
    alt_limit: int = 1000
    links: Links = Links.ALWAYS
    templates: str = ""
    edits: bool = False
    plain: bool = False
    redescribes: bool = False
    theme: ColorScheme = ColorScheme.LIGHT


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
class Described:
    """A picture in words, and the arrays that it was drawn from."""

    alt: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Text:
    """The words for one outlet.

    Attributes:
        length: in the outlet's own count.
        opening: the words where the post begins a thread there; None: the same.
        second: the second person who answers for words that the facts do not back.
        alt: the picture in words, where they are not in the picture's own language.
        machine_draft: no named person has reviewed the sentences of its language.
    """

    channel: str
    lang: str
    body: str
    length: int
    opening: str | None = None
    second: str = ""
    alt: str | None = None
    machine_draft: bool = False


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

    def described(self, text: Text, evidence: Evidence) -> Described | None:
        """The picture as it is told beside `text`; None where there is no picture."""
        if self.picture is None:
            return None
        alt = self.picture.alt if text.alt is None else text.alt
        return Described(alt, evidence)

"""Drafts: text and picture of one event, and the decisions about them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.incident import EventKind, Evidence

SITE = "site"
"""The report site's name in rules and decisions, which treat it as a channel (P12)."""


class Action(StrEnum):
    """What policy decides for an event on a channel."""

    PUBLISH = "publish"
    REVIEW = "review"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision for one event on one channel, with its reason (P17)."""

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
    """The number of graphemes, or a tenth of the UTF-8 bytes if that is more.

    The tenth is rounded up.
    """


class LinkPolicy(StrEnum):
    """Which posts link to the report; some channels charge for links."""

    ALWAYS = "always"
    FIRST = "first"
    NEVER = "never"


class ColorScheme(StrEnum):
    """Whether a picture is dark on light, or light on dark."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Outlet:
    """What a channel accepts; texts are fitted to it.

    Attributes:
        name: the channel's name in the configuration.
        kind: the kind of channel, such as `x` or `file`, which selects the templates.
        lang: the language of its posts, a CLDR code.
        limit: the longest post, counted as `counting` says.
        counting: how the channel counts length.
        url_length: the length that every link counts as; if None, each link counts with
            its own length.
        alt_limit: the longest alt text, in characters.
        links: which posts link to the report. With `FIRST`, only posts that begin a
            thread do. A post begins a thread if no earlier post of its incident was
            published on the channel.
        templates: the name of a set of templates. Its templates are used instead of the
            templates of the kind. "" if there is no such set.
        edits: whether the channel can replace the text of a published post.
        plain: whether posts have no emoji.
        redescribes: whether the channel can replace the alternative text of a published
            picture.
        theme: the colour scheme that the channel prefers. A picture has this scheme
            only if all channels of the event prefer the same one.
    """

    name: str
    kind: str
    lang: str = "en"
    limit: int = 500
    counting: Counting = Counting.GRAPHEMES
    url_length: int | None = 23
    alt_limit: int = 1000
    links: LinkPolicy = LinkPolicy.ALWAYS
    templates: str = ""
    edits: bool = False
    plain: bool = False
    redescribes: bool = False
    theme: ColorScheme = ColorScheme.LIGHT


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart to be posted; the store keeps its bytes under `sha256`."""

    name: str
    mime: str
    width: int
    height: int
    sha256: str
    alt: str


@dataclass(frozen=True, slots=True)
class PictureDescription:
    """A picture's alternative text, and the traces that the picture shows."""

    alt: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class OutletText:
    """The text for one outlet.

    Attributes:
        length: the length of `body`, as the outlet counts.
        opening: the text to use if the post begins a thread; if None, `body` is used.
        second: the name of a second person, who takes responsibility for claims that
            the facts do not support; "" if there is nobody.
        alt: the picture's alternative text in this language; if None, `Picture.alt` is
            used.
        machine_draft: true if no named person has reviewed the sentences of this
            language.
        target: where the channel pointed when the draft was made or approved; None if
            that is unknown.
    """

    channel: str
    lang: str
    body: str
    length: int
    opening: str | None = None
    second: str = ""
    alt: str | None = None
    machine_draft: bool = False
    target: str | None = None


class DraftState(StrEnum):
    """The state of a draft."""

    WAITING = "waiting"
    HELD = "held"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Draft:
    """Texts and picture of one event, exactly as they would be published.

    Attributes:
        id: the event's key.
        picture: the chart; None if the chart could not be drawn. Without a chart, the
            texts are published alone.
        version: 1, and one more for each edit; all versions are kept.
        note: the last reason given for a change of state.
        outlets: the outlets that the texts were fitted to; none in drafts that were
            stored without them.
        made_with: the versions of everything that texts and picture depend on (see
            `bot.charts.versions`); None in drafts that were stored without it.
    """

    id: str
    incident: str
    event: str
    texts: tuple[OutletText, ...]
    picture: Picture | None
    state: DraftState
    version: int
    made_at: datetime
    note: str = ""
    outlets: tuple[Outlet, ...] = ()
    made_with: str | None = None

    def text_for(self, channel: str) -> OutletText | None:
        """Return the text for `channel`; None if there is none."""
        return next((t for t in self.texts if t.channel == channel), None)

    def picture_description(
        self, text: OutletText, evidence: Evidence
    ) -> PictureDescription | None:
        """Return the picture's alternative text and `evidence`; None without a picture.

        The alternative text is that of `text`, or else that of the picture.
        """
        if self.picture is None:
            return None
        alt = self.picture.alt if text.alt is None else text.alt
        return PictureDescription(alt, evidence)


@dataclass(frozen=True, slots=True)
class WaitingDraft:
    """A draft that waits for a person; its event was recorded at `since` (aware, UTC)."""

    id: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Release:
    """What decides whether the report site may show one event.

    Attributes:
        seq, kind: the event's number within the incident, and its kind.
        draft: the state of the event's draft; None if there is no draft yet.
        site: the last decision for the report site; None if none was stored.
        is_on_channel: whether a channel was to publish the event when it was decided.
        is_paused: whether all channels are paused, and the event was not released when
            the pause began.
    """

    seq: int
    kind: EventKind
    draft: DraftState | None
    site: Action | None
    is_on_channel: bool = False
    is_paused: bool = False


class ClaimKind(StrEnum):
    """What a claim in a text is about."""

    PERCENT = "percent"
    TIME = "time"
    DATE = "date"
    DURATION = "duration"
    NUMBER = "number"
    PLACE = "place"
    OPERATOR = "operator"
    SOURCE = "source"
    NAME = "name"
    CERTAINTY = "certainty"
    STATE = "state"
    SCOPE = "scope"
    SEVERITY = "severity"
    SUPERLATIVE = "superlative"
    CAUSE = "cause"
    CONTEXT = "context"
    LOADED = "loaded"
    LINK = "link"
    EMOJI = "emoji"
    MENTION = "mention"
    LANGUAGE = "language"


class ObjectionWeight(StrEnum):
    """What an editor can do about an objection.

    BLOCK: only change the text. SECOND: change the text, or ask a second person to take
    responsibility for the claim.
    """

    BLOCK = "block"
    SECOND = "second"


@dataclass(frozen=True, slots=True, order=True)
class Objection:
    """One claim that the facts do not support.

    Attributes:
        start, end: the claim's characters [start, end) in the text.
        words: the claim as written.
        facts: what the facts say instead, in a sentence for editors.
    """

    start: int
    end: int
    words: str
    kind: ClaimKind
    weight: ObjectionWeight
    facts: str

"""The ports to services: sources, channels, the claim linter and the renderer."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from bot.model.attribution import Attribution
from bot.model.classification import Background
from bot.model.delivery import Post, PublishedRecord, Receipt
from bot.model.draft import Described, Draft, Objection, Outlet, Text
from bot.model.entity import Entity
from bot.model.event import IncidentEvent
from bot.model.incident import Evidence
from bot.model.incident_report import IncidentReport, Listing
from bot.model.interval import Interval
from bot.model.operations import OperatorAlert
from bot.model.signal import Answer, Parsed, Request, Signal
from bot.model.source_status import SourceStatus


class Source(Protocol):
    """A source of readings.

    Attributes:
        rows: the entities for which each signal is watched, by signal id.
        parents: the country of each network and region, where the source knows it.
        reconstruction: whether the source's readings were made from published facts
            instead of measurements; everything that is published from them says so.
    """

    name: str
    reconstruction: bool
    signals: tuple[Signal, ...]
    rows: Mapping[str, tuple[Entity, ...]]
    parents: Mapping[Entity, Entity]

    def requests(self, window: Interval) -> tuple[Request, ...]:
        """Return the requests that cover every bin that begins within `window`."""
        ...

    def ask(self, request: Request) -> Answer:
        """Send one request, with retries, and return the response unparsed.

        Raises:
            SourceUnavailable: no usable response came, even after all retries.
            SourceFormatChanged: the server refuses the request.
        """
        ...

    def parse(self, answer: Answer) -> Parsed:
        """Parse a response; a bin without a reading is missing, never zero (P5).

        Raises:
            SourceFormatChanged: the response does not have the known form.
            SourceUnavailable: the source reports a fault of its own in the response.
        """
        ...


# This protocol is not part of `Source`, because a recording has no server. The clock
# monitor uses `isinstance` to find the sources that follow this protocol.
@runtime_checkable
class DatedSource(Protocol):
    """A source whose server sends its own time with each response."""

    @property
    def server_time(self) -> tuple[datetime, timedelta] | None:
        """The server's time in its last response, and when the response arrived.

        The arrival is measured with `clock.SystemClock.elapsed`, which does not change
        when the clock is set. The result is None before the first response.
        """
        ...


class Channel(Protocol):
    """A place to which posts are sent, such as an account on a social network."""

    name: str

    def outlet(self) -> Outlet:
        """Return the channel's language and limits; its server is asked only once."""
        ...

    def token(self, post: Post) -> str:
        """Return the token by which the channel recognizes a repeated post.

        Return "" if the channel has no such tokens. The token is stored before the post
        is sent; `send` and `find` then get it in `post.token`.
        """
        ...

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Send a post once; if its picture cannot be posted, send the text alone.

        If `post.amends` is set, replace the text of the earlier post that it names; a
        repetition must do no harm. Only channels whose outlet has `edits` get such
        posts. If `post.private` is set, show the post to the operator alone, if the
        channel can.

        Raises:
            ChannelUnavailable: the post is certainly not published, and may be sent
                again.
            ChannelRefused: the post is certainly not published, and would be refused
                again.
            ChannelUnknown: the post may be published; only `find` can tell.
        """
        ...

    def find(self, post: Post) -> Receipt | None:
        """Look for a post on the channel; return its receipt.

        Return None if the post is not there, or if sending it again would do no harm.

        Raises:
            ChannelUnavailable: the channel cannot be read now; try again later.
            ChannelUnknown: this channel cannot be read back; a person decides.
        """
        ...

    def remove(self, receipt: Receipt) -> None:
        """Delete a post; it is no error if the post is already gone.

        Raises:
            ChannelRefused: this channel cannot delete posts.
            ChannelUnavailable, ChannelUnknown: the post may still be there.
        """
        ...


# This protocol is not part of `Channel`, because most channels send text and picture in
# one request.
@runtime_checkable
class MultiPartChannel(Protocol):
    """A channel that sends a post in several parts: the text, then its picture.

    `Channel.find` returns a receipt as soon as the text is published; `complete` sends
    the missing parts.
    """

    def complete(self, post: Post, receipt: Receipt) -> Receipt:
        """Send the missing parts of `post`; return the receipt of all its parts.

        A post that has all its parts is not changed. A picture is left out if the
        channel refuses it, or if sending it has failed several times.

        Args:
            post: a post whose text is published.
            receipt: what `Channel.find` returned for the post.

        Raises:
            ChannelUnavailable: a part is still missing; try again later.
            ChannelUnknown: this channel cannot be read back; a person decides.
        """
        ...


# This protocol is not part of `Channel`, because a post may be recognized for certain, or
# the channel cannot be read.
@runtime_checkable
class ListedChannel(Protocol):
    """A channel whose posts can be listed.

    If the store was restored, a post may be made again in other words, because a source
    has revised its readings. `Channel.find` then does not recognize it; but the channel
    has posts that the store does not know.
    """

    def ids_since(self, at: datetime) -> frozenset[str]:
        """Return the receipt ids of our posts since `at`, and perhaps of some older ones.

        Raises:
            ChannelUnavailable: the channel cannot be read now; try again later.
            ChannelUnknown: this channel cannot be read back.
        """
        ...


class Checker(Protocol):
    """The claim linter: compares a text with the facts of its event (P4, P7, P8)."""

    def check(
        self,
        event: IncidentEvent,
        text: Text,
        causes: Sequence[Attribution] = (),
        picture: Described | None = None,
    ) -> tuple[Objection, ...]:
        """Return the claims that the facts do not support; empty if there are none.

        `causes` are the attributions of the event's incident. If `picture` is not None,
        its alt text is checked too, because it is published with the text.
        """
        ...


class PublishedTimes(Protocol):
    """When each channel published its last post; not part of the store (P10)."""

    def read(self) -> PublishedRecord | None:
        """Return what is recorded; None if nothing is, or if it cannot be trusted."""
        ...

    def begin(self, since: datetime) -> None:
        """Forget what is recorded: from `since` on, the store has every post.

        Never raises.
        """
        ...

    def note(self, channel: str, at: datetime) -> None:
        """Record that a channel published a post at `at`. Never raises."""
        ...


class Renderer(Checker, Protocol):
    """Makes texts, pictures and pages; equal arguments give equal bytes (P14)."""

    def draft(
        self, event: IncidentEvent, evidence: Evidence, outlets: Sequence[Outlet]
    ) -> tuple[Draft, bytes | None]:
        """Return a draft with a text for every outlet, and its chart as a PNG file.

        The chart is None if it could not be drawn.

        Raises:
            RenderingError: a text cannot be made.
        """
        ...

    def marked(self, event: IncidentEvent, outlet: Outlet, body: str) -> Text:
        """Return the text that replaces the wrong text `body` of a post (P11).

        The new text says that `event` corrected or retracted the post.

        Raises:
            RenderingError: the mark cannot be made.
        """
        ...

    def review(self, event: IncidentEvent, draft: Draft, background: Background) -> str:
        """Return the letter to the editors: the subject line, then the text.

        `background` holds the incident's classification and what may point to a cause.
        Only editors may see the background.
        """
        ...

    def alert_letter(self, alerts: Sequence[OperatorAlert], now: datetime) -> str:
        """Return the letter to the operators: the subject line, then the text.

        Raises:
            RenderingError: the letter cannot be made.
        """
        ...

    def publish_page(self, report: IncidentReport) -> None:
        """Write the report page of an incident, with its charts and data (P15).

        Raises:
            RenderingError: the page could not be written.
        """
        ...

    def list_incidents(self, listing: Listing) -> None:
        """Set the incidents that the front page lists, and write the archive pages.

        Raises:
            RenderingError: a page could not be written.
        """
        ...

    def publish_sources(self, statuses: Sequence[SourceStatus], at: datetime) -> None:
        """Write the front page with the source statuses as of `at` (aware, UTC).

        Raises:
            RenderingError: the page could not be written.
        """
        ...

    def site_version(self) -> str:
        """Return a digest of what all pages depend on: program, templates, settings."""
        ...

    def site_exists(self) -> bool:
        """Return whether the site was written before and is still there."""
        ...

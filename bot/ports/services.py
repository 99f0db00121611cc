"""The ports to services: sources, channels, the claim linter and the renderer."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from bot.model.attribution import Attribution
from bot.model.classification import EditorContext
from bot.model.delivery import Post, PublishedRecord, Receipt
from bot.model.draft import Draft, Objection, Outlet, OutletText, PictureDescription
from bot.model.entity import Entity
from bot.model.event import IncidentEvent
from bot.model.incident import Evidence
from bot.model.incident_report import IncidentReport, Listing
from bot.model.interval import Interval
from bot.model.operations import OperatorAlert, StoreFailureReport
from bot.model.signal import Answer, ParsedAnswer, Request, Signal
from bot.model.source_status import SourceStatus


class Source(Protocol):
    """A source of readings.

    Attributes:
        rows: the entities for which each signal is watched, by signal id.
        parents: for each region and each network, its country. A network whose country
            the source does not know is left out.
        reconstruction: whether the source's readings were made from published facts
            instead of measurements. Everything that is published from such readings
            says so.
    """

    name: str
    reconstruction: bool
    signals: tuple[Signal, ...]
    rows: Mapping[str, tuple[Entity, ...]]
    parents: Mapping[Entity, Entity]

    def requests(self, window: Interval) -> tuple[Request, ...]:
        """Return requests for all bins that begin within `window`."""
        ...

    def ask(self, request: Request) -> Answer:
        """Send one request, with retries, and return the response unparsed.

        Raises:
            SourceUnavailable: no usable response came, even after all retries.
            SourceFormatChanged: the server refuses the request.
        """
        ...

    def parse(self, answer: Answer) -> ParsedAnswer:
        """Parse a response; a bin without a reading is missing, never zero (P5).

        Raises:
            SourceFormatChanged: the response does not have the known form.
            SourceUnavailable: the source reports a fault of its own in the response.
        """
        ...


# This protocol is apart from `Source`, because a recording has no server. The clock monitor
# finds the sources that have a server with `isinstance`.
@runtime_checkable
class DatedSource(Protocol):
    """A source whose server sends its own time with each response."""

    @property
    def server_time(self) -> tuple[datetime, timedelta] | None:
        """The server's time in its last response, and when the response arrived.

        None before the first response. The arrival is a value of
        `clock.SystemClock.elapsed`, which does not change when the clock is set.
        """
        ...


class Channel(Protocol):
    """A place to which posts are sent, such as an account on a social network.

    Attributes:
        target: where posts go, as a short text without secrets: the kind, the server, and
            the account or the room. It changes only if posts would go elsewhere.
    """

    name: str
    target: str

    def outlet(self) -> Outlet:
        """Return the channel's language and limits; the first call asks the server."""
        ...

    def token(self, post: Post) -> str:
        """Return the token by which the channel recognizes a second sending of a post.

        "" if the channel has no tokens. The token is stored before the post is sent.
        `send` and `find` get it in `post.token`.
        """
        ...

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Send a post once; if its picture cannot be posted, send the text alone.

        Two fields of the post change this:

        - `amends`: replace the text of the earlier post that it names. A repetition
          must do no harm. Only channels whose outlet has `edits` get such posts.
        - `private`: show the post only to the operator, if the channel can.

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

        None means that the post may be sent again: it is not on the channel, or a
        second sending does no harm.

        Raises:
            ChannelUnavailable: the channel cannot be read now; try again later.
            ChannelUnknown: this channel can never be read back; a person decides.
        """
        ...

    def remove(self, receipt: Receipt) -> None:
        """Delete a post; it is no error if the post is already gone.

        Raises:
            ChannelRefused: this channel cannot delete posts.
            ChannelUnavailable, ChannelUnknown: the post may still be on the channel.
        """
        ...


@runtime_checkable
class CheckedChannel(Protocol):
    """A channel whose target, such as a chat room, may become unusable.

    The channel also checks the target before each post.
    """

    def check_usable(self) -> None:
        """Ask the server whether posts can be published in the target as intended.

        Raises:
            ChannelRefused: they cannot; the message says what to do.
            ChannelUnavailable: the server did not answer.
        """
        ...


# This protocol is apart from `Channel`, because most channels send text and picture in
# one request.
@runtime_checkable
class MultiPartChannel(Protocol):
    """A channel that sends a post in several parts: the text, then its picture.

    `Channel.find` returns a receipt as soon as the text is published; `complete` sends
    the missing parts.
    """

    def complete(self, post: Post, receipt: Receipt) -> Receipt:
        """Send the missing parts of `post`; return the receipt of all its parts.

        If no part is missing, nothing is sent. A picture is left out if the channel
        refuses the picture, or if sending it failed several times.

        Args:
            post: a post whose text is published.
            receipt: what `Channel.find` returned for the post.

        Raises:
            ChannelUnavailable: a part is still missing; try again later.
            ChannelUnknown: the channel cannot show what it published; a person decides.
        """
        ...


# This protocol is apart from `Channel`, because most channels publish a post at once.
@runtime_checkable
class SeparateMessagesChannel(Protocol):
    """A channel that sends a post to each of its readers in a message of their own."""

    def withdraw(self, post: Post) -> Receipt | None:
        """Send `post` to nobody else, because its incident was retracted.

        Returns:
            The receipt if a reader has the post, or may have it; None if nobody has it.

        Raises:
            ChannelUnavailable: it is not known who has the post; try again later.
        """
        ...


# This protocol is not part of `Channel`, because not every channel needs it: some
# channels recognize a post for certain, and others cannot be read.
@runtime_checkable
class ListedChannel(Protocol):
    """A channel whose posts can be listed.

    If the store was restored, a post may be made again with a different text, because a
    source has revised its readings. `Channel.find` then does not recognize the published post.
    The list shows that the channel has posts that the store does not know.
    """

    def ids_since(self, at: datetime) -> frozenset[str]:
        """Return the receipt ids of our posts since `at`, and perhaps of some older ones.

        Raises:
            ChannelUnavailable: the channel cannot be read now; try again later.
            ChannelUnknown: this channel cannot be read back.
        """
        ...


class ClaimLinter(Protocol):
    """The claim linter: compares a text with the facts of its event (P4, P7, P8)."""

    def check(
        self,
        event: IncidentEvent,
        text: OutletText,
        causes: Sequence[Attribution] = (),
        picture: PictureDescription | None = None,
    ) -> tuple[Objection, ...]:
        """Return the claims that the facts do not support; () if there are none.

        Args:
            event: the event that the text is about.
            text: the text to check.
            causes: the attributions of the event's incident.
            picture: the picture that is published with the text; its alternative text
                is checked too. None if there is none.
        """
        ...


class PublishedTimes(Protocol):
    """When each channel published its last post; not part of the store (P10)."""

    def read(self) -> PublishedRecord | None:
        """Return what is recorded; None if nothing is, or if it cannot be trusted."""
        ...

    def begin(self, since: datetime) -> None:
        """Delete the recorded times; record that the store has all posts after `since`.

        Never raises.
        """
        ...

    def record(self, channel: str, at: datetime) -> None:
        """Record that a channel published a post at `at`. Never raises."""
        ...


class StoreFailureRecord(Protocol):
    """The last alert about a store that cannot be used; kept outside the store (P19)."""

    def read(self) -> StoreFailureReport | None:
        """Return the last report; None if the failure is over or no report can be read."""
        ...

    def write(self, report: StoreFailureReport | None) -> None:
        """Replace the stored report; None: the store does not fail now. Never raises."""
        ...


class Renderer(ClaimLinter, Protocol):
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

    def mark_as_wrong(
        self, event: IncidentEvent, outlet: Outlet, body: str
    ) -> OutletText:
        """Return the text that replaces the wrong text of a published post (P11).

        The new text says that the post was corrected or retracted.

        Args:
            event: the correction or retraction.
            outlet: the outlet of the post's channel.
            body: the wrong text.

        Raises:
            RenderingError: the text cannot be made.
        """
        ...

    def review_letter(
        self, event: IncidentEvent, draft: Draft, background: EditorContext
    ) -> str:
        """Return the letter to the editors on a draft: the subject line, then the text.

        `background` is what only editors may see: the incident's classification, and
        what may point to a cause.
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

    def has_page(self, incident: str) -> bool:
        """Return whether the site has a page of an incident, or parts of one."""
        ...

    def is_named(self, incident: str) -> bool:
        """Return whether the site has a page of an incident, or a file named after it."""
        ...

    def remove_page(self, incident: str, listing: Listing) -> None:
        """Remove the page of an incident with all its files and feed items (P12).

        Feeds and lists are written first, the lists with `listing`: a crash must not
        leave a line about the incident without its page.

        Raises:
            RenderingError: a file could not be written or removed.
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
        """Return whether `mark_site` was called, and the site was not removed since."""
        ...

    def mark_site(self) -> None:
        """Mark the site, so that its removal is noticed; see `site_exists`.

        Call this when all pages of the site are queued to be written.

        Raises:
            RenderingError: the site could not be written.
        """
        ...

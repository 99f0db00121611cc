"""The ports to services: sources, channels, the claim linter and the renderer."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from bot.model.attribution import Attribution
from bot.model.classification import Background
from bot.model.delivery import Post, Receipt
from bot.model.draft import Described, Draft, Outlet, Text
from bot.model.entity import Entity
from bot.model.incident import Evidence, IncidentEvent
from bot.model.incident_report import IncidentReport, Listing
from bot.model.interval import Interval
from bot.model.objection import Objection
from bot.model.operations import OperatorAlert
from bot.model.signal import Answer, Parsed, Request, Signal
from bot.model.source_status import SourceStatus


class Source(Protocol):
    """A source of readings.

    Attributes:
        rows: the entities for which each signal is watched, by signal id.
        parents: the country of networks and regions, where the source knows it.
    """

    name: str
    signals: tuple[Signal, ...]
    rows: Mapping[str, tuple[Entity, ...]]
    parents: Mapping[Entity, Entity]

    def requests(self, window: Interval) -> tuple[Request, ...]:
        """Return the requests that cover every bin that begins within `window`."""
        ...

    def ask(self, request: Request) -> Answer:
        """Send one request, with retries, and return the response unparsed.

        Raises:
            SourceUnavailable: there is no usable response, after all retries.
        """
        ...

    def parse(self, answer: Answer) -> Parsed:
        """Parse a response; a bin without a reading is a gap, never zero (P5).

        Raises:
            SourceFormatChanged: the response does not have the known form.
            SourceUnavailable: the response says that the source has a fault.
        """
        ...


# A protocol of its own, because a recording has no server: the check of the clock asks
# with `isinstance`.
@runtime_checkable
class DatedSource(Protocol):
    """A source whose server sends its own time with each response."""

    @property
    def server_time(self) -> tuple[datetime, timedelta] | None:
        """The server's time in the last response, and the elapsed time of its arrival.

        The elapsed time is that of `clock.SystemClock.elapsed`, which no correction of
        the clock changes. None before the first response.
        """
        ...


class Channel(Protocol):
    """An outlet for posts."""

    name: str

    def outlet(self) -> Outlet:
        """Return the language and limits of the channel; a server is asked only once."""
        ...

    def token(self, post: Post) -> str:
        """Return the idempotency token of a post; "" where the channel has none.

        It is stored before the first byte goes out, and passed back in `post.token`.
        """
        ...

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Send a post once; if its picture fails, send the text without it.

        If `post.amends` is set, replace the text of that earlier post; doing so twice
        must do no harm. Only outlets with `edits` get such posts. If `post.private` is
        set, show the post to the operator alone, where the channel can.

        Raises:
            ChannelUnavailable: certainly not posted; may be tried again.
            ChannelRefused: certainly not posted, and never will be as it is.
            ChannelUnknown: it may be posted; only `find` can tell.
        """
        ...

    def find(self, post: Post) -> Receipt | None:
        """Look for a post; None: it is not there, or sending it again does no harm.

        Raises:
            ChannelUnavailable: the channel cannot be read now; may be tried again.
            ChannelUnknown: this channel cannot be read back; a person decides.
        """
        ...

    def remove(self, receipt: Receipt) -> None:
        """Delete a post; one that is already gone is no error.

        Raises:
            ChannelRefused: this channel cannot delete posts.
            ChannelUnavailable, ChannelUnknown: as for `send`.
        """
        ...


# A protocol of its own, because most channels send text and picture in one request.
@runtime_checkable
class MultiPartChannel(Protocol):
    """A channel that sends a post in several parts: the text, then its picture.

    `Channel.find` succeeds as soon as the text is out; `complete` sends the rest.
    """

    def complete(self, post: Post, receipt: Receipt) -> Receipt:
        """Send the missing parts of `post`; return the receipt of all its parts.

        A post without missing parts is left as it is. A picture that is refused, or
        lost several times, is left out.

        Args:
            post: a post whose text is out.
            receipt: what `Channel.find` returned for it.

        Raises:
            ChannelUnavailable: a part is still missing; try again later.
            ChannelUnknown: the channel does not allow reading; a person decides.
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

        `causes` are the attributions on file for the event's incident. The alt text of
        `picture`, which goes out with the text, is checked as well.
        """
        ...


class Renderer(Checker, Protocol):
    """Makes texts, pictures and pages; the same arguments give the same bytes (P14)."""

    def draft(
        self, event: IncidentEvent, evidence: Evidence, outlets: Sequence[Outlet]
    ) -> tuple[Draft, bytes | None]:
        """Return a text for every outlet, and the chart's PNG, None if it failed.

        Raises:
            RenderingError: a text cannot be made.
        """
        ...

    def marked(self, event: IncidentEvent, outlet: Outlet, body: str) -> Text:
        """Return a posted text, marked as corrected or retracted by `event` (P11).

        Raises:
            RenderingError: the mark cannot be made.
        """
        ...

    def review(self, event: IncidentEvent, draft: Draft, background: Background) -> str:
        """Return the letter to the editors: the subject line, then the text.

        `background` holds the class and the cause hints, which only editors may see.
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
        """Set what the front page lists from now on, and write the archive's pages.

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
        """Whether the site was written before, and has not been removed since."""
        ...

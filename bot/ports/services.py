"""What the loop needs of others: sources, channels, and who writes and checks."""

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
from bot.model.operator_alert import OperatorAlert
from bot.model.signal import Answer, Parsed, Request, Signal
from bot.model.source_status import SourceStatus


class Source(Protocol):
    """Somebody who measures.

    `rows` says which entities each signal (by id) is watched for; `parents` tells
    the country of networks and regions, where the source itself knows it.
    """

    name: str
    signals: tuple[Signal, ...]
    rows: Mapping[str, tuple[Entity, ...]]
    parents: Mapping[Entity, Entity]

    def questions(self, window: Interval) -> tuple[Request, ...]:
        """What to ask to learn every bin that begins within `window`."""
        ...

    def ask(self, request: Request) -> Answer:
        """Put one question.

        Raises:
            SourceUnavailable: no usable answer now, after its own retries.
        """
        ...

    def parse(self, answer: Answer) -> Parsed:
        """Read an answer; what it does not tell is a gap, never a zero (P5).

        Raises:
            SourceFormatChanged: the answer is not of the known form.
            SourceUnavailable: the answer says that the source is ill.
        """
        ...


@runtime_checkable
class DatedSource(Protocol):
    """A source whose server shows its clock with each answer.

    `dated` is what the last answer showed, and the elapsed time (see
    `clock.SystemClock.elapsed`) when it came; None before the first.
    """

    @property
    def dated(self) -> tuple[datetime, timedelta] | None:
        """See above."""
        ...


class Channel(Protocol):
    """Somewhere to post."""

    name: str

    def outlet(self) -> Outlet:
        """Its language and limits, as the writer needs them; asks nothing twice."""
        ...

    def token(self, post: Post) -> str:
        """What will make this post one and the same to the channel (see `Post`).

        Stored before the first byte goes out, and given back in `post.token`.
        """
        ...

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Post once. A picture that fails never stops the words.

        Where `post.amends` is set, replace the words of that earlier post, which does
        no harm twice; only outlets that say `edits` are asked. Where `post.private`
        is set, show it to the operator alone, if the channel has a way to.

        Raises:
            ChannelUnavailable: certainly not posted; may be tried again.
            ChannelRefused: certainly not posted, and never will be as it is.
            ChannelUnknown: it may be posted: only `find` can tell.
        """
        ...

    def find(self, post: Post) -> Receipt | None:
        """Look whether `post` is out; None: it is not, or sending it again is harmless.

        Raises:
            ChannelUnavailable: cannot look now; may be tried again.
            ChannelUnknown: this channel cannot tell; a person decides.
        """
        ...

    def remove(self, receipt: Receipt) -> None:
        """Take a post of ours down; one that is gone already is no error.

        Raises:
            ChannelRefused: what is out cannot be taken back there.
            ChannelUnavailable, ChannelUnknown: as `send`.
        """
        ...


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
    """Somebody who holds words against the facts of their event (P4, P7, P8)."""

    def check(
        self,
        event: IncidentEvent,
        text: Text,
        causes: Sequence[Attribution] = (),
        picture: Described | None = None,
    ) -> tuple[Objection, ...]:
        """What nothing in the facts backs; empty: all of it is borne out.

        `causes` is what people have put on file of the event's incident; `picture` is
        what goes out beside the words, told in words, which are checked as well.
        """
        ...


class Renderer(Checker, Protocol):
    """The maker of words, pictures and pages; deterministic in its arguments (P14)."""

    def draft(
        self, event: IncidentEvent, evidence: Evidence, outlets: Sequence[Outlet]
    ) -> tuple[Draft, bytes | None]:
        """Words for every outlet, and the chart's bytes (None if it failed)."""
        ...

    def marked(self, event: IncidentEvent, outlet: Outlet, words: str) -> Text:
        """Words that are out, marked as corrected or retracted by `event` (P11)."""
        ...

    def review(self, event: IncidentEvent, draft: Draft, background: Background) -> str:
        """The letter to the editors: first line its subject, then its text.

        What `background` holds is for editors: class and hints, in no other outlet.
        """
        ...

    def trouble(self, troubles: Sequence[OperatorAlert], now: datetime) -> str:
        """The letter to the operators: first line its subject, then its text."""
        ...

    def publish_page(self, dossier: IncidentReport) -> None:
        """Write the report page, its charts and data (P15).

        Raises:
            RenderingError: the page could not be written.
        """
        ...

    def list_incidents(self, listing: Listing) -> None:
        """Take up what the front page lists from now on; write the archive's pages.

        Raises:
            RenderingError: a page could not be written.
        """
        ...

    def publish_sources(self, conditions: Sequence[SourceStatus], at: datetime) -> None:
        """Write the front page, with how every source stands as of `at` (aware, UTC).

        Raises:
            RenderingError: the page could not be written.
        """
        ...

    def site_version(self) -> str:
        """What every page is made with: the program, its sentences, the settings."""
        ...

    def site_exists(self) -> bool:
        """Whether the site was written before, and nobody removed it since."""
        ...

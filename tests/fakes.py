"""Hand-written fakes of the interfaces in `bot.ports`."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import RenderingError
from bot.model.attribution import Attribution
from bot.model.classification import EditorContext
from bot.model.delivery import Post, Receipt
from bot.model.draft import (
    Draft,
    DraftState,
    Objection,
    Outlet,
    OutletText,
    Picture,
    PictureDescription,
)
from bot.model.event import IncidentEvent
from bot.model.incident import Evidence
from bot.model.incident_report import IncidentReport, Listing
from bot.model.operations import OperatorAlert
from bot.model.source_status import SourceStatus


@dataclass
class FakeChannel:
    """A channel in memory; its script sets which of the next calls fail.

    Attributes:
        script: for each call of `send`, `find` or `remove` the error that it raises, or
            None if it succeeds.
        publishes_on_error: whether a post is published although its `send` raised.
        posts: the published posts, oldest first.
        calls: `send KEY`, `find KEY` and `remove ID`, in order.
        target: where posts go; a test may point the channel elsewhere.
    """

    name: str = "x"
    script: deque[Exception | None] = field(default_factory=deque)
    publishes_on_error: bool = False
    posts: list[Post] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    target: str = "fake server.example"

    def outlet(self) -> Outlet:
        """Return an outlet with a limit of 280 characters."""
        return Outlet(name=self.name, kind="file", limit=280)

    def token(self, post: Post) -> str:
        """Return a token made of the channel's name and the post's key."""
        return f"{self.name}:{post.key}"

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Publish the post, or raise the scripted error.

        If `publishes_on_error` is set, publish the post before the error is raised.
        """
        self.calls.append(f"send {post.key}")
        error = self._next()
        if error is None or self.publishes_on_error:
            self.posts.append(post)
        if error is not None:
            raise error
        return Receipt(f"{self.name}-{len(self.posts)}")

    def find(self, post: Post) -> Receipt | None:
        """Return the receipt of the post or None, or raise the scripted error."""
        self.calls.append(f"find {post.key}")
        error = self._next()
        if error is not None:
            raise error
        keys = [sent.key for sent in self.posts]
        if post.key not in keys:
            return None
        return Receipt(f"{self.name}-{keys.index(post.key) + 1}")

    def remove(self, receipt: Receipt) -> None:
        """Delete the post, or raise the scripted error."""
        self.calls.append(f"remove {receipt.id}")
        error = self._next()
        if error is not None:
            raise error
        self.posts.pop(int(receipt.id.rpartition("-")[2]) - 1)

    def _next(self) -> Exception | None:
        return self.script.popleft() if self.script else None


@dataclass
class FakeRenderer:
    """A renderer whose texts are event keys.

    Attributes:
        broken: keys of events that cannot be rendered.
        machine_drafts: names of the channels whose texts are marked as machine drafts.
        letters: keys of the events for which a review message was rendered.
        objections: the objections, by the text or picture description that has them.
        picture: the picture of each draft, if any.
    """

    broken: set[str] = field(default_factory=set)
    machine_drafts: set[str] = field(default_factory=set)
    letters: list[str] = field(default_factory=list)
    objections: dict[str, tuple[Objection, ...]] = field(default_factory=dict)
    picture: Picture | None = None

    def draft(
        self, event: IncidentEvent, evidence: Evidence, outlets: Sequence[Outlet]
    ) -> tuple[Draft, bytes | None]:
        """Return a draft whose text is the event's key."""
        if event.key in self.broken:
            raise RenderingError(f"no words for {event.key}")
        texts = tuple(
            OutletText(
                channel=o.name,
                lang=o.lang,
                body=event.key,
                length=len(event.key),
                machine_draft=o.name in self.machine_drafts,
            )
            for o in outlets
        )
        return (
            Draft(
                id=event.key,
                incident=event.incident,
                event=event.key,
                texts=texts,
                picture=self.picture,
                state=DraftState.WAITING,
                version=1,
                made_at=event.at,
            ),
            b"a picture" if self.picture else None,
        )

    def mark_as_wrong(
        self, event: IncidentEvent, outlet: Outlet, words: str
    ) -> OutletText:
        """Return `words` preceded by the kind of the event."""
        body = f"{event.kind}: {words}"
        return OutletText(outlet.name, outlet.lang, body, len(body))

    def check(
        self,
        event: IncidentEvent,
        text: OutletText,
        causes: Sequence[Attribution] = (),
        picture: PictureDescription | None = None,
    ) -> tuple[Objection, ...]:
        """Return the objections that the test set for this text and description."""
        alt = picture.alt if picture else ""
        return (*self.objections.get(text.body, ()), *self.objections.get(alt, ()))

    def review_letter(
        self, event: IncidentEvent, draft: Draft, background: EditorContext
    ) -> str:
        """Note the event's key in `letters`; return a subject and one line."""
        self.letters.append(event.key)
        return f"Draft {event.key}\nIt waits."

    def alert_letter(self, alerts: Sequence[OperatorAlert], now: datetime) -> str:
        """Return one line for each alert."""
        return "\n".join(
            f"{alert.kind} {alert.subject}".strip() + " is over" * alert.over
            for alert in alerts
        )

    def publish_page(self, report: IncidentReport) -> None:
        """Write nothing."""

    def has_page(self, incident: str) -> bool:
        """Return True, because this renderer has written no page that could be missing."""
        return True

    def is_named(self, incident: str) -> bool:
        """Return True, because this renderer has written no page that could be missing."""
        return True

    def remove_page(self, incident: str, listing: Listing) -> None:
        """Remove nothing."""

    def list_incidents(self, listing: Listing) -> None:
        """Write nothing."""

    def publish_sources(self, conditions: Sequence[SourceStatus], at: datetime) -> None:
        """Write nothing."""

    def site_version(self) -> str:
        """Return a constant version."""
        return "1"

    def site_exists(self) -> bool:
        """Return True, so that no page is queued because the site is missing."""
        return True

    def mark_site(self) -> None:
        """Write nothing."""

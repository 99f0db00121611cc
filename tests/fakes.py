"""Hand-written stand-ins for the ports; no mocks."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import RenderingError
from bot.model.attribution import Attribution
from bot.model.classification import Background
from bot.model.delivery import Post, Receipt
from bot.model.draft import Described, Draft, DraftState, Outlet, Picture, Text
from bot.model.incident import Evidence, IncidentEvent
from bot.model.incident_report import IncidentReport
from bot.model.objection import Objection
from bot.model.operator_alert import OperatorAlert
from bot.model.source_status import SourceStatus


@dataclass
class FakeChannel:
    """A channel in memory; its script says what goes wrong with the next calls.

    Attributes:
        script: an error for each call of `send` or `find`, or None for a good one.
        keeps: whether a post whose send raised is out nevertheless.
        said: what stands there, oldest first.
        calls: `send KEY` and `find KEY`, in order.
    """

    name: str = "x"
    script: deque[Exception | None] = field(default_factory=deque)
    keeps: bool = False
    said: list[Post] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def outlet(self) -> Outlet:
        """A small one."""
        return Outlet(name=self.name, kind="file", limit=280)

    def token(self, post: Post) -> str:
        """The key, marked."""
        return f"{self.name}:{post.key}"

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Keep it, or fail as scripted."""
        self.calls.append(f"send {post.key}")
        fault = self._next()
        if fault is None or self.keeps:
            self.said.append(post)
        if fault is not None:
            raise fault
        return Receipt(f"{self.name}-{len(self.said)}")

    def find(self, post: Post) -> Receipt | None:
        """Look for it, or fail as scripted."""
        self.calls.append(f"find {post.key}")
        fault = self._next()
        if fault is not None:
            raise fault
        keys = [one.key for one in self.said]
        if post.key not in keys:
            return None
        return Receipt(f"{self.name}-{keys.index(post.key) + 1}")

    def remove(self, receipt: Receipt) -> None:
        """Take it down, or fail as scripted."""
        self.calls.append(f"remove {receipt.id}")
        fault = self._next()
        if fault is not None:
            raise fault
        self.said.pop(int(receipt.id.rpartition("-")[2]) - 1)

    def _next(self) -> Exception | None:
        return self.script.popleft() if self.script else None


@dataclass
class FakeRenderer:
    """Plain words, and `picture` if given; `broken` events have none, `unbacked` are wrong.

    `unread` are the channels whose language is a machine draft.
    """

    broken: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    letters: list[str] = field(default_factory=list)
    unbacked: dict[str, tuple[Objection, ...]] = field(default_factory=dict)
    picture: Picture | None = None

    def draft(
        self, event: IncidentEvent, evidence: Evidence, outlets: Sequence[Outlet]
    ) -> tuple[Draft, bytes | None]:
        """The event's key as its words."""
        if event.key in self.broken:
            raise RenderingError(f"no words for {event.key}")
        texts = tuple(
            Text(
                channel=o.name,
                lang=o.lang,
                body=event.key,
                length=len(event.key),
                machine_draft=o.name in self.unread,
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

    def marked(self, event: IncidentEvent, outlet: Outlet, words: str) -> Text:
        """The mark and the words."""
        body = f"{event.kind}: {words}"
        return Text(outlet.name, outlet.lang, body, len(body))

    def check(
        self,
        event: IncidentEvent,
        text: Text,
        causes: Sequence[Attribution] = (),
        picture: Described | None = None,
    ) -> tuple[Objection, ...]:
        """What the test says of these words."""
        alt = picture.alt if picture else ""
        return (*self.unbacked.get(text.body, ()), *self.unbacked.get(alt, ()))

    def review(self, event: IncidentEvent, draft: Draft, background: Background) -> str:
        """A subject and a line."""
        self.letters.append(event.key)
        return f"Draft {event.key}\nIt waits."

    def trouble(self, troubles: Sequence[OperatorAlert], now: datetime) -> str:
        """The woes."""
        return "\n".join(f"{one.woe} {one.of}".strip() for one in troubles)

    def publish_page(self, dossier: IncidentReport) -> None:
        """Nothing to write."""

    def publish_sources(self, conditions: Sequence[SourceStatus], at: datetime) -> None:
        """Nothing to write."""

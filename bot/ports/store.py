"""What the loop needs of a store, one port for each kind of record."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from bot.model.attribution import Attribution, AttributionStep
from bot.model.classification import Classified
from bot.model.delivery import Delivery, Pause, Post, Receipt
from bot.model.draft import Decision, Draft, DraftState
from bot.model.entity import Entity
from bot.model.incident import (
    Abstention,
    Evidence,
    Incident,
    IncidentChange,
    IncidentEvent,
    ManualCorrection,
)
from bot.model.interval import Interval
from bot.model.signal import Answer, Gap, Parsed, Signal
from bot.ports.pages import Pages

# A panel is numpy's: who only reads drafts or deliveries need not load it.
if TYPE_CHECKING:
    from bot.model.signal import Panel


class Answers(Protocol):
    """Raw answers, hashed and compressed, kept for a while (P3)."""

    def keep(self, answer: Answer) -> str:
        """Store an answer and return its SHA-256 in hex."""
        ...

    def forget(self, before: datetime) -> int:
        """Drop answers older than `before`; returns how many."""
        ...


class Readings(Protocol):
    """Readings with first-seen time and revisions, gaps, and what was asked."""

    def write(
        self, parsed: Parsed, signals: Mapping[str, Signal], at: datetime
    ) -> None:
        """Store readings first seen (or revised) at `at`, and gaps."""
        ...

    def note(self, gaps: Iterable[Gap], at: datetime) -> None:
        """Store silences that were seen at `at`."""
        ...

    def faults(
        self, signals: tuple[str, ...], since: datetime
    ) -> tuple[tuple[Gap, datetime], ...]:
        """Silences of whole signals that reach beyond `since`, and when first seen."""
        ...

    def panel(
        self, signal: Signal, entities: tuple[Entity, ...], window: Interval
    ) -> "Panel":
        """The stored readings whose bins begin within `window`."""
        ...

    def asked(self, key: str) -> bool:
        """Whether the back-fill question `key` was answered already."""
        ...

    def mark_asked(self, key: str, at: datetime) -> None:
        """Remember that it was."""
        ...


class Incidents(Protocol):
    """Incidents and their append-only events; detector states beside them."""

    def record(
        self,
        changes: Iterable[IncidentChange],
        silences: Iterable[Abstention],
        states: Mapping[str, bytes],
        at: datetime,
    ) -> None:
        """Save everything a tick concluded, in one transaction, at clock time `at`."""
        ...

    def states(self) -> Mapping[str, bytes]:
        """The detector states saved last, by signal id."""
        ...

    def states_at(self) -> datetime | None:
        """When detector states were saved last, by the clock then; None: never."""
        ...

    def current(self) -> tuple[Incident, ...]:
        """For each place its newest incident, open or not."""
        ...

    def open(self) -> tuple[str, ...]:
        """The ids of the incidents that are not over."""
        ...

    def get(self, incident: str) -> Incident:
        """One incident. Raises StoreError when there is none."""
        ...

    def newest(self, most: int) -> tuple[str, ...]:
        """The ids of the incidents that opened last, the newest first."""
        ...

    def at(self, place: Entity, most: int) -> tuple[Incident, ...]:
        """The incidents of one place that opened last, the newest first."""
        ...

    def opened_on(self, incidents: Collection[str]) -> Mapping[str, datetime]:
        """When each of these incidents opened."""
        ...

    def within(self, since: datetime, until: datetime) -> tuple[str, ...]:
        """The ids of those that opened since the one and before the other, in order."""
        ...

    def all(self) -> tuple[Incident, ...]:
        """Every incident, oldest first; for people and files, never in a tick."""
        ...

    def opened(self, after: datetime, until: datetime) -> tuple[Entity, ...]:
        """The places in which incidents opened after the one and by the other."""
        ...

    def events(self, incident: str) -> tuple[IncidentEvent, ...]:
        """Its events, oldest first."""
        ...

    def event(self, key: str) -> IncidentEvent:
        """One event. Raises StoreError when there is none."""
        ...

    def evidence(self, key: str) -> Evidence:
        """The evidence of one event. Raises StoreError when there is none."""
        ...

    def undecided(self) -> tuple[IncidentEvent, ...]:
        """Events that have no draft yet, oldest first: deciding is resumable."""
        ...

    def silences(self) -> tuple[Abstention, ...]:
        """Every recorded silence, oldest first."""
        ...

    def corrections(self) -> tuple[IncidentEvent, ...]:
        """Every event that corrects or retracts, oldest first."""
        ...

    def uncorrected(self) -> tuple[IncidentEvent, ...]:
        """The corrections that are not yet everywhere they must go, oldest first."""
        ...

    def corrected(self, key: str) -> None:
        """The correction is everywhere it must go, until more is posted."""
        ...

    def recorded_at(self, key: str) -> datetime:
        """When the event was saved, by the clock of the loop."""
        ...


class Classifications(Protocol):
    """The class of each incident as of each event: a record of its own (P8)."""

    def record(self, found: Iterable[Classified]) -> None:
        """Save classes, in one transaction. Raises StoreError for one saved before."""
        ...

    def pending(self) -> tuple[IncidentEvent, ...]:
        """Events without a class, oldest first: classifying is resumable."""
        ...

    def beside(self, event: IncidentEvent) -> tuple[Incident, ...]:
        """Others of its place in the month before, and of other places that day."""
        ...

    def history(self, incident: str) -> tuple[Classified, ...]:
        """Its class as of each event, oldest first."""
        ...


class Attributions(Protocol):
    """What people say of causes: append-only acts (P8, P11)."""

    def append(self, step: AttributionStep) -> None:
        """Save one act. Raises StoreError for one on nothing, or done already."""
        ...

    def history(self, incident: str) -> tuple[AttributionStep, ...]:
        """Every act on an incident's attributions, oldest first."""
        ...

    def of_incident(self, incident: str) -> tuple[Attribution, ...]:
        """Its attributions as their acts leave them, by number."""
        ...


class Drafts(Protocol):
    """Decisions and drafts, with every version and reason."""

    def save(
        self,
        draft: Draft,
        picture: bytes | None,
        decisions: Iterable[Decision],
        posts: Iterable[Post],
    ) -> None:
        """Save an event's draft, its decisions and the posts they let out, at once."""
        ...

    def decisions(self) -> tuple[Decision, ...]:
        """Every decision, oldest first."""
        ...

    def decisions_on(self, event: str) -> tuple[Decision, ...]:
        """The decisions on one event, oldest first."""
        ...

    def of_incident(self, incident: str) -> tuple[Draft, ...]:
        """The newest version of each of its drafts, oldest event first."""
        ...

    def all(self) -> tuple[Draft, ...]:
        """The newest version of every draft, oldest first."""
        ...

    def get(self, draft: str) -> Draft:
        """One draft, newest version. Raises StoreError when there is none."""
        ...

    def move(
        self,
        draft: Draft,
        state: DraftState,
        note: str,
        at: datetime,
        posts: Iterable[Post] = (),
    ) -> None:
        """Change a draft's state with a reason, and let `posts` out, in one go.

        Raises:
            StoreError: someone else moved or edited it since `draft` was read.
        """
        ...

    def edit(self, draft: Draft, note: str, at: datetime) -> None:
        """Save `draft` as its next version; the older ones stay. Raises StoreError."""
        ...

    def picture(self, sha256: str) -> bytes:
        """A picture's bytes. Raises StoreError when there is none."""
        ...


class Deliveries(Protocol):
    """Posts and what became of them: claim, send, settle (P10)."""

    def due(self, now: datetime) -> tuple[Delivery, ...]:
        """Waiting and unknown ones whose time has come, oldest event first."""
        ...

    def claim(self, key: str, now: datetime, post: Post | None = None) -> bool:
        """Take a waiting one for sending; False when it was not waiting any more.

        `post` is how it goes out, frozen in the same write; None: as it was queued.
        """
        ...

    def defer(self, key: str, not_before: datetime, note: str) -> None:
        """A waiting one waits longer, for a reason of our own."""
        ...

    def drop(self, key: str, note: str) -> None:
        """One that is not out for sure is not to be sent any more."""
        ...

    def requeue(self, key: str, now: datetime, note: str) -> None:
        """A person knows that it is not out: it is to be sent again."""
        ...

    def queue(self, posts: Iterable[Post]) -> int:
        """Let out posts that come with no draft; returns how many were new."""
        ...

    def sent(self, channel: str, since: datetime) -> tuple[tuple[Post, datetime], ...]:
        """What went out on a channel since then, and when, oldest first."""
        ...

    def settle(self, key: str, receipt: Receipt, now: datetime) -> None:
        """It is out."""
        ...

    def retry_at(self, key: str, not_before: datetime, note: str) -> None:
        """It certainly is not out: wait until then and try again."""
        ...

    def mark_unknown(self, key: str, not_before: datetime, note: str) -> None:
        """It may be out: read back, not before then."""
        ...

    def refuse(self, key: str, note: str) -> None:
        """It certainly is not out and will not be."""
        ...

    def escalate(self, key: str, note: str) -> None:
        """It may be out and nobody can tell: a person decides."""
        ...

    def recover(self, not_before: datetime) -> int:
        """At start: whatever was `sending` when we died is unknown now; how many."""
        ...

    def of_incident(self, incident: str) -> tuple[Delivery, ...]:
        """Every delivery of an incident, in the order of its events."""
        ...

    def lately(self, since: datetime) -> tuple[Delivery, ...]:
        """Those that are not settled, and all that were since then."""
        ...

    def get(self, key: str) -> Delivery | None:
        """One delivery; None when there is none."""
        ...

    def all(self) -> tuple[Delivery, ...]:
        """Every delivery, oldest event first."""
        ...


class Pauses(Protocol):
    """The kill switch."""

    def pause(self, pause: Pause) -> None:
        """Stop a channel, or all."""
        ...

    def resume(self, channel: str, by: str, reason: str, at: datetime) -> None:
        """Let it post again; resuming all leaves single channels stopped."""
        ...

    def active(self) -> tuple[Pause, ...]:
        """What is stopped now, by name."""
        ...

    def stops(self, channel: str) -> bool:
        """Whether nothing may go out on it."""
        ...


class PendingCorrections(Protocol):
    """What people ruled on incidents, until the loop has made it an event (P11)."""

    def append(self, ruling: ManualCorrection) -> None:
        """Save a ruling. Raises StoreError for one on no incident."""
        ...

    def pending(self) -> tuple[ManualCorrection, ...]:
        """Those that were not carried out yet, oldest first."""
        ...

    def done(self, ruling: ManualCorrection) -> None:
        """It was carried out."""
        ...


class Store(Protocol):
    """All that survives a restart."""

    answers: Answers
    incidents: Incidents
    classifications: Classifications
    attributions: Attributions
    drafts: Drafts
    deliveries: Deliveries
    pauses: Pauses
    rulings: PendingCorrections
    pages: Pages

    @property
    def readings(self) -> Readings:
        """Readings, gaps, and what was asked."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...

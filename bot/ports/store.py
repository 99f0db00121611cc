"""The store as the core sees it: one protocol for each kind of record.

Every method may raise StoreError when the database cannot be read or written. Times
are aware, in UTC.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Protocol

from bot.model.attribution import Attribution, AttributionStep
from bot.model.classification import EventClassification
from bot.model.delivery import Delivery, Post, Receipt
from bot.model.draft import Decision, Draft, DraftState, WaitingDraft
from bot.model.entity import Entity
from bot.model.event import IncidentChange, IncidentEvent
from bot.model.incident import Abstention, Evidence, Incident, UnreadableIncident
from bot.ports.pages import Pages
from bot.ports.readings import Answers, Readings
from bot.ports.requests import AlertMemories, Articles, Pauses, PendingCorrections


class Incidents(Protocol):
    """Incidents, their append-only events, abstentions, and detector states.

    After a restart, detection continues from the detector states, one for each signal.
    """

    def record(
        self,
        changes: Iterable[IncidentChange],
        abstentions: Iterable[Abstention],
        states: Mapping[str, bytes],
        at: datetime,
    ) -> None:
        """Save all results of a tick in one transaction, at clock time `at`."""
        ...

    def states(self) -> Mapping[str, bytes]:
        """Return the latest detector states by signal id."""
        ...

    def states_at(self) -> datetime | None:
        """Return when detector states were last saved; aware, UTC; None if never."""
        ...

    def newest_of_each_place(self) -> tuple[Incident, ...]:
        """Return the newest incident of each place, open or not.

        A place whose newest incident is damaged is left out; see `unreadable`.
        The method reads a whole index, so it is not called in every tick.
        """
        ...

    def unreadable(self) -> tuple[UnreadableIncident, ...]:
        """Return the damaged incidents that `newest_of_each_place` could not read."""
        ...

    def open_ids(self) -> tuple[str, ...]:
        """Return the ids of the incidents that are neither restored nor retracted."""
        ...

    def get(self, incident: str) -> Incident:
        """Return one incident. Raises StoreError if it does not exist."""
        ...

    def place_of(self, incident: str) -> Entity | None:
        """Return an incident's place, even of a damaged record; None if not stored."""
        ...

    def newest_ids(self, limit: int) -> tuple[str, ...]:
        """Return the ids of up to `limit` incidents that opened last, newest first."""
        ...

    def earlier_incidents(self, incident: Incident, limit: int) -> tuple[Incident, ...]:
        """Return up to `limit` earlier incidents of the same place, newest first."""
        ...

    def opening_times(self, incidents: Collection[str]) -> Mapping[str, datetime]:
        """Return when each of these incidents opened, by id."""
        ...

    def ids_opened_within(self, since: datetime, until: datetime) -> tuple[str, ...]:
        """Return the ids of incidents that opened in [since, until), oldest first."""
        ...

    # The methods marked "never called in a tick" take longer as the archive grows;
    # tests/unit/test_tick_queries.py checks that a tick never reads a growing table whole.
    def all(self) -> tuple[Incident, ...]:
        """Return every incident, oldest first; never called in a tick."""
        ...

    def places_opened_in(self, after: datetime, until: datetime) -> tuple[Entity, ...]:
        """Return the places with an incident that opened in (after, until], sorted."""
        ...

    def events(self, incident: str) -> tuple[IncidentEvent, ...]:
        """Return the events of one incident, oldest first."""
        ...

    def event(self, key: str) -> IncidentEvent:
        """Return one event. Raises StoreError if it does not exist."""
        ...

    def evidence(self, key: str) -> Evidence:
        """Return the evidence of one event. Raises StoreError if it does not exist."""
        ...

    def undecided(self) -> tuple[IncidentEvent, ...]:
        """Return the events that must still get a draft and decisions, oldest first."""
        ...

    def abstentions(self) -> tuple[Abstention, ...]:
        """Return every stored abstention, oldest first; never called in a tick."""
        ...

    def corrections(self) -> tuple[IncidentEvent, ...]:
        """Return corrections and retractions, oldest first; never called in a tick."""
        ...

    def open_corrections(self) -> tuple[IncidentEvent, ...]:
        """Return the corrections and retractions that may need posts, oldest first."""
        ...

    def close_correction(self, key: str) -> None:
        """Close a correction or retraction that needs no more posts.

        A new post of its incident opens it again.
        """
        ...

    def recorded_at(self, key: str) -> datetime:
        """Return the clock's time at which an event was saved; StoreError if it was not."""
        ...


class Classifications(Protocol):
    """The classification of an incident at each event, stored apart from events (P8)."""

    def record(self, classifications: Iterable[EventClassification]) -> None:
        """Save classifications, all or none; StoreError if an event already has one."""
        ...

    def pending(self) -> tuple[IncidentEvent, ...]:
        """Return the events that must still be classified, oldest first."""
        ...

    def near(self, event: IncidentEvent) -> tuple[Incident, ...]:
        """Return other incidents that are near an event in place or time, oldest first.

        An incident of the event's place is near if it opened in the 30 days before the
        event. An incident of any place is near if it opened at most 12 hours before or
        after the onset of the event's incident. Incidents that opened after the event
        are left out.
        """
        ...

    def history(self, incident: str) -> tuple[EventClassification, ...]:
        """Return the class of an incident as of each event, oldest first."""
        ...


class Attributions(Protocol):
    """Attributions of causes: an append-only list of what people did (P8, P11)."""

    def append(self, step: AttributionStep) -> None:
        """Save one step: what a person did with an attribution.

        Raises:
            StoreError: the incident or attribution does not exist, the same step was
                taken before, or the attribution was withdrawn.
        """
        ...

    def history(self, incident: str) -> tuple[AttributionStep, ...]:
        """Return every step on an incident's attributions, oldest first."""
        ...

    def of_incident(self, incident: str) -> tuple[Attribution, ...]:
        """Return the present state of an incident's attributions, ordered by number."""
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
        """Save an event's draft, decisions and queued posts in one transaction."""
        ...

    def decisions(self) -> tuple[Decision, ...]:
        """Return every decision, oldest first; never called in a tick."""
        ...

    def decisions_on(self, event: str) -> tuple[Decision, ...]:
        """Return the decisions on one event, oldest first."""
        ...

    def of_incident(self, incident: str) -> tuple[Draft, ...]:
        """Return the newest version of each draft of an incident, oldest event first."""
        ...

    def all(self) -> tuple[Draft, ...]:
        """Return the newest version of every draft, oldest event first."""
        ...

    def waiting(self, limit: int) -> tuple[WaitingDraft, ...]:
        """Return the `limit` drafts that have waited for a person longest, oldest first."""
        ...

    def get(self, draft: str) -> Draft:
        """Return a draft's newest version. Raises StoreError if it does not exist."""
        ...

    def change_state(
        self,
        draft: Draft,
        state: DraftState,
        note: str,
        at: datetime,
        posts: Iterable[Post] = (),
        decisions: Iterable[Decision] = (),
    ) -> None:
        """Change a draft's state with a reason, in one transaction.

        `decisions` are added to those on the event, `posts` are queued, and the page of
        the incident is marked as outdated.

        Raises:
            StoreError: somebody else changed the draft after it was read, or a post is
                queued already.
        """
        ...

    def edit(self, draft: Draft, note: str, at: datetime) -> None:
        """Save `draft` as the next version; earlier versions are kept.

        Raises:
            StoreError: `draft` is not the newest version, or is approved or rejected.
        """
        ...

    def picture(self, sha256: str) -> bytes:
        """Return a picture's bytes. Raises StoreError if it does not exist."""
        ...


class Deliveries(Protocol):
    """Posts and the state of their delivery: claim, send, settle (P10).

    A method that changes one delivery, other than `claim`, raises StoreError if the
    delivery does not exist or its state does not allow the change.
    """

    def due(self, now: datetime) -> tuple[Delivery, ...]:
        """Return waiting and unknown deliveries due at `now`, oldest event first.

        As in `sent_posts`, `recent` and `all`, damaged ones are left out (`Store.damaged`).
        """
        ...

    def claim(self, key: str, now: datetime, post: Post | None = None) -> bool:
        """Mark a waiting delivery as being sent; return whether it was still waiting.

        `post` replaces the queued post in the same write; None keeps the queued post.
        """
        ...

    def defer(self, key: str, not_before: datetime, note: str) -> None:
        """Let a waiting delivery wait until `not_before`, as a channel rule demands."""
        ...

    def drop(self, key: str, note: str, *, in_doubt: bool = False) -> None:
        """Drop a delivery: its post is certainly not published, and is never sent.

        With `in_doubt` it is given up: it may be published, and is never sent again.
        """
        ...

    def requeue(
        self, key: str, now: datetime, note: str, target: str | None = None
    ) -> None:
        """Queue again a delivery whose post was not published, to `target` if given."""
        ...

    def queue(self, posts: Iterable[Post]) -> int:
        """Queue posts that belong to no draft; return how many were new."""
        ...

    def sent_posts(
        self, channel: str, since: datetime
    ) -> tuple[tuple[Post, datetime], ...]:
        """Return the posts sent on a channel at `since` or later, oldest first.

        Each post comes with the time at which it was sent.
        """
        ...

    def settle(self, key: str, receipt: Receipt, now: datetime) -> None:
        """Record that a post is published, with its receipt."""
        ...

    def retry_at(self, key: str, not_before: datetime, note: str) -> None:
        """Queue a delivery again; its post is certainly not published.

        The post is sent at `not_before` or later.
        """
        ...

    def mark_unknown(self, key: str, not_before: datetime, note: str) -> None:
        """Mark a delivery as unknown; look for its post at `not_before` or later."""
        ...

    def refuse(self, key: str, note: str) -> None:
        """Record that the channel refused a post for good."""
        ...

    def escalate(self, key: str, note: str, *, in_doubt: bool = False) -> None:
        """Leave a delivery to a person, who must find out if its post is published.

        `in_doubt` means that the outcome of the post is unknown, and that the channel
        could not tell it. Then StoreError is raised if somebody queued the delivery
        again meanwhile.
        """
        ...

    def recover(self, not_before: datetime) -> int:
        """Mark the deliveries in the state `sending` as unknown; return how many.

        The program calls this when it starts. An earlier run was interrupted while it
        sent these posts. The channels are searched for them at `not_before` or later.
        """
        ...

    def of_incident(self, incident: str) -> tuple[Delivery, ...]:
        """Return every delivery of an incident, oldest event first."""
        ...

    def recent(self, since: datetime) -> tuple[Delivery, ...]:
        """Return unsettled deliveries, and those sent or last due from `since` on."""
        ...

    def get(self, key: str) -> Delivery | None:
        """Return one delivery; None if no delivery has this key."""
        ...

    def all(self) -> tuple[Delivery, ...]:
        """Return every delivery, oldest event first; never called in a tick."""
        ...


class Store(Protocol):
    """All records that survive a restart."""

    answers: Answers
    incidents: Incidents
    classifications: Classifications
    attributions: Attributions
    articles: Articles
    drafts: Drafts
    deliveries: Deliveries
    pauses: Pauses
    manual_corrections: PendingCorrections
    pages: Pages
    alert_memory: AlertMemories

    # A property, so that numpy is imported only when readings are used.
    @property
    def readings(self) -> Readings:
        """Readings, gaps, and the keys of answered backfill requests."""
        ...

    def damaged(self) -> Mapping[str, str]:
        """Return, for each damaged record, why the last attempt to read it failed.

        The keys are kind and id, such as `incident KZ-2022-0104`. A method that returns
        records of several incidents leaves these records out.
        """
        ...

    def check(self) -> None:
        """Raise StoreError if the store was deleted, replaced or damaged."""
        ...

    def close(self) -> None:
        """Close every database connection."""
        ...

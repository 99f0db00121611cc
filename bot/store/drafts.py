"""Stored drafts with all their versions, decisions, and pictures by their hash."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, insert, select, update

from bot.errors import StoreError
from bot.model.delivery import Post
from bot.model.draft import Action, Decision, Draft, DraftState, WaitingDraft
from bot.store import schema
from bot.store.columns import with_time_as_text
from bot.store.damaged_records import DamagedRecords
from bot.store.database import Database
from bot.store.deliveries import queue
from bot.store.incidents.pending_steps import PendingStep, mark_done
from bot.store.pages.queue import mark_stale
from bot.store.serialization import from_json, to_enum, to_instant, to_json

_FINAL = frozenset({DraftState.APPROVED, DraftState.REJECTED})


@dataclass(frozen=True, slots=True)
class DraftStep:
    """One step in a draft's history: the new draft, the reason and the time (P17)."""

    draft: Draft
    note: str
    at: datetime


class StoredDrafts:
    """Drafts, decisions and pictures; a change based on an old version is refused."""

    def __init__(self, database: Database, damaged: DamagedRecords) -> None:
        """Keep drafts, decisions and pictures in `database`.

        In `damaged`, it is noted which drafts are damaged.
        """
        self._database = database
        self._damaged = damaged

    def save(
        self,
        draft: Draft,
        picture: bytes | None,
        decisions: Iterable[Decision],
        posts: Iterable[Post],
    ) -> None:
        """Save an event's draft and decisions, and queue `posts`, in one transaction.

        `picture` is the bytes of the draft's picture; None for a draft without a
        picture.

        Raises:
            StoreError: the event is not stored or already has a draft, a post is
                already queued, or `picture` does not have the hash that the draft
                names.
        """
        with self._database.write(f"save the draft {draft.id}") as connection:
            _keep_picture(connection, draft, picture)
            connection.execute(insert(schema.drafts).values(_row(draft)))
            _append_step(connection, draft, draft.note, draft.made_at)
            _append_decisions(connection, decisions)
            queue(connection, posts)
            mark_done(connection, [draft.event], PendingStep.DRAFT)
            mark_stale(connection, [draft.incident])

    def decisions(self) -> tuple[Decision, ...]:
        """Return every decision, oldest first."""
        return self._decisions(select(schema.decisions))

    def decisions_on(self, event: str) -> tuple[Decision, ...]:
        """Return the decisions on one event, oldest first."""
        table = schema.decisions
        return self._decisions(select(table).where(table.c.event == event))

    def of_incident(self, incident: str) -> tuple[Draft, ...]:
        """Return the newest version of an incident's drafts, oldest event first.

        Raises:
            RecordDamaged: one of them cannot be read.
        """
        return self._drafts(_all_drafts().where(schema.events.c.incident == incident))

    def all(self) -> tuple[Draft, ...]:
        """Return the newest version of every draft, oldest event first.

        Damaged drafts are left out.
        """
        return self._damaged.readable(self._rows(_all_drafts()), _name, _draft_of)

    def waiting(self, limit: int) -> tuple[WaitingDraft, ...]:
        """Return the `limit` drafts that have waited for a person longest, oldest first."""
        table, events = schema.drafts, schema.events
        since = with_time_as_text(events.c.recorded_at).label("since")
        query = (
            select(table.c.id, since)
            .join_from(table, events, events.c.key == table.c.event)
            .where(table.c.state == DraftState.WAITING.value)
            .order_by(events.c.recorded_at, table.c.id)
            .limit(limit)
        )
        with self._database.read("look for drafts that wait") as connection:
            rows = connection.execute(query).mappings().all()
        return self._damaged.readable(
            rows,
            lambda row: f"draft {row['id']}",
            lambda row: WaitingDraft(row["id"], to_instant(row["since"])),
        )

    def get(self, draft: str) -> Draft:
        """Return the newest version of one draft.

        Raises:
            StoreError: no draft has this id, or its record is damaged.
        """
        matches = self._drafts(_all_drafts().where(schema.drafts.c.id == draft))
        if not matches:
            raise StoreError(f"there is no draft {draft}")
        return matches[0]

    def change_state(
        self,
        draft: Draft,
        state: DraftState,
        note: str,
        at: datetime,
        posts: Iterable[Post] = (),
        decisions: Iterable[Decision] = (),
    ) -> None:
        """Change a draft's state, add decisions and queue `posts`, in one transaction.

        `note` is the reason for the change. The page of the incident is marked as
        outdated.

        Raises:
            StoreError: somebody else changed the draft after `draft` was read, or one
                of `posts` is already queued.
        """
        moved = replace(draft, state=state, note=note)
        with self._database.write(f"move the draft {draft.id}") as connection:
            _replace(connection, draft, moved)
            _append_step(connection, moved, note, at)
            _append_decisions(connection, decisions)
            queue(connection, posts)
            mark_stale(connection, [moved.incident])

    def edit(self, draft: Draft, note: str, at: datetime) -> None:
        """Save `draft` as the next version; earlier versions are kept.

        The caller has read the draft and replaced its texts, but changed nothing else.

        Raises:
            StoreError: somebody else changed the draft after the caller read it, or the
                draft is approved or rejected and so must not change any more (P11).
        """
        if draft.state in _FINAL:
            raise StoreError(
                f"the draft {draft.id} is {draft.state} and cannot be edited any more"
            )
        edited = replace(draft, version=draft.version + 1)
        with self._database.write(f"edit the draft {draft.id}") as connection:
            _replace(connection, draft, edited)
            _append_step(connection, edited, note, at)

    def history(self, draft: str) -> tuple[DraftStep, ...]:
        """Return every step of a draft, oldest first; empty if no draft has this id."""
        table = schema.draft_versions
        query = select(table).where(table.c.draft == draft).order_by(table.c.id)
        with self._database.read(f"read the history of {draft}") as connection:
            return tuple(
                DraftStep(from_json(Draft, row.body), row.note, row.at)
                for row in connection.execute(query)
            )

    def picture(self, sha256: str) -> bytes:
        """Return the bytes of the picture with this hash.

        Raises:
            StoreError: no such picture is stored.
        """
        table = schema.pictures
        query = select(table.c.body).where(table.c.sha256 == sha256)
        with self._database.read("read a picture") as connection:
            body: bytes | None = connection.execute(query).scalar()
        if body is None:
            raise StoreError(f"no picture with the hash {sha256} is stored")
        return body

    def _decisions(self, query: Select[Any]) -> tuple[Decision, ...]:
        in_order = query.order_by(schema.decisions.c.id)
        with self._database.read("read the decisions") as connection:
            return tuple(
                Decision(
                    row.event,
                    row.channel,
                    to_enum(Action, row.action),
                    row.reason,
                    row.at,
                )
                for row in connection.execute(in_order)
            )

    def _drafts(self, query: Select[Any]) -> tuple[Draft, ...]:
        rows = self._rows(query)
        return tuple(self._damaged.read(_name(r), _draft_of, r) for r in rows)

    def _rows(self, query: Select[Any]) -> Sequence[RowMapping]:
        with self._database.read("read drafts") as connection:
            return connection.execute(query).mappings().all()


def _name(row: RowMapping) -> str:
    return f"draft {row['id']}"


def _draft_of(row: RowMapping) -> Draft:
    return from_json(Draft, row["body"])


def _all_drafts() -> Select[Any]:
    drafts, events = schema.drafts, schema.events
    return (
        select(drafts.c.id, drafts.c.body)
        .join_from(drafts, events)
        .order_by(events.c.at, events.c.incident, events.c.seq)
    )


def _row(draft: Draft) -> dict[str, object]:
    return {
        "id": draft.id,
        "event": draft.event,
        "state": draft.state.value,
        "version": draft.version,
        "picture": None if draft.picture is None else draft.picture.sha256,
        "body": to_json(draft),
    }


def _append_decisions(connection: Connection, decisions: Iterable[Decision]) -> None:
    rows = [_decision_row(decision) for decision in decisions]
    if rows:
        connection.execute(insert(schema.decisions), rows)


def _decision_row(decision: Decision) -> dict[str, object]:
    return {
        "event": decision.event,
        "channel": decision.channel,
        "action": decision.action.value,
        "reason": decision.reason,
        "at": decision.at,
    }


def _keep_picture(connection: Connection, draft: Draft, picture: bytes | None) -> None:
    """Store the bytes of a draft's picture, unless they are already stored.

    Raises:
        StoreError: `picture` does not have the hash that the draft names.
    """
    if draft.picture is None or picture is None:
        return
    table, digest = schema.pictures, draft.picture.sha256
    if sha256(picture).hexdigest() != digest:
        raise StoreError(
            f"the picture of the draft {draft.id} does not have the hash {digest}"
            " that the draft names; draw it again"
        )
    stored = select(table.c.sha256).where(table.c.sha256 == digest)
    # Drafts may share a picture, which is stored once under its hash.
    if connection.execute(stored).first() is None:
        connection.execute(insert(table).values(sha256=digest, body=picture))


def _replace(connection: Connection, draft_read: Draft, new_draft: Draft) -> None:
    """Replace the stored draft with `new_draft`, if nobody changed it since `draft_read`.

    Raises:
        StoreError: the stored draft does not have the version and state of `draft_read`,
            because somebody else changed the draft.
    """
    table = schema.drafts
    changed = connection.execute(
        update(table)
        .where(
            table.c.id == draft_read.id,
            table.c.version == draft_read.version,
            table.c.state == draft_read.state.value,
        )
        .values(_row(new_draft))
    )
    if changed.rowcount != 1:
        raise StoreError(
            f"the draft {draft_read.id} was changed by someone else in the meantime;"
            " read it again"
        )


def _append_step(connection: Connection, draft: Draft, note: str, at: datetime) -> None:
    connection.execute(
        insert(schema.draft_versions).values(
            draft=draft.id,
            version=draft.version,
            state=draft.state.value,
            note=note,
            at=at,
            body=to_json(draft),
        )
    )

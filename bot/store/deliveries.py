"""Posts and what became of them: every step is a conditional write (P10)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    insert,
    select,
    update,
)

from bot.errors import StoreError
from bot.model.delivery import Delivery, DeliveryState, Post, Receipt
from bot.store import schema
from bot.store.database import Database
from bot.store.incidents.pending_steps import reopen_corrections
from bot.store.pages import mark_stale
from bot.store.serialization import from_json, to_json

_WAITING = frozenset({DeliveryState.WAITING})
_SENDING = frozenset({DeliveryState.SENDING})
_IN_DOUBT = frozenset({DeliveryState.SENDING, DeliveryState.UNKNOWN})
_MAY_BE_OUT = _IN_DOUBT | {DeliveryState.PERSON}
_FOR_A_PERSON = frozenset({DeliveryState.PERSON, DeliveryState.UNKNOWN})
_NOT_OUT = _WAITING | _FOR_A_PERSON
_SETTLED = frozenset({DeliveryState.SENT, DeliveryState.REFUSED, DeliveryState.DROPPED})
_UNSETTLED = frozenset(DeliveryState) - _SETTLED

_DIED = "the program stopped while this was being sent"


class StoredDeliveries:
    """The queue of posts; whoever claims one first has it, and nobody else."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database

    def due(self, now: datetime) -> tuple[Delivery, ...]:
        """Waiting and unknown ones whose time has come, oldest event first."""
        table = schema.deliveries
        open_states = (DeliveryState.WAITING.value, DeliveryState.UNKNOWN.value)
        ready = _all_deliveries().where(
            table.c.state.in_(open_states), table.c.not_before <= now
        )
        return self._deliveries(ready)

    def claim(self, key: str, now: datetime, post: Post | None = None) -> bool:
        """Take a waiting one for sending; False when it was not waiting any more.

        True only once the claim is on the disk, and with it `post`, all that the
        channel will be given: it survives a crash as `sending`.
        """
        table = schema.deliveries
        frozen = {} if post is None else {"post": to_json(post)}
        taken = (
            update(table)
            .where(table.c.key == key, table.c.state == DeliveryState.WAITING.value)
            .values(
                state=DeliveryState.SENDING.value,
                tries=table.c.tries + 1,
                claimed_at=now,
                **frozen,
            )
        )
        with self._database.write(f"claim the delivery {key}") as connection:
            return connection.execute(taken).rowcount == 1

    def defer(self, key: str, not_before: datetime, note: str) -> None:
        """A waiting one waits longer, for a reason of our own.

        Raises:
            StoreError: it was not waiting.
        """
        values = {"not_before": not_before, "note": note}
        self._step(key, _WAITING, DeliveryState.WAITING, values)

    def drop(self, key: str, note: str) -> None:
        """One that is not out for sure is not to be sent any more.

        Raises:
            StoreError: it is out, or may be by now.
        """
        self._step(key, _NOT_OUT, DeliveryState.DROPPED, {"note": note})

    def requeue(self, key: str, now: datetime, note: str) -> None:
        """A person knows that it is not out: it is to be sent again.

        Raises:
            StoreError: it did not wait for a person.
        """
        values = {"not_before": now, "note": note}
        self._step(key, _FOR_A_PERSON, DeliveryState.WAITING, values)

    def queue(self, posts: Iterable[Post]) -> int:
        """Let out posts that come with no draft; returns how many were new."""
        posts = tuple(posts)
        if not posts:
            return 0
        table = schema.deliveries
        same = table.c.key.in_([post.key for post in posts])
        with self._database.write("queue posts") as connection:
            known = set(connection.execute(select(table.c.key).where(same)).scalars())
            new = [post for post in posts if post.key not in known]
            queue(connection, new)
        return len(new)

    def sent(self, channel: str, since: datetime) -> tuple[tuple[Post, datetime], ...]:
        """What went out on a channel since then, and when, oldest first."""
        table = schema.deliveries
        out = (
            select(table.c.post, table.c.settled_at)
            .where(table.c.channel == channel, table.c.settled_at >= since)
            .order_by(table.c.settled_at, table.c.key)
        )
        with self._database.read("read what was sent") as connection:
            rows = connection.execute(out).all()
        return tuple((from_json(Post, row.post), row.settled_at) for row in rows)

    def settle(self, key: str, receipt: Receipt, now: datetime) -> None:
        """It is out.

        Raises:
            StoreError: it was neither being sent nor in doubt.
        """
        values = {
            "receipt_id": receipt.id,
            "receipt_url": receipt.url,
            "settled_at": now,
        }
        self._step(key, _MAY_BE_OUT, DeliveryState.SENT, values)

    def retry_at(self, key: str, not_before: datetime, note: str) -> None:
        """It certainly is not out: wait until then and try again.

        Raises:
            StoreError: it was neither being sent nor unknown.
        """
        values = {"not_before": not_before, "note": note}
        self._step(key, _IN_DOUBT, DeliveryState.WAITING, values)

    def mark_unknown(self, key: str, not_before: datetime, note: str) -> None:
        """It may be out: read back, not before then.

        Raises:
            StoreError: it was neither being sent nor unknown.
        """
        values = {"not_before": not_before, "note": note}
        self._step(key, _IN_DOUBT, DeliveryState.UNKNOWN, values)

    def refuse(self, key: str, note: str) -> None:
        """It certainly is not out and will not be.

        Raises:
            StoreError: it was not being sent.
        """
        self._step(key, _SENDING, DeliveryState.REFUSED, {"note": note})

    def escalate(self, key: str, note: str) -> None:
        """It may be out and nobody can tell: a person decides.

        Raises:
            StoreError: it was neither being sent nor unknown.
        """
        self._step(key, _IN_DOUBT, DeliveryState.PERSON, {"note": note})

    def recover(self, not_before: datetime) -> int:
        """At start: whatever was `sending` when we died is unknown now; how many."""
        table = schema.deliveries
        died = (
            update(table)
            .where(table.c.state == DeliveryState.SENDING.value)
            .values(
                state=DeliveryState.UNKNOWN.value, not_before=not_before, note=_DIED
            )
        )
        with self._database.write("recover deliveries") as connection:
            return connection.execute(died).rowcount

    def of_incident(self, incident: str) -> tuple[Delivery, ...]:
        """Every delivery of an incident, in the order of its events."""
        return self._deliveries(
            _all_deliveries().where(schema.events.c.incident == incident)
        )

    def lately(self, since: datetime) -> tuple[Delivery, ...]:
        """Those that are not settled, and all that were since then."""
        table = schema.deliveries
        # Each part of the condition has an index: what is long over is not read.
        lately = (table.c.settled_at >= since) | (table.c.not_before >= since)
        return self._deliveries(_all_deliveries().where(_in(_UNSETTLED) | lately))

    def get(self, key: str) -> Delivery | None:
        """One delivery; None when there is none."""
        found = self._deliveries(
            _all_deliveries().where(schema.deliveries.c.key == key)
        )
        return found[0] if found else None

    def all(self) -> tuple[Delivery, ...]:
        """Every delivery, oldest event first."""
        return self._deliveries(_all_deliveries())

    def _deliveries(self, query: Select[Any]) -> tuple[Delivery, ...]:
        with self._database.read("read deliveries") as connection:
            return tuple(
                _delivery_of(row) for row in connection.execute(query).mappings()
            )

    def _step(
        self,
        key: str,
        allowed: frozenset[DeliveryState],
        state: DeliveryState,
        values: Mapping[str, object],
    ) -> None:
        table = schema.deliveries
        step = (
            update(table)
            .where(table.c.key == key, _in(allowed))
            .values(state=state.value, **values)
        )
        with self._database.write(f"change the delivery {key}") as connection:
            if connection.execute(step).rowcount != 1:
                stands = select(table.c.state).where(table.c.key == key)
                was = connection.execute(stands).scalar() or "not there"
                raise StoreError(f"the delivery {key} is {was}: it cannot be {state}")
            if state in _SETTLED:
                mark_stale(connection, [_incident_of(connection, key)])


def _incident_of(connection: Connection, key: str) -> str:
    table, events = schema.deliveries, schema.events
    query = select(events.c.incident).join_from(table, events)
    incident: str = connection.execute(query.where(table.c.key == key)).scalar_one()
    return incident


def queue(connection: Connection, posts: Iterable[Post]) -> None:
    """Let posts out: each waits, from when it was frozen, to be claimed.

    Raises:
        StoreError: by the caller's transaction, when one of them is out already.
    """
    posts = tuple(posts)
    rows = [
        {
            "key": post.key,
            "event": post.event,
            "channel": post.channel,
            "state": DeliveryState.WAITING.value,
            "tries": 0,
            "not_before": post.made_at,
            "note": "",
            "post": to_json(post),
        }
        for post in posts
    ]
    if rows:
        connection.execute(insert(schema.deliveries), rows)
        reopen_corrections(connection, {post.incident for post in posts})


def _in(states: frozenset[DeliveryState]) -> ColumnElement[bool]:
    return schema.deliveries.c.state.in_(sorted(state.value for state in states))


def _all_deliveries() -> Select[Any]:
    table, events = schema.deliveries, schema.events
    return (
        select(table)
        .join_from(table, events)
        .order_by(events.c.at, events.c.incident, events.c.seq, table.c.channel)
    )


def _delivery_of(row: RowMapping) -> Delivery:
    sent = row["receipt_id"] is not None
    return Delivery(
        post=from_json(Post, row["post"]),
        state=DeliveryState(row["state"]),
        receipt=Receipt(row["receipt_id"], row["receipt_url"]) if sent else None,
        tries=row["tries"],
        not_before=row["not_before"],
        note=row["note"],
        settled_at=row["settled_at"],
    )

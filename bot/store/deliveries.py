"""Posts and the state of their delivery: each step is a conditional write (P10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
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

from bot.errors import RecordChanged, StoreError
from bot.model.delivery import UNSETTLED, Delivery, DeliveryState, Post, Receipt
from bot.policy.targets import redirected
from bot.store import schema
from bot.store.columns import with_time_as_text
from bot.store.damaged_records import DamagedRecords
from bot.store.database import Database
from bot.store.incidents.pending_steps import reopen_corrections
from bot.store.pages.queue import mark_stale
from bot.store.serialization import from_json, to_enum, to_instant, to_json

# Groups of delivery states. Each method that changes a delivery allows only the states
# of one group. `_DUE` and `_SETTLED` are for other checks.
_WAITING = frozenset({DeliveryState.WAITING})
_SENDING = frozenset({DeliveryState.SENDING})
_IN_DOUBT = frozenset({DeliveryState.SENDING, DeliveryState.UNKNOWN})
_MAY_BE_PUBLISHED = _IN_DOUBT | {DeliveryState.PERSON, DeliveryState.GIVEN_UP}
_FOR_A_PERSON = frozenset({DeliveryState.PERSON, DeliveryState.UNKNOWN})
_MAY_BE_DROPPED = _WAITING | _FOR_A_PERSON | {DeliveryState.GIVEN_UP}
_DUE = frozenset({DeliveryState.WAITING, DeliveryState.UNKNOWN})
_SETTLED = frozenset(DeliveryState) - UNSETTLED

_INTERRUPTED = "the program stopped while this was being sent"


class StoredDeliveries:
    """The queue of posts: at most one caller can claim a waiting post."""

    def __init__(self, database: Database, damaged: DamagedRecords) -> None:
        """Keep the deliveries in `database`; note in `damaged` which are damaged."""
        self._database = database
        self._damaged = damaged

    def due(self, now: datetime) -> tuple[Delivery, ...]:
        """Return the due deliveries, waiting or unknown, oldest event first.

        A post neither tried nor deferred so far is always due. Its `not_before` is the
        time at which it was made. That time is in the future only if the post was made
        on a machine with a wrong clock, and the post must not wait for it (P10).

        A delivery that cannot be read is left out, so that the others are sent.
        """
        table = schema.deliveries
        is_untouched = (table.c.tries == 0) & (table.c.note == "")
        is_due = _in_state(_DUE) & ((table.c.not_before <= now) | is_untouched)
        return self._readable(_all_deliveries().where(is_due))

    def claim(self, key: str, now: datetime, post: Post | None = None) -> bool:
        """Mark a waiting delivery as being sent; return whether it was still waiting.

        If True is returned, the claim and the post are on the disk: after a crash, the
        delivery is still in the state `sending`.

        Args:
            key: the key of the delivery.
            now: the time of the claim; aware, UTC.
            post: the post exactly as the channel will receive it; None keeps the queued
                post.
        """
        table = schema.deliveries
        frozen = {} if post is None else {"post": to_json(post)}
        claimed = (
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
            return connection.execute(claimed).rowcount == 1

    def defer(self, key: str, not_before: datetime, note: str) -> None:
        """Let a waiting delivery wait until `not_before`, as a channel rule demands.

        Raises:
            StoreError: the delivery is not waiting.
        """
        values = {"not_before": not_before, "note": note}
        self._change_state(key, _WAITING, DeliveryState.WAITING, values)

    def drop(self, key: str, note: str, *, in_doubt: bool = False) -> None:
        """Drop a delivery: its post is not published and will never be sent.

        `in_doubt` means that the post may be published. Then the delivery is given up:
        it is never sent again, and its channel still needs the corrections (P11).

        Raises:
            StoreError: the delivery is sent, refused, dropped or being sent.
        """
        state = DeliveryState.GIVEN_UP if in_doubt else DeliveryState.DROPPED
        self._change_state(key, _MAY_BE_DROPPED, state, {"note": note})

    def requeue(
        self, key: str, now: datetime, note: str, target: str | None = None
    ) -> None:
        """Queue a delivery again, after a person saw that its post is not published.

        If `target` is not None, the post goes there from now on.

        Raises:
            StoreError: the delivery is neither unknown nor left to a person.
        """
        values: dict[str, object] = {"not_before": now, "note": note}
        # The post can be read before the write transaction: if a delivery is unknown or
        # left to a person, only this method changes its post.
        if (delivery := self.get(key)) is not None:
            post = replace(delivery.post, absent_at=now)
            values["post"] = to_json(redirected(post, target) if target else post)
        self._change_state(key, _FOR_A_PERSON, DeliveryState.WAITING, values)

    def queue(self, posts: Iterable[Post]) -> int:
        """Queue posts that belong to no draft; return how many were new."""
        posts = tuple(posts)
        if not posts:
            return 0
        table = schema.deliveries
        # Work that is repeated after a crash makes the same posts again, with the same
        # keys. Posts whose keys are queued already are skipped.
        same = table.c.key.in_([post.key for post in posts])
        with self._database.write("queue posts") as connection:
            stored = set(connection.execute(select(table.c.key).where(same)).scalars())
            new = [post for post in posts if post.key not in stored]
            queue(connection, new)
        return len(new)

    def sent_posts(
        self, channel: str, since: datetime
    ) -> tuple[tuple[Post, datetime], ...]:
        """Return the posts sent on a channel, each with its time, oldest first.

        Posts that were sent before `since` are left out, and so are damaged ones.
        """
        table = schema.deliveries
        query = (
            select(table.c.key, table.c.post, with_time_as_text(table.c.settled_at))
            .where(table.c.channel == channel, table.c.settled_at >= since)
            .order_by(table.c.settled_at, table.c.key)
        )
        with self._database.read("read the posts that were sent") as connection:
            rows = connection.execute(query).mappings().all()
        return self._damaged.readable(rows, _name, _sent_post)

    def settle(self, key: str, receipt: Receipt, now: datetime) -> None:
        """Record that a post is published, with its receipt.

        Raises:
            StoreError: the delivery is waiting, refused, dropped or sent already.
        """
        values = {
            "receipt_id": receipt.id,
            "receipt_url": receipt.url,
            "settled_at": now,
        }
        self._change_state(key, _MAY_BE_PUBLISHED, DeliveryState.SENT, values)

    def retry_at(self, key: str, not_before: datetime, note: str) -> None:
        """Queue a delivery for another attempt; call only if its post is not published.

        Raises:
            StoreError: the delivery is neither being sent nor unknown.
        """
        values = {"not_before": not_before, "note": note}
        self._change_state(key, _IN_DOUBT, DeliveryState.WAITING, values)

    def mark_unknown(self, key: str, not_before: datetime, note: str) -> None:
        """Record that it is unknown whether a post was published.

        The channel is searched for the post at `not_before` or later.

        Raises:
            StoreError: the delivery is neither being sent nor unknown.
        """
        values = {"not_before": not_before, "note": note}
        self._change_state(key, _IN_DOUBT, DeliveryState.UNKNOWN, values)

    def refuse(self, key: str, note: str) -> None:
        """Record that the channel refused a post permanently.

        Raises:
            StoreError: the delivery is not being sent.
        """
        self._change_state(key, _SENDING, DeliveryState.REFUSED, {"note": note})

    def escalate(self, key: str, note: str, *, in_doubt: bool = False) -> None:
        """Leave a delivery to a person, who must find out if its post is published.

        The reason may be that the channel cannot be searched for the post, or that the
        post is too old to be sent without a decision. `in_doubt` means that the outcome
        of the post is unknown, and that the channel could not tell it. If such a
        delivery is waiting now, somebody queued it again in the meantime: it stays
        waiting, and the call fails.

        Raises:
            StoreError: the delivery is neither waiting, nor being sent, nor unknown;
                or it is waiting and `in_doubt` is true.
        """
        allowed = _IN_DOUBT if in_doubt else _WAITING | _IN_DOUBT
        self._change_state(key, allowed, DeliveryState.PERSON, {"note": note})

    def recover(self, not_before: datetime) -> int:
        """Mark every delivery in the state `sending` as unknown; return how many.

        The program calls this at its start. An earlier run was stopped while it sent
        these posts, so the channel is searched for them at `not_before` or later.
        """
        table = schema.deliveries
        interrupted = (
            update(table)
            .where(_in_state(_SENDING))
            .values(
                state=DeliveryState.UNKNOWN.value,
                not_before=not_before,
                note=_INTERRUPTED,
            )
        )
        with self._database.write("recover deliveries") as connection:
            return connection.execute(interrupted).rowcount

    def of_incident(self, incident: str) -> tuple[Delivery, ...]:
        """Return every delivery of an incident, in the order of its events.

        Raises:
            RecordDamaged: one of them cannot be read. Without it, it is not known what
                is published about the incident (P10).
        """
        return self._deliveries(
            _all_deliveries().where(schema.events.c.incident == incident)
        )

    def recent(self, since: datetime) -> tuple[Delivery, ...]:
        """Return the unsettled deliveries, and those settled at `since` or later.

        Only sent deliveries have a time `settled_at`. For refused and dropped
        deliveries, `not_before` counts instead: the time at which they were last due.
        Damaged deliveries are left out.
        """
        table = schema.deliveries
        # Each part of the condition has an index, so older deliveries are not read.
        recent = (table.c.settled_at >= since) | (table.c.not_before >= since)
        return self._readable(_all_deliveries().where(_in_state(UNSETTLED) | recent))

    def get(self, key: str) -> Delivery | None:
        """Return the delivery with this key; None if there is none."""
        matches = self._deliveries(
            _all_deliveries().where(schema.deliveries.c.key == key)
        )
        return matches[0] if matches else None

    def all(self) -> tuple[Delivery, ...]:
        """Return every delivery that is not damaged, oldest event first."""
        return self._readable(_all_deliveries())

    def _deliveries(self, query: Select[Any]) -> tuple[Delivery, ...]:
        rows = self._rows(query)
        return tuple(self._damaged.read(_name(r), _delivery_of, r) for r in rows)

    def _readable(self, query: Select[Any]) -> tuple[Delivery, ...]:
        return self._damaged.readable(self._rows(query), _name, _delivery_of)

    def _rows(self, query: Select[Any]) -> Sequence[RowMapping]:
        with self._database.read("read deliveries") as connection:
            return connection.execute(query).mappings().all()

    def _change_state(
        self,
        key: str,
        allowed: frozenset[DeliveryState],
        state: DeliveryState,
        values: Mapping[str, object],
    ) -> None:
        """Move a delivery from one of the `allowed` states to `state`.

        One conditional write checks and changes the state, so no other process can
        change it in between.

        Raises:
            RecordChanged: the delivery is in another state.
            StoreError: the delivery does not exist.
        """
        table = schema.deliveries
        step = (
            update(table)
            .where(table.c.key == key, _in_state(allowed))
            .values(state=state.value, **values)
        )
        with self._database.write(f"change the delivery {key}") as connection:
            if connection.execute(step).rowcount != 1:
                raise _refusal(connection, key, state)
            # The report page links to sent posts and not to dropped ones, so it must be
            # written again.
            if state in _SETTLED:
                mark_stale(connection, [_incident_of(connection, key)])


def _refusal(connection: Connection, key: str, state: DeliveryState) -> StoreError:
    """Return the error that says why a delivery cannot be moved to `state`."""
    table = schema.deliveries
    query = select(table.c.state).where(table.c.key == key)
    current = connection.execute(query).scalar()
    if current is None:
        return StoreError(f"there is no delivery {key}")
    return RecordChanged(f"the delivery {key} is {current}: it cannot be {state}")


def _incident_of(connection: Connection, key: str) -> str:
    table, events = schema.deliveries, schema.events
    query = select(events.c.incident).join_from(table, events)
    incident: str = connection.execute(query.where(table.c.key == key)).scalar_one()
    return incident


def queue(connection: Connection, posts: Iterable[Post]) -> None:
    """Queue posts in the caller's transaction; each waits to be claimed.

    Raises:
        StoreError: one of the posts is already queued. The caller's `Database.write`
            raises this error.
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


def _in_state(states: frozenset[DeliveryState]) -> ColumnElement[bool]:
    return schema.deliveries.c.state.in_(sorted(state.value for state in states))


def _all_deliveries() -> Select[Any]:
    table, events = schema.deliveries, schema.events
    return (
        select(*map(with_time_as_text, table.c))
        .join_from(table, events)
        .order_by(events.c.at, events.c.incident, events.c.seq, table.c.channel)
    )


def _name(row: RowMapping) -> str:
    return f"delivery {row['key']}"


def _sent_post(row: RowMapping) -> tuple[Post, datetime]:
    return from_json(Post, row["post"]), to_instant(row["settled_at"])


def _delivery_of(row: RowMapping) -> Delivery:
    sent, settled_at = row["receipt_id"] is not None, row["settled_at"]
    return Delivery(
        post=from_json(Post, row["post"]),
        state=to_enum(DeliveryState, row["state"]),
        receipt=Receipt(row["receipt_id"], row["receipt_url"]) if sent else None,
        tries=row["tries"],
        not_before=to_instant(row["not_before"]),
        note=row["note"],
        settled_at=None if settled_at is None else to_instant(settled_at),
    )

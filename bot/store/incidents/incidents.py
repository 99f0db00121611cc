"""Incidents with append-only events and evidence; abstentions and detector states."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    func,
    insert,
    select,
    update,
)

from bot.errors import StoreError
from bot.model.entity import Entity, parse_entity
from bot.model.event import IncidentChange, IncidentEvent
from bot.model.incident import (
    CORRECTION_KINDS,
    Abstention,
    Evidence,
    Incident,
    State,
    UnreadableIncident,
)
from bot.store import schema
from bot.store.damaged_records import DamagedRecords
from bot.store.database import Database
from bot.store.incidents.abstentions import append_abstentions
from bot.store.incidents.detector_states import save_state
from bot.store.incidents.pending_steps import (
    PendingStep,
    add_steps,
    is_pending,
    mark_done,
)
from bot.store.incidents.rows import event_name, event_of, incident_name, incident_of
from bot.store.pages.queue import mark_stale
from bot.store.serialization import from_json, pack, to_json, unpack

_CLOSED = (State.RESTORED, State.RETRACTED)
_CLOSED_STATES = frozenset(state.value for state in _CLOSED)
_OPEN = tuple(state.value for state in State if state not in _CLOSED)


class StoredIncidents:
    """Incidents and their records; a tick's results are saved in one transaction."""

    def __init__(self, database: Database, damaged: DamagedRecords) -> None:
        """Keep the records in `database`; note in `damaged` which are damaged."""
        self._database = database
        self._damaged = damaged

    def record(
        self,
        changes: Iterable[IncidentChange],
        abstentions: Iterable[Abstention],
        states: Mapping[str, bytes],
        at: datetime,
    ) -> None:
        """Save all results of a tick in one transaction.

        An abstention is not stored if it only repeats the last abstention of the same
        place at a later time.

        Args:
            changes: the new events with their incidents and evidence.
            abstentions: the abstentions of the tick.
            states: the new detector states by signal id (see `states`).
            at: the present clock time; aware, UTC.

        Raises:
            StoreError: an event is already stored, or the store cannot be written.
        """
        changes = tuple(changes)
        with self._database.write("save the results of a tick") as connection:
            for change in changes:
                _save_incident(connection, change)
                _append_event(connection, change, at)
            # The pages of the incidents are queued in the same transaction. So even
            # after a crash the queue has every outdated page.
            mark_stale(connection, [change.incident.id for change in changes])
            append_abstentions(connection, tuple(abstentions))
            for signal, state in states.items():
                save_state(connection, signal, state, at)

    def states(self) -> Mapping[str, bytes]:
        """Return the last saved detector states by signal id.

        A detector state is the encoded state of all series of a signal. Detection
        continues from these states after a restart.
        """
        table = schema.detector_states
        with self._database.read("read the detector states") as connection:
            rows = connection.execute(select(table.c.signal, table.c.state))
            return {row.signal: row.state for row in rows}

    def states_at(self) -> datetime | None:
        """Return when detector states were last saved; aware, UTC; None if never."""
        table = schema.detector_states
        with self._database.read("read when detector states were saved") as connection:
            newest = select(table.c.at).order_by(table.c.at.desc()).limit(1)
            at: datetime | None = connection.execute(newest).scalar()
            return at

    def newest_of_each_place(self) -> tuple[Incident, ...]:
        """Return the newest incident of each place, open or not, ordered by place.

        If the newest incident is damaged, its place is left out, so that no older incident
        is continued instead. `unreadable` returns the damaged incidents.
        """
        rows = self._newest()
        return self._damaged.readable(rows, incident_name, incident_of)

    def unreadable(self) -> tuple[UnreadableIncident, ...]:
        """Return what is known of each damaged incident that is the newest of its place."""
        rows = self._newest()
        self._damaged.readable(rows, incident_name, incident_of)
        damaged = self._damaged.reasons()
        return tuple(
            UnreadableIncident(row["id"], parse_entity(row["place"]), self._closed(row))
            for row in rows
            if incident_name(row) in damaged
        )

    def _closed(self, row: RowMapping) -> datetime | None:
        """Return the time of the last event of a closed incident; None if it is open."""
        table = schema.events
        last = select(func.max(table.c.at)).where(table.c.incident == row["id"])
        with self._database.read("read when an incident changed") as connection:
            at: datetime | None = connection.execute(last).scalar()
        return at if row["state"] in _CLOSED_STATES else None

    def _newest(self) -> Sequence[RowMapping]:
        """Return the row of the newest incident of each place, ordered by place."""
        table = schema.incidents
        last = func.max(table.c.opened_at).label("last")
        newest = select(table.c.place, last).group_by(table.c.place).subquery()
        same = and_(newest.c.place == table.c.place, newest.c.last == table.c.opened_at)
        query = select(table).join_from(newest, table, same)
        rows = self._rows(query.order_by(table.c.place, table.c.id))
        # If several incidents of a place opened at the same time, the incident with the
        # last id counts.
        return tuple({row["place"]: row for row in rows}.values())

    def open_ids(self) -> tuple[str, ...]:
        """Return the ids of the incidents that are neither restored nor retracted."""
        table = schema.incidents
        return self._ids(select(table.c.id).where(table.c.state.in_(_OPEN)))

    def get(self, incident: str) -> Incident:
        """Return one incident.

        Raises:
            StoreError: no incident has this id, or its record is damaged.
        """
        table = schema.incidents
        rows = self._rows(select(table).where(table.c.id == incident))
        if not rows:
            raise StoreError(f"there is no incident {incident}")
        return self._damaged.read(incident_name(rows[0]), incident_of, rows[0])

    def place_of(self, incident: str) -> Entity | None:
        """Return the place of an incident, or None if there is no such incident.

        The place can be read even if the record of the incident is damaged.
        """
        table = schema.incidents
        query = select(table.c.place).where(table.c.id == incident)
        with self._database.read(f"look up the place of {incident}") as connection:
            place = connection.execute(query).scalar()
        return None if place is None else parse_entity(place)

    def newest_ids(self, limit: int) -> tuple[str, ...]:
        """Return the ids of the `limit` incidents that opened last, newest first."""
        table = schema.incidents
        newest_first = (table.c.opened_at.desc(), table.c.id.desc())
        return self._ids(select(table.c.id).order_by(*newest_first).limit(limit))

    def earlier_incidents(self, incident: Incident, limit: int) -> tuple[Incident, ...]:
        """Return up to `limit` earlier incidents of the same place, newest first.

        They opened before `incident`. Damaged ones are left out.
        """
        table = schema.incidents
        opened = select(table.c.opened_at).where(table.c.id == incident.id)
        query = select(table).where(
            table.c.place == str(incident.place),
            table.c.opened_at < opened.scalar_subquery(),
        )
        newest_first = (table.c.opened_at.desc(), table.c.id.desc())
        return self._incidents(query.order_by(*newest_first).limit(limit))

    def opening_times(self, incidents: Collection[str]) -> Mapping[str, datetime]:
        """Return when each of these incidents opened, by id."""
        table = schema.incidents
        query = select(table.c.id, table.c.opened_at).where(table.c.id.in_(incidents))
        with self._database.read("look up when incidents opened") as connection:
            return {row.id: row.opened_at for row in connection.execute(query)}

    def ids_opened_within(self, since: datetime, until: datetime) -> tuple[str, ...]:
        """Return the ids of incidents that opened in [since, until), oldest first."""
        table = schema.incidents
        span = and_(table.c.opened_at >= since, table.c.opened_at < until)
        in_order = (table.c.opened_at, table.c.id)
        return self._ids(select(table.c.id).where(span).order_by(*in_order))

    def all(self) -> tuple[Incident, ...]:
        """Return every incident that is not damaged, oldest first."""
        table = schema.incidents
        return self._incidents(select(table).order_by(table.c.opened_at, table.c.id))

    def places_opened_in(self, after: datetime, until: datetime) -> tuple[Entity, ...]:
        """Return the places where an incident opened in the interval (after, until]."""
        table = schema.incidents
        query = (
            select(table.c.place)
            .where(table.c.opened_at > after, table.c.opened_at <= until)
            .distinct()
            .order_by(table.c.place)
        )
        with self._database.read("look for incidents by time") as connection:
            return tuple(map(parse_entity, connection.execute(query).scalars()))

    def events(self, incident: str) -> tuple[IncidentEvent, ...]:
        """Return the events of one incident, oldest first.

        Raises:
            RecordDamaged: one of them cannot be read.
        """
        table = schema.events
        rows = self._event_rows(table.c.incident == incident)
        return tuple(self._damaged.read(event_name(r), event_of, r) for r in rows)

    def event(self, key: str) -> IncidentEvent:
        """Return one event.

        Raises:
            StoreError: no event has this key, or its record is damaged.
        """
        rows = self._event_rows(_is_event(key))
        if not rows:
            raise StoreError(f"there is no event {key}")
        return self._damaged.read(event_name(rows[0]), event_of, rows[0])

    def evidence(self, key: str) -> Evidence:
        """Return the evidence of one event.

        Raises:
            StoreError: no event has this key, or its evidence is damaged.
        """
        table = schema.evidence
        query = select(table).join_from(table, schema.events).where(_is_event(key))
        rows = self._rows(query)
        if not rows:
            raise StoreError(f"there is no event {key}, and so no evidence of it")
        return self._damaged.read(f"evidence of {key}", _evidence_of, rows[0])

    def undecided(self) -> tuple[IncidentEvent, ...]:
        """Return the events that have no draft yet, oldest first.

        A damaged event is left out, with the later events of its incident: the events of
        an incident are published in their order.
        """
        events: list[IncidentEvent] = []
        blocked = set[str]()
        for row in self._event_rows(is_pending(PendingStep.DRAFT)):
            event = self._damaged.readable((row,), event_name, event_of)
            if not event:
                blocked.add(row["incident"])
            if row["incident"] not in blocked:
                events += event
        return tuple(events)

    def abstentions(self) -> tuple[Abstention, ...]:
        """Return every stored abstention, oldest first."""
        table = schema.silences
        with self._database.read("read the abstentions") as connection:
            rows = connection.execute(select(table).order_by(table.c.id))
            return tuple(
                Abstention(
                    parse_entity(row.place), row.at, row.outcome, row.rule, row.reason
                )
                for row in rows
            )

    def corrections(self) -> tuple[IncidentEvent, ...]:
        """Return every correction and retraction that is not damaged, oldest first."""
        kinds = [kind.value for kind in CORRECTION_KINDS]
        return self._events(schema.events.c.kind.in_(kinds))

    def open_corrections(self) -> tuple[IncidentEvent, ...]:
        """Return the corrections and retractions that are not closed, oldest first.

        A correction is closed when no channel has to post about it any more. Damaged
        events are left out.
        """
        return self._events(is_pending(PendingStep.CORRECTION))

    def close_correction(self, key: str) -> None:
        """Close a correction: no channel has to post about it any more.

        If another post of the same incident is queued later, the correction is opened
        again.
        """
        with self._database.write(f"close the correction {key}") as connection:
            mark_done(connection, [key], PendingStep.CORRECTION)

    def recorded_at(self, key: str) -> datetime:
        """Return the clock time at which an event was saved.

        Raises:
            StoreError: no event has this key.
        """
        query = select(schema.events.c.recorded_at).where(_is_event(key))
        with self._database.read(f"look up the event {key}") as connection:
            at: datetime | None = connection.execute(query).scalar()
        if at is None:
            raise StoreError(f"there is no event {key}")
        return at

    def _ids(self, query: Select[str]) -> tuple[str, ...]:
        with self._database.read("look for incidents") as connection:
            return tuple(connection.execute(query).scalars())

    def _incidents(self, query: Select[Any]) -> tuple[Incident, ...]:
        return self._damaged.readable(self._rows(query), incident_name, incident_of)

    def _events(self, where: ColumnElement[bool]) -> tuple[IncidentEvent, ...]:
        return self._damaged.readable(self._event_rows(where), event_name, event_of)

    def _event_rows(self, where: ColumnElement[bool]) -> Sequence[RowMapping]:
        table = schema.events
        in_order = (table.c.at, table.c.incident, table.c.seq)
        columns = (table.c.key, table.c.incident, table.c.body)
        return self._rows(select(*columns).where(where).order_by(*in_order))

    def _rows(self, query: Select[Any]) -> Sequence[RowMapping]:
        with self._database.read("read incidents") as connection:
            return connection.execute(query).mappings().all()


def _evidence_of(row: RowMapping) -> Evidence:
    return from_json(Evidence, unpack(row["sha256"], row["body"]))


def _is_event(key: str) -> ColumnElement[bool]:
    return schema.events.c.key == key


def _save_incident(connection: Connection, change: IncidentChange) -> None:
    """Replace the record of an incident, or insert one if the incident is new."""
    table, incident = schema.incidents, change.incident
    values = {"state": incident.state.value, "body": to_json(incident)}
    changed = update(table).where(table.c.id == incident.id).values(values)
    if connection.execute(changed).rowcount == 1:
        return
    # The incident is new. `opened_at` is set only now and never changes: lists and
    # archives are sorted by it.
    connection.execute(
        insert(table).values(
            id=incident.id,
            place=str(incident.place),
            opened_at=change.event.at,
            **values,
        )
    )


def _append_event(connection: Connection, change: IncidentChange, at: datetime) -> None:
    """Store an event with its evidence, and queue the event's pending steps."""
    event = change.event
    digest, packed = pack(to_json(change.evidence).encode())
    evidence = schema.evidence
    stored = select(evidence.c.sha256).where(evidence.c.sha256 == digest)
    # Evidence is stored under its hash: events with equal evidence share one row.
    if connection.execute(stored).first() is None:
        connection.execute(insert(evidence).values(sha256=digest, body=packed))
    connection.execute(
        insert(schema.events).values(
            incident=event.incident,
            seq=event.seq,
            key=event.key,
            kind=event.kind.value,
            at=event.at,
            reason=event.reason,
            evidence=digest,
            recorded_at=at,
            body=to_json(event),
        )
    )
    add_steps(connection, event.key, event.kind)

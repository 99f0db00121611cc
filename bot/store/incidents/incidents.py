"""Incidents, their append-only events and evidence, silences, detector states."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    func,
    insert,
    select,
    update,
)

from bot.errors import StoreError
from bot.model.entity import Entity, parse_entity
from bot.model.incident import (
    Abstention,
    EventKind,
    Evidence,
    Incident,
    IncidentChange,
    IncidentEvent,
    State,
)
from bot.store import schema
from bot.store.database import Database
from bot.store.incidents.pending_steps import CORRECTION, DRAFT, awaits, begin, finish
from bot.store.pages import mark_stale
from bot.store.serialization import from_json, pack, to_json, unpack

_OVER = (State.RESTORED.value, State.RETRACTED.value)


class StoredIncidents:
    """What was concluded: written once a tick, all or nothing."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database

    def record(
        self,
        changes: Iterable[IncidentChange],
        silences: Iterable[Abstention],
        states: Mapping[str, bytes],
        at: datetime,
    ) -> None:
        """Save everything a tick concluded, in one transaction, at clock time `at`.

        A silence equal to the last one of its place (but for its time) is not
        stored again.

        Raises:
            StoreError: an event is stored already, or the store cannot be written.
        """
        changes = tuple(changes)
        with self._database.write("record what was concluded") as connection:
            for change in changes:
                _save_incident(connection, change)
                _append_event(connection, change, at)
            mark_stale(connection, [change.incident.id for change in changes])
            _append_silences(connection, tuple(silences))
            for signal, state in states.items():
                _save_state(connection, signal, state, at)

    def states(self) -> Mapping[str, bytes]:
        """The detector states saved last, by signal id."""
        table = schema.detector_states
        with self._database.read("read the detector states") as connection:
            found = connection.execute(select(table.c.signal, table.c.state))
            return {row.signal: row.state for row in found}

    def states_at(self) -> datetime | None:
        """When detector states were saved last, by the clock then; None: never."""
        table = schema.detector_states
        with self._database.read("read when states were saved") as connection:
            newest = select(table.c.at).order_by(table.c.at.desc()).limit(1)
            at: datetime | None = connection.execute(newest).scalar()
            return at

    def current(self) -> tuple[Incident, ...]:
        """For each place its newest incident, open or not; by place."""
        table = schema.incidents
        last = func.max(table.c.opened_at).label("last")
        newest = select(table.c.place, last).group_by(table.c.place).subquery()
        same = and_(newest.c.place == table.c.place, newest.c.last == table.c.opened_at)
        query = select(table.c.body).join_from(newest, table, same)
        found = self._incidents(query.order_by(table.c.place, table.c.id))
        # Of several that opened at once, the last id counts.
        return tuple({incident.place: incident for incident in found}.values())

    def open(self) -> tuple[str, ...]:
        """The ids of the incidents that are not over."""
        table = schema.incidents
        ongoing = [s.value for s in State if s.value not in _OVER]
        return self._ids(select(table.c.id).where(table.c.state.in_(ongoing)))

    def get(self, incident: str) -> Incident:
        """One incident.

        Raises:
            StoreError: there is none.
        """
        table = schema.incidents
        found = self._incidents(select(table.c.body).where(table.c.id == incident))
        if not found:
            raise StoreError(f"there is no incident {incident}")
        return found[0]

    def newest(self, most: int) -> tuple[str, ...]:
        """The ids of the incidents that opened last, the newest first."""
        table = schema.incidents
        newest_first = (table.c.opened_at.desc(), table.c.id.desc())
        return self._ids(select(table.c.id).order_by(*newest_first).limit(most))

    def at(self, place: Entity, most: int) -> tuple[Incident, ...]:
        """The incidents of one place that opened last, the newest first."""
        table = schema.incidents
        query = select(table.c.body).where(table.c.place == str(place))
        newest_first = (table.c.opened_at.desc(), table.c.id.desc())
        return self._incidents(query.order_by(*newest_first).limit(most))

    def opened_on(self, incidents: Collection[str]) -> Mapping[str, datetime]:
        """When each of these incidents opened."""
        table = schema.incidents
        query = select(table.c.id, table.c.opened_at).where(table.c.id.in_(incidents))
        with self._database.read("look up when incidents opened") as connection:
            return {row.id: row.opened_at for row in connection.execute(query)}

    def within(self, since: datetime, until: datetime) -> tuple[str, ...]:
        """The ids of those that opened since the one and before the other, in order."""
        table = schema.incidents
        span = and_(table.c.opened_at >= since, table.c.opened_at < until)
        in_order = (table.c.opened_at, table.c.id)
        return self._ids(select(table.c.id).where(span).order_by(*in_order))

    def all(self) -> tuple[Incident, ...]:
        """Every incident, oldest first."""
        table = schema.incidents
        return self._incidents(
            select(table.c.body).order_by(table.c.opened_at, table.c.id)
        )

    def opened(self, after: datetime, until: datetime) -> tuple[Entity, ...]:
        """The places in which incidents opened after the one and by the other."""
        table = schema.incidents
        query = (
            select(table.c.place)
            .where(table.c.opened_at > after, table.c.opened_at <= until)
            .distinct()
            .order_by(table.c.place)
        )
        with self._database.read("look for incidents that opened then") as connection:
            return tuple(map(parse_entity, connection.execute(query).scalars()))

    def events(self, incident: str) -> tuple[IncidentEvent, ...]:
        """Its events, oldest first."""
        table = schema.events
        return self._events(select(table.c.body).where(table.c.incident == incident))

    def event(self, key: str) -> IncidentEvent:
        """One event.

        Raises:
            StoreError: there is none.
        """
        table = schema.events
        found = self._events(select(table.c.body).where(table.c.key == key))
        if not found:
            raise StoreError(f"there is no event {key}")
        return found[0]

    def evidence(self, key: str) -> Evidence:
        """The evidence of one event.

        Raises:
            StoreError: there is none, or it is damaged.
        """
        table = schema.evidence
        query = select(table).join_from(table, schema.events).where(_is_event(key))
        with self._database.read(f"read the evidence of {key}") as connection:
            row = connection.execute(query).first()
        if row is None:
            raise StoreError(f"there is no evidence of an event {key}")
        return from_json(Evidence, unpack(row.sha256, row.body))

    def undecided(self) -> tuple[IncidentEvent, ...]:
        """Events that have no draft yet, oldest first: deciding is resumable."""
        return self._events(select(schema.events.c.body).where(awaits(DRAFT)))

    def silences(self) -> tuple[Abstention, ...]:
        """Every recorded silence, oldest first."""
        table = schema.silences
        with self._database.read("read the silences") as connection:
            found = connection.execute(select(table).order_by(table.c.id))
            return tuple(
                Abstention(
                    parse_entity(row.place), row.at, row.outcome, row.rule, row.reason
                )
                for row in found
            )

    def corrections(self) -> tuple[IncidentEvent, ...]:
        """Every event that corrects or retracts, oldest first."""
        table = schema.events
        kinds = (EventKind.CORRECTED.value, EventKind.RETRACTED.value)
        return self._events(select(table.c.body).where(table.c.kind.in_(kinds)))

    def uncorrected(self) -> tuple[IncidentEvent, ...]:
        """The corrections that are not yet everywhere they must go, oldest first."""
        return self._events(select(schema.events.c.body).where(awaits(CORRECTION)))

    def corrected(self, key: str) -> None:
        """The correction is everywhere it must go, until more is posted."""
        with self._database.write(f"finish the correction {key}") as connection:
            finish(connection, [key], CORRECTION)

    def recorded_at(self, key: str) -> datetime:
        """When the event was saved, by the clock of the loop.

        Raises:
            StoreError: there is none.
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

    def _incidents(self, query: Select[str]) -> tuple[Incident, ...]:
        with self._database.read("read incidents") as connection:
            bodies = connection.execute(query).scalars().all()
        return tuple(from_json(Incident, body) for body in bodies)

    def _events(self, query: Select[str]) -> tuple[IncidentEvent, ...]:
        table = schema.events
        in_order = query.order_by(table.c.at, table.c.incident, table.c.seq)
        with self._database.read("read events") as connection:
            bodies = connection.execute(in_order).scalars().all()
        return tuple(from_json(IncidentEvent, body) for body in bodies)


def _is_event(key: str) -> ColumnElement[bool]:
    return schema.events.c.key == key


def _save_incident(connection: Connection, change: IncidentChange) -> None:
    table, incident = schema.incidents, change.incident
    values = {"state": incident.state.value, "body": to_json(incident)}
    known = update(table).where(table.c.id == incident.id).values(values)
    if connection.execute(known).rowcount == 1:
        return
    connection.execute(
        insert(table).values(
            id=incident.id,
            place=str(incident.place),
            opened_at=change.event.at,
            **values,
        )
    )


def _append_event(connection: Connection, change: IncidentChange, at: datetime) -> None:
    event = change.event
    digest, packed = pack(to_json(change.evidence).encode())
    evidence = schema.evidence
    known = select(evidence.c.sha256).where(evidence.c.sha256 == digest)
    if connection.execute(known).first() is None:
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
    begin(connection, event.key, event.kind)


def _append_silences(connection: Connection, silences: tuple[Abstention, ...]) -> None:
    last = _last_silences(connection, {str(silence.place) for silence in silences})
    rows = []
    for silence in silences:
        place = str(silence.place)
        why = (silence.outcome, silence.rule, silence.reason)
        if last.get(place) != why:
            last[place] = why
            names = ("outcome", "rule", "reason")
            told = dict(zip(names, why, strict=True))
            rows.append({"place": place, "at": silence.at, **told})
    if rows:
        connection.execute(insert(schema.silences), rows)


def _last_silences(
    connection: Connection, places: set[str]
) -> dict[str, tuple[str, str, str]]:
    """Outcome, rule and reason of each place's last silence."""
    table = schema.silences
    newest = (
        select(func.max(table.c.id))
        .where(table.c.place.in_(sorted(places)))
        .group_by(table.c.place)
    )
    found = connection.execute(select(table).where(table.c.id.in_(newest)))
    return {row.place: (row.outcome, row.rule, row.reason) for row in found}


def _save_state(
    connection: Connection, signal: str, state: bytes, at: datetime
) -> None:
    table = schema.detector_states
    known = update(table).where(table.c.signal == signal).values(state=state, at=at)
    if connection.execute(known).rowcount == 0:
        new = insert(table).values(signal=signal, state=state, at=at)
        connection.execute(new)

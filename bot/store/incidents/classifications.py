"""The class of each incident as of each of its events, beside them (P8)."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import and_, insert, or_, select

from bot.model.classification import Classification, Classified
from bot.model.incident import Incident, IncidentEvent
from bot.store import schema
from bot.store.database import Database
from bot.store.incidents.pending_steps import CLASS, awaits, finish
from bot.store.serialization import from_json, to_json

_SAME_PLACE = timedelta(days=30)
_SAME_TIME = timedelta(hours=12)


class StoredClassifications:
    """Append-only: no statement here changes or deletes one (P11)."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database

    def record(self, found: Iterable[Classified]) -> None:
        """Save classes, in one transaction.

        Raises:
            StoreError: an event has its class already, or is not in the store.
        """
        rows = [
            {
                "incident": one.incident,
                "seq": one.seq,
                "kind": one.classification.kind.value,
                "why": one.classification.why,
                "at": one.at,
                "body": to_json(one.classification),
            }
            for one in found
        ]
        if not rows:
            return
        keys = [f"{row['incident']}.{row['seq']}" for row in rows]
        with self._database.write("save what class it is") as connection:
            connection.execute(insert(schema.classifications), rows)
            finish(connection, keys, CLASS)

    def pending(self) -> tuple[IncidentEvent, ...]:
        """Events without a class, oldest first: classifying is resumable."""
        events = schema.events
        query = (
            select(events.c.body)
            .where(awaits(CLASS))
            .order_by(events.c.at, events.c.incident, events.c.seq)
        )
        with self._database.read("look for events without a class") as connection:
            bodies = connection.execute(query).scalars().all()
        return tuple(from_json(IncidentEvent, body) for body in bodies)

    def beside(self, event: IncidentEvent) -> tuple[Incident, ...]:
        """Incidents of the same place in the month before, and others of that day.

        By when they were first told of, which never changes; oldest first.
        """
        table = schema.incidents
        onset = event.facts.onset.since
        here = and_(
            table.c.place == str(event.facts.place),
            table.c.opened_at >= event.at - _SAME_PLACE,
        )
        elsewhere = table.c.opened_at.between(onset - _SAME_TIME, onset + _SAME_TIME)
        query = (
            select(table.c.body)
            .where(table.c.id != event.incident, table.c.opened_at <= event.at)
            .where(or_(here, elsewhere))
            .order_by(table.c.opened_at, table.c.id)
        )
        with self._database.read("read what happened beside it") as connection:
            bodies = connection.execute(query).scalars().all()
        return tuple(from_json(Incident, body) for body in bodies)

    def history(self, incident: str) -> tuple[Classified, ...]:
        """Its class as of each event, oldest first."""
        table = schema.classifications
        mine = select(table).where(table.c.incident == incident).order_by(table.c.seq)
        with self._database.read(f"read the class of {incident}") as connection:
            rows = connection.execute(mine).all()
        return tuple(
            Classified(
                row.incident, row.seq, row.at, from_json(Classification, row.body)
            )
            for row in rows
        )

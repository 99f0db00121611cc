"""The classification of an incident at each event, stored apart from the event (P8)."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import RowMapping, and_, insert, or_, select

from bot.model.classification import Classification, EventClassification
from bot.model.event import IncidentEvent
from bot.model.incident import Incident
from bot.store import schema
from bot.store.damaged_records import DamagedRecords
from bot.store.database import Database
from bot.store.incidents.pending_steps import PendingStep, is_pending, mark_done
from bot.store.incidents.rows import event_name, event_of, incident_name, incident_of
from bot.store.serialization import from_json, to_json

# `near` returns incidents of the event's place that opened at most `_SAME_PLACE_WITHIN`
# before the event, and incidents of any place that opened at most `_SAME_TIME_WITHIN`
# before or after the onset.
_SAME_PLACE_WITHIN = timedelta(days=30)
_SAME_TIME_WITHIN = timedelta(hours=12)


class StoredClassifications:
    """Append-only classifications: no statement here changes or deletes one (P11)."""

    def __init__(self, database: Database, damaged: DamagedRecords) -> None:
        """Keep the classifications in `database`; note damaged records in `damaged`."""
        self._database = database
        self._damaged = damaged

    def record(self, classifications: Iterable[EventClassification]) -> None:
        """Save classifications in one transaction.

        Raises:
            StoreError: an event already has a classification, or is not stored.
        """
        rows = [
            {
                "incident": item.incident,
                "seq": item.seq,
                "kind": item.classification.kind.value,
                "why": item.classification.why,
                "at": item.at,
                "body": to_json(item.classification),
            }
            for item in classifications
        ]
        if not rows:
            return
        keys = [f"{row['incident']}.{row['seq']}" for row in rows]
        with self._database.write("save classifications") as connection:
            connection.execute(insert(schema.classifications), rows)
            mark_done(connection, keys, PendingStep.CLASS)

    def pending(self) -> tuple[IncidentEvent, ...]:
        """Return the events that are not classified yet, oldest first.

        Damaged events are left out.
        """
        events = schema.events
        query = (
            select(events.c.key, events.c.body)
            .where(is_pending(PendingStep.CLASS))
            .order_by(events.c.at, events.c.incident, events.c.seq)
        )
        with self._database.read("look for events without a class") as connection:
            rows = connection.execute(query).mappings().all()
        return self._damaged.readable(rows, event_name, event_of)

    def near(self, event: IncidentEvent) -> tuple[Incident, ...]:
        """Return the other incidents near an event, in place or in time, oldest first.

        An incident of the event's place is near if it opened in the 30 days before the
        event. An incident of any place is near if it opened at most 12 hours before or
        after the earliest possible onset of the event's incident. Incidents that opened
        after the event are left out, and so are damaged ones. The time at which an incident
        opened never changes, so a replay gives the same result (P14).
        """
        table = schema.incidents
        onset = event.facts.timing.onset.since
        here = and_(
            table.c.place == str(event.facts.place),
            table.c.opened_at >= event.at - _SAME_PLACE_WITHIN,
        )
        elsewhere = table.c.opened_at.between(
            onset - _SAME_TIME_WITHIN, onset + _SAME_TIME_WITHIN
        )
        query = (
            select(table.c.id, table.c.body)
            .where(table.c.id != event.incident, table.c.opened_at <= event.at)
            .where(or_(here, elsewhere))
            .order_by(table.c.opened_at, table.c.id)
        )
        with self._database.read("read the incidents near an event") as connection:
            rows = connection.execute(query).mappings().all()
        return self._damaged.readable(rows, incident_name, incident_of)

    def history(self, incident: str) -> tuple[EventClassification, ...]:
        """Return the classification of an incident at each event, oldest event first.

        Damaged ones are left out.
        """
        table = schema.classifications
        query = select(table).where(table.c.incident == incident).order_by(table.c.seq)
        with self._database.read(f"read the class of {incident}") as connection:
            rows = connection.execute(query).mappings().all()
        return self._damaged.readable(rows, _name, _classified_of)


def _name(row: RowMapping) -> str:
    return f"class of {row['incident']}.{row['seq']}"


def _classified_of(row: RowMapping) -> EventClassification:
    classification = from_json(Classification, row["body"])
    return EventClassification(row["incident"], row["seq"], row["at"], classification)

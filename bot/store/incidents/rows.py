"""The incidents and events of database rows, and their names if they are damaged."""

from sqlalchemy import RowMapping

from bot.model.event import IncidentEvent
from bot.model.incident import Incident
from bot.store.serialization import from_json


def incident_name(row: RowMapping) -> str:
    """Return the name of an incident's row in `DamagedRecords`: "incident" and its id."""
    return f"incident {row['id']}"


def incident_of(row: RowMapping) -> Incident:
    """Return the incident of a row, or raise RecordDamaged."""
    return from_json(Incident, row["body"])


def event_name(row: RowMapping) -> str:
    """Return "event" and the key of an event's row, as the name for `DamagedRecords`."""
    return f"event {row['key']}"


def event_of(row: RowMapping) -> IncidentEvent:
    """Return the event of a row, or raise RecordDamaged."""
    return from_json(IncidentEvent, row["body"])

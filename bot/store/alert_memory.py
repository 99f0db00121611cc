"""What operators were told, so that a restart repeats no alert and forgets no end (P19)."""

from sqlalchemy import delete, insert, select

from bot.errors import RecordDamaged
from bot.model.operations import AlertMemory
from bot.store import schema
from bot.store.database import Database
from bot.store.serialization import from_json, to_json


class StoredAlertMemory:
    """Keeps one record: the newest memory."""

    def __init__(self, database: Database) -> None:
        """Keep the record in `database`."""
        self._database = database

    def read(self) -> AlertMemory:
        """Return the memory; empty if there is none, or if its record is damaged."""
        with self._database.read("look up what operators were told") as connection:
            body = connection.execute(select(schema.alert_memory.c.body)).scalar()
        if body is None:
            return AlertMemory()
        # Without the memory, an alert is sent twice. That is better than no alert.
        try:
            return from_json(AlertMemory, body)
        except RecordDamaged:
            return AlertMemory()

    def write(self, memory: AlertMemory) -> None:
        """Keep `memory` in place of the earlier one."""
        table = schema.alert_memory
        with self._database.write("note what operators were told") as connection:
            connection.execute(delete(table))
            connection.execute(insert(table).values(id=1, body=to_json(memory)))

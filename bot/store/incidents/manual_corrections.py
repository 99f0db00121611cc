"""What people ruled on incidents, until the loop has made it an event."""

from sqlalchemy import insert, select, update

from bot.errors import StoreError
from bot.model.incident import EventKind, ManualCorrection
from bot.store import schema
from bot.store.database import Database


class StoredCorrections:
    """Append-only, but for the mark that a ruling was carried out."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database

    def append(self, ruling: ManualCorrection) -> None:
        """Save a ruling.

        Raises:
            StoreError: there is no such incident.
        """
        incidents = schema.incidents
        there = select(incidents.c.id).where(incidents.c.id == ruling.incident)
        with self._database.write("save the ruling") as connection:
            if connection.execute(there).first() is None:
                raise StoreError(f"there is no incident {ruling.incident}")
            connection.execute(
                insert(schema.rulings).values(
                    incident=ruling.incident,
                    kind=ruling.kind.value,
                    statement=ruling.statement,
                    by=ruling.by,
                    at=ruling.at,
                    done=False,
                )
            )

    def pending(self) -> tuple[ManualCorrection, ...]:
        """Those that were not carried out yet, oldest first."""
        table = schema.rulings
        query = select(table).where(table.c.done.is_(False)).order_by(table.c.id)
        with self._database.read("read the rulings") as connection:
            return tuple(
                ManualCorrection(
                    row.incident,
                    EventKind(row.kind),
                    row.statement,
                    row.by,
                    row.at,
                    row.id,
                )
                for row in connection.execute(query)
            )

    def done(self, ruling: ManualCorrection) -> None:
        """It was carried out."""
        table = schema.rulings
        mark = update(table).where(table.c.id == ruling.id).values(done=True)
        with self._database.write("mark the ruling") as connection:
            connection.execute(mark)

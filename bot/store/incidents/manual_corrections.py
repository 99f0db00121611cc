"""Manual corrections of incidents; a tick turns each of them into an event (P11)."""

from sqlalchemy import RowMapping, insert, select, update

from bot.errors import StoreError
from bot.model.incident import EventKind, ManualCorrection
from bot.store import schema
from bot.store.damaged_records import DamagedRecords
from bot.store.database import Database
from bot.store.serialization import to_enum


class StoredCorrections:
    """An append-only list of manual corrections; only the mark `done` can change.

    A command only saves a correction here, and the next tick changes the incident. If a
    command changed the incident during a tick, it could overwrite a newer state.
    """

    def __init__(self, database: Database, damaged: DamagedRecords) -> None:
        """Keep the corrections in `database`; note in `damaged` which are damaged."""
        self._database = database
        self._damaged = damaged

    def append(self, correction: ManualCorrection) -> None:
        """Save a correction.

        Raises:
            StoreError: the incident does not exist.
        """
        incidents = schema.incidents
        incident = select(incidents.c.id).where(incidents.c.id == correction.incident)
        with self._database.write("save the correction") as connection:
            if connection.execute(incident).first() is None:
                raise StoreError(f"there is no incident {correction.incident}")
            connection.execute(
                insert(schema.manual_corrections).values(
                    incident=correction.incident,
                    kind=correction.kind.value,
                    statement=correction.statement,
                    by=correction.by,
                    at=correction.at,
                    done=False,
                )
            )

    def pending(self) -> tuple[ManualCorrection, ...]:
        """Return the corrections that are not yet events, oldest first.

        Damaged ones are left out.
        """
        table = schema.manual_corrections
        query = select(table).where(table.c.done.is_(False)).order_by(table.c.id)
        with self._database.read("read the manual corrections") as connection:
            rows = connection.execute(query).mappings().all()
        return self._damaged.readable(rows, _name, _correction_of)

    def mark_done(self, correction: ManualCorrection) -> None:
        """Mark a correction as done: a tick has turned it into an event."""
        table = schema.manual_corrections
        mark = update(table).where(table.c.id == correction.id).values(done=True)
        with self._database.write("mark the correction as done") as connection:
            connection.execute(mark)


def _name(row: RowMapping) -> str:
    return f"manual correction {row['id']} of {row['incident']}"


def _correction_of(row: RowMapping) -> ManualCorrection:
    kind = to_enum(EventKind, row["kind"])
    return ManualCorrection(
        row["incident"], kind, row["statement"], row["by"], row["at"], row["id"]
    )

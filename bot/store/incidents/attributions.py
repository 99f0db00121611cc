"""Who said what of a cause: the acts of people, in order, never changed (P8, P11)."""

from collections.abc import Mapping

from sqlalchemy import Connection, func, insert, select

from bot.errors import StoreError
from bot.model.attribution import Act, Attribution, AttributionStep, Claim, fold
from bot.store import schema
from bot.store.database import Database
from bot.store.pages import mark_stale
from bot.store.serialization import from_json, to_json


class StoredAttributions:
    """Append-only; one act is one transaction, saved whole or not at all."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database

    def append(self, step: AttributionStep) -> None:
        """Save one act.

        Raises:
            StoreError: there is no such incident or attribution, or somebody did the
                same to it already.
        """
        with self._database.write("save the attribution") as connection:
            _check(connection, step)
            body = to_json(step.claim) if step.claim else ""
            connection.execute(
                insert(schema.attribution_steps).values(
                    incident=step.incident,
                    number=step.number,
                    act=step.act.value,
                    by=step.by,
                    reason=step.reason,
                    at=step.at,
                    body=body,
                )
            )
            mark_stale(connection, [step.incident])

    def history(self, incident: str) -> tuple[AttributionStep, ...]:
        """Every act on an incident's attributions, oldest first."""
        table = schema.attribution_steps
        mine = select(table).where(table.c.incident == incident).order_by(table.c.id)
        with self._database.read(f"read the attributions of {incident}") as connection:
            rows = connection.execute(mine).all()
        return tuple(
            AttributionStep(
                incident=row.incident,
                number=row.number,
                act=Act(row.act),
                by=row.by,
                reason=row.reason,
                at=row.at,
                claim=from_json(Claim, row.body) if row.body else None,
            )
            for row in rows
        )

    def of_incident(self, incident: str) -> tuple[Attribution, ...]:
        """Its attributions as their acts leave them, by number."""
        return fold(self.history(incident))

    def acts(self) -> Mapping[str, int]:
        """How many acts there are, by incident: a page older than that is stale."""
        table = schema.attribution_steps
        query = select(table.c.incident, func.count()).group_by(table.c.incident)
        with self._database.read("count the attributions") as connection:
            found = connection.execute(query).all()
        return {row[0]: row[1] for row in found}


def _check(connection: Connection, step: AttributionStep) -> None:
    """Refuse an act on nothing, and a signature on what was withdrawn."""
    incidents, table = schema.incidents, schema.attribution_steps
    there = select(incidents.c.id).where(incidents.c.id == step.incident)
    if connection.execute(there).first() is None:
        raise StoreError(f"there is no incident {step.incident}")
    mine = (table.c.incident == step.incident) & (table.c.number == step.number)
    done = set(connection.execute(select(table.c.act).where(mine)).scalars())
    if step.act is not Act.ADD and Act.ADD.value not in done:
        raise StoreError(f"{step.incident} has no attribution {step.number}")
    if step.act is not Act.ADD and Act.WITHDRAW.value in done:
        told = f"attribution {step.number} of {step.incident} was withdrawn already"
        raise StoreError(told)
    if step.act.value in done:
        told = f"attribution {step.number} of {step.incident}: {step.act} was done"
        raise StoreError(f"{told} by somebody already")

"""The append-only list of what people did with attributions (P8, P11)."""

from collections import Counter

from sqlalchemy import Connection, RowMapping, insert, select

from bot.errors import StoreError
from bot.model.attribution import (
    Attribution,
    AttributionAct,
    AttributionStep,
    CauseClaim,
    attributions_from_steps,
)
from bot.store import schema
from bot.store.damaged_records import DamagedRecords
from bot.store.database import Database
from bot.store.pages.queue import mark_stale
from bot.store.serialization import from_json, to_enum, to_json


class StoredAttributions:
    """Stores the steps that people take on attributions, each in its own transaction."""

    def __init__(self, database: Database, damaged: DamagedRecords) -> None:
        """Keep attribution steps in `database`; note damaged steps in `damaged`."""
        self._database = database
        self._damaged = damaged

    def append(self, step: AttributionStep) -> None:
        """Save one step: what a person did with an attribution.

        Raises:
            StoreError: the incident or attribution does not exist, the attribution
                already has a step of this kind, or the attribution was withdrawn.
        """
        with self._database.write("save the attribution") as connection:
            # The check runs under the write lock, so that two people cannot do the same
            # at once.
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
        """Return every step on an incident's attributions, oldest first.

        If a step is damaged, its whole attribution is left out: the step may be the one
        that withdrew it.
        """
        table = schema.attribution_steps
        query = select(table).where(table.c.incident == incident).order_by(table.c.id)
        with self._database.read(f"read the attributions of {incident}") as connection:
            rows = connection.execute(query).mappings().all()
        steps = self._damaged.readable(rows, _name, _step_of)
        counts = Counter(row["number"] for row in rows)
        counts.subtract(step.number for step in steps)
        return tuple(step for step in steps if not counts[step.number])

    def of_incident(self, incident: str) -> tuple[Attribution, ...]:
        """Return an incident's attributions in their present state, ordered by number."""
        return attributions_from_steps(self.history(incident))


def _name(row: RowMapping) -> str:
    return f"step {row['id']} on cause {row['number']} of {row['incident']}"


def _step_of(row: RowMapping) -> AttributionStep:
    return AttributionStep(
        incident=row["incident"],
        number=row["number"],
        act=to_enum(AttributionAct, row["act"]),
        by=row["by"],
        reason=row["reason"],
        at=row["at"],
        claim=from_json(CauseClaim, row["body"]) if row["body"] else None,
    )


def _check(connection: Connection, step: AttributionStep) -> None:
    """Raise StoreError unless `step` may follow the steps that are stored.

    The first step adds the attribution. An attribution has at most one step of each
    kind. After its withdrawal, no further step is allowed.
    """
    incidents, table = schema.incidents, schema.attribution_steps
    incident = select(incidents.c.id).where(incidents.c.id == step.incident)
    if connection.execute(incident).first() is None:
        raise StoreError(f"there is no incident {step.incident}")
    same = (table.c.incident == step.incident) & (table.c.number == step.number)
    stored = connection.execute(select(table.c.act).where(same)).scalars()
    done = {to_enum(AttributionAct, act) for act in stored}
    if step.act is not AttributionAct.ADD:
        _check_open(step, done)
    if step.act in done:
        raise StoreError(
            f"attribution {step.number} of {step.incident} already has a"
            f" step `{step.act}`; each step is done once"
        )


def _check_open(step: AttributionStep, done: set[AttributionAct]) -> None:
    """Raise StoreError unless the attribution was added and is not withdrawn."""
    if AttributionAct.ADD not in done:
        raise StoreError(f"{step.incident} has no attribution {step.number}")
    if AttributionAct.WITHDRAW in done:
        raise StoreError(
            f"attribution {step.number} of {step.incident} was already withdrawn"
        )

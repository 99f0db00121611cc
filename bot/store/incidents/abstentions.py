"""The stored abstentions: decisions that a verdict changes no incident (P17)."""

from sqlalchemy import Connection, insert, select

from bot.model.incident import Abstention
from bot.store import schema


def append_abstentions(
    connection: Connection, abstentions: tuple[Abstention, ...]
) -> None:
    """Store each abstention, unless it only repeats the last one of its place."""
    last: dict[str, dict[str, str] | None] = {}
    rows = []
    for item in abstentions:
        place = str(item.place)
        values = {
            "outcome": item.outcome,
            "rule": item.rule,
            "reason": item.reason,
        }
        if place not in last:
            last[place] = _last_abstention(connection, place)
        if last[place] != values:
            last[place] = values
            rows.append({"place": place, "at": item.at, **values})
    if rows:
        connection.execute(insert(schema.silences), rows)


def _last_abstention(connection: Connection, place: str) -> dict[str, str] | None:
    """Return the last abstention of a place, without its time; None if there is none.

    The keys are `outcome`, `rule` and `reason`.
    """
    table = schema.silences
    query = (
        select(table.c.outcome, table.c.rule, table.c.reason)
        .where(table.c.place == place)
        .order_by(table.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else dict(row)

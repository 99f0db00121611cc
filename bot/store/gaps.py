"""Known silences as rows: the same one is noted once (P5, P17)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from bot.model.entity import parse_entity
from bot.model.interval import Interval
from bot.model.signal import Gap
from bot.store.schema import gaps


def note_gaps(connection: Connection, noted: Iterable[Gap], at: datetime) -> None:
    """Store silences seen at `at`, unless known."""
    rows = [
        {
            "signal_": gap.signal,
            "entity_": "" if gap.entity is None else str(gap.entity),
            "since_": gap.window.since,
            "until_": gap.window.until,
            "reason_": gap.reason,
            "at_": at,
        }
        for gap in noted
    ]
    if not rows:
        return
    columns = [column for column in gaps.c if column.name != "id"]
    told = [bindparam(f"{column.name}_", type_=column.type) for column in columns]
    same = [
        column == parameter
        for column, parameter in zip(columns, told, strict=True)
        if column.name != "at"
    ]
    # INSERT ... SELECT ... WHERE NOT EXISTS: "ignore what is known" on any database.
    unknown = select(*told).where(~select(gaps.c.id).where(*same).exists())
    names = [column.name for column in columns]
    connection.execute(insert(gaps).from_select(names, unknown), rows)


def gaps_of(connection: Connection, signal: str) -> tuple[tuple[Gap, datetime], ...]:
    """Every gap of a signal and when it was first noted, oldest first."""
    query = select(gaps).where(gaps.c.signal == signal).order_by(gaps.c.id)
    return tuple(
        (
            Gap(
                signal=row.signal,
                entity=parse_entity(row.entity) if row.entity else None,
                window=Interval(row.since, row.until),
                reason=row.reason,
            ),
            row.at,
        )
        for row in connection.execute(query)
    )

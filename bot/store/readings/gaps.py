"""Known silences as rows: one that goes on is one row that grows (P5, P17)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.model.entity import parse_entity
from bot.model.interval import Interval
from bot.model.signal import Gap
from bot.store.schema import gaps


def note_gaps(connection: Connection, noted: Iterable[Gap], at: datetime) -> None:
    """Store silences seen at `at`.

    One that overlaps or continues a known silence of the same kind is joined to it,
    and keeps the time at which that one was first seen: what is always absent would
    fill the store otherwise.
    """
    for gap in noted:
        known = _touching(connection, gap)
        if known:
            _join(connection, known, gap)
        else:
            connection.execute(insert(gaps).values(_row(gap) | {"at": at}))


def _row(gap: Gap) -> dict[str, object]:
    return {
        "signal": gap.signal,
        "entity": "" if gap.entity is None else str(gap.entity),
        "since": gap.window.since,
        "until": gap.window.until,
        "reason": gap.reason,
    }


def _touching(connection: Connection, gap: Gap) -> Sequence[Row[tuple[object, ...]]]:
    """The known silences of the same kind that `gap` overlaps or continues."""
    told = _row(gap)
    query = select(gaps).where(
        gaps.c.signal == told["signal"],
        gaps.c.entity == told["entity"],
        gaps.c.reason == told["reason"],
        gaps.c.since <= gap.window.until,
        gaps.c.until >= gap.window.since,
    )
    return connection.execute(query.order_by(gaps.c.id)).all()


def _join(
    connection: Connection, known: Sequence[Row[tuple[object, ...]]], gap: Gap
) -> None:
    """Make one row of `known` and `gap`: the oldest one."""
    first, *others = known
    since = min(gap.window.since, *(row.since for row in known))
    until = max(gap.window.until, *(row.until for row in known))
    if others:
        same = gaps.c.id.in_([row.id for row in others])
        connection.execute(delete(gaps).where(same))
    if (since, until) != (first.since, first.until):
        longer = update(gaps).where(gaps.c.id == first.id)
        connection.execute(longer.values(since=since, until=until))


def gaps_of(connection: Connection, signal: str) -> tuple[tuple[Gap, datetime], ...]:
    """Every gap of a signal and when it was first noted, oldest first."""
    query = select(gaps).where(gaps.c.signal == signal).order_by(gaps.c.id)
    return tuple((_gap(row), row.at) for row in connection.execute(query))


def faults_of(
    connection: Connection, signals: Sequence[str], since: datetime
) -> tuple[tuple[Gap, datetime], ...]:
    """The gaps of whole signals that reach beyond `since`, the oldest first."""
    query = select(gaps).where(
        gaps.c.signal.in_(signals), gaps.c.entity == "", gaps.c.until >= since
    )
    found = connection.execute(query.order_by(gaps.c.since, gaps.c.id))
    return tuple((_gap(row), row.at) for row in found)


def _gap(row: Row[tuple[object, ...]]) -> Gap:
    return Gap(
        signal=row.signal,
        entity=parse_entity(row.entity) if row.entity else None,
        window=Interval(row.since, row.until),
        reason=row.reason,
    )

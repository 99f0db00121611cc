"""The table of gaps; a gap that adjoins a stored gap extends that gap (P5, P17)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.model.entity import parse_entity
from bot.model.interval import Interval
from bot.model.signal import Gap
from bot.store.schema import gaps

# The value of the column `entity` for a gap in a whole signal. The value is not NULL,
# because a unique constraint ignores rows with NULL.
_WHOLE_SIGNAL = ""


def write_gaps(connection: Connection, new: Iterable[Gap], at: datetime) -> None:
    """Store gaps that were seen at `at`.

    If a gap overlaps or adjoins stored gaps with the same signal, entity and reason,
    all of them become one row: the row that was stored first, with its first-seen time.
    Without this, a series that is always missing would add a row in each tick.
    """
    for gap in new:
        adjacent = _adjacent(connection, gap)
        if adjacent:
            _merge(connection, adjacent, gap)
        else:
            connection.execute(insert(gaps).values(_row(gap) | {"at": at}))


def _row(gap: Gap) -> dict[str, object]:
    return {
        "signal": gap.signal,
        "entity": _WHOLE_SIGNAL if gap.entity is None else str(gap.entity),
        "since": gap.window.since,
        "until": gap.window.until,
        "reason": gap.reason,
    }


def _adjacent(connection: Connection, gap: Gap) -> Sequence[Row[tuple[object, ...]]]:
    """Return the stored gaps that `gap` continues, oldest first.

    They have the same signal, entity and reason, and overlap or adjoin `gap`.
    """
    values = _row(gap)
    query = select(gaps).where(
        gaps.c.signal == values["signal"],
        gaps.c.entity == values["entity"],
        gaps.c.reason == values["reason"],
        gaps.c.since <= gap.window.until,
        gaps.c.until >= gap.window.since,
    )
    return connection.execute(query.order_by(gaps.c.id)).all()


def _merge(
    connection: Connection, adjacent: Sequence[Row[tuple[object, ...]]], gap: Gap
) -> None:
    """Merge the `adjacent` rows and `gap` into the oldest row."""
    oldest, *others = adjacent
    since = min(gap.window.since, *(row.since for row in adjacent))
    until = max(gap.window.until, *(row.until for row in adjacent))
    # The other rows are deleted first: the extended row may equal one of them, and rows
    # must be unique.
    if others:
        merged = gaps.c.id.in_([row.id for row in others])
        connection.execute(delete(gaps).where(merged))
    if (since, until) != (oldest.since, oldest.until):
        extend = update(gaps).where(gaps.c.id == oldest.id)
        connection.execute(extend.values(since=since, until=until))


def gaps_of(connection: Connection, signal: str) -> tuple[tuple[Gap, datetime], ...]:
    """Return a signal's gaps, first stored first, each with its first-seen time."""
    query = select(gaps).where(gaps.c.signal == signal).order_by(gaps.c.id)
    return tuple((_gap(row), row.at) for row in connection.execute(query))


def faults_of(
    connection: Connection, signals: Sequence[str], since: datetime
) -> tuple[tuple[Gap, datetime], ...]:
    """Return the gaps of whole signals that end at `since` or later, sorted by start.

    Each gap comes with the time at which it was first seen.
    """
    query = select(gaps).where(
        gaps.c.signal.in_(signals),
        gaps.c.entity == _WHOLE_SIGNAL,
        gaps.c.until >= since,
    )
    rows = connection.execute(query.order_by(gaps.c.since, gaps.c.id))
    return tuple((_gap(row), row.at) for row in rows)


def _gap(row: Row[tuple[object, ...]]) -> Gap:
    return Gap(
        signal=row.signal,
        entity=None if row.entity == _WHOLE_SIGNAL else parse_entity(row.entity),
        window=Interval(row.since, row.until),
        reason=row.reason,
    )

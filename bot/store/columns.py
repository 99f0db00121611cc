"""How columns of the store keep values that SQLite has no type for."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Dialect,
    String,
    TypeDecorator,
    type_coerce,
)

from bot.store.plain_sql import instant_text
from bot.store.serialization import to_instant


class Instant(TypeDecorator[datetime]):
    """A column type for aware times, stored in UTC as ISO 8601 text of fixed width.

    Every database sorts such text by time. The text keeps microseconds, and operators
    can read it.
    """

    impl = String(27)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> str | None:
        """Return the time as `2026-01-08T16:00:00.000000Z`.

        Raises:
            ValueError: the time is naive.
        """
        return None if value is None else instant_text(value)

    def process_result_value(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        """Return the stored time: aware, in UTC.

        Raises:
            RecordDamaged: the text is not such a time.
        """
        return None if value is None else to_instant(value)


def with_time_as_text(column: Column[Any]) -> ColumnElement[Any]:
    """Return the column for a query; if it has times, they are read as text.

    SQLAlchemy converts the times of all rows together, so one damaged time would hide
    every row. The caller converts the text of each row (see `to_instant`).
    """
    if not isinstance(column.type, Instant):
        return column
    return type_coerce(column, String).label(column.name)

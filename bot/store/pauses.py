"""The kill switch, kept: what is stopped stays so through every restart."""

from datetime import datetime

from sqlalchemy import insert, select

from bot.model.delivery import EVERY, Pause
from bot.store import schema
from bot.store.database import Database


class StoredPauses:
    """Append-only; the last act on a channel counts."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database

    def pause(self, pause: Pause) -> None:
        """Stop a channel, or `EVERY`."""
        self._append(pause, stops=True)

    def resume(self, channel: str, by: str, reason: str, at: datetime) -> None:
        """Let it post again; resuming `EVERY` leaves single channels stopped."""
        self._append(Pause(channel, by, reason, at), stops=False)

    def active(self) -> tuple[Pause, ...]:
        """What is stopped now, by name."""
        table = schema.pauses
        with self._database.read("read the pauses") as connection:
            rows = connection.execute(select(table).order_by(table.c.id)).all()
        last = {row.channel: row for row in rows}
        return tuple(
            Pause(row.channel, row.by, row.reason, row.at)
            for _, row in sorted(last.items())
            if row.stops
        )

    def stops(self, channel: str) -> bool:
        """Whether nothing may go out on it."""
        return any(p.channel in {channel, EVERY} for p in self.active())

    def _append(self, pause: Pause, *, stops: bool) -> None:
        with self._database.write("keep the pause") as connection:
            connection.execute(
                insert(schema.pauses).values(
                    channel=pause.channel,
                    stops=stops,
                    by=pause.by,
                    reason=pause.reason,
                    at=pause.since,
                )
            )

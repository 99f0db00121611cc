"""The kill switch, kept: what is stopped stays so through every restart (P16)."""

from datetime import datetime
from pathlib import Path

from bot.errors import StoreError
from bot.model.delivery import EVERY, Pause
from bot.store.migrations import NEWEST
from bot.store.plain_sql import SqliteFile, Transactions, instant_text

# `by` is a keyword of SQL: quoted, every database takes it for a name.
_APPEND = """INSERT INTO pauses (channel, stops, "by", reason, at)
             VALUES (:channel, :stops, :by, :reason, :at)"""
_ALL = 'SELECT channel, stops, "by", reason, at FROM pauses ORDER BY id'
_VERSION = "SELECT version_num FROM alembic_version"


class StoredPauses:
    """Append-only; the last act on a channel counts."""

    def __init__(self, transactions: Transactions) -> None:
        """Keep pauses in the tables that `transactions` reach."""
        self._transactions = transactions

    def pause(self, pause: Pause) -> None:
        """Stop a channel, or `EVERY`."""
        self._append(pause, stops=True)

    def resume(self, channel: str, by: str, reason: str, at: datetime) -> None:
        """Let it post again; resuming `EVERY` leaves single channels stopped."""
        self._append(Pause(channel, by, reason, at), stops=False)

    def active(self) -> tuple[Pause, ...]:
        """What is stopped now, by name."""
        with self._transactions.read("read the pauses") as run:
            rows = run(_ALL, {})
        last = {channel: row for channel, *row in rows}
        return tuple(
            Pause(channel, by, reason, datetime.fromisoformat(at))
            for channel, (stops, by, reason, at) in sorted(last.items())
            if stops
        )

    def stops(self, channel: str) -> bool:
        """Whether nothing may go out on it."""
        return any(p.channel in {channel, EVERY} for p in self.active())

    def _append(self, pause: Pause, *, stops: bool) -> None:
        values = {
            "channel": pause.channel,
            "stops": stops,
            "by": pause.by,
            "reason": pause.reason,
            "at": instant_text(pause.since),
        }
        with self._transactions.write("keep the pause") as run:
            run(_APPEND, values)


def open_pauses(path: Path) -> StoredPauses:
    """Open the kill switch of a store, without the rest of the store.

    A store that is not there yet, or whose tables are not up to date, is opened whole
    first: that makes it, or brings it up to date, or says why it cannot be used.

    Raises:
        StoreError: it cannot be opened, or a newer version of this program wrote it.
    """
    file = SqliteFile(path)
    if not _is_up_to_date(file, path):
        from bot.store.sql_store import open_store

        open_store(path).close()
    return StoredPauses(file)


def _is_up_to_date(file: SqliteFile, path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        with file.read("look up its version") as run:
            return [tuple(row) for row in run(_VERSION, {})] == [(NEWEST,)]
    except StoreError:
        return False

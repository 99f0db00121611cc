"""What the main store remembers of the file with the readers' addresses: no address."""

from datetime import datetime, timedelta
from pathlib import Path

from bot.store.pauses import open_pauses
from bot.store.plain_sql import SqliteFile, Transactions, instant_text
from bot.subscriptions.database import FileState
from bot.subscriptions.file_check import Departure, KnownFile

_KEEP = timedelta(days=400)
"""A copy that is older than this gives back the readers who left."""
_READ = "SELECT identity, changes, readers, accepted_at, note FROM reader_file"
_WRITE = """INSERT INTO reader_file (id, identity, changes, readers, accepted_at, note)
            VALUES (1, :identity, :changes, :readers, :accepted_at, :note)"""
_LEFT = "SELECT reader, at, never_again FROM departed_readers"
_LEAVE = """INSERT INTO departed_readers (reader, at, never_again)
            VALUES (:reader, :at, :never_again)"""


class StoredFileMemory:
    """Remembers the file of the subscriptions; see `subscriptions.file_check`."""

    def __init__(self, transactions: Transactions) -> None:
        """Keep it in the database that `transactions` write to."""
        self._transactions = transactions

    def read(self) -> KnownFile | None:
        """Return what is remembered; None if no file was ever seen."""
        with self._transactions.read("look up the readers' file") as run:
            rows = run(_READ, {})
        for identity, changes, readers, accepted_at, note in rows:
            at = None if accepted_at is None else datetime.fromisoformat(accepted_at)
            return KnownFile(FileState(identity, changes, readers), at, note)
        return None

    def write(self, record: KnownFile) -> None:
        """Remember this in place of what was remembered."""
        at = record.accepted_at
        values = {
            "identity": record.state.identity,
            "changes": record.state.changes,
            "readers": record.state.readers,
            "accepted_at": None if at is None else instant_text(at),
            "note": record.note,
        }
        with self._transactions.write("note the readers' file") as run:
            run("DELETE FROM reader_file", {})
            run(_WRITE, values)

    def note_departure(self, departure: Departure) -> None:
        """Remember that a reader left; forget those who left long ago."""
        values = {
            "reader": departure.reader,
            "at": instant_text(departure.at),
            "never_again": departure.never_again,
        }
        before = instant_text(departure.at - _KEEP)
        with self._transactions.write("note that a reader left") as run:
            run("DELETE FROM departed_readers WHERE at < :before", {"before": before})
            run("DELETE FROM departed_readers WHERE reader = :reader", values)
            run(_LEAVE, values)

    def departures(self) -> tuple[Departure, ...]:
        """Return the readers who left."""
        with self._transactions.read("look up the readers who left") as run:
            rows = run(_LEFT, {})
        return tuple(
            Departure(reader, datetime.fromisoformat(at), bool(never))
            for reader, at, never in rows
        )


def open_file_memory(store: Path) -> StoredFileMemory | None:
    """Open the memory in the store at `store`; None if there is no store yet.

    Raises:
        StoreError: the store cannot be opened, or a newer version wrote it.
    """
    if not store.is_file():
        return None
    # This brings the tables up to date.
    open_pauses(store)
    return StoredFileMemory(SqliteFile(store))

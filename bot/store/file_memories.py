"""What the store remembers of other files: the readers' addresses, and the ledger.

The store is opened for each call, because `serve` may begin before there is a store.
Without a store nothing is remembered. Each method may raise StoreError.
"""

from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from bot.site.evidence.ledger_loss import KnownHead
from bot.store.pauses import open_pauses
from bot.store.plain_sql import SqliteFile, instant_text
from bot.subscriptions.database import FileState
from bot.subscriptions.file_check import Departure, KnownFile

_KEEP = timedelta(days=400)
"""A copy that is older than this gives back the readers who left."""
_READ = "SELECT identity, changes, readers, accepted_at, note FROM reader_file"
_WRITE = """INSERT INTO reader_file (id, identity, changes, readers, accepted_at, note)
            VALUES (1, :identity, :changes, :readers, :accepted_at, :note)"""
_READ_HEAD = "SELECT entries, last, note FROM ledger_head"
_WRITE_HEAD = """INSERT INTO ledger_head (id, entries, last, note)
                 VALUES (1, :entries, :last, :note)"""
_LEFT = "SELECT reader, at, never_again FROM departed_readers"
_LEAVE = """INSERT INTO departed_readers (reader, at, never_again)
            VALUES (:reader, :at, :never_again)"""


class StoredFileMemory:
    """Remembers the file of the subscriptions, without any address.

    See `subscriptions.file_check`.
    """

    def __init__(self, store: Path) -> None:
        """Use the store at the path `store`."""
        self._later = _LaterStore(store)

    def read(self) -> KnownFile | None:
        """Return what is remembered; None if no file was ever seen."""
        if (store := self._later.open()) is None:
            return None
        with store.read("look up the readers' file") as run:
            rows = run(_READ, {})
        for identity, changes, readers, accepted_at, note in rows:
            at = None if accepted_at is None else datetime.fromisoformat(accepted_at)
            return KnownFile(FileState(identity, changes, readers), at, note)
        return None

    def write(self, record: KnownFile) -> None:
        """Remember this in place of what was remembered."""
        if (store := self._later.open()) is None:
            return
        at = record.accepted_at
        values = {
            "identity": record.state.identity,
            "changes": record.state.changes,
            "readers": record.state.readers,
            "accepted_at": None if at is None else instant_text(at),
            "note": record.note,
        }
        with store.write("note the readers' file") as run:
            run("DELETE FROM reader_file", {})
            run(_WRITE, values)

    def note_departure(self, departure: Departure) -> None:
        """Remember that a reader left; forget those who left long ago."""
        if (store := self._later.open()) is None:
            return
        values = {
            "reader": departure.reader,
            "at": instant_text(departure.at),
            "never_again": departure.never_again,
        }
        before = instant_text(departure.at - _KEEP)
        with store.write("note that a reader left") as run:
            run("DELETE FROM departed_readers WHERE at < :before", {"before": before})
            run("DELETE FROM departed_readers WHERE reader = :reader", values)
            run(_LEAVE, values)

    def departures(self) -> tuple[Departure, ...]:
        """Return the readers who left."""
        if (store := self._later.open()) is None:
            return ()
        with store.read("look up the readers who left") as run:
            rows = run(_LEFT, {})
        return tuple(
            Departure(reader, datetime.fromisoformat(at), bool(never))
            for reader, at, never in rows
        )


class StoredLedgerHead:
    """Remembers the newest head of the ledger; see `site.evidence.ledger_loss`."""

    def __init__(self, store: Path) -> None:
        """Use the store at the path `store`."""
        self._later = _LaterStore(store)

    def read(self) -> KnownHead | None:
        """Return what is remembered; None if no entry was ever seen."""
        if (store := self._later.open()) is None:
            return None
        with store.read("look up the ledger's head") as run:
            rows = run(_READ_HEAD, {})
        return next((KnownHead(*row) for row in rows), None)

    def write(self, head: KnownHead) -> None:
        """Remember this head in place of the former."""
        if (store := self._later.open()) is None:
            return
        with store.write("note the ledger's head") as run:
            run("DELETE FROM ledger_head", {})
            run(_WRITE_HEAD, asdict(head))


class _LaterStore:
    """A store that may not exist yet."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_migrated = False

    def open(self) -> SqliteFile | None:
        """Return the file of the store, with tables that are up to date; None if none."""
        if not self._path.is_file():
            return None
        if not self._is_migrated:
            # This brings the tables up to date.
            open_pauses(self._path)
            self._is_migrated = True
        return SqliteFile(self._path)

"""The SQLite file of the subscriptions, apart from the main store.

Only its owner may read it (mode 0600). What is deleted is overwritten, so that an erased
address cannot be read from the file.
"""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import StoreError

_MODE = 0o600
_OTHERS = 0o077
_VERSION = 1
_BUSY_TIMEOUT_S = 30
_SCHEMA = """
CREATE TABLE readers (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    address_hash TEXT NOT NULL UNIQUE,
    lang TEXT NOT NULL,
    severity TEXT NOT NULL,
    places TEXT NOT NULL,
    since TEXT NOT NULL
) STRICT;
CREATE TABLE pending (
    id TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    address_hash TEXT NOT NULL UNIQUE,
    lang TEXT NOT NULL,
    severity TEXT NOT NULL,
    places TEXT NOT NULL,
    asked TEXT NOT NULL,
    expires TEXT NOT NULL,
    letter TEXT NOT NULL
) STRICT;
CREATE TABLE blocked (address_hash TEXT PRIMARY KEY, since TEXT NOT NULL) STRICT;
CREATE TABLE requests (who TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE INDEX requests_of ON requests (who, at);
CREATE TABLE posts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    incident TEXT NOT NULL,
    text_hash TEXT NOT NULL
) STRICT;
CREATE INDEX posts_of ON posts (incident, channel);
CREATE TABLE messages (
    post INTEGER NOT NULL REFERENCES posts (number),
    reader INTEGER NOT NULL REFERENCES readers (number) ON DELETE CASCADE,
    parent INTEGER REFERENCES posts (number),
    root INTEGER REFERENCES posts (number),
    state TEXT NOT NULL,
    deferrals INTEGER NOT NULL DEFAULT 0,
    claimed TEXT,
    PRIMARY KEY (post, reader)
) STRICT, WITHOUT ROWID;
CREATE INDEX messages_of ON messages (reader);
"""


class SubscriptionFile:
    """The file of the subscriptions; each transaction opens a connection of its own.

    So it can be used by several threads, and by several processes.
    """

    def __init__(self, path: Path) -> None:
        """Use the file at `path`; it is not opened yet."""
        self._path = path

    def exists(self) -> bool:
        """Return whether there is a file."""
        return self._path.is_file()

    def create(self) -> None:
        """Make the file and its tables, if they do not exist yet.

        Raises:
            StoreError: the file cannot be made, others may read it, or another program
                or a newer version of this one wrote it.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # SQLite would make a file that others can read. Its journal gets the
            # permissions of the file.
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, _MODE))
        except OSError as error:
            raise StoreError(
                f"{self._path}: cannot be made ({error.strerror}); check the path and the"
                " permissions of its folder"
            ) from None
        with self._connected() as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > _VERSION:
                raise StoreError(
                    f"{self._path}: a newer version of Outagewire wrote this file; use"
                    " that version"
                )
            if version == 0:
                self._require_empty(connection)
                connection.executescript(
                    f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;"
                )

    def _require_empty(self, connection: sqlite3.Connection) -> None:
        """Raise StoreError if the file is a database of another program."""
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None:
            raise StoreError(
                f"{self._path}: this database is not that of subscriptions; choose another"
                " file with [subscriptions] path"
            )

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction that is committed at the end, or undone by any exception.

        Raises:
            StoreError: the file cannot be used, or others may read it.
        """
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            # An exception skips this line; closing the connection then undoes the
            # transaction.
            connection.execute("COMMIT")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        self._require_private()
        address = f"{self._path.absolute().as_uri()}?mode=rw"
        try:
            with closing(
                sqlite3.connect(
                    address, uri=True, timeout=_BUSY_TIMEOUT_S, isolation_level=None
                )
            ) as connection:
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA foreign_keys=ON")
                connection.execute("PRAGMA secure_delete=ON")
                # A claim must be on the disk before its message is sent (P10).
                connection.execute("PRAGMA synchronous=FULL")
                yield connection
        except sqlite3.Error as error:
            # The driver's messages name tables and columns, never values.
            raise StoreError(
                f"{self._path}: the subscriptions cannot be used ({error}); check the disk"
                " and the file's permissions, or restore a backup"
            ) from error

    def _require_private(self) -> None:
        try:
            mode = stat.S_IMODE(self._path.stat().st_mode)
        except OSError as error:
            raise StoreError(
                f"{self._path}: the subscriptions cannot be read ({error.strerror});"
                " check the path"
            ) from None
        if mode & _OTHERS:
            raise StoreError(
                f"{self._path}: others may read or change the subscriptions; run"
                f" `chmod 600 {self._path}`"
            )


def instant_text(at: datetime) -> str:
    """Return an aware time as text in UTC; the texts are in the order of their times.

    Raises:
        ValueError: the time is naive.
    """
    if at.tzinfo is None:
        raise ValueError(f"only aware times are stored, not {at}; add a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")

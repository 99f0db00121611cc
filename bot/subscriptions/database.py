"""The SQLite file of the subscriptions, apart from the main store.

Only its owner may read it (mode 0600). What is deleted is overwritten, so that an erased
address cannot be read from the file.
"""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import StoreError

_MODE = 0o600
_OTHERS = 0o077
_VERSION = 2
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
# Version 2: by the number of changes, an older copy of the file is recognized.
_STATE_SCHEMA = """
CREATE TABLE state (identity TEXT NOT NULL, changes INTEGER NOT NULL) STRICT;
INSERT INTO state VALUES (lower(hex(randomblob(16))), 0);
CREATE TRIGGER reader_added AFTER INSERT ON readers
    BEGIN UPDATE state SET changes = changes + 1; END;
CREATE TRIGGER reader_changed AFTER UPDATE ON readers
    BEGIN UPDATE state SET changes = changes + 1; END;
CREATE TRIGGER reader_left AFTER DELETE ON readers
    BEGIN UPDATE state SET changes = changes + 1; END;
CREATE TRIGGER address_blocked AFTER INSERT ON blocked
    BEGIN UPDATE state SET changes = changes + 1; END;
CREATE TRIGGER address_allowed AFTER DELETE ON blocked
    BEGIN UPDATE state SET changes = changes + 1; END;
CREATE TRIGGER post_expanded AFTER INSERT ON posts
    BEGIN UPDATE state SET changes = changes + 1; END;
CREATE TRIGGER message_moved AFTER UPDATE OF state ON messages
    BEGIN UPDATE state SET changes = changes + 1; END;
"""
_SCRIPTS = ("", _SCHEMA, _STATE_SCHEMA)
"""What brings the file to each version from the one before."""


@dataclass(frozen=True, slots=True)
class FileState:
    """The state of the file, by which an older copy of it is recognized.

    Attributes:
        identity: 32 hexadecimal digits, made at random with the file.
        changes: how often readers, posts or messages changed since then.
        readers: how many readers there are.
    """

    identity: str
    changes: int
    readers: int


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
            if version < _VERSION:
                _upgrade(connection)

    def _require_empty(self, connection: sqlite3.Connection) -> None:
        """Raise StoreError if the file is a database of another program."""
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None:
            raise StoreError(
                f"{self._path}: this database is not that of subscriptions; choose another"
                " file with [subscriptions] path"
            )

    def is_blank(self) -> bool:
        """Return whether the file is missing or has no tables.

        Raises:
            StoreError: the file cannot be read.
        """
        if not self._path.exists():
            return True
        with self._connected() as connection:
            return bool(connection.execute("PRAGMA user_version").fetchone()[0] == 0)

    def state(self) -> FileState:
        """Return the state of the file, which is not blank."""
        with self.transaction() as connection:
            row = connection.execute(
                "SELECT identity, changes, (SELECT count(*) FROM readers) AS readers"
                " FROM state"
            ).fetchone()
        return FileState(row["identity"], row["changes"], row["readers"])

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


def _upgrade(connection: sqlite3.Connection) -> None:
    """Bring the tables to the newest version, unless another process did it meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    for script in _SCRIPTS[version + 1 :]:
        for statement in _statements(script):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute("COMMIT")


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script; `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines():
        statement += f"{line}\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def instant_text(at: datetime) -> str:
    """Return an aware time as text in UTC; the texts are in the order of their times.

    Raises:
        ValueError: the time is naive.
    """
    if at.tzinfo is None:
        raise ValueError(f"only aware times are stored, not {at}; add a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")

"""Transactions in plain SQL, also on an SQLite file opened without SQLAlchemy.

The kill switch must not wait for the slow import of SQLAlchemy. So its statements are
standard SQL, for two kinds of connections: those of the store, and those of the sqlite3
module.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from bot.errors import StoreError

# How many seconds a process waits for another process to release the lock. A
# transaction takes well under a second, so a process that holds the lock for longer has
# probably hung.
BUSY_TIMEOUT_S = 30

RunStatement = Callable[[str, Mapping[str, object]], Sequence[Sequence[Any]]]
"""A function that executes SQL with values for its `:name` parameters; returns rows."""

LOCKED = "locked"
"""SQLite's error message contains this word if another process has the lock."""

# Each entry: a part of SQLite's error message, then what the error means and what the
# operator should do.
_ADVICE = (
    (LOCKED, "another process has locked it; stop that process, or try again"),
    ("full", "the disk is full; free some space and start again"),
    ("not a database", "the file is not a store; move it away or choose another"),
    ("malformed", "the file is damaged; restore it from a backup"),
    ("readonly", "it is read-only; correct the permissions of the file and its folder"),
    (
        "unable to open",
        "it cannot be opened; check the path, the permissions and the limit of open files",
    ),
    ("disk i/o", "the disk reported an error; check the disk before starting again"),
)


class Transactions(Protocol):
    """Transactions on the store; both methods raise StoreError if the database fails."""

    def read(self, doing: str) -> AbstractContextManager[RunStatement]:
        """Open a transaction that sees one consistent state.

        `doing` completes the error message "the store could not ...".
        """
        ...

    def write(self, doing: str) -> AbstractContextManager[RunStatement]:
        """Open a transaction that is committed at the end, or undone by any exception."""
        ...


class SqliteFile:
    """The SQLite file of a store whose tables are up to date."""

    def __init__(self, path: Path) -> None:
        """Use the file at `path`; each transaction opens a new connection to it."""
        self._path = path

    @contextmanager
    def read(self, doing: str) -> Iterator[RunStatement]:
        """Open a transaction that sees one consistent state of the store.

        Raises:
            StoreError: the driver reported an error.
        """
        with self._transaction(doing, "BEGIN") as run:
            yield run

    @contextmanager
    def write(self, doing: str) -> Iterator[RunStatement]:
        """Open a transaction that is committed at the end, or undone by any exception.

        Raises:
            StoreError: the driver reported an error.
        """
        with self._transaction(doing, "BEGIN IMMEDIATE") as run:
            yield run

    @contextmanager
    def _transaction(self, doing: str, begin: str) -> Iterator[RunStatement]:
        with _translated(doing), closing(self._connect()) as connection:
            connection.execute(begin)
            yield lambda sql, values: connection.execute(sql, values).fetchall()
            # An exception skips this line; closing the connection then undoes the
            # transaction.
            connection.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        # mode=rw: if the file no longer exists, SQLite reports an error instead of creating
        # an empty file.
        address = f"{self._path.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(
            address, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None
        )
        make_durable(connection)
        return connection


def make_durable(connection: Any) -> None:  # noqa: ANN401 - a driver's, or a pool's
    """Make a connection write each commit to the disk and check foreign keys.

    SQLite keeps these options for each connection, not in the file.
    """
    cursor = connection.cursor()
    # With FULL, a commit ends only when its data is on the disk. So the claim of a
    # delivery survives a power failure, even if the post is sent right after it (P10).
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def advice(message: str) -> str:
    """Return what a driver's error means and what to do, followed by its `message`."""
    matches = (advice for part, advice in _ADVICE if part in message.lower())
    return f"{next(matches, 'the database reported an error')} ({message})"


def instant_text(at: datetime) -> str:
    """Return an aware time as UTC text of the form `2026-01-08T16:00:00.000000Z`.

    Raises:
        ValueError: the time is naive.
    """
    if at.tzinfo is None:
        raise ValueError(f"the store takes aware times only, not {at}; add a time zone")
    text = at.astimezone(UTC).isoformat(timespec="microseconds")
    return text.replace("+00:00", "Z")


@contextmanager
def _translated(doing: str) -> Iterator[None]:
    """Translate the driver's exceptions into StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(
            f"the store could not {doing}: {advice(str(error))}"
        ) from error

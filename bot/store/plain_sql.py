"""Plain SQL on a store, and an SQLite file opened with the standard library alone.

SQLAlchemy takes longer to load than a kill switch may take to work. What the switch
keeps is therefore written in SQL that every database reads, and runs either on the
store's own connections or on a connection of the driver.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from bot.errors import StoreError

# A tick's transaction takes well under a second; whoever waits longer than this
# (an editor's command line, say) waits for something that hangs.
BUSY_TIMEOUT_S = 30

Run = Callable[[str, Mapping[str, object]], Sequence[Sequence[Any]]]
"""Runs a statement with values for its `:names`, and returns the rows it gives."""

# What the driver says, and what to do about it.
_ADVICE = (
    ("locked", "another process holds it; stop that one, or try again"),
    ("full", "the disk is full; make room and start again"),
    ("not a database", "the file is not a store; move it away or name another"),
    ("malformed", "the file is damaged; restore it from a copy"),
    ("readonly", "it may not be written; mend the permissions of file and folder"),
    ("unable to open", "it cannot be opened; look at the folder and permissions"),
    ("disk i/o", "the disk failed; look at the machine before starting again"),
)


class Transactions(Protocol):
    """Transactions that either happen whole or raise StoreError."""

    def read(self, doing: str) -> AbstractContextManager[Run]:
        """See one consistent state; `doing` completes "the store could not ..."."""
        ...

    def write(self, doing: str) -> AbstractContextManager[Run]:
        """Change the store: committed at the end, undone by any exception."""
        ...


class SqliteFile:
    """The SQLite file of a store whose tables are up to date."""

    def __init__(self, path: Path) -> None:
        """Work on the file at `path`; each transaction opens it anew."""
        self._path = path

    @contextmanager
    def read(self, doing: str) -> Iterator[Run]:
        """See one consistent state of the store.

        Raises:
            StoreError: whatever the driver objects to.
        """
        with self._transaction(doing, "BEGIN") as run:
            yield run

    @contextmanager
    def write(self, doing: str) -> Iterator[Run]:
        """Change the store: committed at the end, undone by any exception.

        Raises:
            StoreError: whatever the driver objects to.
        """
        with self._transaction(doing, "BEGIN IMMEDIATE") as run:
            yield run

    @contextmanager
    def _transaction(self, doing: str, begin: str) -> Iterator[Run]:
        with _explained(doing), closing(self._connect()) as connection:
            connection.execute(begin)
            yield lambda sql, values: connection.execute(sql, values).fetchall()
            connection.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        # mode=rw: an empty file is never made where there was none.
        address = f"{self._path.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(
            address, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None
        )
        make_durable(connection)
        return connection


def make_durable(connection: Any) -> None:  # noqa: ANN401 - a driver's, or a pool's
    """Set what SQLite keeps for each connection alone."""
    cursor = connection.cursor()
    # FULL: a claim is on the disk before a post leaves, even if the power goes (P10).
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def advice(message: str) -> str:
    """What to do about a driver's message, and the message itself."""
    known = (advice for sign, advice in _ADVICE if sign in message.lower())
    return f"{next(known, 'the database refused')} ({message})"


def instant_text(at: datetime) -> str:
    """A time as the store writes it: `2026-01-08T16:00:00.000000Z`.

    Raises:
        ValueError: the time has no zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"the store takes aware times only, not {at}")
    text = at.astimezone(UTC).isoformat(timespec="microseconds")
    return text.replace("+00:00", "Z")


@contextmanager
def _explained(doing: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(
            f"the store could not {doing}: {advice(str(error))}"
        ) from error

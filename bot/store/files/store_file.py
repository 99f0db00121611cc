"""The file of an SQLite store: whether it is a store, and whether it is still the same.

The file is read only through SQLite: closing a file descriptor of our own would release
the locks that SQLite holds on the file in this process.
"""

import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path
from time import monotonic

from bot.errors import StoreError, StoreLocked
from bot.store.migrations import VERSIONS, refuse_newer
from bot.store.plain_sql import BUSY_TIMEOUT_S, LOCKED, advice

_RESTORE = (
    "stop every program that uses it, then put the store back or restore a backup"
)
_SMALL = 64 * 2**20
"""A file of at most this many bytes is read in less than a tenth of a second."""
_DAY_S = 86_400.0
_UNOPENED = "unable to open"
"""Words of SQLite's error message if the operating system does not open the file."""
_LARGEST_MARK = 2**31 - 1
_VERSION_TABLE = "alembic_version"
_OWN_TABLES = frozenset({"answers", "deliveries", "events", "incidents"})
"""Tables that every version of the store has."""


class StoreFile:
    """Notices if the file of an open store is deleted, replaced or damaged.

    SQLite itself goes on with a file that was deleted or replaced: what it writes is
    then lost with the last connection, and posts would be made twice (P10).
    """

    def __init__(self, path: Path, timeout_s: float = BUSY_TIMEOUT_S) -> None:
        """Remember which file is at `path` now.

        Args:
            path: the file.
            timeout_s: how long to wait for another process that has locked the file.

        Raises:
            StoreError: there is no file.
        """
        self._path = path
        self._timeout_s = timeout_s
        self._mark: int | None = None
        self._read_at: float | None = None
        self._read_version: tuple[int, int] | None = None
        self._file = self._file_at_path()
        if self._file is None:
            raise StoreError(missing(path))

    def check_is_same(self) -> None:
        """Raise StoreError if the file was deleted or another one is in its place."""
        current = self._file_at_path()
        if current is None:
            raise StoreError(f"the store {self._path} was deleted: {_RESTORE}")
        if current != self._file:
            raise StoreError(
                f"another file is in the place of the store {self._path}: {_RESTORE}"
            )

    def mark(self) -> None:
        """Write a random number into the file, by which `check` recognizes it."""
        self._mark = secrets.randbelow(_LARGEST_MARK) + 1
        with closing(connect(self._path, timeout_s=self._timeout_s)) as connection:
            connection.execute(f"PRAGMA user_version = {self._mark}")

    def check(self) -> None:
        """Raise StoreError if the file was deleted, replaced, overwritten or damaged.

        A file is read as a whole in the first call and then once a day; a small one also
        when it has changed since. To read a gigabyte takes about a second, and a tick must
        not take longer as the archive grows. In between, SQLite reports a damaged page when
        it reads the page.

        Raises:
            StoreLocked: another process has locked the file.
        """
        self.check_is_same()
        # SQLite takes an empty file for a new database, and deletes its journal.
        status = self._path.stat()
        if status.st_size == 0:
            raise StoreError(f"the store {self._path} is damaged (empty): {_RESTORE}")
        is_due = self._is_due(status)
        try:
            with closing(connect(self._path, timeout_s=self._timeout_s)) as connection:
                (mark,) = connection.execute("PRAGMA user_version").fetchone()
                query = "PRAGMA quick_check(1)" if is_due else "SELECT 'ok'"
                (result,) = connection.execute(query).fetchone()
        except sqlite3.Error as error:
            if LOCKED in str(error):
                raise StoreLocked(f"the store could not be checked: {error}") from error
            # The file is intact if only a file handle or a right is missing. The message
            # must then not advise to replace the file with an old copy.
            if _UNOPENED in str(error):
                raise StoreError(
                    f"the store {self._path} cannot be read: {advice(str(error))}"
                ) from error
            raise StoreError(
                f"the store {self._path} is damaged ({error}): {_RESTORE}"
            ) from error
        if self._mark is not None and mark != self._mark:
            raise StoreError(
                f"the store {self._path} was overwritten with another one: {_RESTORE}"
            )
        if result != "ok":
            raise StoreError(
                f"the store {self._path} is damaged ({result}): {_RESTORE}"
            )
        if is_due:
            self._read_at, self._read_version = monotonic(), _version(status)

    def _is_due(self, status: os.stat_result) -> bool:
        """Whether the file must be read as a whole in this call."""
        if self._read_at is None or monotonic() >= self._read_at + _DAY_S:
            return True
        return status.st_size <= _SMALL and _version(status) != self._read_version

    def _file_at_path(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino


def _version(status: os.stat_result) -> tuple[int, int]:
    """Return what changes when somebody writes to a file."""
    return status.st_mtime_ns, status.st_size


def connect(
    path: Path, mode: str = "rw", *, timeout_s: float = BUSY_TIMEOUT_S
) -> sqlite3.Connection:
    """Open an existing file; unlike `sqlite3.connect` alone, never create one."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=timeout_s,
        check_same_thread=False,
    )


def missing(path: Path) -> str:
    """Return the error message that says that there is no store at `path`."""
    return (
        f"there is no store at {path}; check [store] path, or begin a store with"
        " `outagewire run`"
    )


def refuse_foreign(path: Path) -> None:
    """Raise StoreError, and change nothing, if `path` is no store of this program.

    A missing file, an empty file and a database without tables are accepted: they become
    a store. A store of an older version is accepted too: it is migrated.

    Raises:
        StoreError: the file belongs to another program, or was written by a newer
            version.
        sqlite3.Error: the file cannot be read, or is not a database.
    """
    if not path.is_file() or path.stat().st_size == 0:
        return
    # A connection in the mode `ro` writes nothing, and leaves the journal as it is.
    with closing(connect(path, "ro")) as connection:
        tables = {
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            )
        }
        versions: list[object] = []
        if _VERSION_TABLE in tables:
            # The name of the table is a constant.
            query = f"SELECT version_num FROM {_VERSION_TABLE}"  # nosec B608 # noqa: S608
            versions = [version for (version,) in connection.execute(query)]
    for version in versions:
        refuse_newer(version)
    if tables and not (set(versions) <= set(VERSIONS) and tables >= _OWN_TABLES):
        raise StoreError(
            f"{path} is a database of another program, and not a store of Outagewire; it"
            " is left as it is: choose another path for the store"
        )
